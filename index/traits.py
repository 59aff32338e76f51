"""What filters look at of a passage besides its kind, province and date: read once, when the passage is cut.

A passage speaks of what its text or its header names (title, headings, the head of its table): the rows of a table
under "Danh sách sản phẩm 4 sao" are of 4 stars though none says so.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlsplit

from crawler.article import Article, Authority
from index.figures.stars import find_stars
from index.law.address import DocumentNumber, completed, find_document_numbers
from index.law.own_numbers import distinct, own_numbers
from index.places.districts import DISTRICTS, find_districts

STARS = (1, 2, 3, 4, 5)
_LEGAL = ("regulation", "guide", "decision")
# Stars that are no grade of a product.
_OTHER_STARS = re.compile(r"(?:khách sạn|resort|khu nghỉ dưỡng|nhà hàng|du thuyền)\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
_ANY = "|"


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What filters look at of one passage.

    source: its publisher as archived; host: of its address, empty where it has none; authority: how much its word
    weighs, as archived.
    documents: keys (`number_key`) of the documents of law it is part of or restates; for news none.
    numbers: keys of all documents it names, those included. stars: the grades it names, ascending.
    districts: keys of the districts it names, as `mention_key` joins those that one mention may mean.
    """

    source: str = ""
    host: str = ""
    authority: Authority = "press"
    documents: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    stars: tuple[int, ...] = ()
    districts: tuple[str, ...] = ()


NO_TRAITS = Traits()


class TraitReader:
    """Reads the traits of the passages of one article."""

    def __init__(self, article: Article, provinces: tuple[str, ...]) -> None:
        """provinces: those the whole article is about; they settle which district a name shared by several means."""
        self._text = article.text
        self._provinces = provinces
        self._host = host_of(article.url)
        self._source = article.source
        self._authority = article.authority
        named = find_document_numbers(article.text)
        self._full = [*distinct(find_document_numbers(article.title)), *distinct(named)]
        self._named = [self._whole(number) for number in named]
        own = own_numbers(article) if article.kind in _LEGAL else ()
        self._documents = _keys(own)
        self._headers: dict[str, Traits] = {}

    def read(self, start: int, end: int, header: str) -> Traits:
        """The traits of the passage `article.text[start:end]` under its header."""
        above = self._headers.get(header)
        if above is None:
            above = self._headers[header] = self._of_header(header)
        text = self._text[start:end]
        inside = _keys(number for number in self._named if start <= number.start < end)
        return replace(
            above,
            numbers=tuple(dict.fromkeys((*above.numbers, *inside))),
            stars=tuple(sorted({*above.stars, *stars_named(text)})),
            districts=tuple(dict.fromkeys((*above.districts, *self._districts(text)))),
        )

    def _of_header(self, header: str) -> Traits:
        named = _keys(self._whole(number) for number in find_document_numbers(header))
        return Traits(
            source=self._source,
            host=self._host,
            authority=self._authority,
            documents=self._documents,
            numbers=tuple(dict.fromkeys((*self._documents, *named))),
            stars=stars_named(header),
            districts=self._districts(header),
        )

    def _whole(self, number: DocumentNumber) -> DocumentNumber:
        return completed(number, self._full)

    def _districts(self, text: str) -> tuple[str, ...]:
        found = find_districts(text, provinces=self._provinces)
        return tuple(dict.fromkeys(mention_key(mention.candidates) for mention in found))


def stars_named(text: str) -> tuple[int, ...]:
    """The grades of products a text names, ascending: "3-4 sao" -> (3, 4), "từ 4 sao trở lên" -> (4, 5)."""
    return tuple(
        sorted(
            {
                star
                for mention in find_stars(text)
                if not _OTHER_STARS.search(text, max(0, mention.start - 40), mention.start)
                for star in range(mention.low, mention.high + 1)
            }
        )
    )


def host_of(url: str | None) -> str:
    """The host of an address, lower case, without a leading "www."; empty where there is none."""
    try:
        host = urlsplit(url).hostname if url else None
    except ValueError:
        return ""
    return (host or "").removeprefix("www.")


def number_key(number: DocumentNumber) -> str:
    """A document number as a key: "26|2026|QĐ|TTG"; a part that is not given is empty. One number's sort together."""
    return _ANY.join((number.number, number.year or "", number.code or "", number.issuer or ""))


def number_of(key: str) -> DocumentNumber:
    """The document number of a key."""
    number, year, code, issuer = key.split(_ANY)
    return DocumentNumber(number=number, year=year or None, code=code or None, issuer=issuer or None, start=0, end=0)


def mention_key(candidates: Iterable[str]) -> str:
    """The districts that one mention may mean, as one key."""
    return _ANY.join(sorted(candidates))


def candidates_of(key: str) -> frozenset[str]:
    """The districts that a mention of that key may mean."""
    return frozenset(key.split(_ANY))


@lru_cache(maxsize=2048)
def province_meant(key: str) -> str | None:
    """The province that all districts of a mention lie in, if it is one."""
    provinces = {DISTRICTS[district].province for district in candidates_of(key)}
    return provinces.pop() if len(provinces) == 1 else None


def _keys(numbers: Iterable[DocumentNumber]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(number_key(number) for number in numbers))
