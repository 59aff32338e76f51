"""What a corpus is known not to hold, decided from the bare words of its pages and nothing else.

Near misses (`evaluation.near_misses`) need questions that surely have no answer. Whether one has is decided here by
plain rules over the text, title, address and dates of every archived page. Nothing that the assistant or the index
reads (figures, mentions of places, dates) is looked at: what they miss would then pass for absent. The rules err on one
side: whatever a page may be said to mention is not absent.

place      a province counts as named where its name, or that of one of its districts, stands on a page; the pages of a
           place are those of all former provinces that make up today's (1 July 2025).
year       a year is held where a page of the place names it, the one before or the one after it ("năm ngoái"), or
           names years on both sides of it within a few words ("2019 đến 2022").
star       a star is held where "sao" stands shortly after its figure or right after its word, or it lies between two
           such; five stars also where a page says "quốc gia" or "trung ương", who award them.
thing      what is counted is held where any word for it stands on a page of the place.
document   a number is held where its digits stand on any page as a number of their own.
"""

import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from crawler.article import Article
from index.places.district_table import DISTRICTS, District
from index.places.provinces import MERGER, PROVINCES, related
from index.text import one_spelling, strip_marks

# Names in use beside the official ones.
_ALSO_CALLED: dict[str, tuple[str, ...]] = {
    "ho-chi-minh": ("tphcm", "sài gòn", "hcm"),
    "ba-ria-vung-tau": ("vũng tàu", "bà rịa"),
    "hue": ("thừa thiên",),
    "dak-lak": ("đăk lăk", "đắc lắc", "đắk lắc"),
    "dak-nong": ("đăk nông", "đắc nông"),
    "bac-kan": ("bắc cạn",),
}
# What is counted -> every word a page may call it by.
THINGS: dict[str, tuple[str, ...]] = {
    "chủ thể OCOP": ("chủ thể", "cơ sở", "đơn vị", "hộ", "doanh nghiệp", "hợp tác xã", "htx", "công ty", "tổ hợp tác"),
    "hợp tác xã làm OCOP": ("hợp tác xã", "htx"),
    "doanh nghiệp làm OCOP": ("doanh nghiệp", "công ty"),
    "điểm bán hàng OCOP": ("điểm bán", "điểm giới thiệu", "cửa hàng", "gian hàng", "siêu thị", "trưng bày"),
    "sản phẩm du lịch OCOP": ("du lịch",),
    "sản phẩm OCOP xuất khẩu": ("xuất khẩu", "nước ngoài", "thị trường quốc tế"),
    "làng nghề có sản phẩm OCOP": ("làng nghề", "nghề truyền thống"),
    "sản phẩm OCOP lên sàn thương mại điện tử": ("sàn", "thương mại điện tử", "trực tuyến", "postmart", "online"),
    "sản phẩm OCOP hết hạn chứng nhận": ("hết hạn", "hết hiệu lực", "quá hạn", "đánh giá lại", "còn hiệu lực"),
    "lao động làm OCOP": ("lao động", "việc làm", "nhân công", "người làm"),
    "sản phẩm OCOP bị thu hồi giấy chứng nhận": ("thu hồi",),
}  # fmt: skip
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_STAR_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5}
_STAR_JOINS = frozenset("đến tới và hoặc hay từ".split())
_STAR_BEFORE = 40  # characters before "sao" in which a figure or word may belong to it
_SPAN_BETWEEN = 16  # characters between two years that may stand for all between them


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The words of one page in lower case, one blank between words; days: its own dates, ISO."""

    words: str
    days: tuple[str, ...]

    @classmethod
    def of(cls, article: Article) -> "Page":
        """Everything of an article that a reader sees, and its address."""
        fields = (article.title, article.text, article.place or "", article.url or "", article.original_url or "")
        return cls(
            words=f" {plain(' . '.join(fields))} ",
            days=tuple(day for day in (article.published, article.event_date) if day),
        )

    def says(self, phrase: str) -> bool:
        """Whether a phrase stands on it as whole words."""
        return f" {_phrase(phrase)} " in self.words


def plain(text: str) -> str:
    """NFC, lower case, one spelling of each syllable ("hoà" is "hòa"), all that is no letter or digit as one blank."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).lower())
    return " ".join(one_spelling(word) for word in words)


_phrase = lru_cache(maxsize=8192)(plain)  # names are looked for on every page


