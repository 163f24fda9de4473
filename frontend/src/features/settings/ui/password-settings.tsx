import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useForm } from "react-hook-form";
import { FormActions } from "@/shared/forms/form-actions";
import { PasswordField } from "@/shared/forms/password-field";
import { useSubmit } from "@/shared/forms/use-submit";
import { messages } from "@/shared/i18n/messages";
import { useStore } from "@/shared/lib/store";
import { sessionStore } from "@/shared/session/session";
import { changePassword } from "../api";
import { type PasswordForm, passwordChangeSchema } from "../model/schema";
import { SettingsGroup } from "./settings-group";

const t = messages.settings.password;
const EMPTY: PasswordForm = { password: "", new_password: "" };

export function Settings() {
  const { user } = useStore(sessionStore);
  const form = useForm<PasswordForm>({
    defaultValues: EMPTY,
    resolver: standardSchemaResolver(passwordChangeSchema),
  });
  const { errors, isSubmitting } = form.formState;
  const { submit, done } = useSubmit({
    form,
    send: changePassword,
    doneText: t.saved,
    afterwards: () => EMPTY,
  });
  return (
    <SettingsGroup title={t.title}>
      <form noValidate onSubmit={submit} className="grid gap-4">
        {/* For password managers, which file the new one under this name. */}
        <input
          type="text"
          name="username"
          autoComplete="username"
          value={user?.username ?? ""}
          readOnly
          hidden
        />
        <PasswordField
          label={t.current}
          autoComplete="current-password"
          error={errors.password?.message}
          {...form.register("password")}
        />
        <PasswordField
          label={t.next}
          hint={messages.auth.passwordHint}
          autoComplete="new-password"
          error={errors.new_password?.message}
          {...form.register("new_password")}
        />
        <FormActions
          label={t.change}
          busyLabel={t.changing}
          isSubmitting={isSubmitting}
          error={errors.root?.message}
          done={done}
        />
      </form>
    </SettingsGroup>
  );
}
