"""Questions the page offers: those kept beside the corpus, else made of what its index states; all tried first."""

import logging
from collections.abc import Iterable, Iterator
from itertools import chain, zip_longest
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.ask import Assistant
from index.figures.figure import Figure
from index.places.named import PROVINCES, related
from index.search import Searcher

FILE_NAME = "demo-questions.json"
SHOWN = 3
# How many are tried before the page makes do with fewer.
TRIED = 12

# Asked by producers everywhere; offered only where this corpus answers them.
GENERAL = (
    "Giấy chứng nhận OCOP có hiệu lực bao lâu?",
    "Hồ sơ OCOP lần đầu gồm những gì?",
    "Sản phẩm 4 sao cần bao nhiêu điểm?",
)
_QUESTIONS = TypeAdapter(list[str])

_log = logging.getLogger("ocop.server")


def sample_questions(
    data: Path, searcher: Searcher, assistant: Assistant, *, province: str | None = None
) -> tuple[str, ...]:
    """At most three questions, each of which this corpus was just seen to answer.

    First those of `data`/demo-questions.json, a JSON list of strings, where there is one; then, in turn, counts of
    products that the index states (each of another province, the latest first) and what producers ask everywhere.
    province: the key of one whose portal offers them; then first what is stated of it, before and since July 2025.
    """
    if province is None:
        first: Iterable[str] = _kept(data)
        then: Iterable[str | None] = chain.from_iterable(zip_longest(_of_figures(searcher.figures()), GENERAL))
    else:
        own = [figure for figure in searcher.figures() if figure.place in related(province)]
        first = _of_province(own, province)
        then = GENERAL
    candidates = dict.fromkeys(question for question in chain(first, then) if question)
    found: list[str] = []
    for question in list(candidates)[:TRIED]:
        if assistant.ask(question, generate=False).status == "answered":
            found.append(question)
        if len(found) == SHOWN:
            break
    return tuple(found)


def _kept(data: Path) -> list[str]:
    path = data / FILE_NAME
    try:
        return _QUESTIONS.validate_json(path.read_bytes())
    except FileNotFoundError:
        return []
    except (OSError, ValidationError) as error:
        _log.warning('%s is no JSON list of questions such as ["…?"], so it is left out: %s', path, error)
        return []


def _of_province(figures: Iterable[Figure], province: str) -> list[str]:
    """One question of each year and star that is stated of a province, the latest years first, its own name first."""
    found: dict[tuple[bool, str, int], str] = {}
    for figure in figures:
        if figure.what != "sản phẩm" or figure.planned or figure.potential or figure.as_of is None:
            continue
        if figure.place is None or figure.subplace is not None or figure.part or figure.star != figure.star_to:
            continue
        star = "" if figure.star is None else f" {figure.star} sao"
        year = figure.as_of[:4]
        question = f"Năm {year}, {PROVINCES[figure.place].name} có bao nhiêu sản phẩm OCOP{star}?"
        found[figure.place == province, year, -(figure.star or 0)] = question
    return [found[key] for key in sorted(found, reverse=True)]


def _of_figures(figures: tuple[Figure, ...]) -> Iterator[str]:
    latest: dict[str, str] = {}
    for figure in figures:
        if figure.place not in PROVINCES or figure.what != "sản phẩm" or figure.planned or figure.potential:
            continue
        if figure.as_of is None or figure.star is not None or figure.subplace is not None:
            continue
        latest[figure.place] = max(figure.as_of, latest.get(figure.place, ""))
    for place, as_of in sorted(latest.items(), key=lambda dated: (dated[1], dated[0]), reverse=True):
        yield f"Năm {as_of[:4]}, {PROVINCES[place].name} có bao nhiêu sản phẩm OCOP?"
