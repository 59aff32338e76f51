"""Searching: filters, questions without diacritics, legal addresses, and following the folder as it changes."""

import hashlib
import json
import logging
import threading
from pathlib import Path

import numpy as np
import pytest

from index.build import build
from index.embed import HashEmbedder
from index.figures.stated import figures
from index.filters import Filters
from index.law.address import DocumentNumber, asked_number
from index.manifest import IndexDamaged, IndexMismatch, IndexMissing, IndexSettings
from index.search import Searcher
from index.switch import switch
from tests.archived import make_article, put

RICE = ["Gạo nếp Nam Định", "Tỉnh Nam Định có 62 sản phẩm OCOP, gạo nếp đạt 4 sao."]
TEA = ["Chè Thái Nguyên", "Tỉnh Thái Nguyên có chè xanh đạt 5 sao."]
CRAB = ["Cua Cà Mau", "Tỉnh Cà Mau giới thiệu cua biển và tôm khô."]
LAW = [
    "Quyết định 26/2026/QĐ-TTg về Chương trình mỗi xã một sản phẩm",
    "Điều 7. Phân hạng sản phẩm",
    "1. Sản phẩm được phân thành năm hạng.",
    "2. Hạng bốn sao từ 70 đến 89 điểm.",
    "Điều 8. Giấy chứng nhận",
    "1. Giấy chứng nhận có thời hạn.",
    "2. Giấy chứng nhận bị thu hồi khi vi phạm.",
]
OLD_LAW = ["Quyết định 148/QĐ-TTg năm 2023", "Điều 7. Hồ sơ", "1. Hồ sơ gồm đơn.", "2. Hồ sơ nộp ở huyện."]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    put(tmp_path, RICE, url="https://a.example/gao", published="2020-06-12")
    put(tmp_path, TEA, url="https://a.example/che", published="2021")
    put(tmp_path, CRAB, url="https://a.example/cua")
    put(tmp_path, LAW, url="https://a.example/26", kind="regulation", published="2026-05")
    put(tmp_path, OLD_LAW, url="https://a.example/148", kind="guide", published="2023-02-24T08:00")
    build(tmp_path, embedder="hash-256", progress=False)
    return tmp_path


def number(text: str) -> DocumentNumber:
    found = asked_number(text)
    assert found is not None
    return found


@pytest.fixture
def searcher(data: Path) -> Searcher:
    return Searcher.open(data)


def texts(searcher: Searcher, question: str, *, limit: int = 10) -> list[str]:
    return [hit.passage.text for hit in searcher.search(question, limit=limit).hits]


def test_the_best_passage_comes_first_with_its_parts(searcher: Searcher) -> None:
    result = searcher.search("chè xanh Thái Nguyên", limit=3)
    assert len(result.hits) == 3
    best = result.hits[0]
    assert "chè xanh" in best.passage.text
    vector = searcher.vector("chè xanh Thái Nguyên")
    passage = searcher.embed_texts([f"{best.passage.header}\n{best.passage.text}"])[0]
    assert best.dense == pytest.approx(float(vector @ passage), abs=5e-4)  # vectors are kept as float16
    assert best.lexical is not None
    assert best.lexical > 0
    scores = [hit.score for hit in result.hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert 1 <= result.total <= searcher.passage_count


def test_the_exact_store_finds_the_same(data: Path) -> None:
    faiss = Searcher.open(data).search("giấy chứng nhận sản phẩm 4 sao").hits
    build(data, store="exact", progress=False)
    exact = Searcher.open(data, store="exact").search("giấy chứng nhận sản phẩm 4 sao").hits
    assert [hit.passage for hit in faiss] == [hit.passage for hit in exact]
    assert [hit.score for hit in faiss] == pytest.approx([hit.score for hit in exact], abs=1e-5)


def test_a_question_without_diacritics_is_read_with_them(searcher: Searcher) -> None:
    marked = searcher.search("chè xanh đạt mấy sao ở thái nguyên")
    bare = searcher.search("che xanh dat may sao o thai nguyen")
    assert bare.read_as == "chè xanh đạt mấy sao ở thái nguyên"
    assert marked.read_as is None
    assert bare.hits[0].passage == marked.hits[0].passage
    assert bare.hits[0].dense == pytest.approx(marked.hits[0].dense, abs=1e-5)
    assert searcher.search("OCOP 4 sao").read_as is None
    assert searcher.search("sn phẩm 4 soa").read_as == "sản phẩm 4 sao"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("chè xanh ở thai nguyen", "chè xanh ở thái nguyên"),
        ("chè xanhh Thái Nguyên", "chè xanh Thái Nguyên"),
        ("gioi thieu cua bieen", "giới thiệu cua biển"),
    ],
)
def test_a_question_with_some_marks_or_a_slip_is_read_as_meant(searcher: Searcher, typed: str, read: str) -> None:
    found = searcher.search(typed)
    assert found.read_as == read
    assert [hit.passage for hit in found.hits] == [hit.passage for hit in searcher.search(read).hits]


