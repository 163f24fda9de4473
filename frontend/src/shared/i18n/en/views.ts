import { count } from "../count";

/** The board, Upcoming and the calendar. */
export const views = {
  moveTo: "Move to",
  moved: (title: string, place: string) => `Moved “${title}” to ${place}`,
  placed: (place: string, at: number, of: number) => `${place}, ${at} of ${of}`,
  firstPlace: "There is nothing before this.",
  lastPlace: "There is nothing after this.",
  showMore: (n: number) => `Show ${count(n, "more", "more")}`,
  addOn: (day: string) => `Add a task on ${day}`,
  taskCount: (n: number) => count(n, "task", "tasks"),

  boardTitle: "Board",
  boardLead: "By due date and priority.",
  columnLabel: (status: string) => `${status} tasks`,
  columns: "Columns",
  columnEmpty: "Nothing here",
  dropHere: (status: string) => `Drop to make it “${status}”`,

  upcomingTitle: "Upcoming",
  upcomingLead: (n: number) => `${count(n, "task", "tasks")} in the next 14 days`,
  overdue: "Overdue",

  calendarTitle: "Calendar",
  previousMonth: "Previous month",
  nextMonth: "Next month",
  thisMonth: "Today",
  showDone: "Show completed",
  hideDone: "Hide completed",
  week: "Week",
  more: (n: number) => `+${n} more`,
  moreOn: (n: number, day: string) => `${n} more on ${day}`,
  dayTasks: (day: string, n: number) =>
    n === 0 ? `${day}, no tasks` : `${day}, ${count(n, "task", "tasks")}`,
  nothingOn: "Nothing due on this day.",
};
