"""The head of a decision's own text: number, day, issuer, place and subject, as Nghị định 30/2020/NĐ-CP lays it out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crawler.article import Article, Block
from index.dates import DateMention, find_dates
from index.decisions.decision import Doubt, Level, Read
from index.decisions.doubts import doubted
from index.law.address import DocumentNumber, find_document_numbers
from index.people.body import find_bodies
from index.places.districts import districts_called, find_districts
from index.places.named import PROVINCES, find_places, province_key
from index.places.provinces import slug
from index.span import Span
from index.text import CAPITALS

_HEAD_BLOCKS = 30
_SEARCHED_BLOCKS = 60
_ABOVE_NUMBER = 5
_AFTER_NUMBER_CHARS = 4
_NUMBER_LINE = re.compile(r"\s*(?:QUYẾT ĐỊNH\s+)?[Ss][ốôóồỗộỐ6]\s*[:.]?\s*(?P<number>\S.*)", re.IGNORECASE)
_DAY_LINE = re.compile(r"[^\d]{2,60},?\s*ngày\s.*\d{4}", re.IGNORECASE)
_BODY_BEGINS = re.compile(r"(?:căn cứ|theo đề nghị|xét đề nghị|điều\s+1\s*[.:])", re.IGNORECASE)
_TITLE = re.compile(r"QUYẾT ĐỊNH\s*:?\s*", re.IGNORECASE)
_TITLE_ALONE = re.compile(r"QUYẾT ĐỊNH\s*:?\s*")
_SUBJECT = re.compile(
    r"(?:(?:v/v|về\s+việc|về)(?!\w)\s*:?\s*|(?:công nhận|phê duyệt|ban hành|thu hồi|bãi bỏ|điều chỉnh|sửa đổi)\s)",
    re.IGNORECASE,
)
_RANK = r"(?P<rank>tỉnh|thành phố|tp\.?|huyện|quận|thị xã|tx\.?|xã|phường|thị trấn|đặc khu)"
_COUNCIL = r"(?:ủy|uỷ)\s+ban\s+nhân\s+dân|hội\s+đồng\s+nhân\s+dân|ubnd|hđnd"
_ISSUER = re.compile(
    rf"(?:(?:phó\s+)?chủ\s+tịch\s+)?(?:{_COUNCIL}|hội\s+đồng\s+đánh\s+giá[^\n]{{0,60}}?|ban\s+chỉ\s+đạo[^\n]{{0,60}}?|"
    rf"văn\s+phòng\s+điều\s+phối[^\n]{{0,60}}?|sở\s+[^\n]{{3,60}}?)\s+{_RANK}\s+(?P<name>[^\W\d_][^\n,;.()]{{1,40}}|\d{{1,2}})",
    re.IGNORECASE,
)
# "UBND tỉnh" alone, as texts say of the place they are about.
_UNNAMED = re.compile(
    rf"(?:(?:phó\s+)?chủ\s+tịch\s+)?(?:{_COUNCIL})\s+{_RANK}(?!\w)(?!\.?\s+(?-i:[{CAPITALS}\d]))", re.IGNORECASE
)
_CENTRAL = re.compile(
    r"(?:(?:phó\s+)?thủ\s+tướng\s+)?chính\s+phủ|thủ\s+tướng|bộ\s+(?:trưởng\s+bộ\s+)?(?:nông\s+nghiệp|[^\W\d_]\S*)[^\n]{0,60}|"
    r"(?:văn\s+phòng|ban\s+chỉ\s+đạo|hội\s+đồng)[^\n]{0,80}trung\s+ương[^\n]{0,20}",
    re.IGNORECASE,
)
_BARE_COUNCIL = re.compile(rf"(?:{_COUNCIL})", re.IGNORECASE)
_PLACE_LINE = re.compile(rf"{_RANK}\s+(?P<name>\S.{{1,40}})", re.IGNORECASE)
_ATTACHED = re.compile(r"kèm\s+theo\s+quyết\s+định", re.IGNORECASE)
# Of a clause that changes another decision's annex, not of this one's own.
_CHANGING = re.compile(
    r"(?<!\w)(?:điều\s+\d|đính\s+chính|sửa\s+đổi|điều\s+chỉnh|bổ\s+sung|thay|bãi\s+bỏ|h[uủ][yỷ]\s+bỏ|thu\s+hồi)(?!\w)",
    re.IGNORECASE,
)
_OFFICE = re.compile(r"(?:phó\s+)?chủ\s+tịch\s+(?=ủy|uỷ|ubnd)", re.IGNORECASE)
_UNDER = re.compile(r"[\s,]+(?P<province>(?:tỉnh|thành\s+phố|tp\.?)\s+[^\W\d_][^\n,;.()]{1,40})", re.IGNORECASE)
_LEVELS: dict[str, Level] = {
    "tỉnh": "province", "huyện": "district", "quận": "district", "thị xã": "district", "tx": "district",
    "tx.": "district", "xã": "commune", "phường": "commune", "thị trấn": "commune", "đặc khu": "commune",
}  # fmt: skip
_EARLIEST = "2018"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the head of a decision tells; fields as in `DecisionTold`."""

    number: DocumentNumber
    number_read: Read
    issued: str | None = None
    issued_read: Read | None = None
    issuer: Read | None = None
    level: Level | None = None
    place: str | None = None
    place_read: Read | None = None
    subject: Read | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Who issued a decision, where it is named at `span`, and the name of its place."""

    span: Span
    level: Level
    place: str | None
    place_span: Span | None


def read_head(article: Article) -> Head | None:
    """The head of an article that is a decision's own text; None where it prints no number of a decision.

    A portal may print the text below a remark of its own, on a page of news: it is known by its head and its articles.
    """
    blocks = _head_blocks(article)
    if not blocks:
        return None
    attached = list(_attached(article))
    number = _number(article, blocks, attached)
    if number is None:
        return None
    doubts: tuple[Doubt, ...] = ()
    if any(other.number != number.number for other, _ in attached):
        doubts = ("number",)
    if doubted(article, Span(number.start, number.end)) and not attached:
        doubts = (*doubts, "ocr")
    issued = _issued(article, blocks, [mention for _, mention in attached if mention is not None])
    issuer = _issuer(article, blocks)
    place, place_span = (None, None) if issuer is None else province_beside(article, issuer)
    return Head(
        number=number,
        number_read=_read(article, Span(number.start, number.end), doubts),
        issued=None if issued is None else issued[0],
        issued_read=None if issued is None else issued[1],
        issuer=None if issuer is None else _read(article, issuer.span),
        level=None if issuer is None else issuer.level,
        place=place,
        place_read=None if place_span is None else _read(article, place_span),
        subject=_subject(article, blocks),
    )


def _head_blocks(article: Article) -> Sequence[Block]:
    """The blocks of a decision's head and what follows it; () where an article of news prints none."""
    text = article.text
    for place, block in enumerate(article.blocks[:_SEARCHED_BLOCKS]):
        line = text[block.start : block.end]
        if block.role == "row" or _NUMBER_LINE.match(line) is None:
            continue
        numbers = find_document_numbers(line)
        if len(numbers) != 1 or numbers[0].code != "QĐ" or len(line) - numbers[0].end > _AFTER_NUMBER_CHARS:
            continue
        near = article.blocks[max(0, place - _ABOVE_NUMBER) : place + _HEAD_BLOCKS]
        titled = any(_TITLE_ALONE.fullmatch(text, one.start, one.end) for one in near)
        ruled = any(_BODY_BEGINS.match(text, one.start, one.end) for one in near if one.start > block.start)
        if titled and ruled:
            return near
    return article.blocks[:_HEAD_BLOCKS] if article.kind in ("decision", "regulation") else ()


