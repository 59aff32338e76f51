"""Districts in print: with their rank, in lists, with the province beside; bare where the text is about a province."""

import re
from collections.abc import Sequence
from functools import lru_cache

from index.places.district_mention import DistrictMention, mention_of, of_rank, widened, within
from index.places.district_table import DISTRICTS, OF_PROVINCES, PRINTED, PRINTED_FROM, WORD, Called, Rank, normal
from index.places.district_words import ALSO_PEOPLE, FIRMS, HEADS, OPENINGS, PLACE_WORDS
from index.places.named import find_places, place_at
from index.places.provinces import PROVINCES
from index.places.spelling import SYLLABLE
from index.text import strip_marks

_RANK = re.compile(
    r"(?<!\w)(?:(?P<h>(?i:huyện)(?!\w)|H\.)|(?P<q>(?i:quận)(?!\w)|Q\.)"
    r"|(?P<x>(?i:thị\s(?:xã|ủy|uỷ))(?!\w)|T[Xx](?:\.|(?!\w)))"
    r"|(?P<p>(?i:thành\s(?:phố|ủy|uỷ))(?!\w)|T[Pp](?:\.|(?!\w)))"
    r"|(?P<d>(?i:đặc\skhu)(?!\w)))"
    r"(?:\s(?i:ủy|uỷ|đoàn|đảo|nghèo|miền núi|vùng cao|ven biển|biên giới)(?!\w))?\s{0,3}:?\s{0,3}"
)
# A special zone is what an island district or city has been since 1 July 2025: of no rank that districts had.
_RANKS: dict[str, Rank] = {"h": "huyện", "q": "quận", "x": "thị xã", "p": "thành phố"}
_INSIDE = re.compile(r"\s[–—-]\s|[\s'’ʼ-]{1,3}")  # between the words of a name
_LISTED = re.compile(r"\s{0,3}(?:,\s{0,3}(?:và\s)?|\s(?:và|hoặc|hay)\s|\s[-–]\s)")
_PLURAL = re.compile(r"(?:các|những|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|nhiều|\d)\s$", re.IGNORECASE)
# Between a district and its province; strong: beyond doubt that it is its province.
_BESIDE = re.compile(
    r"\s{0,3}(?:(?P<strong>\(\s?(?:(?i:tỉnh)\s)?|(?:[,–-]\s{0,3})?(?:thuộc\s|của\s)?(?i:tỉnh)\s{1,3}|(?:thuộc|của)\s)"
    r"|[,–-]\s{0,3})"
)
_CITY = re.compile(r"(?:(?i:thành phố)|T[Pp]\.?)\s{0,2}")
_BEFORE = re.compile(r"\s?[,:(–-]\s{0,3}(?:(?:các|tại|ở|có)\s)?$|\s(?:có|gồm)\s(?:các\s)?$")
_AFTER_VINH = re.compile(r"\s(?:danh|dự|quang|hạnh|hiển)(?!\w)", re.IGNORECASE)


def _name_at(text: str, start: int) -> tuple[Sequence[Called], int] | None:
    """The longest name that begins at `start` with a capital or is a number, and where it ends."""
    first = WORD.match(text, start)
    if first is None or not (first[0][0].isupper() or first[0].isdecimal()):
        return None
    longest = PRINTED_FROM.get(normal(first[0]), 0)
    words = [normal(first[0])]
    ends = [first.end()]
    while len(words) < longest:
        gap = _INSIDE.match(text, ends[-1])
        word = WORD.match(text, gap.end()) if gap is not None else None
        if word is None:
            break
        words.append(normal(word[0]))
        ends.append(word.end())
    for size in range(min(longest, len(words)), 0, -1):
        names = PRINTED.get(" ".join(words[:size]))
        if names is not None:
            return names, ends[size - 1]
    return None


def _beside(text: str, end: int) -> tuple[str, int, bool] | None:
    """The province named right after a district: key, where it ends, and whether beyond doubt ("(Long An)", "tỉnh")."""
    gap = _BESIDE.match(text, end)
    if gap is None:
        return None
    city = _CITY.match(text, gap.end())
    place = place_at(text, city.end() if city else gap.end())
    if place is None or (city is not None and not PROVINCES[place.key].city):
        return None  # "TX. Đức Phổ, TP. Quảng Ngãi" are two towns
    return place.key, place.end, gap["strong"] is not None


def _before(text: str, start: int) -> str | None:
    """The province named right before a district: "Tỉnh An Giang: huyện Châu Thành"."""
    head = text[max(0, start - 50) : start]
    gap = _BEFORE.search(head)
    if gap is None:
        return None
    places = [place for place in find_places(head) if place.end == gap.start()]
    return places[0].key if places else None


def ranked(text: str, context: tuple[str, ...]) -> list[DistrictMention]:
    """The districts named after the word for their rank, alone or in a list, in order."""
    found: list[DistrictMention] = []
    past = 0  # end of what the last list took, its province included
    for match in _RANK.finditer(text):
        if match.start() < past:
            continue
        rank = _RANKS.get(match.lastgroup or "")
        short = len(match[0].strip(" .:\n")) <= 2
        plural = _PLURAL.search(text, max(0, match.start() - 8), match.start()) is not None
        listed: list[tuple[Sequence[Called], int, int]] = []
        at = match.end()
        while (named := _name_at(text, at)) is not None:
            names, end = named
            names = names if rank is None else of_rank(names, rank)
            if not _taken(text, at, end, names, rank, short=short, first=not listed, plural=plural):
                break
            if listed and not plural and not _share_province(names, listed[0][0]):
                break
            if listed and _beside(text, listed[-1][2]) is not None:  # "huyện Hải Hậu, Nam Định" names the province
                break
            listed.append((names, at, end))
            gap = _LISTED.match(text, end)
            if gap is None:
                break
            at = gap.end()
        if not listed:
            continue
        past = listed[-1][2]
        beside = _beside(text, past)
        if beside is not None:
            past = beside[1]
        ahead = _before(text, match.start()) if beside is None and not _closed(found, match.start(), text) else None
        for place, (names, start, end) in enumerate(listed):
            kept = _narrowed(names, beside, ahead, context, last=place == len(listed) - 1)
            if kept:
                found.append(mention_of(kept, start, end, rank))
    return found


