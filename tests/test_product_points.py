"""Points of products as decisions print them: of one, highest and lowest, above a bound, compared over years; groups of
goods; products of a decision called by part of their names; a star that a question claims; what no list has."""

import pytest

from assistant.listed_points import points_window
from assistant.question import understand
from tests.asking import Ask, asking
from tests.decision_pages import archive_page, decision_html, table

OLD = table(
    "TT | Tên sản phẩm | Chủ thể | Địa chỉ | Hạng sao",
    "1 | Trà sen Đầm Vạc | HTX Sen Đầm Vạc | Xã Đầm Vạc | 3 sao",
)
HEAD = "TT | Ngành hàng | Tên sản phẩm | Chủ thể | Địa chỉ | Điểm | Hạng sao"
FIRST = table(
    HEAD,
    "1 | Đồ uống | Trà sen Đầm Vạc | HTX Sen Đầm Vạc | Xã Đầm Vạc | 71,0 | 4 sao",
    "2 | Thực phẩm | Bánh cáy Đông Trà | HKD Lê Thị Cáy | Xã Đông Trà | 63,5 | 3 sao",
    "3 | Thực phẩm | Mật ong hoa sú Đầm Vạc | HTX Sen Đầm Vạc | Xã Đầm Vạc | 66,2 | 3 sao",
)
SECOND = table(
    HEAD,
    "1 | Đồ uống | Trà sen Đầm Vạc | HTX Sen Đầm Vạc | Xã Đầm Vạc | 80,0 | 4 sao",
    "2 | Đồ uống | Trà ổi rừng Đông Trà | HKD Lê Thị Cáy | Xã Đông Trà | 58,9 | 3 sao",
    "3 | Thủ công mỹ nghệ | Chiếu cói hoa Đầm Vạc | THT Cói Đầm Vạc | Xã Đầm Vạc | 74,4 | 4 sao",
    "4 | Thực phẩm | Bánh cáy Đông Trà | HKD Lê Thị Cáy | Xã Đông Trà | 70,3 | 4 sao",
)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    data = tmp_path_factory.mktemp("points")
    for number, day, rows, subject in (
        ("12", "20 tháng 12 năm 2019", OLD, "năm 2019"),
        ("34", "05 tháng 8 năm 2022", FIRST, "đợt 1 năm 2022"),
        ("56", "17 tháng 9 năm 2025", SECOND, "đợt 2 năm 2025"),
    ):
        html = decision_html(
            rows,
            number=f"{number}/QĐ-UBND",
            day=day,
            place="TỈNH GIANG LỘC",  # on no map
            subject=f"Về việc công nhận sản phẩm OCOP tỉnh Giang Lộc {subject}",
        )
        archive_page(data, html, f"http://cong.mau.vn/{number}")
    return asking(data)


def test_points_are_said_as_the_decision_prints_them(ask: Ask) -> None:
    assert "Trà sen Đầm Vạc: 80,0 điểm." in ask("Trà sen Đầm Vạc được bao nhiêu điểm?").text


@pytest.mark.parametrize(
    ("question", "named", "left_out"),
    [
        ("Đồ uống được Giang Lộc công nhận năm 2025 gồm những món gì?", ["Trà sen", "Trà ổi"], ["Chiếu cói", "Bánh"]),
        ("Hàng thủ công trong Quyết định 56 của Giang Lộc là những sản phẩm nào?", ["Chiếu cói"], ["Trà", "Bánh cáy"]),
        ("Những sản phẩm trà nào Giang Lộc công nhận năm 2025?", ["Trà sen", "Trà ổi"], ["Bánh cáy"]),
        ("Đợt 2 năm 2025 Giang Lộc có những món nào trên 74 điểm?", ["Trà sen", "Chiếu cói"], ["Trà ổi", "Bánh cáy"]),
        ("Sản phẩm nào được 63,5 điểm trong Quyết định 34 của Giang Lộc?", ["Bánh cáy"], ["Trà sen", "Mật ong"]),
    ],
)
def test_a_list_holds_the_group_kind_or_points_asked_for(
    ask: Ask, question: str, named: list[str], left_out: list[str]
) -> None:
    answer = ask(question)
    assert answer.status == "answered"
    assert [name for name in named if name not in answer.text] == []
    assert [name for name in left_out if name in answer.text.replace("Đông Trà", "")] == []


def test_points_asked_for_stand_in_the_lines_of_a_list(ask: Ask) -> None:
    answer = ask("Trong Quyết định 34 của Giang Lộc, món nào được 3 sao và bao nhiêu điểm?")
    assert "3 sao, 63,5 điểm." in answer.text
    assert "3 sao, 66,2 điểm." in answer.text
    assert "71" not in answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Sản phẩm nào điểm cao nhất đợt 2 năm 2025 của Giang Lộc?", "Trà sen Đầm Vạc: 80,0 điểm, cao nhất"),
        ("Món nào thấp điểm nhất trong Quyết định 56 của Giang Lộc?", "Trà ổi rừng Đông Trà: 58,9 điểm, thấp nhất"),
        ("Món 4 sao nào điểm thấp nhất đợt 2 năm 2025 của Giang Lộc?", "Bánh cáy Đông Trà: 70,3 điểm, thấp nhất"),
    ],
)
def test_the_highest_and_the_lowest_of_a_list(ask: Ask, question: str, said: str) -> None:
    answer = ask(question)
    assert answer.text.startswith(said)
    assert answer.claims[0].calculation is not None
    assert len(answer.claims[0].calculation.operands) >= 3


