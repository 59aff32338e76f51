"""Candidates: the sentences, table rows and list items of the passages found, each as it may be quoted."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from weakref import WeakKeyDictionary

from assistant.corpus import Corpus
from assistant.evidence import Evidence
from crawler.article import Article, Block
from index.carried import Carried
from index.figures.counted import counted_noun
from index.passage import Hit, Passage

_DASHES = ("-", "–", "•")
# Characters that the list of who is sent a paper may take.
_RECIPIENTS_SPAN = 2000
# Passages looked at of each kind; the right article is among the first ten for 330 of 331 development questions.
PASSAGES = 10
# Of so many articles of news, what they say elsewhere too is looked at, where they have no more sentences than this.
ARTICLES = 2
SHORT_ARTICLE = 40
# Passages whose lines are remembered.
_REMEMBERED = 2048
# The header of a column that only numbers the rows.
_SERIAL = re.compile(r"s?tt\.?|số\s+(?:tt|thứ\s+tự)", re.IGNORECASE)
_FRAME = re.compile(
    r"Số\s*:\s*\S+$|CỘNG H[ÒO]|Độc lập\s*-|(?:TM|KT|TL|TUQ|Q)\.\s*(?:ỦY BAN|UBND|CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|CHÁNH)|"
    r"QUYẾT ĐỊNH\s*:?$|Nơi nhận\s*:|-\s*(?:Như |Lưu\s*:)|(?:Theo|Xét) đề nghị của |\(Kèm theo Quyết định"
)
# The same where the whole line is in capitals.
_OFFICE = re.compile(r"(?:ỦY BAN NHÂN DÂN|UBND|(?:PHÓ )?CHỦ TỊCH)(?!\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence that may answer.

    evidence: where it is quoted from: the story's leading article where that has it in the same words. text: what it
    says; of a table row with the names of its columns. before: the sentence before it under the same heading.
    hit, rank: the passage it was found in and that passage's place among those of its side. law: found among texts of
    law and guides. beyond: it stands elsewhere in the article than in that passage. carried: the day its paragraph
    opened with.
    """

    evidence: Evidence
    text: str
    before: str
    hit: Hit
    rank: int
    law: bool
    beyond: bool
    block: Block
    carried: str | None


def candidates(hits: Sequence[Hit], corpus: Corpus, *, law: bool) -> Iterator[Candidate]:
    """Every sentence of the first passages found, in order of the passages; each wording of a story once.

    Of news, also what else the first articles found say where they are short: the answer may stand in a passage that
    names neither the place nor the thing asked about.
    """
    seen: set[tuple[str, int]] = set()
    for rank, hit in enumerate(hits[:PASSAGES]):
        yield from _of(hit, rank, corpus, seen, law=law, whole=False)
    if law:
        return
    first = {hit.passage.article_id: (hit, rank) for rank, hit in reversed(list(enumerate(hits[:PASSAGES])))}
    for hit, rank in sorted(first.values(), key=lambda one: one[1])[:ARTICLES]:
        if len(corpus.sentences(corpus.article(hit.passage.article_id, hit.passage.digest))) <= SHORT_ARTICLE:
            yield from _of(hit, rank, corpus, seen, law=law, whole=True)


def _of(
    hit: Hit, rank: int, corpus: Corpus, seen: set[tuple[str, int]], *, law: bool, whole: bool
) -> Iterator[Candidate]:
    """The sentences of a passage found, or (whole) all those of its article that were not seen yet."""
    for line in _lines(hit.passage, corpus, whole=whole):
        place = line.evidence.article.id, line.evidence.start
        if place in seen:
            continue
        seen.add(place)
        yield Candidate(
            evidence=line.evidence,
            text=line.text,
            before=line.before,
            hit=hit,
            rank=rank,
            law=law,
            beyond=line.beyond,
            block=line.block,
            carried=line.carried,
        )


@dataclass(frozen=True, slots=True)
class _Line:
    """What a candidate is whichever question finds it; as `Candidate`."""

    evidence: Evidence
    text: str
    before: str
    beyond: bool
    block: Block
    carried: str | None


# The lines of passages that were found before, of each corpus: many questions find the same.
_Key = tuple[str, str, int, int, bool]
_found: WeakKeyDictionary[Corpus, dict[_Key, tuple[_Line, ...]]] = WeakKeyDictionary()


