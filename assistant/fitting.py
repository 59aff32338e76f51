"""Which figures held count what is asked, where, when and of which grade; of several, which answers best."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from assistant.corpus import Corpus
from assistant.evidence import Evidence
from assistant.fitting_time import also_dated, coarser, lateness, time_fit, years_away
from assistant.limits import limit_groups_in, occasion_in, rounds_in, share_held, stock_asked, stock_in, total_asked
from assistant.proper_names import proper_names, says_name
from assistant.question import Question
from assistant.sought import Ask, Sought
from assistant.wording import Words, coverage, pair_share, says, supplied, tokens, words_of
from index.dates import find_dates
from index.figures.counted import PRODUCERS
from index.figures.figure import NATIONAL, AsOfFrom, Figure
from index.figures.numbers import find_numbers, parse_number
from index.figures.planned import says_planned
from index.figures.stars import potential_in
from index.law.address import DocumentNumber, find_document_numbers
from index.places.named import MERGER, PROVINCES, related

# What a figure read as a target says, in whatever words its text does.
AIMS = words_of("mục tiêu kế hoạch phấn đấu chỉ tiêu dự kiến định hướng")
# A figure whose sentence and heading hold less than this share of the limiting words does not answer.
_ENOUGH = 0.5
# Where no place was asked and the figure is of one, its other words must tell that it is the one meant.
_UNPLACED = 0.8
# Where the document, or a number, that the question gives stands in the sentence, that tells most.
_ANCHORED = 0.3
# Numbers below this are those of a province and of the country alike.
_COINCIDENCE = 10
# "Tính bình quân, mỗi chủ thể có hơn hai sản phẩm" counts no products of a place.
AVERAGED = re.compile(
    r"(?<!\w)(?:bình quân|trung bình|cứ\s+\w+(?=\s+(?:sản phẩm|chủ thể))|"
    r"mỗi\s+(?:chủ thể|hộ|xã|huyện|tỉnh|cơ sở|đơn vị))(?!\w)",
    re.IGNORECASE,
)
# "sáu sản phẩm này": of those told of before
_POINTS_BACK = re.compile(r"\s+(?:\w+\s+){1,4}?(?:này|ấy|đó|nói trên|kể trên)(?!\w)")
# "Ninh Bình cũ", "Đồng Tháp (khi chưa nhập với Tiền Giang)"
_FORMER_AFTER = re.compile(r"\s*[,(]?\s*(?:cũ|trước đây|khi chưa|trước (?:khi|ngày) (?:nhập|sáp nhập|hợp nhất))(?!\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A figure that counts what was asked, where it was asked. `fits_time` is None where no time was asked.

    borrowed: its own words say no date; the one asked is that of the other figures of its article. beside: its words
    name the time asked beside the one it is read as of. round: counted on one occasion where a total was asked.
    named: its sentence (or what it stands under) names the document asked about, if any is. held: the share of the
    limiting words that its sentence holds, in [0, 1].
    """

    figure: Figure
    score: float
    fits_time: bool | None
    own_place: bool
    occasion: bool = False
    borrowed: bool = False
    beside: bool = False
    round: bool = False
    named: bool = True
    held: float = 1.0


def asks_average(question: Question) -> bool:
    """Whether a question asks what each has, on average or one by one."""
    return says(question.tokens, "bình quân", "trung bình", "mỗi", "từng", "chia đều")


def evidence_of(figure: Figure, corpus: Corpus) -> Evidence:
    """The sentence (of a table, the row) a figure stands in."""
    return Evidence(article=corpus.article(figure.article_id, figure.digest), start=figure.start, end=figure.end)


def best_of(fitted: Iterable[Fitted]) -> Fitted | None:
    """The figure of the time asked, of the very place asked; then the best fitting; of equals the latest, and of one
    count told again later the last telling."""
    items = list(fitted)
    best = max(items, key=standing_of, default=None)
    return None if best is None else latest_of(best, items)


# A later telling of the same count may fit by so much less: a headline says "tổng số" where the news after it does not.
_LATER = 2.0


