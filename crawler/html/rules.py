"""A source's own CSS rules, applied to the page's tree."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from crawler.draft import Bin, tidy
from crawler.html.lines import Seen, walk
from crawler.sources import Select

_BLOCKS = frozenset({"p", "div", "li", "aside", "td"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """What the rules found; None or "" where a rule is missing or matches nothing.

    lines: those of the `body` rule less the `drop` rules. published: as written. note: the line around the link to the
    original, which is about the page and not of its text.
    """

    title: str | None
    lines: list[Seen] | None
    published: str | None
    author: str | None
    original_url: str | None
    note: str


def select(tree: HtmlElement, rules: Select, dropped: Bin) -> Selected:
    """Apply the rules; what `drop` takes out of the text goes into `dropped`."""
    original = _first(tree, rules.original)
    href = (original.get("href") or "").strip() if original is not None else ""
    return Selected(
        title=_text(_first(tree, rules.title)),
        lines=_lines(tree, rules, dropped),
        published=_date(_first(tree, rules.published)),
        author=_text(_first(tree, rules.author)),
        original_url=href if href.startswith(("http://", "https://")) else None,
        note=_note(original),
    )


@lru_cache(maxsize=512)
def _compiled(rule: str) -> CSSSelector:
    return CSSSelector(rule, translator="html")


def _all(tree: HtmlElement, rule: str) -> Sequence[HtmlElement]:
    return cast(list[HtmlElement], _compiled(rule)(tree))


def _first(tree: HtmlElement, rule: str | None) -> HtmlElement | None:
    return next(iter(_all(tree, rule)), None) if rule else None


def _lines(tree: HtmlElement, rules: Select, dropped: Bin) -> list[Seen] | None:
    bodies = _all(tree, rules.body) if rules.body else ()
    if not bodies:
        return None
    left_out: set[HtmlElement] = set()
    for rule in rules.drop:
        for part in _all(tree, rule):
            if part not in left_out:
                dropped.add(_spaced(part), f"quy tắc của nguồn: {rule}")
                left_out.add(part)
    inner = {body for body in bodies if any(around in bodies for around in body.iterancestors())}
    return [item for body in bodies if body not in inner for item in walk(body, without=left_out).lines]


def _spaced(element: HtmlElement) -> str:
    return tidy(" ".join(element.itertext()))


def _text(element: HtmlElement | None) -> str | None:
    return _spaced(element) or None if element is not None else None


def _date(element: HtmlElement | None) -> str | None:
    if element is None:
        return None
    return element.get("datetime") or element.get("content") or _spaced(element)


def _note(link: HtmlElement | None) -> str:
    if link is None:
        return ""
    block = next((around for around in link.iterancestors() if around.tag in _BLOCKS), None)
    return tidy(block.text_content()) if block is not None else ""
