/** What the agent desk says. Agents work in English; callers' own words keep their language. */
export const words = {
  you: "Caller", assistant: "Assistant", agent: "Agent", system: "Notice",
  based_on: "Based on {sources}", sending: "Sending", sent: "Sent", not_sent: "Not sent.", try_again: "Try again",
};

/** @param {string} key @param {Record<string, any>} [values] */
export function t(key, values = {}) {
  const word = /** @type {Record<string, string>} */ (words)[key] ?? key;
  return word.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

export const channels = { chat: "Web chat", web: "Web chat", sms: "Text", voice: "Phone" };
export const languages = { en: "English", es: "Spanish" };
export const presences = { available: "Available", wrap_up: "Wrap-up", break: "Break", offline: "Offline" };
export const queues = {
  urgent: "Urgent", collection: "Collection", business: "Business", revenue_officer: "Revenue officer", appeals: "Appeals",
  private_agency: "Private agency", advocate: "Taxpayer Advocate", identity_theft: "Identity theft", insolvency: "Insolvency",
};
export const deadlines = {
  interest_free_payment: "Pay without more interest", notice_response: "Answer the notice", cdp_hearing: "Ask for a hearing (CDP)",
  equivalent_hearing: "Ask for an equivalent hearing", lien_cdp_hearing: "Ask for a hearing on the lien", tax_court_petition: "Petition the Tax Court",
  bank_levy_release: "Bank sends the money", agreement_termination: "Keep the agreement", levy_bar_end: "Levy bar ends",
};
export const dispositions = {
  resolved: "Answered, nothing open", plan: "Payment plan taken in", hardship: "Hardship taken in", hearing: "Hearing request", penalty_relief: "Penalty relief taken in",
  follow_up: "Follow-up needed", referred: "Sent elsewhere", no_contact: "Caller was gone", other: "Other",
};

/** A plain word for a code; an unknown code reads as itself. @param {Record<string, string>} table @param {any} code */
export function named(table, code) {
  return Object.hasOwn(table, code) ? table[code] : String(code ?? "").replaceAll("_", " ");
}
