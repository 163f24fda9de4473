import {
  type ChangeEvent,
  type ComponentProps,
  type KeyboardEvent,
  type SyntheticEvent,
  useDeferredValue,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { importWithRetry } from "@/shared/lib/import-with-retry";
import { useStore } from "@/shared/lib/store";
import { useZonedNow } from "@/shared/lib/use-today";
import { keepDraft, readDraft } from "@/shared/session/draft";
import { sessionStore } from "@/shared/session/session";
import type { Line, Reading, TypedToken } from "./types";

type Reader = typeof import("./reader");

export interface TypedTask {
  readonly line: Line;
  readonly restore: (line: Line) => void;
  readonly reading: Reading;
  /** What the reading was made from; typing may be a moment ahead. */
  readonly readText: string;
  /** Undefined until the language has been loaded. */
  readonly Chips: Reader["TypedChips"] | undefined;
  readonly takeBack: (token: TypedToken) => void;
  /** Of what stands there now, with the language loaded if it can be. */
  readonly read: () => Promise<Reading>;
  /** Labels that what is being typed may mean. */
  readonly offered: OfferedNow | null;
  readonly input: {
    readonly value: string;
    readonly onFocus: () => void;
    readonly onChange: (event: ChangeEvent<HTMLInputElement>) => void;
    readonly onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
  };
}

interface OfferedNow extends ComponentProps<Reader["OfferedLabels"]> {
  readonly List: Reader["OfferedLabels"];
}

const PATIENCE_MS = 2_000;
export const BLANK_LINE: Line = { text: "", literals: [] };
let reader: Reader | null = null;
let loading: Promise<Reader | null> | null = null;

/** Null where it can't be had: a line is a title then, as it always was. */
export function loadReader(): Promise<Reader | null> {
  loading ??= importWithRetry(() => import("./reader")).then(
    (loaded) => {
      reader = loaded;
      return loaded;
    },
    () => {
      loading = null;
      return null;
    },
  );
  return loading;
}

/** Saving waits a moment for the language, but a bad network must not keep a task. */
function readerInTime(): Promise<Reader | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
  return reader ? Promise.resolve(reader) : Promise.race([loadReader(), late]);
}

/** A line that says a task in words. Typing never waits for what is understood of it. */
export function useTypedTask(draft: string): TypedTask {
  const [line, setLine] = useState(() => readDraft<Line>(draft) ?? BLANK_LINE);
  useEffect(() => keepDraft(draft, line.text ? line : null), [draft, line]);
  const [loaded, setLoaded] = useState(reader);
  const zone = useStore(sessionStore).user?.time_zone;
  const now = useZonedNow();
  const shown = useDeferredValue(line);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the reading itself asks what time it is
  const reading = useMemo(() => readWith(loaded, shown, zone), [loaded, shown, zone, now]);
  const tokens = () => readWith(loaded, line, zone).tokens;
  const warmUp = () => void loadReader().then(setLoaded);
  const labels = useOffered(line, loaded, setLine);
  return {
    line,
    restore: setLine,
    reading,
    readText: shown.text,
    Chips: loaded?.TypedChips,
    takeBack: (token) => loaded && setLine(loaded.takeBack(line, token, shown.text)),
    read: async () => readWith(await readerInTime(), line, zone),
    offered: labels.offered,
    input: {
      ...labels.input,
      value: line.text,
      onFocus: warmUp,
      onChange: (event) => {
        labels.typeAt(event.target);
        if (loaded) return setLine(loaded.changeLine(line, tokens(), event));
        warmUp();
        setLine({ text: event.target.value, literals: [] });
      },
      onKeyDown: (event) => {
        if (labels.press(event)) return;
        const next = loaded?.pressKey(line, tokens(), event);
        if (next) setLine(next);
      },
    },
  };
}

/** A combobox in the line: known labels are offered where one is being typed. */
function useOffered(line: Line, loaded: Reader | null, setLine: (line: Line) => void) {
  const [caret, setCaret] = useState<number | null>(null);
  const [at, setAt] = useState(-1);
  const field = useRef<HTMLInputElement | null>(null);
  const goOn = useRef<number | null>(null);
  const id = useId();
  const offer = caret === null ? null : (loaded?.offerLabels(line, caret) ?? null);
  useLayoutEffect(() => {
    const to = goOn.current;
    if (to !== null) field.current?.setSelectionRange(to, to);
    goOn.current = null;
  });
  const close = () => setCaret(null);
  const onChoose = (name: string) => {
    if (!loaded || !offer) return;
    const taken = loaded.takeLabel(line, offer, name);
    goOn.current = taken.caret;
    setLine(taken.line);
    close();
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    const pressed = loaded && offer && loaded.pressOffer(event, offer, at);
    if (pressed?.kind === "point") setAt(pressed.at);
    if (pressed?.kind === "take") onChoose(pressed.name);
    if (pressed?.kind === "close") close();
    return Boolean(pressed);
  };
  return {
    press,
    typeAt: (input: HTMLInputElement) => {
      field.current = input;
      setCaret(input.selectionStart);
      setAt(-1);
    },
    offered: loaded &&
      offer && { List: loaded.OfferedLabels, id, names: offer.names, pointedAt: at, onChoose },
    input: {
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": offer !== null,
      "aria-controls": offer ? id : undefined,
      "aria-activedescendant": offer && at >= 0 ? `${id}-${at}` : undefined,
      onBlur: close,
      // Whoever moves away from what is typed is about something else.
      onSelect: ({ currentTarget }: SyntheticEvent<HTMLInputElement>) => {
        if (currentTarget.selectionStart !== caret) close();
      },
    },
  } as const;
}

function readWith(loaded: Reader | null, line: Line, zone: string | undefined): Reading {
  if (loaded) return loaded.readLine(line, zone);
  return { title: line.text.trim(), due: null, priority: null, labels: [], tokens: [] };
}
