// How the panel looks. A constructed sheet is what a page's style-src lets a shadow root of another origin have.

export const STYLE = /* css */ `
:host {
  --soft: var(--ocop-soft, #f4f6f4); --line: var(--ocop-line, #cfd6d1); --edge: #6b776f; --quiet: #4d5952;
  --warn: #8a4300; --warn-ground: #fdf3e3; --lit: #dff0e6;
}
@media (prefers-color-scheme: dark) { :host(:not([theme="light"])) { ${dark()} } }
:host([theme="dark"]) { ${dark()} }

*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
.panel {
  all: initial; position: fixed; z-index: var(--layer); inset: auto var(--offset) var(--offset) auto;
  display: flex; flex-direction: column; inline-size: min(27em, 100vw - 2 * var(--offset));
  block-size: min(46em, 100dvh - 2 * var(--offset)); box-sizing: border-box;
  font: 400 max(16px, 1rem)/1.6 var(--font); text-align: start; overflow-wrap: anywhere;
  background: var(--ground); color: var(--ink);
  border: 1px solid var(--edge); border-radius: var(--radius); box-shadow: 0 4px 24px rgb(0 0 0 / .18);
}
:host([position="left"]) .panel { inset: auto auto var(--offset) var(--offset); }
h2, h3, h4, p, ul, ol, blockquote, fieldset { margin: 0; padding: 0; }
h2, h3, h4 { font: inherit; font-weight: 600; line-height: 1.45; }
h2 { flex: 1; font-size: 1.1em; color: var(--accent); }
h4, .intro h3 { margin: 1em 0 .25em; font-size: .95em; }
button, input, textarea { font: inherit; color: inherit; letter-spacing: inherit; word-spacing: inherit; }
button { cursor: pointer; background: none; border: 0; text-align: start; }
a { color: var(--accent); text-underline-offset: .18em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
h2:focus, h3:focus, h4:focus { outline: none; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); }
.small, .about, .meta { font-size: .875em; color: var(--quiet); }

.head { padding: .5em 1em .6em; border-block-end: 3px solid var(--accent); }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 0 .25em; }
.about { line-height: 1.5; }
.quiet { padding: .4em .6em; border-radius: 4px; color: var(--accent); text-decoration: underline; text-underline-offset: .18em; }
.quiet:hover { background: var(--soft); }

.middle { container-type: size; flex: 1; min-block-size: 0; overflow-y: auto; padding: 1em; overscroll-behavior: contain; }
.log:focus-visible { outline-offset: .5em; }
.turn { scroll-margin-block-start: 1em; }
.turn + .turn { margin-block-start: 1.75em; }
.turn:last-child:not(:first-child) { min-block-size: 100cqb; }
.greeting { font-weight: 600; }
.samples { list-style: none; }
.samples li { border-block-start: 1px solid var(--line); }
.samples li:last-child { border-block-end: 1px solid var(--line); }
.samples button { inline-size: 100%; padding: .55em .25em; color: var(--accent); line-height: 1.5; }
.samples button:hover { background: var(--soft); text-decoration: underline; }

.question { margin-block-end: .75em; padding: .5em .75em; background: var(--soft); border-radius: var(--radius); font-weight: 400; }
.status { margin-block-end: .5em; font-weight: 600; color: var(--warn); }
.lines > p, .lines ul { margin-block-end: .6em; }
.lines ul, .result ul { padding-inline-start: 1.25em; }
.lines p, .lines li { white-space: pre-line; }
.chip, .number {
  display: inline-block; min-inline-size: 1.75em; padding: 0 .4em; border: 1px solid var(--accent); border-radius: 1em;
  font-size: .8em; font-weight: 600; line-height: 1.55; text-align: center; color: var(--accent); font-variant-numeric: tabular-nums;
}
.chip { position: relative; margin-inline: .2em; vertical-align: .1em; }
.chip::after { content: ""; position: absolute; inset: -.45em -.25em; }
.chip:hover, .chip.lit, .chip[aria-expanded="true"], .row.lit .number, .row[aria-expanded="true"] .number {
  background: var(--accent); color: var(--on-accent); }
.tied { white-space: nowrap; }
.more { display: inline-block; vertical-align: top; }
.nearest > summary { padding-block: .6em; }
summary { cursor: pointer; padding-inline: .4em; color: var(--accent); font-size: .9em; }
.notice { margin-block: .6em; padding: .5em .75em; border-inline-start: 4px solid var(--warn); background: var(--warn-ground); }
.after > .small { margin-block-end: .25em; }

.sources { list-style: none; border-block-end: 1px solid var(--line); }
.sources li { border-block-start: 1px solid var(--line); }
.row { display: flex; gap: .6em; align-items: flex-start; inline-size: 100%; padding: .5em .25em; line-height: 1.45; }
.row:hover, .row.lit { background: var(--lit); }
.row .number { flex: none; margin-block-start: .1em; }
.row .name { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; font-size: .95em; }
.row[aria-expanded="true"] .name { -webkit-line-clamp: none; }
.row + .card > .name { display: none; }
.row .meta { display: block; }
.card { margin-block: .25em .75em; padding: .6em .8em; background: var(--soft); border: 1px solid var(--line);
  border-inline-start: 4px solid var(--accent); border-radius: 4px; font-size: .95em; }
.card .name { font-weight: 600; line-height: 1.45; }
.card .meta { margin-block: .25em .5em; }
.card .meta > span:not(:last-child)::after { content: " · "; }
.card .place { font-size: .95em; }
blockquote { margin-block: .25em .6em; padding-inline-start: .7em; border-inline-start: 3px solid var(--edge); white-space: pre-line; }
.links { display: flex; flex-wrap: wrap; gap: 0 1.1em; }
.links a { padding-block: .25em; }
.links a:first-child { font-weight: 600; }
.address { color: var(--quiet); font-size: .9em; }

.tools { display: flex; flex-wrap: wrap; gap: .4em; align-items: center; margin-block: .9em .25em; }
.tools > button, .again, .word button, .stop { padding: .3em .75em; border: 1px solid var(--edge); border-radius: 4px; line-height: 1.5; }
.tools > button:not(.main):hover, .again:hover { border-color: var(--accent); color: var(--accent); }
.thumb[aria-pressed="true"] { background: var(--accent); border-color: var(--accent); color: var(--on-accent) !important; }
.again[aria-disabled="true"] { color: var(--quiet); cursor: default; }
.again { margin-block-start: .5em; }
.word { flex-basis: 100%; display: flex; gap: .4em; align-items: flex-end; }
.word label { flex: 1; font-size: .875em; }
.word input { display: block; inline-size: 100%; padding: .3em .5em; border: 1px solid var(--edge); border-radius: 4px;
  background: var(--ground); font-size: max(16px, 1rem); }

.foot { padding: .5em 1em .6em; border-block-start: 1px solid var(--line); }
.state { font-size: .9em; color: var(--quiet); line-height: 1.5; }
form label[for] { font-size: .9em; font-weight: 600; }
.box { display: flex; gap: .5em; align-items: stretch; margin-block: .15em .35em; }
textarea { flex: 1; min-inline-size: 0; padding: .45em .65em; border: 1px solid var(--edge); border-radius: var(--radius);
  background: var(--ground); line-height: 1.5; resize: none; }
textarea::placeholder { color: var(--quiet); opacity: 1; }
.main { padding: .45em 1.1em; border: 1px solid var(--accent); border-radius: var(--radius); background: var(--accent); color: var(--on-accent);
  font-weight: 600; text-align: center; }
.main.stop { background: var(--ground); color: var(--accent); }

.score { margin-block: .75em; }
fieldset { margin-block: .75em; padding: .5em .75em .6em; border: 1px solid var(--line); border-radius: 4px; }
legend { padding-inline: .35em; font-weight: 600; line-height: 1.45; }
fieldset label { display: flex; gap: .5em; padding-block: .25em; line-height: 1.45; cursor: pointer; }
fieldset input { flex: none; inline-size: 1.15em; block-size: 1.15em; margin: .15em 0 0; accent-color: var(--accent); }
.result .status { color: inherit; font-size: 1.1em; }

@media (max-width: 32rem), (max-height: 30rem) {
  .panel, :host([position="left"]) .panel { inset: 0; inline-size: auto; block-size: var(--height, 100dvh); border: 0; border-radius: 0; }
}
/* So little height that three parts would leave none for the answer: all of it scrolls as one. */
@media (max-height: 30rem) {
  .panel { display: block; overflow-y: auto; }
  .middle { container-type: normal; overflow: visible; }
}
@media (prefers-reduced-motion: no-preference) {
  .middle { scroll-behavior: smooth; }
  .lines > *, .told > *, .card { animation: appear .2s ease-out; }
  @keyframes appear { from { opacity: 0; } }
}
`;

function dark() {
  return `
  --soft: var(--ocop-soft-dark, #1b211d); --line: var(--ocop-line-dark, #3a453e); --edge: #8b978f; --quiet: #aeb9b2;
  --warn: #f2b868; --warn-ground: #2b2114; --lit: #1f3a2b; color-scheme: dark;`;
}
