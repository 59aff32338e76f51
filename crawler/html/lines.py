"""A page's tree -> its lines in document order, each with the place in the tree where it stands.

The tree is walked once, top down; what a line's ancestors say of it (furniture, caption, link) is handed down with the
walk, so that no line has to climb back up.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, count
from unicodedata import normalize

from lxml.etree import _Element
from lxml.html import HtmlElement

from crawler.article import Role
from crawler.draft import Line, tidy
from crawler.html.tables import below_picture, is_data, row_texts

BLOCK_TAGS = frozenset(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr html li main menu nav ol p pre section summary table tbody td tfoot th thead tr "
    "ul".split()
)
_SKIPPED = frozenset(
    "script style noscript template iframe math button select option textarea input object embed audio video "
    "canvas head map datalist dialog".split()
)
_EMBEDDING = frozenset({"iframe", "object", "embed"})
# Icons are drawn by ligatures: the word in them is a picture's name.
_ORNAMENTS = frozenset({"i", "span"})
# Shown, but no words: they part the words around them.
_PICTURES = frozenset({"img", "amp-img", "svg", "mat-icon"})
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_FURNITURE_TAGS = frozenset({"nav", "aside", "footer"})
# A page's body is called after all that is on it ("has-sidebar"), and so is its article.
_WHOLE_TAGS = frozenset({"html", "body", "main", "article"})
_CAPTION = re.compile(
    r"caption|chu-?thich|chú-?thích|image-?desc|desc[-_]?(?:image|img|photo)|photo-?(?:desc|note)|img-?(?:note|desc)|picdesc",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"\b(?:sapo|lead|chapo|chapeau|summary|tom-?tat|trichyeu|description|article[-_]desc|news[-_]?intro)\b",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"\b(?:share|sharing|social|related|relate|tags?|breadcrumbs?|comments?|binh-?luan|tin-?lien-?quan|tinlienquan|"
    r"advert(?:isement)?|quang-?cao|pagination|sidebar|footer|menu|navbar|navigation|popup|rating|luot-?xem|"
    r"newsletter|sign-?up|subscribe|promo|recommended|recirc|trending|most-?(?:popular|read|viewed)|taboola|outbrain|"
    r"disqus|toolbar|cookies?|weather|thoi-?tiet|poll|vote|binh-?chon|reactions?|emotions?|hotline|vjs|tin-khac|"
    r"cung-chuyen-muc|phan-?trang|tham-?do|toc|muc-?luc|amp-ad|fb-post|post-?meta(?:data)?)\b|[a-z]*Vote(?:Title|Box)\b"
    # "view-mode-full" and "view-article" name whole pages.
    r"|(?<![\w-])views?(?![\w-])|\b(?:post|page|total|num)?-?views?-?count(?:er|s)?\b",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"\b(?:image|photo|picture|img|figure)s?\b", re.IGNORECASE)
# Boxes of what others wrote stay such boxes however much is in them.
_OTHERS = re.compile(r"comment|binh-?luan|relate|lien-?quan|tin-khac|disqus|taboola|outbrain", re.IGNORECASE)
_AUTHOR = re.compile(r"\b(?:author|tac-?gia|byline|article-author|author-?name)\b", re.IGNORECASE)
_TITLE = re.compile(r"title|tieu-?de|headline", re.IGNORECASE)
_FILES = re.compile(
    r"\b(?:attachments?(?!-?\d)(?:container|list)?|(?:tep-?|file-?|tai-?lieu-?)?dinh-?kem|download-?files?|file-?download)\b",
    re.IGNORECASE,
)
# What stands under a quotation is who said it, not what a picture shows.
_QUOTED = re.compile(r"\b(?:quote|blockquote|pull-?quote|trich-?dan)\b", re.IGNORECASE)
# Classes of the common style sheets for what is there for machines or screen readers alone. Scripts show some of it
# later, so only short text is believed to be hidden.
_HIDING = re.compile(
    r"(?<![\w-])(?:hidden|d-none(?!.*\bd-\w+-(?:block|flex|inline))|sr-only|visually-?hidden|screen-reader-text|"
    r"hide-accessible)(?![\w-])"
)
_HIDDEN_CHARS = 200
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NO_WORD = re.compile(r"[^\w%]+")
_MAX_DEPTH = 250
_MAX_NAMES_CHARS = 1000  # what says more says nothing, and would be searched for hours and kept
_PICTURE_DEPTH = 4
_RUNNING_CHARS = 80
_MOST = 0.6


@dataclass(frozen=True, slots=True)
class Marks:
    """What an element's class and id say of it."""

    caption: bool
    lead: bool
    furniture: bool
    picture: bool
    author: bool
    title: bool
    files: bool
    quoted: bool
    hidden: bool


