// Lighthouse's mobile figures, the median of three runs: `make lighthouse`. Every run begins
// with an empty cache and no service worker; the task list is the demo account's.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "@playwright/test";

const BASE_URL = process.env.BASE_URL ?? "http://localhost:9000";
const LIGHTHOUSE = "lighthouse@12.8.2";
const RUNS = 3;
const PORT = 9333;
const INSTALL_MS = 3_000;
const DEMO = { username: "demo", password: "demo-demo-demo" };
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const METRICS = ["largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"];

async function signIn(page) {
  await page.goto(`${BASE_URL}/login`);
  await page.getByLabel("Username or e-mail").fill(DEMO.username);
  await page.getByLabel("Password", { exact: true }).fill(DEMO.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
}

/** A first visit, but for who is signed in. */
async function forget(page) {
  await page.goto(`${BASE_URL}/healthz`);
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage))
      if (key.startsWith("tm.own.")) localStorage.removeItem(key);
  });
  const client = await page.context().newCDPSession(page);
  await client.send("Storage.clearDataForOrigin", {
    origin: new URL(BASE_URL).origin,
    storageTypes: "indexeddb,cache_storage,service_workers",
  });
  // A service worker that was being installed goes on fetching for a moment.
  await new Promise((resolve) => setTimeout(resolve, INSTALL_MS));
  await client.send("Network.clearBrowserCache");
  await client.detach();
}

async function audit(path) {
  const options = [
    `--port=${PORT}`,
    "--disable-storage-reset",
    `--only-categories=${CATEGORIES.join(",")}`,
    "--output=json",
    "--quiet",
  ];
  const { stdout } = await promisify(execFile)(
    "npx",
    ["--yes", LIGHTHOUSE, `${BASE_URL}${path}`, ...options],
    { maxBuffer: 64 << 20 },
  );
  const { categories, audits, environment } = JSON.parse(stdout);
  return {
    host: Math.round(environment.benchmarkIndex),
    ...Object.fromEntries(CATEGORIES.map((key) => [key, Math.round(categories[key].score * 100)])),
    ...Object.fromEntries(METRICS.map((key) => [key, audits[key].numericValue])),
  };
}

function median(numbers) {
  return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

async function measure(page, path) {
  const runs = [];
  for (let run = 0; run < RUNS; run += 1) {
    await forget(page);
    runs.push(await audit(path));
  }
  const of = (key) => median(runs.map((run) => run[key]));
  const scores = CATEGORIES.map(of).join(" / ");
  const [lcp, tbt, cls] = METRICS.map(of);
  console.log(
    `${path}: ${scores}, LCP ${(lcp / 1000).toFixed(2)} s, TBT ${tbt.toFixed(0)} ms, CLS ${cls.toFixed(3)}`,
    `(performance ${runs.map((run) => run.performance).join(", ")};`,
    `Lighthouse's index of this host ${runs.map((run) => run.host).join(", ")})`,
  );
}

const profile = mkdtempSync(join(tmpdir(), "lighthouse-"));
const executablePath = process.env.CHROMIUM_PATH;
const browser = await chromium.launchPersistentContext(profile, {
  ...(executablePath && { executablePath }),
  args: ["--no-sandbox", "--disable-gpu", `--remote-debugging-port=${PORT}`],
});
try {
  const [page] = browser.pages();
  await measure(page, "/login");
  await signIn(page);
  await measure(page, "/tasks");
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}
