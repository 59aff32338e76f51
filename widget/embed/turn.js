// A question and its answer: asked, drawn sentence by sentence, finished or broken off, and all one can do with it.

import { button, make } from "./element.js";
import { calculationLabel, growing, linesOf } from "./lines.js";
import { rating } from "./rating.js";
import { dated, publisher, sourceCard, titled } from "./source.js";
import { asked, Trouble } from "./stream.js";
import { day, number } from "./written.js";

const SLOW_MS = 8000;
// A sentence with more sources than this shows the first ones, the others on demand.
const CHIPS_SHOWN = 6;
const CHIPS_FIRST = 3;
// Of these the server's own sentence says more than ours could.
const TOLD_BY_SERVER = new Set(["asked", "limited", "busy", "refused"]);

// A chip stays on the line of the word before it (of the end of it, where that has no end).
function tied(span, chip) {
  const word = /\S{0,20}\s*$/.exec(span.textContent)[0];
  span.textContent = span.textContent.slice(0, span.textContent.length - word.length);
  return make("span", { class: "tied" }, `${word.trimEnd()} `, chip);
}

export class Turn {
  /** chat: what all turns share (chat.js). kept: what was kept of a former page's turn. */
  constructor(chat, { question, answer = null, rated = null }) {
    Object.assign(this, { chat, question, answer, rated });
    const { texts } = chat;
    this.heading = make("h3", { class: "question", part: "question", tabindex: -1 },
      make("span", { class: "unseen" }, `${texts.youAsked} `), question);
    this.lines = make("div", { class: "lines", lang: "vi" });
    this.told = make("div", { class: "told" });
    // Not announced as it appears: whoever wants it comes to it after the answer.
    this.after = make("div", { class: "after", "aria-live": "off" });
    this.root = make("div", { class: "turn", part: "answer" }, this.heading, this.lines, this.told, this.after);
    this.root.addEventListener("pointerover", (event) => this.#light(event));
    this.root.addEventListener("focusin", (event) => this.#light(event));
    this.#clear();
    if (answer) this.#finish(answer);
    else this.#fail(new Trouble("left"), false);
  }

  /** What the next page needs of it. */
  get kept() {
    return { question: this.question, answer: this.answer, rated: this.rated };
  }

  /** Ask the server; ends when the answer is whole or something went wrong, which is then shown. */
  async ask() {
    const { chat } = this;
    this.#clear();
    this.control = new AbortController();
    const deltas = [];
    const slow = setTimeout(() => chat.say(chat.texts.slow), SLOW_MS);
    chat.say(chat.texts.searching(chat.passages && number(chat.passages)));
    try {
      const body = { question: this.question, conversation: chat.conversation };
      for await (const { name, data } of asked(chat.api("api/ask"), body, this.control)) {
        if (name === "status" && chat.texts.steps[data.step]) chat.say(chat.texts.steps[data.step]);
        else if (name === "citation") this.citations.push(data);
        else if (name === "delta") {
          clearTimeout(slow);
          deltas.push(data);
          this.#draw(growing(deltas, this.citations));
        } else if (name === "replace") {
          deltas.splice(0, Infinity, { start: 0, text: data.text });
          this.citations = data.citations;
          this.#draw(growing(deltas, this.citations));
        } else if (name === "done") this.#finish(data);
      }
      chat.say("");
    } catch (error) {
      if (!(error instanceof Trouble)) console.error(error);
      this.#fail(error instanceof Trouble ? error : new Trouble("cut"), deltas.length > 0);
      chat.say("");
    } finally {
      clearTimeout(slow);
    }
  }

  stop() {
    this.control?.abort();
  }

  #clear() {
    clearInterval(this.waiting);
    this.answer = null;
    this.citations = [];
    this.keys = [];
    this.nodes = [];
    this.shown = null;
    for (const part of [this.lines, this.told, this.after]) part.replaceChildren();
  }

  // Only lines that differ from what stands are drawn anew: a sentence is announced once and does not jump.
  #draw(whole) {
    const lines = linesOf(whole);
    const keys = lines.map((line) => JSON.stringify(line));
    let same = 0;
    while (same < keys.length && keys[same] === this.keys[same]) same += 1;
    if (same < this.nodes.length) this.#closeCard();
    for (const node of this.nodes.splice(same)) {
      const list = node.parentNode;
      node.remove();
      if (!list.hasChildNodes() && list !== this.lines) list.remove();
    }
    for (const line of lines.slice(same)) this.nodes.push(this.#append(line));
    this.keys = keys;
  }

  #append({ item, pieces }) {
    const node = make(item ? "li" : "p");
    const chips = pieces.filter((piece) => piece.chip).length;
    let target = node;
    let placed = 0;
    for (const piece of pieces) {
      if (!piece.chip) {
        if (piece.text !== " ") node.append(make("span", {}, piece.text));
        continue;
      }
      if (placed === CHIPS_FIRST && chips > CHIPS_SHOWN) {
        target = make("details", { class: "more" },
          make("summary", {}, this.chat.texts.moreSources(chips - CHIPS_FIRST)));
        node.append(target);
      }
      const chip = this.#chip(piece.chip, node);
      const before = target.lastChild;
      if (before?.className === "tied" && placed < 2) before.append(chip);
      else target.append(before?.tagName === "SPAN" && !before.className ? tied(before, chip) : chip);
      placed += 1;
    }
    const last = this.lines.lastElementChild;
    if (!item) this.lines.append(node);
    else if (last?.tagName === "UL") last.append(node);
    else this.lines.append(make("ul", {}, node));
    return node;
  }

