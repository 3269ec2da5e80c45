/** Finds the interface's words in the reader's language, and puts values into them. */
import en from "../strings.en.js";
import es from "../strings.es.js";

/** @typedef {"en"|"es"} Language */

const all = { en, es };

/** @param {string|null|undefined} tag @returns {Language} the nearest language we speak */
export function nearest(tag) {
  return String(tag || "").toLowerCase().startsWith("es") ? "es" : "en";
}

/**
 * @param {Language} language
 * @returns {(key: keyof typeof en, values?: Record<string, string|number>) => string}
 */
export function speaker(language) {
  return (key, values = {}) => all[language][key].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/**
 * "3 people ahead of you. About 8 to 20 minutes."
 * @param {ReturnType<typeof speaker>} t
 * @param {{ahead?: number, wait_minutes?: [number, number]|null}} queue
 */
export function queueLine(t, queue) {
  const parts = [];
  if (queue.ahead === 0) parts.push(t("ahead_none"));
  else if (queue.ahead === 1) parts.push(t("ahead_one"));
  else if (typeof queue.ahead === "number") parts.push(t("ahead_many", { count: queue.ahead }));
  const [low, high] = queue.wait_minutes || [];
  if (low !== undefined) parts.push(low === high || high === undefined ? t("wait_about", { low }) : t("wait_range", { low, high }));
  return parts.join(" ");
}

/** "2:05 PM" in the reader's own clock. @param {string} at ISO time @param {Language} language */
export function clock(at, language) {
  const day = new Date(at);
  if (Number.isNaN(day.getTime())) return "";
  return day.toLocaleTimeString(language === "es" ? "es-US" : "en-US", { hour: "numeric", minute: "2-digit" });
}
