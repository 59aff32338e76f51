"""The passages of the unit of law that a question names: "Điều 7 khoản 6 QĐ 26/2026"."""

import numpy as np

from index.facets import FacetArrays
from index.keyrows import Rows
from index.law.address import DocumentNumber, find_document_numbers, find_unit
from index.ranking import Mask
from index.traits import number_of


def addressed(facets: FacetArrays, question: str, allowed: Mask | None) -> Mask | None:
    """The passages allowed of the unit of law a question names, or None where it names none that is here.

    Passages are cut by khoản, so where none has the điểm named, the khoản it stands in is meant, and so on. Where
    the question names a document, only passages of that document count.
    """
    labels = [label.lower() for label in find_unit(question).labels]
    if not labels:
        return None
    within = [facets.labels.rows_of(labels[0])]
    for label in labels[1:]:
        within.append(_both(facets, within[-1], facets.labels.rows_of(label)))
    numbers = find_document_numbers(question)
    own = _rows_of_documents(facets, numbers) if numbers else None
    for rows in reversed(within):
        left = rows if own is None else _both(facets, rows, own)
        if allowed is not None:
            left = left[allowed[left]]
        if len(left):
            return _mask(facets, left)
    return None


def _rows_of_documents(facets: FacetArrays, numbers: list[DocumentNumber]) -> Rows:
    table = facets.documents
    places = {
        place
        for number in numbers
        for place in table.starting(f"{number.number}|")
        if number_of(table.key(place)).matches(number)
    }
    return np.flatnonzero(facets.of_any(table, places)).astype(np.int32)


def _both(facets: FacetArrays, few: Rows, others: Rows) -> Rows:
    return few[_mask(facets, others)[few]]


def _mask(facets: FacetArrays, rows: Rows) -> Mask:
    mask: Mask = np.zeros(facets.count, np.bool_)
    mask[rows] = True
    return mask
