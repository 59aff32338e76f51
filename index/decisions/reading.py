"""What an article tells of decisions about OCOP: its own text, or what it reports of others."""

import re
from dataclasses import replace

from crawler.article import Article
from index.decisions.acts import read_acts, read_effective, read_stated, read_validity
from index.decisions.decision import Act, ActTold, DecisionTold, ProductRow
from index.decisions.doubts import recognised
from index.decisions.head import Head, read_head
from index.decisions.items import item_rows
from index.decisions.register import registered
from index.decisions.reported import reports
from index.decisions.tables import table_rows
from index.decisions.tally import tallied
from index.decisions.telling import told_rows, withdrawn_rows
from index.span import Span

_OCOP = re.compile(
    r"ocop|(?:mỗi|một)\s+xã(?:,?\s+phường)?\s+một\s+sản\s+phẩm|sản\s+phẩm\s+(?:đạt\s+)?(?:hạng\s+)?[3-5]\s+sao",
    re.IGNORECASE,
)
_RECOGNITION = re.compile(r"công\s+nhận|cấp\s+giấy|phân\s+hạng|xếp\s+hạng", re.IGNORECASE)
# Since then a province is divided into communes only (Luật Tổ chức chính quyền địa phương 72/2025/QH15).
_TWO_TIERS = "2025-07"
# What a decision does first counts for lists whose headings do not say.
_WEIGHT: tuple[Act, ...] = ("recognises", "withdraws", "amends", "lists", "replaces", "revokes", "other")


def decisions(article: Article) -> tuple[DecisionTold, ...]:
    """What an article tells of decisions about OCOP, in order of its text; () where it tells of none."""
    if _OCOP.search(article.title) is None and _OCOP.search(article.text) is None:
        return ()
    if article.kind == "guide":  # restates law, and is in `index.law`
        return ()
    head = read_head(article)
    if head is not None:
        return (_own(article, head),)
    described = registered(article)
    if described is not None:
        return (described,)
    return tuple(_reported(article)) if article.kind == "news" else ()


def _reported(article: Article) -> list[DecisionTold]:
    """What news report; the products they list are the decision's, where only one recognises or withdraws any."""
    told = reports(article)
    listing = [one for one in told if any(act.act in ("recognises", "withdraws") for act in one.acts)]
    if len(listing) != 1:
        # what is withdrawn is told beside the decisions that once recognised it
        withdrawing = [one for one in listing if any(act.act == "withdraws" for act in one.acts)]
        if len(withdrawing) != 1:
            return told
        rows = list(withdrawn_rows(article))
        return [replace(one, rows=tuple(rows)) if one is withdrawing[0] else one for one in told]
    act: Act = "recognises" if any(act.act == "recognises" for act in listing[0].acts) else "withdraws"
    rows = table_rows(article, act) or item_rows(article, act) or told_rows(article, listing[0])
    return [replace(one, rows=tuple(rows)) if one is listing[0] else one for one in told]


def _own(article: Article, head: Head) -> DecisionTold:
    acts = read_acts(article, head.number)
    if not acts and head.subject is not None and _RECOGNITION.search(head.subject.text):
        acts = (
            ActTold(
                act="recognises", target=None, whole=True, start=head.subject.span.start, end=head.subject.span.end
            ),
        )
    central = head.number.issuer == "TTG"
    rows = () if central else _rows(article, acts, head.issued)
    counted = [Span(act.start, act.end) for act in acts if act.act in ("recognises", "withdraws", "lists")]
    stated = read_stated(article.text, counted)
    scanned = bool(rows) and recognised(article, rows[0].start)
    effective = read_effective(article, head.issued)
    valid = read_validity(article)
    return DecisionTold(
        article_id=article.id,
        digest=article.digest,
        reported=False,
        start=0,
        end=len(article.text),
        number=head.number,
        number_read=head.number_read,
        issued=head.issued,
        issued_read=head.issued_read,
        issuer=head.issuer,
        level=head.level,
        place=head.place,
        place_read=head.place_read,
        subject=head.subject,
        effective=None if effective is None else effective[0],
        effective_read=None if effective is None else effective[1],
        valid_months=None if valid is None else valid[0],
        valid_read=None if valid is None else valid[1],
        acts=acts,
        stated=stated,
        rows=tallied(rows, stated, recognised=scanned),
    )


def _rows(article: Article, acts: tuple[ActTold, ...], issued: str | None) -> tuple[ProductRow, ...]:
    done = {act.act for act in acts}
    main = next((act for act in _WEIGHT if act in done), None)
    if main is None or main == "other":
        return ()
    districts = issued is None or issued < _TWO_TIERS
    found = [*table_rows(article, main, districts=districts), *item_rows(article, main)]
    return tuple(sorted(found, key=lambda row: (row.start, row.name.span)))
