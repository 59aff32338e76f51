"""By which paper something counted was recognised, and which of two numbers a reader has seen is right."""

import re
from collections.abc import Iterable

from assistant.amounts import dated_source, line
from assistant.answer import FOUND_FIGURES, vietnamese_number
from assistant.corpus import Corpus
from assistant.draft import Draft, connective, quoted
from assistant.evidence import Evidence, same_time
from assistant.fitted import evidence_of
from assistant.fitting import head_row
from assistant.question import Question
from assistant.sought import Sought, seek
from assistant.wording import begins_with, find_phrase, says
from index.dates import find_dates
from index.figures.counted import noun_at
from index.figures.figure import NATIONAL, Figure
from index.figures.numbers import find_numbers
from index.law.address import find_document_numbers

_PAPERS = ("quyết định", "nghị quyết", "kế hoạch", "công văn", "văn bản", "qđ")
_WHICH = ("nào", "số nào", "số mấy", "số bao nhiêu", "mấy", "bao nhiêu", "gì")
_DISPUTES = (
    "số nào", "con số nào", "cái nào", "nào đúng", "nào mới đúng", "đâu là", "khác nhau", "mâu thuẫn", "lệch nhau",
    "chọi nhau", "vênh nhau", "trái nhau", "rốt cuộc", "chỗ thì", "nơi thì", "chỗ ghi", "nơi ghi", "báo ghi",
    "bài ghi", "nguồn ghi", "tin số", "tin con số",
)  # fmt: skip
# What a source says of two numbers that stand side by side.
_OF_BOTH = re.compile(r"(?<!\w)(?:mâu thuẫn|chọi nhau|trái nhau|khác nhau|lệch nhau|cách nhau)(?!\w)", re.IGNORECASE)
_PRODUCTS = "sản phẩm"


def deciding(question: Question, corpus: Corpus) -> Draft | None:
    """The sentence that names the paper by which the number the question gives was recognised, or None."""
    if question.documents or not _asks_paper(question):
        return None
    given = counted_in(question.text)
    if not given:
        return None
    sought = seek(question, corpus.subplaces)
    found: list[tuple[tuple[bool, bool, bool, str], Figure, Evidence]] = []
    for figure in corpus.figures:
        if (figure.value, figure.what) not in given or not _of_question(question, sought, figure):
            continue
        named = _paper(figure, corpus)
        if named is not None:
            evidence = evidence_of(figure, corpus)
            dated = any(mention.iso.count("-") == 2 for mention in find_dates(named.quote))
            nation = not sought.places and figure.place in (NATIONAL, None)
            found.append(((nation, named == evidence, dated, figure.as_of or ""), figure, named))
    if not found:
        return None
    _, figure, named = max(found, key=lambda item: item[0])
    return Draft(
        status="answered",
        segments=tuple(map(quoted, dict.fromkeys((named, evidence_of(figure, corpus))))),
        notices=(f"Số liệu: {dated_source(figure, corpus)}.",),
        strength=0.9,
    )


def _asks_paper(question: Question) -> bool:
    for paper in _PAPERS:
        at = find_phrase(question.tokens, paper)
        if at >= 0:
            rest = question.tokens[at + len(paper.split()) :]
            if begins_with(rest, _WHICH) is not None:
                return True
    return False


def counted_in(text: str) -> frozenset[tuple[float, str]]:
    """Every number of a text that a counted noun follows, with the noun: "41 sản phẩm" -> (41, "sản phẩm")."""
    found = set()
    for number in find_numbers(text):
        noun = noun_at(text, number.end)
        if noun is not None:
            found.add((number.value, noun.what))
    return frozenset(found)


def _of_question(question: Question, sought: Sought, figure: Figure) -> bool:
    """Whether a figure is of the place, time and grade asked."""
    if sought.others or (sought.places and figure.place not in sought.places):
        return False
    if question.stars is not None and (figure.star, figure.star_to) not in (question.stars, (None, None)):
        return False
    if not sought.times:
        return True
    return figure.as_of is not None and any(same_time(asked, figure.as_of) for asked in sought.times)


def _paper(figure: Figure, corpus: Corpus) -> Evidence | None:
    """The sentence that names the paper a figure rests on: its own, else the one before or after it."""
    evidence = evidence_of(figure, corpus)
    if find_document_numbers(evidence.quote):
        return evidence
    if "|" in evidence.quote:  # a row speaks of itself alone; its head says what a bare number is
        heads = head_row(figure, evidence).lower()
        return evidence if any(paper in heads for paper in _PAPERS) else None
    article = evidence.article
    spans = [(start, end) for start, end, _, _ in corpus.sentences(article)]
    at = next((place for place, (start, _) in enumerate(spans) if start == figure.start), None)
    if at is None:
        return None
    for place in (at - 1, at + 1):
        if 0 <= place < len(spans):
            near = Evidence(article=article, start=spans[place][0], end=spans[place][1])
            if find_document_numbers(near.quote):
                return near
    return None


def disputed(question: Question, corpus: Corpus) -> Draft | None:
    """Of two or more numbers a reader has seen for one place, when and where each was said; None where one is not
    held."""
    if not says(question.tokens, *_DISPUTES) or len(question.numbers) < 2 or len(question.places) != 1:
        return None
    values = {float(number.replace(".", "").replace(",", ".")) for number in question.numbers}
    nouns = {what for _, what in counted_in(question.text)} or {_PRODUCTS}
    chosen: list[Figure] = []
    for value in sorted(values):
        best = _earliest_said(
            figure
            for figure in corpus.figures
            if figure.value == value and figure.what in nouns and figure.place in question.places and not figure.part
        )
        if best is None:
            return None
        chosen.append(best)
    chosen.sort(key=lambda figure: figure.as_of or "")
    told = "; ".join(f"{vietnamese_number(figure.value)}: {dated_source(figure, corpus)}" for figure in chosen)
    same = len({figure.as_of for figure in chosen}) == 1
    notice = "Các nguồn nêu số khác nhau cho cùng thời điểm" if same else "Mỗi số thuộc một thời điểm"
    return Draft(
        status="answered",
        segments=(
            connective(FOUND_FIGURES),
            *dict.fromkeys(line(figure, corpus) for figure in chosen),
            *map(
                quoted, dict.fromkeys((*(evidence_of(figure, corpus) for figure in chosen), *_of_both(chosen, corpus)))
            ),
        ),
        notices=(f"{notice} ({told}).",),
        strength=0.9,
    )


def _of_both(chosen: list[Figure], corpus: Corpus) -> list[Evidence]:
    """What the one article that gives all the numbers says of their standing side by side."""
    for name in dict.fromkeys(figure.article_id for figure in chosen):
        held = {figure.value for figure in corpus.figures_of(name)}
        if not {figure.value for figure in chosen} <= held:
            continue
        article = next(evidence_of(figure, corpus).article for figure in chosen if figure.article_id == name)
        said = [
            Evidence(article=article, start=start, end=end)
            for start, end, _, _ in corpus.sentences(article)
            if _OF_BOTH.search(article.text[start:end])
        ]
        if said:
            return said
    return []


def _earliest_said(figures: Iterable[Figure]) -> Figure | None:
    """The figure whose own words say most of when it is."""
    return max(
        figures,
        key=lambda figure: (figure.as_of_said, figure.whole, len(figure.as_of or ""), figure.start),
        default=None,
    )
