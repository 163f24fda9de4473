import type { Definition, ListItem, Node, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

const extensions = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] };

export function parseMarkdown(text: string): Root {
  return fromMarkdown(text, extensions);
}

/** Where the `[` of a checklist item stands; null for an item that is none. */
export function boxOf(text: string, item: ListItem): number | null {
  if (item.checked === null || item.checked === undefined) return null;
  const start = item.position?.start.offset;
  return start === undefined ? null : text.indexOf("[", start);
}

const SAFE = /^(https?:\/\/|mailto:)/i;

/** Addresses that lead to a page or a mail, and to nothing that could run. */
export function safeAddress(url: string): string | null {
  return SAFE.test(url) ? url : null;
}

export function definitionsOf(root: Root): ReadonlyMap<string, Definition> {
  const definitions = new Map<string, Definition>();
  visit(root, (node) => {
    if (node.type !== "definition") return;
    const definition = node as Definition;
    if (!definitions.has(definition.identifier)) definitions.set(definition.identifier, definition);
  });
  return definitions;
}

export function visit(node: Node, see: (node: Node) => void): void {
  see(node);
  if ("children" in node) for (const child of node.children as Node[]) visit(child, see);
}

/** The words alone, for a name. */
export function plainText(node: Node): string {
  let words = "";
  visit(node, (inner) => {
    if ("value" in inner && typeof inner.value === "string") words += inner.value;
  });
  return words;
}
