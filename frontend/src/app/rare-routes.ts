import type { ComponentType } from "react";
import { type RouteObject, redirect } from "react-router";
import { loadMore } from "@/shared/i18n/load";
import { loadBoth, page } from "./page";

/** For somebody who is signed in. */
export const appRoutes: RouteObject[] = [
  {
    path: "people",
    lazy: page(() => import("./pages/people-page"), "PeoplePage", loadBoth),
  },
  {
    path: "progress",
    lazy: page(() => import("./pages/progress-page"), "ProgressPage", loadBoth),
  },
  {
    path: "settings",
    lazy: page(() => import("./pages/settings-page"), "SettingsPage", loadBoth),
    children: [
      { index: true, loader: () => redirect("/settings/profile") },
      settings("profile", () => import("@/features/settings/ui/profile-settings")),
      settings("appearance", () => import("@/features/settings/ui/appearance-settings")),
      settings("keyboard", () => import("@/features/settings/ui/keyboard-settings")),
      settings("notifications", () => import("@/features/settings/ui/notification-settings")),
      settings("sessions", () => import("@/features/settings/ui/sessions-settings")),
      settings("tokens", () => import("@/features/settings/ui/token-settings")),
      settings("data", () => import("@/features/settings/ui/data-settings")),
      settings("account", () => import("@/features/settings/ui/account-settings")),
      settings("password", () => import("@/features/settings/ui/password-settings")),
    ],
  },
];

/** For anybody. */
export const publicRoutes: RouteObject[] = [
  {
    path: "/password/forgot",
    lazy: page(() => import("@/features/auth/ui/forgot-page"), "ForgotPage", loadMore),
  },
  {
    path: "/password/reset",
    loader: hideFragment,
    lazy: page(() => import("@/features/auth/ui/reset-page"), "ResetPage", loadMore),
  },
];

function settings(path: string, load: () => Promise<{ readonly Settings: ComponentType }>) {
  return { path, lazy: page(load, "Settings", loadBoth) };
}

/** The secret of a mail's link is nothing for the address bar, where others may read it. */
function hideFragment(): null {
  history.replaceState(history.state, "", location.pathname + location.search);
  return null;
}
