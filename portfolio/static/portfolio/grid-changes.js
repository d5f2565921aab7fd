// What was changed in a grid: marks, mistakes, undo and redo, the count in the save button, and the guard on leaving.

import { controlOf, initial, mistake, put, read, tidy } from "./grid-cells.js";
import { updateTotals } from "./grid-totals.js";
import { say, text } from "./texts.js";

const grids = new Set();
let serial = 0;

export class Changes {
  constructor(table) {
    this.table = table;
    this.form = table.closest("form");
    this.known = new Map(); // control -> the value last committed
    this.done = [];
    this.undone = [];
    this.id = `grid-${++serial}`;
    grids.add(this);
    for (const control of this.controls()) this.known.set(control, read(control));
    this.form?.addEventListener("submit", (event) => this.onSubmit(event));
    this.form?.addEventListener("formdata", (event) => this.keepChangedOnly(event.formData));
    this.controls().forEach((control) => this.mark(control));
    this.refresh();
  }

  controls() {
    return [...this.table.querySelectorAll("tbody td")].map(controlOf).filter(Boolean);
  }

  changed() {
    return this.controls().filter((control) => read(control) !== initial(control));
  }

  wrong() {
    return this.controls().filter((control) => control.getAttribute("aria-invalid") === "true");
  }

  /** Take over what was typed in one control. */
  commit(control) {
    const value = tidy(control, read(control));
    if (value !== read(control)) put(control, value);
    if (value !== this.known.get(control)) this.apply([{ control, from: this.known.get(control), to: value }]);
    else this.mark(control);
  }

  /** Take back what is being typed; true when there was something to take back. */
  restore(control) {
    const before = this.known.get(control);
    if (read(control) === before) return false;
    put(control, before);
    this.mark(control);
    this.refresh();
    say(text("restored", { value: before || "–" }));
    return true;
  }

  /** One step that can be undone, of one cell or of a pasted block. */
  apply(edits) {
    if (!edits.length) return;
    this.done.push(edits);
    this.undone = [];
    this.write(edits.map(({ control, to }) => [control, to]));
  }

  undo() {
    const edits = this.done.pop();
    if (!edits) return this.tell(text("nothing_to_undo"));
    this.undone.push(edits);
    this.write(edits.map(({ control, from }) => [control, from]));
    this.tell(text("undone", { n: edits.length }));
    return edits[0].control;
  }

  redo() {
    const edits = this.undone.pop();
    if (!edits) return this.tell(text("nothing_to_redo"));
    this.done.push(edits);
    this.write(edits.map(({ control, to }) => [control, to]));
    this.tell(text("redone", { n: edits.length }));
    return edits[0].control;
  }

  write(pairs) {
    for (const [control, value] of pairs) {
      put(control, value);
      this.known.set(control, value);
      this.mark(control);
    }
    this.refresh();
    const names = pairs.map(([control]) => control.name);
    const detail = { names, changed: this.changed().map((control) => control.name), wrong: this.wrong().length };
    this.table.dispatchEvent(new CustomEvent("grid:change", { bubbles: true, detail }));
    clearTimeout(this.timer);
    const settled = () => this.table.dispatchEvent(new CustomEvent("grid:settled", { bubbles: true, detail }));
    this.timer = setTimeout(settled, Number(this.table.dataset.delay ?? 300));
  }

  /** Values that come from the server (a preview): no change of the user's, so not to be saved or undone. */
  takeOver(control, value) {
    if (read(control) !== initial(control)) return;
    control.dataset.initial = value;
    put(control, value);
    this.known.set(control, value);
    this.mark(control);
  }

  /** Color is never the only sign: a changed cell has a corner and words, a wrong one a message. */
  mark(control) {
    const cell = control.closest("td");
    const [words, isChanged] = [mistake(control), read(control) !== initial(control)];
    let note = cell.querySelector(".cell-error");
    if (note && !note.dataset.grid && this.known.get(control) === read(control)) return; // the server's, until edited
    cell.classList.toggle("changed", isChanged && !words);
    cell.classList.toggle("wrong", Boolean(words));
    if (words && !note) cell.append(note = Object.assign(document.createElement("span"), { className: "cell-error", id: `${this.id}-${++serial}` }));
    if (note) note.dataset.grid = "yes";
    if (note && !words) note.remove();
    if (words) note.textContent = words;
    control.toggleAttribute("aria-invalid", Boolean(words));
    if (words) control.setAttribute("aria-invalid", "true");
    const described = [control.dataset.described, words && note.id, isChanged && `${this.id}-changed`].filter(Boolean);
    if (described.length) control.setAttribute("aria-describedby", described.join(" "));
    else control.removeAttribute("aria-describedby");
  }

  refresh() {
    updateTotals(this.table);
    const mine = [...grids].filter((grid) => grid.form === this.form && grid.table.isConnected);
    const count = mine.reduce((sum, grid) => sum + grid.changed().length, 0);
    for (const button of this.buttons("gridSave")) {
      button.textContent = text(count === 0 ? "save" : count === 1 ? "save_one" : "save_many", { n: count });
      button.disabled = count === 0;
    }
    for (const button of this.buttons("gridUndo")) button.disabled = !this.done.length;
    for (const button of this.buttons("gridRedo")) button.disabled = !this.undone.length;
  }

  /** Buttons of this form, wherever on the page they stand (attribute form="..."). */
  buttons(name) {
    return [...(this.form?.elements ?? [])].filter((element) => name in element.dataset);
  }

  onSubmit(event) {
    if (document.activeElement?.closest("table") === this.table && this.known.has(document.activeElement)) this.commit(document.activeElement);
    const wrong = this.wrong();
    if (!wrong.length) return void (this.leaving = true);
    event.preventDefault();
    event.stopImmediatePropagation();
    wrong[0].focus();
    this.tell(text(wrong.length === 1 ? "invalid_one" : "invalid_many", { n: wrong.length }));
  }

  /** Only what changed is sent, so that two people can work in one table (data-send="all" sends everything). */
  keepChangedOnly(formData) {
    if (this.table.dataset.send === "all") return;
    const changed = new Set(this.changed().map((control) => control.name));
    for (const control of this.controls()) if (control.name && !changed.has(control.name)) formData.delete(control.name);
  }

  tell(words) {
    say(words, (this.table.closest(".frame") ?? document).querySelector("[data-grid-status]"));
  }
}

window.addEventListener("beforeunload", (event) => {
  if ([...grids].some((grid) => grid.table.isConnected && !grid.leaving && grid.form && grid.changed().length)) event.preventDefault();
});

