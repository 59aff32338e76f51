"""What requests ask of the catalogue, as they write it; what cannot be read is refused with what is expected."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Query
from pydantic import BeforeValidator, Field

from crawler.article import fold_space
from index.catalogue.decision_query import DecisionQuery, DecisionSort
from index.catalogue.product_query import Map, ProductQuery, ProductSort
from index.decisions.decision import Act, Change, Level
from index.figures.figure import NATIONAL
from index.places.provinces import slug
from index.products.expiry import last_day
from index.products.product import Status
from index.today import vietnam_today
from web.days import Day, partial_date
from web.place_asked import place_key
from web.problem import invalid_parameter

PAGE_LIMIT = 200
MONTHS_LIMIT = 120
_TEXT_LIMIT = 200
MapAsked = Annotated[
    Map,
    Query(alias="map", description="Bản đồ để lọc và đếm theo tỉnh: then là 63 tỉnh trước 7/2025, today là 34 tỉnh"),
]
Provinces = Annotated[
    list[str] | None,
    Query(description="Chỉ các tỉnh, thành này; lặp lại được", examples=[["Nam Định"]], max_length=63),
]
Order = Literal["asc", "desc"]


def _whole_star(value: object) -> object:
    """A star as a query gives it: the digits 0, 3, 4 and 5 only."""
    if isinstance(value, str) and value in ("0", "3", "4", "5"):
        return int(value)
    raise ValueError("3, 4, 5, hoặc 0 là chưa có")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedProducts:
    """The parameters of /api/products and of its page; None sets no filter."""

    q: Annotated[
        str,
        Query(
            description="Từ trong tên sản phẩm, chủ thể, nhóm, địa danh hay số quyết định; có dấu hoặc không dấu, "
            "từ cuối gõ dở cũng được",
            max_length=_TEXT_LIMIT,
            examples=["ca phe"],
        ),
    ] = ""
    producer: Annotated[
        str, Query(description="Từ trong tên chủ thể", max_length=_TEXT_LIMIT, examples=["hợp tác xã"])
    ] = ""
    province: Provinces = None
    map: MapAsked = "then"
    district: Annotated[
        str | None,
        Query(description="Huyện, quận, thị xã như quyết định ghi", max_length=_TEXT_LIMIT, examples=["Hải Hậu"]),
    ] = None
    commune: Annotated[
        str | None,
        Query(description="Xã, phường, tên trước hoặc sau 7/2025", max_length=_TEXT_LIMIT, examples=["xã Hải Hậu"]),
    ] = None
    star: Annotated[
        list[Annotated[int, BeforeValidator(_whole_star)]] | None,
        Query(description="Hạng sao của giấy chứng nhận còn hạn vào ngày on; 0 là không có hay chưa rõ; lặp lại được"),
    ] = None
    status: Annotated[list[Status] | None, Query(description="Tình trạng vào ngày on; lặp lại được")] = None
    on: Annotated[Day, Query(description="Ngày xét hạng sao, tình trạng, hạn; bỏ trống là hôm nay ở Việt Nam")] = None
    expires_from: Annotated[Day, Query(description="Giấy chứng nhận hết hạn từ ngày này")] = None
    expires_to: Annotated[Day, Query(description="Giấy chứng nhận hết hạn đến ngày này")] = None
    expires_within: Annotated[
        int | None,
        Query(ge=0, le=MONTHS_LIMIT, description="Giấy chứng nhận hết hạn trong bấy nhiêu tháng kể từ ngày on"),
    ] = None
    recognised_from: Annotated[
        str | None, Query(description="Có lần được công nhận từ ngày, tháng hoặc năm này", examples=["2024"])
    ] = None
    recognised_to: Annotated[
        str | None, Query(description="Có lần được công nhận đến hết ngày, tháng hoặc năm này", examples=["2025-06"])
    ] = None
    group: Annotated[
        list[Annotated[str, Field(max_length=_TEXT_LIMIT)]] | None,
        Query(description="Nhóm sản phẩm, như quyết định ghi; lặp lại được", examples=[["Đồ uống"]]),
    ] = None
    decision: Annotated[
        str | None,
        Query(description="Số quyết định hoặc mã quyết định", max_length=_TEXT_LIMIT, examples=["1287/QĐ-UBND"]),
    ] = None
    change: Annotated[
        list[Change] | None, Query(description="Công nhận mới, nâng hạng hay công nhận lại; lặp lại được")
    ] = None
    reported: Annotated[bool | None, Query(description="true: chỉ do báo đưa lại; false: đọc từ chính quyết định")] = (
        None
    )
    doubtful: Annotated[bool | None, Query(description="true: có trường đọc chưa chắc hay có thể trùng")] = None
    sort: Annotated[ProductSort, Query(description="Xếp theo")] = "name"
    order: Annotated[Order, Query(description="asc: tăng dần; desc: giảm dần")] = "asc"
    limit: Annotated[int, Query(ge=1, le=PAGE_LIMIT, description="Số dòng một trang; tệp csv, xlsx luôn có đủ")] = 50
    offset: Annotated[int, Query(ge=0, le=10_000_000, description="Bỏ qua bấy nhiêu dòng đầu")] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedDecisions:
    """The parameters of /api/decisions and of its page; None sets no filter."""

    q: Annotated[
        str,
        Query(
            description="Từ trong số hiệu, trích yếu, cơ quan hay địa danh; có dấu hoặc không dấu, từ cuối gõ dở "
            "cũng được",
            max_length=_TEXT_LIMIT,
            examples=["cong nhan son ha"],
        ),
    ] = ""
    number: Annotated[
        str | None, Query(description="Số hoặc mã quyết định", max_length=_TEXT_LIMIT, examples=["1287/QĐ-UBND"])
    ] = None
    province: Provinces = None
    map: MapAsked = "then"
    level: Annotated[list[Level] | None, Query(description="Cấp ban hành; lặp lại được")] = None
    act: Annotated[list[Act] | None, Query(description="Quyết định làm gì; lặp lại được")] = None
    issued_from: Annotated[str | None, Query(description="Ký từ ngày, tháng hoặc năm này", examples=["2024"])] = None
    issued_to: Annotated[str | None, Query(description="Ký đến hết ngày, tháng hoặc năm này")] = None
    changed: Annotated[bool | None, Query(description="true: có quyết định khác sửa đổi, thay thế hay bãi bỏ")] = None
    listing: Annotated[bool | None, Query(description="true: có danh sách sản phẩm")] = None
    reported: Annotated[
        bool | None, Query(description="true: chỉ do báo đưa lại; false: đọc được chính quyết định")
    ] = None
    doubtful: Annotated[bool | None, Query(description="true: có trường đọc chưa chắc hay các nguồn nói khác")] = None
    sort: Annotated[DecisionSort, Query(description="Xếp theo")] = "issued"
    order: Annotated[Order, Query(description="asc: tăng dần; desc: giảm dần")] = "desc"
    limit: Annotated[int, Query(ge=1, le=PAGE_LIMIT, description="Số dòng một trang; tệp csv, xlsx luôn có đủ")] = 50
    offset: Annotated[int, Query(ge=0, le=10_000_000, description="Bỏ qua bấy nhiêu dòng đầu")] = 0


def product_query(asked: AskedProducts, *, whole: bool = False) -> ProductQuery:
    """The query of a request. whole: of all rows instead of a page, for a file.

    Raises:
        Problem: a value names nothing that is known, or days are in the wrong order.
    """
    on = asked.on or vietnam_today()
    begin, end = asked.expires_from, asked.expires_to
    if asked.expires_within is not None:
        if begin is not None or end is not None:
            raise invalid_parameter("expires_within", "không dùng cùng expires_from hay expires_to")
        begin, end = on, last_day(on, asked.expires_within)
    if begin is not None and end is not None and begin > end:
        raise invalid_parameter("expires_from", f"{begin.isoformat()} ở sau expires_to {end.isoformat()}")
    return ProductQuery(
        on=on,
        q=asked.q,
        producer=asked.producer,
        provinces=_provinces(asked.province),
        by=asked.map,
        district=_place("district", asked.district),
        commune=_place("commune", asked.commune),
        stars=tuple(asked.star or ()),
        statuses=tuple(asked.status or ()),
        groups=tuple(slug(group) for group in asked.group or ()),
        expires_from=begin,
        expires_to=end,
        recognised_from=_ordered("recognised", asked.recognised_from, asked.recognised_to)[0],
        recognised_to=partial_date("recognised_to", asked.recognised_to),
        changes=tuple(asked.change or ()),
        decision=None if not asked.decision else fold_space(asked.decision),
        reported=asked.reported,
        doubtful=asked.doubtful,
        sort=asked.sort,
        descending=asked.order == "desc",
        limit=None if whole else asked.limit,
        offset=0 if whole else asked.offset,
    )


def decision_query(asked: AskedDecisions, *, whole: bool = False) -> DecisionQuery:
    """The query of a request. whole: of all rows instead of a page, for a file.

    Raises:
        Problem: a value names nothing that is known, or days are in the wrong order.
    """
    issued_from, issued_to = _ordered("issued", asked.issued_from, asked.issued_to)
    return DecisionQuery(
        q=asked.q,
        number=None if not asked.number else fold_space(asked.number),
        provinces=_provinces(asked.province),
        by=asked.map,
        levels=tuple(asked.level or ()),
        acts=tuple(asked.act or ()),
        issued_from=issued_from,
        issued_to=issued_to,
        changed=asked.changed,
        listing=asked.listing,
        reported=asked.reported,
        doubtful=asked.doubtful,
        sort=asked.sort,
        descending=asked.order == "desc",
        limit=None if whole else asked.limit,
        offset=0 if whole else asked.offset,
    )


def _provinces(names: list[str] | None) -> tuple[str, ...]:
    keys = tuple(place_key(name, field="province") for name in names or ())
    if NATIONAL in keys:
        raise invalid_parameter("province", "cần tên tỉnh, thành; bỏ trống là cả nước")
    return keys


def _place(name: str, text: str | None) -> str | None:
    if text is None or not text.strip():
        return None
    if not slug(text):
        raise invalid_parameter(name, "cần một địa danh, ví dụ Hải Hậu")
    return fold_space(text)


def _ordered(name: str, begin: str | None, end: str | None) -> tuple[str | None, str | None]:
    first, last = partial_date(f"{name}_from", begin), partial_date(f"{name}_to", end)
    if first and last and first > last and not first.startswith(last):
        raise invalid_parameter(f"{name}_from", f"{first} ở sau {name}_to {last}")
    return first, last