def test_without_weight_for_vectors_bare_questions_ask_words_alone(data: Path) -> None:
    build(data, settings=IndexSettings(bare_dense_weight=0.0), progress=False)
    searcher = Searcher.open(data)
    assert searcher.search("che xanh dat may sao").hits[0].dense is None
    assert searcher.search("chè xanh đạt mấy sao").hits[0].dense is not None


@pytest.mark.parametrize("question", ["QĐ 26", "quyết định số 26", "qd 26/2026", "26/2026/QD-TTG", "Quyết định 26"])
def test_a_document_is_found_by_every_spelling_of_its_number(searcher: Searcher, question: str) -> None:
    assert searcher.search(question, limit=1).hits[0].passage.kind == "regulation"


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(kinds=("regulation",)), {"26"}),
        (Filters(kinds=()), set()),
        (Filters(provinces=("ca-mau",)), {"cua"}),
        (Filters(provinces=("ca-mau", "nam-dinh")), {"cua", "gao"}),
        (Filters(date_from="2021-03"), {"che", "26", "148"}),
        (Filters(date_to="2021-03"), {"gao", "che"}),
        (Filters(date_from="2020-06-12", date_to="2020-06-12"), {"gao"}),
        (Filters(date_from="2020-06-13", date_to="2020-12"), set()),
        (Filters(date_from="2023-02-24", date_to="2023-02-24"), {"148"}),
        (Filters(heading="Điều 7"), {"26", "148"}),
        (Filters(heading="điều 8, khoản 2"), {"26"}),
        (Filters(kinds=("guide",), heading="Điều 8"), set()),
        (Filters(stars=(4,)), {"gao", "26"}),
        (Filters(numbers=(number("QĐ 26"),)), {"26"}),
        (Filters(sources=("bao thu",)), {"gao", "che", "cua", "26", "148"}),
        (Filters(sources=("a.example",), kinds=("news",)), {"gao", "che", "cua"}),
        (Filters(sources=("b.example",)), set()),
    ],
)
def test_filters(data: Path, searcher: Searcher, filters: Filters, found: set[str]) -> None:
    names = {
        make_article(lines, url=f"https://a.example/{name}")[0].id: name
        for name, lines in {"gao": RICE, "che": TEA, "cua": CRAB, "26": LAW, "148": OLD_LAW}.items()
    }
    result = searcher.search("sản phẩm", filters, limit=50)
    assert {names[hit.passage.article_id] for hit in result.hits} == found


def test_a_filter_by_article(searcher: Searcher) -> None:
    wanted = searcher.article_ids()[0]
    hits = searcher.search("sản phẩm", Filters(article_ids=(wanted,))).hits
    assert hits
    assert {hit.passage.article_id for hit in hits} == {wanted}


