"""Whether what a sentence counts is what a question asks to be counted: of its grade, of its place, and no number that
the question itself gives."""

from assistant.candidates import Candidate
from assistant.corpus import Corpus
from assistant.decision import counted_in
from assistant.fitting import AVERAGED, asks_average
from assistant.question import Question
from index.figures.numbers import parse_number
from index.figures.stars import find_stars
from index.places.named import PROVINCES, related


def counts_of_star(question: Question, text: str) -> bool:
    """Whether what a sentence counts may be of the star asked alone: "13 sản phẩm hạng 3 và 4 sao" tells of neither."""
    if question.stars is None or all(one.what != "sản phẩm" for one in question.counted):
        return True
    said = [(one.low, one.high) for one in find_stars(text)]
    return not said or question.stars in said


def tells_more(question: Question, text: str) -> bool:
    """Whether what a sentence counts is more than the number the question itself gives: of "79 sản phẩm đăng ký thì bao
    nhiêu được công nhận" 79 is no answer."""
    if question.wanted != "figure" or not question.numbers:
        return True
    nouns = {one.what for one in question.counted}
    given = {parse_number(number) for number in question.numbers}
    counted = {value for value, what in counted_in(text) if what in nouns}
    return not counted or not counted <= given


def counts_elsewhere(question: Question, item: Candidate, corpus: Corpus) -> bool:
    """Whether all that a sentence counts of what is asked is of other places, or of each of several: "Thái Bình có 67
    sản phẩm, ít tháng trước khi nhập vào Hưng Yên" tells nothing of Hưng Yên."""
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
    return bool(counted) and all(
        (figure.place in PROVINCES and figure.place not in asked)
        or (not averages and AVERAGED.search(figure.context) is not None)
        for figure in counted
    )
