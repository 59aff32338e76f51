"""Which lines of a page are its main text.

trafilatura, given the page's own tree, judges; its judgement is then read off the tree's lines, mended where it leaves
gaps (it drops short paragraphs, tables, parts of a text) and where it takes furniture in.
"""

import logging
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import trafilatura
from lxml.etree import _Element, strip_attributes
from lxml.html import HtmlElement

from crawler.draft import Bin, relabel
from crawler.html.lines import Place, Seen, common_place, squeeze, text_within
from crawler.text.byline import bare_byline, labelled_byline
from crawler.text.clean import is_body
from crawler.text.dates import printed_date
from crawler.text.noise import ends_article, noise

_WORDY_CHARS = 24
_LINK_SHARE = 0.8
_RUN_LINES = 3
_CARD_LINES = 4
_LISTED_CHARS = 20
_ENOUGH_SHARE = 0.5
_MAX_ELEMENTS = 40_000
_MAX_ELEMENTS_THOROUGH = 15_000
# An element with this share of the text is its core; what stands more levels up and aside belongs to the page.
_CORE_SHARE = 0.6
_NEAR_LEVELS = 2
_NEAR_LINES = 3
# A class may be named like furniture and yet hold the text; a box with this little of it does not.
_BOX_SHARE = 0.25
_MAX_ANNOUNCED = 20
# Lines of a page times the length of its text: more than any page needs, less than a hostile one would like.
_SCAN_BUDGET_CHARS = 200_000_000
_SENTENCE_ENDS = (".", "!", "?", "…", ":", ";", "”", '"', ")")

# Who wrote it, as English pages print it above or below the text.
_IMPRINT = re.compile(
    r"(?:[-–—*]+\s*)?(?:[Ww]ritten |[Pp]osted |[Ss]tory |[Rr]eported )?[Bb][Yy]:?\s+[A-Z][\w.'’-]+"
    r"(?:\s*,?\s+(?:and |of |for |in |on |&\s*)?[A-Z@|(\d•·][\w.,:'’@/|()-]*){1,14}(?<![.!?])"
)

# It warns of every page without text; the reader says so itself, with the page's address.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def main_text(tree: HtmlElement, seen: Sequence[Seen], title: str, summary: str, dropped: Bin) -> list[Seen]:
    """The lines of the main text in their order; all others go into `dropped` with the reason. Empty if there is none.

    title, summary: what the page calls itself, and the description in its head, possibly empty.
    """
    folded, summary = squeeze(title), squeeze(summary)
    kept = _judged(tree, seen)
    others = _cards(seen, kept)
    for index in others:
        dropped.add(seen[index].line.text, "tin liên quan")
    kept = [took for index, took in enumerate(kept) if index not in others]
    seen = [item for index, item in enumerate(seen) if index not in others]
    kept = _without_link_runs(seen, kept)
    long_kept = [i for i, item in enumerate(seen) if kept[i] and len(item.key) >= _WORDY_CHARS and item.key != folded]
    # A link on its own does not tell how far the text reaches.
    long_kept = [i for i in long_kept if seen[i].linked <= _LINK_SHARE] or long_kept
    if not long_kept:
        for item in seen:
            dropped.add(item.line.text, "ngoài phần chính")
        return []
    body = next((i for i in long_kept if is_body(seen[i].line)), long_kept[0])
    # The text begins below its title, whatever of the page's head trafilatura took.
    above = max((i + 1 for i in range(body) if seen[i].key == folded), default=-1)
    long_kept = [i for i in long_kept if i >= above]
    first, last = long_kept[0], long_kept[-1]
    # Rows and items right beside the first and last long lines are still the article's when trafilatura took them.
    while first > max(0, above) and kept[first - 1] and seen[first - 1].line.role in ("row", "item"):
        first -= 1
    while last + 1 < len(seen) and kept[last + 1] and seen[last + 1].line.role in ("row", "item"):
        last += 1
    home = common_place([seen[i] for i in long_kept])
    assert home is not None
    kept = _without_strays(seen, kept, home)
    gaps = _Gaps(seen, kept, home)
    above = above if above >= 0 else max(0, first - 2)
    below = _run_below(seen, last, home)
    taken: list[bool] = []
    for index, item in enumerate(seen):
        inside = first <= index <= last
        near = first - 2 <= index <= last + 4 and item.place.within(home)
        chrome = item.linked > 0.5 or item.place.in_furniture(home) or item.place.in_files(home)
        text = item.line.text
        taken.append(
            (inside and kept[index] and item.linked <= _LINK_SHARE)
            or (inside and not chrome and item.place.within(home) and gaps.fills(index))
            or (item.line.role == "caption" and near and not chrome)
            or (item.line.role == "lead" and near and not chrome and index < last)
            or (item.line.role == "caption" and above <= index < first and not chrome and item.place.within(home))
            or (near and not chrome and index > last and (_closing(text) or is_body(item.line)))
            or last < index <= below
            or (last < index <= last + 4 and not item.place.in_furniture(None) and _signed(text))
            or (near and not chrome and index < first and is_body(item.line))
            or (above <= index < first and not chrome and _is_lead(item, summary))
        )
    ends = [i for i, took in enumerate(taken) if took and is_body(seen[i].line)]
    for index, item in enumerate(seen):
        outer = not ends or index < ends[0] or index > ends[-1]
        taken[index] = taken[index] and not (outer and _IMPRINT.fullmatch(item.line.text))
    chosen: list[Seen] = []
    for index, item in enumerate(seen):
        if taken[index]:
            if index < first and _is_lead(item, summary):
                item.line = relabel(item.line, "lead")
            chosen.append(item)
        elif item.key != folded:
            dropped.add(item.line.text, _why_outside(item.line.text, title))
    return chosen


