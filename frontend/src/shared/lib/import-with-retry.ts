const RETRY_AFTER_MS = 800;

/** A chunk that failed to load once is asked for again: phones lose packets. */
export async function importWithRetry<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch {
    await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
    return load();
  }
}
