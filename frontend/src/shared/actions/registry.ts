import { useEffect, useRef, useState } from "react";
import type { CommandId } from "./commands";

export interface CommandHandler {
  readonly run: () => void;
  /** Asked when it matters: a command that can't be carried out now leaves its key alone. */
  readonly isEnabled?: () => boolean;
}

interface Registered extends CommandHandler {
  readonly order: number;
}

const handlers = new Map<CommandId, readonly Registered[]>();
let lastOrder = 0;

export function nextOrder(): number {
  lastOrder += 1;
  return lastOrder;
}

/** Who carries a command out; returns how to take it back. The last one that can, does. */
export function registerCommand(
  id: CommandId,
  handler: CommandHandler,
  order = nextOrder(),
): () => void {
  const registered = { ...handler, order };
  const others = handlers.get(id) ?? [];
  handlers.set(
    id,
    [...others, registered].sort((a, b) => a.order - b.order),
  );
  return () =>
    handlers.set(
      id,
      (handlers.get(id) ?? []).filter((other) => other !== registered),
    );
}

export interface CommandOptions {
  readonly isEnabled?: boolean | (() => boolean);
}

/** This component carries the command out while it is mounted; what mounts later comes first. */
export function useCommand(id: CommandId, run: () => void, options: CommandOptions = {}): void {
  const latest = useRef({ run, options });
  latest.current = { run, options };
  // Taken while rendering: effects of children run before those of their parents.
  const [order] = useState(nextOrder);
  useEffect(() => {
    const isEnabled = () => {
      const { isEnabled: answer = true } = latest.current.options;
      return typeof answer === "function" ? answer() : answer;
    };
    return registerCommand(id, { run: () => latest.current.run(), isEnabled }, order);
  }, [id, order]);
}

function handlerOf(id: CommandId): CommandHandler | undefined {
  return handlers.get(id)?.findLast(({ isEnabled }) => isEnabled?.() ?? true);
}

export function canRun(id: CommandId): boolean {
  return handlerOf(id) !== undefined;
}

/** Says whether anybody could. */
export function runCommand(id: CommandId): boolean {
  const handler = handlerOf(id);
  handler?.run();
  return handler !== undefined;
}
