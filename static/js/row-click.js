// tr[data-href]: a click anywhere opens the row; its real link stays for the keyboard, new tabs and no JavaScript.
function onClick(event) {
  const row = event.target.closest("tr[data-href]");
  if (!row || event.button !== 0 || event.target.closest("a, button, input, label, select, summary")) return;
  if (String(window.getSelection())) return;
  if (event.ctrlKey || event.metaKey) window.open(row.dataset.href, "_blank", "noopener");
  else location.assign(row.dataset.href);
}

export function startRowClick() {
  document.addEventListener("click", onClick);
}
