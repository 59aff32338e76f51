"""How a sentence found is told: what leads in to it or follows from it stands with it, a table row with its columns."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from assistant.candidates import Candidate, header_row, place_of, row_told
from assistant.draft import Segment, quoted
from assistant.evidence import Evidence, fits_kind
from assistant.question import Question
from assistant.shortcomings import SHORTCOMINGS
from assistant.wording import coverage, says, supplied, tokens, words_of
from crawler.article import Article, Block
from index.figures.stars import find_stars
from index.sentence import sentence_spans

LONG_SENTENCE = 110  # syllables
# What a sentence lists behind a colon belongs together, up to so many, for who asks for it.
LONG_LIST = 260
_LISTED = ("list", "text", "number", "procedure", "unit")
# A list or table is told whole where its lines are asked for and are no more than this.
MOST_LINES = 14
SHORT_UNIT = 90  # syllables
_WHOLE = ("list", "breakdown", "case", "procedure", "how", "compare", "figure", "unit")
_ORDINAL = "ordinal"
_GOES_ON = ("why", "how", "definition")
# Of paragraphs that count themselves ("Thứ nhất: …", "Một là, …") all are told to who asks for a list or a way.
_TOLD_IN_TURN = ("list", "how", "procedure")
_POINT = re.compile(
    r"(?:(?P<letter>[a-zđ]\))|(?P<number>\d+[.)])|(?P<dash>[-–•+])|"
    r"(?P<ordinal>(?:Thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín)|(?:Một|Hai|Ba|Bốn|Năm|Sáu|Bảy) là)[,:;]?))\s"
)
# What is told of over several sentences, up to so many syllables.
_TROUBLES = (*SHORTCOMINGS, "vướng", "kẹt", "thách thức")
_LONG_TOLD = 160
PROPOSED = ("đề xuất", "kiến nghị")
_PROPOSED_WHAT = re.compile(
    r"(?<!\w)(?:đề xuất|kiến nghị)(?: những)?(?: (?:điều|việc|nội dung|giải pháp))? (?:gì|nào)(?!\w)"
)
_BACK = ("ấy", "đó", "này", "đấy", "như vậy", "như thế")
_LEADS_IN = re.compile(r":\s*$")


def told(question: Question, item: Candidate) -> Iterator[Segment]:
    """The segments that tell a candidate, in order of the text."""
    article = item.evidence.article
    block = block_at(article, item.evidence.start)
    if block is None:
        yield quoted(item.evidence)
    elif item.law and block.role == "paragraph" and 0 < len(_text(article, block).split()) <= SHORT_UNIT:
        # a short paragraph of law is one rule: its conditions and exceptions stand in its other sentences
        yield from _lines(question, _span(article, block), block)
    elif block.role == "row":
        yield from _rows(question, article, block)
    elif block.role in ("paragraph", "lead") and (matter := _of_several(question)):
        yield from _of_paragraph(question, item.evidence, block, matter)
    elif question.wanted in _GOES_ON and block.role in ("paragraph", "lead"):
        # what a reason, a way or a meaning is, the sentences after go on to say
        whole = _span(article, block)
        short = len(whole.quote.split()) <= SHORT_UNIT
        yield from _lines(question, whole if short else item.evidence, block)
    elif question.wanted == "yes_no" and block.role in ("paragraph", "lead"):
        # what is asked is often said first, and what is to be said of it after, or in a paragraph that points back
        whole, onward = _span(article, block), Evidence(article=article, start=item.evidence.start, end=block.end)
        fits = (one for one, most in ((whole, SHORT_UNIT // 2), (onward, SHORT_UNIT)) if len(one.quote.split()) <= most)
        chosen = next(fits, item.evidence)
        yield from _lines(question, chosen, block)
        if chosen.end == block.end:
            yield from map(quoted, _pointing_back(article, block))
    else:
        yield from _lines(question, item.evidence, block)


def _of_several(question: Question) -> tuple[str, ...]:
    """The words for what is asked about, where that is told of over several sentences; () of other things."""
    if says(question.tokens, *_TROUBLES):
        return _TROUBLES
    return PROPOSED if asks_what_was_proposed(question) else ()


def asks_what_was_proposed(question: Question) -> bool:
    """Whether a question asks what was proposed, whatever it is: "các đơn vị đề xuất những gì?"."""
    return _PROPOSED_WHAT.search(" ".join(question.tokens)) is not None


def _of_paragraph(question: Question, evidence: Evidence, block: Block, matter: tuple[str, ...]) -> Iterator[Segment]:
    """The sentences of a paragraph from the first that speaks of a matter, which may only say that there is some; the
    one found alone where it speaks of nothing of the kind or where they are many."""
    article = evidence.article
    spans = sentence_spans(article.text, block.start, block.end)
    first = next((start for start, end in spans if says(tokens(article.text[start:end]), *matter)), None)
    if first is None or first > evidence.start or len(article.text[first : block.end].split()) > _LONG_TOLD:
        yield from _lines(question, evidence, block)
        return
    yield from (quoted(Evidence(article=article, start=start, end=end)) for start, end in spans if start >= first)


def block_at(article: Article, start: int) -> Block | None:
    """The block an offset lies in."""
    return next((block for block in article.blocks_within(start, start + 1)), None)


def _rows(question: Question, article: Article, row: Block) -> Iterator[Segment]:
    """A row said with the names of its columns, or the whole table where its rows are asked for."""
    table = _neighbours(article, row, lambda block: block.role == "row")
    if header_row(article, row) is not None and question.wanted in ("list", "breakdown") and len(table) <= MOST_LINES:
        yield quoted(Evidence(article=article, start=table[0].start, end=table[-1].end))
    else:
        yield with_columns(_span(article, row))


def with_columns(evidence: Evidence) -> Segment:
    """A row of a table said with the names of its columns; of a table without them, and what is no row, its words."""
    article = evidence.article
    row = block_at(article, evidence.start)
    header = header_row(article, row) if row is not None and row.role == "row" else None
    if row is None or header is None:
        return quoted(evidence)
    return Segment(
        text=f"{row_told(article, row)}.", kind="stated", evidence=(_span(article, row), _span(article, header))
    )


def _lines(question: Question, evidence: Evidence, block: Block) -> Iterator[Segment]:
    """A sentence; a point after the line that leads in to it, or with all its fellows where a list is asked for; a
    line that leads in, with what it leads in to."""
    article = evidence.article
    sort = _sort(article, block)
    if sort is not None:
        points = _neighbours(article, block, lambda one: _sort(article, one) == sort)
        first = place_of(article, points[0])
        before = article.blocks[first - 1] if first > 0 else None
        in_turn = sort == _ORDINAL
        leads = before is not None and (in_turn or _LEADS_IN.search(_text(article, before)) is not None)
        whole = question.wanted in (_TOLD_IN_TURN if in_turn else _WHOLE)
        if before is not None and leads and (whole or not in_turn):
            yield quoted(_span(article, before))
        if whole and leads and len(points) <= MOST_LINES:
            yield from (quoted(_span(article, point)) for point in points)
            return
    yield trimmed(question, evidence)
    if _LEADS_IN.search(evidence.quote):
        yield from map(quoted, _led_in(article, block))


def _pointing_back(article: Article, block: Block) -> Iterator[Evidence]:
    """The paragraph after a block, where it is short and opens with words that point back ("Mức điểm ấy mới là …")."""
    following = next(iter(article.blocks_within(block.end + 1, len(article.text))), None)
    if following is not None and following.role == "paragraph":
        span = _span(article, following)
        if says(tokens(span.quote)[:4], *_BACK) and len(span.quote.split()) <= SHORT_UNIT:
            yield span


def with_items(question: Question, segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Segments with what a quoted line that leads in ("Danh sách chia làm bốn nhóm:") leads in to after it; where a
    list is asked for, with the paragraphs after it that count themselves."""
    quotes = {segment.evidence[0] for segment in segments if segment.evidence and segment.kind == "quoted"}
    in_turn = question.wanted in _TOLD_IN_TURN or question.guessed == "kind"
    lines: list[Segment] = []
    for segment in segments:
        evidence = segment.evidence[0] if segment.evidence and segment.kind == "quoted" else None
        block = None if evidence is None else block_at(evidence.article, evidence.start)
        if evidence is None or block is None or block.role == "row":
            lines.append(segment)
            continue
        fellows = _counting_on(evidence.article, block) if in_turn else []
        if fellows:
            lines += map(quoted, fellows)  # one of them alone ("Thứ hai, …") is half a list
            continue
        lines.append(segment)
        items = _led_in(evidence.article, block) if _LEADS_IN.search(segment.text) else []
        if not quotes & set(items):
            lines += map(quoted, items)
    return tuple(dict.fromkeys(lines))


