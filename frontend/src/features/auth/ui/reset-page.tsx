import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Link, useLocation } from "react-router";
import { hasCode } from "@/shared/api/errors";
import { showFailure } from "@/shared/forms/failure";
import { PasswordField } from "@/shared/forms/password-field";
import { messages } from "@/shared/i18n/messages";
import { confirmReset, type ResetLink } from "../api";
import { readResetLink, resetSchema, type ResetForm as Values } from "../model/reset";
import { AuthCard } from "./auth-card";
import { AuthForm } from "./auth-form";
import { AuthNote } from "./auth-note";

const t = messages.reset;
const NEXT =
  "grid h-10 place-items-center rounded-md bg-accent font-semibold text-on-accent hover:bg-accent-strong";

type Stage = "asking" | "done" | "spent";

export function ResetPage() {
  // The route has taken the secret out of the address bar; the router still knows it.
  const { hash } = useLocation();
  const [link] = useState(() => readResetLink(hash));
  const [stage, setStage] = useState<Stage>(link ? "asking" : "spent");
  return (
    <AuthCard heading={t.headings[stage]} lead={stage === "asking" ? t.resetLead : ""}>
      <title>{messages.app.title(t.resetTitle)}</title>
      {link && stage === "asking" && <ResetForm link={link} onEnd={setStage} />}
      {stage === "done" && (
        <AuthNote text={t.done}>
          <Link to="/login" className={NEXT}>
            {messages.auth.signIn}
          </Link>
        </AuthNote>
      )}
      {stage === "spent" && (
        <AuthNote text={t.spent}>
          <Link to="/password/forgot" className={NEXT}>
            {t.newLink}
          </Link>
        </AuthNote>
      )}
    </AuthCard>
  );
}

interface ResetFormProps {
  readonly link: ResetLink;
  readonly onEnd: (stage: Stage) => void;
}

function ResetForm({ link, onEnd }: ResetFormProps) {
  const form = useForm<Values>({
    defaultValues: { new_password: "" },
    resolver: standardSchemaResolver(resetSchema),
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(({ new_password }) =>
    confirmReset(link, new_password).then(
      () => onEnd("done"),
      (error: unknown) => {
        if (hasCode(error, "reset_token_invalid")) onEnd("spent");
        else showFailure(form, error);
      },
    ),
  );
  return (
    <AuthForm
      onSubmit={submit}
      error={errors.root?.message}
      action={t.set}
      busyText={isSubmitting ? t.setting : null}
    >
      <PasswordField
        label={t.newPassword}
        hint={messages.auth.passwordHint}
        autoComplete="new-password"
        error={errors.new_password?.message}
        {...form.register("new_password")}
      />
    </AuthForm>
  );
}
