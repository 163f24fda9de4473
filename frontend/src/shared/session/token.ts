/** Seconds before its end at which a token counts as spent: the way to the server takes time. */
const MARGIN_SECONDS = 15;

/**
 * When to stop using an access token, on this machine's clock: its lifetime is
 * read from the token, so a wrong clock does not matter. Infinity when unreadable.
 */
export function spentAt(access: string, receivedAt: number): number {
  const claims = readClaims(access);
  if (!claims) return Number.POSITIVE_INFINITY;
  return receivedAt + Math.max(claims.exp - claims.iat - MARGIN_SECONDS, 1) * 1000;
}

function readClaims(access: string): { exp: number; iat: number } | null {
  try {
    const body = (access.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const claims = JSON.parse(atob(body)) as { exp?: unknown; iat?: unknown };
    const { exp, iat } = claims;
    return typeof exp === "number" && typeof iat === "number" ? { exp, iat } : null;
  } catch {
    return null;
  }
}
