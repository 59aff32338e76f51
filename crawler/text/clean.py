"""From the lines of a page or file to the article's own; what goes, goes with its reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from crawler.draft import Bin, Line, relabel
from crawler.text.byline import Byline, bare_byline, further_byline, labelled_byline, signing_office
from crawler.text.caption import caption_by_words, credited_caption, heading_by_words
from crawler.text.dates import PrintedDate, first_posted, printed_date
from crawler.text.noise import caption_label, ends_article, noise

PARAGRAPH_CHARS = 120
_REPEAT_CHARS = 30
_CLOSING_SHARE = 0.3
_CLOSING_LINES = 3
_TITLE_AND_DATE = re.compile(
    r"(?:\(?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\)?\s*[-–:|]?\s*)?\S.{14,200}?[^.:;]"
    r"(?:\s*\(\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}[\s\d:]{0,9}\)|\s+[-–|]\s+\d{1,2}[/.-]\d{1,2}[/.-]\d{4})"
)
_LISTED_LINES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """The article's lines and what the removed ones told."""

    lines: tuple[Line, ...]
    author: str | None
    head_author: str | None
    published: PrintedDate | None


def is_body(line: Line) -> bool:
    """Whether a line is running text long enough to be a paragraph of an article and nothing else."""
    return line.role in ("paragraph", "lead", "item") and (
        len(line.text) >= PARAGRAPH_CHARS or (len(line.text) >= 60 and line.text.endswith((".", "…", "./.")))
    )


def clean(lines: Sequence[Line], title: str, dropped: Bin, *, by_words: bool) -> Cleaned:
    """Drop furniture, repeats and what follows the closing byline; find printed date and author.

    `by_words`: there is no markup to go by, so captions and sub-headings are told by their words.
    """
    published: PrintedDate | None = None
    head_author: str | None = None
    kept: list[Line] = []
    repeats = _Repeats()
    folded_title = _fold(title)
    started = False
    announced = False
    for line in lines:
        text = line.text
        if announced:
            announced = False
            line = relabel(line, "caption")  # noqa: PLW2901 - the announced line, in its role
        reason = noise(text) if line.role != "row" else None
        if _fold(text) == folded_title:
            dropped.add(text, "lặp lại tiêu đề")
            continue
        if line.role != "row" and caption_label(text):
            dropped.add(text, "nhãn chú thích ảnh")
            announced = True
            continue
        if reason is not None:
            dropped.add(text, reason)
            if not ends_article(reason) or not started:
                continue
            # Furniture that stands below articles is kept as a mark here, to cut the tail after it.
            kept.append(Line(text="", role="byline"))
            continue
        date = None if started and line.role != "paragraph" else printed_date(text, title)
        if date is not None and (
            not started or date.labelled or ((date.iso is None or len(date.iso) >= 10) and len(text) <= 60)
        ):
            published = first_posted([published, date])
            if not started:
                head_author = head_author or date.author
            dropped.add(text, "dòng ngày đăng")
            continue
        if repeats.again(line):
            dropped.add(text, "đoạn lặp lại")
            continue
        started = started or is_body(line)
        kept.append(line)
    kept, author = _close(kept, dropped)
    kept = _roles(kept) if by_words else [_credited(line) for line in kept]
    return Cleaned(lines=tuple(kept), author=author, head_author=head_author, published=published)


def unrepeated(lines: Sequence[Line], dropped: Bin) -> list[int]:
    """The positions of the lines that are no repeat of an earlier one: a text printed twice (for phones, or under its
    video) is read once, down to its short lines."""
    repeats = _Repeats()
    result: list[int] = []
    for index, line in enumerate(lines):
        if repeats.again(line):
            dropped.add(line.text, "đoạn lặp lại")
        else:
            result.append(index)
    return result


