"""Judging the evidence: of what was found, what holds the place, time, star and kind of thing asked for.

Scores order what passes; they let nothing through (docs/decisions/0008).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from assistant.called import asks_by_name, asks_signer, names_asked, names_place
from assistant.candidates import Candidate, candidates
from assistant.columns import column_asked
from assistant.corpus import Corpus
from assistant.counted_there import counts_elsewhere, counts_of_star, tells_more
from assistant.evidence import about_place, fits_kind, names_in, names_several
from assistant.exactness import exact_first
from assistant.limits import limit_groups_asked, limit_groups_in, rounds_in
from assistant.proper_names import holds_names, introduces, of_the_product, proper_names
from assistant.question import Question
from assistant.relevance import Weights, chances, fitted
from assistant.retrieve import Found
from assistant.set_numbers import asks_of_one_set, numbered_sets
from assistant.signals import (
    Asked,
    Looked,
    asked_of,
    asks_of_former_law,
    districts_in,
    look,
    names_star,
    places_of_article,
    question_signals,
    signals,
    transitional,
)
from assistant.sought import NATION
from assistant.units import is_rule
from assistant.wording import coverage, find_phrase, says, supplied, words_of
from index.criteria.products import find_sets

# The share of the telling words a rule must repeat to answer a question that names a place.
PLACE_IN_LAW_COVER = 0.9
# The share of the telling words that a line of a table of law must itself hold to say when, how long or who.
ROW_OF_LAW_COVER = 0.3
# Kinds of answer that a sentence without such a thing does not give.
_TYPED = ("figure", "who", "when", "duration", "number", "star", "share", "unit", "breakdown", "case", "merger")
_OF_A_STAR = (*_TYPED, "list", "yes_no")
# Of these the star may be said around the sentence.
_STAR_AROUND = ("who", "when", "list", "yes_no")
# Kinds of answer about a place that a rule for the whole country cannot give.
_OF_A_PLACE = (
    *_TYPED,
    "list",
    "where",
    "compare",
    "sum",
    "average",
    "difference",
    "trend",
    "why",
    "decision",
    "merger",
)
# Kinds of answer that a line which leads in to others does not give.
_SAID_OUTRIGHT = ("duration", "when", "who")
# A line that leads in and says itself how long: "Trong thời hạn 15 ngày làm việc …, UBND cấp xã:".
_DAYS = re.compile(r"\d+ (?:ngày|tháng|năm)(?!\w)")
# A rule on taking a certificate away says who and when the opposite of what is asked of giving it.
_WITHDRAWN = re.compile(r"thu hồi", re.IGNORECASE)
_WITHDRAWING = ("thu hồi", "bị thu", "tước", "rút", "lấy lại", "hủy")
# A loss taken for granted, and how texts tell one.
_OF_A_LOSS = ("why", "when", "who", "list", "figure")
_TAKEN_AWAY = re.compile(
    r"(?<!\w)(?:thu hồi|tước|rút (?:giấy|sao|\d sao)|bị (?:\w+ ){0,3}(?:rút|hủy|lấy lại|mất sao))(?!\w)"
)
_LOST = re.compile(r"thu hồi|(?<!\w)(?:rút|tước|hủy|mất sao|mất hạng|mất giấy|hết hạn|bãi bỏ)(?!\w)", re.IGNORECASE)
_GIVING = ("công nhận", "cấp giấy", "ai cấp", "ai ký", "phân hạng")
# What is asked of a grade or certificate given under former law.
_STILL_HOLDS = ("còn giá trị", "còn hiệu lực", "còn dùng được", "còn xài", "giữ hạng", "giữ sao", "vẫn còn sao")
# What a text that tells of signing says.
_SIGNED = re.compile(r"(?<!\w)ký(?!\w)", re.IGNORECASE)
# Who asks so wants a spot named.
_SPOTS = (
    "ở đâu", "tại đâu", "địa điểm nào", "địa chỉ nào", "địa phương nào", "nằm ở", "xã nào", "huyện nào", "tỉnh nào",
    "thành phố nào", "phường nào", "nước nào",
)  # fmt: skip
# The money of one, which a sum paid for many does not tell.
_EACH = tuple(f"{one} {thing}" for one in ("mỗi", "một", "từng") for thing in ("sản phẩm", "món", "chủ thể", "hồ sơ"))
_OF_EACH = re.compile(r"(?<!\w)(?:mỗi|một|từng|mức)(?!\w)|/\s?(?:sản phẩm|hồ sơ)", re.IGNORECASE)
# What is asked about in so many words, and told in no others.
_MATTERS = (
    ("khiếu nại", "khiếu kiện", "khởi kiện", "phúc khảo", "phúc tra"),
    ("lệ phí", "đóng phí", "mất phí", "tốn phí", "thu phí", "phí thẩm định", "phí"),
    ("bồi dưỡng", "thù lao", "phụ cấp", "công tác phí"),
    ("thuế",),
    ("vietgap",),
    ("globalgap",),
    ("mã vạch",),
    ("bảo hiểm",),
    ("vay", "tín dụng", "ngân hàng"),
    ("hóa đơn",),
    ("mức phạt", "phạt tiền", "phạt hành chính", "xử phạt", "phạt bao nhiêu"),
    ("haccp",),
    ("halal",),
    ("otop",),
    ("nhãn hiệu tập thể",),
    ("chỉ dẫn địa lý",),
    ("văn bằng",),
    ("tự công bố",),
    ("phụ nữ", "nữ"),
    *((f"luật {name}",) for name in (
        "hợp tác xã", "doanh nghiệp", "an toàn thực phẩm", "sở hữu trí tuệ", "quảng cáo", "thương mại", "đất đai",
        "đầu tư", "giao dịch điện tử", "du lịch", "trồng trọt", "chăn nuôi", "thủy sản", "bảo vệ môi trường",
    )),
)  # fmt: skip
# What money is counted in.
MONEY = "đồng"
# A cell under a star that says that its number is not known.
_UNKNOWN = r"(?<!\d){star} sao: (?:không rõ|chưa rõ|không ghi|chưa có|[-–…?])\.?(?:;|$)"
# What is counted over all of a place.
_COUNTED_OF_ALL = ("figure", "sum", "share", "average")
# What is asked for by deeds, and by several names.
_TASKS = ("việc gì", "việc nào", "những việc", "nhiệm vụ", "làm gì", "làm những gì")
_SEVERAL = ("những", "các", "kể tên", "liệt kê", "danh sách", "gồm", "mấy", "hai", "ba", "bốn", "tên")
# Two sides, each of which an answer must speak of.
_OF_BOTH = ("compare", "sum", "difference", "average")
# Who asks so wants names.
_NAMED = ("kể tên", "liệt kê", "nêu tên", "kể ra")
# The share of the telling words that must stand in a sentence that lists things of a place, or right around it.
LISTED_COVER = 0.5
LISTED_IN_TABLE_COVER = 0.34
# Less where the table's first column is headed by what is asked for.
LISTED_BY_COLUMN_COVER = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A candidate that may answer. chance: that it is the answer, in [0, 1]; score: what it weighs, unbounded.

    told: the share of the telling words of the question that it holds, in [0, 1].
    """

    candidate: Candidate
    score: float
    chance: float
    told: float
    fits_time: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The sentences that may answer one question, best first. none: the chance that none of them does."""

    sentences: tuple[Ranked, ...]
    none: float


def judge(question: Question, found: Found, corpus: Corpus, *, on: date, by: Weights | None = None) -> Judgement:
    """The sentences found that hold what was asked, weighed."""
    by = by or fitted()
    asked, admitted = looked_at(question, found, corpus, on)
    weighed = chances(
        [signals(asked, item, looked, corpus) for item, looked in admitted], question_signals(asked, len(admitted)), by
    )
    order = np.argsort(-weighed.scores, kind="stable")
    by_rule = bool(_decided(question, admitted))
    share = max(1.0 - weighed.none, 1e-9) if by_rule else 1.0  # that none answers is then ruled out
    ranked = tuple(
        Ranked(
            candidate=admitted[place][0],
            score=float(weighed.scores[place]),
            chance=float(weighed.each[place]) / share,
            told=coverage(asked.telling, admitted[place][1].words, asked.telling_weights),
            fits_time=admitted[place][1].time,
        )
        for place in order.tolist()
    )
    exact = exact_first(question, [(item.candidate.text, item.told) for item in ranked])
    return Judgement(sentences=tuple(ranked[place] for place in exact), none=0.0 if by_rule else weighed.none)


def looked_at(
    question: Question, found: Found, corpus: Corpus, on: date
) -> tuple[Asked, list[tuple[Candidate, Looked]]]:
    """The candidates that hold the place, star, numbers, document and kind of thing asked for, each as it was read."""
    every = [*candidates(found.news, corpus, law=False), *candidates(found.law, corpus, law=True)]
    asked = asked_of(question, every, corpus, on)
    admitted = list(_admitted(asked, every, corpus))
    return asked, _decided(question, admitted) or admitted


def _decided(question: Question, admitted: list[tuple[Candidate, Looked]]) -> list[tuple[Candidate, Looked]]:
    """The candidates that a rule picks out, where one does.

    Of points, the grade whose range holds them; of something given under former law, what transitional provisions say
    of it; of money for a star, the line of a table for it; of things that head a column, the lines of that table; of
    somebody asked for by name, the first that gives an office with the name.
    """
    if question.wanted == "star" and question.numbers:
        return [one for one in admitted if one[0].law and one[1].in_range]
    if says(question.tokens, *_STILL_HOLDS):
        return [one for one in admitted if transitional(one[0])]
    if question.wanted == "who" and says(question.tokens, "là ai") and (names := proper_names(question.text)):
        return [one for one in admitted if not one[0].law and introduces(one[0].text, names)][:1]
    if question.wanted == "list" and (
        rows := [one for one in admitted if one[1].time is not False and column_asked(question, one[0])]
    ):
        return rows
    if question.stars is not None and any(item.what == MONEY for item in question.counted):
        return [one for one in admitted if one[0].block.role == "row" and one[1].star and one[1].kind]
    return []


@dataclass(frozen=True, slots=True, kw_only=True)
class _Demanded:
    """What a question demands of every candidate, read once. rounds: the numbered rounds it names. sets: the articles
    of sets of criteria that are not those it numbers; rows: those whose tables are of none of the products it names;
    own: those of the sets it numbers, where it asks for points, else None. by_name: whether it asks what something is
    called; spot: whether it asks where; signer: who signed. loss: whether it takes a certificate to be taken away.
    each: whether it asks for the money of one. counts: whether it asks how many a place has.
    bodies: places of no map that it names, whose bodies issued decisions. matters: of what nothing else tells of that
    it asks, the words for each."""

    rounds: frozenset[str]
    sets: frozenset[str]
    rows: frozenset[str]
    own: frozenset[str] | None
    by_name: bool
    spot: bool
    signer: bool
    loss: bool
    each: bool
    counts: bool
    bodies: frozenset[str]
    matters: tuple[tuple[str, ...], ...]


def _demanded(question: Question, corpus: Corpus) -> _Demanded:
    numbered = numbered_sets(question)
    of_products = frozenset(() if numbered else (match.number for match in find_sets(question.text)))
    numbers: dict[str, set[int]] = {}
    for one in corpus.criteria if numbered or of_products else ():
        if one.number is not None:
            numbers.setdefault(one.article_id, set()).add(one.number)
    return _Demanded(
        rounds=frozenset(rounds_in(question.tokens)),
        sets=frozenset(article for article, own in numbers.items() if numbered and own.isdisjoint(numbered)),
        rows=frozenset(article for article, own in numbers.items() if of_products and own.isdisjoint(of_products)),
        own=frozenset(article for article, own in numbers.items() if not own.isdisjoint(numbered))
        if numbered and asks_of_one_set(question)
        else None,
        by_name=asks_by_name(question),
        spot=question.wanted == "where" and says(question.tokens, *_SPOTS),
        signer=asks_signer(question),
        each=any(one.what == MONEY for one in question.counted) and says(question.tokens, *_EACH),
        bodies=frozenset()
        if question.places
        else frozenset(name for name in corpus.held.bodies if find_phrase(question.tokens, name) >= 0),
        counts=question.wanted == "figure" and bool(question.places and question.counted),
        matters=_matters_asked(question),
        loss=question.wanted in _OF_A_LOSS and _TAKEN_AWAY.search(" ".join(question.tokens)) is not None,
    )


def _admitted(asked: Asked, every: list[Candidate], corpus: Corpus) -> Iterator[tuple[Candidate, Looked]]:
    question = asked.question
    demanded = _demanded(question, corpus)
    for item in every:
        # what most fail, before all else is read
        if question.places and not item.law and not _placed(question, item, corpus):
            continue
        kind = fits_kind(question, item.text)
        if not kind and question.wanted in _TYPED:
            continue
        looked = look(asked, item, corpus, kind=kind)
        if (
            _of_the_place(asked, item, looked)
            and _of_the_star(question, item, looked)
            and _holds_numbers(question, item, looked)
            and tells_more(question, item.text)
            and not (demanded.counts and not item.law and counts_elsewhere(question, item, corpus))
            and _of_the_document(question, item, looked, corpus)
            and not (item.law and _of_withdrawal(question, item))
            and (item.law or not demanded.loss or _tells_of_loss(item))
            and not (
                question.wanted in _SAID_OUTRIGHT and item.text.rstrip().endswith(":") and not _DAYS.search(item.text)
            )
            and _row_of_law_tells(asked, item, looked)
            and (not transitional(item) or asks_of_former_law(question, item.evidence.article, corpus))
            and _of_the_district(question, item, looked)
            and _lists(asked, item, looked)
            and item.evidence.article.id not in demanded.sets
            and not (item.block.role == "row" and item.evidence.article.id in demanded.rows)
            and (demanded.own is None or item.evidence.article.id in demanded.own)
            and (not item.law or _of_the_body(question, demanded, item))
            and not (demanded.signer and _SIGNED.search(item.text) is None)
            and not (demanded.each and item.block.role not in ("row", "item") and _OF_EACH.search(item.text) is None)
            and _of_the_round(demanded, item)
            and _of_the_name(question, demanded, item)
            and holds_names(question, item)
            and (item.law or of_the_product(question, _near(item)))
            and _of_the_matter(demanded, item)
            and _of_the_nation(question, item, corpus)
        ):
            yield item, looked


def _tells_of_loss(item: Candidate) -> bool:
    """Whether a text speaks of a certificate lost: what a place has is no reason for what it lost."""
    return _LOST.search(f"{_near(item)}\n{item.hit.passage.text}") is not None


def _of_the_nation(question: Question, item: Candidate, corpus: Corpus) -> bool:
    """Whether a text that may count what the country has is none of a single province, nor a rule, which counts
    nothing of the world."""
    if not question.national or question.wanted not in _COUNTED_OF_ALL:
        return True
    single = item.law or bool(places_of_article(item, corpus))
    return not single or says(words_of(item.text).tokens, *NATION)


def _of_the_matter(demanded: _Demanded, item: Candidate) -> bool:
    """Whether a text, or what stands around it, speaks of what is asked about where nothing else tells of that: when
    papers are due says nothing of complaints."""
    if not demanded.matters:
        return True
    near = words_of(_near(item)) + words_of(item.hit.passage.text)
    return all(any(f" {word} " in near.spoken for word in words) for words in demanded.matters)


def _matters_asked(question: Question) -> tuple[tuple[str, ...], ...]:
    return tuple(words for words in _MATTERS if says(question.tokens, *words))


def speaks_of_matters(question: Question, items: Sequence[Candidate]) -> bool:
    """Whether some of the texts speak of each thing a question asks about that nothing else tells of."""
    demanded = _matters_asked(question)
    spoken = [words_of(_near(item)).spoken for item in items] if demanded else []
    return all(any(f" {word} " in said for word in words for said in spoken) for words in demanded)


def _near(item: Candidate) -> str:
    """A candidate with what stands before and over it."""
    return f"{item.text}\n{item.before}\n{item.hit.passage.header}\n{item.evidence.article.title}"


def _of_withdrawal(question: Question, item: Candidate) -> bool:
    """Whether a rule is about taking away where the question is about giving."""
    return (
        _WITHDRAWN.search(item.text) is not None
        and says(question.tokens, *_GIVING)
        and not says(question.tokens, *_WITHDRAWING)
    )


def _row_of_law_tells(asked: Asked, item: Candidate, looked: Looked) -> bool:
    """Whether a line of a table of law that may say when, how long or who speaks of what is asked at all: how long a
    criterion looks back is no answer to how long anything takes."""
    if not item.law or item.block.role != "row" or asked.question.wanted not in _SAID_OUTRIGHT:
        return True
    return coverage(asked.telling, looked.words, asked.telling_weights) >= ROW_OF_LAW_COVER


def _of_the_star(question: Question, item: Candidate, looked: Looked) -> bool:
    """Whether a sentence, or for some kinds of answer its passage, names the star asked about."""
    if question.stars is None or question.wanted not in _OF_A_STAR:
        return True
    if looked.star:
        # "4 sao: không rõ" names the star and tells nothing of it
        unknown = _UNKNOWN.format(star=question.stars[0])
        if item.block.role == "row":
            return re.search(unknown, item.text, re.IGNORECASE) is None
        return question.wanted != "figure" or counts_of_star(question, item.text)
    passage = item.hit.passage
    return question.wanted in _STAR_AROUND and names_star(f"{passage.header}\n{passage.text}", question.stars[0])


def _of_the_place(asked: Asked, item: Candidate, looked: Looked) -> bool:
    """Whether a sentence speaks of a place asked about. A rule for the whole country does not say what one province
    did: law answers a question about a place only where it holds nearly every word of it."""
    question = asked.question
    if not question.places:
        return True
    if question.guessed and item.law:
        return False
    if len(question.places) > 1 and question.wanted in _OF_BOTH and not looked.places >= set(question.places):
        return False
    if item.law and not looked.places & set(question.places):
        return (
            question.wanted not in _OF_A_PLACE
            and len(asked.telling) >= 3
            and coverage(asked.telling, looked.words, asked.telling_weights, looked.around) >= PLACE_IN_LAW_COVER
        )
    return not item.law or about_place(question, item.text, tuple(looked.article_places))


def _placed(question: Question, item: Candidate, corpus: Corpus) -> bool:
    """Whether news speak of a place asked about."""
    return about_place(question, item.text, tuple(places_of_article(item, corpus)))


def _of_the_round(demanded: _Demanded, item: Candidate) -> bool:
    """Whether a sentence speaks of the numbered round asked about, or names none and what it stands under or beside
    does."""
    if not demanded.rounds:
        return True
    around = (item.text, item.before, item.hit.passage.header, item.evidence.article.title, item.hit.passage.text)
    said = next((found for text in around if (found := rounds_in(words_of(text).tokens))), ())
    return not demanded.rounds.isdisjoint(said)


def _of_the_name(question: Question, demanded: _Demanded, item: Candidate) -> bool:
    """Whether a sentence calls by name what is asked for by its name, or by where it is."""
    if item.block.role in ("row", "item") or item.text.rstrip().endswith(":"):
        return True
    if demanded.spot and not item.law:
        return names_place(question, item.text)
    return not demanded.by_name or names_asked(question, item.text)


def _of_the_district(question: Question, item: Candidate, looked: Looked) -> bool:
    """Whether a sentence, its passage or the title of its article names a district asked about, where one is."""
    if not question.districts or question.wanted == "merger":
        return True
    asked = {key for keys in question.districts for key in keys}
    passage = item.hit.passage
    said = "\n".join((item.evidence.article.title, passage.header, passage.text))
    return bool(asked & districts_in(said, tuple(sorted(looked.article_places))))


def _lists(asked: Asked, item: Candidate, looked: Looked) -> bool:
    """Whether a sentence may list what a question asks for of a place: it names several things or is a line of a list
    or table, and what they are is said there or right around it."""
    question = asked.question
    if question.wanted != "list":
        return True
    of_a_place = bool(question.places or question.districts)
    if (
        (of_a_place or (not item.law and says(question.tokens, *_NAMED)))
        and item.block.role not in ("row", "item")
        and not item.text.rstrip().endswith(":")
        and not _says_enough(question, item.text)
    ):
        return False
    if not of_a_place:
        return True
    over = words_of(f"{item.hit.passage.heading} {item.evidence.article.title}")
    near = supplied(question.synonyms, looked.words + words_of(item.before) + over)
    if column_asked(question, item):
        return coverage(asked.telling, near, asked.telling_weights) >= LISTED_BY_COLUMN_COVER
    if limit_groups_asked(question.tokens) - limit_groups_in(near):
        return False  # who asks for what was withdrawn is not told what was given
    least = LISTED_IN_TABLE_COVER if item.block.role == "row" else LISTED_COVER
    return coverage(asked.telling, near, asked.telling_weights) >= least


def _says_enough(question: Question, text: str) -> bool:
    """Whether a sentence says what a list is asked of: several things; of one thing ("loại trà nào") one name; of what
    somebody does, more than one thing done."""
    if names_several(question, text) or text.count(";") > 1:
        return True
    if says(question.tokens, *_TASKS):
        return text.count(",") + text.count(";") + text.count(" rồi ") > 1
    return not says(question.tokens, *_SEVERAL) and bool(names_in(question, text))


def _holds_numbers(question: Question, item: Candidate, looked: Looked) -> bool:
    """Whether every number asked about stands in the sentence or around it, or lies in a range the sentence states."""
    if not question.numbers or looked.in_range:
        return True
    # the number of a paper stands beside what the paper did
    around = looked.words + (words_of(item.before) if question.wanted == "number" else looked.around)
    return all(around.holds(number) for number in question.numbers)


def _of_the_body(question: Question, demanded: _Demanded, item: Candidate) -> bool:
    """Whether a guide speaks of a place asked about that no map has: a rule of the country does not say what it did."""
    if not demanded.bodies or question.wanted not in _OF_A_PLACE:
        return True
    near = words_of(f"{_near(item)}\n{item.hit.passage.text}")
    return any(f" {name} " in near.spoken for name in demanded.bodies)


def _of_the_document(question: Question, item: Candidate, looked: Looked, corpus: Corpus) -> bool:
    """Whether the sentence, its passage or its article names the document asked about; of one that is itself a rule
    any text of law may speak."""
    if not question.documents:
        return True
    # a line of a table that has a number of its own is of that one alone
    alone = item.block.role == "row" and looked.documents
    named = looked.documents if alone else (*looked.documents, *looked.article_documents)
    return any(number.matches(asked) for asked in question.documents for number in named) or (
        item.law and any(is_rule(asked, corpus) for asked in question.documents)
    )
