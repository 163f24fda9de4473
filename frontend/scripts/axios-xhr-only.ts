import type { Plugin } from "vite";

/**
 * Axios brings an adapter on `fetch` along that a browser with XMLHttpRequest never
 * picks, 4 KiB of it. Its own package leaves out the one for Node in the same way.
 */
export function axiosXhrOnly(): Plugin {
  const STUB = "\0axios-no-fetch";
  return {
    name: "axios-xhr-only",
    apply: "build",
    enforce: "pre",
    resolveId(source, importer) {
      const isAdapter = source === "./fetch.js" && importer?.includes("/axios/lib/adapters/");
      return isAdapter ? STUB : null;
    },
    load: (id) => (id === STUB ? "export const getFetch = () => null; export default null;" : null),
  };
}
