/** One message as it is seen: who, when, the words, what they rest on, and whether yours has been sent. */
import { fill, make, show } from "../dom.js";
import { clock } from "../words.js";

/** @typedef {import("./api.js").Message} Message */
/** @typedef {ReturnType<typeof import("../words.js").speaker>} Speak */

const senders = new Set(["assistant", "agent", "system", "you"]);

/**
 * @param {Message} message
 * @param {Speak} t @param {"en"|"es"} language of the interface
 * @returns {HTMLLIElement}
 */
export function bubble(message, t, language) {
  const from = senders.has(message.from) ? message.from : "system";
  const item = make("li", { class: `bubble from-${from}`, "data-from": from },
    make("p", { class: "by" }, make("span", { class: "name" }), make("time", {})),
    make("p", { class: "text", dir: "auto" }),
    make("p", { class: "basis", hidden: true }));
  write(item, message);
  label(item, t, language);
  return item;
}

/** Put the server's words in: also over our own copy, when the server has hidden a number in it. @param {HTMLElement} item @param {Message} message */
export function write(item, message) {
  item.dataset.at = message.at || new Date().toISOString();
  item.dataset.sources = (message.sources || []).join("; ");
  const text = part(item, "text");
  fill(text, message.text.split(/\n\s*\n/).map((paragraph) => make("span", { class: "paragraph" }, paragraph)));
  if (message.language) text.lang = message.language;
}

/** Names and labels in the interface's language, again after it changed. @param {HTMLElement} item @param {Speak} t @param {"en"|"es"} language */
export function label(item, t, language) {
  fill(part(item, "name"), t(/** @type {any} */ (item.dataset.from)));
  const time = /** @type {HTMLTimeElement} */ (item.querySelector("time"));
  time.dateTime = item.dataset.at || "";
  fill(time, clock(item.dataset.at || "", language));
  const basis = part(item, "basis");
  show(basis, Boolean(item.dataset.sources));
  fill(basis, t("based_on", { sources: item.dataset.sources || "" }));
}

/**
 * "Sending", "Sent", or "Not sent. Try again".
 * @param {HTMLElement} item @param {"sending"|"sent"|"failed"} state @param {Speak} t
 * @param {{why?: string, again?: (() => void)|null}} [failure]
 */
export function delivery(item, state, t, failure = {}) {
  item.dataset.delivery = state;
  let line = item.querySelector(".delivery");
  if (!line) item.append((line = make("p", { class: "delivery" })));
  if (state !== "failed") return fill(line, t(state));
  fill(line, make("strong", {}, t("not_sent")), failure.why ? ` ${failure.why}` : null,
    failure.again && make("button", { type: "button", class: "linklike", onclick: failure.again }, t("try_again")));
}

/** @param {HTMLElement} item @param {string} name @returns {HTMLElement} */
function part(item, name) {
  return /** @type {HTMLElement} */ (item.querySelector(`.${name}`));
}