class HeldPages:
    """The pages of a corpus and what is absent from them. Places are keys of `index.places.provinces`."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self._pages = tuple(pages)

    @cached_property
    def absent_provinces(self) -> tuple[str, ...]:
        """Provinces nothing is said of: no page names any part of today's province, or it is a former one that no page
        names while all pages that name the other parts are of before the merger, when they were not one."""
        return tuple(key for key in PROVINCES if self._is_absent(key))

    def _is_absent(self, key: str) -> bool:
        if self._named[key]:
            return False
        if not self._of_group(key):
            return True
        return PROVINCES[key].merged and all(max(_years(page), default=0) < MERGER.year for page in self._of_group(key))

    def _of_group(self, key: str) -> tuple[Page, ...]:
        return tuple(dict.fromkeys(page for part in sorted(related(key)) for page in self._named[part]))

    @cached_property
    def _named(self) -> dict[str, tuple[Page, ...]]:
        return {key: tuple(page for page in self._pages if _names(page, key)) for key in PROVINCES}

    def absent_years(self, key: str, among: range) -> tuple[int, ...]:
        """The years that no page of a place may be said to speak of."""
        held: set[int] = set()
        for page in self._of_group(key):
            for year in _years(page):
                held |= {year - 1, year, year + 1}
            years = [(match.start(), int(match[0])) for match in _YEAR.finditer(page.words)]
            for (at, first), (then, last) in itertools.pairwise(years):
                if then - at <= _SPAN_BETWEEN:
                    held |= set(range(min(first, last), max(first, last) + 1))
        return tuple(year for year in among if year not in held)

    def absent_stars(self, key: str) -> tuple[int, ...]:
        """The stars, of 1 to 5, that no page of a place may be said to speak of."""
        held: set[int] = set()
        for page in self._of_group(key):
            for match in re.finditer(r"(?<= )sao(?= )", page.words):
                # plain() parts "9,5" and "12/3" too; each part counts, which only widens what is held
                if stars := _stars_before(page.words[max(0, match.start() - _STAR_BEFORE) : match.start()].split()):
                    held |= set(range(min(stars), max(stars) + 1))
                    if page.words[match.end() :].startswith(" trở lên"):
                        held |= set(range(min(stars), 6))
            if page.says("quốc gia") or page.says("trung ương"):
                held.add(5)
        return tuple(star for star in range(1, 6) if star not in held)

    def absent_things(self, key: str) -> tuple[str, ...]:
        """What is counted of nothing on any page of a place, keys of THINGS."""
        pages = self._of_group(key)
        return tuple(thing for thing, words in THINGS.items() if not any(page.says(w) for page in pages for w in words))

    def absent_districts(self, key: str) -> tuple[District, ...]:
        """The districts of a former province whose name stands on no page at all, not even typed without diacritics
        ("son ha"), and is no province's."""
        provinces = {bare(province.name) for province in PROVINCES.values()}
        return tuple(
            district
            for district in DISTRICTS.values()
            if district.province == key
            and len(plain(district.name).split()) > 1
            and bare(district.name) not in provinces
            and f" {bare(district.name)} " not in self._bare_words
        )

    @cached_property
    def _bare_words(self) -> str:
        return "".join(strip_marks(page.words) for page in self._pages)

    def absent_numbers(self, among: range) -> tuple[int, ...]:
        """The numbers that stand on no page as digits of their own."""
        held = {int(word) for page in self._pages for word in re.findall(r"(?<= )\d+(?= )", page.words)}
        return tuple(number for number in among if number not in held)

    def absent_units(self, among: range) -> tuple[int, ...]:
        """The numbers of articles of law ("Điều 45") that no page names."""
        return tuple(number for number in among if not any(page.says(f"điều {number}") for page in self._pages))

    def papers(self, issuer: str) -> tuple[str, ...]:
        """The numbers of decisions that pages name ("26/2026", "148"), of an issuer as their number ends ("QĐ-TTg")."""
        pattern = re.compile(rf"(?<= )(\d+)(?: (20\d\d))? {plain(issuer)}(?= )")
        found = {match.groups() for page in self._pages for match in pattern.finditer(page.words)}
        return tuple(sorted("/".join(part for part in parts if part) for parts in found))

    def names(self, key: str) -> bool:
        """Whether any page names a province itself, by its own name."""
        return any(page.says(PROVINCES[key].name) for page in self._pages)


def bare(text: str) -> str:
    """`plain`, without diacritics."""
    return strip_marks(plain(text))


def _names(page: Page, key: str) -> bool:
    province = PROVINCES[key]
    own = (province.name, *_ALSO_CALLED.get(key, ()))
    return (
        any(page.says(name) for name in own)
        or any(
            page.says(district.name)
            for district in DISTRICTS.values()
            # "quận 1", "Vinh": one syllable may be any word; the rank tells
            if district.province == key and len(plain(district.name).split()) > 1
        )
        or any(
            page.says(f"{rank} {district.name}")
            for district in DISTRICTS.values()
            if district.province == key and len(plain(district.name).split()) == 1
            for rank in (district.rank, "tp", "tx", "huyện", "thành phố")
        )
    )


def _stars_before(words: list[str]) -> set[int]:
    """The stars that words right before "sao" may name. "năm" is a year too, so words count only in a row of stars."""
    stars = {int(word) for word in words if word.isdecimal() and 1 <= int(word) <= 5}
    for word in reversed(words):
        if word in _STAR_WORDS:
            stars.add(_STAR_WORDS[word])
        elif word not in _STAR_JOINS and not word.isdecimal():
            break
    return stars


def _years(page: Page) -> set[int]:
    return {int(year) for year in _YEAR.findall(page.words)} | {int(day[:4]) for day in page.days}
