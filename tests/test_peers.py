"""The benchmark beside other stores: the corpus is like the real one, and every number told was measured."""

import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.peers.corpus import Corpus, Filter, word
from benchmarks.peers.exact import Bm25, read_exact, write_exact
from benchmarks.peers.peer import PEERS, WAYS, reciprocal_ranks
from benchmarks.peers.plot import draw_peers
from benchmarks.peers.run import PeersReport, measure_peers
from benchmarks.peers.synthesis import Real, neighbour_distances, synthesise
from benchmarks.peers.table import peers_tables
from index.store import CodedTerms, sample

LUCENE = Bm25(k1=1.5, b=0.75, idf="lucene")


@pytest.fixture(scope="module")
def real() -> Real:
    """300 passages about 30 subjects, as near to each other as texts of one subject are, in words like Zipf's."""
    random = np.random.default_rng(0)
    subjects = random.standard_normal((30, 32))
    vectors = subjects[random.integers(30, size=300)] + 0.4 * random.standard_normal((300, 32))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    sentences = [[f"từ {random.zipf(1.5) % 500}" for _ in range(12)] for _ in range(900)]
    coded = CodedTerms.of(sentences)
    places = {term: place for place, term in enumerate(coded.vocabulary)}
    return Real(
        sources=("thử",),
        vectors=vectors,
        vocabulary=coded.vocabulary,
        codes=coded.codes,
        sentence_offsets=coded.offsets,
        passage_offsets=np.arange(0, 901, 3),
        question_vectors=vectors[:20],
        question_codes=tuple(tuple(dict.fromkeys(places[term] for term in sentences[3 * row])) for row in range(20)),
    )


@pytest.fixture(scope="module")
def corpus(real: Real, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return synthesise(real, tmp_path_factory.mktemp("corpus") / "one", 600, questions=40)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix != ".npz"}


def test_a_corpus_is_the_same_each_time_and_another_with_another_seed(
    real: Real, corpus: Corpus, tmp_path: Path
) -> None:
    again = synthesise(real, tmp_path / "again", 600, questions=40)
    assert files(again.folder) == files(corpus.folder)
    assert [question.words for question in again.questions()] == [question.words for question in corpus.questions()]
    other = synthesise(real, tmp_path / "other", 600, questions=40, seed=8)
    assert not np.array_equal(other.vectors(0, 10), corpus.vectors(0, 10))
    assert not np.array_equal(other.codes(0, 10), corpus.codes(0, 10))


def test_jittered_vectors_are_as_far_from_their_neighbours_as_real_ones(real: Real, corpus: Corpus) -> None:
    vectors = corpus.vectors(0, 600)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    told, wanted = corpus.about.distances, corpus.about.real_distances
    assert wanted == neighbour_distances(real.vectors, len(real.vectors), 7)
    assert told["1st"][2] == pytest.approx(wanted["1st"][2], rel=0.1)
    assert told["10th"][2] == pytest.approx(wanted["10th"][2], rel=0.5)
    # By the definition: the highest cosine with any other row.
    products = vectors @ vectors.T
    np.fill_diagonal(products, -1)
    assert told["1st"][2] == pytest.approx(float(np.median(1 - products.max(axis=1))), rel=0.15)
    gaussian = np.random.default_rng(1).standard_normal((600, 32)).astype(np.float32)
    gaussian /= np.linalg.norm(gaussian, axis=1, keepdims=True)
    assert neighbour_distances(gaussian, 600, 7)["1st"][2] > 2 * wanted["1st"][2]


def test_terms_are_as_frequent_as_in_real_passages(corpus: Corpus) -> None:
    assert set(corpus.about.shares) == {"10", "100"}
    for rank, share in corpus.about.shares.items():
        assert share == pytest.approx(corpus.about.real_shares[rank], rel=0.4)


def test_texts_are_the_terms_as_words_of_one_token(corpus: Corpus) -> None:
    assert [word(code) for code in (0, 35, 36, 1295, 1296)] == ["q0", "qz", "q10", "qzz", "q100"]
    codes, bounds = corpus.codes(5, 7), corpus.offsets[5:8] - corpus.offsets[5]
    assert [text.split(" ") for text in corpus.texts(5, 7)] == [
        [word(int(code)) for code in codes[bounds[row] : bounds[row + 1]]] for row in range(2)
    ]


def test_filters_leave_what_they_say(corpus: Corpus) -> None:
    question = corpus.questions()[0]
    narrow = corpus.facets.allowed(question.filter("narrow"))
    assert narrow is not None
    for row in range(600):
        province, kind, year = corpus.facets.of(row)
        assert narrow[row] == (province == question.province and year >= 2023)
        wide = corpus.facets.allowed(Filter(kind="news"))
        assert wide is not None
        assert wide[row] == (kind == "news")
    assert corpus.about.left["none"] == 1
    assert corpus.about.left["wide"] == pytest.approx(0.6, abs=0.1)


