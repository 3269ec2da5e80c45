/** Passing a conversation on: to another queue with a word to the next agent, or to a later call. */
import { fill, make, show } from "../dom.js";
import { ask, handoff } from "./api.js";
import { queues } from "./words.js";

/** @param {any} card @param {(what: string) => void} moved */
export function moves(card, moved) {
  return make("p", { class: "moves" },
    make("button", { type: "button", class: "button second", onclick: () => transfer(card, moved) }, "Transfer"),
    make("button", { type: "button", class: "button second", onclick: () => callback(card, moved) }, "Call back later"));
}

/** @param {any} card @param {(what: string) => void} moved */
function transfer(card, moved) {
  const queue = make("select", { class: "input", id: "to-queue" }, make("option", { value: "" }, "Choose one"), Object.entries(queues).filter(([code]) => code !== card.queue).map(([code, name]) => make("option", { value: code }, name)));
  const note = make("textarea", { class: "input", id: "to-note", rows: "4", maxlength: "2000" });
  inDialog("Transfer", "Transfer", [field("To", queue), field("A word to the next agent", note)], async () => {
    if (!queue.value) throw { title: "Choose where to.", field: queue };
    if (!note.value.trim()) throw { title: "Tell the next agent what this is about.", field: note };
    await ask("POST", handoff(card.id, "transfer"), { queue: queue.value, note: note.value.trim() });
    moved("Transferred.");
  });
}

/** @param {any} card @param {(what: string) => void} moved */
function callback(card, moved) {
  const at = make("input", { class: "input", id: "call-at", type: "datetime-local", min: local(new Date()) });
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  inDialog("Call back later", "Arrange the call", [field("When", at, `In your time zone: ${zone}`)], async () => {
    const when = new Date(at.value);
    if (Number.isNaN(when.getTime()) || when.getTime() < Date.now()) throw { title: "Choose a day and time that is still to come.", field: at };
    await ask("POST", handoff(card.id, "callback"), { at: when.toISOString() });
    moved("Call arranged.");
  });
}

/** @param {Date} day */
function local(day) {
  return new Date(day.getTime() - day.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

/** @param {string} label @param {HTMLElement} control @param {string} [hint] */
function field(label, control, hint) {
  return make("div", { class: "field" }, make("label", { for: control.id }, label), hint && make("p", { class: "hint" }, hint), control);
}

/** @param {string} title @param {string} verb @param {HTMLElement[]} fields @param {() => Promise<void>} deed */
function inDialog(title, verb, fields, deed) {
  const error = make("p", { class: "note bad", role: "alert", hidden: true });
  const go = make("button", { type: "submit", class: "button" }, verb);
  const dialog = make("dialog", { class: "dialog", "aria-labelledby": "dialog-title", onclose: () => dialog.remove() },
    make("form", { novalidate: true, onsubmit: async (/** @type {Event} */ event) => {
      event.preventDefault();
      go.disabled = true;
      try {
        await deed();
        dialog.close();
      } catch (trouble) {
        const told = /** @type {any} */ (trouble);
        fill(error, told.title || "This did not work. Please try again.");
        show(error, true);
        (told.field || go).focus();
      }
      go.disabled = false;
    } }, make("h2", { id: "dialog-title" }, title), error, ...fields,
      make("p", { class: "deeds" }, go, make("button", { type: "button", class: "button plain", onclick: () => dialog.close() }, "Cancel"))));
  document.body.append(dialog);
  dialog.showModal();
}
