"""HTML bytes -> one parsed tree -> Draft.

The tree is walked into lines in document order; trafilatura, given the same tree, judges which of them are the main
text; a source's own CSS rules, where it has some, decide instead (BeautifulSoup). Legal documents, for which
trafilatura returns nothing useful, go to `legal`.
"""

import json
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from unicodedata import normalize

import trafilatura
from bs4 import BeautifulSoup
from lxml import etree, html
from lxml.html import HtmlElement

from crawler.archive import Raw
from crawler.article import Role
from crawler.byline import bare_byline, labelled_byline
from crawler.clean import clean, is_body
from crawler.dates import PrintedDate, metadata_date, printed_date
from crawler.decode import decode
from crawler.draft import Bin, Draft, Line, NoArticleError, relabel, tidy
from crawler.event import event_date
from crawler.legal import draft_legal, heading_units, is_legal, with_roles
from crawler.noise import noise
from crawler.plain import lead_of
from crawler.sources import Select

_LOG = logging.getLogger(__name__)

BLOCK_TAGS = frozenset(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr html li main menu nav ol p pre section summary table tbody td tfoot th thead tr "
    "ul".split()
)
_SKIPPED = frozenset(
    "script style noscript template iframe svg math button select option textarea input object embed audio video "
    "canvas head map datalist dialog".split()
)
_CAPTION_CLASS = re.compile(
    r"caption|chu-?thich|chú-?thích|image-?desc|desc[-_]?(?:image|img|photo)|photo-?(?:desc|note)|img-?(?:note|desc)|picdesc",
    re.IGNORECASE,
)
_LEAD_CLASS = re.compile(
    r"\b(?:sapo|lead|chapo|chapeau|summary|tom-?tat|trichyeu|article[-_]desc(?:ription)?|news[-_]?intro)\b",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHROME = re.compile(
    r"\b(?:share|social|related|relate|tags?|breadcrumbs?|comments?|binh-?luan|tin-?lien-?quan|tinlienquan|advert(?:isement)?|quang-?cao|"
    r"pagination|sidebar|footer|menu|navbar|navigation|popup|rating|luot-?xem|views?)\b",
    re.IGNORECASE,
)
_AUTHOR_CLASS = re.compile(r"\b(?:author|tac-?gia|byline|article-author|author-?name)\b", re.IGNORECASE)
_SOFT_404 = re.compile(r"\b(?:404|410)\b|không tìm thấy|không tồn tại|not found|page missing", re.IGNORECASE)
_SITE_MARK = re.compile(r"\s+[|–—»«:]+\s+|\s+-\s+")
_MIN_TEXT_CHARS = 100
_WORDY_CHARS = 24
_SUBHEADED_CHARS = 60
_AUTHOR_CHARS = 60
# A page could otherwise make megabytes of a few cells that span thousands of rows.
_CARRIED_CHARS = 200
_CARRIED_CELLS = 12
_LISTING_LINK_SHARE = 0.6
_TEXT = re.compile(r"[^\w%]+")
_SYLLABLE = re.compile(r"\w+")
_LEGAL_MARK = re.compile(r"Điều\s+1\b|ĐIỀU\s+1\b")
_MAX_BYTES = 32 * 1024 * 1024


@dataclass(slots=True)
class _Seen:
    """A line of the page and where it was seen. `linked` is the share of its characters within links."""

    line: Line
    element: HtmlElement
    linked: float
    bold: bool = False
    after_image: bool = False


def draft_html(raw: Raw, select: Select | None = None) -> Draft:
    """Read a page.

    Raises:
        NoArticleError: it holds no main text (a listing, an error page, an empty or unreadable document).
    """
    tree = parse(raw)
    soup = BeautifulSoup(decode(raw.body, raw.content_type), "lxml") if select is not None else None
    bin_ = Bin()
    seen = list(_walk(tree))
    texts = [item.line.text for item in seen]
    document = soup is None and any(_LEGAL_MARK.match(text) for text in texts) and is_legal(texts)
    if document:
        draft = draft_legal([item.line for item in _around_articles(seen)])
        meta = _metadata(tree)
        return _with(draft, published=draft.published or meta.published, original_url=None)
    meta = _metadata(tree)
    title, sure = _title(tree, meta)
    original: str | None = None
    chosen: list[_Seen] | None = None
    picked_date: str | None = None
    picked_author: str | None = None
    note_of_source = ""
    if soup is not None and select is not None:
        named = _first_text(soup, select.title)
        title, sure = (named, True) if named else (title, sure)
        picked_date = _first_date(soup, select.published)
        picked_author = _first_text(soup, select.author)
        original = _first_link(soup, select.original)
        note_of_source = _note_of_source(soup, select.original)
        chosen = _selected(soup, select, bin_)
        if select.body and chosen is None:
            _LOG.warning("quy tắc body %r không khớp trang nào; dùng cách đọc chung", select.body)
    if chosen is None:
        chosen = _judged(tree, seen, title, _squeeze(meta.summary or ""), bin_)
    if note_of_source:
        for item in chosen:
            if item.line.text == note_of_source:
                bin_.add(item.line.text, "ghi nguồn bản gốc")
        chosen = [item for item in chosen if item.line.text != note_of_source]
    title = title if sure else _heading_above(seen, chosen, title)
    lines = [_told(item) for item in chosen]
    cleaned = clean(_bold_headings(lines, chosen), title, bin_, by_words=False)
    kept = tuple(_levelled(cleaned.lines))
    printed = cleaned.published or _printed_near_title(seen, chosen, title)
    rule_date = printed_date(tidy(picked_date), title) if picked_date else None
    note: str | None = None
    published = metadata_date(picked_date) if picked_date else None
    if published is None and rule_date is not None:
        published, note = rule_date.iso, rule_date.note
    if published is None:
        published = meta.published
    if published is None and printed is not None:
        published, note = printed.iso, printed.note
    _require_article(kept, chosen, title)
    units = heading_units(kept)
    return Draft(
        title=title or kept[0].text[:120],
        lines=with_roles(kept, units),
        units=units,
        dropped=tuple(bin_.items),
        author=picked_author
        or cleaned.author
        or _class_author(tree)
        or meta.author
        or cleaned.head_author
        or (printed.author if printed else None),
        published=published,
        date_note=note,
        event_date=event_date(lead_of(kept), published),
        original_url=original,
    )


def parse(raw: Raw) -> HtmlElement:
    """The page's tree.

    Raises:
        NoArticleError: the bytes are no HTML that can be read.
    """
    if len(raw.body) > _MAX_BYTES:
        raise NoArticleError(f"trang dài {len(raw.body)} byte, giới hạn là {_MAX_BYTES}")
    text = decode(raw.body, raw.content_type).replace("\x00", "")
    if not text.strip():
        raise NoArticleError("tệp rỗng")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise NoArticleError(f"không đọc được HTML: {error}") from error
    return tree


def links(raw: Raw) -> list[str]:
    """Every address in the page's links, as written."""
    try:
        tree = parse(raw)
    except NoArticleError:
        return []
    return [str(href) for href in tree.xpath("//a/@href")]


def canonical_link(raw: Raw) -> str | None:
    """The page's own `<link rel=canonical>`, as written, or None."""
    try:
        found = parse(raw).xpath("//link[translate(@rel, 'CANONICAL', 'canonical')='canonical']/@href")
    except NoArticleError:
        return None
    return str(found[0]).strip() if found else None


def _with(draft: Draft, *, published: str | None, original_url: str | None) -> Draft:
    return replace(draft, published=published, original_url=original_url)


# --- lines -----------------------------------------------------------------------------------------------------------


class _Walker:
    """Gathers inline text until a block begins, ends or is broken by `<br>`."""

    def __init__(self) -> None:
        self.out: list[_Seen] = []
        self.parts: list[str] = []
        self.linked = 0
        self.bold = 0
        self.total = 0
        self.image = False

    def flush(self, element: HtmlElement, role: Role, level: int) -> None:
        text = tidy("".join(self.parts))
        if text:
            self.out.append(
                _Seen(
                    Line(text=text, role=role, level=level),
                    element,
                    self.linked / max(self.total, 1),
                    bold=self.bold >= 0.95 * self.total,
                    after_image=self.image,
                )
            )
            self.image = False
        self.parts.clear()
        self.linked = self.bold = self.total = 0

    def add(self, text: str | None, *, linked: bool, bold: bool) -> None:
        if text:
            self.parts.append(text)
            size = len(text.strip())
            self.total += size
            self.linked += size if linked else 0
            self.bold += size if bold else 0


def _walk(root: HtmlElement) -> Iterator[_Seen]:
    """The lines of a tree in document order; a table of data gives one line a row."""
    walker = _Walker()
    _visit(root, walker, "paragraph", 0, linked=False, bold=False, depth=0)
    walker.flush(root, "paragraph", 0)
    yield from walker.out


def _visit(
    element: HtmlElement, walker: _Walker, role: Role, level: int, *, linked: bool, bold: bool, depth: int
) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    if (
        tag in _SKIPPED
        or not tag
        or _HIDDEN.search(element.get("style") or "")
        or element.get("hidden") is not None
        or depth > 250
    ):
        return
    if tag == "br":
        walker.flush(element, role, level)
        return
    if tag == "img":
        walker.image = True
        return
    block = tag in BLOCK_TAGS
    own_role, own_level = role, level
    if block:
        walker.flush(element, role, level)
        own_role, own_level = _role_of(element, tag, role, level)
        if tag == "table" and _is_data(element):
            _rows(element, walker)
            return
    inner_link = linked or tag == "a"
    inner_bold = bold or tag in ("b", "strong", "th") or own_role == "heading"
    walker.add(element.text, linked=inner_link, bold=inner_bold)
    for child in element:
        _visit(child, walker, own_role, own_level, linked=inner_link, bold=inner_bold, depth=depth + 1)
        walker.add(child.tail, linked=inner_link, bold=inner_bold)
    if block:
        walker.flush(element, own_role, own_level)


def _role_of(element: HtmlElement, tag: str, role: Role, level: int) -> tuple[Role, int]:
    marks = f"{element.get('class') or ''} {element.get('id') or ''}"
    if role == "caption" or tag in ("figcaption", "caption") or _CAPTION_CLASS.search(marks):
        return "caption", 0
    if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
        return ("lead", 0) if _LEAD_CLASS.search(marks) else ("heading", int(tag[1]))
    if _LEAD_CLASS.search(marks) and tag in ("p", "div", "section"):
        return "lead", 0
    if tag == "li" or (role == "item" and tag in ("p", "div", "span")):
        return "item", 0
    if role in ("lead", "heading") and tag in ("p", "div", "span"):
        return role, level
    return "paragraph", 0


def _is_data(table: HtmlElement) -> bool:
    """Whether a table holds data, not the page's layout: several rows of several short cells, none nesting a table."""
    if table.xpath(".//table"):
        return False
    rows = table.xpath(".//tr")
    widest = max((len(row.xpath("./td|./th")) for row in rows), default=0)
    if len(rows) < 2 or widest < 2:
        return False
    if len(rows) <= 2 and (table.get("border") or "0") == "0" and not table.xpath(".//th"):
        return False
    if table.xpath(".//td//img") and len(rows) <= 2:
        return False
    longest = max((len(cell.text_content()) for cell in table.iter("td", "th")), default=0)
    return longest < 1500 or len(rows) > 6 or bool(table.xpath(".//th"))


def _rows(table: HtmlElement, walker: _Walker) -> None:
    """One line a row. A cell spanning rows is repeated in each, for a row read alone must say what it belongs to."""
    spans: dict[int, tuple[int, str]] = {}
    for caption in table.xpath("./caption"):
        walker.add(caption.text_content(), linked=False, bold=False)
        walker.flush(caption, "caption", 0)
    for row in table.iter("tr"):
        cells: list[str] = []
        linked = 0
        own = False
        for cell in row.xpath("./td|./th"):
            _carry(cells, spans)
            text = tidy(" ".join(piece.line.text for piece in _walk(cell)))
            linked += sum(len(anchor.text_content().strip()) for anchor in cell.iter("a"))
            own = own or bool(text)
            if (down := _span(cell, "rowspan")) > 1 and len(text) <= _CARRIED_CHARS and len(spans) < _CARRIED_CELLS:
                spans[len(cells)] = (down - 1, text)
            cells.append(text)
            cells.extend("" for _ in range(min(_span(cell, "colspan"), 50) - 1))
        _carry(cells, spans)
        while cells and not cells[-1]:
            cells.pop()
        text = " | ".join(cells).strip()
        if own:
            walker.out.append(_Seen(Line(text=text, role="row"), row, linked / len(text)))


def _carry(cells: list[str], spans: dict[int, tuple[int, str]]) -> None:
    while len(cells) in spans:
        left, text = spans.pop(len(cells))
        if left > 1:
            spans[len(cells)] = (left - 1, text)
        cells.append(text)


def _span(cell: HtmlElement, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(int(value), 1000) if value.isdecimal() and value != "0" else 1


# --- which lines are the main text ------------------------------------------------------------------------------------


def _squeeze(text: str) -> str:
    return _TEXT.sub("", normalize("NFC", text)).casefold()


def _judged(tree: HtmlElement, seen: list[_Seen], title: str, summary: str, dropped: Bin) -> list[_Seen]:
    """The lines whose text trafilatura takes for the main text, and what belongs between them."""
    document = trafilatura.bare_extraction(
        tree, include_comments=False, include_tables=True, favor_recall=False, deduplicate=False, with_metadata=False
    )
    body = getattr(document, "body", None)
    pieces = (
        [_squeeze(text) for text in ("".join(part.itertext()) for part in body.iter()) if text.strip()]
        if body is not None
        else []
    )
    stream = _squeeze("".join(body.itertext())) if body is not None else ""
    whole = set(pieces)
    kept = [_occurs(item, stream, whole) for item in seen]
    tables = {_table(item) for item, took in zip(seen, kept, strict=True) if took and item.line.role == "row"}
    kept = [took or (item.line.role == "row" and _table(item) in tables) for item, took in zip(seen, kept, strict=True)]
    long_kept = [i for i, item in enumerate(seen) if kept[i] and len(_squeeze(item.line.text)) >= _WORDY_CHARS]
    if not long_kept:
        for item in seen:
            dropped.add(item.line.text, "ngoài phần chính")
        return []
    first, last = long_kept[0], long_kept[-1]
    # Rows and items right beside the first and last long lines are still the article's when trafilatura took them.
    while first > 0 and kept[first - 1] and seen[first - 1].line.role in ("row", "item"):
        first -= 1
    while last + 1 < len(seen) and kept[last + 1] and seen[last + 1].line.role in ("row", "item"):
        last += 1
    homes = [seen[i].element for i in long_kept]
    home = _common_ancestor(homes)
    folded = _squeeze(title)
    above = max((i + 1 for i in range(first) if _squeeze(seen[i].line.text) == folded), default=first)
    below = _run_below(seen, last, home)
    chosen: list[_Seen] = []
    for index, item in enumerate(seen):
        text = item.line.text
        inside = first <= index <= last
        near = first - 2 <= index <= last + 4 and home is not None and _within(item.element, home)
        chrome = item.linked > 0.5 or _in_chrome(item.element, home)
        take = (
            (inside and kept[index] and not (chrome and item.linked > 0.8))
            or (inside and not chrome and home is not None and _within(item.element, home))
            or (item.line.role in ("caption", "lead") and near and not chrome)
            or (near and not chrome and index > last and (_closing(text) or is_body(item.line)))
            or last < index <= below
            or (last < index <= last + 4 and not _in_chrome(item.element, None) and _signed(text))
            or (near and not chrome and index < first and is_body(item.line))
            or (above <= index < first and not chrome and _is_lead(item, summary))
        )
        if take:
            if index < first and _is_lead(item, summary):
                item.line = relabel(item.line, "lead")
            chosen.append(item)
        elif _squeeze(text) != _squeeze(title):
            dropped.add(text, _why_outside(text, title))
    return chosen


def _table(item: _Seen) -> HtmlElement | None:
    """The table a row stands in: one is kept or dropped whole."""
    return next((ancestor for ancestor in item.element.iterancestors("table")), None)


def _is_lead(item: _Seen, summary: str) -> bool:
    """Whether a line between title and text is the lead: by its class, or as what the head gives as description."""
    text = _squeeze(item.line.text)
    if item.line.role == "lead":
        return len(text) >= _WORDY_CHARS
    return len(text) >= 2 * _WORDY_CHARS and bool(summary) and text[:60] == summary[:60]


def _run_below(seen: Sequence[_Seen], last: int, home: HtmlElement | None) -> int:
    """The last of the short lines that follow the text in its own element, up to the first piece of furniture."""
    if home is None or home.tag in ("body", "html"):
        return last
    for index in range(last + 1, len(seen)):
        item = seen[index]
        outside = not _within(item.element, home) or _in_chrome(item.element, home)
        if outside or item.linked > 0.5 or item.line.role == "heading" or noise(item.line.text):
            return index - 1
    return len(seen) - 1


def _why_outside(text: str, title: str) -> str:
    return noise(text) or ("dòng ngày đăng" if printed_date(text, title) else "ngoài phần chính")


def _signed(text: str) -> bool:
    found = labelled_byline(text)
    return found is not None and found.strong


def _closing(text: str) -> bool:
    return labelled_byline(text) is not None or bare_byline(text) is not None


def _occurs(item: _Seen, stream: str, whole: set[str]) -> bool:
    """Whether a line is in trafilatura's text: long ones anywhere, short ones only as a whole element."""
    if item.line.role == "row":
        cells = [_squeeze(cell) for cell in item.line.text.split(" | ")]
        return bool(stream) and all(cell in stream for cell in cells)
    text = _squeeze(item.line.text)
    if len(text) >= _WORDY_CHARS:
        return text in whole or text in stream or (len(text) > 80 and text[:40] in stream and text[-40:] in stream)
    return bool(text) and text in whole


def _common_ancestor(elements: Sequence[HtmlElement]) -> HtmlElement | None:
    """The smallest element around nine tenths of the given ones: one stray line must not widen it to the page."""
    counts: dict[HtmlElement, int] = {}
    for element in elements:
        for ancestor in (element, *element.iterancestors()):
            counts[ancestor] = counts.get(ancestor, 0) + 1
    needed = 0.9 * len(elements)
    candidates = [element for element, count in counts.items() if count >= needed]
    return max(candidates, key=lambda element: sum(1 for _ in element.iterancestors()), default=None)


def _within(element: HtmlElement, home: HtmlElement) -> bool:
    return element is home or any(ancestor is home for ancestor in element.iterancestors())


def _in_chrome(element: HtmlElement, home: HtmlElement | None) -> bool:
    """Whether an element below `home` is, by its tag or class, furniture."""
    for ancestor in (element, *element.iterancestors()):
        if ancestor is home:
            return False
        # ASP.NET wraps whole pages in one form: it is furniture only within the text.
        if ancestor.tag in ("nav", "aside", "footer") or (ancestor.tag == "form" and home is not None):
            return True
        if _CHROME.search(f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}".replace("_", "-")):
            return True
    return False


def _around_articles(seen: list[_Seen]) -> list[_Seen]:
    """The lines of the element that holds every Điều, and of its nearest ancestor that holds the document's head."""
    articles = [item.element for item in seen if re.match(r"(?:Điều|ĐIỀU)\s+\d+\s*[.:]", item.line.text)]
    home = _common_ancestor(articles)
    while home is not None:
        lines = [item for item in seen if _within(item.element, home)]
        if is_legal([item.line.text for item in lines]):
            return lines
        home = home.getparent()
    return seen


def _selected(soup: BeautifulSoup, select: Select, dropped: Bin) -> list[_Seen] | None:
    """The lines under the source's `body` rule, less its `drop` rules; None where there is no rule or no match."""
    if not select.body:
        return None
    bodies = soup.select(select.body)
    if not bodies:
        return None
    for rule in select.drop:
        for part in soup.select(rule):
            if not part.decomposed:
                dropped.add(tidy(part.get_text(" ")), f"quy tắc của nguồn: {rule}")
                part.decompose()
    result: list[_Seen] = []
    for body in bodies:
        if not body.decomposed and not any(parent in bodies for parent in body.parents):
            result.extend(_walk(html.fragment_fromstring(str(body), create_parent="div")))
    return result


def _told(item: _Seen) -> Line:
    """A heading too long for one, or ending as a sentence does, is the lead or a paragraph in a heading's tag."""
    line = item.line
    if line.role == "heading" and (len(line.text) > 180 or (len(line.text) > 60 and line.text.endswith("."))):
        return relabel(line, "lead")
    if line.role == "paragraph" and len(line.text) <= _AUTHOR_CHARS and _AUTHOR_CLASS.search(_classes(item.element)):
        return relabel(line, "byline")
    return line


def _classes(element: HtmlElement) -> str:
    return element.get("class") or ""


def _levelled(lines: Sequence[Line]) -> list[Line]:
    """Heading levels counted from 1 in the order of the tags used."""
    ranks = {
        level: rank for rank, level in enumerate(sorted({line.level for line in lines if line.role == "heading"}), 1)
    }
    return [relabel(line, "heading", ranks[line.level]) if line.role == "heading" else line for line in lines]


def _bold_headings(lines: list[Line], seen: list[_Seen]) -> list[Line]:
    """Short lines without final mark: all in bold above a paragraph, a sub-heading; below a picture, its caption."""
    deepest = max((line.level for line in lines if line.role == "heading"), default=0)
    result: list[Line] = []
    for index, (line, item) in enumerate(zip(lines, seen, strict=True)):
        told = line
        if (
            line.role == "paragraph"
            and len(line.text) <= 220
            and not line.text.endswith((".", ":", ";", ",", "?", "!", "…"))
        ):
            below = lines[index + 1] if index + 1 < len(lines) else None
            if item.after_image and len(line.text.split()) >= 3 and not _all_text_bold(seen):
                told = relabel(line, "caption")
            elif (
                item.bold
                and index > 0
                and len(line.text) <= 140
                and below is not None
                and (len(below.text) >= _SUBHEADED_CHARS or below.role in ("item", "row"))
                and not _all_text_bold(seen)
            ):
                told = relabel(line, "heading", deepest + 1)
        result.append(told)
    return result


def _all_text_bold(seen: list[_Seen]) -> bool:
    return all(item.bold for item in seen)


def _require_article(lines: Sequence[Line], chosen: Sequence[_Seen], title: str) -> None:
    size = sum(len(line.text) for line in lines if line.role not in ("heading", "byline", "caption"))
    if size < _MIN_TEXT_CHARS:
        raise NoArticleError("không có phần chính" if not lines else f"phần chính chỉ có {size} ký tự")
    if size < 8 * _MIN_TEXT_CHARS and _SOFT_404.search(title):
        raise NoArticleError(f"trang báo lỗi: {title}")
    linked = sum(item.linked * len(item.line.text) for item in chosen)
    if linked > _LISTING_LINK_SHARE * sum(len(item.line.text) for item in chosen):
        raise NoArticleError("trang danh mục: phần lớn chữ nằm trong liên kết")
    if not any(is_body(line) or line.role == "row" for line in lines):
        raise NoArticleError("không có đoạn văn nào")


# --- metadata ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meta:
    title: str | None
    site: str | None
    author: str | None
    published: str | None
    summary: str | None


def _metadata(tree: HtmlElement) -> _Meta:
    """What the head, JSON-LD and microdata say. A modification date is no publication date."""
    named: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        value = tidy(element.get("content") or "")
        if name and value:
            named.setdefault(name.lower(), value)
    linked = _json_ld(tree)
    published: str | None = None
    for stamp in (
        named.get("article:published_time"),
        named.get("og:published_time"),
        named.get("datepublished"),
        linked.get("datePublished"),
        named.get("pubdate"),
        named.get("publishdate"),
        named.get("dc.date.issued"),
        named.get("article:published"),
        *_time_elements(tree),
    ):
        published = metadata_date(stamp) if stamp else None
        if published:
            break
    site = named.get("og:site_name")
    author = linked.get("author") or named.get("author") or named.get("article:author")
    if author is not None and (author == site or "/" in author or len(author) > 60 or bare_byline(author) is None):
        author = None
    return _Meta(
        title=named.get("og:title"),
        site=site,
        author=author,
        published=published,
        summary=named.get("description") or named.get("og:description"),
    )


def _time_elements(tree: HtmlElement) -> list[str]:
    """`<time datetime>` of the article: marked as its publication, or the only value there is on the page."""
    marked = [str(value) for value in tree.xpath("//time[@datetime][@pubdate or @itemprop='datePublished']/@datetime")]
    every = sorted({str(value) for value in tree.xpath("//time/@datetime")})
    return marked[:1] or (every if len(every) == 1 else [])


def _json_ld(tree: HtmlElement) -> dict[str, str]:
    """datePublished and author's name of the first article in the page's JSON-LD."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            data: Any = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        stack: list[Any] = [data]
        while stack:
            item = stack.pop(0)
            if isinstance(item, list):
                stack.extend(item)
            elif isinstance(item, dict):
                if isinstance(item.get("datePublished"), str):
                    found = {"datePublished": item["datePublished"]}
                    author = item.get("author")
                    author = author[0] if isinstance(author, list) and author else author
                    author = author.get("name") if isinstance(author, dict) else author
                    if isinstance(author, str):
                        found["author"] = tidy(author)
                    return found
                stack.extend(value for key, value in item.items() if key == "@graph")
    return {}


def _heading_above(seen: Sequence[_Seen], chosen: Sequence[_Seen], title: str) -> str:
    """The heading that opens the text, where it shares more syllables with it than the page's name does."""
    body = next((item for item in chosen if is_body(item.line)), None)
    if body is None:
        return title
    position = next(index for index, item in enumerate(seen) if item.line.text == body.line.text)
    syllables = set(_SYLLABLE.findall(" ".join(item.line.text for item in chosen if is_body(item.line)).casefold()))

    def share(text: str) -> float:
        words = _SYLLABLE.findall(text.casefold())
        return sum(word in syllables for word in words) / len(words) if len(words) >= 4 else 0.0

    above = [item.line.text for item in seen[max(0, position - 6) : position] if item.line.role == "heading"]
    return max([title, *above], key=share)


def _title(tree: HtmlElement, meta: _Meta) -> tuple[str, bool]:
    """The page's heading where it agrees with what the head calls the page, else og:title, else `<title>`.

    False where only `<title>` tells: many portals print the site's name there.
    """
    head = tidy(" ".join(tree.xpath("string(//head/title)").split())) if tree.xpath("//head/title") else ""
    headings = [tidy(element.text_content()) for element in tree.iter("h1")]
    headings = [text for text in headings if text]
    named = [_squeeze(text) for text in (meta.title, head) if text]
    for text in headings:
        if any(_squeeze(text) in name or name in _squeeze(text) for name in named if name):
            return text, True
    if len(headings) == 1 and not named:
        return headings[0], True
    # A site's name in h1 is no title; a page title that some other heading repeats is.
    for element in tree.iter("h2", "h3"):
        text = tidy(element.text_content())
        if len(text) > 15 and any(name.startswith(_squeeze(text)) for name in named):
            return text, True
    if headings and len(headings[0]) > 25:
        return headings[0], True
    return _without_site(meta.title or head, meta.site) or (headings[0] if headings else ""), bool(meta.title)


def _without_site(title: str, site: str | None) -> str:
    """The title less the site's name, which pages add after (or before) a mark."""
    if site and title.casefold().endswith(site.casefold()) and len(title) > len(site):
        return title[: -len(site)].rstrip(" -–—|»:")
    parts = _SITE_MARK.split(title)
    if len(parts) > 1 and len(parts[-1]) < len(title) / 2 and len(parts[-1].split()) <= 8:
        return title[: title.rindex(parts[-1])].rstrip(" -–—|»:")
    return title


def _printed_near_title(seen: list[_Seen], chosen: list[_Seen], title: str) -> PrintedDate | None:
    """A date line between the title (or five lines above the text) and the first kept paragraph, or labelled below."""
    if not chosen:
        return None
    first = (
        next(i for i, item in enumerate(seen) if item.line.text == chosen[0].line.text)
        if any(item.line.text == chosen[0].line.text for item in seen)
        else 0
    )
    folded = _squeeze(title)
    start = max((i for i in range(first) if _squeeze(seen[i].line.text) == folded), default=first)
    start = max(0, min(start, first) - 5)
    for item in seen[start : first + 3]:
        found = printed_date(item.line.text, title)
        if found is not None and item.linked < 0.5:
            return found
    last = max((i for i, item in enumerate(seen) if item.line.text == chosen[-1].line.text), default=first)
    for item in seen[last : last + 6]:
        found = printed_date(item.line.text, title)
        if found is not None and found.labelled:
            return found
    return None


def _class_author(tree: HtmlElement) -> str | None:
    """The first name that stands alone in an element of an author's class, comments left out."""
    for element in tree.iter("span", "a", "p", "div", "strong", "b", "address"):
        if not _AUTHOR_CLASS.search(element.get("class") or "") or _in_chrome(element, None):
            continue
        text = tidy(element.text_content())
        found = labelled_byline(text)
        if found is not None:
            return found.name
        if text and len(text) <= _AUTHOR_CHARS and not any(char.isdigit() for char in text):
            return text
    return None


def _first_text(soup: BeautifulSoup, rule: str | None) -> str | None:
    found = soup.select_one(rule) if rule else None
    return (tidy(found.get_text(" ")) or None) if found is not None else None


def _first_date(soup: BeautifulSoup, rule: str | None) -> str | None:
    found = soup.select_one(rule) if rule else None
    if found is None:
        return None
    machine = found.get("datetime") or found.get("content")
    return str(machine) if machine else tidy(found.get_text(" "))


def _note_of_source(soup: BeautifulSoup, rule: str | None) -> str:
    """The line around the link to the original, which is about the page and not of its text."""
    found = soup.select_one(rule) if rule else None
    block = found.find_parent(["p", "div", "li", "aside", "td"]) if found is not None else None
    return tidy(block.get_text("")) if block is not None else ""


def _first_link(soup: BeautifulSoup, rule: str | None) -> str | None:
    found = soup.select_one(rule) if rule else None
    href = str(found.get("href") or "").strip() if found is not None else ""
    return href if href.startswith(("http://", "https://")) else None
