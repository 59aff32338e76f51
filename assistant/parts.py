"""Two questions asked in one sentence, taken apart; their answers, put together again."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.draft import Draft, Segment
from assistant.proper_names import proper_names
from assistant.question import Question, understand
from index.sentence import sentence_spans


def split_questions(question: Question) -> list[Question]:
    """Two questions asked in one sentence ("Khi nào bị thu hồi, ai thu hồi?") as two, the second leaning on the first.

    Counts stay together ("bao nhiêu sản phẩm, bao nhiêu chủ thể"): one sentence of a source often states both.
    """
    parts = [
        part
        for part in re.split(r"[?;]\s+|,\s+|\s+và\s+(?=ai|do ai|khi nào|bao lâu|ở đâu)", question.text)
        if part.strip()
    ]
    if len(parts) < 2 or question.wanted in (
        "figure",
        "compare",
        "average",
        "difference",
        "trend",
        "sum",
        "number",
        "merger",
    ):
        return [question]
    read = [understand(part) for part in parts]
    # "…, theo quyết định 26 đó?" says by which rule, and asks nothing
    leaning = any(part.documents and part.tokens[:1] in (("theo",), ("như",)) for part in read[1:])
    leaning = leaning or bool(read[0].documents and not read[0].content)  # and so does "Theo quyết định 26, …"
    if leaning or any(part.wanted in ("text", "list", "figure", "breakdown", "how") for part in read):
        return [question]
    first = of_whole(question, read[0])
    return [
        first,
        *(
            replace(of_whole(question, part), content=tuple(dict.fromkeys((*part.content, *first.content))))
            for part in read[1:]
        ),
    ]


def of_whole(question: Question, part: Question) -> Question:
    """A part with the place, the time and the document of the whole."""
    return replace(
        part,
        places=question.places,
        former=question.former,
        today=question.today,
        regions=question.regions,
        national=question.national,
        districts=question.districts,
        dates=question.dates,
        when=question.when,
        period=question.period,
        documents=question.documents,
        in_domain=question.in_domain,
        follow_up=question.follow_up,
        elsewhere=question.elsewhere,
    )


def asking_part(question: Question) -> Question | None:
    """The last sentence of a question by itself, with the place and the time of the whole and the names told before it,
    where a story is told before it; None where it has one sentence."""
    spans = sentence_spans(question.text, 0, len(question.text))
    if len(spans) < 2:
        return None
    start, end = spans[-1]
    part = understand(question.text[start:end])
    if not part.content:
        return None
    told_of = proper_names(question.text[:start])
    return replace(of_whole(question, part), districts=part.districts, told_of=told_of)


def joined(drafts: Sequence[Draft]) -> Draft | None:
    """The drafts of the parts as one, each segment and notice once, and a line that closes several of them after the
    last; None where there is none. Where no part is answered, the first of those that ask back."""
    if not drafts:
        return None
    if not any(draft.segments for draft in drafts):
        return drafts[0]
    segments: dict[Segment, None] = {}
    for place, draft in enumerate(drafts):
        closing = {other.segments[-1] for other in drafts[place + 1 :] if other.segments}
        kept = draft.segments[:-1] if draft.segments and draft.segments[-1] in closing else draft.segments
        segments |= dict.fromkeys(kept)
    return Draft(
        status="partial" if any(draft.status == "partial" for draft in drafts) else "answered",
        segments=tuple(segments),
        notices=tuple(dict.fromkeys(notice for draft in drafts for notice in draft.notices)),
        strength=max(draft.strength for draft in drafts),
    )
