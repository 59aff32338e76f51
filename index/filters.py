"""Filters: which passages a search may find, as Boolean masks over the facets of an index.

A mask holds during retrieval, not after it (`index.store`): a filter that leaves five passages finds these five.

What one filter names is joined by "or", filters by "and"; None sets no filter, an empty tuple allows nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

import numpy as np

from crawler.article import Kind, fold_space
from index.facets import FacetArrays, Source, heading_parts
from index.law.address import DocumentNumber
from index.law.documents import Law
from index.period import first_day
from index.places.districts import DISTRICTS
from index.places.provinces import MERGER, slug
from index.places.territory import Territory, territory
from index.ranking import Mask
from index.traits import STARS, candidates_of, number_of

_LEGAL: tuple[Kind, ...] = ("regulation", "guide", "decision")
_REMEMBERED = 16
_DAYS_REMEMBERED = 4
_SOURCES_REMEMBERED = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the passages found must be.

    kinds: of what kind. sources: by whom: a publisher's name in any spelling, or a host ("baochinhphu.vn" is its
        subdomains' too).
    provinces: about which provinces: keys of `index.places`, read as `index.places.territory.territory` reads them, or
        territories. districts: naming which districts: keys of `index.places.districts`; where a passage leaves open
        which of several of one name it means, all of them must be asked for.
    date_from, date_to: ISO 8601 of any precision, both included; a passage dated "2020" is within "2020-06" since it
        may be; one without date is not.
    stars: naming which grades (1 to 5), of products or in criteria; "từ 3 sao trở lên" names 3, 4 and 5.
    numbers: part of, restating or naming which documents of law; "QĐ 148" is any document that may be so called.
    in_force: of texts of law and guides, those whose document is known to be in force on that day. News is left out,
        and so is what no text held tells of; `Allowed.force_unknown` counts the latter.
    article_ids: of which articles. heading: parts of a heading path, "Điều 7, khoản 6"; all must be in the passage's.
    appendices: False leaves out what stands in an appendix or form of a legal text (its tables would crowd out its
        articles).

    Raises:
        ValueError: a date is not ISO 8601, or no province, district or star is so called.
    """

    kinds: tuple[Kind, ...] | None = None
    provinces: tuple[str | Territory, ...] | None = None
    districts: tuple[str, ...] | None = None
    date_from: str | None = None
    date_to: str | None = None
    sources: tuple[str, ...] | None = None
    stars: tuple[int, ...] | None = None
    numbers: tuple[DocumentNumber, ...] | None = None
    in_force: date | None = None
    article_ids: tuple[str, ...] | None = None
    heading: str | None = None
    appendices: bool = True

    def __post_init__(self) -> None:
        for day in (self.date_from, self.date_to):
            if day is not None:
                first_day(day)
        for place in self.provinces or ():
            if isinstance(place, str):
                territory(place)
        for district in self.districts or ():
            if district not in DISTRICTS:
                raise ValueError(f"no district has the key {district!r}; expected one such as 'nam-dinh/huyen-hai-hau'")
        for star in self.stars or ():
            if star not in STARS:
                raise ValueError(f"star is {star!r}; expected a whole number from 1 to 5")


NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """The passages within all filters, and of copies of one story only the first that is.

    mask: (n,), read only, or None where all are. force_unknown: passages of texts of law and guides within the other
    filters of which no text held tells whether their document was in force on the day asked about; 0 where none was.
    """

    mask: Mask | None
    force_unknown: int = 0


