"""An Answer or an Article as HTML: numbered chips in the sentences, the passage marked in its article.

Everything that comes from a page of the web is text here: Jinja2 escapes it, and an address becomes a link only if it
is http or https.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Literal
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.answer import Answer, Calculation, Citation, ClaimKind, Status
from crawler.article import Article, Block, Kind, Role

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"

STATUS_TITLES: Mapping[Status, str] = {
    "answered": "Trả lời",
    "partial": "Trả lời được một phần",
    "needs_clarification": "Cần hỏi rõ hơn",
    "no_evidence": "Không tìm thấy trong kho tư liệu",
    "out_of_scope": "Ngoài phạm vi OCOP",
    "refused": "Không thực hiện yêu cầu này",
    "failed": "Chưa trả lời được",
}
KIND_LABELS: Mapping[Kind, str] = {
    "news": "Tin bài",
    "regulation": "Văn bản quy định",
    "decision": "Quyết định",
    "guide": "Tóm lược, hướng dẫn",
}
CLAIM_LABELS: Mapping[ClaimKind, str] = {
    "quoted": "trích nguyên văn",
    "stated": "diễn đạt lại từ nguồn",
    "derived": "tính từ số liệu của nguồn",
}
_OPERATION_SIGNS = {"sum": " + ", "difference": " − ", "quotient": " ÷ "}
_OPERATION_NAMES = {"maximum": "lớn nhất trong", "minimum": "nhỏ nhất trong", "compare": "so sánh"}

# One zone without daylight saving since 1975: no zone database is needed.
_VIET_NAM = timezone(timedelta(hours=7))
_MARK = re.compile(r"\[(\d{1,3})\]")
_LABEL = re.compile(r"\s*(?:\w{1,3}[.)]|[-+•–*])\s")
_BULLET = re.compile(r"^\s*[-•–]\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of an answer's line. Either text (of the claim with these citations, or of none) or a chip.

    first: whether it is the first chip of its number, the one its source links back to.
    """

    text: str = ""
    claim: ClaimKind | None = None
    citations: tuple[int, ...] = ()
    chip: int | None = None
    first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of an answer: a paragraph, or an item of a list."""

    item: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run of an article's text. `marked`: it belongs to the passage; `first`: it is where the passage begins."""

    text: str
    marked: bool
    first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A block of an article as shown: one list of runs, or one a cell where it is a table row."""

    role: Role
    level: int
    cells: tuple[tuple[Run, ...], ...]

    @property
    def labelled(self) -> bool:
        """Whether the text brings its own mark ("a) …", "1. …", "- …"), so that a list needs no bullet."""
        return bool(self.cells[0]) and _LABEL.match(self.cells[0][0].text) is not None


def answer_lines(answer: Answer) -> tuple[Line, ...]:
    """The answer's text cut at its lines, claims and marks.

    "[n]" is a chip only outside of claims and only where citation n exists: within a claim it is the source's text.
    """
    numbers = {citation.number for citation in answer.citations}
    pieces: list[Piece] = []
    seen: set[int] = set()

    def plain(text: str) -> None:
        position = 0
        for match in _MARK.finditer(text):
            number = int(match[1])
            if number in numbers:
                pieces.append(Piece(text=text[position : match.start()]))
                pieces.append(Piece(chip=number, first=number not in seen))
                seen.add(number)
                position = match.end()
        pieces.append(Piece(text=text[position:]))

    position = 0
    for claim in sorted(answer.claims, key=lambda claim: claim.start):
        plain(answer.text[position : claim.start])
        start = max(position, claim.start)
        pieces.append(Piece(text=answer.text[start : claim.end], claim=claim.kind, citations=claim.citations))
        position = max(start, claim.end)
    plain(answer.text[position:])
    return tuple(_lines(pieces))


def _lines(pieces: list[Piece]) -> list[Line]:
    rows: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.chip is not None:
            rows[-1].append(piece)
            continue
        for number, text in enumerate(piece.text.split("\n")):
            if number:
                rows.append([])
            if text:
                rows[-1].append(Piece(text=text, claim=piece.claim, citations=piece.citations))
    lines: list[Line] = []
    for row in rows:
        if not any(piece.chip is not None or piece.text.strip() for piece in row):
            continue
        bullet = _BULLET.match(row[0].text)
        if bullet:
            head = row[0]
            row[0] = Piece(text=head.text[bullet.end() :], claim=head.claim, citations=head.citations)
        lines.append(Line(item=bullet is not None, pieces=tuple(row)))
    return lines


def article_parts(article: Article, start: int | None, end: int | None) -> tuple[Part, ...]:
    """The article's text block by block, with `text[start:end]` marked; text outside of blocks is shown too."""
    parts: list[Part] = []
    position = 0
    marked = False
    blocks = [*article.blocks, Block(role="paragraph", start=len(article.text), end=len(article.text))]

    def runs(first: int, last: int) -> tuple[Run, ...]:
        nonlocal marked
        left = last if start is None else min(max(start, first), last)
        right = last if end is None else min(max(end, first), last)
        cut: list[Run] = []
        for begin, finish, inside in ((first, left, False), (left, right, start is not None), (right, last, False)):
            if begin < finish:
                cut.append(Run(text=article.text[begin:finish], marked=inside, first=inside and not marked))
                marked = marked or inside
        return tuple(cut)

    for block in blocks:
        if article.text[position : block.start].strip():
            parts.append(Part(role="paragraph", level=0, cells=(runs(position, block.start),)))
        if block.start < block.end:
            cells = _cells(article.text, block) if block.role == "row" else [(block.start, block.end)]
            parts.append(Part(role=block.role, level=block.level, cells=tuple(runs(*cell) for cell in cells)))
        position = block.end
    return tuple(parts)


