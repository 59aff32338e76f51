"""Districts of 30 June 2025: the table, every spelling of each, lists, provinces beside, no district where none is."""

import re
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.places.district_table import CALLED, OF_PROVINCES, PRINTED, TYPED, spelt
from index.places.district_words import ALSO_PEOPLE, ALSO_WORDS, EVEN_MARKED, WELL_KNOWN
from index.places.districts import DISTRICTS, District, districts_called, find_districts, province_of
from index.places.named import PROVINCES, slug
from index.text import place_tone, strip_marks
from tests.test_places import ORDINARY

SEEDS = Path(__file__).parents[2] / "shared" / "data" / "seeds"
ALL = tuple(PROVINCES)
LISTED = list(DISTRICTS.values())
# Ordinary phrases that hold the syllables of a district, with its marks or without them.
NO_DISTRICT = """
tỉnh đã thống nhất mức hỗ trợ với các chủ thể
cần được hỗ trợ gì để lên 4 sao
văn bản nào hướng dẫn chấm điểm
vận đơn gửi hàng ghi thế nào
bình minh trên đồng muối
cho mọi người dùng thử
cho đơn vị đăng ký thêm
đã có tổ chức hội thi
cấp nào có tổ tư vấn
hồ sơ gia hạn nộp ở đâu
giá làm bao bì là bao nhiêu
hương hoa bưởi trong mật ong
còn có sản phẩm nào nữa
cử chỉ đón khách
kết quả tương đương 4 sao
đo lường chất lượng thế nào
hội đồng tán thành đề xuất
kiện an toàn thực phẩm
phủ quy mô toàn tỉnh
minh họa bằng ảnh chụp
tự ký tên rồi đóng dấu
giá trị vĩnh cửu của làng nghề
đã bác hồ sơ vì thiếu mẫu
năm cần đạt bao nhiêu sản phẩm
hội an toàn thực phẩm
huyện nông thôn mới kiểu mẫu là gì
huyện nào dẫn đầu
quận nào có nhiều chủ thể
quan tâm đến chất lượng
cơ quan nào cấp giấy
thị xã nào đạt chuẩn
thành phố trực thuộc trung ương
thành phố vinh danh các chủ thể
chương trình tam nông
chiến thắng điện biên phủ
trà sơn mật hồng sâm
""".strip().splitlines()


def names(text: str, *, typed: bool = False, provinces: tuple[str, ...] = ()) -> list[tuple[str, tuple[str, ...]]]:
    nfc = unicodedata.normalize("NFC", text)
    found = find_districts(text, typed=typed, provinces=provinces)
    return [(nfc[mention.start : mention.end], mention.candidates) for mention in found]


def keys(text: str, *, typed: bool = False, provinces: tuple[str, ...] = ()) -> list[str]:
    """The keys found, several candidates for one name joined by " | "."""
    return [" | ".join(candidates) for _, candidates in names(text, typed=typed, provinces=provinces)]


def same_name(district: District) -> set[str]:
    """Keys of all districts that its rank and name may mean, names of before included."""
    called = PRINTED[spelt(district.name)]
    return {one.district for one in called if one.rank == district.rank}


def new_tone(text: str) -> str:
    """The tone where the new rule puts it: "Hòa" -> "Hoà", "Thủy" -> "Thuỷ"."""
    pairs = {"òa": "oà", "óa": "oá", "ủy": "uỷ", "ụy": "uỵ", "úy": "uý", "ùy": "uỳ", "ỏa": "oả", "ọa": "oạ"}
    for old, new in pairs.items():
        if place_tone(f"h{new}") == f"h{old}":
            text = text.replace(old, new) if f"q{old}" not in text.lower() else text
    return text


def test_table_is_that_of_30_june_2025() -> None:
    assert len(DISTRICTS) == 696
    assert Counter(district.rank for district in LISTED) == {"huyện": 508, "thành phố": 87, "thị xã": 52, "quận": 49}
    count = Counter(district.province for district in LISTED)
    assert set(count) == set(PROVINCES)
    assert {key: count[key] for key in ("an-giang", "quang-ngai", "nam-dinh", "ha-noi", "ho-chi-minh", "ha-nam")} == {
        "an-giang": 11, "quang-ngai": 13, "nam-dinh": 9, "ha-noi": 30, "ho-chi-minh": 22, "ha-nam": 6,
    }  # fmt: skip
    assert DISTRICTS["nam-dinh/huyen-hai-hau"].full_label == "huyện Hải Hậu, tỉnh Nam Định"
    assert DISTRICTS["ho-chi-minh/quan-1"].full_label == "quận 1, thành phố Hồ Chí Minh"
    assert all(key == f"{one.province}/{slug(one.label)}" for key, one in DISTRICTS.items())


