import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AppNotification } from "@/shared/api/types";
import { inWords } from "@/shared/forms/failure";
import { FormError } from "@/shared/forms/form-error";
import { messages } from "@/shared/i18n/messages";
import { Button } from "@/shared/ui/button";
import { cx } from "@/shared/ui/class-names";
import { getNotification, sendTest } from "../api";

const t = messages.settings.notifications;
const ASK_AGAIN_MS = 1_000;

export function TestNotification() {
  const [sent, setSent] = useState<AppNotification | null>(null);
  const [error, setError] = useState("");
  const [isBusy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    setError("");
    try {
      setSent(await sendTest());
    } catch (reason) {
      setError(inWords(reason));
    }
    setBusy(false);
  };
  return (
    <>
      <Button className="justify-self-start" disabled={isBusy} onClick={() => void send()}>
        {t.sendTest}
      </Button>
      <FormError text={error} />
      {sent && <Deliveries key={sent.id} first={sent} />}
    </>
  );
}

/** Asks until nothing is on its way any more. */
function Deliveries({ first }: { readonly first: AppNotification }) {
  const { data } = useQuery({
    queryKey: ["settings", "test", first.id],
    queryFn: () => getNotification(first.id),
    initialData: first,
    refetchInterval: ({ state }) => (state.data && isOnItsWay(state.data) ? ASK_AGAIN_MS : false),
  });
  if (data.deliveries.length === 0) return <p className="text-ink-2">{t.noChannel}</p>;
  return (
    <ul aria-live="polite" className="grid gap-1 text-[13.5px]">
      {data.deliveries.map(({ channel, state, last_error }) => (
        <li key={channel}>
          <span className="font-medium">{t.channels[channel]}:</span>{" "}
          <span className={cx(state === "failed" && "text-late")}>{t.states[state]}</span>
          {last_error && <span className="text-ink-2"> ({last_error})</span>}
        </li>
      ))}
    </ul>
  );
}

function isOnItsWay({ deliveries }: AppNotification): boolean {
  return deliveries.some(({ state }) => state === "pending" || state === "sending");
}
