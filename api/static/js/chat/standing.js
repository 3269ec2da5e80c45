/** How the conversation stands, and what the chat shows of it: who answers, the queue, the connection, someone writing. */
import { fill, show } from "../dom.js";
import { queueLine } from "../words.js";

/** @typedef {import("./api.js").State} State */

const typingLasts = 8000;
const who = { bot: "who_assistant", queue: "who_queue", agent: "who_agent", closed: "who_closed" };
const person = { bot: "person", queue: "person_waiting", agent: "person_here", closed: "person" };

export class Standing {
  /** @param {import("./view.js").View} view @param {{operator: string, phone: string}} settings @param {() => void} follow keeps the newest in view */
  constructor(view, settings, follow) {
    this.view = view;
    this.settings = settings;
    this.follow = follow;
    /** @type {State} */ this.state = "bot";
    /** @type {any} */ this.t = null;
    /** @type {any} */ this.queue = null;
    this.told = "";
    this.lost = false;
  }

  get closed() { return this.state === "closed"; }

  /** @param {any} t */
  speak(t) {
    this.t = t;
    this.set(this.state);
  }

  /** @param {State} state */
  set(state) {
    const { view, t } = this;
    this.state = state in who ? state : "bot";
    view.root.dataset.state = this.state;
    const runBy = this.settings.operator ? ` ${t("run_by", { operator: this.settings.operator })}` : "";
    fill(view.who, t(who[this.state]) + runBy);
    view.person.textContent = t(person[this.state]);
    view.person.disabled = this.state === "queue" || this.state === "agent";
    for (const part of [view.form, view.person, view.end]) show(part, !this.closed);
    show(view.startNew, this.closed);
    if (this.state !== "queue") this.queue = null;
    if (this.closed) this.typing(false);
    this.#draw();
  }

  /** @param {any} queue `{ahead, wait_minutes}` */
  inQueue(queue) {
    this.queue = queue;
    if (this.state === "bot") this.set("queue");
    this.#draw();
  }

  /** A passing word about the line itself; "" takes it away. @param {string} text @param {boolean} [callInstead] */
  tell(text, callInstead = false) {
    this.told = [text, callInstead && this.#call()].filter(Boolean).join(" ");
    this.#draw();
  }

  /** @param {boolean} yes @returns {boolean} whether the network has just come back */
  connected(yes) {
    const back = yes && this.lost;
    this.lost = !yes;
    this.#draw();
    return back;
  }

  /** @param {boolean} yes */
  typing(yes) {
    clearTimeout(this.typingEnds);
    show(this.view.typing, yes);
    if (!yes) return;
    const writer = this.t(this.state === "agent" ? "agent" : "assistant");
    fill(/** @type {Element} */ (this.view.typing.querySelector(".typing-who")), this.t("typing", { who: writer }));
    this.follow();
    this.typingEnds = setTimeout(() => this.typing(false), typingLasts);
  }

  #draw() {
    const { status } = this.view;
    const lost = this.lost ? `${this.t("lost")} ${this.#call()}`.trim() : "";
    const words = this.told || lost || (this.queue ? queueLine(this.t, this.queue) : "");
    status.classList.toggle("trouble", Boolean(this.told || this.lost));
    if (status.textContent !== words) fill(status, words);
    show(status, Boolean(words));
  }

  #call() { return this.settings.phone ? this.t("call_instead", { phone: this.settings.phone }) : ""; }
}
