import { Link2 } from "lucide-react";
import { useEffect, useRef } from "react";
import { messages } from "@/shared/i18n/messages";
import { IconButton } from "@/shared/ui/button";
import { showToast } from "@/shared/ui/toast";

const t = messages.detail;

interface CopyLinkButtonProps {
  readonly id: number;
  readonly onRefused: () => void;
}

export function CopyLinkButton({ id, onRefused }: CopyLinkButtonProps) {
  const copy = async () => {
    try {
      // There is no clipboard at all where a page came without TLS, a LAN address for one.
      await navigator.clipboard.writeText(linkTo(id));
      showToast(t.linkCopied);
    } catch {
      onRefused();
    }
  };
  return (
    <IconButton label={t.copyLink} onClick={() => void copy()}>
      <Link2 className="size-4" aria-hidden="true" />
    </IconButton>
  );
}

/** The link itself, selected, where the clipboard is refused. */
export function LinkField({ id }: { readonly id: number }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  return (
    <label className="mt-2 grid gap-1 text-[12.5px] text-ink-2">
      {t.copyByHand}
      <input
        ref={field}
        readOnly
        aria-label={t.link}
        value={linkTo(id)}
        onFocus={(event) => event.target.select()}
        className="field h-9 touch:h-11 px-2.5 text-[13px]"
      />
    </label>
  );
}

function linkTo(id: number): string {
  return `${location.origin}/tasks?task=${id}`;
}
