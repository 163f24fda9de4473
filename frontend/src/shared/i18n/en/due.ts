export const due = {
  today: "Today",
  tomorrow: "Tomorrow",
  nextWeek: "Next week",
  none: "No date",
  date: "Date",
  time: "Time",
  set: "Set due date",
  clearTime: "No time",
  done: "Done",
};
