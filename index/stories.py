"""What only a comparison of articles tells: which copy which, which passages say the same, what is told once a story.

Comparing texts is what costs. Its outcome depends on the two articles alone, so that it is taken over from the former
generation where both are as they were; who leads is decided anew each time, from all articles.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from crawler.copies import Story, is_copy, led
from index.drafting import Draft
from index.records import Held
from index.twins import find_twins, repeats


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """copies: id of a copy -> its lead's. twins: passage of a copy -> passage of its lead that says the same.
    repeated: ids of records told once a story. compared: likely pairs -> whether they are one story."""

    copies: dict[str, str]
    twins: dict[int, int]
    repeated: list[int]
    compared: dict[tuple[str, str], bool]


def compare(draft: Draft, sketches: Mapping[str, bytes], text_of: Callable[[str, str], str]) -> Compared:
    """Compare the articles of a draft.

    sketches: `crawler.copies.sketch` of every article by id. text_of: title and text by id and digest.
    """
    held = {article.id: article for article in draft.articles}
    text = lru_cache(maxsize=256)(lambda article_id: text_of(article_id, held[article_id].digest))
    before = draft.former_compared()
    compared: dict[tuple[str, str], bool] = {}

    def unchanged(one: str, other: str) -> bool:
        return one in draft.taken and other in draft.taken

    def same(story: str, lead: str) -> bool:
        known = before.get((story, lead)) if unchanged(story, lead) else None
        compared[story, lead] = is_copy(text(story), text(lead)) if known is None else known
        return compared[story, lead]

    copies = led(
        (
            Story(
                id=article.id,
                authority=article.authority,
                published=article.published,
                sketch=sketches.get(article.id, b""),
            )
            for article in draft.articles
        ),
        same,
    )
    former_copies = draft.former_copies()
    twins: dict[int, int] = {}
    repeated: list[int] = []
    for copy_id, lead_id in copies.items():
        copy, lead = held[copy_id], held[lead_id]
        if unchanged(copy_id, lead_id) and former_copies.get(copy_id) == lead_id:
            was, lead_was = draft.taken[copy_id], draft.taken[lead_id]
            twins |= {
                number - was.first + copy.first: twin - lead_was.first + lead.first
                for number, twin in draft.former_twins(was)
            }
            repeated += [number - was.first_record + copy.first_record for number in draft.former_repeated(was)]
        else:
            found = find_twins(draft.passages_of(copy), draft.passages_of(lead), text(lead_id))
            twins |= {copy.first + place: lead.first + twin for place, twin in enumerate(found) if twin is not None}
            repeated += _repeated(draft, copy, lead)
    return Compared(copies=copies, twins=twins, repeated=repeated, compared=compared)


def _repeated(draft: Draft, copy: Held, lead: Held) -> list[int]:
    """A copy's records that are not told again: figures its lead states, who presided, and sums, checked once."""
    records = draft.records_of(copy)
    figures = [(number, record) for number, kind, record in records if kind == "figure"]
    known = [record for _, kind, record in draft.records_of(lead) if kind == "figure"]
    again = repeats((record for _, record in figures), known)
    return [number for (number, _), is_again in zip(figures, again, strict=True) if is_again] + [
        number for number, kind, _ in records if kind in ("people", "sum")
    ]
