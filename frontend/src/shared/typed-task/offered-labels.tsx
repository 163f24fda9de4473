import type { KeyboardEvent } from "react";
import { messages } from "@/shared/i18n/messages";
import { cx } from "@/shared/ui/class-names";
import { LabelMark } from "@/shared/ui/label-mark";
import { knownLabels } from "./known-labels";
import { moveSpans } from "./spans";
import type { Line, Span } from "./types";

/** Labels that begin as what is being typed does, and the stretch that choosing one replaces. */
export interface Offer extends Span {
  readonly names: readonly string[];
}

const OFFERED = 6;
const BEGUN = /(?<!\S)#([^\s#"]*)$/;

/** What is offered while a label is typed; null where nothing is left to say. */
export function offerLabels({ text, literals }: Line, caret: number): Offer | null {
  const begun = BEGUN.exec(text.slice(0, caret));
  if (!begun || literals.some(({ start, end }) => start <= begun.index && begun.index < end))
    return null;
  const typed = begun[1]?.toLowerCase() ?? "";
  const names = knownLabels()
    .filter((name) => name.toLowerCase().startsWith(typed) && name.toLowerCase() !== typed)
    .slice(0, OFFERED);
  return names.length > 0 ? { start: begun.index, end: caret, names } : null;
}

/** The line with the label in it, and where typing goes on. */
export function takeLabel(line: Line, { start, end }: Span, name: string) {
  const mark = /[\s#]/.test(name) ? `#"${name}"` : `#${name}`;
  const before = `${line.text.slice(0, start)}${mark} `;
  const text = before + line.text.slice(end).trimStart();
  const literals = moveSpans(line.literals, line.text, text);
  return { line: { text, literals }, caret: before.length };
}

export type Pressed =
  | { readonly kind: "point"; readonly at: number }
  | { readonly kind: "take"; readonly name: string }
  | { readonly kind: "close" };

/** The keys of a combobox. Nothing is pointed at by itself, so that Enter still saves. */
export function pressOffer(event: KeyboardEvent, { names }: Offer, at: number): Pressed | null {
  const { key } = event;
  const pointed = names[at];
  if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return null;
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  const isTaken = pointed !== undefined && (key === "Enter" || key === "Tab");
  if (!step && !isTaken && key !== "Escape") return null;
  event.preventDefault();
  event.stopPropagation();
  if (step) return { kind: "point", at: around(at, step, names.length) };
  return isTaken ? { kind: "take", name: pointed } : { kind: "close" };
}

/** Past either end it comes back at the other. */
function around(at: number, step: number, length: number): number {
  if (at < 0) return step > 0 ? 0 : length - 1;
  return (at + step + length) % length;
}

interface OfferedLabelsProps {
  readonly id: string;
  readonly names: readonly string[];
  readonly pointedAt: number;
  readonly onChoose: (name: string) => void;
}

/** Below the field, which keeps the focus. */
export function OfferedLabels({ id, names, pointedAt, onChoose }: OfferedLabelsProps) {
  return (
    <div className="relative">
      <ul
        id={id}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: options stand in a list
        role="listbox"
        aria-label={messages.quickAdd.labels}
        className="floating absolute top-1 left-0 z-30 min-w-48 max-w-full p-1"
      >
        {names.map((name, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
          <li
            key={name}
            id={`${id}-${at}`}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: as its list
            role="option"
            tabIndex={-1}
            aria-selected={at === pointedAt}
            // The field must not lose the focus to what is pressed.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(name)}
            className={cx(
              "flex min-h-8 touch:min-h-11 cursor-pointer items-center rounded-sm px-2 text-[13.5px] hover:bg-sunken",
              at === pointedAt && "bg-soft hover:bg-soft",
            )}
          >
            <LabelMark name={name} />
          </li>
        ))}
      </ul>
    </div>
  );
}
