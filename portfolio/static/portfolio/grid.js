// A table one can work in as in a spreadsheet: <table class="grid" data-grid> whose cells hold inputs. Keys, after the
// WAI-ARIA grid pattern: arrows, Home, End, Ctrl+Home, Ctrl+End, Enter and Tab walk; typing replaces; F2 edits inside;
// Escape takes back, and then lets Tab leave; Ctrl+Z and Ctrl+Y undo and redo; a block from Excel can be pasted.

import { canEdit, controlOf, isText, rowsOf } from "./grid-cells.js";
import { Changes } from "./grid-changes.js";
import { paste } from "./grid-paste.js";
import { preview } from "./grid-preview.js";
import { growing } from "./grid-rows.js";
import { say, text } from "./texts.js";

class Grid {
  constructor(table) {
    this.table = table;
    this.editing = false; // inside a cell: arrows move the caret
    this.leaving = false; // after Escape: Tab does what Tab does
    table.setAttribute("role", "grid");
    for (const control of table.querySelectorAll("tbody [aria-describedby]")) control.dataset.described = control.getAttribute("aria-describedby");
    this.changes = new Changes(table);
    this.describeChanged();
    this.rove();
    if (table.dataset.previewUrl) preview(this.changes);
    growing(this);
    table.addEventListener("keydown", (event) => this.onKey(event));
    table.addEventListener("focusin", (event) => this.onFocus(event));
    table.addEventListener("focusout", (event) => this.changes.known.has(event.target) && this.changes.commit(event.target));
    table.addEventListener("mousedown", (event) => { if (event.target === document.activeElement && this.isField(event.target)) this.edit(true); });
    table.addEventListener("click", (event) => { if (!this.editing && this.isField(event.target)) event.target.select(); });
    table.addEventListener("input", (event) => { this.changes.mark(event.target); this.changes.refresh(); });
    table.addEventListener("change", (event) => { if (!isText(event.target)) this.changes.commit(event.target); });
    table.addEventListener("paste", (event) => this.onPaste(event));
    table.addEventListener("table:filtered", () => this.rove()); // the one stop may have been hidden
    for (const button of this.changes.buttons("gridUndo")) button.addEventListener("click", () => this.changes.undo());
    for (const button of this.changes.buttons("gridRedo")) button.addEventListener("click", () => this.changes.redo());
  }

  /** One stop for Tab: the cell that was last visited, at first the first that can be edited. */
  rove() {
    const cells = rowsOf(this.table).flat();
    for (const cell of cells) {
      this.target(cell).tabIndex = -1;
      if (!canEdit(controlOf(cell))) cell.ariaReadOnly = "true";
    }
    const first = cells.find((cell) => canEdit(controlOf(cell))) ?? cells[0];
    if (first) this.target(first).tabIndex = 0;
  }

  describeChanged() {
    const note = Object.assign(document.createElement("span"), { id: `${this.changes.id}-changed`, hidden: true, textContent: text("changed") });
    this.table.after(note);
  }

  target(cell) {
    return controlOf(cell) ?? cell;
  }

  isField(element) {
    return element.tagName === "INPUT" && element.type !== "checkbox";
  }

  edit(on) {
    this.editing = on;
    this.table.classList.toggle("editing", on);
  }

  onFocus(event) {
    const cell = event.target.closest("tbody td");
    if (!cell || event.target !== this.target(cell)) return;
    this.edit(false);
    this.leaving = false;
    for (const other of this.table.querySelectorAll("tbody [tabindex='0']")) other.tabIndex = -1;
    event.target.tabIndex = 0;
    if (this.isField(event.target)) event.target.select();
  }

  onKey(event) {
    const cell = event.target.closest("tbody td");
    if (!cell || event.isComposing || event.altKey || event.target !== this.target(cell)) return;
    const control = controlOf(cell);
    const command = event.ctrlKey || event.metaKey;
    const key = command && event.key.length === 1 ? `Ctrl+${event.shiftKey ? "Shift+" : ""}${event.key.toLowerCase()}` : event.key;
    if (this.leaving && key === "Tab") return;
    if (key !== "Shift") this.leaving = false;
    if (this.editing && !["Enter", "Tab", "Escape", ...(isText(event.target) ? ["ArrowUp", "ArrowDown"] : [])].includes(key)) return;
    if (this.act(key, event.shiftKey, command, cell, control)) event.preventDefault();
  }

