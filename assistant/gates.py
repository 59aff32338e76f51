"""What a text must hold to answer: the place, star, document, person, list and so on that a question asks for.

Each gate is a predicate of one candidate; `assistant.judge` lets through what passes all of them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from assistant.called import asks_by_name, asks_signer, names_asked, names_place
from assistant.candidates import Candidate
from assistant.columns import column_asked
from assistant.content import is_stop
from assistant.corpus import Corpus
from assistant.count import HELD_BY_PLACES
from assistant.counted_there import counts_elsewhere, counts_of_star, tells_more, tells_recognised
from assistant.evidence import CALLED_WHAT, about_place, names_in, names_several
from assistant.limits import limit_groups_asked, limit_groups_in, rounds_in
from assistant.office_asked import Office, office_asked, tells_office
from assistant.one_place import acts_there, names_local_body
from assistant.proper_names import holds_names, of_the_product, proper_names, says_name
from assistant.question import Question
from assistant.set_numbers import asks_of_one_set, numbered_sets, sets_in
from assistant.shortcomings import asks_shortcomings, tells_shortcoming
from assistant.signals import (
    Asked,
    Looked,
    asks_of_former_law,
    districts_in,
    names_star,
    places_of_article,
    transitional,
)
from assistant.sought import NATION
from assistant.spoken_matters import matters_asked, near_text, speaks_of
from assistant.target_words import TARGETS
from assistant.told import PROPOSED, asks_what_was_proposed
from assistant.units import is_rule
from assistant.wording import coverage, find_phrase, says, supplied, tokens, words_of
from index.criteria.products import find_sets
from index.figures.planned import says_planned
from index.figures.stars import find_stars
from index.places.districts import DISTRICTS, find_districts
from index.text import CAPITALS

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
# What a text that tells of signing says.
_SIGNED = re.compile(r"(?<!\w)ký(?!\w)", re.IGNORECASE)
# A paper is signed: nobody signs it by registering something, or with somebody else.
_SIGNED_PAPER = re.compile(
    r"(?<!đăng )(?<!\w)ký(?!\w)(?!\s+(?:kết|gửi|hiệu|hợp|thỏa thuận|thoả thuận|biên bản|cam kết))", re.IGNORECASE
)
_SIGNED_TOGETHER = ("ký với", "ký kết", "hợp đồng", "hợp tác", "thỏa thuận", "biên bản", "cam kết")
# Who asks so wants a spot named.
_SPOTS = (
    "ở đâu", "tại đâu", "địa điểm nào", "địa chỉ nào", "địa phương nào", "nằm ở", "xã nào", "huyện nào", "tỉnh nào",
    "thành phố nào", "phường nào", "nước nào",
)  # fmt: skip
# Who asks so wants a street or a house.
_STREETS = ("đường nào", "phố nào", "ngõ nào", "số nhà", "địa chỉ", "đường gì", "phố gì")
_STREET = re.compile(
    r"(?<!\w)(?:đường|phố|ngõ|số nhà|địa chỉ|quốc lộ|tỉnh lộ|đại lộ|thôn|ấp|bản|xóm|tổ dân phố|số \d+)(?!\w)",
    re.IGNORECASE,
)
# The money of one, which a sum paid for many does not tell.
_EACH = tuple(f"{one} {thing}" for one in ("mỗi", "một", "từng") for thing in ("sản phẩm", "món", "chủ thể", "hồ sơ"))
_OF_EACH = re.compile(r"(?<!\w)(?:mỗi|một|từng|mức)(?!\w)|/\s?(?:sản phẩm|hồ sơ)", re.IGNORECASE)
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
# In a sentence where none holds so many: people say "mặt yếu", "dồn về", where texts say "hạn chế", "tập trung ở".
LISTED_LOOSELY_COVER = 0.25
# Less where the table's first column is headed by what is asked for.
LISTED_BY_COLUMN_COVER = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Demanded:
    """What a question demands of every candidate, read once. rounds: the numbered rounds it names. sets: the articles
    of sets of criteria that are not those it numbers; rows: those whose tables are of none of the products it names;
    own: those of the sets it numbers, where it asks for points, else None. set_of: the number of the set of the one
    product whose set it asks for, else None. by_name: whether it asks what something is
    called; spot: whether it asks where; signer: who signed. loss: whether it takes a certificate to be taken away.
    each: whether it asks for the money of one. counts: whether it asks how many a place has.
    bodies: places of no map that it names, whose bodies issued decisions. matters: of what nothing else tells of that
    it asks, the words for each. nowhere: whether it counts what every place has and says neither where nor of whom or
    what. acts: whether it is after what a place asked for, which no rule of the country tells. office: the office whose
    holder it asks for by name, else None. listed: the share of the telling words that must stand in or near a sentence
    that lists things of a place."""

    rounds: frozenset[str]
    sets: frozenset[str]
    rows: frozenset[str]
    own: frozenset[str] | None
    set_of: int | None
    by_name: bool
    spot: bool
    signer: bool
    loss: bool
    each: bool
    counts: bool
    bodies: frozenset[str]
    matters: tuple[tuple[str, ...], ...]
    nowhere: bool
    acts: bool
    office: Office | None
    listed: float = LISTED_COVER


def demanded_of(question: Question, corpus: Corpus) -> Demanded:
    """What a question demands of every candidate."""
    numbered = numbered_sets(question)
    of_products = frozenset(() if numbered else (match.number for match in find_sets(question.text)))
    numbers: dict[str, set[int]] = {}
    for one in corpus.criteria if numbered or of_products else ():
        if one.number is not None:
            numbers.setdefault(one.article_id, set()).add(one.number)
    return Demanded(
        rounds=frozenset(rounds_in(question.tokens)),
        sets=frozenset(article for article, own in numbers.items() if numbered and own.isdisjoint(numbered)),
        rows=frozenset(article for article, own in numbers.items() if of_products and own.isdisjoint(of_products)),
        own=frozenset(article for article, own in numbers.items() if not own.isdisjoint(numbered))
        if numbered and asks_of_one_set(question)
        else None,
        set_of=next(iter(of_products)) if question.wanted == "set" and len(of_products) == 1 else None,
        by_name=asks_by_name(question),
        spot=question.wanted == "where" and says(question.tokens, *_SPOTS),
        signer=asks_signer(question),
        each=any(one.what == MONEY for one in question.counted) and says(question.tokens, *_EACH),
        bodies=frozenset()
        if question.places
        else frozenset(name for name in corpus.held.bodies if find_phrase(question.tokens, name) >= 0),
        counts=question.wanted == "figure" and bool(question.places and question.counted),
        matters=matters_asked(question),
        nowhere=of_nowhere(question, corpus),
        acts=acts_there(question),
        office=office_asked(question),
        loss=question.wanted in _OF_A_LOSS and _TAKEN_AWAY.search(" ".join(question.tokens)) is not None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A candidate as a gate sees it."""

    asked: Asked
    demanded: Demanded
    item: Candidate
    looked: Looked
    corpus: Corpus


