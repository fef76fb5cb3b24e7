// Runs before the first paint: what the reader chose on this machine.
(() => {
  const root = document.documentElement;
  root.classList.add("script");
  try {
    root.dataset.rail = localStorage.getItem("hejie.rail") || "wide";
    root.dataset.density = localStorage.getItem("hejie.density") || "normal";
  } catch {
    // A browser that keeps nothing shows the normal layout.
  }
})();
