import type { CoreMessages } from "../messages";
import { app } from "./app";
import { auth } from "./auth";
import { dates } from "./dates";
import { errors } from "./errors";
import { nav } from "./nav";

export const core: CoreMessages = { app, nav, auth, errors, dates };
