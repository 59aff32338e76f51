"""Decisions told of by several articles: one record each, kept apart where they are not one, and what changed them."""

from itertools import permutations

import pytest

from crawler.article import Article
from index.decisions.decision import DecisionTold
from index.decisions.merged import Decision
from index.decisions.merging import merged
from index.decisions.reading import decisions
from tests.decision_pages import decision, page, table

HEADER = "STT | Tên sản phẩm | Chủ thể | Địa chỉ | Hạng sao"
ROW = "1 | Mật ong | HTX Ong | xã Lạc Dương | 4 sao"
FILLER = "Bà con trong vùng cho biết vụ này được mùa, giá bán ổn định và hàng đi được nhiều nơi hơn mọi năm trước."


def news(text: str, name: str = "1", place: str | None = None) -> Article:
    return page(f"<p>{text}</p><p>{FILLER}</p>", url=f"http://bao.mau.vn/tin/{name}.html", place=place)


def told(*articles: Article) -> list[DecisionTold]:
    return [one for article in articles for one in decisions(article)]


def together(*articles: Article) -> dict[str, Decision]:
    return {one.key: one for one in merged(told(*articles))}


def test_its_own_text_and_a_report_are_one_decision() -> None:
    own = decision(table(HEADER, ROW))
    report = news("UBND tỉnh Lâm Đồng có Quyết định 1287/QĐ-UBND ngày 12/9/2025 công nhận 1 sản phẩm OCOP.")
    found = together(report, own)
    assert list(found) == ["1287-qd-ubnd.lam-dong.2025"]
    one = found["1287-qd-ubnd.lam-dong.2025"]
    assert [source.reported for source in one.told] == [False, True]
    assert [row.name.text for row in one.rows] == ["Mật ong"]
    assert one.disputed == ()


def test_two_provinces_have_each_their_number() -> None:
    found = together(
        news("UBND tỉnh Lâm Đồng có Quyết định 715/QĐ-UBND ngày 12/9/2025 về sản phẩm OCOP.", "a"),
        news("UBND tỉnh Thanh Hóa có Quyết định 715/QĐ-UBND ngày 03/2/2025 về sản phẩm OCOP.", "b"),
        news("UBND tỉnh Thanh Hóa có Quyết định 715/QĐ-UBND ngày 03/2/2024 về sản phẩm OCOP.", "c"),
    )
    assert list(found) == ["715-qd-ubnd.lam-dong.2025", "715-qd-ubnd.thanh-hoa.2024", "715-qd-ubnd.thanh-hoa.2025"]


def test_a_report_without_a_day_joins_only_where_one_fits() -> None:
    first = news("UBND tỉnh Thanh Hóa có Quyết định 715/QĐ-UBND ngày 03/2/2025 về sản phẩm OCOP.", "b")
    second = news("UBND tỉnh Thanh Hóa có Quyết định 715/QĐ-UBND ngày 03/2/2024 về sản phẩm OCOP.", "c")
    open_ = news("UBND tỉnh Thanh Hóa có Quyết định 715/QĐ-UBND về công nhận sản phẩm OCOP.", "d")
    assert [len(one.told) for one in together(first, open_).values()] == [2]
    assert sorted(len(one.told) for one in together(first, second, open_).values()) == [1, 1, 1]


def test_a_district_and_a_province_of_one_name_are_two() -> None:
    found = together(
        decision("", place="HUYỆN HÒA BÌNH", number="12/QĐ-UBND"),
        decision("", place="TỈNH HÒA BÌNH", number="12/QĐ-UBND"),
    )
    assert list(found) == ["12-qd-ubnd.hoa-binh.2025", "12-qd-ubnd.huyen-hoa-binh.2025"]


