"""Slips in the few phrases that nearly every question has: "sn phẩm", "ao nhiêu", "OCPO", "5 soa", "thán 9/2025".

Elsewhere a syllable that is none, or an unlikely neighbour, is mended by how texts are written (`index.restore`). Here
it is known beforehand what is typed: one syllable of the phrase stands as it is written, or bare, and the other is one
edit away. What is itself a word people set beside that syllable is left alone.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from index.asking import PROGRAMME
from index.lexicon import dictionary, single_words
from index.places.misspelt import within_one_edit
from index.places.spelling import SYLLABLE
from index.text import has_marks, one_spelling, strip_marks

# Of three syllables two must stand.
_PHRASES = tuple(tuple(phrase.split()) for phrase in PROGRAMME)
# What stands beside one of these syllables in its own right and is no word of the dictionary.
_MEANT = frozenset(
    (
        "mục tiếp", "bánh giá", "số sơ", "tác và", "tác ra", "thu hộ", "văn phẩm", "hạ hạng", "phần trà", "hết hàng",
        "hết hạt", "chủ đề", "công nhân", "phế phẩm", "nào nhiều", "cao nhiều", "nào nhiêu",
    )
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_PROGRAMME = "ocop"
_MONTH, _YEAR, _STAR = "tháng", "năm", "sao"
_NOT_MONTH = frozenset(
    "tháng thang thắng thẳng thằng thăng hạng tháp hàng hang tang tăng trang tràng thành thanh".split()
)
# Typed for "tháng", and a syllable; of others none is before "5 năm 2024", where a rank or a rise stands as well.
_SLIPPED_MONTH = "thán"
_ROUND, _HOW_MANY, _PRODUCT = "đợt", "mấy", ["san", "pham"]
# What is typed for "sao" and "đợt" and is a syllable too, or nearly.
_NO_STAR, _NO_ROUND = frozenset({"soa", "xao"}), frozenset({"dot", "đot", "đơt", "dợt", "đọt"})
# "có may sản phẩm" asks how many; "hợp tác xã may sản phẩm" sews.
_BEFORE_HOW_MANY = frozenset("có co được duoc đạt dat gồm gom còn con thêm them là la".split())
_YEAR_BEFORE = re.compile(r"20[12]\d")
_MONTH_OF_A_YEAR = re.compile(r"\s+\d{1,2}(?:/(?:\d{1,2}/)?|(?P<said>\s+(?:năm|nam)\s+))(?:19|20)\d\d(?!\d)")
_AFTER_STARS = re.compile(r"(?<!\d)[1-5]\s+$")
_NOT_YEAR = frozenset("năm nam nằm nắm nấm nậm nạm an ăn tam lam ham cam".split())


def mended_phrases(question: str) -> str:
    """A question (NFC) with those slips mended, letters as large as they were typed."""
    words = list(_WORD.finditer(question))
    typed = [word[0].lower() for word in words]
    bare = [strip_marks(word) for word in typed]
    mended: dict[int, str] = {}
    for at, syllable in enumerate(bare):
        for phrase, place in _holding().get(syllable, ()):
            found = _phrase(typed, bare, at - place, phrase)
            # "cá thu Hòn Khô": a capital within a sentence begins a name
            if found is not None and (found[0] == 0 or not words[found[0]][0][0].isupper() or question.isupper()):
                mended.setdefault(*found)
    for at in range(len(words)):
        single = None if at in mended else _single(question, words, bare, at)
        if single is not None:
            mended[at] = single
    pieces: list[str] = []
    done = 0
    for at, form in sorted(mended.items()):
        pieces += [question[done : words[at].start()], _cased(form, words[at][0])]
        done = words[at].end()
    return "".join([*pieces, question[done:]])


def load_phrases() -> None:
    """Load what the first question with a slip would wait for: the pairs of syllables that are words."""
    _ = _holding(), _meant()


@lru_cache(maxsize=1)
def _holding() -> dict[str, list[tuple[tuple[str, ...], int]]]:
    """Syllable without marks -> the phrases that have it, and where."""
    table: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for phrase in _PHRASES:
        for place, syllable in enumerate(phrase):
            table.setdefault(strip_marks(syllable), []).append((phrase, place))
    return table


def _phrase(typed: list[str], bare: list[str], first: int, phrase: tuple[str, ...]) -> tuple[int, str] | None:
    """(the word that is typed wrongly where a phrase stands from `first` on, how it is written), or None."""
    if first < 0 or first + len(phrase) > len(typed):
        return None
    run = typed[first : first + len(phrase)]
    wrong = [place for place, written in enumerate(phrase) if not _same(run[place], written)]
    if len(wrong) != 1:
        return None
    at, meant = first + wrong[0], phrase[wrong[0]]
    # where only marks differ, neighbours tell better
    if not typed[at].isalpha() or bare[at] == strip_marks(meant) or not within_one_edit(bare[at], strip_marks(meant)):
        return None
    # a syllable that has no marks to be typed vouches for nothing: "thu hơn 20 tỷ", "doanh thu với lợi nhuận"
    vouched = sum(said == written and has_marks(written) for said, written in zip(run, phrase, strict=True))
    if has_marks(typed[at]) and one_spelling(typed[at]) in single_words() and run.count(typed[at]) + vouched < len(run):
        return None
    pairs = (" ".join(typed[max(0, at - 1) : at + 1]), " ".join(typed[at : at + 2]))
    if not _meant().isdisjoint(pairs):
        return None
    return at, strip_marks(meant) if _bare(run, phrase) else meant


def _bare(typed: list[str], phrase: tuple[str, ...]) -> bool:
    """Whether a phrase is typed without its marks."""
    return not has_marks(" ".join(typed)) and has_marks(" ".join(phrase))


def _single(question: str, words: list[re.Match[str]], bares: list[str], at: int) -> str | None:
    """What a word was meant as by itself: the programme's name, "sao" after a number, "tháng" and "năm" before one."""
    word, bare = words[at][0].lower(), bares[at]
    if not word.isalpha():
        return None
    named = words[at][0].isupper() or _after(words, at, ("phẩm", "pham", "chủ"))
    if named and len(word) > 2 and bare != _PROGRAMME and word == bare and within_one_edit(bare, _PROGRAMME):
        return _PROGRAMME
    starred = _AFTER_STARS.search(question, 0, words[at].start()) is not None
    if starred and (word in _NO_STAR or not SYLLABLE.fullmatch(bare)) and within_one_edit(bare, _STAR):
        return _STAR
    if _is_month(word, bare, _MONTH_OF_A_YEAR.match(question, words[at].end())):
        return _MONTH
    marked = has_marks(question)
    if word in _NO_ROUND and marked and re.match(r"\s+\d{1,2}(?![\d/])", question[words[at].end() :]):
        return _ROUND
    counts = _after(words, at, _BEFORE_HOW_MANY) or (at > 0 and _YEAR_BEFORE.fullmatch(bares[at - 1]) is not None)
    if word == "may" and marked and counts and bares[at + 1 : at + 3] == _PRODUCT:
        return _HOW_MANY
    year = re.match(r"\s+20[12]\d(?!\d)", question[words[at].end() :]) is not None
    return _YEAR if year and len(bare) > 1 and word not in _NOT_YEAR and within_one_edit(bare, "nam") else None


def _is_month(word: str, bare: str, dated: re.Match[str] | None) -> bool:
    """Whether a word is meant as "tháng". dated: the month and year behind it, None where none stand there."""
    if dated is None or len(bare) <= 2 or word in _NOT_MONTH or not within_one_edit(bare, "thang"):
        return False
    return dated["said"] is None or word == _SLIPPED_MONTH or not SYLLABLE.fullmatch(bare)


def _after(words: list[re.Match[str]], at: int, near: Iterable[str]) -> bool:
    return at > 0 and words[at - 1][0].lower() in set(near)


def _same(typed: str, written: str) -> bool:
    """Whether a syllable stands as it is written, or bare."""
    return typed == written or typed == strip_marks(written)


def _cased(form: str, typed: str) -> str:
    if form == _PROGRAMME:
        return form.upper()
    return form.capitalize() if typed[:1].isupper() else form


@lru_cache(maxsize=1)
def _meant() -> frozenset[str]:
    """Pairs of syllables that are meant as they stand, with their marks and without."""
    pairs = _MEANT | {one_spelling(word) for word in dictionary() if word.count(" ") == 1}
    return frozenset(pairs | {strip_marks(pair) for pair in pairs})