def _counting_on(article: Article, block: Block) -> list[Evidence]:
    """The paragraphs that count themselves around one of them, itself included, or behind the one that leads in to
    them; none where there are none, or too many."""
    following = article.blocks_within(block.end + 1, len(article.text))[:1]
    first = block if _sort(article, block) == _ORDINAL else following[0] if following else block
    counted = _neighbours(article, first, lambda one: _sort(article, one) == _ORDINAL)
    if _sort(article, first) != _ORDINAL or not 1 < len(counted) <= MOST_LINES:
        return []
    return [_span(article, one) for one in ([block, *counted] if first is not block else counted)]


def _led_in(article: Article, lead: Block) -> list[Evidence]:
    """What a line that leads in leads in to: the points after it, all of one sort, or its table; else the next
    block."""
    following = article.blocks_within(lead.end + 1, len(article.text))[:MOST_LINES]
    if not following or following[0].role == "heading":
        return []
    sort = "row" if following[0].role == "row" else _sort(article, following[0])
    if sort is None:
        return [_span(article, following[0])]
    alike = list(takewhile(lambda one: sort == ("row" if one.role == "row" else _sort(article, one)), following))
    if sort == "row":
        return [Evidence(article=article, start=alike[0].start, end=alike[-1].end)]
    return [_span(article, one) for one in alike]


