// Numbers as people write and paste them: Dutch 1.234,56 and English 1,234.56, whatever the page's language.

const english = document.documentElement.lang.startsWith("en");
const locale = english ? "en-GB" : "nl-NL";

/** A number; null for nothing; NaN for what is no number. Where a text could be both, the page's language decides. */
export function parse(text) {
  let digits = String(text ?? "").replace(/[\s\u00a0\u202f€%']/g, "").replace(/^[−–](?=\d)/, "-");
  if (digits === "" || digits === "–" || digits === "-") return null;
  const [dot, comma] = [digits.lastIndexOf("."), digits.lastIndexOf(",")];
  if (dot >= 0 && comma >= 0) {
    const group = dot > comma ? /,/g : /\./g; // what stands last is the decimal sign
    digits = digits.replace(group, "").replace(",", ".");
  } else if (comma >= 0) {
    digits = isGrouped(digits, ",", english) ? digits.replace(/,/g, "") : digits.replace(",", ".");
  } else if (dot >= 0 && isGrouped(digits, ".", !english)) {
    digits = digits.replace(/\./g, "");
  }
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(digits) ? Number(digits) : NaN;
}

/** Is the sign between groups of three? With one group it is so only where this language groups by that sign. */
function isGrouped(digits, sign, usual) {
  const groups = digits.replace(/^[+-]/, "").split(sign);
  const shaped = /^[1-9]\d{0,2}$/.test(groups[0]) && groups.slice(1).every((group) => /^\d{3}$/.test(group));
  return shaped && (usual || groups.length > 2);
}

/** A number in the page's notation. */
export function write(number, decimals = 0) {
  const format = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return new Intl.NumberFormat(locale, format).format(number === 0 ? 0 : number);
}

/** A number as long as it is. Ungrouped where thousands are unlikely, so that 1.234 taken for 1234 is seen. */
export function writeFree(number, ungrouped) {
  const format = { maximumFractionDigits: 12, useGrouping: !ungrouped };
  return new Intl.NumberFormat(locale, format).format(number === 0 ? 0 : number);
}

/** Dutch and English alphabets sort alike, digits inside a text count as numbers. */
export const compareTexts = new Intl.Collator(locale, { numeric: true, sensitivity: "base" }).compare;
