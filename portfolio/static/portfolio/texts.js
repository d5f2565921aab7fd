// What the scripts say: texts come from the page in the reader's language (tag browser_texts), never from here.

const source = document.getElementById("browser-texts");
const texts = source ? JSON.parse(source.textContent) : {};

/** The text by name, with {places} filled; one/many by the number under `n`. */
export function text(name, params = {}) {
  const found = texts[name] ?? name;
  return found.replace(/\{(\w+)\}/g, (place, key) => (key in params ? params[key] : place));
}

/** Speaks to a screen reader; `place` shows it too, for who looks at the page. */
export function say(message, place = null) {
  const live = place ?? document.getElementById("live");
  if (!live) return;
  // The same words twice are silent, unless the region was empty in between.
  live.textContent = "";
  setTimeout(() => { live.textContent = message; }, 30);
}
