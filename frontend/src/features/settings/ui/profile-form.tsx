import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { Controller, useForm } from "react-hook-form";
import type { User } from "@/shared/api/types";
import { FormActions } from "@/shared/forms/form-actions";
import { useSubmit } from "@/shared/forms/use-submit";
import { LANGUAGES } from "@/shared/i18n/locale";
import { messages } from "@/shared/i18n/messages";
import { Field } from "@/shared/ui/field";
import { SelectField } from "@/shared/ui/select-field";
import { updateProfile } from "../api";
import { profileSchema, type ProfileForm as Values } from "../model/schema";
import { TimeZoneField } from "./time-zone-field";

const t = messages.settings.profile;

/** A new language is another load of the page, which the session's own watcher sees to. */
export function ProfileForm({ user }: { readonly user: User }) {
  const { first_name, last_name, time_zone, language } = user;
  const form = useForm<Values>({
    defaultValues: { first_name, last_name, time_zone, language },
    resolver: standardSchemaResolver(profileSchema),
  });
  const { errors, isSubmitting } = form.formState;
  const { submit, done } = useSubmit({ form, send: updateProfile, doneText: t.saved });
  return (
    <form noValidate onSubmit={submit} className="grid gap-4">
      <dl>
        <dt className="text-[13px] font-medium text-ink-2">{messages.auth.username}</dt>
        <dd className="mt-1 text-[15px] break-words">{user.username}</dd>
      </dl>
      <div className="grid grid-cols-2 gap-4 phone:grid-cols-1">
        <Field
          label={t.firstName}
          autoComplete="given-name"
          error={errors.first_name?.message}
          {...form.register("first_name")}
        />
        <Field
          label={t.lastName}
          autoComplete="family-name"
          error={errors.last_name?.message}
          {...form.register("last_name")}
        />
      </div>
      <Controller
        control={form.control}
        name="time_zone"
        render={({ field }) => (
          <TimeZoneField {...field} own={time_zone} error={errors.time_zone?.message} />
        )}
      />
      <SelectField
        label={t.language}
        hint={t.languageHint}
        options={languages(language)}
        error={errors.language?.message}
        {...form.register("language")}
      />
      <FormActions
        label={t.save}
        busyLabel={t.saving}
        isSubmitting={isSubmitting}
        error={errors.root?.message}
        done={done}
      />
    </form>
  );
}

/** What the app speaks, each in its own words; and what somebody set elsewhere, for mail. */
function languages(own: Values["language"]) {
  const offered = [...new Set<Values["language"]>([...LANGUAGES, own])];
  return offered.map((value) => ({ value, label: t.languages[value] }));
}
