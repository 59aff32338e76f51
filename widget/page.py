"""An Answer or an Article as HTML: numbered chips in the sentences, the passage marked in its article.

Everything that comes from a page of the web is text here: Jinja2 escapes it, and an address becomes a link only if it
is http or https.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.answer import (
    Answer,
    Calculation,
    Cells,
    ClaimKind,
    Status,
    day_of,
    page_note,
    vietnamese_date,
)
from assistant.rights import Span
from crawler.article import Article, Block, Kind, Page, Role
from index.law.authority import LEVEL_NAME
from widget import labels
from widget.labels import reader_link

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
    """A run of an answer's line. Either text (of the claim with these citations, or of none) or a chip. cells: as in
    `Claim`.

    first: whether it is the first chip of its number, the one its source links back to.
    """

    text: str = ""
    claim: ClaimKind | None = None
    citations: tuple[int, ...] = ()
    chip: int | None = None
    first: bool = False
    cells: Cells | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of an answer: a paragraph, an item of a list, or, where it has cells, a row of a table; the chips of that
    stand in a cell of their own."""

    item: bool
    pieces: tuple[Piece, ...]
    cells: Cells | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run of an article's text. `marked`: it belongs to the passage; `first`: it is where the passage begins."""

    text: str
    marked: bool
    first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A block of an article as shown: one list of runs, or one a cell where it is a table row.

    Roles "page" and "gap" are no text of the article: the head of a page, and a stretch left out. start: where it
    begins in the article's text, None of these two.
    """

    role: Role | Literal["page", "gap"]
    level: int
    cells: tuple[tuple[Run, ...], ...]
    start: int | None = None

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
        pieces.append(
            Piece(text=answer.text[start : claim.end], claim=claim.kind, citations=claim.citations, cells=claim.cells)
        )
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
                rows[-1].append(replace(piece, text=text))
    lines: list[Line] = []
    for row in rows:
        if not any(piece.chip is not None or piece.text.strip() for piece in row):
            continue
        bullet = _BULLET.match(row[0].text)
        if bullet:
            head = row[0]
            row[0] = replace(head, text=head.text[bullet.end() :])
        lines.append(Line(item=bullet is not None, pieces=tuple(row), cells=row[0].cells))
    return _rows_together(lines)


def _rows_together(lines: list[Line]) -> list[Line]:
    """The lines, those with cells that stand alone without them: one row is no table."""
    beside = [None, *lines, None]
    return [
        line
        if any(other is not None and other.cells is not None for other in (before, after))
        else replace(line, cells=None)
        for before, line, after in zip(beside, lines, beside[2:], strict=False)
    ]


def article_parts(article: Article, spans: Sequence[Span], marked: Span | None = None) -> tuple[Part, ...]:
    """The stretches `spans` of an article block by block, with the span `marked` marked; text outside of blocks too.

    Where a page of a document begins, a part of role "page" says so; one of role "gap" stands for text left out.
    """
    parts: list[Part] = []
    page: Page | None = None
    seen = False
    begun = 0

    def runs(first: int, last: int) -> tuple[Run, ...]:
        nonlocal seen
        left = last if marked is None else min(max(marked[0], first), last)
        right = last if marked is None else min(max(marked[1], first), last)
        cut: list[Run] = []
        for begin, finish, inside in ((first, left, False), (left, right, marked is not None), (right, last, False)):
            if begin < finish:
                cut.append(Run(text=article.text[begin:finish], marked=inside, first=inside and not seen))
                seen = seen or inside
        return tuple(cut)

    def add(role: Role, level: int, cells: Iterable[Span]) -> None:
        nonlocal page
        cells = list(cells)
        here = article.page_at(cells[0][0])
        if here is not None and here != page:
            page = here
            note = page_note(here.number, here.confidence)
            parts.append(_told("page", note[0].upper() + note[1:]))
        parts.append(Part(role=role, level=level, cells=tuple(runs(*cell) for cell in cells), start=cells[0][0]))

    for start, end in spans:
        if article.text[begun:start].strip():
            parts.append(_told("gap", "…"))
        position = start
        for block in (*article.blocks_within(start, end), Block(role="paragraph", start=end, end=end)):
            first, last = max(block.start, start), min(block.end, end)
            if article.text[position:first].strip():
                add("paragraph", 0, [(position, first)])
            if first < last:
                add(block.role, block.level, _cells(article.text, block, first, last))
            position = last
        begun = end
    if article.text[begun:].strip():
        parts.append(_told("gap", "…"))
    return tuple(parts)


def _told(role: Literal["page", "gap"], text: str) -> Part:
    return Part(role=role, level=0, cells=((Run(text=text, marked=False, first=False),),))


def _cells(text: str, block: Block, first: int, last: int) -> list[Span]:
    """Spans of a row's cells, which its text separates by " | ", as far as they lie in first..last; else the whole."""
    if block.role != "row":
        return [(first, last)]
    spans: list[Span] = []
    position = block.start
    for cell in text[block.start : block.end].split(" | "):
        begin, finish = max(position, first), min(position + len(cell), last)
        if begin <= finish:
            spans.append((begin, finish))
        position += len(cell) + len(" | ")
    return spans or [(first, last)]


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
    """How a derived value came about: "92 ÷ 62 = 1,48", "844 ÷ 926 × 100 % = 91,14 %", "22/5/2026 + 60 ngày = …"."""
    if calculation.operation == "days_after":
        start, days = calculation.operands
        result = vietnamese_date(day_of(calculation.result).isoformat())
        since = vietnamese_date(day_of(start.value).isoformat())
        return f"{since} [{start.citation}] + {number_label(days.value)} ngày [{days.citation}] = {result}"
    if calculation.operation == "months_after":
        start, months, *after = calculation.operands
        result = vietnamese_date(day_of(calculation.result).isoformat())
        since = vietnamese_date(day_of(start.value).isoformat())
        more = "".join(
            f" {'−' if days.value < 0 else '+'} {number_label(abs(days.value))} ngày [{days.citation}]"
            for days in after
        )
        return f"{since} [{start.citation}] + {number_label(months.value)} tháng [{months.citation}]{more} = {result}"
    values = [f"{number_label(operand.value)} [{operand.citation}]" for operand in calculation.operands]
    if calculation.operation == "share":
        return f"{' ÷ '.join(values)} × 100 % = {number_label(calculation.result)} %"
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


