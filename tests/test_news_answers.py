"""News as papers print it, a sentence a paragraph: what one sentence leaves to the next, two things asked in one
question, and what its numbers come to."""

import re

import pytest

from assistant.answer import Answer
from assistant.counted import counted_in
from assistant.question import understand
from assistant.wording import tokens
from tests.archived import put
from tests.asking import DAY, Ask, asking

NEWS = {
    "ha-nam": (
        "Hà Nam có 157 sản phẩm OCOP tính hết năm 2024",
        "Hết năm 2024, Hà Nam có 157 sản phẩm OCOP: 140 sản phẩm 3 sao, 17 sản phẩm 4 sao.",
        "Nhiều nhất là Duy Tiên với 42 sản phẩm, ít nhất là Kim Bảng với 13 sản phẩm.",
        "29 sản phẩm OCOP đến từ 9 làng nghề, như dệt lụa Nha Xá (9 sản phẩm), trống Đọi Tam (4), thêu ren An Hòa (3).",
    ),
    "hai-phong": (
        "Nước mắm Cát Hải và hành trình OCOP",
        "Công ty TNHH Quang Hải, đóng ở đặc khu Cát Hải, thành phố Hải Phòng, có 16 sản phẩm OCOP 4 sao.",
        "Mỗi năm công ty bán 900.000 lít nước mắm và thu về 60 tỷ đồng.",
        "Giám đốc công ty là ông Phạm Văn Biển.",
        "Gian hàng của công ty đón 300 lượt khách mỗi ngày.",
    ),
    "cao-bang": (
        "Miến dong Nguyên Bình, Cao Bằng",
        "Ở xã Thành Công, huyện Nguyên Bình, tỉnh Cao Bằng, sản lượng miến dong OCOP tăng từ 35 tấn (2015) lên 175 tấn "
        "(2019) và gần 200 tấn vào năm 2023.",
    ),
    "ca-nuoc": (
        "Cả nước có 14.642 sản phẩm OCOP",
        "Cuối năm 2024 cả nước có 14.642 sản phẩm OCOP, nhiều hơn cuối năm 2023 là 3.586 sản phẩm.",
    ),
    "hung-yen": (
        "Gạo nếp Phù Cừ, Hưng Yên",
        "Gạo nếp Phù Cừ của tỉnh Hưng Yên là sản phẩm OCOP có tiếng.",
        "Hạt nếp tròn, mùi thơm nhẹ, nấu xôi dẻo lâu.",
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
    ("question", "first"),
    [
        ("Cuối năm 2023 cả nước có bao nhiêu sản phẩm OCOP?", "Năm 2023: 14.642 - 3.586 = 11.056 sản phẩm."),
        (
            "Sản lượng miến dong Nguyên Bình năm 2015 và năm 2019 chênh nhau bao nhiêu tấn?",
            "Chênh nhau 140 tấn (175 - 35).",
        ),
        ("Lụa Nha Xá và trống Đọi Tam của Hà Nam cộng lại mấy sản phẩm OCOP?", "Cộng lại: 9 + 4 = 13 sản phẩm."),
    ],
)
def test_what_the_numbers_of_a_sentence_come_to(ask: Ask, question: str, first: str) -> None:
    answer = ask(question)
    assert answer.status == "answered"
    assert told(answer)[0] == first
    assert answer.claims[0].kind == "derived"
    assert not [notice for notice in answer.notices if notice.startswith("Không tìm thấy")]


def test_a_total_whose_own_year_is_asked_is_told_as_it_stands(ask: Ask) -> None:
    answer = ask("Cuối năm 2024 cả nước có bao nhiêu sản phẩm OCOP?")
    assert "14.642" in answer.text
    assert "derived" not in {claim.kind for claim in answer.claims}


def test_names_one_of_which_has_no_number_are_not_added_up(ask: Ask) -> None:
    answer = ask("Lụa Nha Xá và mây giang Ngọc Động của Hà Nam cộng lại mấy sản phẩm OCOP?")
    assert "derived" not in {claim.kind for claim in answer.claims}


def test_a_question_that_asks_two_things_is_told_both(ask: Ask) -> None:
    answer = ask("Công ty Quang Hải ở Cát Hải mỗi năm bán bao nhiêu lít nước mắm, giám đốc là ai?")
    assert told(answer)[0] == NEWS["hai-phong"][2]
    assert NEWS["hai-phong"][3] in told(answer)


def test_which_of_a_province_has_most_a_sentence_says(ask: Ask) -> None:
    answer = ask("Hết năm 2024 địa phương nào của Hà Nam có nhiều sản phẩm OCOP nhất?")
    assert answer.status == "answered"  # of the year that the story opens with
    assert told(answer)[0] == NEWS["ha-nam"][2]
    other = ask("Năm 2019 huyện nào của Hà Nam có nhiều sản phẩm OCOP nhất?")
    assert other.status == "partial"
    assert other.notices[0].startswith("Không tìm thấy thông tin của năm 2019")


def test_what_is_earned_or_spent_is_money(ask: Ask) -> None:
    for question in ("Công ty Quang Hải lãi bao nhiêu?", "doanh thu của HTX năm 2019 được bao nhiêu vậy?"):
        assert [one.what for one in counted_in(tokens(question))] == ["đồng"]
    for question in ("Hàng 3 sao của Gia Lai là bao nhiêu?", "Doanh thu tăng bao nhiêu phần trăm?"):
        assert "đồng" not in [one.what for one in counted_in(tokens(question))]
    # the page tells no such sum, only litres
    assert ask("Công ty Quang Hải xây nhà xưởng hết bao nhiêu vốn?").status == "no_evidence"


@pytest.mark.parametrize(
    ("question", "stars"),
    [
        ("Nam Định có bao nhiêu sản phẩm OCOP, chia 3 sao và 4 sao thế nào?", None),
        ("3 sao hay 4 sao nhiều hơn, mỗi loại mấy sản phẩm?", None),
        ("Nam Định có bao nhiêu sản phẩm từ 3 sao đến 4 sao?", (3, 4)),
        ("An Giang có bao nhiêu sản phẩm mới chỉ được 1 sao hoặc 2 sao?", (1, 2)),
        ("Nam Định có bao nhiêu sản phẩm 4 sao?", (4, 4)),
    ],
)
def test_grades_asked_for_one_by_one_limit_nothing(question: str, stars: tuple[int, int] | None) -> None:
    assert understand(question, DAY).stars == stars


def test_until_a_year_is_a_time_and_no_number_of_products() -> None:
    assert understand("Tính đến 2023 sản phẩm 3 sao chiếm bao nhiêu phần trăm?", DAY).dates == ("2023",)
    assert understand("Tính đến 2.023 sản phẩm thì mấy cái 4 sao?", DAY).dates == ()
