import { people } from "./people";
import { progress } from "./progress";
import { reset } from "./reset";
import { settings } from "./settings";
import { trash } from "./trash";
import { views } from "./views";

/** What only pages read that are visited once in a while; they would weigh on every first load. */
export const more = { reset, settings, progress, people, trash, views };
