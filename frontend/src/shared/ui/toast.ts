import type { CommandId } from "@/shared/actions/commands";
import { createStore } from "@/shared/lib/store";

export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
  /** Whose key does the same. */
  readonly command?: CommandId;
}

export interface ToastMessage {
  readonly id: number;
  readonly text: string;
  readonly action: ToastAction | null;
  readonly isError: boolean;
}

/** What waits for the toaster, which is loaded with the first message. */
export const toastQueue = createStore<readonly ToastMessage[]>([]);
/** How the toaster takes a message off the screen, once it is there. */
export const toastCloser = createStore<(id: number) => void>(() => undefined);
let lastId = 0;

/** Returns the message's name, for `closeToast`. */
export function showToast(text: string, action: ToastAction | null = null): number {
  return push({ text, action, isError: false });
}

export function showError(text: string, action: ToastAction | null = null): number {
  return push({ text, action, isError: true });
}

export function closeToast(id: number): void {
  toastQueue.set(toastQueue.get().filter((message) => message.id !== id));
  toastCloser.get()(id);
}

function push(message: Omit<ToastMessage, "id">): number {
  lastId += 1;
  toastQueue.set([...toastQueue.get(), { ...message, id: lastId }]);
  return lastId;
}
