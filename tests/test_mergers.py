"""What is told of the provinces of before July 2025 beside an answer."""

import pytest

from assistant.decline import nothing_found
from assistant.mergers import merger_notices
from assistant.question import understand


@pytest.mark.parametrize(
    ("question", "notices"),
    [
        ("Bạc Liêu có mấy sản phẩm?", ["Tỉnh Bạc Liêu nay thuộc tỉnh Cà Mau (từ 1/7/2025)."]),
        ("Cà Mau có mấy sản phẩm?", []),
        (
            "Bạc Liêu nay mang tên gì?",
            [
                "Tỉnh Bạc Liêu nay thuộc tỉnh Cà Mau (từ 1/7/2025).",
                "Tỉnh Cà Mau hợp nhất từ Cà Mau và Bạc Liêu (từ 1/7/2025).",
            ],
        ),
        (
            "Thành phố Cần Thơ mới gộp từ những tỉnh nào?",
            ["Thành phố Cần Thơ hợp nhất từ Cần Thơ, Hậu Giang và Sóc Trăng (từ 1/7/2025)."],
        ),
        (
            "Huyện Lệ Thủy nay thuộc tỉnh nào?",
            [
                "Huyện Lệ Thủy là đơn vị cũ của tỉnh Quảng Bình (cấp huyện thôi hoạt động từ 1/7/2025).",
                "Tỉnh Quảng Bình nay thuộc tỉnh Quảng Trị (từ 1/7/2025).",
                "Tỉnh Quảng Trị hợp nhất từ Quảng Trị và Quảng Bình (từ 1/7/2025).",
            ],
        ),
        (
            "Nghệ An có bị nhập với tỉnh nào không?",
            ["Tỉnh Nghệ An không sáp nhập với tỉnh nào khi sắp xếp từ 1/7/2025."],
        ),
    ],
)
def test_what_became_of_a_province(question: str, notices: list[str]) -> None:
    assert merger_notices(understand(question)) == notices


def test_where_no_article_tells_of_a_merger_the_list_is_named() -> None:
    status, said = nothing_found(understand("Nghệ An có bị nhập với tỉnh nào không?"))
    assert (status, "danh mục tỉnh, thành phố" in said) == ("no_evidence", True)
