"""/van-ban: the tree of rules; one document with its units to link to; regimes side by side; a form to print."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from assistant.rights import open_spans
from crawler.article import Article, Section
from index.law.address import asked_number, find_unit
from index.law.documents import Document, Law
from index.text import strip_marks
from index.today import vietnam_today
from web.law import RegulationItem, best_carrier, detail, held_document, item
from web.law_tree import law_tree
from web.pages.drawn import AskedDay, AskedText, drawn, invalid, quoter
from web.problem import RECORD_NOT_FOUND, Problem, shown
from web.quoting import Quoter
from web.regimes import compare, regimes
from web.service import Service
from widget.page import article_parts

_LISTED = re.compile(r"Chương|Điều|Phụ lục|Mẫu số")
_FORM = "Mẫu số"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit of the text to link to. anchor: its id in the page; depth: 0 for chapters and appendices, 1 for articles
    within a chapter."""

    anchor: str
    label: str
    heading: str
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """The forms that a document prescribes, to be printed: each once, as (label, heading)."""

    document: RegulationItem
    forms: tuple[tuple[str, str], ...]


def law_pages(service: Service) -> APIRouter:
    """The pages over a service."""
    router = APIRouter()

    @router.api_route("/van-ban", methods=["GET", "HEAD"], include_in_schema=False)
    def laws(request: Request, ngay: AskedDay = None) -> HTMLResponse:
        on, known = ngay or vietnam_today(), service.searcher.catalogue().decisions
        law, made = service.searcher.law(), quoter(service)
        tree = law_tree(law, on, made)
        # what recognises products has a list of its own, by place and year
        local = [one for one in tree.local if not len(known.rows_of(one.number))]
        return drawn("laws.html", request, service, tree=tree, forms=_forms(law, on, made), local=local, on=on)

    @router.api_route("/van-ban/so-sanh", methods=["GET", "HEAD"], include_in_schema=False)
    def side_by_side(
        request: Request,
        so: Annotated[list[str] | None, Query(max_length=8)] = None,
        ngay: AskedDay = None,
    ) -> HTMLResponse:
        law, on = service.searcher.law(), ngay or vietnam_today()
        offered = regimes(law)
        chosen = [_found(law, number) for number in so or [] if number] or list(offered)
        return drawn(
            "compare.html",
            request,
            service,
            comparison=compare(law, sorted(chosen, key=lambda one: _place(offered, one)), on, quoter(service)),
            offered=[one.number.label for one in offered],
            chosen={one.number.label for one in chosen},
            on=on,
        )

    @router.api_route("/van-ban/{number:path}", methods=["GET", "HEAD"], include_in_schema=False)
    def law_page(
        request: Request,
        number: str,
        ngay: AskedDay = None,
        don_vi: Annotated[AskedText, Query(alias="don-vi")] = None,
    ) -> HTMLResponse:
        law, on, made = service.searcher.law(), ngay or vietnam_today(), quoter(service)
        document = _found(law, number)
        address = None if don_vi is None else find_unit(don_vi)
        if address is not None and address.empty:
            raise invalid("don-vi", f"{shown(don_vi or '')} không nêu Điều, khoản, điểm, Phụ lục hay Mẫu nào.")
        try:
            told = detail(law, document, on, made, address)
        except LookupError as error:
            raise Problem(RECORD_NOT_FOUND, f"{document.number.name} trong kho không có {error}.") from None
        carrier = best_carrier(document)
        article = None if carrier is None else made.article(carrier.article_id, carrier.digest)
        unit = told.unit
        span = None if unit is None else (unit.place.start, unit.place.end)
        anchors: dict[int, tuple[str, ...]] = {}
        listed: list[Unit] = []
        parts: Sequence[object] = ()
        if article is not None and unit is None:
            anchors, listed = _units(article)
            parts = article_parts(article, open_spans(article, None, ""))
        elif unit is not None and span is not None:
            held = made.article(unit.place.article_id, unit.place.digest)
            spans = [span] if held.rights == "full" else open_spans(held, span, unit.place.seal)
            parts = article_parts(held, spans)
        return drawn(
            "law.html" if unit is None else "unit.html",
            request,
            service,
            law=told,
            article=article,
            carriers=[one for one in document.carriers if article is None or one.article_id != article.id],
            blocks=parts,
            anchors=anchors,
            units=listed,
            forms=[] if article is None else _forms_in(article),
            on=on,
        )

    return router


def _forms(law: Law, on: date, quoter: Quoter) -> list[Forms]:
    """The documents that prescribe forms, those in force first."""
    found: list[Forms] = []
    for document in law.documents:
        carrier = best_carrier(document)
        forms = () if carrier is None else _forms_in(quoter.article(carrier.article_id, carrier.digest))
        if forms:
            found.append(Forms(document=item(law, document, on, quoter), forms=tuple(forms)))
    return sorted(found, key=lambda one: one.document.state.status != "in_force")


def _forms_in(article: Article) -> list[tuple[str, str]]:
    """The forms that a text has, each once: an appendix names them in a list before it prints them."""
    found: dict[str, str] = {}
    for section in article.sections:
        if section.label.startswith(_FORM):
            found[section.label] = found.get(section.label) or section.heading
    return list(found.items())


def _found(law: Law, number: str) -> Document:
    asked = asked_number(number)
    if asked is None:
        raise Problem(RECORD_NOT_FOUND, f"{shown(number)} không phải số hiệu văn bản như 26/2026/QĐ-TTg.")
    return held_document(law, asked)


def _place(offered: Sequence[Document], document: Document) -> int:
    return offered.index(document) if document in offered else len(offered)


def _units(article: Article) -> tuple[dict[int, tuple[str, ...]], list[Unit]]:
    """Where units begin, with their anchors, outer first; and those that a table of contents lists."""
    anchors: dict[int, tuple[str, ...]] = {}
    listed: list[Unit] = []
    open_: list[Section] = []
    taken: dict[str, int] = {}
    for section in article.sections:
        open_ = [one for one in open_ if section.start < one.end]
        open_.append(section)
        if not section.label:
            continue
        own = anchor_of([one.label for one in open_ if one.label and not _chapter(one, section)])
        taken[own] = taken.get(own, 0) + 1
        anchor = own if taken[own] == 1 else f"{own}-lan-{taken[own]}"
        anchors[section.start] = (*anchors.get(section.start, ()), anchor)
        if _LISTED.match(section.label):
            listed.append(
                Unit(anchor=anchor, label=section.label, heading=section.heading, depth=min(len(open_) - 1, 1))
            )
    return anchors, listed


def _chapter(outer: Section, section: Section) -> bool:
    """Units are cited without the chapter they stand in."""
    return outer is not section and outer.label.startswith(("Chương", "Mục"))


def anchor_of(labels: Sequence[str]) -> str:
    """The id of a unit in its page: "dieu-7-khoan-6-diem-a"; điểm đ is "diem-dd", apart from điểm d."""
    return "-".join(slug_of_label(label) for label in labels)


def slug_of_label(label: str) -> str:
    """One label as part of an id."""
    words = label.lower().split()
    words[-1] = words[-1].replace("đ", "dd") if len(words) > 1 else words[-1]
    return "-".join(re.sub(r"[^a-z0-9]", "", _bare(word)) for word in words)


def _bare(word: str) -> str:
    return strip_marks(word).lower()