class Sieve:
    """The filters of one generation. Thread-safe; the masks of the last filters asked for are remembered."""

    def __init__(self, facets: FacetArrays, law: Callable[[], Law]) -> None:
        """law: what the generation's texts tell of documents; called when a filter first needs it."""
        self._facets = facets
        self._law = law
        self.allowed: Callable[[Filters], Allowed] = lru_cache(maxsize=_REMEMBERED)(self._allowed)
        self._force = lru_cache(maxsize=_DAYS_REMEMBERED)(self._force_on)
        self._doubtful = lru_cache(maxsize=1)(self._doubtful_mentions)
        self._slugs = lru_cache(maxsize=1)(self._source_slugs)
        self._sources_called = lru_cache(maxsize=_SOURCES_REMEMBERED)(self._places_of_sources)

    def _allowed(self, filters: Filters) -> Allowed:
        mask: Mask | None = None
        for one in self._masks(filters):
            if mask is None:
                mask = one
            else:
                mask &= one
        unknown = 0
        if filters.in_force is not None:
            held, doubtful = self._force(filters.in_force)
            within = doubtful if mask is None else doubtful & mask
            unknown = int(np.count_nonzero(within))
            mask = held.copy() if mask is None else mask & held
        mask = self._facets.twins.once(mask)
        if mask is not None:
            mask.flags.writeable = False
        return Allowed(mask=mask, force_unknown=unknown)

    def _masks(self, filters: Filters) -> Iterator[Mask]:
        """The mask of every filter set but `in_force`, each new."""
        facets = self._facets
        if filters.article_ids is not None:
            yield facets.of_keys(facets.articles, filters.article_ids)
        if filters.heading is not None:
            for part in heading_parts(filters.heading):
                yield facets.of_keys(facets.labels, (part,))
        if filters.provinces is not None:
            yield self._of_provinces(filters.provinces)
        if filters.districts is not None:
            yield facets.of_any(facets.districts, self._mentions_of(frozenset(filters.districts)))
        if filters.numbers is not None:
            yield facets.of_any(facets.numbers, self._places_of(filters.numbers))
        if filters.sources is not None:
            yield facets.of_sources(self._sources_called(filters.sources))
        if filters.stars is not None:
            yield facets.of_stars(filters.stars)
        if filters.kinds is not None:
            yield facets.of_kinds(filters.kinds)
        if filters.date_from is not None:
            yield facets.dated_from(filters.date_from)
        if filters.date_to is not None:
            yield facets.dated_to(filters.date_to)
        if not filters.appendices:
            yield facets.in_body()

    def _of_provinces(self, provinces: tuple[str | Territory, ...]) -> Mask:
        facets = self._facets
        asked = [territory(place) if isinstance(place, str) else place for place in provinces]
        mask = facets.of_keys(facets.provinces, {key for one in asked for key in one.keys})
        for key in {key for one in asked for key in one.since_merger}:
            rows = facets.provinces.rows_of(key)
            mask[rows[facets.last[rows] >= MERGER.toordinal()]] = True
        return mask

    def _mentions_of(self, districts: frozenset[str]) -> list[int]:
        """The places of the mentions that can mean nothing but one of those districts."""
        sure = [place for key in districts if (place := self._facets.districts.find(key)) is not None]
        return sure + [place for place, candidates in self._doubtful() if candidates <= districts]

    def _doubtful_mentions(self) -> list[tuple[int, frozenset[str]]]:
        mentions = ((place, candidates_of(key)) for place, key in enumerate(self._facets.districts.all()))
        return [(place, candidates) for place, candidates in mentions if len(candidates) > 1]

    def _places_of(self, numbers: tuple[DocumentNumber, ...]) -> list[int]:
        table = self._facets.numbers
        return [
            place
            for number in numbers
            for place in table.starting(f"{number.number}|")
            if number_of(table.key(place)).matches(number)
        ]

    def _source_slugs(self) -> tuple[str, ...]:
        return tuple(slug(source.name) for source in self._facets.sources)

    def _places_of_sources(self, names: tuple[str, ...]) -> list[int]:
        sources, slugs = self._facets.sources, self._slugs()
        asked = [_Asked.read(name) for name in names]
        return [
            place
            for place, (source, called) in enumerate(zip(sources, slugs, strict=True))
            if any(one.means(source, called) for one in asked)
        ]

    def knows_source(self, name: str) -> bool:
        """Whether any source is so called."""
        return bool(self._sources_called((name,)))

    def _force_on(self, on: date) -> tuple[Mask, Mask]:
        """The passages whose document is known to be in force on a day, and the legal ones of which that is unknown."""
        facets, law = self._facets, self._law()
        held: list[int] = []
        open_: list[int] = []
        for place, key in enumerate(facets.documents.all()):
            status = law.state(number_of(key), on).status
            if status == "in_force":
                held.append(place)
            elif status in ("unknown", "doubtful"):
                open_.append(place)
        legal = facets.of_kinds(_LEGAL)
        known = facets.of_any(facets.documents, held) & legal
        named = facets.of_any(facets.documents, range(len(facets.documents)))
        doubtful = (facets.of_any(facets.documents, open_) | ~named) & legal & ~known
        return known, doubtful


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A source as asked for: a name's slug, and the host it is where it can be one."""

    name: str
    host: str | None

    @classmethod
    def read(cls, text: str) -> "_Asked":
        folded = fold_space(text)
        host = None
        if "." in folded and " " not in folded:
            try:
                host = urlsplit(folded if "//" in folded else f"//{folded}").hostname
            except ValueError:
                host = None
        return cls(name=slug(folded), host=host.removeprefix("www.") if host else None)

    def means(self, source: Source, called: str) -> bool:
        """Whether it is that source, whose name's slug is `called`."""
        if self.name and self.name == called:
            return True
        return self.host is not None and (source.host == self.host or source.host.endswith(f".{self.host}"))
