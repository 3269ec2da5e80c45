/** Money, days and waiting times as an agent reads them. Money stays a string of digits: it is never made a float. */

/** "8731.46" → "$8,731.46". @param {any} amount */
export function money(amount) {
  const [, sign, whole, cents] = /^(-?)(\d+)(\.\d+)?$/.exec(String(amount ?? "")) || [];
  return whole === undefined ? String(amount ?? "") : `${sign}$${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${cents ?? ""}`;
}

/** "2026-11-19" → "Thursday, November 19, 2026". @param {any} iso @param {"long"|"short"} [size] */
export function day(iso, size = "long") {
  const date = new Date(`${iso}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(String(iso)) || Number.isNaN(date.getTime())) return String(iso ?? "");
  return date.toLocaleDateString("en-US", { timeZone: "UTC", year: "numeric", month: size, day: "numeric", weekday: size === "long" ? "long" : undefined });
}

/** @param {any} since ISO time @param {number} [at] */
export function waited(since, at = Date.now()) {
  const seconds = Math.max(0, Math.round((at - new Date(since).getTime()) / 1000));
  return Number.isNaN(seconds) ? "" : spell(seconds);
}

/** "Nov 23, 2:00 PM" in the agent's own time. @param {any} at ISO time */
export function moment(at) {
  return new Date(at).toLocaleString("en-US", { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" });
}

/** @param {any} seconds */
export function spell(seconds) {
  if (typeof seconds !== "number") return "";
  if (seconds < 60) return "under 1 min";
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** One thing the line said, asked for or offered, in a line: "Notice explained: CP504, Dec 9, 2026". @param {any} thing @returns {string} */
export function line(thing) {
  if (thing === null || typeof thing !== "object") return words(thing);
  const { words: key, facts, what, kind, status, at, asked_at: asked, text, ...rest } = thing;
  const name = text ? words(text) : plain(what ?? kind ?? key ?? "").replace(/^utter /, "");
  const values = [status && plain(status), ...facts ? Object.values(facts).map(value) : Object.values(rest).map(value)].filter(Boolean);
  const when = day(String(asked ?? "").slice(0, 10), "short");
  return [name.charAt(0).toUpperCase() + name.slice(1), [...values, when].filter(Boolean).join(", ")].filter(Boolean).join(": ");
}

/** A code in words. @param {any} code */
const plain = (code) => words(code).replaceAll("_", " ");

/** A fact `{kind, value}` or a plain value, short. @param {any} fact @returns {string} */
function value(fact) {
  if (Array.isArray(fact)) return fact.map(value).filter(Boolean).join(", ");
  if (fact === null || typeof fact !== "object") return /^\d+\.\d\d$/.test(String(fact)) ? money(fact) : typeof fact === "boolean" ? "" : plain(fact);
  if (fact.kind === "money") return money(fact.value);
  if (fact.kind === "date") return day(fact.value, "short");
  if (fact.kind === "form") return `Form ${fact.value}`;
  if (fact.kind === "words") return "";
  return fact.kind === "text" ? words(fact.value?.en ?? fact.value) : value(fact.value ?? null);
}

/** The words of a thing that may be words already. @param {any} thing @returns {string} */
export function words(thing) {
  if (thing === null || thing === undefined) return "";
  if (typeof thing !== "object") return String(thing);
  const text = thing.text ?? thing.label ?? thing.summary ?? thing.name ?? thing.kind ?? "";
  return typeof text === "object" ? words(text?.en ?? text?.es) : String(text).replaceAll("_", " ");
}
