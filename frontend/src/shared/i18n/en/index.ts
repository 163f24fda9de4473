import { detail } from "./detail";
import { due } from "./due";
import { empty } from "./empty";
import { filter } from "./filter";
import { notifications } from "./notifications";
import { offline } from "./offline";
import { palette } from "./palette";
import { quickAdd } from "./quick-add";
import { selection } from "./selection";
import { tasks } from "./tasks";

/** What only signed-in pages read. */
export const rest = {
  detail,
  due,
  empty,
  filter,
  notifications,
  offline,
  palette,
  quickAdd,
  selection,
  tasks,
};
