"""Stars, scores and what is new about a product, as cells, remarks and headings write them."""

import re
from dataclasses import dataclass

from index.decisions.decision import Change
from index.span import Span

_STAR_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5}
_STAR_NUMBER = rf"(?:0?(?P<digit>[1-5])|(?P<word>{'|'.join(_STAR_WORDS)}))"
# Between them the words under which a cell gives a star: "OCOP 4 sao", "Đạt hạng bốn sao", "4 sao cấp tỉnh"
_STAR = re.compile(
    rf"(?:(?:sản phẩm|ocop|đạt|hạng|xếp|xếp hạng|phân hạng|công nhận|loại|tiêu chuẩn|:|-|–)\s*)*"
    rf"(?:{_STAR_NUMBER}\s*-?\s*(?:sao|[*★⭐☆])|(?P<marks>(?:[*★⭐]\s*){{1,5}})|0?(?P<alone>[1-5])(?:[.,]0)?)"
    r"(?:\s+(?:ocop|cấp\s+(?:tỉnh|huyện|xã|quốc gia|trung ương|thành phố)))*\s*[.;]?",
    re.IGNORECASE,
)
_IN_TEXT = re.compile(
    rf"(?<![\w,.]){_STAR_NUMBER}\s*-?\s*sao(?!\w)|(?<![*\w])(?P<marks>[*★⭐]{{3,5}})(?![*★⭐])", re.IGNORECASE
)
_TO_COME = re.compile(r"(?:tiềm\s+năng|đề\s+nghị|đề\s+xuất|phấn\s+đấu|hướng\s+tới)[^,;.()]{0,30}$", re.IGNORECASE)
_SCORE = re.compile(
    r"(?:(?:tổng|số|đạt)\s+)*(?:điểm\s*:?\s*)?(?P<score>100(?:[.,]0{1,3})?|\d{1,2}(?:[.,]\d{1,3})?)"
    r"\s*(?:/\s*100)?\s*(?:điểm|đ)?\.?",
    re.IGNORECASE,
)
_SCORE_IN_TEXT = re.compile(
    r"(?<![\w.,/])(?P<score>100|\d{2}(?:[.,]\d{1,3})?)\s*(?:/\s*100)?\s*điểm(?!\w)|"
    r"(?<!\w)điểm\s*:?\s*(?P<after>100|\d{2}(?:[.,]\d{1,3})?)(?![\w]|[.,]\d)",
    re.IGNORECASE,
)
_TICK = re.compile(r"[xX×✓✔☑√●•v]|có", re.IGNORECASE)
_CHANGES: tuple[tuple[re.Pattern[str], Change], ...] = (
    (
        re.compile(r"(?<!\w)(?:nâng|thăng)\s+(?:hạng|sao|cấp|từ)|(?<!\w)từ\s+\d\s+sao\s+lên\s+\d\s+sao", re.IGNORECASE),
        "upgraded",
    ),
    (
        re.compile(
            r"(?<!\w)(?:(?:công\s+nhận|đánh\s+giá|phân\s+hạng|chấm|cấp|xếp\s+hạng)(?:[,\s]+(?:phân\s+hạng|chứng\s+nhận))?"
            r"\s+lại|tái\s+(?:công\s+nhận|đánh\s+giá|chứng\s+nhận|cấp)|gia\s+hạn)(?!\w)",
            re.IGNORECASE,
        ),
        "renewed",
    ),
    (
        re.compile(
            r"(?<!\w)(?:(?:công\s+nhận|đánh\s+giá|phân\s+hạng|cấp|sản\s+phẩm|chứng\s+nhận|đăng\s+ký|tham\s+gia)\s+mới|"
            r"(?:công\s+nhận\s+)?lần\s+đầu(?:\s+tiên)?)(?!\w)",
            re.IGNORECASE,
        ),
        "new",
    ),
)
_ALONE: dict[str, Change] = {"mới": "new", "lại": "renewed", "nâng hạng": "upgraded", "nâng sao": "upgraded"}
# Điều 3 khoản 3 of QĐ 26/2026/QĐ-TTg, and QĐ 148/QĐ-TTg and QĐ 1048/QĐ-TTg before it.
_LEAST_SCORE = {1: 0.0, 2: 30.0, 3: 50.0, 4: 70.0, 5: 90.0}
_MOST_STARS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A star or score read at `text[start:end]`."""

    value: float
    start: int
    end: int

    @property
    def star(self) -> int:
        """The star it is."""
        return int(self.value)

    def span(self, at: int) -> Span:
        """Where it stands, the text it was read in beginning at `at`."""
        return Span(self.start + at, self.end + at)


def star_cell(text: str) -> Grade | None:
    """The star that a cell states and nothing else: "4 sao", "04", "****", "Bốn sao", "OCOP 4 sao"."""
    match = _STAR.fullmatch(text)
    if match is None:
        return None
    if match["word"] is not None and match["word"].lower() == "tư":
        return None
    value = match["alone"] or match["digit"]
    if value is None and match["marks"] is not None:
        value = str(len(re.sub(r"\s", "", match["marks"])))
    return Grade(value=int(value) if value else _STAR_WORDS[str(match["word"]).lower()], start=0, end=len(text))


def stars_in(text: str, start: int = 0, end: int | None = None) -> list[Grade]:
    """The stars that a remark or heading says something has, in order; not those it may have one day."""
    found: list[Grade] = []
    for match in _IN_TEXT.finditer(text, start, len(text) if end is None else end):
        if _TO_COME.search(text, max(0, match.start() - 45), match.start()):
            continue
        if match["marks"] is not None:
            value = len(match["marks"])
        else:
            value = int(match["digit"]) if match["digit"] else _STAR_WORDS[str(match["word"]).lower()]
        found.append(Grade(value=value, start=match.start(), end=match.end()))
    return found


def score_cell(text: str) -> Grade | None:
    """The score, 0 to 100, that a cell states and nothing else: "85,5", "85.5 điểm", "85/100"."""
    match = _SCORE.fullmatch(text)
    return None if match is None else Grade(value=_decimal(match["score"]), start=match.start(), end=match.end())


def scores_in(text: str) -> list[Grade]:
    """The scores a remark states with the word for points."""
    return [
        Grade(value=_decimal(match["score"] or match["after"]), start=match.start(), end=match.end())
        for match in _SCORE_IN_TEXT.finditer(text)
    ]


def _decimal(printed: str) -> float:
    return float(printed.replace(",", "."))


def is_tick(text: str) -> bool:
    """Whether a cell only marks that its column's header holds."""
    return _TICK.fullmatch(text) is not None


def change_in(text: str) -> tuple[Change, int, int] | None:
    """What is new about a product, as a remark, a cell or a heading says it, and where; None where it says nothing,
    or more than one thing."""
    alone = _ALONE.get(" ".join(text.lower().strip(" .;").split()))
    if alone is not None:
        return alone, 0, len(text)
    found = [(change, match) for pattern, change in _CHANGES if (match := pattern.search(text)) is not None]
    if len({change for change, _ in found}) != 1:
        return None
    return found[0][0], found[0][1].start(), found[0][1].end()


def agree(star: int, score: float) -> bool:
    """Whether a score can be of a star.

    A province gives 4 stars to what it proposes for 5, and a product with the points but without what a star asks for
    at least stays below it: a score above its band is unusual for 3 stars and less, one below it is impossible.
    """
    if score < _LEAST_SCORE[star]:
        return False
    return star >= _MOST_STARS - 1 or score < _LEAST_SCORE[star + 1]
