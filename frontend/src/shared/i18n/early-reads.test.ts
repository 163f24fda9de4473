import { expect, test, vi } from "vitest";
import { core } from "./en/core";

/** Whatever travels with something else may be evaluated before its own texts are there. */
const modules = import.meta.glob([
  "/src/{app,features,shared}/**/*.{ts,tsx}",
  "!/src/**/*.test.{ts,tsx}",
  "!/src/shared/i18n/**",
  // Behind `patchRoutesOnNavigation`, which has loaded all texts before it asks for these.
  "!/src/features/settings/**",
  "!/src/app/rare-routes.ts",
  "!/src/app/pages/settings-page.tsx",
]);

/** An area whose texts have not come: to name it is fine, to read from it is not. */
const early = new Proxy(
  {},
  {
    get: (_, name) => {
      throw new Error(`reads “${String(name)}” of texts that may not be loaded`);
    },
  },
);

vi.mock("./messages", () => ({
  messages: new Proxy(core as Record<PropertyKey, object>, {
    get: (areas, name) => areas[name] ?? early,
  }),
  fillMessages: () => undefined,
}));

test.each(Object.keys(modules))("%s can be evaluated before its texts are loaded", async (path) => {
  await expect(modules[path]?.()).resolves.toBeDefined();
});
