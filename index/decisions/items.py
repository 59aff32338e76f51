"""The products that a decision lists line by line, without a table: "1. Mật ong … của HTX …, xã …, đạt 4 sao"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.article import Article, Block
from index.decisions.addresses import is_place, parts_of_address
from index.decisions.decision import Act, ProductRow, Read
from index.decisions.doubts import doubted
from index.decisions.grades import agree, change_in, scores_in, stars_in
from index.decisions.labels import Labels, is_group, label_of
from index.decisions.listing import Above, above_of, ends_list, heads_list, is_attached
from index.decisions.names import is_person, is_producer, may_be_name
from index.span import Span

_ITEM = re.compile(r"\s*(?:(?P<serial>\d{1,3}|[a-zđ])\s*[.)]|[-–+*•])\s*(?=\S)")
_LABEL = re.compile(
    r"(?<!\w)(?P<label>(?:tên\s+)?sản\s+phẩm|(?:tên\s+)?chủ\s+thể(?:\s+sản\s+xuất)?|cơ\s+sở(?:\s+sản\s+xuất)?|đơn\s+vị|địa\s+chỉ|"
    r"(?:phân\s+|xếp\s+)?hạng(?:\s+sao)?|kết\s+quả|(?:số\s+|tổng\s+)?điểm|nhóm(?:\s+sản\s+phẩm)?|ghi\s+chú)\s*:\s*",
    re.IGNORECASE,
)
_KIND = (
    ("producer", re.compile(r"(?:tên\s+)?chủ\s+thể|cơ\s+sở|đơn\s+vị", re.IGNORECASE)),
    ("address", re.compile(r"địa\s+chỉ", re.IGNORECASE)),
    ("group", re.compile(r"nhóm", re.IGNORECASE)),
    ("name", re.compile(r"(?:tên\s+)?sản\s+phẩm", re.IGNORECASE)),
)
_LEAD_WORDS = re.compile(r"(?:các\s+)?sản\s+phẩm\s+(?=[^\W\d_])", re.IGNORECASE)
_MADE_BY = re.compile(r"\s+(?:của|do|thuộc)\s+(?:chủ\s+thể\s+(?:là\s+)?)?", re.IGNORECASE)
_PIECE = re.compile(r"\s*[,;:]\s+|\s*\(|\)[,;:.]?|\s+[-–—]\s+")
_AFTER_NAME = re.compile(
    r"\s+(?:đạt|được|xếp|phân hạng|sản xuất|làm chủ thể|là chủ thể|chủ thể là)(?!\w)", re.IGNORECASE
)
_CALLED = re.compile(r"(?:do\s+)?(?:chủ\s+thể|cơ\s+sở\s+sản\s+xuất)(?:\s+là|\s*:)?\s+(?=\S)", re.IGNORECASE)
_GRADE_WORDS = frozenset(
    "đạt hạng sao điểm được công nhận xếp phân ocop với số tổng mới lại nâng đánh giá từ lên cấp tỉnh huyện xã là kết "
    "quả ba bốn năm tiêu chuẩn giữ".split()
)
_ENDS = " .;,:"
_NAME_CHARS = 120


@dataclass(slots=True)
class _Open:
    """A list being read."""

    above: Above
    labels: Labels
    missed: int = 0


def item_rows(article: Article, act: Act) -> list[ProductRow]:
    """The products of the lists of an article, in order.

    act: what the decision does to them where the line that opens the list does not say.
    """
    found: list[ProductRow] = []
    current: _Open | None = None
    text = article.text
    for block in article.blocks:
        if block.role == "row":
            current = None
            continue
        if (opened := heads_list(text, block)) is not None:
            above = above_of(text, [block], act)
            # a line within a list that opens part of it keeps what the list is for
            if current is not None and not above.told:
                above = current.above
            current = _Open(above=above, labels=above.labels if current is None else current.labels)
            current.labels.take(label_of(text, block.start, opened))
            found.extend(_inline(article, current, block, opened))
            continue
        if ends_list(text, block):
            current = None
        if current is None or is_attached(text, block):
            continue
        item = _ITEM.match(text, block.start, block.end)
        label = label_of(text, block.start, block.end)
        if label.kinds and (row := _row(article, current, block, item)) is None:
            current.labels.take(label)
            continue
        row = _row(article, current, block, item) if item is not None or block.role == "item" else None
        if row is not None:
            found.append(row)
        elif item is None or current.missed:
            current = None
        else:
            current.missed += 1
    return found


def _inline(article: Article, current: _Open, block: Block, colon: int) -> Iterator[ProductRow]:
    """The products that the line itself goes on with: "… gồm: Mật ong của HTX … (4 sao); Trà … của … (3 sao)."."""
    at = colon
    text = article.text
    pieces: list[Span] = []
    for mark in (*re.finditer(r";", text[colon : block.end]), None):
        stop = block.end if mark is None else colon + mark.start()
        if text[at:stop].strip(_ENDS):
            pieces.append(Span(at, stop))
        at = stop + 1
    for piece in pieces:
        part = Block(role="item", start=_first(text, piece.start), end=piece.end)
        row = _row(article, current, part, _ITEM.match(text, part.start, part.end))
        if row is not None:
            yield row


def _first(text: str, start: int) -> int:
    while start < len(text) and text[start].isspace():
        start += 1
    return start


def _row(article: Article, current: _Open, block: Block, item: re.Match[str] | None) -> ProductRow | None:
    if current.above.act is None:
        return None
    text = article.text
    start = item.end() if item is not None else block.start
    end = block.end
    while end > start and text[end - 1] in _ENDS:
        end -= 1
    labelled = _labelled(article, start, end)
    told_as_product = labelled is not None
    fields = labelled or _told(article, start, end)
    if fields is None:
        return None
    name = fields.pop("name")
    assert isinstance(name, Read)
    if not name.text[:1].isupper() and not name.text[:1].isdigit():
        return None
    if not may_be_name(name.text) or is_group(name.text) or len(name.text) > _NAME_CHARS:
        return None
    producer = fields.get("producer")
    made = isinstance(producer, Read) and _makes(producer.text)
    if stars_in(name.text) or (is_person(name.text) and not made) or (producer is not None and not made):
        return None
    fields |= _grade(article, start, end)
    graded = any(kind in fields for kind in ("star", "score"))
    if producer is None and not told_as_product and not (graded and _only_grades(text[name.span.end : end])):
        return None  # a line of a list of duties says as much
    label = current.labels.of("star_read")
    if "star" not in fields and label is not None:
        fields |= {"star": label.star, "star_read": label.star_read}
    for kind in ("group", "commune", "district", "province", "producer"):
        if fields.get(kind) is None and (read := current.labels.read(kind)) is not None:
            fields[kind] = read
    if (said := change_in(text[start:end])) is not None:
        span = Span(start + said[1], start + said[2])
        fields |= {"change": said[0], "change_read": _read(article, span)}
    elif (marked := current.labels.of("change_read")) is not None:
        fields |= {"change": marked.change, "change_read": marked.change_read}
    if item is not None and item["serial"] is not None:
        fields["serial"] = _read(article, Span(*item.span("serial")))
    return ProductRow(start=block.start, end=block.end, act=current.above.act, name=name, **fields)  # type: ignore[arg-type]


def _labelled(article: Article, start: int, end: int) -> dict[str, object] | None:
    """An item that says what each part is: "Sản phẩm: …; chủ thể: …; địa chỉ: …"."""
    labels = list(_LABEL.finditer(article.text, start, end))
    if len(labels) < 2 and not (labels and labels[0].start() == start and _KIND[3][1].match(labels[0]["label"])):
        return None
    fields: dict[str, object] = {}
    if labels[0].start() > start and not _KIND[3][1].match(labels[0]["label"]):
        name = _trimmed(article.text, Span(start, labels[0].start()))
        if name.end > name.start:
            fields["name"] = _read(article, name)
    for place, label in enumerate(labels):
        stop = labels[place + 1].start() if place + 1 < len(labels) else end
        kind = next((kind for kind, pattern in _KIND if pattern.match(label["label"])), None)
        span = _trimmed(article.text, Span(label.end(), stop))
        if kind is None or span.start >= span.end:
            continue
        if kind == "name" and len(labels) == 1:  # what else it says stands behind the name, in order
            return _told(article, label.end(), end) or {"name": _read(article, span, Span(*label.span("label")))}
        fields.setdefault(kind, _read(article, span, Span(*label.span("label"))))
        if kind == "address":
            fields |= read_places(article, span)
    return fields if "name" in fields else None


def read_item(article: Article, start: int, end: int) -> dict[str, object]:
    """The fields of a `ProductRow` that say one product in order, as in "Mật ong …, xã …, đạt 4 sao"; its name alone
    where nothing else is set off."""
    fields = _told(article, start, end) or {"name": _read(article, _trimmed(article.text, Span(start, end)))}
    return fields | _grade(article, start, end)


def _told(article: Article, start: int, end: int) -> dict[str, object] | None:
    """An item that says it in order: name, producer, address, each after a comma, a dash, a bracket or "của"."""
    text = article.text
    lead = _LEAD_WORDS.match(text, start, end)
    begin = lead.end() if lead is not None else start
    cut = _name_end(text, begin, end)
    if cut is None:
        return None
    fields: dict[str, object] = {"name": _read(article, _trimmed(text, Span(begin, cut)))}
    made_by = _MADE_BY.match(text, cut, end)
    at = made_by.end() if made_by is not None else cut
    pieces = list(_pieces(text, at, end))
    # far behind the name of a product, what could be a person's name is more likely a place or the next product
    first = next(
        (
            piece
            for piece in pieces
            if made_by is not None or is_producer(piece.of(text)) or (piece == pieces[0] and _makes(piece.of(text)))
        ),
        None,
    )
    if first is not None and not is_place(first.of(text)) and (made_by is None or first.start == _first(text, at)):
        called = _CALLED.match(text, first.start, first.end)
        first = first if called is None else Span(called.end(), first.end)
        until = _AFTER_NAME.search(text, first.start, first.end)
        fields["producer"] = _read(article, _trimmed(text, Span(first.start, until.start() if until else first.end)))
        pieces = [piece for piece in pieces if piece.start > first.start]
    placed = [piece for piece in pieces if not _graded(piece.of(text))]
    address = [piece for piece in placed if is_place(piece.of(text))]
    if address:
        last = address[-1]
        span = Span(address[0].start, last.end)
        fields["address"] = _read(article, span)
        fields |= read_places(article, span)
    return fields


def _name_end(text: str, start: int, end: int) -> int | None:
    """Where the name of a product ends that an item opens with; brackets that only say how it is packed are of it."""
    made_by = _MADE_BY.search(text, start, end)
    graded = _AFTER_NAME.search(text, start, end)
    stops = [one.start() for one in (made_by, graded) if one is not None]
    for mark in _PIECE.finditer(text, start, end):
        if mark.start() <= start:
            continue
        rest = text[mark.end() : end]
        if mark[0].strip() == "(" and not _makes(rest) and not is_place(rest) and not _graded(rest.split(")")[0]):
            continue
        if mark[0].strip().startswith(")"):
            continue
        stops.append(mark.start())
        break
    return min(stops) if stops else None


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    for mark in (*_PIECE.finditer(text, start, end), None):
        stop = end if mark is None else mark.start()
        piece = _trimmed(text, Span(at, stop))
        if piece.start < piece.end:
            yield piece
        at = end if mark is None else mark.end()


def _makes(text: str) -> bool:
    words = re.split(r"[,;:()]|\s[-–]\s|\s(?:đạt|làm)\s", text, maxsplit=1)[0].strip()
    return is_producer(words) or is_person(words)


def _graded(text: str) -> bool:
    return bool(stars_in(text) or scores_in(text))


def _only_grades(rest: str) -> bool:
    """Whether what stands behind a name says its grade and where it is from, and nothing else."""
    kept = [piece for piece in _PIECE.split(rest) if piece and not is_place(piece.strip(_ENDS))]
    words = re.findall(r"[^\W\d_]+", " ".join(kept).lower())
    return all(word in _GRADE_WORDS for word in words)


def _grade(article: Article, start: int, end: int) -> dict[str, object]:
    words = article.text[start:end]
    fields: dict[str, object] = {}
    stars, scores = stars_in(words), scores_in(words)
    if len({one.star for one in stars}) == 1 or (stars and change_in(words) is not None):
        fields |= {"star": stars[-1].star, "star_read": _read(article, stars[-1].span(start))}
    if len(scores) == 1:
        fields |= {"score": scores[0].value, "score_read": _read(article, scores[0].span(start))}
    star, score, read = fields.get("star"), fields.get("score"), fields.get("star_read")
    if isinstance(star, int) and isinstance(score, float) and isinstance(read, Read) and not agree(star, score):
        fields["star_read"] = Read(text=read.text, span=read.span, doubts=(*read.doubts, "star"))
    return fields


def read_places(article: Article, span: Span) -> dict[str, object]:
    """Commune, district and province of an address, as fields of a `ProductRow`."""
    parts = parts_of_address(article.text[: span.end], span.start)
    named = (("commune", parts.commune), ("district", parts.district), ("province", parts.province))
    return {
        kind: Read(
            text=" ".join(part.of(article.text).split()),
            span=part,
            doubts=("place",) if kind in parts.guessed else (),
        )
        for kind, part in named
        if part is not None
    }


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and (text[start].isspace() or text[start] in ",;:.(–-"):
        start += 1
    while end > start and (
        text[end - 1].isspace() or text[end - 1] in ",;:.–-" or (text[end - 1] == ")" and "(" not in text[start:end])
    ):
        end -= 1
    return Span(start, end)


def _read(article: Article, span: Span, head: Span | None = None) -> Read:
    text = " ".join(span.of(article.text).split())
    return Read(text=text, span=span, head=head, doubts=("ocr",) if doubted(article, span) else ())
