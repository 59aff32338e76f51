"""Questions about the law at a date, asked whole: the gold cases, false premises, steps, states and days of signing."""

from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.check import answer_faults
from assistant.premise import read_premise
from assistant.question import understand
from evaluation.__main__ import main
from evaluation.answers import assistant_over
from evaluation.law_answers import Case, Judged, ask_cases, faults, law_record, law_table, read_cases

ROOT = Path(__file__).parents[1]
CASES = read_cases(ROOT / "evaluation" / "law.toml")
TODAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def assistant(demo_data: Path) -> Assistant:
    return assistant_over(demo_data)


@pytest.fixture(scope="module")
def judged(assistant: Assistant) -> dict[str, Judged]:
    return {one.case.id: one for one in ask_cases(CASES, assistant)}


def ask(assistant: Assistant, question: str, on: date = TODAY) -> Answer:
    answer = assistant.ask(question, as_of=on)
    assert answer_faults(answer) == []
    return answer


# ---- The gold cases --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", [case for case in CASES if case.half == "development"], ids=lambda case: str(case.id))
def test_the_half_worked_with_is_right(case: Case, judged: dict[str, Judged]) -> None:
    assert judged[case.id].faults == (), judged[case.id].answer.text


def test_the_half_only_measured_is_as_right_as_it_was(judged: dict[str, Judged]) -> None:
    """All right since they were looked at; what strangers' questions get is told by what stood before (0028)."""
    own = [one for one in judged.values() if one.case.half == "report"]
    assert len(own) == 52
    assert sum(not one.faults for one in own) >= REPORT_FLOOR


REPORT_FLOOR = 52


def test_every_answer_to_a_case_keeps_the_contract(judged: dict[str, Judged]) -> None:
    assert {name: found for name, one in judged.items() if (found := answer_faults(one.answer))} == {}


def test_counted_days_carry_how_they_were_counted(judged: dict[str, Judged]) -> None:
    answer = judged["overlap-three-stars-filed-before"].answer
    counted = [claim for claim in answer.claims if claim.calculation is not None]
    assert [claim.kind for claim in counted] == ["derived"]
    calculation = counted[0].calculation
    assert calculation is not None
    assert calculation.operation == "days_after"
    assert [operand.value for operand in calculation.operands] == [20260522, 60]
    assert calculation.result == 20260721
    assert "khoảng 21/7/2026 (ngày tự tính)" in answer.text


def test_two_rules_stand_side_by_side_by_the_day_of_filing(judged: dict[str, Judged]) -> None:
    lines = judged["overlap-first-day"].answer.text.split("\n")
    assert lines[0] == "Hai quy định cùng có hiệu lực, ngày nộp hồ sơ quyết định theo văn bản nào:"
    assert lines[1].startswith("Hồ sơ nộp từ 22/5/2026: áp dụng Quyết định 26/2026/QĐ-TTg (có hiệu lực từ 22/5/2026).")
    assert lines[2].startswith("Hồ sơ nộp trước 22/5/2026 mà chưa chấm: áp dụng Quyết định 148/QĐ-TTg")
    assert "sửa đổi bằng Quyết định 1489/QĐ-TTg từ 6/7/2025" in lines[2]


def test_the_judge_tells_each_kind_of_error(judged: dict[str, Judged]) -> None:
    right = judged["148-three-stars"]
    case, answer = right.case, right.answer
    other = Case(
        id="x", on=case.on, subject="procedure", outcome="undetermined", rules=(("1048/QĐ-TTg",),),
        why=("cấp xã",), question=case.question, state={"148/QĐ-TTg": "lapsed"}, until=date(2030, 1, 2),
    )  # fmt: skip
    told = " | ".join(faults(other, answer))
    for part in ("rules [('148/QĐ-TTg',)]", "'cấp xã' is not said", "not said to be undetermined", "2/1/2030"):
        assert part in told
    assert "148/QĐ-TTg is said to be ['in_force'], expected lapsed" in told
    bad = Judged(case=other, answer=answer, faults=("a",))
    assert law_record([right, bad])["right"] == 1
    assert "SAI  x: " in law_table([right, bad])


def test_the_command_prints_both_halves(demo_data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "--half", "development", "--data", str(demo_data)]) == 0
    assert "| đã dùng để làm | 56 | 56 |" in capsys.readouterr().out


# ---- A stretch of time -----------------------------------------------------------------------------------------------


