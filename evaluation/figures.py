"""Figures measured: is every count of a text read, with all its fields, and nothing else?

A gold file is TOML, in one of two forms. `[[item]]`: a text of our own (`paragraphs`, `rows` of a table, first its
head) with the `place`, `published` and `event` its source declares, and its `[[item.figure]]` in reading order; `nth`
says which occurrence of the printed number is meant. `[[article]]`: an article in a folder beside (`seed`: how its
file's name begins), whose text is not ours to copy; its figures are found by the number and the words `after` it.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from crawler.archive import Raw
from crawler.article import Article
from crawler.draft import Draft, Line, Origin, compose
from crawler.read import read_article
from index.figures.figure import Figure
from index.figures.stated import figures
from index.places.named import PROVINCES

# Judged where the gold says something of them; all others always.
_WHERE_GIVEN = ("says", "share_of")
FIELDS = (
    *("value", "to", "of", "what", "star", "potential", "bound", "place", "subplace", "as_of", "planned"),
    *_WHERE_GIVEN,
)
_CLOSED = ConfigDict(extra="forbid")
_Field = float | str | bool | tuple[int, int] | None


@checked(frozen=True, kw_only=True, config=_CLOSED)
class Gold:
    """One figure as a reader annotated it; absent fields are not so."""

    number: str
    value: float
    what: str
    nth: int = 1
    after: str = ""
    where: Literal["title", "text"] = "text"
    to: float | None = None
    of: float | None = None
    share_of: str | None = None
    star: tuple[int, int] | None = None
    potential: bool = False
    bound: Literal["over", "under", "about"] | None = None
    place: str | None = None
    subplace: str | None = None
    as_of: str | None = None
    planned: bool = False
    says: str | None = None


@checked(frozen=True, kw_only=True, config=_CLOSED)
class Item:
    """A text with its figures: of our own (`id`, `paragraphs`, `rows`), or in a file beside (`seed`)."""

    id: str = ""
    seed: str = ""
    source: str = ""
    place: str | None = None
    published: str | None = None
    event: str | None = None
    paragraphs: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    figure: tuple[Gold, ...] = ()


@checked(frozen=True, kw_only=True, config=_CLOSED)
class _File:
    item: tuple[Item, ...] = ()
    article: tuple[Item, ...] = ()


_FILE = TypeAdapter(_File)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One figure that is gold, found, or both, of the text `item`.

    words: the number and what is around it. wrong: (field, found, gold) of each field that differs.
    """

    item: str
    words: str
    gold: Gold | None
    found: Figure | None
    wrong: tuple[tuple[str, _Field, _Field], ...] = ()

    @property
    def right(self) -> bool:
        """Whether it was found and every field agrees."""
        return self.gold is not None and self.found is not None and not self.wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresReport:
    """What a gold file measured. precision: right among those found; recall: right among the gold; both in [0, 1],
    None where there are none. matched: found where the gold has one. fields: of those, how many have each field right.
    """

    gold: int
    found: int
    matched: int
    right: int
    precision: float | None
    recall: float | None
    fields: dict[str, int]


def read_gold(path: Path) -> list[Item]:
    """The texts of a gold file.

    Raises:
        ValueError: it is no such file. OSError: it cannot be read.
    """
    try:
        read = _FILE.validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ValueError(f"{path} không phải tệp đáp án số liệu: {error}") from error
    return [*read.item, *read.article]


def judge(items: Sequence[Item], articles: Path | None = None) -> list[Judged]:
    """Every figure, gold or found, in the order of the texts. articles: the folder of those in files beside.

    Raises:
        ValueError: a number of the gold does not stand where it says, or a file beside is missing.
    """
    found: list[Judged] = []
    for item in items:
        article = _own(item) if item.paragraphs or item.rows else _beside(item, articles)
        places = _places(item, article)
        read = {(figure.number_start, figure.number_end): figure for figure in figures(article)}
        for gold, span in zip(item.figure, places, strict=True):
            figure = None if span is None else read.pop(span, None)
            found.append(
                Judged(
                    item=item.id or item.seed,
                    words=f"{gold.number} {gold.after or gold.what}" if span is None else _around(article, span),
                    gold=gold,
                    found=figure,
                    wrong=() if figure is None else _differences(gold, figure),
                )
            )
        found += [
            Judged(item=item.id or item.seed, words=_around(article, span), gold=None, found=figure)
            for span, figure in read.items()
        ]
    return found


def report(judged: Sequence[Judged]) -> FiguresReport:
    """The measures of what was judged."""
    matched = [one for one in judged if one.gold is not None and one.found is not None]
    gold = sum(one.gold is not None for one in judged)
    found = sum(one.found is not None for one in judged)
    right = sum(one.right for one in judged)
    wrong = Counter(name for one in matched for name, _, _ in one.wrong)
    return FiguresReport(
        gold=gold,
        found=found,
        matched=len(matched),
        right=right,
        precision=right / found if found else None,
        recall=right / gold if gold else None,
        fields={name: len(matched) - wrong[name] for name in FIELDS},
    )


