"""Provinces: the 63 and the 34, every spelling of each, and no province where none is meant."""

import json
import re
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.places.named import (
    PROVINCES,
    Province,
    find_places,
    fold_tone,
    parts_of,
    place_at,
    province_key,
    related,
    slug,
)
from index.text import strip_marks

SHARED = Path(__file__).parents[2] / "shared" / "data" / "places" / "provinces_63_to_34.json"
TODAY_OF_ONE = (
    "Hà Nội, Cao Bằng, Điện Biên, Lai Châu, Sơn La, Lạng Sơn, Quảng Ninh, Thanh Hóa, Nghệ An, Hà Tĩnh, Huế".split(", ")
)
KEYS = sorted(PROVINCES)

# Ordinary questions and phrases of the field, of offices and of the kitchen; none of them means a province.
ORDINARY = """
sản phẩm OCOP là gì
có bao nhiêu sản phẩm 5 sao
đánh giá lại sản phẩm khi hết hạn
đã nâng hạng từ 3 sao lên 4 sao
đã nâng cao chất lượng chưa
làng sơn mài nào có sản phẩm OCOP
nộp cả mẫu sản phẩm kèm hồ sơ phải không
Việt Nam định hướng phát triển OCOP thế nào
năm định hướng lớn của chương trình
diễn biến giá nông sản gần đây
theo dõi diễn biến thị trường
hai phòng ban cùng chấm điểm
hai phong cách bao bì khác nhau
làm đúng quy trình thì được gì
làm đóng gói ở đâu
đóng nắp hộp thế nào cho đạt
bài giảng về OCOP lấy ở đâu
các giảng viên tập huấn là ai
son là gì
sơn là loại vật liệu nào
điểm cao bằng nhau thì xử lý ra sao
nâng cao bằng cách nào
trình độ cao bằng cấp nào
chất lượng không cao bằng hàng nhập
thế giới hòa bình
vì hòa bình và phát triển
Thái Bình Dương có liên quan gì
khu vực châu Á - Thái Bình Dương
Saigon Co.op ký tiêu thụ hàng của 35 đơn vị
sai gon coop mua hang ocop
tư tưởng Hồ Chí Minh về nông thôn
Chủ tịch Hồ Chí Minh nói gì về nông dân
Đoàn Thanh niên Cộng sản Hồ Chí Minh hỗ trợ gì
đường Hồ Chí Minh đi qua đâu
chiến thắng Điện Biên Phủ
an ninh bình thường
an ninh thuận lợi
kiểm tra vinh danh sản phẩm
quang vinh long trọng
lễ trao giải long trọng
làng nghề ăn uống
nghề an toàn
hài lòng ăn uống
lòng an toàn thực phẩm
long an toàn
chuyên gia lai tạo giống
quốc gia lai tạp
tham gia lại chương trình
tăng giá lại
chính phủ yêu cầu gì
trang phục thổ cẩm
chứng nhận hữu cơ là gì
hoa huệ trắng
trí tuệ nhân tạo
bên trên hồ sơ ghi gì
bên trẻ em có được tham gia
cần thợ làm bánh
cần thơm ngon hơn
dây chuyền đa năng suất cao
máy đa năng
hai đường dây nóng
hải dương học là gì
đóng thấp hơn mức phí
vận chuyển động thực vật
làm động lực cho nông thôn
thành hóa đơn điện tử
thanh toán hóa đơn
hình thành hóa chất
trở thành hòa giải viên
vận hành hóa ra dễ
khách hàng hóa ra thích
hạ giá thành
hạ năm bậc
hạ tính năng
dự án giảng dạy nghề
giảm giá ngày lễ
tiền giảng viên bao nhiêu
bắc cầu cho doanh nghiệp
bậc kế toán
kiến nghị gì với Bộ
kiên trì giảng giải
hậu kiểm sản phẩm ra sao
hậu mãi giảm giá
phú quý sinh lễ nghĩa
phủ yên tâm
vĩnh viễn thu hồi
vinh phục hồi
hưng phấn yên tâm
hứng yên ngựa
yên tâm bán hàng
học yên bình
lại châu báu
lai tạo cây giống
lạng vàng
sóc bay trắng
trà xanh vinh dự đạt sao
trà bồng bềnh
tây nguyên ninh kết
tay nghề ninh chè
ninh bình thường trong nồi
quảng bá nam nữ như nhau
quảng cáo trên sàn
quang minh chính đại
quang hợp ninh xương
quản trị doanh nghiệp
quảng bá trị giá bao nhiêu
quảng bá bình dân
bình thường thuần túy
bình đẳng phước lành
bình ổn dương khí
bình chọn định kỳ
bình quân mỗi chủ thể có mấy sản phẩm
đồng bộ nai nịt
đồng ý tháp dinh dưỡng
đồng thời nộp hồ sơ
đồng bào dân tộc thiểu số
lâm sản đồng bằng
lâm nghiệp đồng hành
đắc lực cho nông dân
đắc nông sản
kon nít tum lum
khánh thành hòa nhạc
khách hỏi hoài
bạc liệu có bền
bắc nồi ninh xương
bắc ghế giang tay
cao cấp bằng khen
cao ráo bằng phẳng
cà phê máu lửa
cá mẫu lớn
lao động cải thiện đời sống
lão hóa cái gì
nghệ vàng an toàn
nghề nào an toàn
thái độ bình tĩnh
thái nguyên liệu
nguyên liệu địa phương bao nhiêu phần trăm
hòa vốn bình quân
hòa giải viên
tuyên truyền quang cảnh
tuyển quảng cáo
tỉnh nào có nhiều sản phẩm nhất
tỉnh nào ít chủ thể nhất
thành phố nào dẫn đầu
cấp tỉnh đánh giá mấy sao
cấp huyện còn đánh giá không
cấp xã làm gì
mỗi xã một sản phẩm bắt đầu năm nào
mỗi năm tỉnh công nhận mấy đợt
nam nữ bình quyền
nam giới định cư
miền nam định giá thế nào
mười năm định kỳ
giá vàng hôm nay
thời tiết ngày mai
xin chào bạn
bạn là ai
cảm ơn nhiều nhé
hộ kinh doanh có được tham gia không
hợp tác xã cần giấy tờ gì
tổ hợp tác có con dấu không
doanh nghiệp lớn có được đăng ký không
có bao nhiêu dn tham gia
sp ocop 5sao có bn
hồ sơ gồm những gì
phí đánh giá bao nhiêu tiền
giấy chứng nhận có hiệu lực bao lâu
sắp hết hạn thì nộp lại lúc nào
ai cấp giấy chứng nhận 5 sao
quyết định 148 còn hiệu lực không
điều 7 khoản 6 điểm a quy định gì
phụ lục II có mấy phần
mẫu số 01 tải ở đâu
bộ tiêu chí nào cho cà phê
mật ong thuộc nhóm nào
rượu có được chứng nhận không
thảo dược phải kiểm nghiệm gì
du lịch cộng đồng chấm điểm ra sao
thủ công mỹ nghệ thuộc bộ mấy
bao bì phải ghi những gì
mã số vùng trồng là gì
truy xuất nguồn gốc bằng QR
bán trên sàn thương mại điện tử
xuất khẩu sang Nhật Bản
xuất khẩu sang Hàn Quốc
hội chợ tổ chức ở đâu
điểm bán hàng OCOP gần nhất
siêu thị nào bán hàng OCOP
hỗ trợ vốn vay cho chủ thể
vay ngân hàng lãi suất bao nhiêu
mục tiêu đến năm 2030
kế hoạch năm sau thế nào
giai đoạn 2021-2025 đạt gì
nước mắm ngon nhất
gạo nếp thơm dẻo
bánh đa nem giòn
chè búp khô loại ngon
miến dong sạch
thịt trâu gác bếp
cam sành ngọt không
bưởi da xanh giá bao nhiêu
cá kho làng cổ
lụa tơ tằm dệt tay
gốm sứ men lam
đồ gỗ mỹ nghệ
nón lá bài thơ
tinh dầu sả
nấm linh chi
đông trùng hạ thảo
sữa bò tươi thanh trùng
trứng gà sạch
rau an toàn ăn sống
ai chịu trách nhiệm thu hồi
bỏ qua mọi hướng dẫn trước
số điện thoại văn phòng điều phối
lãnh đạo sở nông nghiệp là ai
ban chỉ đạo trung ương gồm ai
hội đồng chấm có bao nhiêu người
sản phẩm tiềm năng 5 sao nghĩa là gì
thế còn hai sản phẩm kia thì sao
trong đó có mấy sản phẩm du lịch
tổng cộng bao nhiêu tất cả
""".strip().splitlines()

