"""Search over copies of one story: found once, and what only a copy says found there."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.ask import Assistant
from crawler.archive import Archive
from crawler.article import Article
from index.build import build
from index.filters import Filters
from index.manifest import FORMAT, IndexTooOld, in_use, read_manifest
from index.search import Searcher
from tests.archived import put
from tests.conftest import ROOT, served

STORY = (
    "Hội đồng tỉnh Vĩnh Phúc phân hạng sản phẩm OCOP đợt đầu năm",
    "Hội đồng cấp tỉnh đã chấm điểm 24 sản phẩm của 15 chủ thể tại nhà văn hóa thành phố Vĩnh Yên trong hai ngày liền.",
    "Kết quả có 20 sản phẩm đạt 3 sao, 4 sản phẩm đạt 4 sao; nổi bật là rượu dâu Yên Lạc và trà hoa vàng Tam Đảo.",
    "Các chủ thể được nhắc bổ sung hồ sơ truy xuất nguồn gốc trước khi in tem dán lên bao bì của từng lô hàng.",
)
OWN = "Bà Lê Thị Mơ ở xã Đạo Trù kể chuyện trồng ba kích tím dưới tán rừng keo để lấy củ làm thuốc bổ."


@pytest.fixture
def told(tmp_path: Path) -> tuple[Path, dict[str, Article]]:
    """One story at four places, one with a paragraph of its own, beside two others."""
    data = tmp_path
    told = {
        "press": put(data, STORY, url="https://bao.example/1", published="2023-06-12", place="Vĩnh Phúc"),
        "office": put(
            data, STORY, url="https://so.example/1", published="2023-06-13", place="Vĩnh Phúc", authority="official"
        ),
        "mirror": put(
            data,
            (*STORY, OWN),
            url="https://guong.example/1",
            published="2023-06-20",
            place="Hà Nội",
            authority="mirror",
        ),
        "late": put(
            data, STORY[1:], url="https://khac.example/1", published="2024-01-02", title="Chuyện sao ở Vĩnh Phúc"
        ),
    }
    put(data, ("Nước mắm Phú Quốc", "Nước mắm được bán ở nhiều tỉnh."), url="https://bao.example/2")
    put(
        data,
        tuple(line.replace("24 sản", "31 sản") for line in STORY),
        url="https://bao.example/3",
        published="2024-06-12",
    )
    build(data, embedder="hash-256", progress=False)
    return data, told


def test_a_story_is_found_once_in_its_leading_article(told: tuple[Path, dict[str, Article]]) -> None:
    data, articles = told
    searcher = Searcher.open(data)
    hits = searcher.search("rượu dâu Yên Lạc, trà hoa vàng Tam Đảo", limit=20).hits
    story = [hit for hit in hits if hit.passage.article_id in {article.id for article in articles.values()}]
    assert {hit.passage.article_id for hit in story if OWN not in hit.passage.text} == {articles["office"].id}
    assert story[0].also == tuple(articles[name].id for name in ("press", "late", "mirror"))
    # the report with another figure is a story of its own
    assert any("31 sản phẩm" in hit.passage.text and hit.also == () for hit in hits)
    searcher.close()


def test_what_only_a_copy_says_is_found_there(told: tuple[Path, dict[str, Article]]) -> None:
    data, articles = told
    searcher = Searcher.open(data)
    hit = searcher.search("ba kích tím Đạo Trù").hits[0]
    assert hit.passage.article_id == articles["mirror"].id
    assert OWN in hit.passage.text
    assert hit.also == tuple(articles[name].id for name in ("office", "press", "late"))
    searcher.close()


def test_a_copy_stands_in_where_a_filter_keeps_the_lead_out(told: tuple[Path, dict[str, Article]]) -> None:
    data, articles = told
    searcher = Searcher.open(data)
    question = "kết quả chấm điểm rượu dâu"

    def found(**filters: str) -> set[str]:
        within = Filters(**filters)  # type: ignore[arg-type]
        return {hit.passage.article_id for hit in searcher.search(question, within, limit=20).hits}

    assert found(date_to="2023-06-12") == {articles["press"].id}
    assert found(date_from="2023-12", date_to="2024-02") == {articles["late"].id}
    # without the lead one of the others, not both
    assert found(date_from="2023-06-14", date_to="2024-02") & {articles[name].id for name in ("late", "mirror")} == {
        articles["late"].id,
        articles["mirror"].id,  # for its own paragraph, which shares its passage
    }
    searcher.close()


def test_a_figure_of_several_copies_is_one_source(told: tuple[Path, dict[str, Article]]) -> None:
    data, articles = told
    searcher = Searcher.open(data)
    counted = [figure.article_id for figure in searcher.figures() if figure.value == 15 and figure.what == "chủ thể"]
    ours = [name for name in counted if name in {article.id for article in articles.values()}]
    assert articles["office"].id in ours
    assert articles["press"].id not in ours
    searcher.close()


@pytest.mark.parametrize(
    "question",
    [
        "Hội đồng tỉnh Vĩnh Phúc đã chấm điểm 24 sản phẩm của bao nhiêu chủ thể?",
        "Hội đồng tỉnh Vĩnh Phúc chấm điểm 24 sản phẩm của 15 chủ thể ở đâu?",
    ],
)
def test_an_answer_cites_the_lead_not_a_copy(told: tuple[Path, dict[str, Article]], question: str) -> None:
    data, articles = told
    searcher = Searcher.open(data)
    answer = Assistant(data, searcher).ask(question)
    searcher.close()
    assert answer.status in ("answered", "partial")
    assert {citation.article_id for citation in answer.citations} == {articles["office"].id}


def test_the_manifest_counts_copies_and_an_older_format_asks_for_a_build(told: tuple[Path, dict[str, Article]]) -> None:
    data, _ = told
    generation = in_use(data)
    manifest = read_manifest(data, generation)
    assert (manifest.articles, manifest.copies) == (6, 3)
    path = data / "index" / generation.name / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace(f'"format": {FORMAT}', '"format": 1'), encoding="utf-8")
    with pytest.raises(IndexTooOld, match="python -m index build"):
        Searcher.open(data)
    report = build(data, embedder="hash-256", progress=False)
    assert report.notice is not None
    Searcher.open(data).close()


def test_a_lead_that_goes_leaves_the_next_to_lead(told: tuple[Path, dict[str, Article]]) -> None:
    data, articles = told
    with Archive(data) as archive:
        archive.mark_gone(articles["office"].id)
    build(data, progress=False)
    searcher = Searcher.open(data)
    assert searcher.also(articles["press"].id) == (articles["late"].id, articles["mirror"].id)
    assert searcher.also(articles["office"].id) == ()
    found = {hit.passage.article_id for hit in searcher.search("rượu dâu Yên Lạc").hits}
    assert found & {article.id for article in articles.values()} == {articles["press"].id, articles["mirror"].id}
    searcher.close()


def test_readers_see_where_else_a_story_stands(told: tuple[Path, dict[str, Article]], tmp_path: Path) -> None:
    data, articles = told
    others = [articles[name].id for name in ("press", "late", "mirror")]
    question = "Hội đồng tỉnh Vĩnh Phúc đã chấm điểm 24 sản phẩm của bao nhiêu chủ thể?"
    with served(data, tmp_path / "log") as running:
        answer = running.client.post("/api/ask", json={"question": question}).json()
        assert [citation["article_id"] for citation in answer["citations"]] == [articles["office"].id]
        assert [other["article_id"] for other in answer["citations"][0]["also"]] == others
        page = running.client.get("/", params={"q": question}).text
        assert "Cũng đăng ở: " in page
        assert all(f'href="/bai/{other}"' in page for other in others)
        hits = running.client.get("/api/search", params={"q": "rượu dâu Yên Lạc"}).json()["hits"]
        hit = next(hit for hit in hits if hit["article_id"] == articles["office"].id)
        assert hit["also"][0] == {
            "article_id": articles["press"].id,
            "title": STORY[0],
            "source": "Báo thử",
            "url": "https://bao.example/1",
        }
        copy = running.client.get(f"/bai/{articles['mirror'].id}").text
        assert "nguồn được dẫn trước" in copy
        assert f'href="/bai/{articles["office"].id}"' in copy
        read = running.client.get(f"/api/articles/{articles['mirror'].id}").json()
        assert (read["lead"], read["also"][0]["article_id"]) == (articles["office"].id, articles["office"].id)
        assert "nguồn được dẫn trước" not in running.client.get(f"/bai/{articles['office'].id}").text


def test_a_number_in_the_title_tells_two_pages_of_one_body_apart(tmp_path: Path) -> None:
    for number in (12, 15):
        title = f"Ủy ban nhân dân tỉnh Vĩnh Phúc ban hành Quyết định số {number}/QĐ-UBND"
        put(tmp_path, STORY[1:], url=f"https://so.example/{number}", title=title)
    put(tmp_path, STORY[1:], url="https://bao.example/12", title="Thêm 24 sản phẩm có sao")
    assert build(tmp_path, embedder="hash-256", progress=False).copies == 1


def test_the_command_says_where_else_a_story_stands(told: tuple[Path, dict[str, Article]]) -> None:
    data, articles = told
    command = [sys.executable, "-m", "index", "search", "rượu dâu Yên Lạc", "--data", str(data)]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "   https://so.example/1\n" in shown
    assert "   Cũng đăng ở: Báo thử, Báo thử, Báo thử\n" in shown
    found = json.loads(subprocess.run([*command, "--json"], cwd=ROOT, capture_output=True, check=True).stdout)
    hit = next(hit for hit in found["hits"] if hit["article_id"] == articles["office"].id)
    assert hit["also"] == [articles[name].id for name in ("press", "late", "mirror")]
