import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app";

export function mount(root: HTMLElement): void {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
  if (import.meta.env.PROD && "serviceWorker" in navigator) afterLoad(keepOffline);
}

/** The first paint comes before everything that only the next visit needs. */
function afterLoad(run: () => void): void {
  if (document.readyState === "complete") run();
  else window.addEventListener("load", run, { once: true });
}

function keepOffline(): void {
  import("./service-worker").then((module) => module.startServiceWorker()).catch(() => undefined);
}
