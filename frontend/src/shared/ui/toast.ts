import { createStore } from "@/shared/lib/store";

export interface ToastAction {
  readonly label: string;
  readonly run: () => void;
}

export interface ToastMessage {
  readonly id: number;
  readonly text: string;
  readonly action: ToastAction | null;
  readonly isError: boolean;
}

/** What waits for the toaster, which is loaded with the first message. */
export const toastQueue = createStore<readonly ToastMessage[]>([]);
let lastId = 0;

export function showToast(text: string, action: ToastAction | null = null): void {
  push({ text, action, isError: false });
}

export function showError(text: string, action: ToastAction | null = null): void {
  push({ text, action, isError: true });
}

function push(message: Omit<ToastMessage, "id">): void {
  lastId += 1;
  toastQueue.set([...toastQueue.get(), { ...message, id: lastId }]);
}
