// Cells of a grid: what can be edited in them, what they hold, and whether that is right.

import { parse, write, writeFree } from "./numbers.js";
import { text } from "./texts.js";

export const controlOf = (cell) => cell.querySelector("input:not([type=hidden]):not(:disabled), select:not(:disabled)");
export const canEdit = (control) => Boolean(control) && !control.readOnly;
export const isText = (control) => control.tagName === "INPUT" && control.type !== "checkbox";
export const isNumber = (control) => isText(control) && ["decimal", "numeric"].includes(control.inputMode);

/** The rows that can be walked through: shown (or `all`), and not a heading of a group. */
export function rowsOf(table, all = false) {
  return [...table.tBodies].flatMap((body) => [...body.rows])
    .filter((row) => (all || !row.hidden) && !row.classList.contains("group"))
    .map((row) => [...row.cells].filter((cell) => cell.tagName === "TD"))
    .filter((cells) => cells.length);
}

export function read(control) {
  return control.type === "checkbox" ? String(control.checked) : control.value.trim();
}

/** What is saved: data-initial when the server gives back what it refused, else what the page came with. */
export function initial(control) {
  if (control.dataset.initial !== undefined) return tidy(control, control.dataset.initial);
  if (control.type === "checkbox") return String(control.defaultChecked);
  if (control.tagName === "SELECT") return ([...control.options].find((option) => option.defaultSelected) ?? control.options[0])?.value ?? "";
  return tidy(control, control.defaultValue);
}

export function put(control, value) {
  if (control.type === "checkbox") control.checked = value === "true";
  else control.value = value;
}

const setting = (control, name) => control.dataset[name] ?? control.closest("table").dataset[name];

/** data-decimals="any": a number is as long as it is. */
const isFree = (control) => setting(control, "decimals") === "any";

/** "27%" in a column of any length is 0,27: what a spreadsheet shows of a share. */
function numberOf(control, words) {
  const number = parse(words);
  const isShare = isFree(control) && number !== null && /%\s*$/.test(words);
  return isShare ? Number((number / 100).toPrecision(15)) : number;
}

/** "0.4" becomes "0,40": a number is written one way, so that the same number is no change. */
export function tidy(control, value) {
  const words = String(value).trim();
  if (!isNumber(control)) return words;
  const number = numberOf(control, words);
  if (number === null) return "";
  if (Number.isNaN(number)) return words;
  if (isFree(control)) return writeFree(number, "ungrouped" in control.dataset);
  const decimals = Number(setting(control, "decimals") ?? 0);
  // More decimals than the column has are a mistake to point at, not to round away.
  return Math.abs(number - Number(number.toFixed(decimals))) < 1e-9 ? write(number, decimals) : words;
}

/** A pasted text as the value of this control; a choice may be pasted by what it says. */
export function fromPaste(control, words) {
  if (control.type === "checkbox") return String(/^(1|x|ja|yes|true|waar)$/i.test(words.trim()));
  if (control.tagName !== "SELECT") return tidy(control, words);
  const wanted = words.trim().toLowerCase();
  const option = [...control.options].find((one) => [one.value, one.textContent.trim(), ...(one.dataset.also ?? "").split("|")].some((name) => name && name.toLowerCase() === wanted));
  return option ? option.value : null;
}

/** What is wrong with the value, in words; empty when it is right. The server judges again. */
export function mistake(control) {
  const value = read(control);
  if (!isNumber(control)) return "";
  const number = numberOf(control, value);
  if (number === null) return "";
  if (Number.isNaN(number)) return text("not_a_number", { value });
  const decimals = isFree(control) ? 0 : Number(setting(control, "decimals") ?? 0);
  const [least, most, step] = ["min", "max", "step"].map((name) => setting(control, name));
  const shown = (limit) => write(Number(limit), Math.max(decimals, (String(limit).split(".")[1] ?? "").length));
  if (least !== undefined && number < Number(least)) return text("too_small", { n: shown(least) });
  if (most !== undefined && number > Number(most)) return text("too_large", { n: shown(most) });
  if (isFree(control) && step === undefined) return "";
  const size = Number(step ?? 10 ** -decimals);
  if (Math.abs(number / size - Math.round(number / size)) > 1e-6) return text("wrong_step", { n: shown(size) });
  return "";
}

/** The number a cell counts for in a total: null when it holds none. */
export function amount(cell) {
  if ("total" in cell.dataset) return null;
  const control = cell.querySelector("input:not([type=hidden]), select");
  if (control) return isNumber(control) ? parse(control.value) : null;
  return cell.dataset.value === undefined ? parse(cell.textContent) : Number(cell.dataset.value);
}
