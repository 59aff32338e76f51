"""The one spelling of what is indexed and what is asked, and the terms made of it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.terms import WIDENED, asked_terms, terms
from index.text import has_marks, normalise, one_spelling, place_tone, strip_marks, syllables, without_capitals

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ 0123456789/-.,%"
written = st.text(alphabet=VIETNAMESE + VIETNAMESE.upper(), max_size=60)


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("hoà", "hòa"),
        ("khoẻ", "khỏe"),
        ("thuỷ", "thủy"),
        ("hoá", "hóa"),
        ("tuý", "túy"),
        ("tóan", "toán"),
        ("loaị", "loại"),
    ],
)
def test_both_tone_placements_are_one_syllable(new: str, old: str) -> None:
    assert place_tone(new) == old
    assert place_tone(old) == old


@pytest.mark.parametrize(
    "syllable",
    [
        "quý",
        "giá",
        "giữ",
        "của",
        "mía",
        "khuỷu",
        "nguyễn",
        "thuở",
        "người",
        "quốc",
        "ngoài",
        "gìn",
        "ocop",
        "được",
        "việt",
    ],
)
def test_well_written_syllables_keep_their_tone_where_it_is(syllable: str) -> None:
    assert place_tone(syllable) == syllable


@given(written)
def test_placing_a_tone_again_changes_nothing(text: str) -> None:
    for syllable in syllables(text):
        assert place_tone(syllable) == syllable


@given(st.text(max_size=60))
def test_stripping_keeps_the_length_of_nfc_text_and_is_idempotent(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    stripped = strip_marks(composed)
    assert len(stripped) == len(composed)
    assert strip_marks(stripped) == stripped


def test_stripping_takes_tones_and_shapes_and_keeps_case() -> None:
    assert strip_marks("Đồng Tháp, Mỗi xã một sản phẩm ĐƯỜNG") == "Dong Thap, Moi xa mot san pham DUONG"
    assert has_marks("đ")
    assert not has_marks("OCOP 4 sao")


@given(written)
def test_decomposed_and_composed_text_give_the_same_terms(text: str) -> None:
    assert terms(unicodedata.normalize("NFD", text)) == terms(unicodedata.normalize("NFC", text))


@given(written)
def test_stripped_terms_are_the_accented_ones_without_marks(text: str) -> None:
    assert terms(text, stripped=True) == [strip_marks(term) for term in terms(text)]


@given(written)
def test_case_changes_nothing(text: str) -> None:
    assert terms(text.upper()) == terms(text.lower())


def test_document_numbers_and_numbers_stay_whole() -> None:
    assert syllables("Quyết định số 26/2026/QĐ-TTg: 1.234,5 tỷ, 50%, xã_hội") == [
        "quyết", "định", "số", "26/2026/qđ-ttg", "1.234,5", "tỷ", "50%", "xã", "hội",
    ]  # fmt: skip
    assert normalise("26/2026/QĐ–TTg") == "26/2026/qđ-ttg"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("kĩ", "kỹ"), ("mĩ", "mỹ"), ("lí", "lý"), ("ti", "ty"), ("tỉ", "tỷ"), ("hi", "hy"), ("sĩ", "sỹ"),
        # other words, or other sounds: a final consonant, a vowel before, an onset that prints one way only
        ("tin", "tin"), ("tuý", "túy"), ("tai", "tai"), ("tay", "tay"), ("bí", "bí"), ("thi", "thi"), ("gì", "gì"),
        ("quý", "quý"), ("nghị", "nghị"), ("chi", "chi"), ("dị", "dị"), ("ý", "ý"), ("y", "y"),
    ],
)  # fmt: skip
def test_i_and_y_are_one_only_where_both_are_printed(written: str, kept: str) -> None:
    assert one_spelling(written) == kept


def test_spellings_of_one_word_find_each_other() -> None:
    assert terms("công ti kĩ nghệ") == terms("công ty kỹ nghệ")
    assert terms("Hoà Bình") == terms("HÒA BÌNH")


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("ＯＣＯＰ\u3000４ sao", "ocop 4 sao"),
        ("\u00d0ồng Tháp", "đồng tháp"),
        ("\u0189ak", "đak"),
        ("ti\u00adếng\u200b Việt\ufeff", "tiếng việt"),
        ("H\u0422X", "htx"),
        # a word all of another script is that word
        ("\u041d\u0422\u0425", "\u043d\u0442\u0445"),
        ("s\u0430n ph\u0430m", "san pham"),
        ("a\u00a0b\u2212c", "a b-c"),
    ],
)
def test_look_alikes_are_the_letters_they_look_like(written: str, plain: str) -> None:
    assert normalise(written) == plain


NAMED = "theo Quyết định số 26/2026/QĐ-TTg ngày 31/12/2020"


@pytest.mark.parametrize(
    "asked",
    [
        "26/2026/QĐ-TTg", "26/2026/QD-TTG", "26 / 2026 / QĐ - TTg", "26/2026/QĐ–TTg", "26/2026/QĐ.TTg",
        "26/2026/QĐ TTg", "026/2026/qđ-ttg",
    ],
)  # fmt: skip
@pytest.mark.parametrize("stripped", [False, True])
def test_the_whole_number_of_a_document_is_one_term_in_every_spelling(asked: str, stripped: bool) -> None:
    assert "26/2026/qd-ttg" in asked_terms(asked, stripped=stripped)
    assert "26/2026/qd-ttg" in terms(NAMED, stripped=stripped)


@pytest.mark.parametrize(
    "asked",
    ["QĐ 26", "qd 26", "QĐ26", "quyết định 26", "Quyết định số 26", "quyet dinh so 26", "QĐ số 26/2026", "26/QĐ-TTg"],
)
@pytest.mark.parametrize("stripped", [False, True])
def test_a_decision_is_found_by_every_way_of_naming_it(asked: str, stripped: bool) -> None:
    assert {"26", "qd 26"} <= set(asked_terms(asked, stripped=stripped)) & set(terms(NAMED, stripped=stripped))


def test_the_kinds_of_documents_are_kept_apart() -> None:
    assert "qd 26" not in asked_terms("nghị định 26")
    assert "nd 26" in asked_terms("Nghị định số 26")
    assert {"436/qd-ubnd", "qd 436", "436"} <= set(terms("436/QĐ-UBND"))
    assert {"qh 202", "qh 202/2025", "202/2025/qh15"} <= set(terms("Luật số 202/2025/QH15"))
    assert "qh 202" in asked_terms("luật 202")
    assert "919" in terms("Quyết định 919")


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("1.234 sản phẩm", "1234"), ("1.234.567,8 đồng", "1234567.8"), ("65,4 %", "65.4%"), ("65.4%", "65.4%"),
        ("50 %", "50%"), ("04 sao", "4"), ("12.6.2020", "2020"), ("12.6.2020", "12.6.2020"), ("0,5 ha", "0.5"),
    ],
)  # fmt: skip
def test_a_number_is_one_term_however_it_is_printed(written: str, term: str) -> None:
    assert term in terms(written)


def test_a_text_has_only_the_terms_it_says() -> None:
    assert terms("HTX Bình Minh") == ["htx", "bình", "minh", "htx bình", "bình minh"]
    assert terms("sao sao sao") == ["sao", "sao", "sao", "sao sao", "sao sao"]


def test_a_question_asks_for_shorthand_and_what_it_stands_for() -> None:
    short, long = asked_terms("HTX Bình Minh"), asked_terms("hợp tác xã Bình Minh")
    assert {term: short[term] for term in ("htx", "htx bình", "hợp", "tác xã", "xã bình")} == {
        "htx": 1.0, "htx bình": 1.0, "hợp": WIDENED, "tác xã": WIDENED, "xã bình": WIDENED,
    }  # fmt: skip
    # one term in the place of three syllables
    assert (long["hợp"], long["htx bình"]) == (1.0, WIDENED)
    assert long["htx"] == pytest.approx(3 * WIDENED)
    assert asked_terms("hop tac xa", stripped=True)["htx"] == pytest.approx(3 * WIDENED)
    assert "nông nghiệp" in asked_terms("Sở NN&PTNT")
    assert "hđnd" in asked_terms("Hội đồng nhân dân tỉnh")
    assert {"hdnd", "nhan dan"} <= asked_terms("hdnd tinh", stripped=True).keys()


def test_shorthand_of_several_meanings_asks_for_each_with_less_weight() -> None:
    asked = asked_terms("CT OCOP")
    assert asked["chương trình"] == asked["công ty"] == asked["chỉ thị"] == pytest.approx(WIDENED / 3)


@given(written)
def test_widening_takes_no_term_and_no_weight_away(text: str) -> None:
    asked = asked_terms(text)
    assert all(asked[term] == 1.0 for term in terms(text))
    assert all(0 < weight <= 3 * 2 * WIDENED for weight in asked.values())


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Sở NN và PTNT", {"nông nghiệp", "phát triển", "nông thôn"}),
        ("Sở NN-PTNT", {"nông nghiệp", "phát triển", "nông thôn"}),
        ("Sở N&PTNT", {"nông nghiệp", "và phát", "nông thôn"}),
        ("Bộ NN và MT", {"nông nghiệp", "và môi", "môi trường"}),
        ("TP.HCM", {"thành phố", "hồ chí", "chí minh"}),
        ("TPHCM", {"thành phố", "phố hồ", "chí minh"}),
        ("chương trình MTQG", {"trình mục", "mục tiêu", "quốc gia"}),
        ("các HKD", {"các hộ", "kinh doanh"}),
        ("BR-VT", {"bà rịa", "vũng tàu"}),
    ],
)
def test_abbreviations_are_asked_for_written_out(typed: str, asked: set[str]) -> None:
    weights = asked_terms(typed)
    assert {term: weights.get(term) for term in asked} == dict.fromkeys(asked, WIDENED)


@pytest.mark.parametrize(
    ("typed", "printed", "shared"),
    [
        ("436-QĐ/UBND", "436/QĐ-UBND", {"436/qd-ubnd", "qd 436"}),
        ("Số 148-QĐ/TTg", "148/QĐ-TTg", {"148/qd-ttg", "qd 148"}),
        ("số436/QĐ-UBND", "Số: 436/QĐ-UBND", {"436", "436/qd-ubnd", "qd 436"}),
        ("26/2026/QĐTTg", "26/2026/QĐ-TTg", {"26/2026/qd-ttg", "qd 26", "qd 26/2026"}),
        ("19-NQ/TW", "Nghị quyết số 19-NQ/TW", {"nq 19", "19 nq", "nq tw"}),
        ("KH96", "Kế hoạch 96", {"96", "kh 96"}),
        ("TT01", "Thông tư 01", {"1", "tt 1"}),
        ("gạo 4sao", "gạo 4 sao", {"gạo", "4", "sao", "4 sao"}),
        ("gạo 4*", "gạo 4 sao", {"sao", "4 sao"}),
        ("quí 3", "quý 3", {"quý", "quý 3"}),
        ("quý 3", "quí 3", {"quí", "quí 3"}),
    ],
)
def test_what_is_typed_otherwise_is_asked_for_as_texts_print_it(typed: str, printed: str, shared: set[str]) -> None:
    weights = asked_terms(typed)
    assert shared <= set(terms(printed))
    assert {term: weights.get(term) for term in shared} == dict.fromkeys(shared, 1.0)


@pytest.mark.parametrize("typed", ["ST25", "1-5 sao", "3-4 sao", "25*", "4**", "quyên góp", "số liệu"])
def test_what_is_typed_as_it_is_meant_is_asked_for_as_it_stands(typed: str) -> None:
    assert asked_terms(typed).keys() == {*terms(typed)}


@pytest.mark.parametrize(
    ("text", "quiet"),
    [
        ("GIẤY CHỨNG NHẬN 5 SAO DO AI CẤP?", "giấy chứng nhận 5 sao do ai cấp?"),
        ("QD 26/2026 QUY DINH GI", "qd 26/2026 quy dinh gi"),
        ("OCOP, UBND", "OCOP, UBND"),
        ("HTX Cá Sặc", "HTX Cá Sặc"),
        ("Quyết định 436/QĐ-UBND", "Quyết định 436/QĐ-UBND"),
    ],
)
def test_a_text_in_capitals_throughout_is_read_in_lower_case(text: str, quiet: str) -> None:
    assert without_capitals(text) == quiet