# Cheapest and most often failed first. Those of law alone let every other text through.
GATES: dict[str, Callable[[Seen], bool]] = {
    "acts": lambda one: not (one.item.law and one.demanded.acts),
    "place": lambda one: _of_the_place(one.asked, one.item, one.looked),
    "star": lambda one: _of_the_star(one.asked.question, one.item, one.looked),
    "numbers": lambda one: _holds_numbers(one.asked.question, one.item, one.looked),
    "recognised": lambda one: one.item.law or tells_recognised(one.asked.question, one.item.text),
    "more": lambda one: tells_more(one.asked.question, one.item.text),
    "counts": lambda one: _counts_there(one.asked.question, one.demanded, one.item, one.corpus),
    "document": lambda one: _of_the_document(one.asked.question, one.item, one.looked, one.corpus),
    "withdrawal": lambda one: not (one.item.law and _of_withdrawal(one.asked.question, one.item)),
    "loss": lambda one: one.item.law or not one.demanded.loss or _tells_of_loss(one.item),
    "outright": lambda one: _said_outright(one.asked.question, one.item),
    "row_of_law": lambda one: _row_of_law_tells(one.asked, one.item, one.looked),
    "transition": lambda one: _of_its_time(one.asked.question, one.item, one.corpus),
    "district": lambda one: _of_the_district(one.asked.question, one.item, one.looked),
    "list": lambda one: _lists(one.asked, one.demanded, one.item, one.looked),
    "set": lambda one: _of_the_set(one.demanded, one.item),
    "set_asked": lambda one: _names_the_set(one.demanded, one.item),
    "body": lambda one: not one.item.law or _of_the_body(one.asked.question, one.demanded, one.item),
    "signer": lambda one: not one.demanded.signer or _signs(one.asked.question, one.item.text),
    "office": lambda one: tells_office(one.demanded.office, one.asked.question, one.item),
    "target": lambda one: one.item.law or _of_a_target(one.asked.question, one.item),
    "rest": lambda one: not _of_what_is_left_out(one.asked.question, one.item),
    "cause": lambda one: not _tells_no_cause(one.asked.question, one.item.text),
    "each": lambda one: _of_each_one(one.demanded, one.item),
    "round": lambda one: _of_the_round(one.demanded, one.item),
    "name": lambda one: _of_the_name(one.asked.question, one.demanded, one.item),
    "names": lambda one: holds_names(one.asked.question, one.item),
    "product": lambda one: one.item.law or of_the_product(one.asked.question, near_text(one.item)),
    "matter": lambda one: speaks_of(one.demanded.matters, one.item),
    "nation": lambda one: _of_the_nation(one.asked.question, one.demanded, one.item, one.corpus),
}


