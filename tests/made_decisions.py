"""Decisions with product lists, made for tests as the reader would make them, without their articles."""

from collections.abc import Sequence

from index.decisions.decision import Act, ActTold, Change, DecisionTold, Level, ProductRow, Read
from index.decisions.merged import Decision
from index.law.address import find_document_numbers
from index.places.provinces import slug
from index.span import Span


def read(text: str) -> Read:
    """A value that stands at the start of its text."""
    return Read(text=text, span=Span(start=0, end=len(text)))


def row(
    name: str,
    producer: str | None = "HTX Thượng Sơn",
    *,
    commune: str | None = None,
    district: str | None = None,
    province: str | None = None,
    star: int | None = 3,
    act: Act = "recognises",
    change: Change | None = None,
    serial: str | None = None,
    group: str | None = None,
) -> ProductRow:
    """A line of a list."""
    return ProductRow(
        start=0,
        end=100,
        act=act,
        name=read(name),
        serial=None if serial is None else read(serial),
        producer=None if producer is None else read(producer),
        commune=None if commune is None else read(commune),
        district=None if district is None else read(district),
        province=None if province is None else read(province),
        group=None if group is None else read(group),
        star=star,
        star_read=None if star is None else read(f"{star} sao"),
        change=change,
    )


def decision(
    number: str,
    issued: str | None,
    rows: Sequence[ProductRow],
    *,
    place: str | None = "ha-giang",
    written: str | None = None,
    issuer: str | None = None,
    level: Level | None = None,
    months: int | None = None,
    effective: str | None = None,
    replaces: Sequence[str] = (),
    revokes: Sequence[str] = (),
    amends: Sequence[str] = (),
    changed_by: Sequence[str] = (),
) -> Decision:
    """A decision; its key is its number in small letters. replaces, revokes, amends: numbers of others."""
    acts = [("replaces", one) for one in replaces]
    acts += [("revokes", one) for one in revokes]
    acts += [("amends", one) for one in amends]
    told = DecisionTold(
        article_id=f"article {number}",
        digest="0" * 64,
        reported=False,
        start=0,
        end=1000,
        number=find_document_numbers(number)[0],
        number_read=read(number),
        issued=issued,
        level=level or ("province" if place or written else "central"),
        issuer=None if issuer is None else read(issuer),
        place=place,
        place_read=None if written is None else read(written),
        effective=effective,
        valid_months=months,
        acts=tuple(
            ActTold(
                act="replaces" if act == "replaces" else "revokes" if act == "revokes" else "amends",
                target=find_document_numbers(other)[0],
                whole=act != "amends",
                start=0,
                end=10,
            )
            for act, other in acts
        ),
        rows=tuple(rows),
    )
    return Decision(key=key_of(number), told=(told,), rows=tuple(rows), changed_by=tuple(map(key_of, changed_by)))


def key_of(number: str) -> str:
    """The key of a decision made here."""
    return slug(number)
