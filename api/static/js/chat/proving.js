/** Asking who you are within the conversation: brings the secure form, takes the answer of the identity door, and clears up after. */
import { fill } from "../dom.js";
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
  }

  /** @param {any} t */
  speak(t) {
    this.t = t;
    if (this.form) this.ask(this.form.fields);
  }

  /** @param {(string|{name: string})[]} fields */
  ask(fields) {
    const root = /** @type {any} */ (this.view.root.getRootNode());
    const inForm = Boolean(this.form?.element.contains(root.activeElement));
    this.drop();
    const names = fields.map((field) => (typeof field === "string" ? field : field.name)).filter((name) => items.includes(name));
    this.form = new IdentityForm(this.t, names, { check: (proof) => this.#prove(proof), notNow: () => this.ways.notNow() });
    fill(this.view.formPlace, this.form.element);
    this.view.root.toggleAttribute("data-form", true);
    this.form.element.scrollIntoView({ block: "nearest" });
    // Someone in the middle of a sentence keeps the cursor: the rest of it must not land in the number field.
    if ((root.activeElement && !this.view.text.value) || inForm) this.form.focus();
  }

  drop() {
    this.form?.remove();
    this.form = null;
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
