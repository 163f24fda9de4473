// What the app is made of, as CycloneDX on standard output. `npm sbom --omit dev` forgets what a tool
// needs as well (React itself), so npm is shown a project that has no tools.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const read = (name) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), "utf8"));

const project = mkdtempSync(join(tmpdir(), "sbom-"));
const write = (name, content) => writeFileSync(join(project, name), JSON.stringify(content));
try {
  const { devDependencies, ...manifest } = read("package.json");
  const lock = read("package-lock.json");
  delete lock.packages[""].devDependencies;
  const kept = Object.entries(lock.packages).filter(
    ([, { dev, devOptional }]) => !(dev || devOptional),
  );
  write("package.json", manifest);
  write("package-lock.json", { ...lock, packages: Object.fromEntries(kept) });

  const told = execFileSync("npm", ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"], {
    cwd: project,
    maxBuffer: 2 ** 26,
  });
  const { serialNumber, ...sbom } = JSON.parse(told);
  delete sbom.metadata.timestamp; // as the number, it would differ each time
  sbom.metadata.component.name = manifest.name; // npm says the folder's
  console.log(JSON.stringify(sbom, null, 2));
} finally {
  rmSync(project, { recursive: true });
}
