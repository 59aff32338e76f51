// Whether an answer was what was asked for, with an optional word for the operator.

import { button, make } from "./element.js";
import { json } from "./stream.js";

const WORD_CHARACTERS = 500;

/** The two thumbs and, once one is given, a field for a word. `rated`: true, false or null; `tell` is told of a new one. */
export function rating(chat, answer, rated, tell) {
  const { texts } = chat;
  let good = rated;

  async function send(word) {
    try {
      await json(chat.api("api/feedback"), { answer, good, word });
      chat.say(texts.thanks);
      return true;
    } catch (trouble) {
      // a server without this part, or one that no longer knows the answer: nothing the reader could mend
      const closed = trouble.status === 404 || trouble.status === 405;
      chat.say(closed ? texts.notTaken : texts.notSent);
      return closed;
    }
  }

  const thumbs = [true, false].map((value) => button(value ? texts.good : texts.bad, async () => {
    good = value;
    tell(value);
    press();
    if (await send("")) field.hidden = false;
  }, { class: "thumb" }));
  const press = () => thumbs.forEach((thumb, place) => thumb.setAttribute("aria-pressed", good === (place === 0)));
  press();

  const input = make("input", { name: "word", maxlength: WORD_CHARACTERS, autocomplete: "off" });
  const field = make("form", {
    class: "word",
    hidden: true,
    onsubmit: async (event) => {
      event.preventDefault();
      if (!input.value.trim() || !(await send(input.value.trim()))) return;
      thumbs[good ? 0 : 1].focus();
      field.hidden = true;
      input.value = "";
    },
  }, make("label", {}, texts.word, input), make("button", {}, texts.send));
  return [...thumbs, field];
}
