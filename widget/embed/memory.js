// What survives a page change: kept by the browser for this tab alone. Where storage is blocked or full, the chat works
// as long as the page is open.

const KEPT_TURNS = 12;

export class Memory {
  #key;

  constructor(key) {
    this.#key = key;
  }

  /** What was kept: {conversation, draft, turns: [{question, answer, rated}]}. */
  load() {
    try {
      const { conversation = null, draft = "", turns = [] } = JSON.parse(sessionStorage.getItem(this.#key)) ?? {};
      return { conversation, draft, turns };
    } catch {
      return { conversation: null, draft: "", turns: [] };
    }
  }

  keep({ conversation, draft, turns }) {
    const kept = turns.slice(-KEPT_TURNS);
    while (!this.#put(this.#key, JSON.stringify({ conversation, draft, turns: kept })) && kept.length) kept.shift();
  }

  /** Whether the panel is open: the loader reads it on the next page. */
  keepOpen(open) {
    this.#put(`${this.#key}:open`, open ? "1" : null);
  }

  #put(key, value) {
    try {
      if (value === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, value);
      return true;
    } catch {
      return false;
    }
  }
}
