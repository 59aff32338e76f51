// A source: its card with the quote, and the way to the passage, here and on the page it was read from.

import { link, make, webAddress } from "./element.js";
import { day } from "./written.js";

// Titles that never end are cut here; the whole stands behind the link.
const TITLE_CHARACTERS = 240;
const FRAGMENT_WORDS = 6;

const shortened = (text) => {
  const points = Array.from(text);
  return points.length > TITLE_CHARACTERS ? `${points.slice(0, TITLE_CHARACTERS).join("")}…` : text;
};

/** Who published it, else its host, else that it is a file. */
export function publisher(source, texts) {
  const address = source.url && webAddress(source.url);
  return shortened(source.source || (address ? new URL(address).hostname : texts.file));
}

/** What is said of its date, in short. */
export const dated = (source, texts) => day(source.published ?? source.event_date) || texts.undated;

export const titled = (source) => shortened(source.title);

/** An address at which a browser marks the quote (WICG, Scroll to Text Fragment); of a PDF the page it stands on. */
export function quotedAt(address, quote, page) {
  const url = new URL(address);
  if (/\.pdf$/i.test(url.pathname)) {
    if (page && !url.hash) url.hash = `page=${page}`;
    return url.href;
  }
  // A fragment's exact text must lie in one block of the page; from its first words to its last it may span several.
  const lines = quote.split(/[\n|]/).map((line) => line.trim()).filter(Boolean);
  if (!lines.length) return url.href;
  const first = lines[0].split(/\s+/);
  const last = lines.at(-1).split(/\s+/);
  const short = lines.length === 1 && first.length <= FRAGMENT_WORDS * 2;
  const ends = short ? [first] : [first.slice(0, FRAGMENT_WORDS), last.slice(-FRAGMENT_WORDS)];
  const told = ends.map((words) => encodeURIComponent(words.join(" ")).replaceAll("-", "%2D"));
  return `${url.href}${url.hash ? "" : "#"}:~:text=${told.join(",")}`;
}

/** The address of the passage in its article on the assistant's server. */
export function passageAt(base, { article_id: article, digest, start, end, seal }) {
  const query = new URLSearchParams({ digest, start, end, ...(seal && { seal }) });
  return `${base}bai/${encodeURIComponent(article)}?${query}#doan`;
}

function details(source, texts) {
  return [
    publisher(source, texts),
    source.place,
    texts.kinds[source.kind],
    source.published && texts.published(day(source.published)),
    source.event_date && texts.about_day(day(source.event_date)),
    !source.published && !source.event_date && texts.undated,
    source.page && texts.page(source.page),
    typeof source.recognised === "number" && texts.scanned(Math.round(source.recognised * 100)),
  ].filter(Boolean);
}

function toAddress(address, text, texts) {
  if (!address) return null;
  if (!webAddress(address)) return make("span", { class: "address" }, shortened(address));
  return link(address, text, { "aria-label": `${text} ${texts.newTab}` });
}

/** The card of a source. */
export function sourceCard(source, base, texts) {
  const origin = source.url && webAddress(source.url) ? quotedAt(source.url, source.quote, source.page) : source.url;
  const also = source.also?.length
    ? make("p", { class: "meta" }, texts.also, " ", source.also.map((other) => publisher(other, texts)).join(", "))
    : null;
  return make("div", { class: "card", part: "source", role: "group", "aria-label": texts.source(source.number, publisher(source, texts)) },
    make("p", { class: "name", lang: "vi" }, make("bdi", {}, titled(source))),
    make("p", { class: "meta" }, details(source, texts).map((text) => make("span", {}, make("bdi", {}, text)))),
    source.heading && make("p", { class: "place", lang: "vi" }, shortened(source.heading)),
    make("blockquote", { lang: "vi" }, source.quote),
    make("p", { class: "links" },
      toAddress(passageAt(base, source), texts.openPassage, texts),
      toAddress(origin, texts.openOrigin, texts),
      toAddress(source.original_url, texts.openDocument, texts)),
    also);
}
