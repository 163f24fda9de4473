// How long a press takes to be painted and whether scrolling stutters, on a processor four
// times slower than this one (CDP's throttling), in lists of 50, 1,000 and 10,000 tasks, and in
// board and calendar with the last of them.
// Event Timing counts from the input to the next frame. The tasks are made up on the way
// to the page, so that neither seeding nor the server is part of what is measured.
// BASE_URL=http://localhost:9000 CHROMIUM_PATH=… node scripts/measure-interaction.mjs
import { chromium } from "@playwright/test";

const BASE_URL = process.env.BASE_URL ?? "http://localhost:9000";
const SLOWDOWN = 4;
const PAGE = 100;
const PRESSES = 7;
/** The least that Event Timing can be asked for. */
const THRESHOLD_MS = 16;
const SCROLLS = 60;
/** As a neighbour on the same host can only make a task longer, one round of it says little. */
const ROUNDS = 3;
const LARGEST = 10_000;
const LIMITS = { 50: 100, 1000: 200 };
const LONGEST_TASK_MS = 50;
const PASSWORD = "Correct-horse-7-battery";

function makeTask(n) {
  const due = new Date(Date.now() + ((n % 400) - 5) * 86_400_000).toISOString().slice(0, 10);
  return {
    id: n + 1,
    version: 1,
    user: 1,
    title: `Task ${n + 1} of a long list`,
    description: "",
    priority: ["low", "medium", "high"][n % 3],
    status: "pending",
    due_date: n % 7 === 0 ? null : due,
    due_time: null,
    labels: n % 4 === 0 ? ["home", "work"] : [],
    completed_at: null,
    created_at: new Date(1_700_000_000_000 + n * 1000).toISOString(),
    updated_at: new Date(1_700_000_000_000 + n * 1000).toISOString(),
  };
}

async function makeUp(page, total) {
  const tasks = Array.from({ length: total }, (_, n) => makeTask(n));
  await page.route(/\/api\/tasks\/\?/, (route) => {
    const url = new URL(route.request().url());
    if (url.searchParams.get("status") === "completed") return answer(route, [], null);
    const from = Number(url.searchParams.get("cursor") ?? 0);
    url.searchParams.set("cursor", String(from + PAGE));
    return answer(
      route,
      tasks.slice(from, from + PAGE),
      from + PAGE < total ? url.toString() : null,
    );
  });
  await page.route(/\/api\/tasks\/\d+\/$/, (route) => {
    const id = Number(/(\d+)\/$/.exec(route.request().url())[1]);
    const task = tasks[id - 1];
    tasks[id - 1] = { ...task, ...route.request().postDataJSON(), version: task.version + 1 };
    return route.fulfill({ json: tasks[id - 1] });
  });
}

const answer = (route, results, next) => route.fulfill({ json: { next, previous: null, results } });

async function signUp(page) {
  const username = `measure_${Date.now().toString(36)}`;
  await page.goto(`${BASE_URL}/register`);
  await page.getByLabel("Username").fill(username);
  await page.getByLabel("E-mail").fill(`${username}@example.org`);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
}

/** Waits until every task of the list is counted in the navigation. */
async function openList(page, total) {
  await makeUp(page, total);
  await page.goto(`${BASE_URL}/tasks`);
  const count = new Intl.NumberFormat("en-GB").format(total);
  await page.getByText(`${count} open tasks`).waitFor({ timeout: 180_000 });
  await page.waitForLoadState("networkidle");
}

async function slowDown(page, rate) {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate });
}

/** Starts taking down what the browser itself says of presses and of long tasks. */
async function watch(page) {
  await page.evaluate((durationThreshold) => {
    globalThis.presses = [];
    globalThis.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries())
        if (name === "click") globalThis.presses.push(duration);
    }).observe({ type: "event", durationThreshold });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) globalThis.longTasks.push(duration);
    }).observe({ type: "longtask" });
  }, THRESHOLD_MS);
}

