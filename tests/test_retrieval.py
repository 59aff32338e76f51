"""Metrics by hand, and measuring retrieval on a tiny set through the real archive and index."""

import json
import math
from pathlib import Path

import pytest

from evaluation.__main__ import main
from evaluation.metrics import ndcg, recall, reciprocal_rank
from evaluation.retrieval import measure, read_alqac, read_squad

TEXTS = ["Gạo nếp Nam Định dẻo và thơm.", "Chè xanh Thái Nguyên đậm vị.", "Nước mắm Phú Quốc ủ trong thùng gỗ."]
ASKED = ["Gạo nếp nào dẻo?", "Chè xanh ở đâu đậm vị?", "Nước mắm ủ trong gì?"]


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.json"
    paragraphs = [{"context": text, "qas": [{"question": asked}]} for text, asked in zip(TEXTS, ASKED, strict=True)]
    path.write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}), encoding="utf-8")
    return path


def test_ndcg_discounts_by_the_logarithm_of_the_rank() -> None:
    assert ndcg(["a", "b", "c"], {"a"}) == 1.0
    assert ndcg(["b", "a", "c"], {"a"}) == pytest.approx(1 / math.log2(3))
    assert ndcg(["b", "a", "c"], {"a", "c"}) == pytest.approx((1 / math.log2(3) + 1 / 2) / (1 + 1 / math.log2(3)))
    assert ndcg(["b", "a"], {"a"}, k=1) == 0.0
    assert ndcg(["a"], {"a", "b", "c"}, k=1) == 1.0


def test_reciprocal_rank_and_recall() -> None:
    assert reciprocal_rank(["b", "c", "a"], {"a"}) == pytest.approx(1 / 3)
    assert reciprocal_rank(["b", "c", "a"], {"a"}, k=2) == 0.0
    assert recall(["b", "a", "c"], {"a", "d"}) == 0.5
    assert recall(["b", "a"], {"a"}, k=1) == 0.0


@pytest.mark.parametrize("metric", [ndcg, reciprocal_rank, recall])
def test_a_question_without_answer_is_refused(metric: object) -> None:
    with pytest.raises(ValueError, match="relevant"):
        metric(["a"], set())  # type: ignore[operator]


def test_a_set_that_words_alone_decide_is_solved(squad: Path) -> None:
    measured = measure(read_squad(squad), embedder="hash-256", progress=False)
    assert [(row.ranking, row.diacritics) for row in measured] == [
        (ranking, diacritics) for ranking in ("dense", "bm25", "fused") for diacritics in (True, False)
    ]
    assert all(row.questions == 3 for row in measured)
    assert all(row.ndcg_at_10 == row.mrr_at_10 == row.recall_at_1 == 1.0 for row in measured)


def test_a_wrong_answer_lowers_the_measure(squad: Path) -> None:
    content = json.loads(squad.read_text(encoding="utf-8"))
    content["data"][0]["paragraphs"][0]["qas"].append({"question": "Chè xanh ở đâu?"})
    squad.write_text(json.dumps(content), encoding="utf-8")
    measured = measure(read_squad(squad), embedder="hash-256", progress=False)
    bm25 = next(row for row in measured if row.ranking == "bm25" and row.diacritics)
    assert bm25.recall_at_1 == 0.75


def test_alqac_files_are_read(tmp_path: Path) -> None:
    articles, questions = tmp_path / "articles.json", tmp_path / "questions.json"
    articles.write_text(json.dumps({"Luật Gạo@1": TEXTS[0], "Luật Chè@2": TEXTS[1]}), encoding="utf-8")
    asked = {"text": ASKED[1], "relevant_articles": [{"law_id": "Luật Chè", "article_id": "2"}]}
    questions.write_text(json.dumps([asked]), encoding="utf-8")
    tested = read_alqac(articles, questions)
    assert tested.texts["Luật Gạo@1"] == ("Luật Gạo", TEXTS[0])
    assert tested.questions == ((ASKED[1], ("Luật Chè@2",)),)
    asked["relevant_articles"] = [{"law_id": "Luật Chè", "article_id": "9"}]
    questions.write_text(json.dumps([asked]), encoding="utf-8")
    with pytest.raises(ValueError, match="Luật Chè@9"):
        read_alqac(articles, questions)


def test_the_command_prints_a_table_and_writes_json(
    squad: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = tmp_path / "out.json"
    assert main(["retrieval", "--squad", str(squad), "--embedder", "hash-256", "--json", str(saved)]) == 0
    assert "| tiny | fused | không | 3 | 1.0000 |" in capsys.readouterr().out
    assert len(json.loads(saved.read_text(encoding="utf-8"))) == 6


def test_files_that_are_no_set_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text("[]", encoding="utf-8")
    assert main(["retrieval", "--squad", str(wrong)]) == 1
    assert "wrong.json" in capsys.readouterr().err
    assert main(["retrieval"]) == 1
    assert "--squad" in capsys.readouterr().err
