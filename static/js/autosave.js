// form[data-autosave-url]: sent 800 ms after the last change. The answer is JSON:
// {"saved_at": "14:05", "url"?: where the next save goes, "fields"?: {name: value} of hidden inputs}.
import { forEach } from "./on-load.js";
import { clockTime, word } from "./words.js";

const IDLE = 800;
const RETRY = 15000;

class Autosave {
  constructor(form) {
    this.form = form;
    this.mark = form.querySelector("[data-autosave-mark]");
    this.timer = 0;
    this.running = false;
    this.again = false;
    form.addEventListener("input", () => this.later());
    form.addEventListener("change", () => this.later());
    form.addEventListener("submit", () => clearTimeout(this.timer));
  }

  later(delay = IDLE) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  async save() {
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = true;
    try {
      await this.send();
    } catch {
      this.say(word("save_failed"), true);
      this.later(RETRY);
    }
    this.running = false;
    if (this.again) {
      this.again = false;
      this.later();
    }
  }

  async send() {
    const body = new FormData(this.form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    const response = await fetch(this.form.dataset.autosaveUrl, {
      method: "POST", body, credentials: "same-origin", redirect: "manual",
      headers: { "X-Autosave": "1", "Accept": "application/json" },
    });
    if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) {
      this.say(word("save_expired"), true);
      return;
    }
    if (!response.ok) throw new Error(String(response.status));
    this.take(response.status === 204 ? {} : await response.json());
  }

  take(answer) {
    if (answer.url) this.form.dataset.autosaveUrl = answer.url;
    for (const [name, value] of Object.entries(answer.fields ?? {})) {
      const input = this.form.elements.namedItem(name);
      if (input) input.value = value;
    }
    this.say(word("saved", { time: answer.saved_at ?? clockTime() }), false);
    this.form.dispatchEvent(new CustomEvent("hejie:saved", { bubbles: true, detail: answer }));
  }

  say(text, bad) {
    if (!this.mark) return;
    this.mark.textContent = text;
    this.mark.classList.toggle("is-bad", bad);
  }
}

export function startAutosave() {
  forEach("form[data-autosave-url]", (form) => new Autosave(form));
}
