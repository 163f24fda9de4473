import type { FormEventHandler, ReactNode } from "react";
import { FormError } from "@/shared/forms/form-error";
import { Button } from "@/shared/ui/button";

interface AuthFormProps {
  readonly onSubmit: FormEventHandler;
  /** What belongs to no field. */
  readonly error: string | undefined;
  readonly action: string;
  /** Said in the action's place while the answer is awaited; null while none is. */
  readonly busyText: string | null;
  readonly children: ReactNode;
}

/** The frame of what is filled in on a card: fields, what went wrong, and one way on. */
export function AuthForm({ onSubmit, error, action, busyText, children }: AuthFormProps) {
  return (
    <form noValidate onSubmit={onSubmit} className="grid gap-4">
      {children}
      <FormError text={error} />
      <Button
        type="submit"
        variant="primary"
        className="h-10 w-full text-sm"
        disabled={busyText !== null}
      >
        {busyText ?? action}
      </Button>
    </form>
  );
}
