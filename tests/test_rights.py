"""Rights: how much of an article readers get, by seal and without, over the interface and the page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest

from assistant.rights import OPEN_HITS, open_spans, seal_of, shown_span
from crawler.archive import Archive
from crawler.article import Article, Attachment, Page
from index.build import build
from index.passage import passages
from tests.archived import make_article
from tests.conftest import Served, served

PARAGRAPHS = tuple(
    f"{place} có {number} sản phẩm OCOP năm 2023, trong đó {number // 3} sản phẩm đạt 4 sao. "
    f"Ở đó người dân trồng {crop}, sấy khô rồi đóng gói bán cho khách đường xa, mỗi vụ chừng {number + 7} tấn. "
    f"Nhà xưởng của hợp tác xã rộng {number * 11} mét vuông và được sửa lại vào mùa mưa cùng năm ấy. "
    f"Chị {name} nói với phóng viên rằng khó nhất là giữ được mùi vị của {crop} qua nhiều tháng cất trong kho lạnh, "
    f"vì thế tổ sản xuất của chị chia ca canh nhiệt độ suốt đêm và ghi sổ từng giờ."
    for place, number, crop, name in (
        ("Huyện Mù Cang Chải", 31, "táo mèo", "Giàng Thị Súa"),
        ("Huyện Trạm Tấu", 17, "khoai sọ", "Sùng Thị Mỷ"),
        ("Huyện Lục Yên", 26, "cam sành", "Hoàng Thị Nụ"),
        ("Huyện Văn Chấn", 44, "chè shan", "Lò Thị Vui"),
        ("Huyện Yên Bình", 38, "bưởi Đại Minh", "Nguyễn Thị Hợi"),
    )
)
WHOLE = ("Yên Bái kể chuyện sao ở năm huyện", *PARAGRAPHS)


def article(rights: str, url: str = "https://www.bao.example/yen-bai") -> Article:
    return make_article(WHOLE, url=url, rights=rights, place="Yên Bái", published="2023-12-20")[0]  # type: ignore[arg-type]


def test_an_open_source_needs_no_seal() -> None:
    shown = article("full")
    assert seal_of(shown, 0, 5) == ""
    assert open_spans(shown, None, "") == open_spans(shown, (3, 9), "x") == ((0, len(shown.text)),)


def test_an_excerpt_is_the_passage_around_the_span_with_its_seal() -> None:
    shown = article("excerpt")
    cut = passages(shown)
    assert len(cut) >= 5
    start = shown.text.index("Huyện Lục Yên")
    span = (start, start + 20)
    around = next(passage for passage in cut if passage.start <= start < passage.end)
    assert open_spans(shown, span, seal_of(shown, *span)) == ((around.start, around.end),)
    lead = ((cut[0].start, cut[0].end),)
    assert open_spans(shown, None, "") == lead
    for wrong in (
        "",
        "0" * 32,
        "á",
        seal_of(shown, start, start + 21),
        seal_of(replace(shown, raw_digest="0" * 64), *span),
    ):
        assert open_spans(shown, span, wrong) == lead


def test_a_link_is_the_words_cited_or_nothing() -> None:
    shown = article("link")
    assert open_spans(shown, (40, 60), seal_of(shown, 40, 60)) == ((40, 60),)
    assert open_spans(shown, (40, 60), "0" * 32) == open_spans(shown, None, "") == ()


def test_a_result_of_a_link_source_is_one_sentence() -> None:
    passage = next(passage for passage in passages(article("link")) if "Văn Chấn" in passage.text)
    start, end = shown_span(article("link"), passage, "nhà xưởng Văn Chấn rộng bao nhiêu mét vuông")
    assert (
        article("link").text[start:end]
        == "Nhà xưởng của hợp tác xã rộng 484 mét vuông và được sửa lại vào mùa mưa cùng năm ấy."
    )
    assert shown_span(article("excerpt"), passage, "nhà xưởng") == (passage.start, passage.end)


# Over a real server


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A server over three articles of one wording and three rights, and a page with a scanned decision."""

    server: Served
    full: Article
    excerpt: Article
    link: Article
    page: Article
    scan: Article


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    data = tmp_path_factory.mktemp("shelf")

    def put(lines: tuple[str, ...], url: str, **changes: Any) -> Article:
        fields = {name: changes.pop(name) for name in ("rights", "kind", "place", "source") if name in changes}
        made, raw = make_article(lines, url=url, published="2023-12-20", **fields)
        made = replace(made, **changes)
        with Archive(data, create=True) as archive:
            archive.put(made, raw)
        return made

    def told(place: str, *numbers: int) -> tuple[str, ...]:  # other places and figures, so that none copies another
        return tuple(
            line.replace("Huyện", f"Vùng {place},").replace(" có ", f" có thêm {number} và ")
            for number, line in zip(numbers, WHOLE, strict=True)
        )

    decision = (
        "Quyết định số 77/QĐ-UBND công nhận sản phẩm OCOP của tỉnh Hòa Bình",
        "Tỉnh Hòa Bình công nhận 19 sản phẩm OCOP đợt 2 năm 2023.",
        "Giấy chứng nhận có thời hạn 36 tháng kể từ ngày ký.",
    )
    url = "https://so.example/77.pdf"
    ends = [len("\n".join(decision[:count])) for count in (1, 2, 3)]
    made = {
        "full": put(WHOLE, "https://mo.example/yen-bai", place="Yên Bái"),
        "excerpt": put(
            told("Bắc", 3, 4, 5, 6, 7, 8), "https://www.trich.example/lao-cai", rights="excerpt", place="Lào Cai"
        ),
        "link": put(told("Nam", 13, 14, 15, 16, 17, 18), "https://dan.example/son-la", rights="link", place="Sơn La"),
        "scan": put(
            decision,
            url,
            kind="decision",
            place="Hòa Bình",
            pages=(
                Page(number=1, start=0, end=ends[0], confidence=0.91),
                Page(number=3, start=ends[0] + 1, end=ends[2], confidence=0.874),
            ),
        ),
        "page": put(
            ("Hòa Bình có thêm sản phẩm được gắn sao", "Danh sách ở tệp kèm theo bài này."),
            "https://so.example/tin-77",
            attachments=(
                Attachment(url=url, label="Quyết định 77"),
                Attachment(url="https://so.example/la.zip", label=""),
            ),
        ),
    }
    build(data, embedder="hash-256", progress=False)
    with served(data, tmp_path_factory.mktemp("log") / "server.log") as running:
        yield Shelf(server=running, **made)


