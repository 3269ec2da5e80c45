/** The chat's furniture: header, state line, thread, writing box, and the three things always within reach. */
import { make } from "../dom.js";

/**
 * @typedef {ReturnType<typeof build>} View
 * @param {{send: () => void, person: () => void, record: () => void, end: () => void, endYes: () => void, endNo: () => void,
 *   language: (to: "en"|"es") => void, startNew: () => void}} deeds
 */
export function build(deeds) {
  const word = (/** @type {string} */ key, /** @type {string} */ tag = "span", traits = {}) => make(tag, { "data-word": key, ...traits });
  const button = (/** @type {string} */ key, /** @type {string} */ look, /** @type {() => void} */ onclick) =>
    make("button", { type: "button", class: `button ${look}`, "data-word": key, onclick });
  const tongue = (/** @type {"en"|"es"} */ language, /** @type {string} */ name) =>
    make("button", { type: "button", lang: language, "data-language": language, onclick: () => deeds.language(language) }, name);

  const demo = make("p", { class: "demo", hidden: true }, word("demo_title", "strong"), " ", word("demo_text"));
  const who = make("p", { class: "who" });
  const tongues = make("div", { class: "tongues", role: "group", "data-label": "language" }, tongue("en", "English"), tongue("es", "Español"));
  const header = make("header", { class: "head" },
    make("div", { class: "title" }, word("heading", "h2", { id: "chat-heading" }), who), tongues);

  const status = make("p", { class: "status", role: "status", hidden: true });
  const list = make("ol", { class: "thread" });
  const log = make("div", { role: "log", "aria-live": "polite", "aria-relevant": "additions", "data-label": "conversation" }, list);
  const typing = make("p", { class: "typing", hidden: true }, make("span", { class: "dots", "aria-hidden": "true" }, make("i"), make("i"), make("i")), make("span", { class: "typing-who" }));
  const formPlace = make("div", { class: "form-place" });
  const scroller = make("div", { class: "scroller", tabindex: "0", role: "region", "data-label": "conversation" }, log, formPlace, typing);

  const text = make("textarea", { class: "input", id: "chat-text", rows: "1", maxlength: "1600", autocomplete: "off", enterkeyhint: "send", "aria-describedby": "chat-hint" });
  text.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    deeds.send();
  });
  const send = make("button", { type: "submit", class: "button", "data-word": "send" });
  const form = make("form", { class: "writer", onsubmit: (/** @type {Event} */ event) => { event.preventDefault(); deeds.send(); } },
    word("write", "label", { for: "chat-text", class: "unseen" }), text, send, word("write_hint", "p", { class: "hint", id: "chat-hint" }));

  const person = button("person", "second", deeds.person);
  const record = button("record", "plain", deeds.record);
  const end = button("end", "plain", deeds.end);
  const startNew = button("start_new", "", () => deeds.startNew());
  startNew.hidden = true;
  const reach = make("div", { class: "reach" }, person, startNew, record, end);

  const sure = make("div", { class: "sure", role: "alertdialog", "aria-labelledby": "sure-title", "aria-describedby": "sure-text", hidden: true },
    word("end_sure", "p", { class: "legend", id: "sure-title" }), word("end_text", "p", { id: "sure-text", class: "hint" }),
    make("div", { class: "deeds" }, button("end_yes", "", deeds.endYes), button("end_no", "second", deeds.endNo)));
  sure.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && deeds.endNo());

  const root = make("section", { class: "chat", "aria-labelledby": "chat-heading" }, demo, header, status, scroller, sure, make("div", { class: "foot" }, form, reach));
  return { root, demo, who, tongues, status, list, log, scroller, typing, formPlace, form, text, send, person, record, end, startNew, sure };
}

/** Say every fixed word of the chat in one language. @param {View} view @param {any} t @param {string} language */
export function speak(view, t, language) {
  view.root.lang = language;
  for (const place of view.root.querySelectorAll("[data-word]")) place.textContent = t(/** @type {HTMLElement} */ (place).dataset.word);
  for (const place of view.root.querySelectorAll("[data-label]")) place.setAttribute("aria-label", t(/** @type {HTMLElement} */ (place).dataset.label));
  view.text.placeholder = t("write");
  for (const button of view.tongues.children) button.setAttribute("aria-pressed", String(/** @type {HTMLElement} */ (button).dataset.language === language));
}

/** Grow the writing box with its text, up to six lines. @param {HTMLTextAreaElement} text */
export function grow(text) {
  text.rows = Math.min(6, Math.max(1, text.value.split("\n").length, Math.ceil(text.value.length / 46)));
}
