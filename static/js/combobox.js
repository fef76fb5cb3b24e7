// Choosing by typing. select[data-combobox] filters its own options; input[data-combobox-url] asks a JSON address
// ({"results": [{"value", "label", "note"?}]} for ?q=). The select or input itself stays the form's field.
import { forEach } from "./on-load.js";
import { word } from "./words.js";

const SHOWN = 30;
const WAIT = 150;
let serial = 0;

function element(tag, attributes = {}) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

class Combobox {
  constructor(field, source) {
    this.field = field;
    this.source = source;
    this.id = `combobox-${serial += 1}`;
    this.options = [];
    this.active = -1;
    this.build();
    this.listen();
  }

  build() {
    const { field, id } = this;
    this.input = element("input", {
      type: "text", class: "form-select", id: `${field.id}-typing`, role: "combobox", autocomplete: "off",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id,
    });
    for (const name of ["aria-label", "aria-describedby", "aria-invalid", "placeholder"]) {
      if (field.hasAttribute(name)) this.input.setAttribute(name, field.getAttribute(name));
    }
    this.input.placeholder ||= field.dataset.placeholder ?? "";
    this.input.classList.toggle("is-invalid", field.classList.contains("is-invalid"));
    this.list = element("ul", { class: "combobox-list", id, role: "listbox", hidden: "" });
    this.empty = element("div", { class: "combobox-list combobox-empty", "aria-hidden": "true", hidden: "" }); // heard from the status
    this.status = element("span", { class: "visually-hidden", role: "status" });
    const box = element("div", { class: "combobox" });
    field.before(box);
    box.append(field, this.input, this.list, this.empty, this.status);
    field.hidden = true;
    if (field.hasAttribute("aria-label")) this.list.setAttribute("aria-label", field.getAttribute("aria-label"));
    for (const label of document.querySelectorAll(`label[for="${CSS.escape(field.id)}"]`)) {
      label.htmlFor = this.input.id;
      this.list.setAttribute("aria-label", label.textContent.trim());
    }
    this.showChosen();
  }

  listen() {
    this.input.addEventListener("input", () => this.search());
    this.input.addEventListener("click", () => this.search());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("blur", () => this.onBlur());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.onPick(event));
    this.field.addEventListener("change", () => this.showChosen());
    this.field.form?.addEventListener("hejie:restored", () => this.showChosen());
  }

  showChosen() {
    this.input.value = this.source.chosen();
  }

  async search() {
    const term = this.input.value === this.source.chosen() ? "" : this.input.value.trim();
    const asked = this.asked = (this.asked ?? 0) + 1;
    const found = await this.source.find(term);
    if (asked !== this.asked || document.activeElement !== this.input) return;
    this.options = found.slice(0, SHOWN);
    this.paint();
  }

  paint() {
    const rows = this.options.map((option, index) => {
      const row = element("li", { role: "option", id: `${this.id}-${index}`, class: "combobox-option", "aria-selected": "false" });
      row.textContent = option.label;
      if (option.note) {
        const note = element("span", { class: "note" });
        note.textContent = option.note;
        row.append(note);
      }
      return row;
    });
    this.list.replaceChildren(...rows);
    this.list.hidden = rows.length === 0;
    this.empty.textContent = word("none_found");
    this.empty.hidden = rows.length > 0 || !this.input.value.trim();
    this.input.setAttribute("aria-expanded", String(rows.length > 0));
    this.status.textContent = rows.length ? word("results", { n: rows.length }) : word("none_found");
    this.activate(rows.length && this.input.value ? 0 : -1);
  }

  activate(index) {
    this.active = index;
    [...this.list.children].forEach((row, at) => row.setAttribute("aria-selected", String(at === index)));
    const row = this.list.children[index];
    if (!row) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", row.id);
    return row.scrollIntoView({ block: "nearest" });
  }

  onKey(event) {
    if (event.isComposing) return;
    const last = this.options.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) this.search();
      else this.activate(event.key === "ArrowDown" ? Math.min(this.active + 1, last) : Math.max(this.active - 1, 0));
    } else if (event.key === "Enter" && !event.ctrlKey && !this.list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      this.choose(this.options[this.active]);
    } else if (event.key === "Escape" && !(this.list.hidden && this.empty.hidden)) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
  }

  onPick(event) {
    const row = event.target.closest("[role=option]");
    if (row) this.choose(this.options[[...this.list.children].indexOf(row)]);
  }

  choose(option) {
    if (!option) return;
    this.source.choose(option);
    this.showChosen();
    this.close();
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // Emptied means none chosen; half a word falls back to what was chosen.
  onBlur() {
    if (!this.input.value.trim() && this.source.chosen()) this.choose({ value: "", label: "" });
    this.showChosen();
    this.close();
  }

  close() {
    this.list.hidden = true;
    this.empty.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.activate(-1);
  }
}

function fromSelect(select) {
  const texts = () => [...select.options].filter((option) => option.value && !option.disabled);
  const matches = (option, term) => `${option.text} ${option.dataset.search ?? ""}`.toLowerCase().includes(term);
  return {
    chosen: () => (select.value ? select.selectedOptions[0]?.text ?? "" : ""),
    find: async (term) => texts().filter((option) => matches(option, term.toLowerCase()))
      .map((option) => ({ value: option.value, label: option.text, note: option.dataset.note })),
    choose: (option) => { select.value = option.value; },
  };
}

function fromAddress(input) {
  const pause = () => new Promise((resolve) => { setTimeout(resolve, WAIT); });
  return {
    chosen: () => (input.value ? input.dataset.label ?? input.value : ""),
    async find(term) {
      await pause();
      const address = new URL(input.dataset.comboboxUrl, location.href);
      address.searchParams.set("q", term);
      for (const name of (input.dataset.with ?? "").split(" ").filter(Boolean)) {
        address.searchParams.set(name, input.form.elements.namedItem(name)?.value ?? "");
      }
      const response = await fetch(address, { credentials: "same-origin", headers: { Accept: "application/json" } });
      return response.ok ? (await response.json()).results : [];
    },
    choose: (option) => { input.value = option.value; input.dataset.label = option.label; },
  };
}

export function startComboboxes() {
  forEach("select[data-combobox]", (select) => new Combobox(select, fromSelect(select)));
  forEach("input[data-combobox-url]", (input) => new Combobox(input, fromAddress(input)));
}
