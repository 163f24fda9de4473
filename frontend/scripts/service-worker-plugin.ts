import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const PUBLIC = ["/manifest.webmanifest", "/icon.svg"];

/** The service worker is no module of the application: it knows the build it belongs to. */
export function serviceWorker(path: string): Plugin {
  return {
    name: "service-worker",
    apply: "build",
    writeBundle({ dir = "dist" }, bundle) {
      const html = readFileSync(join(dir, "index.html"), "utf8");
      const entry = /<script type="module"[^>]* src="([^"]+)"/.exec(html)?.[1] ?? "";
      const built = Object.keys(bundle).filter((name) => /\.(js|css)$/.test(name));
      const files = [...built.map((name) => `/${name}`), ...PUBLIC].sort();
      const version = createHash("sha256").update(html).update(files.join()).digest("hex");
      const source = readFileSync(path, "utf8")
        .replace("FILES = []", `FILES = ${JSON.stringify(files)}`)
        .replace('ENTRY = ""', `ENTRY = ${JSON.stringify(entry)}`)
        .replace('VERSION = ""', `VERSION = "${version.slice(0, 12)}"`);
      writeFileSync(join(dir, "sw.js"), source);
    },
  };
}
