import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useForm } from "react-hook-form";
import { showFailure } from "@/shared/forms/failure";
import { FormError } from "@/shared/forms/form-error";
import { PasswordField } from "@/shared/forms/password-field";
import { messages } from "@/shared/i18n/messages";
import { signOut } from "@/shared/session/session";
import { Button } from "@/shared/ui/button";
import { deleteAccount } from "../api";
import { type ProofForm, proofSchema } from "../model/schema";
import { SettingsGroup } from "./settings-group";

const t = messages.settings.account;

export function Settings() {
  const form = useForm<ProofForm>({
    defaultValues: { password: "", isSure: false },
    resolver: standardSchemaResolver(proofSchema),
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(({ password }) =>
    deleteAccount(password).then(signOut, (error: unknown) => showFailure(form, error)),
  );
  return (
    <SettingsGroup title={t.title} lead={t.lead}>
      <ul className="list-disc pl-5 text-ink-2">
        {t.consequences.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <form noValidate onSubmit={submit} className="grid gap-4">
        <PasswordField
          label={t.password}
          autoComplete="current-password"
          error={errors.password?.message}
          {...form.register("password")}
        />
        <label className="flex min-h-8 touch:min-h-11 cursor-pointer items-center gap-2.5">
          <input
            type="checkbox"
            aria-invalid={errors.isSure ? true : undefined}
            aria-describedby="sure-note"
            className="size-[18px] shrink-0 accent-accent"
            {...form.register("isSure")}
          />
          {t.sure}
        </label>
        <p id="sure-note" className="text-[12.5px] text-late empty:hidden">
          {errors.isSure?.message}
        </p>
        <FormError text={errors.root?.message} />
        <Button
          type="submit"
          variant="danger"
          className="h-9 justify-self-start px-4"
          disabled={isSubmitting}
        >
          {isSubmitting ? t.deleting : t.delete}
        </Button>
      </form>
    </SettingsGroup>
  );
}
