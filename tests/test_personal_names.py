"""Names of people taken out of questions; what products, producers and places are called stays."""

import re
import tomllib
import unicodedata
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.personal_names import without_names
from index.people.names import HONOURED
from index.places.districts import DISTRICTS
from index.places.named import PROVINCES
from index.text import strip_marks
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Tôi tên là Nguyễn Văn An ở Quảng Nam, hỏi về OCOP", "Tôi tên là … ở Quảng Nam, hỏi về OCOP"),
        ("toi ten la Nguyen Van An o Quang Nam", "toi ten la … o Quang Nam"),
        ("tôi là nguyễn thị lan muốn hỏi", "tôi là … muốn hỏi"),
        ("TÔI TÊN LÀ NGUYỄN VĂN AN HỎI OCOP", "TÔI TÊN LÀ … HỎI OCOP"),
        ("Tôi tên Lan, muốn hỏi", "Tôi tên …, muốn hỏi"),
        ("Họ và tên: Trần Thị Hoa. Giấy hết hạn khi nào?", "Họ và tên: …. Giấy hết hạn khi nào?"),
        ("Em là H'Yim Niê", "Em là …"),
        ("Mình là Y Thông, ở Kon Tum", "Mình là …, ở Kon Tum"),
        ("Sản phẩm của bà Nguyễn Thị Hoa xã Trường Thủy mấy sao?", "Sản phẩm của bà … xã Trường Thủy mấy sao?"),
        ("chị Trần Thị Én Quảng Nam có giấy chưa", "chị … Quảng Nam có giấy chưa"),
        ("ông/bà Phạm Thị Mai và anh (chị) Lê Văn Bốn", "ông/bà … và anh (chị) …"),
        ("ba nguyen thi hoa o Hue", "ba … o Hue"),
        ("Ông Nguyễn Phùng Hoan giữ chức gì?", "Ông … giữ chức gì?"),
    ],
)
def test_a_name_that_is_plainly_of_a_person_goes(typed: str, kept: str) -> None:
    assert without_names(typed) == kept
    assert without_names(unicodedata.normalize("NFD", typed)) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "Nước mắm Lê Gia được mấy sao?",
        "Cô Tô có bao nhiêu sản phẩm OCOP?",
        "huyện Cô Tô Quảng Ninh",
        "Bà Rịa - Vũng Tàu, núi Bà Đen, cửa Ông Đốc, bà Chúa Xứ",
        "em Mai Châu, ông Hoàng Su Phì",
        "Tôi là Trà Vinh",
        "Tôi là Hợp tác xã Rồng Xanh, tôi tên Hợp tác xã Rồng Xanh",
        "Tên sản phẩm là Trà Hoa Vàng, tên cơ sở là Trần Gia",
        "cơ sở bà Nguyễn Thị Hoa, hộ ông Trần Văn Bình, HTX Bùi Văn Ngọc",
        "đường Nguyễn Huệ, trường cô Võ Thị Sáu",
        "Anh/chị cho hỏi Lê Gia ở đâu",
        "đồng chí Phó Chủ tịch UBND tỉnh",
        "bà Hiền làm nem, anh Ba bán mắm",
        "San pham co Le Gia khong, ba Mai Chau",
    ],
)
def test_what_is_called_like_a_person_stays(typed: str) -> None:
    assert without_names(typed) == typed


SURNAMES = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Lò Giàng Thạch Ksor".split()
MIDDLES = "Văn Thị Đức Minh Ngọc Hữu Thanh".split()
GIVEN = "Bốn Chín Dũng Én Hạnh Khoa Lan Mận Nhàn Phúc Quyên Rạng Sính Thuận Uyên Vượng Xuyến Yến".split()
SAID = ("tôi tên là ", "Tên tôi là ", "em là ", "họ và tên: ", "chị ", "ông ", "Kính gửi bà ", "anh/chị ")
names = st.builds(" ".join, st.tuples(*(st.sampled_from(words) for words in (SURNAMES, MIDDLES, GIVEN))))


@given(st.sampled_from(SAID), names, st.sampled_from((" ở Quảng Nam hỏi", ", xin hỏi", "", ". Cảm ơn", " (HTX Chè)")))
def test_any_such_name_goes_and_nothing_else(said: str, name: str, after: str) -> None:
    expected = f"{said}{name}{after}" if name in HONOURED else f"{said}…{after}"
    assert without_names(f"{said}{name}{after}") == expected


@lru_cache(maxsize=1)
def called() -> tuple[str, ...]:
    """What products, producers and places of the demo and of the country are called."""
    table = tomllib.loads((ROOT / "demo" / "decisions.toml").read_text(encoding="utf-8"))
    rows = [dict(zip(one["fields"], row, strict=True)) for one in table["decision"] for row in one.get("rows", ())]
    things = {str(row[field]) for row in rows for field in ("name", "producer", "commune") if row.get(field)}
    assert {"Cơ sở Nguyễn Văn Ví", "Bưởi da xanh Bãi Dài", "Xã Thác Đôi"} <= things
    places = {province.name for province in PROVINCES.values()} | {district.name for district in DISTRICTS.values()}
    return tuple(sorted(things | places))


@given(
    st.sampled_from(("{}", "Sản phẩm {} được mấy sao?", "Anh/chị cho hỏi {}", "Tôi là chủ {}", "tên sản phẩm là {}")),
    st.data(),
)
def test_what_things_and_places_are_called_stays(frame: str, data: st.DataObject) -> None:
    text = unicodedata.normalize("NFC", frame.format(data.draw(st.sampled_from(called()))))
    assert without_names(text) == text
    assert without_names(strip_marks(text)) == strip_marks(text)


@given(st.text() | st.lists(st.sampled_from((*SAID, *SURNAMES, *GIVEN, ":", "(", "İ", "\u0301", "…"))).map(" ".join))
def test_any_text_loses_only_what_was_replaced(text: str) -> None:
    kept = without_names(text)
    parts = [re.escape(part) for part in kept.split("…")]
    assert re.fullmatch(r"(?s:.*)".join(parts), unicodedata.normalize("NFC", text)) is not None
    assert without_names(kept) == kept
