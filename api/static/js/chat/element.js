/** <acs-line-chat server language data-operator data-demo data-phone>: the chat of the line, on its own page or on any other. */
import { sheets } from "../dom.js";
import { nearest } from "../words.js";
import { Talk } from "./talk.js";

const looks = sheets(new URL("../../acs.css", import.meta.url).href, new URL("../../chat.css", import.meta.url).href);

/** @param {string} name @returns {string} what the page's <meta name="acs-…"> says */
function meta(name) {
  return document.querySelector(`meta[name="acs-${name}"]`)?.getAttribute("content") || "";
}

export class AcsLineChat extends HTMLElement {
  connectedCallback() {
    if (!this.shadowRoot) this.#furnish();
  }

  disconnectedCallback() { this.talk?.stop(); }

  async #furnish() {
    const room = this.attachShadow({ mode: "open" });
    room.adoptedStyleSheets = await looks;
    const said = (/** @type {string} */ name) => this.dataset[name] ?? meta(name);
    this.talk = new Talk({
      server: this.getAttribute("server") || new URL(import.meta.url).origin,
      language: nearest(this.getAttribute("language") || document.documentElement.lang || navigator.language),
      operator: said("operator"),
      demo: !["", "false", "0", "no"].includes(said("demo").toLowerCase()) || this.dataset.demo === "",
      phone: said("phone"),
    });
    room.append(this.talk.view.root);
    this.talk.start();
  }
}

customElements.get("acs-line-chat") || customElements.define("acs-line-chat", AcsLineChat);
