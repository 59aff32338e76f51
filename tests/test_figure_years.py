"""Counts by province and year over pages of our own: what is added, what stands beside, on either map."""

from collections.abc import Callable, Iterator

import pytest

from crawler.archive import Archive
from crawler.article import Article
from index.build import build
from index.figures.sums import by_number
from index.search import Searcher
from tests.conftest import put
from web.figure_years import FigureYears, PlaceYears, YearCell, figure_years
from web.figures import Map
from web.quoting import Quoter

# Province, month, count, when it was published.
TOLD = (
    ("Nam Định", "12/2023", 400, "2024-01-05"),
    ("Nam Định", "6/2023", 380, "2023-07-05"),
    ("Hà Nam", "12/2023", 120, "2024-01-06"),
    ("Ninh Bình", "12/2023", 181, "2024-01-07"),
    ("Hà Nam", "6/2024", 130, "2024-07-06"),
    ("Nam Định", "12/2024", 450, "2025-01-05"),
    ("Ninh Bình", "12/2025", 800, "2026-01-05"),
    ("Ninh Bình", "12/2025", 812, "2026-01-09"),
)
PAGE = """Sản phẩm OCOP trên các sàn ở {place}

Tính đến tháng {month}, tỉnh {place} có {count} sản phẩm OCOP.

{more}
"""
# So different that no page passes for a copy of another.
MORE = (
    "Nước mắm ven biển và gạo nếp vẫn là những mặt hàng được khách đặt nhiều nhất trong dịp giáp Tết.",
    "Hội nông dân mở lớp dạy chụp ảnh, viết lời giới thiệu và đóng gói hàng gửi đi xa cho các tổ hợp tác.",
    "Chuối ngự, cá kho niêu và bánh đa nem được bày ở gian hàng giữa quảng trường suốt cuối tuần qua.",
    "Cơm cháy, dứa và thịt dê chế biến sẵn theo du khách về khắp nơi sau mỗi chuyến thăm hang động.",
    "Mưa sớm làm vụ nhãn chín muộn, song các hộ trồng nhãn lồng cho biết giá bán không giảm.",
    "Ngân hàng chính sách cho vay vốn mua máy sấy, kho lạnh; hạn trả nợ dài nhất là năm năm.",
    "Cán bộ xã đi từng nhà hướng dẫn ghi nhật ký sản xuất, dán mã truy xuất và giữ sổ sách.",
    "Doanh nghiệp xuất khẩu tìm đến làng chiếu cói, ký hợp đồng dài hạn với thợ dệt lớn tuổi.",
)
Tables = Callable[[Map], FigureYears]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tables]:
    data = tmp_path_factory.mktemp("counted")
    for number, ((place, month, count, published), more) in enumerate(zip(TOLD, MORE, strict=True)):
        page = PAGE.format(place=place, month=month, count=count, more=more)
        put(data, page, f"https://bao.example/{number}.html", published)
    build(data, embedder="hash-256", progress=False)
    searcher = Searcher.open(data)

    def article(article_id: str, digest: str) -> Article:
        with Archive(data) as archive:
            found = archive.get(article_id, digest)
        assert found is not None
        return found

    def table(by: Map) -> FigureYears:
        sums = by_number(searcher.sums())
        return figure_years(
            searcher.figures(), by=by, what="sản phẩm", star=None, planned=False, sums=sums, quoter=Quoter(article)
        )

    yield table
    searcher.close()


def row(told: FigureYears, key: str) -> PlaceYears:
    return next(one for one in told.places if one.place == key)


def cell(told: FigureYears, key: str, year: int) -> YearCell:
    return next(one for one in row(told, key).years if one.year == year)


def test_a_year_has_its_latest_count_and_earlier_ones_beside(tables: Tables) -> None:
    told = tables("then")
    assert (told.map, told.map_label) == ("then", "bản đồ 63 tỉnh, thành trước 7/2025")
    nam_dinh = cell(told, "nam-dinh", 2023)
    assert [(one.value, one.as_of) for one in nam_dinh.latest] == [(400, "2023-12")]
    assert [(one.value, one.as_of) for one in nam_dinh.others] == [(380, "2023-06")]
    assert nam_dinh.latest[0].source.quote == "Tính đến tháng 12/2023, tỉnh Nam Định có 400 sản phẩm OCOP."
    assert (nam_dinh.parts, nam_dinh.missing, nam_dinh.sum) == ((), (), None)
    assert (row(told, "nam-dinh").name, row(told, "nam-dinh").today) == ("Nam Định", "Ninh Bình")


def test_the_former_map_has_nothing_of_the_province_that_was_made_since(tables: Tables) -> None:
    assert [one.year for one in row(tables("then"), "ninh-binh").years] == [2023]


def test_parts_are_added_only_of_one_moment_and_stay_to_be_seen(tables: Tables) -> None:
    told = tables("today")
    assert [one.place for one in told.places] == ["ninh-binh"]
    whole = cell(told, "ninh-binh", 2023)
    assert [(one.name, one.latest[0].value) for one in whole.parts] == [
        ("Ninh Bình", 181), ("Hà Nam", 120), ("Nam Định", 400),
    ]  # fmt: skip
    assert whole.sum is not None
    assert (whole.sum.value, whole.sum.as_of) == (701, "2023-12")
    assert (whole.latest, whole.missing) == ((), ())
    partly = cell(told, "ninh-binh", 2024)
    assert [(one.name, one.latest[0].as_of) for one in partly.parts] == [("Hà Nam", "2024-06"), ("Nam Định", "2024-12")]
    assert (partly.sum, partly.missing) == (None, ("Ninh Bình",))


def test_sources_that_disagree_are_both_told(tables: Tables) -> None:
    whole = cell(tables("today"), "ninh-binh", 2025)
    assert sorted(one.value for one in whole.latest) == [800, 812]
    assert (whole.parts, whole.sum) == ((), None)
