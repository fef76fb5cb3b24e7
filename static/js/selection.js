// Checkboxes of a list: [data-select-all] in the head, [data-select] in the rows of one form or [data-selection].
// [data-selection-bar] appears with the number in [data-selection-count].
import { forEach } from "./on-load.js";

function prepare(box) {
  const all = box.querySelector("[data-select-all]");
  const rows = () => [...box.querySelectorAll("[data-select]")];
  const paint = () => {
    const chosen = rows().filter((input) => input.checked);
    for (const input of rows()) input.closest("tr")?.classList.toggle("is-selected", input.checked);
    if (all) {
      all.checked = chosen.length > 0 && chosen.length === rows().length;
      all.indeterminate = chosen.length > 0 && !all.checked;
    }
    for (const bar of box.querySelectorAll("[data-selection-bar]")) bar.hidden = chosen.length === 0;
    for (const count of box.querySelectorAll("[data-selection-count]")) count.textContent = String(chosen.length);
  };
  box.addEventListener("change", (event) => {
    if (event.target === all) for (const input of rows()) input.checked = all.checked;
    paint();
  });
  paint();
}

export function startSelection() {
  forEach("[data-selection]", prepare);
}
