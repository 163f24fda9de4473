export const nav = {
  label: "Main",
  today: "Today",
  all: "All tasks",
  allShort: "All",
  trash: "Trash",
  notifications: "Notifications",
  account: "Account",
  accountOf: (name: string) => `Account of ${name}`,
  signOut: "Sign out",
};