  /** True when the key was taken; else the browser does what it does with it. */
  act(key, shift, command, cell, control) {
    const rows = rowsOf(this.table);
    const row = rows.findIndex((cells) => cells.includes(cell));
    const column = rows[row].indexOf(cell);
    const [bottom, right] = [rows.length - 1, rows[row].length - 1];
    switch (key) {
      case "ArrowUp": return this.go(rows, command ? 0 : row - 1, column);
      case "ArrowDown": return this.go(rows, command ? bottom : row + 1, column);
      case "ArrowLeft": return this.go(rows, row, command ? 0 : column - 1);
      case "ArrowRight": return this.go(rows, row, command ? right : column + 1);
      case "Home": return this.go(rows, command ? 0 : row, 0);
      case "End": return this.go(rows, command ? bottom : row, command ? rows[bottom].length - 1 : right);
      case "PageUp": return this.go(rows, Math.max(0, row - 10), column);
      case "PageDown": return this.go(rows, Math.min(bottom, row + 10), column);
      case "Enter":
        if (control?.tagName === "SELECT" && !this.editing) return this.startEdit(control);
        if (control) this.finish(control);
        return this.go(rows, row + (shift ? -1 : 1), column);
      case "Tab": return this.tab(rows.flat(), cell, shift ? -1 : 1);
      case "F2": return canEdit(control) && this.startEdit(control);
      case "Escape": return this.escape(control);
      case "Ctrl+z": return this.step(control && this.changes.restore(control) ? control : this.changes.undo());
      case "Ctrl+y": case "Ctrl+Shift+z": return this.step(this.changes.redo());
      default: return false;
    }
  }

  /** Past an edge nothing happens, but the page must not scroll away either. */
  go(rows, row, column) {
    const cell = rows[row]?.[Math.min(column, rows[row].length - 1)];
    if (column < 0 || !cell) return true;
    this.target(cell).focus();
    return true;
  }

  /** To the next cell that can be edited; past the last one Tab leaves the table. */
  tab(cells, cell, way) {
    for (let at = cells.indexOf(cell) + way; at >= 0 && at < cells.length; at += way) {
      if (!canEdit(controlOf(cells[at]))) continue;
      controlOf(cells[at]).focus();
      return true;
    }
    return false;
  }

  startEdit(control) {
    this.edit(true);
    if (this.isField(control)) control.setSelectionRange(control.value.length, control.value.length);
    else control.showPicker?.();
    return true;
  }

  finish(control) {
    this.changes.commit(control);
    this.edit(false);
    if (this.isField(control)) control.select();
  }

  escape(control) {
    const restored = control && this.changes.restore(control);
    if (!restored && !this.editing) {
      this.leaving = true;
      say(text("leave_grid"));
    }
    this.edit(false);
    if (control && this.isField(control)) control.select();
    return true;
  }

  step(control) {
    control?.focus();
    if (control && this.isField(control)) control.select();
    return true;
  }

  onPaste(event) {
    const cell = event.target.closest("tbody td");
    const words = event.clipboardData?.getData("text/plain") ?? "";
    // Inside a cell one word is pasted at the caret, as anywhere.
    if (!cell || (this.editing && !/[\t\n]/.test(words.trim()))) return;
    event.preventDefault();
    paste(this.changes, cell, words);
    const control = controlOf(cell);
    if (control && this.isField(control)) control.select();
  }
}

function setUp(root) {
  const tables = [...root.querySelectorAll("table[data-grid]"), ...(root.matches?.("table[data-grid]") ? [root] : [])];
  for (const table of tables) {
    if (table.dataset.grid === "on") continue;
    table.dataset.grid = "on";
    new Grid(table);
  }
}

document.addEventListener("htmx:load", (event) => setUp(event.target));
setUp(document);
