import type { MoreMessages } from "../messages";
import { commands } from "./commands";
import { conflict } from "./conflict";
import { filters } from "./filters";
import { history } from "./history";
import { labels } from "./labels";
import { leaving } from "./leaving";
import { notFound } from "./not-found";
import { people } from "./people";
import { progress } from "./progress";
import { reset } from "./reset";
import { search } from "./search";
import { settings } from "./settings";
import { trash } from "./trash";
import { views } from "./views";

export const more: MoreMessages = {
  commands,
  conflict,
  filters,
  history,
  labels,
  leaving,
  notFound,
  people,
  progress,
  reset,
  search,
  settings,
  trash,
  views,
};
