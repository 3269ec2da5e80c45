/** The transfer PIN: the caller says four digits, the desk tells whether they are the ones that were given. */
import { fill, make, show } from "../dom.js";
import { ask, handoff } from "./api.js";

/** Where identity is not proved and a PIN was given. @param {any} card @returns {HTMLElement|null} */
export function pin(card) {
  const known = card.verified && card.verified !== "none";
  if (known || !card.transfer_pin || card.transfer_pin.right || card.transfer_pin.tries_left < 1) return null;
  const digits = make("input", { class: "input", id: "pin-digits", inputmode: "numeric", autocomplete: "off", maxlength: "8" });
  const told = make("p", { class: "note", role: "status", hidden: true });
  const go = make("button", { type: "submit", class: "button second" }, "Check");
  return make("form", { class: "pin-check", novalidate: true, onsubmit: async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!digits.value.trim()) { digits.focus(); return; }
    go.disabled = true;
    try {
      const found = await ask("POST", handoff(card.id, "pin"), { digits: digits.value });
      card.verified = found.right ? "transfer_pin" : card.verified;
      fill(told, found.right ? "Right. Identity is proved." : `Not the PIN that was given. Tries left: ${found.tries_left}.`);
      go.disabled = found.right || found.tries_left < 1;
    } catch (trouble) {
      fill(told, /** @type {any} */ (trouble).title || "This did not work. Please try again.");
      go.disabled = false;
    }
    digits.value = "";
    show(told, true);
  } }, make("label", { for: "pin-digits" }, "Transfer PIN the caller says"), digits, go, told);
}
