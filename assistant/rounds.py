"""The figures of several rounds that one sentence or one table tells of."""

from dataclasses import replace

from assistant.compare import Row
from assistant.corpus import Corpus
from assistant.evidence import same_time
from assistant.fitted import Fitted, evidence_of
from assistant.fitting import fit, head_row
from assistant.limits import limit_groups_in, occasion_in
from assistant.question import Question
from assistant.sought import Ask, Sought
from assistant.wording import find_phrase, words_of
from index.dates import find_dates

# "ba đợt"
_MANY = {"hai": 2, "2": 2, "ba": 3, "3": 3, "bốn": 4, "4": 4, "năm": 5, "5": 5, "sáu": 6, "6": 6}


def rounds(question: Question, sought: Sought, ask: Ask, corpus: Corpus) -> list[Row]:
    """The figures of the one sentence, or table, that tells of several rounds of what is asked, its total left out."""
    every = fit(question, sought, ask, corpus) or _of_parts(question, sought, ask, corpus)
    fitted = [item for item in every if item.own_place and item.fits_time is not False]
    if (rows := _rounds_in_table(question, sought, [item for item in every if item.own_place], corpus)) is not None:
        return rows
    by_sentence: dict[tuple[str, int], list[Fitted]] = {}
    for item in fitted:
        by_sentence.setdefault((item.figure.article_id, item.figure.start), []).append(item)
    several = [items for items in by_sentence.values() if len(items) > 1]
    if not several:
        return []
    best = max(several, key=lambda items: max(item.score for item in items))
    values = [item.figure.value for item in best]
    return [
        Row(key=item.figure.as_of or "", fitted=item)
        for item in best
        if len(best) < 3 or item.figure.value != sum(values) - item.figure.value
    ]


def _of_parts(question: Question, sought: Sought, ask: Ask, corpus: Corpus) -> list[Fitted]:
    """Of several limits ("công nhận mới + đánh giá lại + nâng hạng") the figures of each, where their sentence tells of
    all of them."""
    groups = sought.limits.groups
    if len(groups) < 2:
        return []
    found: dict[int, Fitted] = {}
    for own in (frozenset[int](), *(frozenset((group,)) for group in sorted(groups))):
        alone = replace(sought, limits=replace(sought.limits, words=(), groups=own))
        for item in fit(question, alone, ask, corpus):
            if groups <= limit_groups_in(words_of(evidence_of(item.figure, corpus).quote)):
                found.setdefault(item.figure.number_start, item)
    return [found[at] for at in sorted(found)]


def _rounds_in_table(question: Question, sought: Sought, fitted: list[Fitted], corpus: Corpus) -> list[Row] | None:
    """The rows of the table that has a round in each, as many as the question says and of the times it names; or
    None."""
    many = next((count for word, count in _MANY.items() if find_phrase(question.tokens, f"{word} đợt") >= 0), None)
    by_table: dict[tuple[str, int], list[Fitted]] = {}
    for item in fitted:
        evidence = evidence_of(item.figure, corpus)
        rowed = "|" in evidence.quote and item.figure.what_span is not None
        if rowed and occasion_in(words_of(f"{head_row(item.figure, evidence)} {evidence.quote}")):
            table = item.figure.article_id, 0 if item.figure.what_span is None else item.figure.what_span.start
            by_table.setdefault(table, []).append(item)
    tables = [items for items in by_table.values() if len(items) == many and _of_times(sought, items, corpus)]
    if not tables:
        return None
    best = max(tables, key=lambda items: max(item.score for item in items))
    return [Row(key=item.figure.as_of or "", fitted=item) for item in sorted(best, key=lambda item: item.figure.start)]


def _of_times(sought: Sought, items: list[Fitted], corpus: Corpus) -> bool:
    """Whether each time a question names is that of some row, and each row of such a time, where it names any."""
    said = [
        {mention.iso for mention in find_dates(evidence_of(item.figure, corpus).quote)} | {item.figure.as_of or ""}
        for item in items
    ]
    if sought.period is not None:
        first, last = sought.period[0][:4], sought.period[1][:4]
        return all(any(first <= day[:4] <= last for day in days) for days in said)
    return all(any(same_time(time, day) for days in said for day in days if day) for time in sought.times) and all(
        not sought.times or any(same_time(time, day) for time in sought.times for day in days if day) for days in said
    )
