// Totals of a grid that follow each keystroke, and the closing check: data-total="row", "column" or "all" (data-target).

import { amount, rowsOf } from "./grid-cells.js";
import { write } from "./numbers.js";
import { text } from "./texts.js";

export function updateTotals(table) {
  const decimals = Number(table.dataset.decimals ?? 0) || 0; // "any" has its own in each total
  const columns = new Map();
  let all = 0;
  for (const cells of allRows(table)) {
    let sum = 0;
    for (const cell of cells) {
      const value = amount(cell);
      if (value === null || Number.isNaN(value)) continue;
      sum += value;
      columns.set(cell.cellIndex, (columns.get(cell.cellIndex) ?? 0) + value);
    }
    all += sum;
    show(cells.find((cell) => cell.dataset.total === "row"), sum, decimals);
  }
  for (const cell of table.querySelectorAll("[data-total=column]")) show(cell, columns.get(cell.cellIndex) ?? 0, decimals);
  const frame = table.closest(".frame") ?? table.parentElement;
  for (const place of frame.querySelectorAll("[data-total=all]")) show(place, all, decimals);
}

/** A filter hides rows, never changes a total. */
function allRows(table) {
  const hidden = [...table.querySelectorAll("tbody tr[hidden]")].map((row) => [...row.cells].filter((cell) => cell.tagName === "TD"));
  return [...rowsOf(table), ...hidden];
}

function show(place, sum, usual) {
  if (!place) return;
  const decimals = Number(place.dataset.decimals ?? usual);
  const rounded = Math.round(sum * 10 ** decimals) / 10 ** decimals;
  const target = place.dataset.target === undefined ? null : Number(place.dataset.target);
  // Means of months have more decimals than are shown: what is left of rounding them is no gap.
  const closes = target === null || Math.abs(target - sum) < 0.5 * 10 ** -decimals;
  const gap = closes ? 0 : Math.round((target - rounded) * 10 ** decimals) / 10 ** decimals;
  const pattern = place.dataset.pattern ?? "{sum}";
  const words = pattern.replace("{sum}", write(rounded, decimals)).replace("{target}", write(target ?? 0, decimals));
  const closing = place.closest("[data-closing]");
  const name = closing ? (gap > 0 ? "still_to_divide" : "too_much") : gap > 0 ? "left" : "over"; // a cell has little room
  const word = gap === 0 ? "" : text(name, { n: write(Math.abs(gap), decimals) });
  if (closing) {
    closing.classList.toggle("closing-off", gap !== 0);
    closing.querySelector(".closing-word").textContent = word;
    place.textContent = words;
    return;
  }
  place.classList.toggle("off", gap !== 0);
  place.replaceChildren(words, ...(word ? [Object.assign(document.createElement("span"), { className: "total-word", textContent: word })] : []));
}