def test_of_a_year_the_rules_in_turn(assistant: Assistant) -> None:
    answer = ask(assistant, "Năm 2023 chấm OCOP theo bộ tiêu chí nào?")
    lines = [line for line in answer.text.split("\n") if line.startswith("Áp dụng ")]
    assert [line.split(" (")[0] for line in lines] == [
        "Áp dụng Quyết định 1048/QĐ-TTg",
        "Áp dụng Quyết định 148/QĐ-TTg",
    ]
    assert answer.text.startswith("Trong thời gian được hỏi có nhiều quy định nối nhau:")


def test_the_few_days_without_districts_are_told_of_their_year(assistant: Assistant) -> None:
    answer = ask(assistant, "Trong năm 2025 ai công nhận sản phẩm 3 sao?")
    at = [answer.text.index(part) for part in ("cấp huyện công nhận 3 sao", "từ 1/7/2025", "cấp tỉnh công nhận 3 sao")]
    assert at == sorted(at)


# ---- States and days of signing --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("148 còn hiệu lực không?", "Không còn hiệu lực:\nQuyết định 148/QĐ-TTg hết hiệu lực từ khoảng 21/7/2026"),
        ("qd 1048 con hieu luc khong", "Không còn hiệu lực:\nQuyết định 1048/QĐ-TTg hết hiệu lực từ 24/2/2023"),
        ("QĐ 26/2026 còn hiệu lực không?", "Còn hiệu lực:\nÁp dụng Quyết định 26/2026/QĐ-TTg (có hiệu lực từ"),
        ("Quyết định 781/QĐ-TTg được ký ngày nào?", "Quyết định 781/QĐ-TTg được ký ngày 8/6/2020."),
    ],
)
def test_the_state_of_a_document_and_when_it_was_signed(question: str, opening: str, assistant: Assistant) -> None:
    answer = ask(assistant, question)
    assert answer.status == "answered"
    assert answer.text.startswith(opening)


def test_what_nothing_held_tells_is_no_repeal(assistant: Assistant) -> None:
    answer = ask(assistant, "Thông tư 9/2031/TT-BTC còn hiệu lực không?")
    assert answer.status == "partial"
    assert "hết hiệu lực" not in answer.text.split("\n")[0]
    assert any("không cho biết Thông tư 09/2031/TT-BTC còn hiệu lực" in notice for notice in answer.notices)


# ---- False premises --------------------------------------------------------------------------------------------------


def test_a_document_taken_to_be_current_is_said_to_be_over_before_the_answer(assistant: Assistant) -> None:
    answer = ask(assistant, "Theo QĐ 148 hiện hành, sản phẩm 85 điểm được mấy sao?")
    lines = answer.text.split("\n")
    assert lines[0] == "Điều nêu trong câu hỏi không còn đúng:"
    assert lines[1].startswith("Quyết định 148/QĐ-TTg hết hiệu lực từ khoảng 21/7/2026 theo 26/2026/QĐ-TTg")
    assert "4 sao: từ 70 đến dưới 90 điểm" in answer.text
    assert "mức tối thiểu" in answer.text
    before = ask(assistant, "Theo QĐ 148 hiện hành, sản phẩm 85 điểm được mấy sao?", date(2024, 5, 1))
    assert "không còn đúng" not in before.text


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Giấy chứng nhận OCOP có giá trị 5 năm đúng không?", "Không đúng, quy định nêu:"),
        ("giay chung nhan ocop co gia tri 5 nam dung khong", "Không đúng, quy định nêu:"),
        ("Giấy chứng nhận OCOP có giá trị 3 năm phải không?", "Đúng, quy định nêu:"),
        ("Giấy chứng nhận OCOP có giá trị 36 tháng phải không?", "Đúng, quy định nêu:"),
    ],
)
def test_a_value_is_weighed_against_the_rule(question: str, verdict: str, assistant: Assistant) -> None:
    answer = ask(assistant, question)
    assert answer.text.startswith(verdict)
    assert "36 tháng" in answer.text


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("UBND huyện công nhận sản phẩm 3 sao phải không?", "cấp tỉnh (UBND cấp tỉnh) công nhận 3 sao"),
        ("Tôi nộp hồ sơ OCOP cho UBND huyện được không?", "nơi nhận hồ sơ là cấp xã (UBND cấp xã)"),
    ],
)
def test_the_district_level_is_said_to_be_gone_and_who_acts_now(question: str, says: str, assistant: Assistant) -> None:
    answer = ask(assistant, question)
    assert "không còn cấp huyện" in answer.text.split("\n")[1]
    assert says in answer.text
    assert "không còn cấp huyện" not in ask(assistant, question, date(2024, 5, 1)).text


