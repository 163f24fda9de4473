import { Check } from "lucide-react";
import { useId, useState } from "react";
import { messages } from "@/shared/i18n/messages";
import { LabelMark } from "@/shared/ui/label-mark";
import { fold } from "../model/text-match";
import { toggled } from "../model/toggle";
import { useLabelCounts } from "../model/use-tasks";

const t = messages.filter;
/** Fewer than this are found by looking. */
const SEARCH_FROM = 7;

interface LabelFilterProps {
  readonly chosen: readonly string[];
  readonly onChange: (labels: readonly string[]) => void;
  /** To where labels are renamed and deleted. */
  readonly onManage: () => void;
}

export function LabelFilter({ chosen, onChange, onManage }: LabelFilterProps) {
  const id = useId();
  const [text, setText] = useState("");
  const labels = useLabels(chosen);
  const shown = labels.filter(([name]) => fold(name).includes(fold(text.trim())));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend can't be laid out
    <div role="group" aria-labelledby={id}>
      <h3 id={id} className="mb-1.5 text-xs font-medium text-ink-3">
        {t.labels}
      </h3>
      {labels.length >= SEARCH_FROM && (
        <input
          type="search"
          aria-label={t.findLabel}
          placeholder={t.findLabel}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="field mb-1.5 h-8 touch:h-11 w-full px-2.5 text-[13px]"
        />
      )}
      {shown.length === 0 && (
        <p className="text-[13px] text-ink-3">{labels.length === 0 ? t.noLabels : t.noSuchLabel}</p>
      )}
      <ul className="-mx-2 max-h-48 overflow-y-auto phone:max-h-none">
        {shown.map(([name, count]) => (
          <li key={name}>
            <LabelChoice
              name={name}
              count={count}
              isOn={chosen.includes(name)}
              onPress={() => onChange(toggled(chosen, name))}
            />
          </li>
        ))}
      </ul>
      {labels.length > 0 && (
        <button
          type="button"
          onClick={onManage}
          className="-ml-2 mt-1 h-7 touch:h-11 rounded-sm px-2 text-[13px] font-medium text-accent hover:bg-sunken"
        >
          {t.manageLabels}
        </button>
      )}
    </div>
  );
}

/** Those in use and those chosen, in an order that pressing them does not change. */
function useLabels(chosen: readonly string[]): readonly (readonly [string, number])[] {
  const counts = useLabelCounts();
  const [first] = useState(chosen);
  const unused = chosen.filter((name) => !counts.has(name)).map((name) => [name, 0] as const);
  const rank = (name: string) => (first.includes(name) ? 0 : 1);
  return [...counts, ...unused].sort(([a], [b]) => rank(a) - rank(b));
}

interface LabelChoiceProps {
  readonly name: string;
  readonly count: number;
  readonly isOn: boolean;
  readonly onPress: () => void;
}

function LabelChoice({ name, count, isOn, onPress }: LabelChoiceProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      aria-label={name}
      onClick={onPress}
      className="flex min-h-8 touch:min-h-11 w-full items-center gap-2 rounded-sm px-2 text-left text-[13.5px] hover:bg-sunken"
    >
      <span className="flex min-w-0 flex-1">
        <LabelMark name={name} />
      </span>
      {isOn && <Check className="size-4 shrink-0 text-accent" aria-hidden="true" />}
      <span className="text-[12.5px] text-ink-3">{count}</span>
    </button>
  );
}