_UNMARKED = Marks(False, False, False, False, False, False, False, False, False)


@lru_cache(maxsize=8192)
def marks_of(names: str) -> Marks:
    """What the words of a class and an id, joined by a blank, say."""
    return Marks(
        caption=_CAPTION.search(names) is not None,
        lead=_LEAD.search(names) is not None,
        furniture=_FURNITURE.search(names.replace("_", "-")) is not None,
        picture=_PICTURE.search(names.replace("_", "-")) is not None,
        author=_AUTHOR.search(names) is not None,
        title=_TITLE.search(names.replace("_", "-")) is not None,
        files=_FILES.search(names.replace("_", "-")) is not None,
        quoted=_QUOTED.search(names) is not None,
        hidden=_HIDING.search(names) is not None,
    )


@dataclass(slots=True, eq=False)
class Place:
    """An element of the walk. Places are numbered in document order; those within it are `order` to `end`, exclusive.

    depth: 0 for the root. furniture, form, table: the nearest element around it, itself included, that is furniture by
    its tag or class, a form, or a table. holds_text: it is called like furniture, but most of the page's text is in it.
    files: the nearest box of files to download around it. quoted: it stands in a quotation.
    """

    element: HtmlElement
    parent: "Place | None"
    marks: Marks
    order: int
    depth: int
    furniture: "Place | None"
    form: "Place | None"
    table: "Place | None"
    files: "Place | None"
    quoted: bool
    end: int = 0
    holds_text: bool = False

    def within(self, other: "Place") -> bool:
        """Whether it is `other` or stands in it."""
        return other.order <= self.order < other.end

    def nearest_with(self, other: "Place") -> "Place":
        """The smallest element around both."""
        place: Place = other
        while not self.within(place) and place.parent is not None:
            place = place.parent
        return place

    def in_picture(self) -> bool:
        """Whether one of the elements right around it is by its class a picture's box."""
        place: Place | None = self
        for _ in range(_PICTURE_DEPTH):
            if place is None:
                return False
            if place.marks.picture:
                return True
            place = place.parent
        return False

    def furniture_within(self, home: "Place | None") -> "Place | None":
        """The nearest furniture around it, itself included; below `home` only, where it is in there."""
        box = self.furniture
        while box is not None and box.holds_text:
            box = box.parent.furniture if box.parent is not None else None
        # ASP.NET wraps whole pages in one form: it is furniture only within the text.
        if home is not None and self.form is not None and (box is None or box.depth < self.form.depth):
            box = self.form
        reach = home.depth if home is not None and self.within(home) else -1
        return box if box is not None and box.depth > reach else None

    def in_furniture(self, home: "Place | None") -> bool:
        """Whether there is such furniture."""
        return self.furniture_within(home) is not None

    def by_others(self) -> bool:
        """Whether it stands in what readers or other pages wrote: comments, lists of related stories."""
        box = self.furniture
        while box is not None:
            if _OTHERS.search(_names(box.element).replace("_", "-")):
                return True
            box = box.parent.furniture if box.parent is not None else None
        return False

    def in_files(self, home: "Place") -> bool:
        """Whether it stands in a box of files to download in which `home` does not stand."""
        return self.files is not None and not home.within(self.files)


@dataclass(slots=True)
class Seen:
    """A line of the page and where it was seen.

    key: its letters and digits alone, in small letters. linked: the share of its characters within links, 0 to 1.
    bold: it is printed bold throughout. after_image: a picture stands between the line before and this one.
    """

    line: Line
    place: Place
    key: str
    linked: float
    bold: bool = False
    after_image: bool = False


def squeeze(text: str) -> str:
    """Letters and digits alone, in small letters: what two prints of one line share."""
    return _NO_WORD.sub("", normalize("NFC", text)).casefold()


def text_within(element: _Element, max_chars: int) -> str:
    """The tidy text of an element, "" where it is longer than `max_chars`; no more of it is looked at than needed."""
    size = 0
    parts: list[str] = []
    for part in element.itertext():
        size += len(part) if part.strip() else 1
        if size > 2 * max_chars:
            return ""
        parts.append(str(part))
    text = tidy("".join(parts))
    return text if len(text) <= max_chars else ""


