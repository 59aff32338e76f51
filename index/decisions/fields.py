"""One row of a table of products: its cells as the fields of a product, or nothing where one cannot be."""

import re
from collections.abc import Sequence

from crawler.article import Article
from index.decisions.addresses import address_behind, is_one_name, is_place, parts_of_address, rank_of, says_nothing
from index.decisions.columns import Column, Kind
from index.decisions.decision import Act, Doubt, ProductRow, Read
from index.decisions.doubts import doubted, recognised
from index.decisions.grades import agree, change_in, is_tick, score_cell, scores_in, star_cell, stars_in
from index.decisions.labels import Labels, is_group
from index.decisions.names import is_person, is_producer, may_be_name
from index.decisions.rows import Cell, Row
from index.span import Span

_SERIAL = re.compile(r"\(?(?:\d{1,4}(?:\.\d{1,3})*|[IVXLC]{1,6}|[a-zđA-ZĐ])[.)]?")
_MISREAD_CHARS = 12
_REMARK_WORDS = 4
_FOOTNOTE = re.compile(r"(?<=\S)\s*(?:\(\s*(?:\d{1,2}|\*{1,3})\s*\)|\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹]+|\[\d{1,2}\])$")


class _Misfit(Exception):
    """A cell cannot be what its header says."""


