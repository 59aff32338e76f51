"""/admin/sua over real HTTP and in Chromium: only for the operator, only from its own page; what was read stays."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from crawler.archive import Archive, Raw, now_iso
from crawler.draft import Origin
from crawler.read import read_article
from index.build import build
from index.review.store import Corrections
from tests.conftest import Served, served, wait_until
from tests.decision_pages import decision_html, table
from tests.test_page import browser  # noqa: F401 (a fixture)

TOKEN = "0123456789abcdef01234567"
AUTH = ("x", TOKEN)
KEY = "310-qd-ubnd.lam-dong.2025"
LISTED = table(
    "STT | Tên sản phẩm | Chủ thể | Địa chỉ | Hạng sao",
    "1 | Trà shan Đồi Mẫu <b>1</b> | Hợp tác xã Chè Đồi Mẫu | xã Đồi Mẫu | 3 sao",
    "2 | Cà phê bột Thác Mẫu | Công ty TNHH Thác Mẫu | xã Thác Mẫu | 4 sao",
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corrections") / "data"
    html = decision_html(LISTED, number="310/QĐ-UBND", day="04 tháng 3 năm 2025").replace("&lt;", "<")
    raw = Raw(body=html.encode(), content_type="text/html; charset=utf-8")
    origin = Origin(source="Cổng mẫu", fetched=now_iso(), url="http://cong.mau.vn/310", rights="full")
    with Archive(folder, create=True) as archive:
        archive.put(read_article(raw, origin), raw)
    build(folder, embedder="hash-256", progress=False)
    return folder


@pytest.fixture(scope="module")
def operated(data: Path) -> Iterator[Served]:
    with served(data, data.parent / "log", settings={"OCOP_ADMIN_TOKEN": TOKEN}) as running:
        yield running


def sent(server: Served, **fields: str) -> dict[str, str]:
    """Send the form as the operator's browser does; the parameters of the page it leads to."""
    response = server.client.post(
        "/admin/sua", data={"decision": KEY, **fields}, auth=AUTH, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert response.status_code == 303, response.text
    return {name: values[0] for name, values in parse_qs(urlsplit(response.headers["location"]).query).items()}


LINE = {"name": "Cà phê bột Thác Mẫu", "producer": "Công ty TNHH Thác Mẫu", "nth": "0"}


def test_it_is_the_operators_alone(operated: Served) -> None:
    assert operated.client.get("/admin/sua", params={"decision": KEY}).status_code == 401
    assert operated.client.post("/admin/sua", data={"decision": KEY}).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://other.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://other.example"},
    ],
)
def test_another_sites_page_cannot_make_a_browser_send_it(operated: Served, headers: dict[str, str]) -> None:
    before = Corrections(Path(operated.log).parent / "data").count()
    fields = {"decision": KEY, **LINE, "field": "star", "value": "5 sao", "who": "An"}
    response = operated.client.post("/admin/sua", data=fields, auth=AUTH, headers=headers)
    assert response.status_code == 422, response.text
    assert Corrections(Path(operated.log).parent / "data").count() == before


def test_a_correction_is_kept_told_and_counts_after_the_next_build(operated: Served, data: Path) -> None:
    assert "refused" not in sent(operated, **LINE, field="star", value="5 sao", who="Trần Thị Mẫu", note="bản giấy")
    page = operated.client.get("/admin/sua", params={"decision": KEY, **LINE}, auth=AUTH).text
    assert "“4 sao” → “5 sao”" in page
    assert "Trần Thị Mẫu" in page
    assert "bản giấy" in page
    found = {item["name"]: item["state"]["star"] for item in operated.client.get("/api/products").json()["products"]}
    assert found["Cà phê bột Thác Mẫu"] == 4, "until the next build"
    build(data, progress=False)
    wait_until(lambda: operated.client.get("/api/ready").json()["generation"] == 2, "the new generation")
    found = {item["name"]: item["state"]["star"] for item in operated.client.get("/api/products").json()["products"]}
    assert found["Cà phê bột Thác Mẫu"] == 5
    listed = operated.client.get("/ra-soat").text
    assert "không còn khớp" not in listed, "what was read is still there"
    (number,) = [one.id for one in Corrections(data).standing()]
    assert "refused" not in sent(operated, withdraw=str(number), who="An")
    assert Corrections(data).standing() == ()
    assert "không còn tính" in operated.client.get("/admin/sua", params={"decision": KEY}, auth=AUTH).text


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({**LINE, "field": "star", "value": "6 sao", "who": "An"}, "hạng sao"),
        ({**LINE, "field": "star", "value": "4 sao", "who": " "}, "tên người sửa"),
        ({**LINE, "field": "issued", "value": "1/1/2025", "who": "An"}, "không có trường"),
        ({"name": "Không có", "field": "star", "value": "4", "who": "An"}, "không còn dòng"),
        ({"field": "issued", "value": "31/2/2025", "who": "An"}, "ngày"),
        ({"withdraw": "99", "who": "An"}, "không có sửa đổi số 0099"[:18]),
    ],
)
def test_what_cannot_be_is_refused_and_said(operated: Served, fields: dict[str, str], why: str) -> None:
    assert why in sent(operated, **fields)["refused"]


def test_an_unknown_decision_or_line_is_not_found(operated: Served) -> None:
    for params in ({"decision": "x"}, {"decision": KEY, "name": "<script>alert(1)</script>"}):
        response = operated.client.get("/admin/sua", params=params, auth=AUTH, headers={"Accept": "text/html"})
        assert response.status_code == 404
        assert "<script>" not in response.text


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1440])
def test_the_page_is_sound_at_every_width(operated: Served, browser: Browser, width: int, scheme: str) -> None:  # noqa: F811
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        http_credentials={"username": "x", "password": TOKEN},
    )
    page = context.new_page()
    page.goto(f"{operated.url}/admin/sua?decision={KEY}")
    page.get_by_label("Người ghi").fill("An")
    page.get_by_label("Giá trị đúng").fill("5/3/2025")
    with page.expect_navigation(wait_until="load"):  # the words waited for may stand on the page before
        page.get_by_role("button", name="Ghi sửa đổi").click()
    expect(page.get_by_text("→ “5/3/2025”").first).to_be_visible(timeout=30_000)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    found = Axe().run(page).response["violations"]
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found] == []
    page.screenshot(path=str(Path(operated.log).parent / f"sua-{width}-{scheme}.png"), full_page=True)
    context.close()
