import { useEffect } from "react";
import { useNavigate } from "react-router";
import { messages } from "@/shared/i18n/messages";
import { showError, showToast } from "@/shared/ui/toast";

/** The browser asks before it closes a tab in which something goes on. */
export async function untilDone(work: () => Promise<void>): Promise<void> {
  const warn = (event: BeforeUnloadEvent) => event.preventDefault();
  window.addEventListener("beforeunload", warn);
  await work();
  window.removeEventListener("beforeunload", warn);
}

let isWatched = false;
let goBack: () => void = () => undefined;

/** The page of import and export shows how they end. */
export function useWatching(): void {
  const navigate = useNavigate();
  useEffect(() => {
    isWatched = true;
    goBack = () => void navigate("/settings/data");
    return () => {
      isWatched = false;
    };
  }, [navigate]);
}

/** On every other page it is said. */
export function sayElsewhere(text: string): void {
  if (!isWatched) showToast(text);
}

/** What went wrong needs somebody, and there. */
export function complainElsewhere(text: string): void {
  if (!isWatched) showError(text, { label: messages.settings.data.show, run: goBack });
}
