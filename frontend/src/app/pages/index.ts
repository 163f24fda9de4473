export { AllTasksPage } from "./all-tasks-page";
export { NotificationsPage } from "./notifications-page";
export { TodayPage } from "./today-page";
export { TrashPage } from "./trash-page";