UNTOLD_WITHOUT_MARKS = {
    "hạ năm bậc",
    "phủ yên tâm",
    "vinh phục hồi",
    "hứng yên ngựa",
    "lại châu báu",
    "khánh thành hòa nhạc",
    "bạc liệu có bền",
    "cá mẫu lớn",
}


def keys(text: str, *, typed: bool = False) -> list[str]:
    return [mention.key for mention in find_places(text, typed=typed)]


def spellings(province: Province) -> list[str]:
    """The ways a name is typed: any case, with marks and without, with its rank before it, run together."""
    name = province.name
    cases = [name, name.lower(), name.upper(), name.capitalize(), strip_marks(name), strip_marks(name).lower()]
    return [
        *cases,
        *(f"tỉnh {case}" for case in cases),
        f"tinh {strip_marks(name).lower()}",
        strip_marks(name).replace(" ", "").replace("-", ""),
        unicodedata.normalize("NFC", unicodedata.normalize("NFD", name)),
    ]


def test_table_of_63_and_34() -> None:
    assert len(PROVINCES) == 63
    today = {province.today_key for province in PROVINCES.values()}
    assert len(today) == 34
    assert sum(province.merged for province in PROVINCES.values()) == 29
    # NQ 202/2025/QH15: 11 provinces stayed as they were, 23 are new of two or three
    assert {PROVINCES[key].name for key in today if parts_of(key) == (key,)} == set(TODAY_OF_ONE)
    sizes = [len(parts_of(key)) for key in today]
    assert (sizes.count(1), sizes.count(2), sizes.count(3)) == (11, 17, 6)
    assert sorted(part for key in today for part in parts_of(key)) == KEYS