@pytest.mark.parametrize(
    "question", ["Điều 7 khoản 2 QĐ 26/2026 nói gì?", "dieu 7 khoan 2 qd 26/2026", "khoản 2 Điều 7 QĐ 26"]
)
def test_a_named_unit_of_law_comes_first(searcher: Searcher, question: str) -> None:
    hits = searcher.search(question, limit=5).hits
    assert hits[0].passage.text == "2. Hạng bốn sao từ 70 đến 89 điểm."
    assert hits[0].score >= 0.5
    assert all(hit.score <= 0.5 for hit in hits[1:])
    assert len({hit.passage for hit in hits}) == len(hits)


def test_a_point_that_is_no_passage_of_its_own_means_its_clause(searcher: Searcher) -> None:
    assert texts(searcher, "điểm a khoản 2 Điều 8 QĐ 26/2026", limit=1) == [
        "2. Giấy chứng nhận bị thu hồi khi vi phạm."
    ]


def test_a_unit_of_another_document_is_not_taken_for_it(searcher: Searcher) -> None:
    hits = searcher.search("Điều 7 khoản 2 QĐ 999/2019", limit=3).hits
    assert all(hit.score < 1 for hit in hits[1:])
    first = searcher.search("Điều 7 khoản 2 QĐ 148", limit=1).hits[0]
    assert first.passage.text == "2. Hồ sơ nộp ở huyện."


def test_blank_questions_and_wrong_limits(searcher: Searcher) -> None:
    assert searcher.search("  \n ").hits == ()
    with pytest.raises(ValueError, match="limit"):
        searcher.search("gạo", limit=0)
    with pytest.raises(ValueError, match="2020-13"):
        Filters(date_from="2020-13x")


def test_what_no_text_has_is_still_ranked_by_its_vector(searcher: Searcher) -> None:
    result = searcher.search("xyzzy")
    assert result.total == 0  # none shares a word with it
    assert len(result.hits) == 10
    assert all(hit.lexical == 0 for hit in result.hits)


def test_figures_are_those_of_the_articles(searcher: Searcher) -> None:
    expected = figures(make_article(RICE, url="https://a.example/gao", published="2020-06-12")[0])
    assert expected
    assert set(expected) <= set(searcher.figures())


def test_vectors_of_questions_are_remembered(searcher: Searcher) -> None:
    assert searcher.vector("gạo  nếp") is searcher.vector("gạo nếp")
    assert np.linalg.norm(searcher.vector("gạo")) == pytest.approx(1.0, abs=1e-6)


# Following the folder


def test_refresh_takes_up_what_a_later_build_brings(data: Path, searcher: Searcher) -> None:
    assert searcher.refresh() is False
    put(data, ["Mật ong U Minh", "Mật ong rừng tràm đạt 3 sao."], url="https://a.example/mat-ong")
    build(data, progress=False)
    assert all("Mật ong" not in text for text in texts(searcher, "mật ong rừng tràm"))
    assert searcher.refresh() is True
    assert "Mật ong" in texts(searcher, "mật ong rừng tràm")[0]
    assert searcher.manifest.generation == 2
    assert searcher.refresh() is False


def test_a_bad_generation_is_reported_once_and_the_former_serves_on(
    data: Path, searcher: Searcher, caplog: pytest.LogCaptureFixture
) -> None:
    bad = build(data, progress=False).folder
    whole = (bad / "vectors.npy").read_bytes()
    (bad / "vectors.npy").write_bytes(whole[:-100])
    with caplog.at_level(logging.ERROR):
        assert searcher.refresh() is False
        assert searcher.refresh() is False
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert searcher.trouble is not None
    assert "vectors.npy" in searcher.trouble
    assert "python -m index build" in searcher.trouble
    assert searcher.manifest.generation == 1
    assert texts(searcher, "chè xanh")
    build(data, progress=False)
    assert searcher.refresh() is True
    assert searcher.trouble is None


