import { useState } from "react";
import { messages } from "@/shared/i18n/messages";
import { Button } from "@/shared/ui/button";
import { loadMore } from "../model/load";

interface LoadMoreProps {
  readonly which: "open" | "completed";
}

/** For accounts with more tasks than come by themselves. */
export function LoadMore({ which }: LoadMoreProps) {
  const [isBusy, setBusy] = useState(false);
  const load = () => {
    setBusy(true);
    loadMore(which)
      .catch(() => undefined)
      .finally(() => setBusy(false));
  };
  return (
    <Button className="my-3 self-start" onClick={load} disabled={isBusy}>
      {messages.tasks.loadMore}
    </Button>
  );
}