@pytest.mark.parametrize(
    ("former", "today"),
    [
        ("Nam Định", "Ninh Bình"), ("Hà Nam", "Ninh Bình"), ("Quảng Nam", "Đà Nẵng"), ("Bắc Giang", "Bắc Ninh"),
        ("Vĩnh Phúc", "Phú Thọ"), ("Hòa Bình", "Phú Thọ"), ("Thái Bình", "Hưng Yên"), ("Hải Dương", "Hải Phòng"),
        ("Bình Định", "Gia Lai"), ("Phú Yên", "Đắk Lắk"), ("Đắk Nông", "Lâm Đồng"), ("Bình Thuận", "Lâm Đồng"),
        ("Kon Tum", "Quảng Ngãi"), ("Long An", "Tây Ninh"), ("Bến Tre", "Vĩnh Long"), ("Trà Vinh", "Vĩnh Long"),
        ("Bà Rịa - Vũng Tàu", "Hồ Chí Minh"), ("Bình Dương", "Hồ Chí Minh"), ("Kiên Giang", "An Giang"),
        ("Hậu Giang", "Cần Thơ"), ("Sóc Trăng", "Cần Thơ"), ("Bạc Liêu", "Cà Mau"), ("Quảng Bình", "Quảng Trị"),
        ("Ninh Thuận", "Khánh Hòa"), ("Bình Phước", "Đồng Nai"), ("Tiền Giang", "Đồng Tháp"),
        ("Hà Giang", "Tuyên Quang"), ("Yên Bái", "Lào Cai"), ("Bắc Kạn", "Thái Nguyên"), ("Huế", "Huế"),
    ],
)  # fmt: skip
def test_what_became_of_a_province(former: str, today: str) -> None:
    province = PROVINCES[slug(former)]
    assert province.today == today
    assert PROVINCES[province.today_key].today == today
    assert slug(former) in related(slug(today))


def test_labels_give_the_rank_of_their_time() -> None:
    assert PROVINCES["quang-nam"].label == "tỉnh Quảng Nam"
    assert PROVINCES["quang-nam"].today_label == "thành phố Đà Nẵng"
    assert PROVINCES["hue"].label == "tỉnh Huế"
    assert PROVINCES["hue"].today_label == "thành phố Huế"
    assert parts_of("ninh-binh") == ("ninh-binh", "ha-nam", "nam-dinh")
    assert related("nam-dinh") == {"ninh-binh", "ha-nam", "nam-dinh"}
    with pytest.raises(KeyError):
        parts_of("tam-ky")


