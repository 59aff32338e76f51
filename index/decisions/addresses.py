"""Commune, district and province of an address, as written, where its words or its order tell which is which."""

import re
from dataclasses import dataclass

from index.places.districts import districts_called
from index.places.named import find_places, province_key
from index.places.provinces import PROVINCES
from index.places.spelling import fold_tone
from index.span import Span
from index.text import CAPITALS

_COMMUNE = re.compile(
    r"(?:(?<!tác )(?<!thị )xã|phường|thị trấn|đặc khu|TT\.?(?=\s)|X\.|P\.)\s*(?=[^\W_])", re.IGNORECASE
)
_DISTRICT = re.compile(r"(?:huyện|quận|thị xã|TX\.?|H\.|Q\.)\s*(?=[^\W_])", re.IGNORECASE)
_CITY = re.compile(r"(?:thành phố|TP\.?)\s*(?=[^\W_])", re.IGNORECASE)
_PROVINCE = re.compile(r"(?:tỉnh|T\.)\s*(?=[^\W_])", re.IGNORECASE)
# A name is over where another part begins.
_PARTS = re.compile(r"\s*(?:[,;()]|\s[-–—]\s|[-–—](?=\s)|\.\s*$|(?<=\w{3})\.\s+(?=[A-ZĐ]))\s*")
_HAMLET = re.compile(
    r"(?:thôn|bản|ấp|xóm|làng|tổ(?:\s+dân phố)?|khu(?:\s+(?:phố|dân cư|vực|công nghiệp))?|khóm|buôn|số|đường|đội|"
    r"tiểu khu|phố|ngõ|lô|quốc lộ|cụm)(?!\w)",
    re.IGNORECASE,
)
_HAMLET_ALONE = re.compile(
    rf"(?:thôn|ấp|xóm|khóm|buôn|tiểu khu|tổ dân phố|khu phố|số)\s+(?-i:[{CAPITALS}\d])", re.IGNORECASE
)
_NAME_WORDS = 5
_TELEPHONE = re.compile(r"[,;.(]?\s*(?:đt|sđt|điện\s+thoại|tel)\s*[:.].*$", re.IGNORECASE)
_ADDRESS_LABEL = re.compile(r"[\s,;.(–-]*(?:địa\s+chỉ|đ/c|trụ\s+sở)\s*(?:tại\s*)?[:.]?\s*", re.IGNORECASE)
_NOTHING = re.compile(r"[-–—.…]*|không|nt|như trên", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The parts of an address, each where it stands in the text it was read from; None where it is not told.

    guessed: parts that only their place in the order tells, without a word for their rank.
    """

    commune: Span | None = None
    district: Span | None = None
    province: Span | None = None
    guessed: frozenset[str] = frozenset()


def parts_of_address(text: str, start: int = 0) -> Address:
    """The parts of the address `text[start:]`: "Thôn 3, xã Hải Hậu, huyện Hải Hậu, tỉnh Nam Định", "Lim, Tiên Du"."""
    found: dict[str, Span] = {}
    guessed: set[str] = set()
    pieces = _pieces(text, start)
    for piece in pieces:
        rank = _rank(text, piece)
        if rank is not None:
            found.setdefault(rank, piece)
    loose = [piece for piece in pieces if _rank(text, piece) is None and not _HAMLET.match(text, piece.start)]
    if loose and "province" not in found and loose[-1] == pieces[-1] and _is_province(loose[-1].of(text)):
        found["province"] = loose.pop()
        guessed.add("province")
    if loose and "district" not in found and _of_level(loose[-1], pieces, found, "province"):
        districts = districts_called(loose[-1].of(text))
        if districts and any(fold_tone(loose[-1].of(text)) == fold_tone(one.name) for one in districts):
            found["district"] = loose.pop()
            guessed.add("district")
    if loose and "commune" not in found and "district" in guessed and len(loose) == 1:
        found["commune"] = loose.pop()
        guessed.add("commune")
    return Address(
        commune=found.get("commune"),
        district=found.get("district"),
        province=found.get("province"),
        guessed=frozenset(guessed),
    )


def is_place(text: str) -> bool:
    """Whether a text is a place with its rank: "Xã Hải Hậu", "Huyện Giao Thủy", "Thôn 3", "Bản Lùng, xã Khe Giang".

    "Làng nghề", "Tổ yến" and "Khu du lịch" open names of products too: they need another part behind them.
    """
    pieces = _pieces(text, 0)
    if not pieces or _rank(text, pieces[0]) is not None or _HAMLET_ALONE.match(text) is not None:
        return bool(pieces)
    return _HAMLET.match(text) is not None and any(_rank(text, piece) is not None for piece in pieces[1:])


def is_one_name(text: str) -> bool:
    """Whether a text is one name without a rank, and no hamlet's: "Hòn Khô"."""
    pieces = _pieces(text, 0)
    return len(pieces) == 1 and text[:1].isupper() and _HAMLET.match(text) is None and len(text.split()) <= _NAME_WORDS


def says_nothing(text: str) -> bool:
    """Whether a cell is left blank by a dash or the like."""
    return _NOTHING.fullmatch(text.strip()) is not None


def rank_of(text: str) -> str | None:
    """ "commune", "district" or "province" of a place written with its rank and nothing else."""
    pieces = _pieces(text, 0)
    return _rank(text, pieces[0]) if len(pieces) == 1 else None


def _pieces(text: str, start: int) -> list[Span]:
    pieces: list[Span] = []
    at = start
    for mark in _PARTS.finditer(text, start):
        if mark.start() > at:
            pieces.append(Span(at, mark.start()))
        at = mark.end()
    if at < len(text):
        pieces.append(Span(at, len(text)))
    return [trimmed for piece in pieces if (trimmed := _trimmed(text, piece)).start < trimmed.end]


def _trimmed(text: str, piece: Span) -> Span:
    start, end = piece
    while start < end and (text[start].isspace() or text[start] in ".:"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in ".;:"):
        end -= 1
    return Span(start, end)


def _rank(text: str, piece: Span) -> str | None:
    if _COMMUNE.match(text, piece.start, piece.end):
        return "commune"
    if _DISTRICT.match(text, piece.start, piece.end):
        return "district"
    if _PROVINCE.match(text, piece.start, piece.end):
        return "province"
    if (city := _CITY.match(text, piece.start, piece.end)) is not None:
        key = province_key(text[city.end() : piece.end]) if _is_province(text[city.end() : piece.end]) else None
        return "province" if key is not None and PROVINCES[key].city else "district"
    return None


def _is_province(name: str) -> bool:
    mentions = find_places(name)
    return len(mentions) == 1 and (mentions[0].start, mentions[0].end) == (0, len(name))


def _of_level(piece: Span, pieces: list[Span], found: dict[str, Span], higher: str) -> bool:
    """Whether a piece stands last, or right before the part above it."""
    place = pieces.index(piece)
    return place + 1 == len(pieces) or found.get(higher) == pieces[place + 1]


def address_behind(text: str) -> tuple[int, int, int] | None:
    """Of "HTX Ong Thượng Sơn (xã Thượng Sơn, huyện Vị Xuyên)": where the name ends, and the address begins and ends."""
    shown = _TELEPHONE.sub("", text)
    for mark in re.finditer(r"[,;(–-]\s*|\.\s+|\s+[-–]\s+", shown):
        label = _ADDRESS_LABEL.match(shown, mark.start())
        start = label.end() if label is not None else mark.end()
        rest = shown[start:]
        if mark.start() < 3 or not rest:
            continue
        if is_place(rest):
            end = len(shown)
            while end > start and shown[end - 1] in " .;,)":
                end -= 1
            stop = mark.start()
            while stop > 0 and shown[stop - 1] in " ,;.(-–":
                stop -= 1
            return stop, start, end
    return None
