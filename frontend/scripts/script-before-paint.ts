import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { HtmlTagDescriptor, Plugin } from "vite";

interface Options {
  readonly path: string;
  /** Modules whose chunks somebody needs who is not signed in, and somebody who is. */
  readonly visitor: readonly string[];
  readonly member: readonly string[];
}

interface Chunk {
  readonly type: "chunk";
  readonly fileName: string;
  readonly imports: readonly string[];
  readonly facadeModuleId: string | null;
  readonly moduleIds: readonly string[];
}
type Bundle = Readonly<Record<string, Chunk | { readonly type: "asset" }>>;

/**
 * Vite bundles modules only, and this script must block the first paint. It is a
 * file cached for ever, which also knows by name what is to be fetched early.
 */
export function scriptBeforePaint({ path, visitor, member }: Options): Plugin {
  let src = `/${path}`;
  let common: readonly string[] = [];
  return {
    name: "script-before-paint",
    generateBundle: {
      order: "pre",
      handler(_options, bundle) {
        const files = (modules: readonly string[]) => chunkFiles(bundle as Bundle, modules);
        const [ofVisitor, ofMember] = [files(visitor), files(member)];
        // What both need, the page itself asks for: a whole way to the server earlier.
        common = ofVisitor.filter((file) => ofMember.includes(file));
        const without = (all: readonly string[]) => all.filter((file) => !common.includes(file));
        const preloads = JSON.stringify({
          visitor: without(ofVisitor),
          member: without(ofMember),
        });
        const source = readFileSync(path, "utf8").replace(
          "PRELOADS = {}",
          `PRELOADS = ${preloads}`,
        );
        const hash = createHash("sha256").update(source).digest("hex").slice(0, 8);
        const fileName = `assets/before-paint-${hash}.js`;
        this.emitFile({ type: "asset", fileName, source });
        src = `/${fileName}`;
      },
    },
    transformIndexHtml: (html) => [
      { tag: "script", attrs: { src }, injectTo: "head" },
      ...common.filter((file) => !html.includes(file)).map((file) => preloadTag(file)),
    ],
  };
}

function preloadTag(file: string): HtmlTagDescriptor {
  const attrs = { rel: "modulepreload", crossorigin: true, href: `/${file}` };
  return { tag: "link", attrs, injectTo: "head" };
}

/** The files that hold these modules, and all they import, without what the page names itself. */
function chunkFiles(bundle: Bundle, modules: readonly string[]): string[] {
  const chunks = Object.values(bundle).filter((file): file is Chunk => file.type === "chunk");
  // The file that an import of the module asks for, which may only lead to the one it is in.
  const isOf = (chunk: Chunk, module: string) =>
    [chunk.facadeModuleId, ...chunk.moduleIds].some((id) => id?.endsWith(module));
  const names = new Set<string>();
  const visit = (chunk: Chunk) => {
    if (names.has(chunk.fileName)) return;
    names.add(chunk.fileName);
    for (const name of chunk.imports) {
      const imported = bundle[name];
      if (imported?.type === "chunk") visit(imported);
    }
  };
  for (const module of modules) {
    const found = chunks.filter((chunk) => isOf(chunk, module));
    if (found.length === 0) throw new Error(`No chunk holds ${module}, which is to be preloaded.`);
    found.forEach(visit);
  }
  return [...names];
}
