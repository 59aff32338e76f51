"""Which of a page's lines, or of its names in the head, is the title of its article.

Many portals print the site's name in h1 and in `<title>`, and the article's title in a cell of a class of its own; so
every candidate is weighed by where it stands, what repeats it, and what it shares with the text below it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crawler.html.lines import Seen, Walk, squeeze, text_within
from crawler.html.metadata import Metadata
from crawler.text.clean import is_body

_SITE_MARK = re.compile(r"\s+[|–—»«:]+\s+|\s+-\s+")
_SYLLABLE = re.compile(r"\w+")
_MAX_CHARS = 300
_BODY_CHARS = 8000
_LINES_BELOW = 8
_LINES_ABOVE = 3
_MIN_WEIGHT = 1.0
_MIN_WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A text that may be the title. weight: what its own place speaks for it."""

    text: str
    key: str
    weight: float


def read_title(walked: Walk, meta: Metadata) -> str:
    """The title of the page's article, "" where nothing names it well enough."""
    syllables = _syllables(walked.lines)
    official, name, site = squeeze(meta.title or ""), squeeze(meta.name), squeeze(meta.site or "")

    def weigh(candidate: _Candidate) -> float:
        words = _SYLLABLE.findall(candidate.text.casefold())
        if not words or not candidate.key:
            return -10.0
        weight = candidate.weight + 2.0 * sum(word in syllables for word in words) / len(words)
        weight += 1.5 * _agree(candidate.key, official) + 1.0 * _agree(candidate.key, name)
        weight -= 1.5 * (len(words) < _MIN_WORDS) + 2.0 * (candidate.key == site)
        return weight

    weighed = [(weigh(candidate), candidate.text) for candidate in (*_printed(walked), *_named(meta))]
    best, title = max(weighed, key=lambda pair: pair[0], default=(0.0, ""))
    return title if best >= _MIN_WEIGHT else ""


def _agree(key: str, name: str) -> bool:
    return bool(name) and (key in name or name in key)


def _syllables(seen: Sequence[Seen]) -> set[str]:
    """Those of the page's running text, or of as much of it as tells what it is about."""
    texts: list[str] = []
    size = 0
    for item in seen:
        if is_body(item.line) and item.linked < 0.5 and not item.place.in_furniture(None):
            texts.append(item.line.text.casefold())
            size += len(item.line.text)
            if size > _BODY_CHARS:
                break
    return set(_SYLLABLE.findall(" ".join(texts)))


def _printed(walked: Walk) -> Iterator[_Candidate]:
    """Headings, lines in elements called a title, and bold lines right above the text."""
    seen = walked.lines
    body = [is_body(item.line) and item.linked < 0.5 and not item.place.in_furniture(None) for item in seen]
    position = {item.key: index for index, item in reversed(list(enumerate(seen)))}

    def stands(index: int) -> float:
        """How much a line stands as a title does: above text, and not below it as a sub-heading does."""
        below, before = body[index + 1 : index + 1 + _LINES_BELOW], body[max(0, index - _LINES_ABOVE) : index]
        return 1.0 * any(below) - 1.0 * any(before)

    for index, item in enumerate(seen):
        heading = item.line.role == "heading"
        if len(item.line.text) > _MAX_CHARS or not (heading or (item.bold and not body[index])):
            continue
        weight = stands(index) - 0.5 * (item.linked > 0.5)
        weight += {1: 0.5, 2: 0.25, 3: 0.25}.get(item.line.level, 0.0) if heading else 0.0
        if heading or weight > 0:
            yield _Candidate(text=item.line.text, key=item.key, weight=weight)
    for place in walked.titles:
        text = text_within(place.element, _MAX_CHARS)
        if text and next(place.element.iter("h1", "h2", "h3", "h4"), None) is None:
            key = squeeze(text)
            yield _Candidate(text=text, key=key, weight=0.5 + (stands(position[key]) if key in position else 0.0))


def _named(meta: Metadata) -> Iterator[_Candidate]:
    for name in (meta.title, meta.name):
        text = _without_site(name, meta.site) if name else ""
        if text:
            yield _Candidate(text=text, key=squeeze(text), weight=0.0)


def _without_site(title: str, site: str | None) -> str:
    """The title less the site's name, which pages add after (or before) a mark."""
    if site and title.casefold().endswith(site.casefold()) and len(title) > len(site):
        return title[: -len(site)].rstrip(" -–—|»:")
    parts = _SITE_MARK.split(title)
    if len(parts) > 1 and len(parts[-1]) < len(title) / 2 and len(parts[-1].split()) <= 8:
        return title[: title.rindex(parts[-1])].rstrip(" -–—|»:")
    return title
