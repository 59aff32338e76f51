"""Points in questions about lists: whether they are to be said, how many are asked for, and who has most or least."""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.draft import Reckoning, Segment
from assistant.product_lines import ProductWriter, points_printed
from assistant.question import Question
from assistant.wording import says
from index.decisions.decision import ProductRow
from index.decisions.merged import Decision
from index.text import strip_marks

Extreme = Literal["maximum", "minimum"]

_POINTS = ("điểm",)
_MOST = (
    "điểm cao nhất", "cao điểm nhất", "nhiều điểm nhất", "điểm nhiều nhất", "điểm số cao nhất", "đứng đầu", "dẫn đầu",
    "số điểm cao nhất", "điểm lớn nhất", "điểm top", "đầu bảng", "chấm cao nhất",
)  # fmt: skip
_LEAST = (
    "điểm thấp nhất", "thấp điểm nhất", "ít điểm nhất", "điểm ít nhất", "điểm số thấp nhất", "số điểm thấp nhất",
    "đứng cuối", "cuối bảng", "đứng chót", "chấm thấp nhất", "đứng bét", "điểm bét",
)  # fmt: skip
_BETWEEN = re.compile(
    r"(?<!\w)(?:từ|tu)\s+(?P<low>\d{1,3}(?:[.,]\d+)?)\s*(?:điểm|diem)?\s*(?:đến|tới|den|toi|-|–)\s*"
    r"(?P<high>\d{1,3}(?:[.,]\d+)?)\s*(?:điểm|diem)(?!\w)",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?<!\w)(?:trên dưới|tren duoi|khoảng|khoang|chừng|chung|tầm|tam)\s+\d", re.IGNORECASE)
_WINDOW = re.compile(
    r"(?P<least>không (?:dưới|thấp hơn|ít hơn)|khong (?:duoi|thap hon|it hon)|trên|tren|hơn|hon|từ|tu|ít nhất|it nhat|"
    r"tối thiểu|toi thieu)?\s*"
    r"(?P<most>dưới|duoi|chưa (?:đến|tới|đầy)|chua (?:den|toi|day)|không quá|khong qua)?\s*"
    r"(?<![\d.,])(?P<points>\d{1,3}(?:[.,]\d+)?)\s*(?:điểm|diem)(?!\w)(?P<up>\s+(?:trở lên|tro len))?",
    re.IGNORECASE,
)
_STRICT = frozenset(("tren", "hon", "duoi", "chua den", "chua toi", "chua day"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Points from `low` to `high`, each of them in or out."""

    low: float
    high: float
    with_low: bool
    with_high: bool

    def holds(self, row: ProductRow) -> bool:
        """Whether a line prints points in it."""
        score = row.score
        return score is not None and (
            (self.low < score or (self.with_low and score == self.low))
            and (score < self.high or (self.with_high and score == self.high))
        )


def asks_points(question: Question) -> bool:
    """Whether the points of products are asked for or spoken of."""
    return says(question.tokens, *_POINTS)


def points_window(question: Question) -> Window | None:
    """The points that products asked for have ("trên 80 điểm", "từ 70 đến 80 điểm", "66,0 điểm"); None where none are
    named, or only about how many ("khoảng 80 điểm")."""
    between = _BETWEEN.search(question.text)
    if between is not None:
        return Window(low=_points(between["low"]), high=_points(between["high"]), with_low=True, with_high=True)
    match = _WINDOW.search(question.text)
    if match is None or _ABOUT.search(question.text):
        return None
    points = _points(match["points"])
    bound = strip_marks(match["most"] or match["least"] or "").lower()
    inside = bound not in _STRICT
    if match["most"]:
        return Window(low=0.0, high=points, with_low=True, with_high=inside)
    if match["least"] or match["up"]:
        return Window(low=points, high=100.0, with_low=inside, with_high=True)
    return Window(low=points, high=points, with_low=True, with_high=True)


def _points(written: str) -> float:
    return float(written.replace(",", "."))


def extreme_asked(question: Question) -> Extreme | None:
    """Whether a question is after the product with most or with least points."""
    if says(question.tokens, "đội sổ") or (says(question.tokens, *_LEAST) and asks_points(question)):
        return "minimum"
    return "maximum" if says(question.tokens, *_MOST) and asks_points(question) else None


def extreme_told(
    decision: Decision, rows: tuple[ProductRow, ...], extreme: Extreme, writer: ProductWriter, *, narrowed: bool
) -> list[Segment]:
    """The lines with most or least points among some of a decision's list, and that they have; nothing where a line
    prints none, or one line alone is meant."""
    scored = [row for row in rows if row.score is not None]
    if len(scored) < 2 or len(scored) < len(rows):
        return []
    listing = decision.listing
    values = [row.score for row in scored if row.score is not None]
    best = max(values) if extreme == "maximum" else min(values)
    winners = [row for row in scored if row.score == best]
    paper, held = writer.paper_spoken(listing)
    lines = [writer.line_evidence(listing, row) for row in scored]
    evidence = tuple(dict.fromkeys((*(writer.line_evidence(listing, row) for row in winners), *lines, *held)))
    which = "cao nhất" if extreme == "maximum" else "thấp nhất"
    among = "trong các sản phẩm được hỏi của" if narrowed else "trong danh sách của"
    names = ", ".join(row.name.text for row in winners)
    text = f"{names}: {points_printed(winners[0])} điểm, {which} {among} {paper}."
    reckoning = Reckoning(
        operation=extreme,
        operands=tuple((value, evidence.index(line)) for value, line in zip(values, lines, strict=True)),
        result=best,
    )
    told = writer.counted(text, evidence, reckoning)
    return [*told, *(line for row in winners for line in writer.listed(listing, row))] if told else []
