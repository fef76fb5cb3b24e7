// Keeps what is typed in form[data-keep] or form[data-autosave-url], per user and page, until the server says that
// it was taken: in this tab (an expired session), and for form[data-keep] on the server too (a closed tab).
// Not for passwords, files or parts marked data-no-keep.
// sessionStorage, not localStorage: the machines are shared, the text must not outlive the tab here.
import { forEach } from "./on-load.js";
import { addRowsFor } from "./repeatable.js";
import { clockTime, word } from "./words.js";

const PREFIX = "hejie.kept.";
const FORMS = "form[data-keep], form[data-autosave-url]";
const DONE = "kept_done"; // the cookie and the field of accounts/kept_forms.py
const FIELD = "_kept";
const IDLE = 1500;
const { user, keptUrl } = document.body.dataset;

function nameOf(form) {
  return `${location.pathname}#${form.id || form.getAttribute("action") || ""}`.slice(0, 300);
}

function storageKey(name) {
  return `${PREFIX}${user}.${name}`;
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
    // Full or forbidden: the server's own copy remains.
  }
}

function keepable(input) {
  return input.name && !["password", "file", "submit", "button"].includes(input.type)
    && !["csrfmiddlewaretoken", FIELD].includes(input.name) && !input.closest("[data-no-keep]");
}

function valuesOf(form) {
  const values = {};
  for (const input of form.elements) {
    if (!keepable(input)) continue;
    const checkable = input.type === "checkbox" || input.type === "radio";
    if (checkable && !input.checked) continue;
    const chosen = input.type === "select-multiple" ? [...input.selectedOptions].map((one) => one.value) : [input.value];
    (values[input.name] ??= []).push(...chosen);
    if (input.dataset.comboboxUrl) values[input.name].push(input.dataset.label ?? "");
  }
  return values;
}

// Hidden inputs are the page's own (a version, a key): they say nothing of what was typed.
function typedIn(form, values) {
  const hidden = new Set([...form.elements].filter((input) => input.type === "hidden").map((input) => input.name));
  return JSON.stringify(Object.entries(values).filter(([name]) => !hidden.has(name)).sort());
}

function fill(form, values) {
  addRowsFor(form, Object.fromEntries(Object.entries(values).map(([name, list]) => [name, list[0]])));
  const taken = {};
  for (const input of form.elements) {
    if (!keepable(input) || input.type === "hidden") continue;
    const list = values[input.name] ?? [];
    if (input.type === "checkbox" || input.type === "radio") input.checked = list.includes(input.value);
    else if (input.type === "select-multiple") {
      for (const option of input.options) option.selected = list.includes(option.value);
    } else if (input.dataset.comboboxUrl) {
      if (!list.length) continue;
      const at = taken[input.name] ?? 0; // several of one name, each kept as value and label
      input.value = list[at] ?? "";
      input.dataset.label = list[at + 1] || input.value;
      taken[input.name] = at + 2;
    } else if (list.length) {
      const at = taken[input.name] ?? 0;
      input.value = list[Math.min(at, list.length - 1)];
      taken[input.name] = at + 1;
    }
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
  form.dispatchEvent(new CustomEvent("hejie:restored"));
}

function note(text, ...actions) {
  const box = document.createElement("div");
  box.className = "notice notice-info";
  box.setAttribute("role", "status");
  const line = document.createElement("p");
  line.textContent = text;
  box.append(line, ...actions);
  return box;
}

function button(text, onClick) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "btn btn-plain btn-sm", textContent: text });
  made.addEventListener("click", onClick);
  return made;
}

// Talks to the server about the forms of this page; quiet when it cannot: the tab's copy remains.
async function ask(form, fields) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken")?.value ?? "");
  await fetch(keptUrl, { method: "POST", body, credentials: "same-origin", redirect: "manual", headers: { "X-Autosave": "1" } })
    .catch(() => null);
}

let found; // one question for all forms of the page
function onServer() {
  found ??= fetch(`${keptUrl}?page=${encodeURIComponent(location.pathname.slice(0, 250))}`, {
    credentials: "same-origin", redirect: "manual", headers: { "X-Autosave": "1" },
  }).then((response) => (response.ok ? response.json() : { forms: {} }), () => ({ forms: {} }));
  return found;
}

