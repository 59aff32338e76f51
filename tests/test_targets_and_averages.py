"""What is reckoned of one report: how far a place is from its target, what share of its communes, what each maker
has."""

import pytest

from assistant.answer import WHICH_PLACE, WHICH_QUESTION, Answer, Calculation
from assistant.counted import counted_in
from assistant.wording import tokens
from tests.asking import Ask, asking_reports

NEWS = {
    "tra-vinh": (
        "2022-05-21",
        "Trà Vinh tìm cách tiêu thụ sản phẩm OCOP",
        "Tính đến ngày 20/5/2022, toàn tỉnh Trà Vinh có 84 sản phẩm OCOP của 41 chủ thể được công nhận, "
        "trong đó 21 sản phẩm 4 sao.",
        "Trong 41 chủ thể có 9 doanh nghiệp với 27 sản phẩm, 14 hợp tác xã với 21 sản phẩm, 18 hộ kinh doanh với 36 "
        "sản phẩm.",
        "Có 53/106 xã, phường, thị trấn có sản phẩm OCOP. Toàn tỉnh có 7/9 địa phương có sản phẩm OCOP.",
        "Mỗi huyện, thị xã có ít nhất một điểm bán hàng OCOP.",
        "Đề án đến năm 2025 coi trọng chế biến. Riêng năm nay sẽ có 11 hội chợ hàng OCOP, trong đó hai hội chợ ngoài "
        "tỉnh.",
        "Riêng năm nay dự kiến có 30 sản phẩm được công nhận, trong đó 6 sản phẩm được nâng từ 3 sao lên 4 sao.",
        "Mục tiêu đến hết năm 2022, tỉnh Trà Vinh có trên 120 sản phẩm được công nhận từ 3 sao trở lên.",
    ),
    "hau-giang": (
        "2022-06-20",
        "Hậu Giang và sản phẩm OCOP",
        "Đến tháng 6/2022, tỉnh Hậu Giang có 90 sản phẩm OCOP của 60 chủ thể, trong đó 9 sản phẩm 4 sao.",
        "Trong số đó có 12 doanh nghiệp.",
        "Năm 2022 tỉnh Hậu Giang phấn đấu có thêm 100 sản phẩm OCOP mới.",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    return asking_reports(tmp_path_factory.mktemp("reports"), NEWS)


def reckonings(answer: Answer) -> list[tuple[str, list[float], float]]:
    known: list[Calculation] = [one.calculation for one in answer.claims if one.calculation is not None]
    return [(one.operation, [operand.value for operand in one.operands], one.result) for one in known]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Trà Vinh còn thiếu bao nhiêu sản phẩm nữa mới đạt mục tiêu năm 2022?", [("difference", [120, 84], 36)]),
        ("tra vinh can them may san pham nua moi cham moc de ra", [("difference", [120, 84], 36)]),
        ("Trà Vinh đã đạt bao nhiêu phần trăm mục tiêu năm 2022?", [("share", [84, 120], 70)]),
        ("Chỉ tiêu năm 2022 của Trà Vinh cao hay thấp hơn kết quả đã có?", [("difference", [120, 84], 36)]),
        # shares of a grade, set beside one another
        (
            "Hậu Giang hay Trà Vinh có tỷ trọng sản phẩm 4 sao cao hơn, khoảng bao nhiêu phần trăm?",
            [("share", [21, 84], 25), ("share", [9, 90], 10)],
        ),
        ("Nơi nào tỷ trọng hàng 4 sao cao nhất?", [("share", [21, 84], 25), ("share", [9, 90], 10)]),
        # of other things than the target is of, and of a share that is itself the target
        ("Trà Vinh còn thiếu mấy sản phẩm từ dừa nữa mới đạt mục tiêu năm 2022?", []),
        ("Trà Vinh phấn đấu bao nhiêu phần trăm sản phẩm có bao bì?", []),
        # a target of so many more, and one of another year, are not what is lacking
        ("Hậu Giang còn thiếu bao nhiêu sản phẩm so với mục tiêu năm 2022?", []),
        ("Trà Vinh còn thiếu bao nhiêu sản phẩm so với mục tiêu năm 2025?", []),
        ("Bao nhiêu % số xã phường của Trà Vinh có sản phẩm OCOP?", [("share", [53, 106], 50)]),
        (
            "Tỉ lệ xã phường của Trà Vinh có sản phẩm OCOP là mấy %, còn bao nhiêu nơi chưa có?",
            [("share", [53, 106], 50), ("difference", [106, 53], 53)],
        ),
        ("Bao nhiêu phần trăm huyện của Trà Vinh có sản phẩm OCOP?", [("share", [7, 9], 77.8)]),
        ("Trung bình mỗi chủ thể ở Trà Vinh có mấy sản phẩm?", [("quotient", [84, 41], 2.05)]),
        # of one kind of makers the products told behind them, and those alone
        ("Trung bình mỗi doanh nghiệp ở Trà Vinh có mấy sản phẩm?", [("quotient", [27, 9], 3)]),
        ("Trung bình mỗi hợp tác xã ở Trà Vinh có mấy sản phẩm?", [("quotient", [21, 14], 1.5)]),
        ("Bình quân một nhà làm ở Trà Vinh có mấy sản phẩm?", [("quotient", [84, 41], 2.05)]),
        (
            "Doanh nghiệp, HTX với trang trại ở Trà Vinh, bên nào bình quân nhiều sản phẩm nhất?",
            [("quotient", [27, 9], 3), ("quotient", [21, 14], 1.5)],
        ),
        ("Trung bình mỗi doanh nghiệp ở Hậu Giang có mấy sản phẩm?", []),
        (
            "Ở Trà Vinh bình quân thì hợp tác xã hay doanh nghiệp có nhiều sản phẩm hơn?",
            [("quotient", [27, 9], 3), ("quotient", [21, 14], 1.5)],
        ),
        (
            "Hậu Giang và Trà Vinh năm 2022, trung bình mỗi chủ thể có mấy sản phẩm, bên nào cao hơn?",
            [("quotient", [84, 41], 2.05), ("quotient", [90, 60], 1.5)],
        ),
    ],
)
def test_what_the_numbers_come_to(ask: Ask, question: str, expected: list[tuple[str, list[float], float]]) -> None:
    assert reckonings(ask(question)) == expected


