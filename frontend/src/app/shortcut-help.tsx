import { Fragment } from "react";
import { type CommandId, commandIds, commands, GROUPS } from "@/shared/actions/commands";
import { isSingleKey, keyCaps } from "@/shared/actions/keys";
import { useSingleKeys } from "@/shared/actions/single-keys";
import { messages } from "@/shared/i18n/messages";
import { Button } from "@/shared/ui/button";
import { Sheet } from "@/shared/ui/sheet";
import { canDo } from "./offered";

const t = messages.palette;

/** The map of keys, drawn from the same list that they work by. */
export function ShortcutHelp({ onClose }: { readonly onClose: () => void }) {
  const [hasSingleKeys, setSingleKeys] = useSingleKeys();
  const title = messages.palette.helpTitle;
  return (
    <Sheet
      label={title}
      place="center"
      onClose={onClose}
      className="w-[min(760px,calc(100vw-24px))]"
    >
      <div className="flex items-center justify-between gap-4 px-5 pt-4">
        <h2 className="text-lg font-semibold">{title}</h2>
        <Button variant="ghost" onClick={onClose} className="-mr-2">
          {t.close}
        </Button>
      </div>
      <label className="mx-5 mt-1 flex min-h-8 touch:min-h-11 items-center gap-2.5 text-[13.5px] text-ink-2">
        <input
          type="checkbox"
          checked={hasSingleKeys}
          onChange={(event) => setSingleKeys(event.target.checked)}
          className="size-4 accent-accent"
        />
        {t.singleKeys}
      </label>
      <div className="gap-x-8 p-5 pt-2 sm:columns-2">
        {GROUPS.map((group) => (
          <section key={group} className="mb-4 break-inside-avoid">
            <h3 className="mb-1 text-[12.5px] font-semibold text-ink-2">
              {messages.commands[`group.${group}`]}
            </h3>
            <dl className="grid grid-cols-[minmax(0,1fr)_auto] items-center text-[13px]">
              {commandIds
                .filter((id) => commands[id].group === group && canDo(id))
                .map((id) => (
                  <Row key={id} id={id} isOff={!hasSingleKeys} />
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Sheet>
  );
}

function Row({ id, isOff }: { readonly id: CommandId; readonly isOff: boolean }) {
  const bindings = commands[id].keys.filter((binding) => !isOff || !isSingleKey(binding));
  if (bindings.length === 0) return null;
  return (
    <>
      <dt className="border-b border-line py-1.5">{messages.commands[id]}</dt>
      <dd className="flex items-center justify-end gap-1 self-stretch border-b border-line">
        {bindings.map((binding, index) => (
          <Fragment key={binding}>
            {index > 0 && <span className="text-xs text-ink-3">{t.or}</span>}
            {keyCaps(binding).map((cap, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: strokes stand in a fixed order
              <kbd key={place} className="key-cap">
                {cap}
              </kbd>
            ))}
          </Fragment>
        ))}
      </dd>
    </>
  );
}
