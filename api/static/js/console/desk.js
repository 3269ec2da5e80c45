/** The agent desk: signs in, keeps the lists fresh, and puts one conversation at a time before the agent. */
import { fill, make, show } from "../dom.js";
import { ask, handoff, keepSession, listOf, resume, session, whenOver } from "./api.js";
import { Conversation } from "./conversation.js";
import { Lists } from "./lists.js";
import { login } from "./login.js";
import { moves } from "./moves.js";
import { Note } from "./note.js";
import { story } from "./story.js";
import { presences } from "./words.js";

const root = /** @type {HTMLElement} */ (document.querySelector("#desk"));
const ticker = new Worker(new URL("./ticker.js", import.meta.url));

class Desk {
  constructor() {
    this.lists = new Lists({ accept: (id) => this.accept(id), decline: (id) => this.decline(id), choose: (id) => this.attempt(() => this.open(id)) });
    this.told = make("p", { class: "told-line", role: "status", hidden: true });
    this.place = make("div", { class: "place" });
    this.ticks = 0;
    this.chosen = 0;
    this.used = true;
    this.listed = false;
    for (const sign of ["keydown", "pointerdown"]) root.addEventListener(sign, () => { this.used = true; });
    this.openId = "";
    /** @type {Conversation|null} */ this.conversation = null;
    /** @type {Note|null} */ this.note = null;
    this.main = make("main", { class: "desk" }, make("h1", { class: "unseen" }, "Agent desk"), this.lists.element, this.place);
    this.clear();
    fill(root, this.topBar(), this.told, this.main);
    ticker.onmessage = () => this.tick();
    this.tick();
  }

  topBar() {
    const pick = ([state, name]) => make("label", { class: `presence ${state}` },
      make("input", { type: "radio", name: "presence", value: state, checked: session().presence === state, onchange: () => this.presence(state) }), make("span", {}, name));
    return make("header", { class: "topbar" },
      make("p", { class: "brand" }, make("img", { src: "/static/favicon.svg", alt: "", width: 30, height: 30 }), "Agent desk"),
      make("fieldset", { class: "presences" }, make("legend", { class: "unseen" }, "I am"), Object.entries(presences).map(pick)),
      make("p", { class: "me" }, make("span", { class: "quiet" }, session().name), make("button", { type: "button", class: "button plain", onclick: () => this.signOut() }, "Sign out")));
  }

  async tick() {
    if (this.ticking) return;
    this.ticking = true;
    try {
      const heartbeat = this.ticks % 3 === 0;
      const jobs = [this.refreshLists(), this.conversation?.refresh()];
      if (heartbeat) jobs.push(this.beat(), this.refreshQueues());
      this.ticks += 1;
      await Promise.all(jobs);
      if (this.away) this.say("");
      this.away = false;
    } catch (trouble) {
      this.away = /** @type {any} */ (trouble).kind === "network";
      if (this.away) this.say("No connection. What you typed is kept, and we keep trying.", true);
    }
    this.ticking = false;
  }

  /** The screen is here, and whether somebody used it since the last time; the server may have moved us to wrap-up. */
  async beat() {
    const active = this.used;
    this.used = false;
    const chosen = this.chosen;
    const answer = await ask("POST", "heartbeat", { active });
    const now = answer.presence ?? session()?.presence;
    // An answer that set out before the agent chose anew is old news.
    if (!session() || now === session().presence || chosen !== this.chosen) return;
    keepSession({ ...session(), presence: now });
    const radio = /** @type {HTMLInputElement|null} */ (root.querySelector(`[name=presence][value="${now}"]`));
    if (radio) radio.checked = true;
  }

  async refreshLists() {
    const [reserved, waiting, active] = await Promise.all(["reserved", "waiting", "active"].map(async (state) => listOf(await ask("GET", `handoffs?state=${state}`), "handoffs")));
    const all = [...reserved, ...waiting.filter((card) => !reserved.some((other) => other.id === card.id))];
    this.lists.show(all, active, this.openId);
    document.title = `${all.length ? `(${all.length}) ` : ""}Agent desk`;
    // After a reload the agent is back where they were, once the lists could be had for the first time.
    const first = !this.listed;
    this.listed = true;
    if (first && !this.openId && active.length) await this.open(active[0].id);
  }

  async refreshQueues() { this.lists.showQueues(listOf(await ask("GET", "queues"), "queues")); }

  /** @param {string} id */
  async accept(id) {
    await this.attempt(async () => {
      const card = await ask("POST", handoff(id, "accept"), {});
      await this.open(id, card?.id ? card : undefined);
    });
    this.refreshSoon();
  }

  /** @param {string} id */
  async decline(id) {
    await this.attempt(() => ask("POST", handoff(id, "decline"), {}));
    this.refreshSoon();
  }

  /** @param {string} id @param {any} [known] the card, where it has just come; every look at one is written down */
  async open(id, known) {
    await this.note?.flush();
    const card = known ?? await ask("GET", handoff(id));
    this.openId = id;
    this.conversation = new Conversation(card);
    this.note = new Note(card, () => this.finished("Completed. Thank you."));
    const shown = story(card);
    fill(this.place,
      make("button", { type: "button", class: "button plain back", onclick: () => this.close() }, "← All conversations"),
      make("section", { class: "card", "aria-label": "The story so far" }, shown),
      this.conversation.element,
      make("section", { class: "card", "aria-label": "Finish or pass on" }, this.note.element, moves(card, (what) => this.finished(what))));
    this.main.dataset.open = "yes";
    shown.querySelector("h2")?.focus();
    await this.conversation.refresh();
    this.refreshSoon();
  }

  /** @param {string} what */
  finished(what) {
    this.note = null;
    this.clear();
    this.say(what);
    this.refreshSoon();
  }

  async close() {
    await this.note?.flush();
    this.clear();
    this.refreshSoon();
  }

  clear() {
    this.openId = "";
    this.conversation = null;
    this.note = null;
    delete this.main.dataset.open;
    fill(this.place, make("div", { class: "nothing" }, make("p", { class: "nothing-title" }, "No conversation on the desk"), make("p", { class: "quiet" }, "Accept one on the left. The whole story comes with it.")));
  }

  /** @param {string} state */
  async presence(state) {
    this.chosen += 1;
    keepSession({ ...session(), presence: state });
    await this.attempt(() => ask("POST", "presence", { state }));
    this.chosen += 1;
  }

  async signOut() {
    await this.note?.flush();
    await ask("DELETE", "session").catch(() => {});
    enter("");
  }

  /** @param {() => Promise<any>} deed */
  async attempt(deed) {
    try {
      this.say("");
      await deed();
    } catch (trouble) { this.say(/** @type {any} */ (trouble).title || "This did not work. Please try again.", true); }
  }

  refreshSoon() { this.refreshLists().catch(() => {}); }

  /** @param {string} what @param {boolean} [trouble] */
  say(what, trouble = false) {
    fill(this.told, what);
    this.told.classList.toggle("trouble", trouble);
    show(this.told, Boolean(what));
  }
}

/** @param {string} why */
function enter(why) {
  ticker.onmessage = null;
  keepSession(null);
  fill(root, login(why, () => new Desk()));
  document.title = "Agent desk";
  root.querySelector("input")?.focus();
}

whenOver.signedOut = () => { if (session()) enter("You were signed out. Your notes are kept. Please sign in again."); };
if (session()) new Desk();
else resume().then(() => new Desk(), () => enter(""));
