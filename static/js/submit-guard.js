// A form leaves once. Its button says that it is working; coming back with "back" frees it again. Without a network
// it stays here: the browser's own error page would take the place of what was typed.
import { toast } from "./toast.js";
import { word } from "./words.js";

const sent = new WeakMap();

function onSubmit(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method === "get" || form.method === "dialog" || isHtmx(form)) return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  if (!navigator.onLine) {
    event.preventDefault();
    toast(word("held_back"), "warn");
    return;
  }
  const button = event.submitter;
  sent.set(form, button);
  if (!button) return;
  // Not `disabled`: the button's own name and value must be sent.
  button.dataset.busy = "";
  button.setAttribute("aria-disabled", "true");
  button.setAttribute("aria-label", `${button.textContent.trim()}，${word("working")}`);
}

function isHtmx(form) {
  return form.hasAttribute("hx-post") || form.hasAttribute("hx-get") || form.hasAttribute("data-downloads");
}

function release() {
  for (const form of document.forms) {
    const button = sent.get(form);
    sent.delete(form);
    if (!button) continue;
    delete button.dataset.busy;
    button.removeAttribute("aria-disabled");
    button.removeAttribute("aria-label");
  }
}

export function startSubmitGuard() {
  document.addEventListener("submit", onSubmit);
  window.addEventListener("pageshow", (event) => event.persisted && release());
}
