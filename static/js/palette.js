// The command palette: Ctrl+K or [data-palette] opens it, htmx fills its list, the keys choose in it. The server
// decides what stands in the list; nothing of it is kept here once it is closed.
import { announcing } from "./combobox-parts.js";
import { open } from "./dialog.js";
import { word } from "./words.js";

class Palette {
  constructor(dialog) {
    this.dialog = dialog;
    this.input = dialog.querySelector("[role=combobox]");
    this.list = dialog.querySelector("[role=listbox]");
    this.none = dialog.querySelector(".palette-none");
    this.sending = dialog.querySelector(".palette-go");
    this.announce = announcing();
    dialog.append(this.announce.status);
    this.active = -1;
    this.listen();
  }

  listen() {
    this.input.addEventListener("input", () => { this.isStale = true; });
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.form.addEventListener("submit", (event) => event.preventDefault());
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the focus stays in the box
    this.list.addEventListener("click", (event) => this.go(event.target.closest("[role=option]")));
    this.list.addEventListener("htmx:afterSwap", () => this.onFilled());
    this.dialog.addEventListener("close", () => this.empty());
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  show() {
    if (document.querySelector("dialog[open]")) return;
    open(this.dialog);
    this.input.focus();
    this.isStale = true;
    this.input.dispatchEvent(new Event("palette:asked"));
  }

  empty() {
    this.input.value = "";
    this.list.replaceChildren();
    this.none.hidden = true;
    this.isWanted = false;
    this.activate(-1);
    this.input.setAttribute("aria-expanded", "false");
  }

  onFilled() {
    if (!this.dialog.open) return this.empty(); // it was closed meanwhile
    const { options } = this;
    this.isStale = false;
    options.forEach((option, index) => { option.id = `palette-${index}`; });
    this.none.hidden = options.length > 0;
    this.input.setAttribute("aria-expanded", String(options.length > 0));
    this.announce(options.length ? word("results", { n: options.length }) : word("none_found"));
    this.activate(options.length ? 0 : -1);
    if (this.isWanted) this.go(options[0]);
    this.isWanted = false;
    return undefined;
  }

  onKey(event) {
    if (event.isComposing) return; // an input method is choosing characters
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (this.isStale) this.isWanted = true; // Enter came before the answer to what was typed
      else this.go(this.options[this.active]);
    }
  }

  move(by) {
    const count = this.options.length;
    if (count) this.activate((this.active + by + count) % count);
  }

  activate(index) {
    const { options } = this;
    this.active = index;
    options.forEach((option, at) => { option.setAttribute("aria-selected", String(at === index)); });
    if (!options[index]) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", options[index].id);
    return options[index].scrollIntoView({ block: "nearest" });
  }

  // A name is posted: it stands in no address.
  go(option) {
    if (!option) return;
    if (option.dataset.fill) {
      this.sending.action = option.dataset.url;
      this.sending.elements.fill.value = option.dataset.fill;
      this.sending.submit();
    } else {
      location.assign(option.dataset.url);
    }
    this.dialog.close();
  }
}

export function startPalette() {
  const dialog = document.getElementById("palette");
  if (!dialog) return;
  const palette = new Palette(dialog);
  document.addEventListener("keydown", (event) => {
    const asked = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k";
    if (!asked || event.isComposing) return;
    event.preventDefault();
    palette.show();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-palette]") || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    palette.show();
  });
}
