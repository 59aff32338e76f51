"""What became of a place, as readers are told."""

import pytest

from index.places.districts import DISTRICTS
from index.places.history import district_history, explain_place, province_history
from index.places.named import PROVINCES


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nam Định", "tỉnh Nam Định, từ 1/7/2025 thuộc tỉnh Ninh Bình (Nghị quyết 202/2025/QH15)."),
        ("quảng nam", "tỉnh Quảng Nam, từ 1/7/2025 thuộc thành phố Đà Nẵng (Nghị quyết 202/2025/QH15)."),
        (
            "Ninh Bình",
            "tỉnh Ninh Bình: từ 1/7/2025 gồm tỉnh Ninh Bình, tỉnh Hà Nam và tỉnh Nam Định trước đó "
            "(Nghị quyết 202/2025/QH15).",
        ),
        ("huế", "thành phố Huế: không hợp nhất với tỉnh nào trong đợt 1/7/2025 (Nghị quyết 202/2025/QH15)."),
        (
            "huyện hải hậu",
            "huyện Hải Hậu, tỉnh Nam Định: cấp huyện kết thúc ngày 1/7/2025 (Nghị quyết 203/2025/QH15); "
            "địa bàn nay thuộc tỉnh Ninh Bình.",
        ),
        (
            "quận 1",
            "quận 1, thành phố Hồ Chí Minh: cấp huyện kết thúc ngày 1/7/2025 (Nghị quyết 203/2025/QH15).",
        ),
        (
            "huyện Mỹ Lộc",
            "huyện Mỹ Lộc, trước 1/7/2025 đã thành hoặc đã nhập vào thành phố Nam Định; thành phố Nam Định, tỉnh Nam "
            "Định: cấp huyện kết thúc ngày 1/7/2025 (Nghị quyết 203/2025/QH15); địa bàn nay thuộc tỉnh Ninh Bình.",
        ),
        ("QN", "“QN” có thể là: tỉnh Quảng Ninh, tỉnh Quảng Nam, tỉnh Quảng Ngãi."),
        (
            "Phú Tân",
            "“Phú Tân” có thể là: huyện Phú Tân, tỉnh An Giang; huyện Phú Tân, tỉnh Cà Mau. Hãy nêu thêm tên tỉnh.",
        ),
        (
            "Kỳ Anh",
            "“Kỳ Anh” có thể là: thị xã Kỳ Anh, tỉnh Hà Tĩnh; huyện Kỳ Anh, tỉnh Hà Tĩnh. "
            "Hãy nêu thêm cấp (huyện, thị xã, thành phố).",
        ),
        ("Atlantis", "Không thấy tên tỉnh, thành phố hay huyện nào trong “Atlantis”."),
    ],
)
def test_a_place_explained(text: str, expected: str) -> None:
    assert explain_place(text) == expected


def test_a_line_a_place_in_order() -> None:
    lines = explain_place("huyện Châu Thành, An Giang và Long An").splitlines()
    assert [line.partition(":")[0].partition(", từ")[0] for line in lines] == [
        "huyện Châu Thành, tỉnh An Giang",
        "tỉnh An Giang",
        "tỉnh Long An",
    ]


@pytest.mark.parametrize("key", sorted(PROVINCES))
def test_every_province_has_a_history_that_names_it_and_what_it_is_part_of(key: str) -> None:
    province = PROVINCES[key]
    told = province_history(key)
    assert province.name in told
    assert province.today_label in told
    assert explain_place(province.name) == told


@pytest.mark.parametrize("key", sorted(DISTRICTS))
def test_every_district_has_a_history(key: str) -> None:
    district = DISTRICTS[key]
    told = district_history(district)
    assert told.startswith(f"{district.full_label}: cấp huyện kết thúc ngày 1/7/2025")
    merged = PROVINCES[district.province].merged
    assert (f"nay thuộc {PROVINCES[district.province].today_label}" in told) is merged
