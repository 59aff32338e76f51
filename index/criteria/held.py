"""Which criteria sets a product is judged by on a day, of all that articles print."""

from collections.abc import Sequence
from datetime import date

from index.criteria.sets import CriteriaSet
from index.law.address import DocumentNumber, find_document_numbers
from index.law.documents import Law


def sets_on(
    sets: Sequence[CriteriaSet], law: Law, on: date, document: DocumentNumber | None = None
) -> tuple[CriteriaSet, ...]:
    """The sets of the newest decision in force on a day, by number, each once: its own text before what restates it.

    document: the sets of this one instead, whatever its state. A dossier filed under a former decision may still be
    judged by that one (`index.law.in_force` tells); whoever means it names it.
    """
    dated: list[tuple[date, CriteriaSet]] = []
    for one in sets:
        numbers = find_document_numbers(one.document or "")
        if not numbers or one.number is None:
            continue
        if document is not None:
            if numbers[0].matches(document):
                dated.append((date.min, one))
            continue
        state = law.state(numbers[0], on)
        if state.status == "in_force":
            dated.append((state.since or date.min, one))
    newest = max((since for since, _ in dated), default=date.min)
    kept: dict[int, CriteriaSet] = {}
    for since, one in sorted(dated, key=lambda pair: pair[1].summary):
        if since == newest:
            kept.setdefault(one.number or 0, one)
    return tuple(kept[number] for number in sorted(kept))
