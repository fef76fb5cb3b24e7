// A button that puts the text of the element it names ([data-copy] is its id) on the clipboard. It stays hidden where the
// browser offers no clipboard to this page (plain http): the text can be marked and copied as any other.
import { forEach } from "./on-load.js";
import { toast } from "./toast.js";
import { word } from "./words.js";

export function startCopying() {
  if (!navigator.clipboard) return;
  forEach("[data-copy]", (button) => {
    const source = document.getElementById(button.dataset.copy);
    button.hidden = false;
    button.addEventListener("click", () => {
      navigator.clipboard.writeText(source.textContent.trim()).then(
        () => toast(word("copied"), "good"),
        () => toast(word("not_copied"), "warn"),
      );
    });
  });
}
