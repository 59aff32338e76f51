"""Sums: where a text gives a total and its parts, do the parts make it?

Both are kept as the text has them. A difference is only told: nothing is hidden, and nothing mended, since either the
total or a part may be the one in error, or the parts may not be all there are.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from crawler.article import Article
from index.figures.counted import PRODUCERS
from index.figures.figure import Figure

# Between a total and its first part: "62 sản phẩm …, trong đó 18", "62 sản phẩm: 18 …", "62 sản phẩm (18 …".
_PARTED = re.compile(
    r"[^.;\d]*?(?:[;,.]?\s*(?<!\w)(?P<some>trong\s+đó|trong\s+số\s+đó|bao\s+gồm|gồm|cụ\s+thể|chia\s+\w+(?:\s+\w+)?|(?:xếp\s+)?theo\s+hạng)"
    r"(?!\w)|[:(])[^.;:(\d]*",
    re.IGNORECASE,
)
_ONE_SENTENCE = re.compile(r"[^.;:\d]{0,80}[.:]\s*")
# Between two parts of one total: "18 sản phẩm 4 sao, 44 sản phẩm 3 sao", "… và 2 sản phẩm 5 sao", "…; 8 …".
_NEXT_PART = re.compile(r"[^.()\d]*?(?:[,;]|(?<!\w)(?:và|còn|còn lại|cùng))[^.()\d]{0,40}", re.IGNORECASE)
_LOWEST = 3  # the lowest grade that is a recognition
_NEAR = 120  # characters behind a number that its noun and grade may end within
_HUNDRED = 100.0
# Shares are rounded to a tenth or a whole; so many of them may miss the hundred by their rounding.
_ROUNDING = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class SumCheck:
    """A total and the parts a text gives with it.

    total: None where the parts are shares, which should make 100 %. expected: the total's value; found: what the parts
    make; difference: found less expected. holds: whether the two agree (shares within their rounding).
    """

    total: Figure | None
    parts: tuple[Figure, ...]
    expected: float
    found: float
    difference: float
    holds: bool


def sum_checks(article: Article, figures: Sequence[Figure]) -> tuple[SumCheck, ...]:
    """Every total of an article whose parts are given beside it: by star or by form of producer in a sentence or the
    next, in the columns of a table with a row of totals, and shares by star.

    figures: those of the article, in order; they are left as they are.
    """
    return (*_prose(article, figures), *_shares(figures), *_columns(article, figures))


def by_number(checks: Iterable[SumCheck]) -> dict[tuple[str, int], SumCheck]:
    """The check that each number belongs to, as total or part, by its article's id and its place; of several the one
    that does not hold."""
    found: dict[tuple[str, int], SumCheck] = {}
    for check in sorted(checks, key=lambda check: check.holds):
        for figure in (*check.parts, *(() if check.total is None else (check.total,))):
            found.setdefault((figure.article_id, figure.number_start), check)
    return found


def _check(total: Figure | None, parts: Sequence[Figure]) -> SumCheck:
    expected = _HUNDRED if total is None else total.value
    found = math.fsum(part.value for part in parts)
    difference = round(found - expected, 6)
    tolerance = _ROUNDING if total is None else 0.0
    return SumCheck(
        total=total,
        parts=tuple(parts),
        expected=expected,
        found=found,
        difference=difference,
        holds=abs(difference) <= tolerance,
    )


def _prose(article: Article, figures: Sequence[Figure]) -> Iterator[SumCheck]:
    rows = {block.start for block in article.blocks if block.role == "row"}
    told = [figure for figure in figures if figure.start not in rows]
    for place, total in enumerate(told):
        if total.to is not None or total.bound is not None or (total.star is not None and total.star == total.star_to):
            continue
        parts = _parts(article, total, told[place + 1 :])
        if len(parts) > 1:
            yield _check(total, parts)


def _parts(article: Article, total: Figure, following: Sequence[Figure]) -> list[Figure]:
    """The counts after a total that divide it by star, or by form of producer, each part once."""
    parts: list[Figure] = []
    passed = total
    only_some = False
    for figure in following:
        if figure.number_start - total.number_end > 400:
            break
        between = article.text[_end(passed) : _start(figure, passed)]
        if not parts and (figure.what in PRODUCERS and total.what == "sản phẩm"):
            passed = figure  # "62 sản phẩm của 29 chủ thể, trong đó 18 …"
            continue
        joined = (_NEXT_PART if parts else _PARTED).fullmatch(between) or (not parts and _opens(figure, total, between))
        if not _is_part(total, figure) or not joined:
            break
        if any(_same_class(figure, part) for part in parts):
            break
        only_some = only_some or (not parts and "trong" in between.lower())
        parts.append(figure)
        passed = figure
    if total.what == "sản phẩm":  # most products have three stars: parts without them are not all there are
        return parts if any(part.star == _LOWEST for part in parts) else []
    return [] if only_some and math.fsum(part.value for part in parts) != total.value else parts


def _opens(figure: Figure, total: Figure, between: str) -> bool:
    """Whether a grade opens the sentence after the total's: "… có 926 sản phẩm. Hạng 3 sao 844 sản phẩm, …"."""
    return (
        figure.start > total.end
        and _start(figure, total) == figure.start
        and _ONE_SENTENCE.fullmatch(between) is not None
    )


