"""Plans and targets asked for as a whole, and a province described by what it has."""

from pathlib import Path

import pytest

from assistant.question import understand
from assistant.targets import asks_targets, with_targets
from tests.asking import Ask, asking_reports

REPORTS = {
    "lang-son": (
        "2023-12-20",
        "Lạng Sơn công bố kết quả OCOP năm 2023",
        "Năm 2023, toàn tỉnh Lạng Sơn có 47 sản phẩm OCOP của 21 chủ thể, trong đó 9 sản phẩm đạt 4 sao.",
        "Tỉnh yêu cầu các huyện xây dựng kế hoạch chuẩn hóa bao bì cho sản phẩm OCOP.",
        "Năm 2024, tỉnh tiếp tục tập huấn cho cán bộ; mở thêm điểm giới thiệu hàng; phấn đấu có thêm khoảng 12 "
        "sản phẩm được công nhận, tối thiểu 2 sản phẩm đạt 4 sao.",
    ),
    "phu-yen": (
        "2023-11-02",
        "Phú Yên đẩy mạnh OCOP",
        "Đến nay tỉnh Phú Yên có 120 sản phẩm OCOP.",
        "Đến năm 2025, Phú Yên phấn đấu có 200 sản phẩm OCOP.",
    ),
}
TARGETS = "phấn đấu có thêm khoảng 12 sản phẩm được công nhận, tối thiểu 2 sản phẩm đạt 4 sao."


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    return asking_reports(Path(tmp_path_factory.mktemp("targets")), REPORTS)


@pytest.mark.parametrize(
    "question",
    [
        "Mục tiêu OCOP năm 2024 của Lạng Sơn?",
        "Lạng Sơn đặt chỉ tiêu gì năm 2024?",
        "Kế hoạch OCOP 2024 của Lạng Sơn là gì?",
        "Năm 2024 Lạng Sơn đặt chỉ tiêu ra sao?",
        "ke hoach ocop 2024 cua lang son",
    ],
)
def test_a_plan_is_told_by_its_targets(question: str, ask: Ask) -> None:
    answer = ask(question)
    assert answer.status == "answered"
    assert TARGETS in answer.text
    assert "Thông tin theo nguồn ngày 20/12/2023." in answer.notices


def test_targets_stand_in_for_an_answer_that_tells_none_of_them(ask: Ask) -> None:
    corpus = ask.args[0]._view()  # type: ignore[attr-defined]
    asked = understand("Mục tiêu OCOP năm 2024 của Lạng Sơn?")
    told = with_targets(asked, None, corpus)
    assert told is not None
    assert [segment.text for segment in told.segments] == [TARGETS]
    other = with_targets(understand("Mục tiêu đến năm 2025 của Phú Yên?"), None, corpus)
    assert with_targets(asked, other, corpus) == told
    assert with_targets(asked, told, corpus) is told
    assert with_targets(understand("Mục tiêu OCOP năm 2026 của Lạng Sơn?"), None, corpus) is None


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("Mục tiêu OCOP năm 2024 của Lạng Sơn?", True),
        ("Lạng Sơn phấn đấu những gì đến hết năm 2025?", True),
        ("Mục tiêu giảm nghèo năm 2024 của Lạng Sơn là gì?", False),
        ("Mục tiêu sản phẩm 5 sao của Lạng Sơn?", False),
        ("Lạng Sơn đặt mục tiêu bao nhiêu sản phẩm?", False),
        ("Ai phê duyệt kế hoạch OCOP 2024 của Lạng Sơn?", False),
        ("Mục tiêu OCOP năm 2024?", False),
        ("Kết quả OCOP năm 2024 của Lạng Sơn?", False),
    ],
)
def test_what_asks_for_a_whole_plan(question: str, *, whole: bool) -> None:
    assert asks_targets(understand(question)) is whole


def test_the_target_of_a_later_year(ask: Ask) -> None:
    assert ask("Phú Yên hướng tới gì đến năm 2025?").text == "Đến năm 2025, Phú Yên phấn đấu có 200 sản phẩm OCOP. [1]"


@pytest.mark.parametrize(
    ("question", "read", "said"),
    [
        ("Kế hoạch OCOP 2024 của tỉnh có 47 sản phẩm?", "Kế hoạch OCOP 2024 của tỉnh Lạng Sơn?", TARGETS),
        ("Tỉnh có 9 sản phẩm 4 sao có mấy chủ thể?", "tỉnh Lạng Sơn có mấy chủ thể?", "21 chủ thể"),
    ],
)
def test_a_province_is_known_by_what_it_has(question: str, read: str, said: str, ask: Ask) -> None:
    answer = ask(question)
    assert answer.read_as == read
    assert said in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Kế hoạch OCOP 2024 của tỉnh có 46 sản phẩm?",  # no such
        "Tỉnh nào có 47 sản phẩm OCOP?",  # asks for the name
        "Lạng Sơn là tỉnh có 120 sản phẩm phải không?",  # names one itself
        "Kế hoạch của tỉnh có 200 sản phẩm là gì?",  # a target is not what it has
    ],
)
def test_it_is_not_known_by_anything_else(question: str, ask: Ask) -> None:
    assert ask(question).read_as is None
