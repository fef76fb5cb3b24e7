// @ in textarea[data-mentions] offers the people its form may remind; who is chosen stands in the text and among the
// chosen of the form's [data-combobox-several], where it can be taken out again.
import { element } from "./combobox-parts.js";
import { fromSeveral } from "./combobox-sources.js";
import { forEach } from "./on-load.js";
import { OptionList, insertAt } from "./option-list.js";
import { word } from "./words.js";

const AFTER_AT = /(^|[^A-Za-z0-9._-])@([^\s@，。；：、]{0,20})$/; // not within an address like a@b
const SHOWN = 8;

class Mentions {
  constructor(area, several) {
    this.area = area;
    this.several = several;
    this.source = fromSeveral(several);
    this.asked = 0;
    this.options = new OptionList(area, { label: word("people"), choose: (option) => this.choose(option) });
    const box = element("div", { class: "combobox" });
    area.before(box);
    box.append(area, this.options.list, this.options.announce.status);
    area.setAttribute("aria-autocomplete", "list");
    for (const name of ["input", "click"]) area.addEventListener(name, () => this.look());
    area.addEventListener("keydown", (event) => this.options.onKey(event));
    area.addEventListener("blur", () => this.close());
  }

  // What was typed after the @ before the caret, or null.
  get term() {
    const { value, selectionStart, selectionEnd } = this.area;
    if (selectionStart !== selectionEnd) return null;
    return value.slice(0, selectionStart).match(AFTER_AT)?.[2] ?? null;
  }

  async look() {
    const term = this.term, asked = this.asked += 1;
    if (term === null) return this.options.close();
    const found = await this.source.find(term).catch(() => []);
    if (asked !== this.asked || this.term !== term || document.activeElement !== this.area) return undefined;
    return this.options.show(found.slice(0, SHOWN));
  }

  choose(option) {
    this.asked += 1; // whatever is still asked for comes too late
    this.source.choose(option);
    this.several.dispatchEvent(new Event("change", { bubbles: true }));
    insertAt(this.area, `${option.label} `, this.area.selectionStart - (this.term ?? "").length);
  }

  close() {
    this.asked += 1;
    this.options.close();
  }
}

export function startMentions() {
  forEach("textarea[data-mentions]", (area) => {
    const several = area.form?.querySelector("[data-combobox-several]");
    if (several) new Mentions(area, several);
  });
}