def _cells(text: str, block: Block) -> list[tuple[int, int]]:
    """Spans of a row's cells, which its text separates by " | "."""
    spans: list[tuple[int, int]] = []
    position = block.start
    for cell in text[block.start : block.end].split(" | "):
        spans.append((position, position + len(cell)))
        position += len(cell) + len(" | ")
    return spans


def date_label(iso: str | None) -> str:
    """An ISO date of this project as people write it: "12/06/2020", "tháng 06/2020", "năm 2020"; "" for None.

    An instant in UTC (with Z) is told in Viet Nam's time.
    """
    if not iso:
        return ""
    if iso.endswith("Z"):
        iso = datetime.fromisoformat(iso).astimezone(_VIET_NAM).strftime("%Y-%m-%dT%H:%M")
    day, _, clock = iso.partition("T")
    numbers = day.split("-")
    if len(numbers) == 1:
        return f"năm {numbers[0]}"
    if len(numbers) == 2:
        return f"tháng {numbers[1]}/{numbers[0]}"
    return "/".join(reversed(numbers)) + (f" {clock[:5]}" if clock else "")


def number_label(value: float) -> str:
    """A number as Vietnamese writes it, at most two decimals: 1234.5 -> "1.234,5"."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def calculation_label(calculation: Calculation) -> str:
    """How a derived value came about: "92 ÷ 62 = 1,48"."""
    values = [f"{number_label(operand.value)} [{operand.citation}]" for operand in calculation.operands]
    sign = _OPERATION_SIGNS.get(calculation.operation)
    if sign is not None:
        return f"{sign.join(values)} = {number_label(calculation.result)}"
    return f"{_OPERATION_NAMES[calculation.operation]} {'; '.join(values)}: {number_label(calculation.result)}"


def web_link(url: str | None) -> str | None:
    """The address if it may become a link (http or https with a host), else None."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        hostname = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and hostname else None


def pretty_json(value: object) -> str:
    """A JSON value on several lines, as /docs shows examples."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def reader_link(source: Citation) -> str:
    """The address of the passage in its article on this server."""
    query = urlencode({"digest": source.digest, "start": source.start, "end": source.end})
    return f"/bai/{source.article_id}?{query}#doan"


def source_name(source: Citation | Article) -> str:
    """Who published it, else the host, else that it is a file."""
    return source.source or (urlsplit(source.url).hostname if source.url else None) or "Tệp do người vận hành đưa vào"


Template = Literal["home.html", "reader.html", "problem.html", "docs.html"]

_environment = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters.update(
    date_label=date_label,
    number_label=number_label,
    calculation_label=calculation_label,
    web_link=web_link,
    pretty=pretty_json,
)
_environment.globals.update(
    answer_lines=answer_lines,
    reader_link=reader_link,
    source_name=source_name,
    status_titles=STATUS_TITLES,
    kind_labels=KIND_LABELS,
    claim_labels=CLAIM_LABELS,
)


def render(template: Template, **values: object) -> str:
    """One page as HTML; every value is escaped."""
    return _environment.get_template(template).render(**values)
