export const palette = {
  ctrl: "Ctrl",
  placeholder: "Find a task or do something…",
  open: "Find or do…",
  recent: "Recent",
  tasks: "Tasks",
  commands: "Commands",
  nothing: "Nothing by that name.",
  close: "Close",
  helpTitle: "Keyboard shortcuts",
  singleKeys: "Single keys are shortcuts",
  or: "or",
};
