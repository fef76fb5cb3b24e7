// Choosing by typing. select[data-combobox] filters its own options; input[data-combobox-url] asks a JSON address
// ({"results": [{"value", "label", "note"?}]} for ?q=). A select with `multiple`, and [data-combobox-several] around
// several inputs of one address, choose any number. The select or inputs themselves stay the form's fields.
//
// What stands in the box is what is sent: words that mean no option are told beside it and hold the form back; they
// never fall back to what was chosen before.
import { announcing, element, labelled, optionRow } from "./combobox-parts.js";
import { fromAddress, fromSelect, fromSelectMultiple, fromSeveral } from "./combobox-sources.js";
import { forEach } from "./on-load.js";
import { word } from "./words.js";

const SHOWN = 30;
let serial = 0;

class Combobox {
  constructor(field, source) {
    this.field = field;
    this.source = source;
    this.id = `combobox-${serial += 1}`;
    this.options = [];
    this.active = -1;
    this.asked = 0;
    this.build();
    this.listen();
  }

  build() {
    const { field, id } = this;
    const control = this.source.control ?? field;
    this.input = element("input", {
      type: "text", class: "form-select", id: `${control.id}-typing`, role: "combobox", autocomplete: "off",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id,
    });
    for (const name of ["aria-label", "aria-describedby", "aria-invalid", "placeholder"]) {
      if (control.hasAttribute(name)) this.input.setAttribute(name, control.getAttribute(name));
    }
    this.helped = this.input.getAttribute("aria-describedby");
    this.input.placeholder ||= control.dataset.placeholder ?? "";
    this.input.classList.toggle("is-invalid", control.classList.contains("is-invalid"));
    this.list = element("ul", { class: "combobox-list", id, role: "listbox", hidden: "" });
    this.told = element("div", { class: "combobox-list combobox-empty", hidden: "" });
    this.wrong = element("div", { class: "combobox-wrong", id: `${id}-wrong`, hidden: "" });
    this.chips = element("ul", { class: "combobox-chips", hidden: "" });
    this.announce = announcing();
    const box = element("div", { class: "combobox" });
    field.before(box);
    box.append(field, this.chips, this.input, this.list, this.told, this.announce.status);
    box.after(this.wrong);
    this.box = box;
    field.hidden = true;
    labelled(control, this.input, this.list);
    this.suggest(control.dataset);
    this.showChosen();
  }

  // One unit that fits, with the reason, to be taken with one press.
  suggest({ suggestValue, suggestLabel, suggestReason }) {
    if (!suggestValue) return;
    const button = element("button", { type: "button", class: "combobox-suggestion" });
    button.textContent = word("suggested", { label: suggestLabel, reason: suggestReason });
    button.addEventListener("click", () => this.choose({ value: suggestValue, label: suggestLabel }));
    this.wrong.after(button);
  }

