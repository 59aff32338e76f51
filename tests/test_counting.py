"""Counts, comparisons, sums, averages and shares over the demo corpus: the values said, and what stays refused."""

from datetime import date
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.check import answer_faults
from evaluation.answers import assistant_over, says_value

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def assistant(demo_data: Path) -> Assistant:
    return assistant_over(demo_data)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        # words that limit nothing
        ("Tháng 2/2025, riêng hạng 3 sao thì An Giang đếm được mấy sản phẩm?", ["163"]),
        ("Tình hình cuối năm 2024: trên địa bàn Quảng Nam có khoảng bao nhiêu sản phẩm 4 sao?", ["61"]),
        # several counts
        ("Cuối 2022 Bắc Giang có bao nhiêu sản phẩm OCOP, trong đó mấy cái 4 sao?", ["205", "31"]),
        ("Lâm Đồng tháng 2/2026 có bao nhiêu sản phẩm, chia theo từng hạng sao ra sao?", ["926", "844", "75"]),
        ("Số hợp tác xã và số hộ kinh doanh làm OCOP ở Nam Định hết năm 2020?", ["18", "27"]),
        # the nation, other nouns, numerals in words
        ("Toàn quốc cuối năm 2022 bao nhiêu chủ thể?", ["4.479"]),
        ("Hồ sơ đợt 1 năm 2025 của Phú Thọ đến từ bao nhiêu xã, phường?", ["29"]),
        # limits that are held
        ("Bao nhiêu sản phẩm của Quảng Ngãi đã hết hạn mà chưa đánh giá lại năm 2025?", ["61"]),
        ("An Giang đầu 2025 có bao nhiêu sản phẩm còn hiệu lực?", ["152"]),
        # former and present
        ("Phần Long An cũ khi về Tây Ninh mang theo bao nhiêu sản phẩm OCOP?", ["262"]),
        ("Trước khi gộp tỉnh, Ninh Bình cũ có tổng bao nhiêu sản phẩm OCOP?", ["209"]),
        # reckoned
        ("Gia Lai hơn Ninh Bình bao nhiêu chủ thể OCOP?", ["519", "516", "3"]),
        ("Từ năm 2022 đến hết 2024 số sản phẩm của Thái Nguyên tăng thêm bao nhiêu?", ["140", "173", "313"]),
        ("Tổng số sản phẩm OCOP của Lâm Đồng, Gia Lai và Ninh Bình là bao nhiêu?", ["2.924"]),
        ("Cộng hai đợt trong năm 2021, Thanh Hóa công nhận bao nhiêu sản phẩm?", ["27"]),
        ("Bình quân một chủ thể ở Cao Bằng năm 2023 có bao nhiêu sản phẩm?", ["1,45", "97", "67"]),
        ("Tỷ lệ sản phẩm 3 sao của Lâm Đồng đầu năm 2026?", ["91,1", "844", "926"]),
        ("Số sản phẩm trong danh mục OCOP Bắc Ninh các năm 2022, 2023, 2024 lần lượt là bao nhiêu?", ["62", "102"]),
        ("Thuận Thành năm 2023 nhiều hơn Tiên Du bao nhiêu sản phẩm trong danh mục?", ["13", "12"]),
        # sources that differ, numbers in dispute
        ("Cuối năm 2024 trên toàn quốc có bao nhiêu chủ thể OCOP?", ["8.086", "8.476"]),
        ("Tôi thấy nơi ghi Đắk Lắk 138 sản phẩm, nơi ghi 230. Số nào mới đúng?", ["138", "230"]),
        ("Rốt cuộc cuối năm 2024 cả nước có bao nhiêu sản phẩm?", ["14.642", "15.590"]),
        # what people say for products, dossiers and hundreds; limits of one count each
        ("Hồi tháng 2/2025 bao nhiêu món OCOP của An Giang còn hiệu lực?", ["152"]),
        ("Đầu năm 2026 Lâm Đồng trình mấy bộ hồ sơ xét 5 sao?", ["8"]),
        ("Hết năm 2020 Nam Định có mấy món thực phẩm và mấy món đồ uống?", ["135", "7"]),
        ("Nam Định hết năm 2020 có mấy loại chủ thể, mỗi loại bao nhiêu đơn vị?", ["80", "35", "27", "18"]),
        ("Cao Bằng có bao nhiêu chủ thể, hợp tác xã mấy đơn vị, hộ mấy đơn vị?", ["67", "22", "30"]),
        # targets, registrations
        ("Bến Tre đặt chỉ tiêu năm 2023 nâng hạng mấy sản phẩm?", ["30"]),
        ("Năm 2019 tỉnh Lâm Đồng tính làm mấy sản phẩm?", ["20"]),
        ("Tháng 11/2023 Hà Nội có bao nhiêu sản phẩm ghi danh?", ["559"]),
        # the sentence names the time asked beside another
        ("Bình chọn Top 20 đầu năm 2026 của Đồng Tháp có mấy sản phẩm dự thi?", ["92"]),
        # a total, not the round
        ("Sau đợt chấm của năm 2024, Thái Bình có tổng cộng bao nhiêu sản phẩm 4 sao?", ["67"]),
        ("Đầu năm 2026 Gia Lai trình trung ương mấy bộ hồ sơ?", ["5"]),
        # the end of a year is its last month held
        ("Cuối năm 2025 cả nước có mấy sản phẩm?", ["18.243"]),
        # money in the cells of a table
        ("Bắc Giang cũ khuyến khích mỗi sản phẩm 4 sao bao nhiêu tiền?", ["150 triệu"]),
        ("Mức khuyến khích theo hạng sao của Bắc Giang cũ là bao nhiêu?", ["50 triệu", "150 triệu", "300 triệu"]),
        # rounds of the year after the one told of
        ("Yên Bái đợt 1 năm 2024 đánh giá lại mấy sản phẩm?", ["3"]),
        # slips in words that frame
        ("cuôi năm 2021 Lâm Đồng có bao nhiêu sản phẩm", ["123"]),
        # by document
        ("Quyết định 1114/QĐ-UBND và Quyết định 2942/QĐ-UBND cộng lại công nhận mấy sản phẩm?", ["7", "20", "27"]),
        # by which paper
        ("Cao Bằng công nhận 41 sản phẩm theo quyết định nào?", ["124/QĐ-UBND"]),
    ],
)  # fmt: skip
def test_values_are_said(question: str, values: list[str], assistant: Assistant) -> None:
    answer = assistant.ask(question, as_of=TODAY)
    assert answer.status == "answered", answer.text
    assert [value for value in values if not says_value(answer.text.casefold(), value.casefold())] == []
    assert answer_faults(answer) == []


