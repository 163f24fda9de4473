// What every page reads, sign-in included. It counts in the first load: keep it small.
import { app } from "./app";
import { auth } from "./auth";
import { dates } from "./dates";
import { errors } from "./errors";
import { nav } from "./nav";

export const core = { app, nav, auth, errors, dates };
