// The panel: what the button opens. One dialog, beside the page where there is room and over all of it on a phone.

import { button, link, make } from "./element.js";
import { Memory } from "./memory.js";
import { json } from "./stream.js";
import { STYLE } from "./style.js";
import { Turn } from "./turn.js";

const QUESTION_CHARACTERS = 2000;
// Below this the panel covers the page: phones, and desktops at 400 %. The same as in style.js.
const WHOLE_SCREEN = "(max-width: 32rem), (max-height: 30rem)";
const FOCUSABLE = "a[href], button, input, textarea, summary, [tabindex='0']";

const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);

export class Panel {
  #host;
  #start;
  #memory;
  #turns = [];
  #running = null;
  #greeted = false;
  #whole = matchMedia(WHOLE_SCREEN);

  /** host: the element on the page. start: its button, which focus goes back to. base: the assistant's address. texts: what it says. */
  constructor(host, start, base, texts) {
    this.#host = host;
    this.#start = start;
    this.base = base;
    this.texts = texts;
    this.passages = 0;
    this.refusal = null;
    this.#memory = new Memory(host.key);
    host.shadowRoot.adoptedStyleSheets = [...host.shadowRoot.adoptedStyleSheets, sheet];
    this.#build();
    host.shadowRoot.append(this.root);
    this.#whole.addEventListener("change", () => this.#fit());
    window.visualViewport?.addEventListener("resize", () => this.#fit());
    addEventListener("pagehide", () => this.keep());
    this.#restore();
  }

  /** An address of the interface, with the portal that asks. */
  api(path) {
    const address = new URL(path, this.base);
    const portal = this.#host.getAttribute("portal");
    if (portal) address.searchParams.set("portal", portal);
    return address.href;
  }

  /** A module that is fetched when it is needed. */
  load(name) {
    return this.#host.load(name);
  }

  /** Show the panel, and ask a question where one is given. focus: whether the reader opened it and goes on there. */
  open(question, focus) {
    this.root.hidden = false;
    this.#start.hidden = true;
    this.#memory.keepOpen(true);
    this.#fit();
    if (!this.#greeted) this.#greet();
    if (focus) (this.#whole.matches ? this.title : this.input).focus({ preventScroll: true });
    if (question) this.#put(question);
  }

  close() {
    this.root.hidden = true;
    this.#start.hidden = false;
    this.#memory.keepOpen(false);
    document.documentElement.style.overflow = "";
    this.#start.focus({ preventScroll: true });
  }

  /** What goes on, in one line under the conversation; announced. */
  say(text) {
    this.status.textContent = text;
  }

  /** Ask a turn's question, for the first time or again. */
  async ask(turn) {
    if (this.#running) return;
    this.#running = turn;
    this.root.querySelector(".next")?.remove();
    this.#busy(true);
    turn.root.scrollIntoView({ block: "start" });
    await turn.ask();
    this.#running = null;
    this.#busy(false);
    if (turn.answer) {
      this.conversation = turn.answer.conversation;
      this.#suggest(turn);
    }
    this.keep();
  }

  /** Keep what the next page of this portal is to show. */
  keep() {
    this.#memory.keep({
      conversation: this.conversation, draft: this.input.value, turns: this.#turns.map((turn) => turn.kept),
    });
  }

  #build() {
    const { texts } = this;
    this.title = make("h2", { part: "title", tabindex: -1, id: "title" }, texts.title);
    this.greeting = make("p", { class: "greeting" }, texts.greeting);
    this.samples = make("div", {});
    this.intro = make("div", { class: "intro" }, this.greeting, this.samples);
    // What is added is announced as it comes, and nothing twice (WAI-ARIA 1.2, log).
    this.log = make("div", { class: "log", part: "log", role: "log", "aria-label": texts.conversation, tabindex: 0 });
    this.status = make("p", { class: "state", part: "status", role: "status" });
    this.input = make("textarea", {
      id: "question", part: "input", rows: 2, maxlength: QUESTION_CHARACTERS, placeholder: texts.hint, autocomplete: "off",
      enterkeyhint: "send", "aria-describedby": "about", oninput: () => this.keep(),
    });
    this.send = make("button", { class: "main", part: "send" }, texts.ask);
    this.form = make("form", { part: "form", onsubmit: (event) => this.#submit(event) },
      make("label", { for: "question" }, texts.question),
      make("div", { class: "box" }, this.input, this.send));
    this.root = make("div", { class: "panel", part: "panel", role: "dialog", "aria-labelledby": "title", lang: this.#language, hidden: true },
      make("div", { class: "head", part: "header" },
        make("div", { class: "bar" }, this.title, button(texts.again, () => this.#restart(), { class: "quiet" }),
          button(texts.close, () => this.close(), { class: "quiet", part: "close" })),
        make("p", { id: "about", class: "about" }, texts.about)),
      make("div", { class: "middle" }, this.intro, this.log),
      make("div", { class: "foot" }, this.status, this.form,
        make("p", { class: "small" }, link(this.base, texts.fullPage, { "aria-label": `${texts.fullPage} ${texts.newTab}` }))));
    this.root.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.#submit(event);
    });
  }

  get #language() {
    return this.#host.language;
  }

  #restore() {
    const { conversation, draft, turns } = this.#memory.load();
    this.conversation = conversation;
    this.input.value = draft;
    this.log.setAttribute("aria-live", "off"); // what was read on a former page is not read out again
    for (const kept of turns) this.#add(kept);
    setTimeout(() => this.log.removeAttribute("aria-live"));
    this.#whether();
    const last = this.#turns.at(-1);
    if (last) requestAnimationFrame(() => last.root.scrollIntoView({ block: "start" }));
  }

