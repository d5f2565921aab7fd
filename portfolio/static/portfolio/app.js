// What every page does: asks before what cannot be undone, closes messages and explanations, reports failed requests.

import { say, text } from "./texts.js";

document.addEventListener("click", (event) => {
  const target = event.target;
  target.closest("[data-close]")?.closest("[data-message]")?.remove();
  if (target.closest("[data-print]")) window.print();
  for (const open of document.querySelectorAll("details.help[open]")) {
    if (!open.contains(target)) open.open = false;
  }
  const asking = target.closest("[data-confirm]");
  if (asking && !asking.dataset.confirmed) {
    event.preventDefault();
    event.stopImmediatePropagation();
    confirmThen(asking);
  }
}, true);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const lies = "details:is(.help, .column-choice)[open]"; // what lies over the page
  const open = event.target.closest?.(lies) ?? document.querySelector(lies);
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});

/** A button with data-confirm="question" (and data-yes="verb") asks first; the click is repeated after yes. */
function confirmThen(button) {
  const dialog = document.getElementById("confirm");
  const yes = dialog.querySelector("[value=yes]");
  dialog.querySelector("#confirm-text").textContent = button.dataset.confirm;
  yes.textContent = button.dataset.yes ?? yes.dataset.yes;
  yes.classList.toggle("btn-danger", "danger" in button.dataset);
  yes.classList.toggle("btn-primary", !("danger" in button.dataset));
  dialog.returnValue = "no";
  dialog.addEventListener("close", () => {
    button.focus();
    if (dialog.returnValue !== "yes") return;
    button.dataset.confirmed = "yes";
    button.click();
    delete button.dataset.confirmed;
  }, { once: true });
  dialog.showModal();
}

// A form that submits as soon as a choice is made: <select data-submit>. Without scripts its button is there.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});

// A request in the background that fails says so, in sight and to a screen reader.
for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => showMessage(text("request_failed"), "error"));
}

/** Shows a message as the server would have. */
export function showMessage(words, level = "info") {
  const place = document.getElementById("messages");
  if (!place) return say(words);
  const message = document.createElement("div");
  message.className = `message message-${level}`;
  message.append(Object.assign(document.createElement("span"), { className: "message-sign", ariaHidden: "true" }));
  message.append(Object.assign(document.createElement("span"), { textContent: words }));
  place.append(message);
}
