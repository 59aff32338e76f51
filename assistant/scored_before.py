"""A follow-up on how goods are scored, with what it leaves out of the goods, the criterion and the star spoken of:
"còn cảm quan?", "hộ gia đình thì mấy?", "rượu trắng cũng phải vậy à?", "mới có đơn thì lên 4 sao được không?".

What a set says is found by the names of the goods and of the criterion, which a follow-up leaves out; so they are put
in, and kept only where a set then answers.
"""

import re
from collections.abc import Iterator
from datetime import date

from assistant.conditions import conditions_draft
from assistant.corpus import Corpus
from assistant.criterion import criterion_draft, named_of
from assistant.criterion_names import placed
from assistant.criterion_of_any import criterion_of_any
from assistant.criterion_words import are_of
from assistant.product_before import without_opening
from assistant.question import Question, understand
from assistant.scoring import Scoring
from assistant.set_remarks import goes_into
from assistant.slot_before import STAR, one_product
from assistant.units import law_day
from assistant.wording import says, tokens
from index.criteria.products import find_sets

# Which ministry goods are under.
_MINISTRY = (
    *(f"{which} {lead}" for which in ("bộ nào", "cơ quan nào") for lead in ("quản", "quản lý", "chủ trì", "phụ trách")),
    "ai quản", "ai quản lý", "ai chủ trì quản lý", "ai phụ trách",
)  # fmt: skip
_POINTED = re.compile(
    r"(?<!\w)(?:mục|tiêu chí|phần|chỗ|khoản|khâu)\s+(?:đó|ấy|này|đấy|vừa nói|do|nay|ay)(?!\w)", re.IGNORECASE
)
# "cũng phải vậy à?", "cũng chừng đó phần trăm thì bao nhiêu?"
_TOO = ("cũng", "y")
_AS_MUCH = ("vậy", "thế", "đó", "ấy", "như trên")
# Words beside a criterion of a follow-up that asks nothing else of it.
_BESIDE = frozenset("thế còn vậy rồi thì sao nhỉ à ạ hả và với nữa mục tiêu chí phần khâu chỗ riêng trong đó".split())
# Kinds of answer that the options of a criterion may give.
_OF_A_CRITERION = ("yes_no", "how", "text", "figure", "star")
# What is said of goods that are scored, or by who makes them, wherever that is.
_OF_SCORING = ("chấm", "điểm", "tiêu chí", "bộ", "làm", "nuôi", "trồng", "nấu", "sản xuất", "chế biến", "đăng ký")
_MOST = 40  # syllables of a follow-up
_WHICH_IS_MORE = tuple(
    f"{which} nào {more}"
    for which in ("bộ", "cái", "bên", "mục")
    for more in ("cao hơn", "thấp hơn", "nhiều hơn", "ít hơn", "nhiều điểm hơn", "ít điểm hơn", "chấm cao hơn")
)


def scoring_of(asked: Question, before: Question | None) -> Scoring | None:
    """What a conversation on scoring is about after a question; None where that is of a place, or names goods of
    several sets, or none were named."""
    of_place = asked.places or asked.districts
    if of_place and (asked.counted or not says(asked.tokens, *_OF_SCORING)):
        return None
    spoken = None if before is None else before.scoring
    named = one_product(asked.text)
    if of_place and named is None:
        return None
    if named is None and (spoken is None or find_sets(asked.text)):
        return None
    goods = spoken.goods if named is None and spoken is not None else asked.text[named] if named is not None else ""
    criterion = _criterion(asked.text, goods)
    if spoken is None or spoken.goods.casefold() == goods.casefold() or not spoken.criterion:
        return Scoring(goods=goods, criterion=criterion, before=None if spoken is None else spoken.before)
    return Scoring(goods=goods, criterion=criterion, before=(spoken.goods, spoken.criterion))


def on_scoring(text: str, before: Question, corpus: Corpus, on: date) -> str | None:
    """A follow-up with what it leaves out, None where it goes on about no scoring or no set answers it so."""
    spoken = before.scoring
    if spoken is None or len(tokens(text)) > _MOST:
        return None
    asked = understand(text, on)
    own = asked.places or asked.national or asked.regions or asked.districts or asked.documents or not asked.unit.empty
    if own or any(one.what == "sản phẩm" for one in asked.counted):
        return None
    rest = without_opening(text)
    other = [match for match in find_sets(text) if not goes_into(text, match)]
    if not other and says(asked.tokens, *_MINISTRY):
        return f"{spoken.goods}: {rest}"
    if other:
        if reading := next((one for one in _of_other_goods(text, before, spoken) if _answered(one, corpus, on)), None):
            return reading
        if not _criterion(rest, "") or _answered(text, corpus, on):
            return None  # of goods of its own, not "thu hút khách thì phải diễn cồng chiêng mấy lần?"
    readings = _of_those(text, before, spoken, corpus, on)
    return next((one for one in readings if _answered(one, corpus, on)), None)


