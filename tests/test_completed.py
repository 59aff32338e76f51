"""Questions that ask several things: each part is looked for beside what was told, lists are told with their others,
and a part that no article tells is said to be untold."""

import re

import pytest

from assistant.answer import Answer
from assistant.asked_parts import asked_parts
from assistant.evidence import names_person
from assistant.part_told import may_tell, tells
from assistant.question import understand
from tests.archived import put
from tests.asking import DAY, Ask, asking

NEWS = {
    "ngay-hoi": (
        "Ngày hội sản phẩm Phú Thọ",
        "Trong bốn ngày 11 - 14/5/2023, Phú Thọ mở Ngày hội sản phẩm Phú Thọ tại thành phố Hà Nội. Địa điểm là khuôn "
        "viên Công viên Cầu Giấy. Ngày hội có 80 gian hàng.",
    ),
    "lac-thuy": (
        "Dầu lạc Lạc Thủy và người gây dựng",
        "Nghề ép dầu lạc ở Lạc Thủy (Hòa Bình) từng mai một. Tiếc nghề, anh Bùi Văn Tâm quyết làm lại.",
        "Năm 2017 anh lập Công ty Cổ phần Dầu Lạc Thủy, xưởng đặt ở xã Phú Nghĩa. Khẩu hiệu anh chọn là "
        "\"Dầu Lạc Thủy là tình quê\".",
    ),
    "ninh-binh": (
        "Ninh Bình có 5 sản phẩm OCOP 5 sao",
        "Đến nay Ninh Bình có 5 sản phẩm OCOP 5 sao.",
        "Trong 5 sản phẩm 5 sao ấy, Công ty TNHH Trà Thiên Lý giữ 4, đều là trà. Sản phẩm còn lại là nem chua, của "
        "Hợp tác xã Yên Mạc. Giấy có hiệu lực 36 tháng.",
    ),
    "son-la": (
        "Hàng 4 sao của Sơn La năm 2024",
        "Năm 2024 Sơn La có 120 sản phẩm OCOP. Hạng 4 sao năm 2024 có 2 sản phẩm. Huyện Mai Sơn có cà phê Arabica Mộc "
        "Lan. Huyện Yên Châu có xoài sấy Tú Nang. Tỉnh còn nhiều hàng khác ở Thuận Châu.",
    ),
    "ha-nam": (
        "Hà Nam thẩm định OCOP năm 2025",
        "Năm 2025, hội đồng tỉnh Hà Nam thẩm định và trao giấy cho 58 sản phẩm OCOP của 20 chủ thể. Buổi trao diễn "
        "ra trong ngày hội làng.",
        "Trong số đó có 26 sản phẩm 4 sao và 32 sản phẩm 3 sao. Hết năm tỉnh nhắm có thêm 40 sản phẩm mới.",
    ),
    "cha-muc": (
        "Chả mực Hạ Long của bà Tư",
        "Chả mực OCOP bà Tư ở Hạ Long, Quảng Ninh là món quen của khách. Món này giã tay, dai và thơm.",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    data = tmp_path_factory.mktemp("news")
    for name, (title, *paragraphs) in NEWS.items():
        put(data, [title, *paragraphs], title=title, url=f"https://bao.example/{name}")
    return asking(data)


def told(answer: Answer) -> list[str]:
    """The lines of an answer without their marks."""
    return [re.sub(r"(?: \[\d+\])+$", "", line) for line in answer.text.split("\n")]


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Sản phẩm này của công ty nào, được mấy sao?",
            [("who", "Sản phẩm này của công ty nào"), ("star", "được mấy sao?")],
        ),
        (
            "Năm 2019 tỉnh công nhận mấy sản phẩm của mấy đơn vị?",
            [("figure", "Năm 2019 tỉnh công nhận mấy sản phẩm"), ("figure", "của mấy đơn vị?")],
        ),
        ("Công ty lập năm nào ai lập?", [("when", "Công ty lập năm nào"), ("who", "ai lập?")]),
        ("Chè sẽ bán trên mấy sàn quốc tế nào?", [("list", "Chè sẽ bán trên mấy sàn quốc tế nào?")]),
        (
            "Đợt này trao giấy cho mấy sản phẩm? Tách giúp 4 sao và 3 sao.",
            [("figure", "Đợt này trao giấy cho mấy sản phẩm"), ("text", "Tách giúp 4 sao và 3 sao.")],
        ),
    ],
)
def test_a_question_is_taken_apart_into_what_it_asks(question: str, parts: list[tuple[str, str]]) -> None:
    assert [(part.wanted, part.text) for part in asked_parts(understand(question, DAY))] == parts