# --- what trafilatura takes -------------------------------------------------------------------------------------------


def _judged(tree: HtmlElement, seen: Sequence[Seen]) -> list[bool]:
    """For every line whether trafilatura takes it.

    Its quick way is asked first; where that leaves much of the page's prose, the thorough one, which compares several
    extractors, and the fuller of the two holds. Both take more than linear time: of a page too large for them, all
    prose and all tables are taken.
    """
    elements = int(tree.xpath("count(//*)"))
    prose = [item.linked < 0.5 and not item.place.in_furniture(None) and is_body(item.line) for item in seen]

    def size(took: Sequence[bool]) -> int:
        return sum(len(item.line.text) for item, own, one in zip(seen, prose, took, strict=True) if own and one)

    if elements > _MAX_ELEMENTS:
        rows = [item.line.role == "row" and not item.place.in_furniture(None) for item in seen]
        return [own or row for own, row in zip(prose, rows, strict=True)]
    kept = _taken(tree, seen, fast=True)
    if elements <= _MAX_ELEMENTS_THOROUGH and size(kept) < _ENOUGH_SHARE * size(prose):
        thorough = _taken(tree, seen, fast=False)
        if size(thorough) > size(kept):
            return thorough
    return kept


def _taken(tree: HtmlElement, seen: Sequence[Seen], *, fast: bool) -> list[bool]:
    """What trafilatura takes; the rows of one table are taken or left together."""
    # It sets an empty cell for each that a cell spans, in time that grows with their square; no word depends on it.
    strip_attributes(tree, "rowspan", "colspan")
    document = trafilatura.bare_extraction(tree, fast=fast, include_comments=False, include_tables=True)
    body = getattr(document, "body", None)
    if body is None:
        return [False] * len(seen)
    told = _Told(body)
    kept = [told.holds(item) and item.place.files is None for item in seen]
    tables = {item.place.table for item, took in zip(seen, kept, strict=True) if took and item.line.role == "row"}
    return [
        took or (item.line.role == "row" and item.place.table in tables) for item, took in zip(seen, kept, strict=True)
    ]


def _cards(seen: Sequence[Seen], kept: Sequence[bool]) -> set[int]:
    """The lines of cards that lead to other stories: several boxes of one kind, each a linked title and a teaser.

    Those that hold most of the text stay, unless a line above announces other stories: the sections of an article may
    have linked headings too.
    """
    orders = [item.place.order for item in seen]
    kinds: dict[tuple[Place | None, str, str], set[Place]] = {}
    for item, below in pairwise(seen):
        if item.linked > 0.5 and below.linked <= 0.5:
            card = item.place.nearest_with(below.place)
            kinds.setdefault((card.parent, card.element.tag, card.element.get("class") or ""), set()).add(card)

    def size(indexes: Iterable[int]) -> int:
        return sum(len(seen[index].line.text) for index in indexes if kept[index] and is_body(seen[index].line))

    whole = size(range(len(seen)))
    found: set[int] = set()
    for cards in kinds.values():
        spans = [range(bisect_left(orders, card.order), bisect_left(orders, card.end)) for card in cards]
        if len(cards) < _RUN_LINES or any(len(span) > _CARD_LINES for span in spans):
            continue
        lines = {index for span in spans for index in span}
        above = seen[min(lines) - 1].line.text if min(lines) > 0 else ""
        if 2 * size(lines) <= whole or ends_article(noise(above) or ""):
            found |= lines
    return found