class Named(Protocol):
    """What has a source's name and perhaps an address."""

    @property
    def source(self) -> str:
        """What readers see as its source, possibly empty."""
        ...

    @property
    def url(self) -> str | None:
        """The page that was fetched, None for a file."""
        ...


def host_name(url: str) -> str:
    """The host of an address as people read it: "baobacninh.vn" of "https://www.baobacninh.vn/tin/1"."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def source_name(source: Named) -> str:
    """Who published it, else the host, else that it is a file."""
    return source.source or (urlsplit(source.url).hostname if source.url else None) or "Tệp do người vận hành đưa vào"


Template = Literal[
    "home.html",
    "reader.html",
    "problem.html",
    "docs.html",
    "figures.html",
    "laws.html",
    "law.html",
    "unit.html",
    "compare.html",
    "scorecard.html",
    "decisions.html",
    "decision.html",
    "products.html",
    "product.html",
    "review.html",
    "admin.html",
    "correct.html",
    "judge.html",
]

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
    day_label=labels.day_label,
    document_link=labels.document_link,
    state_label=labels.state_label,
    state_class=labels.state_class,
)
_environment.globals.update(
    answer_lines=answer_lines,
    reader_link=reader_link,
    source_name=source_name,
    host_name=host_name,
    page_note=page_note,
    status_titles=STATUS_TITLES,
    kind_labels=KIND_LABELS,
    claim_labels=CLAIM_LABELS,
    held_labels=labels.HELD_LABELS,
    subject_labels=labels.SUBJECT_LABELS,
    covers_labels=labels.COVERS_LABELS,
    level_labels=LEVEL_NAME,
    navigation=labels.NAVIGATION,
)


def render(template: Template, **values: object) -> str:
    """One page as HTML; every value is escaped."""
    return _environment.get_template(template).render(**values)