def test_tables_of_words_name_districts() -> None:
    assert {called.district for called in CALLED} == set(DISTRICTS)
    assert {word for word in ALSO_WORDS if word not in TYPED} == set()
    assert {name for name in ALSO_PEOPLE | EVEN_MARKED | WELL_KNOWN if name not in PRINTED} == set()
    assert {name for name in WELL_KNOWN if len({c.district.split("/")[0] for c in PRINTED[name]}) > 1} == set()
    assert "nam định" in OF_PROVINCES


@pytest.mark.parametrize("district", LISTED, ids=lambda district: district.key)
def test_every_spelling_of_every_district(district: District) -> None:
    meant = same_name(district)
    label = district.label
    printed = [
        label,
        label.capitalize().replace(district.name.lower(), district.name),
        f"{district.rank.title()} {district.name}",
        label.upper(),
        f"{district.rank} {new_tone(district.name)}",
        unicodedata.normalize("NFD", label),
        f"tại  {label},",
        f"({label}).",
    ]
    for form in printed:
        found = find_districts(form)
        assert [set(mention.candidates) for mention in found] == [meant], form
    bare = strip_marks(label)
    typed = [*printed, label.lower(), bare, bare.lower(), bare.upper(), f"{label.lower()} có bao nhiêu sản phẩm?"]
    if not district.name.isdecimal():
        typed.append(f"{district.rank} {re.sub('[^a-zà-ỹđ]', '', district.name.lower())}")
    for form in typed:
        found = find_districts(form, typed=True)
        if strip_marks(form) == form and district.name == "Chũ":
            assert found == []  # "thi xa chu" is the beginning of too many words
            continue
        assert len(found) == 1, form
        assert meant <= set(found[0].candidates), form
        assert {strip_marks(spelt(DISTRICTS[key].name)) for key in found[0].candidates} >= {
            strip_marks(spelt(district.name))
        }
    province = PROVINCES[district.province]
    for where in (f", {province.name}", f" ({province.name})", f", {province.label}", f" thuộc {province.label}"):
        assert keys(f"{label}{where}") == [district.key], where
        assert keys(f"{label}{where}".lower(), typed=True) == [district.key], where
    assert keys(label, provinces=(district.province,)) == [district.key]


