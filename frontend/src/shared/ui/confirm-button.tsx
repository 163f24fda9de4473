import { type ComponentProps, Suspense, useRef, useState } from "react";
import { lazyWithRetry } from "@/shared/lib/lazy-with-retry";
import { Button } from "./button";
import type { Question } from "./confirm-dialog";

const ConfirmDialog = lazyWithRetry(() =>
  import("./confirm-dialog").then((module) => module.ConfirmDialog),
);

export interface ConfirmButtonProps extends ComponentProps<typeof Button> {
  readonly question: Question;
}

/** For what has no way back: says first what will follow. */
export function ConfirmButton({ question, children, ...button }: ConfirmButtonProps) {
  const opener = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button ref={opener} aria-haspopup="dialog" onClick={() => setOpen(true)} {...button}>
        {children}
      </Button>
      {isOpen && (
        <Suspense fallback={null}>
          <ConfirmDialog question={question} opener={opener} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
