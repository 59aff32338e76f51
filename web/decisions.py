"""Decisions as the interface gives them: lists with facets, one decision with all its sources, rows of a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.catalogue.catalogue import Catalogue
from index.catalogue.decision_query import DecisionQuery
from index.catalogue.product_query import Map, ProductQuery
from index.decisions.decision import Act, ActTold, DecisionTold, Doubt, Level
from index.decisions.merged import Decision
from index.decisions.spoken import ACT_LABELS
from index.places.provinces import PROVINCES
from index.today import vietnam_today
from web.exports import Column, Table, day_or_text
from web.facet_values import LEVEL_LABELS, MAP_LABELS, FacetValue, facets_told
from web.problem import RECORD_NOT_FOUND, Problem, shown
from web.quoting import Place, Quoter
from web.written import LineTold, WrittenTold, doubts_told, fields_told, line_told


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionItem:
    """A decision as lists show it; its fields as its best source tells them.

    number: as it is cited; name: with its kind. issued: as far as known. place: where it is of, as written, also where
    no province is so called; province: key and name as of then;
    province_today, province_today_name: as of today. acts: what it does. products: lines of its own list. reported:
    only texts about it tell of it. changed_by: keys of decisions that amend, replace or revoke it. disputed: names of
    the fields that its sources tell differently. sources: so many texts tell of it. source: where its number stands.
    """

    key: str
    number: str
    name: str
    issued: str | None
    issuer: str | None
    level: Level | None
    place: str | None
    province: str | None
    province_name: str | None
    province_today: str | None
    province_today_name: str | None
    subject: str | None
    acts: tuple[Act, ...]
    products: int
    effective: str | None
    valid_months: int | None
    reported: bool
    changed_by: tuple[str, ...]
    disputed: tuple[str, ...]
    doubts: tuple[Doubt, ...]
    sources: int
    source: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsPage:
    """A page of the decisions within the filters; total: how many there are in all.

    facets: for each filter that has one, the values and how many decisions have each within all other filters: by
    `province` (on `map`), `year` of issue, `act`, `level`, `source`.
    """

    decisions: tuple[DecisionItem, ...]
    total: int
    limit: int
    offset: int
    facets: dict[str, tuple[FacetValue, ...]]
    map: Map
    map_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseTold:
    """One thing a decision does: act, the decision it is done to (number, and key where it is held), wholly or in
    part, and the clause."""

    act: Act
    target: str | None
    target_key: str | None
    whole: bool
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedCount:
    """A count that the decision states of its own list. star: null of all of them."""

    count: int
    star: int | None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTold:
    """What one text tells of the decision. fields: every field of its head that was read, by name. lines: of the list
    as this text has it. source: the text's title and what the sentence or number that names the decision says."""

    reported: bool
    fields: dict[str, WrittenTold]
    clauses: tuple[ClauseTold, ...]
    stated: tuple[StatedCount, ...]
    lines: int
    source: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLine:
    """A line of the list, and the key of the product it is about."""

    product: str | None
    line: LineTold


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another decision: its key, and number and day where it is held."""

    key: str
    number: str | None
    issued: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionDetail:
    """One decision whole: every source, the lines of its own list, what changed it."""

    decision: DecisionItem
    sources: tuple[SourceTold, ...]
    lines: tuple[ListedLine, ...]
    changed_by: tuple[Related, ...]


def decisions_page(catalogue: Catalogue, query: DecisionQuery, quoter: Quoter) -> DecisionsPage:
    """The page of a query."""
    decisions = catalogue.decisions
    found = decisions.find(query)
    items = tuple(
        decision_item(one, decisions.listed(int(row)), quoter)
        for row, one in zip(found.rows, decisions.heads(found.rows), strict=True)
    )
    return DecisionsPage(
        decisions=items,
        total=found.total,
        limit=len(items) if query.limit is None else query.limit,
        offset=query.offset,
        facets=facets_told(found.facets, found.by),
        map=found.by,
        map_label=MAP_LABELS[found.by],
    )


def find_decision(catalogue: Catalogue, key: str) -> Decision:
    """The decision of a key, whole.

    Raises:
        Problem: none has it.
    """
    row = catalogue.decisions.row(key)
    if row is None:
        raise Problem(RECORD_NOT_FOUND, f"Kho không có quyết định nào mang mã {shown(key)}.")
    return next(catalogue.decisions.read([row]))


def decision_item(decision: Decision, products: int, quoter: Quoter | None) -> DecisionItem:
    """A decision as lists show it. products: lines of its list. quoter: None for a file, which quotes nothing."""
    told = decision.best
    province = None if told.place is None else PROVINCES[told.place]
    return DecisionItem(
        key=decision.key,
        number=told.number.label,
        name=told.number.name,
        issued=told.issued,
        issuer=None if told.issuer is None else told.issuer.text,
        level=told.level,
        place=None if told.place_read is None else told.place_read.text,
        province=told.place,
        province_name=None if province is None else province.name,
        province_today=None if province is None else province.today_key,
        province_today_name=None if province is None else province.today,
        subject=None if told.subject is None else told.subject.text,
        acts=tuple(dict.fromkeys(act.act for act in told.acts)),
        products=products,
        effective=told.effective,
        valid_months=told.valid_months,
        reported=told.reported,
        changed_by=decision.changed_by,
        disputed=decision.disputed,
        doubts=_doubts(told),
        sources=len(decision.told),
        source=None if quoter is None else quoter.place(told.article_id, told.digest, *_named_at(told)),
    )


def decision_detail(catalogue: Catalogue, decision: Decision, quoter: Quoter) -> DecisionDetail:
    """One decision whole."""
    holder, products = decision.listing, catalogue.products
    # A product whose line is in the list may have lines of other decisions beside it.
    query = ProductQuery(on=vietnam_today(), decision=decision.key, limit=None)
    owners = {
        (line.article_id, line.digest, line.row.start, line.row.name.span): product.key
        for product in products.read(products.find(query).rows)
        for line in product.history
        if line.decision == decision.key
    }
    return DecisionDetail(
        decision=decision_item(decision, len(decision.rows), quoter),
        sources=tuple(_source_told(catalogue, one, quoter) for one in decision.told),
        lines=tuple(
            ListedLine(
                product=owners.get((holder.article_id, holder.digest, row.start, row.name.span)),
                line=line_told(row, holder.article_id, holder.digest, quoter),
            )
            for row in decision.rows
        ),
        changed_by=tuple(_related(catalogue, key) for key in decision.changed_by),
    )


def decisions_table(catalogue: Catalogue, query: DecisionQuery) -> Table[DecisionItem]:
    """All decisions within the filters, in the query's order, as a file; read one at a time."""
    decisions = catalogue.decisions
    found = decisions.find(query)

    def rows() -> Iterator[DecisionItem]:
        for row, one in zip(found.rows, decisions.heads(found.rows), strict=True):
            yield decision_item(one, decisions.listed(int(row)), None)

    return Table(
        name=f"quyet-dinh-ocop-{vietnam_today().isoformat()}", columns=_COLUMNS, rows=rows(), count=len(found.rows)
    )