@pytest.mark.parametrize("district", LISTED, ids=lambda district: district.key)
def test_a_district_gives_its_province(district: District) -> None:
    if len({key.partition("/")[0] for key in same_name(district)}) == 1:
        assert province_of(f"{district.label.lower()} có bao nhiêu sản phẩm") == district.province
    else:
        assert province_of(f"{district.label.lower()} có bao nhiêu sản phẩm") is None
    today = PROVINCES[district.province].today
    shared = [key for key in same_name(district) if PROVINCES[key.partition("/")[0]].today == today]
    if len(shared) == 1:
        assert province_of(f"{district.label}, {today}") == district.province


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TX. Đức Phổ, TP.Quảng Ngãi và H.Mộ Đức",
         ["quang-ngai/thi-xa-duc-pho", "quang-ngai/thanh-pho-quang-ngai", "quang-ngai/huyen-mo-duc"]),
        ("các huyện Hải Hậu, Giao Thuỷ và Ý Yên",
         ["nam-dinh/huyen-hai-hau", "nam-dinh/huyen-giao-thuy", "nam-dinh/huyen-y-yen"]),
        ("huyện Hải Hậu, Nam Định", ["nam-dinh/huyen-hai-hau"]),
        ("huyện Mộ Đức, Bình Sơn", ["quang-ngai/huyen-mo-duc", "quang-ngai/huyen-binh-son"]),
        ("các huyện Thoại Sơn, Châu Thành (An Giang)", ["an-giang/huyen-thoai-son", "an-giang/huyen-chau-thanh"]),
        ("Tỉnh An Giang: huyện Châu Thành có 12 sản phẩm", ["an-giang/huyen-chau-thanh"]),
        ("huyện Châu Thành A", ["hau-giang/huyen-chau-thanh-a"]),
        ("huyện Châu Thành, tỉnh Vĩnh Long", ["ben-tre/huyen-chau-thanh | tra-vinh/huyen-chau-thanh"]),
        ("huyện Phú Tân", ["an-giang/huyen-phu-tan | ca-mau/huyen-phu-tan"]),
        ("thành phố Hòa Bình", ["hoa-binh/thanh-pho-hoa-binh"]),
        ("huyện Hòa Bình", ["bac-lieu/huyen-hoa-binh"]),
        ("huyện Quảng Ninh", ["quang-binh/huyen-quang-ninh"]),
        ("thị xã Hoàng Mai và quận Hoàng Mai", ["nghe-an/thi-xa-hoang-mai", "ha-noi/quan-hoang-mai"]),
        ("huyện Kỳ Anh, thị xã Kỳ Anh", ["ha-tinh/huyen-ky-anh", "ha-tinh/thi-xa-ky-anh"]),
        ("Quận 1, các quận 3 và 5", ["ho-chi-minh/quan-1", "ho-chi-minh/quan-3", "ho-chi-minh/quan-5"]),
        ("Q.1, TP.HCM", ["ho-chi-minh/quan-1"]),
        ("huyện đảo Lý Sơn", ["quang-ngai/huyen-ly-son"]),
        # Special zones, since the level ended.
        ("đóng ở đặc khu Cát Hải, có 16 sản phẩm", ["hai-phong/huyen-cat-hai"]),
        ("các đặc khu Vân Đồn, Cô Tô", ["quang-ninh/huyen-van-don", "quang-ninh/huyen-co-to"]),
        ("đặc khu Phú Quốc", ["kien-giang/thanh-pho-phu-quoc"]),
        ("Huyện ủy Mộ Đức, Thành ủy Quảng Ngãi", ["quang-ngai/huyen-mo-duc", "quang-ngai/thanh-pho-quang-ngai"]),
        ("huyện M’Đrắk, huyện Ea H'leo, huyện Đăk Tô",
         ["dak-lak/huyen-m-drak", "dak-lak/huyen-ea-h-leo", "kon-tum/huyen-dak-to"]),
        ("TP Phan Rang – Tháp Chàm", ["ninh-thuan/thanh-pho-phan-rang-thap-cham"]),
        ("TP. Qui Nhơn, huyện Mĩ Đức", ["binh-dinh/thanh-pho-quy-nhon", "ha-noi/huyen-my-duc"]),
        ("huyện Mù Căng Chải", ["yen-bai/huyen-mu-cang-chai"]),
        ("huyện Việt Yên", ["bac-giang/thi-xa-viet-yen"]),  # a town since 2024
        ("TP. Quảng Ngãi, Quảng Nam, Đà Nẵng", ["quang-ngai/thanh-pho-quang-ngai"]),
        ("TP. Vinh, Hà Nội", ["nghe-an/thanh-pho-vinh"]),
        ("phường Bến Nghé, quận 1; quận 3 phường Võ Thị Sáu", ["ho-chi-minh/quan-1", "ho-chi-minh/quan-3"]),
        ("thành phố Vinh, Nghệ An", ["nghe-an/thanh-pho-vinh"]),
        # Names given up before the level ended.
        ("huyện Mỹ Lộc", ["nam-dinh/thanh-pho-nam-dinh"]),
        ("huyện Kỳ Sơn", ["nghe-an/huyen-ky-son | hoa-binh/thanh-pho-hoa-binh"]),
        ("huyện Kỳ Sơn, tỉnh Hòa Bình", ["hoa-binh/thanh-pho-hoa-binh"]),
        ("huyện Phong Điền", ["can-tho/huyen-phong-dien | hue/thi-xa-phong-dien"]),
        ("thị xã Tân Uyên", ["binh-duong/thanh-pho-tan-uyen"]),
        ("quận 9", ["ho-chi-minh/thanh-pho-thu-duc"]),
        # No district.
        ("huyện Mộ Đức (An Giang)", []),
        ("xã Hải Hậu, phường Đức Phổ", []),
        ("Hải Hậu có 74 sản phẩm", []),
        ("thành phố Hồ Chí Minh, TP. Huế, thành phố Cần Thơ", []),
        ("3 quận 1 huyện; Q.1/2025", []),
        ("Thành phố Vinh danh 10 chủ thể", []),
        ("huyện miền núi, thị xã trẻ, thành phố thông minh", []),
    ],
)  # fmt: skip
def test_in_print(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


def test_names_given_up_are_told() -> None:
    told = {text: find_districts(text)[0].earlier for text in ("huyện Mỹ Lộc", "huyện Hải Hậu", "huyện Phong Điền")}
    assert told == {"huyện Mỹ Lộc": True, "huyện Hải Hậu": False, "huyện Phong Điền": False}


@pytest.mark.parametrize(
    ("text", "provinces", "expected"),
    [
        ("Mộ Đức là địa phương dẫn đầu", ("quang-ngai",), ["Mộ Đức"]),
        ("sản phẩm của Trà Bồng - Mộ Đức", ("quang-ngai",), ["Trà Bồng", "Mộ Đức"]),
        ("Tại Mộ Đức, Bình Sơn", ("quang-ngai",), ["Mộ Đức", "Bình Sơn"]),
        ("UBND Mộ Đức", ("quang-ngai",), ["Mộ Đức"]),
        ("Hải Hậu và Hoa Lư", ("ninh-binh",), ["Hải Hậu", "Hoa Lư"]),
        ("Mộ Đức là địa phương dẫn đầu", ("nam-dinh",), []),
        ("các xã Bình Sơn, Mộ Đức và Đức Phổ", ("quang-ngai",), []),
        ("HTX Mộ Đức, Công ty Mộ Đức Xanh", ("quang-ngai",), []),
        ("ông Nguyễn Mộ Đức, chị Nghĩa Hành", ("quang-ngai",), []),
        ("sông Trà Bồng, núi Sơn Tịnh", ("quang-ngai",), []),
        ("OCOP MỘ ĐỨC", ("quang-ngai",), []),
        ("tỉnh Quảng Ngãi, Quảng Ngãi", ("quang-ngai",), []),
        ("Thanh Hà (Báo Hải Dương)", ("hai-duong",), []),
        ("vải ở Thanh Hà chín sớm", ("hai-duong",), ["Thanh Hà"]),
        ("chiến thắng Điện Biên Phủ", ("dien-bien",), []),
    ],
)
def test_bare_names_where_the_province_is_known(text: str, provinces: tuple[str, ...], expected: list[str]) -> None:
    assert [name for name, _ in names(text, provinces=provinces)] == expected


def test_provinces_given_narrow_and_never_guess() -> None:
    assert keys("huyện Châu Thành", provinces=("an-giang",)) == ["an-giang/huyen-chau-thanh"]
    assert len(names("huyện Châu Thành")[0][1]) == 10
    assert len(names("huyện Châu Thành", provinces=("nam-dinh",))[0][1]) == 10
    both = keys("huyện Châu Thành", provinces=("an-giang", "long-an"))
    assert both == ["long-an/huyen-chau-thanh | an-giang/huyen-chau-thanh"]
    assert find_districts("huyện Châu Thành")[0].district is None
    assert find_districts("huyện Châu Thành")[0].province is None
    assert find_districts("Kỳ Anh", provinces=("ha-tinh",))[0].province == "ha-tinh"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("huyen hai hau co bao nhieu san pham", ["nam-dinh/huyen-hai-hau"]),
        ("Hải Hậu có bao nhiêu sản phẩm", ["nam-dinh/huyen-hai-hau"]),
        ("hải hậu có bao nhiêu sản phẩm", []),
        ("hải hậu nam định có bao nhiêu sản phẩm", ["nam-dinh/huyen-hai-hau"]),
        ("mộ đức có mấy sản phẩm ở quảng ngãi", ["quang-ngai/huyen-mo-duc"]),
        ("mo duc quang ngai", ["quang-ngai/huyen-mo-duc"]),
        ("tx duc pho", ["quang-ngai/thi-xa-duc-pho"]),
        ("tp vinh có mấy sản phẩm", ["nghe-an/thanh-pho-vinh"]),
        ("châu thành an giang", ["an-giang/huyen-chau-thanh"]),
        ("huyện châu thành và huyện chợ mới ở an giang", ["an-giang/huyen-chau-thanh", "an-giang/huyen-cho-moi"]),
        ("quận 1", ["ho-chi-minh/quan-1"]),
        ("quan 12 co gi", ["ho-chi-minh/quan-12"]),
        ("q1 có mấy chủ thể, Q.3 thì sao", ["ho-chi-minh/quan-1", "ho-chi-minh/quan-3"]),
        ("q binh thanh", ["ho-chi-minh/quan-binh-thanh"]),
        ("huyen thanh tri", ["ha-noi/huyen-thanh-tri | soc-trang/huyen-thanh-tri"]),
        ("thanh tri ha noi", ["ha-noi/huyen-thanh-tri"]),
        ("đà lạt có sản phẩm nào", ["lam-dong/thanh-pho-da-lat"]),
        ("sapa co gi", ["lao-cai/thi-xa-sa-pa"]),
        ("huyện haihau", ["nam-dinh/huyen-hai-hau"]),
        ("HUYỆN HẢI HẬU CÓ GÌ", ["nam-dinh/huyen-hai-hau"]),
        ("q1 2025, q2/2025, quý 1", []),
        ("cơ quan 1, co quan tan binh", []),
        ("3 quan 1 huyen", []),
        ("xa mo duc quang ngai", []),
        ("lao cai co van ban nao", []),
        ("an giang cho moi nguoi dung thu", []),
        ("tỉnh nam định, tinh quang ngai", []),
    ],
)
def test_in_questions(text: str, expected: list[str]) -> None:
    assert keys(text, typed=True) == expected