def latest_of(best: Fitted, fitted: Iterable[Fitted]) -> Fitted:
    """The last telling of what a figure counts, within the time asked: what a place has is what was counted last."""
    later = [item for item in fitted if _tells_later(item, best)]
    last = max(later, key=_day_and_standing, default=best)
    counted = [item for item in later if item.figure.value == last.figure.value and item.figure.as_of_from in _SAID]
    return max(counted, key=_day_and_standing, default=last)  # told again later, a number is of the day it was counted


def _day_and_standing(item: Fitted) -> tuple[str, tuple[bool, bool, float, str]]:
    return item.figure.as_of or "", standing_of(item)


_SAID: tuple[AsOfFrom | None, ...] = ("sentence", "paragraph")


def _tells_later(item: Fitted, best: Fitted) -> bool:
    """Whether a figure tells of a later day what another counts: of the same things, place and grade, all of them, and
    limited to what it is limited to. A lower number must be said to be the whole and not be much lower, or it may be of
    some."""
    one, other = item.figure, best.figure
    if one.as_of is None or other.as_of is None or one.as_of <= other.as_of:
        return False
    if item.fits_time is False or item.borrowed or item.beside:
        return False
    counted = one.what in _COUNTED_AGAIN and (one.what, one.place, one.subplace) == (
        other.what,
        other.place,
        other.subplace,
    )
    alike = (one.planned, one.potential, item.own_place, item.named) == (
        other.planned,
        other.potential,
        best.own_place,
        best.named,
    )
    some = item.occasion or item.round or best.occasion or one.part or one.bound is not None or one.to is not None
    return (
        counted
        and alike
        and not some
        and all_grades(one) == all_grades(other)
        and (one.value >= other.value or (one.whole and one.value >= _FALLEN * other.value))
        and not (one.as_of_from == "published" and one.value == other.value)  # told again, not counted again
        and item.held >= best.held
        and item.score >= best.score - _LATER
    )


_FALLEN = 0.75
# What a place has more or fewer of from time to time.
_COUNTED_AGAIN = PRODUCERS | {"sản phẩm"}


def all_grades(figure: Figure) -> tuple[int | None, int | None]:
    """The grade a figure is of; what is recognised has three stars or more, whether that is said or not."""
    grade = (figure.star, figure.star_to)
    return (None, None) if grade == (3, 5) and figure.what == "sản phẩm" else grade


def standing_of(item: Fitted) -> tuple[bool, bool, float, str]:
    """What orders figures that fit."""
    return item.own_place, item.fits_time is not False and not item.round, round(item.score, 1), item.figure.as_of or ""


# Who asks for products with stars is told of none that only entered.
_WITH_STARS = ("gắn sao", "có sao", "đạt sao", "được sao", "có hạng sao", "xếp hạng sao", "lên sao")
_ENTERED = ("tham gia", "dự thi", "đăng ký", "ý tưởng", "gửi hồ sơ")


# Who asks for what was recognised is told of nothing that was only sent to be judged.
RECOGNISED = ("công nhận", "đạt", "cấp giấy")
SENT = ("gửi", "nộp", "trình", "đề nghị", "đề xuất", "đăng ký", "đưa ra", "chấm")


def _only_entered(figure: Figure, evidence: Evidence) -> bool:
    """Whether a figure counts what entered: "565 sản phẩm thuộc 5 nhóm tham gia chương trình, trong đó …"."""
    counted = re.split(r"[,;:.]\s", evidence.article.text[figure.number_start : evidence.end], maxsplit=1)[0]
    return says(tokens(counted), *_ENTERED)


