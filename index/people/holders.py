"""Who holds a public office, as a sentence says it: a name with its titles and bodies, or the office alone.

Only a stated public office makes someone recorded: directors of companies and co-operatives, makers, artisans and
heads of hamlets (no cadres or civil servants under the law on them, 80/2025/QH15) are not found here at all.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from index.people.body import BodyMention, find_bodies, place_end
from index.people.body_forms import printed
from index.people.names import CAPITAL, capital_run, name_from, name_until
from index.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A title with its body as a text says them: "Phó Chủ tịch" of "UBND tỉnh Nam Định".

    The spans may overlap ("Chánh Văn phòng" of "Văn phòng Điều phối …"). body: None where the title says all
    ("Bộ trưởng"). weak: the body is named by a word alone ("Chủ tịch Hội đồng"), which makes nobody recorded by itself.
    """

    title: Span
    body: Span | None
    weak: bool = False

    @property
    def whole(self) -> Span:
        """From the first word of the title to the last of the body."""
        return Span(self.title.start, max(self.title.end, self.body.end if self.body else 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A person in office, or an office without a name, at `text[start:end]`, the form of address included.

    offices: in the order printed; empty only for a person whose office was stated earlier.
    """

    start: int
    end: int
    name: Span | None
    offices: tuple[Office, ...]


# Titles that say an office only with the body after them, and those that say it alone. "Chủ t…" before "UBND" is
# "Chủ tịch" however it is misprinted ("Phó Chủ tỉnh UBND tỉnh").
_OF_A_BODY = (
    r"(?:phó )?chủ (?:tịch|t\w{1,4}(?= (?:UBND|HĐND|ủy ban)))(?: thường trực| TT)?|P?CT(?= (?:UBND|HĐND))|"
    r"(?:phó )?(?:tổng )?giám đốc(?: phụ trách)?|(?:phó )?bí thư(?: thường trực| TT| thứ nhất)?|"
    r"ủy viên(?: thường trực)?|(?:phó )?chánh (?:văn phòng|thanh tra)|(?:phó )?trưởng (?:ban|phòng|đoàn)|"
    r"(?:phó )?trưởng(?= BCĐ)|phó (?:ban|phòng|đoàn)|"
    r"(?:phó )?(?:chủ nhiệm|viện trưởng|tổ trưởng|hiệu trưởng)|phó (?:viện|tổ) trưởng|đại diện|lãnh đạo"
)
_ALONE = (
    r"tổng bí thư|(?:phó )?chủ tịch nước|(?:phó )?thủ tướng(?: thường trực)?|(?:phó )?(?:tổng |chi )?cục trưởng|"
    r"phó (?:tổng |chi )?cục trưởng|(?:phó )?vụ trưởng|bộ trưởng|thứ trưởng(?: thường trực)?|"
    r"(?:tỉnh|thành|huyện|thị|quận|đảng) ủy viên|đại biểu quốc hội|(?:phó )?chủ tịch quốc hội"
)
_TITLE = re.compile(
    rf"(?<![\w])(?:(?:nguyên|quyền|q\.) )?(?:(?P<alone>{printed(_ALONE)})|{printed(_OF_A_BODY)})(?![\w])", re.IGNORECASE
)
_SPEAKS_FOR = ("đại diện", "lãnh đạo")  # who only speaks for a body is recorded without a name
_OF = re.compile(r"(?: của)? ")
_PLACE_TITLE = re.compile(r"chủ tịch|bí thư", re.IGNORECASE)
_RANK = re.compile(r"(tỉnh|thành phố|huyện|thị xã|quận|xã|phường|thị trấn)(?![\w])")
_ONE_WORD = re.compile(r"(?:Sở|Bộ|[Hh]ội đồng|Ban Chỉ đạo)(?! (?:quản trị|thành viên|trường|khoa học|họ|thi))(?![\w])")
_DEGREES = (
    r"PGS\.? ?,? ?TS\.?|GS\.? ?,? ?TS\.?|TS\.?|ThS\.?|Th\.S\.?|KS\.?|BS\.?|LS\.?|tiến sĩ|thạc sĩ|kỹ sư|bác sĩ|luật sư|"
    r"(?:đại|thượng|trung|thiếu) (?:tướng|tá)"
)
_ADDRESS = re.compile(
    rf"(?<![\w])(?:(?:(?:các )?(?:ông|bà|anh|chị|đồng chí|đ/c)|{printed(_DEGREES)})[ :]+)+(?=\w)", re.IGNORECASE
)
_BEFORE_TITLE = re.compile(r"(?<![\w])(?:đồng chí|ông|bà|đ/c) $", re.IGNORECASE)
# "các đồng chí Phó Chủ tịch UBND tỉnh" are nobody in particular
_MANY = re.compile(r"(?<![\w])các (?:đồng chí |ông |bà )?$", re.IGNORECASE)
_BETWEEN_OFFICES = re.compile(r"(?:,|;? kiêm|,? đồng thời là| [-–]|:| \||,? làm)? (?:kiêm )?|/")
_BEFORE_OFFICE = re.compile(r"(?:,| [-–]|[-–]| \||:)? ?\(?(?:(?:hiện )?là |giữ chức (?:vụ )?|làm )?$")
_AFTER_OFFICE = re.compile(r"(?P<link> là )|(?P<near> )|(?P<far>,| [-–]|:) ")
_GOES_ON = re.compile(rf"(?:,| [-–]) {_TITLE.pattern}", re.IGNORECASE)
# What may stand before a name that no form of address announces.
_OPENS = re.compile(
    r"(?:^|[,;:(|•+*“\"–-] ?|\d\. ?|(?<![\w])(?:và|cùng|có|gồm|do|của|là|với|theo|gặp) )$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Name:
    start: int
    span: Span


Names = dict[int, _Name]


def find_offices(text: str, bodies: Sequence[BodyMention]) -> list[Office]:
    """The offices a text names, in order: titles with the bodies of `bodies` that follow them."""
    starts = {body.start: body for body in bodies if not body.general}
    found: list[Office] = []
    for match in _TITLE.finditer(text):
        title = Span(*match.span())
        if found and title.start < found[-1].whole.end:
            continue
        office = _office(text, title, starts, alone=match["alone"] is not None)
        if office is not None:
            found.append(office)
    return found


def _office(text: str, title: Span, starts: dict[int, BodyMention], *, alone: bool) -> Office | None:
    after = _OF.match(text, title.end)
    candidates = [title.start + word.start() for word in re.finditer(r"(?<= )\S", title.of(text))]
    if after is not None:
        candidates.append(after.end())
    for at in candidates:
        if at in starts and starts[at].end > title.end:
            return Office(title=title, body=Span(at, starts[at].end))
    if alone:
        return Office(title=title, body=None)
    if after is None or title.of(text).lower().startswith(_SPEAKS_FOR):
        return None
    if _PLACE_TITLE.search(title.of(text)) and (rank := _RANK.match(text, after.end())) is not None:
        return Office(title=title, body=Span(after.end(), place_end(text, rank.end(), rank[1])))
    word = _ONE_WORD.match(text, after.end())
    if word is None or (capital_run(text, word.end() + 1) and name_from(text, word.end() + 1) is None):
        return None  # "Giám đốc Sở Giao dịch hàng hóa" is no department's
    return Office(title=title, body=Span(*word.span()), weak=word[0] not in ("Sở", "Bộ"))


def find_holders(text: str, bodies: Sequence[BodyMention] | None = None, known: Collection[str] = ()) -> list[Holder]:
    """The people in office and the offices without a name that a sentence (NFC) states, in order, without overlaps.

    known: names whose office was stated before; they are found without a title too.
    """
    known = [name for name in known if name in text]
    if not known and _TITLE.search(text) is None:
        return []
    offices = find_offices(text, find_bodies(text) if bodies is None else bodies)
    if not offices and not known:
        return []
    addressed = [name for match in _ADDRESS.finditer(text) if (name := _addressed(text, match)) is not None]
    by_start, by_end = {name.start: name for name in addressed}, {name.span.end: name for name in addressed}
    holders: list[Holder] = []
    for group in _groups(text, offices):
        for holder in _holders_of(text, group, by_start, by_end, holders[-1] if holders else None):
            if holders and holder.name is not None and holder.name == holders[-1].name:
                former = holders.pop()
                holders.append(replace(former, end=holder.end, offices=(*former.offices, *holder.offices)))
            else:
                holders.append(holder)
    kept = [holder for holder in holders if any(not office.weak for office in holder.offices)]
    kept.extend(_known(text, known, kept))
    return sorted(kept, key=lambda holder: holder.start)


def own_bodies(text: str, bodies: Sequence[BodyMention], holders: Sequence[Holder]) -> list[BodyMention]:
    """The particular bodies that stand for themselves: not those of an office, nor those added in brackets."""
    found: list[BodyMention] = []
    at = 0
    for body in bodies:
        while at < len(holders) and holders[at].end <= body.start:
            at += 1
        bracketed = text[max(0, body.start - 1) : body.start] == "(" and text[body.end : body.end + 1] == ")"
        if not body.general and not bracketed and (at == len(holders) or holders[at].start >= body.end):
            found.append(body)
    return found


def _addressed(text: str, match: re.Match[str]) -> _Name | None:
    end = name_from(text, match.end(), addressed=True)
    return _Name(match.start(), Span(match.end(), end)) if end is not None else None


def _groups(text: str, offices: Sequence[Office]) -> Iterator[list[Office]]:
    """Offices that follow one another with nothing between but a comma, a dash or "kiêm"."""
    group: list[Office] = []
    for office in offices:
        if group and not _BETWEEN_OFFICES.fullmatch(text, group[-1].whole.end, office.title.start):
            yield group
            group = []
        group.append(office)
    if group:
        yield group


def _holders_of(text: str, group: list[Office], by_start: Names, by_end: Names, former: Holder | None) -> list[Holder]:
    least = former.end if former is not None else 0
    before = _name_before(text, group[0].title.start, by_end, former)
    after = _name_after(text, group[-1], by_start, far=before is None)
    if before is not None and after is not None:
        # "ông A, Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh B": the last office is the second person's
        one = [_holder(text, before, group[:-1])] if len(group) > 1 else []
        return [*one, _holder(text, after, group[-1:])]
    name = before or after
    if name is not None:
        return [_holder(text, name, group)]
    return [
        Holder(start=_with_address(text, start), end=office.whole.end, name=None, offices=(office,))
        for office in group
        if not office.weak
        and (start := office.title.start) >= least
        and not _MANY.search(text, max(0, start - 16), start)
    ]


def _holder(text: str, name: _Name, offices: Sequence[Office]) -> Holder:
    start, end = min(name.start, offices[0].title.start), max(name.span.end, offices[-1].whole.end)
    if text[end : end + 1] == ")" and "(" in text[start:end]:
        end += 1
    return Holder(start=_with_address(text, start), end=end, name=name.span, offices=tuple(offices))


def _with_address(text: str, start: int) -> int:
    """Where the form of address before a title begins: "đồng chí Phó Chủ tịch UBND tỉnh …"."""
    match = _BEFORE_TITLE.search(text, max(0, start - 12), start)
    return start if match is None else match.start()


def _name_before(text: str, at: int, by_end: Names, former: Holder | None) -> _Name | None:
    joint = _BEFORE_OFFICE.search(text, max(0, at - 24), at)
    if joint is None:
        return None
    end = joint.start()
    if end in by_end:
        return by_end[end]
    if former is not None and former.name is not None and former.name.end == end:
        return _Name(former.start, former.name)
    if not joint[0].strip():
        return None  # "Nguyễn Văn An Giám đốc": only a form of address vouches for that
    start = name_until(text, end, former.end if former is not None else 0)
    if start is None or not _OPENS.search(text, max(0, start - 12), start):
        return None
    return _Name(start, Span(start, end))


def _name_after(text: str, office: Office, by_start: Names, *, far: bool) -> _Name | None:
    joint = _AFTER_OFFICE.match(text, office.whole.end)
    if joint is None or (joint["far"] is not None and not far):
        return None
    if office.title.of(text).lower().startswith(_SPEAKS_FOR):
        return None
    name = by_start.get(joint.end())
    if name is not None:
        return None if joint["far"] is not None and _GOES_ON.match(text, name.span.end) else name
    if joint["near"] is None:
        return None
    end = name_from(text, joint.end())
    return _Name(joint.end(), Span(joint.end(), end)) if end is not None else None


def _known(text: str, known: Collection[str], holders: Sequence[Holder]) -> list[Holder]:
    """The people stated before whom a sentence names without their office, with a bare title where one stands there."""
    if not known:
        return []
    taken = bytearray(len(text))
    for holder in holders:
        taken[holder.start : holder.end] = b"1" * (holder.end - holder.start)
    forms = {match.end(): match.start() for match in _ADDRESS.finditer(text)}
    titles = {match.end() + 1: match for match in _TITLE.finditer(text)}
    found: list[Holder] = []
    for match in re.finditer(rf"(?<![\w])(?:{'|'.join(map(re.escape, known))})(?![\w])(?! [{CAPITAL}])", text):
        if any(taken[match.start() : match.end()]):
            continue
        start = forms.get(match.start(), match.start())
        title = titles.get(start)
        offices = () if title is None else (Office(title=Span(*title.span()), body=None),)
        start = start if title is None else title.start()
        found.append(Holder(start=start, end=match.end(), name=Span(*match.span()), offices=offices))
    return found
