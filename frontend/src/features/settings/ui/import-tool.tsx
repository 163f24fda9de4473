import { type ChangeEvent, useState } from "react";
import { messages } from "@/shared/i18n/messages";
import { useStore } from "@/shared/lib/store";
import { Button } from "@/shared/ui/button";
import { type ImportRow, type ImportTask, readImport } from "../model/import-file";
import {
  cancelImport,
  forgetImport,
  importJob,
  resumeImport,
  startImport,
} from "../model/import-job";
import { ImportPreview } from "./import-preview";
import { JobProgress } from "./job-progress";

const t = messages.settings.data;
const FILE_BYTES_MAX = 20 * 1024 * 1024;

export function ImportTool() {
  const job = useStore(importJob);
  const { state, done, total, error } = job;
  if (state === "idle") return <FileChoice />;
  if (state === "done") return <Finished total={total} />;
  return (
    <JobProgress label={state === "running" ? t.importing : t.paused} done={done} total={total}>
      {error && (
        <p role="alert" className="w-full text-late">
          {error}
        </p>
      )}
      {state === "running" ? (
        <Button onClick={cancelImport}>{messages.app.cancel}</Button>
      ) : (
        <>
          <Button variant="primary" onClick={resumeImport}>
            {t.resume}
          </Button>
          <Button onClick={forgetImport}>{t.discardRest}</Button>
        </>
      )}
    </JobProgress>
  );
}

function Finished({ total }: { readonly total: number }) {
  return (
    <>
      <p role="status" className="font-medium text-accent">
        {t.imported(total)}
      </p>
      <Button className="justify-self-start" onClick={forgetImport}>
        {t.another}
      </Button>
    </>
  );
}

function FileChoice() {
  const [rows, setRows] = useState<readonly ImportRow[] | null>(null);
  const [problem, setProblem] = useState("");
  const choose = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    setRows(null);
    setProblem("");
    if (!file) return;
    if (file.size > FILE_BYTES_MAX) return setProblem(t.tooBig);
    const read = readImport(await file.text());
    if (read.length === 0) return setProblem(t.nothingIn);
    setRows(read);
  };
  const start = (tasks: readonly ImportTask[]) => {
    setRows(null);
    startImport(tasks);
  };
  return (
    <>
      <label className="grid gap-1.5 text-[13px] font-medium text-ink-2">
        {t.file}
        <input
          type="file"
          accept=".json,.csv,.txt,.md,application/json,text/csv,text/plain"
          aria-invalid={problem ? true : undefined}
          aria-describedby="import-problem import-note"
          onChange={(event) => void choose(event)}
          className="field w-full min-w-0 p-2 text-[13.5px] text-ink file:mr-3 file:rounded-sm file:border-0 file:bg-sunken file:px-3 file:py-1.5 file:font-medium file:text-ink"
        />
      </label>
      <p id="import-note" className="text-[12.5px] text-ink-3">
        {t.fileHint}
      </p>
      <p id="import-problem" role="alert" className="text-late empty:hidden">
        {problem}
      </p>
      {rows && <ImportPreview rows={rows} onStart={start} />}
    </>
  );
}
