"""Slips in the phrases every question has, and what only looks like one."""

import pytest

from index.phrases import mended_phrases


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("108 sản phm 4 soa thuộc bo nhiêu chủ thể?", "108 sản phẩm 4 sao thuộc bao nhiêu chủ thể?"),
        ("Nmă 2024 tỉnh có ao nhiêu sn phẩm OCPO?", "Năm 2024 tỉnh có bao nhiêu sản phẩm OCOP?"),
        ("Thán 2/2026 có mấy ản phẩm COP", "Tháng 2/2026 có mấy sản phẩm OCOP"),
        ("hợp tá xã nào đã có giấy chứn nhận", "hợp tác xã nào đã có giấy chứng nhận"),
        ("ba san phan ocpo, bao nhieuu", "ba san pham ocpo, bao nhieu"),
        ("sn phẩm", "sản phẩm"),
        ("Huế thán 9 năm 2025 có mấy món 4 xao", "Huế tháng 9 năm 2025 có mấy món 4 sao"),
        ("thag 5 năm 2024, thág 5/2024", "tháng 5 năm 2024, tháng 5/2024"),
        ("Năm 2021 may sản phẩm, 2027 may san phẩm", "Năm 2021 mấy sản phẩm, 2027 mấy san phẩm"),
        ("tỉnh đề suất, đán gia", "tỉnh đề xuất, đánh gia"),
        ("đot 2 năm 2024 có may san phẩm", "đợt 2 năm 2024 có mấy san phẩm"),
    ],
)
def test_a_slip_in_such_a_phrase_is_mended(typed: str, meant: str) -> None:
    assert mended_phrases(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "cụ thể là mấy, cu the la may",
        "con số sơ bộ, ấn phẩm thô sơ",
        "mục tiếp thị được mấy điểm",
        "một cái bánh giá bao nhiêu",
        "công nhân thu hái chè, đánh giày",
        "hợp tác và phát triển",
        "gửi 5 sản phẩm mẫu, lên 4. Báo cáo",
        "4 so với 5 sao, 3 cao 2 thấp",
        "ruốc cá thu Hòn Khô, ông Thủ Hội",
        "Hội nghị COP26 năm 2021, nằm 2024 ngày",
        "hợp tác xã may sản phẩm thổ cẩm, lạc xao, 12 xao",
        "thắng 9 năm liền, cỏ dot 3/4",
        "co may san pham hang 4 nam 2024",
        "có bao nhiêu sản phẩm hang 5 năm 2025",
        "sản phẩm tăng 12 năm 2024, tang 12 nam 2024, thăng 5 năm 2024",
        "trang 5 năm 2024, tràng 5 năm 2024, thành 5 năm 2024, thanh 5 nam 2024",
        "khai thác than 5 năm 2024, trang 5/2024, hang 5/2024",
        "cơ sở 1930 may sản phẩm thổ cẩm, tổ 20 may sản phẩm",
        "tác phẩm, thực phẩm, mỹ phẩm, phế phẩm",
        "bánh gia truyền 4 sao",
        "",
    ],
)
def test_what_is_meant_as_it_stands_is_left(typed: str) -> None:
    assert mended_phrases(typed) == typed
