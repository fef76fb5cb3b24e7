// 常用语: a button at textarea[data-canned] (the address of its list) opens the sentences of one's own unit, a dozen at
// most and by words in them; the chosen one is put in where the caret stands. Nothing is filled in by itself.
import { element } from "./combobox-parts.js";
import { forEach } from "./on-load.js";
import { OptionList, insertAt } from "./option-list.js";
import { word } from "./words.js";

const WAIT = 150;
let serial = 0;

class Canned {
  constructor(area) {
    this.area = area;
    this.asked = 0;
    this.id = `canned-${serial += 1}`;
    this.button = element("button", { type: "button", class: "btn btn-plain btn-sm canned-button", "aria-expanded": "false", "aria-controls": this.id });
    this.button.textContent = word("canned");
    this.panel = element("div", { class: "combobox canned-panel", id: this.id, hidden: "" });
    this.find = element("input", {
      type: "text", class: "form-control", role: "combobox", autocomplete: "off", "aria-autocomplete": "list",
      "aria-expanded": "false", "aria-label": word("canned_find"), placeholder: word("canned_find"), "data-no-keep": "",
    });
    this.options = new OptionList(this.find, { label: word("canned"), choose: (option) => this.choose(option), expands: true });
    this.find.setAttribute("aria-controls", this.options.list.id);
    this.none = element("p", { class: "field-help canned-none", hidden: "" });
    this.none.textContent = word("canned_none");
    this.panel.append(this.find, this.options.list, this.none, this.options.announce.status);
    area.after(this.button, this.panel);
    this.listen();
  }

  listen() {
    this.button.addEventListener("click", () => (this.panel.hidden ? this.open() : this.close()));
    this.find.addEventListener("input", () => this.look(WAIT));
    this.find.addEventListener("keydown", (event) => this.onKey(event));
    this.panel.addEventListener("focusout", (event) => {
      if (!this.panel.contains(event.relatedTarget) && event.relatedTarget !== this.button) this.close();
    });
  }

  open() {
    this.panel.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    this.find.value = "";
    this.find.focus();
    this.look(0);
  }

  async look(wait) {
    const asked = this.asked += 1;
    await new Promise((resolve) => { setTimeout(resolve, wait); });
    if (asked !== this.asked) return;
    const found = await this.ask().catch(() => []);
    if (asked !== this.asked || this.panel.hidden) return;
    this.options.show(found);
    this.none.hidden = found.length > 0;
  }

  async ask() {
    const address = new URL(this.area.dataset.canned, location.href);
    address.searchParams.set("q", this.find.value.trim());
    const response = await fetch(address, { credentials: "same-origin", headers: { Accept: "application/json" } });
    return response.ok ? (await response.json()).results : [];
  }

  onKey(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
      this.button.focus();
    } else if (!this.options.onKey(event) && event.key === "Enter") event.preventDefault(); // never sends the form
  }

  choose(option) {
    this.area.focus();
    insertAt(this.area, option.label);
    this.close();
  }

  close() {
    this.asked += 1;
    this.options.close();
    this.panel.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
  }
}

export function startCanned() {
  forEach("textarea[data-canned]", (area) => new Canned(area));
}
