"""`--explain`: every step is told in order, with what it gave."""

import re
from datetime import date
from pathlib import Path

from assistant.explain import explained
from assistant.question import Question
from assistant.recorded import Recorded
from assistant.retrieve import Found
from assistant.steps import Step, Steps
from evaluation.answers import assistant_over

TODAY = date(2026, 11, 22)


def test_a_step_is_timed_and_told_with_what_it_took_and_gave() -> None:
    seen: list[Step] = []
    steps = Steps(seen.append)
    assert steps.run("read", str.upper, "ocop") == "OCOP"
    assert steps.run("read", str.upper, "sao") == "SAO"
    assert [(step.name, step.taken, step.given) for step in seen] == [("read", "ocop", "OCOP"), ("read", "sao", "SAO")]
    assert steps.ms["read"] == sum(step.ms for step in seen)
    for grade in ("3 sao", "4 sao"):
        assert steps.attempt("judge", {"3 sao": "4 sao"}.get, grade) == ("4 sao" if grade == "3 sao" else None)
    draft = ["SAO"]
    assert steps.attempt("judge", lambda kept: kept, draft) is draft
    assert [step.given for step in seen if step.name == "judge"] == ["4 sao"]


def test_every_step_of_an_answer_is_told(demo_data: Path) -> None:
    assistant = assistant_over(demo_data)
    seen: list[Step] = []
    answer = assistant.ask("cuoi thang 8/2023 an giang co bao nhieu san pham OCOP", as_of=TODAY, watch=seen.append)
    assert answer.status == "answered"
    assert [step.name for step in seen] == [
        *("read", "understand", "split", "records", "retrieve", "judge", "compose", "check", "cite"),
    ]
    read, understood, _, recorded, found = (step.given for step in seen[:5])
    assert read == "cuối tháng 8/2023 an giang có bao nhiêu sản phẩm OCOP" == answer.read_as
    assert isinstance(understood, Question)
    assert (understood.places, understood.dates, understood.wanted) == (("an-giang",), ("2023-08",), "figure")
    assert isinstance(recorded, Recorded)
    assert not recorded.settled
    assert isinstance(found, Found)
    text = explained(seen)
    for line in (
        r"1\. Đọc câu hỏi \(\d+\.\d ms\)\n   cuối tháng 8/2023 an giang có bao nhiêu sản phẩm OCOP",
        r"\n   cần: figure\n   nơi: An Giang\n   lúc: 2023-08 \(2023-08-20 đến 2023-08-31\)\n   đếm: sản phẩm\n",
        r"\n4\. Xem số liệu và hồ sơ đã ghi \(\d+\.\d ms\)\n   còn phải tìm trong các đoạn văn\n   answered, độ chắc ",
        rf"\n   tin tức: {len(found.news)} đoạn\n",
        r"\n8\. Soát từng câu \(\d+\.\d ms\)\n   giữ \d câu, bỏ 0\n",
        r"\n9\. Dẫn nguồn \(\d+\.\d ms\)\n   \d ý, \d trích dẫn$",
    ):
        assert re.search(line, text), line
    assert max(map(len, text.splitlines())) <= 113


def test_what_records_settle_is_searched_for_nowhere(demo_data: Path) -> None:
    seen: list[Step] = []
    answer = assistant_over(demo_data).ask(
        "Tháng 9/2025 Thanh Hóa hay Đồng Tháp có nhiều sản phẩm 4 sao hơn?", as_of=TODAY, watch=seen.append
    )
    assert answer.status == "answered"
    assert answer.timings_ms.search == 0
    assert [step.name for step in seen] == ["read", "understand", "split", "records", "compose", "check", "cite"]
    assert "\n   đủ trả lời, không cần tìm đoạn văn\n   answered, độ chắc " in explained(seen)


def test_what_is_turned_away_is_looked_up_nowhere(demo_data: Path) -> None:
    seen: list[Step] = []
    answer = assistant_over(demo_data).ask("Giá vàng hôm nay?", as_of=TODAY, watch=seen.append)
    assert answer.status == "out_of_scope"
    assert [step.name for step in seen] == ["read", "understand"]