def test_searches_go_on_while_generations_change(data: Path, searcher: Searcher) -> None:
    """Threads search without a pause while generations come and the files of the first ones go."""
    stop = threading.Event()
    faults: list[BaseException] = []
    counts = [0, 0]

    def look(place: int) -> None:
        while not stop.is_set():
            try:
                assert "chè xanh" in texts(searcher, "chè xanh Thái Nguyên", limit=1)[0]
                counts[place] += 1
            except BaseException as fault:
                faults.append(fault)
                return

    threads = [threading.Thread(target=look, args=(place,)) for place in range(2)]
    for thread in threads:
        thread.start()
    for _ in range(4):
        build(data, progress=False)
        assert searcher.refresh() is True
    stop.set()
    for thread in threads:
        thread.join()
    assert faults == []
    assert min(counts) > 0
    assert searcher.manifest.generation == 5


def test_an_open_searcher_survives_the_removal_of_its_files(data: Path, searcher: Searcher) -> None:
    for _ in range(2):
        build(data, progress=False)
    assert not (data / "index" / "generation-000001").exists()
    assert texts(searcher, "chè xanh")
    assert searcher.refresh() is True


# What is refused


def test_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match=f"python -m index build --data {tmp_path}"):
        Searcher.open(tmp_path)


@pytest.mark.parametrize(
    "name", ["vectors.npy", "passages.sqlite", "facets/kinds.npy", "language.npz", "accented/passages.npy"]
)
def test_every_changed_file_is_found_by_name(data: Path, name: str) -> None:
    path = data / "index" / "generation-000001" / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(IndexDamaged, match=name):
        Searcher.open(data)
    path.unlink()
    with pytest.raises(IndexDamaged, match=name):
        Searcher.open(data)


def test_a_half_built_generation_is_refused(data: Path) -> None:
    (data / "index" / "generation-000001" / "manifest.json").unlink()
    with pytest.raises(IndexDamaged, match="half-built"):
        Searcher.open(data)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ('"dense_weight": 0.5', '"dense_weight": 0.1'),
        ('"articles": ', '"articles": 1'),
        ('"figures": ', '"figures": 1'),
        ('"corpus_updated": "2', '"corpus_updated": "1'),
        ('"code": "', '"code": "0'),
    ],
)
def test_a_changed_manifest_is_found_by_name(data: Path, was: str, now: str) -> None:
    path = data / "index" / "generation-000001" / "manifest.json"
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, now, 1), encoding="utf-8")
    with pytest.raises(IndexDamaged, match=r"manifest\.json has sha256 .* CURRENT says .* python -m index build"):
        Searcher.open(data)


def test_an_index_built_before_its_manifest_had_a_sha256_opens_and_gets_one(data: Path) -> None:
    current = data / "index" / "CURRENT"
    current.write_text("generation-000001\n", encoding="utf-8")
    Searcher.open(data).close()
    assert build(data, progress=False).notice is None
    manifest = data / "index" / "generation-000002" / "manifest.json"
    digest = hashlib.sha256(manifest.read_bytes()).hexdigest()
    assert current.read_text(encoding="utf-8") == f"generation-000002 {digest}\n"


@pytest.mark.parametrize(("field", "value"), [("model_sha256", "0" * 64), ("dim", 128)])
def test_a_manifest_of_another_model_is_refused(data: Path, field: str, value: object) -> None:
    path = data / "index" / "generation-000001" / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), field: value}), encoding="utf-8")
    switch(data / "index", path.parent.name)
    with pytest.raises(IndexMismatch, match=r"hash-256.*--embedder hash-256"):
        Searcher.open(data)


def test_another_model_or_store_than_asked_for_is_refused(data: Path) -> None:
    class Other(HashEmbedder):
        name = "other"

    with pytest.raises(IndexMismatch, match=r"'hash-256'.*'other'"):
        Searcher.open(data, embedder=Other())
    with pytest.raises(IndexMismatch, match=r"--store exact"):
        Searcher.open(data, store="exact")


def test_capitals_throughout_find_the_same(searcher: Searcher) -> None:
    plain, loud = searcher.search("gạo nếp nam định mấy sao"), searcher.search("GẠO NẾP NAM ĐỊNH MẤY SAO")
    assert [(hit.passage.start, hit.score) for hit in loud.hits] == [
        (hit.passage.start, hit.score) for hit in plain.hits
    ]