class Keeper {
  constructor(form) {
    this.form = form;
    this.name = nameOf(form);
    this.key = storageKey(this.name);
    this.before = valuesOf(form);
    this.alsoOnServer = Boolean(keptUrl) && form.hasAttribute("data-keep");
    this.timer = 0;
    this.touched = false;
    this.offer(read(this.key));
    if (this.alsoOnServer) onServer().then(({ forms }) => this.offer(forms[this.name]));
    form.addEventListener("input", (event) => this.changed(event));
    form.addEventListener("change", (event) => this.changed(event));
    form.addEventListener("submit", () => this.sent());
  }

  // What was kept comes back, unless the page shows it already or somebody has begun to type anew.
  offer(kept) {
    if (!kept || this.touched || typedIn(this.form, kept.values) === typedIn(this.form, valuesOf(this.form))) return;
    fill(this.form, kept.values);
    this.touched = true;
    const box = note(word("restored", { time: clockTime(new Date(kept.at)) }), button(word("discard"), () => {
      fill(this.form, this.before);
      this.forget();
      box.remove();
    }));
    this.form.before(box);
  }

  changed(event) {
    if (event.isTrusted) this.touched = true;
    write(this.key, { at: Date.now(), path: location.pathname, title: document.title, values: valuesOf(this.form) });
    if (!this.alsoOnServer || !event.isTrusted) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), IDLE);
  }

  send() {
    const values = JSON.stringify(valuesOf(this.form));
    ask(this.form, { key: this.name, page: location.pathname.slice(0, 250), values });
  }

  sent() {
    clearTimeout(this.timer);
    write(this.key, { at: Date.now(), path: location.pathname, title: document.title, values: valuesOf(this.form), sent: true });
    if (this.form.elements.namedItem(FIELD)) return;
    const key = document.createElement("input");
    Object.assign(key, { type: "hidden", name: FIELD, value: this.name });
    this.form.append(key);
  }

  forget() {
    clearTimeout(this.timer);
    sessionStorage.removeItem(this.key);
    if (this.alsoOnServer) ask(this.form, { key: this.name, forget: "1" });
  }
}

// The server says which form it took; only then is its text forgotten.
function dropDone() {
  const cookie = document.cookie.split("; ").find((one) => one.startsWith(`${DONE}=`));
  if (!cookie) return;
  const value = cookie.slice(DONE.length + 1).replace(/^"|"$/g, "");
  const name = new URLSearchParams(value).get("key");
  if (name) sessionStorage.removeItem(storageKey(name));
  // biome-ignore lint/suspicious/noDocumentCookie: the cookie store is not in every browser a county has
  document.cookie = `${DONE}=; path=/; max-age=0; samesite=lax`;
}

// Sent, but never taken (the session was over, the token had changed): whoever went elsewhere is shown the way back.
function remindOfUnsent() {
  const start = `${PREFIX}${user}.`;
  for (const key of Object.keys(sessionStorage).filter((one) => one.startsWith(start))) {
    const kept = read(key);
    if (!kept?.sent || kept.path === location.pathname) continue;
    const back = document.createElement("a");
    Object.assign(back, { className: "btn btn-secondary btn-sm", href: kept.path, textContent: word("go_on") });
    const title = (kept.title ?? "").replace(/^\(\d+\+?\) /, "").split(" · ")[0]; // without the bell's count
    const box = note(word("not_sent", { title }), back, button(word("throw_away"), () => {
      sessionStorage.removeItem(key);
      box.remove();
    }));
    document.querySelector("main")?.prepend(box);
  }
}

function dropAll() {
  for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX))) sessionStorage.removeItem(key);
}

export function startKeeping() {
  for (const form of document.querySelectorAll("form[data-forget]")) form.addEventListener("submit", dropAll);
  if (!user) return;
  dropDone();
  remindOfUnsent();
  forEach(FORMS, (form) => new Keeper(form));
}
