// Ctrl+Enter saves form[data-ctrl-enter]; Enter in one line never sends form[data-no-enter];
// "/" goes to the search, "?" shows the keys.
import { open } from "./dialog.js";

const TYPING = "input, textarea, select, [contenteditable]";

function onKey(event) {
  if (event.isComposing) return; // an input method is choosing characters
  if (event.key === "Enter") onEnter(event);
  else if (!event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest(TYPING)) onShortcut(event);
}

function onEnter(event) {
  const form = event.target.closest("form");
  if (!form) return;
  if ((event.ctrlKey || event.metaKey) && form.hasAttribute("data-ctrl-enter")) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-default-submit]") ?? undefined);
  } else if (form.hasAttribute("data-no-enter") && event.target.matches("input:not([type=submit])")) {
    event.preventDefault();
  }
}

function onShortcut(event) {
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "/") {
    const search = document.getElementById("jump");
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === "?") {
    const keys = document.getElementById("keys-dialog");
    if (keys) open(keys);
  }
}

export function startHotkeys() {
  document.addEventListener("keydown", onKey);
}
