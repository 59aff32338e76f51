"""The scorer against pages counted by hand, the benchmark's layout, and the command over a benchmark of our own."""

import gzip
import json
from pathlib import Path

import pytest

from evaluation.__main__ import main
from evaluation.extract import BenchmarkError, match, read_benchmark, run_benchmark, score

SENTENCES = (
    "Xã Bình An có bốn sản phẩm được công nhận hạng 3 sao trong năm nay, gồm chè, mật ong, măng khô và rượu ngô.",
    "Hợp tác xã Tân Tiến góp hai sản phẩm, hai hộ trong thôn Đồng Lầy góp hai sản phẩm còn lại của danh sách này.",
    "Sang năm, xã dự định nộp thêm hồ sơ của ba sản phẩm nữa và mở một điểm bán ngay cạnh chợ phiên của huyện.",
)
BODY = "\n".join(SENTENCES)


def test_equal_texts_match_wholly() -> None:
    found = match("một hai ba bốn năm", "Một, hai ba bốn; năm".replace("Một", "một"))
    assert (found.matched, found.superfluous, found.missed) == (1.0, 0.0, 0.0)
    assert (found.precision, found.recall, found.f1) == (1.0, 1.0, 1.0)


def test_shingles_are_counted_by_hand() -> None:
    # expected: abcd bcde; found: abcd bcdx cdxy. One matched, two superfluous, one missed: quarters.
    found = match("a b c d e", "a b c d x y")
    assert (found.matched, found.superfluous, found.missed) == (0.25, 0.5, 0.25)
    assert found.precision == pytest.approx(1 / 3)
    assert found.recall == pytest.approx(1 / 2)
    assert found.f1 == pytest.approx(2 / 5)


def test_a_shingle_printed_twice_is_counted_twice() -> None:
    # found has abca bcab cabc abca: "abca" once too often.
    found = match("a b c a b c", "a b c a b c a")
    assert (found.matched, found.superfluous, found.missed) == (0.75, 0.25, 0.0)


def test_fewer_than_four_words_are_one_shingle() -> None:
    assert match("a b", "a b").f1 == 1.0
    assert match("a b", "a b c").f1 == 0.0


def test_letters_in_another_case_are_other_words() -> None:
    assert match("a b c d", "A b c d").matched == 0.0


def test_empty_texts() -> None:
    nothing = match("", "")
    assert (nothing.precision, nothing.recall, nothing.f1) == (None, None, 1.0)
    missed = match("a b c d", "")
    assert (missed.precision, missed.recall, missed.f1) == (None, 0.0, 0.0)
    superfluous = match("", "a b c d")
    assert (superfluous.precision, superfluous.recall) == (0.0, None)


def test_means_are_over_the_pages_where_they_are_defined() -> None:
    pairs = [("a b c d", "a b c d"), ("a b c d e", "a b c d x y"), ("a b c d", "")]
    whole = score(pairs)
    assert whole.precision == pytest.approx((1 + 1 / 3) / 2)
    assert whole.recall == pytest.approx((1 + 1 / 2 + 0) / 3)
    assert whole.f1 == pytest.approx(2 * (2 / 3) * (1 / 2) / (2 / 3 + 1 / 2))
    assert whole.accuracy == pytest.approx(1 / 3)


def test_no_page_is_no_score() -> None:
    with pytest.raises(ValueError, match="at least one"):
        score([])


def write_benchmark(folder: Path, pages: dict[str, tuple[str, str]]) -> Path:
    """pages: id -> (HTML of the body, text expected)."""
    (folder / "html").mkdir(parents=True)
    truth = {}
    for name, (html, expected) in pages.items():
        page = f"<html><head><title>Bốn sản phẩm của xã Bình An</title></head><body>{html}</body></html>"
        (folder / "html" / f"{name}.html.gz").write_bytes(gzip.compress(page.encode()))
        truth[name] = {"articleBody": expected, "url": f"https://mau.example.vn/{name}"}
    (folder / "ground-truth.json").write_text(json.dumps(truth, ensure_ascii=False), encoding="utf-8")
    return folder


def article(*, menu: str = "") -> str:
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    return f"{menu}<article><h1>Bốn sản phẩm của xã Bình An</h1>{paragraphs}</article>"


@pytest.fixture
def benchmark(tmp_path: Path) -> Path:
    links = "".join(f'<li><a href="/{i}">Chuyên mục số {i}</a></li>' for i in range(8))
    return write_benchmark(
        tmp_path / "bo-thu",
        {"bai": (article(menu=f"<ul>{links}</ul>"), BODY), "trong": ("<p>Không có gì.</p>", BODY)},
    )


def test_a_refused_page_counts_as_empty(benchmark: Path) -> None:
    report = run_benchmark(read_benchmark(benchmark))
    whole, refused = report.pages
    assert (whole.ours.f1, whole.refused) == (1.0, None)
    assert refused.refused is not None
    assert (refused.ours.precision, refused.ours.recall) == (None, 0.0)
    assert (report.ours.precision, report.ours.recall, report.ours.accuracy) == (1.0, 0.5, 0.5)


def test_captions_and_bylines_are_not_the_body(tmp_path: Path) -> None:
    picture = "<figure><img src='a.jpg'><figcaption>Gian hàng của xã tại chợ phiên</figcaption></figure>"
    html = article().replace("</p><p>", f"</p>{picture}<p>", 1).replace("</article>", "<p>Tác giả: Lê Na</p></article>")
    report = run_benchmark(read_benchmark(write_benchmark(tmp_path / "b", {"bai": (html, BODY)})))
    assert report.ours.accuracy == 1.0


def test_the_command_prints_both_and_the_worst(benchmark: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "--benchmark", str(benchmark), "--worst", "1"]) == 0
    printed = capsys.readouterr().out
    assert "| bộ đọc này | 1.000 | 0.500 | 0.667 | 0.500 |" in printed
    assert "| trafilatura |" in printed
    assert "| trong | 0.000 |" in printed
    assert "| bai |" not in printed


def test_the_command_prints_json(benchmark: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "--benchmark", str(benchmark), "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["ours"] == {"precision": 1.0, "recall": 0.5, "f1": pytest.approx(2 / 3), "accuracy": 0.5}
    assert [page["id"] for page in record["pages"]] == ["bai", "trong"]


def test_a_folder_that_is_no_benchmark_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", "--benchmark", str(tmp_path)]) == 1
    assert "ground-truth.json" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("truth", "message"),
    [
        ("[]", "cần một đối tượng"),
        ("{}", "ít nhất một trang"),
        ("{", "không phải JSON"),
        ('{"a": {"body": "x"}}', "articleBody"),
        ('{"../a": {"articleBody": "x"}}', "tên trang"),
        ('{"a": {"articleBody": "x"}}', "thiếu 1 trang"),
    ],
)
def test_a_wrong_layout_is_said(tmp_path: Path, truth: str, message: str) -> None:
    (tmp_path / "ground-truth.json").write_text(truth, encoding="utf-8")
    with pytest.raises(BenchmarkError, match=message):
        read_benchmark(tmp_path)


def test_a_page_that_is_no_gzip_is_said(benchmark: Path) -> None:
    (benchmark / "html" / "bai.html.gz").write_bytes(b"<html>")
    with pytest.raises(BenchmarkError, match="gzip"):
        run_benchmark(read_benchmark(benchmark))
