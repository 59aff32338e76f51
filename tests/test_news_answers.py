"""News as papers print it, a sentence a paragraph: what one sentence leaves to the next, two things asked in one
question, and what its numbers come to."""

import re

import pytest

from assistant.answer import Answer
from assistant.counted import counted_in
from assistant.draft import Draft, quoted
from assistant.evidence import Evidence
from assistant.parts import asking_part
from assistant.proper_names import introduces, proper_names
from assistant.question import understand
from assistant.within_sentence import reckoned_within
from assistant.wording import tokens
from tests.archived import make_article, put
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
    "mat-ong": (
        "Mật ong 5 sao đầu tiên của cả nước",
        "Hợp tác xã nuôi ong ở vài nơi, mỗi năm lấy gần 200 tấn mật.",
    ),
    "vinh-long": (
        "Hội chợ OCOP Vĩnh Long 2023",
        "Hội chợ OCOP Vĩnh Long năm 2023 khép lại sau 7 ngày, thu về 17,4 tỷ đồng.",
    ),
    "quang-ninh-2022": (
        "Quảng Ninh chấm OCOP đợt cuối năm 2022",
        "Ngày 22/11/2022, lũy kế Quảng Ninh có 565 sản phẩm thuộc 5 nhóm tham gia chương trình, trong đó 267 sản phẩm "
        "đã có hạng sao.",
        "Kỳ này 67 chủ thể của Quảng Ninh đem tới 117 sản phẩm.",
    ),
    "quang-ninh-2023": (
        "Quảng Ninh có 346 sản phẩm OCOP",
        "Tính đến hết năm 2023, Quảng Ninh có 346 sản phẩm OCOP từ 3 sao trở lên.",
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


def test_money_is_divided_into_what_its_source_counts_in(ask: Ask) -> None:
    answer = ask("Hội chợ OCOP Vĩnh Long năm 2023 trung bình mỗi ngày thu được bao nhiêu tiền?")
    assert told(answer)[0] == "Trung bình mỗi ngày có khoảng 2,49 tỷ đồng (17,4 tỷ đồng / 7 ngày)."
    assert answer.claims[0].calculation is not None
    assert answer.claims[0].calculation.result == 2_490_000_000


def test_products_with_stars_are_set_against_products_with_stars(ask: Ask) -> None:
    answer = ask("So với tháng 11/2022 thì năm 2023 Quảng Ninh có thêm bao nhiêu sản phẩm OCOP được gắn sao?")
    assert told(answer)[0] == "Tăng 79 sản phẩm: từ 267 lên 346 (346 - 267)."


def test_an_average_of_another_thing_is_no_answer(ask: Ask) -> None:
    answer = ask("Thịt chua Thanh Sơn của HTX mỗi năm bán được mấy tấn?")
    assert answer.status == "no_evidence"


def test_an_office_is_held_by_a_person(ask: Ask) -> None:
    answer = ask("Phó chủ tịch nào của Quảng Ninh chủ trì chấm OCOP năm 2022?")
    assert answer.status == "no_evidence"
    assert "ông Phạm Văn Biển" in ask("Giám đốc công ty Quang Hải, Cát Hải, Hải Phòng là ông nào?").text


@pytest.mark.parametrize(
    ("asked", "told"), [("Trần Sỉ Lâm là ai?", True), ("Trần Sĩ Lâm là ai?", True), ("Trần Sí Lâm là ai?", False)]
)
def test_a_name_typed_as_it_is_spoken_in_the_south_is_found(asked: str, told: bool) -> None:
    assert introduces("Ông Trần Sĩ Lâm, Giám đốc Sở Nông nghiệp, cho biết", proper_names(asked)) == told


def test_a_total_whose_own_year_is_asked_is_told_as_it_stands(ask: Ask) -> None:
    answer = ask("Cuối năm 2024 cả nước có bao nhiêu sản phẩm OCOP?")
    assert "14.642" in answer.text
    assert "derived" not in {claim.kind for claim in answer.claims}


@pytest.mark.parametrize(
    ("question", "sentence", "told"),
    [
        (
            "Năm 2019 tỉnh có mấy sản phẩm?",
            "Hết năm 2024, tỉnh có 313 sản phẩm được xếp hạng, nhiều hơn năm 2019 tới 288 sản phẩm.",
            "Năm 2019: 313 - 288 = 25 sản phẩm.",
        ),
        (
            "Sa Pa, Bát Xát và Bảo Yên gộp lại là mấy sản phẩm OCOP?",
            "Bảo Thắng nhiều nhất với 44 sản phẩm; Sa Pa, Bát Xát, Bảo Yên mỗi nơi 40; Bắc Hà 31.",
            "Cộng lại: 40 + 40 + 40 = 120 sản phẩm.",
        ),
        (
            "Năm 2022 so với năm 2020 hơn nhau mấy sản phẩm?",
            "Theo năm: 2020 được 24 sản phẩm; 2021 được 35 sản phẩm (3 sản phẩm 4 sao); 2022 được 41 sản phẩm.",
            "Chênh nhau 17 sản phẩm (41 - 24).",
        ),
        (
            "Đầu 2025 báo cáo gì, suy ra cuối năm 2023 có mấy sản phẩm OCOP?",
            "Cuối năm 2024 có 14.642 sản phẩm OCOP từ 3 sao của 8.086 hộ, nhiều hơn cuối năm 2023 là 3.586 sản phẩm.",
            "Năm 2023: 14.642 - 3.586 = 11.056 sản phẩm.",
        ),
        # a share, another thing, a grade, no exact number: nothing to reckon with
        ("Năm 2019 tỉnh có mấy sản phẩm?", "Năm 2024 có 313 sản phẩm, tăng so với năm 2019 là 15%.", None),
        ("Năm 2019 tỉnh có mấy sản phẩm?", "Năm 2024 có 313 sản phẩm, tăng 15 phần trăm so với năm 2019.", None),
        ("Năm 2023 tỉnh có mấy sản phẩm?", "Năm 2024 có 900 sản phẩm, nhiều hơn năm 2023 là 20 chủ thể.", None),
        ("Năm 2023 có mấy sản phẩm 4 sao?", "Năm 2024 có 500 sản phẩm, nhiều hơn năm 2023 là 50 sản phẩm.", None),
        ("Năm 2023 tỉnh có mấy sản phẩm?", "Năm 2024 có 100 sản phẩm 4 sao, nhiều hơn năm 2023 là 3 sản phẩm.", None),
        ("Năm 2023 tỉnh có mấy sản phẩm?", "Năm 2024 có hơn 900 sản phẩm, nhiều hơn năm 2023 là 50 sản phẩm.", None),
        ("Năm 2022 và 2023 chênh mấy sản phẩm?", "Năm 2022 có 100 sản phẩm, năm 2023 có 30 sản phẩm 4 sao.", None),
        ("Năm 2022 và 2023 chênh mấy sản phẩm?", "Năm 2022 có gần 100 sản phẩm, năm 2023 có 130 sản phẩm.", None),
        ("Năm 2022 và 2023 chênh mấy sản phẩm?", "Năm 2022 có 100 hộ, năm 2023 có 130 hộ.", None),
        (
            "Lụa Nha Xá và trống Đọi Tam cộng lại mấy sản phẩm?",
            "Các làng có sản phẩm OCOP: Nha Xá (9 hộ), Đọi Tam (4 hộ).",
            None,
        ),
        (
            "Duy Tiên và Kim Bảng của Hà Nam cộng lại mấy sản phẩm 4 sao?",
            "Theo nơi: Duy Tiên 42 sản phẩm (12 hạng 4 sao); Kim Bảng 13 sản phẩm (3 hạng 4 sao).",
            None,
        ),
    ],
)
def test_only_exact_numbers_of_what_is_asked_are_reckoned_with(question: str, sentence: str, told: str | None) -> None:
    article, _ = make_article([sentence])
    quote = quoted(Evidence(article=article, start=0, end=len(sentence)))
    draft = reckoned_within(understand(question, DAY), Draft(status="answered", segments=(quote,)))
    assert [segment.text for segment in draft.segments] == ([sentence] if told is None else [told, sentence])


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


def test_the_names_of_a_story_bind_what_answers_its_question(ask: Ask) -> None:
    told_before = "Hôm qua tôi được biếu chai nước mắm Phương Linh, ăn rất vừa miệng."
    asked = asking_part(understand(f"{told_before} Của cơ sở nào làm ra?", DAY))
    assert asked is not None
    assert asked.told_of == ("phương linh",)
    # the only fish sauce held is another's
    assert ask(f"{told_before} Mỗi năm bán bao nhiêu lít?").status == "no_evidence"
    assert "900.000 lít" in ask(f"{told_before.replace('Phương Linh', 'Quang Hải')} Mỗi năm bán bao nhiêu lít?").text