def test_compared_provinces_tell_nothing_of_a_district() -> None:
    (mention,) = find_districts("so sánh huyện châu thành với tỉnh an giang", typed=True)
    assert len(mention.candidates) == 10


@pytest.mark.parametrize("phrase", [*ORDINARY, *NO_DISTRICT])
def test_no_district_in_ordinary_questions(phrase: str) -> None:
    for form in (phrase, strip_marks(phrase), phrase.capitalize(), f"{phrase}?"):
        assert names(form, typed=True) == [], form
        assert names(form) == []
    assert names(phrase, provinces=ALL) == []


def test_few_ordinary_phrases_read_as_districts_even_with_every_province_in_mind() -> None:
    # what is left cannot be told from the name without knowing what was meant
    mistaken = {
        form
        for phrase in [*ORDINARY, *NO_DISTRICT]
        for form in (phrase, strip_marks(phrase).lower())
        if names(form, typed=True, provinces=ALL)
    }
    assert mistaken == {
        "trà bồng bềnh", "tra bong benh", "trang phuc tho cam", "quang ba tri gia bao nhieu",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("huyện hải hậu có bao nhiêu sản phẩm", "nam-dinh"),
        ("huyện châu thành", None),
        ("huyện châu thành an giang", "an-giang"),
        ("huyện Quảng Ninh", "quang-binh"),
        ("huyện Hải Hậu, Ninh Bình", "nam-dinh"),
        ("thành phố Hòa Bình, tỉnh Phú Thọ", "hoa-binh"),
        ("an giang", "an-giang"),
        ("an giang và long an", None),
        ("huyện hải hậu và huyện mộ đức", None),
        ("sản phẩm OCOP là gì", None),
    ],
)
def test_province_of_a_question(text: str, expected: str | None) -> None:
    assert province_of(text) == expected