def test_a_product_of_the_decision_spoken_of_is_called_by_part_of_its_name(ask: Ask) -> None:
    asked = "Giang Lộc công nhận mấy sản phẩm theo quyết định 34?"
    answer = ask(asked, "Thế mật ong hoa sú trong đó được mấy điểm?")
    assert answer.text.startswith("Mật ong hoa sú Đầm Vạc của HTX Sen Đầm Vạc (Xã Đầm Vạc): 3 sao, 66,2 điểm.")
    assert "66,2" not in ask(asked, "Thế mật ong hoa nhãn trong đó được mấy điểm?").text


def test_points_of_two_years_are_compared(ask: Ask) -> None:
    answer = ask("Bánh cáy Đông Trà chấm năm 2022 và năm 2025, lần nào điểm cao hơn?")
    assert answer.text.startswith(
        "Bánh cáy Đông Trà: lần chấm theo Quyết định 56/QĐ-UBND ngày 17/9/2025 cao hơn 6,8 điểm (70,3 - 63,5)."
    )
    calculation = answer.claims[0].calculation
    assert calculation is not None
    assert calculation.operation == "difference"
    assert [operand.value for operand in calculation.operands] == [70.3, 63.5]
    # of 2019 no points are known
    assert "cao hơn" not in ask("Trà sen Đầm Vạc năm 2019 với năm 2025 lần nào cao điểm hơn?").text


def test_points_of_two_products_are_compared(ask: Ask) -> None:
    answer = ask("Trà sen Đầm Vạc với Bánh cáy Đông Trà, món nào điểm cao hơn?")
    assert answer.text.startswith("Trà sen Đầm Vạc cao điểm hơn Bánh cáy Đông Trà 9,7 điểm (80,0 - 70,3).")


def test_that_no_line_has_the_points_asked_for_is_said(ask: Ask) -> None:
    answer = ask("Năm 2025 Giang Lộc có sản phẩm nào trên 90 điểm không?")
    assert answer.status == "no_evidence"
    assert "Danh sách của Quyết định 56/QĐ-UBND không có sản phẩm nào đạt mức điểm được hỏi." in answer.text


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("Sao Bánh cáy Đông Trà chỉ được 3 sao?", "Không phải vậy, quyết định ghi:"),
        ("Bánh cáy Đông Trà được 5 sao đúng không?", "Không phải vậy, quyết định ghi:"),
        ("Bánh cáy Đông Trà được 4 sao phải không?", "Đúng, quyết định ghi:"),
    ],
)
def test_a_star_that_is_claimed_is_weighed_first(ask: Ask, question: str, opening: str) -> None:
    answer = ask(question)
    assert answer.text.startswith(opening)
    assert "4 sao theo Quyết định 56/QĐ-UBND" in answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Trà sen Đầm Vạc được mấy điểm năm 2019?", "Quyết định 12/QĐ-UBND ngày 20/12/2019 không ghi điểm"),
        ("Trà sen Đầm Vạc 60 gam được mấy điểm?", "không có loại được hỏi"),
    ],
)
def test_another_kind_or_year_does_not_answer(ask: Ask, question: str, said: str) -> None:
    answer = ask(question)
    assert answer.status == "no_evidence"
    assert said in answer.text


@pytest.mark.parametrize(
    ("question", "window"),
    [
        ("Sản phẩm nào trên 80 điểm?", (80.0, 100.0, False, True)),
        ("Sản phẩm nào không dưới 80 điểm?", (80.0, 100.0, True, True)),
        ("Sản phẩm nào dưới 80,5 điểm?", (0.0, 80.5, True, False)),
        ("Món nào từ 70 đến 80 điểm?", (70.0, 80.0, True, True)),
        ("mon nao tu 70 diem tro len", (70.0, 100.0, True, True)),
        ("Món nào được khoảng 80 điểm?", None),
    ],
)
def test_bounds_of_points(question: str, window: tuple[float, float, bool, bool] | None) -> None:
    found = points_window(understand(question))
    assert window == (None if found is None else (found.low, found.high, found.with_low, found.with_high))


@pytest.mark.parametrize(
    ("question", "near"),
    [
        ("Mật ong hoa nhãn Đầm Vạc đạt hạng mấy sao?", "Mật ong hoa sú"),
        ("Chiếu trúc hoa Đầm Vạc được bao nhiêu điểm?", "Chiếu cói"),
    ],
)
def test_a_product_is_not_told_by_one_of_nearly_its_name(ask: Ask, question: str, near: str) -> None:
    answer = ask(question)
    assert (answer.status, answer.citations) == ("no_evidence", ())
    assert near not in answer.text
