import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

// nginx stands in front of the dev server and proxies `/` here, so this server
// proxies nothing, and hot reload comes back through the page's own port.
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// What every page needs travels as one file, which compresses better than twenty small ones.
const BASE =
  /node_modules\/(react|react-dom|scheduler|react-router|axios)\/|src\/app\/(mount|app|router|route-error|session-bridge|paths|boot-screen)\.|src\/shared\/(session|api\/(errors|http)|lib\/(store|announcer|lazy|local)|i18n\/[a-z]+\.)/;

/** Vite bundles modules only; this script must block the first paint, and be cached for ever. */
function scriptBeforePaint(path: string): Plugin {
  const source = readFileSync(here(path), "utf8");
  const hash = createHash("sha256").update(source).digest("hex").slice(0, 8);
  const fileName = `assets/before-paint-${hash}.js`;
  let isBuild = false;
  return {
    name: "script-before-paint",
    configResolved({ command }) {
      isBuild = command === "build";
    },
    generateBundle() {
      this.emitFile({ type: "asset", fileName, source });
    },
    transformIndexHtml: () => [
      { tag: "script", attrs: { src: isBuild ? `/${fileName}` : path.slice(1) }, injectTo: "head" },
    ],
  };
}

// The same for what every signed-in page needs. Nothing that a page without texts imports may
// stand here: these modules read `messages` when they are loaded.
const APP =
  /src\/shared\/(actions\/(commands|keys|registry|single)|realtime|ui\/(menu-button|popover-button|priority|label-mark|status-ring))|src\/features\/tasks\/(api|model\/(cache|commands|create|edit|queue|sync|load|conflict|groups|url|use-(tasks|filter|panel)))|src\/app\/(app-layout|side-nav|bottom-bar|nav-items|offline)/;

export default defineConfig({
  plugins: [react(), tailwindcss(), scriptBeforePaint("./src/theme/before-paint.js")],
  resolve: {
    alias: [
      { find: "@", replacement: here("./src") },
      // The package has a production build, and no condition that leads to it.
      {
        find: /^react-router$/,
        replacement: here("./node_modules/react-router/dist/production/index.mjs"),
      },
      {
        find: /^react-router\/dom$/,
        replacement: here("./node_modules/react-router/dist/production/dom-export.mjs"),
      },
    ],
  },
  server: {
    host: "127.0.0.1",
    port: Number(process.env.VITE_PORT ?? 5173),
    strictPort: true,
    allowedHosts: true,
  },
  build: {
    manifest: true,
    target: "es2022",
    // The policy is `img-src 'self' data:` but scripts and styles are files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "base", test: BASE },
            { name: "app", test: APP },
          ],
        },
      },
    },
  },
});
