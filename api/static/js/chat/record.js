/** Opens the written record of this conversation in a new tab. It is fetched with the token, so no address ever carries it. */
import { make } from "../dom.js";

/** @param {import("./api.js").ChatApi} api */
export async function openRecord(api) {
  const address = URL.createObjectURL(await api.record());
  const link = make("a", { href: address, target: "_blank", rel: "noopener" });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 120000);
}