def _answered(text: str, corpus: Corpus, on: date) -> bool:
    """Whether a set answers a text by itself."""
    question = understand(text, on)
    drafts = (way(question, corpus, on) for way in (conditions_draft, criterion_draft, criterion_of_any))
    return any(draft is not None and bool(draft.segments) for draft in drafts)


def _of_other_goods(text: str, before: Question, spoken: Scoring) -> Iterator[str]:
    """What was asked of the goods spoken of, asked of others that a follow-up says are alike in it."""
    named, words = one_product(text), tokens(text)
    if named is None or not (says(words, *_TOO) and says(words, *_AS_MUCH)):
        return
    at = before.text.casefold().find(spoken.goods.casefold())
    if at >= 0:
        former = f"{before.text[:at]}{text[named]}{before.text[at + len(spoken.goods) :]}"
        own, theirs = STAR.findall(text), STAR.findall(former)
        yield former.replace(theirs[0], own[0]) if len(own) == len(theirs) == 1 else former
    if spoken.criterion:
        yield f"{text[named]}, mục {spoken.criterion}: được mấy điểm?"


def _of_those(text: str, before: Question, spoken: Scoring, corpus: Corpus, on: date) -> Iterator[str]:
    """A follow-up that names no goods, with those spoken of: of a criterion or a demand of its own, else of the one
    spoken of, where it points at that or says what that says."""
    rest, asked = without_opening(text), understand(text, on)
    if says(asked.tokens, *_WHICH_IS_MORE):
        if spoken.before is not None and spoken.criterion:
            goods, criterion = spoken.before
            yield f"Mục {criterion} của {goods} và mục {spoken.criterion} của {spoken.goods}, điểm nào cao hơn?"
        return
    own = _criterion(rest, "")
    if own:
        beside = [word for word in tokens(rest.replace(own, " ")) if word not in _BESIDE]
        if not beside and spoken.criterion and before.stars and before.text.count(spoken.criterion) == 1:
            yield before.text.replace(spoken.criterion, own)
        yield f"{spoken.goods}: {rest}"
        if not beside:
            yield f"{spoken.goods}: {own} tối đa mấy điểm?"
        elif asked.wanted in _OF_A_CRITERION:
            yield f"{spoken.goods}, mục {own}: {rest}"
        return
    if _POINTED.search(rest) is None:
        yield f"{spoken.goods}: {rest}"
    pointing = _POINTED.search(rest)
    if spoken.criterion and pointing is not None:
        yield f"{spoken.goods}: {rest[: pointing.start()]}mục {spoken.criterion}{rest[pointing.end() :]}"
    elif spoken.criterion and _says_the_same(asked, spoken, corpus, on):
        yield f"{spoken.goods}, mục {spoken.criterion}: {rest}"


def _says_the_same(asked: Question, spoken: Scoring, corpus: Corpus, on: date) -> bool:
    """Whether what a follow-up says is what the criterion spoken of says ("hộ gia đình có đăng ký kinh doanh")."""
    of_it = understand(f"{spoken.goods}, mục {spoken.criterion} mấy điểm?", on)
    found = (named_of(of_it, match, corpus, law_day(of_it, on)) for match in find_sets(spoken.goods)[:1])
    return any(one is not None and are_of(asked, one.criteria, one.form) for one in found)


def _criterion(text: str, goods: str) -> str:
    """The names of criteria in a text, from the first to the last where nothing but a few words stands between, as
    they are written there; "" where there are none."""
    words = list(re.finditer(r"\w+", text))
    said = tuple(word[0].casefold() for word in words)
    taken = set(tokens(goods))
    found = [place for _, place in placed(said) if not {said[at] for at in place} <= taken]
    if not found:
        return ""
    first, last = found[0].start, found[0].stop
    for place in found[1:]:
        last = place.stop if place.start - last <= 1 else last
    return text[words[first].start() : words[last - 1].end()]