def fit(question: Question, sought: Sought, ask: Ask, corpus: Corpus) -> list[Fitted]:
    """Every figure held that counts what is asked where it is asked, with how well it fits."""
    if ask.groups:
        sought = replace(sought, limits=replace(sought.limits, groups=sought.limits.groups | ask.groups))
    words = sought.limits.words
    weights = corpus.weights(words, question.emphasis)
    names, totals = proper_names(question.text), total_asked(question.tokens) or stock_asked(question.tokens)
    found: list[Fitted] = []
    nation = frozenset(map(_counted, corpus.national_figures))
    teller = says(question.tokens, *_TOLD_BY)
    starred = says(question.tokens, *_WITH_STARS)
    recognised = says(question.tokens, *RECOGNISED) and not says(question.tokens, *SENT)
    averages = asks_average(question) or question.wanted in ("list", "compare")
    numbered = bool(question.numbers or question.documents) or any(word[:1].isdigit() for word in question.content)
    for figure in corpus.figures_counting(ask.what, _places_of(sought)):
        if AVERAGED.search(figure.context) and not averages:
            continue
        if figure.value in sought.numbers or not _fits_star(question, ask, figure, numbered=numbered):
            continue
        own_place = _place_fit(question, sought, figure)
        if own_place is None:
            continue
        evidence = evidence_of(figure, corpus)
        if not _fits_subplace(sought, figure) or (question.places and _of_nation(figure, evidence, nation)):
            continue
        later = figure.planned and not sought.planned and dated_later(figure, evidence)
        if figure.planned != sought.planned and not later and not _unmarked_target(sought, figure, corpus):
            continue
        named = _names_document(question, figure, evidence)
        if named is None or not _holds_numbers(sought, evidence):
            continue
        era = _era_fit(sought, figure, evidence)
        if era is None:
            continue
        clause, sentence = words_of(figure.context), words_of(evidence.quote)
        near = sentence + words_of(f"{evidence.heading} {head_row(figure, evidence)}") + _names_in(names, evidence)
        around = supplied(
            question.synonyms,
            near
            + _leading(evidence, corpus)
            + words_of(f"{evidence.article.title} {_lead(evidence)} {evidence.article.source if teller else ''}"),
        )
        if figure.planned:
            around += AIMS
        anchored = named and (question.documents or (sought.numbers and _stand_in(sought.numbers, evidence.quote)))
        unplaced = not (sought.places or sought.subplaces or figure.place in (None, NATIONAL))
        enough = _ANCHORED if anchored else _UNPLACED if unplaced else _ENOUGH
        if share_held(sought.limits, question, around, corpus) < enough or not _within_limits(
            sought, figure, evidence, near, around
        ):
            continue
        if starred and figure.star is None and _only_entered(figure, evidence):
            continue
        if recognised and says(tokens(figure.context), *SENT) and not says(tokens(figure.context), *RECOGNISED):
            continue
        groups = sought.limits.groups
        in_clause, in_sentence = limit_groups_in(clause), limit_groups_in(sentence)
        fits_time, borrowed = time_fit(sought, figure, corpus)
        beside = fits_time is False and also_dated(sought, figure, corpus)
        fits_time = True if beside else fits_time
        row = "|" in evidence.quote
        before = words_of(evidence.article.text[figure.start : figure.number_start])
        opened = words_of(" ".join(before.tokens[:4]))
        occasion = not stock_in(figure.context) and (
            occasion_in(clause)
            or occasion_in(opened)
            or ((row or figure.what != "sản phẩm") and occasion_in(sentence))
            or _POINTS_BACK.match(evidence.article.text, figure.number_end) is not None
            or (evidence.article.kind == "decision" and not question.documents)  # it counts its own list
        )
        stock = stock_in(figure.context) or (figure.whole and sought.occasion)
        unasked = limit_groups_in(before) - sought.limits.groups
        told_clause, told_sentence = supplied(question.synonyms, clause), supplied(question.synonyms, sentence)
        held = coverage(words, told_sentence, weights)
        found.append(
            Fitted(
                figure=figure,
                score=2.0 * coverage(words, told_clause, weights)
                + 1.5 * held
                + 1.0 * pair_share(words, sentence)
                + sum(2.0 * (group in in_clause) + 1.0 * (group in in_sentence) for group in groups)
                + (0.8 if figure.whole else 0.0)
                + (0.3 if figure.place_said else 0.0)
                + (1.0 if totals and ("tổng" in clause.forms or figure.whole) else 0.0)
                + (1.5 if named and question.documents else 0.0)
                + (2.0 if starred and "sao" in clause.tokens else 0.0)
                + (1.5 if sought.numbers and _stand_in(sought.numbers, evidence.quote) else 0.0)
                + (0.6 if stock else 0.0) * (-1.0 if sought.occasion else 1.0)
                + lateness(sought, figure)
                - (1.0 if figure.part and ask.stars is None else 0.0)
                - (0.3 if figure.to is not None else 0.0)
                - (1.0 if figure.bound in ("about", "under") and not figure.planned else 0.0)
                - (1.5 if figure.planned != sought.planned else 0.0)
                - (0.8 if occasion and not sought.occasion else 0.0)
                - (0.7 if borrowed or beside else 0.0)
                - (2.0 if fits_time and coarser(sought, figure) else 0.0)
                - (0.7 * years_away(sought, figure) if fits_time is False else 0.0)
                - (1.0 if unasked and not figure.whole else 0.0),
                fits_time=fits_time,
                own_place=own_place and era,
                occasion=occasion,
                borrowed=borrowed,
                beside=beside,
                round=occasion and totals and not figure.whole,
                named=named,
                held=held,
            )
        )
    # a number beside the document asked about is no other's of its article; of targets those said to be some are meant
    found = [item for item in found if item.named] or found
    marked = [item for item in found if item.figure.planned and item.fits_time is not False] if sought.planned else []
    return _of_the_phase(question, _without_restated(marked or found), corpus)


