// Rows of a grid that can grow: a blank one at the bottom (<template data-grid-row>), pasted blocks matched on their codes
// (data-keys: how many columns those are), one value set in all rows shown, and the meaning of the column one is in.

import { controlOf, initial, read, rowsOf } from "./grid-cells.js";

const MOST = 1000;

export function growing(grid) {
  const { table, changes } = grid;
  const template = changes.form?.querySelector("template[data-grid-row]");
  if (template) {
    changes.grow = (count) => grow(changes, template, count);
    for (const button of changes.buttons("gridAdd")) {
      button.addEventListener("click", () => {
        changes.grow(1);
        firstControl(blankRows(table)[0])?.focus();
      });
    }
    // Whoever fills the last row finds another below it.
    table.addEventListener("grid:change", () => changes.grow(1));
  }
  if (table.dataset.keys) changes.byKey = (lines) => rowsByKey(changes, lines);
  for (const button of changes.buttons("gridSet")) {
    button.addEventListener("click", () => setAll(changes, button.dataset.gridSet, button.dataset.value));
  }
  const hint = table.closest(".frame")?.querySelector("[data-grid-hint]");
  table.addEventListener("focusin", (event) => {
    const head = table.tHead?.rows[0].cells[event.target.closest("td")?.cellIndex];
    if (hint && head?.dataset.hint) hint.textContent = head.dataset.hint;
  });
}

/** Whether a word names the row that this cell is the key of: by its code, or by what is shown for it. */
export function isSameKey(cell, word) {
  const wanted = word.trim().toLowerCase();
  return (cell.dataset.key ?? cell.textContent.trim()).split("|").some((one) => one.toLowerCase() === wanted);
}

const isBlank = (cells) => cells.map(controlOf).filter(Boolean).every((control) => read(control) === initial(control));
const blankRows = (table) => rowsOf(table, true).filter((cells) => cells[0].closest("tr.new-row") && isBlank(cells));
const firstControl = (cells) => cells?.map(controlOf).find(Boolean);

/** See to it that there are so many blank rows. */
function grow(changes, template, count) {
  const { table } = changes;
  let serial = Math.max(0, ...[...table.querySelectorAll("tr.new-row [name]")].map((control) => parseInt(control.name.slice(1), 10)));
  for (let left = Math.min(count, MOST) - blankRows(table).length; left > 0; left--) {
    const row = template.content.querySelector("tr").cloneNode(true);
    serial += 1;
    for (const control of row.querySelectorAll("[name]")) {
      control.name = control.name.replace(/^\*\d+:/, `*${serial}:`);
      control.tabIndex = -1;
      changes.known.set(control, read(control));
    }
    table.tBodies[table.tBodies.length - 1].append(row);
  }
}

/** Per line of a pasted block the row that it is about: the one of those codes, wherever it stands, else a new one. */
function rowsByKey(changes, lines) {
  const size = Number(changes.table.dataset.keys);
  const known = rowsOf(changes.table, true).filter((cells) => !cells[0].closest("tr.new-row"));
  const found = lines.map((words) => known.find((cells) => cells.slice(0, size).every((cell, at) => isSameKey(cell, words[at] ?? ""))));
  changes.grow?.(found.filter((cells) => !cells).length);
  const free = blankRows(changes.table);
  return found.map((cells) => cells ?? free.shift());
}

function setAll(changes, field, value) {
  const controls = rowsOf(changes.table).filter((cells) => !isNewAndBlank(cells))
    .map((cells) => cells.map(controlOf).find((control) => control?.dataset.field === field));
  changes.apply(controls.filter((control) => control && read(control) !== value)
    .map((control) => ({ control, from: changes.known.get(control), to: value })));
}

const isNewAndBlank = (cells) => Boolean(cells[0].closest("tr.new-row")) && isBlank(cells);
