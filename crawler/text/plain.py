"""Plain text -> Draft: an article copied from a page, with whatever was copied along with it."""

import re
from collections.abc import Sequence

from crawler.draft import Bin, Draft, Line, NoArticleError, tidy
from crawler.text.clean import clean, is_body
from crawler.text.dates import printed_date
from crawler.text.event import event_date
from crawler.text.legal import draft_legal, heading_units, is_legal, is_paper, with_roles
from crawler.text.noise import noise

_WRAP_MIN_LINES = 6
_WRAP_MAX_CHARS = 110
_ENDS = (".", "!", "?", "…", ":", ";", "”", '"', ")")
_SYLLABLE = re.compile(r"\w+")
_TITLE_MAX_CHARS = 300
_MIN_TEXT_CHARS = 60


def draft_plain(text: str) -> Draft:
    """Read a plain text whose first lines hold its title.

    Raises:
        NoArticleError: there is no running text in it.
    """
    return draft_lines([Line(text=line) for line in _paragraphs(text)])


def draft_lines(lines: Sequence[Line], *, title: str | None = None, by_words: bool = True) -> Draft:
    """Read lines, one a paragraph: an official paper, or a text whose first lines hold its title.

    title: where the file itself says which words are its title. by_words: there is no markup to go by, so captions
    and sub-headings are told by their words.

    Raises:
        NoArticleError: there is no running text in them.
    """
    texts = [line.text for line in lines]
    if is_legal(texts) or is_paper(texts):
        return draft_legal(lines)
    if sum(map(len, texts)) < _MIN_TEXT_CHARS or not any(map(_is_text, lines)):
        raise NoArticleError("không có đoạn văn nào")
    dropped = Bin()
    position = texts.index(title) if title in texts else _title_position(lines)
    if position is None:
        title, rest = title or _made_title(lines), list(lines)
    else:
        title, rest = title or texts[position], list(lines[position + 1 :])
        before = lines[:position]
        # Date lines above the title still tell the date; the rest is what the page printed before the article.
        rest = [line for line in before if printed_date(line.text, title)] + rest
        for line in before:
            if not printed_date(line.text, title):
                dropped.add(line.text, noise(line.text) or "trước tiêu đề")
    cleaned = clean(rest, title, dropped, by_words=by_words)
    if not any(map(_is_text, cleaned.lines)):
        raise NoArticleError("không có đoạn văn nào sau tiêu đề")
    published = cleaned.published.iso if cleaned.published else None
    units = heading_units(cleaned.lines)
    return Draft(
        title=title,
        lines=with_roles(cleaned.lines, units),
        units=units,
        dropped=tuple(dropped.items),
        author=cleaned.author or cleaned.head_author,
        published=published,
        date_note=cleaned.published.note if cleaned.published else None,
        event_date=event_date(lead_of(cleaned.lines), published),
    )


def _is_text(line: Line) -> bool:
    """Whether a line may make an article: running text, or a row, since lists of products are published bare."""
    return line.role == "row" or is_body(line)


def lead_of(lines: Sequence[Line]) -> list[str]:
    """The first two paragraphs, where a news text says when it happened."""
    return [line.text for line in lines if line.role in ("lead", "paragraph")][:2]


def _paragraphs(text: str) -> list[str]:
    """Paragraphs: one a line, or, in a text wrapped at a fixed width, one between blank lines."""
    raw = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    filled = [line for line in raw if line.strip()]
    lengths = sorted(len(line.strip()) for line in filled)
    open_ends = sum(not line.rstrip().endswith(_ENDS) for line in filled)
    wrapped = (
        len(filled) >= _WRAP_MIN_LINES
        and lengths[-1] <= _WRAP_MAX_CHARS
        and lengths[len(lengths) // 2] >= 0.6 * lengths[-1]
        and open_ends >= len(filled) / 2
    )
    result: list[str] = []
    after_blank = True
    for line in raw:
        folded = tidy(line)
        if not folded:
            after_blank = True
            continue
        if result and ((wrapped and not after_blank) or _continues(result[-1], folded)):
            result[-1] += " " + folded  # both are folded; folding the whole anew would take the square of its lines
        else:
            result.append(folded)
        after_blank = False
    return result


def _continues(former: str, line: str) -> bool:
    """Whether a line is the rest of the former one: it begins in lower case after a line without final mark."""
    return line[0].islower() and not former.endswith(_ENDS) and not re.match(r"[a-zđ]\)", line)


def _title_position(lines: Sequence[Line]) -> int | None:
    """Which of the lines above the first paragraph is the title; None if none can be.

    A title is repeated further down, stands right above the date line, is longer than a section's name, and shares
    its syllables with the text below. An advertiser's name or a breadcrumb does not.
    """
    body = next(index for index, line in enumerate(lines) if _is_text(line))
    folded = [line.text.casefold() for line in lines]
    syllables = set(_SYLLABLE.findall(" ".join(folded[body : body + 6])))
    best: tuple[float, int] | None = None
    for index in range(body):
        text = lines[index].text
        if len(text) > _TITLE_MAX_CHARS or noise(text) or printed_date(text, ""):
            continue
        words = _SYLLABLE.findall(folded[index])
        if not words:
            continue
        score = 2.0 * sum(word in syllables for word in words) / len(words)
        score += 2.0 * (folded[index] in folded[index + 1 :])
        score += 1.0 * (index + 1 < len(lines) and printed_date(lines[index + 1].text, text) is not None)
        score += 1.0 * (len(words) >= 5) - 1.5 * (len(words) < 4) - 0.5 * text.endswith((":", ";", ","))
        if best is None or score > best[0]:
            best = (score, index)
    return None if best is None else best[1]


def _made_title(lines: Sequence[Line]) -> str:
    """The opening words of a text without title."""
    first = lines[0].text
    if len(first) <= 120:
        return first
    return first[:120].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