def find_issuer(text: str) -> Issuer | None:
    """Who issues decisions, as the first of them is named in a text, in capitals or not."""
    match = _ISSUER.search(text)
    while match is not None and match["name"][:1].islower():  # "UBND tỉnh ban hành …"
        match = _ISSUER.search(text, match.start("name"))
    central = _CENTRAL.match(text) if match is None else None
    if central is not None:
        body = next((one for one in find_bodies(text) if one.start == central.start()), None)
        end = central.end() if body is None or text[: central.end()].isupper() else body.end
        return Issuer(span=Span(central.start(), end), level="central", place=None, place_span=None)
    if match is None:
        return None
    end = _name_end(text, match)
    span, place_span = Span(match.start(), end), Span(match.start("rank"), end)
    rank = match["rank"].lower()
    name = text[match.start("name") : end]
    key = _province(name)
    if rank in ("thành phố", "tp", "tp."):
        level: Level = "province" if key is not None and PROVINCES[key].city else "district"
    else:
        level = _LEVELS[rank]
    if level == "province":
        place = key
    else:
        districts = find_districts(text[place_span.start : place_span.end].lower().title(), typed=True)
        place = districts[0].province if level == "district" and len(districts) == 1 else None
        place = place or next((one.key for one in find_places(text[end : end + 40])), None)
    return Issuer(span=span, level=level, place=place, place_span=place_span)


