// The page works without this file. With it, a question is answered without a reload: the same page is fetched from
// the same address and its result put in place, so that there is one way of drawing an answer, the server's.
"use strict";

const form = document.querySelector("form.ask");
const box = form.querySelector("input[name=q]");
const state = document.getElementById("trang-thai");
const result = document.getElementById("ket-qua");
const pages = new Map(); // address -> what was shown there, so that going back asks nothing again
const KEPT_PAGES = 30;
let shown = location.pathname + location.search;
let pending = null;

function keep(address) {
  pages.delete(address);
  pages.set(address, {
    html: result.innerHTML, title: document.title, question: box.defaultValue,
    conversation: result.dataset.conversation,
  });
  if (pages.size > KEPT_PAGES) pages.delete(pages.keys().next().value);
}

function put(page, address) {
  result.innerHTML = page.html; // drawn and escaped by the server, under a policy that runs no inline script
  result.dataset.conversation = page.conversation;
  document.title = page.title;
  box.defaultValue = page.question;
  box.value = page.question;
  shown = address;
}

function say(text) {
  state.textContent = text;
}

async function open(address, push) {
  if (pending) pending.abort();
  const request = new AbortController();
  pending = request;
  const count = Number(form.dataset.passages).toLocaleString("vi-VN");
  say(`Đang tìm trong ${count} đoạn…`);
  result.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { signal: request.signal, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const part = page.getElementById("ket-qua");
    if (!part) throw new Error("not a page of ours");
    if (push) history.pushState(null, "", address);
    put({
      html: part.innerHTML, title: page.title, question: page.querySelector("input[name=q]").value,
      conversation: part.dataset.conversation,
    }, address);
    keep(address);
    const heading = document.getElementById("tra-loi");
    const sources = result.querySelectorAll(".sources li").length;
    say(heading ? `${heading.textContent}${sources ? `, ${sources} nguồn` : ""}.` : "");
    if (heading) heading.focus({ preventScroll: true });
  } catch (error) {
    if (error.name === "AbortError") return;
    say("Không nối được với máy chủ. Câu hỏi vẫn còn trong ô; xin thử lại sau ít giây.");
  } finally {
    if (pending === request) {
      pending = null;
      result.removeAttribute("aria-busy");
    }
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const query = new URLSearchParams({ q: box.value });
  if (result.dataset.conversation) query.set("c", result.dataset.conversation);
  open(`/?${query}`, true);
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form.sift")) return;
  event.preventDefault();
  const query = new URLSearchParams([...new FormData(event.target)].filter(([, value]) => value));
  open(`/?${query}`, true);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-ask]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link.getAttribute("href"), true);
});

addEventListener("popstate", () => {
  const address = location.pathname + location.search;
  if (address === shown) return; // only the fragment moved
  if (pending) pending.abort();
  const page = pages.get(address);
  if (page) {
    put(page, address);
    say("");
  } else {
    open(address, false);
  }
});

function light(event, on) {
  const from = event.target.closest?.("#ket-qua [data-n]");
  if (!from) return;
  const numbers = new Set(from.dataset.n.split(" "));
  for (const part of result.querySelectorAll("[data-n]")) {
    if (part.dataset.n.split(" ").some((number) => numbers.has(number))) part.classList.toggle("on", on);
  }
}
for (const name of ["mouseover", "focusin"]) document.addEventListener(name, (event) => light(event, true));
for (const name of ["mouseout", "focusout"]) document.addEventListener(name, (event) => light(event, false));

keep(shown);
