import { type CommandId, commandIds, commands, GROUPS } from "@/shared/actions/commands";
import { isSingleKey, keyCaps } from "@/shared/actions/keys";
import { useSingleKeys } from "@/shared/actions/single-keys";
import { messages } from "@/shared/i18n/messages";
import { cx } from "@/shared/ui/class-names";
import { SettingsGroup } from "./settings-group";

const t = messages.settings.keyboard;

export function Settings() {
  const [isOn, setOn] = useSingleKeys();
  return (
    <>
      <SettingsGroup title={t.singleTitle} lead={t.singleLead}>
        <label className="flex min-h-8 touch:min-h-11 cursor-pointer items-center gap-2.5">
          <input
            type="checkbox"
            checked={isOn}
            onChange={(event) => setOn(event.target.checked)}
            className="size-[18px] accent-accent"
          />
          {t.single}
        </label>
      </SettingsGroup>
      {GROUPS.map((group) => (
        <SettingsGroup key={group} title={messages.commands[`group.${group}`]}>
          <dl className="min-w-0">
            {commandIds
              .filter((id) => commands[id].group === group)
              .map((id) => (
                <Row key={id} id={id} hasSingleKeys={isOn} />
              ))}
          </dl>
        </SettingsGroup>
      ))}
    </>
  );
}

interface RowProps {
  readonly id: CommandId;
  readonly hasSingleKeys: boolean;
}

function Row({ id, hasSingleKeys }: RowProps) {
  return (
    <div className="flex min-h-9 items-center justify-between gap-4 border-b border-line py-1">
      <dt className="min-w-0">{messages.commands[id]}</dt>
      <dd className="flex shrink-0 flex-wrap justify-end gap-x-2.5 gap-y-1 phone:max-w-[55%] phone:shrink">
        {commands[id].keys.map((binding) => (
          <Binding key={binding} binding={binding} isOn={hasSingleKeys || !isSingleKey(binding)} />
        ))}
      </dd>
    </div>
  );
}

function Binding({ binding, isOn }: { readonly binding: string; readonly isOn: boolean }) {
  return (
    <span className={cx("relative flex flex-wrap gap-1", !isOn && "line-through")}>
      {keyCaps(binding).map((cap, index) => (
        <kbd
          // biome-ignore lint/suspicious/noArrayIndexKey: strokes of a binding never move
          key={index}
          className="rounded-[5px] border border-line-strong px-1.5 font-sans text-[12px] leading-[20px] font-medium text-ink-2"
        >
          {cap}
        </kbd>
      ))}
      {!isOn && <span className="sr-only">{t.off}</span>}
    </span>
  );
}
