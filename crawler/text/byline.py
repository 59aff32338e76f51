"""Who wrote it, as Vietnamese articles close: "Tin, ảnh: ...", "Tác giả: ...", "H.T", "Lan Anh, Minh Quân/ABC"."""

import re
from dataclasses import dataclass

_WROTE = re.compile(
    r"(?:tin|bài)(?: viết)?\s*(?:,|và|&|-|/)\s*(?:ảnh|video|clip|hình|bài)(?:\s*(?:,|và|&)\s*(?:ảnh|video|clip))?\s*:"
    r"\s*(?P<wrote>\S.{0,100})"
    r"|(?:tác giả|người viết|thực hiện|bài viết|tin bài|biên soạn|(?:viết |thực hiện )?bởi|(?:written )?by)"
    r"(?: bài viết)?\s*:\s*(?P<author>\S.{0,100})",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"(?:nguồn(?: tin| bài)?|theo|trích(?: nguồn)?|tin|bài|p\.?v)\s*:\s*(?P<source>\S.{0,120})"
    r"|(?P<after>[Tt]heo [A-ZĐÀ-Ỹ].{1,60})",
)
_WORD = r"[A-ZĐÀ-Ỹ][\w.'’]*"
_NAMES = re.compile(
    rf"(?:(?:PV|CTV|BBT|Ths|TS|BTV)\.?\s+)?(?:{_WORD})(?:(?:\s*[,/&–-]\s*|\s+)(?:và\s+)?{_WORD}){{0,9}}(?:\s*\([^()]{{1,40}}\))?"
)
_FURTHER = re.compile(
    r"(?:(?:ảnh|hình|video|clip|đồ họa|thiết kế|trình bày|kỹ thuật|biên tập|dựng|quay phim|infographic)"
    r"(?:\s*(?:,|và|&|-)\s*)?){1,3}\s*:\s*(?P<name>[^.!?]{1,80}\.?)",
    re.IGNORECASE,
)
# Without a colon only before a name: "Bởi vậy" begins a sentence.
_BY = re.compile(rf"(?:(?:[Vv]iết |[Tt]hực hiện )?[Bb]ởi|(?:[Ww]ritten )?[Bb]y) (?P<name>{_NAMES.pattern})")
_EDITORS = re.compile(
    r"(?:Ban|Tổ|Phòng|Bộ phận) (?:[Bb]iên tập|[Qq]uản trị|[Tt]ruyền thông|[Tt]in|[Tt]hời sự)(?: \w[^.!?:;]{1,40})?"
)
_OFFICE = re.compile(
    r"(?:(?:TM|KT|TL|TUQ|Q)\.|(?:phó )?(?:chủ tịch|trưởng (?:ban|phòng|đoàn)|giám đốc|bí thư|chánh văn phòng|"
    r"cục trưởng|vụ trưởng|viện trưởng|bộ trưởng|thứ trưởng|hiệu trưởng|chủ nhiệm|thủ tướng)\b).{0,60}",
    re.IGNORECASE,
)
_UPPER_SENTENCE = re.compile(r"[A-ZĐÀ-Ỹ\s]{25,}")
# The names that systems give to whoever logs in are nobody's.
_ACCOUNT = re.compile(
    r"(?:site |web ?)?admin(?:istrator)?\d*|web ?master|super ?user|quản trị(?: viên| hệ thống| website| cổng)?|root|"
    r"editor|guest|anonymous|user\d*",
    re.IGNORECASE,
)
_MAX_NAMES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """`name` as printed; `strong`: the label leaves no doubt, so that what follows is no longer this article."""

    name: str
    strong: bool
    source: bool = False


def labelled_byline(line: str) -> Byline | None:
    """A closing line that says by a label who wrote the text or where it was taken from; None if it is no such line."""
    wrote = _WROTE.fullmatch(line)
    if wrote is not None:
        return Byline(name=(wrote["wrote"] or wrote["author"]).strip(" ./"), strong=True)
    by = _BY.fullmatch(line)
    if by is not None:
        return Byline(name=by["name"].strip(" ./"), strong=False)
    source = re.fullmatch(_SOURCE.pattern, line, re.IGNORECASE) if ":" in line else _SOURCE.fullmatch(line)
    if source is not None and len(line) <= 140 and not line.endswith((".", ";", ":")):
        return Byline(name=(source["source"] or source["after"]).strip(" ./"), strong=False, source=True)
    return None


def is_account(name: str) -> bool:
    """Whether a name is that of an account, not of a person or desk ("admin", "webmaster", "Super User")."""
    return _ACCOUNT.fullmatch(name) is not None


def signing_office(line: str) -> bool:
    """Whether the line names the office in which somebody signs; the name below it is no author's."""
    return _OFFICE.fullmatch(line) is not None


def further_byline(line: str) -> Byline | None:
    """A line below a closing byline that names who did another part ("Ảnh: ...", "Thiết kế: ..."); else None.

    Only to be asked there: "Ảnh: ..." elsewhere credits a photograph.
    """
    found = _FURTHER.fullmatch(line)
    return Byline(name=found["name"].strip(" ./"), strong=False, source=True) if found is not None else None


def bare_byline(line: str) -> Byline | None:
    """A closing line of names or initials alone ("H.T", "Minh Anh - Thu Hà"); None if it is no such line.

    Only to be asked of the last lines of a text: the same words elsewhere may be a caption.
    """
    if (
        len(line) > _MAX_NAMES
        or any(char.isdigit() for char in line)
        or _UPPER_SENTENCE.fullmatch(line)
        or signing_office(line)
    ):
        return None
    name = line.strip(" .")
    return Byline(name=name, strong=False) if _NAMES.fullmatch(name) or _EDITORS.fullmatch(name) else None