def _without_link_runs(seen: Sequence[Seen], kept: Sequence[bool]) -> list[bool]:
    """What was taken, less lists of other stories: lines, each a link and little else, and the heading above them."""
    result = list(kept)
    start = 0
    for index in range(len(seen) + 1):
        if index < len(seen) and seen[index].linked > 0.5:
            continue
        if index - start >= _RUN_LINES:
            above = start - 1 if start > 0 and seen[start - 1].line.role == "heading" else start
            result[above:index] = [False] * (index - above)
        start = index + 1
    return result if any(result) else list(kept)


class _Told:
    """trafilatura's text, to look lines up in: long ones anywhere in it, short ones only as a whole element."""

    def __init__(self, body: _Element) -> None:
        self._whole: set[str] = set()
        parts: list[str] = []
        for child in body:
            text = squeeze("".join(map(str, child.itertext())))
            parts.append(text)
            self._whole.add(text)
            for inner in child.iterdescendants():
                self._whole.add(squeeze(text_within(inner, 2 * _WORDY_CHARS)))
        # The text of the body itself and between its children.
        loose = [body.text, *(child.tail for child in body)]
        parts += [text for text in map(squeeze, filter(None, loose)) if text]
        self._whole.update(parts)
        self._whole.discard("")
        self._stream = "".join(parts)
        self._budget = _SCAN_BUDGET_CHARS

    def holds(self, item: Seen) -> bool:
        if item.line.role == "row":
            return bool(self._stream) and all(self._found(squeeze(cell)) for cell in item.line.text.split(" | "))
        key = item.key
        if key in self._whole or len(key) < _WORDY_CHARS:
            return key in self._whole
        return self._found(key) or (len(key) > 80 and self._found(key[:40]) and self._found(key[-40:]))

    def _found(self, key: str) -> bool:
        if key in self._whole or self._budget <= 0:
            return key in self._whole
        position = self._stream.find(key)
        self._budget -= len(self._stream) if position < 0 else position
        return position >= 0


def _without_strays(seen: Sequence[Seen], kept: Sequence[bool], home: Place) -> list[bool]:
    """`kept` less what stands in small boxes of furniture, or far off from the element that holds most of the text."""
    inside = [item for item, took in zip(seen, kept, strict=True) if took]
    prose = sum(len(item.line.text) for item in inside if is_body(item.line))
    core = common_place([item for item in inside if is_body(item.line)] or inside, share=_CORE_SHARE, by_chars=True)
    assert core is not None
    of_core = [i for i, item in enumerate(seen) if kept[i] and item.place.within(core)]
    reach = range(of_core[0] - _NEAR_LINES, of_core[-1] + _NEAR_LINES + 1)
    boxes: dict[Place, int] = {}
    for item in inside:
        box = item.place.furniture_within(home)
        if box is not None:
            boxes[box] = boxes.get(box, 0) + len(item.line.text) * is_body(item.line)

    announced = _announced_boxes(seen, home)

    def strays(index: int, item: Seen) -> bool:
        if any(item.place.within(place) for place in announced):
            return True
        box = item.place.furniture_within(home)
        if box is not None and boxes.get(box, 0) <= _BOX_SHARE * prose:
            return True
        return index not in reach and item.place.nearest_with(core).depth < core.depth - _NEAR_LEVELS

    return [took and not strays(index, item) for index, (item, took) in enumerate(zip(seen, kept, strict=True))]


def _announced_boxes(seen: Sequence[Seen], home: Place) -> list[Place]:
    """Elements within the text that a heading calls a box of other stories, and that hold no paragraph."""
    found: dict[Place, None] = {}
    for item in seen:
        box = item.place.parent
        if item.line.role != "heading" or box is None or box.depth <= home.depth or not box.within(home):
            continue
        reason = noise(item.line.text)
        if reason is not None and ends_article(reason) and len(found) < _MAX_ANNOUNCED:
            found[box] = None
    return [box for box in found if not any(item.place.within(box) and is_body(item.line) for item in seen)]


