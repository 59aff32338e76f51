"""A page's tree -> Draft: its lines, which of them are the main text, and what the page says of itself.

`lines` walks the tree, `main_text` judges which lines are the text (a source's own `rules` decide instead, where it
has some), `metadata` reads title, author and date, `clean` takes out what is left of the furniture. Legal documents,
whose every line counts, go to `legal`.
"""

import logging
import re
from collections.abc import Sequence
from dataclasses import replace

from lxml.html import HtmlElement

from crawler.draft import Bin, Draft, Line, NoArticleError, relabel, tidy
from crawler.html.anchors import attachments
from crawler.html.lines import Place, Seen, common_place, squeeze, walk
from crawler.html.main_text import main_text
from crawler.html.metadata import (
    AUTHOR_CHARS,
    marked_author,
    printed_near_title,
    read_metadata,
)
from crawler.html.rules import Selected, select
from crawler.html.title import read_title
from crawler.sources import Select
from crawler.text.clean import clean, is_body, unrepeated
from crawler.text.dates import metadata_date, printed_date
from crawler.text.event import event_date
from crawler.text.legal import draft_legal, heading_units, is_legal, with_roles
from crawler.text.plain import lead_of

_LOG = logging.getLogger(__name__)

# A status stands alone or after a word for it; in "Quyết định số 410/QĐ-UBND" and "410 sản phẩm" it is a number.
_SOFT_404 = re.compile(
    r"(?:^|(?:lỗi|error|http|mã|trang|page)\s|[-–—|:(]\s*)(?:404|410)(?=\s*(?:$|[-–—|:.!)]|error|not\b|gone|không))"
    r"|không tìm thấy|không tồn tại|not found|page missing",
    re.IGNORECASE,
)
_FIRST_ARTICLE = re.compile(r"(?:Điều|ĐIỀU)\s+1\b")
_ANY_ARTICLE = re.compile(r"(?:Điều|ĐIỀU)\s+\d+\s*[.:]")
_TITLE_AND_DAY = re.compile(r"(?P<title>\S.{14,200}\S) ?[(\[](?P<day>[\d/.:\-h |,]{8,20})[)\]]")
_MIN_TEXT_CHARS = 100
_SUBHEADED_CHARS = 60
_SHORT_QUOTE_CHARS = 30
_QUOTE_CHARS = 300
_LEAD_CHARS = 30
_MAX_LEADS = 3
_LISTING_LINK_SHARE = 0.6


def draft_html(tree: HtmlElement, base: str = "", rules: Select | None = None) -> Draft:
    """Read a page's tree, which is left as it is.

    base: the address that its links are relative to; where it is "", only absolute links to files are kept.
    rules: the source's own, if it has some.

    Raises:
        NoArticleError: it holds no main text (a listing, an error page, an empty document).
    """
    walked = walk(tree)
    walked.lines = _dates_apart(walked.lines)
    seen = walked.lines
    meta = read_metadata(tree, walked.times)
    texts = [item.line.text for item in seen]
    if rules is None and any(map(_FIRST_ARTICLE.match, texts)) and is_legal(texts):
        lines, home = _around_articles(seen)
        document = draft_legal([item.line for item in lines])
        return replace(
            document,
            published=document.published or meta.published,
            attachments=attachments(walked.anchors, seen, document.title, home, base),
        )
    dropped = Bin()
    title = read_title(walked, meta)
    chosen: list[Seen] | None = None
    by_rule: Selected | None = None
    if rules is not None:
        by_rule = select(tree, rules, dropped)
        title = by_rule.title or title
        chosen = by_rule.lines
        if rules.body and chosen is None:
            _LOG.warning("quy tắc body %r không khớp trang nào; dùng cách đọc chung", rules.body)
    if chosen is None:
        chosen = main_text(tree, seen, title, meta.summary or "", dropped)
    if by_rule is not None and by_rule.note:
        for item in chosen:
            if item.line.text == by_rule.note:
                dropped.add(item.line.text, "ghi nguồn bản gốc")
        chosen = [item for item in chosen if item.line.text != by_rule.note]
    chosen = [chosen[index] for index in unrepeated([item.line for item in chosen], dropped)]
    chosen = _without_pull_quotes(chosen, dropped)
    told = _bold_headings(_bold_lead(_leads([_told(item) for item in chosen]), chosen), chosen)
    cleaned = clean(told, title, dropped, by_words=False)
    kept = tuple(_levelled(cleaned.lines))
    printed = cleaned.published or printed_near_title(seen, chosen, title)
    published, note = _by_rule(by_rule, title)
    published = published or meta.published
    if published is None and printed is not None:
        published, note = printed.iso, printed.note
    _require_article(kept, chosen, title)
    units = heading_units(kept)
    return Draft(
        title=title or kept[0].text[:120],
        lines=with_roles(kept, units),
        units=units,
        dropped=tuple(dropped.items),
        author=(by_rule.author if by_rule is not None else None)
        or cleaned.author
        or marked_author(walked.authors)
        or meta.author
        or cleaned.head_author
        or (printed.author if printed else None),
        published=published,
        date_note=note,
        event_date=event_date(lead_of(kept), published),
        original_url=by_rule.original_url if by_rule is not None else None,
        attachments=attachments(walked.anchors, seen, title, _home(seen, chosen), base),
    )


