"""What the demo's decisions say, as gold: which article publishes or reports which one, and what each product is.

From `demo/decisions.toml` and the pages that name its decisions; beside it `evaluation/decisions.toml` has what news
report and how each product stands. Nothing is typed twice: a column that is printed is a field to be read.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as validated

from demo.decisions import Act, ChangeName, DemoDecision, Row, load_decisions
from demo.pages import Page, load_portals
from index.products.product import Status

BESIDE = Path(__file__).resolve().parent / "decisions.toml"
_CLOSED = ConfigDict(extra="forbid")

# How an article tells of a decision: the six layouts of its own text; the attributes above a file that hangs off a
# page; a news text that reports it.
Telling = Literal["table", "nested", "list", "docx", "pdf", "scan", "attributes", "report"]
TELLINGS: tuple[Telling, ...] = ("table", "nested", "list", "docx", "pdf", "scan", "attributes", "report")
EXACT: tuple[Telling, ...] = ("table", "nested", "list", "docx", "pdf")  # whole texts of sure letters


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldTold:
    """What one article is to be read as.

    path: of its address. issuer, place: as it names them; None where it does not. told: the fields of its rows that it
    shows.
    """

    path: str
    telling: Telling
    decision: DemoDecision
    issuer: str | None
    place: str | None
    told: frozenset[str]
    rows: tuple[Row, ...]
    acts: tuple[Act, ...]
    counts: tuple[tuple[int, ...], ...]

    @property
    def subject(self) -> str | None:
        """The subject, where it is printed."""
        return None if self.telling == "report" else self.decision.subject

    @property
    def months(self) -> int | None:
        """How long certificates are valid, where it says so."""
        return self.decision.months if self.whole else None

    @property
    def effective(self) -> str | None:
        """From when it has force, where it says so."""
        return self.decision.effective if self.whole else None

    @property
    def whole(self) -> bool:
        """Whether the decision's own text stands there."""
        return self.telling not in ("attributes", "report")


@validated(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class Report:
    """A news text about a decision: what it tells.

    issuer: as it names it, empty where it does not. products: name, star (0 where it names none), maker, change.
    """

    path: str
    decision: str
    acts: tuple[Act, ...]
    issuer: str = ""
    counts: tuple[tuple[int, ...], ...] = ()
    products: tuple[tuple[str, int, str, ChangeName], ...] = ()


@validated(frozen=True, slots=True, kw_only=True, config=_CLOSED)
class Beside:
    """`evaluation/decisions.toml`. products: key -> (state on `as_of`, star it has or had, 0 of withdrawn)."""

    as_of: date
    report: tuple[Report, ...]
    products: dict[str, tuple[Status, int]]


_BESIDE = TypeAdapter(Beside)


def read_beside(file: Path = BESIDE) -> Beside:
    """The gold beside the decisions.

    Raises:
        ValueError: the file is not as expected. OSError: it cannot be read.
    """
    try:
        return _BESIDE.validate_python(tomllib.loads(file.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ValueError(f"{file} không phải đáp án về quyết định: {error}") from error


def gold_told() -> tuple[GoldTold, ...]:
    """Every article of the demo that tells of one of its decisions.

    Raises:
        ValueError: a page or a report names a decision or a product that is not there.
    """
    decisions = {one.id: one for one in load_decisions()}
    published = [
        told for portal in load_portals() for page in portal.pages if page.decision for told in _published(page)
    ]
    return (*published, *(_reported(report, decisions) for report in read_beside().report))


def _published(page: Page) -> Iterator[GoldTold]:
    decision = page.decision
    if decision is None:
        return
    whole = GoldTold(
        path=page.path,
        telling=decision.layout,
        decision=decision,
        issuer=decision.issuer,
        place=decision.place or decision.province,
        told=decision.told,
        rows=decision.rows,
        acts=decision.acts,
        counts=decision.counts,
    )
    if not page.head.attachments:
        html: Telling = decision.layout if decision.layout in ("table", "nested", "list") else "table"
        yield replace(whole, telling=html)
        return
    for attachment in page.head.attachments:
        yield replace(whole, path=attachment.url)
    if "congbao" in page.file.parts:  # elsewhere the page is prose
        # Of an invented province only the issuer tells, who may be a district; the subject tells what is done.
        place = decision.place or decision.issuer.partition(" huyện ")[2] or decision.province
        yield replace(whole, telling="attributes", place=place, told=frozenset(), rows=(), counts=())


def _reported(report: Report, decisions: Mapping[str, DemoDecision]) -> GoldTold:
    decision = decisions.get(report.decision)
    if decision is None:
        raise ValueError(f"{BESIDE}: không có quyết định {report.decision!r} trong demo/decisions.toml")
    rows = []
    for name, star, producer, change in report.products:
        row = next((one for one in decision.rows if one.name == name), None)
        if row is None:
            raise ValueError(f"{BESIDE}: {report.decision} không có sản phẩm {name!r}")
        said = Row(product=row.product, name=name, producer=producer, star=star, change=change)
        rows.append(replace(said, act=report.acts[0].act))
    return GoldTold(
        path=report.path,
        telling="report",
        decision=decision,
        issuer=report.issuer or None,
        place=decision.place or decision.province,
        told=frozenset({"name", "producer", "star", "change"}),
        rows=tuple(rows),
        acts=report.acts,
        counts=report.counts,
    )
