"""How questions are typed: what is changed, how much of it, and that it is always the same."""

import random

import pytest

from evaluation.typed import TYPINGS, Typing, _edited, _neighbours, typed
from index.text import has_marks, strip_marks

QUESTION = "Hồ sơ nâng hạng theo Quyết định 26/2026/QĐ-TTg của tỉnh Đồng Tháp gồm những gì?"


def changed(question: str, way: Typing) -> list[tuple[str, str]]:
    """The words that differ, each with what became of it."""
    pairs = zip(question.split(), typed(question, way).split(), strict=True)
    return [(before, after) for before, after in pairs if before != after]


@pytest.mark.parametrize("way", TYPINGS)
def test_a_question_is_always_typed_the_same_way(way: Typing) -> None:
    assert typed(QUESTION, way) == typed(QUESTION, way)


def test_plain_and_bare() -> None:
    assert typed(QUESTION, "plain") == QUESTION
    assert typed(QUESTION, "bare") == (
        "Ho so nang hang theo Quyet dinh 26/2026/QD-TTg cua tinh Dong Thap gom nhung gi?"
    )


def test_half_of_the_marked_syllables_lose_their_marks_and_nothing_else_changes() -> None:
    marked = [word for word in QUESTION.split() if has_marks(word)]
    lost = changed(QUESTION, "half")
    assert len(lost) in (len(marked) // 2, len(marked) - len(marked) // 2)
    assert all(after == strip_marks(before) for before, after in lost)
    assert typed("Ho so gom gi?", "half") == "Ho so gom gi?"


def test_other_questions_keep_other_syllables() -> None:
    questions = [f"Sản phẩm đặc sản thứ {number} của tỉnh được mấy sao?" for number in range(20)]
    assert len({typed(question, "half").replace(str(number), "") for number, question in enumerate(questions)}) > 5


def test_one_word_of_five_has_one_slip_and_numbers_have_none() -> None:
    slips = changed(QUESTION, "typos")
    assert len(slips) == round(len(QUESTION.split()) / 5)
    assert not any(char.isdigit() for before, _ in slips for char in before)
    assert len(changed("Chè Shan tuyết?", "typos")) == 1
    assert typed("26/2026/QĐ-TTg", "typos") == "26/2026/QĐ-TTg"


def test_punctuation_stays_where_it_is() -> None:
    for number in range(50):
        (after,) = [after for _, after in changed(f"“Tiềm {number}?", "typos")]
        assert after[0] == "“"


def test_every_kind_of_slip_is_made() -> None:
    draw = random.Random(1)
    found = {_edited("chanh", draw) for _ in range(500)}
    assert {"hcanh", "chnah", "chan", "hanh", "chaanh", "chanhh", "cyanh", "vhanh"} <= found
    assert "chanh" not in found
    # a word that cannot be swapped into another is changed otherwise
    assert "aa" not in {_edited("aa", draw) for _ in range(100)}


def test_keys_have_the_neighbours_of_the_keyboard() -> None:
    assert set("qwsz") == set(_neighbours("a"))
    assert set("fhtyvb") == set(_neighbours("g"))
    assert _neighbours("é") == ""
