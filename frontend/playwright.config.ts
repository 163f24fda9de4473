import { defineConfig, devices } from "@playwright/test";

// Whoever runs this has started the application; the address says where.
const baseURL = process.env.BASE_URL ?? "http://localhost:9000";
const executablePath = process.env.CHROMIUM_PATH;

export default defineConfig({
  testDir: "e2e",
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  // A test that passes at the second try hides a race somewhere. A machine of CI that stops for
  // seconds is no such race: there it may try again, and the summary names it as flaky.
  retries: process.env.CI ? 1 : 0,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: process.env.CI ? [["list"], ["html", { open: "never" }]] : "list",
  use: {
    baseURL,
    locale: "en-GB",
    timezoneId: "Europe/Paris",
    // Nothing moves, so nothing has to be waited for; one test looks at motion itself.
    contextOptions: { reducedMotion: "reduce" },
    // What was done, and the last picture. Snapshots of every step cost a fifth of the whole
    // time: `--trace=on` takes them where somebody wants to look.
    trace: { mode: "retain-on-failure", snapshots: false, screenshots: false },
    screenshot: "only-on-failure",
    // A test's own answers must reach the page; what works without a network allows it.
    serviceWorkers: "block",
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    {
      name: "desktop",
      use: { ...devices["Desktop Chrome"], viewport: { width: 1440, height: 900 } },
    },
    {
      name: "phone",
      use: {
        ...devices["Desktop Chrome"],
        viewport: { width: 360, height: 760 },
        isMobile: true,
        hasTouch: true,
      },
      // What a small screen changes. What the program does is tested on the desktop.
      testMatch:
        /\/(a11y|address|board|calendar|crash|drag-equivalents|empty-states|filters|journey|label-offers|phone-navigation|phone-rows|reading|saved-filters|search|upcoming|quick-add-chips|markdown|paste-lines|route-focus)\.spec/,
    },
  ],
});
