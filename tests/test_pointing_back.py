"""Follow-ups that point at a product or a time spoken of before, or leave it out."""

from datetime import date
from pathlib import Path

import pytest

from assistant.follow_up import resolve
from assistant.question import Question, understand
from assistant.time_before import with_time
from index.text import has_marks
from tests.asking import Ask, asking
from tests.decision_pages import archive_page, decision_html, table

ON = date(2026, 3, 15)
HEADER = "STT | Tên sản phẩm | Chủ thể | Địa chỉ | Điểm | Hạng sao"
FIRST = table(
    HEADER,
    "1 | Trà shan Đồi Mẫu | Hợp tác xã Chè Đồi Mẫu | xã Đồi Mẫu | 61,5 | 3 sao",
    "2 | Mật ong hoa cà Suối Mẫu | Hộ kinh doanh Lê Văn Mẫu | xã Suối Mẫu | 74,0 | 4 sao",
)
SECOND = table(
    HEADER,
    "1 | Trà shan Đồi Mẫu | Hợp tác xã Chè Đồi Mẫu | xã Đồi Mẫu | 78,2 | 4 sao",
    "2 | Cà phê bột Thác Mẫu | Công ty TNHH Thác Mẫu | xã Thác Mẫu | 66,6 | 3 sao",
)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder = tmp_path_factory.mktemp("spoken_of")
    archive_page(
        folder, decision_html(FIRST, number="310/QĐ-UBND", day="04 tháng 3 năm 2022"), "http://cong.mau.vn/310"
    )
    archive_page(
        folder, decision_html(SECOND, number="940/QĐ-UBND", day="20 tháng 6 năm 2024"), "http://cong.mau.vn/940"
    )
    return asking(Path(folder))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Sản phẩm ấy năm 2022 được chấm mấy điểm?", "61,5 điểm"),
        ("Nó được mấy điểm?", "78,2 điểm"),
        ("Được mấy điểm?", "78,2 điểm"),
        ("Thế năm 2022 được mấy điểm?", "61,5 điểm"),
        ("Còn năm 2022?", "Quyết định 310/QĐ-UBND ngày 4/3/2022"),
        ("Giấy chứng nhận đó hết hạn khi nào?", "đến hết ngày 20/6/2027"),
        ("Còn hạn không?", "đến hết ngày 20/6/2027"),
        ("Món ấy theo quyết định nào?", "Quyết định 940/QĐ-UBND ngày 20/6/2024"),
        ("Cơ sở ấy ở xã nào?", "xã Đồi Mẫu"),
        ("san pham do duoc may diem", "78,2 điểm"),
        ("no con han khong", "đến hết ngày 20/6/2027"),
    ],
)
def test_a_product_spoken_of_is_meant(ask: Ask, text: str, told: str) -> None:
    answer = ask("Trà shan Đồi Mẫu do ai làm?", text)
    assert answer.status == "answered"
    assert told in answer.text
    assert "Trà shan Đồi Mẫu" in answer.text


def test_another_product_in_its_place_is_asked_the_same(ask: Ask) -> None:
    answer = ask("Trà shan Đồi Mẫu được mấy điểm?", "Thế còn Cà phê bột Thác Mẫu?")
    assert "66,6 điểm" in answer.text
    assert "Trà shan" not in answer.text


def test_a_product_that_an_answer_named_can_be_pointed_at(ask: Ask) -> None:
    answer = ask("Quyết định 940/QĐ-UBND sản phẩm nào được nhiều điểm nhất?", "Nó do ai làm?", "Năm 2022 nó mấy sao?")
    assert "được công nhận 3 sao theo Quyết định 310/QĐ-UBND" in answer.text


@pytest.mark.parametrize(
    "text", ["Thu hồi giấy chứng nhận trong bao nhiêu ngày?", "Các sản phẩm đó có mấy sao?", "Hồ sơ gồm những gì?"]
)
def test_what_is_asked_of_no_one_product_is_not_asked_of_the_one_before(ask: Ask, text: str) -> None:
    assert "Trà shan Đồi Mẫu của" not in ask("Trà shan Đồi Mẫu do ai làm?", text).text


def test_a_list_asked_on_about_is_the_one_before(ask: Ask) -> None:
    first = "Quyết định 940/QĐ-UBND công nhận mấy sản phẩm 4 sao?"
    told = ask(first, "Là những sản phẩm nào?").text
    assert "Trà shan Đồi Mẫu của Hợp tác xã Chè Đồi Mẫu (xã Đồi Mẫu): 4 sao." in told
    assert "Cà phê bột" not in told
    whole = "Quyết định 940/QĐ-UBND công nhận mấy sản phẩm?"
    lowest = ask(whole, "Cái nào điểm thấp nhất?").text
    assert "Cà phê bột Thác Mẫu: 66,6 điểm, thấp nhất" in lowest
    assert "xã Thác Mẫu" in ask(whole, "Cái nào điểm thấp nhất?", "Nó ở xã nào?").text


