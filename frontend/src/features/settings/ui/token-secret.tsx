import { useEffect, useRef, useState } from "react";
import type { NewApiToken } from "@/shared/api/types";
import { messages } from "@/shared/i18n/messages";
import { announce } from "@/shared/lib/announcer";
import { Button } from "@/shared/ui/button";

const t = messages.settings.tokens;

interface TokenSecretProps {
  readonly token: NewApiToken;
  readonly onClose: () => void;
}

/** The only time that anybody sees it: selected, so that it can be copied without a clipboard API. */
export function TokenSecret({ token, onClose }: TokenSecretProps) {
  const field = useRef<HTMLInputElement>(null);
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const copy = async () => {
    field.current?.select();
    // Only secure contexts have a clipboard; elsewhere the selected text is left to the person.
    await navigator.clipboard?.writeText(token.token ?? "").then(
      () => {
        setCopied(true);
        announce(t.copied);
      },
      () => undefined,
    );
  };
  return (
    <div className="grid gap-3 rounded-xl border border-accent bg-soft p-4">
      <p className="font-medium">{t.onceLead(token.name)}</p>
      <div className="flex flex-wrap gap-2">
        <input
          ref={field}
          readOnly
          aria-label={t.secret}
          value={token.token ?? ""}
          onFocus={(event) => event.target.select()}
          className="field h-9 touch:h-11 min-w-0 flex-1 basis-56 px-3 font-mono text-[13px]"
        />
        <Button variant="primary" className="h-9" onClick={() => void copy()}>
          {isCopied ? t.copied : t.copy}
        </Button>
        <Button className="h-9" onClick={onClose}>
          {t.kept}
        </Button>
      </div>
    </div>
  );
}
