"""A product withdrawn without its producer said: proposed as the one of its name, and settled by a person."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from crawler.archive import Archive, Raw, now_iso
from crawler.draft import Origin
from crawler.read import read_article
from index.__main__ import main
from index.build import build
from index.review.store import Corrections
from tests.browsing import chromium, found_by_axe, too_wide
from tests.conftest import Served, served, wait_until
from tests.decision_pages import FILLER, decision_html, table

TOKEN = "0123456789abcdef01234567"
HEADER = "STT | Tên sản phẩm | Chủ thể | Địa chỉ | Hạng sao"
LISTED = table(
    HEADER,
    "1 | Khu nghỉ Suối Mẫu | HTX Du lịch Suối Mẫu | xã Lạc Dương | 3 sao",
    "2 | Mật ong Đồi Mẫu | HTX Ong Đồi Mẫu | xã Đồi Mẫu | 4 sao",
    "3 | Mật ong Đồi Mẫu | Hộ kinh doanh Lê Văn Mẫu | xã Suối Mẫu | 4 sao",
)
NEWS = (
    "UBND tỉnh Lâm Đồng ban hành Quyết định số 129/QĐ-UBND ngày 20/01/2026 về việc thu hồi giấy chứng nhận OCOP.",
    "Theo đó, thu hồi giấy chứng nhận đối với sản phẩm “Khu nghỉ Suối Mẫu, xã Lạc Dương”.",
    "Cũng thu hồi giấy chứng nhận đối với sản phẩm “Mật ong Đồi Mẫu”.",
    FILLER,
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    news = "".join(f"<p>{one}</p>" for one in NEWS)
    pages = {
        "https://cong.mau.vn/44": (decision_html(LISTED, number="44/QĐ-UBND", day="02 tháng 3 năm 2025"), "decision"),
        "https://bao.mau.vn/129": (f"<html><body><article><h1>Tin</h1>{news}</article></body></html>", "news"),
    }
    with Archive(folder, create=True) as archive:
        for url, (html, kind) in pages.items():
            raw = Raw(body=html.encode(), content_type="text/html; charset=utf-8")
            origin = Origin(source="Cổng mẫu", fetched=now_iso(), url=url, kind=kind, rights="full")  # type: ignore[arg-type]
            archive.put(read_article(raw, origin), raw)
    build(folder, embedder="hash-256", progress=False)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def command(data: Path, capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main([*words, "--data", str(data)]) == 0
    return capsys.readouterr().out


def states(data: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Key -> how each product stands on 1/2/2026."""
    found = json.loads(command(data, capsys, "records", "products", "--on", "2026-02-01", "--json"))
    listed = found["products"] if isinstance(found, dict) else found
    return {one["key"]: one["state"]["status"] for one in listed}


def test_the_one_product_of_that_name_is_proposed_and_two_are_not(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = json.loads(command(data, capsys, "review", "--json"))
    assert sorted(one["what"] for one in listed) == ["pair", "pair", "withdrawal"]
    (proposed,) = [one for one in listed if one["what"] == "withdrawal"]
    standing = states(data, capsys)
    withdrawn, other = proposed["products"]
    assert (standing[withdrawn], standing[other]) == ("withdrawn", "valid")
    assert "thu hồi" in command(data, capsys, "review")


def test_what_a_person_says_counts_from_the_next_build_and_survives_one_from_nothing(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = json.loads(command(data, capsys, "review", "--json"))
    withdrawn, other = next(one["products"] for one in listed if one["what"] == "withdrawal")
    command(data, capsys, "correct", "--same", withdrawn, other, "--who", "Trần Thị Mẫu", "--note", "bản giấy")
    assert states(data, capsys)[other] == "valid", "until the next build"
    for clear in (False, True):
        if clear:
            shutil.rmtree(data / "index")
        build(data, embedder="hash-256", progress=False)
        standing = states(data, capsys)
        assert standing[other] == "withdrawn"
        assert withdrawn not in standing
        assert [one["what"] for one in json.loads(command(data, capsys, "review", "--json"))] == ["pair", "pair"]
    (made,) = Corrections(data).all()
    command(data, capsys, "correct", "--withdraw", str(made.id), "--who", "An")
    build(data, embedder="hash-256", progress=False)
    assert (states(data, capsys)[withdrawn], states(data, capsys)[other]) == ("withdrawn", "valid")


@pytest.fixture
def operated(data: Path) -> Iterator[Served]:
    with served(data, data.parent / "log", settings={"OCOP_ADMIN_TOKEN": TOKEN}) as running:
        yield running


def test_the_operator_answers_on_the_page(operated: Served, browser: Browser, data: Path) -> None:
    for width in (360, 1440):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, http_credentials={"username": "x", "password": TOKEN}
        )
        page = context.new_page()
        page.goto(f"{operated.url}/ra-soat?what=withdrawal")
        expect(page.locator("blockquote")).to_contain_text("Khu nghỉ Suối Mẫu")
        page.get_by_role("link", name="Xác nhận là một hay hai").click()
        assert (found_by_axe(page), too_wide(page)) == ([], [])
        context.close()
    other = page_of_other(operated)
    context = browser.new_context(http_credentials={"username": "x", "password": TOKEN})
    page = context.new_page()
    page.goto(f"{operated.url}/ra-soat?what=withdrawal")
    page.get_by_role("link", name="Xác nhận là một hay hai").click()
    page.get_by_label("một sản phẩm").check()
    page.get_by_label("Người ghi").fill("Trần Thị Mẫu")
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.get_by_text("là một sản phẩm", exact=True)).to_be_visible()
    build(data, embedder="hash-256", progress=False)
    wait_until(lambda: operated.client.get("/api/ready").json()["generation"] == 2, "the new generation")
    page.goto(f"{operated.url}/san-pham/{other}")
    expect(page.locator(".records tbody tr")).to_have_count(2)
    expect(page.locator(".lead")).to_contain_text("đã bị thu hồi")
    context.close()


def page_of_other(operated: Served) -> str:
    """The key of the product that was recognised, whose page says that a product of its name was withdrawn."""
    found = operated.client.get("/api/products", params={"q": "khu nghỉ", "star": "3"}).json()["products"]
    (key,) = [one["key"] for one in found]
    detail = operated.client.get(f"/api/products/{key}").json()
    assert [(one["status"], one["label"]) for one in detail["maybe_same"]] == [("withdrawn", "đã bị thu hồi")]
    return str(key)


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"who": "An"}, "cần nói hai sản phẩm"),
        ({"value": "maybe", "who": "An"}, "cần nói hai sản phẩm"),
        ({"value": "same"}, "tên người"),
    ],
)
def test_an_answer_that_says_nothing_is_refused(operated: Served, sent: dict[str, str], why: str) -> None:
    listed = operated.client.get("/api/products", params={"q": "khu nghỉ"}).json()["products"]
    keys = {"decision": listed[0]["key"], "other": listed[1]["key"]}
    answer = operated.client.post(
        "/admin/sua", data={**keys, **sent}, auth=("x", TOKEN), headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert answer.status_code == 303
    told = operated.client.get(answer.headers["location"], auth=("x", TOKEN))
    assert told.status_code == 200
    assert why in told.text
    missing = operated.client.get("/admin/sua", params={**keys, "other": "khong-co"}, auth=("x", TOKEN))
    assert missing.status_code == 404