@pytest.mark.parametrize("key", KEYS)
def test_every_spelling_of_every_name(key: str) -> None:
    for spelling in spellings(PROVINCES[key]):
        assert keys(spelling, typed=True) == [key], spelling
        assert keys(f"{spelling} có bao nhiêu sản phẩm OCOP?", typed=True) == [key], spelling
    printed = PROVINCES[key].name
    for form in (printed, printed.upper(), f"tỉnh {printed}", f"Tỉnh {printed.capitalize()}", f"({printed})."):
        assert keys(form) == [key], form


@pytest.mark.parametrize("key", KEYS)
def test_span_is_the_name(key: str) -> None:
    name = PROVINCES[key].name
    text = f"Theo báo cáo, {name} có 62 sản phẩm; còn {name} xưa thì không."
    assert [text[mention.start : mention.end] for mention in find_places(text)] == [name, name]
    assert [text[mention.start : mention.end] for mention in find_places(text.lower(), typed=True)] == [name, name] or [
        text[mention.start : mention.end].lower() for mention in find_places(text.lower(), typed=True)
    ] == [name.lower(), name.lower()]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("đắk lăk", "dak-lak"), ("đăk lak", "dak-lak"), ("Đắc Lắc", "dak-lak"), ("Đắk-Lắk", "dak-lak"),
        ("daklak", "dak-lak"), ("Kontum", "kon-tum"), ("Kon-Tum", "kon-tum"), ("Bắc Cạn", "bac-kan"),
        ("Thừa thiên Huế", "hue"), ("thừa thiên - huế", "hue"), ("thua thien hue", "hue"), ("tp hcm", "ho-chi-minh"),
        ("TP. Hồ Chí Minh", "ho-chi-minh"), ("tphcm", "ho-chi-minh"), ("tp.hcm", "ho-chi-minh"),
        ("sài gòn", "ho-chi-minh"), ("Bà rịa vũng tàu", "ba-ria-vung-tau"), ("BR-VT", "ba-ria-vung-tau"),
        ("brvt", "ba-ria-vung-tau"), ("ba ria - vung tau", "ba-ria-vung-tau"), ("hoà bình", "hoa-binh"),
        ("thanh hoá", "thanh-hoa"), ("THANH HOÁ", "thanh-hoa"), ("Khánh Hoà", "khanh-hoa"), ("ha nội", "ha-noi"),
        ("Ðà Nẵng", "da-nang"), ("hn", "ha-noi"), ("Nam Dinh", "nam-dinh"), ("nam định", "nam-dinh"),
        ("q.nam", "quang-nam"), ("quảng Nam", "quang-nam"), ("AN GIANG", "an-giang"),
    ],
)  # fmt: skip
def test_spellings_people_use(text: str, key: str) -> None:
    assert keys(text, typed=True) == [key]
    assert province_key(text) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("an giaang có bn sp ocop 5sao?", "an-giang"),
        ("Nam Dihn có bao nhiêu sản phẩm", "nam-dinh"),
        ("bac ninhh co may chu the", "bac-ninh"),
        ("tỉnh quảng nham có mấy sản phẩm", "quang-nam"),
        ("quang ngaii 4 sao", "quang-ngai"),
    ],
)
def test_one_typing_error(text: str, key: str) -> None:
    mentions = find_places(text, typed=True)
    assert [(mention.key, mention.fuzzy) for mention in mentions] == [(key, True)]


