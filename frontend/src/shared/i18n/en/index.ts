import { commands } from "./commands";
import { detail } from "./detail";
import { due } from "./due";
import { empty } from "./empty";
import { filter } from "./filter";
import { filters } from "./filters";
import { notifications } from "./notifications";
import { offline } from "./offline";
import { palette } from "./palette";
import { quickAdd } from "./quick-add";
import { selection } from "./selection";
import { tasks } from "./tasks";

/** What only signed-in pages read. */
export const rest = {
  commands,
  detail,
  due,
  empty,
  filter,
  filters,
  notifications,
  offline,
  palette,
  quickAdd,
  selection,
  tasks,
};
