import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { messages } from "@/shared/i18n/messages";
import { Field, type FieldProps } from "@/shared/ui/field";

const t = messages.auth;

type PasswordFieldProps = Omit<FieldProps, "label" | "type" | "end"> & { readonly label?: string };

export function PasswordField(props: PasswordFieldProps) {
  const [isShown, setShown] = useState(false);
  const Icon = isShown ? EyeOff : Eye;
  const toggle = (
    <button
      type="button"
      aria-label={isShown ? t.hidePassword : t.showPassword}
      aria-pressed={isShown}
      onClick={() => setShown(!isShown)}
      className="mr-1 grid size-8 touch:size-10 shrink-0 place-items-center rounded-sm text-ink-3 hover:text-ink"
    >
      <Icon className="size-4" aria-hidden="true" />
    </button>
  );
  return <Field label={t.password} type={isShown ? "text" : "password"} end={toggle} {...props} />;
}
