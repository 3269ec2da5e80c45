/** Lets people look at the number they typed, and wipes the form when the page is left. The form works without this. */
import { fill, make } from "./dom.js";

const row = /** @type {HTMLElement|null} */ (document.querySelector(".input-row[data-show]"));
const tin = /** @type {HTMLInputElement|null} */ (document.querySelector("#tin"));

if (row && tin) {
  const button = make("button", { type: "button", class: "button second", onclick: () => mask(tin.type === "text") });
  const mask = (/** @type {boolean} */ yes) => {
    tin.type = yes ? "password" : "text";
    fill(button, (yes ? row.dataset.show : row.dataset.hide) || "");
    button.setAttribute("aria-label", (yes ? row.dataset.showLabel : row.dataset.hideLabel) || "");
    button.setAttribute("aria-pressed", String(!yes));
  };
  mask(true);
  row.append(button);
  tin.form?.addEventListener("submit", () => { tin.type = "password"; });
  addEventListener("pageshow", () => tin.form?.reset());
}