@pytest.mark.parametrize(
    "question",
    [
        "An Giang tháng 8/2023 có bao nhiêu sản phẩm xuất khẩu?",
        "Hà Nội tháng 11/2023 có bao nhiêu sản phẩm do thanh niên làm chủ?",
        "Lâm Đồng tháng 2/2026 có bao nhiêu sản phẩm cà phê 4 sao?",
        "Sơn La tháng 8/2023 có bao nhiêu sản phẩm OCOP?",
        "Sản phẩm Bạc Liêu năm 2020 bao nhiêu?",
        "Nghệ An với Thanh Hóa bên nào nhiều sản phẩm OCOP hơn?",
        "Yên Thế được hỗ trợ tổng cộng bao nhiêu tiền OCOP trong năm 2025?",
        "So sánh số sản phẩm được công nhận theo Quyết định 5864/QĐ-UBND và Quyết định 2942/QĐ-UBND.",
    ],
)
def test_near_misses_are_refused(question: str, assistant: Assistant) -> None:
    assert assistant.ask(question, as_of=TODAY).status not in ("answered", "partial")


def test_another_time_is_told_in_the_text(assistant: Assistant) -> None:
    answer = assistant.ask("Cao Bằng năm 2025 có bao nhiêu sản phẩm OCOP?", as_of=TODAY)
    assert answer.status == "partial"
    assert answer.text.startswith("Cao Bằng, 20/7/2023: 97 sản phẩm.")
    assert any("Không tìm thấy số liệu của năm 2025" in notice for notice in answer.notices)


