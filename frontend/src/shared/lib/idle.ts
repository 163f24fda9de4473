const WITHIN_MS = 500;

/** Between two frames of what the person is doing, or soon after; Safari has no idle callback. */
export function idle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === "undefined") setTimeout(resolve, 0);
    else requestIdleCallback(() => resolve(), { timeout: WITHIN_MS });
  });
}
