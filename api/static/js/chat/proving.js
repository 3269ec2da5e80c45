/** Asking who you are within the conversation: brings the secure form, takes the answer of the identity door, and clears up after. */
import { fill, make } from "../dom.js";
import { IdentityForm } from "./identity.js";

const items = ["tin", "date_of_birth", "zip", "caller_id"];

export class Proving {
  /**
   * @param {import("./view.js").View} view
   * @param {{send: (proof: Record<string, any>) => Promise<any>, settled: (answer: any) => void, gone: () => void, notNow: () => void}} ways
   */
  constructor(view, ways) {
    this.view = view;
    this.ways = ways;
    /** @type {any} */ this.t = null;
    /** @type {IdentityForm|null} */ this.form = null;
    /** @type {string[]|null} */ this.invited = null;
  }

  /** @param {any} t */
  speak(t) {
    this.t = t;
    if (this.form) this.open(this.form.fields);
    else if (this.invited) this.ask(this.invited);
  }

  /** Offers the form under the answer just given, which stays in view: one does not lose sight of the date for it.
   * @param {(string|{name: string})[]} fields */
  ask(fields) {
    const again = Boolean(this.form);
    this.drop();
    const names = fields.map((field) => (typeof field === "string" ? field : field.name)).filter((name) => items.includes(name));
    if (again) return this.open(names);
    this.invited = names;
    const open = make("button", { type: "button", class: "button", onclick: () => this.open(names) }, this.t("identity_open"));
    fill(this.view.formPlace, make("div", { class: "identity invite" }, open, make("p", { class: "hint" }, this.t("identity_text"))));
    this.view.formPlace.scrollIntoView({ block: "end" });
    // Whoever is in the middle of a sentence keeps the cursor; everyone else goes on from here.
    if (!this.view.text.value) open.focus({ preventScroll: true });
  }

  /** @param {string[]} names */
  open(names) {
    const root = /** @type {any} */ (this.view.root.getRootNode());
    this.drop();
    this.form = new IdentityForm(this.t, names, { check: (proof) => this.#prove(proof), notNow: () => this.ways.notNow() });
    fill(this.view.formPlace, this.form.element);
    this.view.root.toggleAttribute("data-form", true);
    this.form.element.scrollIntoView({ block: "nearest" });
    // Someone in the middle of a sentence keeps the cursor: the rest of it must not land in the number field.
    if (root.activeElement !== this.view.text || !this.view.text.value) this.form.focus();
  }

  drop() {
    this.form?.remove();
    this.form = null;
    this.invited = null;
    fill(this.view.formPlace);
    this.view.root.removeAttribute("data-form");
  }

  /** @param {Record<string, any>} proof @returns {Promise<string|null>} what to say in the form, null when it is done with */
  async #prove(proof) {
    const form = this.form;
    try {
      const answer = await this.ways.send(proof);
      form?.wipe();
      if (answer.verified) this.drop();
      this.ways.settled(answer);
      return answer.verified || this.form !== form ? null : this.t("not_verified");
    } catch (trouble) {
      const { kind, title, messages } = /** @type {any} */ (trouble);
      if (kind === "network") return this.t("identity_unsent");
      form?.wipe();
      if (kind === "gone") this.ways.gone();
      if (kind === "limit" && messages.length) {
        this.drop();
        this.ways.settled({ verified: false, messages });
        return null;
      }
      return kind === "limit" ? this.t("identity_limit") : title || this.t("not_verified");
    }
  }
}
