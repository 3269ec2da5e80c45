/** Talks to the desk's doors: the session cookie goes by itself, the CSRF token in a header. */
import { Trouble } from "../chat/api.js";

const place = "acs-desk";

/** Called when the session is over. @type {{signedOut: () => void}} */
export const whenOver = { signedOut() {} };

/** @returns {any} what this tab knows of the session: {csrf, name, presence} or null */
export function session() {
  try { return JSON.parse(sessionStorage.getItem(place) || "null"); } catch { return null; }
}

/** @param {any} known */
export function keepSession(known) {
  if (known) sessionStorage.setItem(place, JSON.stringify(known));
  else sessionStorage.removeItem(place);
}

/** @param {string} username @param {string} password */
export async function signIn(username, password) {
  known(await ask("POST", "session", { username, password }), username);
}

/** A new tab of someone who is signed in already. */
export async function resume() { known(await ask("GET", "session"), ""); }

/** @param {any} opened @param {string} username */
function known(opened, username) {
  keepSession({ csrf: opened.csrf_token ?? opened.csrf ?? "", name: opened.agent?.name ?? opened.name ?? username, presence: opened.presence ?? opened.agent?.presence ?? "offline" });
}

/**
 * @param {"GET"|"POST"|"PUT"|"DELETE"} method @param {string} path below /console/api/ @param {any} [body]
 * @param {string} [key] of something that must happen once, however often it is sent
 * @returns {Promise<any>}
 */
export async function ask(method, path, body, key) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json" };
  if (method !== "GET") headers["X-CSRF-Token"] = session()?.csrf ?? "";
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  let answer;
  try {
    answer = await fetch(`/console/api/${path}`, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(15000) });
  } catch { throw new Trouble("network", "No connection. We keep trying."); }
  const told = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
  if (answer.ok) return told;
  if (answer.status === 401 && path !== "session") whenOver.signedOut();
  throw trouble(answer.status, String(told.title || ""));
}

/** @param {number} status @param {string} title */
function trouble(status, title) {
  if (status >= 500 || status === 408) return new Trouble("network", title || "The desk did not answer. We keep trying.");
  if (status === 401) return new Trouble("gone", title || "Please sign in again.");
  if (status === 429) return new Trouble("limit", title || "Too many tries. Wait a moment.");
  return new Trouble("refused", title || (status === 409 ? "Another agent took this one first." : "The desk could not do this."));
}

/** A list, whether the server wraps it or not. @param {any} answer @param {string} name @returns {any[]} */
export function listOf(answer, name) {
  return Array.isArray(answer) ? answer : answer?.[name] ?? [];
}

/** @param {string} id */
export const handoff = (id, leaf = "") => `handoffs/${encodeURIComponent(id)}${leaf && `/${leaf}`}`;
