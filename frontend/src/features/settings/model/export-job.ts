import { inWords } from "@/shared/forms/failure";
import { messages } from "@/shared/i18n/messages";
import { createStore } from "@/shared/lib/store";
import { onForget } from "@/shared/session/session";
import { downloadExport } from "../api";
import { complainElsewhere, sayElsewhere, untilDone } from "./long-work";

const t = messages.settings.data;

export interface ExportJob {
  readonly state: "idle" | "running" | "done" | "failed";
  readonly done: number;
  readonly total: number;
  readonly error: string | null;
}

const NONE: ExportJob = { state: "idle", done: 0, total: 0, error: null };

/** Lives beside the pages, so that going to another one stops nothing. */
export const exportJob = createStore<ExportJob>(NONE);
let stop: AbortController | null = null;

export function startExport(): void {
  if (exportJob.get().state === "running") return;
  stop = new AbortController();
  exportJob.set({ ...NONE, state: "running" });
  const { signal } = stop;
  void untilDone(() => run(signal));
}

export function cancelExport(): void {
  stop?.abort();
  exportJob.set(NONE);
}

onForget(cancelExport);

async function run(signal: AbortSignal): Promise<void> {
  try {
    const onProgress = (done: number, total: number) =>
      !signal.aborted && exportJob.set({ state: "running", done, total, error: null });
    const text = await downloadExport(signal, onProgress);
    if (signal.aborted) return;
    // It is cut off where something went wrong: only what ends as JSON does is whole.
    JSON.parse(text);
    save(text);
    exportJob.set({ ...exportJob.get(), state: "done" });
    sayElsewhere(t.exported(exportJob.get().total));
  } catch (error) {
    if (signal.aborted) return;
    exportJob.set({ ...NONE, state: "failed", error: inWords(error) });
    complainElsewhere(t.exportFailed);
  }
}

function save(text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = `tasks-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
