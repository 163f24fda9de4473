import type { Definition, ListItem, Nodes, Table } from "mdast";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { messages } from "@/shared/i18n/messages";
import { boxOf, definitionsOf, parseMarkdown, plainText, safeAddress } from "../model/markdown";

const t = messages.detail;

interface Shared {
  readonly text: string;
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly onToggle: (bracket: number) => void;
}

const SharedContext = createContext<Shared | null>(null);

interface MarkdownProps {
  readonly text: string;
  /** Asked to turn over the box whose `[` stands at this place of the text. */
  readonly onToggle: (bracket: number) => void;
}

/**
 * Markdown as elements of our own: only what is named below is shown as more than its
 * text, so HTML stays words, and nothing is loaded from elsewhere.
 */
export function Markdown({ text, onToggle }: MarkdownProps) {
  const root = useMemo(() => parseMarkdown(text), [text]);
  const definitions = useMemo(() => definitionsOf(root), [root]);
  return (
    <SharedContext value={{ text, definitions, onToggle }}>
      <Children of={root.children} />
    </SharedContext>
  );
}

function Children({ of }: { readonly of: readonly Nodes[] }) {
  return of.map((node) => <Node key={node.position?.start.offset} node={node} />);
}

const HEADINGS = ["text-base", "text-[15px]", "text-[14.5px]"];

function Node({ node }: { readonly node: Nodes }): ReactNode {
  const inner = () => ("children" in node ? <Children of={node.children} /> : null);
  switch (node.type) {
    case "text":
      return node.value;
    case "paragraph":
      return <p className="my-2 first:mt-0 last:mb-0">{inner()}</p>;
    case "heading":
      return <Heading depth={node.depth}>{inner()}</Heading>;
    case "strong":
      return <strong className="font-semibold">{inner()}</strong>;
    case "emphasis":
      return <em>{inner()}</em>;
    case "delete":
      return <del className="text-ink-3">{inner()}</del>;
    case "inlineCode":
      return <code className="rounded-sm bg-sunken px-1 py-0.5 text-[13px]">{node.value}</code>;
    case "code":
      return (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          className="my-2 overflow-x-auto rounded-md bg-sunken p-2.5 text-[13px] leading-snug"
        >
          <code>{node.value}</code>
        </pre>
      );
    case "break":
      return <br />;
    case "thematicBreak":
      return <hr className="my-3 border-line" />;
    case "blockquote":
      return (
        <blockquote className="my-2 border-l-2 border-line-strong pl-3 text-ink-2">
          {inner()}
        </blockquote>
      );
    case "list":
      return node.ordered ? (
        <ol start={node.start ?? 1} className="my-2 list-decimal pl-6">
          {inner()}
        </ol>
      ) : (
        <ul className="my-2 list-disc pl-5">{inner()}</ul>
      );
    case "listItem":
      return <Item item={node} />;
    case "link":
      return <SafeLink url={node.url}>{inner()}</SafeLink>;
    case "image":
      return <SafeLink url={node.url}>{node.alt || node.url}</SafeLink>;
    case "linkReference":
      return <Reference id={node.identifier}>{inner()}</Reference>;
    case "imageReference":
      return <Reference id={node.identifier}>{node.alt || node.identifier}</Reference>;
    case "table":
      return <TableView table={node} />;
    case "html":
      return node.value;
    case "footnoteReference":
      return `[${node.identifier}]`;
    case "footnoteDefinition":
      return <div className="text-[13px] text-ink-2">{inner()}</div>;
    default:
      return null;
  }
}

interface HeadingProps {
  readonly depth: number;
  readonly children: ReactNode;
}

/** Below the panel's own heading. */
function Heading({ depth, children }: HeadingProps) {
  const Tag = (["h3", "h3", "h4", "h5"] as const)[depth - 1] ?? "h6";
  return (
    <Tag className={`mt-3 mb-1 font-semibold first:mt-0 ${HEADINGS[depth - 1] ?? "text-sm"}`}>
      {children}
    </Tag>
  );
}

interface SafeLinkProps {
  readonly url: string;
  readonly children: ReactNode;
}

function SafeLink({ url, children }: SafeLinkProps) {
  const href = safeAddress(url);
  if (!href) return children;
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="font-medium break-words text-accent underline underline-offset-2"
    >
      {children}
    </a>
  );
}

function Reference({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  const url = useContext(SharedContext)?.definitions.get(id)?.url;
  return url ? <SafeLink url={url}>{children}</SafeLink> : children;
}

function Item({ item }: { readonly item: ListItem }) {
  const shared = useContext(SharedContext);
  const bracket = shared && boxOf(shared.text, item);
  if (bracket === null) {
    return (
      <li className="my-0.5">
        <Children of={item.children} />
      </li>
    );
  }
  return (
    <li className="-ml-5 flex list-none items-start">
      <label className="-my-0.5 grid size-6 touch:-my-2.5 touch:h-11 touch:w-8 shrink-0 place-items-center touch:-ml-1">
        <input
          type="checkbox"
          checked={item.checked === true}
          aria-label={nameOf(item)}
          onChange={() => shared?.onToggle(bracket)}
          className="size-4 accent-accent"
        />
      </label>
      <div
        className={`min-w-0 flex-1 pl-1 ${item.checked ? "[&>p]:text-ink-3 [&>p]:line-through" : ""}`}
      >
        <Children of={item.children} />
      </div>
    </li>
  );
}

function nameOf({ children }: ListItem): string {
  const [first] = children;
  return (first && plainText(first).trim()) || t.checklistItem;
}

function TableView({ table }: { readonly table: Table }) {
  const [head, ...rows] = table.children;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div tabIndex={0} className="my-2 overflow-x-auto">
      <table className="text-left text-[13px] [&_td]:border-t [&_td]:border-line [&_td]:py-1 [&_td]:pr-4 [&_th]:py-1 [&_th]:pr-4 [&_th]:font-semibold">
        <thead>
          <tr>
            {head?.children.map((cell) => (
              <th key={cell.position?.start.offset} scope="col">
                <Children of={cell.children} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.position?.start.offset}>
              {row.children.map((cell) => (
                <td key={cell.position?.start.offset}>
                  <Children of={cell.children} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
