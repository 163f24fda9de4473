export const queryKeys = {
  tasks: {
    cache: ["tasks", "cache"],
    open: ["tasks", "load", "open"],
    completed: ["tasks", "load", "completed"],
    one: (id: number) => ["tasks", "load", id] as const,
    trash: ["tasks", "trash"],
  },
  notifications: {
    all: ["notifications"],
    list: ["notifications", "list"],
    summary: ["notifications", "summary"],
  },
  settings: {
    sessions: ["settings", "sessions"],
    tokens: ["settings", "tokens"],
    preferences: ["settings", "preferences"],
  },
} as const;
