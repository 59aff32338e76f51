"""Which places a question asks about, as before or as since July 2025; regions and the whole country."""

import pytest

from assistant.asked_places import places_asked
from assistant.question import understand
from index.places.provinces import PROVINCES
from index.places.regions import REGIONS, find_nation, find_regions


@pytest.mark.parametrize(
    ("text", "keys", "former", "today"),
    [
        ("Tôi ở Yên Bái cũ, nay là Lào Cai, có mấy sản phẩm?", ("yen-bai",), ("yen-bai",), ()),
        ("Gia Lai nay gồm cả Bình Định, vậy phần Bình Định có mấy?", ("binh-dinh",), ("binh-dinh",), ()),
        ("Vĩnh Long mới (đã gộp Bến Tre, Trà Vinh) có mấy?", ("vinh-long",), (), ("vinh-long",)),
        ("Khi chưa gộp Kiên Giang, An Giang có mấy?", ("an-giang",), ("an-giang",), ()),
        ("Trước lúc gộp với Hà Nam và Nam Định, Ninh Bình có mấy?", ("ninh-binh",), ("ninh-binh",), ()),
        ("Sau khi nhập thêm Hà Nam, Nam Định, Ninh Bình có mấy?", ("ninh-binh",), (), ("ninh-binh",)),
        ("Lúc Quảng Nam chưa nhập vào, Đà Nẵng có mấy?", ("da-nang",), ("da-nang",), ()),
        ("Thời Long An chưa sáp nhập thì Tây Ninh có mấy?", ("tay-ninh",), ("tay-ninh",), ()),
        ("Ninh Bình sau khi gộp Hà Nam với Nam Định có mấy?", ("ninh-binh",), (), ("ninh-binh",)),
        ("Kiên Giang trước khi về An Giang có mấy?", ("kien-giang",), ("kien-giang",), ()),
        ("Địa bàn Phú Thọ, phần thuộc Hòa Bình trước đây", ("hoa-binh",), ("hoa-binh",), ()),
        ("Hưng Yên bây giờ có phần Thái Bình cũ, bên đó mấy?", ("thai-binh",), ("thai-binh",), ()),
        ("Ninh Bình cũ có mấy?", ("ninh-binh",), ("ninh-binh",), ()),
        ("Trước khi gộp tỉnh, Cà Mau có mấy?", ("ca-mau",), ("ca-mau",), ()),
        ("Cà Mau sau sáp nhập có mấy?", ("ca-mau",), (), ("ca-mau",)),
        ("bac lieu cu co may san pham truoc khi ve ca mau", ("bac-lieu",), ("bac-lieu",), ()),
        ("Đà Nẵng mới có 60 sản phẩm à?", ("da-nang",), (), ()),  # "mới có": only
        ("Bến Tre với Trà Vinh giờ ở đâu?", ("ben-tre", "tra-vinh"), (), ()),
        ("Gộp Long An cũ và Tây Ninh cũ lại được mấy?", ("long-an", "tay-ninh"), ("long-an", "tay-ninh"), ()),
        ("Bắc Giang hay Bắc Ninh nhiều hơn?", ("bac-giang", "bac-ninh"), (), ()),
        ("Tôi đang ở Hà Nội, muốn hỏi Cao Bằng năm 2023 có mấy?", ("cao-bang",), (), ()),
        ("Em ở Cà Mau, cho em hỏi Cà Mau có mấy?", ("ca-mau",), (), ()),
        ("Nhà em ở Cà Mau, có mấy sản phẩm?", ("ca-mau",), (), ()),
        ("Tôi ở Hà Nội, so với Huế thì bên nào nhiều hơn?", ("ha-noi", "hue"), (), ()),
        ("Sơn La và Huế, bên nào hơn?", ("son-la", "hue"), (), ()),
        ("tinh minh dinh gui ho so ra bo", (), (), ()),  # no Bình Định
        ("Nộp thẳng ra Hà Nội cho Bộ được không?", (), (), ()),  # where the ministry is
        ("Quảng Ngãi nay có Kon Tum; Kon Tum góp mấy món OCOP?", ("kon-tum",), (), ()),
        ("Bao nhiêu phần trăm xã, phường, thị trấn Quảng Ngãi có sản phẩm?", ("quang-ngai",), (), ()),
        ("Đem hàng ra Hà Nội bán được mấy sản phẩm?", ("ha-noi",), (), ()),
    ],
)
def test_the_place_asked_about(
    text: str, keys: tuple[str, ...], former: tuple[str, ...], today: tuple[str, ...]
) -> None:
    asked = places_asked(text)
    assert (asked.keys, asked.former, asked.today) == (keys, former, today)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Quãng Ninh có mấy sản phẩm?", ("quang-ninh",)),
        ("lâm đồg có mấy sp", ("lam-dong",)),
        ("an giaang có bao nhiêu", ("an-giang",)),
        ("ở HN có mấy sp", ("ha-noi",)),
        ("tphcm có mấy sp ocop", ("ho-chi-minh",)),
        ("tỉnh bn có mấy chủ thể", ("bac-ninh",)),
    ],
)
def test_names_typed_in_haste(text: str, keys: tuple[str, ...]) -> None:
    assert understand(text).places == keys


def test_initials_of_several_provinces_are_unclear_unless_a_place_is_named() -> None:
    assert understand("ĐN có mấy sản phẩm?").unclear == ("da-nang", "dak-nong", "dong-nai")
    assert understand("ĐN, tức Đồng Nai, có mấy sản phẩm?").unclear == ()


def test_a_place_and_what_became_of_it_are_no_content() -> None:
    question = understand("Đồng Tháp mới (đã gộp Tiền Giang) có mấy làng nghề?")
    assert question.content == ("làng", "nghề")


def test_a_place_name_takes_no_other_word_with_it() -> None:
    assert understand("Hội đồng của Lâm Đồng họp khi nào?").content == ("hội", "đồng", "họp")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Tây Nguyên có bao nhiêu sản phẩm?", ["Tây Nguyên"]),
        ("ở đồng bằng sông cửu long", ["Đồng bằng sông Cửu Long"]),
        ("ĐBSCL với Đông Nam Bộ", ["Đồng bằng sông Cửu Long", "Đông Nam Bộ"]),
        ("cac tinh mien trung", ["miền Trung"]),
        ("vùng Tây Bắc", ["Tây Bắc"]),
        ("miền Tây có gì", ["Đồng bằng sông Cửu Long"]),
        ("Sơn La có gì", []),
    ],
)
def test_regions(text: str, names: list[str]) -> None:
    assert [region.name for region in find_regions(text)] == names


def test_the_three_parts_of_the_country_hold_every_province_once_with_the_highlands() -> None:
    parts = [*REGIONS["miền Bắc"], *REGIONS["miền Trung"], *REGIONS["Tây Nguyên"], *REGIONS["miền Nam"]]
    assert sorted(parts) == sorted(PROVINCES)
    assert len(REGIONS["Đồng bằng sông Cửu Long"]) == 13
    assert len(REGIONS["Tây Nguyên"]) == 5


@pytest.mark.parametrize(
    ("text", "national"),
    [
        ("Cả nước có bao nhiêu sản phẩm?", True),
        ("tren toan quoc co may chu the", True),
        ("tổng sản phẩm OCOP của Việt Nam", True),
        ("Hội nghị toàn quốc họp ở đâu?", False),
        ("Sơn La có mấy sản phẩm?", False),
    ],
)
def test_the_whole_country(text: str, national: bool) -> None:
    assert (find_nation(text) is not None) is national
    assert understand(text).national is national
