"""What limits a count and what only frames it, read of questions; no index needed."""

import pytest

from assistant.limits import LIMITS, limit_groups_in, limits_of, occasion_asked, rounds_in, stock_in
from assistant.question import understand
from assistant.wording import words_of


def _words(question: str) -> tuple[str, ...]:
    return limits_of(understand(question), ("sản phẩm",)).words


def _groups(question: str) -> set[str]:
    return {LIMITS[group][0] for group in limits_of(understand(question), ("sản phẩm",)).groups}


@pytest.mark.parametrize(
    "question",
    [
        "Tháng 2/2025 riêng hạng 3 sao thì An Giang đếm được mấy sản phẩm?",
        "Số sản phẩm 3 sao của Quảng Nam khi tổng kết năm 2024?",
        "Cho tôi hỏi tỉnh Thái Bình đã được công nhận tất cả bao nhiêu sản phẩm OCOP rồi?",
        "Trên địa bàn Gia Lai hiện có khoảng mấy sản phẩm?",
    ],
)
def test_the_frame_of_a_count_limits_nothing(question: str) -> None:
    assert _words(question) == ()
    assert _groups(question) == set()


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("An Giang có bao nhiêu sản phẩm từ dừa?", "dừa"),
        ("An Giang có bao nhiêu sản phẩm cà phê?", "cà"),
        ("Hợp tác xã Hảo Đạt ở Thái Nguyên có bao nhiêu sản phẩm?", "hảo"),
    ],
)
def test_any_other_word_limits_it(question: str, word: str) -> None:
    assert word in _words(question)


@pytest.mark.parametrize(
    ("question", "group"),
    [
        ("An Giang có bao nhiêu sản phẩm đã bán ra nước ngoài?", "xuất khẩu"),
        ("Quảng Ngãi có mấy sản phẩm quá hạn?", "hết hạn"),
        ("Đồng Tháp bị rút giấy bao nhiêu sản phẩm?", "thu hồi"),
        ("Nam Định có mấy sản phẩm nhóm đồ uống?", "đồ uống"),
    ],
)
def test_the_usual_limits_are_known_by_their_other_names(question: str, group: str) -> None:
    assert _groups(question) == {group}


def test_what_is_told_beside_the_question_limits_nothing() -> None:
    assert _words("Nhà tôi nuôi ong và trồng chè. Năm 2024 Hà Nội có bao nhiêu sản phẩm?") == ()
    assert _groups("Nghe tin thu hồi giấy mà lo. Đồng Tháp có bao nhiêu sản phẩm như vậy?") == {"thu hồi"}


def test_what_is_counted_does_not_limit_itself() -> None:
    question = understand("Quảng Ngãi có mấy điểm bán hàng?")
    assert limits_of(question, ("điểm bán hàng",)).groups == frozenset()


def test_rounds_are_numbered() -> None:
    assert rounds_in("đợt 1 năm 2024".split()) == ("đợt 1",)
    assert rounds_in("đợt 5 sao tháng 7".split()) == ()  # a round of five-star products
    assert rounds_in(("đợt",)) == ()


def test_a_total_is_told_from_a_round() -> None:
    assert stock_in("đưa tổng số sản phẩm lên 42")
    assert stock_in("nâng số sản phẩm 5 sao của tỉnh lên 4")
    assert not stock_in("công nhận 41 sản phẩm")
    assert occasion_asked(tuple("đợt này được mấy sản phẩm".split()))
    assert not occasion_asked(tuple("tổng cộng có mấy sản phẩm sau đợt này".split()))
    assert not occasion_asked(tuple("tăng thêm mấy sản phẩm".split()), comparing=True)


def test_limits_are_found_in_texts() -> None:
    assert {LIMITS[group][0] for group in limit_groups_in(words_of("30 sản phẩm đã hết hạn"))} == {"hết hạn"}
    assert limit_groups_in(words_of("62 sản phẩm OCOP")) == frozenset()