def test_exact_lists_follow_the_formulas(corpus: Corpus, tmp_path: Path) -> None:
    asked = corpus.questions()[:3]
    floored = Bm25(k1=1.2, b=0.75, idf="robertson")
    file = tmp_path / "exact.npz"
    write_exact(corpus, asked, (floored,), file, depth=20, fused_by=LUCENE, dense_weight=0.5, limit=10)
    vectors, count = corpus.vectors(0, 600), 600
    documents = [text.split(" ") for text in corpus.texts(0, 600)]
    mean = sum(len(document) for document in documents) / count
    for formula in (LUCENE, floored):
        for question, right in zip(asked, read_exact(file, formula), strict=True):
            scores = np.zeros(count)
            for term in question.words:
                held = sum(term in document for document in documents)
                ratio = (count - held + 0.5) / (held + 0.5)
                idf = np.log(1 + ratio) if formula is LUCENE else max(np.log(ratio), 1e-6)
                for row, document in enumerate(documents):
                    often = document.count(term)
                    length = formula.k1 * (1 - formula.b + formula.b * len(document) / mean)
                    scores[row] += idf * often * (formula.k1 + 1) / (often + length)
            assert [score for _, score in right.lexical] == pytest.approx(np.sort(scores)[::-1][:20].tolist(), rel=1e-4)
            cosines = vectors @ question.vector
            assert [score for _, score in right.dense] == pytest.approx(np.sort(cosines)[::-1][:20].tolist(), rel=1e-4)
            if formula is LUCENE:
                floor = cosines[sample(count)].min()
                both = scores / scores.max() / 2 + np.clip((cosines - floor) / (cosines.max() - floor), 0, 1) / 2
                assert both[list(right.min_max)] == pytest.approx(np.sort(both)[::-1][:10], rel=1e-4)


def test_reciprocal_ranks_add_up() -> None:
    assert reciprocal_ranks([[1, 2, 3], [3, 4]], 60) == [3, 1, 2, 4]


@pytest.fixture(scope="module")
def report(real: Real, tmp_path_factory: pytest.TempPathFactory) -> PeersReport:
    """Ours over 300 passages, beside a peer that fails when it is loaded."""
    broken = tmp_path_factory.mktemp("broken") / "python"
    broken.write_text('#!/bin/sh\necho \'{"error": "ImportError: No module named chromadb"}\'\n', encoding="utf-8")
    broken.chmod(0o755)
    return measure_peers(
        real,
        [300],
        {"ours": Path(sys.executable), "chroma": broken},
        tmp_path_factory.mktemp("work"),
        queries=12,
        seconds=0.2,
    )


def test_ours_is_measured_from_building_to_deleting(report: PeersReport) -> None:
    ours = report.sizes[0].peers[0]
    assert ours.trouble == {}
    assert ours.recall_dense is not None
    assert ours.recall_dense >= 0.99  # kept vectors are rounded, so the tenth may change places with the next
    assert ours.recall_hybrid is not None
    assert ours.recall_hybrid >= 0.99
    assert (ours.added_found, ours.deleted_found) == (1, 0)
    assert tuple(ours.latency) == WAYS
    for spent in ours.latency.values():
        assert 0 < spent.p50_ms <= spent.p95_ms <= spent.p99_ms
        assert spent.asked == 12
    assert ours.latency["none"].found == 10
    assert set(ours.qps) == {"1", "8"}
    assert ours.build_peak_mib is not None
    assert ours.build_peak_mib > 20
    # At least the vectors: 300 rows of 32 float32.
    assert ours.disk_mib is not None
    assert ours.disk_mib * 2**20 > 300 * 32 * 4


def test_a_peer_that_fails_is_told_with_its_reason(report: PeersReport) -> None:
    chroma = report.sizes[0].peers[1]
    assert chroma.trouble == {"build": "ImportError: No module named chromadb"}
    assert chroma.build_s is None
    assert "- chroma, build: ImportError: No module named chromadb" in peers_tables(report)


def test_the_table_and_the_plot_hold_the_values(report: PeersReport, tmp_path: Path) -> None:
    ours = report.sizes[0].peers[0]
    table = peers_tables(report)
    spent = ours.latency["none"]
    assert f"| ours | {spent.p50_ms:.1f} / {spent.p95_ms:.1f} / {spent.p99_ms:.1f} | 1.00 |" in table
    for name, values in report.sizes[0].corpus.distances.items():
        assert f"| {name} mẫu | {' | '.join(f'{value:.3f}' for value in values)} |" in table
    draw_peers(report, tmp_path / "deep" / "peers.svg")
    drawn = (tmp_path / "deep" / "peers.svg").read_text(encoding="utf-8")
    assert ">ours</text>" in drawn
    assert ">300</text>" in drawn
    assert ">chroma" not in drawn
    draw_peers(report, tmp_path / "again.svg")
    assert (tmp_path / "again.svg").read_text(encoding="utf-8") == drawn


def test_every_requirement_is_pinned_and_every_peer_has_a_file() -> None:
    root = Path(__file__).parents[1]
    lines = (root / "benchmarks/peers/requirements.txt").read_text(encoding="utf-8").splitlines()
    pinned = [line for line in lines if line and not line.startswith("#")]
    assert [line for line in pinned if line.count("==") != 1] == []
    names = {line.partition("==")[0].lower() for line in pinned}
    assert {"chromadb", "faiss-cpu", "haystack-ai", "lancedb", "milvus-lite", "pymilvus", "txtai"} <= names
    for module, _ in PEERS.values():
        assert (root / f"{module.replace('.', '/')}.py").is_file()
