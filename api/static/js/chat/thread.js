/** The conversation on the screen: each message once, your own recognised when the server hands it back, buttons good for one press. */
import { make } from "../dom.js";
import { bubble, delivery, label, write } from "./bubble.js";

/** @typedef {import("./api.js").Message} Message */

export class Thread {
  /** @param {HTMLOListElement} list @param {HTMLElement} scroller @param {(choice: {id: string, label: string}) => void} chosen */
  constructor(list, scroller, chosen) {
    this.list = list;
    this.scroller = scroller;
    this.chosen = chosen;
    /** @type {any} */ this.t = null;
    /** @type {"en"|"es"} */ this.language = "en";
    /** @type {Map<string, HTMLElement>} by message id */ this.items = new Map();
    /** @type {HTMLElement[]} your messages the server has not handed back yet */ this.mine = [];
    this.#stayAtEnd();
  }

  /** Whoever reads at the end stays there when a state line comes, the box grows or "Not sent" appears. */
  #stayAtEnd() {
    let atEnd = true;
    this.scroller.addEventListener("scroll", () => { atEnd = this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < 48; });
    const watch = new ResizeObserver(() => atEnd && this.follow(null));
    watch.observe(this.scroller);
    watch.observe(this.list);
  }

  /** @param {any} t @param {"en"|"es"} language */
  speak(t, language) {
    this.t = t;
    this.language = language;
    for (const item of this.list.querySelectorAll(".bubble")) label(/** @type {HTMLElement} */ (item), t, language);
  }

  clear() {
    this.list.replaceChildren();
    this.items.clear();
    this.mine = [];
  }

  /** A message from the server. @param {Message} message @returns {boolean} whether it is new here */
  take(message) {
    if (!message?.id || this.items.has(message.id)) return false;
    if (message.from === "you" && this.#adopt(message)) return false;
    if (message.from === "you") this.retireChoices();
    const item = bubble(message, this.t, this.language);
    this.items.set(message.id, item);
    this.list.append(item);
    if (message.choices?.length) this.#offer(item, message);
    this.follow(message.from === "you" ? null : item);
    return true;
  }

  /** Your message, before the server knows it. @param {{id: string, text: string}} letter */
  mineIs(letter) {
    this.retireChoices();
    const item = bubble({ id: letter.id, at: new Date().toISOString(), from: "you", language: "", text: letter.text }, this.t, this.language);
    this.items.set(letter.id, item);
    this.mine.push(item);
    this.list.append(item);
    this.follow(null);
  }

  /** @param {string} id @param {"sending"|"sent"|"failed"} state @param {{why?: string, again?: (() => void)|null}} [failure] */
  delivery(id, state, failure) {
    const item = this.items.get(id);
    if (item) delivery(item, state, this.t, failure);
  }

  /** @param {string} id of your message that is shown already */
  drop(id) {
    const item = this.items.get(id);
    this.mine = this.mine.filter((mine) => mine !== item);
    this.items.delete(id);
    item?.remove();
  }

  /** A line of our own that is no message: it is not in the record. @param {string} text */
  remark(text) {
    this.list.append(make("li", { class: "remark" }, text));
    this.follow(null);
  }

  /** Buttons are answered once; any answer of yours settles them. */
  retireChoices() {
    for (const group of this.list.querySelectorAll(".choices:not(.spent)")) {
      group.classList.add("spent");
      for (const button of group.querySelectorAll("button")) button.disabled = true;
    }
  }

  /** Keep the newest in view: a long answer is shown from its beginning. @param {HTMLElement|null} item */
  follow(item) {
    const box = this.scroller;
    const top = item && item.offsetHeight > box.clientHeight - 80 ? item.offsetTop - 12 : box.scrollHeight;
    box.scrollTo({ top });
  }

  /** The server's copy of what you wrote takes the place of ours. @param {Message} message */
  #adopt(message) {
    const item = (message.client_id && this.items.get(message.client_id))
      || this.mine.find((mine) => mine.querySelector(".text")?.textContent === message.text) || this.mine[0];
    if (!item) return false;
    this.mine = this.mine.filter((mine) => mine !== item);
    this.items.set(message.id, item);
    write(item, message);
    label(item, this.t, this.language);
    return true;
  }

  /** @param {HTMLElement} item @param {Message} message */
  #offer(item, message) {
    const group = make("div", { class: "choices", role: "group", "aria-label": message.text.slice(0, 120) });
    for (const choice of message.choices || []) {
      group.append(make("button", { type: "button", class: "button second", lang: message.language, onclick: () => {
        this.retireChoices();
        this.chosen(choice);
      } }, choice.label));
    }
    item.append(group);
  }
}
