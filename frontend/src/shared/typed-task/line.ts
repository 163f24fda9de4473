import type { ChangeEvent, KeyboardEvent } from "react";
import { messages } from "@/shared/i18n/messages";
import { announce } from "@/shared/lib/announcer";
import { moveSpans } from "./spans";
import type { Line, TypedToken } from "./types";

type Tokens = readonly TypedToken[];

/** The line after something was typed, with its literal stretches where they are now. */
export function changeLine(
  line: Line,
  tokens: Tokens,
  { target, nativeEvent }: ChangeEvent<HTMLInputElement>,
): Line {
  const text = target.value;
  // Keyboards on a screen name no key; what is gone tells the same.
  const isBackspace = (nativeEvent as InputEvent).inputType === "deleteContentBackward";
  const token = tokens.find(({ end }) => end === (target.selectionStart ?? -1) + 1);
  if (isBackspace && token && text.length === line.text.length - 1) return takeBack(line, token);
  return { text, literals: moveSpans(line.literals, line.text, text) };
}

/** Null where the key means nothing more than usual. */
export function pressKey(
  line: Line,
  tokens: Tokens,
  event: KeyboardEvent<HTMLInputElement>,
): Line | null {
  const { selectionStart, selectionEnd } = event.currentTarget;
  const isChord = event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing;
  if (event.key !== "Backspace" || isChord || selectionStart !== selectionEnd) return null;
  const token = tokens.find(({ end }) => end === selectionStart);
  if (!token) return null;
  event.preventDefault();
  return takeBack(line, token);
}

/** The stretch is words from now on. `from` is the text that the token was read in. */
export function takeBack(line: Line, token: TypedToken, from = line.text): Line {
  announce(messages.quickAdd.takenBack(from.slice(token.start, token.end).trim()));
  return { text: line.text, literals: [...line.literals, ...moveSpans([token], from, line.text)] };
}