def test_keys_do_not_hang_on_the_order_of_articles() -> None:
    articles = [
        decision(table(HEADER, ROW)),
        news("UBND tỉnh Lâm Đồng có Quyết định 1287/QĐ-UBND công nhận 1 sản phẩm OCOP.", "a"),
        news("UBND tỉnh Thanh Hóa có Quyết định 1287/QĐ-UBND ngày 03/2/2025 về sản phẩm OCOP.", "b"),
        news("Quyết định 1287/QĐ-UBND công nhận sản phẩm OCOP được nhiều nơi nhắc tới trong tuần.", "c"),
    ]
    keys = {tuple(together(*order)) for order in permutations(articles)}
    assert len(keys) == 1
    assert {"1287-qd-ubnd.lam-dong.2025", "1287-qd-ubnd.thanh-hoa.2025"} <= set(next(iter(keys)))


def test_what_its_sources_tell_differently_is_disputed() -> None:
    own = decision(
        table(HEADER, ROW),
        articles="<p>Điều 1. Công nhận 5 sản phẩm OCOP.</p><p>Điều 2. Thi hành Quyết định này.</p>",
    )
    report = news("UBND tỉnh Lâm Đồng có Quyết định 1287/QĐ-UBND ngày 21/9/2025 công nhận 6 sản phẩm OCOP.")
    (one,) = together(own, report).values()
    assert one.disputed == ("issued", "stated")
    assert one.best.issued == "2025-09-12"


@pytest.mark.parametrize("reported", [False, True])
def test_what_changes_a_decision(reported: bool) -> None:
    """Also where the decision that changes it is only reported."""
    first = decision(table(HEADER, ROW), number="715/QĐ-UBND", day="01 tháng 02 năm 2025")
    clause = "thay thế Quyết định số 715/QĐ-UBND ngày 01/02/2025"
    second = (
        news(f"Quyết định 1287/QĐ-UBND ngày 12/9/2025 của UBND tỉnh Lâm Đồng về OCOP {clause}.")
        if reported
        else decision("", articles=f"<p>Điều 1. Quyết định này {clause}.</p><p>Điều 2. Thi hành.</p>")
    )
    found = together(first, second)
    assert found["715-qd-ubnd.lam-dong.2025"].changed_by == ("1287-qd-ubnd.lam-dong.2025",)
    assert found["1287-qd-ubnd.lam-dong.2025"].changed_by == ()


def test_a_province_merged_in_2025_changes_what_its_parts_decided() -> None:
    former = decision("", number="858/QĐ-UBND", day="19 tháng 6 năm 2025", place="TỈNH ĐẮK NÔNG")
    other = decision("", number="858/QĐ-UBND", day="20 tháng 6 năm 2024", place="TỈNH THANH HÓA")
    later = decision(
        "",
        articles="<p>Điều 1. Bãi bỏ Quyết định số 858/QĐ-UBND ngày 19/6/2025.</p><p>Điều 2. Thi hành.</p>",
        subject="Về việc bãi bỏ quyết định công nhận sản phẩm OCOP",
    )
    found = together(former, other, later)
    assert found["858-qd-ubnd.dak-nong.2025"].changed_by == ("1287-qd-ubnd.lam-dong.2025",)
    assert found["858-qd-ubnd.thanh-hoa.2024"].changed_by == ()


def test_the_better_list_counts() -> None:
    report = page(
        "<p>UBND tỉnh Lâm Đồng có Quyết định 1287/QĐ-UBND ngày 12/9/2025 công nhận 2 sản phẩm OCOP 4 sao.</p>"
        + table("STT | Tên sản phẩm | Chủ thể", "1 | Mật ong rừng | HTX Ong", "2 | Trà | HTX Trà"),
        url="http://bao.mau.vn/tin/1.html",
    )
    alone = together(report)["1287-qd-ubnd.lam-dong.2025"]
    assert [row.name.text for row in alone.rows] == ["Mật ong rừng", "Trà"]
    both = together(report, decision(table(HEADER, ROW)))["1287-qd-ubnd.lam-dong.2025"]
    assert [row.name.text for row in both.rows] == ["Mật ong"]
    assert "rows" in both.disputed