def test_the_whole_of_an_open_source_is_served(shelf: Shelf) -> None:
    read = shelf.server.client.get(f"/api/articles/{shelf.full.id}").json()
    assert (read["text"], read["excerpts"], read["raw_digest"]) == (shelf.full.text, [], shelf.full.raw_digest)


@pytest.mark.parametrize("rights", ["excerpt", "link"])
def test_walking_over_an_article_gives_no_more_than_its_first_passage(shelf: Shelf, rights: str) -> None:
    closed: Article = getattr(shelf, rights)
    first = passages(closed)[0]
    for start in range(0, len(closed.text) - 40, 200):
        query: dict[str, str | int] = {"start": start, "end": start + 40, "seal": "0" * 32}
        read = shelf.server.client.get(f"/api/articles/{closed.id}", params=query).json()
        assert (read["text"], read["raw_digest"], read["blocks"], read["dropped"]) == (None, None, [], [])
        assert read["excerpts"] == (
            [{"start": first.start, "end": first.end, "text": first.text}] if rights == "excerpt" else []
        )
        page = shelf.server.client.get(f"/bai/{closed.id}", params=query).text
        assert "Yên Bình" not in page
        assert "<mark" not in page or start < first.end


@pytest.mark.parametrize("rights", ["excerpt", "link"])
def test_a_hit_opens_its_own_passage_with_its_seal(shelf: Shelf, rights: str) -> None:
    closed: Article = getattr(shelf, rights)
    place = "Lào Cai cũ" if rights == "excerpt" else "Sơn La"
    question = f"{closed.title} {' '.join(PARAGRAPHS)}"[:1900]
    asked: dict[str, str | int] = {"q": question, "limit": 50, "province": place}
    found = shelf.server.client.get("/api/search", params=asked)
    hits = found.json()["hits"]
    assert [hit["article_id"] for hit in hits] == [closed.id] * OPEN_HITS
    seen = "".join(hit["text"] for hit in hits)
    for hit in hits:
        assert (hit["rights"], len(hit["seal"])) == (rights, 32)
        assert closed.text[hit["start"] : hit["end"]] == hit["text"]
        query = {name: hit[name] for name in ("digest", "start", "end", "seal")}
        read = shelf.server.client.get(f"/api/articles/{closed.id}", params=query).json()
        assert [part["text"] for part in read["excerpts"]] == [hit["text"]]
        page = unescape(shelf.server.client.get(f"/bai/{closed.id}", params=query).text)
        assert 'id="doan"' in page
        assert "Đọc toàn bài tại " in page
        assert 'href="https://www.trich.example/lao-cai"' in page or rights == "link"
    if rights == "link":
        assert len(seen) < len(closed.text) / 4


