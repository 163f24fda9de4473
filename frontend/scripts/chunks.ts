// What travels together. A few large files compress better than forty small ones, and
// everything in one of these is needed whenever that one is fetched.

const files = (folder: string, ...names: string[]) =>
  names.map((name) => `/src/${folder}/${name}`.replace("//", "/"));
const packages = (...names: string[]) => names.map((name) => `/node_modules/${name}/`);

/** What runs before the texts are there, and so must bring in nothing that reads them. */
const BOOT = [
  ...packages("axios"),
  ...files("app", "ahead."),
  ...files("shared", "session/"),
  ...files("shared/api", "errors.", "http.", "client.", "pages."),
  ...files("shared/lib", "store.", "own-storage."),
  ...files("features/tasks", "api.", "model/cursor.", "model/first-page.", "model/saved."),
  ...files("shared/i18n", "locale.", "messages.", "count.", "load.", "en/core."),
  ...files("shared/lib", "local-storage.", "import-with-retry."),
];

/** Every page, sign-in included. */
const BASE = [
  ...packages("react", "react-dom", "scheduler", "react-router"),
  ...files("app", "mount.", "app.", "router.", "route-error.", "session-bridge.", "paths."),
  ...files("shared/api", "field-errors."),
  ...files("shared/lib", "announcer.", "lazy-with-retry."),
  ...files("shared/ui", "button.", "class-names.", "field.", "logo.", "page-heading."),
];

/** Every page of somebody who is signed in. */
const SHELL = [
  ...files(
    "app",
    "app-layout.",
    "side-nav.",
    "bottom-bar.",
    "nav-items.",
    "offline-banner.",
    "update.",
  ),
  ...files("app/pages", "task-page.", "page-frame.", "lazy-task-panel."),
  ...files("app/pages", "today-page.", "all-tasks-page."),
  ...files("features/tasks/model", "cache.", "load.", "queue.", "groups.", "url."),
  ...files(
    "features/tasks/model",
    "batch.",
    "counts.",
    "refused.",
    "edit.",
    "create.",
    "conflict.",
  ),
  ...files("features/tasks/model", "commands.", "use-tasks.", "use-filter.", "use-panel."),
  ...files("features/tasks/ui", "task-list.", "task-row.", "task-rows.", "draft-row."),
  ...files("features/tasks/ui", "filter-bar.", "conflict-host."),
  ...files("features/tasks/model", "selection.", "news.", "use-held-groups."),
  ...files("features", "quick-add/quick-add.", "auth/ui/account-button.", "auth/ui/session-guard."),
  ...files("features/notifications", "api.", "model/notifications.", "ui/bell."),
  ...files("shared/api", "query-client.", "query-keys."),
  ...files("shared/actions", "registry.", "undo."),
  ...files("shared/realtime", "backoff.", "merge."),
  ...files("shared/lib", "online.", "format-date.", "plain-date.", "use-"),
  ...files("shared/ui", "menu-button.", "popover-button.", "due-button.", "priority-button."),
  ...files("shared/ui", "status-ring.", "label-mark.", "priority-bars.", "kbd.", "skeleton."),
  ...files("shared/ui", "error-boundary.", "strip."),
];

/**
 * Every page as well, but once it has been painted: what goes on behind the pages, and
 * their keys.
 */
const LATE = [
  ...files("app", "late.", "live.", "service-worker.", "go-commands."),
  ...files("features/tasks/model", "copy.", "outbox.", "sync.", "bulk.", "picker."),
  ...files("features/tasks/ui", "bulk-status.", "picker-host.", "list-tools."),
  ...files("features/notifications", "model/sync."),
  ...files("shared/actions", "keyboard.", "commands.", "keys.", "single-keys.", "mark-keys."),
  ...files("shared/realtime", "socket.", "connection.", "leader.", "facts."),
  ...files("shared/typed-task", "known-labels."),
];

/** Apart from all others: a start without a network reads it before the texts are there. */
const STORAGE = [...files("shared", "persistence/"), ...packages("idb")];

const holds = (list: readonly string[]) => (id: string) => list.some((part) => id.includes(part));

export const CHUNKS = [
  { name: "boot", test: holds(BOOT), priority: 3 },
  { name: "base", test: holds(BASE), priority: 2 },
  { name: "storage", test: holds(STORAGE), priority: 2 },
  { name: "shell", test: holds(SHELL), priority: 1 },
  { name: "late", test: holds(LATE), priority: 0 },
];
