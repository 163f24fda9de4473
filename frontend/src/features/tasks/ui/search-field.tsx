import { Search, X } from "lucide-react";
import type { KeyboardEvent, RefObject } from "react";
import { messages } from "@/shared/i18n/messages";
import { Kbd } from "@/shared/ui/kbd";

const t = messages.search;
const LONGEST = 200;

interface SearchFieldProps {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly text: string;
  readonly onType: (text: string) => void;
  /** Enter: what was typed is meant. */
  readonly onCommit: () => void;
  readonly onBlur: () => void;
  /** ↓: into the results. */
  readonly onLeave: () => void;
}

export function SearchField({ field, text, onType, onCommit, onBlur, onLeave }: SearchFieldProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") onCommit();
    else if (event.key === "ArrowDown") onLeave();
    else return;
    event.preventDefault();
  };
  return (
    <search className="mt-4 block">
      <div className="field flex h-11 items-center rounded-lg pr-1.5 pl-3.5 touch:h-12">
        <Search className="size-[18px] shrink-0 text-ink-3" aria-hidden="true" />
        <input
          ref={field}
          type="search"
          aria-label={t.label}
          placeholder={t.placeholder}
          maxLength={LONGEST}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="search"
          value={text}
          onChange={(event) => onType(event.target.value)}
          onBlur={onBlur}
          onKeyDown={onKeyDown}
          className="peer h-full min-w-0 flex-1 bg-transparent px-2.5 text-[15px] outline-none [&::-webkit-search-cancel-button]:hidden"
        />
        {text === "" ? (
          <span className="mr-1 peer-focus:hidden phone:hidden">
            <Kbd>/</Kbd>
          </span>
        ) : (
          <ClearButton
            onPress={() => {
              onType("");
              field.current?.focus();
            }}
          />
        )}
      </div>
    </search>
  );
}

function ClearButton({ onPress }: { readonly onPress: () => void }) {
  return (
    <button
      type="button"
      aria-label={t.clear}
      onClick={onPress}
      className="grid size-8 place-items-center rounded-md text-ink-3 hover:bg-sunken hover:text-ink touch:size-11"
    >
      <X className="size-4" aria-hidden="true" />
    </button>
  );
}
