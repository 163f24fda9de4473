import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// nginx stands in front of the dev server and proxies `/` here, so this server
// proxies nothing, and hot reload comes back through the page's own port.
export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
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
  },
});
