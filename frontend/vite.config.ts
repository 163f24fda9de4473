import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { axiosTrimmed } from "./scripts/axios-trimmed.ts";
import { CHUNKS } from "./scripts/chunks.ts";
import { scriptBeforePaint } from "./scripts/script-before-paint.ts";
import { serviceWorker } from "./scripts/service-worker-plugin.ts";

// nginx stands in front of the dev server and proxies `/` here, so this server
// proxies nothing, and hot reload comes back through the page's own port.
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What the first page needs beyond the base, asked for before the base has run. */
const VISITOR = ["src/app/mount.tsx", "src/features/auth/ui/sign-in-page.tsx"];
const MEMBER = [
  "src/app/mount.tsx",
  "src/shared/i18n/en/index.ts",
  "src/app/app-layout.tsx",
  "src/app/pages/today-page.tsx",
  "src/app/pages/all-tasks-page.tsx",
];

export default defineConfig({
  plugins: [
    react(),
    tailwindcss(),
    axiosTrimmed(),
    scriptBeforePaint({ path: "src/boot/before-paint.js", visitor: VISITOR, member: MEMBER }),
    serviceWorker("src/service-worker.js"),
  ],
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
        codeSplitting: { groups: CHUNKS },
      },
    },
  },
});
