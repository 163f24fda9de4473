// Takes the pictures of the README from the demo account: `make screenshots`.
import { mkdirSync } from "node:fs";
import { chromium } from "@playwright/test";

const BASE_URL = process.env.BASE_URL ?? "http://localhost:9000";
const OUT = new URL("../../docs/images/", import.meta.url).pathname;
const DEMO = { username: "demo", password: "demo-demo-demo" };

const DESKTOP = { viewport: { width: 1280, height: 760 } };
const PHONE = { viewport: { width: 360, height: 720 }, isMobile: true, hasTouch: true };

/** What each picture shows. `open` is the title of a task to have open beside it. */
const PICTURES = [
  { name: "today", path: "/", open: "Write the migration guide for 2.0", ...DESKTOP },
  { name: "board", path: "/board", colorScheme: "dark", ...DESKTOP },
  { name: "calendar", path: "/calendar", ...DESKTOP },
  { name: "progress", path: "/progress", colorScheme: "dark", ...DESKTOP },
  { name: "phone", path: "/", deviceScaleFactor: 2, ...PHONE },
];

async function signIn(context) {
  const page = await context.newPage();
  await page.goto("/login");
  await page.getByLabel("Username or e-mail").fill(DEMO.username);
  await page.getByLabel("Password", { exact: true }).fill(DEMO.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
  return page;
}

async function take(browser, { name, path, open, ...look }) {
  const context = await browser.newContext({
    baseURL: BASE_URL,
    locale: "en-GB",
    reducedMotion: "reduce",
    ...look,
  });
  const page = await signIn(context);
  await page.goto(path);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForLoadState("networkidle");
  if (open) {
    await page.getByRole("main").getByRole("link", { name: open }).click();
    await page.getByRole("complementary", { name: "Task details" }).waitFor();
  }
  // No caret and no focus ring in a picture.
  await page.evaluate(() => document.activeElement?.blur());
  await page.screenshot({ path: `${OUT}${name}.png` });
  await context.close();
  console.log(`docs/images/${name}.png`);
}

mkdirSync(OUT, { recursive: true });
const executablePath = process.env.CHROMIUM_PATH;
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  args: ["--no-sandbox"],
});
for (const picture of PICTURES) await take(browser, picture);
await browser.close();
