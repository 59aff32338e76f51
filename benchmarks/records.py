"""Records read per second: law, criteria, counts and people of articles of a newspaper's length, kind by kind.

What counts is the processor's time of one core. Reading the pages the articles are made of, from their bytes, is timed
in the same run, so that a busy machine slows both alike and the ratio stands.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from benchmarks.extract import Sample
from benchmarks.machine import Machine, this_machine
from crawler.archive import Raw, now_iso
from crawler.article import Article, Kind
from crawler.draft import Draft, Line, NoArticleError, Origin, compose
from crawler.read import read_article
from index.criteria.reading import criteria_sets
from index.figures.stated import figures
from index.law.regulations import read_regulation
from index.people.stated import people

KINDS: dict[str, Callable[[Article], object]] = {
    "regulations": read_regulation,
    "criteria": criteria_sets,
    "figures": figures,
    "people": people,
}


# The mean of the five articles of newspapers and portals this project was begun with is 4,400 characters; the demo's
# pages have 700.
_CHARACTERS = 4400


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSpeed:
    """What one run measured, in seconds of one core's time.

    articles: how many were read; characters: the mean of their texts. per_kind: all records of a kind. records: all
    kinds together. thousand: what 1,000 such articles take. reading: the pages they were made of, from bytes to
    Article. ratio: records over reading.
    """

    measured: str
    machine: Machine
    articles: int
    characters: int
    per_kind: dict[str, float]
    records: float
    thousand: float
    reading: float
    ratio: float


def measure_records(samples: Sequence[Sample], articles: int) -> RecordSpeed:
    """Time reading the records of so many articles, each put together of samples' pages, these over and over.

    Raises:
        ValueError: no sample is an article.
    """
    logging.getLogger("crawler.html.page").setLevel(logging.CRITICAL)  # it tells of every page that has no such rule
    held = [sample for sample in samples if read_sample(sample) is not None]
    if not held:
        raise ValueError("không trang nào là bài để đo")
    spent = dict.fromkeys(KINDS, 0.0)
    reading, characters, at = 0.0, 0, 0
    for _ in range(articles):
        parts: list[Article] = []
        while sum(len(part.text) for part in parts) < _CHARACTERS:
            began = time.process_time()
            read = read_sample(held[at % len(held)])
            reading += time.process_time() - began
            at += 1
            if read is not None:
                parts.append(read)
        article = _joined(parts)
        characters += len(article.text)
        for name, extract in KINDS.items():
            began = time.process_time()
            extract(article)
            spent[name] += time.process_time() - began
    total = sum(spent.values())
    return RecordSpeed(
        measured=now_iso(),
        machine=this_machine(),
        articles=articles,
        characters=characters // articles,
        per_kind={name: round(seconds, 3) for name, seconds in spent.items()},
        records=round(total, 3),
        thousand=round(1000 * total / articles, 2),
        reading=round(reading, 3),
        ratio=round(total / reading, 3),
    )


def read_sample(sample: Sample) -> Article | None:
    """The article of a page, a guide where its portal is one of law; None where it has none."""
    kind: Kind = "guide" if sample.name.startswith("luat") else "news"
    try:
        return read_article(sample.raw, Origin(source="demo", fetched="2026-01-01T00:00", kind=kind), sample.rules)
    except NoArticleError:
        return None


def _joined(parts: Sequence[Article]) -> Article:
    """One article of the blocks of several, of the kind, title and date of the first."""
    first = parts[0]
    lines = tuple(
        Line(text=part.text[block.start : block.end], role=block.role, level=block.level)
        for part in parts
        for block in part.blocks
    )
    origin = Origin(
        source=first.source, fetched=first.fetched, kind=first.kind, kind_fixed=True, published=first.published
    )
    return compose(Draft(title=first.title, lines=lines), origin, Raw(body=b"joined", content_type="text/plain"))


def record_lines(speed: RecordSpeed) -> str:
    """The measurement in lines."""
    kinds = "\n".join(f"| {name} | {1000 * seconds / speed.articles:.2f} |" for name, seconds in speed.per_kind.items())
    return (
        f"{speed.machine.processor}, {speed.articles} bài, trung bình {speed.characters} ký tự\n\n"
        f"| loại | ms mỗi bài |\n| --- | --- |\n{kinds}\n\n"
        f"1.000 bài: {speed.thousand:.2f} giây trên một nhân; đọc trang thành bài: "
        f"{1000 * speed.reading / speed.articles:.2f} ms mỗi bài (tỷ số {speed.ratio:.2f})"
    )
