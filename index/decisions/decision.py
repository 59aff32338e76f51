"""What one article tells of one decision, every field with the place it was read from.

The same decision told by several articles becomes one record in `index.decisions.merged`. All spans are into the text
of the version `digest` of the article.
"""

from dataclasses import dataclass
from typing import Literal

from index.law.address import DocumentNumber
from index.span import Span

# What a decision does, or one of its articles: recognises products with a star; amends, replaces or revokes another
# decision, or withdraws the recognition of products; approves a list of products to be judged; else something other.
Act = Literal["recognises", "amends", "replaces", "revokes", "withdraws", "lists", "other"]
Change = Literal["new", "upgraded", "renewed"]
Level = Literal["central", "province", "district", "commune"]
# Why a value is not sure. ocr: the recogniser was not sure of its letters. merged: it stands in a cell that spans
# others or was split. head: no header says what its column is. name: it may be another's, or only a part. place: the
# place is not known, or may be several. star: star and score, or list and total, do not agree. number, date: it cannot
# be one as printed. reported: a news text says so, not the decision.
Doubt = Literal["ocr", "merged", "head", "name", "place", "star", "number", "date", "reported"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A value as it is written, and where.

    text: the words with white space folded; span: where they stand. head: of a cell, the header of its column, which
    says what it is. doubts: why it may be wrong, none where it is sure. correction: of a value that a person put right,
    the number of that correction (`index.review.correction`); text is then that person's, not what stands at the span.
    """

    text: str
    span: Span
    head: Span | None = None
    doubts: tuple[Doubt, ...] = ()
    correction: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductRow:
    """A product as one line of a decision's list names it: a row of a table, an item of a list, or a sentence.

    start, end: that line. act: what the decision does to it (a decision may recognise some and withdraw others).
    address: the cell as a whole; commune, district, province: of it or of their own cells, as written; of a province
    that only the decision's issuer tells, None. star: 1 to 5. score: 0 to 100. change: whether it is new, upgraded or
    judged again, where the list says so.
    """

    start: int
    end: int
    act: Act
    name: Read
    serial: Read | None = None
    producer: Read | None = None
    address: Read | None = None
    commune: Read | None = None
    district: Read | None = None
    province: Read | None = None
    group: Read | None = None
    star: int | None = None
    star_read: Read | None = None
    score: float | None = None
    score_read: Read | None = None
    change: Change | None = None
    change_read: Read | None = None

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Every doubt of its fields, each once."""
        fields = (
            self.name,
            self.producer,
            self.address,
            self.commune,
            self.district,
            self.province,
            self.group,
            self.star_read,
            self.score_read,
            self.change_read,
        )
        return tuple(dict.fromkeys(doubt for field in fields if field is not None for doubt in field.doubts))


@dataclass(frozen=True, slots=True, kw_only=True)
class ActTold:
    """One thing a decision does, as a clause of it says.

    target: the decision it amends, replaces or revokes; None of other acts. whole: all of the target, not a part.
    start, end: the clause.
    """

    act: Act
    target: DocumentNumber | None
    whole: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A count that the decision states of its own list ("gồm 9 sản phẩm đạt 4 sao"). star: None of all of them."""

    count: int
    star: int | None
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTold:
    """What one article tells of one decision.

    reported: a text about the decision tells it, not the decision's own text or the register of the public body that
    publishes it. start, end: of a report the sentence that names it, of a register its lines, else the whole text.
    number: with its place in the text (`DocumentNumber.start`, `.end`).
    issued: ISO date as far as it is known ("2025-09-12", "2020"). issuer: who issued it, as written. place: the key of
    the province it is of, as it was named then; None of the centre's, or where nothing tells, and of a province that is
    none of the 63 or 34 (place_read is still what is written). subject: the lines under "QUYẾT ĐỊNH" ("Về việc …").
    effective: from when it has force; None where it does not say. valid_months: how long what it recognises is
    valid. acts, stated, rows: in order of the text.
    """

    article_id: str
    digest: str
    reported: bool
    start: int
    end: int
    number: DocumentNumber
    number_read: Read
    issued: str | None = None
    issued_read: Read | None = None
    issuer: Read | None = None
    level: Level | None = None
    place: str | None = None
    place_read: Read | None = None
    subject: Read | None = None
    effective: str | None = None
    effective_read: Read | None = None
    valid_months: int | None = None
    valid_read: Read | None = None
    acts: tuple[ActTold, ...] = ()
    stated: tuple[Stated, ...] = ()
    rows: tuple[ProductRow, ...] = ()
