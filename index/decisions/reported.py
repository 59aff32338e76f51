"""What news and other texts about decisions report of them: number, day, who issued them, what they do, counts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from crawler.article import Article, Block
from index.dates import DateMention, find_dates
from index.decisions.acts import acts_in, read_stated
from index.decisions.decision import ActTold, DecisionTold, Level, Read, Stated
from index.decisions.head import Issuer, find_issuer, find_unnamed
from index.decisions.rows import Cell, Row, row_of
from index.figures.place import home_of
from index.law.address import DocumentNumber, find_document_numbers
from index.people.body import find_bodies
from index.places.districts import find_districts
from index.places.named import PROVINCES, find_places
from index.sentence import article_sentences
from index.span import Span
from index.text import CAPITALS, strip_marks

_GAP_TO_DAY = re.compile(
    r"[\s,(]*(?:của\s+[^.;\d]{3,80}?)?[\s,(]*(?:được\s+)?(?:ký|ban hành|phê duyệt)?\s*(?:vào\s+)?(?:ngày|năm)?\s*",
    re.IGNORECASE,
)
_ISSUES = re.compile(r"(?<!\w)(?:ban\s+hành|ký|ra)(?!\w)", re.IGNORECASE)
_GOES_ON = re.compile(
    r"(?:trong\s+(?:đó|số)|gồm|bao\s+gồm|theo\s+đó|cụ\s+thể|danh\s+mục\s+có|các\s+sản\s+phẩm)(?!\w)", re.IGNORECASE
)
_SUBJECT = re.compile(
    r"(?:về\s+việc|v/v)(?!\w)[^.;]{8,300}",
    re.IGNORECASE,
)
_OPENS = re.compile(r"(?:tại|theo|bằng|với|qua)\s+quyết\s+định(?:\s+số)?\s+", re.IGNORECASE)
_RANKED = re.compile(rf"(?<!\w)tỉnh\s+(?:[{CAPITALS}]\w*(?:\s+(?=[{CAPITALS}]))?){{1,4}}")
_NEXT_ONE = re.compile(r"[\s,;]*(?:(?:và|còn)\s+)?(?:theo\s+)?quyết\s+định(?:\s+số)?\s*$", re.IGNORECASE)
_PASSIVE = re.compile(
    r"(?:bị|được)\s+(?:[^.;,]{0,20}\s)?(?P<what>thay\s+thế|bãi\s+bỏ|hủy\s+bỏ|huỷ\s+bỏ|thu\s+hồi|sửa\s+đổi|điều\s+chỉnh)[^.;]*?"
    r"(?:bởi|bằng|theo|tại)\s",
    re.IGNORECASE,
)
_RECOGNISED_BY = re.compile(
    r"sản\s+phẩm[^.;]{0,60}(?<!\w)(?:được|đã)\s+(?:công\s+nhận|xếp\s+hạng|phân\s+hạng)[^.;]{0,40}\s(?:theo|tại|bằng|trong)\s+"
    r"quyết\s+định(?:\s+số)?\s+$",
    re.IGNORECASE,
)
_OF = re.compile(r"[\s,]*(?:ngày\s+(?:[\d/.-]+|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})\s+)?của\s+", re.IGNORECASE)
_EFFECTIVE = re.compile(r"hiệu\s+lực\s+(?:thi\s+hành\s+)?(?:kể\s+)?từ\s+(?:ngày\s+)?", re.IGNORECASE)
_DECISION_HEAD = re.compile(
    r"(?:so (?:hieu )?)?(?:quyet dinh|van ban|qd)(?: (?:so|cong nhan|phe duyet))*(?:,? ngay.*)?|so hieu|so,? ngay.*"
)
_DAY_HEAD = re.compile(r"(?:ngay|thoi gian|nam)(?: (?:ban hanh|ky|thang|cong nhan|nam|quyet dinh))*")
_COUNT_HEAD = re.compile(
    r"(?:tong )?(?:so (?:luong )?)?(?:san pham|sp)(?: (?:ocop|duoc cong nhan|cong nhan|dat|hang))*"
    r"(?: (?P<named>[1-5]) sao)?|"
    r"(?:so )?(?:dat )?(?P<star>[1-5]) sao"
)
_BARE_NUMBER = re.compile(r"(?:số\s+)?(?P<number>\d{2,5})(?![\d/])")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Whose a decision is said to be: by a body named beside its number, else by the place the text is about."""

    issuer: Read | None = None
    level: Level | None = None
    key: str | None = None
    read: Read | None = None


