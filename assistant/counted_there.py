"""Whether what a sentence counts is what a question asks to be counted: of its grade, of its place, and no number that
the question itself gives."""

import re

from assistant.candidates import Candidate
from assistant.corpus import Corpus
from assistant.decision import counted_in
from assistant.fitting import AVERAGED, RECOGNISED, SENT, asks_average
from assistant.question import Question
from assistant.wording import says, tokens
from index.figures.numbers import parse_number
from index.figures.stars import find_stars, potential_in
from index.places.named import PROVINCES, related


def counts_of_star(question: Question, text: str) -> bool:
    """Whether what a sentence counts may be of the star asked alone: "13 sản phẩm hạng 3 và 4 sao" tells of neither,
    and what is proposed for a star is not of it."""
    if question.stars is None or all(one.what != "sản phẩm" for one in question.counted):
        return True
    said = [(one.low, one.high) for one in find_stars(text)]
    if question.stars in said and not may_become(question):
        clauses = _CLAUSE.split(text)
        given = [clause for clause in clauses if potential_in(clause) is None]
        return any(question.stars in [(one.low, one.high) for one in find_stars(clause)] for clause in given)
    return not said or question.stars in said


_CLAUSE = re.compile(r"[,;:]\s|\s(?:và|còn|nhưng)\s")
# Who asks so asks also for what is not of that grade yet.
_MAY_BECOME = ("định hướng", "hướng tới", "đề xuất", "đề nghị", "trình", "xét", "nâng", "lên", "chờ", "tiềm năng")


def may_become(question: Question) -> bool:
    """Whether a question counts what may be of a grade one day."""
    return question.planned or potential_in(question.text) is not None or says(question.tokens, *_MAY_BECOME)


def tells_recognised(question: Question, text: str) -> bool:
    """Whether what a sentence counts may have been recognised, where that is asked for: "gửi 71 sản phẩm lên tỉnh"
    tells only what was sent."""
    if question.wanted != "figure" or not says(question.tokens, *RECOGNISED) or says(question.tokens, *SENT):
        return True
    nouns = {one.what for one in question.counted}
    counting = [clause for clause in _CLAUSE.split(text) if any(what in nouns for _, what in counted_in(clause))]
    said = [tokens(clause) for clause in counting]
    return not said or any(says(clause, *RECOGNISED) or not says(clause, *SENT) for clause in said)


def tells_more(question: Question, text: str) -> bool:
    """Whether what a sentence counts is more than the number the question itself gives: of "79 sản phẩm đăng ký thì bao
    nhiêu được công nhận" 79 is no answer."""
    if question.wanted != "figure" or not question.numbers:
        return True
    nouns = {one.what for one in question.counted}
    given = {parse_number(number) for number in question.numbers}
    counted = {value for value, what in counted_in(text) if what in nouns}
    return not counted or not counted <= given


_THERE_IS = ("có bao nhiêu", "có mấy", "được bao nhiêu", "được mấy", "đạt bao nhiêu", "đạt mấy")
_TO_BE = ("muốn", "nhắm", "kỳ vọng", "đích", "định", "tính", "giao", "sẽ", "tới", "sắp")


def _asks_what_there_is(question: Question) -> bool:
    """Whether a question asks how many a place has, and not how many it is to have."""
    to_be = may_become(question) or says(question.tokens, *_TO_BE)
    return says(question.tokens, *_THERE_IS) and not to_be


def counts_elsewhere(question: Question, item: Candidate, corpus: Corpus) -> bool:
    """Whether all that a sentence counts of what is asked is of other places, of each of several, or to be reached:
    "Thái Bình có 67 sản phẩm, ít tháng trước khi nhập vào Hưng Yên" tells nothing of Hưng Yên, "phấn đấu có ít nhất 1
    sản phẩm đạt 5 sao" nothing of what there is."""
    nouns = {one.what for one in question.counted}
    asked = {key for place in question.places for key in (place, *related(place))}
    if all(place in question.former for place in question.places):
        asked = set(question.places)
    evidence = item.evidence
    counted = [
        figure
        for figure in corpus.figures_of(evidence.article.id)
        if evidence.start <= figure.number_start < evidence.end and figure.what in nouns
    ]
    averages = asks_average(question)
    graded = [one for one in counted if question.stars == (one.star, one.star_to)]
    if graded and _asks_what_there_is(question) and all(one.planned for one in graded):
        return True
    return bool(counted) and all(
        (figure.place in PROVINCES and figure.place not in asked)
        or (not averages and AVERAGED.search(figure.context) is not None)
        for figure in counted
    )
