"""Several rules asked for in one question are all told, each with the clause it rests on."""

from datetime import date
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.draft import Draft, quoted
from assistant.evidence import Evidence
from assistant.question import understand
from assistant.rules_together import rules_together
from evaluation.answers import assistant_over
from tests.archived import make_article

DAY = date(2026, 11, 22)
FILED, RECOGNISED, LASTS = (
    f"Căn cứ: khoản {clause} Quyết định 26/2026/QĐ-TTg, có hiệu lực từ 22/5/2026."
    for clause in ("1 Điều 7", "1 Điều 4", "3 Điều 4")
)


@pytest.fixture(scope="module")
def assistant(demo_data: Path) -> Assistant:
    return assistant_over(demo_data)


def bases(assistant: Assistant, question: str) -> list[str]:
    """The lines of an answer that name the clause it rests on."""
    answer = assistant.ask(question, as_of=DAY)
    assert answer.status == "answered"
    said = [answer.text[one.start : one.end] for one in answer.claims]
    return [line for line in said if line.startswith("Căn cứ")]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Chủ thể phải nộp hồ sơ ở đâu, ai quyết định công nhận hạng 4 sao?", [FILED, RECOGNISED]),
        ("Giấy chứng nhận OCOP có giá trị bao lâu và ai cấp giấy 5 sao?", [LASTS, RECOGNISED]),
        ("Giay chung nhan co gia tri bao lau, ho so nop o dau?", [LASTS, FILED]),
        # the first rule answers both
        ("Nộp hồ sơ OCOP ở đâu, phải làm mấy bộ?", [FILED]),
        ("Nộp hồ sơ OCOP cần bao nhiêu bộ giấy và bao nhiêu bộ điện tử?", [FILED]),
        # one thing asked, however many commas
        ("Tôi làm chè, mới 3 sao, giấy chứng nhận có giá trị bao lâu?", [LASTS]),
    ],
)
def test_each_rule_asked_for_is_told_once(question: str, expected: list[str], assistant: Assistant) -> None:
    assert bases(assistant, question) == expected


RENEWED = "Căn cứ: khoản 6 Điều 7 Quyết định 26/2026/QĐ-TTg, có hiệu lực từ 22/5/2026."
CHECKED, CHECKS = (
    f"Căn cứ: khoản {clause} Điều 9 Quyết định 26/2026/QĐ-TTg, có hiệu lực từ 22/5/2026." for clause in (2, 3)
)


def test_two_points_of_one_clause_are_told_above_what_both_rest_on(assistant: Assistant) -> None:
    answer = assistant.ask("Chấm lại thì hội đồng có phải họp không, lâu nhất mấy ngày?", as_of=DAY)
    said = [answer.text[one.start : one.end] for one in answer.claims]
    assert [line[:2] for line in said if line[1:2] == ")"] == ["d)", "g)"]
    assert said[-1] == RENEWED
    assert said.count(RENEWED) == 1


@pytest.mark.parametrize(
    "question",
    [
        "Đoàn xuống kiểm tra kiểu gì, coi những gì?",
        # "rồi thì" opens no clause of its own
        "Có sao rồi thì đoàn kiểm tra kiểu gì và coi những gì?",
    ],
)
def test_a_clause_of_few_words_leans_on_the_one_before_it(question: str, assistant: Assistant) -> None:
    assert bases(assistant, question) == [CHECKED, CHECKS]


def test_the_law_at_a_date_is_told_of_the_whole_question(assistant: Assistant) -> None:
    answer = assistant.ask("Năm 2024 hạng 5 sao do ai công nhận, hồ sơ nộp ở đâu?", as_of=DAY)
    assert "Theo Quyết định 148/QĐ-TTg, nơi nhận hồ sơ là cấp huyện." in answer.text
    assert "26/2026" not in answer.text


def ruling(text: str) -> Draft:
    """What a rule of its own article tells."""
    article, _ = make_article([text])
    return Draft(status="answered", segments=(quoted(Evidence(article=article, start=0, end=len(text))),))


WHERE = ruling("Chủ thể nộp 01 bộ hồ sơ cho xã; xã ra quyết định công nhận hồ sơ hợp lệ theo Quyết định này.")
WHO = ruling("Tỉnh công nhận hạng 4 sao.")
SETS = ruling("Có 26 bộ tiêu chí.")


@pytest.mark.parametrize(
    ("question", "own", "told"),
    [
        # the first rule says every word of the second clause, and is another rule still
        ("Nộp hồ sơ ở đâu, ai quyết định công nhận?", (WHERE, WHO), (WHERE, WHO)),
        ("Ai quyết định công nhận, nộp hồ sơ ở đâu?", (WHO, WHERE), (WHO, WHERE)),
        # no rule for it, the same rule, a number that is told
        ("Nộp hồ sơ ở đâu, ai cho mượn xe?", (WHERE, None), (WHERE,)),
        ("Nộp hồ sơ ở đâu, ai nhận hồ sơ?", (WHERE, WHERE), (WHERE,)),
        ("Nộp hồ sơ ở đâu, phải làm mấy bộ?", (WHERE, SETS), (WHERE,)),
        # one clause, and a day of which the whole is asked
        ("Nộp hồ sơ ở đâu ạ, tôi ở xa lắm", (WHERE,), (WHERE,)),
        ("Năm 2024 nộp hồ sơ ở đâu, ai quyết định công nhận?", (WHERE, WHO), (WHERE,)),
    ],
)
def test_a_rule_is_added_that_stands_elsewhere(
    question: str, own: tuple[Draft | None, ...], told: tuple[Draft, ...]
) -> None:
    rules = iter(own)
    found = rules_together(understand(question, DAY), WHERE, lambda _: next(rules))
    assert found.segments == tuple(segment for draft in told for segment in draft.segments)


def test_each_clause_is_of_the_product_of_the_question(assistant: Assistant) -> None:
    text = assistant.ask("Gạo chấm theo bộ tiêu chí nào, bị loại hồ sơ khi nào?", as_of=DAY).text
    assert text.index("Bộ tiêu chí 3") < text.index("Hồ sơ bị loại nếu")
