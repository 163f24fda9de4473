// Runs before the first paint, so that a chosen theme never follows a flash of the system's.
// A classic script of its own: the Content-Security-Policy allows no inline one, and modules wait.
(() => {
  const COLORS = { light: "#f7f6f3", dark: "#171614" };
  const bars = [...document.querySelectorAll('meta[name="theme-color"]')];
  const ofSystem = bars.map((bar) => bar.content);

  function stored() {
    try {
      return localStorage.getItem("tm.theme");
    } catch {
      return null;
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

  apply(stored());
  // From another tab, and from the settings in this one.
  addEventListener("storage", ({ key }) => (key === "tm.theme" || key === null) && apply(stored()));
  addEventListener("tm:theme", ({ detail }) => apply(detail));
})();
