"""What a place has is what was counted last; what was sent, proposed or listed once is no total of it."""

from pathlib import Path

import pytest

from tests.asking import Ask, asking_reports

REPORTS = {
    "dau-nam": (
        "2023-06-30",
        "Lạng Sơn: tổng số sản phẩm OCOP đạt 47",
        "Tính đến tháng 6/2023, toàn tỉnh Lạng Sơn có tổng số 47 sản phẩm OCOP, trong đó 2 sản phẩm 5 sao.",
    ),
    "cuoi-nam": (
        "2024-12-28",
        "Lạng Sơn tổng kết năm",
        "Hết tháng 12/2024, Lạng Sơn có 95 sản phẩm OCOP của 40 chủ thể.",
        "Tính ra, cứ sáu sản phẩm của Lạng Sơn thì có một là trà.",
    ),
    "mien-nui": (
        "2025-03-01",
        "Lạng Sơn: sản phẩm OCOP miền núi",
        "Tháng 2/2025, các xã miền núi của Lạng Sơn có 30 sản phẩm OCOP.",
    ),
    "hoi-dong": (
        "2025-11-20",
        "Phú Yên họp hội đồng đợt 1",
        "Tháng 11/2025, các xã của Phú Yên gửi 71 sản phẩm lên tỉnh để chấm đợt 1 năm 2025.",
        "Tỉnh Phú Yên đề xuất 8 sản phẩm để trung ương xét 5 sao năm 2025.",
    ),
    "thang-chin": (
        "2025-10-02",
        "Bình Thuận cập nhật OCOP",
        "Đầu tháng 9/2025, Bình Thuận có 649 sản phẩm OCOP.",
        "Tới cuối tháng 9/2025, Bình Thuận có 661 sản phẩm OCOP.",
    ),
    "ke-hoach": (
        "2025-12-20",
        "Gia Lai bàn việc năm 2026",
        "Năm 2026, Gia Lai đẩy mạnh tuyên truyền, quảng bá các sản phẩm tham gia Chương trình OCOP; khuyến khích các "
        "chủ thể sáng tạo trong sản xuất, kinh doanh nhằm tạo ra những sản phẩm khác biệt, ấn tượng; đẩy mạnh ứng dụng "
        "công nghệ trong sơ chế, bảo quản để nâng cao chất lượng, gia tăng giá trị sản phẩm; phấn đấu có tối thiểu 30 "
        "sản phẩm được công nhận OCOP, trong đó có ít nhất 2 sản phẩm đạt 5 sao.",
    ),
    "dot-ba": (
        "2025-02-03",
        "Thêm 28 sản phẩm 5 sao",
        "Quyết định số 377/QĐ-BNN-VPĐP ngày 17/1/2025 công nhận 28 sản phẩm 5 sao; Yên Bái lần đầu có tên, với hai "
        "sản phẩm.",
    ),
}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    return asking_reports(Path(tmp_path_factory.mktemp("again")), REPORTS)


@pytest.mark.parametrize(
    "question",
    [
        "Lạng Sơn có bao nhiêu sản phẩm OCOP?",
        "Lạng Sơn hiện nay có bao nhiêu sản phẩm OCOP?",
        "lang son co bao nhieu san pham ocop moi nhat",
    ],
)
def test_what_a_place_has_is_what_was_counted_last(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert "Lạng Sơn, 12/2024: 95 sản phẩm." in answer.text
    assert "47" not in answer.text


def test_the_time_asked_goes_before_the_last(ask: Ask) -> None:
    assert "47" in ask("Năm 2023 Lạng Sơn có bao nhiêu sản phẩm OCOP?").text


def test_what_was_only_sent_is_not_recognised(ask: Ask) -> None:
    assert "71" not in ask("Phú Yên công nhận bao nhiêu sản phẩm đợt 1 năm 2025?").text


def test_what_is_proposed_for_a_star_is_said_not_to_have_it(ask: Ask) -> None:
    answer = ask("Phú Yên năm 2025 có mấy sản phẩm 5 sao?")
    assert answer.status == "partial"
    assert "Nguồn chỉ nói tiềm năng hay đề xuất, chưa phải kết quả công nhận." in answer.notices


@pytest.mark.parametrize(
    ("question", "told", "other"),
    [
        ("Bình Thuận có bao nhiêu sản phẩm OCOP?", "661", "649"),
        ("Đầu tháng 9/2025 Bình Thuận có bao nhiêu sản phẩm OCOP?", "649", "661"),
    ],
)
def test_numbers_of_two_parts_of_a_month_contradict_nothing(ask: Ask, question: str, told: str, other: str) -> None:
    answer = ask(question)
    assert told in answer.text
    assert other not in answer.text
    assert not any("khác nhau" in notice for notice in answer.notices)


def test_all_that_a_decision_recognised_is_told_whatever_its_star(ask: Ask) -> None:
    assert "28 sản phẩm 5 sao" in ask("Quyết định 377/QĐ-BNN-VPĐP công nhận bao nhiêu sản phẩm?").text.split("\n")[0]


@pytest.mark.parametrize(
    ("question", "told", "left_out"),
    [
        ("Tỉnh nào có trên 500 sản phẩm OCOP?", ["Bình Thuận, 9/2025: 661 sản phẩm"], ["Lạng Sơn", "47"]),
        ("Liệt kê các tỉnh có dưới 100 sản phẩm OCOP", ["Lạng Sơn, 12/2024: 95 sản phẩm"], ["Bình Thuận"]),
        ("Xếp hạng các tỉnh theo số sản phẩm OCOP", ["Nhiều hơn là Bình Thuận: 661", "Lạng Sơn, 12/2024: 95"], ["47"]),
        ("So sánh số sản phẩm OCOP của Lạng Sơn năm 2023 với năm 2024", ["Tăng 48 sản phẩm: từ 47 lên 95"], []),
    ],
)
def test_provinces_are_ranked_and_bounded_by_what_was_counted_last(
    ask: Ask, question: str, told: list[str], left_out: list[str]
) -> None:
    answer = ask(question)
    assert [one for one in told if one not in answer.text] == []
    assert [one for one in left_out if one in answer.text] == []


def test_what_is_to_be_reached_is_not_what_there_is(ask: Ask) -> None:
    assert ask("Gia Lai có bao nhiêu sản phẩm 5 sao?").status == "no_evidence"
    assert "ít nhất 2 sản phẩm đạt 5 sao" in ask("Gia Lai phấn đấu năm 2026 có bao nhiêu sản phẩm 5 sao?").text


def test_a_target_does_not_say_that_it_was_reached(ask: Ask) -> None:
    answer = ask("Năm 2026 Gia Lai đạt 30 sản phẩm chưa?")
    assert answer.status == "partial"
    assert "Nguồn chỉ nêu mục tiêu, không nói có đạt hay không." in answer.notices


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Năm 2022 Lạng Sơn có bao nhiêu sản phẩm OCOP?", "47"),
        ("Tháng 9/2024 Lạng Sơn có bao nhiêu sản phẩm OCOP?", "95"),
        ("Tháng 3/2026 Lạng Sơn có bao nhiêu sản phẩm OCOP?", "95"),
    ],
)
def test_of_a_time_no_count_is_of_the_nearest_is_told_with_its_own(ask: Ask, question: str, said: str) -> None:
    answer = ask(question)
    assert answer.status == "partial"
    assert f"{said} sản phẩm" in answer.text.split("\n")[0]
    assert any(notice.startswith("Không tìm thấy số liệu của") for notice in answer.notices)
