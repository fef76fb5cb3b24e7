// Small parts of lists of options: elements, a row, labels, what is said aloud.
export function element(tag, attributes = {}) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

// A row of a list: its label, and in small letters what tells it from others alike.
export function optionRow(id, option) {
  const row = element("li", { role: "option", id, class: "combobox-option", "aria-selected": "false" });
  row.append(option.label);
  if (option.note) {
    const note = element("span", { class: "note" });
    note.textContent = option.note;
    row.append(note);
  }
  return row;
}

// Says the same words again when they come again: a status that does not change is not read.
export function announcing() {
  const status = element("span", { class: "visually-hidden", role: "status" });
  const say = (text) => { status.textContent = status.textContent === text ? `${text}\u200b` : text; };
  say.status = status;
  return say;
}

// The label of the field becomes the label of the box and names its list.
export function labelled(control, input, list) {
  if (control.hasAttribute("aria-label")) list.setAttribute("aria-label", control.getAttribute("aria-label"));
  for (const label of document.querySelectorAll(`label[for="${CSS.escape(control.id)}"]`)) {
    label.htmlFor = input.id;
    list.setAttribute("aria-label", label.textContent.trim());
    input.removeAttribute("aria-label"); // the label says it
  }
}
