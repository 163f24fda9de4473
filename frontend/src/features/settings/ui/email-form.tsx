import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useForm } from "react-hook-form";
import type { User } from "@/shared/api/types";
import { FormActions } from "@/shared/forms/form-actions";
import { PasswordField } from "@/shared/forms/password-field";
import { useSubmit } from "@/shared/forms/use-submit";
import { messages } from "@/shared/i18n/messages";
import { Field } from "@/shared/ui/field";
import { updateProfile } from "../api";
import { emailChangeSchema, type EmailForm as Values } from "../model/schema";

const t = messages.settings.profile;

export function EmailForm({ user }: { readonly user: User }) {
  const form = useForm<Values>({
    defaultValues: { email: user.email, password: "" },
    resolver: standardSchemaResolver(emailChangeSchema),
  });
  const { errors, isSubmitting } = form.formState;
  const { submit, done } = useSubmit({
    form,
    send: updateProfile,
    doneText: t.emailSaved,
    afterwards: ({ email }) => ({ email, password: "" }),
  });
  return (
    <form noValidate onSubmit={submit} className="grid gap-4">
      <Field
        label={messages.auth.email}
        type="email"
        autoComplete="email"
        error={errors.email?.message}
        {...form.register("email")}
      />
      <PasswordField
        label={t.currentPassword}
        autoComplete="current-password"
        error={errors.password?.message}
        {...form.register("password")}
      />
      <FormActions
        label={t.changeEmail}
        busyLabel={t.saving}
        isSubmitting={isSubmitting}
        error={errors.root?.message}
        done={done}
      />
    </form>
  );
}
