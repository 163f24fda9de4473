import { useMutation, useQuery } from "@tanstack/react-query";
import { queryClient } from "@/shared/api/query-client";
import { queryKeys } from "@/shared/api/query-keys";
import type { Channel, Preferences } from "@/shared/api/types";
import { inWords } from "@/shared/forms/failure";
import { messages } from "@/shared/i18n/messages";
import { announce } from "@/shared/lib/announcer";
import { LoadError } from "@/shared/ui/load-error";
import { SelectField } from "@/shared/ui/select-field";
import { SkeletonRows } from "@/shared/ui/skeleton";
import { showError } from "@/shared/ui/toast";
import { changePreferences, getPreferences, type PreferenceChanges } from "../api";
import { SettingsGroup } from "./settings-group";
import { TestNotification } from "./test-notification";

const t = messages.settings.notifications;
const KEY = queryKeys.settings.preferences;
const CHANNELS: readonly Channel[] = ["in_app", "email"];
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour));

type Kind = keyof Preferences["kinds"];

export function Settings() {
  const query = useQuery({ queryKey: KEY, queryFn: getPreferences });
  if (!query.data) {
    if (query.error) return <LoadError error={query.error} retry={() => void query.refetch()} />;
    return <SkeletonRows />;
  }
  return (
    <>
      <SettingsGroup title={t.channelsTitle} lead={t.channelsLead}>
        <Matrix preferences={query.data} />
      </SettingsGroup>
      <SettingsGroup title={t.digestTitle} lead={t.digestLead}>
        <DigestHour hour={query.data.digest_hour} />
      </SettingsGroup>
      <SettingsGroup title={t.testTitle} lead={t.testLead}>
        <TestNotification />
      </SettingsGroup>
    </>
  );
}

/** Each press is saved by itself; one that fails goes back to what the server has. */
function useChange() {
  return useMutation({
    mutationFn: changePreferences,
    onMutate: (changes: PreferenceChanges) => {
      const before = queryClient.getQueryData<Preferences>(KEY);
      if (before) queryClient.setQueryData<Preferences>(KEY, applied(before, changes));
      return before;
    },
    onSuccess: () => announce(t.saved),
    onError: (error, _changes, before) => {
      queryClient.setQueryData(KEY, before);
      showError(inWords(error));
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: KEY }),
    // One after the other, so that the last press is what stays.
    scope: { id: "preferences" },
  });
}

function applied(before: Preferences, { kinds = {}, digest_hour }: PreferenceChanges): Preferences {
  const merged = Object.fromEntries(
    Object.entries(before.kinds).map(([kind, channels]) => [
      kind,
      { ...channels, ...kinds[kind as Kind] },
    ]),
  ) as Preferences["kinds"];
  return {
    kinds: merged,
    digest_hour: digest_hour === undefined ? before.digest_hour : digest_hour,
  };
}

function Matrix({ preferences }: { readonly preferences: Preferences }) {
  const change = useChange();
  return (
    <table className="w-full text-[14px]">
      <thead>
        <tr className="text-[12.5px] text-ink-3">
          <th scope="col" className="pb-1 text-left font-medium">
            {t.kind}
          </th>
          {CHANNELS.map((channel) => (
            <th key={channel} scope="col" className="w-20 pb-1 font-medium">
              {t.channels[channel]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {(Object.keys(preferences.kinds) as Kind[]).map((kind) => (
          <tr key={kind} className="border-t border-line">
            <th scope="row" className="py-2 pr-2 text-left font-normal">
              {t.kinds[kind] ?? kind}
            </th>
            {CHANNELS.map((channel) => (
              <td key={channel} className="text-center">
                <Cell
                  label={t.cell(t.kinds[kind] ?? kind, t.channels[channel])}
                  isOn={preferences.kinds[kind][channel]}
                  onChange={(isOn) => change.mutate({ kinds: { [kind]: { [channel]: isOn } } })}
                />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CellProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

function Cell({ label, isOn, onChange }: CellProps) {
  return (
    <label className="inline-grid size-8 touch:size-11 cursor-pointer place-items-center">
      <span className="sr-only">{label}</span>
      <input
        type="checkbox"
        checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
        className="size-[18px] accent-accent"
      />
    </label>
  );
}

function DigestHour({ hour }: { readonly hour: number | null }) {
  const change = useChange();
  const options = [
    { value: "", label: t.atOnce },
    ...HOURS.map((value) => ({ value, label: t.dailyAt(`${value.padStart(2, "0")}:00`) })),
  ];
  return (
    <SelectField
      label={t.digest}
      options={options}
      value={hour === null ? "" : String(hour)}
      onChange={({ target }) =>
        change.mutate({ digest_hour: target.value === "" ? null : Number(target.value) })
      }
    />
  );
}
