"""An answer completed by what it leaves untold: right beside what was told, or elsewhere in the same articles.

News seldom say two things in one sentence. What the second half of a question asks stands in the next sentence, which
has none of the words it is asked with ("Địa điểm là …", "Tỉnh nhắm có thêm 180 sản phẩm …"), so that no search finds it
and no gate lets it through by itself; right behind what answers the first half it is what is meant.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from assistant.candidates import row_text
from assistant.compose import compose
from assistant.corpus import Corpus
from assistant.count import HELD_BY_PLACES
from assistant.draft import Draft
from assistant.evidence import Evidence
from assistant.judge import NOTHING_JUDGED, judge
from assistant.part_told import about, may_tell, tells
from assistant.question import Question
from assistant.recorded import recorded
from assistant.retrieve import retrieve
from assistant.told import trimmed
from assistant.untold import SPOKEN_OF, Untold, held_of, planned_as, untold
from assistant.wording import words_of
from crawler.article import Article
from index.search import Searcher

# A sentence elsewhere in the article tells a part better if it holds so much more of its words, in [0, 1].
_MORE = 0.25
# What stands so many sentences after or before what was told goes on with it.
_AFTER, _BEFORE = 3, 1
_ROLES = ("paragraph", "lead", "item", "row")
# Law says all of a rule in one place.
_LAW = ("regulation", "guide")
_NOT_SAID = "Nguồn dẫn ra không nói: {asked}."
_JOINING = re.compile(r"(?:và|còn|với|rồi)\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looking:
    """Where one question is looked up."""

    question: Question
    corpus: Corpus
    searcher: Searcher
    on: date

    def found(self, part: Question, within: frozenset[str]) -> Draft | None:
        """What search finds for a part in some articles, or (none given) in all."""
        records, judged = recorded(part, self.corpus, self.on, within), NOTHING_JUDGED
        if not records.settled:
            judged = judge(part, retrieve(part, self.searcher, within), self.corpus, on=self.on)
        if within:
            own = tuple(one for one in judged.sentences if one.candidate.evidence.article.id in within)
            judged = replace(judged, sentences=own)
        draft = compose(part, records, judged, self.corpus, on=self.on, within=within)
        return draft if draft is not None and draft.status == "answered" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Other:
    """A sentence of an article told from. told: it surely has the kind of thing a part asks for. held: the share of the
    part's words it holds. distance: how many sentences it stands behind the nearest told, or (negative) before it."""

    evidence: Evidence
    told: bool
    held: float
    distance: int


def rest_of(question: Question, draft: Draft, corpus: Corpus, searcher: Searcher, on: date) -> list[Draft] | None:
    """What is told of each part that an answer leaves untold, as a draft each; one without segments says of a part that
    nothing told may be it. None where the answer tells all."""
    looking = _Looking(question=question, corpus=corpus, searcher=searcher, on=on)
    more: list[Draft] = []
    for one in untold(question, draft, corpus):
        new = next((found for way in _ways(one) if (found := _new(way(looking, one, draft), draft)) is not None), None)
        if new is not None:
            more.append(new)
            draft = replace(draft, segments=(*draft.segments, *new.segments))
        elif not any(may_tell(one.part, question, segment.text) for segment in draft.segments):
            asked = _JOINING.sub("", one.part.text, count=1) if _JOINING.match(one.part.text) else one.part.text
            more.append(Draft(status="partial", segments=(), notices=(_NOT_SAID.format(asked=asked.rstrip(" ?.!")),)))
    return more or None


def _new(found: Draft | None, draft: Draft) -> Draft | None:
    """What of a draft another does not tell; None where nothing is."""
    told = {segment.text for segment in draft.segments}
    new = () if found is None else tuple(one for one in found.segments if one.text not in told)
    return replace(found, segments=new) if found is not None and new else None


_Way = Callable[[_Looking, Untold, Draft], Draft | None]


