"""Criteria sets of an article, read line by line from the table of an appendix, or of a page that restates it."""

import re
from dataclasses import dataclass, field, replace

from crawler.article import Article, Block
from index.criteria.misprints import anomalies
from index.criteria.rows import Row, read_rows, trim
from index.criteria.sets import CriteriaSet, Criterion, Item, Option, Part
from index.law.address import find_document_numbers
from index.law.own_numbers import own_numbers
from index.span import Span

# A set opens with a part: no article without such a line has one.
_MAYBE = re.compile(r"^(?:phần\s+[A-Z](?!\w)|[A-Z]\s*[.:)|])", re.IGNORECASE | re.MULTILINE)
# How many lines above its table a set's heading may stand: the blanks of the form to fill in come between.
_ABOVE = 24
_HEADING_CHARS = 200
_KIND_OF_SET = r"bộ(?:\s+(?:tiêu\s+chí|sản\s+phẩm))+(?:\s+số)?|bộ(?:\s+số)?(?=\s+\d)"
_HEADING = re.compile(
    rf"(?:(?P<before>\d{{1,2}})\s*[.)]\s*)?(?:{_KIND_OF_SET})(?:\s+(?P<after>\d{{1,2}})(?!\w))?\s*[-:.(–]?\s*(?P<name>\S.*)"
    r"|(?P<numbered>\d{1,2})\s*[.)]\s*(?P<plain>sản\s+phẩm\s.+)",
    re.IGNORECASE,
)
_IN_TITLE = re.compile(
    rf"(?:{_KIND_OF_SET})(?:\s+(?P<number>\d{{1,2}})(?!\w))?\s*[-:.(–]?\s*(?P<name>\S.*)", re.IGNORECASE
)
_REMARK = re.compile(r"\s*\([^()]*\)\s*$")
_CLASSIFICATION = re.compile(r"\(?(?P<inside>(?:sản phẩm|nhóm|ngành)\s*:\s*[^()]+)\)?\.?", re.IGNORECASE)
_FIELD = re.compile(r"(?P<name>sản phẩm|phân nhóm|nhóm|ngành)\s*:\s*", re.IGNORECASE)
_REJECTED = re.compile(r"(?:hồ sơ\s+)?(?:sẽ\s+)?bị loại(?:\s+(?:thẳng|ngay))?\s*(?:khi|nếu)(?!\w)", re.IGNORECASE)
_CASE = re.compile(r"(?:[a-zđ]\s*[.)]\s*)?trường hợp\s+\d|[a-zđ]\s*[.)]\s", re.IGNORECASE)


@dataclass(slots=True)
class _Node:
    """A part, item or criterion while the lines under it are read."""

    row: Row
    notes: list[Span] = field(default_factory=list)
    options: list[tuple[Row, Span | None]] = field(default_factory=list)
    below: list["_Node"] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """A set while it is read. above: the lines over its table. case: the heading of alternatives now open."""

    above: list[Block]
    start: int
    end: int
    parts: list[_Node] = field(default_factory=list)
    item: _Node | None = None
    criterion: _Node | None = None
    case: Span | None = None
    total: Row | None = None
    notes: list[Span] = field(default_factory=list)
    rejected: list[Span] = field(default_factory=list)


def criteria_sets(article: Article) -> tuple[CriteriaSet, ...]:
    """The sets that an article prints, in order; () where it has none. In time that grows with its text."""
    if _MAYBE.search(article.text) is None:
        return ()
    done: list[_Open] = []
    above: list[Block] = []
    current: _Open | None = None
    for block in article.blocks:
        for row in read_rows(article.text, block):
            if current is not None and row.role == "part" and row.loose and not _opens_part(current, row):
                row = replace(row, role="option", label=Span(row.start, row.label[1]))  # noqa: PLW2901 - what it is after all
            if current is not None and _ends(article.text, current, row, block):
                done.append(current)
                current, above = None, []
            if current is None and row.role == "part":
                current = _Open(above=above[-_ABOVE:], start=row.start, end=row.end)
                above = []
            if current is not None:
                _take(article.text, current, row, block)
            elif not above or above[-1] is not block:
                above.append(block)
    if current is not None:
        done.append(current)
    done = [one for one in done if any(part.below for part in one.parts)]
    if not done:
        return ()
    own = own_numbers(article)
    number = own[0].label if own else None
    return tuple(_finished(article, one, number, alone=len(done) == 1) for one in done)


