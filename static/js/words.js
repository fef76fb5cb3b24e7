// The sentences of this page's language, written into it by {% js_words %}.
const source = document.getElementById("js-words");
const words = source ? JSON.parse(source.textContent) : {};

export function word(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export function clockTime(moment = new Date()) {
  return new Intl.DateTimeFormat("zh-CN", {
    hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "Asia/Shanghai",
  }).format(moment);
}
