export function isPublicPath(pathname: string): boolean {
  return /^\/(login|register)\/?$/.test(pathname);
}

/** Where to go after signing in. Only inside this site: `//host` is another one. */
export function nextPath(search: string): string {
  const next = new URLSearchParams(search).get("next");
  return next?.startsWith("/") && !/^\/[/\\]/.test(next) ? next : "/";
}

export function signInPath(url: URL): string {
  const here = url.pathname + url.search;
  return here === "/" ? "/login" : `/login?next=${encodeURIComponent(here)}`;
}
