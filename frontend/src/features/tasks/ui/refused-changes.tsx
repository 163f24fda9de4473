import { CircleAlert } from "lucide-react";
import { isStatus } from "@/shared/api/errors";
import { messages } from "@/shared/i18n/messages";
import { useStore } from "@/shared/lib/store";
import { Strip, StripButton } from "@/shared/ui/strip";
import { reasonOf } from "../model/commands";
import { addTask } from "../model/create";
import { retryEdit } from "../model/outbox";
import { dropRefused, type RefusedEdit, refusedStore } from "../model/refused";

const t = messages.offline;

/** Changes from before that the server did not take: what was typed stays until somebody decides. */
export function RefusedChanges() {
  const refused = useStore(refusedStore);
  return (
    <div role="alert">
      {refused.map((one) => (
        <Strip key={one.edit.key} icon={<CircleAlert className="size-4 text-late" />}>
          <p className="min-w-0 flex-1 basis-60 break-words">{explain(one)}</p>
          <span className="flex gap-4">
            <WayOn refused={one} />
            <StripButton onClick={() => dropRefused(one.edit.key)}>{t.discard}</StripButton>
          </span>
        </Strip>
      ))}
    </div>
  );
}

/** A task that is gone can't be changed, but what was written into it can be kept. */
function WayOn({ refused }: { readonly refused: RefusedEdit }) {
  if (!isGone(refused))
    return <StripButton onClick={() => retryEdit(refused.edit)}>{t.tryAgain}</StripButton>;
  if (Object.keys(refused.edit.changes).length === 0) return null;
  return <StripButton onClick={() => keepAsNew(refused)}>{t.keepAsNew}</StripButton>;
}

function isGone({ error }: RefusedEdit): boolean {
  return isStatus(error, 404);
}

function titleOf({ edit, task }: RefusedEdit): string {
  return edit.changes.title ?? task?.title ?? t.untitled;
}

function explain(refused: RefusedEdit): string {
  const reason = reasonOf(refused.error) ?? messages.errors.server;
  return `${messages.tasks.saveFailed(titleOf(refused))}: ${reason}`;
}

function keepAsNew(refused: RefusedEdit): void {
  const { edit, task } = refused;
  const { description = "", priority = "medium", due_date = null, due_time = null } = task ?? {};
  const labels = task?.labels ?? [];
  const known = { description, priority, due_date, due_time, labels };
  dropRefused(edit.key);
  addTask({ ...known, ...edit.changes, title: titleOf(refused) }).catch(() => undefined);
}
