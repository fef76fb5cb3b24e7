// [data-countdown="seconds left when the page was made"] ticks. The words of the server stand until then; what
// screen readers hear stays as it was, with the exact moment.
import { forEach } from "./on-load.js";
import { word } from "./words.js";

const DAY = 86400, HOUR = 3600, MINUTE = 60;
const running = new Map();

function amount(seconds) {
  const days = Math.floor(seconds / DAY), hours = Math.floor((seconds % DAY) / HOUR);
  const minutes = Math.floor((seconds % HOUR) / MINUTE);
  if (days) return word("days_hours", { days, hours });
  if (hours) return word("hours_minutes", { hours, minutes });
  return word("minutes_seconds", { minutes, seconds: seconds % MINUTE });
}

function paint(element, endsAt) {
  const left = Math.trunc((endsAt - Date.now()) / 1000);
  const text = word(left < 0 ? "time_over" : "time_left", { amount: amount(Math.abs(left)) });
  const shown = element.querySelector("[data-countdown-words]");
  if (shown && shown.textContent !== text) shown.textContent = text;
  element.classList.toggle("is-overdue", left < 0);
  element.classList.toggle("is-soon", left >= 0 && left < DAY);
}

function tick() {
  for (const [element, endsAt] of running) {
    if (element.isConnected) paint(element, endsAt);
    else running.delete(element);
  }
}

export function startCountdowns() {
  forEach("[data-countdown]", (element) => {
    running.set(element, Date.now() + Number(element.dataset.countdown) * 1000);
  });
  window.setInterval(() => document.hidden || tick(), 1000);
}
