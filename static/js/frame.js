// The collapsible rail, the density switch, menus that close, the error summary that takes the focus.
import { forEach } from "./on-load.js";

function remember(key, value) {
  try {
    localStorage.setItem(`hejie.${key}`, value);
  } catch {
    // Not kept; the choice holds for this page.
  }
}

function toggle(button, name, on, off) {
  const root = document.documentElement;
  const paint = () => button.setAttribute("aria-pressed", String(root.dataset[name] === on));
  button.hidden = false;
  paint();
  button.addEventListener("click", () => {
    root.dataset[name] = root.dataset[name] === on ? off : on;
    remember(name, root.dataset[name]);
    paint();
  });
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu !== except) menu.open = false;
  }
}

function closeOnEscape(event) {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details[data-menu][open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
}

// A list that is typed into stands in place of its field; what is folded away opens.
function leadToField(event) {
  const name = event.target.closest("a[href^='#']")?.hash.slice(1);
  const field = name && (document.getElementById(`${name}-typing`) ?? document.getElementById(name));
  if (!field) return;
  event.preventDefault();
  for (let folded = field.closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
  field.focus();
}

// Where one types first. Not under a thumb: there the keyboard would cover the page before it was read.
function focusFirst(form) {
  if (!matchMedia("(pointer: coarse)").matches && !document.querySelector("[data-error-summary]")) form.querySelector("input:not([type=hidden])")?.focus();
}

export function startFrame() {
  forEach("[data-rail-toggle]", (button) => toggle(button, "rail", "narrow", "wide"));
  forEach("[data-density-toggle]", (button) => toggle(button, "density", "compact", "normal"));
  forEach("[data-error-summary]", (summary) => { summary.focus(); summary.addEventListener("click", leadToField); });
  forEach("[data-focus-first]", focusFirst);
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu]")));
  document.addEventListener("keydown", closeOnEscape);
}
