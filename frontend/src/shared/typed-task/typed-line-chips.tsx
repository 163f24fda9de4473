import { useZonedNow } from "@/shared/lib/use-today";
import type { TypedToken } from "./types";
import type { TypedTask } from "./use-typed-task";

interface TypedLineChipsProps {
  readonly typed: TypedTask;
  /** Chosen by hand: what was typed of it counts no more. */
  readonly isDueChosen: boolean;
  readonly isPriorityChosen: boolean;
  readonly onTakenBack: () => void;
}

/** The chips of a line, once its language is there. */
export function TypedLineChips(props: TypedLineChipsProps) {
  const { typed, isDueChosen, isPriorityChosen, onTakenBack } = props;
  const { date } = useZonedNow();
  if (!typed.Chips) return null;
  const { offered } = typed;
  const isOverruled = ({ kind }: TypedToken) =>
    kind === "priority" ? isPriorityChosen : kind !== "label" && isDueChosen;
  return (
    <>
      {offered && <offered.List {...offered} />}
      <typed.Chips
        text={typed.readText}
        tokens={typed.reading.tokens.filter((token) => !isOverruled(token))}
        today={date}
        onTakeBack={(token) => {
          typed.takeBack(token);
          onTakenBack();
        }}
      />
    </>
  );
}
