"""What wants a person's look, in one list: fields read with doubt, sources that differ, products that may be one, or
the one that was withdrawn, lists whose length is not what the decision says, corrections that no longer fit."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.decisions.decision import Doubt, Read
from index.decisions.merged import Decision
from index.products.product import Product
from index.review.applying import apply
from index.review.correction import Correction, FieldName, Line, line_of

# field: a field read with doubt. disputed: a decision's sources differ. count: a decision states another number of
# products than its list has. withdrawal: what was withdrawn without its producer said may be the one product of that
# name. pair: two products that may be one. stale: a correction that no longer fits what is read.
What = Literal["field", "disputed", "count", "withdrawal", "pair", "stale"]

_Aim = tuple[str, Line | None, FieldName | None]

ROW_FIELDS: dict[FieldName, str] = {
    "name": "name",
    "producer": "producer",
    "address": "address",
    "commune": "commune",
    "district": "district",
    "province": "province",
    "group": "group",
    "star": "star_read",
    "score": "score_read",
    "change": "change_read",
}
DECISION_FIELDS: dict[FieldName, str] = {
    "issued": "issued_read",
    "issuer": "issuer",
    "place": "place_read",
    "subject": "subject",
    "effective": "effective_read",
    "valid_months": "valid_read",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """One thing to look at.

    decision: key of the decision; of a pair or withdrawal, of the one that named the first product last. line: which
    line of its list; None of the decision itself. field, read: of "field", which field, as read. start, end: the line
    or clause to show beside, in the version `digest` of the article; 0 of a correction whose words are gone. stated,
    listed: of "count", the number stated and the number of lines. star: of "count", which star is counted, None for
    all. products: of a pair, the keys of both; of a withdrawal, that of what was withdrawn and that of what it may be.
    correction: of "stale", the one that no longer fits.
    """

    what: What
    decision: str
    article_id: str = ""
    digest: str = ""
    start: int = 0
    end: int = 0
    line: Line | None = None
    field: FieldName | None = None
    read: Read | None = None
    doubts: tuple[Doubt, ...] = ()
    stated: int | None = None
    listed: int | None = None
    star: int | None = None
    products: tuple[str, str] | None = None
    correction: Correction | None = None


def doubts(
    decisions: Sequence[Decision], products: Sequence[Product] = (), *, standing: Sequence[Correction] = ()
) -> tuple[Doubtful, ...]:
    """Everything that wants a look, in order of the decisions; then pairs of products, then corrections.

    decisions: as read, without corrections. standing: the corrections that count; a field that a person confirmed or
    put right is left out, and so is a pair judged.
    """
    applied = apply(decisions, standing)
    stale = {one.id for one in applied.stale}
    settled = {(one.decision, one.line, one.field) for one in standing if one.id not in stale}
    found: list[Doubtful] = []
    for decision, corrected in zip(decisions, applied.decisions, strict=True):
        found.extend(_of_decision(decision, settled))
        found.extend(_counts(corrected))
    found.extend(_pairs(products, {frozenset((one.decision, one.other)) for one in standing if one.field == "same"}))
    found.extend(Doubtful(what="stale", decision=one.decision, line=one.line, correction=one) for one in applied.stale)
    return tuple(found)


def _of_decision(decision: Decision, settled: set[_Aim]) -> Iterator[Doubtful]:
    told = decision.best
    whole = Doubtful(
        what="field",
        decision=decision.key,
        article_id=told.article_id,
        digest=told.digest,
        start=told.start,
        end=told.end,
    )
    for name, attribute in DECISION_FIELDS.items():
        read: Read | None = getattr(told, attribute)
        if _wanted(read) and (decision.key, None, name) not in settled:
            yield _field(whole, name, read)
    listing = decision.listing
    for position, row in enumerate(decision.rows):
        line = line_of(decision.rows, position)
        if (decision.key, line, "line") in settled:
            continue
        around = replace(
            whole, article_id=listing.article_id, digest=listing.digest, line=line, start=row.start, end=row.end
        )
        for name, attribute in ROW_FIELDS.items():
            held: Read | None = getattr(row, attribute)
            if _wanted(held) and (decision.key, line, name) not in settled:
                yield _field(around, name, held)
    if decision.disputed:
        yield replace(whole, what="disputed")


def _wanted(read: Read | None) -> bool:
    """Whether a field is to be looked at; that only news report it is said with it, and is no doubt to mend."""
    return read is not None and any(doubt != "reported" for doubt in read.doubts)


def _field(around: Doubtful, name: FieldName, read: Read | None) -> Doubtful:
    return replace(around, field=name, read=read, doubts=() if read is None else read.doubts)


def _counts(decision: Decision) -> Iterator[Doubtful]:
    """Counts the decision states that its list does not bear out; nothing is said where there is no list."""
    told = decision.best
    listed = Counter(row.star for row in decision.rows if row.act == "recognises")
    if not listed:
        return
    for stated in told.stated:
        count = sum(listed.values()) if stated.star is None else listed[stated.star]
        if count != stated.count:
            yield Doubtful(
                what="count",
                decision=decision.key,
                article_id=told.article_id,
                digest=told.digest,
                start=stated.span.start,
                end=stated.span.end,
                stated=stated.count,
                listed=count,
                star=stated.star,
            )


def _pairs(products: Sequence[Product], judged: set[frozenset[str | None]]) -> Iterator[Doubtful]:
    by_key = {product.key: product for product in products}
    for product in products:
        for other in product.doubtful:
            if other not in by_key or frozenset((product.key, other)) in judged:
                continue
            withdrawal = _is_withdrawal_of(product, by_key[other])
            # each pair once, told from what was withdrawn, else from the product whose key comes first
            if withdrawal or (product.key < other and not _is_withdrawal_of(by_key[other], product)):
                last = product.history[-1]
                yield Doubtful(
                    what="withdrawal" if withdrawal else "pair",
                    decision=last.decision,
                    article_id=last.article_id,
                    digest=last.digest,
                    start=last.row.start,
                    end=last.row.end,
                    products=(product.key, other),
                )


def _is_withdrawal_of(product: Product, other: Product) -> bool:
    """Whether a product is known as withdrawn only, without its producer, and the other is all that it may be."""
    alone = product.producer is None and all(one.withdrawn for one in product.history)
    return alone and product.doubtful == (other.key,) and not all(one.withdrawn for one in other.history)