# Parts of a month or year, in order: numbers of its beginning and its end are of two times.
_PHASES = ("đầu", "giữa", "cuối", "hết")
_PHASE = re.compile(rf"(?<!\w)({'|'.join(_PHASES)})\s+(?:tháng|năm|quý)(?!\w)", re.IGNORECASE)


def _of_the_phase(question: Question, fitted: list[Fitted], corpus: Corpus) -> list[Fitted]:
    """What fits, less what an article tells of another part of the same month or year ("đầu tháng 9") than those asked,
    or than the last where none is."""
    asked = {_PHASES.index(part.lower()) for part in _PHASE.findall(question.text)}
    told = [_phase(item, corpus) for item in fitted]
    meant: dict[tuple[str, str | None], set[int]] = {}
    for item, phase in zip(fitted, told, strict=True):
        if phase is not None:
            meant.setdefault((item.figure.article_id, item.figure.as_of), set()).add(phase)
    for key, phases in meant.items():
        meant[key] = phases & asked or (phases if asked else {max(phases)})
    return [
        item
        for item, phase in zip(fitted, told, strict=True)
        if phase is None or phase in meant[item.figure.article_id, item.figure.as_of]
    ]


def _phase(item: Fitted, corpus: Corpus) -> int | None:
    """Which part of a month or year the sentence of a figure speaks of first, as its place in `_PHASES`."""
    said = _PHASE.search(evidence_of(item.figure, corpus).quote)
    return None if said is None else _PHASES.index(said[1].lower())


def _without_restated(found: list[Fitted]) -> list[Fitted]:
    """What fits, less a number dated by its article alone where the same number says an earlier day of its own and
    neither is of the time asked: told later it is still of that day."""
    said = {
        (item.figure.value, item.figure.place, item.figure.subplace): item.figure.as_of
        for item in found
        if item.figure.as_of_from in ("sentence", "paragraph")
    }
    return [
        item
        for item in found
        if item.fits_time is not False
        or item.figure.as_of_from != "published"
        or (said.get((item.figure.value, item.figure.place, item.figure.subplace)) or "9") > (item.figure.as_of or "")
    ]


# Whose telling is meant ("theo tin của liên hiệp hợp tác xã"): the article's source is then asked for too.
_TOLD_BY = tuple(
    f"{lead} {teller}"
    for lead in ("theo", "như", "trên")
    for teller in ("tin", "báo", "trang", "nguồn", "bản tin", "bài", "cổng")
)


def _lead(evidence: Evidence) -> str:
    """What opens an article and says, as its title does, what it is about."""
    return evidence.article.text.split("\n", 1)[0]


def _leading(evidence: Evidence, corpus: Corpus) -> Words:
    """The words of the sentence before, where this one points back to it ("Đợt ấy cả nước có 85 hồ sơ")."""
    if not set(tokens(evidence.quote)[:4]) & {"ấy", "này", "đó", "trên"}:
        return words_of("")
    before = [end for start, end, _, _ in corpus.sentences(evidence.article) if end <= evidence.start]
    starts = {end: start for start, end, _, _ in corpus.sentences(evidence.article)}
    return words_of(evidence.article.text[starts[before[-1]] : before[-1]]) if before else words_of("")


def _names_in(names: tuple[str, ...], evidence: Evidence) -> Words:
    """The words of the names ("trà đinh Hoài Trung") that stand in the article: they tell which one is meant."""
    if not names:
        return words_of("")
    written = words_of(evidence.article.text)
    return words_of(" | ".join(name for name in names if says_name(written, name)))