def test_a_district_named_is_a_place_and_no_premise(assistant: Assistant) -> None:
    answer = ask(assistant, "Năm 2024 huyện Hòa An có bao nhiêu sản phẩm OCOP 4 sao?")
    assert "không còn cấp huyện" not in answer.text
    assert "3 sản phẩm 4 sao" in answer.text


def test_several_districts_are_places_and_no_premise(assistant: Assistant) -> None:
    corpus, day = assistant._view(), date(2026, 11, 22)
    level = read_premise(understand("Huyện công nhận những sản phẩm gì?"), corpus, day)
    places = read_premise(understand("Các huyện công nhận những sản phẩm gì?"), corpus, day)
    assert level is not None
    assert places is None


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("UBND xã công nhận sản phẩm 3 sao đúng không?", "Không đúng, quy định nêu:"),
        ("UBND cấp tỉnh công nhận sản phẩm 4 sao đúng không?", "Đúng, quy định nêu:"),
        ("Sản phẩm 2 sao thì giấy chứng nhận có hạn mấy năm?", "Không phải vậy, vì quy định nêu:"),
    ],
)
def test_a_wrong_level_and_a_certificate_nobody_gives(question: str, opening: str, assistant: Assistant) -> None:
    assert ask(assistant, question).text.startswith(opening)


# ---- Steps, and how many sets ----------------------------------------------------------------------------------------


def test_the_steps_of_a_first_dossier_in_order_with_units_and_deadlines(assistant: Assistant) -> None:
    answer = ask(assistant, "hồ sơ lần đầu gồm gì, nộp ở đâu, bao nhiêu ngày?")
    assert answer.status == "answered"
    at = [answer.text.index(f"(khoản {number} Điều 7)") for number in (1, 2, 3, 4)]
    assert at == sorted(at)
    for part in ("Mẫu số 01", "Mẫu số 02", "UBND cấp xã", "15 ngày làm việc", "trước 30/6", "trước 30/10"):
        assert part in answer.text
    assert "Phần tỉnh được tự quy định:\nTỉnh có thể mở thêm đợt" in answer.text
    assert "Căn cứ: Điều 7 Quyết định 26/2026/QĐ-TTg, có hiệu lực từ 22/5/2026." in answer.text
    assert "khoản 6" not in answer.text


def test_how_many_steps_and_those_of_judging_anew(assistant: Assistant) -> None:
    many = ask(assistant, "Quy trình đánh giá, phân hạng gồm mấy bước?")
    assert "Trình tự này có 4 bước, từ khoản 1 Điều 7 đến khoản 4 Điều 7." in many.text
    anew = ask(assistant, "Trình tự phân hạng lại như thế nào?")
    at = [anew.text.index(part) for part in ("180 ngày", "điểm b khoản 6", "điểm d khoản 6", "45 ngày")]
    assert at == sorted(at)


def test_steps_of_a_time_whose_text_is_only_summarised(assistant: Assistant) -> None:
    answer = ask(assistant, "Năm 2024 quy trình đánh giá gồm mấy bước?")
    assert answer.status == "partial"
    assert "Huyện công nhận 3 sao" in answer.text
    assert any("không kể được từng bước" in notice for notice in answer.notices)


def test_groups_and_sets_are_both_told(assistant: Assistant) -> None:
    answer = ask(assistant, "Có mấy nhóm, mấy bộ sản phẩm?")
    assert "06 nhóm" in answer.text
    assert "26 bộ" in answer.text


def test_an_answer_from_law_says_its_unit_and_since_when(assistant: Assistant) -> None:
    now = ask(assistant, "Giấy chứng nhận OCOP có giá trị bao lâu?")
    assert "Căn cứ: khoản 3 Điều 4 Quyết định 26/2026/QĐ-TTg, có hiệu lực từ 22/5/2026." in now.text
    former = ask(assistant, "Theo QĐ 148, giấy chứng nhận có hạn bao lâu?")
    assert "Căn cứ: Quyết định 148/QĐ-TTg, có hiệu lực từ 24/2/2023." in former.text
    assert "Quyết định 148/QĐ-TTg hết hiệu lực từ khoảng 21/7/2026" in former.text


