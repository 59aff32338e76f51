"""A district named in a text, and how the candidates for one name are narrowed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.places.district_table import DISTRICTS, Called, District, Rank
from index.places.provinces import related


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictMention:
    """A district named at `text[start:end]` (the name without its rank).

    candidates: keys of all districts it may be, at least one. earlier: the name or rank is one that had already been
    given up on 30 June 2025; the candidate is the district that took it in.
    """

    candidates: tuple[str, ...]
    start: int
    end: int
    rank: Rank | None = None
    earlier: bool = False

    @property
    def district(self) -> District | None:
        """The district, where there is no doubt which."""
        return DISTRICTS[self.candidates[0]] if len(self.candidates) == 1 else None

    @property
    def province(self) -> str | None:
        """The key of the province all candidates lie in, if it is one."""
        keys = {DISTRICTS[key].province for key in self.candidates}
        return keys.pop() if len(keys) == 1 else None


def of_rank(names: Sequence[Called], rank: Rank | None) -> Sequence[Called]:
    """Those of that rank; all where none is, since ranks change ("huyện Thủy Nguyên" became a city in 2025)."""
    return [called for called in names if called.rank == rank] or names


def within(names: Sequence[Called], provinces: Iterable[str]) -> list[Called]:
    """Those in the provinces as they were; where there are none, those in what the provinces are part of today."""
    given = frozenset(provinces)
    exact = [called for called in names if DISTRICTS[called.district].province in given]
    return exact or [called for called in names if DISTRICTS[called.district].province in widened(given)]


@lru_cache(maxsize=256)
def widened(provinces: frozenset[str]) -> frozenset[str]:
    """The provinces and all that are one province with them today."""
    return frozenset(key for province in provinces for key in related(province))


def mention_of(names: Sequence[Called], start: int, end: int, rank: Rank | None) -> DistrictMention:
    """A name read at `text[start:end]` after the word for its rank, if any, with all it may mean."""
    return DistrictMention(
        candidates=tuple(dict.fromkeys(called.district for called in names)),
        start=start,
        end=end,
        rank=rank,
        earlier=all(called.earlier for called in names),
    )