def _home(seen: Sequence[Seen], chosen: Sequence[Seen]) -> Place | None:
    """The element of the page around the lines chosen; lines that a source's rule chose come of a walk of their own."""
    keys = {item.key for item in chosen}
    return common_place([item for item in seen if item.key in keys])


def _dates_apart(seen: Sequence[Seen]) -> list[Seen]:
    """A line above the text that ends in the day in brackets is a title and a date line."""
    first = next((index for index, item in enumerate(seen) if is_body(item.line) and item.linked < 0.5), 0)
    result: list[Seen] = []
    for index, item in enumerate(seen):
        found = _TITLE_AND_DAY.fullmatch(item.line.text) if index < first and item.linked < 0.5 else None
        if found is None or printed_date(found["day"], "") is None:
            result.append(item)
            continue
        for text, bold in ((found["title"], True), (found["day"], False)):
            result.append(replace(item, line=replace(item.line, text=text), key=squeeze(text), bold=bold))
    return result


def _by_rule(by_rule: Selected | None, title: str) -> tuple[str | None, str | None]:
    """The date that a source's rule picks, as ISO 8601, and how it was completed."""
    if by_rule is None or by_rule.published is None:
        return None, None
    stamp = metadata_date(by_rule.published)
    if stamp is not None:
        return stamp, None
    printed = printed_date(tidy(by_rule.published), title)
    return (printed.iso, printed.note) if printed is not None else (None, None)


def _around_articles(seen: Sequence[Seen]) -> tuple[Sequence[Seen], Place | None]:
    """The lines of the smallest element that holds every Điều and the document's head, and that element."""
    place = common_place([item for item in seen if _ANY_ARTICLE.match(item.line.text)])
    size = 0
    while place is not None:
        lines = [item for item in seen if item.place.within(place)]
        # An element that adds no line need not be asked again.
        if len(lines) > size and is_legal([item.line.text for item in lines]):
            return lines, place
        size = len(lines)
        place = place.parent
    return seen, None


def _told(item: Seen) -> Line:
    """A heading too long for one, or ending as a sentence does, is the lead or a paragraph in a heading's tag."""
    line = item.line
    if line.role == "heading" and (len(line.text) > 180 or (len(line.text) > 60 and line.text.endswith("."))):
        return relabel(line, "lead")
    if line.role == "paragraph" and len(line.text) <= AUTHOR_CHARS and item.place.marks.author:
        return relabel(line, "byline")
    return line


def _leads(lines: list[Line]) -> list[Line]:
    """A lead is a sentence or two; where a class calls more so, it is that of the whole text, or of a button."""
    leads = [line for line in lines if line.role == "lead"]
    many = len(leads) > _MAX_LEADS
    return [
        relabel(line, "paragraph") if line.role == "lead" and (many or len(line.text) < _LEAD_CHARS) else line
        for line in lines
    ]


def _without_pull_quotes(chosen: Sequence[Seen], dropped: Bin) -> list[Seen]:
    """The lines less quotations that set a sentence of the text itself in large letters, and who says it below."""
    text = "\n".join(item.key for item in chosen if not item.place.quoted)
    result: list[Seen] = []
    repeats = False
    for item in chosen:
        size = len(item.line.text)
        fits = size <= _QUOTE_CHARS and (size >= _SHORT_QUOTE_CHARS or repeats)
        repeats = item.place.quoted and fits and item.key in text
        if repeats:
            dropped.add(item.line.text, "đoạn lặp lại")
        else:
            result.append(item)
    return result


def _bold_lead(lines: list[Line], seen: Sequence[Seen]) -> list[Line]:
    """The first paragraph, printed bold throughout where the others are not, is the lead; a question opens a talk."""
    body = [index for index, line in enumerate(lines) if is_body(line)]
    if not body or any(line.role == "lead" for line in lines):
        return lines
    first, others = body[0], body[1:]
    plain = sum(not seen[index].bold for index in others)
    if lines[first].role != "paragraph" or not seen[first].bold or 2 * plain <= len(others):
        return lines
    if lines[first].text.endswith("?"):
        return lines
    return [*lines[:first], relabel(lines[first], "lead"), *lines[first + 1 :]]


def _levelled(lines: Sequence[Line]) -> list[Line]:
    """Heading levels counted from 1 in the order of the tags used."""
    levels = sorted({line.level for line in lines if line.role == "heading"})
    ranks = {level: rank for rank, level in enumerate(levels, 1)}
    return [relabel(line, "heading", ranks[line.level]) if line.role == "heading" else line for line in lines]


def _bold_headings(lines: list[Line], seen: Sequence[Seen]) -> list[Line]:
    """Short lines without final mark: all in bold above a paragraph, a sub-heading; below a picture, its caption."""
    if all(item.bold for item in seen):
        return lines
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
            if item.after_image and len(line.text.split()) >= 3:
                told = relabel(line, "caption")
            elif (
                item.bold
                and index > 0
                and len(line.text) <= 140
                and below is not None
                and (len(below.text) >= _SUBHEADED_CHARS or below.role in ("item", "row"))
            ):
                told = relabel(line, "heading", deepest + 1)
        result.append(told)
    return result


def _require_article(lines: Sequence[Line], chosen: Sequence[Seen], title: str) -> None:
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