def test_who_is_called_so() -> None:
    assert [one.label for one in districts_called("kỳ anh")] == ["thị xã Kỳ Anh", "huyện Kỳ Anh"]
    assert [one.key for one in districts_called("huyện Hải Hậu")] == ["nam-dinh/huyen-hai-hau"]
    assert len(districts_called("chau thanh")) == 10
    assert districts_called("Atlantis") == ()


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80), st.sampled_from(LISTED), st.booleans())
def test_offsets_slice_to_the_name_in_any_surroundings(around: str, district: District, typed: bool) -> None:
    text = unicodedata.normalize("NFC", f"{around}; huyện Hải Hậu, {district.label}; {around}")
    found = find_districts(text, typed=typed, provinces=(district.province,))
    assert "Hải Hậu" in [text[mention.start : mention.end] for mention in found]
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert all(0 <= mention.start < mention.end <= len(text) and mention.candidates for mention in found)


@given(st.text(alphabet="huyện ,()-–.TP1'\nHảiậuq", max_size=400))
def test_nothing_breaks_the_reading(text: str) -> None:
    for mention in [*find_districts(text, provinces=ALL), *find_districts(text, typed=True)]:
        assert set(mention.candidates) <= set(DISTRICTS)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/data/seeds is not beside this checkout")
def test_in_an_article_on_quang_ngai() -> None:
    text = next(body for path in sorted(SEEDS.glob("004_*.txt")) if (body := path.read_text(encoding="utf-8")))
    found = {mention.candidates for mention in find_districts(text, provinces=("quang-ngai",))}
    named = ("mo-duc", "tra-bong", "ba-to", "minh-long", "son-tay", "son-tinh")
    assert {(f"quang-ngai/huyen-{name}",) for name in named} <= found
    assert all(key.startswith("quang-ngai/") for candidates in found for key in candidates)
