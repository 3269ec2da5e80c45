/** One conversation from hello to goodbye: joins the doors of the server, the live line, and what is on the screen. */
import { fill, show } from "../dom.js";
import { newId } from "../ids.js";
import { queueLine, speaker } from "../words.js";
import { ChatApi } from "./api.js";
import { IdentityForm } from "./identity.js";
import { forget, recall, remember } from "./keep.js";
import { Outgoing } from "./outgoing.js";
import { openRecord } from "./record.js";
import { Stream } from "./stream.js";
import { Thread } from "./thread.js";
import { build, grow, speak } from "./view.js";

/** @typedef {import("./api.js").Message} Message */
/** @typedef {{server: string, language: "en"|"es", operator: string, demo: boolean, phone: string}} Settings */

const typingLasts = 8000;

export class Talk {
  /** @param {Settings} settings */
  constructor(settings) {
    this.settings = settings;
    this.language = settings.language;
    this.t = speaker(this.language);
    this.api = new ChatApi(settings.server);
    this.view = build({
      send: () => this.sendText(), person: () => this.say(this.t("say_person")), record: () => this.record(), end: () => this.askEnd(),
      endYes: () => this.end(), endNo: () => this.keepOn(), language: (to) => this.switchTo(to), startNew: () => this.startNew(),
    });
    this.thread = new Thread(this.view.list, this.view.scroller, (choice) => this.choose(choice));
    this.outgoing = new Outgoing({
      post: (letter) => this.api.send(letter.choice ? { id: letter.id, choice: letter.choice } : { id: letter.id, text: letter.text }),
      taken: (letter, answer) => this.taken(letter, answer),
      state: (letter, state) => this.delivery(letter, state),
      trouble: (letter, trouble) => this.notTaken(letter, trouble),
      changed: () => this.keep(),
    });
    this.stream = new Stream({
      address: () => this.api.streamAddress(), token: () => this.api.token, hear: (frame) => this.hear(frame),
      catchUp: () => this.catchUp(), connected: (yes) => this.connected(yes),
    });
    /** @type {"bot"|"queue"|"agent"|"closed"} */ this.state = "bot";
    /** @type {IdentityForm|null} */ this.identity = null;
    /** @type {any} */ this.queue = null;
    this.cursor = "";
    this.lost = false;
    this.view.text.addEventListener("input", () => grow(this.view.text));
    show(this.view.demo, settings.demo);
    this.speak();
  }

  async start() {
    const kept = recall();
    if (kept) await this.resume(kept);
    else await this.open();
  }

  stop() { this.stream.stop(); }

  async open() {
    this.tell(this.t("opening"));
    try {
      const opened = await this.api.open(this.language);
      this.tell("");
      this.keep();
      this.begin(opened);
    } catch {
      this.tell(`${this.t("open_failed")} ${this.callInstead()}`);
      setTimeout(() => this.open(), 5000);
    }
  }

  /** @param {import("./keep.js").Kept} kept */
  async resume(kept) {
    this.api.conversation = kept.conversation;
    this.api.token = kept.token;
    if (kept.language === "es" || kept.language === "en") this.language = kept.language;
    this.speak();
    try {
      // A returning reader should not hear the whole history read out again.
      this.view.log.setAttribute("aria-live", "off");
      this.begin(await this.api.since());
      setTimeout(() => this.view.log.setAttribute("aria-live", "polite"), 500);
      for (const letter of kept.unsent) this.post(letter);
    } catch (trouble) {
      if (/** @type {any} */ (trouble).kind !== "network") return this.startNew();
      this.tell(this.t("lost"));
      setTimeout(() => this.resume(kept), 3000);
    }
  }

  /** @param {{messages?: Message[], state?: any}} answer */
  begin(answer) {
    this.tell("");
    this.hearAll(answer.messages);
    this.cursor = last(answer.messages) || this.cursor;
    this.setState(answer.state || this.state);
    if (this.state !== "closed") this.stream.start();
  }

  startNew() {
    this.stream.stop();
    forget();
    this.outgoing.clear();
    this.thread.clear();
    this.dropIdentity();
    this.api.token = this.cursor = "";
    this.queue = null;
    this.setState("bot");
    this.open();
    this.view.text.focus();
  }

  // What you do

  sendText() {
    const text = this.view.text.value.trim();
    if (!text || this.state === "closed") return;
    this.view.text.value = "";
    grow(this.view.text);
    this.say(text);
    this.view.text.focus();
  }

