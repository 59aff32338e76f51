// An answer's text cut at its lines, claims and marks; what `answer_lines` of widget/page.py does for the pages.

import { number } from "./written.js";

const MARK = /\[(\d{1,3})\]/g;
const CLOSING_MARKS = /(?: ?\[\d{1,3}\])+$/;
const BULLET = /^\s*[-•–]\s+/;

/**
 * Lines {item, pieces} of an answer {text, claims, citations}; a piece is {text} or {chip: number}. "[n]" is a chip only
 * outside of claims and where there is a citation n: within a claim it is the source's own text.
 */
export function linesOf({ text, claims, citations }) {
  const points = Array.from(text); // claims count code points
  const known = new Set(citations.map((citation) => citation.number));
  const pieces = [];
  const plain = (run) => {
    let position = 0;
    for (const mark of run.matchAll(MARK)) {
      if (!known.has(Number(mark[1]))) continue;
      pieces.push({ text: run.slice(position, mark.index) }, { chip: Number(mark[1]) });
      position = mark.index + mark[0].length;
    }
    pieces.push({ text: run.slice(position) });
  };
  let position = 0;
  for (const claim of [...claims].sort((one, other) => one.start - other.start)) {
    const start = Math.max(position, claim.start);
    plain(points.slice(position, start).join(""));
    pieces.push({ text: points.slice(start, claim.end).join("") });
    position = Math.max(start, claim.end);
  }
  plain(points.slice(position).join(""));

  const rows = [[]];
  for (const piece of pieces) {
    if (piece.chip) rows.at(-1).push(piece);
    else {
      const [first, ...others] = piece.text.split("\n");
      if (first) rows.at(-1).push({ text: first });
      for (const other of others) rows.push(other ? [{ text: other }] : []);
    }
  }
  return rows.filter((row) => row.some((piece) => piece.chip || piece.text.trim())).map((row) => {
    const item = BULLET.test(row[0].text ?? "");
    return { item, pieces: item ? [{ text: row[0].text.replace(BULLET, "") }, ...row.slice(1)] : row };
  });
}

/** What is known of an answer while it comes: the deltas {start, text} so far, their closing marks outside of claims. */
export function growing(deltas, citations) {
  const claims = deltas.map(({ start, text }) => (
    { start, end: start + Array.from(text.replace(CLOSING_MARKS, "")).length }
  ));
  return { text: deltas.map((delta) => delta.text).join("\n"), claims, citations };
}

const SIGNS = { sum: " + ", difference: " − ", quotient: " ÷ ", share: " ÷ " };
const NAMES = { maximum: "lớn nhất trong", minimum: "nhỏ nhất trong", compare: "so sánh" };

const dayOfNumber = (value) => [value % 100, Math.floor(value / 100) % 100, Math.floor(value / 10_000)].join("/");

/** How a derived value came about: "92 [1] ÷ 62 [1] = 1,48". */
export function calculationLabel({ operation, operands, result }) {
  if (operation === "days_after") {
    const [start, days] = operands;
    return `${dayOfNumber(start.value)} [${start.citation}] + ${number(days.value)} ngày [${days.citation}] = `
      + dayOfNumber(result);
  }
  const values = operands.map((operand) => `${number(operand.value)} [${operand.citation}]`);
  if (operation === "share") return `${values.join(SIGNS.share)} × 100 % = ${number(result)} %`;
  if (SIGNS[operation]) return `${values.join(SIGNS[operation])} = ${number(result)}`;
  return `${NAMES[operation] ?? operation} ${values.join("; ")}: ${number(result)}`;
}
