import { setupServer } from "msw/node";

/** Answers nothing by itself: each test says what its API does. */
export const server = setupServer();
