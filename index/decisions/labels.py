"""Lines that say something of all products below them: "I. Nhóm thực phẩm", "Xã Hải Hậu", "Sản phẩm đạt 4 sao"."""

import re
from dataclasses import dataclass, field

from index.decisions.addresses import Address, address_behind, parts_of_address, rank_of
from index.decisions.decision import Change, Doubt, Read
from index.decisions.grades import change_in, stars_in
from index.decisions.names import is_producer
from index.span import Span

_ENUMERATED = re.compile(r"\s*(?:(?:[IVXLC]{1,6}|[A-ZĐ]|\d{1,3}(?:\.\d{1,2})*)\s*[.):/-]\s*|[-–+*•]\s+)")
_COUNT = re.compile(
    r"\s*(?:[:;,–—-]\s*|\(\s*)?(?:gồm|có|tổng\s+số)?\s*\d{1,4}\s*(?:\([^()]*\)\s*)?(?:sản\s+phẩm|sp|chủ\s+thể)(?:\s+ocop)?"
    r"(?:[\s,;]+(?:của\s+|và\s+)?\d{1,4}\s+(?:sản\s+phẩm|sp|chủ\s+thể))*\s*\)?\s*[.:;]?$"
    r"|\s*[:;.]\s*$",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"(?:(?:thuộc|các\s+sản\s+phẩm|sản\s+phẩm|phân)\s+)*(?:nhóm|ngành(?:\s+hàng)?)(?!\s+(?:hộ|thực\s+hiện|công\s+tác))(?!\w)\s*"
    r"(?:sản\s+phẩm\s*|\d{1,2}\s*|[IVX]+\s*)?[:.–-]?\s*(?P<name>\S.*)?",
    re.IGNORECASE,
)
# The groups of Phụ lục I of QĐ 148/QĐ-TTg and of QĐ 26/2026/QĐ-TTg, and those of QĐ 1048/QĐ-TTg.
_GROUP_NAME = re.compile(
    r"(?:hàng\s+)?(?:thực\s+phẩm(?:[\s,]+(?:và\s+)?(?:tươi\s+sống|thô|sơ\s+chế|chế\s+biến|tiện\s+lợi|nông\s+sản|khác))*|"
    r"đồ\s+uống(?:\s+(?:có|không)(?:\s+chứa)?\s+cồn)?|thảo\s+dược|dược\s+liệu(?:\s+và\s+sản\s+phẩm\s+từ\s+dược\s+liệu)?|"
    r"(?:vải|may\s+mặc)(?:[\s,]+(?:và\s+)?(?:may\s+mặc|vải))?|"
    r"thủ\s+công\s+m[ỹĩ]\s+nghệ(?:[\s,]+(?:và\s+)?trang\s+trí)?|"
    r"lưu\s+niệm(?:[\s,–-]+(?:và\s+)?(?:nội\s+thất|trang\s+trí))*|sinh\s+vật\s+cảnh|"
    r"(?:dịch\s+vụ\s+)?du\s+lịch(?:[\s,]+(?:và\s+)?(?:du\s+lịch|dịch\s+vụ|cộng\s+đồng|nông\s+thôn|sinh\s+thái|"
    r"điểm|bán\s+hàng))*|gia\s+vị|chè|cà\s+phê,\s*ca\s*cao)",
    re.IGNORECASE,
)
_CALLED = re.compile(r"(?:tên\s+)?chủ\s+thể(?:\s+(?:sản\s+xuất|ocop))?\s*:\s*", re.IGNORECASE)
_MORE = re.compile(r"\s*trở\s+lên", re.IGNORECASE)
_LABEL_CHARS = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What one such line says, each where it is written; None where it says nothing of it."""

    star: int | None = None
    star_read: Read | None = None
    change: Change | None = None
    change_read: Read | None = None
    group: Read | None = None
    commune: Read | None = None
    district: Read | None = None
    province: Read | None = None
    producer: Read | None = None

    @property
    def kinds(self) -> frozenset[str]:
        """What it says something of."""
        names = ("star_read", "change_read", "group", "commune", "district", "province", "producer")
        return frozenset(name for name in names if getattr(self, name) is not None)


def label_of(text: str, start: int, end: int) -> Label:
    """What the line `text[start:end]` says of the products below it; nothing where it is no such line."""
    if end - start > _LABEL_CHARS:
        return Label()
    mark = _ENUMERATED.match(text, start, end)
    begin = mark.end() if mark else start
    stop = end
    count = _COUNT.search(text[begin:end])
    if count is not None and count.start() > 0:
        stop = begin + count.start()
    words = text[begin:stop].strip()
    begin += len(text[begin:stop]) - len(text[begin:stop].lstrip())
    if not words:
        return Label()
    at = Span(begin, begin + len(words))
    whole = Read(text=words, span=at)
    fields: dict[str, object] = {}
    rank = rank_of(words)
    if rank is not None:
        return Label(**{rank: whole})  # type: ignore[arg-type]
    called = _CALLED.match(words)
    if called is not None and called.end() < len(words):
        return _of_producer(text, Span(begin + called.end(), begin + len(words)))
    if is_producer(words):
        return _of_producer(text, at)
    stars = [one for one in stars_in(words) if not _MORE.match(words, one.end)]
    if len({one.star for one in stars}) == 1:
        span = stars[0].span(begin)
        fields |= {"star": stars[0].star, "star_read": Read(text=span.of(text), span=span)}
    if (change := change_in(words)) is not None:
        span = Span(begin + change[1], begin + change[2])
        fields |= {"change": change[0], "change_read": Read(text=span.of(text), span=span)}
    group = _GROUP.fullmatch(words)
    if (group is not None and group["name"] and not stars) or is_group(words):
        fields["group"] = whole
    return Label(**fields)  # type: ignore[arg-type]


def _of_producer(text: str, at: Span) -> Label:
    """A producer with what the line says of where it is: "Chủ thể: Hợp tác xã …, xã …, huyện …"."""
    words = at.of(text)
    cut = address_behind(words)
    end, start, stop = cut if cut is not None else (len(words), len(words), len(words))
    name = Span(at.start, at.start + end)
    parts = parts_of_address(text[: at.start + stop], at.start + start) if start < stop else Address()

    def read(span: Span | None, name_of: str) -> Read | None:
        doubts: tuple[Doubt, ...] = ("place",) if name_of in parts.guessed else ()
        return None if span is None else Read(text=span.of(text), span=span, doubts=doubts)

    return Label(
        producer=Read(text=name.of(text), span=name),
        commune=read(parts.commune, "commune"),
        district=read(parts.district, "district"),
        province=read(parts.province, "province"),
    )


def is_group(text: str) -> bool:
    """Whether a text is the name of one of the programme's groups and nothing else."""
    words = text.strip(" .:;")
    return len(words) <= _LABEL_CHARS and _GROUP_NAME.fullmatch(words) is not None and words.count(" ") <= 12


@dataclass(slots=True)
class Labels:
    """The labels that hold where the rows are read now.

    A label that opens a level anew ends those below it: with "B. Sản phẩm 3 sao" the group "II." under "A." is over.
    """

    _held: dict[str, Label] = field(default_factory=dict)
    _levels: list[str] = field(default_factory=list)

    def take(self, label: Label) -> None:
        """Let a label hold from here on."""
        for kind in sorted(label.kinds):
            if kind in self._levels:
                for lower in self._levels[self._levels.index(kind) + 1 :]:
                    if lower not in label.kinds:
                        self._held.pop(lower, None)
                del self._levels[self._levels.index(kind) + 1 :]
            else:
                self._levels.append(kind)
            self._held[kind] = label

    @property
    def held(self) -> bool:
        """Whether any holds."""
        return bool(self._held)

    def read(self, kind: str) -> Read | None:
        """What the label says that holds for a kind."""
        label = self._held.get(kind)
        return None if label is None else getattr(label, kind)

    def of(self, kind: str) -> Label | None:
        """The label that holds for a kind."""
        return self._held.get(kind)
