"""`python -m index`: build, search and info, for people and for machines."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from index.__main__ import main
from index.manifest import current_name, in_use, read_manifest
from tests.archived import put
from tests.conftest import ROOT, Corpus


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(arguments)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_build_reports_for_machines_and_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(tmp_path, ["Gạo nếp", "Gạo nếp Nam Định đạt 4 sao."], url="https://a.example/gao")
    code, out, err = run(capsys, "build", "--data", str(tmp_path), "--embedder", "hash-256", "--json", "--quiet")
    assert (code, err) == (0, "")
    report = json.loads(out)
    manifest = read_manifest(tmp_path, in_use(tmp_path))
    assert (report["articles"], report["passages"]) == (manifest.articles, manifest.passages) == (1, 1)
    assert report["embedded"] == 1
    code, out, _ = run(capsys, "build", "--data", str(tmp_path))
    assert code == 0
    assert "dùng lại 1" in out
    assert "generation-000002" in out


def test_progress_is_shown_on_standard_error(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    put(tmp_path, ["Gạo nếp", "Gạo nếp Nam Định."], url="https://a.example/gao")
    assert main(["build", "--data", str(tmp_path), "--embedder", "hash-256"]) == 0
    captured = capfd.readouterr()
    assert "Tính vectơ" in captured.err
    assert "Tính vectơ" not in captured.out


def test_search_for_machines_has_the_fields_of_the_interface(
    corpus: Corpus, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(
        capsys, "search", "nam dinh co bao nhieu san pham", "--limit", "1", "--json", "--data", str(corpus.data)
    )
    assert code == 0
    found = json.loads(out)
    (hit,) = found["hits"]
    assert hit["article_id"] == corpus.nam_dinh.id
    assert hit["title"] == corpus.nam_dinh.title
    assert hit["url"] == corpus.nam_dinh.url
    assert corpus.nam_dinh.text[hit["start"] : hit["end"]] == hit["text"]
    assert 0 <= hit["score"] <= 1
    assert found["total"] >= 1
    assert found["read_as"] == "nam định có bao nhiêu sản phẩm"


def test_search_for_people_names_title_and_address(corpus: Corpus, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "search", "sản phẩm OCOP Nam Định", "--data", str(corpus.data), "--province", "nam dinh")
    assert code == 0
    assert corpus.nam_dinh.title in out
    assert str(corpus.nam_dinh.url) in out
    assert "được đọc là" not in out


def test_search_says_how_the_question_was_read(corpus: Corpus, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "search", "san pham nam dinh", "--data", str(corpus.data))
    assert code == 0
    assert out.startswith("Câu hỏi được đọc là: “sản phẩm nam định”\n")


def test_search_that_finds_nothing_says_so(corpus: Corpus, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "search", "gạo", "--data", str(corpus.data), "--kind", "decision", "--to", "1999")
    assert code == 0
    assert "Không tìm thấy" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--limit", "0"], "'0'"),
        (["--from", "12/6/2020"], "'12/6/2020'"),
        (["--to", "2020-02-30"], "'2020-02-30'"),
        (["--province", "Atlantis"], "'Atlantis'"),
        (["--kind", "poem"], "poem"),
    ],
)
def test_wrong_calls_are_named(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["search", "gạo", *arguments])
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


def test_info_says_how_the_index_was_made(corpus: Corpus, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "info", "--json", "--data", str(corpus.data))
    assert code == 0
    assert json.loads(out)["embedder"] == "hash-256"
    assert json.loads(out)["passages"] == read_manifest(corpus.data, in_use(corpus.data)).passages
    _, out, _ = run(capsys, "info", "--data", str(corpus.data))
    assert "hash-256, 256 chiều" in out


def test_info_checks_the_files_and_says_which_is_bad(corpus_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = corpus_copy / "index" / current_name(corpus_copy) / "language.npz"
    path.write_text("{}", encoding="utf-8")
    code, out, err = run(capsys, "info", "--data", str(corpus_copy))
    assert (code, out) == (1, "")
    assert "language.npz" in err
    assert f"python -m index build --data {corpus_copy}" in err


def test_info_checks_the_manifest_and_says_where_none_can_tell(
    corpus_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "info", "--data", str(corpus_copy))
    assert re.search(r"Toàn vẹn: +\d+ tệp đúng như khi dựng\n", out)
    name = current_name(corpus_copy)
    path = corpus_copy / "index" / name / "manifest.json"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace('"dense_weight": 0.5', '"dense_weight": 0.1'), encoding="utf-8")
    code, out, err = run(capsys, "info", "--data", str(corpus_copy))
    assert (code, out) == (1, "")
    assert str(path) in err
    path.write_text(whole, encoding="utf-8")
    (corpus_copy / "index" / "CURRENT").write_text(f"{name}\n", encoding="utf-8")
    code, out, _ = run(capsys, "info", "--data", str(corpus_copy))
    assert code == 0
    assert "bản kê của chúng chưa có mã kiểm, lần dựng tới sẽ ghi" in out


@pytest.mark.parametrize("command", [["info"], ["search", "gạo"]])
def test_a_folder_without_index_is_said_with_its_remedy(
    tmp_path: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, *command, "--data", str(tmp_path))
    assert code == 1
    assert f"python -m index build --data {tmp_path}" in err


def test_a_folder_without_archive_is_said_with_its_remedy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "build", "--data", str(tmp_path))
    assert code == 1
    assert "python -m crawler" in err


@pytest.mark.parametrize("command", ["build", "search", "info"])
def test_help_names_every_flag_and_the_folder_from_the_environment(command: str, tmp_path: Path) -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "index", command, "--help"],
        cwd=ROOT, capture_output=True, text=True, check=True,
        env={"OCOP_DATA": str(tmp_path), "COLUMNS": "200", "PYTHONUTF8": "1"},
    ).stdout  # fmt: skip
    flags = {
        "build": ("--data", "--json", "--embedder", "--store", "--quiet"),
        "search": (
            "--data",
            "--json",
            "--limit",
            "--kind",
            "--province",
            "--district",
            "--from",
            "--to",
            "--source",
            "--star",
            "--number",
            "--in-force",
            "--heading",
        ),
        "info": ("--data", "--json"),
    }
    assert all(flag in shown for flag in flags[command])
    assert str(tmp_path) in shown


def test_info_loads_no_model(corpus: Corpus) -> None:
    code = (
        "import sys; from index.__main__ import main; status = main(['info', '--json', '--data', sys.argv[1]]); "
        "sys.exit(status or bool({'torch', 'faiss', 'underthesea'} & {*sys.modules}))"
    )
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, str(corpus.data)], cwd=ROOT, capture_output=True, check=False
    )
    assert run.returncode == 0, run.stderr
