import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useRef } from "react";
import { useForm } from "react-hook-form";
import type { NewApiToken } from "@/shared/api/types";
import { FormActions } from "@/shared/forms/form-actions";
import { useSubmit } from "@/shared/forms/use-submit";
import { messages } from "@/shared/i18n/messages";
import { uuid } from "@/shared/lib/uuid";
import { Field } from "@/shared/ui/field";
import { SelectField } from "@/shared/ui/select-field";
import { createToken } from "../api";
import { tokenSchema, type TokenForm as Values } from "../model/schema";

const t = messages.settings.tokens;
const DAY_MS = 86_400_000;
const EMPTY: Values = { name: "", scope: "read", days: "90" };

interface TokenFormProps {
  readonly onMade: (token: NewApiToken) => void;
}

export function TokenForm({ onMade }: TokenFormProps) {
  const form = useForm<Values>({
    defaultValues: EMPTY,
    resolver: standardSchemaResolver(tokenSchema),
  });
  // The same key until it worked: pressing twice, or again after a lost answer, makes one token.
  const key = useRef(uuid());
  const { errors, isSubmitting } = form.formState;
  const send = async ({ name, scope, days }: Values) => {
    onMade(await createToken({ name, scope, expires_at: endOf(days) }, key.current));
    key.current = uuid();
  };
  const { submit, done } = useSubmit({ form, send, doneText: t.made, afterwards: () => EMPTY });
  return (
    <form noValidate onSubmit={submit} className="grid gap-4">
      <Field
        label={t.name}
        hint={t.nameHint}
        autoComplete="off"
        error={errors.name?.message}
        {...form.register("name")}
      />
      <div className="grid grid-cols-2 gap-4 phone:grid-cols-1">
        <SelectField
          label={t.scope}
          options={(["read", "write"] as const).map((value) => ({ value, label: t.scopes[value] }))}
          error={errors.scope?.message}
          {...form.register("scope")}
        />
        <SelectField
          label={t.expiry}
          options={(["7", "30", "90", "365", ""] as const).map((value) => ({
            value,
            label: value === "" ? t.forever : t.forDays(Number(value)),
          }))}
          {...form.register("days")}
        />
      </div>
      <FormActions
        label={t.make}
        busyLabel={t.making}
        isSubmitting={isSubmitting}
        error={errors.root?.message}
        done={done}
      />
    </form>
  );
}

/** To the day, so that the same request sent again is the same request. */
function endOf(days: string): string | null {
  if (days === "") return null;
  const end = new Date(Date.now() + Number(days) * DAY_MS);
  end.setUTCHours(0, 0, 0, 0);
  return end.toISOString();
}
