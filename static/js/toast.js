// Passing messages. Failures stay until they are closed; the rest leaves after a while, never under the pointer.
import { forEach } from "./on-load.js";
import { word } from "./words.js";

const STAYS = new Set(["bad", "warn"]);
const MILLISECONDS = 6000;

function prepare(toast) {
  const close = toast.querySelector("[data-toast-close]");
  if (close) {
    close.hidden = false;
    close.addEventListener("click", () => toast.remove());
  }
  if (STAYS.has(toast.dataset.toast)) return;
  let timer = setTimeout(() => toast.remove(), MILLISECONDS);
  const hold = () => clearTimeout(timer);
  const leave = () => { timer = setTimeout(() => toast.remove(), MILLISECONDS); };
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("pointerleave", leave);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("focusout", leave);
}

export function toast(text, tone = "info") {
  const place = document.getElementById("toasts");
  if (!place) return;
  const note = document.createElement("div");
  note.className = `toast-note notice-${tone}`;
  note.dataset.toast = tone;
  const body = document.createElement("p");
  body.textContent = text;
  const close = document.createElement("button");
  Object.assign(close, { type: "button", className: "text-button", textContent: word("close") });
  close.dataset.toastClose = "";
  note.append(body, close);
  place.append(note);
  prepare(note);
}

function onHtmxFailure(event) {
  const status = event.detail.xhr?.status ?? 0;
  if (event.detail.elt?.matches?.(".bell")) return;
  const key = { 0: "offline", 403: "not_permitted" }[status] ?? "server_error";
  toast(word(key), "bad");
}

export function startToasts() {
  forEach("[data-toast]", prepare);
  document.addEventListener("htmx:responseError", onHtmxFailure);
  document.addEventListener("htmx:sendError", onHtmxFailure);
  document.addEventListener("hejie:toast", (event) => toast(event.detail.text ?? event.detail.value, event.detail.tone));
}
