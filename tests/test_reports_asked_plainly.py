"""What people ask of a report in few plain words: its troubles, its targets beside what was reached, who holds which
office, which provinces have a grade."""

import pytest

from assistant.answer import WHICH_PLACE, Answer
from tests.asking import Ask, asking_reports

NEWS = {
    "hau-giang": (
        "2022-10-20",
        "Hậu Giang bàn cách bán hàng OCOP",
        "Sáng nay 20/10, Phó Chủ tịch UBND tỉnh Hậu Giang Trần Văn Bé chủ trì cuộc họp về sản phẩm OCOP của tỉnh.",
        "Toàn tỉnh Hậu Giang có 90 sản phẩm đạt OCOP, trong đó có 9 sản phẩm đạt 4 sao và 81 sản phẩm đạt 3 sao.",
        "So với mục tiêu Đề án OCOP giai đoạn 2018 - 2020 là công nhận 30 - 35 sản phẩm đạt OCOP thì Hậu Giang vượt "
        "mục tiêu đề ra.",
        "Có 26/75 xã, phường, thị trấn có sản phẩm đạt OCOP cấp tỉnh. Các địa phương đã mở 4 điểm giới thiệu và bán "
        "sản phẩm OCOP.",
        "Mục tiêu đến năm 2025, Hậu Giang phấn đấu có 200 sản phẩm OCOP đạt 3 sao trở lên. Riêng năm nay, có 40 sản "
        "phẩm được công nhận sản phẩm OCOP hạng 3 - 4 sao.",
        "Huyện Phụng Hiệp dẫn đầu với 19 sản phẩm, huyện Long Mỹ có 12 sản phẩm.",
        "Tại cuộc họp, các đơn vị đề xuất thành lập Hiệp hội các chủ thể OCOP. Đưa hàng vào siêu thị.",
    ),
    "tra-vinh": (
        "2023-09-15",
        "Trà Vinh sau năm năm làm OCOP",
        "Đến cuối tháng 8/2023, toàn tỉnh Trà Vinh có 84 sản phẩm OCOP từ 3 sao trở lên, trong đó có 2 sản phẩm đạt 5 "
        "sao, 21 sản phẩm đạt 4 sao.",
        "Chương trình ở Trà Vinh vẫn tồn đọng khó khăn sau năm năm triển khai. Nhiều nơi chạy theo số lượng; chủ thể "
        "thiếu chủ động; bao bì đơn điệu.",
        "Ông Lê Sĩ Hải đề nghị các huyện rà soát sản phẩm tiềm năng của Trà Vinh và cập nhật danh sách trước cuối năm. "
        "Chú ý các sản phẩm từ dừa sáp, gạo và mật ong.",
        "Ông Lê Sĩ Hải, Giám đốc Sở Nông nghiệp và Phát triển nông thôn tỉnh Trà Vinh, cho biết tỉnh sẽ mở thêm điểm "
        "bán hàng.",
        "Trong dịp này, 12 sản phẩm OCOP của 7 hộ được ông Trần Minh, Phó Chủ tịch UBND tỉnh Trà Vinh, trao giấy chứng "
        "nhận (bao gồm 4 sản phẩm đạt 4 sao và 8 sản phẩm đạt 3 sao).",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    return asking_reports(tmp_path_factory.mktemp("plainly"), NEWS)


def lines(answer: Answer) -> list[str]:
    assert answer.status == "answered"
    return [answer.text[one.start : one.end] for one in answer.claims]


def test_what_is_difficult_is_told_with_the_sentences_that_say_what(ask: Ask) -> None:
    told = [
        "Chương trình ở Trà Vinh vẫn tồn đọng khó khăn sau năm năm triển khai.",
        "Nhiều nơi chạy theo số lượng; chủ thể thiếu chủ động; bao bì đơn điệu.",
    ]
    assert lines(ask("OCOP Trà Vinh sau năm năm còn khó khăn gì?")) == told
    assert lines(ask("ocop tra vinh con kho khan gi")) == told


def test_a_target_is_of_the_grades_it_names(ask: Ask) -> None:
    answer = ask("Riêng năm 2022 Hậu Giang đặt ra bao nhiêu sản phẩm được công nhận?")
    assert lines(answer)[-1] == "Riêng năm nay, có 40 sản phẩm được công nhận sản phẩm OCOP hạng 3 - 4 sao."
    assert "Đây là mục tiêu đến năm 2022." in answer.notices


@pytest.mark.parametrize(
    "question",
    [
        "Hậu Giang đặt mục tiêu 2018-2020 bao nhiêu sản phẩm, thực tế được mấy?",
        "Hậu Giang có bao nhiêu sản phẩm OCOP, vượt mục tiêu 2018-2020 chưa?",
    ],
)
def test_what_was_reached_is_told_beside_the_target(question: str, ask: Ask) -> None:
    told = lines(ask(question))
    assert told[0].startswith("So với mục tiêu Đề án OCOP giai đoạn 2018 - 2020 là công nhận 30 - 35 sản phẩm")
    assert "Hậu Giang: 90 sản phẩm." in told


def test_a_share_is_of_the_province_behind_a_list_of_ranks(ask: Ask) -> None:
    for question in (
        "Bao nhiêu phần trăm xã, phường, thị trấn Hậu Giang có sản phẩm OCOP?",
        "Bao nhiêu phần trăm xã Hậu Giang có sản phẩm OCOP?",
    ):
        assert lines(ask(question))[0] == "Khoảng 34,7 % (26 / 75 xã, phường, thị trấn)."


def test_provinces_with_a_grade_are_told_with_their_figures(ask: Ask) -> None:
    five = ask("Trong 2 tỉnh của kho, tỉnh nào đã có sản phẩm 5 sao?")
    assert lines(five) == ["- Trà Vinh, 8/2023: 2 sản phẩm 5 sao"]
    four = ask("Những tỉnh nào có sản phẩm 4 sao?")
    assert lines(four) == ["- Trà Vinh, 8/2023: 21 sản phẩm 4 sao", "- Hậu Giang, 20/10/2022: 9 sản phẩm 4 sao"]
    assert any("khác thời điểm" in notice for notice in four.notices)


@pytest.mark.parametrize("question", ["Ông Lê Sĩ Hải giữ chức vụ gì ở Trà Vinh?", "Lê Sĩ Hải là ai?"])
def test_an_office_is_told_from_the_sentence_that_gives_it(question: str, ask: Ask) -> None:
    assert lines(ask(question))[0].startswith("Ông Lê Sĩ Hải, Giám đốc Sở Nông nghiệp")


def test_what_was_proposed_is_told_whole(ask: Ask) -> None:
    assert lines(ask("Tại cuộc họp các đơn vị Hậu Giang đề xuất những gì?")) == [
        "Tại cuộc họp, các đơn vị đề xuất thành lập Hiệp hội các chủ thể OCOP.",
        "Đưa hàng vào siêu thị.",
    ]


def test_places_are_put_in_order_and_set_in_proportion(ask: Ask) -> None:
    ordered = lines(ask("Xếp các tỉnh trong kho theo số sản phẩm OCOP từ nhiều đến ít."))
    assert [line.split(":")[0] for line in ordered[1:]] == ["- Hậu Giang, 20/10/2022", "- Trà Vinh, 8/2023"]
    assert lines(ask("Số sản phẩm 4 sao của Trà Vinh gấp mấy lần Hậu Giang?"))[0] == "Gấp khoảng 2,33 lần (21 / 9)."


def test_the_province_spoken_of_is_meant_behind_a_year(ask: Ask) -> None:
    answer = ask("Hậu Giang năm 2022 có mấy sản phẩm OCOP?", "Đến năm 2025 tỉnh phấn đấu bao nhiêu sản phẩm?")
    assert any("200 sản phẩm" in line for line in lines(answer))


def test_what_somebody_said_goes_on_in_the_next_sentence(ask: Ask) -> None:
    told = lines(ask("Ông Lê Sĩ Hải đề nghị chú ý những sản phẩm nào?"))
    assert told == ["Chú ý các sản phẩm từ dừa sáp, gạo và mật ong."]


def test_all_provinces_held_are_added_up(ask: Ask) -> None:
    answer = ask("Cả hai tỉnh trong kho cộng lại có bao nhiêu sản phẩm OCOP?")
    (reckoned,) = (one.calculation for one in answer.claims if one.calculation is not None)
    assert (reckoned.operation, reckoned.result) == ("sum", 174.0)
    assert "Chỉ cộng 2 tỉnh, thành phố mà kho có số liệu." in answer.notices
    assert answer.status == "answered"
    assert ask("Tổng cộng 5 tỉnh có bao nhiêu sản phẩm OCOP?").status == "partial"


@pytest.mark.parametrize("question", ["Tổng số sản phẩm OCOP của tỉnh?", "Cả tỉnh có tổng cộng mấy sản phẩm OCOP?"])
def test_a_province_left_unnamed_is_asked_for(question: str, ask: Ask) -> None:
    assert (ask(question).status, ask(question).text) == ("needs_clarification", WHICH_PLACE)


def test_districts_are_added_up(ask: Ask) -> None:
    answer = ask("Phụng Hiệp và Long Mỹ của Hậu Giang có tổng cộng bao nhiêu sản phẩm?")
    (reckoned,) = (one.calculation for one in answer.claims if one.calculation is not None)
    assert (reckoned.operation, reckoned.result) == ("sum", 31.0)
    assert sorted(operand.value for operand in reckoned.operands) == [12.0, 19.0]


def test_what_is_called_by_its_kind_is_told(ask: Ask) -> None:
    told = lines(ask("Tại cuộc họp ở Hậu Giang, các đơn vị đề nghị lập hội gì?"))
    assert told[0] == "Tại cuộc họp, các đơn vị đề xuất thành lập Hiệp hội các chủ thể OCOP."


@pytest.mark.parametrize(
    "question",
    [
        "Bốn điểm bán hàng OCOP ở Hậu Giang nằm ở đường nào?",
        # a count, with the name of who handed out certificates, names no product
        "Kể tên 12 sản phẩm OCOP được trao giấy của Trà Vinh",
    ],
)
def test_what_no_sentence_names_is_not_told(question: str, ask: Ask) -> None:
    assert ask(question).status == "no_evidence"


def test_shorthand_of_making_is_read(ask: Ask) -> None:
    assert ask("hậu giang có bn sp của cơ sở sx?").read_as == "hậu giang có bao nhiêu sản phẩm của cơ sở sản xuất?"
