// The server as the chat sees it: JSON, and the events of an answer as they come (WHATWG HTML, 9.2.6).

// A server that works sends at least a heartbeat every ten seconds.
const SILENCE_MS = 40_000;

/**
 * What went wrong. kind: "offline", "unreachable", "limited" (429), "busy" (503), "refused" (403), "asked" (the question
 * itself is refused: other 4xx), "broken" (5xx), "cut" (the answer ended before its end), "stopped" (by the reader).
 * detail: the server's own words, "" where it said none. waitS: seconds to wait, where the server said.
 */
export class Trouble extends Error {
  constructor(kind, { detail = "", waitS = 0, status = 0 } = {}) {
    super(`${kind} ${status}`);
    Object.assign(this, { kind, detail, waitS, status });
  }
}

const KINDS = { 403: "refused", 429: "limited", 503: "busy" };

async function troubleOf(response) {
  let detail = "";
  try {
    detail = (await response.json()).detail ?? "";
  } catch {} // a proxy's page, or nothing
  const kind = KINDS[response.status] ?? (response.status >= 500 ? "broken" : "asked");
  const waitS = Math.min(Number.parseInt(response.headers.get("Retry-After"), 10) || 0, 3600);
  return new Trouble(kind, { detail: typeof detail === "string" ? detail : "", waitS, status: response.status });
}

async function request(address, options) {
  let response;
  try {
    response = await fetch(address, { credentials: "omit", cache: "no-store", ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Trouble(navigator.onLine === false ? "offline" : "unreachable");
  }
  if (!response.ok) throw await troubleOf(response);
  return response;
}

const posted = (body, headers = {}) => ({
  method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json", ...headers },
});

/** What an address of the interface gives, posted to where there is a body. Raises Trouble. */
export async function json(address, body) {
  const response = await request(address, body === undefined ? {} : posted(body));
  try {
    return response.status === 204 ? null : await response.json();
  } catch {
    throw new Trouble("broken");
  }
}

/** One event of a block of lines, null where it holds none (a heartbeat is a comment). */
function eventOf(block) {
  let name = "message";
  const data = [];
  for (const line of block.split(/\r\n|\r|\n/)) {
    const [, field, value] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? [];
    if (field === "event") name = value;
    else if (field === "data") data.push(value ?? "");
  }
  return data.length ? { name, data: JSON.parse(data.join("\n")) } : null;
}

/** The events {name, data} of an answer; the last is "done". `control` stops it. Raises Trouble. */
export async function* asked(address, body, control) {
  let silent = false;
  let timer;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      silent = true;
      control.abort();
    }, SILENCE_MS);
  };
  try {
    heard();
    const response = await request(address, { ...posted(body, { Accept: "text/event-stream" }), signal: control.signal });
    if (!response.headers.get("Content-Type")?.startsWith("text/event-stream")) { // a proxy asked for it whole
      yield { name: "done", data: await response.json() };
      return;
    }
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) throw new Trouble("cut");
      heard();
      const blocks = (rest + decoder.decode(value, { stream: true })).split(/\r\n\r\n|\n\n|\r\r/);
      rest = blocks.pop();
      for (const block of blocks) {
        const event = eventOf(block);
        if (event?.name === "error") throw new Trouble("cut", { detail: event.data.detail });
        if (event) yield event;
        if (event?.name === "done") return;
      }
    }
  } catch (error) {
    if (error instanceof Trouble) throw error;
    if (error.name === "AbortError" && !silent) throw new Trouble("stopped");
    throw new Trouble(navigator.onLine === false ? "offline" : "cut");
  } finally {
    clearTimeout(timer);
    control.abort(); // whoever stopped listening needs no more of it
  }
}
