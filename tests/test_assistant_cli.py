"""`python -m assistant`: as people and programs call it, each time as its own process on a real data folder."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from assistant.answer import Answer, Citation, Claim, Elsewhere, Timings
from assistant.check import answer_faults
from assistant.terminal import as_text, visible
from index.manifest import current_name
from tests.conftest import ROOT, Corpus

QUESTION = "Đến cuối tháng 8/2023 An Giang có bao nhiêu sản phẩm OCOP?"
SENTENCE = "Đến cuối tháng 8/2023, tỉnh An Giang có 92 sản phẩm OCOP từ 3 sao trở lên, thuộc 62 chủ thể."


def ask(*arguments: str | bytes, stdin: bytes = b"", **environment: str) -> tuple[int, str, str]:
    """(exit code, standard output, standard error) of one call."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "assistant", *arguments],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, "COLUMNS": "80", **environment},
    )
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def answer_of(line: str) -> Answer:
    return TypeAdapter(Answer).validate_json(line)


def test_json_is_the_answer_of_the_interface(corpus: Corpus) -> None:
    code, out, err = ask(QUESTION, "--json", "--as-of", "2026-11-22", "--data", str(corpus.data))
    assert (code, err) == (0, "")
    answer = answer_of(out)
    assert answer_faults(answer) == []
    assert (answer.status, answer.as_of) == ("answered", "2026-11-22")
    (citation,) = answer.citations
    assert (citation.article_id, citation.digest) == (corpus.an_giang.id, corpus.an_giang.digest)
    assert corpus.an_giang.text[citation.start : citation.end] == citation.quote == SENTENCE
    assert set(json.loads(out)) == {
        *("status", "text", "as_of", "corpus_updated", "claims", "citations", "notices", "conversation", "timings_ms"),
        *("id", "read_as"),
    }


def test_text_fits_eighty_columns_and_names_the_source(corpus: Corpus) -> None:
    code, out, err = ask("Tháng 6/2020 Nam Định có bao nhiêu sản phẩm OCOP?", "--data", str(corpus.data))
    assert code == 0
    assert "62 sản phẩm OCOP" in out
    lines = out.splitlines()
    title = next(number for number, line in enumerate(lines) if line.startswith("[1] "))
    assert lines[title] == f"[1] {corpus.nam_dinh.title}"
    assert lines[title + 1] == "    Báo thử, đăng 12/6/2020"
    assert f"    {corpus.nam_dinh.url}" in lines
    assert [line for line in lines if len(line) > 80] == []
    assert "Đang nạp" in err


def test_nothing_found_is_an_answer_without_sources(corpus: Corpus) -> None:
    code, out, _ = ask("Giá vàng hôm nay?", "--json", "--data", str(corpus.data))
    answer = answer_of(out)
    assert code == 0
    assert answer.status in ("out_of_scope", "no_evidence")
    assert (answer.claims, answer.citations) == ((), ())


def test_the_folder_comes_from_the_environment(corpus: Corpus) -> None:
    code, out, _ = ask(QUESTION, "--json", OCOP_DATA=str(corpus.data))
    assert code == 0
    assert answer_of(out).citations[0].article_id == corpus.an_giang.id


def test_lines_of_standard_input_are_one_conversation(corpus: Corpus) -> None:
    lines = f"{QUESTION}\nCòn Bắc Ninh thì sao?\n\nkhông ai hỏi câu này\n"
    code, out, _ = ask("--json", "--data", str(corpus.data), stdin=lines.encode())
    assert code == 0
    first, second = (answer_of(line) for line in out.splitlines())
    assert first.conversation == second.conversation
    assert first.status == "answered"
    assert second.status == "no_evidence"


def test_a_bad_line_is_named_and_the_rest_answered(corpus: Corpus) -> None:
    code, out, err = ask("--json", "--data", str(corpus.data), stdin=b"a\xff\n" + QUESTION.encode() + b"\n")
    assert code == 2
    assert "ký tự thứ 2" in err
    assert [answer_of(line).status for line in out.splitlines()] == ["answered"]


