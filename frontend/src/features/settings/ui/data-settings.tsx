import { Download } from "lucide-react";
import { messages } from "@/shared/i18n/messages";
import { useStore } from "@/shared/lib/store";
import { Button } from "@/shared/ui/button";
import { cancelExport, exportJob, startExport } from "../model/export-job";
import { useWatching } from "../model/long-work";
import { ImportTool } from "./import-tool";
import { JobProgress } from "./job-progress";
import { SettingsGroup } from "./settings-group";

const t = messages.settings.data;

export function Settings() {
  useWatching();
  return (
    <>
      <SettingsGroup title={t.exportTitle} lead={t.exportLead}>
        <ExportTool />
      </SettingsGroup>
      <SettingsGroup title={t.importTitle} lead={t.importLead}>
        <ImportTool />
      </SettingsGroup>
    </>
  );
}

function ExportTool() {
  const { state, done, total, error } = useStore(exportJob);
  if (state === "running") {
    return (
      <JobProgress label={t.exporting} done={done} total={total}>
        <Button onClick={cancelExport}>{messages.app.cancel}</Button>
      </JobProgress>
    );
  }
  return (
    <>
      <Button className="h-9 justify-self-start px-4" onClick={startExport}>
        <Download className="size-4" aria-hidden="true" />
        {t.export}
      </Button>
      <p role="status" className={state === "failed" ? "text-late" : "text-ink-2"}>
        {state === "done" && t.exported(total)}
        {state === "failed" && `${t.exportFailed} ${error ?? ""}`}
      </p>
    </>
  );
}