def test_an_answer_cites_and_opens_a_closed_source(shelf: Shelf) -> None:
    question = "Vùng Bắc, Lục Yên của Lào Cai trồng gì?"
    answer = shelf.server.client.post("/api/ask", json={"question": question}).json()
    assert answer["status"] in ("answered", "partial")
    citation = answer["citations"][0]
    assert (citation["article_id"], citation["rights"]) == (shelf.excerpt.id, "excerpt")
    query = urlencode({name: citation[name] for name in ("digest", "start", "end", "seal")})
    page = unescape(shelf.server.client.get("/", params={"q": question}).text)
    assert f"/bai/{shelf.excerpt.id}?{query}#doan" in page
    read = unescape(shelf.server.client.get(f"/bai/{shelf.excerpt.id}?{query}").text)
    assert f'<mark id="doan" tabindex="-1">{citation["quote"]}' in read


def test_a_citation_of_a_scan_says_its_page_and_how_sure_its_reading_is(shelf: Shelf) -> None:
    question = "Đợt 2 năm 2023 tỉnh Hòa Bình công nhận bao nhiêu sản phẩm OCOP?"
    answer = shelf.server.client.post("/api/ask", json={"question": question}).json()
    citation = answer["citations"][0]
    assert (citation["article_id"], citation["page"], citation["recognised"]) == (shelf.scan.id, 3, 0.874)
    page = shelf.server.client.get("/", params={"q": question}).text
    assert "Trang 3, nhận dạng từ bản quét, độ tin cậy 87 %" in page
    hit = shelf.server.client.get("/api/search", params={"q": "19 sản phẩm OCOP Hòa Bình"}).json()["hits"][0]
    assert (hit["article_id"], hit["page"], hit["recognised"]) == (shelf.scan.id, 1, 0.91)  # its passage begins there


def test_a_page_and_its_file_lead_to_each_other(shelf: Shelf) -> None:
    page = shelf.server.client.get(f"/bai/{shelf.page.id}").text
    assert f'<a href="/bai/{shelf.scan.id}">Quyết định 77</a> (<a href="https://so.example/77.pdf"' in page
    assert "https://so.example/la.zip" in page
    scan = shelf.server.client.get(f"/bai/{shelf.scan.id}").text
    assert f'Tệp đính kèm của: <a href="/bai/{shelf.page.id}">{shelf.page.title}</a>' in scan
    read = shelf.server.client.get(f"/api/articles/{shelf.page.id}").json()
    assert [file["article_id"] for file in read["attachments"]] == [shelf.scan.id, None]
    assert [
        other["article_id"] for other in shelf.server.client.get(f"/api/articles/{shelf.scan.id}").json()["attached_to"]
    ] == [shelf.page.id]
