// Calls `prepare` for every matching element, now and in whatever htmx brings later, once each.
export function forEach(selector, prepare) {
  const seen = new WeakSet();
  const visit = (root) => {
    const found = [...root.querySelectorAll(selector)];
    if (root.matches?.(selector)) found.unshift(root);
    for (const element of found) {
      if (seen.has(element)) continue;
      seen.add(element);
      prepare(element);
    }
  };
  visit(document);
  document.addEventListener("htmx:load", (event) => visit(event.detail.elt));
  document.addEventListener("hejie:added", (event) => visit(event.target));
}
