"""Filters: which passages a search may find, as Boolean masks made from what the records say of each."""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date

import numpy as np

from crawler.article import Kind, fold_space
from index.law.address import DocumentNumber, find_document_numbers, find_unit
from index.period import first_day, last_day
from index.records import Facets
from index.store import Mask

_APPENDIX = re.compile(r"phụ lục |mẫu số ")
_LEGAL_LABEL = re.compile(r"điều |khoản |phụ lục |mẫu số ")


class FacetArrays:
    """What filters look at, as arrays over all passages."""

    def __init__(self, facets: list[Facets]) -> None:
        self._count = len(facets)
        self._article = np.array([facet.article_id for facet in facets])
        self._kind = np.array([facet.kind for facet in facets])
        self._parts = [_heading_parts(facet.heading) for facet in facets]
        self._provinces = _positions(facet.provinces for facet in facets)
        self._labels = _positions(self._parts)
        self._appended = np.array([any(_APPENDIX.match(part) for part in parts) for parts in self._parts], np.bool_)
        # An undated passage has an interval that overlaps nothing.
        self._first = np.array([first_day(facet.date) if facet.date else date.max.toordinal() for facet in facets])
        self._last = np.array([last_day(facet.date) if facet.date else 0 for facet in facets])
        self._numbers: dict[int, DocumentNumber] = {}
        for place, (facet, parts) in enumerate(zip(facets, self._parts, strict=True)):
            if any(_LEGAL_LABEL.match(part) for part in parts):
                numbers = find_document_numbers(facet.header)
                if numbers:
                    self._numbers[place] = numbers[0]

    def allowed(
        self,
        *,
        kinds: Collection[Kind] | None,
        provinces: Collection[str] | None,
        date_from: str | None,
        date_to: str | None,
        article_ids: Collection[str] | None,
        heading: str | None,
        appendices: bool,
    ) -> Mask | None:
        """The passages within all filters, or None where no filter is set."""
        masks: list[Mask] = []
        if kinds is not None:
            masks.append(np.isin(self._kind, list(kinds)))
        if article_ids is not None:
            masks.append(np.isin(self._article, list(article_ids)))
        if provinces is not None:
            masks.append(self._any_of(self._provinces, provinces))
        if date_from is not None:
            masks.append((self._last >= first_day(date_from)) & (self._last > 0))
        if date_to is not None:
            masks.append((self._first <= last_day(date_to)) & (self._last > 0))
        if not appendices:
            masks.append(~self._appended)
        if heading is not None:
            masks.extend(self._any_of(self._labels, (part,)) for part in _heading_parts(heading))
        return np.asarray(np.logical_and.reduce(masks), np.bool_) if masks else None

    def addressed(self, question: str, allowed: Mask | None) -> Mask | None:
        """The passages allowed of the unit of law a question names.

        Passages are cut by khoản, so where none has the điểm named, the khoản it stands in is meant, and so on. Where
        the question names a document, only passages of that document count.
        """
        labels = [label.lower() for label in find_unit(question).labels]
        if not labels:
            return None
        numbers = find_document_numbers(question)
        for depth in range(len(labels), 0, -1):
            named = [self._any_of(self._labels, (label,)) for label in labels[:depth]]
            mask: Mask = np.asarray(np.logical_and.reduce(named), np.bool_)
            if allowed is not None:
                mask &= allowed
            if numbers:
                for place in np.flatnonzero(mask):
                    own = self._numbers.get(int(place))
                    mask[place] = own is not None and any(number.matches(own) for number in numbers)
            if mask.any():
                return mask
        return None

    def _any_of(self, positions: dict[str, list[int]], keys: Collection[str]) -> Mask:
        mask = np.zeros(self._count, np.bool_)
        for key in keys:
            mask[positions.get(key, [])] = True
        return mask


def _heading_parts(heading: str) -> tuple[str, ...]:
    """The parts of a heading path as readers see it, lower case: "Điều 7, khoản 6" -> ("điều 7", "khoản 6")."""
    lowered = fold_space(heading).lower()
    separator = r", (?=(?:điều|khoản|điểm|phụ lục|mẫu số) )| › "
    return tuple(part for part in re.split(separator, lowered) if part)


def _positions(rows: Iterable[Sequence[str]]) -> dict[str, list[int]]:
    """Key -> the rows that have it."""
    found: dict[str, list[int]] = {}
    for place, keys in enumerate(rows):
        for key in keys:
            found.setdefault(key, []).append(place)
    return found