_WHY_LACKING = (
    "vì", "do", "bởi", "nguyên nhân", "lý do", "thiếu", "hạn chế", "khó khăn", "vướng", "yếu kém", "nhỏ lẻ", "manh mún",
)  # fmt: skip
_MOST_RESTATED = 3


def _tells_no_cause(question: Question, text: str) -> bool:
    """Whether why something is lacking is asked, and a text tells only that it is (besides names and the words of the
    question it says next to nothing), or how many there are of others."""
    if question.wanted != "why" or not question.negated or says(tokens(text), *_WHY_LACKING):
        return False
    if not says(tokens(text), "chưa", "không", "chẳng"):
        return any(letter.isdecimal() for letter in text)
    said = {word for word in re.findall(r"(?<!\w)[a-zà-ỹđ]+(?!\w)", text) if word not in question.tokens}
    return len([word for word in said if not is_stop(word)]) <= _MOST_RESTATED


def _signs(question: Question, text: str) -> bool:
    """Whether a text speaks of the signing asked about: of a paper, unless what several sign is asked."""
    signed = _SIGNED if says(question.tokens, *_SIGNED_TOGETHER) else _SIGNED_PAPER
    return signed.search(text) is not None


def placed(question: Question, item: Candidate, corpus: Corpus) -> bool:
    """Whether a text of news speaks of a place asked about: what most fail, before all else is read. Law always may."""
    if not question.places or item.law:
        return True
    return about_place(question, item.text, tuple(places_of_article(item, corpus)))


def may_answer(question: Question, *, kind: bool) -> bool:
    """Whether a text may answer that holds the kind of thing asked for, or does not; cheaper than the gates."""
    names = question.wanted == "list" and says(question.tokens, *CALLED_WHAT)  # what they are called, in no other words
    return kind or not (names or question.wanted in _TYPED)


def _counts_there(question: Question, demanded: Demanded, item: Candidate, corpus: Corpus) -> bool:
    """Whether what a text counts may be of the place asked about."""
    return not demanded.counts or item.law or not counts_elsewhere(question, item, corpus)


def _said_outright(question: Question, item: Candidate) -> bool:
    """Whether a text says itself what is asked, and does not only lead in to it."""
    leads_in = question.wanted in _SAID_OUTRIGHT and item.text.rstrip().endswith(":")
    return not leads_in or _DAYS.search(item.text) is not None


