import type { MoreMessages } from "../messages";
import { people } from "./people";
import { progress } from "./progress";
import { reset } from "./reset";
import { settings } from "./settings";
import { views } from "./views";

export const more: MoreMessages = { reset, settings, progress, people, views };
