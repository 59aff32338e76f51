"""Which places of a list lead it, come last, or are before one that is named."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.amounts import line
from assistant.answer import FOUND_FIGURES
from assistant.corpus import Corpus
from assistant.draft import Draft, connective
from assistant.fitted import Fitted, best_of, evidence_of
from assistant.fitting import fit
from assistant.question import Question
from assistant.sentences import source_notice
from assistant.sought import Ask, Sought
from assistant.told import with_columns
from assistant.wanted import LAST
from assistant.wording import find_phrase, says
from index.places.named import PROVINCES, related

_LEAST = ("ít nhất", "ít hơn", "thấp nhất", "kém nhất", "ít sản phẩm", "ít chủ thể", *LAST)
# "ít món OCOP nhất", "ít cơ sở, chủ thể hơn"
_LEAST_OF = re.compile(r"(?<!\w)ít(?: \S+){1,6} (?:nhất|hơn)(?!\w)")
# Who asks so of a province means its districts and communes.
OF_A_PROVINCE = (
    "huyện nào", "xã nào", "địa phương nào", "nơi nào", "những nơi", "thị xã nào", "huyện thị nào", "phường nào",
    *(f"{many} {place}" for many in ("hai", "ba", "bốn", "năm", "các") for place in ("nơi", "huyện", "xã")),
    "hai địa phương", "ba địa phương", "vùng nào", "chỗ nào", "đâu nhiều", "đâu ít",
)  # fmt: skip
_PLACES = ("nơi", "huyện", "xã", "địa phương", "thành phố", "phường", "đơn vị", "chỗ", "tỉnh")
_MANY = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "2": 2, "3": 3, "4": 4, "5": 5, "10": 10}
_MORE = ("hơn", "đứng trên", "xếp trên", "đứng trước", "xếp trước", "vượt")
_OF_THOSE_STATED = "Chỉ so trong các địa phương mà nguồn nêu số liệu."


def asks_within(words: Sequence[str]) -> bool:
    """Whether a question of one province asks which of its places: "huyện nào", "nơi nhiều nhất là đâu"."""
    return says(words, *OF_A_PROVINCE) or (says(words, *_WITHIN) and says(words, "là đâu", "ở đâu", "là nơi nào"))


_WITHIN = ("nơi", "chỗ", "huyện", "xã", "phường", "địa phương")


def asks_least(words: Sequence[str]) -> bool:
    """Whether the least of several is asked for."""
    return says(words, *_LEAST) or _LEAST_OF.search(" ".join(words)) is not None


def leading_subplaces(question: Question, sought: Sought, ask: Ask, corpus: Corpus) -> Draft | None:
    """The sentence that gives the largest number of one district or commune of a province, or the smallest; of as many
    as the question says their numbers, in order. None where fewer are held.

    What a source names may not be all there is: it is the largest of those stated.
    """
    stated = subplaces_stated(question, sought, ask, corpus)
    many = how_many_places(question)
    if len(stated) < many:
        return None
    least = asks_least(question.tokens)
    ordered = sorted(stated, key=lambda item: item.figure.value if least else -item.figure.value)[:many]
    segments = [with_columns(evidence_of(item.figure, corpus)) for item in ordered]
    if many > 1:
        segments = [connective(FOUND_FIGURES), *(line(item.figure, corpus) for item in ordered)]
    notices = tuple(dict.fromkeys((*source_notice(evidence_of(ordered[0].figure, corpus).article), _OF_THOSE_STATED)))
    return Draft(status="answered", segments=tuple(segments), notices=notices, strength=0.9)


def subplaces_stated(question: Question, sought: Sought, ask: Ask, corpus: Corpus) -> list[Fitted]:
    """The best figure of every district or commune of a province that has one of the time asked."""
    if says(question.tokens, "cấp tỉnh"):  # all that is counted of its districts the province recognised
        words = tuple(word for word in sought.limits.words if word not in ("cấp", "tỉnh"))
        sought = replace(sought, limits=replace(sought.limits, words=words))
    bests = (
        best_of(item for item in fit(question, alone, ask, corpus) if item.fits_time is not False)
        for name in sorted(_subplaces(sought.places[0], corpus))
        for alone in (replace(sought, subplaces=(" ".join(name.lower().split()),)),)
    )
    return [best for best in bests if best is not None]


def how_many_places(question: Question) -> int:
    """How many of the first, or last, places are asked for."""
    return next((many for word, many in _MANY.items() if says(question.tokens, *(f"{word} {at}" for at in _PLACES))), 1)


def _subplaces(province: str, corpus: Corpus) -> set[str]:
    """The names of the districts and communes of a province that have figures."""
    places = related(province)
    return {one.subplace for one in corpus.figures if one.subplace is not None and one.place in places}


def more_than(question: Question, sought: Sought, ask: Ask, corpus: Corpus) -> Draft | None:
    """The places with more (or less) than the one named ("những tỉnh nào nhiều hơn Bến Tre?"), of the article that
    sets them beside one another; None for other questions and where no article does."""
    asked = question.tokens
    if not says(asked, "tỉnh nào", "tỉnh thành nào", "những tỉnh", "các tỉnh nào") or find_phrase(asked, "nhất") >= 0:
        return None
    least = asks_least(asked)
    if not (least or says(asked, *_MORE)):
        return None
    own = [item for item in fit(question, sought, ask, corpus) if item.own_place and item.fits_time is not False]
    # what limits the count is told of the article by the place named
    plain = replace(sought, limits=replace(sought.limits, words=()))
    found: dict[str, list[Fitted]] = {}
    others = {figure.place for figure in corpus.figures if figure.place in PROVINCES} - set(sought.places)
    for key in sorted(place for place in others if place is not None):
        for item in fit(question, replace(plain, places=(key,)), ask, corpus):
            if item.own_place and item.fits_time is not False:
                found.setdefault(item.figure.article_id, []).append(item)
    choices = [item for item in own if item.figure.article_id in found]
    best = best_of(choices)
    if best is None:
        return None
    beyond = {
        item.figure.place: item
        for item in found[best.figure.article_id]
        if (item.figure.value < best.figure.value if least else item.figure.value > best.figure.value)
    }
    if not beyond:
        return None
    ordered = sorted(beyond.values(), key=lambda item: item.figure.value if least else -item.figure.value)
    return Draft(
        status="answered",
        segments=(connective(FOUND_FIGURES), *(line(item.figure, corpus) for item in (*ordered, best))),
        notices=(_OF_THOSE_STATED,),
        strength=0.9,
    )


def places_with(question: Question, sought: Sought, ask: Ask, corpus: Corpus) -> Draft | None:
    """The sentences that give the number the question gives to places of the province it names ("huyện nào góp 12 sản
    phẩm?"), or None."""
    if len(sought.places) != 1 or len(sought.numbers) != 1 or not says(question.tokens, *OF_A_PROVINCE, "thị nào"):
        return None
    names = _subplaces(sought.places[0], corpus)
    value = sought.numbers[0]
    framed = {"huyện", "thị", "xã", "địa", "phương", "nơi"}
    words = tuple(word for word in sought.limits.words if word not in framed)
    plain = replace(sought, numbers=(), limits=replace(sought.limits, words=words))
    found: list[Fitted] = []
    for subplaces in ((), *((" ".join(name.lower().split()),) for name in sorted(names))):
        found += [
            item
            for item in fit(question, replace(plain, subplaces=subplaces), ask, corpus)
            if item.own_place
            and item.fits_time is not False
            and item.figure.value == value
            and (subplaces or any(name in evidence_of(item.figure, corpus).quote for name in names))
        ]
    if not found:
        return None
    ordered = sorted(found, key=lambda item: (item.figure.article_id, item.figure.start))
    return Draft(
        status="answered",
        segments=tuple(dict.fromkeys(with_columns(evidence_of(item.figure, corpus)) for item in ordered)),
        notices=(_OF_THOSE_STATED,),
        strength=0.9,
    )
