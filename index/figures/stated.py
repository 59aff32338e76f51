"""Figures: counts that a text states, with what is counted, of what star, where, as of when, reached or planned.

Every field is read from the sentence the figure stands in, or from the article around it where the sentence is
silent; nothing is computed here. What a figure is: `docs/decisions`, and the gold of `evaluation/figures.toml`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from crawler.article import Article, Block
from index.carried import Carried, carried_sentences, goes_on, starts_with_count
from index.figures.as_of import AsOf, as_of, as_of_event
from index.figures.attribution import quoted_by, says_of
from index.figures.clauses import chain
from index.figures.counted import COUNTABLE, PLACES, PRODUCERS, Counted, noun_at
from index.figures.counts import respective
from index.figures.figure import NATIONAL, Bound, Figure
from index.figures.numbers import bound_of
from index.figures.place import Home, Place, home_of, is_whole, places_of
from index.figures.planned import parts_plan, planned_of, says_planned, says_reached, shares_plan
from index.figures.reading import Reading, read_sentence
from index.figures.starred import Starred, place_stars
from index.figures.stars import StarMention
from index.figures.tables import table_figures
from index.figures.within import Remembered, bare_districts, is_wider, province_of, subject_of, subplaces_of
from index.span import Span

__all__ = ["NATIONAL", "Bound", "Figure", "figures"]

_LONGEST = 3000  # characters; no sentence that is one is longer
Lesser = tuple[str, Span | None] | None
_RATIO = re.compile(r"(?<!\w)(?:tỷ|tỉ)\s+(?:lệ|trọng)\s+(?:số\s+|các\s+)?", re.IGNORECASE)
_OF_A_TOTAL = re.compile(r"\W*trong\s+(?:tổng\s+)?số\s+(?:\w+\s+){0,2}", re.IGNORECASE)
_OUT_OF = re.compile(r"(?:^|[.;:,]\s)\W*trong\s+(?:(?:tổng\s+)?số\s+(?:các\s+)?|các\s+)", re.IGNORECASE)
_CLOSED = re.compile(r"[;:()]|\.\s")
_IN_WHICH = re.compile(r"(?<!\w)trong\s+(?:số\s+)?(?:đó|này)(?!\w)", re.IGNORECASE)
_IS = re.compile(r"\s*(?:là|thuộc|do|đã|đang|chưa)(?!\w)", re.IGNORECASE)
_SO_IS = re.compile(
    r"[^;.:()\d]{0,80}(?<!\w)(?:là|thuộc|do)\s[^;.:()\d]{1,40}(?:,|\svà)\s(?:\w+\s+){0,2}", re.IGNORECASE
)
_MAKES_UP = re.compile(
    r"[^,;:()\d]*(?:,?\s*(?<!\w)(?:chiếm|tương đương|tức|đạt tỷ lệ)(?!\w)|\()[^,;:()\d]{0,24}", re.IGNORECASE
)
_THEN_SHARE = re.compile(r"[^,;:.()\d]{0,24},\s+(?:\w+\s+){0,2}", re.IGNORECASE)
_MAKES = re.compile(
    r"(?:^|[,;:.]\s)\s*(?:(?:riêng|các|những|số)\s+)*(?P<noun>[^\W\d][^,;:.()\d]{2,60}?)\s+chiếm\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_SHARED_OUT = COUNTABLE - PLACES
_OF_ALL = re.compile(r"\s*(?:(?:trong\s+)?(?:tổng\s+)?số\s+|các\s+)*", re.IGNORECASE)
_OF_THOSE = re.compile(r"\s*(?:trong\s+(?:số\s+)?(?:đó|này)|số\s+(?:đó|này))(?!\w)", re.IGNORECASE)


# What must be by a rule is no plan: "phải có tối thiểu 90 điểm", "cần nộp trước 7 ngày".
_RULED = ("điểm", "năm", "tháng", "ngày")
_MUST = re.compile(r"phải|cần|đòi\s+hỏi|muốn|để\s+có", re.IGNORECASE)
_RULE = re.compile(r"(?<!\w)(?:thưởng|mức\s+(?:hỗ\s+trợ|chi)|hỗ\s+trợ|được\s+hưởng)(?!\w)[^.;]*$", re.IGNORECASE)


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
        read = [
            figure
            for stretch in _stretches(article.text, start, end)
            for figure in reader.sentence(*stretch, carried, block)
        ]
        if block.role == "row":
            told = [figure for number_start, figure in cells.items() if start <= number_start < end]
            read = told + [figure for figure in read if figure.number_start not in cells]
        found.extend(read)
    return tuple(found)


def _stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence in pieces of bounded length, cut between words, so that no page can make reading it slow."""
    while end - start > _LONGEST:
        cut = text.rfind(" ", start, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        yield start, cut
        start = cut + 1 if text[cut].isspace() else cut
    if start < end:
        yield start, end


class _Reader:
    """Reads the sentences of one article in order, and remembers what a later one may leave out."""

    def __init__(self, article: Article, home: Home, day: AsOf) -> None:
        self._article = article
        self._home = home
        self._day = day
        self._paragraph = -1
        self._last: Figure | None = None  # of the paragraph
        self._all_planned = False  # whether all figures of its last sentence are targets
        self._grade: StarMention | None = None  # the last of the paragraph
        self._subject: tuple[str, Span | None] | None = None  # the lesser place the paragraph is about
        self._districts = bare_districts(article, home)
        self._subplaces = Remembered(article.title)

    def sentence(self, start: int, end: int, carried: Carried, block: Block) -> list[Figure]:
        """The figures of `article.text[start:end]`, a sentence of the paragraph `block`."""
        if block.start != self._paragraph:
            self._paragraph, self._last, self._grade, self._subject = block.start, None, None, None
        former = self._last.what if self._last is not None and self._last.what in _SHARED_OUT else None
        districts = [
            replace(one, start=one.start - start, end=one.end - start)
            for one in self._districts
            if start <= one.start and one.end <= end
        ]
        reading = read_sentence(
            self._article.text[start:end], start, self._day.iso, grade=self._grade, former=former, districts=districts
        )
        self._grade = reading.stars[-1] if reading.stars else self._grade
        found: list[Figure] = []
        if reading.counts:
            starred = place_stars(reading.text, reading.stars, reading.counts)
            lesser = subplaces_of(reading, self._subplaces, towns=not self._home.is_city)
            about = None if is_wider(reading) else self._subject
            places = self._places(reading, lesser)
            speaker = self._speaker(reading, carried, block)
            for place in range(len(reading.counts)):
                figure = self._figure(
                    reading,
                    place,
                    carried,
                    starred=starred.get(place),
                    where=places[place],
                    lesser=_moved_lesser(lesser[place], start) or about,
                    speaker=speaker,
                    former=found[-1] if found else None,
                )
                found.append(figure)
            self._last = found[-1]
            self._all_planned = all(figure.planned for figure in found)
        self._subplaces.tell(reading.subplaces)
        if is_wider(reading) or self._subject is None:
            self._subject = self._subject_of(reading, found)
        return found

    def _subject_of(self, reading: Reading, found: Sequence[Figure]) -> tuple[str, Span | None] | None:
        """The lesser place a sentence opens with, or that all its counts are of."""
        subject = subject_of(reading)
        if subject is not None:
            return subject[0], _moved(subject[1], reading.offset)
        told = {figure.subplace: figure.subplace_span for figure in found}
        if len(told) == 1 and found[-1].subplace is not None:
            return found[-1].subplace, found[-1].subplace_span
        return None

    def _figure(
        self,
        reading: Reading,
        place: int,
        carried: Carried,
        *,
        starred: Starred | None,
        where: Place,
        lesser: Lesser,
        speaker: Span | None,
        former: Figure | None,
    ) -> Figure:
        text, offset = reading.text, reading.offset
        count, clause = reading.counts[place], reading.clauses[place]
        number = count.number
        bound = bound_of(text, number, clause.end)
        share = _share_of(reading, place, starred is not None)
        planned, when = self._planned_when(reading, place, carried)
        if (
            planned is None
            and place
            and former is not None
            and former.planned
            and shares_plan(text, reading.spans, place)
        ):
            planned = former.planned_span
        elsewhere = where.key and where.key != self._home.place and self._home.source == "source"
        if count.what in ("huyện", "tỉnh") or (elsewhere and where.span and where.span.start > number.start):
            lesser = None  # no district lies in a district, nor what is "tại TP.HCM" in the one told of before
        if lesser is None and count.what == "điểm" and self._last is not None and self._last.subplace is not None:
            lesser = self._last.subplace, None  # points are those of the products just told of
        return Figure(
            article_id=self._article.id,
            digest=self._article.digest,
            start=offset,
            end=offset + len(text),
            number_start=offset + number.start,
            number_end=offset + number.end,
            value=number.value * count.times,
            to=None if number.to is None else number.to * count.times,
            of=None if number.of is None else number.of * count.times,
            what=count.what,
            what_span=_moved(count.noun, offset),
            share_of=None if share is None else share[0],
            share_of_span=None if share is None else _moved(share[1], offset),
            star=starred.mention.low if starred else None,
            star_to=starred.mention.high if starred else None,
            star_span=Span(starred.mention.start, starred.mention.end).moved(offset) if starred else None,
            potential=starred is not None and starred.potential is not None,
            potential_span=_moved(starred.potential, offset) if starred else None,
            bound=bound[0] if bound else None,
            bound_span=bound[1].moved(offset) if bound else None,
            place=where.key or (self._home.place if where.key is None and not self._is_in_none(count) else None),
            place_span=_moved(where.span, offset) if where.key else None,
            place_from=self._home.source if where.key is None else None,
            subplace=lesser[0] if lesser else None,
            subplace_span=lesser[1] if lesser else None,
            as_of=when.iso,
            as_of_span=when.span,
            as_of_from=when.source,
            planned=planned is not None,
            planned_span=planned,
            says=None if speaker is None else speaker.of(self._article.text),
            says_span=speaker,
            part=(clause.part and count.what != "%") or count.manner == "former",
            whole=place == 0 and is_whole(text, number.start, reading.provinces),
            context=text[clause.start : clause.end].strip(),
        )

    def _is_in_none(self, count: Counted) -> bool:
        """Whether several provinces are counted in an article that only its words give one ("Ba tỉnh dẫn đầu …")."""
        return count.what == "tỉnh" and self._home.source in ("lead", "title") and self._home.place != NATIONAL

    def _places(self, reading: Reading, lesser: Sequence[Lesser]) -> list[Place]:
        """The province of each count, as far as the sentence or one that it goes on from names it."""
        shares = {place for place, count in enumerate(reading.counts) if count.what == "%"}
        places = places_of(reading.text, reading.provinces, reading.spans, self._home, reading.clauses, shares=shares)
        listed = respective(reading.counts)
        told = [one for one in reading.provinces if listed and one.end <= reading.spans[listed[0]][0]][-len(listed) :]
        if listed and len(told) == len(listed):
            for place, mention in zip(listed, told, strict=True):
                places[place] = Place(key=mention.key, span=Span(mention.start, mention.end))
        if self._last is not None and starts_with_count(reading.text):  # "Cả nước có 14.642 … . Hạng 5 sao gồm 79 …"
            last = Place(key=self._last.place, span=None)
            places = [last if one.key is None else one for one in places]
        for place, limit in enumerate(lesser):  # "huyện Vĩnh Linh (tỉnh Quảng Trị)"
            if limit is not None and limit[1] is not None:
                within = province_of(reading.text, limit[1], reading.provinces)
                if within is not None:
                    places[place] = Place(key=within.key, span=Span(within.start, within.end))
        return places

    def _speaker(self, reading: Reading, carried: Carried, block: Block) -> Span | None:
        """Who says what the sentence states, the quotation it is of, or the sentence leading into its list."""
        own = says_of(reading.text)
        if own is not None:
            return own.moved(reading.offset)
        first = reading.offset + reading.counts[0].number.start
        quoted = quoted_by(self._article.text, block.start, block.end, first)
        if quoted is not None or carried.lead is None or carried.lead_start is None:
            return quoted
        return _moved(says_of(carried.lead), carried.lead_start)

    def _planned_when(self, reading: Reading, place: int, carried: Carried) -> tuple[Span | None, AsOf]:
        """The words that make a count a target, and its date; what is dated after the text is a target too."""
        planned = self._planned(reading, place, carried)
        reached = says_reached(reading.text, reading.counts[place].number.start)
        aimed = planned is not None and "đăng ký" not in planned.of(self._article.text).lower()
        last = self._last
        former = None if last is None else AsOf(iso=last.as_of, span=last.as_of_span, source="paragraph")
        when = as_of(
            reading, place, self._day, carried, former, planned=planned is not None, reached=reached, aimed=aimed
        )
        if (
            last is not None
            and former is not None
            and last.as_of_said
            and when.source in ("event", "published")
            and starts_with_count(reading.text)  # "… 13 sản phẩm năm 2025. 5 sản phẩm được xếp 4 sao …"
            and not any(moment.role == "now" for moment in reading.moments)
        ):
            when = former
        if when.later and planned is None and not reached and not _is_rule(reading, place):
            planned = when.span
        return planned, when

    def _planned(self, reading: Reading, place: int, carried: Carried) -> Span | None:
        text, count, clause = reading.text, reading.counts[place], reading.clauses[place]
        reach = reading.clauses[chain(reading.clauses, place)[-1]].end  # "80 sản phẩm tại 80 cơ sở đăng ký tham gia"
        own = planned_of(text, count.number.start, count.end, replace(clause, end=reach))
        if own is not None and count.what in _RULED and _MUST.fullmatch(own.of(text)):
            return None
        if own is not None:
            return own.moved(reading.offset)
        # what the sentence opens with counts, and the number's own clause: "duy trì 100% sản phẩm đã đạt …, nâng 15%"
        opening = reading.counts[0].start
        if says_reached(text, opening) or says_reached(text[clause.start :], count.number.start - clause.start):
            return None
        if self._last is not None and self._all_planned and parts_plan(text):
            return self._last.planned_span
        led = carried.lead is not None and says_planned(carried.lead)
        if carried.planned is not None and (led or goes_on(text)):
            return carried.planned
        return self._heading_plan(reading.offset)

    def _heading_plan(self, start: int) -> Span | None:
        """The heading a sentence stands under, where it says that what follows is aimed at ("Mục tiêu")."""
        for section in reversed(self._article.heading_path(start)):
            if section.heading and says_planned(section.heading):
                at = self._article.text.find(section.heading, section.start, section.end)
                return Span(at, at + len(section.heading)) if at >= 0 else None
        return None


def _share_of(reading: Reading, place: int, starred: bool) -> tuple[str, Span | None] | None:
    """What a percentage is a share of: the noun right behind it ("70% sản phẩm OCOP"), or the count before it ("trong
    số đó"); a share that reaches a grade is one of products, which alone are given grades."""
    text, count = reading.text, reading.counts[place]
    if count.what != "%":
        return None
    lead = _OF_ALL.match(text, count.end)
    noun = noun_at(text, lead.end() if lead else count.end)
    if noun is not None and noun.what in COUNTABLE:
        return noun.what, Span(noun.start, noun.end)
    ratio = _RATIO.search(text, reading.clauses[place].since, count.start)
    noun = None if ratio is None else noun_at(text, ratio.end())
    if noun is not None and noun.what in COUNTABLE:
        return noun.what, Span(noun.start, noun.end)  # "tỷ lệ sản phẩm 4 sao đạt 29%"
    if place and not starred and _IS.match(text, count.end) and reading.counts[place - 1].what == "%":
        listed = _SO_IS.fullmatch(text, reading.counts[place - 1].end, count.start)
        former_share = _share_of(reading, place - 1, starred) if listed else None
        if former_share is not None:
            return former_share  # "40% chủ thể là HTX, 30% là doanh nghiệp"
    former = next((one for one in reversed(reading.counts[:place]) if one.what in COUNTABLE), None)
    if former is not None and _OF_THOSE.match(text, count.end):
        return former.what, former.noun
    if (
        former is not None
        and not starred
        and _IN_WHICH.search(text, former.end, count.start)
        and _IS.match(text, count.end)
    ):
        return former.what, former.noun  # "7.292 chủ thể, trong đó 38,3% là hợp tác xã"
    if (
        former is not None
        and not starred
        and _IS.match(text, count.end)
        and _THEN_SHARE.fullmatch(text, former.end, count.start)
    ):
        return former.what, former.noun  # "60 chủ thể OCOP, hơn 70% là hộ kinh doanh"
    topic = _MAKES.search(text, reading.clauses[place].since, count.start)
    noun = None if topic is None or starred else noun_at(text, topic.start("noun"))
    if noun is not None and noun.what == "sản phẩm":
        return noun.what, Span(noun.start, noun.end)  # "các sản phẩm từ dừa chiếm 43%"
    whole = _made_up(reading, place)
    if whole is not None:
        return whole.what, whole.noun
    lead = max(_OUT_OF.finditer(text, 0, count.start), key=lambda match: match.start(), default=None)
    noun = None if lead is None else noun_at(text, lead.end())
    if noun is not None and noun.what in COUNTABLE and not starred and not _CLOSED.search(text, noun.end, count.start):
        return noun.what, Span(noun.start, noun.end)  # "trong số các chủ thể, hợp tác xã chiếm 32,9%"
    first = reading.counts[0]
    if place and first.what in COUNTABLE and _OF_A_TOTAL.fullmatch(text, 0, first.start) and not starred:
        return first.what, first.noun  # "Trong tổng số 217 sản phẩm, nhóm thực phẩm chiếm 78%"
    return ("sản phẩm", None) if starred else None


def _made_up(reading: Reading, place: int) -> Counted | None:
    """What the count right before a percentage is a part of: "130 HTX (chiếm 33,2%)" of the producers told before, "55
    sản phẩm (10%)" of all products."""
    text, counts = reading.text, reading.counts
    part = counts[place - 1] if place else None
    if part is None or part.what not in COUNTABLE or not _MAKES_UP.fullmatch(text, part.end, counts[place].start):
        return None
    of_all = next((one for one in counts[: place - 1] if one.what == "chủ thể"), None)
    return of_all if of_all is not None and part.what in PRODUCERS else part


def _moved_lesser(lesser: Lesser, by: int) -> Lesser:
    return None if lesser is None else (lesser[0], _moved(lesser[1], by))


def _is_rule(reading: Reading, place: int) -> bool:
    """Whether money is what each gets by a rule in force ("thưởng 50 triệu đồng cho mỗi sản phẩm"), no target."""
    text, count = reading.text, reading.counts[place]
    return count.what == "đồng" and _RULE.search(text[: count.start]) is not None


def _moved(span: Span | None, by: int) -> Span | None:
    return None if span is None else span.moved(by)
