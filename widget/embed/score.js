// A product scored by a criteria set, as a form: fetched when it is asked for.

import { button, link, make } from "./element.js";
import { json } from "./stream.js";
import { number } from "./written.js";

/** The form of set {set, name}, closed again by its own button. */
export async function scoreForm(chat, { set, name }) {
  const { texts } = chat;
  const { parts } = await json(chat.api(`api/criteria/${set}`));
  const criteria = parts.flatMap((part) => part.items.flatMap((item) => item.criteria))
    .filter((criterion) => criterion.options.length);
  const result = make("div", { class: "result", role: "status" });
  const form = make("form", {
    class: "score",
    part: "scorecard",
    onsubmit: async (event) => {
      event.preventDefault();
      const chosen = new FormData(form);
      const answers = criteria.filter(({ code }) => chosen.has(code))
        .map(({ code }) => ({ criterion: code, option: Number(chosen.get(code)) }));
      try {
        result.replaceChildren(...told(await json(chat.api("api/scorecard"), { set, answers }), texts));
      } catch (trouble) {
        result.replaceChildren(make("p", { class: "notice" }, trouble.detail || texts.scoreFailed));
      }
      result.scrollIntoView({ block: "nearest" });
    },
  },
  make("h4", { tabindex: -1 }, texts.scoreTitle(set, name)),
  ...criteria.map((criterion) => question(criterion, texts)),
  make("p", { class: "tools" }, make("button", { class: "main" }, texts.scoreSend),
    button(texts.close, () => form.dispatchEvent(new Event("close"))),
    link(new URL(`tu-cham-diem?bo=${set}`, chat.base), texts.scoreOpen)),
  result);
  return form;
}

function question({ code, label, options }, texts) {
  const choice = (value, ...text) => make("label", {}, make("input", { type: "radio", name: code, value }), make("span", {}, ...text));
  return make("fieldset", {}, make("legend", { lang: "vi" }, `${code}. ${label ?? ""}`),
    ...options.map((option) => choice(option.number, make("span", { lang: "vi" }, option.text ?? `#${option.number}`), " ",
      make("span", { class: "meta" }, [
        option.effective_points !== null && texts.scorePoints(number(option.effective_points)),
        option.min_star && texts.scoreMinimum(option.min_star),
      ].filter(Boolean).join(", ")))),
    choice(0, texts.scoreNone));
}

function told(scored, texts) {
  const next = scored.steps.find((step) => step.star === scored.next_star);
  return [
    make("p", { class: "status" }, texts.scoreDone(number(scored.points), number(scored.max), scored.star)),
    scored.unanswered.length ? make("p", {}, texts.scoreLeft(scored.unanswered.length)) : "",
    ...(next ? [
      make("h4", {}, texts.scoreNext(next.star)),
      make("ul", {},
        next.points_hold ? "" : make("li", {}, texts.scoreMissing(number(next.points_missing))),
        ...next.blocks.map(({ condition }) => make("li", { lang: "vi" }, texts.scoreBlock(condition.code,
          condition.label.text ?? "", condition.needed.map((option) => option.option.text ?? `#${option.number}`).join("; "))))),
    ] : []),
    make("p", { class: "small", lang: "vi" }, scored.indicative),
  ];
}