def test_a_product_is_told_as_of_each_time_that_is_named(ask: Ask) -> None:
    told = ask("Trà shan Đồi Mẫu năm 2022 bao nhiêu điểm, năm 2024 bao nhiêu điểm?").text
    assert told.index("61,5 điểm") < told.index("78,2 điểm")
    one = ask("Trà shan Đồi Mẫu năm 2022 mấy sao?").text
    assert "3 sao" in one
    assert "4 sao" not in one


def test_points_asked_on_about_are_compared_with_those_before(ask: Ask) -> None:
    told = ask("Năm 2022 Trà shan Đồi Mẫu được mấy điểm?", "Đến năm 2024 thì tăng mấy điểm?").text
    assert "16,7 điểm (78,2 - 61,5)" in told


def test_the_province_of_a_product_and_its_paper_can_be_pointed_at(ask: Ask) -> None:
    listed = ask("Trà shan Đồi Mẫu ở xã nào?", "Tỉnh đó năm 2022 công nhận những sản phẩm nào?").text
    assert "Mật ong hoa cà Suối Mẫu" in listed
    assert "Cà phê bột" not in listed
    stands = ask("Quyết định 940/QĐ-UBND do ai ký?", "Còn hiệu lực không?").text
    assert stands.startswith("Quyết định 940/QĐ-UBND ngày 20/6/2024 có hiệu lực từ 20/6/2024.")


def _asked(text: str) -> Question:
    return resolve(understand(text, ON), None)


@pytest.mark.parametrize(
    ("before", "text", "full"),
    [
        ("Giữa năm 2020 Huế có mấy sản phẩm?", "Đến cuối năm đó lên mấy?", "Đến cuối năm 2020 lên mấy?"),
        ("Giữa năm 2020 Huế có mấy sản phẩm?", "Đến cuối năm thì sao?", "Đến cuối năm 2020 thì sao?"),
        ("Giữa năm 2020 Huế có mấy sản phẩm?", "Đầu năm sau có mấy?", "Đầu năm 2021 có mấy?"),
        ("Giữa năm 2020 Huế có mấy sản phẩm?", "Lúc đó Cà Mau có mấy?", "giữa năm 2020 Cà Mau có mấy?"),
        ("Giữa năm 2020 Huế có mấy sản phẩm?", "Cùng năm, Cà Mau có mấy?", "năm 2020, Cà Mau có mấy?"),
        ("Tháng 12/2024 Huế có mấy sản phẩm?", "Cuối tháng đó có mấy?", "Cuối tháng 12/2024 có mấy?"),
        ("Tháng 12/2024 Huế có mấy sản phẩm?", "Hai tháng sau thì sao?", "tháng 2/2025 thì sao?"),
        ("Tháng 1/2024 Huế có mấy sản phẩm?", "Tháng trước đó thì sao?", "tháng 12/2023 thì sao?"),
        ("Ngày 5/6/2024 Huế có mấy sản phẩm?", "Khi ấy Cà Mau có mấy?", "ngày 5/6/2024 Cà Mau có mấy?"),
        ("giua nam 2020 Hue co may san pham", "den cuoi nam do thi len may", "den cuoi năm 2020 thì len may"),
        # a time of its own, or none before
        ("Giữa năm 2020 Huế có mấy sản phẩm?", "Cuối năm 2023 có mấy?", "Cuối năm 2023 có mấy?"),
        ("Huế có mấy sản phẩm?", "Cuối năm đó có mấy?", "Cuối năm đó có mấy?"),
        ("Giữa năm 2020 Huế có mấy sản phẩm?", "Đợt cuối năm nay nộp khi nào?", "Đợt cuối năm nay nộp khi nào?"),
    ],
)
def test_a_time_pointed_at_is_put_in_its_place(before: str, text: str, full: str) -> None:
    assert with_time(text, _asked(before), marked=has_marks(text)) == full


def test_the_first_time_in_a_year_is_no_beginning_of_it() -> None:
    first, early = _asked("Lần đầu năm 2020 được mấy sao?").when[0], _asked("Đầu năm 2020 được mấy sao?").when[0]
    assert (first.first, first.last) == ("2020-01-01", "2020-12-31")
    assert (early.first, early.last) == ("2020-01-01", "2020-04-30")