@pytest.mark.parametrize(
    "question",
    [
        "Nước mắm chấm theo bộ nào?",
        "Theo quy định hiện hành, phần C của bộ tiêu chí có bao nhiêu điểm?",
        "Quyết định 2942/QĐ-UBND của Thanh Hóa công nhận bao nhiêu sản phẩm?",
        "Sản phẩm công nhận ngày 10/3/2025 (QĐ 148) nay còn giá trị?",
    ],
)
def test_what_is_no_question_of_which_rule_applies(question: str, assistant: Assistant) -> None:
    assert "Áp dụng Quyết định" not in ask(assistant, question).text


# ---- Who signed, what was before, what was believed ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Ai đặt bút ký Quyết định 148/QĐ-TTg?", "Trần Lưu Quang"),
        ("Chương trình OCOP giai đoạn 2018-2020 do ai ký?", "Vương Đình Huệ"),
        ("Chương trình OCOP giai đoạn 2021-2025 do vị nào ký ban hành?", "Phạm Bình Minh"),
    ],
)
def test_who_signed_a_rule_or_a_programme(question: str, name: str, assistant: Assistant) -> None:
    answer = ask(assistant, question)
    assert answer.status == "answered"
    assert name in answer.text


def test_forms_of_a_former_rule_are_said_to_be_old_and_todays_named(assistant: Assistant) -> None:
    answer = ask(assistant, "Tôi đã kê khai xong biểu 02 với biểu 04, còn phải nộp giấy gì?")
    assert answer.text.startswith("Điều nêu trong câu hỏi không còn đúng:")
    assert "1048/QĐ-TTg hết hiệu lực từ 24/2/2023" in answer.text
    assert "Mẫu số 01" in answer.text


def test_which_rule_old_forms_are_of(assistant: Assistant) -> None:
    answer = ask(assistant, "Mấy cái biểu 03, biểu 04 là của quyết định nào?")
    assert "Quyết định 1048/QĐ-TTg" in answer.text
    assert "không còn đúng" not in answer.text


def test_the_commune_never_recognises(assistant: Assistant) -> None:
    answer = ask(assistant, "Xã cấp giấy 4 sao cho tôi thì có hạn bao lâu?")
    assert answer.text.startswith("Không phải vậy, vì quy định nêu:")
    assert "cấp tỉnh (UBND cấp tỉnh) công nhận 4 sao" in answer.text


def test_who_acted_under_a_rule_taken_to_be_current(assistant: Assistant) -> None:
    answer = ask(assistant, "Theo QĐ 148 mới nhất thì cấp nào công nhận 3 sao?")
    former, now = answer.text.split("Theo quy định áp dụng:")
    assert "Theo Quyết định 148/QĐ-TTg, cấp huyện công nhận 3 sao." in former
    assert "UBND cấp tỉnh công nhận" in now


def test_what_a_rule_said_while_it_stood_is_no_false_premise(assistant: Assistant) -> None:
    answer = ask(assistant, "Khi QĐ 148 còn hiệu lực, từ mấy điểm thì tỉnh chuyển ra trung ương?")
    assert "không còn đúng" not in answer.text
    assert "90 điểm" in answer.text


@pytest.mark.parametrize(
    ("question", "level"),
    [
        ("Hồi 2020 cấp nào công nhận 3 sao?", "1048/QĐ-TTg, cấp tỉnh công nhận 3 sao"),
        ("Lúc còn cấp huyện thì 3 sao do ai công nhận?", "148/QĐ-TTg, cấp huyện công nhận 3 sao"),
        ("Trước tháng 7/2025 thì 3 sao do ai công nhận?", "148/QĐ-TTg, cấp huyện công nhận 3 sao"),
    ],
)
def test_times_said_without_a_date(question: str, level: str, assistant: Assistant) -> None:
    assert level in ask(assistant, question).text


def test_what_was_before_the_document_spoken_of(assistant: Assistant) -> None:
    before = assistant.ask("Theo Quyết định 1489 thì ai công nhận sản phẩm 3 sao?", as_of=TODAY)
    answer = assistant.ask("Thế trước quyết định đó thì ai công nhận?", conversation=before.conversation, as_of=TODAY)
    assert answer_faults(answer) == []
    assert "148/QĐ-TTg, cấp huyện công nhận 3 sao" in answer.text


