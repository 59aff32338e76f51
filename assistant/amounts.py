"""A figure said in one line: its place, its time, its number with noun and grade, and what must be cited for each."""

import re
from collections.abc import Sequence

from assistant.answer import Cells, vietnamese_date, vietnamese_number
from assistant.corpus import Corpus
from assistant.draft import Segment, quoted
from assistant.evidence import Evidence
from assistant.fitted import evidence_of
from crawler.article import Article
from index.dates import find_dates
from index.figures.figure import NATIONAL, Figure
from index.places.named import PROVINCES, find_places
from index.sentence import article_sentences

_NATION = ("cả nước", "toàn quốc", "việt nam")
_BOUNDS = {"over": "hơn", "under": "dưới", "about": "khoảng"}


def amount(figure: Figure, evidence: Evidence) -> str:
    """A figure as its sentence writes it: bound, number, noun, star ("trên 100 sản phẩm từ 3 sao trở lên").

    A number in words is said in digits, with the noun as it is compared by where none follows the number.
    """
    text = evidence.article.text
    number = text[figure.number_start : figure.number_end]
    if not any(char.isdigit() for char in number):
        number = vietnamese_number(figure.value) + ("" if figure.to is None else f" - {vietnamese_number(figure.to)}")
    noun = figure.what_span
    follows = noun is not None and figure.number_end <= noun.start <= figure.number_end + 1
    form = noun.of(text) if noun is not None and follows else figure.what
    bound, upwards = "", ""
    if figure.bound_span is not None:
        if figure.bound_span.start < figure.number_start:
            bound = f"{figure.bound_span.of(text)} "
        else:
            upwards = f" {figure.bound_span.of(text)}"
    elif figure.bound is not None:
        bound = f"{_BOUNDS[figure.bound]} "
    potential = " tiềm năng" if figure.potential and "tiềm năng" in figure.context else ""
    return f"{bound}{number} {form}{upwards}{potential}{grade(figure)}"


def grade(figure: Figure) -> str:
    """The grade a figure is limited to, with a blank before it, or "": " từ 3 sao trở lên"."""
    if figure.star is None:
        return ""
    if figure.star_to == 5 and figure.star < 5:
        return f" từ {figure.star} sao trở lên"
    if figure.star_to not in (figure.star, 5):
        return f" {figure.star} - {figure.star_to} sao"
    return f" {figure.star} sao"


def in_words(figure: Figure, corpus: Corpus) -> bool:
    """Whether the sentence writes the number in words."""
    text = evidence_of(figure, corpus).article.text
    return not any(char.isdigit() for char in text[figure.number_start : figure.number_end])


def stated_line(figure: Figure, corpus: Corpus, *, dated: bool = False, bullet: bool = False) -> Segment | None:
    """The number in one line ("An Giang: 92 sản phẩm từ 3 sao trở lên"), or None where no text names the place.

    dated: with the day the figure is of ("An Giang, 8/2023: …"), where one is known. bullet: as a line of a list,
    which a table may show.
    """
    evidence = evidence_of(figure, corpus)
    named = naming(figure, corpus)
    if named is None:
        return None
    when = ""
    more = grading(figure, evidence)
    if dated and figure.as_of is not None:
        found = _dating(figure, corpus)
        if found is not None:
            when, more = f", {when_short(figure.as_of)}", (*more, *found)
        elif (year := _year_before(figure, evidence)) is not None:
            when, more = f", {figure.as_of[:4]}", (*more, year)
    where = (
        place_name(figure) if figure.subplace is None else f"{name_with_rank(figure, evidence)} ({place_name(figure)})"
    )
    cells = Cells(name=where, when=when.removeprefix(", "), amount=amount(figure, evidence))
    text = f"{where}{when}: {cells.amount}"
    return Segment(
        text=f"- {text}" if bullet else f"{text}.",
        kind="stated",
        evidence=tuple(dict.fromkeys((evidence, *named, *more))),
        cells=cells if bullet else None,
    )


def line(figure: Figure, corpus: Corpus) -> Segment:
    """One figure of a list, with its date, in short where a text names the place, else its whole sentence."""
    return stated_line(figure, corpus, dated=True, bullet=True) or quoted(evidence_of(figure, corpus))


def digits_line(figure: Figure, corpus: Corpus) -> Segment:
    """What a sentence says in words, in digits; it stands after the quote."""
    evidence = evidence_of(figure, corpus)
    return Segment(text=f"Bằng số: {amount(figure, evidence)}.", kind="stated", evidence=(evidence,))


