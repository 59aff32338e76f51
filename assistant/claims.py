"""Claims in words of our own: a sentence with the least of the evidence offered that holds every number, day, name and
document in it."""

from collections.abc import Iterable, Sequence
from datetime import date

from assistant.answer import day_number
from assistant.check import claim_fault
from assistant.corpus import Corpus
from assistant.draft import Reckoning, Segment
from assistant.evidence import Evidence
from index.law.authority import Authority
from index.law.reasons import Reason
from index.law.statements import Statement
from index.law.transitions import Transition

Source = Statement | Transition | Authority


def evidence_of(source: Source, corpus: Corpus) -> Evidence | None:
    """The sentence or row a record of law was read from; None where only a page's metadata say it."""
    if source.end <= source.start:
        return None
    article = corpus.article(source.article_id, source.digest)
    return Evidence(article=article, start=source.start, end=source.end)


def table_head(evidence: Evidence) -> Evidence | None:
    """The first row of the table an evidence is a row of, which says what its cells are; None elsewhere."""
    head: Evidence | None = None
    for block in evidence.article.blocks:
        if block.start >= evidence.start:
            break
        if block.role != "row":
            head = None
        elif head is None:
            head = Evidence(article=evidence.article, start=block.start, end=block.end)
    return head


def claim(text: str, held: Sequence[Evidence], offered: Iterable[Evidence] = ()) -> Segment | None:
    """A `stated` claim on `held`, and on what of `offered` it needs besides; None where they do not hold it."""
    evidence = tuple(dict.fromkeys(held))
    fault = _fault(text, evidence, None)
    left = tuple(dict.fromkeys(offered))
    needed = True
    while fault is not None and needed:  # what holds a name may be seen to be needed only once the numbers are held
        needed = False
        for more in left:
            tried = fault if more in evidence else _fault(text, (*evidence, more), None)
            if tried != fault:
                evidence, fault, needed = (*evidence, more), tried, True
            if fault is None:
                break
    return Segment(text=text, kind="stated", evidence=evidence) if evidence and fault is None else None


def counted_day(
    text: str,
    *,
    since: tuple[date, Evidence],
    days: tuple[int, Evidence],
    result: date,
    offered: Iterable[Evidence] = (),
) -> Segment | None:
    """A `derived` claim of a day that is so many days after another; None where the evidence does not hold the rest."""
    evidence = tuple(dict.fromkeys((days[1], since[1])))
    reckoning = Reckoning(
        operation="days_after",
        operands=((day_number(since[0]), evidence.index(since[1])), (float(days[0]), evidence.index(days[1]))),
        result=day_number(result),
    )
    fault = _fault(text, evidence, reckoning.result)
    for more in offered:
        if fault is None:
            break
        tried = _fault(text, (*evidence, more), reckoning.result)
        if more not in evidence and tried != fault:
            evidence, fault = (*evidence, more), tried
    if fault is not None:
        return None
    return Segment(text=text, kind="derived", evidence=evidence, reckoning=reckoning)


def reasoned(
    reason: Reason, corpus: Corpus, offered: Sequence[Evidence], begun: dict[date, Evidence]
) -> Segment | None:
    """A reason of `index.law.in_force` as a claim on what tells it; None where nothing with a place does.

    begun: what prints the days from which documents are in force; days are counted from them.
    """
    placed = [(source, found) for source in reason.sources if (found := evidence_of(source, corpus)) is not None]
    text = reason.told or reason.text
    held = [found for _, found in placed]
    if reason.computed and reason.on is not None:
        for source, found in placed:
            days = source.days if isinstance(source, Statement | Transition) else None
            since = next(
                ((day, at) for day, at in begun.items() if days is not None and (reason.on - day).days == days), None
            )
            if days is not None and since is not None:
                counted = counted_day(
                    text, since=since, days=(days, found), result=reason.on, offered=(*held, *offered)
                )
                if counted is not None:
                    return counted
    heads = [head for found in held if (head := table_head(found)) is not None]
    return claim(text, held, (*heads, *offered)) if held else None


def summary_notices(segments: Iterable[Segment]) -> tuple[str, ...]:
    """That a source only summarises the law, where one of an answer does."""
    if not any(evidence.article.kind == "guide" for segment in segments for evidence in segment.evidence):
        return ()
    return ("Nguồn là bản tóm lược, không phải nguyên văn văn bản; khi lập hồ sơ hãy đối chiếu văn bản gốc.",)


def _fault(text: str, evidence: Sequence[Evidence], result: float | None) -> str | None:
    return claim_fault(
        text,
        "stated" if result is None else "derived",
        [item.quote for item in evidence],
        result,
        headings=[item.heading for item in evidence],
        titles=[item.article.title for item in evidence],
    )
