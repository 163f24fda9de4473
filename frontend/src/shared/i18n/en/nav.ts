export const nav = {
  label: "Main",
  today: "Today",
  all: "All tasks",
  allShort: "All",
  trash: "Trash",
  more: "More",
  notifications: "Notifications",
  accountOf: (name: string) => `Account of ${name}`,
  progress: "Progress",
  people: "People",
  settings: "Settings",
  signOut: "Sign out",
};
