import type { ComponentType } from "react";
import {
  createBrowserRouter,
  type LoaderFunctionArgs,
  type RouteObject,
  redirect,
} from "react-router";
import { loadRest } from "@/shared/i18n/load";
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

/** A page is fetched when it is first visited, after the texts that it reads. */
function page<Name extends string>(
  load: () => Promise<Readonly<Record<Name, ComponentType>>>,
  name: Name,
) {
  return async () => {
    await importWithRetry(loadRest);
    const module = await importWithRetry(load);
    return { Component: module[name] };
  };
}

const appPages: readonly RouteObject[] = [
  { index: true, lazy: page(() => import("./pages/today-page"), "TodayPage") },
  { path: "tasks", lazy: page(() => import("./pages/all-tasks-page"), "AllTasksPage") },
  { path: "trash", lazy: page(() => import("./pages/trash-page"), "TrashPage") },
  {
    path: "notifications",
    lazy: page(() => import("./pages/notifications-page"), "NotificationsPage"),
  },
];

/** The secret of a mail's link is nothing for the address bar, where others may read it. */
function hideFragment(): null {
  history.replaceState(history.state, "", location.pathname + location.search);
  return null;
}

/** Pages for somebody who is not signed in; the first two read the core texts only. */
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
  {
    path: "/password/forgot",
    lazy: page(() => import("@/features/auth/ui/forgot-page"), "ForgotPage"),
  },
  {
    path: "/password/reset",
    loader: hideFragment,
    lazy: page(() => import("@/features/auth/ui/reset-page"), "ResetPage"),
  },
];

const routes: RouteObject[] = [
  {
    HydrateFallback: BootScreen,
    ErrorBoundary: RouteError,
    children: [
      {
        loader: requireSession,
        lazy: page(() => import("./app-layout"), "AppLayout"),
        // The session is booted once; moving between pages asks nothing again.
        shouldRevalidate: () => false,
        children: [{ ErrorBoundary: RouteError, children: [...appPages] }],
      },
      ...publicPages,
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