/** Milliseconds from each press to the frame that shows it, the shortest first. */
async function measurePresses(page, buttons) {
  for (let press = 0; press < PRESSES; press += 1) {
    await buttons(press).click();
    // A browser does not report what took less than its threshold.
    await page
      .waitForFunction((n) => globalThis.presses.length > n, press, { timeout: 1_500 })
      .catch(() => page.evaluate((ms) => globalThis.presses.push(ms), THRESHOLD_MS));
  }
  return page.evaluate(() => globalThis.presses.sort((a, b) => a - b));
}

async function measureScroll(page) {
  await page.mouse.move(600, 450);
  await page.evaluate(() => globalThis.longTasks.splice(0));
  for (let step = 0; step < SCROLLS; step += 1) {
    await page.mouse.wheel(0, 700);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => done())));
  }
  return page.evaluate(() => globalThis.longTasks);
}

/** The longest task of each round in milliseconds, 0 where none was over 50, the shortest first. */
async function measureRounds(page) {
  const longest = [];
  for (let round = 0; round < ROUNDS; round += 1)
    longest.push(Math.round(Math.max(0, ...(await measureScroll(page)))));
  return longest.sort((a, b) => a - b);
}

const middleOf = (sorted) => sorted[Math.floor(sorted.length / 2)];

/** One page of so many tasks; false where presses or scrolling took longer than allowed. */
async function measure(page, what, buttons, limit) {
  await watch(page);
  await slowDown(page, SLOWDOWN);
  const presses = await measurePresses(page, buttons);
  const median = middleOf(presses);
  console.log(
    `${what}: a press paints after ${median} ms in the median, ${presses.at(-1)} at most`,
    limit ? `(allowed: ${limit})` : "",
  );
  const longest = await measureRounds(page);
  console.log(
    `${what}: the longest task of each round of scrolling, ${longest.join(", ")} ms`,
    `(allowed: ${LONGEST_TASK_MS} in the median)`,
  );
  await slowDown(page, 1);
  return (!limit || median <= limit) && middleOf(longest) <= LONGEST_TASK_MS;
}

/** What the navigation leads to, without loading everything anew. */
async function goTo(page, name) {
  const started = Date.now();
  await page.getByRole("navigation").getByRole("link", { name, exact: true }).click();
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page
    .getByRole("main")
    .getByText(/^Task \d+ of/)
    .first()
    .waitFor();
  console.log(`${name}: there after ${Date.now() - started} ms, at full speed`);
}

/** Board and calendar of so many tasks. */
async function measureOthers(page, total, complete) {
  await goTo(page, "Board");
  const isBoardQuick = await measure(page, `board of ${total}`, complete);
  await goTo(page, "Calendar");
  const next = () => page.getByRole("button", { name: "Next month" });
  return (await measure(page, `calendar of ${total}`, next)) && isBoardQuick;
}

/** Each size has a browser of its own, as what one keeps is no part of the next. */
async function measureSize(browser, total) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    serviceWorkers: "block",
  });
  const page = await context.newPage();
  await signUp(page);
  await openList(page, total);
  const complete = (nth) => page.getByRole("button", { name: /^Complete “/ }).nth(nth);
  const isQuick = await measure(page, `${total} rows`, complete, LIMITS[total]);
  const areOthersQuick = total < LARGEST || (await measureOthers(page, total, complete));
  await context.close();
  return isQuick && areOthersQuick;
}

const { CHROMIUM_PATH: executablePath } = process.env;
const browser = await chromium.launch({
  ...(executablePath && { executablePath }),
  args: ["--no-sandbox", "--disable-gpu"],
});
let isQuick = true;
for (const total of [50, 1000, LARGEST]) isQuick = (await measureSize(browser, total)) && isQuick;
await browser.close();
process.exit(isQuick ? 0 : 1);
