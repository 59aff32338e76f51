"""Legal texts: Chương, Mục, Điều, khoản, điểm, Phụ lục and Mẫu as nested sections; number, name and signing date.

The forms are those of Nghị định 30/2020/NĐ-CP (công tác văn thư), Phụ lục I: Điều are numbered through the document,
khoản are "1." within an Điều, điểm "a)" within a khoản in the order of the Vietnamese alphabet without f, j, w, z.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from crawler.article import Kind
from crawler.draft import Bin, Draft, Line, Unit, relabel
from crawler.text.dates import signing_date
from crawler.text.noise import noise

_ROMAN = r"[IVXLC]+"
_CHAPTER = re.compile(rf"(?:Chương|CHƯƠNG)\s+(?P<number>{_ROMAN}|\d+)\b\s*[.:–-]?\s*(?P<title>.*)")
_PART = re.compile(rf"(?:Phần|PHẦN)\s+(?:thứ\s+)?(?P<number>{_ROMAN}|\d+|[A-E])\b\s*[.:–-]?\s*(?P<title>.*)")
_DIVISION = re.compile(rf"(?:Mục|MỤC)\s+(?P<number>{_ROMAN}|\d+)\b\s*[.:–-]?\s*(?P<title>.*)")
_ARTICLE = re.compile(r"(?:Điều|ĐIỀU)\s+(?P<number>\d+[a-zđ]?)\s*(?:[.:]|[–-]\s)\s*(?P<title>.*)")
_CLAUSE = re.compile(r"(?:Khoản\s+)?(?P<number>\d{1,3})\s?[.:)]\s+(?P<title>\S.*)")
_POINT = re.compile(r"(?:Điểm\s+)?(?P<number>[a-zđ])\s?[).:]\s+(?P<title>\S.*)")
_APPENDIX = re.compile(rf"(?:PHỤ LỤC|Phụ lục)(?:\s+(?P<number>{_ROMAN}|\d+))?(?P<mark>\s*[.:–-])?\s*(?P<title>.*)")
_FORM = re.compile(r"(?:Mẫu|MẪU)(?:\s+(?:số|SỐ))?\s+(?P<number>\d{1,2}[a-zđ]?)\b\s*[.:–-]?\s*(?P<title>.*)")
_ROMAN_ITEM = re.compile(rf"(?P<number>{_ROMAN})\.\s+(?P<title>\S.*)")
_NUMBER = re.compile(
    r"(?P<number>\d{1,5}(?:/\d{4})?/(?:[A-ZĐ]{2,8}(?:-[A-ZĐ][A-Za-zĐđ]{1,14})*|QH\d{1,2}|UBTVQH\d{1,2}))"
)
_NUMBER_LINE = re.compile(rf"(?:Luật |Nghị quyết )?[Ss][ốôóồỗộ]\s*:?\s*{_NUMBER.pattern}")
_TYPES = (
    "Quyết định", "Nghị định", "Nghị quyết", "Thông tư", "Thông tư liên tịch", "Luật", "Chỉ thị", "Kế hoạch",
    "Hướng dẫn",
    "Quy chế", "Quy định", "Công văn", "Thông báo",
)  # fmt: skip
_MOTTO = re.compile(
    r"C[ỘÔ]NG H[ÒO]A X[ÃA] HỘI CHỦ NGHĨA VIỆT NAM|Độc lập\s*[-–]\s*Tự do\s*[-–]\s*Hạnh phúc", re.IGNORECASE
)
_SIGNATURE = re.compile(r"(?:Nơi nhận\s*:?|(?:TM|T\.M|KT|TL|TUQ|Q)\.\s*[A-ZĐÀ-Ỹ].*)")
_BLANK_FORM = re.compile(r"[\s.…_]{3,}")
_ORDER = "abcdđeghiklmnopqrstuvxy"
_TITLE_MAX_CHARS = 200
_HEAD_LINES = 25


# What the middle of a number says the paper is (Nghị định 30/2020/NĐ-CP, Phụ lục III).
_TYPE_OF_SIGN = {
    "QĐ": "Quyết định", "NQ": "Nghị quyết", "KH": "Kế hoạch", "TB": "Thông báo", "CT": "Chỉ thị", "HD": "Hướng dẫn",
    "BC": "Báo cáo", "TTr": "Tờ trình", "NĐ": "Nghị định", "TT": "Thông tư",
}  # fmt: skip
_SUBJECT = re.compile(r"(?:Về việc|V/v)\s*:?\s+(?P<name>\S.*)")
_ISSUER_WITHOUT_PLACE = re.compile(r"(?:ỦY|UỶ) BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|BAN CHỈ ĐẠO|VĂN PHÒNG ĐIỀU PHỐI")
_PLACE_IN_CAPITALS = re.compile(r"(?:TỈNH|THÀNH PHỐ|THỊ XÃ|HUYỆN|QUẬN|XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU)\s.{2,60}")


@dataclass(slots=True)
class _Open:
    rank: int
    label: str
    heading: str
    first: int


def is_legal(texts: Sequence[str]) -> bool:
    """Whether these lines are a legal document itself: its own number at its head, then Điều 1, Điều 2, ...

    A text that reports or summarises a document names it in sentences, so it has no such head.
    """
    articles = [match["number"] for match in map(_ARTICLE.match, texts) if match]
    if "1" not in articles or "2" not in articles:
        return False
    start = next(index for index, text in enumerate(texts) if _ARTICLE.match(text))
    head = texts[:start]
    return any(_NUMBER_LINE.fullmatch(text) for text in head) and any(
        _MOTTO.search(text) or text.capitalize() in _TYPES for text in head
    )


def is_paper(texts: Sequence[str]) -> bool:
    """Whether these lines are an official paper, in articles or not, by its head.

    That is the nation's motto with the paper's number or, where the number was written by hand and cannot be read, with
    the name of its kind and the line of place and date.
    """
    head = texts[:_HEAD_LINES]
    if not any(_MOTTO.search(text) for text in head):
        return False
    named = any(text.strip(" :.").capitalize() in _TYPES for text in head)
    return any(_NUMBER_LINE.fullmatch(text) for text in head) or (named and any(map(signing_date, head)))


def issuer_goes_on(text: str, below: str) -> bool:
    """Whether a line of an official head is the issuer's name and the line below it the rest: its province."""
    return (
        below.isupper()
        and _ISSUER_WITHOUT_PLACE.fullmatch(text) is not None
        and _PLACE_IN_CAPITALS.fullmatch(below) is not None
    )