def test_a_target_that_is_only_bounded_is_lacked_by_more(ask: Ask) -> None:
    answer = ask("Trà Vinh còn thiếu bao nhiêu sản phẩm nữa mới đạt mục tiêu năm 2022?")
    assert answer.text.startswith("Còn thiếu hơn 36 sản phẩm so với mục tiêu (120 - 84). [1] [2]")
    share = ask("Trà Vinh đã đạt bao nhiêu phần trăm mục tiêu năm 2022?")
    assert share.text.startswith("Đạt dưới 70 % mục tiêu (84 / 120 sản phẩm). [1] [2]")
    beside = ask("Chỉ tiêu năm 2022 của Trà Vinh cao hay thấp hơn kết quả đã có?")
    assert beside.text.startswith("Mức tối thiểu của mục tiêu cao hơn kết quả 36 sản phẩm (120 - 84). [1] [2]")


def test_places_set_beside_one_another_are_named(ask: Ask) -> None:
    answer = ask("Hậu Giang và Trà Vinh năm 2022, trung bình mỗi chủ thể có mấy sản phẩm?")
    assert answer.text.split("\n")[:3] == [
        "Xếp từ cao xuống thấp:",
        "Trà Vinh: trung bình mỗi chủ thể có khoảng 2,05 sản phẩm (84 sản phẩm / 41 chủ thể). [1]",
        "Hậu Giang: trung bình mỗi chủ thể có 1,5 sản phẩm (90 sản phẩm / 60 chủ thể). [2]",
    ]


def test_a_share_of_what_was_counted_before(ask: Ask) -> None:
    before = "Trà Vinh có mấy xã phường có sản phẩm OCOP, trên tổng số bao nhiêu?"
    assert "53/106" in ask(before).text
    answer = ask(before, "Tức là khoảng mấy phần trăm?")
    assert answer.text.startswith("50 % (53 / 106 xã, phường, thị trấn). [1]")


def test_a_kind_without_figures_is_said_to_be_left_out(ask: Ask) -> None:
    answer = ask("Doanh nghiệp, HTX với trang trại ở Trà Vinh, bên nào bình quân nhiều sản phẩm nhất?")
    assert answer.status == "partial"
    assert answer.notices[0] == "Không tìm thấy số liệu để tính cho: trang trại."


def test_what_each_has_at_least_is_told(ask: Ask) -> None:
    answer = ask("Trà Vinh bảo đảm mỗi huyện có ít nhất mấy điểm bán?")
    assert answer.text == "Mỗi huyện, thị xã có ít nhất một điểm bán hàng OCOP. [1]"


def test_this_year_is_that_of_its_text(ask: Ask) -> None:
    assert ask("Năm 2022 Trà Vinh có mấy hội chợ hàng OCOP ngoài tỉnh?").status == "answered"
    assert ask("Năm 2025 Trà Vinh có mấy hội chợ hàng OCOP ngoài tỉnh?").status == "no_evidence"


@pytest.mark.parametrize(
    ("question", "what", "form"),
    [
        ("bao nhiêu xã phường có sản phẩm", "xã", "xã phường"),
        ("mấy huyện thị thành có sản phẩm", "huyện", "huyện thị thành"),
        ("bao nhiêu huyện có sản phẩm", "huyện", "huyện"),
        ("mấy chỗ giới thiệu hàng", "điểm bán", "chỗ giới thiệu"),
        ("bao nhiêu xã viên", "xã viên", "xã viên"),
    ],
)
def test_ranks_named_together_are_counted_as_one(question: str, what: str, form: str) -> None:
    assert [(one.what, one.form) for one in counted_in(tokens(question))] == [(what, form)]


def test_a_sentence_that_says_what_limits_a_count_is_told_before_other_figures(ask: Ask) -> None:
    answer = ask("Riêng năm 2022 Trà Vinh tính công nhận bao nhiêu sản phẩm và nâng từ 3 lên 4 sao mấy cái?")
    assert answer.text.startswith("Riêng năm nay dự kiến có 30 sản phẩm được công nhận, trong đó 6 sản phẩm được nâng")


@pytest.mark.parametrize(
    ("question", "asked_back"),
    [
        ("Chỉ tiêu năm tới là mấy sản phẩm?", WHICH_PLACE),
        ("Mục tiêu năm 2022 là bao nhiêu sản phẩm?", WHICH_PLACE),
        ("Cuộc họp đó ai chủ trì vậy?", WHICH_QUESTION),
    ],
)
def test_of_nowhere_and_of_nothing_spoken_of_is_asked_back(ask: Ask, question: str, asked_back: str) -> None:
    answer = ask(question)
    assert (answer.status, answer.text) == ("needs_clarification", asked_back)


def test_a_target_is_called_one(ask: Ask) -> None:
    answer = ask("Mục tiêu năm 2022 của Trà Vinh là bao nhiêu sản phẩm?")
    assert answer.notices[0] == "Đây là mục tiêu đến tháng 12/2022."
