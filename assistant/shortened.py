"""Whether a sentence leaves out of its source only what may be left out without saying something else.

Every word of a shortened sentence may stand in its source, and what it says be false: "Phó Chủ tịch Hội đồng" of "Phó
Chủ tịch UBND tỉnh, Chủ tịch Hội đồng", "đã xây dựng 5 hồ sơ công nhận 5 sao" of "… 5 hồ sơ trình Trung ương xem xét
công nhận 5 sao", three places of a list of four, a number of another place beside one's own.

The words of a sentence are laid along those of its source, and each stretch left out between two that are kept must be
one of these: words that carry nothing; whole clauses, from one comma to another; what a preposition begins, up to the
end of its clause or short and without names and numbers. None of a denial, of "nhất" or "chỉ", of a list, of a row of
numbers. A clause may only move from the beginning of a sentence to its end.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from assistant.offices import office_ends
from assistant.said import GLUE, Said
from assistant.wording import tokens
from index.people.names import begins_name
from index.places.named import find_places
from index.segment import parts_of_speech
from index.text import CAPITALS

# Words that may be left out anywhere, and put in. What makes something passive, owed or denied may not.
_LIGHT = (
    (GLUE - frozenset("được bị phải từ cho nên khi vì bởi do để".split()))
    | frozenset("thuộc toàn bộ lý do công tác quá trình trường hợp hoạt động tỉnh hiện đơn vị giấy".split())
    | frozenset("hết cuối năm tháng ngày sáng chiều này đó".split())
)
_PREPOSITIONS = frozenset(
    "của tại ở trong trên với cho theo để từ về nhằm như gồm vào sau trước qua đến bằng giữa cùng kể do trình".split()
)
_RANKS = frozenset("huyện xã phường quận thị".split())
_KINDS = frozenset(("địa", "phương", "nơi"))
_LIMITING = frozenset("không chưa chẳng chả đừng cấm chỉ nhất duy mọi đều".split())
# Words that want what stands behind them.
_OPENING = frozenset("được bị khi vì bởi nên phải".split())
_TITLES = frozenset("chủ phó giám trưởng chánh bí ủy".split())
_PERSONS = frozenset("ông bà anh chị chí ts ths".split())
_REFERS = (("trong", "đó"), ("bao", "gồm"), ("gồm",), ("tức",), ("trong", "số"))
_SHORT = 4  # syllables of a phrase left out inside a clause
_ITEM = 4  # syllables of an item of a list
_REACH = 3  # pieces back from a number in which the word that puts it in a row stands
_BOUNDARY = re.compile(r"[,;:()]|\s[–—-]\s")
_ITEM_MARK = re.compile(r"(?:^|(?<=:\s))(?:[a-zđ]{1,2}|\d{1,2}(?:\.\d{1,2})*)[.)]\s")
_WORD = re.compile(r"\w+(?:[./&-]\w+)*%?")
# "sản phẩm đạt chứng nhận “Sản phẩm OCOP”", "sản phẩm được công nhận OCOP": OCOP products, by another name.
_RECOGNISED = re.compile(
    r"sản phẩm(?: (?:đã|được|đạt))* (?:chứng nhận|công nhận)(?: (?:là|đạt))*(?: sản phẩm)? [“\"]?"
    r"(?:sản phẩm )?OCOP[”\"]?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A syllable, or a number or grade by its value. printed: as it stands. cut: a comma, colon or the like stands
    before it. unit: what a number counts. office: it ends somebody's office ("Chủ tịch UBND tỉnh")."""

    word: str
    printed: str
    cut: bool
    capital: bool
    value: bool
    unit: str = ""
    office: bool = False


def plainly(text: str) -> str:
    """A text with products that were recognised as OCOP called "sản phẩm OCOP"."""
    return _RECOGNISED.sub(lambda match: ("S" if match[0][0] == "S" else "s") + "ản phẩm OCOP", text)


def shortening_fault(sentence: Said, source: Said) -> str | None:
    """What was left out or moved that may not be, as a fault; None where nothing was."""
    alone = len({key for key, _ in source.places}) < 2
    kept, held = _pieces(sentence, alone=alone), _pieces(source, alone=alone)
    at: dict[str, list[int]] = {}
    for place, piece in enumerate(held):
        at.setdefault(piece.word, []).append(place)
    # of every way to lay the words along the source so far, where its last word stands
    ends: set[int | None] = {None}
    for piece in kept:
        places = at.get(piece.word, [])
        if not places:
            continue
        reached: set[int | None] = {place for place in places for last in ends if _may_follow(last, place, held, kept)}
        if piece.word in _LIGHT and not piece.value:
            reached |= ends
        if not reached:
            return f"what stands in the sentence cited before {piece.word!r} may not be left out"
        ends = reached
    if not any(last is None or _may_end(last, held) for last in ends):
        return "the sentence cited goes on"
    return None


