"""Names a question gives that are of no province: a product's, a maker's, a commune's. What answers must hold them.

A sentence on another product, or of another village's honey, is no answer however much else it shares.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import dropwhile, takewhile
from unicodedata import normalize

from assistant.called import OF_OFFICES
from assistant.candidates import Candidate, place_of
from assistant.content import is_stop
from assistant.evidence import GENERIC, PERSON_CUE
from assistant.products_named import BESIDE
from assistant.question import Question
from assistant.wording import Words, says, tokens, words_of
from crawler.article import Article
from index.places.districts import find_districts
from index.places.named import find_places
from index.text import CAPITALS, one_spelling, strip_marks

_RUN = re.compile(rf"(?<!\w)[{CAPITALS}]\w*(?:\s+[{CAPITALS}]\w*)+")
# Words before a name that are no part of what a product is called, besides words without content.
# Whoever made a thing leads up to its name and is no part of it ("bà chủ gây dựng Ecohost").
_BESIDE = BESIDE | GENERIC | frozenset("bà ông anh chị chủ người gây dựng sáng lập mở khởi xướng nên".split())
# What is asked of one product, whose kind then matters as much as its place.
_ASKED_OF_ONE = (
    "mấy sao",
    "bao nhiêu sao",
    "hạng mấy",
    "hạng nào",
    "mấy điểm",
    "bao nhiêu điểm",
    "điểm bao nhiêu",
    "do ai",
    "ai làm",
    "ai sản xuất",
    "của ai",
    "cơ sở nào",
    "hợp tác xã nào",
    "công ty nào",
)
_KIND = ("loại", "vị", "hương")
_ENDS = frozenset("được đạt có là thì mấy bao hạng của ở nào gì chấm xếp lên".split())
# Of the words of offices those that begin no name of a place or person.
_OPENS_NO_NAME = OF_OFFICES - {"trường", "trung"}
_MAKER = re.compile(
    r"(?<!\w)(?:htx|hợp tác xã|công ty|doanh nghiệp|cơ sở|tổ hợp tác|trang trại)(?:\s+[a-zà-ỹđ]+){0,3}\s*$",
    re.IGNORECASE,
)
_OPENS = re.compile(r"(?:^|[.?!:;\n])\s*[\"“(]?$")


@lru_cache(maxsize=1024)
def proper_names(text: str) -> tuple[str, ...]:
    """The names of two words or more that a question gives, in small letters.

    Left out: names of provinces and districts, which are looked at by themselves, words that open a sentence, and the
    words of offices and papers.
    """
    taken = [(place.start, place.end) for place in find_places(text, typed=True)]
    districts = [(district.start, district.end) for district in find_districts(text)]
    typed = [(district.start, district.end) for district in find_districts(text, typed=True)]
    found: list[str] = []
    for match in _RUN.finditer(text):
        start = match.start()
        if _OPENS.search(text[:start]):
            start += len(match[0].split()[0])
        if any(first < match.end() and start < last for first, last in (*taken, *districts)):
            continue
        for first, last in _outside(start, match.end(), typed):
            words = tokens(text[first:last])
            name = list(dropwhile(_OPENS_NO_NAME.__contains__, words))
            if len(words) == 2 and _MAKER.search(text[:first]):
                name = list(words)  # "HTX Tài Hoan" is no "tài chính"
            # "Hoài Trung" is a name though "trung ương" is none
            # and "A B C" are the parts of a scale
            if len(name) > 1 and not OF_OFFICES.issuperset(name) and any(len(word) > 1 for word in name):
                found.append(" ".join(name))
    return tuple(dict.fromkeys(found))


def _outside(start: int, end: int, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What of a run of capitals is no name of a district: "Mỳ Chũ" of "Mỳ Chũ Lục Ngạn"."""
    for first, last in sorted(taken):
        if start < last and first < end:
            yield start, max(start, first)
            start = max(start, last)
    yield start, end


def introduces(text: str, names: tuple[str, ...]) -> bool:
    """Whether a text gives an office with one of the names ("Ông Nguyễn Văn An, Giám đốc Sở …")."""
    spoken = _of_the_south(words_of(text).spoken)
    return any(f" {_of_the_south(name)} " in spoken for name in names) and PERSON_CUE.search(text) is not None


