"""Reading the public sets, and what is said of files that are none or are damaged."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from evaluation.public_sets import read_alqac, read_beir, read_squad
from evaluation.question_set import Place, files_digest

TEXTS = ["Gạo nếp Nam Định dẻo và thơm.", "Chè xanh Thái Nguyên đậm vị.", "Nước mắm Phú Quốc ủ trong thùng gỗ."]
CORPUS = [
    {"_id": "gao", "title": "Gạo", "text": TEXTS[0]},
    {"_id": "che", "title": "", "text": TEXTS[1]},
    {"_id": "mam", "title": "Nước mắm", "text": ""},
]
QUERIES: list[dict[str, object]] = [
    {"_id": 1, "text": "Gạo nếp nào dẻo?"},
    {"_id": "2", "text": "Chè nào đậm?"},
    {"_id": "3", "text": "Gì nữa?"},
]
QRELS = "query-id\tcorpus-id\tscore\n1\tgao\t2\n1\tmam\t1\n2\tche\t1\n2\tgao\t0\n3\tgao\t0\n"


def lines(values: Sequence[Mapping[str, object]]) -> str:
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    folder = tmp_path / "dac-san"
    (folder / "qrels").mkdir(parents=True)
    (folder / "corpus.jsonl").write_text(lines(CORPUS) + "\n", encoding="utf-8")
    (folder / "queries.jsonl").write_text("\ufeff" + lines(QUERIES), encoding="utf-8")
    (folder / "qrels" / "test.tsv").write_text(QRELS, encoding="utf-8")
    return folder


def test_squad_is_read_and_divided_by_its_articles(tmp_path: Path) -> None:
    path = tmp_path / "tiny.json"
    entries = [
        {
            "title": "Gạo",
            "paragraphs": [{"context": text, "qas": [{"id": text[:3], "question": "Gì?"}]} for text in TEXTS[:2]],
        },
        {"paragraphs": [{"context": TEXTS[2], "qas": [{"question": "Ủ đâu?"}, {"question": "Ở đâu?"}]}]},
    ]
    path.write_text(json.dumps({"data": entries}), encoding="utf-8")
    read = read_squad(path)
    assert (read.name, read.unit) == ("tiny", "document")
    assert [(question.id, question.group) for question in read.questions] == [
        ("Gạo", "Gạo"), ("Chè", "Gạo"), ("2", "1"), ("3", "1"),
    ]  # fmt: skip
    assert read.questions[1].gold == ((Place(document="1"),),)
    assert read.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_alqac_files_are_read(tmp_path: Path) -> None:
    articles, questions = tmp_path / "articles.json", tmp_path / "questions.json"
    articles.write_text(json.dumps({"Luật Gạo@1": TEXTS[0], "Luật Chè@2": TEXTS[1]}), encoding="utf-8")
    asked = {
        "question_id": "c1",
        "text": "Chè ở đâu?",
        "relevant_articles": [{"law_id": "Luật Chè", "article_id": "2"}],
    }
    questions.write_text(json.dumps([asked]), encoding="utf-8")
    read = read_alqac(articles, questions)
    (question,) = read.questions
    assert (question.id, question.text, question.group) == ("c1", "Chè ở đâu?", "Luật Chè@2")
    assert question.gold == ((Place(document="Luật Chè@2"),),)
    assert read.sha256 == files_digest([articles, questions]) != files_digest([questions, articles])
    asked["relevant_articles"] = [{"law_id": "Luật Chè", "article_id": "9"}]
    questions.write_text(json.dumps([asked]), encoding="utf-8")
    with pytest.raises(ValueError, match="Luật Chè@9"):
        read_alqac(articles, questions)


def test_beir_is_read_and_a_query_without_relevant_document_is_not_asked(beir: Path) -> None:
    read = read_beir(beir)
    assert (read.name, read.unit) == ("dac-san", "document")
    assert [(question.id, question.text) for question in read.questions] == [
        ("1", "Gạo nếp nào dẻo?"),
        ("2", "Chè nào đậm?"),
    ]
    assert read.questions[0].gold == ((Place(document="gao"),), (Place(document="mam"),))
    assert read.questions[1].gold == ((Place(document="che"),),)


def test_the_corpus_has_a_digest_of_its_own(beir: Path) -> None:
    before = read_beir(beir)
    queries = beir / "queries.jsonl"
    queries.write_text(queries.read_text(encoding="utf-8").replace("Chè nào", "Chè gì"), encoding="utf-8")
    other_questions = read_beir(beir)
    assert other_questions.corpus == before.corpus
    assert other_questions.sha256 != before.sha256
    corpus = beir / "corpus.jsonl"
    corpus.write_text(corpus.read_text(encoding="utf-8").replace("đậm vị", "nhạt vị"), encoding="utf-8")
    assert read_beir(beir).corpus != before.corpus


@pytest.mark.parametrize(
    ("file", "found", "instead", "said"),
    [
        ("corpus.jsonl", '"Gạo", "text"', '"Gạo", "text', r"corpus\.jsonl, line 1: no JSON"),
        ("corpus.jsonl", '{"_id": "che"', '{"name": "che"', r"corpus\.jsonl, line 2: _id is None"),
        ("corpus.jsonl", '"_id": "che"', '"_id": "gao"', r"line 2: the document 'gao' stands twice"),
        ("corpus.jsonl", '"title": "Nước mắm"', '"title": " "', r"line 3: the document 'mam' has neither"),
        ("corpus.jsonl", f'"{TEXTS[0]}"', "17", r"line 1: text is 17"),
        ("queries.jsonl", '"_id": 1', '"_id": "2"', r"queries\.jsonl, line 2: the query '2' stands twice"),
        ("queries.jsonl", "{", "[", r"queries\.jsonl, line 1: no JSON"),
        ("qrels/test.tsv", "1\tgao\t2", "1 gao 2", r"test\.tsv, line 2: 1 fields, expected three with tabs"),
        ("qrels/test.tsv", "1\tgao\t2", "1\tgao\tcao", r"line 2: the score is 'cao'"),
        ("qrels/test.tsv", "1\tgao\t2", "9\tgao\t2", r"line 2: the query '9' is not in .*queries\.jsonl"),
        ("qrels/test.tsv", "1\tgao\t2", "1\tmuoi\t2", r"line 2: the document 'muoi' is not in .*corpus\.jsonl"),
        ("qrels/test.tsv", QRELS, "query-id\tcorpus-id\tscore\n", r"test\.tsv holds no question"),
    ],
)
def test_a_damaged_file_is_named_with_its_line(beir: Path, file: str, found: str, instead: str, said: str) -> None:
    path = beir / file
    content = path.read_text(encoding="utf-8")
    assert found in content
    path.write_text(content.replace(found, instead, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        read_beir(beir)


def test_a_missing_file_and_another_encoding_are_said(beir: Path) -> None:
    (beir / "corpus.jsonl").write_bytes(lines(CORPUS[:1]).encode() + '{"_id": "x", "text": "chè"}\n'.encode("cp1258"))
    with pytest.raises(ValueError, match=r"corpus\.jsonl, line 2: no UTF-8"):
        read_beir(beir)
    (beir / "qrels" / "test.tsv").unlink()
    with pytest.raises(ValueError, match=r"qrels.test\.tsv not found; .*unpack the whole archive"):
        read_beir(beir)


@pytest.mark.parametrize("content", ["[]", "{}", "{", '{"data": [{"paragraphs": [{"qas": []}]}]}'])
def test_files_that_are_no_set_are_refused(tmp_path: Path, content: str) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=r"wrong\.json is no SQuAD file"):
        read_squad(wrong)
    with pytest.raises(ValueError, match=r"wrong\.json"):
        read_alqac(wrong, wrong)
