import type { Plugin } from "vite";

/** What stands in for modules of axios that nothing here uses, by the end of their import. */
const STUBS = {
  // The adapter on `fetch`, which a browser with XMLHttpRequest never picks: 4 KiB. Its own
  // package leaves out the one for Node in the same way.
  "./fetch.js": "export const getFetch = () => null; export default null;",
  // Names of statuses, for reading only.
  "./helpers/HttpStatusCode.js": "export default {};",
} as const;

export function axiosTrimmed(): Plugin {
  const PREFIX = "\0axios-without:";
  const isStubbed = (source: string): source is keyof typeof STUBS => source in STUBS;
  return {
    name: "axios-trimmed",
    apply: "build",
    enforce: "pre",
    resolveId(source, importer) {
      return importer?.includes("/axios/lib/") && isStubbed(source) ? PREFIX + source : null;
    },
    load(id) {
      const source = id.slice(PREFIX.length);
      return id.startsWith(PREFIX) && isStubbed(source) ? STUBS[source] : null;
    },
  };
}
