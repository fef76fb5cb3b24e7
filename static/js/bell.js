// The number of unread notices also stands in the title of the tab.
const original = document.title;

function paint() {
  const count = document.getElementById("bell")?.dataset.bell ?? "";
  document.title = count && count !== "0" ? `(${count}) ${original}` : original;
}

export function startBell() {
  paint();
  document.addEventListener("htmx:afterSettle", paint);
}
