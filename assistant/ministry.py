"""Which ministry has the lead for a product, and which products a ministry leads: the appendix of what may take part.

"Rượu do bộ nào quản lý?" is told by the row of Phụ lục I of Quyết định 26/2026/QĐ-TTg the product belongs to ("Phân
nhóm: Rượu trắng | Bộ Công Thương"), not by the criteria set, where that decision prints no ministry.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.basis import basis
from assistant.corpus import Corpus
from assistant.draft import Draft, Segment
from assistant.evidence import Evidence
from assistant.question import Question
from assistant.units import law_day, ruling_articles
from assistant.wording import find_phrase, says, tokens
from crawler.article import Article
from index.criteria.held import sets_on
from index.criteria.products import find_sets

_LEADS = ("quản lý", "chủ trì", "phụ trách")
_WHICH = ("bộ nào", "bộ gì", "bộ ngành nào", "ngành nào", "cơ quan nào")
_ASKED = tuple(
    f"{which} {lead}"
    for which in _WHICH
    for lead in (*_LEADS, "quản", "lo", "chịu trách nhiệm", "được giao", "đứng ra")
)
_NAMED_LEAD = ("chủ trì quản lý", "chủ quản", "quản lý là", "phụ trách là")
_PRODUCTS = (
    "nhóm nào", "sản phẩm nào", "phân nhóm nào", "hàng nào", "nhóm gì", "sản phẩm gì", "mấy nhóm", "cái gì",
    "những gì", "bao nhiêu nhóm", "hàng gì",
)  # fmt: skip
_WHICH_OF = re.compile(r"(?<!\w)(?:những|các|mấy) (?:phân )?(?:nhóm|sản phẩm|hàng)(?: \w+){0,4} (?:nào|gì)(?!\w)")
# Who leads what of the programme is told by the clauses on who does what, not by the table of products.
_OTHER = ("chương trình", "nhà nước", "hội đồng", "kinh phí", "cơ sở dữ liệu", "hệ thống", "hồ sơ", "đánh giá", "logo")
_HEADER = re.compile(r"phân loại sản phẩm\s*\|\s*cơ quan chủ trì", re.IGNORECASE)
_MARKED = re.compile(r"^(?:(?:phân\s+)?nhóm\s*:|sản\s+phẩm(?:\s+hàng)?\s)\s*", re.IGNORECASE)
_ROMAN, _NUMBER, _LETTER = re.compile(r"[IVX]+"), re.compile(r"\d+"), re.compile(r"[^\W\d_]")
_LEAST = 0.5  # of the words of a set's name and of a row's, so many are of both


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A row that names a ministry. under: the names of the groups it stands in, the widest first, then its own."""

    evidence: Evidence
    under: tuple[str, ...]
    ministries: tuple[str, ...]


def ministry_draft(question: Question, corpus: Corpus, on: date) -> Draft | None:
    """The rows of the appendix on the products a question names, or on those of the ministry it names.

    None where neither is asked, a place is named, or no table held tells of what is named.
    """
    words = question.tokens
    products = (says(words, *_PRODUCTS) or _WHICH_OF.search(" ".join(words)) is not None) and says(words, *_LEADS)
    asked = says(words, *_ASKED) or (says(words, *_NAMED_LEAD) and says(words, *_WHICH))
    if question.places or not (products or asked) or says(words, *_OTHER):
        return None
    rows = next((rows for article in ruling_articles(question, corpus, on) if (rows := tuple(_rows(article)))), ())
    if products:
        named = {name for row in rows for name in row.ministries if _named(name, words)}
        told = [row for row in rows if named.intersection(row.ministries)]
    else:
        told = _of_products(question, corpus, rows, law_day(question, on))
    if not told:
        return None
    lines = tuple(
        Segment(
            text=f"{row.under[-1]}: cơ quan chủ trì quản lý là {'; '.join(row.ministries)}.",
            kind="stated",
            evidence=(row.evidence,),
        )
        for row in told
    )
    return Draft(status="answered", segments=(*lines, *basis(told[0].evidence, corpus, on)), strength=1.0)


def _of_products(question: Question, corpus: Corpus, rows: Sequence[_Row], day: date) -> list[_Row]:
    """The rows of what a question names: of the groups named, or of its products' criteria sets, whichever it says in
    more words ("thực phẩm chức năng" is not all of "thực phẩm")."""
    named = {name for row in rows for name in row.under if _named(name, question.tokens)}
    groups = {name for name in named if not any(name != other and _named(name, tokens(other)) for other in named)}
    matches = find_sets(question.text)
    longest = max((len(tokens(match.name)) for match in matches), default=0)
    if groups and max(len(tokens(name)) for name in groups) >= longest:
        return [row for row in rows if not groups.isdisjoint(row.under)]
    numbers = {match.number for match in matches}
    names = [one.name for one in sets_on(corpus.criteria, corpus.law, day) if one.number in numbers and one.name]
    best = (max(rows, key=lambda row: _alike(row, name), default=None) for name in names)
    found = [row for row, name in zip(best, names, strict=True) if row is not None and _alike(row, name) >= _LEAST]
    return list(dict.fromkeys(found))


def _named(name: str, words: Sequence[str]) -> bool:
    return find_phrase(words, " ".join(tokens(name))) >= 0


def _alike(row: _Row, name: str) -> float:
    """How many of the words of a row's name and of a set's are of both, 0 to 1."""
    one, other = set(tokens(row.under[-1])), set(tokens(name))
    return len(one & other) / len(one | other)


def _rows(article: Article) -> Iterator[_Row]:
    """The rows of an article's table of product groups that name who leads, each with the groups it stands in."""
    within = False
    under: tuple[str, ...] = ("", "", "")
    for block in article.blocks:
        said = article.text[block.start : block.end]
        if block.role != "row":
            within = False
        elif _HEADER.search(said):
            within = True
        elif within:
            number, name, *rest = (cell.strip() for cell in f"{said} | ".split(" | "))
            level = _level(number)
            if level is None:
                continue
            shown = _MARKED.sub("", name)
            shown = shown.capitalize() if shown.isupper() else shown
            under = (*under[:level], shown, *[""] * (2 - level))
            ministries = tuple(one.strip() for one in (rest[0] if rest else "").split(";") if one.strip())
            if ministries:
                evidence = Evidence(article=article, start=block.start, end=block.end)
                yield _Row(evidence=evidence, under=tuple(filter(None, under)), ministries=ministries)


def _level(number: str) -> int | None:
    """0 for what is numbered "I", 1 for "1", 2 for "a"; None where a row is not numbered."""
    found = (pattern.fullmatch(number) is not None for pattern in (_ROMAN, _NUMBER, _LETTER))
    return next((level for level, is_it in enumerate(found) if is_it), None)
