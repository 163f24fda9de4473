import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Link } from "react-router";
import { showFailure } from "@/shared/forms/failure";
import { messages } from "@/shared/i18n/messages";
import { Button } from "@/shared/ui/button";
import { Field } from "@/shared/ui/field";
import { askForReset } from "../api";
import { forgotSchema, type ForgotForm as Values } from "../model/reset";
import { AuthCard } from "./auth-card";
import { AuthForm } from "./auth-form";
import { AuthNote } from "./auth-note";

const t = messages.reset;

/** Says the same whether or not somebody has the address: who has an account is nobody's business. */
export function ForgotPage() {
  const [asked, setAsked] = useState<string | null>(null);
  return (
    <AuthCard heading={asked ? t.sentHeading : t.forgotHeading} lead={asked ? "" : t.forgotLead}>
      <title>{messages.app.title(t.forgotTitle)}</title>
      {asked ? (
        <AuthNote text={t.sent(asked)}>
          <Button className="h-10 w-full" onClick={() => setAsked(null)}>
            {t.askAgain}
          </Button>
        </AuthNote>
      ) : (
        <ForgotForm onAsked={setAsked} />
      )}
      <p className="mt-5 text-center text-[13px]">
        <Link to="/login" className="font-semibold text-accent hover:underline">
          {t.backToSignIn}
        </Link>
      </p>
    </AuthCard>
  );
}

function ForgotForm({ onAsked }: { readonly onAsked: (email: string) => void }) {
  const form = useForm<Values>({
    defaultValues: { email: "" },
    resolver: standardSchemaResolver(forgotSchema),
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(({ email }) =>
    askForReset(email).then(
      () => onAsked(email),
      (error: unknown) => showFailure(form, error),
    ),
  );
  return (
    <AuthForm
      onSubmit={submit}
      error={errors.root?.message}
      action={t.send}
      busyText={isSubmitting ? t.sending : null}
    >
      <Field
        label={messages.auth.email}
        type="email"
        autoComplete="email"
        error={errors.email?.message}
        {...form.register("email")}
      />
    </AuthForm>
  );
}
