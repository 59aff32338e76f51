"""The benchmark measures what it says, leaves the folder alone and saves what it prints."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.corpus import demo_questions
from benchmarks.crawl import crawl_lines, measure_crawl
from benchmarks.embed import SYLLABLES, demo_passages
from benchmarks.extract import demo_samples
from benchmarks.load import load_lines, measure_load
from benchmarks.measure import STEPS, measure
from benchmarks.page import BUDGET_BYTES, measure_page, page_lines
from benchmarks.rebuild import measure_rebuild, rebuild_lines
from demo.corpus import make_demo_corpus
from index.manifest import in_use, read_manifest
from tests.browsing import chromium
from tests.conftest import Corpus

QUESTIONS = (
    "Tính đến tháng 6/2020 Nam Định có bao nhiêu sản phẩm OCOP?",
    "Giá vàng hôm nay?",
    "an giang co bao nhieu san pham ocop",
)


def contents(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-wal", "-shm"))
    }


def test_figures_are_consistent_and_the_folder_is_unchanged(corpus_copy: Path) -> None:
    before = contents(corpus_copy)
    figures = measure(corpus_copy, QUESTIONS, ["Kho có những tỉnh nào?"], rounds=2)
    assert contents(corpus_copy) == before
    manifest = read_manifest(corpus_copy, in_use(corpus_copy))
    assert (figures.articles, figures.passages) == (manifest.articles, manifest.passages)
    assert figures.embedder == "hash-256"
    assert figures.asked == 3 + 2 * 3 + 1
    assert sum(figures.statuses.values()) == 10
    for steps in (figures.first, figures.steps, figures.others):
        assert tuple(steps) == STEPS
        for spread in steps.values():
            assert spread.p50_ms <= spread.p95_ms
        assert steps["total"].p50_ms >= steps["compose"].p50_ms >= 0
    assert figures.embed_to_bare == pytest.approx(figures.embed_passages_per_s / figures.bare_passages_per_s, rel=0.01)
    assert figures.build_passages_per_s <= figures.embed_passages_per_s
    assert 20 < figures.serving_peak_mib <= figures.build_peak_mib


def test_no_question_is_refused(corpus: Corpus) -> None:
    with pytest.raises(ValueError, match="question"):
        measure(corpus.data, ())


def test_the_command_prints_and_saves_the_same(
    corpus: Corpus, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = tmp_path / "deep" / "figures.json"
    assert main(["--data", str(corpus.data), "--rounds", "1", "--others", "5", "--json", str(saved)]) == 0
    printed = capsys.readouterr().out
    figures = json.loads(saved.read_text(encoding="utf-8"))
    assert figures["machine"]["processor"] in printed
    for step in STEPS:
        cells = " | ".join(
            f"{figures[which][step]['p50_ms']:.2f} / {figures[which][step]['p95_ms']:.2f}"
            for which in ("first", "steps", "others")
        )
        assert f"| {step} | {cells} |" in printed
    assert figures["asked"] == 2 * len(demo_questions()) + 5


def test_a_folder_without_index_is_said_with_its_remedy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(tmp_path)]) == 1
    assert f"python -m index build --data {tmp_path}" in capsys.readouterr().err


def test_the_demo_corpus_is_crawled_and_indexed(tmp_path: Path) -> None:
    make_demo_corpus(tmp_path, embedder="hash-256")
    manifest = read_manifest(tmp_path, in_use(tmp_path))
    assert manifest.articles >= 30
    assert manifest.passages > manifest.articles


def test_ways_of_reading_are_timed_on_the_same_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved = tmp_path / "speeds.json"
    pages = Path(__file__).parent / "pages"
    assert main(["extract", "--pages", str(pages), "--rounds", "1", "--json", str(saved)]) == 0
    printed = capsys.readouterr().out
    speeds = json.loads(saved.read_text(encoding="utf-8"))
    assert speeds["pages"] == len(demo_samples()) + len(list(pages.glob("*.html")))
    assert 0 < speeds["articles"] <= speeds["pages"]
    assert speeds["ratio"] == pytest.approx(speeds["without_rules"] / speeds["trafilatura"], rel=0.01)
    for way in ("without_rules", "with_rules", "trafilatura", "trafilatura_metadata"):
        assert speeds[way] > 0
        assert f"| {speeds[way]:.1f} |" in printed


def test_demo_pages_carry_the_rules_of_their_source() -> None:
    samples = demo_samples()
    assert len(samples) >= 100
    assert any(sample.rules is not None for sample in samples)


def test_a_folder_without_pages_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "--pages", str(tmp_path)]) == 1
    assert "*.html" in capsys.readouterr().err


def test_a_crawl_of_generated_pages_is_measured() -> None:
    figures = measure_crawl(120)
    assert figures.pages == 120
    assert figures.second_bytes == 0
    assert (figures.changed, figures.changed_sent) == (2, 2)
    assert figures.peak_mib > 0
    assert "120 trang trong" in crawl_lines(figures)


def test_the_default_embedder_is_timed_beside_its_peers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved = tmp_path / "embed.json"
    assert main(["embed", "--passages", "6", "--rounds", "1", "--json", str(saved)]) == 0
    printed = capsys.readouterr().out
    speed = json.loads(saved.read_text(encoding="utf-8"))
    assert set(speed["question"]) == set(speed["passages_per_s"]) == {"ours", "onnxruntime", "torch"}
    assert set(speed["peak_mib"]) == set(speed["first_question_s"]) == {"ours", "torch"}
    assert (speed["questions"], speed["passages"]) == (len(demo_questions()), 6)
    assert 0.998 < speed["cosine_min"] <= speed["cosine_mean"] <= 1.0
    rates = speed["passages_per_s"]
    assert speed["ours_to_bare"] == pytest.approx(rates["ours"] / rates["onnxruntime"], rel=0.01)
    assert f"| ours | {speed['question']['ours']['p50_ms']:.2f} |" in printed


def test_passages_to_time_are_of_one_length_and_differ() -> None:
    passages = demo_passages(20)
    assert {len(passage.split()) for passage in passages} == {SYLLABLES}
    assert len(set(passages)) == 20


def test_records_of_generated_articles_are_timed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved = tmp_path / "records.json"
    assert main(["records", "--articles", "12", "--json", str(saved)]) == 0
    printed = capsys.readouterr().out
    speed = json.loads(saved.read_text(encoding="utf-8"))
    assert speed["articles"] == 12
    assert speed["characters"] >= 4000
    assert set(speed["per_kind"]) == {"regulations", "criteria", "figures", "people"}
    assert speed["records"] == pytest.approx(sum(speed["per_kind"].values()), abs=0.01)
    assert speed["thousand"] == pytest.approx(speed["records"] * 1000 / 12, rel=0.01)
    assert f"{speed['thousand']:.2f} giây" in printed


def test_a_rebuild_takes_over_what_did_not_change() -> None:
    figures = measure_rebuild(demo_samples(), 100, "hash-256", "faiss")
    assert figures.articles == 100
    assert (figures.first.taken, figures.unchanged.taken, figures.changed.taken) == (0, 100, 99)
    assert (figures.changed_articles, figures.unchanged.embedded) == (1, 0)
    assert 0 < figures.changed.embedded < figures.first.embedded
    assert figures.differing == ()
    assert set(figures.first.steps) == set(figures.changed.steps) >= {"read", "vectors", "store", "language"}
    assert figures.ratio == pytest.approx(figures.changed.seconds / figures.first.seconds, abs=0.001)
    assert f"{100 * figures.ratio:.2f} %" in rebuild_lines(figures)


def test_a_server_under_load_is_judged_by_what_it_answers(corpus: Corpus) -> None:
    questions = ("Tính đến tháng 6/2020 Nam Định có bao nhiêu sản phẩm OCOP?", "Giá vàng hôm nay?")
    figures = measure_load(corpus.data, questions, rate_per_s=8.0, seconds=2, minutes=0.02, slow_readers=6)
    assert (figures.questions, figures.capacity_per_s) == (6, 8.0)
    for phase, rate in ((figures.calm, 4.8), (figures.over, 16.0), (figures.slow.others, 4.8)):
        assert phase.rate_per_s == rate
        assert phase.sent == phase.answered + phase.refused
        assert (phase.wrong, phase.failed) == (0, 0)
        assert phase.answered > 0
    assert figures.slow.held == figures.slow.whole + figures.slow.refused == 6
    assert len(figures.memory_mib) == 1
    assert "8.0 câu/giây" in load_lines(figures)


def test_filters_find_the_same_as_the_database_beside_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved = tmp_path / "products.json"
    assert main(["products", "--products", "400", "--json", str(saved)]) == 0
    printed = capsys.readouterr().out
    speed = json.loads(saved.read_text(encoding="utf-8"))
    assert speed["products"] == 400
    assert speed["cases"]["không lọc"]["total"] == 400
    assert 0 < speed["cases"]["hạng sao"]["total"] < 400
    for name, case in speed["cases"].items():
        assert 0 < case["ours"]["p50_ms"] <= case["ours"]["p95_ms"]
        assert f"| {name} | {case['total']} |" in printed


def test_the_page_on_a_phone_with_a_slow_line_is_within_its_weight(corpus: Corpus) -> None:
    with chromium():  # skips where there is none
        pass
    figures = measure_page(corpus.data, QUESTIONS[0], visits=2)
    for visit in (figures.home, figures.answer):
        # the page, its style, its script, its icon and two weights of its letters, once each
        assert visit.requests >= 5
        assert 30_000 < visit.bytes < BUDGET_BYTES
        assert len(visit.first_paints_ms) == 2
        assert 0 < min(visit.first_paints_ms) <= visit.first_paint_ms <= visit.largest_paint_ms
    assert figures.home.bytes < figures.answer.bytes
    assert f"{figures.answer.bytes} byte trong {figures.answer.requests} yêu cầu" in page_lines(figures)
