import { type ReactNode, useEffect, useRef } from "react";

interface AuthNoteProps {
  readonly text: string;
  /** The one next step. */
  readonly children: ReactNode;
}

/** What stands in the place of a form that is done; read out, because the form's focus is gone. */
export function AuthNote({ text, children }: AuthNoteProps) {
  const note = useRef<HTMLParagraphElement>(null);
  useEffect(() => note.current?.focus(), []);
  return (
    <div className="grid gap-5">
      <p ref={note} tabIndex={-1} className="break-words text-ink-2 outline-none">
        {text}
      </p>
      {children}
    </div>
  );
}
