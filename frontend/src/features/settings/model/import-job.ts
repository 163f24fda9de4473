import { inWords } from "@/shared/forms/failure";
import { messages } from "@/shared/i18n/messages";
import { createStore } from "@/shared/lib/store";
import { uuid } from "@/shared/lib/uuid";
import { onForget } from "@/shared/session/session";
import { importTasks } from "../api";
import type { ImportTask } from "./import-file";
import { complainElsewhere, sayElsewhere, untilDone } from "./long-work";

/** running: chunks go out. paused: one failed or somebody cancelled; the rest waits. */
export type JobState = "idle" | "running" | "paused" | "done";

export interface ImportJob {
  readonly state: JobState;
  readonly done: number;
  readonly total: number;
  readonly error: string | null;
}

interface Chunk {
  readonly tasks: readonly ImportTask[];
  /** Sent again after a lost answer, it makes nothing twice. */
  readonly key: string;
}

const t = messages.settings.data;
const CHUNK_TASKS = 100;
/** The server takes 64 KiB; the rest is for what stands around the tasks. */
const CHUNK_BYTES = 60 * 1024;
const NONE: ImportJob = { state: "idle", done: 0, total: 0, error: null };

/** Lives beside the pages, so that going to another one stops nothing. */
export const importJob = createStore<ImportJob>(NONE);
let waiting: Chunk[] = [];
let isCancelled = false;

export function startImport(tasks: readonly ImportTask[]): void {
  waiting = chunksOf(tasks).map((chunk) => ({ tasks: chunk, key: uuid() }));
  importJob.set({ state: "running", done: 0, total: tasks.length, error: null });
  void run();
}

/** What is on its way arrives; what waits, waits on. */
export function cancelImport(): void {
  isCancelled = true;
}

export function resumeImport(): void {
  if (importJob.get().state !== "paused") return;
  importJob.set({ ...importJob.get(), state: "running", error: null });
  void run();
}

export function forgetImport(): void {
  waiting = [];
  importJob.set(NONE);
}

// What one person chose must not go out as the next.
onForget(forgetImport);

async function run(): Promise<void> {
  isCancelled = false;
  await untilDone(() => sendChunks(waiting));
}

/** Ends without a word when `chunks` is not what is being imported any more. */
async function sendChunks(chunks: Chunk[]): Promise<void> {
  for (let chunk = chunks[0]; chunk; chunk = chunks[0]) {
    if (isCancelled) return pause(null);
    try {
      await importTasks(chunk.tasks, chunk.key);
    } catch (error) {
      return chunks === waiting ? pause(inWords(error)) : undefined;
    }
    if (chunks !== waiting) return;
    chunks.shift();
    const job = importJob.get();
    importJob.set({ ...job, done: job.done + chunk.tasks.length });
  }
  importJob.set({ ...importJob.get(), state: "done" });
  sayElsewhere(t.imported(importJob.get().total));
}

function pause(error: string | null): void {
  importJob.set({ ...importJob.get(), state: "paused", error });
  if (error) complainElsewhere(t.paused);
}

export function chunksOf(tasks: readonly ImportTask[]): ImportTask[][] {
  const chunks: ImportTask[][] = [];
  let bytes = 0;
  for (const task of tasks) {
    const size = new Blob([JSON.stringify(task)]).size + 1;
    const last = chunks.at(-1);
    if (last && last.length < CHUNK_TASKS && bytes + size <= CHUNK_BYTES) {
      last.push(task);
      bytes += size;
    } else {
      chunks.push([task]);
      bytes = size;
    }
  }
  return chunks;
}
