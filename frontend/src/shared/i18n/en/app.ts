export const app = {
  name: "Task Manager",
  title: (page: string) => `${page} · Task Manager`,
  skip: "Skip to content",
  close: "Close",
  cancel: "Cancel",
  loading: "Loading",
};