def test_a_part_keeps_its_own_time_and_takes_that_of_the_whole_where_it_has_none() -> None:
    apart = asked_parts(understand("Tháng 10/2025 Gia Lai có bao nhiêu sản phẩm, sang 10/1/2026 là bao nhiêu?", DAY))
    assert [part.dates for part in apart] == [("2025-10",), ("2026-01-10",)]
    assert [[item.what for item in part.counted] for part in apart] == [["sản phẩm"], ["sản phẩm"]]
    together = asked_parts(understand("Năm 2024 Hà Nội có mấy sản phẩm, của mấy chủ thể?", DAY))
    assert [part.dates for part in together] == [("2024",), ("2024",)]


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Mua ở đâu?", "Địa điểm là khuôn viên Bờ Đông Cầu Rồng.", True),
        ("Tuần lễ ở Đà Nẵng mở tại chỗ nào?", "Tuần lễ mở tại thành phố Đà Nẵng.", False),
        ("Bán được ở mấy nước?", "Hàng bán sang hơn 10 quốc gia.", True),
        ("Mấy gian hàng?", "Có 30 doanh nghiệp tham gia.", False),
        ("85 hồ sơ thì đậu mấy cái?", "Trung ương nhận 85 hồ sơ.", False),
        ("85 hồ sơ thì đậu mấy cái?", "Chỉ 19 sản phẩm đủ điều kiện.", True),
        ("Có mấy sản phẩm 5 sao?", "Đạt chứng nhận quốc gia có 2 sản phẩm.", True),
        ("Nơi nào góp ít nhất?", "Quế Võ nhiều nhất với 28 sản phẩm.", False),
        ("Nơi nào góp ít nhất?", "Tiên Du ít nhất, 3 sản phẩm.", True),
        ("Chia 4 sao và 3 sao thế nào?", "Hạng 4 sao có 16 sản phẩm, hạng 3 sao có 23 sản phẩm.", True),
        ("Chia 4 sao và 3 sao thế nào?", "Nổi bật trong 16 sản phẩm 4 sao là gạo.", False),
        ("Mở cửa từ mấy giờ?", "Quầy mở từ 18 giờ đến 24 giờ.", True),
        ("Ăn thế nào?", "Món này ăn nguội.", None),
    ],
)  # fmt: skip
def test_whether_a_text_has_what_a_part_asks_for(question: str, text: str, expected: bool | None) -> None:
    part = understand(question, DAY)
    assert tells(part, part, text) is expected


def test_what_is_not_told_is_told_from_what_may_be() -> None:
    part = understand("Giá mấy nghìn một ký?", DAY)
    assert not may_tell(part, part, "Món này giã tay, dai và thơm.")
    assert may_tell(part, part, "Mỗi ký hai trăm nghìn đồng.")


def test_whoever_founds_a_company_is_not_called_by_its_name() -> None:
    assert not names_person("Năm 2017 anh mạnh dạn lập Công ty Cổ phần Đế Gò Đen.")
    assert not names_person('Câu anh chọn là "Đế Gò Đen là chất lượng".')
    assert names_person("Tiếc nghề, anh Đặng Thanh Hùng quyết làm lại.")


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        (
            "Phú Thọ mở Ngày hội sản phẩm Phú Thọ ở Hà Nội năm 2023 vào những ngày nào, tại chỗ nào?",
            ["Địa điểm là khuôn viên Công viên Cầu Giấy."],
        ),
        (
            "Ngày hội sản phẩm Phú Thọ ở Hà Nội năm 2023 mở hôm nào, quy mô mấy gian?",
            ["Ngày hội có 80 gian hàng."],
        ),
        (
            "Công ty Dầu Lạc Thủy ở Hòa Bình lập năm nào, ai lập?",
            ["Tiếc nghề, anh Bùi Văn Tâm quyết làm lại."],
        ),
        (
            "Ninh Bình có 5 sản phẩm OCOP 5 sao, công ty nào làm ra?",
            ["Sản phẩm còn lại là nem chua, của Hợp tác xã Yên Mạc."],
        ),
        (
            "Hai sản phẩm OCOP 4 sao năm 2024 của Sơn La là gì?",
            ["Huyện Mai Sơn có cà phê Arabica Mộc Lan.", "Huyện Yên Châu có xoài sấy Tú Nang."],
        ),
        (
            "Năm 2025 Hà Nam trao giấy OCOP cho mấy sản phẩm? Tách giúp 4 sao và 3 sao.",
            ["Trong số đó có 26 sản phẩm 4 sao và 32 sản phẩm 3 sao."],
        ),
    ],
)  # fmt: skip
def test_the_other_part_is_told_from_the_sentences_around(ask: Ask, question: str, lines: list[str]) -> None:
    answer = ask(question)
    assert answer.status == "answered"
    assert [line for line in lines if line not in told(answer)] == []


def test_what_is_no_longer_of_those_counted_is_not_told(ask: Ask) -> None:
    answer = ask("Hai sản phẩm OCOP 4 sao năm 2024 của Sơn La là gì?")
    assert "Thuận Châu" not in answer.text


@pytest.mark.parametrize(
    ("question", "notice"),
    [
        (
            "Ngày hội sản phẩm Phú Thọ ở Hà Nội năm 2023 mở hôm nào, ai khai mạc?",
            "Nguồn dẫn ra không nói: ai khai mạc.",
        ),
        (
            "Công ty Dầu Lạc Thủy lập năm nào, và được OCOP mấy sao?",
            "Nguồn dẫn ra không nói: được OCOP mấy sao.",
        ),
    ],
)
def test_a_part_that_nothing_told_may_be_is_said_to_be_untold(ask: Ask, question: str, notice: str) -> None:
    answer = ask(question)
    assert answer.status == "partial"
    assert notice in answer.notices