def _may_follow(last: int | None, place: int, held: Sequence[_Piece], kept: Sequence[_Piece]) -> bool:
    if last is None:
        return _may_begin(place, held)
    if place <= last:
        # only what opens the source may come behind what follows it
        return _may_end(last, held) and not _weight(held[:place])
    return place == last + 1 or _may_leave_out(last, place, held, kept)


def _may_begin(place: int, held: Sequence[_Piece]) -> bool:
    """Whether a sentence may begin in the middle of its source: at a clause, or at a name after its titles."""
    gap = held[:place]
    core = _weight(gap, held[place])
    if not core or all(gap[at].word in _PERSONS | {"đồng"} for at in core):
        return True
    behind = gap[core[-1] + 1 :]
    if any(piece.cut for piece in (*behind, held[place])):
        return not _is_item(gap, held[place:])
    since = max((at for at, piece in enumerate(gap) if piece.cut), default=0)
    titled = gap[since:]
    return held[place].capital and begins_name(held[place].word.title()) and any(one.word in _TITLES for one in titled)


def _may_end(last: int, held: Sequence[_Piece]) -> bool:
    """Whether a sentence may end in the middle of its source."""
    gap = held[last + 1 :]
    core = _weight(gap)
    if not core or held[last].office:
        return True
    before = gap[: core[0] + 1]
    if any(piece.cut for piece in before):
        return not _is_item(held[: last + 1], gap) and not _lists_on(last, held)
    return _begins_phrase(before) and not _limited(last, held)


def _may_leave_out(last: int, place: int, held: Sequence[_Piece], kept: Sequence[_Piece]) -> bool:
    gap = held[last + 1 : place]
    core = _weight(gap, held[place])
    if not core:
        return True
    starts = any(piece.cut for piece in gap[: core[0] + 1])
    ends = any(piece.cut for piece in (*gap[core[-1] + 1 :], held[place])) or gap[-1].office
    if _lists_on(last, held):
        return False
    if starts and ends:
        return not (
            (_is_item(held[: last + 1], gap) and _is_item(gap, held[place:]))
            or _is_short(gap, core)
            or any(piece.word == "và" for piece in (*gap[core[-1] + 1 :], held[place]))
            or _refers(gap[core[-1] + 1 :], held[place:])
            or (_names_person(gap) and held[place].word in _TITLES)
            or (_acts(gap) and not _has_subject(held[place:]))
        )
    if not _begins_phrase(gap[: core[0] + 1]) or _limited(last, held):
        return False
    if ends:
        return not _in_a_row(gap, kept)
    inner = gap[core[0] : core[-1] + 1]
    return len(inner) <= _SHORT and not any(
        piece.cut or piece.capital or piece.value or piece.word in _LIMITING | _OPENING for piece in gap
    )


def _weight(pieces: Sequence[_Piece], after: _Piece | None = None) -> list[int]:
    """The places of pieces that say something; after: the piece behind the last."""
    found = []
    following = (*pieces, after)[1:]
    for at, (piece, behind) in enumerate(zip(pieces, following, strict=True)):
        light = (
            piece.word in _LIGHT
            # "đã xây dựng được 5 hồ sơ", "các huyện Bát Xát", "là địa phương dẫn đầu"
            or (piece.word == "được" and behind is not None and behind.value)
            or (piece.word in _RANKS and behind is not None and behind.capital)
            or (piece.word in _KINDS and any(one.word == "là" for one in pieces[max(0, at - 2) : at]))
        )
        if piece.value or not light:
            found.append(at)
    return found


def _begins_phrase(pieces: Sequence[_Piece]) -> bool:
    return any(piece.word in _PREPOSITIONS for piece in pieces)


def _limited(last: int, held: Sequence[_Piece]) -> bool:
    """Whether the clause up to there denies, or says it of the first, of all, or of nothing else."""
    since = max((at for at in range(last + 1) if held[at].cut), default=0)
    return any(piece.word in _LIMITING for piece in held[since : last + 1])


def _is_item(before: Sequence[_Piece], after: Sequence[_Piece]) -> bool:
    """Whether a list of names goes on from the one to the other."""
    head: list[_Piece] = []
    for piece in after:
        if head and (piece.cut or piece.word == "và"):
            break
        if piece.word != "và":
            head.append(piece)
    tail = before[-1:]
    named = [piece for piece in head[:_ITEM] if piece.capital]
    return bool(head and tail and tail[0].capital and named and head[0].capital) and not (
        head[0].word in _TITLES or any(piece.word in _PERSONS for piece in head)
    )


