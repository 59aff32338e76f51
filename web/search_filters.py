"""The filters of GET /api/search as a request writes them; what cannot be read is refused with what is expected."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Query
from pydantic import Field

from crawler.article import Kind, fold_space
from index.filters import Filters
from index.law.address import DocumentNumber, asked_number
from index.places.districts import districts_called
from index.places.territory import Territory, territory_called
from index.search import Searcher
from web.days import Day, partial_date
from web.problem import invalid_parameter, shown

_SOURCES_SHOWN = 8
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFilters:
    """The parameters that filter, as FastAPI reads them; None sets no filter."""

    kind: Annotated[list[Kind] | None, Query(description="Chỉ các loại bài này; lặp lại được", examples=[["news"]])] = (
        None
    )
    province: Annotated[
        list[str] | None,
        Query(
            description="Chỉ các tỉnh này, theo tên trước hoặc sau 1/7/2025; tên còn dùng gồm cả các tỉnh đã nhập "
            "vào, “Ninh Bình cũ” là riêng tỉnh trước đó; lặp lại được",
            examples=[["Nam Định"]],
        ),
    ] = None
    district: Annotated[
        list[str] | None,
        Query(
            description="Chỉ đoạn nêu tên huyện, quận, thị xã, thành phố thuộc tỉnh (trước 1/7/2025) này, kèm tên "
            "tỉnh nếu trùng tên; lặp lại được",
            examples=[["Hải Hậu"], ["Châu Thành, An Giang"]],
        ),
    ] = None
    from_: Annotated[
        str | None, Query(alias="from", description="Từ ngày: YYYY, YYYY-MM hoặc YYYY-MM-DD", examples=["2023"])
    ] = None
    to: Annotated[str | None, Query(description="Đến hết ngày, tháng hoặc năm này", examples=["2024-06"])] = None
    source: Annotated[
        list[str] | None,
        Query(
            description="Chỉ các nguồn này, theo tên hoặc tên miền; lặp lại được",
            examples=[["Báo Ví Dụ"], ["vi-du.example"]],
        ),
    ] = None
    star: Annotated[
        list[Annotated[int, Field(ge=1, le=5)]] | None,
        Query(description="Chỉ đoạn nói về sản phẩm hay tiêu chí hạng sao này, 1 tới 5; lặp lại được", examples=[[4]]),
    ] = None
    number: Annotated[
        list[str] | None,
        Query(
            description="Chỉ đoạn của văn bản mang số hiệu này hoặc có nêu số hiệu ấy; lặp lại được",
            examples=[["26/2026/QĐ-TTg"], ["QĐ 148"]],
        ),
    ] = None
    in_force: Annotated[
        Day,
        Query(
            description="Chỉ văn bản (và bài tóm lược văn bản) mà kho biết là có hiệu lực vào ngày này, "
            "YYYY-MM-DD; force_unknown đếm các đoạn bị bỏ ra vì kho không biết",
            examples=["2024-05-01"],
        ),
    ] = None


def search_filters(asked: AskedFilters, searcher: Searcher) -> Filters:
    """The filters of one request. An empty list sets none.

    Raises:
        Problem: a value names nothing that is known, or the days are in the wrong order.
    """
    date_from, date_to = partial_date("from", asked.from_), partial_date("to", asked.to)
    if date_from and date_to and date_from > date_to and not date_from.startswith(date_to):
        detail = f"“from” ({date_from}) ở sau “to” ({date_to}); cần from không muộn hơn to."
        raise invalid_parameter("from", detail, said=detail)
    return Filters(
        kinds=tuple(asked.kind or ()) or None,
        provinces=tuple(_province(name) for name in asked.province or ()) or None,
        districts=tuple(key for name in asked.district or () for key in _districts(name)) or None,
        date_from=date_from,
        date_to=date_to,
        sources=tuple(_source(searcher, name) for name in asked.source or ()) or None,
        stars=tuple(asked.star or ()) or None,
        numbers=tuple(_number(text) for text in asked.number or ()) or None,
        in_force=asked.in_force,
    )


def _province(name: str) -> Territory:
    return _read(
        "province",
        name,
        territory_called,
        "tên một tỉnh, thành phố trước hoặc sau 1/7/2025, ví dụ Nam Định; “Ninh Bình cũ” là riêng tỉnh trước đó",
    )


def _districts(name: str) -> tuple[str, ...]:
    found = _read(
        "district",
        name,
        lambda text: districts_called(text) or None,
        "tên một huyện, quận, thị xã, thành phố thuộc tỉnh trước 1/7/2025, ví dụ Hải Hậu hay Châu Thành, An Giang",
    )
    return tuple(district.key for district in found)


def _number(text: str) -> DocumentNumber:
    return _read("number", text, asked_number, "số hiệu một văn bản, ví dụ 26/2026/QĐ-TTg hay QĐ 148")


def _source(searcher: Searcher, name: str) -> str:
    def known(text: str) -> str | None:
        return fold_space(text) if searcher.knows_source(text) else None

    names = list(dict.fromkeys(source.name for source in searcher.sources() if source.name))
    listed = ", ".join(names[:_SOURCES_SHOWN]) + (", …" if len(names) > _SOURCES_SHOWN else "")
    return _read("source", name, known, f"tên hay tên miền của một nguồn trong kho: {listed}")


def _read(field: str, text: str, reader: Callable[[str], _Value | None], expected: str) -> _Value:
    found = reader(text)
    if found is None:
        detail = f"“{field}” nhận được {shown(text)}; cần {expected}."
        raise invalid_parameter(field, detail, said=detail)
    return found