def reports(article: Article) -> list[DecisionTold]:
    """The decisions that an article reports, each once, in order of the text."""
    home = home_of(article).place
    home = home if home in PROVINCES else None
    found: dict[str, list[DecisionTold]] = {}
    sentences = list(article_sentences(article))
    for place, (start, end, block) in enumerate(sentences):
        if block.role == "row":
            continue
        follows = _follows(article, sentences, place)
        for told in _sentence(article, start, end, follows, home):
            found.setdefault(_name(told), []).append(told)
    for told in _table_decisions(article, home):
        found.setdefault(_name(told), []).append(told)
    return sorted((_joined(several) for several in found.values()), key=lambda one: one.start)


def _name(told: DecisionTold) -> str:
    below = f"|{told.place}" if told.level == "district" else ""
    return told.number.label + below


def _follows(article: Article, sentences: Sequence[tuple[int, int, Block]], place: int) -> list[Span]:
    """The sentences after one, in its paragraph, that go on counting what it names."""
    found: list[Span] = []
    block = sentences[place][2]
    for start, end, other in sentences[place + 1 :]:
        text = article.text[start:end]
        if other is not block or not _GOES_ON.match(text) or find_document_numbers(text):
            break
        found.append(Span(start, end))
    return found


def _sentence(
    article: Article, start: int, end: int, follows: Sequence[Span], home: str | None
) -> Iterator[DecisionTold]:
    text = article.text[start:end]
    numbers = [one for one in find_document_numbers(text) if one.code == "QĐ"]
    local = [one for one in numbers if _told_of(one, text)]
    if not local:
        return
    passive = _passive(text, numbers)
    for number in local:
        place = numbers.index(number)
        stop = next((one.start for one in numbers[place + 1 :] if one in local), len(text))
        former = max((one.end for one in numbers[:place] if one in local), default=0)
        day = _day(text, number, former, stop)
        of = _place(article, Span(start, end), number, Span(former, stop), home)
        acts = list(
            acts_in(article.text, start + number.end, end if place == 0 else start + stop, number, reported=True)
        )
        acts += [replace(act, start=start, end=end) for act in passive.get(place, ())]
        if not acts and _RECOGNISED_BY.search(text[former : number.start]):
            acts = [ActTold(act="recognises", target=None, whole=True, start=start, end=end)]
        if place + 1 < len(numbers) and stop < len(text):
            # what the rest of the sentence does to the decision named next is this one's doing; its counts are not
            acts = [
                replace(act, end=min(act.end, start + stop)) if act.target is None else act
                for act in acts
                if act.target is not None or act.start < start + stop
            ]
        spans = [Span(start + number.end, start + stop), *(follows if stop == len(text) else ())]
        effective = _effective(text, number.end, stop)
        subject = _subject(text, number.end, stop)
        yield DecisionTold(
            article_id=article.id,
            digest=article.digest,
            reported=True,
            start=start,
            end=end,
            number=replace(number, start=number.start + start, end=number.end + start),
            number_read=_read(article, Span(number.start + start, number.end + start)),
            issued=None if day is None else day.iso,
            issued_read=None if day is None else _read(article, Span(day.start + start, day.end + start)),
            issuer=of.issuer,
            level=of.level,
            place=of.key,
            place_read=of.read,
            subject=None if subject is None else _read(article, subject.moved(start)),
            effective=None if effective is None else effective.iso,
            effective_read=None
            if effective is None
            else _read(article, Span(effective.start + start, effective.end + start)),
            acts=tuple(acts),
            stated=read_stated(article.text, spans),
        )


def _told_of(number: DocumentNumber, text: str) -> bool:
    """Whether a number is of a decision that is not the government's, told of by its number and not as a ground."""
    if number.issuer == "TTG" or (number.issuer is None and not re.search(r"ubnd|ủy ban|uỷ ban", text, re.IGNORECASE)):
        return False
    return number.issuer is not None or find_dates(text[number.end : number.end + 30]) != []


def _day(text: str, number: DocumentNumber, former: int, stop: int) -> DateMention | None:
    """The day a decision is said to be of: right after its number, else that the sentence issues it on."""
    days = [one for one in find_dates(text) if one.year is not None and one.until is None]
    after = next((one for one in days if number.end <= one.start < stop), None)
    if after is not None and _GAP_TO_DAY.fullmatch(text, number.end, after.start):
        return after
    effective = None if after is None else _EFFECTIVE.search(text, number.end, after.start + 1)
    before = [one for one in days if former <= one.start < number.start]
    if before and _ISSUES.search(text, before[-1].end, number.start) and effective is None:
        return before[-1]
    return None