def test_sources_that_differ_are_told_with_dates(assistant: Assistant) -> None:
    answer = assistant.ask("Cuối năm 2024 trên toàn quốc có bao nhiêu chủ thể OCOP?", as_of=TODAY)
    told = next(notice for notice in answer.notices if notice.startswith("Các nguồn nêu số khác nhau"))
    assert [value for value in ("8.086", "8.476", "tháng 12/2024") if value not in told] == []


def test_a_region_is_added_up_without_counting_twice(assistant: Assistant) -> None:
    answer = assistant.ask("Các tỉnh Tây Nguyên có tổng cộng bao nhiêu sản phẩm OCOP?", as_of=TODAY)
    assert answer.status == "partial"
    assert answer.claims[0].calculation is not None
    operands = [operand.value for operand in answer.claims[0].calculation.operands]
    assert answer.claims[0].calculation.result == sum(operands)
    assert any("Kon Tum" in notice for notice in answer.notices)


def test_of_several_places_those_without_a_figure_are_named(assistant: Assistant) -> None:
    answer = assistant.ask("Năm 2020 Bắc Ninh và Sơn La có bao nhiêu sản phẩm 4 sao?", as_of=TODAY)
    assert answer.status == "partial"
    assert "30" in answer.text
    assert "Không tìm thấy số liệu của: Sơn La." in answer.notices


def test_a_round_is_not_told_where_all_is_asked(assistant: Assistant) -> None:
    answer = assistant.ask("Năm 2026 Thanh Hóa có tất cả mấy trăm sản phẩm OCOP?", as_of=TODAY)
    assert answer.status == "partial"
    assert "661" in answer.text


def test_of_another_time_the_nearest_is_told_by_its_own_day(assistant: Assistant) -> None:
    answer = assistant.ask("Nam Định năm 2022 bao nhiêu sản phẩm OCOP?", as_of=TODAY)
    assert (answer.status, answer.text.split(".")[0]) == (
        "partial",
        "Nam Định, 12/2020: 146 sản phẩm từ 3 sao trở lên",
    )


def test_a_year_compared_with_is_not_the_year_of_the_number(assistant: Assistant) -> None:
    answer = assistant.ask("Năm 2021 Lâm Đồng có tất cả 926 sản phẩm, đúng không?", as_of=TODAY)
    assert "tháng 11/2021" in answer.text
    assert "123 sản phẩm" in answer.text
    assert "926" not in answer.text


@pytest.mark.parametrize(
    ("turns", "values"),
    [
        (
            ("Tháng 2/2025 Đồng Tháp thu hồi giấy của bao nhiêu sản phẩm?", "Trong đám đó có mấy cái hạng 4 sao?"),
            ["3 sản phẩm 4 sao"],
        ),
        (("Danh mục OCOP của Bắc Ninh năm 2023 có bao nhiêu sản phẩm?", "Còn năm 2024 thì sao?"), ["98"]),
        (("Ninh Bình mới có bao nhiêu sản phẩm?", "Mấy cái 5 sao?", "Của bao nhiêu chủ thể vậy?"), ["516"]),
        (("Cao Bằng có bao nhiêu chủ thể?", "Hợp tác xã thì mấy đơn vị?"), ["22"]),
    ],
)
def test_what_was_counted_stays_what_is_counted(
    turns: tuple[str, ...], values: list[str], assistant: Assistant
) -> None:
    conversation = None
    for turn in turns:
        answer = assistant.ask(turn, conversation=conversation, as_of=TODAY)
        conversation = answer.conversation
    assert answer.status == "answered", answer.text
    assert [value for value in values if value not in answer.text] == []


def test_a_question_of_the_law_after_a_count_is_one_by_itself(assistant: Assistant) -> None:
    first = assistant.ask("Gia Lai có bao nhiêu sản phẩm?", as_of=TODAY)
    answer = assistant.ask("5 sao cần bao nhiêu điểm?", conversation=first.conversation, as_of=TODAY)
    assert "từ 90 đến 100 điểm" in answer.text


def test_a_round_is_no_total(assistant: Assistant) -> None:
    answer = assistant.ask("Thanh Hóa năm 2026 đang có bao nhiêu sản phẩm OCOP 3 sao?", as_of=TODAY)
    assert not answer.text.startswith("Thanh Hóa:")
    assert any("chưa chắc là tổng số" in notice for notice in answer.notices)
