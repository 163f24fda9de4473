import type { MoreMessages } from "../messages";
import { people } from "./people";
import { progress } from "./progress";
import { reset } from "./reset";
import { settings } from "./settings";
import { trash } from "./trash";
import { views } from "./views";

export const more: MoreMessages = { reset, settings, progress, people, trash, views };
