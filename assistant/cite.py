"""Citing: a checked draft becomes text with marks [n], claims and numbered citations."""

import unicodedata
from collections.abc import Callable

from assistant.answer import Calculation, Citation, Claim, Elsewhere, Operand
from assistant.draft import Draft
from assistant.evidence import Evidence
from assistant.rights import seal_of
from crawler.article import precision_of


def cite(
    draft: Draft, also: Callable[[str], tuple[Elsewhere, ...]]
) -> tuple[str, tuple[Claim, ...], tuple[Citation, ...]]:
    """(text, claims, citations) of a draft: one segment a line, marks after it, numbered in order of appearance.

    also: where else the story of an article stands, by its id.
    The same span cited twice keeps its number. Line breaks inside a quote are kept; other white space is folded.
    """
    lines: list[str] = []
    claims: list[Claim] = []
    citations: list[Citation] = []
    numbers: dict[tuple[str, str, int, int], int] = {}
    at = 0
    for segment in draft.segments:
        cited: list[int] = []
        for evidence in segment.evidence:
            if evidence.key not in numbers:
                numbers[evidence.key] = len(citations) + 1
                citations.append(citation_of(evidence, numbers[evidence.key], also(evidence.article.id)))
            cited.append(numbers[evidence.key])
        text = fold_lines(segment.text)
        marks = "".join(f" [{number}]" for number in dict.fromkeys(cited))
        if cited:
            reckoning = segment.reckoning
            claims.append(
                Claim(
                    start=at,
                    end=at + len(text),
                    kind=segment.kind,
                    citations=tuple(dict.fromkeys(cited)),
                    calculation=None
                    if reckoning is None
                    else Calculation(
                        operation=reckoning.operation,
                        operands=tuple(
                            Operand(value=value, citation=cited[place]) for value, place in reckoning.operands
                        ),
                        result=reckoning.result,
                    ),
                    cells=segment.cells,
                )
            )
        lines.append(text + marks)
        at += len(text) + len(marks) + 1
    return "\n".join(lines), tuple(claims), tuple(citations)


def citation_of(evidence: Evidence, number: int, also: tuple[Elsewhere, ...] = ()) -> Citation:
    """The citation of one span."""
    article = evidence.article
    shown = article.event_date or article.published
    page = article.page_at(evidence.start)
    return Citation(
        number=number,
        article_id=article.id,
        url=article.url,
        original_url=article.original_url,
        title=article.title,
        source=article.source,
        kind=article.kind,
        published=article.published,
        event_date=article.event_date,
        date_precision=None if shown is None else precision_of(shown),
        heading=evidence.heading,
        quote=evidence.quote,
        start=evidence.start,
        end=evidence.end,
        digest=article.digest,
        page=None if page is None else page.number,
        recognised=None if page is None else page.confidence,
        place=article.place,
        rights=article.rights,
        seal=seal_of(article, evidence.start, evidence.end),
        also=also,
    )


def fold_lines(text: str) -> str:
    """NFC, white space folded within each line, empty lines dropped."""
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", text).split("\n"))
    return "\n".join(line for line in lines if line)