def name_with_rank(figure: Figure, evidence: Evidence) -> str:
    """The name of a figure's district or commune; of the town that bears its province's name with the rank that its
    sentence gives it: "thành phố Quảng Ngãi"."""
    name = figure.subplace or ""
    if name != place_name(figure):
        return name
    ranked = re.search(rf"(?<!\w)(?:thành phố|TP\.?|thị xã)\s+{re.escape(name)}(?!\w)", evidence.quote, re.IGNORECASE)
    return name if ranked is None else ranked[0]


def place_name(figure: Figure) -> str:
    """The name of a figure's province, or of the nation."""
    return "Cả nước" if figure.place == NATIONAL else PROVINCES[figure.place or ""].name


def naming(figure: Figure, corpus: Corpus) -> tuple[Evidence, ...] | None:
    """What else must be cited so that the place is named: nothing where the sentence does or the article is declared to
    be of it, else the nearest sentence of the article that does, nothing where only its title does; None where nothing
    does."""
    if figure.place is None:
        return None
    evidence = evidence_of(figure, corpus)
    names = _NATION if figure.place == NATIONAL else (PROVINCES[figure.place].name.lower(),)
    if figure.subplace is not None:
        lower = evidence.quote.lower()
        if figure.subplace.lower() not in lower:
            return None
    article = evidence.article
    if _names(evidence.quote, names, figure) or _declared(article, figure):
        return ()
    sentences = [
        (start, end) for start, end, _ in article_sentences(article) if _names(article.text[start:end], names, figure)
    ]
    if not sentences:
        return () if _names(article.title, names, figure) else None
    start, end = min(sentences, key=lambda span: abs(span[0] - figure.start))
    return (Evidence(article=article, start=start, end=end),)


def _names(text: str, names: Sequence[str], figure: Figure) -> bool:
    """Whether a text names a figure's place, its province by other letters too ("(BNP)")."""
    lower = text.lower()
    return any(name in lower for name in names) or any(mention.key == figure.place for mention in find_places(text))


def _declared(article: Article, figure: Figure) -> bool:
    """Whether an article is declared to be of a figure's province."""
    return article.place is not None and [one.key for one in find_places(article.place)] == [figure.place]


def grading(figure: Figure, evidence: Evidence) -> tuple[Evidence, ...]:
    """What else must be cited so that the grade is said: the head of the table, or an earlier sentence, with it."""
    span = figure.star_span
    if span is None or evidence.start <= span.start < evidence.end:
        return ()
    return tuple(
        Evidence(article=evidence.article, start=start, end=end)
        for start, end, _ in article_sentences(evidence.article)
        if start <= span.start < end
    )


def _dating(figure: Figure, corpus: Corpus) -> tuple[Evidence, ...] | None:
    """What else must be cited so that the day is said: nothing where the sentence says it or it is the article's own,
    else the sentence that does; None where none does."""
    evidence = evidence_of(figure, corpus)
    known = {mention.iso for mention in find_dates(evidence.quote)}
    if figure.as_of in known or figure.as_of_from in ("published", "event"):
        return ()
    if figure.as_of_span is None:
        return None
    for start, end, _ in article_sentences(evidence.article):
        if start <= figure.as_of_span.start < end:
            said = evidence.article.text[start:end]
            if any(mention.iso == figure.as_of for mention in find_dates(said)):
                return (Evidence(article=evidence.article, start=start, end=end),)
    return None


def _year_before(figure: Figure, evidence: Evidence) -> Evidence | None:
    """The last sentence up to a figure that says its year, where its own says only "cuối năm"; or None."""
    year = (figure.as_of or "")[:4]
    sentences = [span for span in article_sentences(evidence.article) if span[0] <= figure.start]
    return next(
        (
            Evidence(article=evidence.article, start=start, end=end)
            for start, end, _ in reversed(sentences)
            if any(mention.iso[:4] == year for mention in find_dates(evidence.article.text[start:end]))
        ),
        None,
    )


def when_said(iso: str) -> str:
    """A date within a sentence: "ngày 12/6/2020", "tháng 6/2020", "năm 2020"."""
    text = vietnamese_date(iso)
    return text if len(iso) == 4 else f"ngày {text}" if len(iso) > 7 else f"tháng {text}"


def when_short(iso: str) -> str:
    """A date beside a name: "12/6/2020", "6/2020", "2020"."""
    return vietnamese_date(iso).removeprefix("năm ")


def dated_source(figure: Figure, corpus: Corpus) -> str:
    """Of when and by whom a figure is: "tháng 9/2025, Báo Nhân Dân"."""
    source = evidence_of(figure, corpus).article.source
    return f"{when_said(figure.as_of) if figure.as_of else 'không ghi ngày'}, {source}"
