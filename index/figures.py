"""Figures: counts that a text states, with what is counted, of what star, where, as of when, reached or planned.

Every field is read from the sentence the figure stands in, or from the article around it where the sentence is
silent; nothing is computed here. What a figure is: `docs/decisions`, and the gold of `evaluation/figures.toml`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from crawler.article import Article
from index.as_of import AsOf, as_of, as_of_event
from index.attribution import says_of
from index.carried import Carried, carried_sentences, goes_on, starts_with_count
from index.clauses import Clause, clauses_of
from index.counted import COUNTABLE, Counted, noun_at
from index.counts import find_counts, respective
from index.figure import NATIONAL, Bound, Figure, PlaceFrom
from index.figure_place import Home, Place, home_of, is_whole, places_of
from index.figure_tables import table_figures
from index.moments import Moment, find_moments
from index.numbers import bound_of
from index.places import find_places
from index.planned import planned_of, says_planned, says_reached
from index.span import Span
from index.starred import Starred, place_stars
from index.stars import find_stars
from index.subplace import Remembered, find_subplaces, subplaces_of

__all__ = ["NATIONAL", "Bound", "Figure", "figures"]

# Other numbers that a name holds: documents, hours, telephones.
_NO_COUNT = re.compile(
    r"(?:số|Số)\s+\d+(?:/\d{4})?/[\wĐ-]+|\d+(?:/\d{4})?/[A-ZĐ][\wĐ-]*|(?<!\w)0\d{2,3}[ .]\d{3,4}[ .][\dx]{3,4}|\d{1,2}\s?(?:giờ|h)(?!\w)\s?\d*"
)


_OF_THOSE = re.compile(r"\s*(?:trong\s+(?:số\s+)?(?:đó|này)|số\s+(?:đó|này))(?!\w)", re.IGNORECASE)


def figures(article: Article) -> tuple[Figure, ...]:
    """Every figure an article states, in order. Law and its guides state rules, not counts: none is read from them."""
    if article.kind in ("regulation", "guide"):
        return ()
    home = home_of(article)
    day = as_of_event(article)
    found: list[Figure] = []
    cells = {figure.number_start: figure for figure in table_figures(article, home, day)}
    reader = _Reader(article, home, day)
    for start, end, block, carried in carried_sentences(article):
        if block.role == "byline":
            continue
        read = reader.sentence(start, end, carried, paragraph=block.start)
        if block.role == "row":
            told = [figure for number_start, figure in cells.items() if start <= number_start < end]
            read = told + [figure for figure in read if figure.number_start not in cells]
        found.extend(read)
    return tuple(found)


class _Reader:
    """Reads the sentences of one article in order, and remembers what a later one may leave out."""

    def __init__(self, article: Article, home: Home, day: AsOf) -> None:
        self._article = article
        self._home = home
        self._day = day
        self._paragraph = -1
        self._last: Figure | None = None  # of the paragraph
        self._subplaces = Remembered(article.title)

    def sentence(self, start: int, end: int, carried: Carried, paragraph: int) -> list[Figure]:
        """The figures of `article.text[start:end]`."""
        text = self._article.text[start:end]
        if paragraph != self._paragraph:
            self._paragraph, self._last = paragraph, None
        moments = find_moments(text, self._day.iso)
        stars = find_stars(text)
        taken = [(moment.start, moment.end) for moment in moments if moment.role != "now"]
        taken += [match.span() for match in _NO_COUNT.finditer(text)]
        counts = find_counts(text, taken, stars)
        mentions = find_places(text)
        named = find_subplaces(text, mentions)
        speaker = self._speaker(text, start, carried) if counts else None
        found: list[Figure] = []
        if counts:
            spans = [(count.number.start, count.end) for count in counts]
            clauses = clauses_of(text, spans)
            starred = place_stars(text, stars, counts)
            places = places_of(text, mentions, spans, self._home, clauses)
            subplaces = subplaces_of(text, named, mentions, spans, clauses, self._subplaces)
            listed = respective(counts)
            told = [one for one in named if listed and one.end <= spans[listed[0]][0]][-len(listed) :]
            if listed and len(told) == len(listed):
                for place, one in zip(listed, told, strict=True):
                    subplaces[place] = one.name, Span(one.start, one.end)
            provinces = [one for one in mentions if listed and one.end <= spans[listed[0]][0]][-len(listed) :]
            if listed and len(provinces) == len(listed) > 1:
                for place, mention in zip(listed, provinces, strict=True):
                    places[place] = Place(key=mention.key, span=Span(mention.start, mention.end))
            for place, (count, clause) in enumerate(zip(counts, clauses, strict=True)):
                planned = self._planned(text, count, clause, clauses[place + 1 :], carried, start, counts[0].start)
                reached = says_reached(text, count.number.start)
                when = as_of(
                    text, self._day, moments, spans, clauses, place, carried, self._dated(), start, planned=planned is not None, reached=reached,
                    of_duration=count.what in ("năm", "tháng", "ngày"),
                )
                if self._last is not None and when.source in ("event", "published") and starts_with_count(text):
                    when = self._as_before(moments, when)
                if when.later and planned is None and not reached:
                    planned = when.span
                lesser = subplaces[place]
                if lesser is None and count.what == "điểm" and self._last is not None and self._last.subplace is not None:
                    lesser = self._last.subplace, None  # points are those of the products just told of
                former = next((one.what for one in reversed(counts[:place]) if one.what in COUNTABLE), None)
                found.append(
                    self._figure(
                        start, end, text, count, clause, starred.get(place), places[place], lesser, when, planned,
                        former, speaker,
                        whole=place == 0 and is_whole(text, count.number.start, mentions),
                    )
                )  # fmt: skip
            self._last = found[-1]
        self._subplaces.tell(named)
        return found

    def _speaker(self, text: str, start: int, carried: Carried) -> Span | None:
        """Who says what the sentence states, or what the sentence leading into its list does; in the article."""
        own = says_of(text)
        if own is not None:
            return own.moved(start)
        if carried.lead is None or carried.lead_start is None:
            return None
        return _moved(says_of(carried.lead), carried.lead_start)

    def _planned(
        self, text: str, count: Counted, clause: Clause, later: list[Clause], carried: Carried, start: int, first: int
    ) -> Span | None:
        last = clause
        for other in later:  # "80 sản phẩm tại 80 cơ sở đăng ký tham gia"
            if not other.hangs:
                break
            last = other
        reach = replace(clause, end=last.end)
        own = planned_of(text, count.number.start, count.end, reach)
        if own is not None:
            return own.moved(start)
        # what the sentence opens with counts, and the number's own clause: "duy trì 100% sản phẩm đã đạt …, nâng 15%"
        if says_reached(text, first) or says_reached(text[clause.start :], count.number.start - clause.start):
            return None
        if carried.lead is not None and says_planned(carried.lead):
            return carried.planned
        return carried.planned if goes_on(text) else None

    def _dated(self) -> AsOf | None:
        last = self._last
        return None if last is None else AsOf(iso=last.as_of, span=last.as_of_span, source="paragraph")

    def _as_before(self, moments: Sequence[Moment], when: AsOf) -> AsOf:
        """The date of the figure before, for a sentence that goes on to count: "… 13 sản phẩm năm 2025. 5 sản phẩm …"."""
        last = self._last
        if last is None or not last.as_of_said or any(moment.role == "now" for moment in moments):
            return when
        return AsOf(iso=last.as_of, span=last.as_of_span, source="paragraph")

    def _figure(
        self,
        start: int,
        end: int,
        text: str,
        count: Counted,
        clause: Clause,
        starred: Starred | None,
        place: Place,
        subplace: tuple[str, Span | None] | None,
        when: AsOf,
        planned: Span | None,
        former: str | None,
        speaker: Span | None,
        *,
        whole: bool,
    ) -> Figure:
        number = count.number
        bound = bound_of(text, number, clause.end)
        share = _share_of(text, count, former, starred is not None)
        key, place_from = self._place(place)
        return Figure(
            article_id=self._article.id,
            digest=self._article.digest,
            start=start,
            end=end,
            number_start=start + number.start,
            number_end=start + number.end,
            value=number.value * count.times,
            to=None if number.to is None else number.to * count.times,
            of=number.of,
            what=count.what,
            what_span=_moved(count.noun, start),
            share_of=None if share is None else share[0],
            share_of_span=None if share is None else _moved(share[1], start),
            star=starred.mention.low if starred else None,
            star_to=starred.mention.high if starred else None,
            star_span=Span(starred.mention.start, starred.mention.end).moved(start) if starred else None,
            potential=starred is not None and starred.potential is not None,
            potential_span=_moved(starred.potential, start) if starred else None,
            bound=bound[0] if bound else None,
            bound_span=bound[1].moved(start) if bound else None,
            place=key,
            place_span=_moved(place.span, start),
            place_from=place_from,
            subplace=subplace[0] if subplace else None,
            subplace_span=_moved(subplace[1], start) if subplace else None,
            as_of=when.iso,
            as_of_span=when.span,
            as_of_from=when.source,
            planned=planned is not None,
            planned_span=planned,
            says=None if speaker is None else speaker.of(self._article.text),
            says_span=speaker,
            part=clause.part and count.what != "%",
            whole=whole,
            context=text[clause.start : clause.end].strip(),
        )

    def _place(self, place: Place) -> tuple[str | None, PlaceFrom | None]:
        if place.key is not None:
            return place.key, None
        return self._home.place, self._home.source


def _share_of(text: str, count: Counted, former: str | None, starred: bool) -> tuple[str, Span | None] | None:
    """What a percentage is a share of: the noun right behind it ("70% sản phẩm OCOP"); a share that reaches a grade is
    one of products, which alone are given grades."""
    if count.what != "%":
        return None
    lead = re.compile(r"\s*(?:(?:trong\s+)?(?:tổng\s+)?số\s+|các\s+)*", re.IGNORECASE).match(text, count.end)
    noun = noun_at(text, lead.end() if lead else count.end)
    if noun is not None and noun.what in COUNTABLE:
        return noun.what, Span(noun.start, noun.end)
    if former is not None and _OF_THOSE.match(text, count.end):
        return former, None
    return ("sản phẩm", None) if starred else None


def _moved(span: Span | None, by: int) -> Span | None:
    return None if span is None else span.moved(by)