  #chip(count, line) {
    const source = this.citations.find((one) => one.number === count);
    const label = this.chat.texts.source(count, publisher(source, this.chat.texts));
    return this.#opener(source, make("button", { type: "button", class: "chip", part: "chip", "aria-label": label }, count),
      (card) => (line.tagName === "LI" ? line.append(card) : line.after(card)));
  }

  /** A button that opens a source's card where `put` puts it, and closes it again. */
  #opener(source, opener, put) {
    opener.dataset.number = source.number;
    opener.setAttribute("aria-expanded", "false");
    opener.addEventListener("click", () => {
      const open = this.shown?.opener === opener;
      this.#closeCard();
      if (open) return;
      const card = sourceCard(source, this.chat.base, this.chat.texts);
      card.setAttribute("aria-live", "off");
      put(card);
      opener.setAttribute("aria-expanded", "true");
      this.shown = { opener, card };
      card.scrollIntoView({ block: "nearest" });
    });
    return opener;
  }

  #closeCard() {
    this.shown?.card.remove();
    this.shown?.opener.setAttribute("aria-expanded", "false");
    this.shown = null;
  }

  // The chips of a source and its line in the list light each other.
  #light(event) {
    const count = event.target.closest("[data-number]")?.dataset.number;
    for (const one of this.root.querySelectorAll("[data-number]")) one.classList.toggle("lit", one.dataset.number === count);
  }

  #finish(answer) {
    const { texts } = this.chat;
    this.answer = answer;
    this.citations = answer.citations;
    this.#draw(answer);
    const status = texts.statuses[answer.status];
    if (status) this.lines.before(make("p", { class: "status" }, status));
    this.told.append(...answer.notices.map((notice) => make("p", { class: "notice", part: "notice", lang: "vi" }, notice)));
    const calculations = answer.claims.filter((claim) => claim.calculation);
    this.after.append(
      ...calculations.map(({ calculation }) => make("p", { class: "small" }, texts.reckoned, " ", calculationLabel(calculation))),
      answer.read_as ? make("p", { class: "small" }, texts.readAs(answer.read_as)) : "",
      make("p", { class: "small" }, [texts.asOf(day(answer.as_of)),
        answer.corpus_updated && texts.updated(day(answer.corpus_updated))].filter(Boolean).join(" · ")),
      ...this.#sources(),
      answer.status === "no_evidence" ? this.#nearest() : "",
      ...(answer.citations.length ? [this.#tools()] : []),
    );
  }

  #sources() {
    if (!this.citations.length) return [];
    return [make("h4", {}, this.chat.texts.sources), this.#rows(this.citations)];
  }

  #rows(sources) {
    const { texts } = this.chat;
    const rows = sources.map((source) => {
      const row = make("li");
      row.append(this.#opener(source, make("button", { type: "button", class: "row" },
        make("span", { class: "number" }, source.number),
        make("span", { class: "what" },
          make("span", { class: "name", lang: "vi" }, make("bdi", {}, titled(source))), " ",
          make("span", { class: "meta" }, make("bdi", {}, publisher(source, texts)), ` · ${dated(source, texts)}`))),
      (card) => row.append(card)));
      return row;
    });
    return make("ol", { class: "sources", part: "sources" }, rows);
  }

  // Where nothing answers, what stands nearest is one tap away.
  #nearest() {
    const { chat } = this;
    const box = make("details", { class: "nearest" }, make("summary", {}, chat.texts.nearest));
    box.addEventListener("toggle", async () => {
      if (!box.open || box.children[1]) return;
      try {
        const { nearest } = await chat.load("after.js");
        box.append(...await nearest(this, (sources) => this.#rows(sources)));
        chat.say("");
      } catch (error) {
        box.open = false;
        chat.say(chat.texts.troubles[error.kind ?? "unreachable"]);
      }
    });
    return box;
  }

  #tools() {
    const { chat } = this;
    const { texts } = chat;
    const rated = (value) => {
      this.rated = value;
      chat.keep();
    };
    return make("div", { class: "tools", role: "group", "aria-label": texts.tools },
      button(texts.copy, () => this.#paper("copied")),
      button(texts.print, () => this.#paper("printed")),
      ...(this.answer.id ? rating(chat, this.answer.id, this.rated, rated) : []));
  }

  async #paper(way) {
    const { chat } = this;
    try {
      const after = await chat.load("after.js");
      chat.say(await after[way](this, chat.texts));
    } catch {
      chat.say(chat.texts.troubles.unreachable);
    }
  }

  #fail(failure, begun) {
    const { texts, refusal } = this.chat;
    const trouble = failure.kind === "unreachable" && refusal ? refusal : failure;
    const ours = texts.troubles[trouble.kind];
    const theirs = trouble.detail && (texts.detailed || trouble.kind === "asked") ? trouble.detail : "";
    const instead = theirs && TOLD_BY_SERVER.has(trouble.kind);
    this.told.append(
      make("p", { class: "notice", part: "notice" }, instead ? theirs : ours, " ", texts.kept),
      theirs && !instead && !begun ? make("p", { class: "small" }, theirs) : "",
    );
    this.after.append(this.#again(trouble.waitS));
  }

  #again(waitS) {
    const { texts } = this.chat;
    let left = waitS;
    const again = button("", () => {
      if (left > 0) return;
      this.heading.focus({ preventScroll: true });
      this.chat.ask(this);
    }, { class: "again" });
    const tell = () => {
      again.textContent = left > 0 ? texts.retryIn(left) : texts.retry;
      again.setAttribute("aria-disabled", left > 0);
      if (left <= 0) clearInterval(this.waiting);
    };
    tell();
    if (left > 0) {
      this.waiting = setInterval(() => {
        left -= 1;
        tell();
      }, 1000);
    }
    return again;
  }
}
