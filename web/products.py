"""Products as the interface gives them: lists with facets, one product with its history and state, rows of a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from index.catalogue.catalogue import Catalogue
from index.catalogue.product_columns import last_recognition
from index.catalogue.product_query import Found, Map, ProductQuery
from index.decisions.decision import Change, Doubt
from index.decisions.spoken import CHANGE_LABELS
from index.law.address import asked_number, find_section
from index.law.documents import Law
from index.products.expiry import STATUS_NAME, state
from index.products.product import Product, ProductState, Recognition, Status
from index.products.rules import Ground
from web.exports import Column, Table, day_or_text
from web.facet_values import MAP_LABELS, FacetValue, facets_told
from web.problem import RECORD_NOT_FOUND, Problem, shown
from web.quoting import Place, Quoter
from web.written import LineTold, WhereTold, doubts_told, line_told, where_told


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundTold:
    """A rule of law that a state rests on: the document, the unit, and where it stands; place is null where no text
    held has that unit."""

    document: str
    where: str
    place: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StateTold:
    """How a product stands at the end of a day; a day that is not known is null.

    label: the status in words. star: what it has; of "undetermined" and "expired" what it had. since: the recognition
    that counts. expires: its certificate's last day. renew_from, renew_to: when its renewal may be filed. keeps_until:
    of "undetermined", the last day that a late renewal may keep it. rules: what of law this rests on, in short.
    """

    status: Status
    label: str
    star: int | None
    since: date | None
    expires: date | None
    renew_from: date | None
    renew_to: date | None
    keeps_until: date | None
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductItem:
    """A product as lists show it; its fields as the latest decision writes them.

    decision, number: key and number of the latest decision that recognises it; recognised: its day, as far as known;
    change: what that decision says of it. reported: that decision is known from texts about it only. doubts: of the
    fields of its latest line. maybe_same: so many other products may be this one. source: the latest line.
    """

    key: str
    name: str
    producer: str | None
    group: str | None
    where: WhereTold
    state: StateTold
    decision: str | None
    number: str | None
    recognised: str | None
    change: Change | None
    reported: bool
    doubts: tuple[Doubt, ...]
    maybe_same: int
    source: Place | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductsPage:
    """A page of the products within the filters; total: how many there are in all.

    facets: for each filter that has one, the values and how many products have each within all other filters: by
    `province` (on `map`), `year` (recognised in it; a product may count in several), `star` (of certificates in force
    on `on`), `status` (on `on`), `group`.
    """

    products: tuple[ProductItem, ...]
    total: int
    limit: int
    offset: int
    facets: dict[str, tuple[FacetValue, ...]]
    map: Map
    map_label: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognitionTold:
    """A line of a decision about the product.

    on: the day of recognition or withdrawal, as far as known; months: how long it is valid. ended, ended_by: the day
    since which it does not count, and the decision that ended it. corrected_by: the decision that corrected the line.
    """

    decision: str
    number: str | None
    on: str | None
    months: int
    star: int | None
    change: Change | None
    withdrawn: bool
    ended: str | None
    ended_by: str | None
    corrected_by: str | None
    line: LineTold


@dataclass(frozen=True, slots=True, kw_only=True)
class Namesake:
    """A product that may be the same one and is kept apart, and how it stands on the day."""

    key: str
    name: str
    producer: str | None
    status: Status
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductDetail:
    """One product whole: names it goes by, history from the earliest on, the grounds of its state, and what may be the
    same product."""

    product: ProductItem
    names: tuple[str, ...]
    history: tuple[RecognitionTold, ...]
    grounds: tuple[GroundTold, ...]
    maybe_same: tuple[Namesake, ...]
    on: date


def products_page(catalogue: Catalogue, query: ProductQuery, quoter: Quoter) -> ProductsPage:
    """The page of a query."""
    found = catalogue.products.find(query)
    items = tuple(product_item(catalogue, one, query.on, quoter) for one in catalogue.products.read(found.rows))
    return ProductsPage(
        products=items,
        total=found.total,
        limit=len(items) if query.limit is None else query.limit,
        offset=query.offset,
        facets=facets_told(found.facets, found.by),
        map=found.by,
        map_label=MAP_LABELS[found.by],
        on=query.on,
    )


def find_product(catalogue: Catalogue, key: str) -> Product:
    """The product of a key.

    Raises:
        Problem: none has it.
    """
    row = catalogue.products.row(key)
    if row is None:
        raise Problem(RECORD_NOT_FOUND, f"Kho không có sản phẩm nào mang mã {shown(key)}.")
    return next(catalogue.products.read([row]))


def product_item(catalogue: Catalogue, product: Product, on: date, quoter: Quoter | None) -> ProductItem:
    """A product as lists show it. quoter: None for a file, which quotes nothing."""
    last = last_recognition(product) or product.history[-1]
    row = catalogue.products.row(product.key)
    return ProductItem(
        key=product.key,
        name=product.name,
        producer=product.producer,
        group=product.group,
        where=where_told(product, () if row is None else catalogue.products.communes_today(row)),
        state=state_told(state(product, on)),
        decision=last.decision,
        number=catalogue.decisions.label(last.decision),
        recognised=last.on,
        change=last.change,
        reported=catalogue.decisions.is_report(last.decision, last.article_id, last.digest),
        doubts=last.row.doubts,
        maybe_same=len(product.doubtful),
        source=None if quoter is None else quoter.place(last.article_id, last.digest, last.row.start, last.row.end),
    )


def product_detail(catalogue: Catalogue, law: Law, product: Product, on: date, quoter: Quoter) -> ProductDetail:
    """One product whole."""
    rows = (catalogue.products.row(key) for key in product.doubtful)
    same = catalogue.products.read(row for row in rows if row is not None)
    return ProductDetail(
        product=product_item(catalogue, product, on, quoter),
        names=product.names,
        history=tuple(_recognition_told(catalogue, one, quoter) for one in product.history),
        grounds=tuple(ground_told(law, ground, quoter) for ground in state(product, on).grounds),
        maybe_same=tuple(_namesake(one, on) for one in same),
        on=on,
    )


def _namesake(product: Product, on: date) -> Namesake:
    status = state(product, on).status
    return Namesake(
        key=product.key, name=product.name, producer=product.producer, status=status, label=STATUS_NAME[status]
    )


def state_told(found: ProductState) -> StateTold:
    """A state with its words."""
    return StateTold(
        status=found.status,
        label=STATUS_NAME[found.status],
        star=found.star,
        since=found.since,
        expires=found.expires,
        renew_from=found.renew_from,
        renew_to=found.renew_to,
        keeps_until=found.keeps_until,
        rules=tuple(_rule(ground) for ground in found.grounds),
    )


def ground_told(law: Law, ground: Ground, quoter: Quoter) -> GroundTold:
    """A rule of law with its place in the best text held that has the unit."""
    number = asked_number(ground.document)
    document = None if number is None else law.find(number)
    place = None
    for carrier in () if document is None or not ground.labels else document.carriers:
        article = quoter.article(carrier.article_id, carrier.digest)
        section = find_section(article, ground.labels)
        if section is not None:
            end = section.start + len(article.text[section.start : section.end].rstrip())
            place = quoter.place(article.id, article.digest, section.start, end)
            break
    return GroundTold(document=ground.document, where=ground.where, place=place)


def _rule(ground: Ground) -> str:
    return f"{ground.where} {ground.document}" if ground.labels else ground.document


def _recognition_told(catalogue: Catalogue, one: Recognition, quoter: Quoter) -> RecognitionTold:
    return RecognitionTold(
        decision=one.decision,
        number=catalogue.decisions.label(one.decision),
        on=one.on,
        months=one.months,
        star=one.star,
        change=one.change,
        withdrawn=one.withdrawn,
        ended=one.ended,
        ended_by=one.ended_by,
        corrected_by=one.corrected_by,
        line=line_told(one.row, one.article_id, one.digest, quoter),
    )


def products_table(catalogue: Catalogue, query: ProductQuery) -> Table[tuple[Product, ProductItem]]:
    """All products within the filters, in the query's order, as a file; read one at a time."""
    found: Found = catalogue.products.find(query)

    def rows() -> Iterator[tuple[Product, ProductItem]]:
        for one in catalogue.products.read(found.rows):
            yield one, product_item(catalogue, one, query.on, None)

    return Table(
        name=f"san-pham-ocop-{query.on.isoformat()}", columns=_columns(query.on), rows=rows(), count=len(found.rows)
    )


