/** The card, to be read in ten seconds: who, what for, in their words, and the next day that counts. */
import { make } from "../dom.js";
import { badges } from "./lists.js";
import { day, line, money, waited } from "./format.js";
import { pin } from "./pin.js";
import { deadlines, named, queues } from "./words.js";

/** @param {any} card @returns {HTMLElement} */
export function story(card) {
  return make("div", { class: "story" }, head(card), passedOn(card), deadline(card), ownWords(card), figures(card), told(card));
}

/** @param {any} card */
function head(card) {
  const who = typeof card.taxpayer === "string" ? { name: card.taxpayer } : card.taxpayer;
  const known = card.verified && card.verified !== "none";
  return make("header", { class: "story-head" },
    card.headline && make("p", { class: "story-headline", dir: "auto" }, card.headline),
    badges(card),
    make("h2", { dir: "auto", tabindex: "-1" }, who?.name || "Caller not known"),
    make("p", { class: "story-reason", dir: "auto" }, card.reason || "No reason given"),
    make("p", { class: "small quiet" }, [who?.kind === "business" && "Business", who?.tin_last4 && `TIN ending ${who.tin_last4}`, named(queues, card.queue), card.waiting_since && `came ${waited(card.waiting_since)} ago`].filter(Boolean).join(" · ")),
    !known && make("p", { class: "note warn" }, "Identity is not proved. Say nothing about an account before it is."), pin(card));
}

/** @param {any} card The next one large, the others in a line each. */
function deadline(card) {
  const all = [...(card.deadlines || [])].sort((one, other) => String(one.last_day).localeCompare(String(other.last_day)));
  const next = all.find((one) => !one.passed);
  if (!all.length) return null;
  return make("section", { class: `deadline${next && next.days_left <= 10 ? " soon" : ""}`, "aria-label": "Deadlines" },
    next ? [
      make("p", { class: "deadline-what" }, "Next deadline: ", named(deadlines, next.kind)),
      make("p", { class: "deadline-day" }, make("strong", {}, day(next.last_day)), typeof next.days_left === "number" && make("span", { class: "badge warn" }, left(next.days_left))),
      make("p", { class: "small" }, about(next)),
    ] : make("p", { class: "deadline-what" }, "No deadline ahead"),
    all.length > (next ? 1 : 0) && make("ul", { class: "small others" }, all.filter((one) => one !== next).map((one) =>
      make("li", {}, `${one.passed ? "Passed" : "Later"}: ${named(deadlines, one.kind)}, ${day(one.last_day, "short")}. ${about(one)}`))));
}

/** @param {number} days */
function left(days) {
  return days === 0 ? "today" : days === 1 ? "1 day left" : `${days} days left`;
}

/** @param {any} one */
function about(one) {
  return [one.notice, one.period && `tax year ${one.period}`, one.form && `Form ${one.form}`, one.source].filter(Boolean).join(" · ");
}

/** What they came with and what they said last; "yes" and "the 15th" tell an agent nothing. @param {any} card */
function ownWords(card) {
  const said = [card.own_words ?? []].flat().filter(Boolean);
  const telling = said.filter((text) => text.trim().split(/\s+/).length > 2);
  const shown = telling.length > 3 ? [telling[0], ...telling.slice(-2)] : telling.length ? telling : said.slice(-3);
  return shown.length ? make("div", { class: "said-so" }, shown.map((text) => make("blockquote", { class: "own-words", lang: card.language, dir: "auto" }, text))) : null;
}

/** @param {any} card */
function figures(card) {
  const balance = typeof card.balance === "string" ? { payoff: card.balance } : card.balance;
  const item = (/** @type {string} */ name, /** @type {any} */ ...values) => make("div", {}, make("dt", {}, name), make("dd", {}, ...values));
  return make("dl", { class: "figures" },
    balance?.payoff && item("Owes today", make("strong", { class: "sum" }, money(balance.payoff)),
      balance.per_day && make("span", { class: "small quiet" }, ` grows ${money(balance.per_day)} a day`)),
    card.notices?.length > 0 && item("Notices", make("span", { class: "chips" }, notices(card.notices).map((name) => make("span", { class: "badge" }, name)))));
}

/** Each notice once, the newest first. @param {any[]} all */
function notices(all) {
  const named = all.map((notice) => (typeof notice === "string" ? { code: notice } : notice)).sort((one, other) => String(other.date ?? "").localeCompare(String(one.date ?? "")));
  return [...new Set(named.map((notice) => [notice.code, notice.date && day(notice.date, "short")].filter(Boolean).join(" · ")))].slice(0, 8);
}

/** @param {any} card */
function told(card) {
  const parts = [["Asked for", card.asked_for], ["Open requests", card.open_requests], ["Was told", weighty(card.told)], ["Was offered", card.offered]].filter(([, list]) => list?.length);
  if (!parts.length) return null;
  return make("div", { class: "told" }, parts.map(([name, list]) =>
    make("section", {}, make("h3", {}, name), make("ul", {}, list.map((/** @type {any} */ one) => make("li", { dir: "auto" }, line(one)))))));
}

/** Of all that was said, the last of what held a figure, a day or a notice; greetings do not help an agent. @param {any[]|undefined} told */
function weighty(told) {
  return (told || []).filter((one) => !one?.words || Object.keys(one.facts || {}).length).slice(-6);
}

/** Who passed this caller on, and with what word. @param {any} card */
function passedOn(card) {
  const moves = Array.isArray(card.moves) ? card.moves.filter((/** @type {any} */ move) => move.note) : [];
  return moves.length ? make("div", { class: "note passed-on" }, moves.slice(-3).map((/** @type {any} */ move) =>
    make("p", { dir: "auto" }, make("strong", {}, `${move.by}, ${named(queues, move.from)} to ${named(queues, move.to)}: `), move.note))) : null;
}
