import { count } from "../count";

export const quickAdd = {
  label: "Add a task",
  placeholder: "Add a task",
  hint: "Enter to add",
  due: "Due date",
  dueIs: (day: string) => `Due ${day}`,
  priorityIs: (name: string) => `Priority ${name}`,
  add: "New task",
  tooLong: "A title has at most 200 characters.",
  key: "Q",
  needsTitle: "What is to be done? So far there are only a date or marks.",
  understood: "Understood",
  timeIs: (time: string) => `At ${time}`,
  labelIs: (name: string) => `Label ${name}`,
  takeBack: (words: string) => `Keep “${words}” as text`,
  takenBack: (words: string) => `“${words}” is text again`,
  pasteTitle: (n: number) => `Add ${count(n, "task", "tasks")}?`,
  pasteLead: "Each line becomes a task of its own.",
  pasteTooMany: (most: number, n: number) =>
    `Only the first ${most} of ${count(n, "line", "lines")} are added.`,
  pasteMany: (n: number) => `Add ${count(n, "task", "tasks")}`,
  pasteOne: "As one task",
  pasteCancel: "Cancel",
  pasteLater: "Continue in the background",
  pasteProgress: (done: number, all: number) => `${done} of ${all} added`,
  pasteRefused: "These were refused:",
};
