import type { Plugin } from "vite";

/** What stands in for modules of axios that nothing here uses, by their file's name. */
const STUBS = {
  // The adapter on `fetch`, which a browser with XMLHttpRequest never picks: 4 KiB. Its own
  // package leaves out the one for Node in the same way.
  "fetch.js": "export const getFetch = () => null; export default null;",
  // Names of statuses, forms as JSON, and what came before AbortController.
  "HttpStatusCode.js": "export default {};",
  "formDataToJSON.js": "export default () => ({});",
  "CancelToken.js": "export default null;",
} as const;

export function axiosTrimmed(): Plugin {
  const PREFIX = "\0axios-without:";
  const isStubbed = (name: string): name is keyof typeof STUBS => name in STUBS;
  return {
    name: "axios-trimmed",
    apply: "build",
    enforce: "pre",
    resolveId(source, importer) {
      const name = source.slice(source.lastIndexOf("/") + 1);
      return importer?.includes("/axios/lib/") && isStubbed(name) ? PREFIX + name : null;
    },
    load(id) {
      const name = id.slice(PREFIX.length);
      return id.startsWith(PREFIX) && isStubbed(name) ? STUBS[name] : null;
    },
  };
}