  #add(kept) {
    const turn = new Turn(this, kept);
    this.#turns.push(turn);
    this.log.append(turn.root);
    this.#whether();
    return turn;
  }

  #whether() {
    this.intro.hidden = this.#turns.length > 0;
    this.root.querySelector(".quiet").hidden = this.#turns.length === 0;
  }

  #submit(event) {
    event.preventDefault();
    if (this.#running) {
      if (event.type === "submit") this.#running.stop();
      return;
    }
    const question = this.input.value.trim();
    if (question) this.#put(question);
    else this.input.focus();
  }

  #put(question) {
    if (this.#running) return;
    this.input.value = "";
    const turn = this.#add({ question });
    this.keep(); // should the page change before the answer has come
    if (this.#whole.matches) turn.heading.focus({ preventScroll: true }); // an on-screen keyboard leaves room to read
    this.ask(turn);
  }

  #busy(busy) {
    this.send.textContent = busy ? this.texts.stop : this.texts.ask;
    this.send.classList.toggle("stop", busy);
  }

  #restart() {
    this.#running?.stop();
    this.#turns = [];
    this.conversation = null;
    this.log.replaceChildren();
    this.root.querySelector(".next")?.remove();
    this.say("");
    this.#whether();
    this.keep();
    this.input.focus();
  }

  // What the portal says of itself, and questions of its province. The chat works without.
  async #greet() {
    this.#greeted = true;
    const portal = this.#host.getAttribute("portal");
    const of = (path) => json(this.api(path)).catch((trouble) => {
      // of a page that is not on the portal's list a browser lets this one request say why
      if (path.startsWith("api/portals/") && trouble.detail) this.refusal = trouble;
      return null;
    });
    const [said, ready] = await Promise.all([
      portal ? of(`api/portals/${encodeURIComponent(portal)}`) : null, of("api/ready"),
    ]);
    if (this.refusal) this.intro.append(make("p", { class: "notice", part: "notice", lang: "vi" }, this.refusal.detail));
    this.passages = ready?.passages ?? 0;
    if (said?.greeting) this.greeting.textContent = said.greeting;
    if (said?.colours?.action) this.#host.style.setProperty("--portal-accent", said.colours.action);
    if (said?.colours?.action_dark) this.#host.style.setProperty("--portal-accent-dark", said.colours.action_dark);
    const samples = said?.samples ?? (await of("api/suggestions"))?.questions ?? [];
    this.#offer(this.samples, "h3", this.texts.tryAsking, samples);
  }

  // What the corpus was just seen to answer beyond this.
  async #suggest(turn) {
    const { id } = turn.answer;
    const after = id ? `?answer=${encodeURIComponent(id)}` : ""; // an answer that was not kept has no id
    const offered = await json(this.api(`api/suggestions${after}`)).catch(() => null);
    if (!offered || this.#running || turn !== this.#turns.at(-1)) return;
    const next = make("div", { class: "next" });
    this.#offer(next, "h4", this.texts.goOn, offered.questions ?? []);
    if (offered.scorecard) this.#offerScore(next, offered.scorecard);
    if (next.hasChildNodes()) turn.after.append(next);
  }

  #offer(place, level, title, questions) {
    if (!questions.length) return;
    place.append(make(level, {}, title), make("ul", { class: "samples", part: "samples", lang: "vi" },
      questions.slice(0, 3).map((question) => make("li", {}, button(question, () => {
        this.input.focus({ preventScroll: true });
        this.#put(question);
      })))));
  }

  #offerScore(place, offered) {
    const opener = button(this.texts.score(`${offered.set}: ${offered.name}`), async () => {
      try {
        const { scoreForm } = await this.load("score.js");
        const form = await scoreForm(this, offered);
        form.addEventListener("close", () => {
          form.replaceWith(opener);
          opener.focus();
        });
        opener.replaceWith(form);
        form.querySelector("h4").focus();
        form.scrollIntoView({ block: "start" });
      } catch {
        this.say(this.texts.scoreFailed);
      }
    }, { class: "again" });
    place.append(opener);
  }

  #key(event) {
    if (event.key === "Escape" && !event.isComposing) {
      event.stopPropagation();
      this.close();
    } else if (event.key === "Tab" && this.#whole.matches) {
      const all = [...this.root.querySelectorAll(FOCUSABLE)].filter((one) => one.getClientRects().length);
      const active = this.#host.shadowRoot.activeElement;
      const [from, to] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
      if (active === from || (event.shiftKey && active === this.title)) {
        event.preventDefault();
        to.focus();
      }
    }
  }

  // Over the whole screen it is a modal dialog, and the page behind it does not scroll.
  #fit() {
    const whole = this.#whole.matches;
    this.root.toggleAttribute("aria-modal", whole);
    if (whole) this.root.setAttribute("aria-modal", "true");
    document.documentElement.style.overflow = whole && !this.root.hidden ? "hidden" : "";
    // an on-screen keyboard takes part of the screen without telling the page's own measures
    const height = whole && window.visualViewport ? `${window.visualViewport.height}px` : "";
    this.root.style.setProperty("--height", height || "100dvh");
  }
}
