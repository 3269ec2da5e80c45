/** The left side of the desk: who waits, who is with me, and how the queues stand. */
import { fill, make } from "../dom.js";
import { session } from "./api.js";
import { moment, spell, waited } from "./format.js";
import { channels, languages, named, queues } from "./words.js";

/** @param {any} card */
const isVerified = (card) => Boolean(card.verified && card.verified !== "none");

/** @param {any} card */
export function badges(card) {
  return make("p", { class: "badges" },
    card.queue === "urgent" && make("span", { class: "badge bad" }, "Urgent"),
    make("span", { class: "badge" }, named(channels, card.channel)),
    make("span", { class: "badge" }, named(languages, card.language)),
    isVerified(card) ? make("span", { class: "badge good" }, "Identity proved") : make("span", { class: "badge warn" }, "Not verified"),
    card.supervisor && make("span", { class: "badge bad" }, "For a supervisor"),
    card.caller_left && make("span", { class: "badge bad" }, "Caller has left"));
}

/**
 * One that waits.
 * @param {any} card @param {{accept: (id: string) => void, decline: (id: string) => void}} deeds
 */
function waitingItem(card, deeds) {
  const reserved = card.state === "reserved";
  const mine = reserved && (!card.reserved_for || card.reserved_for === session()?.name);
  return make("li", { class: `ticket${mine ? " mine" : ""}`, "data-id": card.id },
    reserved && make("p", { class: "for-me" }, mine ? "Offered to you" : `Offered to ${card.reserved_for}`),
    card.callback_at && make("p", { class: "for-me" }, `Call back at ${moment(card.callback_at)}`),
    badges(card),
    make("p", { class: "reason", dir: "auto" }, card.reason || "No reason given"),
    make("p", { class: "small quiet" }, named(queues, card.queue), " · waiting ", make("span", { class: "since", "data-since": card.waiting_since }, waited(card.waiting_since)),
      card.priority !== undefined && card.priority !== null && ` · priority ${card.priority}`),
    make("p", { class: "deeds" },
      make("button", { type: "button", class: "button", "data-deed": "accept", onclick: () => deeds.accept(card.id) }, "Accept"),
      make("button", { type: "button", class: "button second", "data-deed": "decline", onclick: () => deeds.decline(card.id) }, "Decline")));
}

/** @param {any} card @param {string} open @param {(id: string) => void} choose */
function mineItem(card, open, choose) {
  const who = typeof card.taxpayer === "string" ? card.taxpayer : card.taxpayer?.name;
  return make("li", {}, make("button", { type: "button", class: "mine-item", "data-id": card.id, "data-deed": "open", "aria-current": card.id === open ? "true" : null, onclick: () => choose(card.id) },
    make("strong", { dir: "auto" }, who || "Caller not known"), make("span", { class: "small quiet", dir: "auto" }, named(channels, card.channel), " · ", card.reason || "No reason given"),
    card.unread ? make("span", { class: "badge person" }, `${card.unread} new`) : null));
}

/** @param {any} queue */
function queueRow(queue) {
  const [low, high] = queue.expected_wait_minutes ?? queue.expected_wait ?? [];
  const level = typeof queue.service_level === "number" ? `${Math.round(queue.service_level * (queue.service_level > 1 ? 1 : 100))}%` : "";
  return make("tr", { class: queue.waiting ? "busy" : "" }, make("th", { scope: "row" }, named(queues, queue.queue ?? queue.name), queue.waiting ? make("small", {}, [low !== undefined && `${low} to ${high} min expected`, level && `${level} in time`].filter(Boolean).join(" · ")) : null),
    make("td", {}, queue.waiting ?? 0), make("td", {}, queue.waiting ? spell(queue.longest_wait_seconds) : ""), make("td", {}, queue.agents_available ?? ""));
}

/** Draws a list again only when it changed, and gives the focus back to the same button. */
class Steady {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.place = place;
    this.drawn = "";
  }

  /** @param {any} what @param {() => Node[]} draw */
  draw(what, draw) {
    const now = JSON.stringify(what);
    if (now === this.drawn) return;
    this.drawn = now;
    const held = /** @type {HTMLElement|null} */ (document.activeElement);
    const inside = held && this.place.contains(held);
    const [deed, id] = inside ? [held.dataset.deed, held.closest("[data-id]")?.getAttribute("data-id")] : [];
    fill(this.place, ...draw());
    if (!inside) return;
    const again = [...this.place.querySelectorAll("[data-deed]")].find((one) => /** @type {HTMLElement} */ (one).dataset.deed === deed && one.closest("[data-id]")?.getAttribute("data-id") === id);
    /** @type {HTMLElement|undefined} */ (again)?.focus();
  }
}

export class Lists {
  /** @param {{accept: (id: string) => void, decline: (id: string) => void, choose: (id: string) => void}} deeds */
  constructor(deeds) {
    this.deeds = deeds;
    const waitingPlace = make("ul", { class: "tickets" });
    const minePlace = make("ul", { class: "mine-list" });
    const rows = make("tbody", {});
    this.waitingCount = make("span", { class: "badge" }, "0");
    this.steady = { waiting: new Steady(waitingPlace), mine: new Steady(minePlace), queues: new Steady(rows) };
    const head = (/** @type {string[]} */ ...names) => make("thead", {}, make("tr", {}, names.map((name) => make("th", { scope: "col" }, name))));
    this.element = make("div", { class: "lists" },
      make("section", { "aria-labelledby": "mine-heading" }, make("h2", { id: "mine-heading" }, "With me"), minePlace),
      make("section", { "aria-labelledby": "waiting-heading" }, make("h2", { id: "waiting-heading" }, "Waiting ", this.waitingCount), waitingPlace),
      make("section", { "aria-labelledby": "queues-heading" }, make("h2", { id: "queues-heading" }, "Queues"),
        make("div", { class: "table-box", tabindex: "0", role: "region", "aria-labelledby": "queues-heading" },
          make("table", {}, head("Queue", "Waiting", "Longest", "Agents"), rows))));
  }

  /** @param {any[]} waiting @param {any[]} mine @param {string} open id of the card on the desk */
  show(waiting, mine, open) {
    fill(this.waitingCount, waiting.length);
    this.steady.waiting.draw(waiting, () => (waiting.length ? waiting.map((card) => waitingItem(card, this.deeds)) : [make("li", { class: "empty" }, "Nobody is waiting.")]));
    this.steady.mine.draw([mine, open], () => (mine.length ? mine.map((card) => mineItem(card, open, this.deeds.choose)) : [make("li", { class: "empty" }, "No conversation yet.")]));
    for (const since of this.element.querySelectorAll(".since")) since.textContent = waited(/** @type {HTMLElement} */ (since).dataset.since);
  }

  /** @param {any[]} all */
  showQueues(all) {
    const busyFirst = [...all].sort((one, other) => (other.waiting ?? 0) - (one.waiting ?? 0));
    this.steady.queues.draw(busyFirst, () => busyFirst.map(queueRow));
  }
}
