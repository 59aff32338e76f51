"""Decisions as newspapers tell of them: whose they are where only "UBND tỉnh" is said, and what they withdraw."""

import pytest

from crawler.article import Article
from index.decisions.decision import DecisionTold
from index.decisions.head import find_issuer, find_unnamed
from index.decisions.reading import decisions
from tests.decision_pages import news


def told(article: Article, number: str) -> DecisionTold:
    return next(one for one in decisions(article) if one.number.label == number)


@pytest.mark.parametrize(
    ("text", "issuer", "key"),
    [
        ("Chủ tịch UBND tỉnh Lâm Đồng Trần Văn Mẫu ký", "Chủ tịch UBND tỉnh Lâm Đồng", "lam-dong"),
        ("UBND thành phố Cần Thơ Trần Văn Mẫu ký", "UBND thành phố Cần Thơ", "can-tho"),
        ("UBND huyện Hải Hậu Trần Văn Mẫu ký", "UBND huyện Hải Hậu", "nam-dinh"),
        ("UBND tỉnh Bà Rịa - Vũng Tàu ký", "UBND tỉnh Bà Rịa - Vũng Tàu", "ba-ria-vung-tau"),
        ("UBND tỉnh Sơn Hạ công nhận", "UBND tỉnh Sơn Hạ", None),
        ("UBND tỉnh vừa họp với UBND tỉnh Lâm Đồng", "UBND tỉnh Lâm Đồng", "lam-dong"),
    ],
)
def test_the_name_of_a_place_ends_where_another_s_begins(text: str, issuer: str, key: str | None) -> None:
    found = find_issuer(text)
    assert found is not None
    assert (found.span.of(text), found.place) == (issuer, key)


@pytest.mark.parametrize("text", ["UBND tỉnh ban hành Quyết định", "UBND tỉnh.", "Chủ tịch UBND tỉnh đã ký"])
def test_a_committee_without_its_name_is_no_place(text: str) -> None:
    assert find_issuer(text) is None
    unnamed = find_unnamed(text)
    assert unnamed is not None
    assert (unnamed.level, unnamed.place, unnamed.place_span) == ("province", None, None)
    assert find_unnamed("UBND tỉnh Lâm Đồng ký") is None


def test_a_committee_without_its_name_is_that_of_the_place_written_about() -> None:
    article = news(
        "UBND tỉnh ban hành Quyết định số 715/QĐ-UBND ngày 05/8/2026 công nhận 9 sản phẩm OCOP đạt 3 sao. Các sản phẩm "
        "ấy được xét lại theo Quyết định số 44/QĐ-UBND ngày 02 tháng 3 năm 2023 của UBND tỉnh về quy chế.",
        place="Lâm Đồng",
    )
    found = [(one.number.label, one.level, one.place, one.issuer and one.issuer.text) for one in decisions(article)]
    assert found == [
        ("715/QĐ-UBND", "province", "lam-dong", "UBND tỉnh"),
        ("44/QĐ-UBND", "province", "lam-dong", "UBND tỉnh"),
    ]


def test_what_is_withdrawn_line_by_line_needs_no_star() -> None:
    article = news(
        "Chủ tịch UBND tỉnh Lâm Đồng Trần Văn Mẫu ký Quyết định số 129/QĐ-UBND ngày 20/01/2026 thu hồi "
        "chứng nhận OCOP.",
        "Quyết định thu hồi chứng nhận của ba cơ sở trái Quyết định số 44/QĐ-UBND ngày 02/3/2023 của UBND tỉnh, gồm:",
        "Sản phẩm ớt muối của HTX Suối Mẫu (xã Lạc Dương, Lạc Dương) do không làm đúng quy trình đã nộp.",
        "Sản phẩm Cơm cháy cay của hộ kinh doanh Lê Văn Mẫu vì đã ngừng làm. Cơ sở không còn máy sấy.",
        "Sản phẩm của chị Tư thì vẫn còn chứng nhận.",
        "Sản phẩm Mắc ca sấy của Công ty TNHH Mắc Ca không dính gì tới việc này.",
    )
    one = told(article, "129/QĐ-UBND")
    assert (one.place, [act.act for act in one.acts]) == ("lam-dong", ["withdraws"])
    assert [
        (row.act, row.name.text, row.producer and row.producer.text, row.commune and row.commune.text, row.star)
        for row in one.rows
    ] == [
        ("withdraws", "ớt muối", "HTX Suối Mẫu", "xã Lạc Dương", None),
        ("withdraws", "Cơm cháy cay", "hộ kinh doanh Lê Văn Mẫu", None, None),
    ]
    for row in one.rows:
        assert row.name.span.of(article.text) == row.name.text


def test_a_quoted_product_is_withdrawn_with_what_the_quotation_says_of_it() -> None:
    article = news(
        "UBND tỉnh Lâm Đồng ban hành Quyết định số 129/QĐ-UBND ngày 20/01/2026 về việc thu hồi giấy chứng nhận OCOP.",
        "Theo đó, thu hồi giấy chứng nhận đối với sản phẩm “Khu nghỉ Suối Mẫu, xã Lạc Dương, đạt 3 sao năm 2023” được "
        "công nhận tại Quyết định số 44/QĐ-UBND ngày 02/3/2023 của UBND tỉnh.",
    )
    (row,) = told(article, "129/QĐ-UBND").rows
    assert (row.act, row.name.text, row.producer, row.commune and row.commune.text, row.star) == (
        "withdraws", "Khu nghỉ Suối Mẫu", None, "xã Lạc Dương", 3,
    )  # fmt: skip


def test_places_in_a_list_of_names_make_no_product() -> None:
    """A name that could be a person's stands in it as a place: "(Thạch Thành)"."""
    article = news(
        "UBND tỉnh Thanh Hóa có Quyết định số 129/QĐ-UBND ngày 23/12/2019 công nhận 8 sản phẩm OCOP.",
        "Có 3 sản phẩm hạng 4 sao, gồm: Dưa lưới, dưa chuột (Quảng Xương) và 5 sản phẩm hạng 3 sao, gồm: Rượu Mẫu, mắm "
        "tôm (Hậu Lộc), Bánh gai, Kẹo lạc (Thọ Xuân), Tinh dầu sả (Thạch Thành) và rượu sâm (Vĩnh Lộc).",
    )
    assert told(article, "129/QĐ-UBND").rows == ()
