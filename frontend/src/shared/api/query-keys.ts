export const queryKeys = {
  tasks: {
    cache: ["tasks", "cache"],
    open: ["tasks", "load", "open"],
    completed: ["tasks", "load", "completed"],
    one: (id: number) => ["tasks", "load", id] as const,
    history: (id: number, version: number) => ["tasks", "history", id, version] as const,
    trash: ["tasks", "trash"],
    search: (query: string) => ["tasks", "search", query] as const,
  },
  filters: ["filters"],
  notifications: {
    all: ["notifications"],
    list: ["notifications", "list", "all"],
    unread: ["notifications", "list", "unread"],
    lists: ["notifications", "list"],
    summary: ["notifications", "summary"],
  },
  progress: ["progress"],
  people: ["people"],
  settings: {
    sessions: ["settings", "sessions"],
    tokens: ["settings", "tokens"],
    preferences: ["settings", "preferences"],
  },
} as const;
