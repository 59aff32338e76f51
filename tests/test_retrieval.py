"""Measuring search on a tiny set through the real archive and index; rankings, halves, comparisons, the command."""

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from evaluation.__main__ import main
from evaluation.baseline import Baseline
from evaluation.public_sets import read_beir, read_squad
from evaluation.question_set import Half, Place, Question
from evaluation.retrieval import Measured, Scores, measure, ranking_of, relevant
from evaluation.retrieval_report import as_record, as_table, compare, compare_kept, each_record, read_each, write_json
from index.embed import load_embedder
from index.manifest import FOLDER, IndexSettings, current_name, in_use, read_manifest
from index.passage import Hit, Passage
from tests.archived import make_article

TEXTS = ["Gạo nếp Nam Định dẻo và thơm.", "Chè xanh Thái Nguyên đậm vị.", "Nước mắm Phú Quốc ủ trong thùng gỗ."]
ASKED = ["Gạo nếp nào dẻo?", "Chè xanh ở đâu đậm vị?", "Nước mắm ủ trong gì?"]
METRICS = ["ndcg@10", "mrr@10", "recall@1", "recall@5", "recall@10"]


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.json"
    paragraphs = [{"context": text, "qas": [{"question": asked}]} for text, asked in zip(TEXTS, ASKED, strict=True)]
    path.write_text(json.dumps({"data": [{"paragraphs": [one]} for one in paragraphs]}), encoding="utf-8")
    return path


def hit(article: str, text: str, *, start: int = 0, also: tuple[str, ...] = ()) -> Hit:
    passage = Passage(
        article_id=article, digest="0" * 64, start=start, end=start + len(text), text=text, header="", heading="",
        kind="news", provinces=(), date=None,
    )  # fmt: skip
    return Hit(passage=passage, score=1.0, dense=None, lexical=None, also=also)


def question(*gold: tuple[tuple[str, str], ...], group: str = "g") -> Question:
    needs = tuple(tuple(Place(document=name, quote=quote) for name, quote in places) for places in gold)
    return Question(id="q", text="Gì?", gold=needs, group=group)


def test_a_document_stands_where_its_best_passage_does_and_copies_behind_their_lead() -> None:
    names = {"1": "gao", "2": "che", "3": "mam"}
    hits = [hit("2", "a"), hit("1", "b", also=("3",)), hit("2", "c"), hit("4", "d")]
    assert ranking_of(hits, question((("mam", ""),)), names, "document") == ["che", "gao", "mam"]
    assert relevant(question((("mam", ""),), (("che", ""),)), "document") == {"mam", "che"}


def test_a_passage_is_right_where_it_is_of_the_page_and_holds_the_quote() -> None:
    names = {"1": "gao", "2": "che", "3": "ban-sao"}
    hits = [
        hit("2", "có 62 sản phẩm"),
        hit("1", "mở đầu"),
        hit("1", "có 62\nsản phẩm", start=50),
        hit("1", "vẫn là 62 sản phẩm", start=90),
        hit("2", "có 18 sản phẩm", start=40),
    ]
    wanted = question((("gao", "62 sản phẩm"),), (("gao", "18 sản phẩm"), ("che", "18 sản phẩm")))
    assert ranking_of(hits, wanted, names, "passage") == ["2 0", "1 0", "gold 0", "1 90", "gold 1"]
    assert relevant(wanted, "passage") == {"gold 0", "gold 1"}
    # what a copy's page is asked for is found in the article that leads its story
    copied = [hit("1", "có 62 sản phẩm", also=("3",))]
    assert ranking_of(copied, question((("ban-sao", "62 sản phẩm"),)), names, "passage") == ["gold 0"]


def test_a_half_is_a_matter_of_the_document_alone() -> None:
    halves = {group: question((("x", "y"),), group=group).half for group in map(str, range(400))}
    assert halves["0"] == question((("other", "z"),), group="0").half
    assert 160 < list(halves.values()).count("development") < 240


