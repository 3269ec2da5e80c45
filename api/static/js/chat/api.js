/** Talks to the line's chat doors over HTTP, and says in one word what kind of trouble there was. */

/**
 * @typedef {{id: string, label: string}} Choice
 * @typedef {{id: string, at: string, from: "assistant"|"agent"|"system"|"you", language: string, text: string,
 *   choices?: Choice[], secure_form?: null|{kind: string, fields: (string|{name: string})[]}, sources?: string[], client_id?: string}} Message
 * @typedef {"bot"|"queue"|"agent"|"closed"} State
 */

/** `kind`: "network" (unknown whether it arrived; safe to send the same id again), "gone", "limit" or "refused". */
export class Trouble extends Error {
  /** @param {"network"|"gone"|"limit"|"refused"} kind @param {string} [title] what the server says to people @param {Message[]} [messages] that came with it */
  constructor(kind, title = "", messages = []) {
    super(title || kind);
    this.kind = kind;
    this.title = title;
    this.messages = messages;
  }
}

/** @param {number} status */
function kindOf(status) {
  if (status >= 500 || status === 408) return "network";
  if (status === 401 || status === 403 || status === 404 || status === 410) return "gone";
  return status === 429 ? "limit" : "refused";
}

export class ChatApi {
  /** @param {string} server origin of the line, "" for this one */
  constructor(server) {
    this.server = server.replace(/\/$/, "");
    this.conversation = "";
    this.token = "";
  }

  /** @param {string} language @returns {Promise<{conversation: string, token: string, messages: Message[], state?: State}>} */
  async open(language) {
    const opened = await this.#ask("POST", "/chat/conversations", { language });
    this.conversation = opened.conversation;
    this.token = opened.token;
    return opened;
  }

  /** @param {{id: string, text?: string, choice?: string}} message @returns {Promise<{messages: Message[], state: State}>} */
  send(message) { return this.#ask("POST", this.#path("messages"), message); }

  /** All messages after one, or from the beginning. @param {string} [after] @returns {Promise<{messages: Message[], state?: State}>} */
  since(after) { return this.#ask("GET", this.#path("messages") + (after ? `?after=${encodeURIComponent(after)}` : "")); }

  /** @param {Record<string, string>} proof @returns {Promise<{verified: boolean, messages: Message[], token?: string, state?: State}>} */
  identity(proof) { return this.#ask("POST", this.#path("identity"), proof); }

  end() { return this.#ask("POST", this.#path("end"), {}); }

  /** The written record as a page that stands on its own. @returns {Promise<Blob>} */
  async record() {
    const answer = await this.#fetch("GET", this.#path("record"), undefined, "text/html");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const link of page.querySelectorAll("link[href], img[src], script[src], a[href^='/']")) {
      const name = link.hasAttribute("href") ? "href" : "src";
      link.setAttribute(name, new URL(link.getAttribute(name) || "", this.server || location.origin).href);
    }
    return new Blob(["<!doctype html>", page.documentElement.outerHTML], { type: "text/html" });
  }

  streamAddress() {
    const address = new URL(this.#path("stream"), this.server || location.origin);
    address.protocol = address.protocol.replace("http", "ws");
    return address.href;
  }

  /** @param {string} leaf */
  #path(leaf) { return `/chat/conversations/${encodeURIComponent(this.conversation)}/${leaf}`; }

  /** @param {string} method @param {string} path @param {any} [body] @returns {Promise<any>} */
  async #ask(method, path, body) {
    const answer = await this.#fetch(method, path, body, "application/json");
    try {
      return answer.status === 204 ? {} : await answer.json();
    } catch { throw new Trouble("network"); }
  }

  /** @param {string} method @param {string} path @param {any} body @param {string} accept */
  async #fetch(method, path, body, accept) {
    /** @type {Record<string, string>} */
    const headers = { Accept: accept };
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    let answer;
    try {
      answer = await fetch(this.server + path, {
        method, headers, body: body === undefined ? undefined : JSON.stringify(body),
        cache: "no-store", credentials: "same-origin", referrerPolicy: "no-referrer", signal: AbortSignal.timeout(20000),
      });
    } catch { throw new Trouble("network"); }
    if (answer.ok) return answer;
    const problem = await answer.json().catch(() => ({}));
    throw new Trouble(kindOf(answer.status), String(problem.title || ""), Array.isArray(problem.messages) ? problem.messages : []);
  }
}