# --- what it leaves out -----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Island:
    """A largest element within the text of which trafilatura took nothing, and how many characters are what in it."""

    lines: int = 0
    chars: int = 0
    prose: int = 0
    linked: float = 0.0


class _Gaps:
    """Lines between those that trafilatura took: part of the text, or a box set into it?"""

    def __init__(self, seen: Sequence[Seen], kept: Sequence[bool], home: Place) -> None:
        self._seen = seen
        self._home = home
        self._kept = sorted(item.place.order for item, took in zip(seen, kept, strict=True) if took)
        self._islands: dict[Place, Place | None] = {}
        self._told: dict[Place, _Island] = {}
        for item in seen:
            place = self._island(item.place) if item.place.within(home) else None
            if place is None:
                continue
            island = self._told.setdefault(place, _Island())
            size = len(item.line.text)
            island.lines += 1
            island.chars += size
            island.prose += size if is_body(item.line) or item.line.role == "row" else 0
            island.linked += size * item.linked

    def fills(self, index: int) -> bool:
        """Whether a line that was left out is of the text: it stands alone in it, or in a box of running text."""
        item = self._seen[index]
        place = self._island(item.place)
        if place is None or item.line.role == "caption":
            return True
        island = self._told[place]
        if island.lines == 1:
            own = _is_sentence(item) or labelled_byline(item.line.text) is not None
            return own or place.element.tag not in ("div", "section", "article")
        if island.linked < 0.5 * island.chars and self._is_list(index, place, island):
            return True
        return island.prose >= 0.5 * island.chars and island.linked < 0.5 * island.chars

    def _is_list(self, index: int, place: Place, island: _Island) -> bool:
        """Whether a box is a list of the text: a sentence announces it, or its items are more than a button's word."""
        if place.element.tag not in ("ul", "ol", "dl"):
            return False
        before = index
        while before >= 0 and self._seen[before].place.within(place):
            before -= 1
        announced = before >= 0 and self._seen[before].line.text.endswith(":")
        return announced or island.chars >= _LISTED_CHARS * island.lines

    def _island(self, place: Place) -> Place | None:
        """The largest element around a place, below home, in which nothing was taken; None where something was."""
        found = self._islands.get(place, place)
        if place in self._islands:
            return found
        if place is self._home or self._took_in(place):
            found = None
        elif place.parent is not None:
            found = self._island(place.parent) or place
        self._islands[place] = found
        return found

    def _took_in(self, place: Place) -> bool:
        return bisect_left(self._kept, place.order) < bisect_right(self._kept, place.end - 1)


def _is_sentence(item: Seen) -> bool:
    return is_body(item.line) or item.line.role == "row" or item.line.text.endswith(_SENTENCE_ENDS)


def _run_below(seen: Sequence[Seen], last: int, home: Place) -> int:
    """The last of the short lines that follow the text in its own element, up to the first piece of furniture."""
    if home.element.tag in ("body", "html"):
        return last
    for index in range(last + 1, len(seen)):
        item = seen[index]
        outside = not item.place.within(home) or item.place.in_furniture(home) or item.place.in_files(home)
        if outside or item.linked > 0.5 or item.line.role == "heading" or noise(item.line.text):
            return index - 1
    return len(seen) - 1


def _is_lead(item: Seen, summary: str) -> bool:
    """Whether a line between title and text is the lead: by its class, or as what the head gives as description."""
    if item.line.role == "lead" or (item.line.role == "heading" and item.line.text.endswith(".")):
        return len(item.key) >= _WORDY_CHARS
    return len(item.key) >= 2 * _WORDY_CHARS and bool(summary) and item.key[:60] == summary[:60]


def _why_outside(text: str, title: str) -> str:
    return noise(text) or ("dòng ngày đăng" if printed_date(text, title) else "ngoài phần chính")


def _signed(text: str) -> bool:
    found = labelled_byline(text)
    return found is not None and found.strong


def _closing(text: str) -> bool:
    return labelled_byline(text) is not None or bare_byline(text) is not None
