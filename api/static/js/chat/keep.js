/** What survives a reload of this tab: which conversation, its token, and messages not yet taken by the server. Never the transcript, never the identity form. */

const place = "acs-line-chat";

/** @typedef {{conversation: string, token: string, language: string, unsent: {id: string, text?: string, choice?: string, label?: string}[]}} Kept */

/** @returns {Kept|null} */
export function recall() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(place) || "null");
    return kept && kept.conversation && kept.token ? { unsent: [], ...kept } : null;
  } catch { return null; }
}

/** @param {Kept} kept */
export function remember(kept) {
  try { sessionStorage.setItem(place, JSON.stringify(kept)); } catch { /* a browser that keeps nothing still chats */ }
}

export function forget() {
  try { sessionStorage.removeItem(place); } catch { /* nothing was kept */ }
}
