// The intake form: parts that only some entries need, the group's head count, the narrative's length.
import { forEach } from "./on-load.js";

function toggleBox(box) {
  const check = box.querySelector("input[type=checkbox]");
  const more = box.querySelector("[data-toggle-more]");
  const paint = () => { more.hidden = !check.checked; };
  check.addEventListener("change", () => { paint(); if (check.checked) fillNow(more); });
  check.form.addEventListener("hejie:restored", paint);
  paint();
}

// Whoever ticks 人身危险 has just reported it: the present minute is offered, and can be changed.
function fillNow(more) {
  const moment = more.querySelector("input[type=datetime-local]");
  if (!moment || moment.value) return;
  const local = new Date(Date.now() - new Date().getTimezoneOffset() * 60000);
  moment.value = local.toISOString().slice(0, 16);
}

// A group has a head count; one person and one unit have none.
function party(row) {
  const kind = row.querySelector("select[name$='-kind']");
  const heads = row.querySelector(".intake-heads");
  const paint = () => { heads.hidden = kind.value !== "group" && !heads.querySelector(".field-error"); };
  kind.addEventListener("change", paint);
  kind.form.addEventListener("hejie:restored", paint);
  paint();
}

// Only inside a unit is it asked whether that unit may be told.
function consent(part) {
  const relations = [...part.closest("form").elements].filter((input) => input.name === "unit_relation");
  const paint = () => {
    part.hidden = !relations.some((input) => input.checked && input.value === "inside") && !part.querySelector(".field-error");
  };
  for (const input of relations) input.addEventListener("change", paint);
  part.closest("form").addEventListener("hejie:restored", paint);
  paint();
}

// What another office hands on comes with a sender: that part opens by itself, and is never closed by itself.
function origin(part) {
  const source = document.getElementById("id_source");
  const forwarded = part.dataset.forwarded.split(" ");
  const paint = () => { if (forwarded.includes(source.value)) part.open = true; };
  source.addEventListener("change", paint);
  source.form.addEventListener("hejie:restored", paint);
}

function counted(area) {
  const limit = Number(area.dataset.counted);
  const count = document.createElement("p");
  count.className = "field-help intake-count";
  area.after(count);
  const paint = () => {
    const length = [...area.value].length;
    count.textContent = `${length} / ${limit}`;
    count.classList.toggle("is-bad", length > limit);
  };
  area.addEventListener("input", paint);
  area.form.addEventListener("hejie:restored", paint);
  paint();
}

// A file that is being sent must not be sent again with the form.
function files(event) {
  if (event.detail.elt?.id === "id_files") event.detail.elt.closest("#intake-files").setAttribute("aria-busy", "true");
}

// The title is proposed from the parties and the kind, until somebody writes another one.
function proposeTitle(event) {
  const said = event.target.querySelector?.("[data-proposed-title]")?.dataset.proposedTitle;
  const title = document.getElementById("id_title");
  if (!said || !title || document.activeElement === title) return;
  if (title.value && title.value !== title.dataset.proposed) return;
  title.value = said;
  title.dataset.proposed = said;
}

// What the server says again is not written anew: a screen reader hears what has changed, and nothing twice.
const told = new WeakMap();

function onlyChanges(event) {
  const { target, serverResponse } = event.detail;
  if (!target.matches?.("[data-swap-changes]")) return;
  if (told.get(target) === serverResponse) event.detail.shouldSwap = false;
  told.set(target, serverResponse);
}

export function startIntake() {
  forEach("[data-toggle-box]", toggleBox);
  forEach("[data-party]", party);
  forEach("[data-forwarded]", origin);
  forEach("[data-consent]", consent);
  forEach("textarea[data-counted]", counted);
  document.addEventListener("htmx:beforeSwap", onlyChanges);
  document.addEventListener("htmx:afterSwap", proposeTitle);
  document.addEventListener("htmx:beforeRequest", files);
  document.addEventListener("htmx:afterRequest", (event) => {
    event.target.closest?.("#intake-files")?.removeAttribute("aria-busy");
  });
}
