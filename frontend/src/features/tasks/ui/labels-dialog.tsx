import { Pencil, Trash2 } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { inWords } from "@/shared/forms/failure";
import { messages } from "@/shared/i18n/messages";
import { announce } from "@/shared/lib/announcer";
import { Button, IconButton } from "@/shared/ui/button";
import { ConfirmButton } from "@/shared/ui/confirm-button";
import { Field } from "@/shared/ui/field";
import { LabelMark } from "@/shared/ui/label-mark";
import { Sheet } from "@/shared/ui/sheet";
import { namesake, removeEverywhere, renameEverywhere } from "../model/labels";
import { complaint, labelSchema } from "../model/schema";
import { useListControls } from "../model/use-filter";
import { useLabelCounts } from "../model/use-tasks";

const t = messages.labels;

interface LabelsDialogProps {
  readonly onRenamed: (name: string, next: string) => void;
  readonly onClose: () => void;
}

/** All labels in use, each with its name to change and the way to be rid of it. */
export function LabelsDialog({ onRenamed, onClose }: LabelsDialogProps) {
  const counts = useLabelCounts();
  const [edited, setEdited] = useState<string | null>(null);
  /** Whose form was left: the focus goes on from there. */
  const [left, setLeft] = useState<string | null>(null);
  const follow = useFollowInFilter();
  const names = [...counts.keys()].sort((a, b) => a.localeCompare(b));
  const leave = (name: string) => {
    setEdited(null);
    setLeft(name);
  };
  const rename = async (name: string, next: string) => {
    await renameEverywhere(name, next);
    follow(name, next);
    onRenamed(name, next);
    announce(t.renamed(name, next));
    leave(next);
  };
  return (
    <Sheet label={t.title} place="center" onClose={onClose}>
      <div className="grid gap-3 p-5">
        <div className="flex items-center justify-between gap-4">
          <h2 className="text-lg font-semibold">{t.title}</h2>
          <Button variant="ghost" onClick={onClose} className="-mr-2">
            {t.close}
          </Button>
        </div>
        {names.length === 0 && <p className="text-ink-2">{messages.filter.noLabels}</p>}
        <ul aria-label={t.title}>
          {names.map((name) => (
            <li key={name} className="border-b border-line py-1 last:border-b-0">
              {name === edited ? (
                <RenameForm
                  name={name}
                  names={names}
                  onSubmit={(next) => rename(name, next)}
                  onCancel={() => leave(name)}
                />
              ) : (
                <LabelRow
                  name={name}
                  count={counts.get(name) ?? 0}
                  isLeft={name === left}
                  onRename={() => setEdited(name)}
                  onRemoved={() => follow(name, null)}
                />
              )}
            </li>
          ))}
        </ul>
      </div>
    </Sheet>
  );
}

/** A list that is narrowed to a label stays so under its new name. */
function useFollowInFilter(): (name: string, next: string | null) => void {
  const { filter, setFilter } = useListControls();
  return (name, next) => {
    if (!filter.label.includes(name)) return;
    const label = filter.label.flatMap((one) => (one === name ? (next ?? []) : one));
    setFilter({ ...filter, label: [...new Set(label)] });
  };
}

interface LabelRowProps {
  readonly name: string;
  readonly count: number;
  readonly isLeft: boolean;
  readonly onRename: () => void;
  readonly onRemoved: () => void;
}

function LabelRow({ name, count, isLeft, onRename, onRemoved }: LabelRowProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isLeft) button.current?.focus();
  }, [isLeft]);
  const remove = () => removeEverywhere(name).then(onRemoved);
  return (
    <div className="flex min-h-9 items-center gap-2 touch:min-h-12">
      <span className="flex min-w-0 flex-1">
        <LabelMark name={name} />
      </span>
      <span className="text-[12.5px] text-ink-3">{count}</span>
      <IconButton ref={button} label={t.renameOf(name)} onClick={onRename}>
        <Pencil className="size-4" aria-hidden="true" />
      </IconButton>
      <ConfirmButton
        variant="ghost"
        aria-label={t.removeOf(name)}
        title={t.removeOf(name)}
        className="w-8 px-0! touch:w-11"
        question={{
          title: t.removeTitle(name),
          lead: t.removeLead(count),
          action: t.remove,
          run: remove,
          doneText: t.removed(name),
        }}
      >
        <Trash2 className="size-4" aria-hidden="true" />
      </ConfirmButton>
    </div>
  );
}

interface RenameFormProps {
  readonly name: string;
  readonly names: readonly string[];
  /** Rejects when it was refused. */
  readonly onSubmit: (next: string) => Promise<void>;
  readonly onCancel: () => void;
}

function RenameForm({ name, names, onSubmit, onCancel }: RenameFormProps) {
  const [text, setText] = useState(name);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const next = text.trim().replace(/^#/, "");
  const other = namesake(names, name, next);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    if (next === name) return onCancel();
    const problem = next === "" ? t.required : complaint(labelSchema, next);
    if (problem) return setError(problem);
    setBusy(true);
    onSubmit(next).catch((reason: unknown) => {
      setBusy(false);
      setError(inWords(reason));
      field.current?.focus();
    });
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-2 py-2">
      <Field
        ref={field}
        label={t.nameOf(name)}
        value={text}
        autoComplete="off"
        hint={other && t.merges(other)}
        error={error ?? undefined}
        onChange={(event) => {
          setText(event.target.value);
          setError(null);
        }}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>{messages.app.cancel}</Button>
        <Button type="submit" variant="primary" disabled={isBusy}>
          {t.rename}
        </Button>
      </div>
    </form>
  );
}
