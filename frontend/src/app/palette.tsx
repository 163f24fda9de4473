import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { useQuery } from "@tanstack/react-query";
import { ChevronRight, ListFilter, Search } from "lucide-react";
import { type KeyboardEvent, useMemo, useState } from "react";
import { useNavigate } from "react-router";
import { savedFiltersQuery } from "@/features/filters/model/saved-filters";
import { KeyCaps } from "@/shared/actions/key-caps";
import { availableCommands } from "@/shared/actions/keyboard";
import { strokeOf } from "@/shared/actions/keys";
import { runCommand } from "@/shared/actions/registry";
import type { SavedFilter } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { formatDueShort } from "@/shared/lib/format-date";
import { useZonedNow } from "@/shared/lib/use-today";
import { StatusRing } from "@/shared/ui/status-ring";
import { itemsAtRest, itemsFor, type PaletteGroup, type PaletteItem } from "./palette-items";
import { readRecent, rememberRecent } from "./recent";

const t = messages.palette;
const NONE: readonly SavedFilter[] = [];

interface PaletteProps {
  readonly onClosed: () => void;
}

/** Finds tasks and commands. What was chosen happens after the focus is back where it was. */
export function Palette({ onClosed }: PaletteProps) {
  const [isOpen, setOpen] = useState(true);
  const [chosen, setChosen] = useState<PaletteItem | null>(null);
  const navigate = useNavigate();
  const choose = (item: PaletteItem) => {
    rememberRecent(item.name);
    setChosen(item);
    setOpen(false);
  };
  const finish = () => {
    onClosed();
    if (chosen) requestAnimationFrame(() => carryOut(chosen));
  };
  const carryOut = (item: PaletteItem) => {
    if (item.kind === "command") runCommand(item.id);
    else void navigate(item.kind === "filter" ? item.href : `/tasks?task=${item.task.id}`);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (strokeOf(event.nativeEvent) !== "Mod+K") return;
    event.preventDefault();
    setOpen(false);
  };
  return (
    <Dialog.Root
      open={isOpen}
      onOpenChange={setOpen}
      onOpenChangeComplete={(next) => (next ? undefined : finish())}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-50 bg-[rgb(20_19_17/0.36)]" />
        <Dialog.Popup
          aria-label={messages.commands["palette.open"]}
          data-layer
          onKeyDown={onKeyDown}
          className="floating fixed top-[12dvh] left-1/2 z-50 flex max-h-[min(520px,70dvh)] w-[min(600px,calc(100vw-24px))] -translate-x-1/2 animate-rise flex-col overflow-hidden outline-none phone:top-3"
        >
          <Finder onChoose={choose} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Finder({ onChoose }: { readonly onChoose: (item: PaletteItem) => void }) {
  const [query, setQuery] = useState("");
  // What can be done is asked before the focus comes here.
  const [available] = useState(availableCommands);
  const [recent] = useState(readRecent);
  const filters = useQuery(savedFiltersQuery).data ?? NONE;
  const groups = useMemo(
    () =>
      query.trim() ? itemsFor(query, available, filters) : itemsAtRest(available, recent, filters),
    [query, available, recent, filters],
  );
  return (
    <Autocomplete.Root
      open
      inline
      mode="none"
      autoHighlight="always"
      keepHighlight
      items={groups}
      value={query}
      onValueChange={setQuery}
      itemToStringValue={(item: PaletteItem) => item.label}
    >
      <div className="flex items-center gap-2.5 border-b border-line px-3.5">
        <Search className="size-4 shrink-0 text-ink-3" aria-hidden="true" />
        <Autocomplete.Input
          aria-label={messages.commands["palette.open"]}
          placeholder={t.placeholder}
          className="h-12 min-w-0 flex-1 bg-transparent text-[15px] outline-none"
        />
        <Dialog.Close className="h-8 touch:h-11 rounded-sm px-2 text-[12.5px] text-ink-3 hover:text-ink">
          {t.close}
        </Dialog.Close>
      </div>
      <Autocomplete.Empty className="empty:hidden">
        <p className="px-4 py-8 text-center text-ink-2">{t.nothing}</p>
      </Autocomplete.Empty>
      <Autocomplete.List className="min-h-0 overflow-y-auto overscroll-contain p-1.5 empty:hidden">
        {(group: PaletteGroup) => (
          <Autocomplete.Group key={group.value} items={group.items}>
            <Autocomplete.GroupLabel className="px-2.5 pt-2 pb-1 text-xs font-medium text-ink-3">
              {group.value}
            </Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(item: PaletteItem) => (
                <Autocomplete.Item
                  key={item.name}
                  value={item}
                  onClick={() => onChoose(item)}
                  className="flex min-h-9 touch:min-h-11 cursor-pointer scroll-my-2 items-center gap-2.5 rounded-sm px-2.5 text-[13.5px] outline-none select-none data-highlighted:bg-soft"
                >
                  <ItemContent item={item} />
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}

function ItemContent({ item }: { readonly item: PaletteItem }) {
  const { date } = useZonedNow();
  if (item.kind === "command") {
    return (
      <>
        <ChevronRight className="size-4 shrink-0 text-ink-3" aria-hidden="true" />
        <span className="min-w-0 flex-1 truncate">{item.label}</span>
        <KeyCaps of={item.id} />
      </>
    );
  }
  if (item.kind === "filter") {
    return (
      <>
        <ListFilter className="size-4 shrink-0 text-ink-3" aria-hidden="true" />
        <span className="min-w-0 flex-1 truncate">{item.label}</span>
      </>
    );
  }
  const { status, due_date, due_time } = item.task;
  return (
    <>
      <StatusRing status={status} className="size-4 shrink-0" />
      <span className="min-w-0 flex-1 truncate">{item.label}</span>
      {status !== "pending" && <span className="sr-only">{messages.tasks.status[status]}</span>}
      {due_date && (
        <span className="text-[12.5px] text-ink-3">{formatDueShort(due_date, due_time, date)}</span>
      )}
    </>
  );
}
