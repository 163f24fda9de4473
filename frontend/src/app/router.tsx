import {
  createBrowserRouter,
  type LoaderFunctionArgs,
  type RouteObject,
  redirect,
} from "react-router";
import { loadMore } from "@/shared/i18n/load";
import { importWithRetry } from "@/shared/lib/import-with-retry";
import { bootSession, sessionStore } from "@/shared/session/session";
import { BootScreen } from "./boot-screen";
import { loadBoth, page } from "./page";
import { nextPath, signInPath } from "./paths";
import { RouteError } from "./route-error";

async function requireSession({ request }: LoaderFunctionArgs): Promise<null> {
  await bootSession();
  if (sessionStore.get().status === "anonymous") throw redirect(signInPath(new URL(request.url)));
  return null;
}

async function requireNobody({ request }: LoaderFunctionArgs): Promise<null> {
  await bootSession();
  if (sessionStore.get().status === "anonymous") return null;
  throw redirect(nextPath(new URL(request.url).search));
}

/** Addresses of the server-rendered predecessor land on the panel that does the same. */
const oldLinks: readonly RouteObject[] = [
  oldLink("/task/new", () => "/tasks?task=new"),
  oldLink("/task/:id", (id) => `/tasks?task=${id}`),
  oldLink("/task/:id/edit", (id) => `/tasks?task=${id}&do=edit`),
  oldLink("/task/:id/delete", (id) => `/tasks?task=${id}&do=delete`),
];

function oldLink(path: string, target: (id: string) => string): RouteObject {
  return { path, loader: ({ params }) => redirect(target(params.id ?? "")), Component: BootScreen };
}

const appPages: readonly RouteObject[] = [
  { index: true, lazy: page(() => import("./pages/today-page"), "TodayPage") },
  { path: "tasks", lazy: page(() => import("./pages/all-tasks-page"), "AllTasksPage") },
  { path: "search", lazy: page(() => import("./pages/search-page"), "SearchPage", loadBoth) },
  { path: "board", lazy: page(() => import("./pages/board-page"), "BoardPage", loadBoth) },
  { path: "upcoming", lazy: page(() => import("./pages/upcoming-page"), "UpcomingPage", loadBoth) },
  { path: "calendar", lazy: page(() => import("./pages/calendar-page"), "CalendarPage", loadBoth) },
  { path: "trash", lazy: page(() => import("./pages/trash-page"), "TrashPage", loadBoth) },
  {
    path: "notifications",
    lazy: page(() => import("./pages/notifications-page"), "NotificationsPage"),
  },
];

/** Pages for somebody who is not signed in read the core texts only. */
const publicPages: readonly RouteObject[] = [
  {
    path: "/login",
    loader: requireNobody,
    lazy: async () => {
      const module = await importWithRetry(() => import("@/features/auth/ui/sign-in-page"));
      return { Component: module.SignInPage };
    },
  },
  {
    path: "/register",
    loader: requireNobody,
    lazy: async () => {
      const module = await importWithRetry(() => import("@/features/auth/ui/register-page"));
      return { Component: module.RegisterPage };
    },
  },
];

const routes: RouteObject[] = [
  {
    id: "root",
    HydrateFallback: BootScreen,
    ErrorBoundary: RouteError,
    children: [
      {
        loader: requireSession,
        lazy: page(() => import("./app-layout"), "AppLayout"),
        // The session is booted once; moving between pages asks nothing again.
        shouldRevalidate: () => false,
        children: [{ id: "app", ErrorBoundary: RouteError, children: [...appPages] }],
      },
      ...publicPages,
      ...oldLinks,
      {
        path: "*",
        lazy: page(() => import("./not-found-page"), "NotFoundPage", loadMore),
      },
    ],
  },
];

export const router = createBrowserRouter(routes, {
  // Pages that are visited once in a while are told of only when somebody goes there.
  async patchRoutesOnNavigation({ path, patch }) {
    if (!/^\/(settings|progress|people|password)\b/.test(path)) return;
    // The chunk may share modules with pages that read their texts when they are loaded.
    await importWithRetry(loadBoth);
    const { appRoutes, publicRoutes } = await importWithRetry(() => import("./rare-routes"));
    patch("app", appRoutes);
    patch("root", publicRoutes);
  },
});
