"""`python -m assistant --scorecard`: answers from a file, standard input and a terminal, as text and for machines."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from assistant.__main__ import main
from assistant.scorecard import score
from assistant.scorecard_text import as_text, question_of
from assistant.scored import Choice, Scorecard
from tests.conftest import ROOT
from tests.test_scorecard import demo_form, highest


def run(capsys: pytest.CaptureFixture[str], data: Path, *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main([*arguments, "--data", str(data), "--as-of", "2026-11-28"])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.parametrize("shape", ["pairs", "list", "wrapped"])
def test_answers_are_read_of_a_file(
    law_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], shape: str
) -> None:
    chosen = highest(demo_form(13)) | {"1.1": 1, "9": 0}
    answers = [{"criterion": code, "option": option} for code, option in chosen.items()]
    told = {"pairs": chosen, "list": answers, "wrapped": {"answers": answers}}[shape]
    file = tmp_path / "phieu.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    code, out, err = run(capsys, law_data, "--scorecard", "cà phê", "--answers", str(file), "--json")
    assert (code, err) == (0, "")
    card = TypeAdapter(Scorecard).validate_json(out)
    expected = score(demo_form(13), [Choice(criterion=code, option=option) for code, option in chosen.items()])
    assert (card.points, card.star, card.steps[0].blocks[0].condition.code) == (expected.points, 2, "1.1")
    assert [one.points for one in card.lines] == [one.points for one in expected.lines]


def test_the_text_says_both_halves_what_is_missing_and_what_it_is_worth() -> None:
    form = demo_form(13)
    chosen = highest(form) | {"1.1": 1, "6.1.1": 1, "4.1": 1}
    del chosen["9"]
    text = as_text(score(form, [Choice(criterion=code, option=option) for code, option in chosen.items()]))
    assert [line for line in text.splitlines() if len(line) > 80 and "http" not in line] == []
    flat = " ".join(text.split())
    assert flat.startswith("Bộ 13: Sản phẩm cà phê, ca cao (Quyết định 26/2026/QĐ-TTg, đọc từ bài tóm lược) Tổng điểm")
    for said in (
        "chưa trả lời, tính 0 điểm: 9.",
        "Tính cả mức tối thiểu: chưa được 3 sao.",
        "Để được 3 sao phải đủ cả hai vế: - Điểm: đủ (cần từ 50 điểm). - Mức tối thiểu: còn 3 trong 8 tiêu chí chưa "
        "đạt:",
        "+ 1.1 Nguồn nguyên liệu ở đâu: cần phương án 2 *** “Nguyên liệu của tỉnh chiếm từ 50% đến dưới 75%”; hiện "
        "phương án 1 “",
        "+ 9 Bảo đảm chất lượng: cần phương án 1 *** “",
        "hiện chưa trả lời; thêm",
        "Hồ sơ bị loại hoặc dừng chấm: - Hồ sơ bị loại nếu",
        "Tiêu chí 1.1: Ghi chú: bị loại nếu",
        "Điểm tự chấm chỉ để tham khảo",
        "Nguồn: - Tóm lược bộ tiêu chí 13",
    ):
        assert said in flat
    whole = as_text(score(form, [Choice(criterion=code, option=option) for code, option in highest(form).items()]))
    assert "Tính cả mức tối thiểu: 5 sao." in " ".join(whole.split())
    assert "Để được" not in whole
    assert "Được thêm" not in whole


def test_a_criterion_is_asked_with_its_options() -> None:
    form = demo_form(26)
    (one,) = [one for one in form.criteria_set.criteria if one.code == "8"]
    lines = [line.strip() for line in question_of(form, one).splitlines()]
    assert lines[0] == "8. Điều kiện kinh doanh (tối đa 3)"
    assert "Ghi chú: chỉ chấm theo một trong hai trường hợp dưới đây" in lines
    assert [line[:2] for line in lines if line[:1].isdigit()] == ["8.", "1.", "2.", "3.", "4."]
    assert lines.count("Trường hợp 1: cộng đồng cung cấp dịch vụ") >= 1


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ('{"1.1": [1, 2]}', "chọn 2 phương án cho tiêu chí 1.1: [1, 2]; mỗi tiêu chí chỉ nhận một"),
        ('{"1.1": 1, "1.1": 2}', "Tiêu chí 1.1 (Nguồn nguyên liệu ở đâu) được trả lời hai lần"),
        ('{"1.1": "hai"}', '"1.1": "hai"; cần mã tiêu chí và số phương án'),
        ('{"1.1": true}', '"1.1": true; cần mã tiêu chí'),
        ('{"20.1": 1}', "không có tiêu chí ấy"),
        ("[1]", "có câu trả lời 1; cần"),
        ('"x"', 'chứa "x"; cần'),
        ("1.1: 2", "không phải JSON"),
    ],
)
def test_answers_that_cannot_be_read_are_named(
    law_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], told: str, said: str
) -> None:
    file = tmp_path / "phieu.json"
    file.write_text(told, encoding="utf-8")
    code, out, err = run(capsys, law_data, "--scorecard", "13", "--answers", str(file))
    assert (code, out) == (2, "")
    assert said in err


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("rượu", "2 'rượu' có thể thuộc các bộ 14, 15 (rượu trắng"),
        ("máy bay", "2 không biết 'máy bay' thuộc bộ tiêu chí nào"),
        ("12", "1 Hỏi bộ tiêu chí số 12"),
        ("13", "2 không đọc được không-có.json"),
    ],
)
def test_what_cannot_be_scored_is_said(
    law_data: Path, capsys: pytest.CaptureFixture[str], asked: str, said: str
) -> None:
    code, _, err = run(capsys, law_data, "--scorecard", asked, "--answers", "không-có.json")
    assert f"{code} {err.removeprefix('Lỗi: ')}".startswith(said)


def test_without_an_index_it_says_how_to_make_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, tmp_path, "--scorecard", "13")
    assert code == 1
    assert f"python -m index build --data {tmp_path}" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["Câu hỏi?", "--scorecard", "13"], "không đi cùng câu hỏi"), (["--answers", "x"], "chỉ đi cùng --scorecard")],
)
def test_flags_that_do_not_go_together_are_refused(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as raised:
        main(arguments)
    assert raised.value.code == 2
    assert said in capsys.readouterr().err


def test_on_a_terminal_it_asks_criterion_by_criterion(law_data: Path) -> None:
    controller, terminal = pty.openpty()
    try:
        with subprocess.Popen(
            [sys.executable, "-m", "assistant", "--scorecard", "13", "--json", "--data", str(law_data)],
            cwd=ROOT,
            stdin=terminal,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            # the second answer is none of the options, the third leaves a criterion out, then the end of the input
            os.write(controller, b"3\n9\n1\n\n\x04")
            out, err = process.communicate(timeout=120)
    finally:
        os.close(controller)
        os.close(terminal)
    assert process.returncode == 0, err.decode()
    told = err.decode()
    assert "1.1. Nguồn nguyên liệu ở đâu (tối đa 3)" in told
    assert "“9” không phải phương án nào; gõ một số từ 0 đến 3." in told
    card = TypeAdapter(Scorecard).validate_json(out.decode().rpartition("› ")[2])
    assert [(one.code, one.points) for one in card.lines if one.answered] == [("1.1", 3.0), ("1.2", 0.0)]
