"""The decisions that the demo portals publish, as data: `demo/decisions.toml`, checked.

One truth for three uses: pages (`demo.decision_page`) and files (`demo.documents.papers`) are drawn from it, and
`python -m evaluation decisions` compares what was read from them with it. Every maker and product is invented, most
provinces are too; each paper says that it is a sample.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from string import Formatter
from typing import Any, Literal

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass as validated

FILE = Path(__file__).parent / "decisions.toml"
SAMPLE = "Văn bản mẫu của cổng trình diễn, không có giá trị pháp lý."
_BODY = "Ủy ban nhân dân"
_CLOSED = ConfigDict(extra="forbid")

Layout = Literal["table", "nested", "list", "docx", "pdf", "scan"]
LAYOUTS: tuple[Layout, ...] = ("table", "nested", "list", "docx", "pdf", "scan")
ActName = Literal["recognises", "amends", "replaces", "revokes", "withdraws", "lists"]
ChangeName = Literal["", "new", "upgraded", "renewed"]
CHANGES: dict[ChangeName, str] = {
    "": "",
    "new": "Công nhận mới",
    "upgraded": "Nâng hạng",
    "renewed": "Công nhận lại",
}


class DecisionsError(ValueError):
    """`decisions.toml` is not as expected; the message names the decision."""


@validated(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class Act:
    """One thing a decision does. target: the number of the one it amends, replaces or revokes; whole: all of it."""

    act: ActName
    target: str = ""
    whole: bool = True


@validated(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class Row:
    """One line of a list. What it does not say is empty, a star or score then 0.

    serial: its printed number. product: which product it is, for the gold of matching; two rows with the same key are
    of one product. note: a mark of a footnote, printed behind the name. unit: a column that says nothing of the product
    ("Túi 500 g"). planned: a star hoped for, which is none.
    """

    product: str
    name: str
    serial: int = 0
    producer: str = ""
    commune: str = ""
    district: str = ""
    province: str = ""
    group: str = ""
    star: int = 0
    score: float = 0.0
    change: ChangeName = ""
    act: ActName = "recognises"
    note: str = ""
    unit: str = ""
    planned: str = ""

    def shown(self, template: str) -> str:
        """A cell: the name of a field, "star=4" (a cross where it has that star), or a template with {fields}."""
        if template.startswith("star="):
            return "x" if self.star == int(template.removeprefix("star=")) else ""
        if "{" not in template:
            template = f"{{{template}}}"
        words = asdict(self) | {
            "name": f"{self.name} {self.note}".strip(),
            "score": f"{self.score:.1f}".replace(".", ",") if self.score else "",
            "star": self.star or "",
            "change": CHANGES[self.change],
        }
        return template.format_map(words)


@validated(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class Drawing:
    """How the list is laid out.

    columns: (header, what a cell shows as `Row.shown` reads it); "Chủ thể|Tên" is the second line of a header of two.
    subhead: a template; where what it gives changes, a row of one cell says it. restart: numbers begin anew below one.
    spans: headers of columns whose equal neighbours are one cell. repeat: after so many rows comes the header again.
    item: of a list, the template of a line. counted: a list's numbers are the program's, not in the text. total: the
    last row. notes: footnotes below. loose: cells and rows are left unclosed, as HTML allows. broken: the number of the
    row that a page's end cuts in two. widths_cm: of a file's columns. size: of a file's letters, points. heading: what
    the list is called.
    """

    columns: tuple[tuple[str, str], ...] = ()
    subhead: str = ""
    restart: bool = False
    spans: tuple[str, ...] = ()
    repeat: int = 0
    item: str = ""
    counted: bool = False
    total: str = ""
    notes: tuple[str, ...] = ()
    loose: bool = False
    broken: int = 0
    widths_cm: tuple[float, ...] = ()
    size: float = 11.5
    heading: str = "DANH SÁCH SẢN PHẨM ĐƯỢC CÔNG NHẬN"


@validated(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class DemoDecision:
    """One decision of the demo.

    id: names it in pages and gold. issued, effective: ISO dates. issuer: in full, as a sentence writes it. province:
    the name in its head; place: the key of the real province it is of, None of an invented one. articles: what stands
    under Điều 1, 2, …; a line break begins a paragraph. counts: (products,) or (products, star) that it states of
    itself. months: how long its certificates are valid, where it says so. file: of `demo/documents`, where it is a
    file. rows: in the file, lists whose columns `fields` names.
    """

    id: str
    number: str
    issued: str
    issuer: str
    province: str
    subject: str
    layout: Layout
    acts: tuple[Act, ...]
    place: str | None = None
    bases: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    counts: tuple[tuple[int, ...], ...] = ()
    months: int | None = None
    effective: str | None = None
    drawing: Drawing = Drawing()
    signer: str = ""
    file: str = ""
    rows: tuple[Row, ...] = ()

    @property
    def issuer_lines(self) -> tuple[str, str]:
        """The two lines of the head: "ỦY BAN NHÂN DÂN", "TỈNH SƠN HẠ"."""
        return _BODY.upper(), self.issuer.removeprefix(_BODY).strip().upper()

    @property
    def dated(self) -> str:
        """Where and when, as printed under the motto (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
        year, month, day = self.issued.split("-")
        where = self.issuer.removeprefix(_BODY).strip()
        for rank in ("tỉnh ", "huyện ", "thành phố "):
            where = where.removeprefix(rank)
        return f"{where}, ngày {day} tháng {month if int(month) < 3 else int(month)} năm {year}"

    @property
    def appendix(self) -> tuple[str, str, str]:
        """The three lines above its list."""
        year, month, day = self.issued.split("-")
        return (
            "PHỤ LỤC",
            self.drawing.heading,
            f"(Kèm theo Quyết định số {self.number} ngày {day}/{month}/{year} của {self.issuer})",
        )

    @property
    def told(self) -> frozenset[str]:
        """The fields of its rows that a reader can see: those its columns, subheads or items print."""
        drawing = self.drawing
        shown = [*(shows for _, shows in drawing.columns), drawing.subhead, drawing.item]
        return frozenset(name for template in shown if template for name in _fields(template))


_TABLE = TypeAdapter(tuple[DemoDecision, ...])


def load_decisions(file: Path = FILE) -> tuple[DemoDecision, ...]:
    """Every decision, in the order of the file.

    Raises:
        DecisionsError: the file is not as expected.
    """
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))["decision"]
        decisions = _TABLE.validate_python([_named(one) for one in table])
    except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise DecisionsError(f"{file}: {error}") from error
    return tuple(replace(one, rows=tuple(_numbered(one))) for one in decisions)


def _named(table: dict[str, Any]) -> dict[str, Any]:
    """A decision's table with each list of `rows` named by `fields`."""
    fields = table.pop("fields", ())
    act = table["acts"][0]["act"]
    rows = [{"act": act, **dict(zip(fields, values, strict=True))} for values in table.pop("rows", ())]
    return {**table, "rows": rows}


def _numbered(decision: DemoDecision) -> Iterator[Row]:
    drawing = decision.drawing
    serial, last = 0, ""
    for row in decision.rows:
        head = row.shown(drawing.subhead) if drawing.subhead else ""
        serial = 1 if drawing.restart and head != last else serial + 1
        last = head
        yield replace(row, serial=serial)


def _fields(template: str) -> Iterator[str]:
    if template.startswith("star="):
        yield "star"
    elif "{" not in template:
        yield template
    else:
        yield from (name for _, name, _, _ in Formatter().parse(template) if name)