def _of_its_time(question: Question, item: Candidate, corpus: Corpus) -> bool:
    """Whether transitional provisions are told only to who asks of what began under former law."""
    return not transitional(item) or asks_of_former_law(question, item.evidence.article, corpus)


def _of_the_set(demanded: Demanded, item: Candidate) -> bool:
    """Whether a text is of no other set of criteria than the one asked about."""
    article = item.evidence.article.id
    return (
        article not in demanded.sets
        and not (item.block.role == "row" and article in demanded.rows)
        and (demanded.own is None or article in demanded.own)
    )


def _names_the_set(demanded: Demanded, item: Candidate) -> bool:
    """Whether a text names the set of the one product asked about, where its set is asked for: any other is false."""
    return demanded.set_of is None or demanded.set_of in sets_in(tokens(item.text))


def _of_a_target(question: Question, item: Candidate) -> bool:
    """Whether a text that counts what a target is asked of speaks of one, or stands under what does."""
    if not (question.planned and question.wanted == "figure" and question.counted) or says_planned(item.text):
        return True
    over = f"{item.before}\n{item.evidence.heading}\n{item.evidence.article.title}"
    bounded = says(tokens(item.text), *_AT_LEAST) and says(question.tokens, *_AT_LEAST)
    return bounded or says_planned(item.before) or says(tokens(over), *TARGETS)


# "mỗi huyện tối thiểu 1 điểm bán": what is to be there, whoever says so
_AT_LEAST = ("tối thiểu", "ít nhất", "không dưới")


def _of_what_is_left_out(question: Question, item: Candidate) -> bool:
    """Whether a text speaks of the one that the rest is asked of: "Ngoài Đồng Din thì sản phẩm còn lại là của ai?"."""
    if "lại" not in question.tokens or not says(question.tokens, "còn lại"):
        return False
    left_out = _LEFT_OUT.search(question.text)
    return left_out is not None and says_name(words_of(item.text), " ".join(tokens(left_out["name"])))


_LEFT_OUT = re.compile(rf"(?<!\w)(?:[Nn]goài|[Tt]rừ)\s+(?P<name>[{CAPITALS}]\w*(?:\s+[{CAPITALS}]\w*)+)")


def _of_each_one(demanded: Demanded, item: Candidate) -> bool:
    """Whether the money a text tells may be that of one."""
    return not demanded.each or item.block.role in ("row", "item") or _OF_EACH.search(item.text) is not None


def _tells_of_loss(item: Candidate) -> bool:
    """Whether a text speaks of a certificate lost: what a place has is no reason for what it lost."""
    return _LOST.search(f"{near_text(item)}\n{item.hit.passage.text}") is not None


def _of_the_nation(question: Question, demanded: Demanded, item: Candidate, corpus: Corpus) -> bool:
    """Whether a text that may count what the country has is none of a single province, nor a rule, which counts nothing
    of the world; nor of a single province where nobody says of which."""
    if question.wanted not in _COUNTED_OF_ALL or not (question.national or demanded.nowhere):
        return True
    single = question.national if item.law else bool(places_of_article(item, corpus))
    return not single or says(words_of(item.text).tokens, *NATION)


def of_nowhere(question: Question, corpus: Corpus) -> bool:
    """Whether a question counts what every place has, and says neither where nor of whom or what."""
    named = question.places or question.districts or question.regions or question.documents or question.follow_up
    return (
        not (named or question.numbers or question.guessed)
        and any(item.what in HELD_BY_PLACES for item in question.counted)
        and not proper_names(question.text)
        and not names_local_body(question, corpus)
        and corpus.held.names.find(question.tokens) is None
    )


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
    if question.wanted not in _STAR_AROUND or (question.wanted != "yes_no" and find_stars(item.text)):
        return False  # what tells of other stars is not of this one
    passage = item.hit.passage
    listing = item.block.role in ("row", "item") or item.text.rstrip().endswith(":")
    # of a sentence that lists things the grade is said there or right before
    around = item.before if question.wanted == "list" and not listing else passage.text
    return names_star(f"{passage.header}\n{around}", question.stars[0])


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


