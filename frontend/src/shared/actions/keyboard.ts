import { type CommandId, commandIds, commands } from "./commands";
import { takeEarlyKeys } from "./early-keys";
import { isSingleKey, strokeOf } from "./keys";
import { markKeys } from "./mark-keys";
import { canRun, runCommand } from "./registry";
import { singleKeys } from "./single-keys";

/** How long "g" waits for its letter. */
const SEQUENCE_MS = 1_500;

let pending = "";
let pendingUntil = 0;

/** The one listener for all commands; returns how to stop it. */
export function startKeyboard(): () => void {
  for (const event of takeEarlyKeys()) onKeyDown(event);
  window.addEventListener("keydown", onKeyDown);
  const unmark = markKeys("page");
  return () => {
    window.removeEventListener("keydown", onKeyDown);
    unmark();
  };
}

/** What the palette offers now. */
export function availableCommands(): CommandId[] {
  return commandIds.filter(canRun);
}

function onKeyDown(event: KeyboardEvent): void {
  const stroke = strokeOf(event);
  if (stroke === null || event.isComposing || event.defaultPrevented) return;
  const started = event.timeStamp < pendingUntil ? pending : "";
  pendingUntil = 0;
  const typed = started ? `${started} ${stroke}` : stroke;
  const layers = openLayers();
  const isReachable = (id: CommandId) => layers.every((group) => group === commands[id].group);
  const candidates = commandIds.filter((id) => isReachable(id) && isAllowed(id, event));
  const id = candidates.find((one) => bindings(one).includes(typed) && canRun(one));
  if (id && !isOwnKey(stroke, event.target)) {
    event.preventDefault();
    runCommand(id);
  } else if (candidates.some((one) => begins(one, typed) && canRun(one))) {
    pending = typed;
    pendingUntil = event.timeStamp + SEQUENCE_MS;
  }
}

function isAllowed(id: CommandId, event: KeyboardEvent): boolean {
  const { isRepeatable, isForTyping } = commands[id];
  if (event.repeat && !isRepeatable) return false;
  return isForTyping || !isTyping(event.target);
}

function bindings(id: CommandId): readonly string[] {
  const { keys } = commands[id];
  return singleKeys.get() ? keys : keys.filter((binding) => !isSingleKey(binding));
}

function begins(id: CommandId, typed: string): boolean {
  return bindings(id).some((binding) => binding.startsWith(`${typed} `));
}

const TYPING =
  "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]:not([contenteditable=false])";

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPING) !== null;
}

const PRESSED = "a, button, summary, input, [role=button]";

/** Enter belongs to what it would press, arrows to the page's scrolling outside of lists. */
function isOwnKey(stroke: string, target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return stroke.startsWith("Arrow");
  if (stroke === "Enter") return target.closest(PRESSED) !== null;
  return /^(Shift\+)?Arrow/.test(stroke) && target.closest("[data-arrow-keys]") === null;
}

/**
 * Whose keys work in each of them, if any. A toast calls itself a dialog too, so layers that
 * take the keyboard are marked by hand.
 */
function openLayers(): readonly string[] {
  const layers = [...document.querySelectorAll<HTMLElement>("[data-layer]")];
  return layers.map(({ dataset }) => dataset.layer ?? "");
}