def holds_office(text: str, names: tuple[str, ...]) -> bool:
    """Whether a text says an office right beside one of the names, as "Ông Nguyễn Văn An, Giám đốc Sở …" does and
    "Ông Nguyễn Văn An đề nghị …" does not."""
    spoken = _of_the_south(re.sub(r"\w+", lambda word: one_spelling(word[0]), text.lower()))
    office = _of_the_south(_OFFICES)
    return any(
        re.search(rf"(?<!\w){said}\s*[,(–-]\s*(?:nguyên\s+)?{office}", spoken) is not None
        or re.search(rf"(?<!\w){office}[^,.;:]{{0,60}}?(?<!\w){said}(?!\w)", spoken) is not None
        for said in (re.escape(_of_the_south(name)) for name in names)
    )


_OFFICES = (
    r"(?:phó\s+|quyền\s+)?(?:ủy viên|chủ tịch|giám đốc|bí thư|bộ trưởng|thứ trưởng|trưởng|chánh|cục trưởng|chủ nhiệm|"
    r"vụ trưởng|chi cục trưởng|tổng giám đốc|chủ cơ sở|chủ hộ|chủ)(?!\w)"
)


def _of_the_south(text: str) -> str:
    """A text with one tone for two, as they are spoken alike in the South and often typed: "Sỉ" for "Sĩ"."""
    return normalize("NFC", normalize("NFD", text).replace("\N{COMBINING HOOK ABOVE}", "\N{COMBINING TILDE}"))


@lru_cache(maxsize=1024)
def product_called(asked: tuple[str, ...], names: tuple[str, ...]) -> tuple[str, ...]:
    """What a question calls a product by, as phrases that a text on it holds: the words that lead up to its name
    ("mật ong hoa bạc hà Khe Vải"), and its kind after it ("loại một tôm hai lá"). asked: the question's tokens."""
    found: list[str] = []
    for name in names:
        words = tuple(name.split())
        at = next((at for at in range(len(asked)) if asked[at : at + len(words)] == words), None)
        if at is None:
            continue
        first = at
        while first > 0 and not (is_stop(asked[first - 1]) or asked[first - 1] in _BESIDE):
            first -= 1
        found += asked[first:at]
        after = asked[at + len(words) :]
        if after[:1] and after[0] in _KIND:
            kind = tuple(takewhile(lambda word: word not in _ENDS, after[1:]))
            found += [" ".join(kind)] if kind else []
    return tuple(dict.fromkeys(found))


def of_the_product(question: Question, text: str) -> bool:
    """Whether a text is on the very product whose star, points or maker are asked for: it says what that is called
    by."""
    if not says(question.tokens, *_ASKED_OF_ONE):
        return True
    called = product_called(question.tokens, proper_names(question.text))
    near = words_of(text)
    return all(f" {phrase} " in (near.bare if phrase.isascii() else near.spoken) for phrase in called)


def holds_names(question: Question, item: Candidate) -> bool:
    """Whether a candidate's article holds the names a question gives; of a line of a list or table, whether that line
    does, or what stands over all of its lines. Of the names told before the part that asks one is enough, and rules,
    which name nobody, need none but where they would tell of one product."""
    if question.told_of and (not item.law or says(question.tokens, *_ASKED_OF_ONE)):
        written = _written(item.evidence.article)
        if not any(says_name(written, name) for name in question.told_of):
            return False
    names = proper_names(question.text)
    if not names:
        return True
    article = item.evidence.article
    if item.block.role not in ("row", "item"):
        return names_in_article(question, article)
    written = words_of(f"{item.text}\n{item.before}\n{item.hit.passage.header}\n{_over(article, item)}")
    return all(says_name(written, name) for name in names)


def names_in_article(question: Question, article: Article) -> bool:
    """Whether an article holds the names a question gives."""
    return all(says_name(_written(article), name) for name in proper_names(question.text))


def _written(article: Article) -> Words:
    return words_of(f"{article.title}\n{article.text}")


def says_name(written: Words, name: str) -> bool:
    """Whether a text says a name, with its marks or without."""
    return f" {strip_marks(name)} " in written.bare


def _over(article: Article, item: Candidate) -> str:
    """The title, and the text before the list or table a line stands in."""
    role = item.block.role
    first = place_of(article, item.block)
    while first > 0 and article.blocks[first - 1].role == role:
        first -= 1
    return f"{article.title}\n{article.text[: article.blocks[first].start]}"
