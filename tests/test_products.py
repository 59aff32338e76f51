"""What people call products, and the sets they are scored by: by value, with and without marks."""

import json
import tomllib
from pathlib import Path

import pytest

from index.criteria.products import Match, document, find_sets
from index.text import has_marks, strip_marks
from tests.plain_scoring import REGULATIONS

LISTED = tomllib.loads((Path(__file__).parents[1] / "index" / "criteria" / "products.toml").read_text(encoding="utf-8"))


def numbers(text: str) -> list[int]:
    return [match.number for match in find_sets(text)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("nước mắm", [9]), ("cà phê", [13]), ("mật ong", [4]), ("gạo", [3]), ("gạo nếp nương Điện Biên", [3]),
        ("chè shan tuyết", [11]), ("bưởi", [1]), ("giò chả", [8]), ("rượu", [14, 15]), ("homestay", [26]),
        ("tinh dầu sả", [20]), ("đồ gốm", [21]), ("mây tre đan", [21]), ("yến sào", [4, 8]), ("tôm khô", [8]),
        ("sâm", [18, 20]), ("nấm linh chi", [18, 20]), ("nước khoáng", [16]), ("nước ép ổi", [17]), ("lụa", [22]),
        ("dầu gội bồ kết", [19]), ("hoa lan", [23]), ("bonsai", [24]), ("cá koi", [25]), ("phở khô", [6]),
        ("mì ăn liền", [5]), ("muối ớt", [10]), ("trà hoa cúc", [12]), ("thịt lợn", [2]), ("mứt gừng", [7]),
    ],
)  # fmt: skip
def test_everyday_names(name: str, expected: list[int]) -> None:
    assert numbers(name) == expected
    assert set(expected) <= set(numbers(strip_marks(name)))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # the first noun decides
        ("mứt bưởi", [7]), ("tinh dầu bưởi", [20]), ("rượu dâu tằm", [15]), ("trà mật ong", [12]),
        ("xà phòng cà phê", [19]), ("cà phê sầu riêng", [13]), ("hương trầm quế", [21]),
        # what was done to it
        ("xoài sấy", [7]), ("xoài", [1]), ("cá lóc", [2]), ("cá lóc một nắng", [8]), ("mật ong ngâm chanh đào", [8]),
        ("lạc", [3]), ("lạc rang", [7]), ("gạo lứt", [3]), ("gạo lứt rang", [6]),
        # what it is made of
        ("bột gạo nếp", [6]), ("bột khoai lang", [7]), ("bánh hạt sen", [7]), ("bánh nướng", [6, 7]), ("kẹo", [6, 7]),
        ("sản phẩm từ mật ong", [8]), ("hàng làm từ gạo", [6]), ("đồ làm từ tre", []), ("đồ làm từ mây tre", [21]),
        # what stands apart is another product
        ("cà phê, chè", [13, 11]), ("mật ong và nước mắm", [4, 9]),
    ],
)  # fmt: skip
def test_names_put_together(name: str, expected: list[int]) -> None:
    assert numbers(name) == expected


def test_a_name_of_two_sets_says_what_tells_them_apart() -> None:
    first, second = find_sets("Rượu 4 sao cần gì?")
    assert (first.number, second.number) == (14, 15)
    assert (first.start, first.end) == (second.start, second.end) == (0, 4)
    assert first.why == second.why
    assert first.why is not None
    assert first.why.startswith("rượu trắng")
    assert [match.why for match in find_sets("rượu mơ")] == [None]


def test_a_match_says_where_it_stands() -> None:
    text = "Hỏi về XOÀI sấy dẻo nhé"
    assert find_sets(text) == (Match(number=7, name="xoài sấy", start=7, end=19, why=None),)
    assert text[7:19] == "XOÀI sấy dẻo"


@pytest.mark.parametrize("text", ["bộ 13", "Bộ tiêu chí số 13 cần gì?", "bo san pham 13", "bộ tiêu chí 13"])
def test_a_set_named_by_its_number_is_that_set(text: str) -> None:
    assert numbers(text) == [13]


@pytest.mark.parametrize(
    "text",
    [
        "Hồ sơ OCOP lần đầu gồm những mẫu nào?",
        "ho so ocop lan dau gom nhung gi",
        "Tiêu chí, mục tiêu và chỉ tiêu của chương trình",
        "tieu chi nao quan trong nhat",
        "Hai sản phẩm nào được công nhận 5 sao?",
        "Cuộc bình chọn của Đồng Tháp có bao nhiêu sản phẩm dự thi?",
        "Nhãn hiệu chứng nhận OCOP do ai quản lý?",
        "Hành vi nào bị thu hồi giấy chứng nhận?",
        "Phú Thọ có bao nhiêu xã?",
        "Bộ Văn hóa, Thể thao và Du lịch làm gì?",
        "Toàn bộ 12 sản phẩm và cán bộ 3 xã",
        "Kết quả thống kê của Bến Tre năm 2023",
    ],
)
def test_words_that_only_sound_like_products_are_none(text: str) -> None:
    assert find_sets(text) == ()


def test_every_name_listed_finds_its_set_and_is_listed_once() -> None:
    seen: dict[str, tuple[int, ...]] = {}
    for entry in (*LISTED["of"], *LISTED["shared"]):
        for name in entry["names"]:
            assert name not in seen, f"{name} is listed twice"
            seen[name] = tuple(entry.get("sets", (entry.get("set"),)))
    assert len(seen) > 1400
    assert {number for sets in seen.values() for number in sets} == set(range(1, 27))
    marked = [name for name in seen if has_marks(name)]
    assert {name: numbers(name) for name in marked if tuple(numbers(name)) != seen[name]} == {}
    bare = {name: numbers(strip_marks(name)) for name in seen}
    assert {name: found for name, found in bare.items() if not set(seen[name]) <= set(found)} == {}


def test_where_two_sets_share_a_name_the_reason_is_given() -> None:
    assert [entry["names"] for entry in LISTED["shared"] if not entry.get("why") or len(entry["sets"]) < 2] == []


@pytest.mark.skipif(not REGULATIONS.is_dir(), reason="../shared/data/regulations is not beside this checkout")
def test_every_set_is_found_by_its_own_name() -> None:
    sets = json.loads((REGULATIONS / "26-2026-phuluc2-criteria.json").read_text(encoding="utf-8"))["sets"]
    assert document().label == "26/2026/QĐ-TTg"
    missed = {one["no"]: numbers(one["name"]) for one in sets if one["no"] not in numbers(one["name"])}
    assert missed == {}