def test_on_a_terminal_it_prompts_and_ends_at_an_empty_line(corpus: Corpus) -> None:
    controller, terminal = pty.openpty()
    try:
        with subprocess.Popen(
            [sys.executable, "-m", "assistant", "--data", str(corpus.data)],
            cwd=ROOT,
            stdin=terminal,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            os.write(controller, f"{QUESTION}\n\n".encode())
            out, err = process.communicate(timeout=120)
    finally:
        os.close(controller)
        os.close(terminal)
    assert process.returncode == 0
    assert "› " in out.decode()
    assert "[1] " + corpus.an_giang.title in out.decode()
    assert "dòng trống hoặc Ctrl-D" in err.decode()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([""], "câu hỏi trống"),
        (["  ?!  "], "câu hỏi trống"),
        (["ă" * 20_000], "dài 20000 ký tự; tối đa 2000"),
        (["OCOP \x07"], "U+0007"),
        ([b"OCOP \xff\xfe"], "không phải chữ"),
        (["OCOP", "--as-of", "22/11/2026"], "'22/11/2026'"),
        (["OCOP", "--as-of", "2026-02-30"], "'2026-02-30'"),
        (["OCOP", "--as-of", "0001-01-01"], "'0001-01-01'"),
        (["OCOP", "--as-of", "20261122"], "'20261122'"),
    ],
)
def test_wrong_calls_are_named_and_load_nothing(arguments: list[str | bytes], said: str, tmp_path: Path) -> None:
    code, out, err = ask(*arguments, "--data", str(tmp_path))
    assert (code, out) == (2, "")
    assert said in err
    assert "Đang nạp" not in err
    assert "Traceback" not in err


def test_a_folder_without_index_is_said_with_its_remedy(tmp_path: Path) -> None:
    code, out, err = ask("OCOP là gì?", "--data", str(tmp_path))
    assert (code, out) == (1, "")
    assert "chưa có chỉ mục" in err
    assert f"python -m index build --data {tmp_path}" in err


def test_a_damaged_index_is_said_with_the_file_and_its_remedy(corpus_copy: Path) -> None:
    path = corpus_copy / "index" / current_name(corpus_copy) / "vectors.npy"
    path.write_bytes(path.read_bytes()[:-8])
    code, out, err = ask("OCOP là gì?", "--data", str(corpus_copy))
    assert (code, out) == (1, "")
    assert "hỏng" in err
    assert str(path) in err
    assert f"python -m index build --data {corpus_copy}" in err


def test_an_archive_that_is_gone_is_said(corpus_copy: Path) -> None:
    (corpus_copy / "archive.sqlite").unlink()
    code, out, err = ask(QUESTION, "--data", str(corpus_copy))
    assert (code, out) == (1, "")
    assert "kho lưu trữ" in err
    assert "archive.sqlite" in err
    assert "Traceback" not in err


def test_help_loads_no_model_and_lists_the_exit_codes() -> None:
    code = (
        "import sys; from assistant.__main__ import main\n"
        "try: main(['--help'])\n"
        "finally: assert not {'torch', 'faiss', 'numpy', 'underthesea'} & {*sys.modules}"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for line in ("  0    đã trả lời", "  1    không trả lời được", "  2    gọi sai", "  130  dừng"):
        assert line in done.stdout


def test_what_a_terminal_would_obey_is_taken_out() -> None:
    assert visible("a\x1b[31mđỏ\x07\u202e\u200b\tb\nc") == "a[31mđỏ b\nc"


def test_text_of_a_hand_made_answer() -> None:
    quote = "Huyện có 12 sản phẩm OCOP."
    citation = Citation(
        number=1, article_id="0" * 16, url="https://a.example/b", original_url="https://c.example/d",
        title="Tiêu đề\x1b]0;x\x07", source="Báo Ví Dụ", kind="news", published=None, event_date="2023-08",
        date_precision="month", heading="Điều 4, khoản 3", quote=quote, start=0, end=len(quote), digest="0" * 64,
        page=3, recognised=0.874,
        also=(Elsewhere(article_id="1" * 16, title="Khác", source="Đài Ví Dụ", url=None),),
    )  # fmt: skip
    answer = Answer(
        status="answered",
        text=f"{quote} [1]",
        as_of="2026-11-22",
        corpus_updated="2026-11-19T18:15:00Z",
        claims=(Claim(start=0, end=len(quote), kind="quoted", citations=(1,)),),
        citations=(citation,),
        notices=("Một điều cần biết, viết dài hơn bốn mươi cột.",),
        conversation="c",
        timings_ms=Timings(embed=0, search=0, compose=0, total=0),
    )
    assert as_text(answer, width=40) == "\n".join(
        (
            "Huyện có 12 sản phẩm OCOP. [1]",
            "",
            "Lưu ý: Một điều cần biết, viết dài hơn",
            "    bốn mươi cột.",
            "",
            "Nguồn",
            "[1] Tiêu đề]0;x",
            "    Báo Ví Dụ, nói về 8/2023",
            "    Trang 3, nhận dạng từ bản quét, độ",
            "    tin cậy 87 %",
            "    Điều 4, khoản 3",
            "    “Huyện có 12 sản phẩm OCOP.”",
            "    https://a.example/b",
            "    Bản gốc: https://c.example/d",
            "    Cũng đăng ở: Đài Ví Dụ",
            "",
            "Tính theo ngày 22/11/2026; kho tư liệu",
            "cập nhật 20/11/2026.",
        )
    )