def _of_the_round(demanded: Demanded, item: Candidate) -> bool:
    """Whether a sentence speaks of the numbered round asked about, or names none and what it stands under or beside
    does."""
    if not demanded.rounds:
        return True
    around = (item.text, item.before, item.hit.passage.header, item.evidence.article.title, item.hit.passage.text)
    said = next((found for text in around if (found := rounds_in(words_of(text).tokens))), ())
    return not demanded.rounds.isdisjoint(said)


def _of_the_name(question: Question, demanded: Demanded, item: Candidate) -> bool:
    """Whether a sentence calls by name what is asked for by its name, or by where it is."""
    if item.block.role in ("row", "item") or item.text.rstrip().endswith(":"):
        return True
    if says(" ".join(question.tokens).replace("thành phố", "·").split(), *_STREETS) and not item.law:
        return _STREET.search(item.text) is not None
    if demanded.spot and not item.law:
        return names_place(question, item.text)
    return not demanded.by_name or names_asked(question, item.text)


def _of_the_district(question: Question, item: Candidate, looked: Looked) -> bool:
    """Whether a sentence, its passage or the title of its article names a district asked about, where one is."""
    if not question.districts or question.wanted == "merger":
        return True
    asked = {key for keys in question.districts for key in keys}
    passage = item.hit.passage
    article = item.evidence.article
    said = "\n".join((article.title, passage.header, passage.text))
    provinces = tuple(sorted(looked.article_places))
    if asked & districts_in(said, provinces):
        return True
    # within a name ("Ecohost Hải Hậu") or behind a commune ("Thái Cường (Thạch An)") print says no rank
    spoken = words_of(f"{item.text}\n{item.before}\n{article.title}").spoken
    names = {tuple(tokens(DISTRICTS[key].name)) for key in asked} | set(_districts_typed(question.text))
    if any(len(name) > 1 and f" {' '.join(name)} " in spoken for name in names):
        return True
    # a text on somebody or something named says once where that is
    return bool(proper_names(question.text)) and not item.law and bool(asked & districts_in(article.text, provinces))


@lru_cache(maxsize=64)
def _districts_typed(text: str) -> tuple[tuple[str, ...], ...]:
    """The names of districts as a question has them: texts of former years call them so, whatever they are part of
    today."""
    found = (text[mention.start : mention.end] for mention in find_districts(text, typed=True))
    return tuple(tuple(tokens(_RANK.sub("", name))) for name in found)


_RANK = re.compile(r"^(?:huyện|thị xã|quận|thành phố|tp\.?|tx\.?)\s+", re.IGNORECASE)


def _lists(asked: Asked, demanded: Demanded, item: Candidate, looked: Looked) -> bool:
    """Whether a sentence may list what a question asks for of a place: it names several things or is a line of a list
    or table, and what they are is said there or right around it."""
    question = asked.question
    paragraph = not item.law and item.block.role not in ("row", "item") and not item.text.rstrip().endswith(":")
    if paragraph and _ARE_WHICH.search(" ".join(question.tokens)) and not names_product(item.text):
        return False
    if question.wanted != "list" or (asks_shortcomings(question) and not item.law and tells_shortcoming(item.text)):
        return True
    of_a_place = bool(question.places or question.districts)
    if (
        (of_a_place or (not item.law and says(question.tokens, *_NAMED)))
        and item.block.role not in ("row", "item")
        and not item.text.rstrip().endswith(":")
        and not _says_enough(question, item.text)
    ):
        return False
    if paragraph and _asks_product_names(question) and not names_product(item.text):
        return False
    if not of_a_place:
        return True
    over = words_of(f"{item.hit.passage.heading} {item.evidence.article.title}")
    near = supplied(question.synonyms, looked.words + words_of(item.before) + over)
    if column_asked(question, item):
        return coverage(asked.telling, near, asked.telling_weights) >= LISTED_BY_COLUMN_COVER
    if limit_groups_asked(question.tokens) - limit_groups_in(near):
        return False  # who asks for what was withdrawn is not told what was given
    least = LISTED_IN_TABLE_COVER if item.block.role == "row" else demanded.listed
    return coverage(asked.telling, near, asked.telling_weights) >= least


