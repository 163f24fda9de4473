// Compares the build with budgets.json, in KiB as a browser downloads them (gzip).
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const DIST = "dist";
const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const manifest = read(join(DIST, ".vite/manifest.json"));
const budgets = read("budgets.json");

const kib = (bytes) => bytes / 1024;
const zipped = (file) => gzipSync(readFileSync(join(DIST, file)), { level: 6 }).length;
const total = (files, size) => kib([...files].reduce((sum, file) => sum + size(file), 0));

/** Every script that is fetched before a page can be used: entries and what they import statically. */
function initialScripts(entries) {
  const files = new Set();
  const visit = (key) => {
    const chunk = manifest[key];
    if (!chunk) throw new Error(`budgets.json names ${key}, which the build does not have.`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    chunk.imports?.forEach(visit);
  };
  entries.forEach(visit);
  return files;
}

const rows = [];
const check = (name, actual, max) => rows.push({ name, actual, max });

const initial = new Set();
for (const [page, { entries, max }] of Object.entries(budgets.initialJsKiB)) {
  const files = initialScripts(entries);
  for (const file of files) initial.add(file);
  check(`initial JS, ${page}`, total(files, zipped), max);
}

const scripts = readdirSync(join(DIST, "assets")).filter((name) => name.endsWith(".js"));
const lazy = scripts
  .map((name) => `assets/${name}`)
  .filter((file) => !initial.has(file))
  .map((file) => ({ file, size: kib(zipped(file)) }))
  .sort((a, b) => b.size - a.size)[0];
if (lazy) check(`largest lazy chunk (${lazy.file})`, lazy.size, budgets.lazyChunkKiB);

const styles = readdirSync(join(DIST, "assets")).filter((name) => name.endsWith(".css"));
check(
  "CSS",
  total(styles, (name) => zipped(`assets/${name}`)),
  budgets.cssKiB,
);

const images = readdirSync(DIST, { recursive: true }).filter((name) =>
  /\.(png|jpe?g|webp|avif|svg|ico)$/.test(name),
);
check(
  "images",
  total(images, (name) => statSync(join(DIST, name)).size),
  budgets.imagesKiB,
);

const width = Math.max(...rows.map(({ name }) => name.length));
for (const { name, actual, max } of rows) {
  const verdict = actual <= max ? "ok" : "TOO BIG";
  console.log(
    `${name.padEnd(width)}  ${actual.toFixed(1).padStart(7)} / ${String(max).padStart(3)} KiB  ${verdict}`,
  );
}
if (rows.some(({ actual, max }) => actual > max)) process.exit(1);