def test_a_set_that_words_alone_decide_is_solved_in_every_way(squad: Path) -> None:
    measured = measure(read_squad(squad), typings=("plain", "bare", "half"), embedder="hash-256", progress=False)
    assert [(scores.ranking, scores.typing) for scores in measured.scores] == [
        (ranking, typing) for ranking in ("dense", "bm25", "fused") for typing in ("plain", "bare", "half")
    ]
    assert len(measured.questions) == measured.passages == 3
    assert all((scores.values == 1.0).all() for scores in measured.scores if scores.typing != "half")


def test_the_baseline_is_the_mean_of_both_scores_over_all_chunks() -> None:
    texts = ("Chè xanh Thái Nguyên được sao suốt.", "Nước mắm Nam Định. " + "Cá cơm " * 130, "Gạo nếp Thái Bình.")
    articles = [make_article([text.strip()], title="")[0] for text in texts]
    baseline = Baseline(articles, load_embedder("hash-256"))
    assert baseline.chunks == 5  # 264 words make three chunks
    hits = {hit.passage.text.partition(" ")[0]: hit for hit in baseline.search("CHÈ xanh", limit=3)}
    best = hits["Chè"]
    # Two words and their pair, each in one chunk of five; n words have n terms and n - 1 pairs.
    lengths = [2 * words - 1 for words in (7, 120, 120, 24, 4)]
    idf, norm = math.log(1 + (5 - 1 + 0.5) / (1 + 0.5)), 0.25 + 0.75 * lengths[0] / (sum(lengths) / 5)
    assert best.lexical == pytest.approx(3 * idf / (1 + 1.5 * norm))
    dense = [hit.dense for hit in baseline.search("CHÈ xanh", limit=5) if hit.dense is not None]
    assert best.dense == max(dense)
    assert best.score == pytest.approx(1.0)
    assert [hit.score for hit in hits.values() if hit is not best] == pytest.approx(
        [((hit.dense or 0) - min(dense)) / (max(dense) - min(dense)) / 2 for hit in hits.values() if hit is not best]
    )


def test_the_baseline_is_measured_beside_ours(squad: Path) -> None:
    measured = measure(read_squad(squad), rankings=("fused", "baseline"), embedder="hash-256", progress=False)
    assert [scores.ranking for scores in measured.scores] == ["fused", "baseline"]
    assert (measured.scores[1].values == 1.0).all()


def test_a_wrong_answer_lowers_the_measure(squad: Path) -> None:
    content = json.loads(squad.read_text(encoding="utf-8"))
    content["data"][0]["paragraphs"][0]["qas"].append({"question": "Chè xanh ở đâu?"})
    squad.write_text(json.dumps(content), encoding="utf-8")
    measured = measure(read_squad(squad), rankings=("bm25",), embedder="hash-256", progress=False)
    (scores,) = measured.scores
    assert scores.values[:, METRICS.index("recall@1")].mean() == 0.75


def test_a_half_is_asked_of_the_whole_corpus(squad: Path) -> None:
    asked = read_squad(squad)
    of_half: dict[Half, list[str]] = {"development": [], "report": []}
    for one in asked.questions:
        of_half[one.half].append(one.id)
    half: Half = "development" if of_half["development"] else "report"
    measured = measure(asked, half=half, rankings=("bm25",), embedder="hash-256", progress=False)
    assert [one.id for one in measured.questions] == of_half[half]
    assert measured.passages == 3
    emptied = replace(asked, questions=measured.questions)
    with pytest.raises(ValueError, match="--half all"):
        measure(emptied, half="report" if half == "development" else "development", progress=False)


