// Rows of a formset: [data-repeatable="prefix"] holds [data-rows], a <template>, and [data-add-row].
// A row's [data-remove-row] ticks its DELETE box when it has one, else takes the row out.
import { forEach } from "./on-load.js";

const FIELDS = "input:not([type=hidden], [hidden]), select:not([hidden]), textarea"; // what the focus can go to

function total(box) {
  return box.querySelector(`input[name="${box.dataset.repeatable}-TOTAL_FORMS"]`);
}

export function addRow(box) {
  const counter = total(box);
  const index = Number(counter.value);
  const maximum = Number(box.dataset.maximum || 1000);
  if (index >= maximum) return null;
  const html = box.querySelector("template").innerHTML.replaceAll("__prefix__", String(index));
  const rows = box.querySelector("[data-rows]");
  rows.insertAdjacentHTML("beforeend", html);
  counter.value = String(index + 1);
  const row = rows.lastElementChild;
  for (const remover of row.querySelectorAll("[data-remove-row][hidden]")) remover.hidden = false;
  row.dispatchEvent(new CustomEvent("hejie:added", { bubbles: true }));
  window.htmx?.process(row);
  renumber(box);
  return row;
}

export function addRowsFor(form, values) {
  for (const box of form.querySelectorAll("[data-repeatable]")) {
    const wanted = Number(values[`${box.dataset.repeatable}-TOTAL_FORMS`] ?? 0);
    while (Number(total(box).value) < wanted && addRow(box));
  }
}

function removeRow(box, row) {
  const remove = row.querySelector('input[name$="-DELETE"]');
  const neighbour = row.previousElementSibling ?? row.nextElementSibling;
  if (remove) {
    remove.checked = true;
    row.classList.add("is-removed");
  } else {
    for (const input of row.querySelectorAll("input, textarea, select")) input.value = "";
    row.classList.add("is-removed");
  }
  renumber(box);
  (neighbour?.querySelector(FIELDS) ?? box.querySelector("[data-add-row]"))?.focus();
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function renumber(box) {
  const shown = [...box.querySelectorAll("[data-rows] > :not(.is-removed)")];
  shown.forEach((row, index) => {
    for (const mark of row.querySelectorAll("[data-row-number]")) mark.textContent = String(index + 1);
  });
}

function prepare(box) {
  box.addEventListener("click", (event) => {
    if (event.target.closest("[data-add-row]")) {
      event.preventDefault();
      addRow(box)?.querySelector(FIELDS)?.focus();
    }
    const remover = event.target.closest("[data-remove-row]");
    if (remover) {
      event.preventDefault();
      removeRow(box, remover.closest("[data-rows] > *"));
    }
  });
  for (const hidden of box.querySelectorAll("[data-add-row][hidden], [data-remove-row][hidden]")) hidden.hidden = false;
}

export function startRepeatables() {
  forEach("[data-repeatable]", prepare);
}
