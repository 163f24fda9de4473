// Runs before the first paint, so that a chosen theme never follows a flash of the system's.
// A classic script of its own: the Content-Security-Policy allows no inline one, and modules wait.
(() => {
  /** Files by who comes: filled by the build. */
  const PRELOADS = {};
  const COLORS = { light: "#f7f6f3", dark: "#171614" };
  const bars = [...document.querySelectorAll('meta[name="theme-color"]')];
  const ofSystem = bars.map((bar) => bar.content);

  function stored(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  }

  /** The first page's own files travel together with the base instead of after it. */
  function preload(files = []) {
    for (const file of files) {
      const link = document.createElement("link");
      Object.assign(link, { rel: "modulepreload", href: `/${file}`, crossOrigin: "" });
      document.head.append(link);
    }
  }

  function apply(theme) {
    const color = COLORS[theme];
    if (color) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    bars.forEach((bar, index) => {
      bar.content = color ?? ofSystem[index];
    });
  }

  apply(stored("tm.theme"));
  preload(stored("tm.session") === "1" ? PRELOADS.member : PRELOADS.visitor);
  // From another tab, and from the settings in this one.
  addEventListener(
    "storage",
    ({ key }) => (key === "tm.theme" || key === null) && apply(stored("tm.theme")),
  );
  addEventListener("tm:theme", ({ detail }) => apply(detail));
})();
