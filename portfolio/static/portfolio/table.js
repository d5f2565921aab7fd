// Sorts, filters and ticks tables that are on the page: <table data-sortable>, <input data-filter="table-id">.

import { compareTexts, parse } from "./numbers.js";
import { say, text } from "./texts.js";

/** Each head with data-sort="text" or "number" gets a button; a cell may say what it sorts by in data-value. */
function makeSortable(table) {
  if (table.dataset.sorts) return;
  table.dataset.sorts = "yes";
  for (const head of table.tHead.querySelectorAll("th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(table, head));
  }
}

function sort(table, head) {
  const down = head.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const compare = head.dataset.sort === "number" ? compareNumbers : compareTexts;
  for (const body of table.tBodies) {
    const rows = [...body.rows].map((row) => [valueOf(row.cells[head.cellIndex]), row]);
    rows.sort(([one], [other]) => {
      // What is empty stays below, whichever way the rest is sorted.
      if (isEmpty(one) || isEmpty(other)) return isEmpty(one) - isEmpty(other);
      return down ? compare(other, one) : compare(one, other);
    });
    body.append(...rows.map(([, row]) => row));
  }
}

function valueOf(cell) {
  if (!cell) return "";
  if (cell.dataset.value !== undefined) return cell.dataset.value;
  const control = cell.querySelector("input:not([type=hidden]), select");
  if (!control) return cell.textContent.trim();
  return control.tagName === "SELECT" ? control.selectedOptions[0]?.textContent.trim() ?? "" : control.value.trim();
}

const isEmpty = (value) => value === "" || value === "–";

function compareNumbers(one, other) {
  // A data-value is written by the server with a point, and reads the same in both notations.
  const [left, right] = [one, other].map((value) => (/^-?\d+\.\d+$/.test(value) ? Number(value) : parse(value)));
  return (Number.isNaN(left) ? Infinity : left) - (Number.isNaN(right) ? Infinity : right);
}

/** Hides the rows that do not hold each of the words; the count is shown and spoken. */
function filter(box) {
  const table = document.getElementById(box.dataset.filter);
  const words = fold(box.value).split(/\s+/).filter(Boolean);
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => !row.matches(".group, .new-row"));
  let shown = 0;
  for (const row of rows) {
    const content = fold([...row.cells].map(valueOf).join(" "));
    row.hidden = !words.every((word) => content.includes(word));
    shown += !row.hidden;
  }
  hideEmptyGroups(table);
  table.dispatchEvent(new CustomEvent("table:filtered"));
  say(text("rows_shown", { n: shown, total: rows.length }), document.querySelector(`[data-filter-count="${table.id}"]`));
}

function hideEmptyGroups(table) {
  for (const group of table.querySelectorAll("tbody tr.group")) {
    let [row, filled] = [group.nextElementSibling, false];
    for (; row && !row.classList.contains("group"); row = row.nextElementSibling) filled ||= !row.hidden;
    group.hidden = !filled;
  }
}

/** "cafe" finds "Café". */
const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** <input type="checkbox" data-tick="name"> in a head ticks every box of that name in a row that is shown. */
function tick(box) {
  for (const other of box.closest("table").querySelectorAll(`tr:not([hidden]) input[name="${box.dataset.tick}"]`)) {
    other.checked = box.checked;
  }
}

function setUp(root) {
  for (const box of root.querySelectorAll("[data-tick]")) box.hidden = false;
  root.querySelectorAll("table[data-sortable]").forEach(makeSortable);
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-filter]")) filter(event.target);
  if (event.target.matches("[data-tick]")) tick(event.target);
});
document.addEventListener("htmx:load", (event) => setUp(event.target));
setUp(document);