def _subject(text: str, start: int, stop: int) -> Span | None:
    """What a decision is said to be about, up to the next decision named."""
    match = _SUBJECT.search(text, start, stop)
    if match is None:
        return None
    next_one = _NEXT_ONE.search(text, match.start(), match.end())
    return Span(match.start(), match.end() if next_one is None else next_one.start())


def _effective(text: str, start: int, stop: int) -> DateMention | None:
    match = _EFFECTIVE.search(text, start, stop)
    if match is None:
        return None
    return next((one for one in find_dates(text) if len(one.iso) == 10 and one.start <= match.end() + 6 < one.end + 7
                 and one.start >= match.end() - 6), None)  # fmt: skip


def _place(article: Article, at: Span, number: DocumentNumber, within: Span, home: str | None) -> _Place:
    """Who issued a decision: "của UBND tỉnh …" behind its number, else the last body before it, else the place.

    at: the sentence. within: what of it, from its start, is of this number and no other.
    """
    text, offset = at.of(article.text), at.start
    former, stop = within
    of = _OF.match(text, number.end, stop)
    behind = None if of is None else _issuer_at(text, of.end(), stop)
    before = [
        issuer
        for body in find_bodies(text)
        if former <= body.start < number.start and (issuer := _issuer_at(text, body.start, number.start)) is not None
    ]
    issuer = behind or (before[-1] if before else None)
    opened = _OPENS.match(text, 0, number.start)
    if issuer is None and opened is not None:  # "Theo Quyết định số …, UBND tỉnh … công nhận"
        issuer = next(
            (
                found
                for body in find_bodies(text)
                if number.end <= body.start < stop and (found := _issuer_at(text, body.start, stop)) is not None
            ),
            None,
        )
    if issuer is not None:
        key = issuer.place
        return _Place(
            issuer=_read(article, issuer.span.moved(offset)),
            level=issuer.level,
            key=home if _of_home(issuer) else key,
            read=None if issuer.place_span is None else _read(article, issuer.place_span.moved(offset)),
        )
    if number.issuer is not None and number.issuer.startswith("B") and not number.issuer.startswith("BCD"):
        return _Place(level="central")
    districts = [one for one in find_districts(text) if former <= one.start < number.start and one.rank is not None]
    if districts:
        rank = districts[-1]
        named_at = Span(max(0, rank.start - len(rank.rank or "") - 1), rank.end)
        return _Place(level="district", key=rank.province or home, read=_read(article, named_at.moved(offset)))
    unknown = _RANKED.search(text, former if opened is None else number.end, stop)
    named = [one for one in find_places(text) if former <= one.start < stop]
    if not named and unknown is not None:  # a province that is none of the map
        named_at = Span(unknown.start(), unknown.end())
        return _Place(level="province", read=_read(article, named_at.moved(offset)))
    if len({one.key for one in named}) == 1:
        named_at = Span(named[0].start, named[0].end)
        return _Place(key=named[0].key, read=_read(article, named_at.moved(offset)))
    return _Place(key=home)


def _of_home(issuer: Issuer) -> bool:
    """Whether an issuer is of the place that the text is about: one without a name, or below the province and known by
    none of its own."""
    if issuer.place is not None or issuer.level == "central":
        return False
    return issuer.level != "province" or issuer.place_span is None


def _issuer_at(text: str, start: int, stop: int) -> Issuer | None:
    issuer = find_unnamed(text[start:stop]) or find_issuer(text[start:stop])
    if issuer is None or issuer.span.start > 2:
        return None
    return Issuer(
        span=issuer.span.moved(start),
        level=issuer.level,
        place=issuer.place,
        place_span=None if issuer.place_span is None else issuer.place_span.moved(start),
    )


def _passive(text: str, numbers: Sequence[DocumentNumber]) -> dict[int, list[ActTold]]:
    """Which of the numbers of a sentence change which, where it says so of what is changed: "… bị thay thế bởi …"."""
    match = _PASSIVE.search(text)
    if match is None:
        return {}
    target = next((one for one in reversed(numbers) if one.end <= match.start()), None)
    actor = next((place for place, one in enumerate(numbers) if one.start >= match.end()), None)
    if target is None or actor is None:
        return {}
    what = strip_marks(match["what"]).lower()
    act = "replaces" if what.startswith("thay") else "amends" if what.startswith(("sua", "dieu")) else "revokes"
    return {actor: [ActTold(act=act, target=target, whole=act != "amends", start=0, end=0)]}  # type: ignore[arg-type]


