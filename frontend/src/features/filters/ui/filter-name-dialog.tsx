import { type FormEvent, useRef, useState } from "react";
import { messages } from "@/shared/i18n/messages";
import { Button } from "@/shared/ui/button";
import { Field } from "@/shared/ui/field";
import { Sheet } from "@/shared/ui/sheet";
import { complaintOf } from "../model/saved-filters";

const t = messages.filters;
const LONGEST = 60;

interface FilterNameDialogProps {
  readonly title: string;
  readonly lead?: string;
  readonly initial: string;
  readonly action: string;
  /** Rejects when the name is refused. */
  readonly onSubmit: (name: string) => Promise<void>;
  readonly onClose: () => void;
}

export function FilterNameDialog(props: FilterNameDialogProps) {
  const { title, lead, initial, action, onSubmit, onClose } = props;
  const [name, setName] = useState(initial);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const refuse = (complaint: string | null) => {
    setError(complaint);
    setBusy(false);
    field.current?.focus();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    if (!name.trim()) return refuse(t.required);
    setBusy(true);
    onSubmit(name.trim()).then(onClose, (reason: unknown) => refuse(complaintOf(reason)));
  };
  return (
    <Sheet label={title} place="center" onClose={onClose}>
      <form onSubmit={submit} noValidate className="grid gap-4 p-5">
        <div>
          <h2 className="text-base font-semibold">{title}</h2>
          {lead && <p className="mt-1 text-[13.5px] text-ink-2">{lead}</p>}
        </div>
        <Field
          ref={field}
          label={t.name}
          value={name}
          maxLength={LONGEST}
          autoComplete="off"
          error={error ?? undefined}
          onChange={(event) => {
            setName(event.target.value);
            setError(null);
          }}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button type="submit" variant="primary" disabled={isBusy}>
            {action}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
