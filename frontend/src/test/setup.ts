import "@testing-library/jest-dom/vitest";
import { cleanup } from "@testing-library/react";
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest";
import { rest } from "@/shared/i18n/en";
import { core } from "@/shared/i18n/en/core";
import { more } from "@/shared/i18n/en/more";
import { fillMessages } from "@/shared/i18n/messages";
import { server } from "./server";

fillMessages({ ...core, ...rest, ...more });

// A request that no test expected is a mistake, and so is anything said on the console.
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
beforeEach(() => {
  for (const level of ["error", "warn"] as const) {
    vi.spyOn(console, level).mockImplementation((...words: unknown[]) => {
      throw new Error(`console.${level}: ${words.join(" ")}`);
    });
  }
});
// A log-out that another test broadcast may arrive late; it must be one of the past here.
let epoch = 0;
beforeEach(() => {
  epoch += 100;
  localStorage.setItem("tm.epoch", String(epoch));
});
afterEach(() => {
  cleanup();
  server.resetHandlers();
  localStorage.clear();
  sessionStorage.clear();
});
afterAll(() => server.close());
