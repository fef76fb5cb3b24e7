// A button that prints the page it stands on; without this script the browser's own menu does.
import { forEach } from "./on-load.js";

export function startPrinting() {
  forEach("[data-print]", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
}