@dataclass(slots=True)
class Walk:
    """What a walk over a tree met, each in order.

    authors, titles: elements that a class or id calls so. times: `<time>`, and what microdata calls the time of
    publication. anchors: links, and what is embedded from elsewhere.
    """

    lines: list[Seen] = field(default_factory=list)
    authors: list[Place] = field(default_factory=list)
    titles: list[Place] = field(default_factory=list)
    times: list[Place] = field(default_factory=list)
    anchors: list[Place] = field(default_factory=list)


def walk(root: HtmlElement, *, without: Collection[HtmlElement] = ()) -> Walk:
    """Walk a tree in document order; a table of data gives one line a row.

    without: elements to leave out with all that is in them.
    """
    walker = _Walker(frozenset(without))
    walker.visit(root, None, "paragraph", 0, linked=False, bold=False)
    _clear(walker.boxes, walker.met.lines)
    return walker.met


def _clear(boxes: Sequence[Place], lines: Sequence[Seen]) -> None:
    """Note which elements called after the layout ("sidebar-1", "has-menu") hold most of the page's text."""
    wordy = sorted(
        (item.place.order, len(item.line.text))
        for item in lines
        if len(item.line.text) >= _RUNNING_CHARS and item.linked < 0.5
    )
    orders = [order for order, _ in wordy]
    sums = [0, *accumulate(size for _, size in wordy)]
    for box in boxes:
        names = _names(box.element).replace("_", "-")
        if box.marks.furniture and box.element.tag not in _FURNITURE_TAGS and not _OTHERS.search(names):
            inside = sums[bisect_left(orders, box.end)] - sums[bisect_left(orders, box.order)]
            box.holds_text = inside > _MOST * sums[-1]


class _Walker:
    """Gathers inline text until a block begins, ends or is broken by `<br>`."""

    def __init__(self, without: frozenset[HtmlElement]) -> None:
        self.met = Walk()
        self.boxes: list[Place] = []
        self._without = without
        self._order = count()
        self._parts: list[str] = []
        self._linked = 0
        self._bold = 0
        self._total = 0
        self._image = False

    def visit(
        self, element: HtmlElement, around: Place | None, role: Role, level: int, *, linked: bool, bold: bool
    ) -> None:
        tag = element.tag
        if not isinstance(tag, str) or element in self._without:
            return
        if tag in _SKIPPED:
            if tag in _EMBEDDING:
                self.met.anchors.append(self._closed(element, tag, around))
            return
        if tag == "br":
            if around is not None:
                self._flush(around, role, level)
            return
        if tag in _PICTURES:
            self._image = self._image or tag in ("img", "amp-img")
            self._parts.append(" ")
            return
        names = ""
        if element.attrib:
            if _is_hidden(element, tag):
                return
            names = _names(element)
            if names and marks_of(names).hidden and text_within(element, _HIDDEN_CHARS):
                return
        if "-" in tag:  # a custom element's name says what a class would
            names = f"{tag} {names}"
        block = tag in BLOCK_TAGS
        place = around
        if block or names or around is None or tag == "time" or element.get("itemprop") is not None:
            place = self._place(element, tag, around, names)
            if place.depth > _MAX_DEPTH:
                return
        assert place is not None
        if block:
            if around is not None:
                self._flush(around, role, level)
            role, level = _role_of(tag, place, role, level)
            if tag == "table" and is_data(element):
                self._rows(element, place)
                place.end = next(self._order)
                return
            bold = bold or tag == "th" or role == "heading"
        elif tag == "a":
            linked = True
            self.met.anchors.append(place if place.element is element else self._closed(element, tag, around))
        elif tag in ("b", "strong"):
            bold = True
        self._add(element.text, linked=linked, bold=bold)
        for child in element:
            self.visit(child, place, role, level, linked=linked, bold=bold)
            self._add(child.tail, linked=linked, bold=bold)
        if block or around is None:
            self._flush(place, role, level)
        if place is not around:
            place.end = next(self._order)

    def _place(self, element: HtmlElement, tag: str, around: Place | None, names: str) -> Place:
        marks = marks_of(names[:_MAX_NAMES_CHARS]) if names else _UNMARKED
        depth = around.depth + 1 if around is not None else 0
        place = Place(
            element=element,
            parent=around,
            marks=marks,
            order=next(self._order),
            depth=depth,
            furniture=around.furniture if around is not None else None,
            form=around.form if around is not None else None,
            table=around.table if around is not None else None,
            files=around.files if around is not None else None,
            quoted=marks.quoted or tag == "blockquote" or (around is not None and around.quoted),
        )
        prop = element.get("itemprop") if element.attrib else None
        if marks.author or prop == "author":
            self.met.authors.append(place)
        if marks.title and tag not in _HEADINGS:
            self.met.titles.append(place)
        if tag == "time" or prop == "datePublished":
            self.met.times.append(place)
        if (marks.furniture and tag not in _WHOLE_TAGS) or tag in _FURNITURE_TAGS:
            place.furniture = place
            self.boxes.append(place)
        if marks.files and tag not in _WHOLE_TAGS:
            place.files = place
        if tag == "form":
            place.form = place
        elif tag == "table":
            place.table = place
        return place

    def _closed(self, element: HtmlElement, tag: str, around: Place | None) -> Place:
        """The place of an element that is not walked into."""
        place = self._place(element, tag, around, _names(element))
        place.end = next(self._order)
        return place

    def _rows(self, table: HtmlElement, place: Place) -> None:
        for caption in table.iterchildren("caption"):
            self._add(caption.text_content(), linked=False, bold=False)
            self._flush(place, "caption", 0)
        self.met.anchors += [self._closed(anchor, "a", place) for anchor in table.iter("a")]
        for row, text, linked in row_texts(table, _text_of):
            around = self._closed(row, "tr", place)
            self.met.lines.append(Seen(Line(text=text, role="row"), around, squeeze(text), linked))

    def _flush(self, place: Place, role: Role, level: int) -> None:
        if not self._parts:
            return
        text = tidy("".join(self._parts))
        if text:
            self.met.lines.append(
                Seen(
                    Line(text=text, role=role, level=level),
                    place,
                    squeeze(text),
                    self._linked / max(self._total, 1),
                    bold=self._bold >= 0.95 * self._total,
                    after_image=self._image or below_picture(place.element),
                )
            )
            self._image = False
        self._parts.clear()
        self._linked = self._bold = self._total = 0

    def _add(self, text: str | None, *, linked: bool, bold: bool) -> None:
        if text:
            self._parts.append(text)
            size = len(text.strip())
            self._total += size
            self._linked += size if linked else 0
            self._bold += size if bold else 0


