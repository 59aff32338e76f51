"""Floors of search: pinned with what they were set for, and where a measurement falls below them."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.__main__ import main
from evaluation.floors import TABLE, FloorsError
from evaluation.own_set import read_own
from evaluation.public_sets import read_alqac, read_squad
from evaluation.question_set import QuestionSet
from evaluation.retrieval import measure
from evaluation.retrieval_floors import retrieval_floor, retrieval_shortfalls, set_floors

PUBLIC = Path(__file__).parents[2] / "shared" / "data" / "retrieval"
TEXTS = ["Gạo nếp Nam Định dẻo và thơm.", "Chè xanh Thái Nguyên đậm vị."]
# the last names no text's words but those of the wrong one
ASKED = [["Gạo nếp nào dẻo?"], ["Chè xanh ở đâu đậm vị?", "Thứ nào dẻo và thơm?"]]


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.json"
    paragraphs = [
        {"context": text, "qas": [{"question": one} for one in asked]} for text, asked in zip(TEXTS, ASKED, strict=True)
    ]
    path.write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}), encoding="utf-8")
    return path


def table_of(path: Path, asked: QuestionSet, least: float, *, half: str = "all", corpus: str | None = None) -> Path:
    path.write_text(
        f'[[retrieval]]\nset = "tiny"\nsha256 = "{asked.sha256}"\ncorpus = "{corpus or asked.corpus}"\n'
        f'half = "{half}"\nranking = "bm25"\n[retrieval.floors.plain]\n"recall@1" = {least}\n',
        encoding="utf-8",
    )
    return path


def test_floors_hold_only_for_the_questions_and_the_corpus_they_were_set_for(squad: Path, tmp_path: Path) -> None:
    asked = read_squad(squad)
    table = table_of(tmp_path / "floors.toml", asked, 0.5)
    assert retrieval_floor(asked, table).floors == {"plain": {"recall@1": 0.5}}
    with pytest.raises(FloorsError, match=f"câu hỏi của bộ tiny đã đổi.*{'1' * 64}"):
        retrieval_floor(replace(asked, sha256="1" * 64), table)
    with pytest.raises(FloorsError, match=f"kho của bộ tiny đã đổi.*{'2' * 64}"):
        retrieval_floor(replace(asked, corpus="2" * 64), table)
    with pytest.raises(FloorsError, match="chưa có sàn cho bộ khac"):
        retrieval_floor(replace(asked, name="khac"), table)


@pytest.mark.parametrize(
    ("found", "instead", "said"),
    [
        ('"recall@1"', '"recall@3"', "số đo lạ"),
        ("floors.plain", "floors.spoken", "không đọc được"),
        ("[[", "[", "không đọc được"),
    ],
)
def test_a_malformed_table_is_refused(squad: Path, tmp_path: Path, found: str, instead: str, said: str) -> None:
    asked = read_squad(squad)
    table = table_of(tmp_path / "floors.toml", asked, 0.5)
    table.write_text(table.read_text(encoding="utf-8").replace(found, instead), encoding="utf-8")
    with pytest.raises(FloorsError, match=said):
        retrieval_floor(asked, table)


def test_shortfalls_name_what_fell_and_what_was_not_measured(squad: Path, tmp_path: Path) -> None:
    asked = read_squad(squad)
    measured = measure(asked, rankings=("bm25",), embedder="hash-256", progress=False)
    floor = retrieval_floor(asked, table_of(tmp_path / "floors.toml", asked, 0.7))
    assert retrieval_shortfalls(measured, floor) == ("tiny, bm25, plain: recall@1 0,6667, cần ít nhất 0,7000",)
    assert retrieval_shortfalls(measured, replace(floor, floors={"plain": {"recall@1": 0.66, "mrr@10": 0.66}})) == ()
    other = replace(floor, floors={"bare": {"ndcg@10": 0.1}})
    assert retrieval_shortfalls(measured, other) == ("tiny, bm25, bare: ndcg@10 chưa đo, cần ít nhất 0,1000",)
    assert "chưa đo" in retrieval_shortfalls(measured, replace(floor, ranking="fused"))[0]


@pytest.fixture
def gate(
    squad: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """The command with --gate over the tiny set: exit code and what it complained of."""

    def call(*arguments: str, **floor: object) -> tuple[int, str]:
        table = table_of(tmp_path / "floors.toml", read_squad(squad), **floor)  # type: ignore[arg-type]
        monkeypatch.setattr("evaluation.retrieval_command.FLOORS", table)
        common = ("--set", f"xquad:{squad}", "--ranking", "bm25", "--questions", "plain", "--embedder", "hash-256")
        code = main(["retrieval", *common, "--gate", *arguments])
        return code, capsys.readouterr().err

    return call


def test_the_gate_fails_below_the_floor_and_holds_at_it(gate: Callable[..., tuple[int, str]]) -> None:
    code, said = gate("--half", "all", least=0.66)
    assert (code, said.splitlines()[-1]) == (0, "Đạt sàn.")
    code, said = gate("--half", "all", least=0.67)
    assert (code, said.splitlines()[-1]) == (1, "Dưới sàn: tiny, bm25, plain: recall@1 0,6667, cần ít nhất 0,6700")


def test_the_gate_refuses_before_anything_is_measured(gate: Callable[..., tuple[int, str]]) -> None:
    code, said = gate("--half", "development", least=0.1)
    assert code == 1
    assert said == "Lỗi: sàn của bộ tiny đặt cho --half all, đang đo --half development\n"
    code, said = gate("--half", "all", least=0.1, corpus="3" * 64)
    assert code == 1
    assert "kho của bộ tiny đã đổi" in said


def test_the_floors_kept_are_of_our_own_set_as_it_stands() -> None:
    floor = retrieval_floor(read_own(), TABLE)
    assert (floor.half, floor.ranking) == ("report", "fused")
    assert set(floor.floors) == {"plain", "bare", "half", "typos"}


@pytest.mark.skipif(not PUBLIC.is_dir(), reason="the public sets are not here")
def test_the_floors_kept_are_of_the_public_sets_as_they_stand() -> None:
    """`make eval` names the same files."""
    asked = (
        read_squad(PUBLIC / "xquad.vi.json"),
        read_alqac(PUBLIC / "alqac23_all_articles_2023.json", PUBLIC / "alqac23_train.json"),
    )
    makefile = (TABLE.parents[1] / "Makefile").read_text(encoding="utf-8")
    for one in asked:
        floor = retrieval_floor(one, TABLE)
        assert (floor.half, floor.ranking) == ("report", "fused")
        assert set(floor.floors) == {"plain", "bare", "half", "typos"}
    for path in PUBLIC.glob("*.json"):
        assert f"$(PUBLIC)/{path.name}" in makefile


def test_floors_are_set_anew_and_fall_only_when_told_to(squad: Path, tmp_path: Path) -> None:
    asked = read_squad(squad)
    measured = measure(asked, rankings=("bm25",), embedder="hash-256", progress=False)  # recalls 2/3
    table = tmp_path / "floors.toml"
    before = (
        f'# đầu tệp\n[[floor]]\nfile = "x"\n\n# sàn\n[[retrieval]]\nset = "tiny"\nsha256 = "{"1" * 64}"\n'
        f'corpus = "{asked.corpus}"\nhalf = "all"\nranking = "bm25"\n\n[retrieval.floors]\n'
        'plain = { "recall@1" = 0.9, "recall@10" = 0.5 }\n'
    )
    table.write_text(before, encoding="utf-8")

    changes = set_floors(measured, table)

    after = before.replace("1" * 64, asked.sha256).replace('"recall@10" = 0.5', '"recall@10" = 0.651')
    assert table.read_text(encoding="utf-8") == after
    assert [line.split(":")[0] for line in changes] == ["sha256", "plain", "plain"]
    assert "--lower" in changes[1]
    assert retrieval_floor(asked, table).floors == {"plain": {"recall@1": 0.9, "recall@10": 0.651}}

    assert set_floors(measured, table, lower=True) == ("plain: recall@1 0.9 → 0.651",)
    assert retrieval_shortfalls(measured, retrieval_floor(asked, table)) == ()


def test_floors_that_cannot_be_set_are_told(squad: Path, tmp_path: Path) -> None:
    asked = read_squad(squad)
    measured = measure(asked, rankings=("bm25",), embedder="hash-256", progress=False)
    table = table_of(tmp_path / "floors.toml", asked, 0.5)
    with pytest.raises(FloorsError, match="từng dòng"):
        set_floors(measured, table)
    with pytest.raises(FloorsError, match="chưa có sàn"):
        set_floors(replace(measured, set=replace(asked, name="khac")), table)
    table.write_text(table.read_text(encoding="utf-8").replace("floors.plain", "floors.bare"), encoding="utf-8")
    with pytest.raises(ValueError, match="chưa đo"):
        set_floors(measured, table)
