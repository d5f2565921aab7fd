// Asks the server what pending edits would do, and shows its answer: <table data-grid data-preview-url="...">.
// Sent: the changed cells, as the form would. Answer: {"cells": {name: "0,45" or {"value", "class"}}, "texts": {id: words}, "message"}.

import { controlOf } from "./grid-cells.js";
import { text } from "./texts.js";

export function preview(changes) {
  const { table, form } = changes;
  let running = null;
  table.addEventListener("grid:settled", async () => {
    if (changes.wrong().length) return;
    running?.abort(); // a newer edit makes the older answer worthless
    const mine = running = new AbortController();
    table.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(table.dataset.previewUrl, {
        method: "POST", body: new FormData(form), signal: mine.signal, headers: { Accept: "application/json" },
      });
      if (!answer.ok) throw new Error(String(answer.status));
      show(changes, await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") changes.tell(text("preview_failed"));
    } finally {
      if (running === mine) table.removeAttribute("aria-busy");
    }
  });
}

function show(changes, { cells = {}, texts = {}, message = "" }) {
  for (const [name, given] of Object.entries(cells)) {
    const { value, class: heat } = typeof given === "object" ? given : { value: given };
    const cell = changes.table.querySelector(`[data-cell="${CSS.escape(name)}"]`) ?? changes.form.elements[name]?.closest("td");
    if (!cell) continue;
    const control = controlOf(cell);
    if (control) changes.takeOver(control, value);
    else cell.textContent = value;
    if (heat === undefined) continue;
    cell.classList.remove(...[...cell.classList].filter((name) => name.startsWith("heat-")));
    if (heat) cell.classList.add(heat);
  }
  for (const [id, words] of Object.entries(texts)) document.getElementById(id)?.replaceChildren(words);
  changes.refresh();
  if (message) changes.tell(message);
  changes.table.dispatchEvent(new CustomEvent("grid:previewed", { bubbles: true }));
}
