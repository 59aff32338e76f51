"""Which figures held count what is asked, where, when and of which grade, and how well each fits."""

import re
from dataclasses import replace

from assistant.corpus import Corpus
from assistant.evidence import Evidence
from assistant.fitted import Fitted, evidence_of
from assistant.fitting_anchors import holds_numbers, names_document, stand_in
from assistant.fitting_place import counted, era_fit, fits_subplace, of_nation, place_fit, places_of
from assistant.fitting_time import (
    also_dated,
    coarser,
    dated_later,
    lateness,
    no_target,
    of_the_phase,
    time_fit,
    without_restated,
    years_away,
)
from assistant.limits import limit_groups_in, occasion_in, rounds_in, share_held, stock_asked, stock_in, total_asked
from assistant.proper_names import proper_names, says_name
from assistant.question import Question
from assistant.sought import Ask, Sought
from assistant.target_words import AIMED_AT
from assistant.wording import Words, coverage, pair_share, says, supplied, tokens, words_of
from index.figures.figure import NATIONAL, Figure
from index.figures.stars import potential_in

# What a figure read as a target says, in whatever words its text does.
AIMS = words_of(" ".join(AIMED_AT))
# A figure whose sentence and heading hold less than this share of the limiting words does not answer.
_ENOUGH = 0.5
# Where no place was asked and the figure is of one, its other words must tell that it is the one meant.
_UNPLACED = 0.8
# Where the document, or a number, that the question gives stands in the sentence, that tells most.
_ANCHORED = 0.3
# "Tính bình quân, mỗi chủ thể có hơn hai sản phẩm" counts no products of a place.
AVERAGED = re.compile(
    r"(?<!\w)(?:bình quân|trung bình|cứ\s+\w+(?=\s+(?:sản phẩm|chủ thể))|"
    r"mỗi\s+(?:chủ thể|hộ|xã|huyện|tỉnh|cơ sở|đơn vị))(?!\w)",
    re.IGNORECASE,
)
# "sáu sản phẩm này": of those told of before
_POINTS_BACK = re.compile(r"\s+(?:\w+\s+){1,4}?(?:này|ấy|đó|nói trên|kể trên)(?!\w)")
# "cấp giấy chứng nhận 4 sao cho 5 sản phẩm": what was handed out once
_HANDED_OUT = re.compile(
    r"(?<!\w)(?:cấp|trao)\s+(?:giấy|bằng|chứng nhận)(?!\w)[^.;:]*(?<!\w)cho\s+(?:thêm\s+)?$", re.IGNORECASE
)


def asks_average(question: Question) -> bool:
    """Whether a question asks what each has, on average or one by one."""
    return says(question.tokens, "bình quân", "trung bình", "mỗi", "từng", "chia đều")


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
    nation = frozenset(map(counted, corpus.national_figures))
    teller = says(question.tokens, *_TOLD_BY)
    starred = says(question.tokens, *_WITH_STARS)
    recognised = says(question.tokens, *RECOGNISED) and not says(question.tokens, *SENT)
    averages = asks_average(question) or question.wanted in ("list", "compare")
    numbered = bool(question.numbers or question.documents) or any(word[:1].isdigit() for word in question.content)
    for figure in corpus.figures_counting(ask.what, places_of(sought)):
        if AVERAGED.search(figure.context) and not averages:
            continue
        if figure.value in sought.numbers or not _fits_star(question, ask, figure, numbered=numbered):
            continue
        own_place = place_fit(question, sought, figure)
        if own_place is None:
            continue
        evidence = evidence_of(figure, corpus)
        if not fits_subplace(sought, figure) or (question.places and of_nation(figure, evidence, nation)):
            continue
        if figure.planned and sought.planned and no_target(figure, evidence):
            continue
        later = figure.planned and not sought.planned and dated_later(figure, evidence)
        if figure.planned != sought.planned and not later and not _unmarked_target(sought, figure, corpus):
            continue
        named = names_document(question, figure, evidence)
        if named is None or not holds_numbers(sought, evidence):
            continue
        era = era_fit(sought, figure, evidence)
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
        anchored = named and (question.documents or (sought.numbers and stand_in(sought.numbers, evidence.quote)))
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
        away = years_away(sought, figure) if fits_time is False else 0.0
        row = "|" in evidence.quote
        before = words_of(evidence.article.text[figure.start : figure.number_start])
        opened = words_of(" ".join(before.tokens[:4]))
        occasion = not stock_in(figure.context) and (
            occasion_in(clause)
            or occasion_in(opened)
            or ((row or figure.what != "sản phẩm") and occasion_in(sentence))
            or _POINTS_BACK.match(evidence.article.text, figure.number_end) is not None
            or _HANDED_OUT.search(evidence.article.text, figure.start, figure.number_start) is not None
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
                + (1.5 if sought.numbers and stand_in(sought.numbers, evidence.quote) else 0.0)
                + (0.6 if stock else 0.0) * (-1.0 if sought.occasion else 1.0)
                + lateness(sought, figure)
                - (1.0 if figure.part and ask.stars is None else 0.0)
                - (0.3 if figure.to is not None else 0.0)
                - (1.0 if figure.bound in ("about", "under") and not figure.planned else 0.0)
                - (1.5 if figure.planned != sought.planned else 0.0)
                - (0.8 if occasion and not sought.occasion else 0.0)
                - (0.7 if borrowed or beside else 0.0)
                - (2.0 if fits_time and coarser(sought, figure) else 0.0)
                - 0.7 * away
                - (1.0 if unasked and not figure.whole else 0.0),
                fits_time=fits_time,
                own_place=own_place and era,
                occasion=occasion,
                borrowed=borrowed,
                beside=beside,
                round=occasion and totals and not figure.whole,
                named=named,
                held=held,
                years_away=away,
            )
        )
    # a number beside the document asked about is no other's of its article; of targets those said to be some are meant
    found = [item for item in found if item.named] or found
    marked = [item for item in found if item.figure.planned and item.fits_time is not False] if sought.planned else []
    return of_the_phase(question, without_restated(marked or found), corpus)


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


def _unmarked_target(sought: Sought, figure: Figure, corpus: Corpus) -> bool:
    """Whether a figure read as a count may be the target asked for: its text says no cue, its date is the one asked.

    Never the other way round: a target is no count.
    """
    return sought.planned and not figure.planned and time_fit(sought, figure, corpus)[0] is True


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
