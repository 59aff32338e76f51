"""A sentence with everything that is named in it, as the fields of its figures are read from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.figures.clauses import Clause, clauses_of
from index.figures.counted import Counted
from index.figures.counts import find_counts
from index.figures.moments import Moment, find_moments
from index.figures.stars import StarMention, find_stars
from index.figures.subplace import Subplace, find_subplaces
from index.places.named import Mention, find_places
from index.text import CAPITALS

# Numbers that a name holds: documents, telephones, hours.
_NO_COUNT = re.compile(
    r"(?:số|Số)\s+\d+(?:/\d{4})?/[\wĐ-]+|\d+(?:/\d{4})?/[A-ZĐ][\wĐ-]*|(?<!\w)0\d{2,3}[ .]\d{3,4}[ .][\dx]{3,4}|"
    r"\d{1,2}\s?(?:giờ|h)(?!\w)\s?\d*"
)


# "Anh Lê Thái Bình", "ông Hà Giang": no name behind a title is a province's
_PERSON = re.compile(rf"(?<!\w)(?i:ông|bà(?!\s+(?:rịa|nà))|anh|chị|chú|bác|cụ|nghệ\s+nhân)(?:\s+[{CAPITALS}][\w’']*)+")
_HUE_IS_A_PROVINCE = "2025"  # the province's name since 1 January 2025, before that its chief town's


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The sentence `text`, which begins at `offset` of its article; all other offsets are into the sentence.

    counts and clauses belong together, one clause to each count.
    """

    text: str
    offset: int
    counts: tuple[Counted, ...]
    clauses: tuple[Clause, ...]
    stars: tuple[StarMention, ...]
    moments: tuple[Moment, ...]
    provinces: tuple[Mention, ...]
    subplaces: tuple[Subplace, ...]

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where each count's number starts, and where it and its noun end."""
        return [(count.number.start, count.end) for count in self.counts]


def read_sentence(
    text: str,
    offset: int,
    day: str | None,
    *,
    grade: StarMention | None = None,
    former: str | None = None,
    districts: Sequence[Subplace] = (),
) -> Reading:
    """A sentence read. `day`: ISO date of the article, from which "năm nay" is counted, or None.

    grade: the last of the sentence before. former: the noun last counted there. districts: those of the article's
    province that the sentence names without their rank.
    """
    moments = find_moments(text, day)
    stars = find_stars(text, grade)
    taken = [(moment.start, moment.end) for moment in moments if moment.role not in ("now", "told")]
    taken += [match.span() for match in _NO_COUNT.finditer(text)]
    counts = find_counts(text, taken, stars, former=former)
    provinces = find_places(text)
    lesser = find_subplaces(text, provinces)
    lesser += [one for one in districts if not any(other.start < one.end and one.start < other.end for other in lesser)]
    if day is not None and day >= _HUE_IS_A_PROVINCE:
        lesser = [one for one in lesser if one.name != "Huế"]
    people = [match.span() for match in _PERSON.finditer(text)]
    provinces = [
        one
        for one in provinces
        if not any(_lies_in(one, other) for other in lesser)
        and not any(start < one.start and one.end <= end for start, end in people)
    ]
    return Reading(
        text=text,
        offset=offset,
        counts=tuple(counts),
        clauses=tuple(clauses_of(text, [(count.number.start, count.end) for count in counts])),
        stars=tuple(stars),
        moments=tuple(moments),
        provinces=tuple(provinces),
        subplaces=tuple(sorted(lesser, key=lambda one: one.start)),
    )


def _lies_in(province: Mention, lesser: Subplace) -> bool:
    """Whether a province's name is only the beginning of a lesser place's: "Điện Biên" of "Điện Biên Đông"."""
    within = lesser.start <= province.start and province.end <= lesser.end
    return within and province.end - province.start < len(lesser.name)