def head_row(figure: Figure, evidence: Evidence) -> str:
    """The head of the table a figure stands in, or "": the line that names what its column counts."""
    text = evidence.article.text
    if figure.what_span is None or figure.what_span.start >= figure.start or "|" not in evidence.quote:
        return ""
    start = text.rfind("\n", 0, figure.what_span.start) + 1
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)]


def _within_limits(sought: Sought, figure: Figure, evidence: Evidence, near: Words, around: Words) -> bool:
    """Whether a figure is limited to all that the question limits it to, and to nothing the question does not.

    near: its sentence and what heads it. The title is no proof: "182 sản phẩm, 30 đã hết hạn" heads either number.
    """
    if sought.limits.groups - limit_groups_in(near) or set(sought.limits.rounds) - set(rounds_in(around.tokens)):
        return False
    if figure.whole:
        return True
    own = limit_groups_in(words_of(figure.context))
    if own - sought.limits.groups - _TOTALS and not own & _TOTALS:
        return False
    if own & sought.limits.groups:
        return True
    # an article about certificates withdrawn counts those where its sentence speaks of them
    about = limit_groups_in(words_of(evidence.article.title)) - sought.limits.groups
    return not (about and limit_groups_in(words_of(evidence.quote)) - sought.limits.groups - _TOTALS)


# "1.018 sản phẩm còn hiệu lực" is a total still.
_TOTALS = limit_groups_in(words_of("còn hiệu lực"))


def dated_later(figure: Figure, evidence: Evidence) -> bool:
    """Whether a figure is read as a plan only since its date is later than its article's: no word of it says so."""
    if figure.planned_span is None or figure.as_of is None:
        return False
    said = figure.planned_span.of(evidence.article.text)
    return bool(find_dates(said)) and len(tokens(said)) <= 4 and not says_planned(evidence.quote)


def _unmarked_target(sought: Sought, figure: Figure, corpus: Corpus) -> bool:
    """Whether a figure read as a count may be the target asked for: its text says no cue, its date is the one asked.

    Never the other way round: a target is no count.
    """
    return sought.planned and not figure.planned and time_fit(sought, figure, corpus)[0] is True


def _names_document(question: Question, figure: Figure, evidence: Evidence) -> bool | None:
    """Whether the words before a figure, or its sentence or title, name the document asked about, where one is; False
    where they name none and it is the first its article names; None where it is another."""
    if not question.documents:
        return True
    at = figure.number_start - figure.start
    inside = find_document_numbers(evidence.quote)
    own = [number for number in inside if number.end <= at][-1:] or inside[:1]
    own = own or find_document_numbers(evidence.article.title)
    if own:
        return True if _matches(question, own) else None
    return False if _matches(question, find_document_numbers(evidence.article.text)[:1]) else None


def _matches(question: Question, numbers: Sequence[DocumentNumber]) -> bool:
    return any(number.matches(asked) for asked in question.documents for number in numbers)


def _holds_numbers(sought: Sought, evidence: Evidence) -> bool:
    """Whether the numbers the question gives stand in the article: they tell which one is meant."""
    return _stand_in(sought.numbers, f"{evidence.article.title}\n{evidence.article.text}")


def _stand_in(numbers: tuple[float, ...], text: str) -> bool:
    return not numbers or set(numbers) <= _numbers_of(text)


@lru_cache(maxsize=4096)
def _numbers_of(text: str) -> frozenset[float]:
    """Every number of a text, in digits or words."""
    return frozenset(number.value for number in find_numbers(text)) | frozenset(
        parse_number(match) for match in _DIGITS.findall(text)
    )


_DIGITS = re.compile(r"(?<![\w.,/])(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)(?![\w/])")


def _places_of(sought: Sought) -> list[str]:
    """The keys of which a figure may be asked for, by `_place_fit`: none where it may be of any."""
    parts = [sorted(related(key)) for key in sought.places if key != NATIONAL]
    return [*sought.places, *chain.from_iterable(parts)]


