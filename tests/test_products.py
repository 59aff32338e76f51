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
        ("chè đậu đen", [7]), ("sữa hạt điều", [17]), ("sữa dừa", [17]),
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


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # dried, salted and smoked things, named before or after, and across a place
        ("khô cá chạch", [8]), ("khô cá kèo Cà Mau", [8]), ("cá đuối khô", [8]), ("mực Cửa Lò một nắng", [8]),
        ("cá dứa Cần Giờ một nắng", [8]), ("thịt trâu Điện Biên gác bếp", [8]), ("xoài Cam Lâm sấy dẻo", [7]),
        ("nho Ninh Thuận sấy khô", [7]), ("gỏi cá mai", [8]), ("nộm hoa chuối", [7]), ("cá lóc của tôi một nắng", [2]),
        # ready to eat
        ("bánh tráng trộn", [5]), ("phở bò ăn liền", [5, 6]), ("miến trộn", [5]), ("miến dong ăn liền", [5, 7]),
        ("rong biển ăn liền", [7]), ("sứa ăn liền", [8]), ("snack cá", [5]),
        # sauces, salts, waters
        ("tương bần", [9]), ("nước màu dừa", [9]), ("muối ớt xanh", [9]), ("chẩm chéo", [10]), ("nén", []),
        ("nước bình 20 lít", [16]), ("nước ion kiềm", [16]), ("nước ép dâu tằm", [17]),
        # beans, grains and roots of every region
        ("đậu nho nhe", [3]), ("khẩu nua lếch", [3]), ("gạo ruộng rươi", [3]), ("củ hủ dừa", [1]), ("bồn bồn", [1]),
        ("đậu phụng rang", [7]), ("mắc khén", [10]), ("củ nén", [10]),
        # kept for their looks
        ("dừa kiểng", [24]), ("khế bonsai", [24]), ("quất chơi Tết", [24]), ("cá chép cảnh", [25]), ("gà chọi", [25]),
        ("chim chào mào", [25]), ("lan giả hạc", [23]),
        # spirits and wines
        ("rượu nấu từ gạo nếp", [14]), ("rượu ngâm ba kích", [15]), ("rượu nếp", [14, 15]), ("rượu sâm dây", [15]),
        # medicine, cosmetics, honey
        ("ba kích tím sấy", [20]), ("cao gắm", [18]), ("dầu dừa dưỡng tóc", [19]), ("dầu dừa", [7, 19]),
        ("xịt tóc vỏ bưởi", [19]), ("sâm Ngọc Linh ngâm mật ong", [8]), ("chanh đào ngâm mật ong", [8]),
        # crafts and cloth, by what they are made of
        ("ghế mây", [21]), ("khay tre", [21]), ("đèn lục bình", [21]), ("áo lụa", [22]), ("váy thổ cẩm", [22]),
        # no set
        ("nước rửa bát bồ kết", []), ("phân trùn quế", []), ("cây giống bưởi", []),
    ],
)  # fmt: skip
def test_names_of_every_region_and_craft(name: str, expected: list[int]) -> None:
    assert numbers(name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vườn dâu tây cho khách tham quan", [26]), ("vườn nhãn, xoài cho khách vào hái", [26]),
        ("trải nghiệm hái chè", [26]), ("tham quan làng gốm", [26]), ("homestay vườn bưởi", [26]),
        ("cà phê homestay", [26]), ("Làng nghề nước mắm đón khách tham quan", [26]), ("tham quan vuon nho", [26]),
        ("nhà sàn cho khách thuê", [26]), ("cắm trại ven hồ", [26]),
        # sold there, not shown
        ("vườn cam bán cho khách du lịch", [1]), ("nước mắm cho khách hàng", [9]),
        ("nước mắm bán tại homestay", [9, 26]), ("Người dân tham quan hội chợ và mua mật ong", [4]),
        # no place, no product
        ("Đại biểu tham quan và học tập", []), ("Đón khách đoàn", []), ("Vườn ươm của hợp tác xã", []),
    ],
)  # fmt: skip
def test_tourism_outranks_what_is_grown_or_made_there(text: str, expected: list[int]) -> None:
    assert numbers(text) == expected


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
        "Xã Tân Lạc và huyện Kỳ Lạc",
        "Toàn bộ 12 sản phẩm và cán bộ 3 xã",
        "Kết quả thống kê của Bến Tre năm 2023",
        "Chị Lan ở huyện Hương Sơn và xã Cam Hải hỏi gì?",
        "quang ninh co nhung san pham nao",
        "hai muoi ba don vi den tu dong thap",
        "lan hai tra lai ho so thi sao",
        "Sở Công Thương công bố 33 sản phẩm",
        "cong bo 33 san pham",
        "Theo nguyên tắc nào thì hồ sơ đến hạn?",
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
    assert len(seen) > 5500
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
