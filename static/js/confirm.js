// form[data-confirm="what exactly will happen"] and button[data-confirm] ask first. Without JavaScript the server asks.
import { open } from "./dialog.js";

const dialog = document.getElementById("confirm-dialog");
const agreed = new WeakSet();

function onSubmit(event) {
  const form = event.target;
  const submitter = event.submitter;
  const text = submitter?.dataset.confirm ?? form.dataset.confirm;
  if (!text || agreed.has(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(text, submitter?.dataset.confirmLabel ?? submitter?.textContent.trim(), () => {
    agreed.add(form);
    form.requestSubmit(submitter ?? undefined);
    agreed.delete(form);
  });
}

function ask(text, label, yes) {
  dialog.querySelector("[data-confirm-text]").textContent = text;
  const button = dialog.querySelector("[data-confirm-yes]");
  if (label) button.textContent = label;
  button.onclick = () => { dialog.close(); yes(); };
  open(dialog);
}

function onHtmxConfirm(event) {
  if (!event.detail.question) return;
  event.preventDefault();
  ask(event.detail.question, "", () => event.detail.issueRequest(true));
}

export function startConfirm() {
  if (!dialog) return;
  document.addEventListener("submit", onSubmit, { capture: true });
  document.addEventListener("htmx:confirm", onHtmxConfirm);
}
