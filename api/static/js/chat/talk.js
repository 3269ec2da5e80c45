/** One conversation from hello to goodbye: joins the doors of the server, the live line, and what is on the screen. */
import { show } from "../dom.js";
import { newId } from "../ids.js";
import { speaker } from "../words.js";
import { ChatApi } from "./api.js";
import { forget, recall, remember } from "./keep.js";
import { Outgoing } from "./outgoing.js";
import { Proving } from "./proving.js";
import { openRecord } from "./record.js";
import { Standing } from "./standing.js";
import { Stream } from "./stream.js";
import { Thread } from "./thread.js";
import { build, grow, speak } from "./view.js";

/** @typedef {import("./api.js").Message} Message */
/** @typedef {{server: string, language: "en"|"es", operator: string, demo: boolean, phone: string}} Settings */

export class Talk {
  /** @param {Settings} settings */
  constructor(settings) {
    this.settings = settings;
    this.language = settings.language;
    this.t = speaker(this.language);
    this.api = new ChatApi(settings.server);
    this.view = build({
      send: () => this.sendText(), person: () => this.choose({ id: "person", label: this.t("say_person") }), record: () => this.record(), end: () => this.askEnd(),
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
    this.standing = new Standing(this.view, settings, () => this.thread.follow(null));
    this.proving = new Proving(this.view, {
      send: (proof) => this.api.identity(proof), settled: (answer) => this.settled(answer), gone: () => this.expired(), notNow: () => this.notNow(),
    });
    this.cursor = "";
    /** @type {Set<string>} messages that were there already when this tab came back */ this.history = new Set();
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
    this.standing.tell(this.t("opening"));
    try {
      const opened = await this.api.open(this.language);
      this.standing.tell("");
      this.keep();
      this.begin(opened);
    } catch {
      this.standing.tell(this.t("open_failed"), true);
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
      const answer = await this.api.since();
      this.history = new Set((answer.messages || []).map((message) => message.id));
      this.begin(answer);
      setTimeout(() => this.view.log.setAttribute("aria-live", "polite"), 500);
      for (const letter of kept.unsent) this.post(letter);
    } catch (trouble) {
      if (/** @type {any} */ (trouble).kind !== "network") return this.startNew(this.t("closed_before"));
      this.standing.tell(this.t("lost"));
      setTimeout(() => this.resume(kept), 3000);
    }
  }

  /** @param {{messages?: Message[], state?: any}} answer */
  begin(answer) {
    this.standing.tell("");
    this.hearAll(answer.messages);
    this.cursor = last(answer.messages) || this.cursor;
    this.setState(answer.state || this.standing.state);
    if (!this.standing.closed) this.stream.start();
  }

  /** @param {string} [why] said above the new conversation */
  startNew(why = "") {
    this.stream.stop();
    forget();
    this.outgoing.clear();
    this.thread.clear();
    this.proving.drop();
    this.api.token = this.cursor = "";
    if (why) this.thread.remark(why);
    this.setState("bot");
    this.open();
    this.view.text.focus();
  }

  // What you do

  sendText() {
    const text = this.view.text.value.trim();
    if (!text || this.standing.closed) return;
    this.view.text.value = "";
    grow(this.view.text);
    this.post({ id: newId(), text });
    this.view.text.focus();
  }

  /** @param {{id: string, label: string}} choice */
  choose(choice) {
    this.post({ id: newId(), choice: choice.id, label: choice.label });
    this.view.text.focus({ preventScroll: true });
  }

  /** @param {import("./outgoing.js").Letter} letter */
  post(letter) {
    this.proving.drop();
    this.view.root.toggleAttribute("data-begun", true);
    this.thread.mineIs({ id: letter.id, text: letter.text ?? letter.label ?? "" });
    this.outgoing.add(letter);
  }

  notNow() {
    this.proving.drop();
    this.view.text.focus({ preventScroll: true });
  }

  /** @param {"en"|"es"} language */
  switchTo(language) {
    if (language === this.language) return;
    this.language = language;
    this.speak();
    this.keep();
    if (this.standing.state === "bot" && this.api.token) this.choose({ id: language === "es" ? "spanish" : "english", label: this.t("say_language") });
  }

  async record() {
    try { await openRecord(this.api); } catch { this.standing.tell(this.t("record_failed")); }
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
      this.hearAll((await this.api.end()).messages);
      this.setState("closed");
      this.view.startNew.focus();
    } catch { this.standing.tell(this.t("end_failed")); }
  }

  // What comes back

  /** @param {any} letter @param {any} answer */
  taken(letter, answer) {
    this.standing.tell("");
    this.thread.delivery(letter.id, "sent");
    this.standing.typing(false);
    // The server had taken it before the reload: the history shows it already.
    if (answer.messages?.length && answer.messages.every((/** @type {Message} */ message) => this.history.has(message.id))) this.thread.drop(letter.id);
    this.hearAll(answer.messages);
    this.setState(answer.state || this.standing.state);
  }

  /** @param {any} letter @param {"sending"|"failed"} state */
  delivery(letter, state) {
    if (state === "sending") return this.thread.delivery(letter.id, state);
    this.thread.delivery(letter.id, state, { again: this.outgoing.unsent.includes(letter) ? () => this.outgoing.again() : null });
  }

  /** @param {any} letter @param {any} trouble */
  notTaken(letter, trouble) {
    if (trouble.kind === "gone") return this.expired();
    if (trouble.kind === "limit") return this.standing.tell(this.t("too_many"));
    if (trouble.kind === "refused") return this.thread.delivery(letter.id, "failed", { why: trouble.title || this.t("refused") });
    this.connected(false);
  }

  expired() {
    this.outgoing.clear();
    this.setState("closed");
    this.standing.tell(this.t("expired"));
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
    if (frame.queue) this.standing.inQueue(frame.queue);
    if (frame.state) this.setState(frame.state);
    if ("typing" in frame) this.standing.typing(Boolean(frame.typing));
  }

  /** @param {Message[]|undefined} messages */
  hearAll(messages = []) {
    for (const message of messages) {
      const fresh = this.thread.take(message);
      if (!fresh) continue;
      if (message.from === "you") this.proving.drop();
      else this.standing.typing(false);
      if (message.secure_form?.kind === "identity") this.proving.ask(message.secure_form.fields || []);
    }
  }

  /** The identity door has answered. @param {any} answer */
  settled(answer) {
    if (answer.token) this.renewed(answer.token);
    if (answer.verified) {
      if (!answer.messages?.length) this.thread.remark(this.t("verified"));
      this.view.text.focus({ preventScroll: true });
    }
    this.hearAll(answer.messages);
    if (answer.state) this.setState(answer.state);
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
    this.proving.speak(this.t);
    this.standing.speak(this.t);
  }

  /** @param {import("./api.js").State} state */
  setState(state) {
    this.standing.set(state);
    if (!this.standing.closed) return;
    this.stream.stop();
    this.proving.drop();
    this.thread.retireChoices();
  }

  /** @param {boolean} yes */
  connected(yes) {
    if (this.standing.connected(yes)) this.outgoing.again();
  }

  keep() {
    if (!this.api.token) return;
    remember({ conversation: this.api.conversation, token: this.api.token, language: this.language, unsent: this.outgoing?.unsent || [] });
  }
}

/** @param {Message[]|undefined} messages @returns {string} */
function last(messages) {
  return messages?.length ? messages[messages.length - 1].id : "";
}