def _joined(told: Sequence[DecisionTold]) -> DecisionTold:
    """What several sentences of an article tell of one decision: the fullest, with what it leaves open of others."""
    best = max(told, key=_tells)
    filled: dict[str, object] = {}
    pairs = (
        ("issued", "issued_read"), ("issuer", None), ("level", None), ("place", "place_read"), ("subject", None),
        ("effective", "effective_read"),
    )  # fmt: skip
    for other in told:
        for name, read in pairs:
            if getattr(best, name) is None and name not in filled and getattr(other, name) is not None:
                filled[name] = getattr(other, name)
                if read is not None:
                    filled[read] = getattr(other, read)
    acts: dict[tuple[object, ...], ActTold] = {}
    stated: dict[tuple[int, int | None], Stated] = {}
    for one in (best, *told):
        for act in one.acts:
            acts.setdefault((act.act, act.target and act.target.label), act)
        for count in one.stated:
            stated.setdefault((count.count, count.star), count)
    return replace(best, acts=tuple(acts.values()), stated=tuple(stated.values()), **filled)  # type: ignore[arg-type]


def _tells(one: DecisionTold) -> tuple[object, ...]:
    return (len(one.issued or ""), bool(one.acts), bool(one.stated), one.issuer is not None)


# ---- Tables of decisions -----------------------------------------------------------------------------------------


def _table_decisions(article: Article, home: str | None) -> Iterator[DecisionTold]:
    """The rows of tables that list decisions, their day and their counts in columns of their own."""
    header: Row | None = None
    for block in article.blocks:
        if block.role != "row":
            header = None
            continue
        row = row_of(article.text, block)
        if header is None:
            header = row
            continue
        column = next((place for place, cell in enumerate(header.cells) if _says(_DECISION_HEAD, cell.text)), None)
        cell = None if column is None else row.at(column)
        if cell is None:
            continue
        number = _number_in(cell)
        if number is not None:
            yield _row_told(article, header, row, number, home)


def _number_in(cell: Cell) -> DocumentNumber | None:
    for number in find_document_numbers(cell.text):
        if number.code == "QĐ" and number.issuer != "TTG":
            return replace(number, start=number.start + cell.span.start, end=number.end + cell.span.start)
    bare = _BARE_NUMBER.match(cell.text)
    if bare is None or not find_dates(cell.text[bare.end() :]):
        return None
    at = cell.span.start
    return DocumentNumber(
        number=str(int(bare["number"])),
        year=None,
        code="QĐ",
        issuer=None,
        start=at + bare.start("number"),
        end=at + bare.end("number"),
    )


def _row_told(article: Article, header: Row, row: Row, number: DocumentNumber, home: str | None) -> DecisionTold:
    day: tuple[str, Read] | None = None
    stated: list[Stated] = []
    for place, head in enumerate(header.cells):
        cell = row.at(place)
        if cell is None:
            continue
        holds_number = cell.span.start <= number.start < cell.span.end
        if day is None and (holds_number or _says(_DAY_HEAD, head.text)):
            since = number.end - cell.span.start if holds_number else 0
            dates = [one for one in find_dates(cell.text) if one.start >= since and one.year is not None]
            if dates:
                span = Span(cell.span.start + dates[0].start, cell.span.start + dates[0].end)
                day = dates[0].iso, _read(article, span, head.span)
        counted = _COUNT_HEAD.fullmatch(_plain(head.text))
        if counted is not None and cell.text.isdecimal() and not holds_number:
            star = counted["named"] or counted["star"]
            stated.append(Stated(count=int(cell.text), star=int(star) if star else None, span=cell.span))
    # a ministry's number says whose it is; one of a people's committee is of the place the text is about
    central = number.issuer is not None and number.issuer.startswith("B") and not number.issuer.startswith("BCD")
    return DecisionTold(
        article_id=article.id,
        digest=article.digest,
        reported=True,
        start=row.start,
        end=row.end,
        number=number,
        number_read=_read(article, Span(number.start, number.end)),
        issued=None if day is None else day[0],
        issued_read=None if day is None else day[1],
        level="central" if central else None,
        place=None if central or number.issuer is None else home,
        stated=tuple(stated),
    )


def _says(pattern: re.Pattern[str], head: str) -> bool:
    return pattern.fullmatch(_plain(head)) is not None


def _plain(head: str) -> str:
    return " ".join(strip_marks(head).lower().strip(" .:*").split())


def _read(article: Article, span: Span, head: Span | None = None) -> Read:
    return Read(text=" ".join(span.of(article.text).split()), span=span, head=head)