def _taken(
    text: str,
    start: int,
    end: int,
    names: Sequence[Called],
    rank: Rank | None,
    *,
    short: bool,
    first: bool,
    plural: bool,
) -> bool:
    name = text[start:end]
    if name.isdecimal():
        # "3 quận 1 huyện" counts; "Q.1/2025" is a quarter; "quận 1, 3" goes on only after "các"
        counted = re.search(r"\d\s*$", text[max(0, start - 12) : start - 5])
        return rank == "quận" and not counted and not re.match(r"[/.]?\d|/", text[end : end + 2]) and (first or plural)
    if names[0].name.isdecimal():
        return False
    if " " not in name and SYLLABLE.fullmatch(strip_marks(name.lower())):
        return first and not _AFTER_VINH.match(text, end)
    if first and not short:
        return True
    return all(word[0].isupper() for word in WORD.findall(name)[:2])


def _share_province(names: Sequence[Called], others: Sequence[Called]) -> bool:
    return bool(
        {DISTRICTS[called.district].province for called in names}
        & {DISTRICTS[called.district].province for called in others}
    )


def _closed(found: Sequence[DistrictMention], start: int, text: str) -> bool:
    """Whether the province before `start` belongs to the district before it ("huyện Tri Tôn, An Giang, huyện …")."""
    return bool(found) and found[-1].end > start - 50 and _beside(text, found[-1].end) is not None


def _narrowed(
    names: Sequence[Called],
    beside: tuple[str, int, bool] | None,
    ahead: str | None,
    context: tuple[str, ...],
    *,
    last: bool,
) -> Sequence[Called]:
    """What is left of the candidates; nothing where the text itself puts the district into a province without one."""
    if beside is not None:
        province, _, strong = beside
        kept = within(names, (province,))
        if kept:
            return kept
        if last and strong:  # "huyện Mộ Đức (An Giang)" is not the one known; "TP. Vinh, Hà Nội" are two places
            return ()
    if ahead is not None and (kept := within(names, (ahead,))):
        return kept
    return within(names, context) or names


@lru_cache(maxsize=256)
def _first_words(provinces: tuple[str, ...]) -> frozenset[str]:
    """First words of the names in the provinces and in all that is one province with them today."""
    wider = widened(frozenset(provinces))
    return frozenset(
        name.partition(" ")[0]
        for name, names in PRINTED.items()
        if any(DISTRICTS[called.district].province in wider for called in names)
    )


def bare(text: str, context: tuple[str, ...], found: Sequence[DistrictMention]) -> list[DistrictMention]:
    """Names without rank, every word with a capital, that only one of the provinces has."""
    firsts = _first_words(context)
    words = list(WORD.finditer(text))
    spans = {start for mention in found for start in range(mention.start, mention.end)}
    bare: list[DistrictMention] = []
    past = 0
    for index, word in enumerate(words):
        if word.start() < past or not word[0][0].isupper() or normal(word[0]) not in firsts or word.start() in spans:
            continue
        named = _name_at(text, word.start())
        if named is None:
            continue
        names, end = named
        name = text[word.start() : end]
        past = end
        kept = within(names, context)
        if (
            kept
            and len({DISTRICTS[called.district].province for called in kept}) == 1
            and not name.isupper()
            and _stands_alone(text, words, index, end, kept[0])
        ):
            bare.append(mention_of(kept, word.start(), end, None))
    return bare


def _stands_alone(text: str, words: Sequence[re.Match[str]], index: int, end: int, called: Called) -> bool:
    """Whether a bare name is a name of its own: no part of a longer one, no person, commune, river or firm."""
    name = text[words[index].start() : end]
    parts = WORD.findall(name)
    if len(parts) == 1 and SYLLABLE.fullmatch(strip_marks(name.lower())):
        return False
    if any(one[0].islower() != own[0].islower() for one, own in zip(parts, WORD.findall(called.name), strict=False)):
        return False
    if called.spelling in OF_PROVINCES:
        return False
    after = WORD.match(text, end + 1) if text[end : end + 1] == " " else None
    if after is not None and after[0][0].isupper() and not (len(after[0]) > 1 and after[0].isupper()):
        return False
    before = words[index - 1] if index else None
    if before is not None and before[0][0].isupper() and text[before.end() : words[index].start()].isspace():
        acronym = len(before[0]) > 1 and before[0].isupper()
        opens = before[0].lower() in OPENINGS
        if before[0] in FIRMS or not (acronym or opens):
            return False
    head = _head(text, words, index)
    if head in HEADS:
        return False
    return called.spelling not in ALSO_PEOPLE or head in PLACE_WORDS


def _head(text: str, words: Sequence[re.Match[str]], index: int) -> str:
    """The word before a name, or before the list of names it stands in; "" at the start of a sentence."""
    for at in range(index - 1, max(-1, index - 25), -1):
        word = words[at]
        gap = text[word.end() : words[at + 1].start()]
        if any(mark in gap for mark in ".!?:;\n()"):
            return ""
        lower = word[0].lower()
        if lower in HEADS or not (word[0][0].isupper() or lower == "và") or lower in PLACE_WORDS:
            return lower
    return ""
