// Says in time that the session is about to end. What is typed stays in the tab (keep.js).
import { open } from "./dialog.js";
import { word } from "./words.js";

const WARNING = 5 * 60;
const limit = Number(document.body.dataset.idleSeconds || 0);
const KEY = "hejie.last";
let here = 0;

// Whatever reached the server as the user's own act, in any tab; the bell does not count.
function touch() {
  here = Date.now();
  try {
    localStorage.setItem(KEY, String(here));
  } catch {
    // Then each tab counts for itself.
  }
}

function last() {
  return Math.max(here, Number(localStorage.getItem(KEY) ?? 0));
}

function touched(event) {
  if (!event.detail?.elt?.matches?.(".bell, .demo-strip")) touch();
}

function tick(dialog) {
  const left = limit - (Date.now() - last()) / 1000;
  if (left <= 0) show(dialog, "gone", {});
  else if (left <= Math.min(WARNING, limit / 4)) show(dialog, "idle", { minutes: Math.max(1, Math.round(left / 60)) });
  else if (dialog.open) dialog.close();
}

function show(dialog, state, values) {
  dialog.querySelector("[data-idle-title]").textContent = word(`${state}_title`);
  dialog.querySelector("[data-idle-text]").textContent = word(`${state}_text`, values);
  dialog.querySelector("[data-idle-stay]").hidden = state === "gone";
  const login = dialog.querySelector("[data-idle-login]");
  login.hidden = state !== "gone";
  const next = encodeURIComponent(location.pathname + location.search);
  login.href = `${login.pathname}?next=${next}`;
  open(dialog);
}

async function stay(dialog) {
  const response = await fetch(location.href, { credentials: "same-origin", redirect: "manual" }).catch(() => null);
  if (response?.ok) {
    touch();
    dialog.close();
  } else if (response) {
    show(dialog, "gone", {});
  }
}

export function startIdle() {
  const dialog = document.getElementById("idle-dialog");
  if (!limit || !dialog) return;
  touch();
  document.addEventListener("htmx:afterRequest", touched);
  document.addEventListener("hejie:saved", touched);
  dialog.querySelector("[data-idle-stay]").addEventListener("click", () => stay(dialog));
  setInterval(() => tick(dialog), 15000);
}
