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

/** What only pages and layers read that are opened once in a while; it would weigh on every first load. */
export const more = {
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