  /** @param {string} text */
  say(text) { this.post({ id: newId(), text }); }

  /** @param {{id: string, label: string}} choice */
  choose(choice) {
    this.post({ id: newId(), choice: choice.id, label: choice.label });
    this.view.text.focus({ preventScroll: true });
  }

  /** @param {import("./outgoing.js").Letter} letter */
  post(letter) {
    this.dropIdentity();
    this.view.root.toggleAttribute("data-begun", true);
    this.thread.mineIs({ id: letter.id, text: letter.text ?? letter.label ?? "" });
    this.outgoing.add(letter);
  }

  /** @param {"en"|"es"} language */
  switchTo(language) {
    if (language === this.language) return;
    this.language = language;
    this.speak();
    this.keep();
    if (this.state === "bot" && this.api.token) this.say(this.t("say_language"));
  }

  async record() {
    try { await openRecord(this.api); } catch { this.tell(this.t("record_failed")); }
  }

  askEnd() {
    show(this.view.sure, true);
    this.view.sure.querySelector("button")?.focus();
  }

  keepOn() {
    show(this.view.sure, false);
    this.view.end.focus();
  }

  async end() {
    show(this.view.sure, false);
    try {
      await this.api.end();
      this.setState("closed");
      this.view.startNew.focus();
    } catch { this.tell(this.t("end_failed")); }
  }

  // What comes back

  /** @param {any} letter @param {any} answer */
  taken(letter, answer) {
    this.tell("");
    this.thread.delivery(letter.id, "sent");
    this.typing("");
    this.hearAll(answer.messages);
    this.setState(answer.state || this.state);
  }

  /** @param {any} letter @param {"sending"|"failed"} state */
  delivery(letter, state) {
    if (state === "sending") return this.thread.delivery(letter.id, state);
    this.thread.delivery(letter.id, state, { again: this.outgoing.unsent.includes(letter) ? () => this.outgoing.again() : null });
  }

  /** @param {any} letter @param {any} trouble */
  notTaken(letter, trouble) {
    if (trouble.kind === "gone") return this.expired();
    if (trouble.kind === "limit") return this.tell(this.t("too_many"));
    if (trouble.kind === "refused") return this.thread.delivery(letter.id, "failed", { why: trouble.title || this.t("refused") });
    this.connected(false);
  }

  expired() {
    this.outgoing.clear();
    this.setState("closed");
    this.tell(this.t("expired"));
  }

  async catchUp() {
    try {
      const answer = await this.api.since(this.cursor);
      this.hearAll(answer.messages);
      this.cursor = last(answer.messages) || this.cursor;
      if (answer.state) this.setState(answer.state);
    } catch (trouble) {
      if (/** @type {any} */ (trouble).kind !== "gone") throw trouble;
      this.expired();
    }
  }

  /** A frame from the live line. @param {any} frame */
  hear(frame) {
    if (typeof frame.id === "string" && typeof frame.text === "string") {
      this.hearAll([frame]);
      this.cursor = frame.id;
    }
    if (frame.message) this.hear(frame.message);
    if (frame.queue) this.setQueue(frame.queue);
    if (frame.state) this.setState(frame.state);
    if ("typing" in frame) this.typing(frame.typing ? this.state === "agent" ? "agent" : "assistant" : "");
  }

  /** @param {Message[]|undefined} messages */
  hearAll(messages = []) {
    for (const message of messages) {
      const fresh = this.thread.take(message);
      if (!fresh) continue;
      if (message.from === "you") this.dropIdentity();
      else this.typing("");
      if (message.secure_form?.kind === "identity") this.askIdentity(message.secure_form.fields || []);
    }
  }

  /** @param {(string|{name: string})[]} fields */
  askIdentity(fields) {
    this.dropIdentity();
    const names = fields.map((field) => (typeof field === "string" ? field : field.name)).filter((name) => ["tin", "date_of_birth", "zip", "caller_id"].includes(name));
    this.identity = new IdentityForm(this.t, names, { check: (proof) => this.prove(proof), notNow: () => this.say(this.t("say_not_now")) });
    fill(this.view.formPlace, this.identity.element);
    this.view.root.toggleAttribute("data-form", true);
    this.identity.element.scrollIntoView({ block: "nearest" });
    // Someone in the middle of a sentence keeps the cursor: the rest of it must not land in the number field.
    const focused = /** @type {any} */ (this.view.root.getRootNode()).activeElement;
    if (focused && !this.view.text.value) this.identity.focus();
  }

