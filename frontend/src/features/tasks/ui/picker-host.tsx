import { Suspense } from "react";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";
import { useStore } from "@/shared/lib/store";
import { pickerStore } from "../model/picker";

const PickerLayer = lazyWithRetry(() =>
  import("./picker-layer").then((module) => module.PickerLayer),
);

export function PickerHost() {
  const picker = useStore(pickerStore);
  if (!picker) return null;
  return (
    <Suspense fallback={null}>
      <PickerLayer key={picker.kind} picker={picker} />
    </Suspense>
  );
}
