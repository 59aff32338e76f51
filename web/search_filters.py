"""The filters of GET /api/search as a request writes them; what cannot be read is refused with what is expected."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from crawler.article import Kind, fold_space
from index.filters import Filters
from index.law.address import DocumentNumber, asked_number
from index.places.districts import districts_called
from index.places.territory import Territory, territory_called
from index.search import Searcher
from web.days import partial_date
from web.problem import INVALID_VALUE, FieldProblem, Problem, shown

_SOURCES_SHOWN = 8
_Value = TypeVar("_Value")


def search_filters(
    searcher: Searcher,
    *,
    kind: Sequence[Kind],
    province: Sequence[str],
    district: Sequence[str],
    from_: str | None,
    to: str | None,
    source: Sequence[str],
    star: Sequence[int],
    number: Sequence[str],
    in_force: date | None,
) -> Filters:
    """The filters of one request. An empty list sets none.

    Raises:
        Problem: a value names nothing that is known, or the days are in the wrong order.
    """
    date_from, date_to = partial_date("from", from_), partial_date("to", to)
    if date_from and date_to and date_from > date_to and not date_from.startswith(date_to):
        raise _invalid("from", f"“from” ({date_from}) ở sau “to” ({date_to}); cần from không muộn hơn to.")
    return Filters(
        kinds=tuple(kind) or None,
        provinces=tuple(_province(name) for name in province) or None,
        districts=tuple(key for name in district for key in _districts(name)) or None,
        date_from=date_from,
        date_to=date_to,
        sources=tuple(_source(searcher, name) for name in source) or None,
        stars=tuple(star) or None,
        numbers=tuple(_number(text) for text in number) or None,
        in_force=in_force,
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
        raise _invalid(field, f"“{field}” nhận được {shown(text)}; cần {expected}.")
    return found


def _invalid(field: str, detail: str) -> Problem:
    return Problem(INVALID_VALUE, detail, errors=[FieldProblem(pointer=f"?{field}", detail=detail)])
