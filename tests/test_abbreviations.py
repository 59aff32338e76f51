"""Initials of provinces in questions: unique ones, shared ones, and shorthand that is no province."""

import pytest

from index.places.abbreviations import CONTRACTED, INITIALS, abbreviations
from index.places.named import PROVINCES, find_places, province_key
from index.text import strip_marks
from tests.test_places import ORDINARY


def read(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(text[short.start : short.end], short.keys) for short in abbreviations(text)]


def test_initials_are_those_of_the_63_names() -> None:
    led = {key for keys in INITIALS.values() for key in keys}
    assert led == {*PROVINCES} - {"ha-nam"}  # HN is read as Hà Nội
    assert {initials for initials, keys in INITIALS.items() if len(keys) > 1} == {"QN", "HG", "BT", "TN", "LC", "ĐN"}
    assert CONTRACTED["hgiang"] == ("ha-giang", "hau-giang")
    assert "tbinh" not in CONTRACTED  # trung bình


@pytest.mark.parametrize("initials", [one for one, keys in INITIALS.items() if one != "ĐNO" and keys != ("hue",)])
def test_after_the_word_tinh_initials_count_in_any_case(initials: str) -> None:
    expected = tuple(key for key in INITIALS[initials] if not PROVINCES[key].city) or INITIALS[initials]
    assert read(f"tỉnh {initials} có bao nhiêu sản phẩm") == [(initials, expected)]
    if initials != "LA":  # "tỉnh là gì"
        lower = initials.lower()
        assert {*expected} <= {*read(f"tinh {lower} co gi")[0][1]}


@pytest.mark.parametrize("form", CONTRACTED)
def test_last_syllable_written_out(form: str) -> None:
    initials = form[0].upper() + form[1:]
    assert read(f"{initials} có mấy sản phẩm") == [(initials, CONTRACTED[form])]
    if len(CONTRACTED[form]) == 1:
        assert province_key(form) == CONTRACTED[form][0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AG có bn sp", [("AG", ("an-giang",))]),
        ("Lđ tháng 2/2026 có mấy", [("Lđ", ("lam-dong",))]),
        ("Cm năm 2024 có mấy", [("Cm", ("ca-mau",))]),
        ("Lđ xã có mấy người", []),
        ("Ct năm 2024 có mấy", []),
        ("QN có gì", [("QN", ("quang-ninh", "quang-nam", "quang-ngai"))]),
        ("sản phẩm ở qn", [("qn", ("quang-ninh", "quang-nam", "quang-ngai"))]),
        ("QNgãi hay Qnam nhiều hơn", [("QNgãi", ("quang-ngai",)), ("Qnam", ("quang-nam",))]),
        ("VL, BT và TB", [("VL", ("vinh-long",)), ("BT", ("binh-thuan", "ben-tre")), ("TB", ("thai-binh",))]),
        ("TP ĐN có gì", [("ĐN", ("da-nang",))]),
        ("tỉnh ĐN có gì", [("ĐN", ("dak-nong", "dong-nai"))]),
        ("BĐ có gì", [("BĐ", ("binh-dinh",))]),
        ("BD có gì", [("BD", ("binh-duong",))]),
        ("BD co gi", [("BD", ("binh-dinh", "binh-duong"))]),
        ("NĐ có bao nhiêu sản phẩm", [("NĐ", ("nam-dinh",))]),
        ("sản phẩm của HD", [("HD", ("hai-duong",))]),
        ("tại LA", [("LA", ("long-an",))]),
        ("ở bn", []),
        ("có bn sp", []),
        ("theo NĐ 13/2018, HD số 3, TB 5", []),
        ("NĐ có hiệu lực khi nào", []),
        ("HD chấm điểm mới nhất", []),
        ("KH có được đổi hàng không", []),
        ("CT có mấy giai đoạn", []),
        ("5 KG gạo, số ĐT: 0912", []),
        ("26/2026/QĐ-TTg, 100/KH-UBND", []),
        ("ở ct, ở DN, ở tp", []),
        ("tỉnh là gì, tinh la gi, tại là gì", []),
        ("AN GIANG CÓ BN SẢN PHẨM", []),
    ],
)
def test_in_questions(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    assert read(text) == expected


def test_only_initials_of_one_province_are_a_place() -> None:
    assert [place.key for place in find_places("AG và KG, QN thì sao", typed=True)] == ["an-giang", "kien-giang"]
    assert find_places("AG và KG", typed=False) == []
    assert province_key("TG") == "tien-giang"
    assert province_key("QN") is None


@pytest.mark.parametrize("phrase", ORDINARY)
def test_no_initials_in_ordinary_questions(phrase: str) -> None:
    assert read(phrase) == []
    assert read(phrase.upper()) == []
    assert read(strip_marks(phrase)) == []