def _columns(on: date) -> Sequence[Column[tuple[Product, ProductItem]]]:
    day = f"{on:%d/%m/%Y}"
    return (
        Column(header="Sản phẩm", value=lambda row: row[1].name, width=36),
        Column(header="Chủ thể", value=lambda row: row[1].producer, width=36),
        Column(header="Nhóm (như ghi)", value=lambda row: row[1].group, width=20),
        Column(header="Xã, phường (như ghi)", value=lambda row: row[1].where.commune, width=20),
        Column(header="Huyện (như ghi)", value=lambda row: row[1].where.district, width=20),
        Column(header="Tỉnh, thành (như ghi)", value=lambda row: row[1].where.province_name, width=18),
        Column(header="Xã, phường từ 7/2025", value=lambda row: " hoặc ".join(row[1].where.communes_today), width=20),
        Column(header="Tỉnh, thành từ 7/2025", value=lambda row: row[1].where.province_today_name, width=18),
        Column(header=f"Hạng sao (ngày {day})", value=lambda row: row[1].state.star, width=10),
        Column(header=f"Tình trạng (ngày {day})", value=lambda row: row[1].state.label, width=26),
        Column(header="Công nhận ngày", value=lambda row: day_or_text(row[1].recognised), width=12),
        Column(header="Giấy chứng nhận hết hạn", value=lambda row: row[1].state.expires, width=12),
        Column(header="Nộp hồ sơ đánh giá lại từ", value=lambda row: row[1].state.renew_from, width=12),
        Column(header="Nộp hồ sơ đánh giá lại đến", value=lambda row: row[1].state.renew_to, width=12),
        Column(header="Quyết định", value=lambda row: row[1].number or row[1].decision, width=18),
        Column(header="Thay đổi", value=lambda row: None if row[1].change is None else CHANGE_LABELS[row[1].change]),
        Column(header="Chỉ do báo đưa", value=lambda row: row[1].reported, width=10),
        Column(header="Nghi vấn", value=_doubts, width=30),
        Column(header="Mã sản phẩm", value=lambda row: row[1].key, width=24),
        Column(header="Mã bài nguồn", value=lambda row: _last(row[0]).article_id, width=18),
        Column(header="Phiên bản bài", value=lambda row: _last(row[0]).digest, width=18),
        Column(header="Từ ký tự", value=lambda row: _last(row[0]).row.start, width=10),
        Column(header="Đến ký tự", value=lambda row: _last(row[0]).row.end, width=10),
    )


def _last(product: Product) -> Recognition:
    return last_recognition(product) or product.history[-1]


def _doubts(row: tuple[Product, ProductItem]) -> str:
    same = f"có thể trùng {row[1].maybe_same} sản phẩm khác" if row[1].maybe_same else ""
    return "; ".join(part for part in (doubts_told(row[1].doubts), same) if part)
