import { type ComponentProps, type ReactNode, useId } from "react";
import { cx } from "./class-names";

export interface FieldProps extends ComponentProps<"input"> {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  /** Stands inside the box at its end, a show-password button for one. */
  readonly end?: ReactNode;
}

/** A labelled input whose hint and error are its description. */
export function Field({ label, hint, error, end, className, ...input }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={cx("grid gap-1.5", className)}>
      <label htmlFor={id} className="text-[13px] font-medium text-ink-2">
        {label}
      </label>
      <div className="field flex h-10 touch:h-11 items-center">
        <input
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={note ? `${id}-note` : undefined}
          className="h-full min-w-0 flex-1 rounded-[inherit] bg-transparent px-3 text-[15px] outline-none"
          {...input}
        />
        {end}
      </div>
      {note && <FieldNote id={`${id}-note`} isError={Boolean(error)} text={note} />}
    </div>
  );
}

interface FieldNoteProps {
  readonly id: string;
  readonly isError: boolean;
  readonly text: string;
}

export function FieldNote({ id, isError, text }: FieldNoteProps) {
  return (
    <p id={id} className={cx("text-[12.5px]", isError ? "text-late" : "text-ink-3")}>
      {text}
    </p>
  );
}
