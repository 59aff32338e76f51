"""The characters that HTML source shows a reader, with where each of them is written.

Cut into tags, comments and text by the tokenizer of the HTML standard (WHATWG HTML, 13.2.5), as far as it decides
which characters are text; libxml2 since 2.14 cuts the same way. No tree is built.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from crawler.html.lines import BLOCK_TAGS

# Possessive throughout: a page full of quotes and "<" is read in one pass.
_TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    r"|<(?P<close>/?)(?P<name>[A-Za-z][^\s/>]*+)"
    r"(?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s\"'>][^\s>]*+)?+)?+)*+(?:>|\Z)"
    r"|<(?:[!?]|/(?=[^A-Za-z]))[^>]*+(?:>|\Z)",
    re.DOTALL,
)
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]*;?)")
# Elements whose content is text as it stands, and those that no reader sees (`crawler.html.page` leaves the same out).
_RAW = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes", "title", "textarea", "plaintext"})
_SILENT = frozenset(
    "script style noscript template iframe svg math button select option textarea object audio video canvas head map "
    "datalist dialog".split()
)


@dataclass(slots=True)
class _Token:
    """A tag or comment at `[start, end)` of the source; `name` in lower case, "" for a comment."""

    name: str
    closes: bool
    start: int
    end: int


def shown(source: str) -> Iterator[tuple[str, int, int]]:
    """(character, start, end of what writes it), references resolved; ("", at, at) where a block or line begins."""
    tokens = list(_tokens(source))
    silent = _silent_until(tokens)
    position = quiet_until = 0
    raw = False
    for index, token in enumerate([*tokens, _Token(name="", closes=False, start=len(source), end=len(source))]):
        if position >= quiet_until:
            yield from _resolved(source, position, token.start, raw=raw)
        if token.name in BLOCK_TAGS or token.name == "br":
            yield "", token.start, token.start
        quiet_until = max(quiet_until, silent.get(index, 0))
        raw = token.name in _RAW and token.name not in ("title", "textarea") and not token.closes
        position = token.end


def _tokens(source: str) -> Iterator[_Token]:
    position = 0
    while (match := _TOKEN.search(source, position)) is not None:
        name = (match["name"] or "").lower()
        yield _Token(name=name, closes=bool(match["close"]), start=match.start(), end=match.end())
        position = match.end()
        if name in _RAW and not match["close"]:
            closing = None if name == "plaintext" else re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
            found = closing.search(source, position) if closing is not None else None
            position = found.start() if found is not None else len(source)


def _silent_until(tokens: list[_Token]) -> dict[int, int]:
    """For each tag that begins what no reader sees: where that ends. One that is never closed ends with its parent,
    which only a tree can tell; what it hides then stands behind the text of a block and harms nothing."""
    following: dict[str, _Token] = {}
    result: dict[int, int] = {}
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token.name in _SILENT:
            after = following.get(token.name)
            if not token.closes and after is not None and after.closes:
                result[index] = after.end
            following[token.name] = token
    return result


def _resolved(source: str, start: int, stop: int, *, raw: bool) -> Iterator[tuple[str, int, int]]:
    position = start
    while position < stop:
        char = source[position]
        match = _REFERENCE.match(source, position, stop) if char == "&" and not raw else None
        resolved = unescape(match[0]) if match else char
        if match is not None and resolved != match[0]:
            # Without a semicolon a name may be followed by letters that are not its own: "&ampx" is "&x".
            for each in resolved:
                yield each, position, match.end()
            position = match.end()
        else:
            yield char, position, position + 1
            position += 1
