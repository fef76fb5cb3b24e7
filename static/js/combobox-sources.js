// Where a combobox has its options from, and where it puts what was chosen. `chosen` is the one shown in the box;
// `all` are the chosen ones of a field that takes several; `clear` forgets the one in the box.
const WAIT = 150;

const listed = (option) => ({ value: option.value, label: option.text, note: option.dataset.note });
const usable = (select) => [...select.options].filter((option) => option.value && !option.disabled);
const means = (option, term) => `${option.text} ${option.dataset.search ?? ""}`.toLowerCase().includes(term);

export function fromSelect(select) {
  return {
    chosen: () => (select.value ? select.selectedOptions[0]?.text ?? "" : ""),
    find: async (term) => usable(select).filter((option) => means(option, term.toLowerCase())).map(listed),
    choose: (option) => { select.value = option.value; },
    clear: () => { select.value = ""; },
  };
}

export function fromSelectMultiple(select) {
  const set = (value, selected) => {
    for (const option of select.options) if (option.value === value) option.selected = selected;
  };
  return {
    chosen: () => "",
    all: () => [...select.selectedOptions].map(listed),
    find: async (term) => usable(select)
      .filter((option) => !option.selected && means(option, term.toLowerCase())).map(listed),
    choose: (option) => set(option.value, true),
    remove: (value) => set(value, false),
  };
}

export function fromAddress(input) {
  return {
    chosen: () => (input.value ? input.dataset.label ?? input.value : ""),
    find: (term) => ask(input, term),
    choose: (option) => take(input, option),
    clear: () => take(input, { value: "", label: "" }),
  };
}

// Several inputs of one name, each for one choice; without this script each is filled in by itself.
export function fromSeveral(box) {
  const slots = [...box.querySelectorAll("input[data-combobox-url]")];
  const filled = () => slots.filter((slot) => slot.value);
  const isFull = () => filled().length === slots.length;
  return {
    control: slots[0],
    chosen: () => "",
    all: () => filled().map((slot) => ({ value: slot.value, label: slot.dataset.label || slot.value })),
    isFull,
    async find(term) {
      if (isFull()) return [];
      const taken = new Set(filled().map((slot) => slot.value));
      return (await ask(slots[0], term)).filter((option) => !taken.has(option.value));
    },
    choose(option) {
      const free = slots.find((slot) => !slot.value);
      if (option.value && free && !filled().some((slot) => slot.value === option.value)) take(free, option);
    },
    remove: (value) => slots.filter((slot) => slot.value === value).forEach((slot) => { take(slot, { value: "", label: "" }); }),
  };
}

function take(input, { value, label }) {
  input.value = value;
  input.dataset.label = label;
}

async function ask(input, term) {
  await new Promise((resolve) => { setTimeout(resolve, WAIT); });
  const address = new URL(input.dataset.comboboxUrl, location.href);
  address.searchParams.set("q", term);
  for (const name of (input.dataset.with ?? "").split(" ").filter(Boolean)) {
    address.searchParams.set(name, input.form.elements.namedItem(name)?.value ?? "");
  }
  const response = await fetch(address, { credentials: "same-origin", headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()).results;
}