_COLUMNS: Sequence[Column[DecisionItem]] = (
    Column(header="Số quyết định", value=lambda one: one.number, width=20),
    Column(header="Ngày ký", value=lambda one: day_or_text(one.issued), width=12),
    Column(header="Cơ quan ban hành", value=lambda one: one.issuer, width=30),
    Column(header="Cấp", value=lambda one: None if one.level is None else LEVEL_LABELS[one.level], width=12),
    Column(header="Nơi (như ghi)", value=lambda one: one.place, width=18),
    Column(header="Tỉnh, thành (khi ký)", value=lambda one: one.province_name, width=18),
    Column(header="Tỉnh, thành từ 7/2025", value=lambda one: one.province_today_name, width=18),
    Column(header="Trích yếu", value=lambda one: one.subject, width=60),
    Column(header="Nội dung", value=lambda one: "; ".join(ACT_LABELS[act] for act in one.acts), width=26),
    Column(header="Số sản phẩm trong danh sách", value=lambda one: one.products, width=12),
    Column(header="Có hiệu lực từ", value=lambda one: day_or_text(one.effective), width=12),
    Column(header="Thời hạn (tháng)", value=lambda one: one.valid_months, width=10),
    Column(header="Bị sửa đổi, thay thế, bãi bỏ bởi", value=lambda one: "; ".join(one.changed_by), width=26),
    Column(header="Chỉ do báo đưa", value=lambda one: one.reported, width=10),
    Column(header="Nguồn nói khác nhau về", value=lambda one: "; ".join(one.disputed), width=20),
    Column(header="Nghi vấn", value=lambda one: doubts_told(one.doubts), width=30),
    Column(header="Số nguồn", value=lambda one: one.sources, width=8),
    Column(header="Mã quyết định", value=lambda one: one.key, width=28),
)


def _source_told(catalogue: Catalogue, told: DecisionTold, quoter: Quoter) -> SourceTold:
    reads = {
        "number": told.number_read,
        "issued": told.issued_read,
        "issuer": told.issuer,
        "place": told.place_read,
        "subject": told.subject,
        "effective": told.effective_read,
        "valid": told.valid_read,
    }
    article, digest = told.article_id, told.digest
    return SourceTold(
        reported=told.reported,
        fields=fields_told(reads, article, digest, quoter),
        clauses=tuple(_clause(catalogue, act, told, quoter) for act in told.acts),
        stated=tuple(
            StatedCount(count=one.count, star=one.star, place=quoter.place(article, digest, *one.span))
            for one in told.stated
        ),
        lines=len(told.rows),
        source=quoter.place(article, digest, *_named_at(told)),
    )


def _clause(catalogue: Catalogue, act: ActTold, told: DecisionTold, quoter: Quoter) -> ClauseTold:
    key = None
    if act.target is not None:
        rows = catalogue.decisions.rows_of(act.target.label)
        keys = [one.key for one in catalogue.decisions.heads(rows)] if len(rows) == 1 else []
        key = keys[0] if keys else None
    return ClauseTold(
        act=act.act,
        target=None if act.target is None else act.target.label,
        target_key=key,
        whole=act.whole,
        place=quoter.place(told.article_id, told.digest, act.start, act.end),
    )


def _related(catalogue: Catalogue, key: str) -> Related:
    row = catalogue.decisions.row(key)
    head = None if row is None else next(catalogue.decisions.heads([row]))
    return Related(
        key=key,
        number=None if head is None else head.best.number.label,
        issued=None if head is None else head.best.issued,
    )


def _named_at(told: DecisionTold) -> tuple[int, int]:
    """The sentence of a report, the number of a decision's own text, which as a whole would be no quotation."""
    return (told.start, told.end) if told.reported else (told.number_read.span.start, told.number_read.span.end)


def _doubts(told: DecisionTold) -> tuple[Doubt, ...]:
    reads = (
        told.number_read, told.issued_read, told.issuer, told.place_read, told.subject, told.effective_read,
        told.valid_read,
    )  # fmt: skip
    return tuple(dict.fromkeys(doubt for read in reads if read is not None for doubt in read.doubts))
