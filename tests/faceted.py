"""Facets, masks and law made by hand for the tests of filters."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from index.facets import FacetArrays, Facets
from index.filters import Filters, Sieve
from index.law.address import DocumentNumber, asked_number
from index.law.documents import Law
from index.law.regulations import Regulation
from index.law.statements import Says, Statement
from index.traits import Traits, number_of

PLAIN = Facets(
    article_id="f" * 16,
    heading="",
    kind="news",
    provinces=("cao-bang",),
    date="2020",
    traits=Traits(stars=(1,)),
)


def number_called(text: str) -> DocumentNumber:
    number = asked_number(text)
    assert number is not None
    return number


def stated(key: str, says: Says, on: date) -> Statement:
    return Statement(
        says=says,
        number=number_of(key),
        on=on,
        known="stated",
        article_id="law",
        digest="0" * 64,
        start=0,
        end=1,
        at=None,
        where="",
        summary=False,
    )


def law_of(statements: Sequence[Statement]) -> Law:
    return Law(
        [
            Regulation(
                article_id="law",
                digest="0" * 64,
                title="",
                number=None,
                others=(),
                summary=False,
                issuer=None,
                statements=tuple(statements),
                authorities=(),
                transitions=(),
            )
        ]
    )


def sieve_of(
    rows: Sequence[Facets],
    law: Law | None = None,
    *,
    twins: Mapping[int, int] | None = None,
    copies: Mapping[str, str] | None = None,
) -> Sieve:
    return Sieve(FacetArrays.of(rows, twins or {}, copies or {}), lambda: law or Law(()))


def left_by(sieve: Sieve, filters: Filters, count: int) -> set[int]:
    """The passages of `count` that filters leave."""
    mask = sieve.allowed(filters).mask
    return set(range(count)) if mask is None else set(np.flatnonzero(mask).tolist())


def left(rows: Sequence[Facets], filters: Filters, law: Law | None = None) -> set[int]:
    """The passages that filters leave."""
    return left_by(sieve_of(rows, law), filters, len(rows))
