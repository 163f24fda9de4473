// Keeps this build's files, so that the application starts without the network. It never
// touches the API: what people see of their tasks offline is the application's own copy.
// The build fills in the three constants (vite.config.ts).
const FILES = [];
const ENTRY = "";
const VERSION = "";

const CACHE = `shell-${VERSION}`;
const PAGE = "/";
/** How long a page may take before the kept one is shown. */
const PATIENCE_MS = 3_000;
const NOT_PAGES = /^\/(api|admin|problems|static|health|metrics|ws)(\/|$)|\.[^/]*$/;

self.addEventListener("install", (event) => event.waitUntil(keepFiles()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (!NOT_PAGES.test(pathname)) event.respondWith(answerPage(request));
  } else if (FILES.includes(pathname)) event.respondWith(answerFile(request));
});
self.addEventListener("message", ({ data, source }) => {
  // A page that is this build already has nothing to reload for.
  if (data.type === "activate" || data.entry === ENTRY) self.skipWaiting();
  else source.postMessage({ type: "update" });
});

async function keepFiles() {
  const cache = await caches.open(CACHE);
  const page = await fetch(PAGE, { cache: "no-cache" });
  const html = await page.clone().text();
  // Deployed in between: the next check for an update finds all of one build.
  if (!page.ok || !html.includes(ENTRY)) throw new Error("The page belongs to another build.");
  await Promise.all([cache.put(PAGE, page), cache.addAll(FILES)]);
}

async function takeOver() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** The server's page where it comes in time; otherwise the kept one. */
async function answerPage(request) {
  const asked = fetch(request);
  const inTime = Promise.race([asked, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  const answer = await inTime.catch(() => null);
  if (answer && answer.status < 500) return answer;
  return (await caches.match(PAGE, { cacheName: CACHE })) ?? asked;
}

/** Names carry a hash of the content, so what is kept is what would be sent. */
async function answerFile(request) {
  const kept = await caches.match(request, { cacheName: CACHE, ignoreVary: true });
  return kept ?? fetch(request);
}