def opens_layout(texts: Iterable[str]) -> bool:
    """Whether these cells are the head or the signatures of an official paper, which tables only place side by side."""
    return any(_MOTTO.search(text) or _SIGNATURE.fullmatch(text) for text in texts)


def kind_of_number(number: str) -> Kind:
    """Central legal documents are "regulation"; decisions of a province, district or ministry's unit "decision"."""
    suffix = number.rsplit("/", 1)[1]
    if suffix.startswith(("QH", "UBTVQH", "NĐ", "TT", "TTLT")) or suffix in {
        "QĐ-TTg",
        "NQ-CP",
        "CT-TTg",
        "NQ-TW",
        "CĐ-TTg",
    }:
        return "regulation"
    return "decision"


def draft_legal(lines: Sequence[Line]) -> Draft:
    """Read the lines of a legal document. Nothing but rules and blanks of forms is dropped: repeats are meant there.

    A paper without articles (a plan, a notice) has its sections numbered as those of an appendix are: I, 1, a.
    """
    dropped = Bin()
    kept: list[Line] = []
    lines = _with_whole_issuer(lines)
    start = _body_start([line.text for line in lines])
    first = _first_line(lines, start)
    for index, line in enumerate(lines):
        if index < first:
            dropped.add(line.text, "trước văn bản")
        elif _BLANK_FORM.fullmatch(line.text) or noise(line.text) == "đường kẻ":
            dropped.add(line.text, "đường kẻ hoặc chỗ trống của biểu mẫu")
        else:
            kept.append(line)
    texts = [line.text for line in kept]
    start = _body_start(texts)
    number = next((match["number"] for match in map(_NUMBER_LINE.fullmatch, texts[:start]) if match), None)
    signed = next((day for day in map(signing_date, texts[: start + 1]) if day), None)
    if signed is None:
        signed = next((day for day in map(signing_date, texts[start:]) if day), None)
    sections = units(kept, in_articles=any(map(_ARTICLE.match, texts)))
    return Draft(
        title=_title(texts, start, number),
        lines=with_roles(kept, sections),
        units=sections,
        dropped=tuple(dropped.items),
        author=_issuer(texts, start),
        published=signed,
        kind=kind_of_number(number) if number else None,
    )


