import type { createBrowserRouter } from "react-router";

type Router = ReturnType<typeof createBrowserRouter>;

/**
 * Lists hold hundreds of links, and each `<Link>` listens to where we are, which is most of
 * what a row costs. Theirs are plain anchors, and this takes the presses for all of them:
 * `data-inner="page"` goes to another page, `data-inner="panel"` opens beside this one.
 */
export function followLinks(router: Router): void {
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-inner]");
    if (!link || event.defaultPrevented || !isPlain(event)) return;
    event.preventDefault();
    const { pathname, search, hash } = link;
    const preventScrollReset = link.dataset.inner === "panel";
    void router.navigate({ pathname, search, hash }, { preventScrollReset });
  });
}

/** Anything else is the browser's: a new tab, a new window, a download. */
function isPlain({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  return button === 0 && !(metaKey || ctrlKey || shiftKey || altKey);
}
