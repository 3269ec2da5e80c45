/** The conversation itself, and the agent's answer. On the phone the agent speaks; here they only read along. */
import { bubble, delivery } from "../chat/bubble.js";
import { Outgoing } from "../chat/outgoing.js";
import { make, show } from "../dom.js";
import { newId } from "../ids.js";
import { ask, handoff, listOf } from "./api.js";
import { t } from "./words.js";

export class Conversation {
  /** @param {any} card */
  constructor(card) {
    this.card = card;
    this.cursor = "";
    /** @type {Map<string, HTMLElement>} */ this.items = new Map();
    this.list = make("ol", { class: "thread" });
    this.scroller = make("div", { class: "scroller", tabindex: "0", role: "log", "aria-live": "polite", "aria-label": "Conversation" }, this.list);
    this.ended = make("p", { class: "note warn", role: "status", hidden: true }, "The caller has left. Please write your note and complete.");
    this.element = make("section", { class: "conversation", "aria-label": "Conversation" }, this.scroller, this.ended, card.channel === "voice" ? this.#phone() : this.#writer());
    this.outgoing = new Outgoing({
      post: (letter) => ask("POST", handoff(card.id, "messages"), { text: letter.text }, letter.id),
      taken: (letter, answer) => this.#taken(letter, answer),
      state: (letter, state) => this.#mark(letter, state),
      trouble: (letter, trouble) => this.#mark(letter, "failed", trouble.title),
      changed: () => {},
    });
  }

  /** Fetch what is new. */
  async refresh() {
    const answer = await ask("GET", handoff(this.card.id, "messages") + (this.cursor ? `?after=${encodeURIComponent(this.cursor)}` : ""));
    const messages = listOf(answer, "messages");
    for (const message of messages) this.#take(message);
    if (messages.length) this.cursor = messages[messages.length - 1].id;
    show(this.ended, answer.state === "closed");
  }

  #phone() {
    return make("p", { class: "note on-phone" }, make("strong", {}, "The caller is on the phone."), " What is said there by keypad and speech appears here; your own words do not.");
  }

  #writer() {
    const text = make("textarea", { class: "input", id: "reply", rows: "2", maxlength: "1600", placeholder: "Write your answer", lang: this.card.language, onkeydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      send();
    } });
    const send = () => {
      const words = text.value.trim();
      if (!words) return;
      text.value = "";
      this.#say(words);
      text.focus();
    };
    const where = this.card.channel === "sms" ? "Your answer goes out as a text message" : "Your answer appears in the caller’s chat";
    return make("form", { class: "writer reply", onsubmit: (/** @type {Event} */ event) => { event.preventDefault(); send(); } },
      make("label", { for: "reply", class: "unseen" }, "Your answer"), text, make("button", { type: "submit", class: "button" }, "Send"), make("p", { class: "hint" }, where, ". Enter sends, Shift and Enter begin a new line."));
  }

  /** @param {string} text */
  #say(text) {
    const letter = { id: newId(), text };
    this.#add(letter.id, { id: letter.id, at: new Date().toISOString(), from: "agent", language: this.card.language, text });
    this.outgoing.add(letter);
  }

  /** @param {any} letter @param {any} answer */
  #taken(letter, answer) {
    this.#mark(letter, "sent");
    const item = this.items.get(letter.id);
    const made = listOf(answer, "messages").find((one) => one.from === "agent" || one.text === letter.text) ?? answer.message ?? (answer.id ? answer : null);
    if (item && made?.id && this.items.has(made.id)) item.remove();
    else if (item && made?.id) this.items.set(made.id, item);
    else if (item) item.dataset.loose = letter.text;
  }

  /** @param {any} message */
  #take(message) {
    if (!message?.id || this.items.has(message.id)) return;
    const loose = message.from === "agent" && [...this.list.children].find((item) => /** @type {HTMLElement} */ (item).dataset.loose === message.text);
    if (loose) {
      delete /** @type {HTMLElement} */ (loose).dataset.loose;
      this.items.set(message.id, /** @type {HTMLElement} */ (loose));
    } else this.#add(message.id, message);
  }

  /** @param {string} id @param {any} message */
  #add(id, message) {
    const item = bubble(message, /** @type {any} */ (t), "en");
    this.items.set(id, item);
    this.list.append(item);
    this.scroller.scrollTo({ top: this.scroller.scrollHeight });
  }

  /** @param {any} letter @param {"sending"|"sent"|"failed"} state @param {string} [why] */
  #mark(letter, state, why) {
    const item = this.items.get(letter.id);
    if (!item) return;
    delivery(item, state, /** @type {any} */ (t), { why, again: this.outgoing.unsent.includes(letter) ? () => this.outgoing.again() : null });
    this.scroller.scrollTo({ top: this.scroller.scrollHeight });
  }
}