def _with_whole_issuer(lines: Sequence[Line]) -> list[Line]:
    """The lines, an issuer's name on two lines of the head as one."""
    whole: list[Line] = []
    for line in lines:
        if whole and len(whole) <= _HEAD_LINES * 4 and issuer_goes_on(whole[-1].text, line.text):
            whole[-1] = replace(whole[-1], text=f"{whole[-1].text} {line.text}")
        else:
            whole.append(line)
    return whole


def _body_start(texts: Sequence[str]) -> int:
    """The first Điều; in a paper without any, as far as a head may reach."""
    first = next((index for index, text in enumerate(texts) if _ARTICLE.match(text)), None)
    return first if first is not None else min(len(texts), _HEAD_LINES)


def _first_line(lines: Sequence[Line], start: int) -> int:
    """Where the document begins: the issuer's name above the number, not the page's menu before it."""
    head = range(max(0, start - _HEAD_LINES * 4), start)
    marks = [i for i in head if _MOTTO.search(lines[i].text) or _NUMBER_LINE.fullmatch(lines[i].text)]
    if not marks:
        return 0
    first = marks[0]
    for index in range(marks[0] - 1, max(marks[0] - 5, -1), -1):
        if _issuer_line(lines[index].text):
            first = index
        elif noise(lines[index].text) != "đường kẻ":
            break
    return first


def _title(texts: Sequence[str], start: int, number: str | None) -> str:
    """ "Quyết định 26/2026/QĐ-TTg: Ban hành ..." of the document's own words.

    The name is printed in capitals under the type; where the text writes the same words in a sentence, that spelling
    is taken, else the capitals stay.
    """
    for index, text in enumerate(texts[:start]):
        kind = text.strip(" :.").capitalize()
        if kind not in _TYPES:
            continue
        name: list[str] = []
        for line in texts[index + 1 : start]:
            if _MOTTO.search(line) or _NUMBER_LINE.fullmatch(line) or signing_date(line):
                continue  # the head's other column
            if (
                line.startswith(("Căn cứ", "CĂN CỨ", "Theo đề nghị", "Xét"))
                or _CHAPTER.match(line)
                or (name and not line.isupper())
            ):
                break
            if _issuer_line(line) or len(" ".join([*name, line])) > 2 * _TITLE_MAX_CHARS:
                break
            name.append(line)
        words = _mixed_case(" ".join(name), texts[index + 1 + len(name) :]) or _subject(texts[:start])
        label = f"{kind} {number}" if number else kind
        return f"{label}: {words}" if words else label
    if number is None:
        return texts[0][:_TITLE_MAX_CHARS]
    sign = number.rsplit("/", 1)[1].split("-")[0]
    label = f"{_TYPE_OF_SIGN.get(sign, 'Văn bản')} {number}"
    words = _subject(texts[:start])
    return f"{label}: {words}" if words else label


def _subject(head: Sequence[str]) -> str:
    """What the paper is about, where a line of its head says "Về việc ..."."""
    line = next((text for text in head if _SUBJECT.fullmatch(text)), "")
    return line.replace("V/v", "Về việc", 1)


