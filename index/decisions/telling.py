"""The products that sentences of news surely name as a decision's: with their producer and star, or all of a count.

"Mật ong … của Hợp tác xã … đạt 4 sao" names one. "Đó là …, … và …" names some only where they are as many as the
decision is said to be of; a longer text may name others beside. What is withdrawn needs no star.
"""

import re
from collections.abc import Iterator

from crawler.article import Article
from index.decisions.decision import Act, DecisionTold, ProductRow, Read
from index.decisions.grades import change_in, stars_in
from index.decisions.items import read_item, read_places
from index.decisions.labels import is_group
from index.decisions.names import is_person, is_producer, may_be_name
from index.law.address import find_document_numbers
from index.sentence import article_sentences
from index.span import Span
from index.text import CAPITALS

_NAME_WORDS = 12
_MADE_BY = re.compile(
    rf"(?P<name>[{CAPITALS}][^.;:()]{{2,110}}?)\s+của\s+(?P<producer>[^\W\d_][^.;:()]{{3,110}}?)"
    r"(?=\s+(?:đã|được|đạt|lần\s+đầu|giữ|tiếp\s+tục|là|có|với|cùng)(?!\w)|[,.;:()]|$)"
)
_AMONG = re.compile(r"(?:trong\s+đó\s+có|trong\s+số\s+(?:đó|này)\s+có|gồm|đó\s+là)\s*:?\s+", re.IGNORECASE)
_GRADED = re.compile(r"(?<!\w)(?:đạt|được\s+(?:công\s+nhận|xếp|phân|nâng)|nâng|giữ|công\s+nhận)(?!\w)", re.IGNORECASE)
_NOT_YET = re.compile(
    r"(?<!\w)(?:không|chưa|sẽ|dự\s+kiến|phấn\s+đấu|đăng\s+ký|đề\s+nghị|đề\s+xuất|tiềm\s+năng|hướng\s+tới|mong)(?!\w)",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"(?:đó\s+là|gồm(?:\s+có)?|bao\s+gồm|các\s+sản\s+phẩm(?:\s+(?:này|đó))?\s+(?:là|gồm))\s*:?\s+(?P<list>\S[^.:]*)\.?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*[,;]\s+(?:và\s+)?|\s+và\s+")
_WITHDRAWN = re.compile(
    r"(?:[-–+*•]\s*|\d{1,2}[.)]\s*)?sản\s+phẩm\s+(?P<name>[^\W\d_][^.;:()]{2,110}?)\s+của\s+"
    r"(?P<producer>[^\W\d_][^.;:()]{3,110}?)(?:\s*\((?P<address>[^()]{3,110})\))?"
    r"(?=\s+(?:do|vì|bị|đã|được|không|chưa)(?!\w)|\s*[,.;:]|\s*$)",
    re.IGNORECASE,
)
_WITHDRAWING = re.compile(r"(?<!\w)thu\s+hồi(?!\w)", re.IGNORECASE)
_QUOTED = re.compile(
    r"(?<!\w)thu\s+hồi[^.;“”\"]*?(?:đối\s+với|của)\s+sản\s+phẩm\s+(?P<open>[“\"])(?P<item>[^“”\"]{3,200})[”\"]",
    re.IGNORECASE,
)
_DONE: tuple[Act, ...] = ("recognises", "withdraws")


def told_rows(article: Article, told: DecisionTold) -> list[ProductRow]:
    """The products that an article's sentences name as those of the one decision it reports."""
    act = next((one.act for one in told.acts if one.act in _DONE), None)
    if act is None:
        return []
    found: list[ProductRow] = list(withdrawn_rows(article)) if act == "withdraws" else []
    for start, end, block in article_sentences(article):
        others = [one for one in find_document_numbers(article.text[start:end]) if one.number != told.number.number]
        if block.role in ("row", "heading", "caption") or others:
            continue
        found.extend(_made_by(article, start, end, act, told))
        found.extend(_listed(article, start, end, act, told))
    first = {row.name.text.casefold(): row for row in reversed(found)}
    return sorted(first.values(), key=lambda row: row.name.span)


