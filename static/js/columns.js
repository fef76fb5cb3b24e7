// form[data-columns]: its rows are moved by their buttons or dragged, without asking the server; the hidden fields go
// with them, so the form sends their order. Without this script the buttons ask for the page anew.
import { forEach } from "./on-load.js";
import { word } from "./words.js";

const name = (row) => row.querySelector("label").textContent.trim();
const place = (row) => [...row.parentElement.children].indexOf(row) + 1;

function prepare(form) {
  const list = form.querySelector("ol");
  const said = form.querySelector("[data-columns-said]");
  let dragged = null;

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=move]");
    if (!button) return;
    event.preventDefault();
    const row = button.closest("li");
    if (button.value.endsWith(":up")) row.previousElementSibling?.before(row);
    else row.nextElementSibling?.after(row);
    button.focus(); // moving a row takes the focus from it
    said.textContent = word("moved_to", { label: name(row), n: place(row) });
  });
  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("li");
    dragged?.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("li");
    if (!dragged) return;
    event.preventDefault();
    if (!over || over === dragged) return;
    if (place(dragged) < place(over)) over.after(dragged);
    else over.before(dragged);
  });
  list.addEventListener("drop", (event) => event.preventDefault());
  list.addEventListener("dragend", () => {
    dragged?.classList.remove("is-dragged");
    dragged = null;
  });
}

export function startColumns() {
  forEach("form[data-columns]", prepare);
}