def _is_short(gap: Sequence[_Piece], core: Sequence[int]) -> bool:
    """Whether what stands between two commas is an item rather than a clause: "xã, phường, thị trấn"."""
    first = gap[core[0]]
    return (
        len(core) <= _ITEM
        and first.word not in _TITLES
        and not _begins_phrase(gap[: core[0] + 1])
        and not any(piece.value for piece in gap)
    )


def _lists_on(last: int, held: Sequence[_Piece]) -> bool:
    """Whether a list that says that it is whole ("bao gồm") is broken off there."""
    return any(piece.word == "gồm" for piece in held[: last + 1])


def _refers(behind: Sequence[_Piece], after: Sequence[_Piece]) -> bool:
    """Whether what is kept then refers to what was left out: "trong đó …"."""
    words = tuple(piece.word for piece in (*behind, *after))
    return any(words[at : at + len(one)] == one for one in _REFERS for at in range(len(behind) + 1))


def _names_person(gap: Sequence[_Piece]) -> bool:
    return any(piece.word in _PERSONS for piece in gap) or any(
        one.capital and other.capital and one.word not in _TITLES and begins_name(one.word.title())
        for one, other in pairwise(gap)
    )


@lru_cache(maxsize=4096)
def _tagged(words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(parts_of_speech(" ".join(words)))


def _acts(gap: Sequence[_Piece]) -> bool:
    """Whether what is left out says something of a subject of its own."""
    # "Trưởng Ban Chỉ đạo" is called so
    words = _tagged(tuple(piece.printed for piece in gap))
    return any(tag.startswith("V") and word[0].islower() for word, tag in words)


def _has_subject(after: Sequence[_Piece]) -> bool:
    """Whether a clause begins with what it speaks of."""
    if after[0].value or after[0].capital:
        return True
    words = _tagged(tuple(piece.printed for piece in after[:_SHORT]))
    return bool(words) and words[0][1][0] in "NLM"


def _in_a_row(gap: Sequence[_Piece], kept: Sequence[_Piece]) -> bool:
    """Whether a number is left out of a row of which another is kept: "8 hộ với 22 sản phẩm, 12 tổ với 24 sản phẩm"."""
    units = {piece.unit for piece in gap if piece.value}
    words = {piece.word for piece in gap if piece.word in _PREPOSITIONS}
    return any(
        piece.value and piece.unit in units and any(one.word in words for one in kept[max(0, at - _REACH) : at])
        for at, piece in enumerate(kept)
    )


def _pieces(read: Said, *, alone: bool) -> tuple[_Piece, ...]:
    """The pieces of a text without its days, and without its province where it speaks of one alone."""
    text = read.text
    values = {(star.start, star.end): (f"*{star.low}-{star.high}", "sao") for star in read.stars}
    values |= {(count.start, count.end): (f"#{count.value:g}-{count.to}", count.unit) for count in read.counts}
    spans = [(start, end, word, unit) for (start, end), (word, unit) in values.items()]
    spans += [(date.start, date.end, "", "") for date in read.dates]
    if alone:
        spans += [(place.start, place.end, "", "") for place in find_places(text)]
    spans += [(mark.start(), mark.end() - 1, "", "") for mark in _ITEM_MARK.finditer(text)]
    found: list[_Piece] = []
    begins: list[int] = []
    at, cut = 0, False

    def take(start: int, end: int) -> None:
        nonlocal cut, at
        for match in _WORD.finditer(text, start, end):
            cut = cut or _BOUNDARY.search(text, max(0, at - 1), match.start() + 1) is not None
            for place, word in enumerate(tokens(match[0])):
                begins.append(match.start())
                capital = re.match(rf"[{CAPITALS}]", match[0]) is not None and word != "ocop"
                found.append(
                    _Piece(
                        word=word,
                        printed=match[0] if place == 0 else word,
                        cut=cut and place == 0,
                        capital=capital,
                        value=False,
                    )
                )
            cut, at = False, match.end()

    for start, end, word, unit in sorted(spans):
        if start < at:
            continue
        take(at, start)
        cut = cut or _BOUNDARY.search(text, max(0, at - 1), start + 1) is not None
        at = end
        if word:
            begins.append(start)
            found.append(_Piece(word=word, printed=text[start:end], cut=cut, capital=False, value=True, unit=unit))
            cut = False
    take(at, len(text))
    if found:
        # the word that opens a sentence is capital for that alone
        found[0] = replace(found[0], cut=True, capital=len(found) > 1 and found[0].capital and found[1].capital)
    for end in office_ends(text):
        last = max((place for place, begun in enumerate(begins) if begun < end), default=None)
        if last is not None:
            found[last] = replace(found[last], office=True)
    return tuple(found)
