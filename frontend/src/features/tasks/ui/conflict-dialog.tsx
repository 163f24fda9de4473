import { useState } from "react";
import type { Task, TaskChanges } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { Button } from "@/shared/ui/button";
import { Sheet } from "@/shared/ui/sheet";
import { offerEditUndo } from "../model/commands";
import { type Conflict, type FieldName, pick } from "../model/conflict";

const t = messages.conflict;

/** Somebody else changed the same fields: by field, mine or theirs, nothing by itself. */
export function ConflictDialog({ conflict }: { readonly conflict: Conflict }) {
  const [mine, setMine] = useState<ReadonlySet<FieldName>>(new Set(conflict.fields));
  const choose = (field: FieldName, isMine: boolean) => {
    const next = new Set(mine);
    if (isMine) next.add(field);
    else next.delete(field);
    setMine(next);
  };
  return (
    <Sheet label={t.title} place="center" isModalOnly onClose={() => undefined}>
      <form
        className="grid gap-4 p-5"
        onSubmit={(event) => {
          event.preventDefault();
          conflict.resolve(mine);
          offerMine(conflict, mine);
        }}
      >
        <div>
          <h2 className="text-lg font-semibold">{t.title}</h2>
          <p className="mt-1 text-ink-2">{t.lead(conflict.task.title)}</p>
        </div>
        {conflict.fields.map((field) => (
          <FieldChoice
            key={field}
            field={field}
            conflict={conflict}
            isMine={mine.has(field)}
            choose={choose}
          />
        ))}
        <Button type="submit" variant="primary" className="h-10">
          {t.keep}
        </Button>
      </form>
    </Sheet>
  );
}

/** Theirs that lost stands in the task's history; mine that lost would be nowhere. */
function offerMine({ task, mine, fields }: Conflict, kept: ReadonlySet<FieldName>): void {
  const lost = fields.filter((field) => !kept.has(field));
  if (lost.length === 0) return;
  offerEditUndo(task, pick(mine, lost), pick(task, lost), t.keptTheirs(task.title));
}

interface FieldChoiceProps {
  readonly field: FieldName;
  readonly conflict: Conflict;
  readonly isMine: boolean;
  readonly choose: (field: FieldName, isMine: boolean) => void;
}

function FieldChoice({ field, conflict, isMine, choose }: FieldChoiceProps) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-[13px] font-medium text-ink-2">{t.fields[field]}</legend>
      <div className="grid gap-2">
        <Side
          name={field}
          who={t.mine}
          text={describe(conflict.mine, field)}
          isOn={isMine}
          onChoose={() => choose(field, true)}
        />
        <Side
          name={field}
          who={t.theirs}
          text={describe(conflict.task, field)}
          isOn={!isMine}
          onChoose={() => choose(field, false)}
        />
      </div>
    </fieldset>
  );
}

interface SideProps {
  readonly name: string;
  readonly who: string;
  readonly text: string;
  readonly isOn: boolean;
  readonly onChoose: () => void;
}

function Side({ name, who, text, isOn, onChoose }: SideProps) {
  return (
    <label className="field flex cursor-pointer items-start gap-2.5 px-3 py-2 has-checked:border-accent has-checked:bg-soft">
      <input
        type="radio"
        name={name}
        checked={isOn}
        onChange={onChoose}
        className="mt-1 accent-accent"
      />
      <span className="min-w-0">
        <span className="block text-[12.5px] text-ink-2">{who}</span>
        <span className="line-clamp-4 break-words whitespace-pre-wrap">{text}</span>
      </span>
    </label>
  );
}

function describe(source: Task | TaskChanges, field: FieldName): string {
  const value = source[field];
  if (field === "status" && source.status) return messages.tasks.status[source.status];
  if (field === "priority" && source.priority) return messages.tasks.priority[source.priority];
  if (Array.isArray(value)) return value.join(", ") || t.empty;
  return value ? String(value) : t.empty;
}