  dropIdentity() {
    this.identity?.remove();
    this.view.root.removeAttribute("data-form");
    this.identity = null;
  }

  /** @param {Record<string, any>} proof @returns {Promise<string|null>} what to say in the form, null when it is done with */
  async prove(proof) {
    const form = this.identity;
    try {
      const answer = await this.api.identity(proof);
      form?.wipe();
      if (answer.token) this.renewed(answer.token);
      if (answer.verified) {
        this.dropIdentity();
        this.thread.remark(this.t("verified"));
        this.view.text.focus({ preventScroll: true });
      }
      this.hearAll(answer.messages);
      if (answer.state) this.setState(answer.state);
      return answer.verified || this.identity !== form ? null : this.t("not_verified");
    } catch (trouble) {
      const kind = /** @type {any} */ (trouble).kind;
      if (kind === "network") return this.t("identity_unsent");
      form?.wipe();
      if (kind === "gone") { this.dropIdentity(); this.expired(); return null; }
      return kind === "limit" ? this.t("identity_limit") : /** @type {any} */ (trouble).title || this.t("not_verified");
    }
  }

  /** @param {string} token the server changes the token once it knows you */
  renewed(token) {
    this.api.token = token;
    this.keep();
    this.stream.restart();
  }

  // What is shown

  speak() {
    this.t = speaker(this.language);
    speak(this.view, this.t, this.language);
    this.thread.speak(this.t, this.language);
    if (this.identity) this.askIdentity(this.identity.fields);
    this.setState(this.state);
  }

  /** @param {any} state */
  setState(state) {
    this.state = state;
    const { view, t } = this;
    const closed = state === "closed";
    view.root.dataset.state = state;
    const runBy = this.settings.operator ? ` ${t("run_by", { operator: this.settings.operator })}` : "";
    fill(view.who, t(/** @type {any} */ ({ queue: "who_queue", agent: "who_agent", closed: "who_closed" }[/** @type {string} */ (state)] || "who_assistant")) + runBy);
    view.person.textContent = t(state === "queue" ? "person_waiting" : state === "agent" ? "person_here" : "person");
    view.person.disabled = state === "queue" || state === "agent";
    for (const part of [view.form, view.person, view.end]) show(part, !closed);
    show(view.startNew, closed);
    if (state !== "queue") this.queue = null;
    this.showStatus();
    if (!closed) return;
    this.stream.stop();
    this.typing("");
    this.dropIdentity();
    this.thread.retireChoices();
  }

  /** @param {any} queue */
  setQueue(queue) {
    this.queue = queue;
    if (this.state === "bot") this.setState("queue");
    this.showStatus();
  }

  /** @param {string} text a passing word about the line itself */
  tell(text) {
    this.told = text.trim();
    this.showStatus();
  }

  showStatus() {
    const words = this.told || (this.lost ? `${this.t("lost")} ${this.callInstead()}` : this.queue ? queueLine(this.t, this.queue) : "");
    this.view.status.classList.toggle("trouble", Boolean(this.told || this.lost));
    if (this.view.status.textContent !== words) fill(this.view.status, words);
    show(this.view.status, Boolean(words));
  }

  /** @param {boolean} yes */
  connected(yes) {
    if (yes && this.lost) this.outgoing.again();
    this.lost = !yes;
    this.showStatus();
  }

  /** @param {""|"assistant"|"agent"} who */
  typing(who) {
    clearTimeout(this.typingEnds);
    show(this.view.typing, Boolean(who));
    if (!who) return;
    fill(this.view.typing.querySelector(".typing-who"), this.t("typing", { who: this.t(who) }));
    this.thread.follow(null);
    this.typingEnds = setTimeout(() => this.typing(""), typingLasts);
  }

  callInstead() { return this.settings.phone ? this.t("call_instead", { phone: this.settings.phone }) : ""; }

  keep() {
    if (!this.api.token) return;
    remember({ conversation: this.api.conversation, token: this.api.token, language: this.language, unsent: this.outgoing?.unsent || [] });
  }
}

/** @param {Message[]|undefined} messages @returns {string} */
function last(messages) {
  return messages?.length ? messages[messages.length - 1].id : "";
}