class _Repeats:
    """Tells repeats among lines told one after the other: long ones, and short ones that go on a run of repeats."""

    def __init__(self) -> None:
        self._first: dict[str, int] = {}
        self._told = 0
        self._running: int | None = None

    def again(self, line: Line) -> bool:
        """Whether the line was told before."""
        key = _fold(line.text)
        first = self._first.get(key) if line.role != "row" else None
        goes_on = self._running is not None and first == self._running + 1
        self._running = first if first is not None and (len(key) >= _REPEAT_CHARS or goes_on) else None
        if self._running is None:
            self._first.setdefault(key, self._told)
            self._told += 1
        return self._running is not None


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold().strip(" .:")


def _close(lines: list[Line], dropped: Bin) -> tuple[list[Line], str | None]:
    """Cut the text after its closing byline, or after the first furniture that only short lines follow."""
    lines = _without_other_titles(lines, dropped)
    total = sum(len(line.text) for line in lines) or 1
    last_body = max((i for i, line in enumerate(lines) if is_body(line) or line.role == "row"), default=-1)
    before = 0
    end: int | None = None
    for index, line in enumerate(lines):
        found = labelled_byline(line.text) if line.role in ("paragraph", "byline") and before else None
        if found is not None and (
            (found.strong and before >= _CLOSING_SHARE * total)
            or (index > last_body and not credited_caption(line.text))
        ):
            end = index
            break
        if not line.text and index > last_body:
            end = index
            break
        before += len(line.text)
    bylines: list[tuple[int, Byline]] = []
    if end is not None:
        index = end
        while index < len(lines) and lines[index].text:
            text = lines[index].text
            found = labelled_byline(text) or further_byline(text) if bylines else labelled_byline(text)
            found = found or (bare_byline(text) if index > last_body else None)
            if found is None:
                break
            bylines.append((index, found))
            index += 1
        cut = index
    else:
        cut = len(lines)
    if not bylines:
        bylines = _bare(lines[:cut], last_body)
    for line in lines[cut:]:
        dropped.add(line.text, "sau phần kết của bài")
    marks = {index for index, _ in bylines}
    kept = [relabel(line, "byline") if index in marks else line for index, line in enumerate(lines[:cut]) if line.text]
    own = [found.name for _, found in bylines if not found.source] or [found.name for _, found in bylines]
    return kept, own[0] if own else None


def _without_other_titles(lines: list[Line], dropped: Bin) -> list[Line]:
    """Titles of other articles, each with its date, in a list below the text."""
    end = len(lines)
    while end and (not lines[end - 1].text or _TITLE_AND_DATE.fullmatch(lines[end - 1].text)):
        end -= 1
    listed = [line for line in lines[end:] if line.text]
    if len(listed) < _LISTED_LINES or any(line.role == "row" for line in listed):
        return lines
    if end and lines[end - 1].role == "heading":
        end -= 1
    for line in lines[end:]:
        dropped.add(line.text, "tin liên quan")
    return lines[:end]


def _bare(lines: list[Line], last_body: int) -> list[tuple[int, Byline]]:
    """A line of names alone among the last lines, after the last paragraph."""
    filled = [index for index, line in enumerate(lines) if line.text]
    for above, index in list(pairwise([0, *filled]))[-_CLOSING_LINES:]:
        signed = signing_office(lines[above].text)
        if index > last_body >= 0 and lines[index].role in ("paragraph", "byline") and not signed:
            found = bare_byline(lines[index].text)
            if found is not None:
                return [(index, found)]
    return []


def _credited(line: Line) -> Line:
    return relabel(line, "caption") if line.role == "paragraph" and credited_caption(line.text) else line


def _roles(lines: list[Line]) -> list[Line]:
    """Captions and sub-headings by their words and by what stands around them."""
    result: list[Line] = []
    for index, line in enumerate(lines):
        told = _credited(line)
        if told.role == "paragraph":
            after = lines[index + 1] if index + 1 < len(lines) else None
            between = any(is_body(former) for former in result)
            if between and caption_by_words(told.text):
                told = relabel(told, "caption")
            elif between and after is not None and is_body(after) and heading_by_words(told.text):
                told = relabel(told, "heading", 1)
        result.append(told)
    return result
