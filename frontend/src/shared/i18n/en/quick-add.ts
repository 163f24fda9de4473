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
};
