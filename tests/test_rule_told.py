"""What a rule says of a thing where a question names it or its time; what a text says of a set beside its table."""

from datetime import date
from pathlib import Path

import pytest

from assistant import answer as say
from assistant.by_law import by_law
from assistant.check import checked
from assistant.claimed_value import Value, verdict_on
from assistant.corpus import Corpus
from assistant.draft import Draft
from assistant.premise import read_premise
from assistant.question import understand
from assistant.rule_told import rule_told_draft
from index.search import Searcher

TODAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def corpus(law_data: Path) -> Corpus:
    return Corpus(law_data, Searcher.open(law_data))


def text(found: Draft | None) -> str:
    if found is None:
        return ""
    kept, faults = checked(found)
    assert (faults, kept.segments) == ((), found.segments)
    return "\n".join(segment.text for segment in found.segments)


def ruled(corpus: Corpus, question: str) -> str:
    return text(by_law(understand(question, TODAY), corpus, TODAY))


@pytest.mark.parametrize(
    ("question", "said", "rule"),
    [
        ("Theo 148 thì phải báo chủ thể trước khi giấy hết hạn bao nhiêu ngày?", "Chậm nhất 30 ngày", "148/QĐ-TTg"),
        ("Quyết định 148 có thêm mấy bộ cho sinh vật cảnh?", "thêm ba bộ cho sinh vật cảnh", "148/QĐ-TTg"),
        ("Theo Quyết định 148, huyện chuyển sản phẩm bao nhiêu điểm lên tỉnh?", "từ 70 điểm lên tỉnh", "148/QĐ-TTg"),
        ("Quyết định 1489 đụng tới phụ lục nào của Quyết định 148?", "Phụ lục II", "1489/QĐ-TTg"),
        ("Giới thiệu bộ máy trong hồ sơ hồi 2020 là biểu số mấy?", "giới thiệu bộ máy (biểu 04)", "1048/QĐ-TTg"),
    ],
)
def test_a_rule_named_tells_the_thing_asked(corpus: Corpus, question: str, said: str, rule: str) -> None:
    told = ruled(corpus, question)
    assert said in told.split("\n")[0]
    assert f"Căn cứ: Quyết định {rule}" in told


@pytest.mark.parametrize(
    "question",
    [
        "Theo Quyết định 148, lệ phí chấm điểm bao nhiêu tiền?",
        "Quyết định 1048 quy định hội đồng huyện có mấy người?",
        "Hồ sơ nộp năm 2022 thì chấm theo quyết định nào?",  # which rule applied is no thing asked of one
        "Quyết định 148 còn hiệu lực không?",
        "Mật ong được mấy điểm bao bì?",
    ],
)
def test_what_a_rule_does_not_tell_or_is_not_asked(corpus: Corpus, question: str) -> None:
    assert rule_told_draft(understand(question, TODAY), corpus, TODAY) is None


def test_the_former_rule_tells_who_recognised_while_it_applied(corpus: Corpus) -> None:
    told = ruled(corpus, "Giai đoạn áp dụng Quyết định 148 thì ai công nhận 3 sao?")
    assert "Theo Quyết định 148/QĐ-TTg, cấp huyện công nhận 3 sao." in told


def test_when_a_rule_came_out(corpus: Corpus) -> None:
    assert "Quyết định 781/QĐ-TTg được ký ngày 8/6/2020." in ruled(corpus, "Quyết định 781 ra ngày nào?")


def test_the_sets_of_a_former_rule_are_not_counted_by_todays(corpus: Corpus) -> None:
    assert "gồm 26 bộ" in ruled(corpus, "Quyết định 26/2026 có mấy bộ tiêu chí?")
    former = understand("Quyết định 1048 có mấy bộ tiêu chí?", TODAY)
    assert by_law(former, corpus, TODAY) is None


def test_what_a_form_of_former_law_was(corpus: Corpus) -> None:
    premise = read_premise(understand("Hồi trước biểu 04 là giấy gì?", TODAY), corpus, TODAY)
    assert premise is not None
    assert premise.segments[0].text.startswith("Hồ sơ bắt buộc gồm")
    assert "biểu 04" in premise.segments[0].text


# ---- Beside the table of a set -------------------------------------------------------------------------------------


def test_a_misprint_is_told_by_the_remark_on_that_criterion_alone(corpus: Corpus) -> None:
    lines = ruled(corpus, "Mục dinh dưỡng của mật ong: bản in 13 điểm, trang ghi 3, tin số nào?").split("\n")
    assert lines[0].startswith("Lưu ý: ở mục 7, bản in")
    assert not any("mục 1.2" in line for line in lines)


def test_every_misprint_of_a_set_where_none_is_named(corpus: Corpus) -> None:
    lines = ruled(corpus, "Bộ mật ong bản in có lỗi ở đâu?").split("\n")
    assert [line[:16] for line in lines[:2]] == ["Lưu ý: ở mục 7, ", "Lưu ý: ở mục 1.2"]