def _says_enough(question: Question, text: str) -> bool:
    """Whether a sentence says what a list is asked of: several things; of one thing ("loại trà nào") one name; of what
    somebody does, more than one thing done."""
    if names_several(question, text) or text.count(";") > 1:
        return True
    if says(question.tokens, *_TASKS):
        return text.count(",") + text.count(";") + text.count(" rồi ") > 1
    if asks_what_was_proposed(question) and says(words_of(text).tokens, *PROPOSED):
        return True  # the sentences after it go on
    kind = next((kind for kind in _KINDS if says(question.tokens, f"{kind} gì", f"{kind} nào")), None)
    if kind is not None and says(words_of(text).tokens, kind):
        return True
    return not says(question.tokens, *_SEVERAL) and bool(names_in(question, text))


# What asks for products by their names: "kể tên 33 sản phẩm", "những sản phẩm nào", "sản phẩm 5 sao nào".
_PRODUCTS_BY_NAME = re.compile(
    r"(?<!\w)(?:(?:kể tên|kể ra|kể|liệt kê|nêu tên|tên)(?: \S+){0,2} (?:sản phẩm|món|mặt hàng)|"
    r"(?<!loại )(?:sản phẩm|món|mặt hàng)(?: (?!của |ở |tại )\S+){0,3} nào|"
    r"(?:sản phẩm|món|mặt hàng)(?: \S+){0,12}? (?:tên|gọi) (?:là )?(?:gì|chi|những gì))(?!\w)"
)
# "5 hồ sơ ấy là những sản phẩm gì": whatever else is asked of them
_ARE_WHICH = re.compile(r"(?<!\w)là (?:những |các )?(?:sản phẩm|món|mặt hàng) (?:gì|nào)(?!\w)")
_PRODUCT_NAMED = re.compile(
    rf"[“\"][^”\"]{{2,60}}[”\"]|(?:sản phẩm|món|thương hiệu|nhãn hiệu)\s+(?!OCOP)(?-i:[{CAPITALS}]\w+)"
)


_SUCH_AS = re.compile(r"(?<!\w)(?:như|gồm(?: có)?)\s+[^\W\d][^.;:]*,")


def _asks_product_names(question: Question) -> bool:
    """Whether names of products are asked for: not where a place has none ("huyện nào chưa có sản phẩm nào?")."""
    none = question.negated or says(question.tokens, "chẳng", "hầu như không")
    return _PRODUCTS_BY_NAME.search(" ".join(question.tokens)) is not None and not none


def names_product(text: str) -> bool:
    """Whether a sentence names a product: by its kind ("nước mắm …"), in quotation marks, by a name of its own or as an
    example."""
    return bool(find_sets(text)) or _PRODUCT_NAMED.search(text) is not None or _SUCH_AS.search(text) is not None


# What is called by its kind and what it is for, and has no name: "đề nghị lập hội gì?"
_KINDS = (
    "hội", "mô hình", "đề án", "chính sách", "giải pháp", "hình thức", "phong trào", "cuộc thi", "ứng dụng", "hệ thống",
)  # fmt: skip


def _holds_numbers(question: Question, item: Candidate, looked: Looked) -> bool:
    """Whether every number asked about stands in the sentence or around it, or lies in a range the sentence states."""
    if not question.numbers or looked.in_range:
        return True
    # the number of a paper stands beside what the paper did
    around = looked.words + (words_of(item.before) if question.wanted == "number" else looked.around)
    return all(around.holds(number) for number in question.numbers)


def _of_the_body(question: Question, demanded: Demanded, item: Candidate) -> bool:
    """Whether a guide speaks of a place asked about that no map has: a rule of the country does not say what it did."""
    if not demanded.bodies or question.wanted not in _OF_A_PLACE:
        return True
    near = words_of(f"{near_text(item)}\n{item.hit.passage.text}")
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
