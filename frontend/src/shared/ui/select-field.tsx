import { type ComponentProps, useId } from "react";
import { cx } from "./class-names";
import { FieldNote } from "./field";

export interface SelectFieldProps extends ComponentProps<"select"> {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** The browser's own list: every keyboard, thumb and screen reader knows it. */
export function SelectField(props: SelectFieldProps) {
  const { label, hint, error, options, className, ...select } = props;
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={cx("grid gap-1.5", className)}>
      <label htmlFor={id} className="text-[13px] font-medium text-ink-2">
        {label}
      </label>
      <select
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        className="field h-10 touch:h-11 w-full px-2.5 text-[15px] text-ink"
        {...select}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {note && <FieldNote id={`${id}-note`} isError={Boolean(error)} text={note} />}
    </div>
  );
}
