import type { RestMessages } from "../messages";
import { commands } from "./commands";
import { conflict } from "./conflict";
import { detail } from "./detail";
import { due } from "./due";
import { empty } from "./empty";
import { filter } from "./filter";
import { filters } from "./filters";
import { history } from "./history";
import { notifications } from "./notifications";
import { offline } from "./offline";
import { palette } from "./palette";
import { quickAdd } from "./quick-add";
import { search } from "./search";
import { selection } from "./selection";
import { tasks } from "./tasks";

export const rest: RestMessages = {
  search,
  tasks,
  filter,
  filters,
  quickAdd,
  due,
  detail,
  conflict,
  history,
  notifications,
  empty,
  commands,
  offline,
  selection,
  palette,
};
