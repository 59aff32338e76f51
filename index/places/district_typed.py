"""Districts in questions: any case, with or without marks, run together, with rank or without."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from index.places.district_mention import DistrictMention, mention_of, of_rank, within
from index.places.district_table import (
    DISTRICTS,
    JOINED,
    OF_PROVINCES,
    PRINTED,
    TYPED,
    TYPED_FROM,
    WORD,
    Called,
    Rank,
    joined,
    normal,
)
from index.places.district_words import ALSO_PEOPLE, ALSO_WORDS, BARE_HEADS, EVEN_MARKED, HEADS, WELL_KNOWN
from index.places.named import Mention, find_places
from index.places.provinces import PROVINCES
from index.places.spelling import SYLLABLE, accented_around, lacks_only_marks
from index.text import strip_marks

_RANKS: dict[str, Rank] = {
    "huyen": "huyện", "h": "huyện", "quan": "quận", "q": "quận", "thi xa": "thị xã", "tx": "thị xã",
    "thanh pho": "thành phố", "tp": "thành phố",
}  # fmt: skip
_INSIDE = re.compile(r"\s+|\s*[-–'’]\s*")  # between the words of a name
_BESIDE = re.compile(
    r"[\s,(-]{1,4}(?P<loose>(?:ở|o|của|cua|thuộc|thuoc)\s)?(?:(?:tỉnh|tinh|(?P<city>tp\.?|thành phố|thanh pho))\s)?",
    re.IGNORECASE,
)
_COMPARES = re.compile(r"(?<!\w)(?:so sanh|hon|nhat)(?!\w)")
_NUMBERED = re.compile(r"(?<![\w/])(?:(?P<word>qu[aâậ]n)\s*|q\.?\s?)(?P<number>0?[1-9]|1[0-2])(?![\w/]|[.,]\d)")
_YEAR = re.compile(r"\s*[/.-]?\s*(?:20\d\d|n[ăa]m)(?!\w)")
_OTHER_QUAN = frozenset({"co", "lien", "tham", "khach"})  # cơ quan, liên quan, tham quan, khách quan
_AFTER_VINH = frozenset({"danh", "du", "quang", "hanh", "hien"})  # "thành phố vinh danh"


def asked(text: str, context: tuple[str, ...]) -> list[DistrictMention]:
    """The districts named in a question (NFC), in order, without overlaps. context: provinces it is asked about."""
    return list(_districts(text, context))


@lru_cache(maxsize=64)  # one question is asked for its districts by many
def _districts(text: str, context: tuple[str, ...]) -> tuple[DistrictMention, ...]:
    return tuple(_Asked.read(text, context).districts())


def named_whole(text: str) -> Sequence[Called]:
    """Who is called exactly what a text (NFC) says, no rank before it, ordinary words or not."""
    words = _Asked.read(text, ())
    return words.called(0, len(words.words) - 1) if words.words else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A question taken apart: its words, as `normal` gives them, without marks; the provinces it names."""

    text: str
    words: Sequence[re.Match[str]]
    marked: Sequence[str]
    bare: Sequence[str]
    places: Sequence[Mention]
    context: tuple[str, ...]

    @classmethod
    def read(cls, text: str, context: tuple[str, ...]) -> "_Asked":
        words = list(WORD.finditer(text))
        marked = [normal(word[0]) for word in words]
        return cls(
            text=text,
            words=words,
            marked=marked,
            bare=[strip_marks(word) for word in marked],
            places=find_places(text, typed=True),
            context=context,
        )

    def districts(self) -> list[DistrictMention]:
        found = self._numbered()
        past = 0
        for first, word in enumerate(self.words):
            if word.start() < past:
                continue
            longest = min(TYPED_FROM.get(self.bare[first], 1), len(self.words) - first)
            for size in range(longest, 0, -1):
                last = first + size - 1
                names = self.called(first, last)
                if not names:
                    continue
                if kept := self._meant(first, last, names):  # else a longer name than the ones it begins with
                    past = self.words[last].end()
                    found.append(mention_of(kept, word.start(), past, self._rank(first)))
                break
        return sorted(found, key=lambda mention: mention.start)

    def _numbered(self) -> list[DistrictMention]:
        """Numbered districts: "quận 1", "quan 12", "Q.1", "q1"; "q1 2025" is a quarter of a year."""
        lower = self.text.lower()
        found: list[DistrictMention] = []
        for match in _NUMBERED.finditer(lower):
            before = WORD.findall(strip_marks(lower[max(0, match.start() - 10) : match.start()]))
            if before and (before[-1] in _OTHER_QUAN or before[-1].isdecimal()):
                continue  # "3 quận 1 huyện"
            if match["word"] is None and _YEAR.match(lower, match.end()):
                continue
            names = of_rank(PRINTED[str(int(match["number"]))], "quận")
            found.append(mention_of(names, *match.span("number"), "quận"))
        return found

    def _rank(self, first: int) -> Rank | None:
        """The rank that the words before a name say."""
        before = self.bare[max(0, first - 2) : first]
        if not before or (before[-1] == "quan" and before[0] in _OTHER_QUAN):
            return None
        return _RANKS.get(" ".join(before)) or _RANKS.get(before[-1])

    def called(self, first: int, last: int) -> Sequence[Called]:
        """Whose name the words from `first` to `last` are, marks left out or right."""
        names = TYPED.get(" ".join(self.bare[first : last + 1]), ())
        typed = joined("".join(self.marked[first : last + 1]))
        if not names and first == last:
            typed = joined(self.words[first][0])
            names = JOINED.get(strip_marks(typed), ())
        between = (self.text[one.end() : two.start()] for one, two in pairwise(self.words[first : last + 1]))
        if not names or names[0].name.isdecimal() or not all(map(_INSIDE.fullmatch, between)):
            return ()
        like = [called for called in names if lacks_only_marks(typed, joined(called.spelling))]
        return [called for called in like if joined(called.spelling) == typed] or like

    def _meant(self, first: int, last: int, names: Sequence[Called]) -> Sequence[Called]:
        """Which districts a name may mean here; none where it may as well be ordinary words."""
        rank = self._rank(first)
        if rank == "quận":  # "quan" is also "quan tâm"
            names = [called for called in names if called.rank == rank]
        if not names:
            return ()
        start, end = self.words[first].start(), self.words[last].end()
        others = [place for place in self.places if place.end <= start or end <= place.start]
        gap = _BESIDE.match(self.text, end)
        beside = [
            place.key
            for place in others
            if gap is not None and place.start == gap.end() and (gap["city"] is None or PROVINCES[place.key].city)
        ]
        named = self.context if self._compares() else (*(place.key for place in others), *self.context)
        single = SYLLABLE.fullmatch(strip_marks(names[0].spelling)) is not None
        if rank is None:
            sure = bool(within(names, beside)) and gap is not None and gap["loose"] is None
            if single or len(others) < len(self.places) or not self._as_name(first, last, names, named, sure=sure):
                return ()
        elif single and self._goes_on(last):
            return ()
        names = of_rank(names, rank)
        if beside:
            return within(names, beside)
        return within(names, named) or names

    def _compares(self) -> bool:
        """Whether places are compared, so that one of them tells nothing of another."""
        return len(self.places) > 0 and _COMPARES.search(" ".join(self.bare)) is not None

    def _goes_on(self, last: int) -> bool:
        """Whether a name of one syllable is rather the first of a word: "thành phố vinh danh", "thi xa chu tri"."""
        if self.marked[last] == "chu":
            return True
        return last + 1 < len(self.bare) and self.bare[last + 1] in _AFTER_VINH

    def _security(self, last: int) -> bool:
        """Whether a name in "an" is rather cut by "an toàn" or "an ninh": "hội an toàn thực phẩm"."""
        return self.bare[last] == "an" and last + 1 < len(self.bare) and self.bare[last + 1] in {"toan", "ninh", "sinh"}

    def _as_name(self, first: int, last: int, names: Sequence[Called], named: tuple[str, ...], *, sure: bool) -> bool:
        """Whether a name without rank is meant as one: by the provinces named, its capitals, its marks, its fame.

        sure: its province stands right behind it.
        """
        if names[0].spelling in OF_PROVINCES or self._security(last):
            return False
        if first and (self.words[first - 1][0].lower() in HEADS or self.bare[first - 1] in BARE_HEADS):
            return False
        spelling, form = names[0].spelling, strip_marks(names[0].spelling)
        typed = {joined("".join(self.marked[first : last + 1])), joined(self.words[first][0])}
        exact = any(joined(called.spelling) in typed for called in names)
        capitals = not self.text.isupper() and all(word[0][0].isupper() for word in self.words[first : last + 1])
        unlike = not exact and accented_around(self.text, self.words[first].start(), self.words[last].end())
        if sure:
            return not unlike
        ordinary = unlike or (spelling in EVEN_MARKED if exact and form != spelling else form in ALSO_WORDS)
        if within(names, named):
            return capitals or not ordinary
        if len({DISTRICTS[called.district].province for called in names}) > 1:
            return False
        if spelling in WELL_KNOWN:
            return exact or not ordinary
        return exact and capitals and spelling not in ALSO_PEOPLE
