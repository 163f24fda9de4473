import type { MoreMessages } from "../messages";
import { progress } from "./progress";
import { reset } from "./reset";
import { settings } from "./settings";

export const more: MoreMessages = { reset, settings, progress };