def _mixed_case(capitals: str, texts: Sequence[str]) -> str:
    if not capitals or not capitals.isupper():
        return capitals
    for text in texts:
        position = text.casefold().find(capitals.casefold())
        if position >= 0 and not text.isupper():
            found = text[position : position + len(capitals)]
            if not found.isupper():
                return found[0].upper() + found[1:]
    return capitals


def _issuer_line(text: str) -> bool:
    return re.fullmatch(
        r"(?:THỦ TƯỚNG CHÍNH PHỦ|CHÍNH PHỦ|QUỐC HỘI|ỦY BAN NHÂN DÂN.{0,60}|UỶ BAN NHÂN DÂN.{0,60}|CHỦ TỊCH.{0,60}|"
            r"BỘ (?!TIÊU CHÍ).{0,60}|"
        r"BỘ TRƯỞNG.{0,60}|HỘI ĐỒNG NHÂN DÂN.{0,60}|SỞ .{0,60})",
        text,
    ) is not None  # fmt: skip


def _issuer(texts: Sequence[str], start: int) -> str | None:
    """The body at the head of the document, in the spelling its text uses for it."""
    for text in texts[:start]:
        if _issuer_line(text):
            return _mixed_case(text, texts)
    return None


def with_roles(lines: Sequence[Line], sections: Sequence[Unit]) -> tuple[Line, ...]:
    """Points are items; a line that names a Chương, Điều, Phụ lục or Mẫu is a heading unless it is a sentence."""
    result = list(lines)
    for unit in sections:
        line = lines[unit.first]
        if not unit.label or line.role == "row":
            continue
        named = unit.label.startswith(("Chương", "Điều", "Mục", "Phụ lục", "Mẫu", "Phần")) or unit.heading.isupper()
        alone = len(line.text) <= len(unit.label) + 2
        if named and (unit.heading or alone) and len(line.text) <= _TITLE_MAX_CHARS:
            result[unit.first] = relabel(line, "heading", unit.level)
            after = unit.first + 1
            # The title of a chapter or an appendix is printed on the line below its number.
            if after <= unit.last and alone and lines[after].text == unit.heading:
                result[after] = relabel(lines[after], "heading", unit.level)
        else:
            result[unit.first] = relabel(line, "item" if unit.label.startswith("điểm") else "paragraph")
    return tuple(result)


