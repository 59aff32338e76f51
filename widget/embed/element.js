// Elements made of text. Whatever comes from a page of the web becomes a text node here, never markup, and an address
// becomes a link only if it is http or https.

// Marks that turn the reading direction: within a title they could make an address read as another one.
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text as it is shown: without marks that turn its direction. */
export const plain = (text) => String(text ?? "").replace(DIRECTION, "");

/** The address where it may become a link, else null. */
export function webAddress(text) {
  try {
    const address = new URL(text);
    return ["http:", "https:"].includes(address.protocol) && address.hostname ? address.href : null;
  } catch {
    return null;
  }
}

/**
 * An element with attributes, listeners ("onclick": a function) and children (nodes, texts; null and false are left out).
 * true stands for an attribute without a value; null and false for none.
 */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (name === "href") node.setAttribute(name, webAddress(value) ?? "about:blank#blocked");
    else if (value === true) node.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, plain(value));
  }
  node.append(...children.flat().filter((one) => one !== null && one !== undefined && one !== false && one !== "")
    .map((one) => (one instanceof Node ? one : plain(one))));
  return node;
}

/** A button that says what it does. */
export const button = (text, onclick, attributes = {}) => make("button", { type: "button", onclick, ...attributes }, text);

/** A link that opens beside the page, learning nothing of it. */
export const link = (address, text, attributes = {}) =>
  make("a", { href: address, target: "_blank", rel: "noopener noreferrer", ...attributes }, text);
