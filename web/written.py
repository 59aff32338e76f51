"""Values as decisions write them, for the interface: the words, where they and their header stand, what is in doubt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from index.decisions.decision import Act, Change, Doubt, ProductRow, Read
from index.decisions.spoken import DOUBT_LABELS
from index.places.provinces import PROVINCES
from index.products.product import Product
from index.span import Span
from web.quoting import Place, Quoter


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenTold:
    """A value as written.

    span: where, in the text of the version that the record's `source` names. head, head_text: of a cell, the header of
    its column, and its words, null where the source's rights do not let them be shown. doubts: why it may be wrong.
    """

    text: str
    span: Span
    head: Span | None
    head_text: str | None
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTold:
    """A line of a decision about a product.

    act: what is done to it. fields: every field that was read, by name. star, score, change: as values. doubts: all of
    its fields'. source: the line.
    """

    act: Act
    fields: dict[str, WrittenTold]
    star: int | None
    score: float | None
    change: Change | None
    doubts: tuple[Doubt, ...]
    source: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class WhereTold:
    """Where something is, as written and as of today.

    province: key as written, with its name; communes_today: what the commune is called since 1 July 2025, several where
    it was divided, none where that is not known; province_today: key and name of today's province.
    """

    commune: str | None
    district: str | None
    province: str | None
    province_name: str | None
    communes_today: tuple[str, ...]
    province_today: str | None
    province_today_name: str | None


def where_told(product: Product, communes_today: tuple[str, ...]) -> WhereTold:
    """Where a product is, under both names. communes_today: as the catalogue has them."""
    province, today = product.province, product.province_today
    return WhereTold(
        commune=product.commune,
        district=product.district,
        province=province,
        province_name=product.province_written if province is None else PROVINCES[province].name,
        communes_today=communes_today,
        province_today=today,
        province_today_name=None if today is None else PROVINCES[today].today,
    )


def line_told(row: ProductRow, article_id: str, digest: str, quoter: Quoter) -> LineTold:
    """A line with every field's place."""
    reads = {
        "serial": row.serial,
        "name": row.name,
        "producer": row.producer,
        "address": row.address,
        "commune": row.commune,
        "district": row.district,
        "province": row.province,
        "group": row.group,
        "star": row.star_read,
        "score": row.score_read,
        "change": row.change_read,
    }
    return LineTold(
        act=row.act,
        fields=fields_told(reads, article_id, digest, quoter),
        star=row.star,
        score=row.score,
        change=row.change,
        doubts=row.doubts,
        source=quoter.place(article_id, digest, row.start, row.end),
    )


def fields_told(
    reads: Mapping[str, Read | None], article_id: str, digest: str, quoter: Quoter
) -> dict[str, WrittenTold]:
    """The fields that were read, each with its place."""
    return {
        name: WrittenTold(
            text=read.text,
            span=read.span,
            head=read.head,
            head_text=None if read.head is None else quoter.text(article_id, digest, *read.head),
            doubts=read.doubts,
        )
        for name, read in reads.items()
        if read is not None
    }


def doubts_told(doubts: Iterable[Doubt]) -> str:
    """Doubts in one line, for files."""
    return "; ".join(DOUBT_LABELS[doubt] for doubt in dict.fromkeys(doubts))
