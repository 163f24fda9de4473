import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useForm } from "react-hook-form";
import { showFailure } from "@/shared/forms/failure";
import { FormError } from "@/shared/forms/form-error";
import { PasswordField } from "@/shared/forms/password-field";
import { messages } from "@/shared/i18n/messages";
import { signIn } from "@/shared/session/session";
import { Button } from "@/shared/ui/button";
import { Field } from "@/shared/ui/field";
import { signInSchema, type SignInForm as Values } from "../model/schema";

const t = messages.auth;

interface SignInFormProps {
  /** Fixed while the session of a known person is being renewed. */
  readonly username?: string;
}

export function SignInForm({ username }: SignInFormProps) {
  const form = useForm<Values>({
    defaultValues: { username: username ?? "", password: "" },
    resolver: standardSchemaResolver(signInSchema),
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit((values) =>
    signIn(values).catch((error: unknown) => showFailure(form, error)),
  );
  return (
    <form noValidate onSubmit={submit} className="grid gap-4">
      {!username && (
        <Field
          label={t.identifier}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          error={errors.username?.message}
          {...form.register("username")}
        />
      )}
      <PasswordField
        autoComplete="current-password"
        error={errors.password?.message}
        {...form.register("password")}
      />
      <FormError text={errors.root?.message} />
      <Button
        type="submit"
        variant="primary"
        className="h-10 w-full text-sm"
        disabled={isSubmitting}
      >
        {isSubmitting ? t.signingIn : t.signIn}
      </Button>
    </form>
  );
}
