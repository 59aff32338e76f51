"""Documents of law as a tree: under each what it replaced and what amends it, by what they rule."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from index.law.documents import Document, Law
from index.law.subjects import Subject
from web.law import RegulationItem, item
from web.quoting import Quoter

Relation = Literal["replaced", "amends"]
_ORDER: tuple[Subject, ...] = ("criteria", "procedure", "programme", "label", "funding")
_LOCAL = ("UBND", "HDND", "SNN", "BCD-", "VPDP-UBND")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A document with those it replaced and those that amend it. relation: to the one it stands under, None at the
    root."""

    document: RegulationItem
    relation: Relation | None
    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """Roots about one subject; None for those of which no text tells what they rule."""

    subject: Subject | None
    roots: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """The whole. local: documents of provinces and below, the newest first."""

    branches: tuple[Branch, ...]
    local: tuple[RegulationItem, ...]


def law_tree(law: Law, on: date, quoter: Quoter) -> Tree:
    """The documents held and named, as they stand on a day."""
    central = [one for one in law.documents if not is_local(one)]
    local = sorted((one for one in law.documents if is_local(one)), key=_begun, reverse=True)
    above: dict[str, tuple[str, Relation]] = {}
    for one in central:
        found = _above(law, one, central)
        if found is not None and not _leads_to(above, found[0], one.number.label):
            above[one.number.label] = found

    def node(document: Document, relation: Relation | None) -> Node:
        below = [
            (other, above[other.number.label][1])
            for other in central
            if above.get(other.number.label, ("", ""))[0] == document.number.label
        ]
        below.sort(key=lambda pair: (pair[1] != "amends", -_begun(pair[0]).toordinal()))
        return Node(
            document=item(law, document, on, quoter),
            relation=relation,
            children=tuple(node(other, how) for other, how in below),
        )

    roots = [one for one in central if one.number.label not in above]
    roots.sort(key=lambda one: (law.state_of(one, on).status != "in_force", -_begun(one).toordinal()))
    branches = []
    for subject in (*_ORDER, None):
        of_it = tuple(node(one, None) for one in roots if _subject(one) == subject)
        if of_it:
            branches.append(Branch(subject=subject, roots=of_it))
    return Tree(branches=tuple(branches), local=tuple(item(law, one, on, quoter) for one in local))


def is_local(document: Document) -> bool:
    """Whether a province, district or commune issued it."""
    return (document.number.issuer or "").startswith(_LOCAL)


def _above(law: Law, document: Document, central: Sequence[Document]) -> tuple[str, Relation] | None:
    """What a document stands under: the one it amends, else the one that ended it."""
    for other in _amended_by(document, central):
        return other.number.label, "amends"
    ended = document.ended
    by = law.find(ended.by) if ended is not None and ended.by is not None else None
    return None if by is None or by is document else (by.number.label, "replaced")


def _amended_by(document: Document, central: Sequence[Document]) -> Iterator[Document]:
    for other in central:
        if other is not document and any(
            one.by is not None and one.by.matches(document.number) for one in other.amendments
        ):
            yield other


def _leads_to(above: dict[str, tuple[str, Relation]], label: str, target: str) -> bool:
    """Whether the way up from a document passes another: texts that contradict each other must not make a ring."""
    seen = {label}
    while label != target:
        if label not in above:
            return False
        label = above[label][0]
        if label in seen:
            return True
        seen.add(label)
    return True


def _subject(document: Document) -> Subject | None:
    return min(document.subjects, key=_ORDER.index, default=None)


def _begun(document: Document) -> date:
    """When it began, as far as any text tells; what is not known counts as oldest."""
    told = (document.effective, document.signed, document.period)
    return next((one.on for one in told if one is not None and one.on is not None), date.min)
