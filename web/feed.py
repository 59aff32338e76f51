"""New decisions as feeds: Atom (RFC 4287) and RSS 2.0, made of the catalogue, the latest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from html import escape
from urllib.parse import quote
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.etree import ElementTree

from assistant.terminal import visible
from crawler.archive import Archive
from index.catalogue.catalogue import Catalogue
from index.catalogue.decision_query import DecisionQuery
from index.decisions.merged import Decision
from index.decisions.spoken import ACT_LABELS
from index.places.provinces import PROVINCES
from index.today import VIET_NAM
from widget.page import web_link

ATOM_TYPE = "application/atom+xml"
RSS_TYPE = "application/rss+xml"
ENTRIES = 50
TITLE = "Quyết định OCOP mới"
_SUBTITLE = "Các quyết định về sản phẩm OCOP mà kho tư liệu đọc được, mới ký trước"
_TITLE_CHARS = 300
_ATOM = "http://www.w3.org/2005/Atom"
_FEED_ID = UUID("6f1a5d0e-6d1c-4d57-8a3f-0a2f5f6f0c1b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One decision. id: names it for good. issued: the day it was signed, None where no whole day is known.

    updated: when a text that tells of it was last fetched in another form. path: its page here. source: the address of
    the text that counts, None where it has none.
    """

    id: str
    title: str
    summary: str
    issuer: str | None
    province: str | None
    issued: date | None
    updated: datetime
    path: str
    source: str | None


def latest_entries(catalogue: Catalogue, archive: Archive, *, limit: int = ENTRIES) -> tuple[Entry, ...]:
    """The decisions signed last, at most `limit`; those of which no text is held any more are left out."""
    decisions = catalogue.decisions
    found = decisions.find(DecisionQuery(sort="issued", descending=True, limit=limit))
    heads = zip(found.rows, decisions.heads(found.rows), strict=True)
    entries = (_entry(one, decisions.listed(int(row)), archive) for row, one in heads)
    return tuple(entry for entry in entries if entry is not None)


def _entry(decision: Decision, products: int, archive: Archive) -> Entry | None:
    told = decision.best
    texts = [text for one in decision.told if (text := archive.get(one.article_id, one.digest)) is not None]
    if not texts:
        return None
    subject = "" if told.subject is None else told.subject.text
    acts = ", ".join(dict.fromkeys(ACT_LABELS[act.act] for act in told.acts if act.act != "other"))
    facts = [
        *([f"Nội dung: {acts}."] if acts else []),
        *([f"Danh sách có {products} sản phẩm."] if products else []),
        *(["Chỉ biết qua tin bài, kho chưa có chính quyết định."] if told.reported else []),
    ]
    title = f"{told.number.name}: {subject}" if subject else told.number.name
    return Entry(
        id=f"urn:uuid:{uuid5(NAMESPACE_URL, f'{_FEED_ID}/{decision.key}')}",
        title=_text(title)[:_TITLE_CHARS],
        summary=_text(" ".join(part for part in (subject and f"{subject}.", *facts) if part)),
        issuer=None if told.issuer is None else _text(told.issuer.text),
        province=None if told.place is None else PROVINCES[told.place].name,
        issued=_day(told.issued),
        updated=max(datetime.fromisoformat(text.fetched) for text in texts),
        path=f"/quyet-dinh/{quote(decision.key, safe='')}",
        source=next((web_link(text.url) for text in texts if text.id == told.article_id), None),
    )


def atom(entries: Sequence[Entry], base: str) -> bytes:
    """The feed as Atom. base: this server's address, without a closing slash."""
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "vi"})

    def add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
        child = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
        child.text = text or None
        return child

    add(feed, "id", f"urn:uuid:{_FEED_ID}")
    add(feed, "title", TITLE)
    add(feed, "subtitle", _SUBTITLE)
    add(feed, "updated", _instant(_updated(entries)))
    add(feed, "link", rel="self", type=ATOM_TYPE, href=f"{base}/feed.atom")
    add(feed, "link", rel="alternate", type="text/html", href=f"{base}/quyet-dinh")
    add(add(feed, "author"), "name", "Hỏi đáp OCOP")
    for one in entries:
        entry = add(feed, "entry")
        add(entry, "id", one.id)
        add(entry, "title", one.title)
        add(entry, "updated", _instant(one.updated))
        if one.issued is not None:
            add(entry, "published", datetime.combine(one.issued, time(), VIET_NAM).isoformat())
        add(entry, "link", rel="alternate", type="text/html", href=base + one.path)
        if one.source is not None:
            add(entry, "link", rel="via", href=one.source)
        if one.issuer is not None:
            add(add(entry, "author"), "name", one.issuer)
        if one.province is not None:
            add(entry, "category", term=one.province)
        add(entry, "summary", one.summary)
    return _document(feed)


def rss(entries: Sequence[Entry], base: str) -> bytes:
    """The feed as RSS 2.0, whose readers take titles and descriptions for HTML. base: as for `atom`."""
    feed = ElementTree.Element("rss", version="2.0")
    channel = ElementTree.SubElement(feed, "channel")

    def add(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
        ElementTree.SubElement(parent, name, attributes).text = text

    add(channel, "title", TITLE)
    add(channel, "link", f"{base}/quyet-dinh")
    add(channel, "description", _SUBTITLE)
    add(channel, "language", "vi")
    add(channel, "lastBuildDate", format_datetime(_updated(entries)))
    for one in entries:
        item = ElementTree.SubElement(channel, "item")
        add(item, "title", escape(one.title, quote=False))
        add(item, "link", base + one.path)
        add(item, "guid", one.id, isPermaLink="false")
        if one.issued is not None:
            add(item, "pubDate", format_datetime(datetime.combine(one.issued, time(), VIET_NAM)))
        if one.province is not None:
            add(item, "category", one.province)
        add(item, "description", escape(one.summary, quote=False))
    return _document(feed)


def _document(root: ElementTree.Element) -> bytes:
    ElementTree.indent(root)
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def _updated(entries: Sequence[Entry]) -> datetime:
    """When the newest entry changed; of a feed without entries the beginning of time, so that it never changes."""
    return max((one.updated for one in entries), default=datetime(1970, 1, 1, tzinfo=UTC))


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _day(iso: str | None) -> date | None:
    """The day of an ISO date that has one."""
    return date.fromisoformat(iso) if iso is not None and len(iso) == 10 else None


def _text(text: str) -> str:
    """Text of a page as XML 1.0 can hold it (2.2): its writer would let control characters through."""
    return "".join(char for char in " ".join(visible(text).split()) if char not in "\ufffe\uffff")
