import { messages } from "@/shared/i18n/messages";
import { isMac } from "@/shared/lib/platform";

const MODIFIERS = new Set(["Shift", "Control", "Alt", "Meta", "AltGraph", "CapsLock"]);

/** The stroke as bindings write it, or null for a modifier on its own. */
export function strokeOf(event: KeyboardEvent): string | null {
  if (MODIFIERS.has(event.key)) return null;
  const key = keyOf(event);
  const modifiers = modifiersOf(event, isSign(key));
  if (key.length > 1) return [...modifiers, key].join("+");
  return modifiers.length > 0 ? [...modifiers, key.toUpperCase()].join("+") : key.toLowerCase();
}

function modifiersOf(event: KeyboardEvent, isForSign: boolean): string[] {
  const { altKey, ctrlKey, metaKey, shiftKey } = event;
  // Many keyboards write "#" by Alt, or by AltGr, which Windows reports as Ctrl and Alt.
  const isTyped = isForSign && altKey;
  const [mod, other] = isMac ? [metaKey, ctrlKey] : [ctrlKey, metaKey];
  return [
    mod && !isTyped && "Mod",
    other && "Other",
    altKey && !isTyped && "Alt",
    shiftKey && !isForSign && "Shift",
  ].filter((name) => name !== false);
}

/** A character that is neither letter nor digit; whether Shift writes it depends on the keyboard. */
function isSign(key: string): boolean {
  return key.length === 1 && !/[\p{L}\p{N}]/u.test(key);
}

/** On a keyboard of other letters the key's place counts: J is the key that is J on a Latin one. */
function keyOf({ key, code }: KeyboardEvent): string {
  if (/^\p{L}$/u.test(key) && !/^\p{Script=Latin}$/u.test(key) && code.startsWith("Key")) {
    return code.slice(-1);
  }
  return key;
}

/** Starts with a character alone, which people who dictate or tremble may press unawares. */
export function isSingleKey(binding: string): boolean {
  const first = binding.split(" ")[0] ?? "";
  return (first.startsWith("Shift+") ? first.slice("Shift+".length) : first).length === 1;
}

const SYMBOLS: Readonly<Record<string, string>> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
  Shift: "⇧",
};

/** The key caps of a binding, one text for each stroke: ["⌘K"], ["G", "B"]. */
export function keyCaps(binding: string): string[] {
  return binding.split(" ").map((stroke) => {
    const keys = stroke === "+" ? ["+"] : stroke.split("+");
    return keys.map(capOf).join(isMac || keys[0] === "Shift" ? "" : "+");
  });
}

function capOf(key: string): string {
  if (key === "Mod") return isMac ? "⌘" : messages.palette.ctrl;
  if (key === "Alt") return isMac ? "⌥" : "Alt";
  return SYMBOLS[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}