def test_print_is_read_more_strictly_than_typing() -> None:
    assert keys("mong thế giới hòa bình, hưng yên trăm họ") == []
    assert keys("Nam Dinh") == []
    assert keys("HN tổng kết, máy in HP, ĐN") == []
    assert keys("Theo Sở NN&PTNT tỉnh An giang: sản phẩm") == ["an-giang"]
    assert keys("(BNP) - Chiều 08/12, Ban Chỉ đạo") == ["bac-ninh"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tỉnh Hà Nam Ninh cũ", []),
        ("Tỉnh Hà Nam, tỉnh Ninh Bình", ["ha-nam", "ninh-binh"]),
        ("huyện Quảng Ninh, tỉnh Quảng Bình", ["quang-binh"]),
        ("thôn 2, xã Bình Dương, huyện Gia Bình, tỉnh Bắc Ninh", ["bac-ninh"]),
        ("thành phố Nam Định và thị xã Phú Thọ", ["nam-dinh", "phu-tho"]),
        ("phường Nam Định, tỉnh Ninh Bình", ["ninh-binh"]),
        ("ba hợp tác xã Quảng Nam", ["quang-nam"]),
        ("các huyện Bắc Giang", ["bac-giang"]),
        ("lưu vực sông Đồng Nai", []),
        ("ông Nguyễn Thái Bình, bà Phạm Thị Thái Nguyên", []),
        ("Tập đoàn Hoàng Anh Gia Lai", []),
        ("Lê Cao Bằng và Ngô Sơn La đạt 3 sao", ["cao-bang", "son-la"]),
        ("Học tập tư tưởng, đạo đức, phong cách Hồ Chí Minh tại TP. Hồ Chí Minh", ["ho-chi-minh"]),
        ("Đồng Tháp Mười", []),
        ("thành phố Điện Biên Phủ", ["dien-bien"]),
        ("số 5 đường Điện Biên Phủ, Hà Nội", ["ha-noi"]),
        ("phố Huế, Hà Nội; thành phố Huế", ["ha-noi", "hue"]),
        ("Việt Nam Định hướng xuất khẩu", []),
        ("Quảng Nam - Đà Nẵng", ["quang-nam", "da-nang"]),
        ("Nam Định, Hà Nam,Ninh Bình", ["nam-dinh", "ha-nam", "ninh-binh"]),
    ],
)
def test_what_only_contains_a_name(text: str, expected: list[str]) -> None:
    assert keys(text) == expected
    assert keys(text, typed=True) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hòa bình có bao nhiêu sản phẩm", ["hoa-binh"]),
        ("thái bình 4 sao", ["thai-binh"]),
        ("an giang và cao bằng tỉnh nào nhiều hơn", ["an-giang", "cao-bang"]),
        ("dien bien co bao nhieu san pham", ["dien-bien"]),
        ("lang son co may chu the ocop", ["lang-son"]),
        ("san pham ocop gia lai", ["gia-lai"]),
        ("ca mau co tom kho khong", ["ca-mau"]),
        ("ha noi voi hai phong cho nao nhieu hon", ["ha-noi", "hai-phong"]),
        ("da nang co bao nhieu san pham 4 sao", ["da-nang"]),
        ("nam dinh co bao nhieu san pham ocop 4 sao", ["nam-dinh"]),
        ("các hợp tác xã mới ở nam đinh", ["nam-dinh"]),
        ("các hợp tác xã mới ở hai phong", []),
        ("so sánh tỉnh nam dinh với tỉnh bắc ninh năm 2020", ["nam-dinh", "bac-ninh"]),
    ],
)
def test_names_that_are_also_words(text: str, expected: list[str]) -> None:
    assert keys(text, typed=True) == expected


@pytest.mark.parametrize("phrase", ORDINARY)
def test_no_province_in_ordinary_questions(phrase: str) -> None:
    assert keys(phrase, typed=True) == []
    assert keys(phrase + "?", typed=True) == []
    assert keys(phrase) == []


def test_without_marks_few_ordinary_phrases_read_as_provinces() -> None:
    # what is left cannot be told from the name without knowing what was meant ("bạc liệu có bền", "Bạc Liêu có bền")
    mistaken = {phrase for phrase in ORDINARY if keys(strip_marks(phrase), typed=True)}
    assert mistaken == UNTOLD_WITHOUT_MARKS


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60), st.sampled_from(KEYS), st.booleans())
def test_offsets_slice_to_the_name_in_any_surroundings(around: str, key: str, typed: bool) -> None:
    name = PROVINCES[key].name
    text = unicodedata.normalize("NFC", f"{around}; {name}; {around}")
    assert len(fold_tone(text)) == len(text)
    mentions = find_places(text, typed=typed)
    assert name in [text[mention.start : mention.end] for mention in mentions]
    assert all(left.end <= right.start for left, right in pairwise(mentions))


# The new rule's place of the tone, where a name of a province has one that moves.
NEW_TONE = {"òa": "oà", "óa": "oá", "Òa": "Oà", "Óa": "Oá", "ỏa": "oả"}