# "Trọng tâm là …; …; …"
_NAMES_ALL = re.compile(r"(?<!\w)(?:là|gồm|bao gồm)(?!\w)", re.IGNORECASE)


def trimmed(question: Question, evidence: Evidence) -> Segment:
    """The sentence, or of a very long one the part between semicolons that holds most of what was asked, the star and
    the kind of thing asked for before all words."""
    text = evidence.quote
    opening = text.partition(";")[0]
    opens_list = ": " in opening or (question.wanted == "list" and _NAMES_ALL.search(opening) is not None)
    listed = question.wanted in _LISTED and opens_list and len(text.split()) <= LONG_LIST
    if len(text.split()) <= LONG_SENTENCE or ";" not in text or listed:
        return quoted(evidence)
    best: tuple[tuple[bool, bool, float], Evidence] | None = None
    for match in re.finditer(r"[^;]+", text):
        part = match[0]
        start = evidence.start + match.start() + len(part) - len(part.lstrip())
        end = evidence.start + match.end() - (len(part) - len(part.rstrip()))
        if start >= end:
            continue
        written = supplied(question.synonyms, words_of(part))
        starred = question.stars is None or question.stars in [(one.low, one.high) for one in find_stars(part)]
        score = (starred, fits_kind(question, part), coverage(question.content, written, [1.0] * len(question.content)))
        if best is None or score > best[0]:
            best = (score, Evidence(article=evidence.article, start=start, end=end))
    return quoted(evidence if best is None else best[1])


def _sort(article: Article, block: Block) -> str | None:
    """What sort of point a block is: an item of a list, lettered, numbered or dashed; None where it is none."""
    match = _POINT.match(_text(article, block)) if block.role in ("paragraph", "item") else None
    if match is not None and match.lastgroup is not None:
        return match.lastgroup
    return "item" if block.role == "item" else None


def _neighbours(article: Article, block: Block, like: Callable[[Block], bool]) -> list[Block]:
    """The blocks around one, itself included, as far as all are alike."""
    place = place_of(article, block)
    first = last = place
    while first > 0 and like(article.blocks[first - 1]):
        first -= 1
    while last + 1 < len(article.blocks) and like(article.blocks[last + 1]):
        last += 1
    return list(article.blocks[first : last + 1])


def _span(article: Article, block: Block) -> Evidence:
    return Evidence(article=article, start=block.start, end=block.end)


def _text(article: Article, block: Block) -> str:
    return article.text[block.start : block.end]
