/** The secure form: who are you? What is typed here goes to the identity door only and is wiped from the page afterwards. */
import { fill, make, show } from "../dom.js";

/** @typedef {ReturnType<typeof import("../words.js").speaker>} Speak */
/** @typedef {{tin?: string, date_of_birth?: string, zip?: string, caller_id?: string, caf?: string, name?: string}} Proof */

const digits = (/** @type {string} */ text) => text.normalize("NFKC").replace(/\D/g, "");

export class IdentityForm {
  /**
   * @param {Speak} t
   * @param {string[]} fields asked by the server, a part of tin, date_of_birth, zip, caller_id
   * @param {{check: (proof: Proof) => Promise<string|null>, notNow: () => void}} ways `check` gives null when it is settled, else what to say
   */
  constructor(t, fields, ways) {
    this.t = t;
    this.ways = ways;
    this.fields = fields.length ? fields : ["tin", "date_of_birth", "zip", "caller_id"];
    this.third = this.fields.includes("zip") ? "zip" : "caller_id";
    this.representing = false;
    this.element = this.#build();
    this.wipe = this.wipe.bind(this);
    addEventListener("pagehide", this.wipe);
  }

  focus() { this.element.querySelector("input")?.focus({ preventScroll: true }); }

  wipe() {
    for (const input of this.element.querySelectorAll("input:not([type=radio])")) /** @type {HTMLInputElement} */ (input).value = "";
    this.#mask(true);
  }

  remove() {
    this.wipe();
    removeEventListener("pagehide", this.wipe);
    this.element.remove();
  }

