"""The pages of records in a real browser: whole at every width, accessible, without script, every cell cited."""

import csv
import gzip
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from lxml import html
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browsing import chromium, found_by_axe, page_of, too_wide
from tests.conftest import Served, served
from tests.shown_records import FIRST, FORMULA, HOSTILE, SECOND, Shown, shown_records
from widget.page import STATIC

LAW = f"/van-ban/26/2026/{quote('QĐ-TTg')}"
SCORED = "/tu-cham-diem?bo=13&xem=1&1.1=2&1.2=3&2.1=1"
PAGES = (
    "/",
    f"/?q={quote('Giấy chứng nhận OCOP có hiệu lực bao lâu?')}",
    "/quyet-dinh",
    f"/quyet-dinh/{FIRST}",
    f"/quyet-dinh/{HOSTILE}",
    "/san-pham",
    "/san-pham?q=khong-co-san-pham-nay",
    "/san-pham/gao-nep-so-1?on=2026-08-01",
    "/san-pham/doc-hai",
    "/san-pham/rat-dai",
    "/so-lieu",
    f"/so-lieu?province={quote('Nam Định')}",
    "/van-ban",
    LAW,
    f"{LAW}?don-vi={quote('Điều 7')}",
    f"{LAW}?don-vi={quote('Mẫu số 01')}",
    "/van-ban/so-sanh",
    f"/tu-cham-diem?ten={quote('cà phê')}",
    "/tu-cham-diem?bo=13",
    SCORED,
    "/ra-soat",
    "/khong-co",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def shown(law_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    return shown_records(tmp_path_factory.mktemp("shown") / "data", law_data)


@pytest.fixture(scope="module")
def site(shown: Shown, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(shown.data, tmp_path_factory.mktemp("log") / "server.log") as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with page_of(browser) as opened:
        yield opened


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page without JavaScript."""
    with page_of(browser, script=False) as opened:
        yield opened


def marked_at(site: Served, href: str) -> str:
    """What the reader marks at an address."""
    response = site.client.get(href)
    assert response.status_code == 200, href
    marks = re.findall(r"<mark[^>]*>(.*?)</mark>", response.text, re.DOTALL)
    assert marks, href
    return " ".join(" ".join(marks).split())


# Every page


@pytest.mark.parametrize(
    ("width", "scheme"), [(360, "light"), (360, "dark"), (768, "light"), (1440, "light"), (1440, "dark")]
)
def test_every_page_is_whole_and_accessible(
    browser: Browser, site: Served, width: int, scheme: Literal["light", "dark"]
) -> None:
    with page_of(browser, width=width, scheme=scheme) as page:
        for path in PAGES[:-1]:
            response = page.goto(site.url + path)
            assert response is not None
            assert response.status == 200, path
            assert too_wide(page) == [], (path, width)
            assert found_by_axe(page) == [], (path, width, scheme)


def test_a_page_that_is_not_there_is_whole_and_accessible(browser: Browser, site: Served) -> None:
    with browser.new_context(viewport={"width": 360, "height": 800}) as context:  # the console is told of the 404
        page = context.new_page()
        page.goto(site.url + PAGES[-1])
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert too_wide(page) == []
        assert found_by_axe(page) == []


def test_every_page_has_one_heading_a_title_of_its_own_and_its_place_in_the_navigation(site: Served) -> None:
    titles = set()
    for path in PAGES:
        text = site.client.get(path, headers={"Accept": "text/html"}).text
        assert len(re.findall(r"<h1[\s>]", text)) == 1, path
        titles.add(re.search(r"<title>(.*?)</title>", text, re.DOTALL)[1])  # type: ignore[index]
        for inline in ("<style", " style=", " onclick", " onload", "javascript:"):
            assert inline not in text, (path, inline)
    assert len(titles) >= len(PAGES) - 6
    for path, name in (("/quyet-dinh", "Quyết định"), ("/so-lieu", "Số liệu"), (LAW, "Văn bản")):
        current = re.findall(r'aria-current="page">([^<]+)<', site.client.get(path).text)
        assert current[0] == name


@pytest.mark.parametrize("path", ["/quyet-dinh", "/san-pham", "/so-lieu", "/van-ban"])
def test_the_keyboard_goes_from_the_skip_link_through_navigation_and_filters_to_the_rows(
    page: Page, site: Served, path: str
) -> None:
    page.goto(site.url + path)
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "(() => { const e = document.activeElement;"
                " return e.closest('.skip, .nav, .filters, .records, .tree, .chart')?.className.baseVal"
                " ?? e.closest('.skip, .nav, .filters, .records, .tree, .chart')?.className ?? ''; })()"
            )
        )
    order = list(dict.fromkeys(name.split()[0] for name in reached if name))
    assert order[:2] == ["skip", "nav"]
    assert order[2] == "filters"
    assert order[3] in ("records", "chart", "tree")
    page.goto(site.url + path)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#noi-dung$"))


# Decisions and products


def test_decisions_are_sorted_and_filtered_by_their_address(plain: Page, site: Served) -> None:
    plain.goto(f"{site.url}/quyet-dinh")
    numbers = plain.locator(".records tbody th")
    expect(numbers).to_have_text(["09/QĐ-UBND", "1754/QĐ-UBND", "1287/QĐ-UBND"])
    expect(plain.locator(".records [aria-sort=descending]")).to_contain_text("Ngày ký")
    plain.get_by_role("link", name="Số hiệu").click()
    expect(numbers).to_have_text(["09/QĐ-UBND", "1287/QĐ-UBND", "1754/QĐ-UBND"])
    plain.get_by_label("Tỉnh, thành phố").select_option(label="Nam Định (2)")
    plain.get_by_role("button", name="Lọc").click()
    expect(numbers).to_have_count(2)
    assert parse_qs(urlsplit(plain.url).query) == {"province": ["nam-dinh"]}  # what was left empty is not kept
    plain.get_by_role("link", name="2024 (1)").click()
    expect(numbers).to_have_text(["1754/QĐ-UBND"])
    plain.go_back()
    expect(numbers).to_have_count(2)
    expect(plain.locator(".records tbody tr").filter(has_text="1287")).to_contain_text("đã có quyết định khác")


def test_every_cell_of_a_decision_leads_to_its_own_words(plain: Page, site: Served, shown: Shown) -> None:
    plain.goto(f"{site.url}/quyet-dinh/{FIRST}")
    row = plain.locator(".records tbody tr").nth(16)
    cells = {link.inner_text(): str(link.get_attribute("href")) for link in row.locator("a.cell").all()}
    assert marked_at(site, cells.pop("★★★★☆ 4 sao")) == "4 sao"
    expected = ["17", "Gạo nếp số 17", "Hợp tác xã Hải Tân 17", "xã Hải Tân", "huyện Hải Hậu", "87,5"]
    assert list(cells) == expected
    text = shown.articles[FIRST].text
    for words, href in cells.items():
        assert marked_at(site, href) == words
        at = int(parse_qs(urlsplit(href).query)["start"][0])
        assert text.rindex("\n", 0, at) < text.index("Gạo nếp số 17") + 20
        assert text[text.rindex("\n", 0, at) :].startswith("\n17 ;"), words  # of its own row, not of another alike
    expect(row).to_contain_text("4 sao")
    expect(plain.get_by_text("Đã có quyết định khác sửa đổi")).to_contain_text("15/01/2024")
    plain.get_by_role("link", name="hồ sơ sản phẩm").first.click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Gạo nếp số 1")


def test_products_by_page_and_by_file_are_the_same_rows(plain: Page, site: Served) -> None:
    plain.goto(f"{site.url}/san-pham?q=gao")
    names = plain.locator(".records tbody th > a")
    expect(names).to_have_count(50)
    first_page = names.all_inner_texts()
    plain.get_by_role("link", name="Sau").click()
    expect(names).to_have_count(10)
    assert "offset=50" in plain.url
    listed = first_page + names.all_inner_texts()
    for path in ("/san-pham?q=gao&offset=5000", "/quyet-dinh?offset=5000"):
        response = site.client.get(path)
        assert "về trang đầu" in response.text, path
    href = plain.get_by_role("link", name="CSV").get_attribute("href")
    assert href is not None
    body = site.client.get(href).text
    assert body.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(body.removeprefix("\ufeff"))))
    assert [row[0] for row in rows[1:]] == listed
    assert len(set(listed)) == 60


def test_what_expires_within_months_is_told_soonest_first(plain: Page, site: Served) -> None:
    plain.goto(f"{site.url}/san-pham?on=2026-08-01")
    plain.get_by_role("link", name="Hết hạn trong 6 tháng").click()
    expect(plain.get_by_role("heading", level=1)).to_contain_text("hết hạn trong 6 tháng")
    rows = plain.locator(".records tbody tr")
    expect(rows).to_have_count(1)  # of 15/01/2024; the sixty of 01/12/2022 ended on 01/12/2025
    expect(rows.first).to_contain_text("15/01/2027")
    expect(rows.first).to_contain_text("trong khung nộp lại")


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("2024-06-01", ["còn hạn", "15/01/2027"]),
        ("2026-07-19", ["đang trong khung nộp", "từ 19/07/2026 đến 17/09/2026"]),
        ("2026-09-18", ["đã quá khung nộp"]),
        ("2027-01-16", ["chưa xác định (Điều 12 khoản 3)", "14/07/2027"]),
        ("2027-07-15", ["hết hạn"]),
    ],
)
def test_a_certificate_on_a_day(site: Served, on: str, told: list[str]) -> None:
    text = site.client.get(f"/san-pham/gao-nep-so-1?on={on}").text
    box = re.sub(r"<[^>]+>", "", text[text.index('id="giay"') : text.index('id="lich-su"')])
    for words in told:
        assert words in " ".join(box.split()), words


def test_a_product_shows_its_history_and_what_may_be_the_same(plain: Page, site: Served) -> None:
    plain.goto(f"{site.url}/san-pham/gao-nep-so-1")
    rows = plain.locator(".records tbody tr")
    expect(rows.nth(0)).to_contain_text("1754/QĐ-UBND")
    expect(rows.nth(0)).to_contain_text("5 sao")
    expect(rows.nth(0)).to_contain_text("nâng hạng")
    expect(rows.nth(1)).to_contain_text("4 sao")
    for words, marked in (("Gạo nếp số 1", "Gạo nếp số 1"), ("5 sao", "5 sao")):
        href = rows.nth(0).get_by_role("link", name=words).get_attribute("href")
        assert marked_at(site, str(href)) == marked
    assert shown_digest(str(href)) == shown_digest(str(rows.nth(0).locator("a.cell").last.get_attribute("href")))
    plain.get_by_role("link", name="Gạo nếp số 2").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Gạo nếp số 2")
    plain.goto(f"{site.url}/quyet-dinh/{SECOND}")
    expect(plain.locator(".facts")).to_contain_text("1287/QĐ-UBND (một phần)")


def shown_digest(href: str) -> str:
    return parse_qs(urlsplit(href).query)["digest"][0]


# Counts


def test_every_bar_leads_to_the_sentence_that_states_it(plain: Page, site: Served) -> None:
    for path in (f"/so-lieu?province={quote('Nam Định')}", "/so-lieu?map=today", "/so-lieu"):
        plain.goto(site.url + path)
        drawn = plain.locator(".chart rect")
        bars = plain.locator(".chart a")
        expect(drawn).to_have_count(bars.count())
        told = {str(bar.locator(".value").text_content()): str(bar.get_attribute("href")) for bar in bars.all()}
        assert told
        for value, href in told.items():
            number = re.findall(r"[0-9.]+", value)[0]
            assert re.search(rf"(?<!\d){number} sản phẩm", marked_at(site, href)), (path, value)
    expect(plain.locator(".chart")).to_contain_text("Nam Định, nay thuộc Ninh Bình")
    expect(plain.locator(".chart")).to_contain_text("06/2020")
    assert "100" not in "".join(told)  # a target is not drawn beside what was reached, unless one place is looked at


def test_one_place_shows_targets_apart_and_which_map_is_used(plain: Page, site: Served) -> None:
    plain.goto(f"{site.url}/so-lieu")
    plain.get_by_label("Nơi", exact=True).select_option(value="Nam Định")
    plain.get_by_role("button", name="Xem").click()
    planned = plain.locator(".chart .planned")
    expect(planned).to_have_count(1)
    expect(planned).to_contain_text("trên 100 (chỉ tiêu)")
    expect(plain.locator(".chart a:not(.planned)")).to_have_count(1)
    expect(plain.locator("figcaption")).to_contain_text("Theo tên tỉnh lúc đếm")
    plain.get_by_label("Theo bản đồ").select_option(value="today")
    plain.get_by_role("button", name="Xem").click()
    expect(plain.locator("figcaption")).to_contain_text("không cộng lại")
    values = plain.locator(".records td.num").all_inner_texts()
    assert sorted(values) == sorted(["18", "29", "62", "trên 100"] if "29" in values else ["18", "62", "trên 100"])
    expect(plain.locator(".records tbody tr").filter(has_text="trên 100")).to_contain_text("chỉ tiêu")


def test_bars_are_to_scale(plain: Page, site: Served) -> None:
    plain.goto(f"{site.url}/so-lieu")
    widths = {
        str(bar.locator(".value").text_content()): bar.locator("rect").bounding_box()
        for bar in plain.locator(".chart a").all()
    }
    small, large = widths["62"], widths["92"]
    assert small is not None
    assert large is not None
    assert small["width"] / large["width"] == pytest.approx(62 / 92, abs=0.01)


# Law


def test_the_tree_says_what_replaced_what_on_a_day(plain: Page, site: Served) -> None:
    plain.goto(f"{site.url}/van-ban?ngay=2024-05-01")
    root = plain.locator(".tree > li").filter(has=plain.get_by_role("link", name="Quyết định 26/2026/QĐ-TTg")).first
    expect(root.locator(".tag").first).to_contain_text("Chưa có hiệu lực từ 22/05/2026")
    inner = root.locator("li").filter(has_text="148/QĐ-TTg").first
    expect(inner.locator(".tag").first).to_contain_text("Đang hiệu lực từ 24/02/2023")
    expect(inner.locator("li").filter(has_text="1048/QĐ-TTg").first.locator(".tag").first).to_contain_text(
        "Hết hiệu lực"
    )


def test_a_unit_of_law_has_an_address_of_its_own(page: Page, site: Served) -> None:
    page.goto(f"{site.url}{LAW}#dieu-7-khoan-6-diem-a")
    target = page.locator(":target")
    expect(target).to_contain_text("180 ngày")
    expect(target).to_be_in_viewport()
    page.get_by_role("link", name=re.compile("^Điều 12")).click()
    expect(page).to_have_url(re.compile("#dieu-12$"))
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert len(ids) == len(set(ids))
    assert {"dieu-3-khoan-3-diem-d", "dieu-3-khoan-3-diem-dd"} <= set(ids)  # điểm d and điểm đ are two


def test_forms_are_listed_under_their_document_and_printed_alone(page: Page, site: Served) -> None:
    page.goto(f"{site.url}/van-ban")
    listed = page.locator("section").filter(has=page.get_by_role("heading", name="Biểu mẫu để in"))
    expect(listed.locator(".title")).to_have_text("Quyết định 26/2026/QĐ-TTg")
    expect(listed.locator(".tag").first).to_contain_text("Đang hiệu lực")
    names = ["Mẫu số 01. Phiếu đăng ký", "Mẫu số 02. Báo cáo tự đánh giá", "Mẫu số 03. Báo cáo của xã"]
    expect(listed.locator("li li a")).to_have_text(names)
    listed.get_by_role("link", name=names[0]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(names[0])
    expect(page.locator(".reader")).to_contain_text("không thay cho nguyên văn")
    page.emulate_media(media="print")
    expect(page.get_by_text("□ lần đầu")).to_be_visible()
    expect(page.get_by_text("Kế hoạch thời gian tới")).to_have_count(0)  # of the next form
    for hidden in (".nav", ".crumbs", ".foot", ".gap"):
        expect(page.locator(hidden).first).to_be_hidden()


def test_regimes_side_by_side_cite_every_cell(plain: Page, site: Served) -> None:
    plain.goto(f"{site.url}/van-ban/so-sanh")
    row = plain.locator(".compare tbody tr").filter(has=plain.get_by_role("rowheader", name="Công nhận 3 sao"))
    told = {cell.get_attribute("data-label"): cell.inner_text() for cell in row.locator("td").all()}
    assert "cấp tỉnh" in told["1048/QĐ-TTg"]
    assert "cấp huyện" in told["148/QĐ-TTg"]
    assert "cấp tỉnh" in told["26/2026/QĐ-TTg"]
    expect(row.locator("td.changed")).to_have_count(2)  # to the district in 2023, back to the province in 2025
    parts = plain.locator(".compare tbody tr").filter(has=plain.get_by_role("rowheader", name="Điểm các phần"))
    expect(parts.locator("td.changed")).to_have_count(1)
    expect(parts.locator("td").first).to_contain_text("phần A 35 điểm, phần B 25 điểm, phần C 40 điểm")
    for link in parts.locator("a").all():
        assert "điểm" in marked_at(site, str(link.get_attribute("href")))


# The scorecard


def test_the_form_is_scored_without_script_and_stays_in_the_address(plain: Page, site: Served) -> None:
    plain.goto(f"{site.url}/tu-cham-diem")
    plain.get_by_label("Tên sản phẩm").fill("cà phê rang xay")
    plain.get_by_role("button", name="Tìm bộ tiêu chí").click()
    plain.get_by_role("link", name="Chấm theo bộ 13").click()
    plain.locator("#tc-1\\.1 input[value='3']").check()
    plain.locator("#tc-1\\.2 input[value='3']").check()
    plain.get_by_role("button", name="Chấm điểm").click()
    result = plain.locator(".result")
    expect(result).to_contain_text("5 điểm")
    expect(result).to_contain_text("Chưa được 3 sao")
    expect(plain.locator("#tc-1\\.1 input[value='3']")).to_be_checked()
    query = parse_qs(urlsplit(plain.url).query)
    assert (query["1.1"], query["1.2"]) == (["3"], ["3"])
    given = {"set": 13, "answers": [{"criterion": "1.1", "option": 3}, {"criterion": "1.2", "option": 3}]}
    card = site.client.post("/api/scorecard", json=given).json()
    assert card["points"] == 5
    blocks = next(step for step in card["steps"] if step["star"] == 3)["blocks"]
    expect(result.locator("details").first.locator("li")).to_have_count(len(blocks))


@pytest.mark.parametrize("answers", ["1.1=x", "1.1=88", "1.1=1&1.1=2"])
def test_answers_that_no_form_has_are_refused(site: Served, answers: str) -> None:
    response = site.client.get(f"/tu-cham-diem?bo=13&{answers}", headers={"Accept": "text/html"})
    assert response.status_code == 422
    assert "1.1" in response.text


def test_print_keeps_the_chosen_options_alone(page: Page, site: Served) -> None:
    page.goto(site.url + SCORED)
    page.emulate_media(media="print")
    expect(page.locator("#tc-1\\.1 label:visible")).to_have_count(1)
    expect(page.locator("#tc-1\\.3 label:visible")).to_have_count(0)
    expect(page.locator(".nav")).to_be_hidden()
    expect(page.locator(".result")).to_be_visible()


# Review


def test_doubts_stand_beside_their_row(plain: Page, site: Served) -> None:
    plain.goto(f"{site.url}/ra-soat")
    first = plain.locator(".doubt").first
    expect(first).to_contain_text("nhận dạng chữ chưa chắc")
    expect(first.locator("blockquote")).to_contain_text("2 ; Mật ong")
    plain.get_by_role("link", name=re.compile("Có thể là cùng")).click()
    expect(plain.locator(".doubt")).to_have_count(1)
    expect(plain.locator(".doubt")).to_contain_text("Gạo nếp số 2")


# What comes from the web stays text


@pytest.mark.parametrize("path", ["/san-pham?q=script", "/san-pham/doc-hai", f"/quyet-dinh/{HOSTILE}", "/ra-soat"])
def test_hostile_names_are_text(page: Page, site: Served, path: str) -> None:
    page.goto(site.url + path)
    assert page.evaluate("document.querySelectorAll('main script, main img:not(.scan img)').length") == 0
    if path != "/ra-soat":
        expect(page.get_by_text("<script>alert(1)</script>").first).to_be_visible()
        # a mark of direction inside a name turns nothing outside of it
        assert page.evaluate(
            "[...document.querySelectorAll('.own')].filter((e) => e.textContent.includes('\\u202e'))"
            ".every((e) => getComputedStyle(e).unicodeBidi.includes('isolate'))"
        )


def test_a_formula_is_no_formula_in_the_file(site: Served) -> None:
    body = site.client.get("/api/products?q=script&format=csv").text
    rows = list(csv.reader(io.StringIO(body.removeprefix("\ufeff"))))
    assert any(cell == f"'{FORMULA}" for cell in rows[1])


@pytest.mark.parametrize(
    "path", ["/quyet-dinh/khong-co", "/san-pham/khong-co", "/van-ban/khong-phai-so", "/tu-cham-diem?bo=98"]
)
def test_what_is_not_held_is_said_as_a_page(site: Served, path: str) -> None:
    response = site.client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert "<h1>" in response.text


def test_parameters_left_empty_lead_to_the_short_address(site: Served) -> None:
    response = site.client.get("/san-pham?q=&star=&province=nam-dinh&order=", follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, "/san-pham?province=nam-dinh")
    assert site.client.get("/san-pham?star=9").status_code == 422


# Pages of files as pictures


def test_a_page_of_a_file_is_a_picture(site: Served, shown: Shown) -> None:
    article = shown.articles["pdf"]
    response = site.client.get(f"/bai/{article.id}/trang/1.png")
    assert (response.status_code, response.headers["content-type"]) == (200, "image/png")
    with Image.open(io.BytesIO(response.content)) as picture:
        assert picture.width < picture.height <= 1600
        dark = sum(picture.convert("L").histogram()[:100])
        assert 0.001 < dark / (picture.width * picture.height) < 0.3  # letters on paper
    last = len(article.pages)
    assert site.client.get(f"/bai/{article.id}/trang/{last}.png").status_code == 200
    assert site.client.get(f"/bai/{article.id}/trang/{last + 1}.png").status_code == 404
    assert site.client.get(f"/bai/{article.id}/trang/0.png").status_code == 422


def test_a_source_that_may_not_be_shown_whole_is_not_drawn(site: Served, shown: Shown) -> None:
    assert site.client.get(f"/bai/{shown.articles['closed'].id}/trang/1.png").status_code == 404
    assert site.client.get(f"/bai/{shown.articles[FIRST].id}/trang/1.png").status_code == 404  # a text has no pages


def test_letters_are_kept_and_the_style_is_asked_for_again(site: Served) -> None:
    letters = site.client.get("/static/fonts/be-vietnam-pro-400.woff2")
    assert "immutable" in letters.headers["cache-control"]
    style = site.client.get("/static/page.css")
    assert style.headers["cache-control"] == "no-cache"
    again = site.client.get("/static/page.css", headers={"If-None-Match": style.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_style_and_script_are_packed_for_whoever_takes_that(site: Served) -> None:
    for path, kind in (("page.css", "text/css; charset=utf-8"), ("page.js", "text/javascript; charset=utf-8")):
        whole = site.client.get(f"/static/{path}", headers={"Accept-Encoding": "identity"})
        with site.client.stream("GET", f"/static/{path}", headers={"Accept-Encoding": "gzip, br"}) as packed:
            body = b"".join(packed.iter_raw())
        assert whole.content == (STATIC / path).read_bytes() == gzip.decompress(body)
        assert packed.headers["content-encoding"] == "gzip"
        assert int(packed.headers["content-length"]) == len(body) < len(whole.content) / 2
        assert "content-encoding" not in whole.headers
        for response in (whole, packed):
            assert response.headers["content-type"] == kind
            assert "accept-encoding" in response.headers["vary"].lower()
        assert packed.headers["etag"] != whole.headers["etag"]
        again = site.client.get(f"/static/{path}", headers={"If-None-Match": packed.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    letters = site.client.get("/static/fonts/be-vietnam-pro-400.woff2", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in letters.headers
    assert site.client.head("/static/page.css").content == b""
    assert site.client.get("/static/..%2Fpage.py", headers={"Accept-Encoding": "gzip"}).status_code == 404


# The search page


def test_passages_stand_under_the_answer_and_are_filtered_by_the_address(page: Page, site: Served) -> None:
    page.goto(f"{site.url}/?q={quote('sản phẩm OCOP')}")
    hits = page.locator(".hits li")
    assert hits.count() > 3
    page.get_by_label("Năm").fill("2020")
    page.evaluate("window.stayed = true")
    page.get_by_role("button", name="Lọc").click()
    expect(page).to_have_url(re.compile("year=2020"))
    expect(page.locator(".hits")).to_contain_text("Nam Định")
    assert page.evaluate("window.stayed") is True  # the same page, its result put in place
    expect(page.locator(".hits h3").first).to_contain_text("Nam Định")
    expect(page.get_by_text("An Giang kết nối")).to_have_count(0)
    page.get_by_role("link", name="Bỏ lọc").click()
    expect(page).not_to_have_url(re.compile("year="))
    page.go_back()
    expect(page).to_have_url(re.compile("year=2020"))
    expect(page.get_by_label("Năm")).to_have_value("2020")
    href = page.locator(".hits h3 a").first.get_attribute("href")
    page.locator(".hits h3 a").first.click()
    expect(page.locator("mark").first).to_be_in_viewport()
    assert marked_at(site, str(href))


@pytest.mark.parametrize("sifted", ["province=Atlantis", "year=abc", "star=9", "kind=tin", "limit=7"])
def test_a_filter_that_means_nothing_is_said_and_the_question_kept(site: Served, sifted: str) -> None:
    response = site.client.get(f"/?q=OCOP+l%C3%A0+g%C3%AC&{sifted}", headers={"Accept": "text/html"})
    assert response.status_code == 422
    page: html.HtmlElement = html.document_fromstring(response.text)
    assert sifted.split("=")[1] in str(page.get_element_by_id("ket-qua").text_content())
    assert page.xpath("//input[@name='q']/@value") == ["OCOP là gì"]


@pytest.mark.parametrize("path", ["/", "/?q=OCOP", "/quyet-dinh", "/san-pham", "/so-lieu", "/van-ban", "/tu-cham-diem"])
def test_a_form_with_its_fields_left_empty_is_a_page(site: Served, path: str) -> None:
    page: html.HtmlElement = html.document_fromstring(site.client.get(path).text)
    assert page.forms
    for form in page.forms:
        names = {field.name for field in form.inputs if field.name and field.get("type") != "hidden"} - {"q"}
        kept = {name: value for name, value in form.fields.items() if name == "q" and value}
        for empty in [names, *({name} for name in names)]:
            address = str(form.action or path.split("?", maxsplit=1)[0])
            response = site.client.get(address, params={**kept, **dict.fromkeys(empty, "")}, follow_redirects=True)
            assert response.status_code == 200, response.url


def test_without_javascript_passages_are_filtered_too(browser: Browser, site: Served) -> None:
    with page_of(browser, script=False) as page:
        page.goto(f"{site.url}/?q={quote('sản phẩm OCOP')}")
        page.get_by_label("Năm").fill("2020")
        page.get_by_role("button", name="Lọc").click()
        expect(page).to_have_url(re.compile("province=&year=2020&star=&kind="))
        expect(page.locator(".hits h3").first).to_contain_text("Nam Định")