def test_a_criterion_spoken_of_at_another_star(assistant: Assistant) -> None:
    before = assistant.ask("Nước mắm muốn 4 sao thì liên kết chuỗi tới đâu?", as_of=TODAY)
    answer = assistant.ask("Còn lên 5 sao thì tiêu chí đó phải thế nào?", conversation=before.conversation, as_of=TODAY)
    assert "ổn định ít nhất 12 tháng" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Quyết định 377 công nhận 28 sản phẩm 5 sao vào ngày nào?",
        "Ai ký quyết định công nhận 9 sản phẩm 3 sao?",
        "Quyết định nào công nhận 47 sản phẩm 5 sao, trước ngày nào?",
    ],
)
def test_what_was_done_to_so_many_products_is_no_question_of_law(question: str, assistant: Assistant) -> None:
    answer = ask(assistant, question)
    assert "Theo Quyết định 26/2026/QĐ-TTg" not in answer.text
    assert "Áp dụng Quyết định" not in answer.text


def test_a_text_that_says_it_does_not_know_is_partial(assistant: Assistant) -> None:
    answer = ask(assistant, "Quyết định nào phê duyệt chương trình OCOP giai đoạn 2026-2030?")
    assert answer.status == "partial"
    assert "chưa đọc được quyết định phê duyệt" in answer.text
    assert "919/QĐ-TTg" not in answer.text
    former = ask(assistant, "Quyết định nào phê duyệt chương trình OCOP giai đoạn 2021-2025?")
    assert former.status == "answered"
    assert "919/QĐ-TTg" in former.text


def test_a_first_dossier_begins_with_who_may_take_part(assistant: Assistant) -> None:
    answer = ask(assistant, "Hồ sơ lần đầu phải đi qua các bước nào?")
    assert "Hộ chưa đăng ký kinh doanh thì phải đăng ký trước." in answer.text


def test_what_a_programme_aims_at(assistant: Assistant) -> None:
    answer = ask(assistant, "Chỉ tiêu sản phẩm 5 sao của chương trình OCOP giai đoạn 2021-2025 là bao nhiêu?")
    assert "từ 400 đến 500 sản phẩm 5 sao" in answer.text


def test_the_end_of_certificates_a_source_dates_is_reckoned(assistant: Assistant) -> None:
    answer = ask(assistant, "Sáu sản phẩm 4 sao mà Yên Bái cấp chứng nhận cuối 2023 thì giấy hết hạn ngày nào?")
    assert "tính từ 28/12/2023 thì hết hạn 28/12/2026" in answer.text
    (reckoned,) = [claim.calculation for claim in answer.claims if claim.calculation is not None]
    assert (reckoned.operation, reckoned.result) == ("months_after", 20261228.0)
    assert [operand.value for operand in reckoned.operands] == [20231228.0, 36.0]


@pytest.mark.parametrize(
    ("first", "then", "clause"),
    [
        ("Ai có quyền lấy lại giấy hạng 4 sao?", "Bao lâu thì xong?", "khoản 4 Điều 8"),
        ("Xã được giữ hồ sơ OCOP mấy ngày?", "Trong thời gian đó xã xem mấy mặt nào?", "khoản 2 Điều 7"),
        ("Hồ sơ gửi tỉnh phải kèm mấy món hàng mẫu?", "Tour du lịch cũng phải nộp à?", "khoản 2 Điều 6"),
    ],
)
def test_what_a_question_goes_into_settles_it_before_inherited_words(
    first: str, then: str, clause: str, assistant: Assistant
) -> None:
    before = assistant.ask(first, as_of=TODAY)
    answer = assistant.ask(then, conversation=before.conversation, as_of=TODAY)
    assert answer.status == "answered"
    assert f"Căn cứ: {clause} Quyết định 26/2026/QĐ-TTg" in answer.text


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("Hồ sơ lần đầu nộp ngày 10/5/2026 thì theo quy định nào?", "60 ngày"),
        ("Nộp hồ sơ chấm lại hồi tháng 4/2026 chưa ai xét thì tính theo quy định nào?", "30 ngày"),
    ],
)
def test_a_dossier_filed_before_the_rule_is_told_the_transition(question: str, days: str, assistant: Assistant) -> None:
    answer = assistant.ask(question, as_of=TODAY)
    said = [answer.text[one.start : one.end] for one in answer.claims]
    assert any(f"phải xong trong {days}" in line and "Điều 12, khoản 2" in line for line in said)
    assert "hạn chuyển tiếp đã qua" in answer.text


def test_what_came_before_a_rule_asks_nothing_of_its_state(assistant: Assistant) -> None:
    answer = assistant.ask("Hồ sơ nộp trước ngày QĐ 26 có hiệu lực mà chưa chấm thì sao?", as_of=TODAY)
    assert "Điều 12, khoản 2, điểm a" in answer.text
    assert not answer.text.startswith("Còn hiệu lực")
