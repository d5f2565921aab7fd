// A block pasted from Excel goes into the cells from the current one on; what does not fit is told, never dropped in silence.

import { canEdit, controlOf, fromPaste, rowsOf } from "./grid-cells.js";
import { isSameKey } from "./grid-rows.js";
import { text } from "./texts.js";

export function paste(changes, start, block) {
  const lines = block.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
  const rows = rowsOf(changes.table);
  const top = rows.findIndex((cells) => cells.includes(start));
  const left = rows[top].indexOf(start);
  const edits = [];
  const left_out = { outside: 0, readonly: 0, choice: "" };
  const places = left === 0 && changes.byKey ? changes.byKey(lines) : null;
  if (!places) changes.grow?.(top + lines.length - rows.length);
  const found = places ?? rowsOf(changes.table).slice(top, top + lines.length);
  lines.forEach((words, down) => words.forEach((word, across) => {
    const cell = found[down]?.[left + across];
    if (!cell) return void left_out.outside++;
    const control = controlOf(cell);
    if (!canEdit(control)) return void (left_out.readonly += !isSameKey(cell, word));
    const to = fromPaste(control, word);
    if (to === null) return void (left_out.choice = word);
    edits.push({ control, from: changes.known.get(control), to });
  }));
  changes.apply(edits);
  const wrong = edits.filter(({ control }) => control.getAttribute("aria-invalid") === "true").length;
  changes.tell([
    text("pasted", { n: edits.length }),
    wrong && text("pasted_wrong", { n: wrong }),
    left_out.outside && text("pasted_outside", { n: left_out.outside }),
    left_out.readonly && text("pasted_readonly", { n: left_out.readonly }),
    left_out.choice && text("not_an_option", { value: left_out.choice }),
  ].filter(Boolean).join(" "));
}