def withdrawn_rows(article: Article) -> Iterator[ProductRow]:
    """What lost its recognition: a product in quotation marks that is withdrawn, or under a line that ends with a colon
    those that paragraphs open with, "Sản phẩm … của …", whatever is said of why."""
    text, under = article.text, False
    for start, end, block in article_sentences(article):
        quoted = _QUOTED.search(text, start, end)
        if quoted is not None:
            fields = read_item(article, *quoted.span("item"))
            name = fields["name"]
            if isinstance(name, Read) and may_be_name(name.text):
                yield ProductRow(start=start, end=end, act="withdraws", **fields)  # type: ignore[arg-type]
        if text[start:end].rstrip().endswith(":"):
            under = _WITHDRAWING.search(text, start, end) is not None
            continue
        if start != block.start:
            continue
        match = _WITHDRAWN.match(text, start, end) if under else None
        if match is None or not is_producer(match["producer"]) or not may_be_name(match["name"]):
            under = False
            continue
        placed = {} if match["address"] is None else read_places(article, Span(*match.span("address")))
        yield ProductRow(
            start=start,
            end=end,
            act="withdraws",
            name=_read(article, Span(*match.span("name"))),
            producer=_read(article, Span(*match.span("producer"))),
            **placed,  # type: ignore[arg-type]
        )


def _made_by(article: Article, start: int, end: int, act: Act, told: DecisionTold) -> Iterator[ProductRow]:
    text = article.text
    among = _AMONG.search(text, start, end)
    match = _MADE_BY.match(text, start, end) or (None if among is None else _MADE_BY.match(text, among.end(), end))
    if match is None or not is_producer(match["producer"]) or _NOT_YET.search(text, match.start(), end):
        return
    name = Span(*match.span("name"))
    if not _is_name(name.of(text)):
        return
    graded = _GRADED.search(text, match.end(), end)
    stars = stars_in(text, graded.start(), end) if graded is not None else []
    fields: dict[str, object] = {"producer": _read(article, Span(*match.span("producer")))}
    if stars and (len({one.star for one in stars}) == 1 or change_in(text[match.end() : end]) is not None):
        fields |= {"star": stars[-1].star, "star_read": _read(article, Span(stars[-1].start, stars[-1].end))}
    elif among is not None and match.start() == among.end() and start <= told.number.start < end:
        counted = {one.star for one in told.stated}
        only = next(iter(told.stated), None)
        if len(counted) != 1 or only is None or only.star is None:
            return
        fields |= {"star": only.star, "star_read": _read(article, only.span)}
    else:
        return
    if (said := change_in(text[match.end() : end])) is not None:
        span = Span(match.end() + said[1], match.end() + said[2])
        fields |= {"change": said[0], "change_read": _read(article, span)}
    yield ProductRow(start=start, end=end, act=act, name=_read(article, name), **fields)  # type: ignore[arg-type]


def _listed(article: Article, start: int, end: int, act: Act, told: DecisionTold) -> Iterator[ProductRow]:
    match = _LIST.fullmatch(article.text, start, end)
    total = next((one.count for one in told.stated if one.star is None), None)
    if total is None:
        total = sum(one.count for one in told.stated) or None
    if match is None or total is None:
        return
    names: list[Span] = []
    at = match.start("list")
    for mark in (*_BETWEEN.finditer(article.text, at, match.end("list")), None):
        stop = match.end("list") if mark is None else mark.start()
        names.append(Span(at, stop))
        at = stop if mark is None else mark.end()
    if len(names) != total or not all(_is_name(name.of(article.text)) for name in names):
        return
    stars = {one.star for one in told.stated if one.star is not None}
    only = next((one for one in told.stated if one.star is not None), None) if len(stars) == 1 else None
    graded = {} if only is None else {"star": only.star, "star_read": _read(article, only.span)}
    for name in names:
        yield ProductRow(start=start, end=end, act=act, name=_read(article, name), **graded)  # type: ignore[arg-type]


def _is_name(text: str) -> bool:
    return (
        text[:1].isupper()
        and 2 <= len(text.split()) <= _NAME_WORDS
        and may_be_name(text)
        and not is_group(text)
        and not is_person(text)
    )


def _read(article: Article, span: Span) -> Read:
    return Read(text=" ".join(span.of(article.text).split()), span=span)