def _ways(untold: Untold) -> Iterator[_Way]:
    """What may tell a part, the surest first: of what a place has, figures tell a total from a count of some."""
    if untold.dated and untold.missing and (untold.part.dates or untold.part.period):
        yield _of_its_time
    figures = untold.part.wanted == "figure" and any(item.what in HELD_BY_PLACES for item in untold.part.counted)
    yield from (_searched, _beside) if figures else (_beside, _searched)
    yield _elsewhere


def _of_its_time(looking: _Looking, untold: Untold, draft: Draft) -> Draft | None:
    """What any article tells of the whole question at the time of one part."""
    question, part = looking.question, untold.part
    at = replace(
        question,
        wanted=part.wanted,
        counted=part.counted or question.counted,
        stars=part.stars,
        dates=part.dates,
        when=part.when,
        period=part.period,
    )
    return looking.found(at, frozenset())


def _searched(looking: _Looking, untold: Untold, draft: Draft) -> Draft | None:
    """What search finds for a part by itself in the articles told from."""
    within = _articles(draft)
    words = dict.fromkeys((*untold.part.content, *looking.question.content))
    found = looking.found(replace(untold.part, content=tuple(words)), within)
    return found if found is not None and _articles(found) <= within else None


def _beside(looking: _Looking, untold: Untold, draft: Draft) -> Draft | None:
    """The sentence right behind what was told, or before it, that has the kind of thing a part asks for, where nothing
    told has it: of several the one that holds most of its words."""
    if not untold.missing:
        return None
    near = [one for one in _others(looking, untold, draft) if one.told and -_BEFORE <= one.distance <= _AFTER]
    best = max(near, key=lambda one: (one.held, -abs(one.distance), one.distance), default=None)
    return None if best is None else _quoting(untold.part, best.evidence)


def _elsewhere(looking: _Looking, untold: Untold, draft: Draft) -> Draft | None:
    """The sentence of an article told from that holds most of the words a part is about, and may tell it."""
    if not about(untold.part):
        return None
    others = _others(looking, untold, draft)
    best = max(others, key=lambda one: (one.held, -abs(one.distance)), default=None)
    if best is None or best.held < max(SPOKEN_OF, untold.held + _MORE):
        return None
    return _quoting(untold.part, best.evidence)


def _quoting(part: Question, evidence: Evidence) -> Draft:
    return Draft(status="answered", segments=(trimmed(part, evidence),), strength=0.5)


def _others(looking: _Looking, untold: Untold, draft: Draft) -> Iterator[_Other]:
    """The sentences not told of the articles of news told from that may tell a part."""
    part = untold.part
    for article, spans in _told(draft):
        sentences = looking.corpus.sentences(article) if article.kind not in _LAW else ()
        at = [
            place for place, one in enumerate(sentences) if any(one[0] < end and start < one[1] for start, end in spans)
        ]
        for place, (start, end, block, _) in enumerate(sentences) if at else ():
            if place in at or block.role not in _ROLES:
                continue
            evidence = Evidence(article=article, start=start, end=end)
            text = row_text(article, block) if block.role == "row" else evidence.quote
            told = tells(part, looking.question, text)
            if told is not False and planned_as(untold.planned, text):
                yield _Other(
                    evidence=evidence,
                    told=told is True,
                    held=held_of(part, words_of(text), looking.corpus),
                    distance=min((place - one for one in at), key=lambda away: (abs(away), away < 0)),
                )


def _told(draft: Draft) -> list[tuple[Article, list[tuple[int, int]]]]:
    """The articles of an answer in order, each with the spans told of it."""
    found: dict[str, tuple[Article, list[tuple[int, int]]]] = {}
    for segment in draft.segments:
        for one in segment.evidence:
            found.setdefault(one.article.id, (one.article, []))[1].append((one.start, one.end))
    return list(found.values())


def _articles(draft: Draft) -> frozenset[str]:
    return frozenset(evidence.article.id for segment in draft.segments for evidence in segment.evidence)
