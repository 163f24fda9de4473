import { updateStore } from "./update";

const CHECK_EVERY_MS = 60 * 60 * 1000;

/** Says when a build other than this page's is waiting. */
export async function startServiceWorker(): Promise<void> {
  navigator.serviceWorker.addEventListener("message", ({ data }) => {
    if (data.type === "update") updateStore.set(() => switchOver(registration));
  });
  const registration = await navigator.serviceWorker.register("/sw.js");
  greet(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => {
      if (coming.state === "installed") greet(registration.waiting);
    });
  });
  checkNowAndThen(registration);
}

/** The waiting worker knows whether it is of this page's build. */
function greet(worker: ServiceWorker | null): void {
  const script = document.querySelector<HTMLScriptElement>("script[type=module]");
  if (script) worker?.postMessage({ type: "loaded", entry: new URL(script.src).pathname });
}

function switchOver({ waiting }: ServiceWorkerRegistration): void {
  const reload = () => location.reload();
  navigator.serviceWorker.addEventListener("controllerchange", reload, { once: true });
  if (waiting) waiting.postMessage({ type: "activate" });
  else reload();
}

/** A page that stays open for days navigates nowhere, and so the browser would never look. */
function checkNowAndThen(registration: ServiceWorkerRegistration): void {
  let last = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" || Date.now() - last < CHECK_EVERY_MS) return;
    last = Date.now();
    registration.update().catch(() => undefined);
  });
}