def test_how_two_sets_differ_is_told_before_their_criteria(corpus: Corpus) -> None:
    lines = ruled(corpus, "Bộ nước mắm khác bộ cà phê thế nào ở mục vùng nguyên liệu?").split("\n")
    assert lines[0].startswith("So với bộ cà phê, bộ này không chấm chứng nhận của vùng nguyên liệu")
    assert lines[1].startswith("1.2. Vùng nguyên liệu")


def test_parts_of_a_set_that_is_not_held_are_told_by_the_guide(corpus: Corpus) -> None:
    assert "sức mạnh cộng đồng 12" in ruled(corpus, "Bộ 1 thì sức mạnh cộng đồng tối đa mấy điểm?")


def test_where_raw_material_is_bought_is_its_criterion(corpus: Corpus) -> None:
    told = ruled(corpus, "Gạo gom từ tỉnh khác về đóng gói có chấm theo bộ 3 được không?")
    assert told.startswith("1.1. Sản phẩm trồng ở đâu")
    assert "Yêu cầu: cả 100% phải trồng trong tỉnh" in told
    assert "bao bì" not in told


# ---- What a question takes for granted -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    [
        "Giấy 4 sao do huyện cấp hồi trước, giờ bỏ huyện rồi có còn xài được không?",
        "Năm nào huyện được chấm hạng 3 sao?",
        "Sản phẩm lên 3 sao thì huyện thưởng bao nhiêu?",
    ],
)
def test_who_knows_that_the_district_level_is_gone_is_not_told_so(corpus: Corpus, question: str) -> None:
    assert read_premise(understand(question, TODAY), corpus, TODAY) is None


def test_who_takes_the_district_level_to_act_now_is_told(corpus: Corpus) -> None:
    premise = read_premise(understand("Huyện chấm 3 sao thì mất bao lâu?", TODAY), corpus, TODAY)
    assert premise is not None
    assert "không còn cấp huyện" in "\n".join(segment.text for segment in premise.segments)


def test_points_of_the_highest_star_are_told_with_what_the_province_does_next(corpus: Corpus) -> None:
    told = ruled(corpus, "Tỉnh chấm 93 điểm thì được mấy sao?")
    assert "5 sao: từ 90 đến 100 điểm" in told
    assert "từ 90 điểm thì tỉnh phê duyệt kết quả và gửi hồ sơ ra Bộ" in told
    lower = ruled(corpus, "Tỉnh chấm 83 điểm thì được mấy sao?")
    assert "4 sao: từ 70 đến dưới 90 điểm, cấp tỉnh." in lower
    assert "gửi hồ sơ ra Bộ" not in lower


def test_points_within_a_range_are_not_called_wrong(corpus: Corpus) -> None:
    stated = "a) 5 sao: từ 90 đến 100 điểm, cấp quốc gia."
    assert verdict_on(Value(amount=93.0, unit="points"), stated) is None
    assert verdict_on(Value(amount=80.0, unit="points"), stated) == say.FALSE_SAYING
    told = ruled(corpus, "Được 93 điểm là 5 sao rồi đúng không?")
    assert "Không đúng" not in told
    assert "từ 90 đến 100 điểm" in told


@pytest.mark.parametrize("question", ["Từ khi nào tỉnh công nhận 3 sao?", "Năm nào huyện được công nhận 3 sao?"])
def test_since_when_a_level_recognises_is_told_by_the_rules_in_turn(corpus: Corpus, question: str) -> None:
    lines = ruled(corpus, question).split("\n")
    assert [line for line in lines if "công nhận 3 sao." in line] == [
        "Theo Quyết định 1048/QĐ-TTg, cấp tỉnh công nhận 3 sao.",
        "Theo Quyết định 148/QĐ-TTg, cấp huyện công nhận 3 sao.",
        "Theo Quyết định 1489/QĐ-TTg, cấp tỉnh công nhận 3 sao.",
        "Theo Quyết định 26/2026/QĐ-TTg, cấp tỉnh (UBND cấp tỉnh) công nhận 3 sao.",
    ]


def test_after_a_day_is_the_time_since_it(corpus: Corpus) -> None:
    told = ruled(corpus, "Sau ngày 6/7/2025 ai công nhận 3 sao?")
    assert "Theo Quyết định 1489/QĐ-TTg, cấp tỉnh công nhận 3 sao." in told
    assert "Theo Quyết định 26/2026/QĐ-TTg, cấp tỉnh (UBND cấp tỉnh) công nhận 3 sao." in told
    assert "cấp huyện công nhận" not in told


def test_too_little_said_of_a_thing_is_no_question_of_a_rule(corpus: Corpus) -> None:
    asked = understand("Theo Quyết định 148 ai được làm chủ thể?", TODAY)
    assert rule_told_draft(asked, corpus, TODAY) is None
