import { count } from "../count";

export const offline = {
  offline: "You’re offline.",
  unreached: "The server can’t be reached.",
  lead: "You can read everything.",
  waiting: (n: number) => `${count(n, "change goes", "changes go")} out when you’re back.`,
  waitingForServer: (n: number) => `${count(n, "change goes", "changes go")} out when it answers.`,
  tryNow: "Try now",
  gone: "it has been deleted meanwhile.",
  tryAgain: "Try again",
  keepAsNew: "Keep as a new task",
  discard: "Discard",
  untitled: "A task",
  newVersion: "There is a new version.",
  reload: "Reload",
};
