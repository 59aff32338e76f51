"""Diacritics restored: values on a small corpus of our own, and what must hold whatever is typed."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from index.asking import PHRASES
from index.fields import question_terms
from index.language import FILE_NAME, LanguageModel, segments
from index.learn import known_phrases
from index.lexicon import dictionary
from index.manifest import IndexSettings
from index.places.named import find_places
from index.restore import Reading, Restored, Restorer
from index.text import has_marks, strip_marks
from index.typos import meant

CORPUS = """
Tỉnh Nam Định có 62 sản phẩm OCOP, trong đó gạo nếp của hợp tác xã Hải Hậu đạt 4 sao.
Chủ tịch Ủy ban nhân dân tỉnh ký Quyết định số 26/2026/QĐ-TTg về bộ tiêu chí đánh giá, phân hạng sản phẩm.
Giấy chứng nhận có giá trị 36 tháng, hết hạn thì chủ thể phải nộp hồ sơ đánh giá lại.
Cà phê Đắk Lắk và bơ sáp được bán ở nhiều nơi; bò một nắng là sản phẩm của huyện Krông Pa.
Hội đồng cấp huyện chấm điểm, sản phẩm từ 70 đến 89 điểm được xếp hạng bốn sao.
Năm nay các hộ trồng chè ở Thái Nguyên thu nhập cao hơn năm ngoái.
Bưởi Năm Roi của Vĩnh Long, mắm ruốc Huế và bánh tráng Tây Ninh bán trên sàn VOSO.
"""
KNOWN = {word for run in segments(CORPUS) for word in run} | {"ocop", "voso"}
KNOWN |= {strip_marks(word) for word in KNOWN}
MODEL = LanguageModel.learn([CORPUS], known_phrases(), dictionary())
RESTORER = Restorer(MODEL)
MENDER = Restorer(MODEL, KNOWN.__contains__)
WORD = re.compile(r"[^\W\d_]+")

written = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạéèẻẽẹíìỉĩịóòỏõọ AĐ0123456789/-.,%&@_?", max_size=60)


@pytest.mark.parametrize(
    "sentence",
    [
        "Tỉnh Nam Định có bao nhiêu sản phẩm OCOP?",
        "Giấy chứng nhận có giá trị bao lâu?",
        "Ai ký quyết định số 26/2026/QĐ-TTg?",
        "Hồ sơ đánh giá lại nộp ở đâu?",
        "cà phê Đắk Lắk đạt mấy sao",
        "bò một nắng của huyện Krông Pa",
        "Ba Tơ ở tỉnh nào?",
        "SẢN PHẨM BỐN SAO LÀ GÌ",
    ],
)
def test_a_question_typed_without_marks_gets_them(sentence: str) -> None:
    restored = RESTORER.restore(strip_marks(sentence).replace("QD", "QĐ"))
    assert restored.text == sentence


@pytest.mark.parametrize(
    ("typed", "meant_by"),
    [
        ("sản phẩm của tinh nam dinh", "sản phẩm của tỉnh nam định"),
        ("có bao nhieu sản pham đạt 4 sao", "có bao nhiêu sản phẩm đạt 4 sao"),
        # what is typed with a mark decides its neighbours, and is never another word
        ("bơ sap", "bơ sáp"),
        ("bò sap", "bò sáp"),
        # the name of a province with some of its marks
        ("sản phẩm ở nam đinh", "sản phẩm ở nam định"),
    ],
)
def test_marks_typed_are_kept_and_help_their_neighbours(typed: str, meant_by: str) -> None:
    assert RESTORER.restore(typed).text == meant_by


@pytest.mark.parametrize(
    "question",
    [
        "Tỉnh nào có bao nhiêu sản phẩm OCOP?",
        "Năm nay bán ở đâu, ai mua?",
        "Bưởi Năm Roi của tỉnh nào?",
        "Hội đồng cấp huyện chấm điểm thế nào?",
        "Còn Gia Lai thì sao?",
        "Kon Tum nay thuộc tỉnh nào?",
    ],
)
def test_a_question_typed_with_marks_stays(question: str) -> None:
    restored = MENDER.restore(question)
    assert restored.text == question
    assert not restored.bare


@pytest.mark.parametrize(
    "kept",
    [
        "OCOP 4 sao", "VOSO", "https://ocop.example/san-pham", "ten@vi-du.example", "san_pham", "26/2026/QD-TTg",
        "QD26", "1.234", "R&D", "Bluetooth", "", "list of 4 star products", "many 5 stars products",
    ],
)  # fmt: skip
def test_numbers_addresses_and_words_of_other_languages_stay(kept: str) -> None:
    assert MENDER.restore(kept).text == kept


def test_capitals_are_kept() -> None:
    assert RESTORER.restore("San Pham cua tinh Nam DInh").text == "Sản Phẩm của tỉnh Nam ĐỊnh"


def test_it_says_how_much_is_missing() -> None:
    bare = RESTORER.restore("san pham cua tinh nam dinh")
    assert bare.bare
    assert bare.present == 0
    assert 3.5 < bare.missing <= 6
    partly = RESTORER.restore("sản phẩm của tỉnh nam dinh")
    assert not partly.bare
    assert partly.present == 4
    assert 0.5 < partly.missing < 2
    assert not RESTORER.restore("OCOP 4 sao").bare


def test_a_product_without_marks_stands_where_nothing_else_is_likely() -> None:
    model = LanguageModel.learn(["Cẩm Lệ, Cầm Bá, Câm Sơn, cam Vinh."], ("cam",), ("cẩm", "cầm", "câm", "cấm"))
    reading = Restorer(model).restore("cam cao phong").readings[0]
    assert reading.forms[0][0] == "cam"
    assert reading.forms[0][1] < 0.5


def test_it_says_what_else_a_syllable_may_be() -> None:
    restored = RESTORER.restore("ban san pham")
    reading = restored.readings[0]
    assert restored.typed[reading.start : reading.end] == "ban"
    chances = [chance for _, chance in reading.forms]
    assert chances == sorted(chances, reverse=True)
    assert 0 < sum(chances) <= 1.0001
    assert {strip_marks(form) for form, _ in reading.forms} == {"ban"}
    assert restored.confidence <= chances[0]
    others = dict(restored.others(0.0))
    assert all(strip_marks(other) == "ban san pham" and other != restored.text for other in others)
    assert all(0 <= chance <= 0.5 for chance in others.values())
    assert list(restored.others(0.51)) == []


# Slips


@pytest.mark.parametrize(
    ("typed", "meant_by"),
    [
        ("sản phẫmm OCOP", "sản phẩm OCOP"),
        ("giấy chúwng nhận", "giấy chứng nhận"),
        ("hội đồgn cấp huyện", "hội đồng cấp huyện"),
        # no syllable: the neighbours tell whether a mark or a letter is wrong
        ("bán trên sàn sản phâm", "bán trên sàn sản phẩm"),
        ("hội đồg cấp huyện", "hội đồng cấp huyện"),
        ("san phma bon sao", "sản phẩm bốn sao"),
        ("ban tren san vsoo", "bán trên sàn voso"),
    ],
)
def test_a_slip_of_the_finger_is_mended(typed: str, meant_by: str) -> None:
    assert MENDER.restore(typed).text == meant_by


def test_shorthand_in_capitals_is_mended_to_one_that_texts_have_and_to_nothing_else() -> None:
    known = {"ocop", "xhcn", "xhcb"}
    mender = Restorer(MODEL, known=lambda word: word in known)
    assert mender.restore("sản phẩm OCCOP").text == "sản phẩm OCOP"
    assert mender.restore("sản phẩm OCPO").text == "sản phẩm OCPO"  # short ones are too near to each other
    assert mender.restore("nước XHCNB").text == "nước XHCNB"  # which is meant?


@pytest.mark.parametrize("typed", ["htx", "gcn", "ubnd", "qd 26", "Facebook", "vo", "HĐND"])
def test_shorthand_names_and_short_words_are_no_slips(typed: str) -> None:
    assert MENDER.restore(typed).text == typed or has_marks(MENDER.restore(typed).text)
    assert len(MENDER.restore(typed).text) == len(typed)


def test_slips_keep_the_marks_typed_where_a_word_does() -> None:
    spellings = {"phan": ["phần", "phân", "phản"], "than": ["thân"]}
    assert meant("phnầ", lambda bare: spellings.get(bare, [])) == ["phần"]
    assert meant("phaan", lambda bare: spellings.get(bare, [])) == ["phần", "phân", "phản"]
    assert meant("phạnn", lambda bare: spellings.get(bare, [])) == ["phần", "phân", "phản"]
    assert meant("pn", lambda _: ["phần"]) == []


# Whatever is typed


@settings(max_examples=300)
@given(written)
def test_syllables_keep_their_number_and_letters(text: str) -> None:
    restored = RESTORER.restore(text).text
    composed = unicodedata.normalize("NFC", text)
    assert len(restored) == len(composed)
    assert len(restored.split()) == len(composed.split())
    # "ti" may come back as "tỷ": i and y are one there
    assert strip_marks(restored).replace("y", "i") == strip_marks(composed).replace("y", "i")


@given(written)
def test_digits_and_marks_typed_are_kept(text: str) -> None:
    restored = MENDER.restore(text)
    assert re.findall(r"\d", restored.text) == re.findall(r"\d", text)
    assume(not find_places(text, typed=True))  # the marks of "Đăk Nong" are put right, as a whole
    kept = RESTORER.restore(text).text
    assert all(new == old for new, old in zip(kept, unicodedata.normalize("NFC", text), strict=True) if has_marks(old))


@given(st.text(max_size=80))
def test_it_never_raises(text: str) -> None:
    restored = MENDER.restore(text)
    assert 0.0 <= restored.confidence <= 1.001
    assert restored.missing >= 0.0


@given(st.lists(st.sampled_from([word for word in sorted(KNOWN) if has_marks(word)]), max_size=12))
def test_what_is_typed_with_all_its_marks_comes_back_as_it_is(words: list[str]) -> None:
    assert MENDER.restore(" ".join(words)).text == " ".join(words)


def test_a_long_question_is_no_longer_than_its_parts() -> None:
    restored = RESTORER.restore("san pham " * 400)
    assert restored.text == "sản phẩm " * 400


# The model


def test_a_model_is_read_as_it_was_written(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        LanguageModel.learn([CORPUS], known_phrases(), dictionary()).write(tmp_path / name)
    assert (tmp_path / "a" / FILE_NAME).read_bytes() == (tmp_path / "b" / FILE_NAME).read_bytes()
    question = "chu tich uy ban nhan dan tinh ky quyet dinh"
    assert Restorer.read(tmp_path / "a").restore(question) == RESTORER.restore(question)


def test_a_damaged_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(ValueError, match=FILE_NAME):
        LanguageModel.read(tmp_path)


def test_text_typed_without_marks_teaches_nothing() -> None:
    unmarked = "nam nay cac ho trong che o thai nguyen thu nhap cao hon nam ngoai. " * 50
    taught = Restorer(LanguageModel.learn([CORPUS, unmarked], PHRASES, ()))
    assert taught.restore("thu nhap cao").text == "thu nhập cao"


def test_it_works_without_a_dictionary_and_without_texts() -> None:
    assert Restorer(LanguageModel.learn([], PHRASES, ())).restore("bao nhieu").text == "bao nhiêu"
    assert Restorer(LanguageModel.learn([], (), ())).restore("bao nhieu").text == "bao nhieu"


# What search asks for


def _asked(question: str) -> tuple[str, dict[str, float], Restored]:
    restored = RESTORER.restore(question)
    field, terms = question_terms(restored, IndexSettings())
    return field, terms, restored


def test_a_sure_reading_asks_the_field_with_marks() -> None:
    field, terms, restored = _asked("giay chung nhan")
    assert restored.confidence > 0.5
    assert field == "accented"
    assert {"giấy", "chứng", "nhận", "giấy chứng", "chứng nhận"} <= terms.keys()


def test_a_doubtful_reading_asks_the_field_without_marks() -> None:
    field, terms, restored = _asked("mang mo")
    assert restored.bare
    assert restored.confidence < 0.5
    assert (field, terms) == ("stripped", {"mang": 1.0, "mo": 1.0, "mang mo": 1.0})


def test_other_readings_weigh_as_much_as_they_are_likely() -> None:
    field, terms, restored = _asked("sản phẩm của tỉnh có ban")
    reading = restored.readings[-1]
    assert field == "accented"
    (_, first), (second, chance) = reading.forms[:2]
    assert first > chance > 0.05
    assert terms[second] == pytest.approx(chance)


def test_words_typed_with_marks_are_kept_apart() -> None:
    assert "bò" not in _asked("bơ sáp")[1]
    assert "bơ" not in _asked("bò một nắng")[1]


def test_a_mark_added_among_marked_syllables_must_be_surer_than_a_slip_mended() -> None:
    restored = Restored(
        typed="trên thang sản phẫm",
        text="trên tháng sản phẩm",
        readings=(
            Reading(start=5, end=10, forms=(("tháng", 0.8), ("thang", 0.2))),
            Reading(start=15, end=19, forms=(("phẩm", 0.8), ("phẫm", 0.2))),
        ),
        missing=0.8,
        present=3,
    )
    assert restored.sure(0.75) == "trên tháng sản phẩm"
    assert restored.sure(0.75, unmarked=0.95) == "trên thang sản phẩm"
    assert restored.sure(0.9) == "trên thang sản phẫm"


def test_what_is_sure_far_away_decides_nothing() -> None:
    """Two syllables of one reading part what can tell of one another: the stretches on either side are read alone."""
    typed = "hợp tác xã cua Hải Hậu nộp hồ sơ đánh giá lại o huyện Hải Hậu"
    segments, _ = RESTORER._segments(unicodedata.normalize("NFC", typed))
    assert [[place.typed is not None for place in places] for places in segments] == [
        [False, False, True, False, False]
    ] * 2
    assert [typed[one.start : one.end] for one in RESTORER.restore(typed).readings] == ["cua", "o"]
