// After an answer: taken along, copied as text or printed alone; after none: what stands nearest.

import { make } from "./element.js";
import { publisher, dated, titled } from "./source.js";
import { json } from "./stream.js";
import { day } from "./written.js";

const MOST_NEAR = 3;
const STYLE = `
body { font: 12pt/1.6 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; color: #000; background: #fff; }
h1 { font-size: 15pt; line-height: 1.4; } h2 { font-size: 12pt; } p { margin: 0 0 .6em; white-space: pre-line; }
li { margin-bottom: .6em; break-inside: avoid; } .small { font-size: 10pt; overflow-wrap: anywhere; }
`;

const sourceLine = (source, texts) => `${titled(source)}. ${publisher(source, texts)}, ${dated(source, texts)}.`;

/** Copies the answer with its sources; what to tell the reader. */
export async function copied({ question, answer }, texts) {
  const sources = answer.citations.map((source) => (
    [`[${source.number}] ${sourceLine(source, texts)}`, `“${source.quote}”`, source.url].filter(Boolean).join("\n")
  ));
  try {
    await navigator.clipboard.writeText([question, answer.text, ...answer.notices, texts.sources, ...sources].join("\n\n"));
    return texts.copied;
  } catch {
    return texts.notCopied;
  }
}

/** Prints the answer with its sources, without the page it stands on; nothing to tell the reader. */
export function printed({ question, answer, chat }, texts) {
  const frame = make("iframe", { title: texts.print, "aria-hidden": "true", tabindex: -1 });
  frame.style.cssText = "position: fixed; inline-size: 0; block-size: 0; border: 0;";
  document.body.append(frame);
  const page = frame.contentWindow;
  const sheet = new page.CSSStyleSheet();
  sheet.replaceSync(STYLE);
  page.document.adoptedStyleSheets = [sheet];
  page.document.title = `${question} · ${texts.title}`;
  page.document.body.append(
    make("h1", {}, question),
    ...answer.text.split("\n").map((line) => make("p", {}, line)),
    ...answer.notices.map((notice) => make("p", { class: "small" }, notice)),
    make("h2", {}, texts.sources),
    make("ol", {}, answer.citations.map((source) => make("li", { value: source.number },
      sourceLine(source, texts), make("p", {}, `“${source.quote}”`), make("p", { class: "small" }, source.url)))),
    make("p", { class: "small" }, `${texts.asOf(day(answer.as_of))}. ${texts.about} ${chat.base}`),
  );
  page.addEventListener("afterprint", () => setTimeout(() => frame.remove()));
  page.focus();
  page.print();
  return "";
}

/** What stands nearest to a question that nothing answers, said to be no answer; rows: makes a list of sources. Raises Trouble. */
export async function nearest({ question, chat }, rows) {
  const { texts } = chat;
  const { hits } = await json(chat.api(`api/search?q=${encodeURIComponent(question)}&limit=${MOST_NEAR}`));
  const sources = hits.map((hit, place) => ({ ...hit, number: place + 1, quote: hit.text }));
  return [make("p", { class: "small" }, sources.length ? texts.noAnswer : texts.noneNear), rows(sources)];
}
