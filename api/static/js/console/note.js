/** The note an agent leaves. It is kept on the server as it is typed, and needed to complete. */
import { fill, make, show } from "../dom.js";
import { ask, handoff } from "./api.js";
import { dispositions } from "./words.js";

const pause = 600;

export class Note {
  /** @param {any} card @param {() => void} completed */
  constructor(card, completed) {
    this.card = card;
    this.completed = completed;
    this.saved = make("span", { class: "small quiet", role: "status" });
    this.text = make("textarea", { class: "input", id: "note", rows: "5", maxlength: "4000", "aria-describedby": "note-hint note-error", oninput: () => this.#soon() });
    this.text.value = card.draft_note ?? "";
    this.kept = this.text.value;
    this.error = make("p", { class: "error", id: "note-error", role: "alert", hidden: true });
    this.outcome = make("select", { class: "input", id: "disposition" }, make("option", { value: "" }, "Choose one"),
      Object.entries(dispositions).map(([code, name]) => make("option", { value: code }, name)));
    this.finish = make("button", { type: "submit", class: "button" }, "Complete");
    this.element = make("form", { class: "note-form", novalidate: true, onsubmit: (/** @type {Event} */ event) => this.#complete(event) },
      make("div", { class: "field" }, make("div", { class: "note-label" }, make("label", { for: "note" }, "Your note"), this.saved),
        make("p", { class: "hint", id: "note-hint" }, "For the next person who opens this case. Drafted for you; please correct it."), this.text),
      make("div", { class: "note-end" }, make("div", { class: "field" }, make("label", { for: "disposition" }, "Outcome"), this.outcome), this.finish),
      make("div", { class: "field" }, this.error));
  }

  /** Write down what is not yet kept, before the card leaves the desk. */
  async flush() {
    clearTimeout(this.timer);
    if (this.text.value !== this.kept) await this.#save();
  }

  #soon() {
    clearTimeout(this.timer);
    fill(this.saved, "Not saved yet");
    this.timer = setTimeout(() => this.#save(), pause);
  }

  async #save() {
    const note = this.text.value;
    try {
      await ask("PUT", handoff(this.card.id, "draft"), { note });
      this.kept = note;
      fill(this.saved, "Saved");
    } catch (trouble) {
      fill(this.saved, "Not saved, trying again");
      if (/** @type {any} */ (trouble).kind === "network") this.timer = setTimeout(() => this.#save(), 3000);
    }
  }

  /** @param {Event} event */
  async #complete(event) {
    event.preventDefault();
    const note = this.text.value.trim();
    this.text.toggleAttribute("aria-invalid", false);
    if (!note) this.text.setAttribute("aria-invalid", "true");
    if (!note || !this.outcome.value) return this.#say(note ? "Choose an outcome." : "A note is needed to complete.", note ? this.outcome : this.text);
    this.finish.disabled = true;
    clearTimeout(this.timer);
    try {
      await ask("POST", handoff(this.card.id, "complete"), { disposition: this.outcome.value, note });
      this.kept = this.text.value;
      this.completed();
    } catch (trouble) { this.#say(/** @type {any} */ (trouble).title, this.finish); }
    this.finish.disabled = false;
  }

  /** @param {string} what @param {HTMLElement} where */
  #say(what, where) {
    fill(this.error, what);
    show(this.error, true);
    where.focus();
  }
}
