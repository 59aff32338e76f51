"""Passage and Hit: the records of the index, and the cutting of an Article into passages."""

from collections.abc import Iterator
from dataclasses import dataclass

from crawler.article import Article, Block, Kind, Section
from index.places.named import find_places, province_key
from index.sentence import article_sentences
from index.traits import NO_TRAITS, TraitReader, Traits

PASSAGE_WORDS = 120  # syllables; decided in docs/decisions
# Blocks that name a text and say nothing by themselves.
_NAMING = ("heading", "byline")
# A page may set its sentences as headings.
_FULL_STOPS = (".", "!", "?", "…", ".”", '."')


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A span of one version of an article: `article.text[start:end] == text`, always.

    header: what goes before the text for retrieval and never into a quote: title, heading path, place, date.
    heading: the heading path as shown to readers ("Điều 7, khoản 6" or a news heading), empty where there is none.
    provinces: former and present names of the provinces it is about, as keys of `index.places.named`.
    date: ISO date (reduced precision allowed) the passage speaks as of: the event's, else the publication's.
    traits: what else filters look at.
    """

    article_id: str
    digest: str
    start: int
    end: int
    text: str
    header: str
    heading: str
    kind: Kind
    provinces: tuple[str, ...]
    date: str | None
    traits: Traits = NO_TRAITS


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage found, best first. `score` is the fused score in [0, 1]; `dense` and `lexical` are its parts.

    `dense` is the cosine with the question, `lexical` the BM25 score; None where that retriever did not look at it.
    authority, freshness: whose word it is and how young, from 0 to 1 (`index.standing`).
    also: ids of the other articles that carry its article's story, the leading one first.
    """

    passage: Passage
    score: float
    dense: float | None
    lexical: float | None
    authority: float = 0.0
    freshness: float = 0.0
    also: tuple[str, ...] = ()


def passages(article: Article, *, words: int = PASSAGE_WORDS) -> tuple[Passage, ...]:
    """Cut an article at headings and sentences into passages of about `words` syllables.

    A legal text is cut by khoản (an Điều without khoản whole); a longer unit is cut between its points. A sentence
    longer than `words` is a passage by itself. Headings are in the passage of the text under them. Every sentence is in
    exactly one passage; only headings and an author's name at the end, under which nothing stands, are in none.
    """
    provinces = article_provinces(article)
    traits = TraitReader(article, provinces)
    cut: list[Passage] = []
    for group, led in _groups(article, words):
        start, end = group[0][0], group[-1][1]
        first, _, block = group[led]
        path = article.heading_path(first)
        text = article.text[start:end]
        mentioned = tuple(dict.fromkeys(mention.key for mention in find_places(text)))
        header = _header(article, path, first, block)
        cut.append(
            Passage(
                article_id=article.id,
                digest=article.digest,
                start=start,
                end=end,
                text=text,
                header=header,
                heading=heading_label(path),
                kind=article.kind,
                provinces=tuple(dict.fromkeys((*mentioned, *provinces))),
                date=article.event_date or article.published,
                traits=traits.read(start, end, header),
            )
        )
    return tuple(cut)


def article_provinces(article: Article) -> tuple[str, ...]:
    """Keys of the provinces the whole article is about: the one declared, else those its title, else its lead names.

    An article that names none in title or first 600 characters is about no province.
    """
    if article.place is not None and (key := province_key(article.place)) is not None:
        return (key,)
    # law is signed in Hà Nội and holds everywhere: only its title tells a place
    texts = (article.title,) if article.kind in ("regulation", "guide") else (article.title, article.text[:600])
    for text in texts:
        keys = tuple(dict.fromkeys(mention.key for mention in find_places(text)))
        if keys:
            return keys if text is article.title else keys[:1]
    return ()


def heading_label(path: tuple[Section, ...]) -> str:
    """A heading path as readers see it: "Điều 7, khoản 6, điểm a" for law, "Mục tiêu › Nguồn lực" for news."""
    labels = [section.label for section in path if section.label and not section.label.startswith(("Chương", "Mục "))]
    if labels:
        return ", ".join(labels)
    return " › ".join(section.heading for section in path if section.heading)


def _header(article: Article, path: tuple[Section, ...], start: int, block: Block) -> str:
    parts = [article.title]
    parts += [" ".join(part for part in (section.label, section.heading) if part) for section in path]
    if article.place:
        parts.append(article.place)
    if article.event_date or article.published:
        parts.append((article.event_date or article.published or "")[:10])
    if block.role == "row":
        table_head = _table_head(article, start)
        if table_head is not None:
            parts.append(table_head)
    return ". ".join(part.rstrip(".") for part in parts if part)


def _table_head(article: Article, start: int) -> str | None:
    """The first row of the table a row belongs to, or None for that row itself."""
    rows: list[Block] = []
    for block in article.blocks:
        if block.role != "row":
            rows = []
        else:
            rows.append(block)
        if block.start == start and len(rows) > 1:
            return article.text[rows[0].start : rows[0].end]
    return None


def _groups(article: Article, words: int) -> Iterator[tuple[list[tuple[int, int, Block]], int]]:
    """Runs of consecutive sentences, each run one passage; how many of its sentences are headings over the rest.

    The rest is cut as it would be without those headings, whose length does not count.
    """
    most = words * (1.5 if _is_legal(article) else 1)
    group: list[tuple[int, int, Block]] = []
    size = led = 0
    bare = True  # nothing but headings and names of authors so far
    for start, end, block in article_sentences(article):
        length = len(article.text[start:end].split())
        new_unit = group and _unit(article, start) != _unit(article, group[-1][0])
        heading = block.role == "heading" and group and group[-1][2].role != "heading"
        other_form = group and (block.role == "row") != (group[-1][2].role == "row")
        if group and (new_unit or heading or other_form or size + length > most):
            if not bare or (block.role in _NAMING and len(article.text[group[0][0] : end].split()) > most):
                yield group, led
                group, bare = [], True
            size, led = 0, len(group)
        group.append((start, end, block))
        size += length
        bare = bare and block.role in _NAMING
    if group and not (bare and all(not article.text[start:end].endswith(_FULL_STOPS) for start, end, _ in group)):
        yield group, led


def _is_legal(article: Article) -> bool:
    return any(section.label.startswith("Điều ") for section in article.sections)


def _unit(article: Article, start: int) -> tuple[tuple[str, int], ...]:
    """The unit a sentence may not leave: its Điều and khoản in law, its appendix; its heading in news.

    An Điều's own line belongs to its first khoản, so that no passage is a bare heading.
    """
    path = article.heading_path(start)
    units = tuple(
        (section.label, section.start)
        for section in path
        if section.label.startswith(("Điều", "khoản", "Phụ lục", "Mẫu số", "mục"))
    )
    if units and units[-1][0].startswith("Điều"):
        dieu = path[[section.label for section in path].index(units[-1][0])]
        first = next(
            (
                section
                for section in article.sections
                if section.label.startswith("khoản") and dieu.start <= section.start < dieu.end
            ),
            None,
        )
        if first is not None and start < first.start:
            return (*units, (first.label, first.start))
    if units:
        return units
    return tuple((section.heading, section.start) for section in path)
