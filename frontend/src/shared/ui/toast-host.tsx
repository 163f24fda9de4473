import { Suspense, useRef } from "react";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";
import { useStore } from "@/shared/lib/store";
import { toastQueue } from "./toast";

const Toaster = lazyWithRetry(() => import("./toaster").then((module) => module.Toaster));

export function ToastHost() {
  const waiting = useStore(toastQueue);
  const isNeeded = useRef(false);
  isNeeded.current ||= waiting.length > 0;
  if (!isNeeded.current) return null;
  return (
    <Suspense fallback={null}>
      <Toaster />
    </Suspense>
  );
}