class RowFields:
    """The fields of a row under the columns of its table and the labels that hold for it."""

    def __init__(
        self, article: Article, columns: Sequence[Column], labels: Labels, row: Row, *, districts: bool
    ) -> None:
        """districts: whether there were districts when the decision was made."""
        self._article = article
        self._districts = districts
        self._columns = columns
        self._labels = labels
        self._row = row
        self._ocr = recognised(article, row.start)

    @property
    def goes_on(self) -> bool:
        """Whether the row is rather the rest of the one above: it has no serial, and its words open in lower case."""
        serial = self._cell("serial")
        opens = next(iter(self._row.filled), None)
        return serial is None and opens is not None and opens.text[:1].islower()

    def product(self, act: Act) -> ProductRow | None:
        """The product, None where the row has no name or a cell that cannot be what its header says."""
        name = self._cell("name")
        if name is None or not may_be_name(name[1].text) or is_group(name[1].text) or self.goes_on:
            return None
        if _only_changes(name[1].text):
            return None
        try:
            fields = self._fields()
        except _Misfit:
            return None
        only_name = not any(fields.get(kind) for kind in ("producer", "address", "commune", "star_read", "score_read"))
        if only_name and any(column.kind in ("producer", "star", "star_of", "address") for column in self._columns):
            return None
        producer = fields.get("producer")
        if is_person(name[1].text) and not (isinstance(producer, Read) and _makes(producer.text)):
            return None
        return ProductRow(
            start=self._row.start,
            end=self._row.end,
            act=act,
            name=self._read(name, _without_mark(name[1])),
            **fields,  # type: ignore[arg-type]
        )

    # ---- Cells -------------------------------------------------------------------------------------------------------

    def _cell(self, kind: Kind) -> tuple[Column, Cell] | None:
        """The cell of a kind of column; of two the one that counts from now on, else the first filled."""
        found = [
            (column, cell)
            for place, column in enumerate(self._columns)
            if column.kind == kind and (cell := self._row.at(place)) is not None
        ]
        return next((one for one in found if one[0].amended), found[0] if found else None)

    def _read(self, held: tuple[Column, Cell], span: Span | None = None, doubts: tuple[Doubt, ...] = ()) -> Read:
        column, cell = held
        return self._read_at(span or cell.span, column.head.span if column.head.text else None, doubts)

    def _read_at(self, span: Span, head: Span | None, doubts: tuple[Doubt, ...] = ()) -> Read:
        text = " ".join(span.of(self._article.text).split())
        if doubted(self._article, span):
            doubts = (*doubts, "ocr")
        return Read(text=text, span=span, head=head, doubts=tuple(dict.fromkeys(doubts)))

    # ---- Fields ------------------------------------------------------------------------------------------------------

    def _fields(self) -> dict[str, object]:
        fields: dict[str, object] = {"serial": self._serial()}
        fields |= self._grade()
        fields |= self._producer()
        fields |= self._place(fields)
        group = self._cell("group")
        if group is not None and not says_nothing(group[1].text):
            if star_cell(group[1].text) is not None and "sao" in group[1].text.lower():
                raise _Misfit
            fields["group"] = self._read(group)
        elif group is None:
            fields["group"] = self._labels.read("group")
        fields |= self._change()
        return fields

    def _serial(self) -> Read | None:
        serial = self._cell("serial")
        if serial is None:
            return None
        if not _SERIAL.fullmatch(serial[1].text):
            if self._ocr and len(serial[1].text) <= 4:
                return self._read(serial, doubts=("ocr",))
            raise _Misfit
        return self._read(serial)

    def _producer(self) -> dict[str, object]:
        held = self._cell("producer")
        if held is None:
            return {"producer": self._labels.read("producer")}
        cell = held[1]
        if says_nothing(cell.text):
            return {}
        if (
            _is_grade(cell.text)
            or rank_of(cell.text) is not None
            or _SERIAL.fullmatch(cell.text)
            or is_group(cell.text)
        ):
            raise _Misfit
        if _only_changes(cell.text):
            raise _Misfit
        cut = address_behind(cell.text)
        if cut is None:
            return {"producer": self._read(held)}
        end, start, stop = cut
        fields: dict[str, object] = {"producer": self._read(held, Span(cell.span.start, cell.span.start + end))}
        if not any(column.kind in ("address", "commune", "district") for column in self._columns):
            address = Span(cell.span.start + start, cell.span.start + stop)
            fields["address"] = self._read(held, address)
            fields |= self._parts(address, held[0].head.span)
        return fields

    def _place(self, fields: dict[str, object]) -> dict[str, object]:
        found: dict[str, object] = {}
        address = self._cell("address")
        if address is not None and not says_nothing(address[1].text):
            text = address[1].text
            if _is_grade(text) or is_producer(text) or _SERIAL.fullmatch(text) or is_group(text):
                raise _Misfit
            found["address"] = self._read(address)
            parts = self._parts(address[1].span, address[0].head.span)
            if not parts and not self._districts and is_one_name(text):  # below a province there are but communes
                parts = {"commune": self._read(address, doubts=("place",))}
            found |= parts
        for kind in ("commune", "district", "province"):
            held = self._cell(kind)
            if held is None or says_nothing(held[1].text):
                continue
            text = held[1].text
            if _is_grade(text) or is_producer(text) or (not any(map(str.isalpha, text)) and kind == "province"):
                raise _Misfit
            parts = self._parts(held[1].span, held[0].head.span)
            sure = {name: read for name, read in parts.items() if not read.doubts or "place" not in read.doubts}
            found |= {name: read for name, read in sure.items() if name not in found}
            if kind not in sure:
                found[kind] = self._read(held)
        for kind in ("commune", "district", "province"):
            if found.get(kind) is None and fields.get(kind) is None and (read := self._labels.read(kind)) is not None:
                found[kind] = read
        return found

    def _parts(self, span: Span, head: Span | None) -> dict[str, Read]:
        parts = parts_of_address(self._article.text[: span.end], span.start)
        return {
            kind: self._read_at(part, head, ("place",) if kind in parts.guessed else ())
            for kind, part in (("commune", parts.commune), ("district", parts.district), ("province", parts.province))
            if part is not None
        }

    def _grade(self) -> dict[str, object]:
        found: dict[str, object] = {}
        for kind in ("star", "result"):
            held = self._cell(kind)
            if held is not None and not says_nothing(held[1].text):
                found |= self._star(held)
        found |= self._ticked()
        score = self._cell("score")
        if score is not None and not says_nothing(score[1].text):
            read = score_cell(score[1].text)
            if read is None:
                inside = scores_in(score[1].text)
                stars = stars_in(score[1].text)
                if not inside and not (self._ocr and len(score[1].text) <= _MISREAD_CHARS):
                    raise _Misfit
                read = inside[0] if inside else None
                if stars and "star" not in found:
                    found |= {"star": stars[0].star, "star_read": self._read(score, stars[0].span(score[1].span.start))}
            found["score"] = None if read is None else read.value
            found["score_read"] = self._read(
                score,
                None if read is None else read.span(score[1].span.start),
                ("ocr",) if read is None else (),
            )
        if "star" not in found and not any(column.kind in ("star", "star_of") for column in self._columns):
            label = self._labels.of("star_read")
            if label is not None and label.star_read is not None:
                found |= {"star": label.star, "star_read": label.star_read}
        return self._compared(found)

    def _star(self, held: tuple[Column, Cell]) -> dict[str, object]:
        """The star, and score where it stands in the same cell."""
        cell = held[1]
        whole = star_cell(cell.text)
        if whole is not None:
            return {"star": whole.star, "star_read": self._read(held)}
        found: dict[str, object] = {}
        stars, scores = stars_in(cell.text), scores_in(cell.text)
        if len({one.star for one in stars}) == 1:
            found |= {"star": stars[0].star, "star_read": self._read(held, stars[0].span(cell.span.start))}
        elif stars:  # "nâng hạng từ 3 sao lên 4 sao" has the last; more than that nobody can say
            found |= {"star": None, "star_read": self._read(held, doubts=("star",))}
        if scores:
            found |= {"score": scores[0].value, "score_read": self._read(held, scores[0].span(cell.span.start))}
        if not found and (alone := score_cell(cell.text)) is not None and alone.value > 5:
            found |= {"score": alone.value, "score_read": self._read(held, doubts=("head",))}
        if found:
            return found
        if self._ocr and len(cell.text) <= _MISREAD_CHARS and not is_place(cell.text):
            return {"star": None, "star_read": self._read(held, doubts=("ocr", "star"))}
        if change_in(cell.text) is not None or "tiềm năng" in cell.text.lower() or held[0].kind == "result":
            return {}
        raise _Misfit

    def _ticked(self) -> dict[str, object]:
        """The star whose own column is marked."""
        marked: list[tuple[Column, Cell]] = []
        for place, column in enumerate(self._columns):
            cell = self._row.at(place)
            if column.kind != "star_of" or cell is None or says_nothing(cell.text):
                continue
            star = star_cell(cell.text)
            score = score_cell(cell.text)
            if is_tick(cell.text) or (star is not None and star.star == column.star):
                marked.append((column, cell))
            elif score is not None and column.star is not None and score.value > 5 and agree(column.star, score.value):
                read = self._read((column, cell))
                return {"star": column.star, "star_read": read, "score": score.value, "score_read": read}
            else:
                raise _Misfit
        if not marked:
            return {}
        column, cell = marked[0]
        if len(marked) > 1:
            return {"star": None, "star_read": self._read((column, cell), doubts=("star",))}
        return {"star": column.star, "star_read": self._read((column, cell))}

    def _compared(self, found: dict[str, object]) -> dict[str, object]:
        star, score = found.get("star"), found.get("score")
        if isinstance(star, int) and isinstance(score, float) and not agree(star, score):
            for name in ("star_read", "score_read"):
                read = found[name]
                if isinstance(read, Read):
                    found[name] = Read(text=read.text, span=read.span, head=read.head, doubts=(*read.doubts, "star"))
        return found

    def _change(self) -> dict[str, object]:
        held = self._cell("change")
        if held is not None and _is_grade(held[1].text):
            raise _Misfit
        if held is not None and (said := change_in(held[1].text)) is not None:
            start = held[1].span.start
            return {"change": said[0], "change_read": self._read(held, Span(start + said[1], start + said[2]))}
        for place, column in enumerate(self._columns):
            cell = self._row.at(place)
            if column.kind == "change_of" and cell is not None and is_tick(cell.text):
                return {"change": column.change, "change_read": self._read((column, cell))}
        label = self._labels.of("change_read")
        if label is not None and held is None:
            return {"change": label.change, "change_read": label.change_read}
        return {}


def _without_mark(cell: Cell) -> Span:
    """A name without the mark of its footnote: "Rượu mơ (1)", "Trà sen *"."""
    mark = _FOOTNOTE.search(cell.text)
    return cell.span if mark is None else Span(cell.span.start, cell.span.start + mark.start())


def _is_grade(text: str) -> bool:
    """Whether a text is a star or a score and nothing else."""
    return star_cell(text) is not None or score_cell(text) is not None


def _only_changes(text: str) -> bool:
    """Whether a text only says what is new about a product: "Công nhận mới"."""
    return change_in(text) is not None and len(text.split()) <= _REMARK_WORDS


def _makes(text: str) -> bool:
    return is_producer(text) or is_person(text)
