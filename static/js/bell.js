// The number of unread notices also stands in the title of the tab. A new urgent one, such as a warning, is told
// to the page (`hejie:news` on the body) and, where somebody asked for it on this machine, heard.
import { forEach } from "./on-load.js";

const original = document.title;
const user = document.body.dataset.user ?? "";
const HEARD = `bell-heard:${user}`, SOUND = `bell-sound:${user}`;
const TONES = [660, 880, 660]; // hertz
const TONE = 0.22, PAUSE = 0.3, LOUDNESS = 0.2;

function paint() {
  const mark = document.getElementById("bell");
  const count = mark?.dataset.bell ?? "";
  document.title = count && count !== "0" ? `(${count}) ${original}` : original;
  if (count) listen(Number(mark.dataset.bellUrgent || 0));
}

function listen(newest) {
  const before = read(sessionStorage, HEARD);
  if (before !== null && newest <= Number(before)) return;
  write(sessionStorage, HEARD, newest);
  if (before === null) return; // what lay there when the tab was opened is not news
  document.body.dispatchEvent(new CustomEvent("hejie:news"));
  if (read(localStorage, SOUND) === "on") ring();
}

function ring() {
  const context = new AudioContext();
  TONES.forEach((pitch, index) => {
    const tone = context.createOscillator(), gain = context.createGain();
    const at = context.currentTime + index * PAUSE;
    tone.frequency.value = pitch;
    gain.gain.setValueAtTime(LOUDNESS, at);
    gain.gain.exponentialRampToValueAtTime(0.001, at + TONE);
    tone.connect(gain).connect(context.destination);
    tone.start(at);
    tone.stop(at + TONE);
  });
  window.setTimeout(() => context.close(), 2000);
}

function offerSound(label) {
  const box = label.querySelector("input");
  box.checked = read(localStorage, SOUND) === "on";
  label.hidden = false;
  box.addEventListener("change", () => {
    write(localStorage, SOUND, box.checked ? "on" : "off");
    if (box.checked) ring(); // how it will sound; the browser lets a page ring only after a touch
  });
}

// A browser that keeps nothing still shows the bell.
function read(store, key) {
  try { return store.getItem(key); } catch { return null; }
}

function write(store, key, value) {
  try { store.setItem(key, value); } catch { /* nothing is kept, nothing is lost */ }
}

export function startBell() {
  forEach("[data-bell-sound]", offerSound);
  paint();
  document.addEventListener("htmx:afterSettle", paint);
}