def _ends(text: str, current: _Open, row: Row, block: Block) -> bool:
    """Whether a line no longer belongs to the set being read."""
    if row.role == "part":
        return current.total is not None or row.code in {part.row.code for part in current.parts}
    if current.total is not None:
        return row.role != "note" and _REJECTED.match(text, block.start, block.end) is None
    return block.role != "row" and row.role == "other" and _heading(text, block) is not None


def _opens_part(current: _Open, row: Row) -> bool:
    """Whether a letter without "Phần" is the next part of a set that letters them so, or the first of another set."""
    last = current.parts[-1].row
    return current.total is not None or (last.loose and ord(row.code) == ord(last.code) + 1)


def _take(text: str, current: _Open, row: Row, block: Block) -> None:
    """Put one line where it belongs."""
    label = text[slice(*row.label)]
    if row.role == "total":
        current.total = row
    elif row.role == "part":
        current.parts.append(_Node(row=row))
        current.item = current.criterion = current.case = None
    elif row.role == "item" and not _opens_item(current, row):
        if row.figure is None:
            _note(current, Span(row.start, row.end))
        elif (node := current.criterion or current.item) is not None:
            node.options.append((replace(row, role="option", label=Span(row.start, row.label[1])), current.case))
    elif row.role == "item":
        current.item = _Node(row=row)
        current.criterion = current.case = None
        current.parts[-1].below.append(current.item)
    elif row.role == "criterion":
        if current.criterion is not None and current.criterion.row.code == row.code and _same(text, current, row):
            return
        if current.item is None:
            current.item = _Node(row=row)
            current.parts[-1].below.append(current.item)
        current.criterion, current.case = _Node(row=row), None
        current.item.below.append(current.criterion)
    elif row.role == "option" and (node := current.criterion or current.item) is not None:
        node.options.append((row, current.case))
    elif _REJECTED.match(text, row.start, row.end):
        current.rejected.append(Span(row.start, row.end))
    elif block.role == "heading":
        # What stands under another heading is no longer of the criterion above.
        current.item = current.criterion = current.case = None
        return
    elif row.role == "note":
        if _CASE.match(label) and current.total is None:
            current.case = row.label
        _note(current, row.label)
    else:
        return
    current.end = row.end


def _opens_item(current: _Open, row: Row) -> bool:
    """Without points, or without a point after it, a number opens an item only where it is the next."""
    before = current.parts[-1].below[-1:] or [node for part in current.parts for node in part.below][-1:]
    last = int(before[0].row.code.split(".")[0]) if before else 0
    return (row.figure is not None and not row.loose) or int(row.code) == last + 1


def _same(text: str, current: _Open, row: Row) -> bool:
    """Whether a criterion is the one already open, told again beside its next option."""
    return current.criterion is not None and text[slice(*current.criterion.row.label)] == text[slice(*row.label)]


def _note(current: _Open, span: Span) -> None:
    node = current.criterion or current.item
    (node.notes if node is not None and current.total is None else current.notes).append(span)


def _heading(text: str, block: Block) -> re.Match[str] | None:
    """The heading of a set that a line is."""
    # A sentence that begins with these words heads nothing.
    stops = text[block.end - 1] == "." and not text.endswith("..", block.start, block.end)
    if block.role == "row" or stops or block.end - block.start > _HEADING_CHARS:
        return None
    return _HEADING.fullmatch(text, block.start, block.end)


def _finished(article: Article, current: _Open, document: str | None, *, alone: bool) -> CriteriaSet:
    text = article.text
    position, heading = next(
        (
            (place, match)
            for place in reversed(range(len(current.above)))
            if (match := _heading(text, current.above[place]))
        ),
        (len(current.above), None),
    )
    number, name, name_span = _name(article, heading, alone=alone)
    lines = current.above[position + 1 :] if heading is not None or not alone else current.above
    classified = next(
        (match for one in lines if (match := _CLASSIFICATION.fullmatch(text, one.start, one.end)) is not None), None
    )
    fields = _fields(text, classified)
    rejected = [
        Span(one.start, one.end) for one in lines if _REJECTED.match(text, one.start, one.end)
    ] + current.rejected
    parts = tuple(_part(text, node) for node in current.parts)
    total = current.total.figure if current.total is not None else None
    return CriteriaSet(
        article_id=article.id,
        digest=article.digest,
        document=document,
        summary=article.kind == "guide",
        number=number,
        name=name,
        name_span=name_span,
        classification=classified["inside"].strip() if classified is not None else None,
        classification_span=trim(text, *classified.span("inside")) if classified is not None else None,
        group=fields.get("sản phẩm") or fields.get("ngành"),
        subgroup=fields.get("phân nhóm") or fields.get("nhóm"),
        parts=parts,
        total=total.value if total is not None else None,
        total_span=total.span if total is not None else None,
        rejected_when=tuple({text[slice(*span)]: span for span in reversed(rejected)}.values())[::-1],
        notes=tuple(current.notes),
        start=heading.start() if heading is not None else current.start,
        end=current.end,
        anomalies=anomalies(parts, total),
    )


