// Keeps what is typed in form[data-keep] or form[data-autosave-url] for this browser tab, per user and page,
// so that it comes back after an expired session. Not for passwords, files or fields marked data-no-keep.
// sessionStorage, not localStorage: the machines are shared, the text must not outlive the tab.
import { forEach } from "./on-load.js";
import { addRowsFor } from "./repeatable.js";
import { clockTime, word } from "./words.js";

const PREFIX = "hejie.kept.";
const FORMS = "form[data-keep], form[data-autosave-url]";
const user = document.body.dataset.user;

function keyOf(form) {
  return `${PREFIX}${user}.${location.pathname}#${form.id || form.getAttribute("action") || ""}`;
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, kept) {
  try {
    sessionStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // Full or forbidden: the server's own draft remains.
  }
}

function keepable(input) {
  return input.name && !["password", "file", "submit", "button"].includes(input.type)
    && input.name !== "csrfmiddlewaretoken" && !input.closest("[data-no-keep]");
}

function valuesOf(form) {
  const values = {};
  for (const input of form.elements) {
    if (!keepable(input)) continue;
    const checkable = input.type === "checkbox" || input.type === "radio";
    if (checkable && !input.checked) continue;
    (values[input.name] ??= []).push(input.value);
    if (input.dataset.comboboxUrl) values[input.name].push(input.dataset.label ?? "");
  }
  return values;
}

function fill(form, values) {
  addRowsFor(form, Object.fromEntries(Object.entries(values).map(([name, list]) => [name, list[0]])));
  for (const input of form.elements) {
    if (!keepable(input) || input.type === "hidden") continue;
    const list = values[input.name] ?? [];
    if (input.type === "checkbox" || input.type === "radio") input.checked = list.includes(input.value);
    else if (list.length) input.value = list[0];
    if (input.dataset.comboboxUrl && list[1]) [, input.dataset.label] = list;
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
  form.dispatchEvent(new CustomEvent("hejie:restored"));
}

function announce(form, kept, before) {
  const note = document.createElement("div");
  note.className = "notice notice-info";
  note.setAttribute("role", "status");
  const text = document.createElement("p");
  text.textContent = word("restored", { time: clockTime(new Date(kept.at)) });
  const undo = document.createElement("button");
  Object.assign(undo, { type: "button", className: "btn btn-plain btn-sm", textContent: word("discard") });
  undo.addEventListener("click", () => { fill(form, before); forget(form); note.remove(); });
  note.append(text, undo);
  form.before(note);
}

export function forget(form) {
  sessionStorage.removeItem(keyOf(form));
}

function prepare(form) {
  const key = keyOf(form);
  const kept = read(key);
  const before = valuesOf(form);
  if (kept && JSON.stringify(kept.values) !== JSON.stringify(before)) {
    fill(form, kept.values);
    announce(form, kept, before);
  }
  const keep = () => write(key, { at: Date.now(), path: location.pathname, values: valuesOf(form) });
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.addEventListener("submit", () => write(key, { ...(read(key) ?? { at: Date.now(), values: valuesOf(form) }), path: location.pathname, sent: true }));
}

// A signed-in page elsewhere after a submit means that the submit succeeded.
function dropSent() {
  for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX))) {
    const kept = read(key);
    if (kept?.sent && kept.path !== location.pathname) sessionStorage.removeItem(key);
  }
}

function dropAll() {
  for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX))) sessionStorage.removeItem(key);
}

export function startKeeping() {
  for (const form of document.querySelectorAll("form[data-forget]")) form.addEventListener("submit", dropAll);
  if (!user) return;
  dropSent();
  forEach(FORMS, prepare);
}