def test_a_kept_folder_keeps_its_vectors_and_its_settings(squad: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    first = measure(read_squad(squad), embedder="hash-256", data=kept, progress=False)
    assert read_manifest(kept, in_use(kept)).settings == IndexSettings()
    vectors = kept / FOLDER / current_name(kept) / "vectors.npy"
    before = np.load(vectors)
    content = json.loads(squad.read_text(encoding="utf-8"))
    content["data"].pop()
    squad.write_text(json.dumps(content), encoding="utf-8")
    second = measure(read_squad(squad), embedder="hash-256", data=kept, progress=False)
    assert (first.passages, second.passages) == (3, 2)
    after = np.load(kept / FOLDER / current_name(kept) / "vectors.npy")
    assert {tuple(row) for row in after} < {tuple(row) for row in before}


def test_a_folder_with_something_else_in_it_is_left_alone(squad: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "archive.sqlite").write_text("precious", encoding="utf-8")
    with pytest.raises(ValueError, match="something else"):
        measure(read_squad(squad), embedder="hash-256", data=mine, progress=False)
    assert (mine / "archive.sqlite").read_text(encoding="utf-8") == "precious"


@pytest.fixture
def measured(squad: Path) -> Measured:
    """Two ways of ranking of which one finds each text at once and the other second."""
    asked = read_squad(squad)
    second = np.array([0.6309, 0.5, 0.0, 1.0, 1.0])
    return Measured(
        set=asked, half=None, questions=asked.questions, documents=3, passages=3, embedder="hash-256",
        model_sha256="0" * 64,
        settings=IndexSettings(),
        scores=(
            Scores(ranking="bm25", typing="plain", values=np.tile(second, (3, 1)), search_ms=1.25),
            Scores(ranking="fused", typing="plain", values=np.ones((3, 5)), search_ms=2.0),
            Scores(ranking="fused", typing="bare", values=np.tile(second, (3, 1)), search_ms=2.0),
        ),
    )  # fmt: skip


def test_pairs_are_compared_within_what_they_share(measured: Measured) -> None:
    found = compare(measured, [("fused", "bm25"), ("fused", "dense"), ("bare", "plain")])
    assert [(one.first, one.second, one.within) for one in found] == [
        ("fused", "bm25", "plain"),
        ("bare", "plain", "fused"),
    ]
    assert found[0].metrics["mrr@10"].mean == pytest.approx(0.5)
    assert found[1].metrics["recall@1"].mean == pytest.approx(-1.0)
    table = as_table(measured, found)
    assert "| fused | plain | 1,000 [1,000; 1,000] |" in table
    assert "| bm25 | plain | 0,631 [0,631; 0,631] | 0,500 [0,500; 0,500] | 0,000 [0,000; 0,000] |" in table
    assert "| fused − bm25 | plain | +0,369 [+0,369; +0,369] * |" in table
    assert "| +1,000 [+1,000; +1,000] * | 0,000 [0,000; 0,000] | 0,000 [0,000; 0,000] |" in table
    assert "| bare − plain | fused | −0,369 [−0,369; −0,369] * |" in table
    assert "nửa phát triển" in table
    assert "nửa báo cáo" in table


def test_machines_get_numbers_and_no_text_of_the_set(measured: Measured) -> None:
    record = as_record([measured], [compare(measured, [("fused", "bm25")])], [()])
    (one,) = record["sets"]
    assert one["split"]["development"]["questions"] + one["split"]["report"]["questions"] == 3
    assert (one["half"], one["questions"], one["sha256"]) == ("all", 3, measured.set.sha256)
    assert one["rows"][0] == {
        "ranking": "bm25", "questions": "plain", "search_ms": 1.2, "ndcg@10": [0.6309] * 3, "mrr@10": [0.5] * 3,
        "recall@1": [0.0] * 3, "recall@5": [1.0] * 3, "recall@10": [1.0] * 3,
    }  # fmt: skip
    assert one["differences"][0]["recall@1"] == [1.0, 1.0, 1.0]
    written = json.dumps(record, ensure_ascii=False)
    assert not any(text in written for text in (*TEXTS, *ASKED))


def test_a_later_measurement_is_paired_with_a_kept_one(measured: Measured, tmp_path: Path) -> None:
    path = tmp_path / "each.json"
    write_json(path, each_record([measured]))
    kept = read_each(path)
    assert list(kept[0].values["fused/plain"]) == [one.id for one in measured.questions]
    better = replace(measured, scores=(replace(measured.scores[0], values=np.ones((3, 5))),))
    (one,) = compare_kept(better, kept, "each.json")
    assert (one.first, one.second, one.within) == ("bm25, plain", "each.json", "3")
    assert one.metrics["recall@1"].mean == 1.0
    # fewer questions here: only those that both asked
    fewer = replace(better, questions=better.questions[1:], scores=(replace(better.scores[0], values=np.ones((2, 5))),))
    assert compare_kept(fewer, kept, "each.json")[0].within == "2"
    with pytest.raises(ValueError, match="other questions"):
        compare_kept(replace(better, set=replace(better.set, sha256="1" * 64)), kept, "each.json")
    with pytest.raises(ValueError, match="has no set khac; it has tiny"):
        compare_kept(replace(better, set=replace(better.set, name="khac")), kept, "each.json")
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match="not written by --each"):
        read_each(path)


