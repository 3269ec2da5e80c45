/** Signing in to the desk. */
import { fill, make, show } from "../dom.js";
import { signIn } from "./api.js";

/** @param {string} why a word on why we are here, "" the first time @param {() => void} done @returns {HTMLElement} */
export function login(why, done) {
  const alert = make("p", { class: "note warn", role: "alert", hidden: !why }, why);
  const name = make("input", { class: "input", id: "username", autocomplete: "username", autocapitalize: "off", spellcheck: "false", required: true });
  const password = make("input", { class: "input", id: "password", type: "password", autocomplete: "current-password", required: true });
  const enter = make("button", { class: "button wide", type: "submit" }, "Sign in");
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    enter.disabled = true;
    try {
      await signIn(name.value.trim(), password.value);
      done();
    } catch (trouble) {
      fill(alert, /** @type {any} */ (trouble).title || "The name or the password is not right.");
      show(alert, true);
      password.value = "";
      password.focus();
    }
    enter.disabled = false;
  };
  const field = (/** @type {string} */ label, /** @type {HTMLElement} */ input) => make("div", { class: "field" }, make("label", { for: input.id }, label), input);
  return make("main", { class: "login" },
    make("form", { class: "login-card", onsubmit: submit },
      make("img", { src: "/static/favicon.svg", alt: "", width: 44, height: 44 }),
      make("h1", {}, "Agent desk"), make("p", { class: "quiet" }, "Sign in to take over conversations from the line."),
      alert, field("User name", name), field("Password", password), enter));
}