def _is_hidden(element: HtmlElement, tag: str) -> bool:
    """Whether readers do not see an element, or only where something else fails (AMP's fallback)."""
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
        return True
    if tag in _ORNAMENTS and (element.get("aria-hidden") == "true" or element.get("role") == "img"):
        return True
    return element.get("fallback") is not None or element.get("placeholder") is not None


def _names(element: HtmlElement) -> str:
    named, numbered = element.get("class"), element.get("id")
    return f"{named or ''} {numbered or ''}" if named or numbered else ""


def _text_of(cell: HtmlElement) -> str:
    return " ".join(item.line.text for item in walk(cell).lines)


def _role_of(tag: str, place: Place, role: Role, level: int) -> tuple[Role, int]:
    marks = place.marks
    if role == "caption" or tag in ("figcaption", "caption") or (marks.caption and not place.quoted):
        return "caption", 0
    if tag in _HEADINGS:
        return ("lead", 0) if marks.lead else ("heading", _HEADINGS[tag])
    if marks.lead and tag in ("p", "div", "section"):
        return "lead", 0
    if tag == "li" or (role == "item" and tag in ("p", "div")):
        return "item", 0
    if role in ("lead", "heading") and tag in ("p", "div"):
        return role, level
    return "paragraph", 0


def common_place(items: Sequence[Seen], *, share: float = 0.9, by_chars: bool = False) -> Place | None:
    """The smallest element around that share of the lines, or of their characters.

    One stray line must not widen it to the page.
    """
    layers: dict[int, dict[Place, int]] = {}
    total = 0
    for item in items:
        weight = len(item.line.text) if by_chars else 1
        layer = layers.setdefault(item.place.depth, {})
        layer[item.place] = layer.get(item.place, 0) + weight
        total += weight
    needed = share * total
    for depth in range(max(layers, default=-1), -1, -1):
        for place, number in layers.get(depth, {}).items():
            if number >= needed:
                return place
            if place.parent is not None:
                above = layers.setdefault(depth - 1, {})
                above[place.parent] = above.get(place.parent, 0) + number
    return None
