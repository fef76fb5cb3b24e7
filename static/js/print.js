// A button that prints the page it stands on; without this script the browser's own menu does. Where the button names an
// address ([data-printed]), it hears that the page was printed, by the button or by the browser's menu, and how the page
// was filtered: printing is written down as an export is.
import { forEach } from "./on-load.js";

function tell(address) {
  const { "X-CSRFToken": token } = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}");
  const body = new URLSearchParams({ query: location.search.slice(1) });
  fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token ?? "" }, credentials: "same-origin", keepalive: true })
    .catch(() => {});
}

export function startPrinting() {
  forEach("[data-print]", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
  window.addEventListener("beforeprint", () => {
    const address = document.querySelector("[data-printed]")?.dataset.printed;
    if (address) tell(address);
  });
}
