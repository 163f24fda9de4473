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

/** Which session a token is of; the same for every token of it. */
export function sessionOf(access: string | null): string | null {
  const sid = access === null ? undefined : decode(access)?.sid;
  return sid === undefined ? null : String(sid);
}

function readClaims(access: string): { exp: number; iat: number } | null {
  const { exp, iat } = decode(access) ?? {};
  return typeof exp === "number" && typeof iat === "number" ? { exp, iat } : null;
}

function decode(access: string): Readonly<Record<string, unknown>> | null {
  try {
    const body = (access.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    return JSON.parse(atob(body)) as Record<string, unknown>;
  } catch {
    return null;
  }
}
