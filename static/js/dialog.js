// Native dialogs. <a href="/page/" data-dialog="id"> opens #id; without JavaScript the link leads to the page.
// With data-dialog-load the page is fetched into the dialog by htmx first (it answers a fragment).
export function open(dialog) {
  if (!dialog.open) dialog.showModal();
  return dialog;
}

function onClick(event) {
  if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog) {
    event.preventDefault();
    open(dialog);
    return;
  }
  const closer = event.target.closest("[data-dialog-close]");
  if (closer) closer.closest("dialog")?.close();
  if (event.target instanceof HTMLDialogElement) closeFromOutside(event);
}

// A click on the scrim, unless something was already typed inside.
function closeFromOutside(event) {
  const box = event.target.getBoundingClientRect();
  const inside = event.clientX >= box.left && event.clientX <= box.right
    && event.clientY >= box.top && event.clientY <= box.bottom;
  const typed = [...event.target.querySelectorAll("textarea, input:not([type=hidden])")]
    .some((input) => input.value !== input.defaultValue);
  if (!inside && !typed) event.target.close();
}

export function startDialogs() {
  document.addEventListener("click", onClick);
  for (const dialog of document.querySelectorAll("dialog[data-open]")) open(dialog);
}
