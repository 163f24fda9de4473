import { Combobox } from "@base-ui/react/combobox";
import { ChevronsUpDown } from "lucide-react";
import { type Ref, useId, useMemo } from "react";
import { messages } from "@/shared/i18n/messages";
import { FieldNote } from "@/shared/ui/field";
import { allTimeZones, browserTimeZone, timeIn, zoneName } from "../model/time-zones";

const t = messages.settings.profile;
/** More than anybody reads through; typing narrows it. */
const SHOWN = 60;

interface TimeZoneFieldProps {
  readonly name: string;
  readonly value: string;
  readonly own: string;
  readonly onChange: (zone: string) => void;
  readonly onBlur: () => void;
  readonly error: string | undefined;
  readonly ref?: Ref<HTMLInputElement>;
}

/** Some four hundred zones, found by any part of their name. */
export function TimeZoneField(props: TimeZoneFieldProps) {
  const { name, value, own, onChange, onBlur, error, ref } = props;
  const id = useId();
  const zones = useMemo(() => allTimeZones(own), [own]);
  return (
    <div className="grid gap-1.5">
      <Combobox.Root
        items={zones}
        value={value}
        onValueChange={(zone) => zone && onChange(zone)}
        itemToStringLabel={zoneName}
        limit={SHOWN}
        autoHighlight
      >
        <label htmlFor={id} className="text-[13px] font-medium text-ink-2">
          {t.timeZone}
        </label>
        <div className="field flex h-10 touch:h-11 items-center">
          <Combobox.Input
            ref={ref}
            id={id}
            name={name}
            onBlur={onBlur}
            aria-invalid={error ? true : undefined}
            aria-describedby={`${id}-note`}
            className="h-full min-w-0 flex-1 rounded-[inherit] bg-transparent px-3 text-[15px] outline-none"
          />
          <Combobox.Trigger
            aria-label={t.allTimeZones}
            className="mr-1 grid size-8 touch:size-10 shrink-0 place-items-center rounded-sm text-ink-3 hover:text-ink"
          >
            <ChevronsUpDown className="size-4" aria-hidden="true" />
          </Combobox.Trigger>
        </div>
        <FieldNote
          id={`${id}-note`}
          isError={Boolean(error)}
          text={error ?? t.timeThere(timeIn(value))}
        />
        <ZoneList />
      </Combobox.Root>
      <BrowserZone value={value} onChange={onChange} />
    </div>
  );
}

function ZoneList() {
  return (
    <Combobox.Portal>
      <Combobox.Positioner sideOffset={6} className="z-50">
        <Combobox.Popup
          data-layer
          className="floating max-h-[min(320px,var(--available-height))] w-[var(--anchor-width)] overflow-y-auto p-1 outline-none"
        >
          <Combobox.Empty className="px-2.5 py-2 text-[13.5px] text-ink-2 empty:hidden">
            {t.noTimeZone}
          </Combobox.Empty>
          <Combobox.List>
            {(zone: string) => (
              <Combobox.Item
                key={zone}
                value={zone}
                className="flex min-h-8 touch:min-h-11 items-center justify-between gap-3 rounded-sm px-2.5 text-[13.5px] select-none data-highlighted:bg-sunken data-selected:font-semibold data-selected:text-accent"
              >
                <span className="truncate">{zoneName(zone)}</span>
                <span className="text-ink-3">{timeIn(zone)}</span>
              </Combobox.Item>
            )}
          </Combobox.List>
        </Combobox.Popup>
      </Combobox.Positioner>
    </Combobox.Portal>
  );
}

/** Somebody who travelled, or whose account was made for them. */
function BrowserZone({ value, onChange }: Pick<TimeZoneFieldProps, "value" | "onChange">) {
  const here = browserTimeZone();
  if (here === value) return null;
  return (
    <p className="text-[13px] text-ink-2">
      {t.browserZone(zoneName(here))}{" "}
      <button
        type="button"
        onClick={() => onChange(here)}
        className="min-h-6 touch:min-h-11 font-semibold text-accent underline underline-offset-3"
      >
        {t.useBrowserZone}
      </button>
    </p>
  );
}
