import { Toast } from "@base-ui/react/toast";
import { CircleAlert, X } from "lucide-react";
import { useEffect } from "react";
import { KeyCaps } from "@/shared/actions/key-caps";
import { messages } from "@/shared/i18n/messages";
import { afterPaint } from "@/shared/lib/after-paint";
import { useStore } from "@/shared/lib/store";
import { cx } from "./class-names";
import { type ToastMessage, toastCloser, toastQueue } from "./toast";

/**
 * Our own on Base UI's Toast. Sonner, the usual choice, adds a <style> element when
 * it is imported, which the Content-Security-Policy (`style-src 'self'`) forbids.
 */
const manager = Toast.createToastManager<ToastMessage>();
toastCloser.set((id) => manager.close(String(id)));
const UNDO_MS = 8_000;
const ERROR_MS = 12_000;
const PLAIN_MS = 4_000;
const SHOWN = 3;
/** How many that offer something live on together. */
const KEPT = 20;

export function Toaster() {
  const waiting = useStore(toastQueue);
  useEffect(() => {
    if (waiting.length === 0) return;
    // What was done is on the screen first; the words about it come with the next frame.
    return afterPaint(() => {
      toastQueue.set([]);
      waiting.forEach(show);
    });
  }, [waiting]);
  return (
    <Toast.Provider toastManager={manager} limit={SHOWN}>
      <Toast.Portal>
        <Toast.Viewport className="fixed bottom-6 left-[260px] z-50 in-[:root[data-selection-bar]]:bottom-22 flex w-max max-w-[min(560px,calc(100vw-292px))] flex-col-reverse gap-2 outline-none phone:inset-x-4 phone:bottom-[calc(146px+env(safe-area-inset-bottom))] phone:w-auto phone:max-w-none">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

/** What is shown, and what waits behind it, the oldest first. */
const open = new Set<ToastMessage>();

/** What was done in one go can be undone as long as the last of it: also what newer ones hide. */
function show(message: ToastMessage): void {
  for (const one of [...open].filter(({ action }) => action).slice(-KEPT))
    manager.update(String(one.id), { timeout: timeOf(one) });
  open.add(message);
  manager.add({
    id: String(message.id),
    title: message.text,
    data: message,
    timeout: timeOf(message),
    // "high" would hide the toast and its action from the accessibility tree.
    priority: "low",
    onRemove: () => open.delete(message),
  });
}

function timeOf({ action, isError }: ToastMessage): number {
  if (isError) return ERROR_MS;
  return action ? UNDO_MS : PLAIN_MS;
}

function ToastList() {
  const { toasts } = Toast.useToastManager<ToastMessage>();
  return toasts.map((toast, index) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      swipeDirection={["down", "left"]}
      className="animate-rise rounded-lg bg-toast text-on-toast shadow-[var(--shadow)] data-ending-style:opacity-0 data-limited:hidden"
    >
      <Toast.Content className="flex min-h-10 items-center gap-3 py-1 pr-1.5 pl-3.5">
        {toast.data?.isError && <CircleAlert className="size-4 shrink-0" aria-hidden="true" />}
        <Toast.Title
          className={cx(
            "min-w-0 flex-1 text-[13.5px]",
            // Why something failed is worth its lines.
            toast.data?.isError ? "py-1 break-words" : "truncate",
          )}
        />
        {toast.data?.action && <ActionButton id={toast.id} message={toast.data} />}
        {/* The key undoes the latest only. */}
        {index === 0 && toast.data?.action?.command && (
          <span className="-ml-1 opacity-75 touch:hidden">
            <KeyCaps of={toast.data.action.command} />
          </span>
        )}
        <Toast.Close
          aria-label={messages.app.close}
          className="grid size-8 touch:size-11 place-items-center rounded-md opacity-70 outline-offset-[-2px] outline-on-toast hover:opacity-100"
        >
          <X className="size-4" aria-hidden="true" />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}

function ActionButton({ id, message }: { readonly id: string; readonly message: ToastMessage }) {
  const run = () => {
    manager.close(id);
    message.action?.run();
  };
  return (
    <button
      type="button"
      onClick={run}
      className="h-8 touch:h-11 rounded-md px-1.5 text-[13.5px] font-semibold underline underline-offset-3 outline-offset-[-2px] outline-on-toast"
    >
      {message.action?.label}
    </button>
  );
}
