"""What an answer leaves untold of a question that asks several things: the parts that no sentence told tells."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.asked_parts import asked_parts
from assistant.corpus import Corpus
from assistant.draft import Draft
from assistant.evidence import Evidence, fits_time
from assistant.part_told import about, counts_reached, numbers_of, tells
from assistant.proper_names import proper_names, says_name
from assistant.question import Question
from assistant.told import block_at
from assistant.wording import Words, coverage, says, supplied, words_of
from crawler.article import Article
from index.figures.planned import says_planned

# Of the telling words of a part a sentence that tells it holds this share by what they weigh, in [0, 1].
SPOKEN_OF = 0.5
# What no sentence says, but its numbers come to.
_RECKONED = ("vượt mấy", "vượt bao nhiêu", "hơn mấy", "hơn bao nhiêu", "chênh", "kém mấy", "kém bao nhiêu", "còn thiếu")
# "Riêng hợp tác xã có 194 chủ thể" is no total.
_OF_SOME = re.compile(r"(?:Riêng|Trong đó|Trong số (?:đó|này|ấy))(?!\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """A part of a question that an answer does not tell.

    planned: whether it asks for a target, where another part does not; else None. dated: whether it is of another time
    than another part. missing: nothing told has the kind of thing it asks for. held: the most of its telling words that
    a sentence told with such a thing holds, in [0, 1].
    """

    part: Question
    planned: bool | None
    dated: bool
    missing: bool
    held: float


def untold(question: Question, draft: Draft, corpus: Corpus) -> Iterator[Untold]:
    """The parts of a question that an answer does not tell. Of so many numbers of one thing as it asks for, an answer
    must tell as many, and of each time asked about something of that time."""
    parts = asked_parts(question)
    apart = len({question.planned, *(part.planned for part in parts)}) > 1
    dated = len({(part.dates, part.period) for part in parts if part.dates or part.period}) > 1
    quotes = [(segment.text, segment.evidence[0]) for segment in draft.segments if segment.evidence]
    said = [(text, evidence.article) for text, evidence in quotes]
    around = [text for quote in quotes for text in (quote[0], _paragraph(quote[1]))]
    for place, part in enumerate(parts):
        if part.wanted == "figure" and says(part.tokens, *_RECKONED):
            continue
        planned = part.planned if apart else None
        telling = list(_telling(question, part, said, planned=planned, dated=dated))
        if len(_numbers(question, part, telling)) < _how_many(parts[: place + 1]):
            telling = []
        held = max((held_of(part, words_of(text), corpus) for text in telling), default=0.0)
        unnamed = _names_nobody(part, around)
        # the first is what the answer was chosen for, by all its words; of a part without a form of its own only its
        # words can tell
        formless = all(tells(part, question, text) is None for text, _ in said)
        unspoken = held < SPOKEN_OF and (place > 0 or formless or unnamed)
        if (bool(telling) and unnamed) if parts == [question] else (not telling or unspoken):
            yield Untold(part=part, planned=planned, dated=dated, missing=not telling, held=held)


def held_of(part: Question, words: Words, corpus: Corpus) -> float:
    """The share of the telling words of a part that a text holds, by weight, in [0, 1]; 1 where it has none."""
    asked = about(part)
    return coverage(asked, supplied(part.synonyms, words), corpus.weights(asked, part.emphasis))


def planned_as(planned: bool | None, text: str) -> bool:
    """Whether a text speaks of what is aimed at, or of what was reached, as it is asked; None for either."""
    if planned is None:
        return True
    return says_planned(text) if planned else not says_planned(text) or counts_reached(text)


def _telling(
    question: Question, part: Question, said: Sequence[tuple[str, Article]], *, planned: bool | None, dated: bool
) -> Iterator[str]:
    """The sentences told that may tell a part: of its kind and time, and no count of some where a total is asked."""
    total = part.wanted == "figure" and not about(part)
    for text, article in said:
        kind = tells(part, question, text) is not False and planned_as(planned, text)
        timely = not dated or fits_time(part, text, article) is not False
        if kind and timely and not (total and _OF_SOME.match(text)):
            yield text


def _numbers(question: Question, part: Question, telling: Sequence[str]) -> set[float]:
    return {number for text in telling for number in numbers_of(part, question, text)}


def _how_many(parts: Sequence[Question]) -> int:
    """How many numbers of the thing that the last of some parts counts they ask for together, of one time; 0 where no
    other does."""
    last = parts[-1]
    counted = (last.counted, last.dates, last.period)
    alike = sum(part.wanted == "figure" and (part.counted, part.dates, part.period) == counted for part in parts)
    return alike if last.wanted == "figure" and alike > 1 else 0


def _paragraph(evidence: Evidence) -> str:
    """The paragraph a quote stands in, which may say before it of whom it is."""
    block = block_at(evidence.article, evidence.start)
    return "" if block is None else evidence.article.text[block.start : block.end]


def _names_nobody(part: Question, said: Sequence[str]) -> bool:
    """Whether a part gives names that none of some texts says."""
    names = proper_names(part.text)
    return bool(names) and not any(says_name(words_of(text), name) for text in said for name in names)