  #build() {
    const t = this.t;
    this.items = make("div", { class: "identity-items" }, ...this.#items());
    this.other = make("button", { type: "button", class: "button plain", onclick: () => this.#represent(!this.representing) }, t("i_represent"));
    this.alert = make("p", { class: "note bad", role: "alert", hidden: true });
    this.submit = make("button", { type: "submit", class: "button" }, t("check"));
    return make("form", { class: "identity", autocomplete: "off", novalidate: true, "aria-labelledby": "identity-title", onsubmit: (/** @type {Event} */ e) => this.#send(e) },
      make("h3", { id: "identity-title" }, t("identity_title")),
      make("p", { class: "hint" }, t("identity_text")),
      this.alert,
      this.items,
      make("div", { class: "deeds" }, this.submit, this.other,
        make("button", { type: "button", class: "button plain", onclick: () => this.ways.notNow() }, t("not_now"))));
  }

  /** What is asked: of the taxpayer, or of somebody with a form on file. */
  #items() {
    if (this.representing) {
      this.thirdPlace = null;
      return [this.#tin(), this.#field("caf", this.#input("caf", { inputmode: "text", maxlength: 16, "aria-describedby": "id-caf-hint id-caf-error" })),
        this.#field("rep_name", this.#input("rep_name", { inputmode: "text", maxlength: 120, "aria-describedby": "id-rep_name-hint id-rep_name-error" }))];
    }
    const asks = (/** @type {string} */ name) => this.fields.includes(name);
    return [asks("tin") && this.#tin(), asks("date_of_birth") && this.#birth(),
      (asks("zip") || asks("caller_id")) && this.#thirdItem(asks("zip") && asks("caller_id"))];
  }

  /** @param {boolean} yes */
  #represent(yes) {
    this.wipe();
    this.representing = yes;
    fill(this.items, ...this.#items());
    fill(this.other, this.t(yes ? "i_am_taxpayer" : "i_represent"));
    this.focus();
  }

  /** @param {string} name @param {Record<string, any>} traits */
  #input(name, traits) {
    return make("input", { class: "input", id: `id-${name}`, name, type: "text", inputmode: "numeric", autocomplete: "off",
      autocapitalize: "off", spellcheck: "false", "data-1p-ignore": true, "data-lpignore": "true", ...traits });
  }

  /** @param {string} name @param {HTMLElement} control */
  #field(name, control) {
    return make("div", { class: "field", "data-field": name },
      make("label", { for: `id-${name}` }, this.t(/** @type {any} */ (name))),
      make("p", { class: "hint", id: `id-${name}-hint` }, this.t(/** @type {any} */ (`${name}_hint`))),
      control,
      make("p", { class: "error", id: `id-${name}-error`, hidden: true }));
  }

  #tin() {
    this.toggle = make("button", { type: "button", class: "button second", "aria-pressed": "false", onclick: () => this.#mask(this.tinInput.type === "text") });
    this.tinInput = this.#input("tin", { type: "password", maxlength: 16, "aria-describedby": "id-tin-hint id-tin-error" });
    this.#mask(true);
    return this.#field("tin", make("div", { class: "input-row" }, this.tinInput, this.toggle));
  }

  /** @param {boolean} yes */
  #mask(yes) {
    if (!this.toggle) return;
    this.tinInput.type = yes ? "password" : "text";
    fill(this.toggle, this.t(yes ? "show" : "hide"));
    this.toggle.setAttribute("aria-label", this.t(yes ? "show_number" : "hide_number"));
    this.toggle.setAttribute("aria-pressed", String(!yes));
  }

  #birth() {
    const box = (/** @type {any} */ name, /** @type {number} */ size) => make("div", { class: `field size-${size}` },
      make("label", { for: `id-${name}`, class: "small" }, this.t(name)),
      this.#input(name, { maxlength: size, "aria-describedby": "id-birth-error" }));
    return make("fieldset", { class: "field", "data-field": "birth", "aria-describedby": "id-birth-hint" },
      make("legend", { class: "legend" }, this.t("birth")),
      make("p", { class: "hint", id: "id-birth-hint" }, this.t("birth_hint")),
      make("div", { class: "birth" }, box("month", 2), box("day", 2), box("year", 4)),
      make("p", { class: "error", id: "id-birth-error", hidden: true }));
  }

  /** @param {boolean} both whether there is a choice */
  #thirdItem(both) {
    this.thirdPlace = make("div", {});
    this.#useThird(this.third);
    if (!both) return this.thirdPlace;
    const radio = (/** @type {any} */ name) => make("label", { class: "pick" },
      make("input", { type: "radio", name: "third", value: name, checked: name === this.third, onchange: () => this.#useThird(name) }),
      make("span", {}, this.t(name)));
    return make("fieldset", { class: "field" }, make("legend", { class: "legend" }, this.t("third")),
      make("div", { class: "picks" }, radio("zip"), radio("caller_id")), this.thirdPlace);
  }

  /** @param {string} name */
  #useThird(name) {
    this.third = name;
    const traits = name === "zip" ? { maxlength: 10 } : { maxlength: 20 };
    fill(this.thirdPlace, this.#field(name, this.#input(name, { ...traits, "aria-describedby": `id-${name}-hint id-${name}-error` })));
  }

  /** @param {string} name */
  #value(name) {
    const input = /** @type {HTMLInputElement|null} */ (this.element.querySelector(`[name="${name}"]`));
    return digits(input?.value || "");
  }

  /** @returns {[Proof, string[]]} the proof and the fields that need another look */
  #read() {
    /** @type {Proof} */ const proof = {};
    /** @type {string[]} */ const wrong = [];
    const put = (/** @type {string} */ name, /** @type {string} */ value, /** @type {boolean} */ ok) => {
      if (ok) /** @type {any} */ (proof)[name] = value;
      else wrong.push(name);
    };
    if (this.representing) {
      const said = (/** @type {string} */ name) => /** @type {HTMLInputElement|null} */ (this.element.querySelector(`[name="${name}"]`))?.value.trim() || "";
      put("tin", this.#value("tin"), /^\d{9}$/.test(this.#value("tin")));
      put("caf", said("caf"), said("caf").length >= 3);
      if (said("rep_name").length >= 2) proof.name = said("rep_name");
      else wrong.push("rep_name");
      return [proof, wrong];
    }
    if (this.fields.includes("tin")) put("tin", this.#value("tin"), /^\d{9}$/.test(this.#value("tin")));
    if (this.fields.includes("date_of_birth")) {
      const day = birthday(this.#value("year"), this.#value("month"), this.#value("day"));
      if (day === null) wrong.push("birth");
      else if (day) proof.date_of_birth = day;
    }
    if (this.thirdPlace) {
      const value = this.#value(this.third);
      put(this.third, this.third === "zip" ? value.slice(0, 5) : value, this.third === "zip" ? /^\d{5}(\d{4})?$/.test(value) : value.length >= 3);
    }
    return [proof, wrong];
  }

  /** @param {string[]} wrong */
  #mark(wrong) {
    for (const field of this.element.querySelectorAll("[data-field]")) {
      const name = /** @type {HTMLElement} */ (field).dataset.field || "";
      const bad = wrong.includes(name);
      const error = /** @type {HTMLElement} */ (field.querySelector(".error"));
      fill(error, bad ? this.t(/** @type {any} */ (`${name}_wrong`)) : "");
      show(error, bad);
      for (const input of field.querySelectorAll("input")) bad ? input.setAttribute("aria-invalid", "true") : input.removeAttribute("aria-invalid");
    }
    this.element.querySelector("[aria-invalid]")?.focus();
  }

  /** Only marked as disabled: a button that really is would drop the cursor. @param {boolean} yes */
  #busy(yes) {
    this.busy = yes;
    this.submit.setAttribute("aria-disabled", String(yes));
    fill(this.submit, this.t(yes ? "checking" : "check"));
  }

  /** @param {Event} event */
  async #send(event) {
    event.preventDefault();
    const [proof, wrong] = this.#read();
    this.#mark(wrong);
    show(this.alert, false);
    if (wrong.length || this.busy) return;
    this.#busy(true);
    const say = await this.ways.check(proof);
    this.#busy(false);
    if (say === null) return;
    fill(this.alert, say);
    show(this.alert, true);
    this.alert.scrollIntoView({ block: "nearest" });
  }
}

/** ISO date, "" when all three are empty, null when it is no day of the calendar. @param {string} year @param {string} month @param {string} day */
function birthday(year, month, day) {
  if (!year && !month && !day) return "";
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${iso}T00:00:00Z`);
  const real = /^(19|20)\d\d-\d\d-\d\d$/.test(iso) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
  return real && date.getTime() < Date.now() ? iso : null;
}
