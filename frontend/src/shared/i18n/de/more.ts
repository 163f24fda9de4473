import type { MoreMessages } from "../messages";
import { reset } from "./reset";
import { settings } from "./settings";

export const more: MoreMessages = { reset, settings };
