import { Check } from "lucide-react";
import { Button } from "@/shared/ui/button";
import { FormError } from "./form-error";

interface FormActionsProps {
  readonly label: string;
  readonly busyLabel: string;
  readonly isSubmitting: boolean;
  readonly error: string | undefined;
  /** What the last press has done; `useSubmit` says it aloud. */
  readonly done: string | null;
}

/** The button of a form, and what became of pressing it, where the eye is. */
export function FormActions(props: FormActionsProps) {
  const { label, busyLabel, isSubmitting, error, done } = props;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <Button type="submit" variant="primary" className="h-9 px-4" disabled={isSubmitting}>
        {isSubmitting ? busyLabel : label}
      </Button>
      <FormError text={error} />
      {done && (
        <p className="flex items-center gap-1.5 text-[13px] font-medium text-accent">
          <Check className="size-4" aria-hidden="true" />
          {done}
        </p>
      )}
    </div>
  );
}
