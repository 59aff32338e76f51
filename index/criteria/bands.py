"""The scale of stars: how many points each takes, as a text of law or a guide prints it.

In Quyết định 26/2026/QĐ-TTg it is khoản 3 of Điều 3. Nothing here knows its figures: a scale is five lines of one star
each whose ranges follow each other from nought to a hundred, so that a line about something else is none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from crawler.article import Article

_STAR = re.compile(r"(?<!\w)0?(?P<star>[1-5])\s*sao(?!\w)", re.IGNORECASE)
_POINTS = r"\d{1,3}(?:[.,]\d{1,2})?"
_RANGE = re.compile(
    rf"(?<!\w)từ\s+(?P<low>{_POINTS})\s*(?:điểm\s+)?"
    rf"(?:(?:đến|tới|[-–])\s*(?P<below>dưới\s+)?(?P<high>{_POINTS})(?![\d.,]*\d)|(?P<open>trở\s+lên))"
    rf"|(?<!\w)dưới\s+(?P<top>{_POINTS})(?![\d.,]*\d)",
    re.IGNORECASE,
)
_HIGHEST = 100.0
_STARS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """The points of one star, 1 to 5: from `low` to `high`, which itself belongs to it only where not `below`.

    start, end: the line of the article that says so.
    """

    article_id: str
    digest: str
    star: int
    low: float
    high: float
    below: bool
    start: int
    end: int

    def holds(self, points: float) -> bool:
        """Whether a total of so many points lies in it."""
        return self.low <= points and (points < self.high if self.below else points <= self.high)


def bands(article: Article) -> tuple[Band, ...]:
    """The first scale that an article prints, five stars first; () where it prints none."""
    found = list(_lines(article))
    for at in range(len(found) - _STARS + 1):
        run = found[at : at + _STARS]
        if run[0].star == 1:
            run.reverse()
        if _scale(run):
            return tuple(run)
    return ()


def _lines(article: Article) -> Iterator[Band]:
    """The lines that give one star's points."""
    for block in article.blocks:
        line = article.text[block.start : block.end]
        star, points = _STAR.search(line), _RANGE.search(line)
        if star is None or points is None:
            continue
        below = points["top"] is not None or points["below"] is not None
        high = points["high"] or points["top"]
        yield Band(
            article_id=article.id,
            digest=article.digest,
            star=int(star["star"]),
            low=_number(points["low"]) if points["low"] else 0.0,
            high=_number(high) if high else _HIGHEST,
            below=below,
            start=block.start,
            end=block.end,
        )


def _scale(run: Sequence[Band]) -> bool:
    """Whether five lines are stars 5 to 1 whose ranges leave no gap and do not overlap."""
    return (
        [band.star for band in run] == [5, 4, 3, 2, 1]
        and (run[0].high, run[0].below, run[-1].low) == (_HIGHEST, False, 0.0)
        and all(under.below and under.high == over.low for over, under in pairwise(run))
    )


def _number(printed: str) -> float:
    return float(printed.replace(",", "."))