def _name(article: Article, heading: re.Match[str] | None, *, alone: bool) -> tuple[int | None, str, Span | None]:
    """Number and name of a set: of its heading, else (of the only set of a page) of the title."""
    if heading is not None:
        which = "name" if heading["name"] is not None else "plain"
        start, end = trim(article.text, *heading.span(which))
        if article.text[end - 1 : end] == ")" and "(" not in article.text[start:end]:
            end -= 1
        number = heading["after"] or heading["before"] or heading["numbered"]
        return int(number) if number else None, article.text[start:end], Span(start, end)
    titled = _IN_TITLE.search(article.title) if alone else None
    if titled is not None:
        name = titled["name"].strip()
        remark = _REMARK.search(name)
        if remark is not None and find_document_numbers(remark[0]):
            # "(Phụ lục II, Quyết định 26/2026/QĐ-TTg)" says where the set stands, not what it is for.
            name = name[: remark.start()]
        return int(titled["number"]) if titled["number"] else None, name if "(" in name else name.strip(" )"), None
    return None, article.title if alone else "", None


def _fields(text: str, classified: re.Match[str] | None) -> dict[str, str]:
    """ "Sản phẩm: Thực phẩm. Nhóm: Chè" -> {"sản phẩm": "Thực phẩm", "nhóm": "Chè"}."""
    if classified is None:
        return {}
    inside = classified["inside"]
    marks = list(_FIELD.finditer(inside))
    ends = [mark.start() for mark in marks[1:]] + [len(inside)]
    return {mark["name"].lower(): inside[mark.end() : end].strip(" .,;") for mark, end in zip(marks, ends, strict=True)}


def _part(text: str, node: _Node) -> Part:
    row = node.row
    return Part(
        code=row.code,
        label=text[slice(*row.label)],
        start=row.label[0],
        end=row.label[1],
        max=row.figure.value if row.figure is not None else None,
        printed=row.figure.printed if row.figure is not None else "",
        max_span=row.figure.span if row.figure is not None else None,
        heading_max=row.in_heading.value if row.in_heading is not None else None,
        heading_span=row.in_heading.span if row.in_heading is not None else None,
        items=tuple(_item(text, below) for below in node.below),
    )


def _item(text: str, node: _Node) -> Item:
    row = node.row
    own = not node.below
    codes = {below.row.code for below in node.below}
    groups = {code.rpartition(".")[0] for code in codes}
    criteria = [_criterion(text, below, codes, groups) for below in ([node] if own else node.below)]
    return Item(
        code=row.code,
        label=text[slice(*row.label)],
        start=row.label[0],
        end=row.label[1],
        max=row.figure.value if row.figure is not None else None,
        printed=row.figure.printed if row.figure is not None else "",
        max_span=row.figure.span if row.figure is not None else None,
        criteria=tuple(criteria),
        notes=() if own else (*row.notes, *node.notes),
    )


def _criterion(text: str, node: _Node, codes: set[str], groups: set[str]) -> Criterion:
    """A criterion of an item with these codes, of which those in `groups` have others under them."""
    row = node.row
    parent = row.code.rpartition(".")[0]
    options = [_option(text, option, case) for option, case in node.options]
    one_line = not options and row.code in codes - groups and row.figure is not None and row.figure.value == 1
    if one_line:
        options = [replace(_option(text, row, None), implied=True)]
    return Criterion(
        code=row.code,
        label=text[slice(*row.label)],
        start=row.label[0],
        end=row.label[1],
        max=row.figure.value if row.figure is not None else None,
        printed=row.figure.printed if row.figure is not None else "",
        max_span=row.figure.span if row.figure is not None else None,
        options=tuple(options),
        notes=(*row.notes, *node.notes, *(note for option, _ in node.options for note in option.notes)),
        parent=parent if parent in codes else None,
    )


def _option(text: str, row: Row, case: Span | None) -> Option:
    figure = row.figure
    return Option(
        text=text[slice(*row.label)],
        start=row.label[0],
        end=row.label[1],
        points=figure.value if figure is not None else None,
        printed=figure.printed if figure is not None else "",
        points_start=figure.span[0] if figure is not None else None,
        points_end=figure.span[1] if figure is not None else None,
        min_star=row.star,
        star_span=row.star_span,
        implied=False,
        case=case,
    )