@pytest.fixture
def retrieval(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """The command with the embedder that needs no model: exit code, what it printed, what it complained of."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(["retrieval", "--embedder", "hash-256", *arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def test_the_command_prints_a_table_and_writes_json(
    squad: Path, tmp_path: Path, retrieval: Callable[..., tuple[int, str, str]]
) -> None:
    saved, each = tmp_path / "out.json", tmp_path / "each.json"
    asked = ("--set", f"xquad:{squad}", "--half", "all", "--questions", "plain", "bare", "--ranking", "bm25", "fused")
    code, said, _ = retrieval(*asked, "--json", str(saved), "--each", str(each))
    assert code == 0
    assert "Bộ tiny: hỏi cả hai nửa, 3 câu; kho 3 văn bản, 3 đoạn; mô hình hash-256." in said
    assert "| fused | bare | 1,000 [1,000; 1,000] |" in said
    assert "| fused − bm25 | plain | 0,000 [0,000; 0,000] |" in said
    record = json.loads(saved.read_text(encoding="utf-8"))
    assert record["command"] == (
        "python -m evaluation retrieval --set xquad:tiny.json --half all --questions plain bare --ranking bm25 fused "
        "--embedder hash-256"
    )
    (one,) = record["sets"]
    assert [(row["ranking"], row["questions"]) for row in one["rows"]] == [
        ("bm25", "plain"), ("bm25", "bare"), ("fused", "plain"), ("fused", "bare"),
    ]  # fmt: skip
    code, said, _ = retrieval(*asked, "--compare", "bare:plain", "--against", str(each))
    assert code == 0
    assert "fused − bm25" not in said
    assert "| bare − plain | bm25 |" in said
    assert "| fused, bare − each.json | 3 | 0,000 [0,000; 0,000] |" in said


def test_a_beir_folder_is_measured(tmp_path: Path, retrieval: Callable[..., tuple[int, str, str]]) -> None:
    folder = tmp_path / "beir"
    (folder / "qrels").mkdir(parents=True)
    corpus = [{"_id": str(number), "title": "", "text": text} for number, text in enumerate(TEXTS)]
    queries = [{"_id": f"q{number}", "text": text} for number, text in enumerate(ASKED)]
    for name, rows in (("corpus", corpus), ("queries", queries)):
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text("q0\t0\t1\nq1\t1\t1\nq2\t1\t1\n", encoding="utf-8")
    code, said, _ = retrieval("--set", f"beir:{folder}", "--half", "all", "--questions", "plain", "--ranking", "bm25")
    assert code == 0
    assert "Bộ beir: hỏi cả hai nửa, 3 câu" in said
    measured = measure(read_beir(folder), rankings=("bm25",), embedder="hash-256", progress=False)
    recall_at_1 = measured.scores[0].values[:, METRICS.index("recall@1")]
    assert recall_at_1.tolist() == [1.0, 1.0, 0.0]


def test_files_that_are_no_set_are_refused(tmp_path: Path, retrieval: Callable[..., tuple[int, str, str]]) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text("[]", encoding="utf-8")
    code, said, complaint = retrieval("--set", f"xquad:{wrong}")
    assert (code, said) == (1, "")
    assert "wrong.json" in complaint
    code, _, complaint = retrieval("--set", f"beir:{tmp_path}")
    assert code == 1
    assert "corpus.jsonl" in complaint


@pytest.mark.parametrize(
    ("flag", "value"),
    [
        ("--set", "khac:x"),
        ("--set", "xquad"),
        ("--set", "alqac:mot-tep.json"),
        ("--set", "own:tep"),
        ("--compare", "fused"),
        ("--compare", "fused:plain"),
        ("--compare", "bare:bare"),
        ("--half", "nua"),
    ],
)
def test_wrong_calls_are_refused(flag: str, value: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["retrieval", flag, value])
    assert left.value.code == 2
    assert value in capsys.readouterr().err