def _fits_star(question: Question, ask: Ask, figure: Figure, *, numbered: bool) -> bool:
    """Whether a figure is of the grade asked. numbered: whether the question gives a number of its own."""
    if ask.stars is not None and figure.what not in ("sản phẩm", "hồ sơ", "%") and figure.star is None:
        return True  # "108 sản phẩm 4 sao thuộc bao nhiêu chủ thể": the star limits the products, not what is counted
    if ask.stars is None:
        if figure.star is not None and figure.star != figure.star_to and numbered:
            return (
                not figure.potential
            )  # "1,93 tỷ đồng cho 63 sản phẩm 3 sao và 4 sao": the number tells which are meant
        if question.documents and figure.star == figure.star_to and not (figure.part or is_potential(figure)):
            return True  # "Quyết định 377 công nhận 28 sản phẩm 5 sao": all that it recognised
        of_grades = figure.star != figure.star_to and not (figure.part or figure.potential)
        if figure.planned and question.planned and of_grades:
            return True  # a target is of the grades it names: "có 50 sản phẩm hạng 3 - 4 sao"
        return figure.star is None or (figure.star_to == 5 and figure.star < 5 and not figure.potential)
    if (figure.star, figure.star_to) == ask.stars:
        # "đề xuất 8 sản phẩm xét 5 sao" need not be read as what may come; its words must be held all the same
        proposed = ask.potential and not says(question.tokens, "tiềm năng")
        return is_potential(figure) == ask.potential or proposed or figure.what != "sản phẩm"
    # "từ 3 sao trở lên" is every recognised product: the total answers it too
    return ask.stars == (3, 5) and figure.star is None and figure.what == "sản phẩm" and figure.whole


def is_potential(figure: Figure) -> bool:
    """Whether what a figure counts is not of its grade yet, as it or its clause says."""
    return figure.potential or potential_in(figure.context) is not None


def _place_fit(question: Question, sought: Sought, figure: Figure) -> bool | None:
    """True: of the very place asked. False: of another part of today's province. None: of somewhere else."""
    if not sought.places:
        if sought.subplaces:
            return True
        free = not sought.limits.words and not question.documents and not sought.numbers
        return True if figure.place == NATIONAL or not free else None
    if figure.place in sought.places:
        return True
    if figure.place is None or figure.place == NATIONAL:
        return None
    for key in sought.places:
        # asked by today's name, counted under a former one; never the other way round
        asked_today = sought.era != "former" and key != NATIONAL and PROVINCES[key].today_key == key
        if asked_today and figure.place in related(key):
            return False
    return None


def _counted(figure: Figure) -> tuple[float, str, int | None, int | None]:
    return figure.value, figure.what, figure.star, figure.star_to


def _of_nation(
    figure: Figure, evidence: Evidence, nation: frozenset[tuple[float, str, int | None, int | None]]
) -> bool:
    """Whether a number read as that of the province its article is about is the whole country's: no place stands in
    the words up to it or with it, and other texts give the very number of the country."""
    if figure.place in (None, NATIONAL) or figure.subplace is not None or figure.value < _COINCIDENCE:
        return False
    span, text = figure.place_span, evidence.article.text
    named = span is not None and not (span.start > figure.number_end and ";" in text[figure.number_end : span.start])
    return not named and _counted(figure) in nation


def _fits_subplace(sought: Sought, figure: Figure) -> bool:
    if sought.others:
        return False
    if not sought.subplaces:
        return figure.subplace is None
    return figure.subplace is not None and " ".join(tokens(figure.subplace)) in sought.subplaces


def _era_fit(sought: Sought, figure: Figure, evidence: Evidence) -> bool | None:
    """Whether a figure is of the province as it was, or as it is, where that was asked: True where it is or nothing
    was asked, False where it is of the former province and the present one was asked, None where it cannot be."""
    key = figure.place
    if key is None or key == NATIONAL or PROVINCES[key].merged or related(key) <= {key}:
        return True
    as_of = figure.as_of or ""
    before_merger = bool(as_of) and as_of < MERGER.isoformat()[: len(as_of)]
    called_former = figure.place_span is not None and _FORMER_AFTER.match(evidence.article.text, figure.place_span.end)
    if sought.era == "former":
        return True if called_former or before_merger else None
    if sought.era == "today":
        return not (called_former or before_merger)
    times = sought.times or sought.period or ()
    asked_before = bool(times) and all(time < MERGER.isoformat()[: len(time)] for time in times)
    return not called_former or asked_before or (bool(times) and before_merger)
