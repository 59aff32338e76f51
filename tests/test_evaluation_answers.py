"""Answers judged by hand-made cases; the command over a real index, and over a real server."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer, Citation, Claim, Status, Timings
from evaluation.__main__ import main
from evaluation.answers import Asked, Report, judge, read_questions, says_value, summarise
from evaluation.answers_command import question_files
from evaluation.floors import TABLE, Floor, FloorsError, floor_of, shortfalls
from evaluation.report import answers_table, wrong_ones
from tests.conftest import Corpus, Served

QUESTIONS = """
[[question]]
question = "Tính đến tháng 6/2020, Nam Định có bao nhiêu sản phẩm OCOP?"
kind = "fact"
status = "answered"
expect = ["62"]
article = "/nam-dinh.html"

[[question]]
question = "Còn An Giang cuối tháng 8/2023?"
kind = "fact"
status = "answered"
after = ["Tính đến tháng 6/2020, Nam Định có bao nhiêu sản phẩm OCOP?"]
expect = ["92"]

[[question]]
question = "Giá vàng hôm nay?"
kind = "off_topic"
status = "out_of_scope"
accept = ["no_evidence"]
"""


def answer(text: str, status: Status = "answered", *, path: str | None = "/a.html") -> Answer:
    """One quoted sentence with its citation, or a canned text without."""
    cited = status in ("answered", "partial")
    citation = Citation(
        number=1, article_id="0" * 16, url=None if path is None else f"https://bao.example{path}", original_url=None,
        title="Bài", source="Báo thử", kind="news", published=None, event_date=None, date_precision=None, heading="",
        quote=text, start=0, end=len(text), digest="0" * 64,
    )  # fmt: skip
    return Answer(
        status=status,
        text=f"{text} [1]" if cited else text,
        as_of="2026-11-22",
        corpus_updated=None,
        claims=(Claim(start=0, end=len(text), kind="quoted", citations=(1,)),) if cited else (),
        citations=(citation,) if cited else (),
        notices=(),
        conversation="c",
        timings_ms=Timings(embed=0, search=0, compose=0, total=0),
    )


def asked(status: str = "answered", *expect: str, article: str | None = None, accept: tuple[str, ...] = ()) -> Asked:
    return Asked(question="Có mấy?", kind="fact", status=status, expect=expect, article=article, accept=accept)


def floor(**changes: object) -> Floor:
    made = Floor(
        file="q.toml", sha256="0" * 64, as_of=date(2026, 11, 22), accuracy=0.5, false_answer_rate=0.5,
        over_refusal_rate=0.5, violations=0,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "value", "right"),
    [
        ("Có 62 sản phẩm.", "62", True),
        ("Có 162 sản phẩm.", "62", False),
        ("Có 620 sản phẩm.", "62", False),
        ("Có 1.062 sản phẩm.", "062", False),
        ("Đạt 62,5 điểm.", "62", False),
        ("Tổng là 62.", "62", True),
        ("Huyện MỘ ĐỨC dẫn đầu.", "Mộ Đức", True),
        ("Có 1.369 sản phẩm.", "1.369", True),
        ("Ngày 12/6/2020.", "6/2020", True),
        ("Ít nhất 02 đợt.", "2 đợt", True),
        ("Từ 04/7/2026.", "4/7/2026", True),
        ("Từ 4/7/2026.", "04/7/2026", True),
        ("Theo Mẫu số 01.", "Mẫu số 1", True),
        ("Được 0,5 điểm.", "5", False),
        ("Có 10.002 hộ.", "2", False),
    ],
)
def test_a_value_counts_only_as_a_whole_number(text: str, value: str, right: bool) -> None:
    outcome = judge(asked("answered", value), answer(text))
    assert outcome.faults == (() if right else (f"{value!r} is not said",))
    assert outcome.violations == ()


def test_the_page_cited_must_be_a_right_one() -> None:
    assert judge(asked(article="/a.html"), answer("Có 62.")).faults == ()
    assert judge(asked(article="/b.html"), answer("Có 62.")).faults == ("cites ['/a.html'], expected ['/b.html']",)
    other = replace(asked(article="/b.html"), or_articles=("/a.html",))
    assert judge(other, answer("Có 62.")).faults == ()
    assert judge(asked(article="/b.html"), answer("Có 62.", path=None)).faults == ("cites [''], expected ['/b.html']",)


def test_another_status_is_wrong_unless_accepted() -> None:
    silent = answer("Không tìm thấy.", "no_evidence")
    assert judge(asked("answered", "62"), silent).faults == ("status no_evidence, expected answered",)
    assert judge(asked("out_of_scope", accept=("no_evidence",)), silent).faults == ()


def test_a_broken_contract_is_found_even_where_the_values_are_right() -> None:
    broken = replace(answer("Có 62."), citations=())
    assert judge(asked("answered", "62"), broken).violations != ()


def test_rates_are_of_the_questions_they_are_about() -> None:
    outcomes = [
        judge(asked("answered", "62"), answer("Có 62.")),
        judge(asked("answered", "62"), answer("Có 63.")),
        judge(asked("answered", "62"), answer("Không tìm thấy.", "no_evidence")),
        judge(asked("answered", "62"), answer("Có 62.", "partial")),
        judge(asked("no_evidence"), answer("Không tìm thấy.", "no_evidence")),
        judge(asked("no_evidence"), answer("Có 1.")),
        judge(asked("no_evidence"), answer("Có 1.", "partial")),
        judge(asked("no_evidence", accept=("partial",)), answer("Có 1.", "partial")),
    ]
    report = summarise(outcomes, [8.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0])
    assert (report.questions, report.answerable, report.unanswerable) == (8, 4, 4)
    assert report.right == 3
    assert report.accuracy == 0.25
    assert report.over_refusal_rate == 0.25
    assert report.false_answer_rate == 0.5
    assert (report.p50_ms, report.p95_ms) == (5.0, 8.0)
    assert report.violations == 0


def test_a_rate_of_nothing_is_none() -> None:
    report = summarise([judge(asked("no_evidence"), answer("Không.", "no_evidence"))], [1.0])
    assert (report.accuracy, report.over_refusal_rate, report.false_answer_rate) == (None, None, 0.0)
    assert "| đúng, trên câu có lời đáp | chưa đo | 0 |" in answers_table(report, [])


def test_people_see_the_rates_and_each_wrong_answer() -> None:
    right = judge(asked("answered", "62"), answer("Có 62."))
    wrong = judge(replace(asked("answered", "62"), question="Mấy sản phẩm?"), answer("Có 63."))
    table = answers_table(summarise([right, wrong, right], [1.0, 2.0, 3.0]), [right, wrong, right])
    assert "| đúng, trên câu có lời đáp | 66,67 % | 2/3 |" in table
    assert "| fact | 2 | 3 |" in table
    assert wrong_ones([right, wrong]) == (
        "SAI  Mấy sản phẩm?  (fact)\n     '62' is not said\n     answered: Có 63. [1]\n     dẫn [1] Bài"
    )


def test_shortfalls_name_what_fell_and_an_unmeasured_rate_falls() -> None:
    report = Report(
        questions=4, right=1, answerable=2, unanswerable=2, accuracy=0.4, false_answer_rate=0.75,
        over_refusal_rate=None, violations=1, p50_ms=1, p95_ms=1,
    )  # fmt: skip
    assert shortfalls(report, floor()) == (
        "trả lời đúng 40 %, cần ít nhất 50 %",
        "trả lời dù kho không có 75 %, cho phép nhiều nhất 50 %",
        "kho có mà không trả lời chưa đo, cho phép nhiều nhất 50 %",
        "1 chỗ phá giao kèo dẫn nguồn, cho phép 0",
    )
    held = replace(report, accuracy=0.5, false_answer_rate=0.5, over_refusal_rate=0.5, violations=0)
    assert shortfalls(held, floor()) == ()


def test_a_floor_holds_only_for_the_file_it_was_set_for(tmp_path: Path) -> None:
    questions, table = tmp_path / "q.toml", tmp_path / "floors.toml"
    questions.write_text(QUESTIONS, encoding="utf-8")
    digest = hashlib.sha256(questions.read_bytes()).hexdigest()
    table.write_text(
        f'[[floor]]\nfile = "{questions}"\nsha256 = "{digest}"\nas_of = 2026-11-22\naccuracy = 0.9\n'
        "false_answer_rate = 0.0\nover_refusal_rate = 0.1\n",
        encoding="utf-8",
    )
    assert floor_of(questions, table).accuracy == 0.9
    questions.write_text(QUESTIONS + "\n", encoding="utf-8")
    changed = hashlib.sha256(questions.read_bytes()).hexdigest()
    with pytest.raises(FloorsError, match=f"đã đổi.*{changed}"):
        floor_of(questions, table)
    table.write_text("", encoding="utf-8")
    with pytest.raises(FloorsError, match="chưa có sàn"):
        floor_of(questions, table)


@pytest.mark.parametrize("file", question_files(None), ids=lambda file: file.name)
def test_every_file_asked_by_default_has_a_floor_as_it_stands(file: Path) -> None:
    assert floor_of(file, TABLE).violations == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [("", "holds no"), ("x = ", "no question file"), ('[[question]]\nquestion = "a"\n', "kind")],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "q.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        read_questions(path)


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.toml"
    path.write_text(QUESTIONS, encoding="utf-8")
    return path


def test_the_command_over_a_data_folder(corpus: Corpus, questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["answers", "--file", str(questions), "--data", str(corpus.data), "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["files"][0]["sha256"] == hashlib.sha256(questions.read_bytes()).hexdigest()
    assert [outcome["right"] for outcome in record["outcomes"]] == [True, True, True]
    assert record["report"]["accuracy"] == 1.0
    assert record["outcomes"][0]["answer"]["citations"][0]["article_id"] == corpus.nam_dinh.id


def test_a_server_says_the_same_as_its_data_folder(
    corpus: Corpus, server: Served, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for where in (["--url", server.url], ["--data", str(corpus.data)]):
        assert main(["answers", "--file", str(questions), *where, "--json", "--as-of", "2026-11-22"]) == 0
        outcomes = json.loads(capsys.readouterr().out)["outcomes"]
        said.append([(outcome["answer"]["status"], outcome["answer"]["text"]) for outcome in outcomes])
    assert said[0] == said[1]


def test_a_file_without_floor_is_refused_before_anything_is_asked(
    corpus: Corpus, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["answers", "--file", str(questions), "--data", str(corpus.data), "--gate"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert hashlib.sha256(questions.read_bytes()).hexdigest() in captured.err


def test_the_gate_fails_below_the_floor_and_holds_at_it(
    corpus: Corpus, questions: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = questions.read_text(encoding="utf-8").replace('"92"', '"93"')
    for content, code, accuracy in ((QUESTIONS, 0, 1.0), (wrong, 1, 1.0), (wrong, 0, 0.5)):
        questions.write_text(content, encoding="utf-8")
        table = questions.with_name("floors.toml")
        digest = hashlib.sha256(questions.read_bytes()).hexdigest()
        table.write_text(
            f'[[floor]]\nfile = "{questions}"\nsha256 = "{digest}"\nas_of = 2026-11-22\naccuracy = {accuracy}\n'
            "false_answer_rate = 0.0\nover_refusal_rate = 0.0\n",
            encoding="utf-8",
        )
        monkeypatch.setattr("evaluation.answers_command.FLOORS", table)
        assert main(["answers", "--file", str(questions), "--data", str(corpus.data), "--gate"]) == code
    assert "trả lời đúng 50 %, cần ít nhất 100 %" in capsys.readouterr().err


def test_without_a_command_answers_are_measured(
    tmp_path: Path, questions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--file", str(questions), "--data", str(tmp_path)]) == 1
    assert f"python -m index build --data {tmp_path}" in capsys.readouterr().err


def test_a_server_that_is_not_there_is_said(questions: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["answers", "--file", str(questions), "--url", "http://127.0.0.1:9"]) == 1
    assert "http://127.0.0.1:9/api/ask" in capsys.readouterr().err
    assert main(["answers", "--file", str(questions), "--url", "127.0.0.1:9"]) == 1
    assert "không phải địa chỉ máy chủ" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("said", "value", "held"),
    [
        ("khoảng 73,99 % (256 / 346)", "73,99%", True),
        ("khoảng 74% số sản phẩm", "74 %", True),
        ("khoảng 74 sản phẩm", "74%", False),
        ("khoảng 173,99 %", "73,99%", False),
    ],
)
def test_a_share_is_the_same_with_a_blank_and_without(said: str, value: str, held: bool) -> None:
    assert says_value(said, value) is held