  listen() {
    this.input.addEventListener("input", () => { this.clearWrong(); this.search(); });
    this.input.addEventListener("click", () => this.search());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("blur", () => this.onBlur());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.onPick(event));
    this.chips.addEventListener("click", (event) => this.onRemove(event));
    this.field.addEventListener("change", () => this.keeping || this.showChosen());
    this.input.form?.addEventListener("hejie:restored", () => this.showChosen());
    this.input.form?.addEventListener("submit", (event) => this.onSubmit(event), true);
  }

  get typed() {
    return this.input.value.trim();
  }

  // Words in the box that stand for nothing chosen.
  get isOpen() {
    return this.typed !== "" && this.typed !== this.source.chosen();
  }

  showChosen() {
    this.input.value = this.source.chosen();
    this.clearWrong();
    const all = this.source.all?.() ?? [];
    this.chips.hidden = all.length === 0;
    this.chips.replaceChildren(...all.map((option) => this.chip(option)));
  }

  chip({ value, label }) {
    const row = element("li", { class: "combobox-chip" });
    const button = element("button", { type: "button", "data-value": value, "aria-label": word("remove", { label }) });
    button.textContent = "×";
    row.append(label, button);
    return row;
  }

  // The options for what is typed, or null when something else was typed meanwhile.
  async ask() {
    const asked = this.asked += 1;
    const term = this.isOpen ? this.typed : "";
    const found = await this.source.find(term).catch(() => null);
    if (asked !== this.asked) return null;
    this.failed = found === null;
    this.foundFor = this.failed ? null : term;
    this.options = (found ?? []).slice(0, SHOWN);
    return this.options;
  }

  async search() {
    const found = await this.ask();
    if (found && document.activeElement === this.input) this.paint();
  }

  paint() {
    const rows = this.options.map((option, index) => optionRow(`${this.id}-${index}`, option));
    this.list.replaceChildren(...rows);
    this.list.hidden = rows.length === 0;
    const nothing = this.failed ? word("offline") : this.source.isFull?.() ? word("most_chosen") : word("none_found");
    this.told.textContent = nothing;
    this.told.hidden = rows.length > 0;
    this.input.setAttribute("aria-expanded", String(rows.length > 0));
    this.announce(rows.length ? word("results", { n: rows.length }) : nothing);
    this.activate(rows.length && this.isOpen ? 0 : -1);
  }

  activate(index) {
    this.active = index;
    [...this.list.children].forEach((row, at) => { row.setAttribute("aria-selected", String(at === index)); });
    const row = this.list.children[index];
    if (!row) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", row.id);
    return row.scrollIntoView({ block: "nearest" });
  }

  onKey(event) {
    if (event.isComposing) return;
    const highlighted = this.list.hidden ? undefined : this.options[this.active];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && !event.ctrlKey && (!this.list.hidden || this.isOpen)) {
      event.preventDefault();
      event.stopPropagation();
      if (highlighted) this.choose(highlighted);
      else if (this.foundFor === this.typed) this.settle();
      else this.search();
    } else if (event.key === "Tab" && !event.shiftKey && highlighted) {
      this.choose(highlighted); // and the focus goes on
    } else if (event.key === "Escape" && !(this.list.hidden && this.told.hidden)) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }

  move(by) {
    if (this.list.hidden) this.search();
    else this.activate(Math.min(Math.max(this.active + by, 0), this.options.length - 1));
  }

  onPick(event) {
    const row = event.target.closest("[role=option]");
    if (row) this.choose(this.options[[...this.list.children].indexOf(row)]);
  }

  onRemove(event) {
    const button = event.target.closest("[data-value]");
    if (!button) return;
    this.announce(word("removed", { label: button.parentElement.firstChild.textContent }));
    this.source.remove(button.dataset.value);
    this.changed();
    this.input.focus();
  }

  choose(option) {
    this.asked += 1; // whatever is still asked for comes too late
    this.source.choose(option);
    this.changed();
    if (option.value) this.announce(word("chosen", { label: option.label }));
  }

  changed() {
    this.showChosen();
    this.close();
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // Emptied means none chosen; words are taken when they can mean one thing only.
  onBlur() {
    this.close();
    if (!this.typed && this.source.chosen()) this.choose({ value: "", label: "" });
    else if (this.isOpen) this.settle();
  }

  async settle() {
    const found = this.foundFor === this.typed ? this.options : await this.ask();
    if (!found || !this.isOpen) return;
    const exact = found.filter((option) => option.label === this.typed);
    const meant = exact.length === 1 ? exact : found;
    if (meant.length === 1) this.choose(meant[0]);
    else this.tellWrong(found.length);
  }

  tellWrong(count) {
    const key = this.failed ? "offline" : count ? "several_found" : "none_found_for";
    this.source.clear?.();
    this.keeping = true; // the words stay in the box
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
    this.keeping = false;
    this.wrong.textContent = word(key, { typed: this.typed });
    this.wrong.hidden = false;
    this.input.classList.add("is-invalid");
    this.input.setAttribute("aria-invalid", "true");
    this.input.setAttribute("aria-describedby", [this.wrong.id, this.helped].filter(Boolean).join(" "));
    this.announce(this.wrong.textContent);
  }

  clearWrong() {
    if (this.wrong.hidden) return;
    this.wrong.hidden = true;
    this.input.classList.remove("is-invalid");
    this.input.removeAttribute("aria-invalid");
    if (this.helped) this.input.setAttribute("aria-describedby", this.helped);
    else this.input.removeAttribute("aria-describedby");
  }

  // Sent by Ctrl+Enter or a button while words in the box stand for nothing: first they are settled.
  onSubmit(event) {
    if (!this.isOpen || this.input.closest(".is-removed")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { form } = this.input, button = event.submitter;
    this.settle().then(() => {
      if (this.isOpen) this.input.focus();
      else form.requestSubmit(button);
    });
  }

  close() {
    this.list.hidden = true;
    this.told.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.activate(-1);
  }
}

export function startComboboxes() {
  forEach("select[data-combobox]", (select) => {
    new Combobox(select, select.multiple ? fromSelectMultiple(select) : fromSelect(select));
  });
  forEach("[data-combobox-several]", (box) => new Combobox(box, fromSeveral(box)));
  forEach("input[data-combobox-url]", (input) => {
    if (!input.closest("[data-combobox-several]")) new Combobox(input, fromAddress(input));
  });
}
