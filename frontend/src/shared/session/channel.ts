import type { TokenAnswer } from "@/shared/api/types";

export type TabMessage =
  | { readonly type: "token"; readonly epoch: number; readonly answer: TokenAnswer }
  | { readonly type: "signed_out"; readonly epoch: number };

/** Same-origin tabs only: the browser keeps a BroadcastChannel inside the origin. */
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("tm.session");

export function broadcast(message: TabMessage): void {
  channel?.postMessage(message);
}

export function listenToTabs(listener: (message: TabMessage) => void): () => void {
  const handler = (event: MessageEvent<TabMessage>) => listener(event.data);
  channel?.addEventListener("message", handler);
  return () => channel?.removeEventListener("message", handler);
}
