import type { createBrowserRouter } from "react-router";
import { type SessionStatus, sessionStore } from "@/shared/session/session";
import { isPublicPath, nextPath } from "./paths";

type Router = ReturnType<typeof createBrowserRouter>;

/** Moves between sign-in and the app when the session says so, in whichever tab it happened. */
export function followSession(router: Router): void {
  let last: SessionStatus = sessionStore.get().status;
  sessionStore.subscribe(() => {
    const { status } = sessionStore.get();
    if (status !== last) move(router, last, status);
    last = status;
  });
}

function move(router: Router, from: SessionStatus, to: SessionStatus): void {
  const { pathname, search } = router.state.location;
  if (to === "active" && from === "anonymous" && isPublicPath(pathname)) {
    void router.navigate(nextPath(search), { replace: true });
  }
  // From `unknown` the route's loader redirects, and remembers where to come back to.
  if (to === "anonymous" && from !== "unknown") void router.navigate("/login", { replace: true });
}
