"""Pages that mean harm, crawled over HTTP and shown everywhere: what they hold is text on every page, in the chat, in
feeds and in files."""

import csv
import io
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from lxml import etree, html
from openpyxl import load_workbook  # type: ignore[import-untyped]
from playwright.sync_api import Browser, expect

from index.build import build
from tests.browsing import page_of, too_wide
from tests.conftest import ROOT
from tests.decision_pages import decision_html, table
from tests.embedding.portal_page import Open, Stage
from tests.small_site import Reply, serving

pytest_plugins = ["tests.embedding.fixtures"]

# As printed in HTML, and as a reader should see it: markup told by entities, a mark that turns the reading direction,
# Markdown, an entity of an entity.
PRINTED = (
    "&lt;script&gt;window.ran=1&lt;/script&gt; \u202eđảo\u202c **đậm** [bấm](javascript:window.ran=2) &amp;lt;b&amp;gt;"
)
SEEN = "<script>window.ran=1</script> đảo **đậm** [bấm](javascript:window.ran=2) &lt;b&gt;"
TITLE = f"Lâm Đồng {PRINTED} {'sản phẩm OCOP vườn nhà ' * 220}"  # over 5,000 characters
NEWS = f"""<html><head><meta charset="utf-8"><title>x</title></head><body><script>window.ran=3</script><article>
<h1>{TITLE}</h1>
<p>Ngày 20/6/2025, Lâm Đồng họp sơ kết chương trình mỗi xã một sản phẩm,
<a href="javascript:window.ran=4">bấm vào đây</a> để xem danh sách của các huyện.</p>
<p>Tính đến tháng 6/2025, tỉnh Lâm Đồng có 77 sản phẩm OCOP {PRINTED} của 30 chủ thể.
<img src="x" onerror="window.ran=5"></p>
<p>=1+1 Phần lớn là trà, cà phê và hoa quả sấy của các hợp tác xã trong tỉnh, bán ở nhiều nơi.</p>
</article></body></html>"""
FORMULA = '=HYPERLINK("http://x.example";"a") Chè xanh'
IMAGE = "Mật ong <img src=x onerror=window.ran=6> vườn"
DECISION = decision_html(
    table(
        "STT|Tên sản phẩm|Chủ thể|Địa chỉ|Hạng sao",
        f"1|{FORMULA}|HTX &lt;b&gt;Một&lt;/b&gt;|Xã Trạm Hành|4 sao",
        "2|Mật ong &lt;img src=x onerror=window.ran=6&gt; \u202evườn|@SUM(1) Cơ sở Hai|Xã Trạm Hành|3 sao",
    ),
    subject="Về việc công nhận sản phẩm OCOP &lt;script&gt;window.ran=7&lt;/script&gt; đợt 1 năm 2025",
)
SUBJECT = "Về việc công nhận sản phẩm OCOP <script>window.ran=7</script> đợt 1 năm 2025"
QUESTION = "Tính đến tháng 6/2025, Lâm Đồng có bao nhiêu sản phẩm OCOP?"
TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def served_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both pages, crawled over HTTP and indexed."""
    data = tmp_path_factory.mktemp("hostile")
    with serving() as site:
        site.replies["/tin.html"] = Reply(body=NEWS.encode())
        site.replies["/quyet-dinh.html"] = Reply(body=DECISION.encode())
        urls = [site.url("/tin.html"), site.url("/quyet-dinh.html")]
        command = [sys.executable, "-m", "crawler", "add", *urls, "--local", "--contact", "a@b.example"]
        more = ["--authority", "official", "--rights", "full", "--data", str(data)]
        done = subprocess.run([*command, *more], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    build(data, embedder="hash-256", progress=False)
    return data


@pytest.fixture(scope="module")
def keys(stage: Stage) -> dict[str, str]:
    """The addresses of what the pages told."""
    client = stage.server.client
    answer = client.post("/api/ask", json={"question": QUESTION}).json()
    (cited,) = answer["citations"]
    assert answer["status"] == "answered"
    assert cited["quote"] == f"Tính đến tháng 6/2025, tỉnh Lâm Đồng có 77 sản phẩm OCOP {SEEN} của 30 chủ thể."
    (decision,) = client.get("/api/decisions").json()["decisions"]
    products = client.get("/api/products", params={"sort": "name"}).json()["products"]
    assert decision["subject"] == SUBJECT
    assert {product["name"] for product in products} == {FORMULA, IMAGE}
    span = "&".join(f"{name}={cited[name]}" for name in ("digest", "start", "end"))
    named = {product["name"]: f"/san-pham/{quote(product['key'], safe='')}" for product in products}
    return {
        "answer": f"/?q={quote(QUESTION)}",
        "article": f"/bai/{cited['article_id']}?{span}",
        "decisions": "/quyet-dinh",
        "decision": f"/quyet-dinh/{quote(decision['key'], safe='')}",
        "products": "/san-pham",
        "formula": named[FORMULA],
        "image": named[IMAGE],
        "figures": "/so-lieu",
        "doubtful": "/ra-soat",
    }


SHOWN = {
    "answer": (SEEN,),
    "article": (SEEN, "=1+1 Phần lớn"),
    "decisions": (SUBJECT,),
    "decision": (SUBJECT, FORMULA, IMAGE, "HTX <b>Một</b>", "@SUM(1) Cơ sở Hai"),
    "products": (FORMULA, IMAGE, "HTX <b>Một</b>", "@SUM(1) Cơ sở Hai"),
    "formula": (FORMULA, "HTX <b>Một</b>"),
    "image": (IMAGE, "@SUM(1) Cơ sở Hai"),
    "figures": (),
    "doubtful": (),
}


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("name", SHOWN)
def test_on_every_page_it_is_text(
    stage: Stage, keys: dict[str, str], chromium: Browser, name: str, script: bool
) -> None:
    with page_of(chromium, width=360, script=script) as page:
        page.goto(stage.server.url + keys[name], wait_until="networkidle")
        text = page.locator("body").inner_text()
        for words in SHOWN[name]:
            assert words in " ".join(text.split()), words
        assert TURNING.search(text) is None
        assert page.locator("main img, main b, main iframe, body > script:not([src])").count() == 0
        # of the page's source, since scripts are off in one of the two
        links: html.HtmlElement = html.document_fromstring(page.content(), base_url=page.url)
        links.make_links_absolute()
        assert {urlsplit(link).scheme for _, _, link, _ in links.iterlinks()} <= {"http", "https"}
        if script:
            assert page.evaluate("window.ran") is None
        assert too_wide(page) == []


def test_the_chat_of_a_portal_shows_it_as_text(opened: Open, keys: dict[str, str]) -> None:
    shown = opened(width=360)
    shown.open()
    shown.ask(QUESTION)
    shown.answered()
    shown.last.locator(".chip").first.click()
    expect(shown.last.locator(".lines")).to_contain_text(SEEN)
    expect(shown.last.locator(".card blockquote")).to_contain_text(SEEN)
    assert shown.page.evaluate("window.ran") is None
    assert shown.panel.locator("script, img, b, iframe").count() == 0
    assert shown.panel.locator(".middle").evaluate("node => node.scrollWidth <= node.clientWidth")
    assert keys["article"].split("?")[0] in str(shown.last.locator(".card a").first.get_attribute("href"))


@pytest.mark.parametrize("path", ["/feed.atom", "/feed.rss"])
@pytest.mark.usefixtures("keys")
def test_feeds_are_sound_and_hold_it_as_text(stage: Stage, path: str) -> None:
    feed = etree.fromstring(stage.server.client.get(path).content)
    texts = [str(text) for text in feed.itertext()]
    # titles of RSS are read as HTML, so that there the markup is told by entities once more
    told = SUBJECT if path.endswith("atom") else SUBJECT.replace("<", "&lt;").replace(">", "&gt;")
    assert any(told in text for text in texts)
    assert not any(TURNING.search(text) for text in texts)
    assert feed.xpath("//*[local-name()='script']") == []
    links = [str(value) for element in feed.iter() for name, value in element.items() if name == "href"]
    assert [link for link in links if not link.startswith(("http://", "https://"))] == []


@pytest.mark.usefixtures("keys")
def test_no_cell_of_a_file_is_a_formula(stage: Stage) -> None:
    client = stage.server.client
    for path in ("/api/products", "/api/decisions", "/api/figures"):
        rows = list(csv.reader(io.StringIO(client.get(path, params={"format": "csv"}).content.decode("utf-8-sig"))))
        assert len(rows) > 1
        assert [cell for row in rows for cell in row if cell.lstrip().startswith(("=", "+", "-", "@", "\t"))] == []
    rows = list(csv.reader(io.StringIO(client.get("/api/products?format=csv").content.decode("utf-8-sig"))))
    assert f"'{FORMULA}" in {cell for row in rows for cell in row}
    book = load_workbook(io.BytesIO(client.get("/api/products", params={"format": "xlsx"}).content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}  # "f" is a formula
    assert any(FORMULA in str(cell.value) for cell in cells)


@pytest.mark.usefixtures("keys")
def test_for_other_programs_no_link_and_no_markup_is_made(stage: Stage) -> None:
    body = {"model": "ocop", "messages": [{"role": "user", "content": QUESTION}]}
    said = stage.server.client.post("/v1/chat/completions", json=body).json()["choices"][0]["message"]["content"]
    assert "\\<script>" in said
    assert "[bấm]\\(javascript:window.ran=2)" in said
