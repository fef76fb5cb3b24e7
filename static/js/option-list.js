// A list of options under a text that is being typed: drawn, walked with the arrow keys, one of them taken. Whoever
// owns the text says when it opens and what a choice does. combobox.js has its own, for what it holds back and tells.
import { announcing, element, optionRow } from "./combobox-parts.js";
import { word } from "./words.js";

let serial = 0;

export class OptionList {
  // `typing`: the element that keeps the focus; `choose` takes an option; `label` names the list.
  constructor(typing, { label, choose, expands = false }) {
    this.typing = typing;
    this.expands = expands; // aria-expanded is for comboboxes only
    this.take = choose;
    this.options = [];
    this.active = -1;
    this.list = element("ul", {
      class: "combobox-list", id: `options-${serial += 1}`, role: "listbox", hidden: "", "aria-label": label,
    });
    this.announce = announcing();
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.onPick(event));
  }

  get isOpen() {
    return !this.list.hidden;
  }

  show(options) {
    this.options = options;
    this.list.replaceChildren(...options.map((option, index) => optionRow(`${this.list.id}-${index}`, option)));
    this.announce(options.length ? word("results", { n: options.length }) : word("none_found"));
    if (options.length === 0) return this.close();
    this.list.hidden = false;
    this.typing.setAttribute("aria-controls", this.list.id);
    if (this.expands) this.typing.setAttribute("aria-expanded", "true");
    return this.activate(0);
  }

  activate(index) {
    this.active = index;
    [...this.list.children].forEach((row, at) => { row.setAttribute("aria-selected", String(at === index)); });
    const row = this.list.children[index];
    this.typing.setAttribute("aria-activedescendant", row.id);
    row.scrollIntoView({ block: "nearest" });
  }

  // Whether the key was the list's.
  onKey(event) {
    if (!this.isOpen || event.isComposing) return false;
    const last = this.options.length - 1;
    if (event.key === "ArrowDown") this.activate(Math.min(this.active + 1, last));
    else if (event.key === "ArrowUp") this.activate(Math.max(this.active - 1, 0));
    else if ((event.key === "Enter" && !event.ctrlKey) || (event.key === "Tab" && !event.shiftKey)) this.choose(this.options[this.active]);
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  onPick(event) {
    const row = event.target.closest("[role=option]");
    if (row) this.choose(this.options[[...this.list.children].indexOf(row)]);
  }

  choose(option) {
    this.close();
    this.take(option);
    this.announce(word("chosen", { label: option.label }));
  }

  close() {
    this.list.hidden = true;
    if (this.expands) this.typing.setAttribute("aria-expanded", "false");
    this.typing.removeAttribute("aria-activedescendant");
    if (!this.expands) this.typing.removeAttribute("aria-controls");
  }
}

// Puts words in at the caret of a text, and the caret behind them; those before the caret from `start` on give way.
export function insertAt(area, words, start = area.selectionStart) {
  area.setRangeText(words, start, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}