def _differences(gold: Gold, figure: Figure) -> tuple[tuple[str, _Field, _Field], ...]:
    told: dict[str, _Field] = {name: getattr(figure, name) for name in FIELDS}
    told["star"] = None if figure.star is None or figure.star_to is None else (figure.star, figure.star_to)
    wanted: dict[str, _Field] = {name: getattr(gold, name) for name in FIELDS}
    return tuple(
        (name, told[name], wanted[name])
        for name in FIELDS
        if told[name] != wanted[name] and not (name in _WHERE_GIVEN and wanted[name] is None)
    )


def _own(item: Item) -> Article:
    lines = [Line(text=" ".join(text.split())) for text in item.paragraphs]
    lines += [Line(text=" ".join(text.split()), role="row") for text in item.rows]
    place = None if item.place is None else PROVINCES[item.place].name
    origin = Origin(source=item.id, fetched="2026-01-01T00:00", place=place, published=item.published)
    article = compose(Draft(title=item.id, lines=tuple(lines)), origin, Raw(body=b"", content_type="text/plain"))
    return article if item.event is None else replace(article, event_date=item.event)


def _beside(item: Item, articles: Path | None) -> Article:
    paths = [] if articles is None else sorted(articles.glob(f"{item.seed}_*"))
    if not paths:
        raise ValueError(f"không có tệp {item.seed}_… trong {articles}: ghi thư mục của các bài bằng --articles")
    place = None if item.place is None else PROVINCES[item.place].name
    origin = Origin(source=item.seed, fetched="2026-01-01T00:00", place=place)
    return read_article(Raw(body=paths[0].read_bytes(), content_type="text/plain; charset=utf-8"), origin)


def _places(item: Item, article: Article) -> list[tuple[int, int] | None]:
    """Where each gold number stands in the article's text; None in a headline, which is no part of it."""
    places: list[tuple[int, int] | None] = []
    at = 0
    for gold in item.figure:
        if gold.where == "title":
            places.append(None)
            continue
        if gold.after:  # in reading order
            wanted = rf"(?<![\d\w]){re.escape(gold.number)}(?=\s?{re.escape(gold.after)})"
            match = re.compile(wanted).search(article.text, at)
        else:
            every = re.finditer(re.escape(gold.number), article.text)
            match = next((one for nth, one in enumerate(every, start=1) if nth == gold.nth), None)
        if match is None:
            raise ValueError(f"{item.id or item.seed}: không thấy {gold.number!r} (lần {gold.nth}) {gold.after}")
        at = match.end() if gold.after else at
        places.append(match.span())
    return places


def _around(article: Article, span: tuple[int, int]) -> str:
    start, end = max(0, span[0] - 30), min(len(article.text), span[1] + 30)
    return f"{article.text[start : span[0]]}⟦{article.text[span[0] : span[1]]}⟧{article.text[span[1] : end]}".replace(
        "\n", " ⏎ "
    )


# ---- Shown ----------------------------------------------------------------------------------------------------------


def figures_table(measured: FiguresReport) -> str:
    """Measures and fields as Markdown."""
    lines = [
        "| số đo | tỷ lệ | số |",
        "|---|---|---|",
        f"| đúng trên tìm được (precision) | {_share(measured.right, measured.found)} | {measured.found} |",
        f"| đúng trên đáp án (recall) | {_share(measured.right, measured.gold)} | {measured.gold} |",
        f"| tìm được đúng chỗ trên đáp án | {_share(measured.matched, measured.gold)} | {measured.matched} |",
        "",
        "| trường, trên số tìm được đúng chỗ | đúng |",
        "|---|---|",
        *(f"| {name} | {_share(right, measured.matched)} |" for name, right in measured.fields.items()),
    ]
    return "\n".join(lines)


def wrong_figures(judged: Sequence[Judged]) -> str:
    """Every figure that is missed, made up or wrong in a field."""
    lines = []
    for one in judged:
        if one.right:
            continue
        if one.found is None:
            lines.append(f"SÓT   {one.item}  {one.words}")
        elif one.gold is None:
            lines.append(f"THỪA  {one.item}  {one.words}  ({one.found.what})")
        else:
            faults = "; ".join(f"{name}: {_shown(found)}, đúng là {_shown(gold)}" for name, found, gold in one.wrong)
            lines.append(f"SAI   {one.item}  {one.words}  {faults}")
    return "\n".join(lines)


def figures_record(measured: FiguresReport, judged: Sequence[Judged]) -> dict[str, object]:
    """The measures and each wrong figure, for machines."""
    return {
        **{
            name: getattr(measured, name)
            for name in ("gold", "found", "matched", "right", "precision", "recall", "fields")
        },
        "wrong": [
            {
                "item": one.item,
                "words": one.words,
                "missed": one.found is None,
                "extra": one.gold is None,
                "fields": {name: {"found": found, "gold": gold} for name, found, gold in one.wrong},
            }
            for one in judged
            if not one.right
        ],
    }


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %".replace(".", ",") if whole else "-"


def _shown(value: _Field) -> str:
    return "không" if value is None or value is False else str(value)