def _lines(passage: Passage, corpus: Corpus, *, whole: bool) -> tuple[_Line, ...]:
    """The lines of a passage that may answer anything, or (whole) those of its article; some are remembered."""
    kept = _found.setdefault(corpus, {})
    key = passage.article_id, passage.digest, passage.start, passage.end, whole
    lines = kept.get(key)
    if lines is None:
        if len(kept) >= _REMEMBERED:
            kept.clear()
        lines = kept[key] = tuple(_read(passage, corpus, whole=whole))
    return lines


def _read(passage: Passage, corpus: Corpus, *, whole: bool) -> Iterator[_Line]:
    article = corpus.article(passage.article_id, passage.digest)
    sentences = corpus.sentences(article)
    opens = 0 if whole else bisect_right(sentences, passage.start, key=lambda one: one[1])
    before = "" if opens == 0 or sentences[opens - 1][2].role == "heading" else _text_of(article, sentences[opens - 1])
    for start, end, block, carried in islice(sentences, opens, None):
        if not whole and start >= passage.end:
            break
        former, before = before, "" if block.role == "heading" else article.text[start:end]
        beyond = end <= passage.start or start >= passage.end
        if (beyond and not whole) or block.role in ("byline", "heading") or _is_frame(block, article.text[start:end]):
            continue
        if _is_recipient(article, start):
            continue
        source, first, last = corpus.leading(article, start, end)
        yield _Line(
            evidence=Evidence(article=source, start=first, end=last),
            text=row_text(article, block) if block.role == "row" else article.text[start:end],
            before=former,
            beyond=beyond,
            block=block,
            carried=carried.date,
        )


def _is_frame(block: Block, text: str) -> bool:
    """Whether a line only frames a paper: its number, the motto, who issues it, to whom it is sent."""
    if block.role == "row":
        return False
    return _FRAME.match(text) is not None or (text.isupper() and _OFFICE.match(text) is not None)


def _is_recipient(article: Article, start: int) -> bool:
    """Whether a line is one of the list under "Nơi nhận": it names who is sent the paper, never who does anything."""
    if not article.text.startswith(_DASHES, start):
        return False
    before = article.text[max(0, start - _RECIPIENTS_SPAN) : start]
    at = before.rfind("Nơi nhận")
    return at >= 0 and all(line.startswith(_DASHES) for line in before[at:].splitlines()[1:] if line)


def _text_of(article: Article, sentence: tuple[int, int, Block, Carried]) -> str:
    return article.text[sentence[0] : sentence[1]]


def place_of(article: Article, block: Block) -> int:
    """Where a block stands among the blocks of its article."""
    return bisect_left(article.blocks, block.start, key=lambda one: one.start)


def header_row(article: Article, block: Block) -> Block | None:
    """The row that names the columns of a table row: the first of its table; None for that row itself."""
    first = place = place_of(article, block)
    while first > 0 and article.blocks[first - 1].role == "row":
        first -= 1
    return article.blocks[first] if first < place else None


def row_text(article: Article, block: Block) -> str:
    """A table row as a sentence: "Năm: 2024; Sản phẩm: 98"; a number under a counted noun reads "98 sản phẩm", and that
    of the row itself is left out."""
    named = _named_cells(article, block)
    return article.text[block.start : block.end] if named is None else "; ".join(_said(*one) for one in named)


def row_told(article: Article, block: Block) -> str:
    """The same for readers: a number under "Số sản phẩm" or "4 sao" stands behind it."""
    named = _named_cells(article, block)
    if named is None:
        return article.text[block.start : block.end]
    return "; ".join(
        _said(name, cell) if counted_noun(name) else f"{name}: {cell}".lstrip(": ") for name, cell in named
    )


def _named_cells(article: Article, block: Block) -> list[tuple[str, str]] | None:
    """The cells of a row that hold something, each with the name of its column; None where the table has none, or the
    row is one cell across it ("Tổng cộng: 8 sản phẩm"), which is of no column."""
    header = header_row(article, block)
    cells = _cells(article.text, block)
    names = [] if header is None else _cells(article.text, header)
    if len(names) < len(cells) or len(cells) == 1 < len(names):
        return None
    cells += [""] * (len(names) - len(cells))  # empty cells at the end of a row are not in the text
    return [(name, cell) for name, cell in zip(names, cells, strict=True) if cell and not _SERIAL.fullmatch(name)]


def _said(name: str, cell: str) -> str:
    if cell.replace(".", "").isdecimal():
        return f"{cell} {name[:1].lower()}{name[1:]}"
    return f"{name}: {cell}" if name else cell


def _cells(text: str, block: Block) -> list[str]:
    return [cell.strip() for cell in text[block.start : block.end].split(" | ")]