def find_unnamed(text: str) -> Issuer | None:
    """Who issues decisions at the beginning of a text that leaves its name to be known: "UBND tỉnh"."""
    match = _UNNAMED.match(text)
    level = None if match is None else _LEVELS.get(match["rank"].lower())  # "thành phố" may be of either
    if match is None or level is None:
        return None
    return Issuer(span=Span(*match.span()), level=level, place=None, place_span=None)


def _name_end(text: str, match: re.Match[str]) -> int:
    """Where the name of a place ends: its words in capitals, which in running text another word follows, or the name
    of a person, "tỉnh Hà Tĩnh Võ Trọng Hải", whom only the places that there are tell from it."""
    name = match["name"][: _words_end(match["name"])]
    if not name.isupper() and not _is_known(match["rank"], name):
        words = list(re.finditer(r"\S+", name))
        ends = (word.end() for word in reversed(words[:-1]) if _is_known(match["rank"], name[: word.end()]))
        name = name[: next(ends, len(name))]
    return match.start("name") + len(name)


def _is_known(rank: str, name: str) -> bool:
    if rank.lower() in ("tỉnh", "thành phố", "tp", "tp.") and _province(name) is not None:
        return True
    return any(slug(one.name) == slug(name) for one in districts_called(name))


def _words_end(text: str) -> int:
    """Where the words in capitals end that open a text; its own end where none do."""
    end = 0
    for place, word in enumerate(re.finditer(r"[^\s]+", text)):
        if place and not word[0][0].isupper() and not word[0][0].isdecimal() and word[0] not in ("-", "–"):
            break
        end = word.end()
    return end


def _province(name: str) -> str | None:
    mentions = find_places(name) or find_places(name.title())
    whole = [one for one in mentions if one.end - one.start >= len(name.strip()) - 1]
    return whole[0].key if whole else None


def _number(
    article: Article, blocks: Sequence[Block], attached: Sequence[tuple[DocumentNumber, DateMention | None]]
) -> DocumentNumber | None:
    for block in blocks:
        line = article.text[block.start : block.end]
        if _BODY_BEGINS.match(line):
            break
        match = _NUMBER_LINE.match(line)
        if match is None:
            continue
        for number in find_document_numbers(line):
            if number.code == "QĐ" and number.issuer is not None:
                return replace(number, start=number.start + block.start, end=number.end + block.start)
    return attached[0][0] if attached else None


def _attached(article: Article) -> Iterator[tuple[DocumentNumber, DateMention | None]]:
    """The number, and its day, that annexes repeat: "(Kèm theo Quyết định số … ngày …)"."""
    for block in article.blocks:
        text = article.text[block.start : block.end]
        match = _ATTACHED.search(text)
        if match is None or match.start() > 30 or _CHANGING.search(text, 0, match.start()) is not None:
            continue
        for number in find_document_numbers(text):
            if number.code == "QĐ" and number.issuer is not None:
                day = next(
                    (one for one in find_dates(text) if one.start >= number.end and len(one.iso) == 10 and one.year),
                    None,
                )
                moved = None if day is None else replace(day, start=day.start + block.start, end=day.end + block.start)
                yield replace(number, start=number.start + block.start, end=number.end + block.start), moved
                break


