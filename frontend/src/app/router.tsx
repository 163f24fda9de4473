import {
  createBrowserRouter,
  type LoaderFunctionArgs,
  type RouteObject,
  redirect,
} from "react-router";
import { importWithRetry } from "@/shared/lib/lazy-with-retry";
import { bootSession, sessionStore } from "@/shared/session/session";
import { BootScreen } from "./boot-screen";
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
  { index: true, lazy: () => page("TodayPage") },
  { path: "tasks", lazy: () => page("AllTasksPage") },
  { path: "trash", lazy: () => page("TrashPage") },
  { path: "notifications", lazy: () => page("NotificationsPage") },
];

async function page(name: keyof typeof import("./pages")) {
  const pages = await importWithRetry(() => import("./pages"));
  return { Component: pages[name] };
}

const routes: RouteObject[] = [
  {
    HydrateFallback: BootScreen,
    ErrorBoundary: RouteError,
    children: [
      {
        loader: requireSession,
        lazy: async () => {
          const { AppLayout } = await importWithRetry(() => import("./app-layout"));
          return { Component: AppLayout };
        },
        // The session is booted once; moving between pages asks nothing again.
        shouldRevalidate: () => false,
        children: [{ ErrorBoundary: RouteError, children: [...appPages] }],
      },
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
      ...oldLinks,
      {
        path: "*",
        lazy: async () => {
          const { NotFoundPage } = await importWithRetry(() => import("./not-found-page"));
          return { Component: NotFoundPage };
        },
      },
    ],
  },
];

export const router = createBrowserRouter(routes);
