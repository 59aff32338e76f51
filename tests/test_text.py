"""The one normalisation of what is indexed and what is asked."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import has_marks, normalise, place_tone, strip_marks, syllables, terms

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


@pytest.mark.parametrize("asked", ["5445", "5445/QĐ-UBND", "qđ 5445", "QD 5445", "quyết định 5445", "Quyết định 05445"])
def test_a_decision_is_found_by_every_way_of_naming_it(asked: str) -> None:
    stripped = terms("theo 5445/QĐ-UBND ngày 31/12/2020", stripped=True)
    wanted = terms(asked, stripped=True)
    assert "5445" in wanted
    shared = set(wanted) & set(stripped)
    assert "5445" in shared
    if " " in asked:
        assert "dinh 5445" in shared


def test_number_and_year_are_found_in_the_number_of_a_document() -> None:
    held = set(terms("Quyết định 26/2026/QĐ-TTg"))
    assert {"26", "2026", "26/2026", "định 26", "định 26/2026", "26/2026/qđ-ttg", "ttg"} <= held
    assert {"định 26", "26/2026"} <= set(terms("QĐ 26/2026"))


def test_shorthand_and_what_it_stands_for_share_their_terms() -> None:
    short, long = terms("HTX Hoà Bình"), terms("hợp tác xã Hòa Bình")
    assert set(long) < set(short)
    assert "htx" in short
    assert set(terms("htx hoa binh", stripped=True)) >= set(terms("hợp tác xã Hòa Bình", stripped=True))
    assert "nông nghiệp" in terms("Sở NN&PTNT")


def test_terms_count_repetitions() -> None:
    assert terms("sao sao sao") == ["sao", "sao", "sao", "sao sao", "sao sao"]
