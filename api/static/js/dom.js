/** Builds pages out of elements and text. Nothing here, or anywhere else in the client, turns a string into markup. */

/**
 * Make an element. Children that are strings become text nodes; null and false are left out.
 * @param {string} tag
 * @param {Record<string, any>} [traits] `on…` functions listen; booleans switch attributes; the rest are attributes
 * @param {...(Node|string|number|null|false|undefined)} children
 * @returns {any}
 */
export function make(tag, traits = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(traits)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  fill(element, ...children);
  return element;
}

/** Replace all children. @param {Element} element @param {...any} children */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat().filter((child) => child || child === 0).map((child) => (child instanceof Node ? child : String(child))));
}

/** Show or hide. @param {HTMLElement} element @param {boolean} yes */
export function show(element, yes) {
  element.hidden = !yes;
}

/**
 * The style sheets of the line, ready for a shadow root. A sheet that cannot be fetched leaves the chat plain but working.
 * @param {...string} addresses
 * @returns {Promise<CSSStyleSheet[]>}
 */
export async function sheets(...addresses) {
  return Promise.all(addresses.map(async (address) => {
    const sheet = new CSSStyleSheet();
    try {
      const answer = await fetch(address);
      if (answer.ok) sheet.replaceSync(await answer.text());
    } catch { /* plain, but working */ }
    return sheet;
  }));
}