def _issued(article: Article, blocks: Sequence[Block], attached: Sequence[DateMention]) -> tuple[str, Read] | None:
    """The day of the line of place and date; where an annex tells another day, both are doubted."""
    for block in blocks:
        line = article.text[block.start : block.end]
        if _BODY_BEGINS.match(line):
            break
        if not _DAY_LINE.match(line):
            continue
        days = [one for one in find_dates(line) if one.year is not None]
        if not days:
            continue
        span = Span(days[-1].start + block.start, days[-1].end + block.start)
        iso = days[-1].iso
        doubts: tuple[Doubt, ...] = ()
        if any(not other.iso.startswith(iso) for other in attached):
            doubts = ("date",)
        if not _EARLIEST <= iso[:4] <= article.fetched[:4]:
            doubts = ("date",)
        full = next((other for other in attached if other.iso.startswith(iso)), None)
        if len(iso) < 10 and full is not None:
            return full.iso, _read(article, Span(full.start, full.end))
        return iso, _read(article, span, doubts)
    if attached:
        return attached[0].iso, _read(article, Span(attached[0].start, attached[0].end))
    return None


def _issuer(article: Article, blocks: Sequence[Block]) -> Issuer | None:
    for place, block in enumerate(blocks):
        line = article.text[block.start : block.end]
        if _BODY_BEGINS.match(line):
            return None
        below = blocks[place + 1] if place + 1 < len(blocks) else None
        end = block.end
        if (
            below is not None
            and _BARE_COUNCIL.fullmatch(line)
            and _PLACE_LINE.fullmatch(article.text, below.start, below.end)
        ):
            end = below.end
        office = _OFFICE.match(line)
        begin = block.start + (office.end() if office is not None else 0)
        issuer = find_issuer(article.text[begin:end].replace("\n", " "))
        if issuer is not None and issuer.span.start == 0:
            return Issuer(
                span=issuer.span.moved(begin),
                level=issuer.level,
                place=issuer.place,
                place_span=None if issuer.place_span is None else issuer.place_span.moved(begin),
            )
    return None


def province_beside(article: Article, issuer: Issuer) -> tuple[str | None, Span | None]:
    """The province of an issuer and where it is written: its own name, else beside that of the place below it.

    Several districts share a name: where only the source says which province it is of, that counts.
    """
    if issuer.level == "province" or issuer.place_span is None:
        return issuer.place, issuer.place_span
    name = " ".join(issuer.place_span.of(article.text).split())
    for match in re.finditer(re.escape(name), article.text, re.IGNORECASE):
        under = _UNDER.match(article.text, match.end())
        if under is not None:
            start, end = under.span("province")
            end = start + _words_end(article.text[start:end])
            key = _province(article.text[start:end].split(" ", 1)[1])
            return key, Span(start, end)
    declared = province_key(article.place) if article.place is not None else None
    return issuer.place or declared, issuer.place_span


def _subject(article: Article, blocks: Sequence[Block]) -> Read | None:
    """The lines under "QUYẾT ĐỊNH", up to who decides or on what grounds."""
    text = article.text
    for place, block in enumerate(blocks):
        title = _TITLE.match(text, block.start, block.end)
        if title is None or text[block.start : block.start + 5].isupper() is False:
            continue
        start = title.end() if title.end() < block.end else None
        end = block.end
        for below in blocks[place + 1 :]:
            line = text[below.start : below.end]
            if start is None and not _SUBJECT.match(line):
                break
            if _BODY_BEGINS.match(line) or _NUMBER_LINE.match(line) or _DAY_LINE.fullmatch(line):
                break
            if find_issuer(line.replace("\n", " ")) is not None and line.isupper():
                break
            start = below.start if start is None else start
            end = below.end
        if start is not None:
            return _read(article, Span(start, end))
    return None


def _read(article: Article, span: Span, doubts: tuple[Doubt, ...] = ()) -> Read:
    if doubted(article, span):
        doubts = tuple(dict.fromkeys((*doubts, "ocr")))
    return Read(text=" ".join(span.of(article.text).split()), span=span, doubts=doubts)
