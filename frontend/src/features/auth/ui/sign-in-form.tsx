import { useForm } from "react-hook-form";
import { showFailure } from "@/shared/forms/failure";
import { PasswordField } from "@/shared/forms/password-field";
import { messages } from "@/shared/i18n/messages";
import { type Credentials, signIn } from "@/shared/session/session";
import { Field } from "@/shared/ui/field";
import { AuthForm } from "./auth-form";

const t = messages.auth;

interface SignInFormProps {
  /** Fixed while the session of a known person is being renewed. */
  readonly username?: string;
}

const trimmed = (text: string) => text.trim();

/** Both fields must be there, and the server knows the rest: no schema is worth its bytes here. */
export function SignInForm({ username }: SignInFormProps) {
  const form = useForm<Credentials>({
    defaultValues: { username: username ?? "", password: "" },
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit((values) =>
    signIn(values).catch((error: unknown) => showFailure(form, error)),
  );
  return (
    <AuthForm
      onSubmit={submit}
      error={errors.root?.message}
      action={t.signIn}
      busyText={isSubmitting ? t.signingIn : null}
    >
      {!username && (
        <Field
          label={t.identifier}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          error={errors.username?.message}
          {...form.register("username", { setValueAs: trimmed, required: t.required.identifier })}
        />
      )}
      <PasswordField
        autoComplete="current-password"
        error={errors.password?.message}
        {...form.register("password", { required: t.required.password })}
      />
    </AuthForm>
  );
}