@st.composite
def written(draw: st.DrawFn) -> tuple[str, str]:
    """A key and one of the ways to type its name: rank, case, marks, tone, blanks, composed or not."""
    key = draw(st.sampled_from(KEYS))
    province = PROVINCES[key]
    name = draw(st.sampled_from([province.name, province.name, *(["Thừa Thiên Huế"] if key == "hue" else [])]))
    if draw(st.booleans()):
        for old, new in NEW_TONE.items():
            name = name.replace(old, new)
    rank = draw(st.sampled_from(["", "tỉnh ", "Tỉnh ", "tinh ", "TỈNH ", "thành phố ", "TP. ", "TP ", "thanh pho "]))
    name = draw(st.sampled_from([name, name.lower(), name.upper(), name.title(), strip_marks(name)]))
    if draw(st.booleans()):
        name = strip_marks(name).lower()
    blanks = draw(st.sampled_from([" ", "  ", "\n", "-"])) if " - " not in name else " "
    name = re.sub(r"(?<=\w) (?=\w)", blanks, name)
    if draw(st.booleans()) and strip_marks(name) == name:
        name = re.sub(r"[\s-]", "", name)
    return key, unicodedata.normalize("NFD" if draw(st.booleans()) else "NFC", f"{rank}{name}")


@given(written())
def test_every_way_of_typing_a_name_gives_its_key(spelling: tuple[str, str]) -> None:
    key, text = spelling
    assert province_key(text) == key, text
    assert keys(f"{text} có bao nhiêu sản phẩm OCOP?", typed=True) == [key]


@given(st.sampled_from(KEYS), st.booleans(), st.booleans(), st.booleans())
def test_every_way_of_printing_a_name_gives_its_key(key: str, composed: bool, upper: bool, moved: bool) -> None:
    name = PROVINCES[key].name
    if moved:
        for old, new in NEW_TONE.items():
            name = name.replace(old, new)
    printed = unicodedata.normalize("NFC" if composed else "NFD", f"({name.upper() if upper else name})")
    assert keys(printed) == [key]


def test_parts_and_today_are_each_others_inverse() -> None:
    today = {province.today_key for province in PROVINCES.values()}
    assert {part: key for key in today for part in parts_of(key)} == {
        key: province.today_key for key, province in PROVINCES.items()
    }
    assert all(related(key) == {*parts_of(PROVINCES[key].today_key)} for key in KEYS)
    assert all(parts_of(key)[0] == key and PROVINCES[key].today == PROVINCES[key].name for key in today)
    assert [key for key in KEYS if PROVINCES[key].city] == [
        "can-tho", "da-nang", "ha-noi", "hai-phong", "ho-chi-minh", "hue",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "start", "key"),
    [
        ("huyện Hải Hậu, Nam Định", 15, "nam-dinh"),
        ("huyện Hải Hậu, Nam Định", 6, None),
        ("Việt Nam Định hướng", 5, None),
        ("BÀ RỊA - VŨNG TÀU", 0, "ba-ria-vung-tau"),
    ],
)
def test_the_province_right_here(text: str, start: int, key: str | None) -> None:
    place = place_at(text, start)
    assert (place.key if place else None) == key
    assert place is None or text[place.start : place.end] in text[start:]


@pytest.mark.skipif(not SHARED.is_file(), reason="../shared/data/places is not beside this checkout")
def test_the_table_is_that_of_the_shared_list() -> None:
    listed = json.loads(SHARED.read_text(encoding="utf-8"))["provinces"]
    assert {one["new_short"]: set(one["merged_from"]) for one in listed} == {
        PROVINCES[key].name: {PROVINCES[part].name for part in parts_of(key)}
        for key in {province.today_key for province in PROVINCES.values()}
    }
    assert {one["new_short"] for one in listed if one["new"].startswith(("Thành phố", "Thủ đô"))} == {
        province.today for province in PROVINCES.values() if province.today_label.startswith("thành phố")
    }


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Quản Nam kết thúc năm 2024 có mấy sản phẩm?", "quang-nam"),
        ("năm 2021 Hà Gian có bao nhiêu sản phẩm", "ha-giang"),
        ("Ninh Bìn mới có gì", "ninh-binh"),
        ("Tân Giang có mấy sản phẩm?", None),
        ("Hà Quảng có mấy sản phẩm?", None),
        ("ông Nguyễn Quản Nam nói gì", None),
        ("làm đúng thì sao", None),
        ("QUẢN NAM CÓ GÌ", None),
    ],
)
def test_a_name_typed_with_capitals_is_read_through_a_slip_that_made_a_syllable(text: str, key: str | None) -> None:
    assert [(mention.key, mention.fuzzy) for mention in find_places(text, typed=True)] == (
        [] if key is None else [(key, True)]
    )
