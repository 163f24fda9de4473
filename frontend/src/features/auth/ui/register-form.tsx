import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useForm } from "react-hook-form";
import { showFailure } from "@/shared/forms/failure";
import { PasswordField } from "@/shared/forms/password-field";
import { language } from "@/shared/i18n/locale";
import { messages } from "@/shared/i18n/messages";
import { register } from "@/shared/session/session";
import { Field } from "@/shared/ui/field";
import { registerSchema, type RegisterForm as Values } from "../model/schema";
import { AuthForm } from "./auth-form";

const t = messages.auth;

export function RegisterForm() {
  const form = useForm<Values>({
    defaultValues: { username: "", email: "", password: "" },
    resolver: standardSchemaResolver(registerSchema),
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit((values) =>
    register({ ...values, time_zone: ownTimeZone(), language }).catch((error: unknown) =>
      showFailure(form, error),
    ),
  );
  return (
    <AuthForm
      onSubmit={submit}
      error={errors.root?.message}
      action={t.register}
      busyText={isSubmitting ? t.registering : null}
    >
      <Field
        label={t.username}
        hint={t.usernameHint}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        error={errors.username?.message}
        {...form.register("username")}
      />
      <Field
        label={t.email}
        type="email"
        autoComplete="email"
        error={errors.email?.message}
        {...form.register("email")}
      />
      <PasswordField
        hint={t.passwordHint}
        autoComplete="new-password"
        error={errors.password?.message}
        {...form.register("password")}
      />
    </AuthForm>
  );
}

function ownTimeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}