def _end(figure: Figure) -> int:
    """Where a number, its noun and its grade end."""
    spans = [span.end for span in (figure.what_span, figure.star_span) if span is not None]
    return max([figure.number_end, *(end for end in spans if end - figure.number_end < _NEAR)])


def _start(figure: Figure, passed: Figure) -> int:
    """Where a number begins, or its grade where that stands before it ("4 sao: 18")."""
    star = figure.star_span
    return star.start if star is not None and _end(passed) <= star.start < figure.number_start else figure.number_start


def _is_part(total: Figure, figure: Figure) -> bool:
    if figure.to is not None or figure.bound is not None or figure.place != total.place or figure.value > total.value:
        return False
    if figure.subplace != total.subplace or figure.planned != total.planned:
        return False
    if total.what == "chủ thể" and figure.what in PRODUCERS - {"chủ thể"}:
        return figure.star is None
    return figure.what == total.what and figure.star is not None and figure.star == figure.star_to


def _same_class(figure: Figure, part: Figure) -> bool:
    return (figure.what, figure.star, figure.potential) == (part.what, part.star, part.potential)


def _shares(figures: Sequence[Figure]) -> Iterator[SumCheck]:
    """Shares of one whole by star that stand in one sentence or row column and are all the grades there are."""
    for _, group in groupby(figures, key=lambda figure: figure.start):
        shares = [figure for figure in group if figure.what == "%" and figure.star is not None and figure.to is None]
        stars = [share.star for share in shares if share.star == share.star_to]
        if len(stars) == len(shares) and sorted(stars, key=str) == [3, 4, 5]:
            yield _check(None, shares)


def _columns(article: Article, figures: Sequence[Figure]) -> Iterator[SumCheck]:
    """Columns with a row of totals: the rows above it, of the same count."""
    by_row: dict[int, list[Figure]] = {}
    for figure in figures:
        by_row.setdefault(figure.start, []).append(figure)
    table: list[list[Figure]] = []
    for former, block in pairwise([None, *article.blocks]):
        if block is None or block.role != "row":
            continue
        if former is None or former.role != "row":
            table = []
        row = [figure for figure in by_row.get(block.start, []) if figure.to is None]
        if row and all(figure.whole for figure in row) and len(table) > 1:
            for column, total in enumerate(row):
                parts = [above[column] for above in table if column < len(above) and above[column].what == total.what]
                if len(parts) == len(table):
                    yield _check(total, parts)
            table = []
        elif row:
            table.append(row)