def units(lines: Sequence[Line], *, in_articles: bool = True) -> tuple[Unit, ...]:
    """The nested sections of a text in articles, or of one that summarises such a text under "Điều n" headings.

    Khoản are counted within their Điều and điểm within their khoản: a number that does not follow the one before it
    opens nothing, so that a year, a list or a quoted clause is not taken for a clause. Where nothing is in articles,
    the text is counted as an appendix is.
    """
    result: list[Unit] = []
    stack: list[_Open] = []
    clause, point, roman = 0, -1, False
    appendix = not in_articles

    def close(rank: int, last: int) -> None:
        while stack and stack[-1].rank >= rank:
            done = stack.pop()
            result.append(
                Unit(
                    label=done.label,
                    heading=done.heading,
                    level=len(stack) + 1,
                    first=done.first,
                    last=max(last, done.first),
                )
            )

    for index, line in enumerate(lines):
        text = line.text
        if line.role in ("row", "caption", "byline"):
            continue
        opened: _Open | None = None
        below = lines[index + 1].text if index + 1 < len(lines) and lines[index + 1].role != "row" else ""
        if match := _CHAPTER.fullmatch(text):
            appendix, opened = False, _Open(10, f"Chương {match['number']}", _name(match["title"], below), index)
        elif (match := _APPENDIX.fullmatch(text)) and _is_appendix(match, text):
            appendix = True
            number = f" {match['number']}" if match["number"] else ""
            opened = _Open(10, f"Phụ lục{number}", _name(match["title"], below), index)
        elif appendix and (match := _FORM.fullmatch(text)) and len(text) <= _TITLE_MAX_CHARS:
            opened = _Open(20, f"Mẫu số {match['number']}", _name(match["title"], below), index)
        elif (match := _PART.fullmatch(text)) and len(text) <= 120:
            rank = 25 if appendix else 5
            opened = _Open(rank, f"Phần {match['number']}", _name(match["title"], below), index)
        elif (match := _DIVISION.fullmatch(text)) and len(text) <= _TITLE_MAX_CHARS:
            opened = _Open(30, f"Mục {match['number']}", _name(match["title"], below), index)
        elif (match := _ARTICLE.fullmatch(text)) and not appendix:
            title = match["title"]
            opened = _Open(50, f"Điều {match['number']}", "" if _is_sentence(title) else title, index)
        elif line.role == "heading":
            opened = _Open(40 + line.level, "", text, index)
        elif _SIGNATURE.fullmatch(text) and not appendix and any(unit.rank == 50 for unit in stack):
            close(0, index - 1)
            clause, point = 0, -1
            continue
        elif appendix and (match := _ROMAN_ITEM.fullmatch(text)) and (roman or match["number"] == "I"):
            roman = True
            opened = _Open(55, f"mục {match['number']}", _short(match["title"], below), index)
        elif (match := _CLAUSE.fullmatch(text)) and int(match["number"]) == clause + 1 and stack:
            if appendix or any(unit.rank == 50 for unit in stack):
                clause, point = clause + 1, -1
                label = f"{'mục' if appendix else 'khoản'} {clause}"
                opened = _Open(60, label, _short(match["title"], below), index)
        elif (
            (match := _POINT.fullmatch(text))
            and match["number"] in _ORDER[point + 1 : point + 2]
            and any(unit.rank in (50, 60) for unit in stack)
            and not (appendix and clause == 0)
        ):
            point += 1
            opened = _Open(70, f"điểm {match['number']}", _short(match["title"], below), index)
        if opened is None:
            continue
        close(opened.rank, index - 1)
        if opened.rank < 60:
            clause, point = 0, -1
            roman = roman and opened.rank == 55
        stack.append(opened)
    close(0, len(lines) - 1)
    return tuple(sorted(result, key=lambda unit: (unit.first, unit.level)))


def heading_units(lines: Sequence[Line]) -> tuple[Unit, ...]:
    """Sections of any text: by Điều where it has at least two such lines, else by its headings alone."""
    if sum(_ARTICLE.match(line.text) is not None for line in lines) >= 2:
        return units(lines)
    result: list[Unit] = []
    stack: list[tuple[int, int]] = []

    def close(level: int, last: int) -> None:
        while stack and stack[-1][0] >= level:
            _, first = stack.pop()
            result.append(Unit(label="", heading=lines[first].text, level=len(stack) + 1, first=first, last=last))

    end = max((index for index, line in enumerate(lines) if line.role != "byline"), default=-1)
    for index, line in enumerate(lines):
        if line.role == "heading":
            close(line.level, index - 1)
            stack.append((line.level, index))
    close(0, end)
    return tuple(sorted(result, key=lambda unit: (unit.first, unit.level)))


def _is_appendix(match: re.Match[str], text: str) -> bool:
    """A line of its own: capitals, or nothing but the number and a marked title ("Phụ lục II: ...")."""
    return len(text) <= _TITLE_MAX_CHARS and (
        text.startswith("PHỤ LỤC") or not match["title"] or (match["number"] is not None and bool(match["mark"]))
    )


def _name(title: str, below: str) -> str:
    """The title on the unit's own line, else the line below where that is all in capitals."""
    if title:
        return title
    return below if below.isupper() and len(below) <= 2 * _TITLE_MAX_CHARS and not _ARTICLE.match(below) else ""


def _is_sentence(title: str) -> bool:
    return len(title) > _TITLE_MAX_CHARS or title.endswith((".", ";"))


def _short(title: str, below: str) -> str:
    """A clause's title: short words without final mark above other text, as in "1. Phạm vi điều chỉnh"."""
    if len(title) > 140 or title.endswith((".", ";", ",", "…")) or ". " in title or not below:
        return ""
    return title.rstrip(" :")
