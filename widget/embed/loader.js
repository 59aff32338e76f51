// The assistant's button on a page of another site, served as /widget.js. What the button opens is fetched when it is
// first opened, each file against its hash: whoever pins this file by its own hash has pinned all of them.
(() => {
  "use strict";

  // Both are filled in as the file is served (widget/embedded.py). LATER: what the first opening does without.
  const VERSION = "unserved";
  const HASHES = {};
  const LATER = ["vi.js", "en.js", "after.js", "score.js"];

  const script = document.currentScript ?? document.querySelector('script[src*="/widget.js"]');
  const base = new URL(".", script.src).href;
  const TEXTS = {
    vi: ["Hỏi về OCOP", "Chưa tải được khung hỏi đáp. Xin thử lại, hoặc ", "mở trang hỏi đáp"],
    en: ["Ask about OCOP", "The assistant could not be loaded. Try again, or ", "open its page"],
  };
  const DARK = `--ground: var(--ocop-ground-dark, #121613); --ink: var(--ocop-ink-dark, #ecf0ed); --focus: #f2b868;
--accent: var(--ocop-accent-dark, var(--portal-accent-dark, #82d3a9)); --on-accent: var(--ocop-on-accent-dark, #0b1a12);`;
  const STYLE = `
:host {
  all: initial; display: block; block-size: 72px;
  --ground: var(--ocop-ground, #fff); --ink: var(--ocop-ink, #16201b); --focus: #8a4300;
  --accent: var(--ocop-accent, var(--portal-accent, #0b5d3b)); --on-accent: var(--ocop-on-accent, #fff);
  --font: var(--ocop-font, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif);
  --radius: var(--ocop-radius, 8px); --offset: var(--ocop-offset, 16px); --layer: var(--ocop-layer, 1000);
}
@media (prefers-color-scheme: dark) { :host(:not([theme="light"])) { ${DARK} } }
:host([theme="dark"]) { ${DARK} }
:host([position="inline"]) { display: inline-block; block-size: auto; }
.corner { all: initial; position: fixed; z-index: var(--layer); inset: auto var(--offset) var(--offset) auto; max-inline-size: 320px; }
:host([position="left"]) .corner { inset: auto auto var(--offset) var(--offset); }
:host([position="inline"]) .corner { position: static; }
.start, .failed {
  font: 600 max(16px, 1rem)/1.5 var(--font); padding: .6em 1.1em; border: 1px solid var(--on-accent);
  border-radius: var(--radius); background: var(--accent); color: var(--on-accent);
}
.start { cursor: pointer; }
.start::before { content: "★ " / ""; }
.start:hover { text-decoration: underline; text-underline-offset: .2em; }
.failed { margin: 0 0 .5em; font-weight: 400; }
a { color: inherit; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
:host([hidden]), [hidden] { display: none !important; }
@media print { :host { display: none; } }
`;

  const make = (tag, values, ...children) => {
    const node = Object.assign(document.createElement(tag), values);
    node.append(...children);
    return node;
  };
  const at = (name) => new URL(`widget/${VERSION}/${name}`, base).href;

  // A file that a browser has fetched and checked is what an import of its address then means. One that failed would
  // be fetched anew and unchecked, so nothing is imported before all have passed.
  const checked = (name) => new Promise((resolve, reject) => {
    const rel = "modulepreload";
    const link = make("link", {
      rel, href: at(name), integrity: HASHES[name], crossOrigin: "anonymous", onload: resolve, onerror: reject,
    });
    if (link.relList.supports(rel)) document.head.append(link);
    else resolve();
  });

  class OcopAssistant extends HTMLElement {
    #button;
    #failed;
    #panel;

    connectedCallback() {
      if (this.#button) return;
      const root = this.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      root.adoptedStyleSheets = [sheet];
      this.#button = make("button", {
        type: "button", className: "start", part: "button", ariaHasPopup: "dialog", onclick: () => this.open(),
      }, this.getAttribute("label") || this.texts[0]);
      this.#failed = make("p", { className: "failed", hidden: true, role: "alert" });
      root.append(make("div", { className: "corner" }, this.#failed, this.#button));
      try {
        if (sessionStorage.getItem(`${this.key}:open`)) this.open(null, false);
      } catch {} // where storage is blocked nothing is kept
    }

    /** "vi" or "en": as the element says, else as the page does. */
    get language() {
      return /^en/i.test(this.getAttribute("lang") || document.documentElement.lang) ? "en" : "vi";
    }

    get texts() {
      return TEXTS[this.language];
    }

    /** What this portal's state is kept under for as long as the tab is open. */
    get key() {
      return `ocop:${base}:${this.getAttribute("portal") ?? ""}`;
    }

    /** The module of that name, checked. */
    async load(name) {
      await checked(name);
      return import(at(name));
    }

    /** Open the panel, and ask a question where one is given. */
    async open(question, focus = true) {
      this.#failed.hidden = true;
      this.#button.ariaBusy = "true";
      try {
        const [words] = await Promise.all([this.load(`${this.language}.js`),
          ...Object.keys(HASHES).filter((name) => !LATER.includes(name)).map(checked)]);
        const { Panel } = await import(at("chat.js"));
        this.#panel ??= new Panel(this, this.#button, base, words.TEXTS);
        this.#panel.open(question, focus);
      } catch (error) {
        console.error(error);
        const [, failed, page] = this.texts;
        this.#failed.replaceChildren(failed, make("a", { href: base, target: "_blank", rel: "noopener" }, page), ".");
        this.#failed.hidden = false;
      }
      this.#button.ariaBusy = null;
    }
  }

  // An element of the page's own is enough; without one, it is put at the end of the page.
  const place = () => {
    if (document.querySelector("ocop-assistant")) return;
    // the link is seen where the browser is too old for the rest
    const element = make("ocop-assistant", {}, make("a", { href: base }, TEXTS.vi[0]));
    for (const [name, value] of Object.entries(script.dataset)) element.setAttribute(name, value);
    document.body.append(element);
  };
  if (!customElements.get("ocop-assistant") && "adoptedStyleSheets" in document) {
    customElements.define("ocop-assistant", OcopAssistant);
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", place);
  else place();
})();
