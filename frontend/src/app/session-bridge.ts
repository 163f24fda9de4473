import type { createBrowserRouter } from "react-router";
import type { User } from "@/shared/api/types";
import { asLanguage, language, rememberLanguage } from "@/shared/i18n/locale";
import { type SessionStatus, sessionStore } from "@/shared/session/session";
import { isPublicPath, nextPath } from "./paths";

type Router = ReturnType<typeof createBrowserRouter>;

/** Moves between sign-in and the app when the session says so, in whichever tab it happened. */
export function followSession(router: Router): void {
  let last: SessionStatus = sessionStore.get().status;
  const follow = () => {
    const { status, user } = sessionStore.get();
    if (user) followLanguage(user);
    if (status !== last) move(router, last, status);
    last = status;
  };
  sessionStore.subscribe(follow);
  // It may have been found before anything was mounted.
  follow();
}

function move(router: Router, from: SessionStatus, to: SessionStatus): void {
  const { pathname, search } = router.state.location;
  if (to === "active" && from === "anonymous" && isPublicPath(pathname)) {
    void router.navigate(nextPath(search), { replace: true });
  }
  // From `unknown` the route's loader redirects, and remembers where to come back to.
  if (to === "anonymous" && from !== "unknown") void router.navigate("/login", { replace: true });
}

/** The account's language wins over the browser's. Texts are read once, so the page loads anew. */
function followLanguage(user: User): void {
  const wanted = asLanguage(user.language);
  if (wanted && wanted !== language && rememberLanguage(wanted)) location.reload();
}
