"""`python -m evaluation answers` over several files, and with near misses; the keys of a question file."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer
from evaluation.__main__ import main
from evaluation.answers import Asked, Outcome, answers_falsely, judge, read_questions, run, summarise
from evaluation.answers_command import DEMO_QUESTIONS, OWN_QUESTIONS, question_files
from evaluation.floors import shortfalls
from evaluation.put_otherwise import FORMS, put
from tests.conftest import Corpus, Served
from tests.test_evaluation_answers import QUESTIONS, answer, asked, floor

SECOND = """
[[question]]
question = "Nam Định có bao nhiêu sản phẩm OCOP 5 sao?"
kind = "near_miss"
status = "no_evidence"
"""


# ---- What a question file may ask ---------------------------------------------------------------------------------


def test_every_key_is_read(tmp_path: Path) -> None:
    path = tmp_path / "q.toml"
    path.write_text(
        '[[question]]\nquestion = "a"\nkind = "fact"\nstatus = "answered"\nexpect_any = [["1", "một"], ["2"]]\n'
        'forbid = ["3"]\nnotice = ["2020"]\nas_of = 2025-01-02\nsince = 2\nnote = "vì sao"\nshown = true\n',
        encoding="utf-8",
    )
    assert read_questions(path) == (
        Asked(
            question="a", kind="fact", status="answered", expect_any=(("1", "một"), ("2",)), forbid=("3",),
            notice=("2020",), as_of=date(2025, 1, 2), since=2, note="vì sao", shown=True,
        ),
    )  # fmt: skip


def test_a_slip_in_a_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "q.toml"
    path.write_text('[[question]]\nquestion = "a"\nkind = "fact"\nstatus = "answered"\nexpects = ["1"]\n', "utf-8")
    with pytest.raises(ValueError, match="expects"):
        read_questions(path)


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"expect_any": (("62", "63"),)}, ()),
        ({"expect_any": (("63", "sáu hai"), ("62",))}, ("none of ['63', 'sáu hai'] is said",)),
        ({"forbid": ("6",)}, ()),
        ({"forbid": ("62",)}, ("'62' is said",)),
        ({"notice": ("năm 2020", "Nam Định")}, ()),
        ({"notice": ("năm 2021",)}, ("'năm 2021' is in no notice",)),
    ],
)
def test_what_must_and_must_not_be_said(changes: dict[str, tuple[str, ...]], faults: tuple[str, ...]) -> None:
    given = replace(answer("Có 62."), notices=("Số liệu của năm 2020.", "Nam Định nay thuộc Ninh Bình."))
    assert judge(replace(asked(), **changes), given).faults == faults  # type: ignore[arg-type]


def test_a_silent_answer_may_owe_a_notice_but_no_value() -> None:
    silent = replace(answer("Không tìm thấy.", "no_evidence"), notices=("Kho không có Cà Mau.",))
    demands = replace(asked("no_evidence", "62"), notice=("Cà Mau",), forbid=("63",))
    assert judge(demands, silent).faults == ()
    assert judge(replace(demands, notice=("Huế",)), silent).faults == ("'Huế' is in no notice",)


class Recorder:
    """Answers everything alike and keeps the days it was asked on."""

    def __init__(self) -> None:
        self.days: list[date | None] = []

    def ask(self, question: str, *, conversation: str | None = None, as_of: date | None = None) -> Answer:
        self.days.append(as_of)
        return answer("Có 62.")


def test_a_question_is_asked_on_its_own_day() -> None:
    recorder = Recorder()
    own = replace(asked(), as_of=date(2024, 1, 1), after=("Trước đó?",))
    run([own, asked()], recorder, date(2026, 11, 22))
    assert recorder.days == [date(2024, 1, 1), date(2024, 1, 1), date(2026, 11, 22)]


# ---- What is measured ---------------------------------------------------------------------------------------------


def outcomes() -> list[Outcome]:
    named = asked("answered", "62", article="/a.html")
    return [
        judge(named, answer("Có 62.")),
        judge(named, answer("Có 62.", path="/b.html")),
        judge(named, answer("Có 63.")),
        judge(named, answer("Không tìm thấy.", "no_evidence")),
        judge(asked("no_evidence"), answer("Không tìm thấy.", "no_evidence")),
    ]


def test_values_pages_and_citations_are_measured_apart() -> None:
    report = summarise(outcomes(), [])
    assert (report.accuracy, report.values) == (0.25, 0.5)
    assert report.values_low < 0.5 < report.values_high
    assert (report.paged, report.page_recall) == (4, 0.5)
    assert (report.citations, report.citation_precision) == (3, 0.6667)  # the one of another page supports nothing
    assert (report.claims, report.citation_recall) == (3, 1.0)
    assert (report.false_answer_rate, report.false_answer_upper) == (0.0, 0.95)


def test_citations_can_have_floors() -> None:
    report = summarise(outcomes(), [])
    high = floor(accuracy=0.0, citation_precision=0.9, citation_recall=1.0)
    assert shortfalls(report, high) == ("nguồn dẫn đỡ được ý 66,67 %, cần ít nhất 90 %",)


def test_an_accepted_answer_that_says_what_is_forbidden_is_false() -> None:
    lenient = replace(asked("no_evidence", accept=("partial",)), forbid=("62",))
    assert answers_falsely(judge(lenient, answer("Có 62.", "partial")))
    assert not answers_falsely(judge(lenient, answer("Có 9.", "partial")))
    assert not answers_falsely(judge(asked("answered", "1"), answer("Có 9.")))


# ---- The command --------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "questions"
    made.mkdir()
    (made / "a.toml").write_text(QUESTIONS, encoding="utf-8")
    (made / "b.toml").write_text(SECOND, encoding="utf-8")
    (made / "README.md").write_text("no question file", encoding="utf-8")
    return made


def test_files_and_folders_are_meant_once(folder: Path, tmp_path: Path) -> None:
    assert question_files([folder, folder / "a.toml"]) == (folder / "a.toml", folder / "b.toml")
    assert question_files(None) == (DEMO_QUESTIONS, *sorted(OWN_QUESTIONS.glob("*.toml")))
    with pytest.raises(ValueError, match=r"không có tệp câu hỏi \.toml nào"):
        question_files([tmp_path])


def test_several_files_are_measured_each_and_together(
    corpus: Corpus, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["answers", "--file", str(folder), "--data", str(corpus.data), "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert [one["report"]["questions"] for one in record["files"]] == [3, 1]
    assert record["files"][1]["sha256"] == hashlib.sha256(SECOND.encode()).hexdigest()
    assert (record["report"]["questions"], record["report"]["unanswerable"]) == (4, 2)
    assert set(record["kinds"]) == {"fact", "near_miss", "off_topic"}
    assert [Path(one["file"]).name for one in record["outcomes"]] == ["a.toml", "a.toml", "a.toml", "b.toml"]
    assert main(["answers", "--file", str(folder), "--data", str(corpus.data)]) == 0
    printed = capsys.readouterr().out
    assert "| a.toml | 3 | 3 | 0/1 | 0/2 |" in printed
    assert "| near_miss | 1 | 1 | 0/1 |" in printed


def test_the_gate_holds_each_file_to_its_own_floor(
    corpus: Corpus, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    table = folder.parent / "floors.toml"
    lines = [
        f'[[floor]]\nfile = "{path}"\nsha256 = "{hashlib.sha256(path.read_bytes()).hexdigest()}"\nas_of = 2026-11-22\n'
        f"accuracy = {accuracy}\nfalse_answer_rate = 0.0\nover_refusal_rate = 0.0\n"
        for path, accuracy in ((folder / "a.toml", 1.0), (folder / "b.toml", 0.0))
    ]
    monkeypatch.setattr("evaluation.answers_command.FLOORS", table)
    table.write_text(lines[0], encoding="utf-8")
    call = ["answers", "--file", str(folder), "--data", str(corpus.data), "--gate"]
    assert main(call) == 1
    assert "chưa có sàn" in capsys.readouterr().err
    table.write_text("\n".join(lines), encoding="utf-8")
    assert main(call) == 1  # nothing in b.toml has an answer: what its floor demands was not measured
    err = capsys.readouterr().err
    assert "Dưới sàn: b.toml: trả lời đúng chưa đo" in err
    assert "a.toml" not in err.split("Dưới sàn", 1)[1]
    lines[1] = lines[1].replace("accuracy = 0.0\n", "").replace("over_refusal_rate = 0.0\n", "")
    table.write_text("\n".join(lines), encoding="utf-8")
    assert main(call) == 0


def test_near_misses_are_asked_beside_and_held_to_their_ceiling(
    corpus: Corpus, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = ["--file", str(folder / "a.toml"), "--data", str(corpus.data)]
    assert main(["answers", *files, "--near-misses", "12", "--seed", "5", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    near = record["near_misses"]
    assert (near["seed"], near["tally"]["count"], len(near["tried"])) == (5, 12, 12)
    assert record["report"]["questions"] == 3
    monkeypatch.setattr("evaluation.answers_command.FLOORS", folder.parent / "floors.toml")
    digest = hashlib.sha256((folder / "a.toml").read_bytes()).hexdigest()
    (folder.parent / "floors.toml").write_text(
        f'[[floor]]\nfile = "{folder / "a.toml"}"\nsha256 = "{digest}"\nas_of = 2026-11-22\naccuracy = 0.0\n'
        "false_answer_rate = 1.0\nover_refusal_rate = 1.0\n",
        encoding="utf-8",
    )
    assert main(["answers", *files, "--near-misses", "12", "--seed", "5", "--gate"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "count = 12 và seed = 5" in captured.err


@pytest.mark.parametrize("form", FORMS)
def test_the_same_questions_put_otherwise_are_answered_as_well(
    corpus: Corpus, folder: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    call = ["answers", "--file", str(folder), "--data", str(corpus.data), "--put", form]
    assert main([*call, "--json"]) == 0
    outcomes = json.loads(capsys.readouterr().out)["outcomes"]
    assert [one["faults"] for one in outcomes] == [[], [], [], []]
    assert outcomes[0]["question"] == FORMS[form]("Tính đến tháng 6/2020, Nam Định có bao nhiêu sản phẩm OCOP?")
    assert main([*call, "--gate"]) == 1  # the floors are of the questions as they are written
    assert "bỏ một trong hai" in capsys.readouterr().err


def test_a_follow_up_is_put_as_what_it_follows() -> None:
    one = replace(asked(), question="Còn An Giang?", after=("Nam Định có bao nhiêu sản phẩm?",))
    assert put(one, "capitals").after == ("NAM ĐỊNH CÓ BAO NHIÊU SẢN PHẨM?",)
    assert put(one, "greeting").question == "Chào bạn, cho mình hỏi còn An Giang?"


def test_a_server_is_asked_near_misses_of_the_folder_it_serves(
    corpus: Corpus, server: Served, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = ["--file", str(folder / "b.toml"), "--near-misses", "6", "--as-of", "2026-11-22", "--json"]
    said = []
    for where in (["--data", str(corpus.data)], ["--url", server.url, "--data", str(corpus.data)]):
        assert main(["answers", *files, *where]) == 0
        tried = json.loads(capsys.readouterr().out)["near_misses"]["tried"]
        said.append([(item["question"], item["response"], item["answer"]["text"]) for item in tried])
    assert said[0] == said[1]
    assert main(["answers", *files, "--url", server.url]) == 1
    assert "--near-misses" in capsys.readouterr().err
