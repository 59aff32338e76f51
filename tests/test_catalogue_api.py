"""GET /api/decisions and /api/products over two decisions of our own: values, places, rights, files, problems."""

import csv
import io
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from crawler.archive import Archive, Raw
from crawler.article import Article, Kind, Rights
from crawler.draft import Origin
from crawler.read import read_article
from index.catalogue.product_query import ProductQuery
from index.manifest import current_name
from index.review.correction import Line
from index.review.store import Corrections
from index.search import Searcher
from tests.conftest import Served, served
from tests.decision_pages import decision_html, news_html, table
from tests.test_records_api import assert_places_hold
from web.decisions import decision_detail
from web.quoting import Quoter

HOSTILE = '=HYPERLINK("http://x.vn")'
ON = "2026-11-29"


def archive(data: Path, name: str, html: str, rights: Rights, kind: Kind = "decision") -> None:
    raw = Raw(body=html.encode(), content_type="text/html; charset=utf-8")
    url = f"http://cong.mau.vn/van-ban/{name}.html"
    origin = Origin(source="Cổng mẫu", fetched="2026-11-22T00:00:00Z", url=url, rights=rights, kind=kind)
    with Archive(data, create=True) as held:
        held.put(read_article(raw, origin), raw)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from index.build import build  # noqa: PLC0415

    data = tmp_path_factory.mktemp("decided")
    nam_dinh = table(
        "TT | Tên sản phẩm | Chủ thể | Địa chỉ | Nhóm | Điểm | Hạng sao",
        "1 | Cà phê rang xay Mộc | HTX Mộc | xã Hải Long, huyện Hải Hậu | Đồ uống | 72,5 | 4 sao",
        f"2 | {HOSTILE} | Cơ sở Lạ | xã Hải Hà, huyện Hải Hậu | Thực phẩm | 61 | 3 sao",
    )
    lam_dong = table(
        "TT | Tên sản phẩm | Chủ thể | Địa chỉ | Nhóm | Hạng sao",
        "1 | Trà hoa vàng | HTX Trà | xã Bảo Lâm 1 | Đồ uống | 5 sao",
        "2 | Mật ong | HTX Ong | xã Di Linh | Thực phẩm | 3 sao",
        "3 | Cà phê bột | HTX Ong | xã Di Linh | Đồ uống | 3 sao",
        "4 | Chè búp | HTX Ong | xã Di Linh | Đồ uống | 3 sao",
        "5 | Bơ sấy | HTX Ong | xã Di Linh | Thực phẩm | 4 sao",
    )
    archive(
        data,
        "nam-dinh",
        decision_html(nam_dinh, number="301/QĐ-UBND", day="10 tháng 6 năm 2023", place="TỈNH NAM ĐỊNH"),
        "full",
    )
    archive(data, "lam-dong", decision_html(lam_dong), "link")
    build(data, embedder="hash-256", progress=False)
    return data


@pytest.fixture(scope="module")
def api(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(data, tmp_path_factory.mktemp("log") / "server.log") as running:
        yield running


def test_a_build_on_a_former_one_writes_the_catalogue_of_one_from_nothing(data: Path, tmp_path: Path) -> None:
    from index.build import build  # noqa: PLC0415

    def catalogue(folder: Path) -> dict[str, bytes]:
        target = folder / "index" / current_name(folder) / "catalogue"
        return {path.relative_to(target).as_posix(): path.read_bytes() for path in sorted(target.rglob("*.npy"))}

    changed = Path(shutil.copytree(data, tmp_path / "changed"))
    renewed = table(
        "TT | Tên sản phẩm | Chủ thể | Địa chỉ | Hạng sao", "1 | Trà hoa vàng | HTX Trà | xã Bảo Lâm 1 | 5 sao"
    )
    archive(changed, "moi", decision_html(renewed, number="44/QĐ-UBND", day="3 tháng 11 năm 2026"), "full")
    report = build(changed, embedder="hash-256", progress=False)
    assert report.taken == 2
    fresh = tmp_path / "fresh"
    shutil.copytree(changed, fresh, ignore=shutil.ignore_patterns("index"))
    build(fresh, embedder="hash-256", progress=False)
    assert catalogue(changed) == catalogue(fresh)
    assert catalogue(changed) != catalogue(data)
    with closing(Searcher.open(changed)) as searcher:
        (tea,) = searcher.catalogue().products.read(
            searcher.catalogue().products.find(ProductQuery(on=date(2026, 11, 29), q="tra hoa vang")).rows
        )
    assert [line.on for line in tea.history] == ["2025-09-12", "2026-11-03"]


def get(api: Served, path: str, expected: int = 200, **params: Any) -> Any:
    answer = api.client.get(path, params=params)
    assert answer.status_code == expected, answer.text
    return answer.json()


def names(page: Any) -> list[str]:
    return [one["name"] for one in page["products"]]


def facet(page: Any, name: str) -> dict[str, int]:
    return {one["label"]: one["count"] for one in page["facets"][name]}


def test_a_page_of_products_with_state_place_and_facets(api: Served, data: Path) -> None:
    page = get(api, "/api/products", on=ON)
    assert names(page) == ["Bơ sấy", "Cà phê bột", "Cà phê rang xay Mộc", "Chè búp", HOSTILE, "Mật ong", "Trà hoa vàng"]
    assert (page["total"], page["map"], page["map_label"]) == (7, "then", "bản đồ 63 tỉnh, thành trước 7/2025")
    coffee = page["products"][2]
    assert coffee["where"] == {
        "commune": "xã Hải Long",
        "district": "huyện Hải Hậu",
        "province": "nam-dinh",
        "province_name": "Nam Định",
        "communes_today": coffee["where"]["communes_today"],
        "province_today": "ninh-binh",
        "province_today_name": "Ninh Bình",
    }
    assert len(coffee["where"]["communes_today"]) == 1
    state = coffee["state"]
    assert (state["status"], state["label"], state["star"]) == ("undetermined", "chưa xác định (Điều 12 khoản 3)", 4)
    assert (state["since"], state["expires"], state["keeps_until"]) == ("2023-06-10", "2026-06-10", "2026-12-07")
    assert (coffee["number"], coffee["recognised"], coffee["reported"]) == ("301/QĐ-UBND", "2023-06-10", False)
    assert "Cà phê rang xay Mộc" in coffee["source"]["quote"]
    assert facet(page, "province") == {"Lâm Đồng": 5, "Nam Định": 2}
    assert facet(page, "year") == {"2025": 5, "2023": 2}
    assert facet(page, "star") == {"3 sao": 3, "4 sao": 1, "5 sao": 1, "chưa có, đã hết hạn hoặc chưa rõ": 2}
    assert facet(page, "group") == {"Đồ uống": 4, "Thực phẩm": 3}
    assert assert_places_hold(data, page) >= 2


def test_filters_leave_their_own_facet_open(api: Served) -> None:
    page = get(api, "/api/products", on=ON, star=3, group="Đồ uống")
    assert names(page) == ["Cà phê bột", "Chè búp"]
    assert facet(page, "star") == {"3 sao": 2, "5 sao": 1, "chưa có, đã hết hạn hoặc chưa rõ": 1}
    assert facet(page, "group") == {"Đồ uống": 2, "Thực phẩm": 1}
    today = get(api, "/api/products", on=ON, province="Hà Nam", map="today")
    assert (today["total"], facet(today, "province")["Ninh Bình"]) == (2, 2)
    assert get(api, "/api/products", on=ON, province="Hà Nam")["total"] == 0


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "ca phe moc"}, ["Cà phê rang xay Mộc"]),
        ({"q": "301"}, ["Cà phê rang xay Mộc", HOSTILE]),
        ({"q": "trà ho"}, ["Trà hoa vàng"]),
        ({"q": "tra"}, ["Trà hoa vàng"]),
        ({"q": "hải hậu lạ"}, [HOSTILE]),
        ({"producer": "htx tr"}, ["Trà hoa vàng"]),
        ({"district": "H. Hải Hậu", "commune": "hai long"}, ["Cà phê rang xay Mộc"]),
        ({"decision": "QĐ 301/QĐ-UBND", "star": "0"}, ["Cà phê rang xay Mộc", HOSTILE]),
        ({"decision": "301-qd-ubnd.nam-dinh.2023"}, ["Cà phê rang xay Mộc", HOSTILE]),
        ({"recognised_from": "2025-09", "star": "5"}, ["Trà hoa vàng"]),
        ({"recognised_to": "2024"}, ["Cà phê rang xay Mộc", HOSTILE]),
        ({"status": "undetermined"}, ["Cà phê rang xay Mộc", HOSTILE]),
        ({"on": "2025-09-30", "expires_within": "9"}, ["Cà phê rang xay Mộc", HOSTILE]),
        ({"on": "2026-01-31", "expires_within": "1"}, []),
        ({"expires_from": "2028-09-12", "star": "4"}, ["Bơ sấy"]),
    ],
)
def test_what_is_asked_for_is_found(api: Served, asked: dict[str, str], found: list[str]) -> None:
    params: dict[str, Any] = {"on": ON, **asked}
    assert names(get(api, "/api/products", **params)) == found


def test_order_and_pages(api: Served) -> None:
    first = get(api, "/api/products", on=ON, sort="expires", order="desc", limit=3)
    rest = get(api, "/api/products", on=ON, sort="expires", order="desc", limit=10, offset=3)
    days = [one["state"]["expires"] for one in first["products"] + rest["products"]]
    assert days == ["2028-09-12"] * 5 + ["2026-06-10"] * 2
    assert len({one["key"] for one in first["products"] + rest["products"]}) == first["total"] == 7


def test_one_product_with_history_fields_and_grounds(api: Served, data: Path) -> None:
    key = get(api, "/api/products", q="cà phê mộc", on=ON)["products"][0]["key"]
    page = get(api, f"/api/products/{key}", on="2026-02-01")
    assert page["product"]["state"]["label"] == "còn hạn"
    (line,) = page["history"]
    assert (line["number"], line["on"], line["months"], line["star"]) == ("301/QĐ-UBND", "2023-06-10", 36, 4)
    fields = line["line"]["fields"]
    assert (fields["name"]["text"], fields["name"]["head_text"]) == ("Cà phê rang xay Mộc", "Tên sản phẩm")
    assert (fields["score"]["text"], line["line"]["score"]) == ("72,5", 72.5)
    with Archive(data) as held:
        article = held.get(line["line"]["source"]["article_id"], line["line"]["source"]["digest"])
    assert article is not None
    for field in fields.values():
        start, end = field["span"]
        assert " ".join(article.text[start:end].split()) == field["text"]
    assert page["grounds"][0]["document"] == "148/QĐ-TTg"
    assert assert_places_hold(data, page) >= 2
    assert get(api, "/api/products/khong-co", 404)["type"] == "/docs#record-not-found"


def test_one_decision_with_its_list_and_sources(api: Served, data: Path) -> None:
    listed = get(api, "/api/decisions", q="nam dinh")
    assert [(one["number"], one["issued"], one["products"]) for one in listed["decisions"]] == [
        ("301/QĐ-UBND", "2023-06-10", 2)
    ]
    first = listed["decisions"][0]
    assert (first["place"], first["province_name"], first["province_today_name"]) == (
        "TỈNH NAM ĐỊNH", "Nam Định", "Ninh Bình",
    )  # fmt: skip
    assert facet(listed, "act") == {"công nhận sản phẩm": 1}
    page = get(api, f"/api/decisions/{listed['decisions'][0]['key']}")
    assert [line["line"]["fields"]["name"]["text"] for line in page["lines"]] == ["Cà phê rang xay Mộc", HOSTILE]
    owners = [get(api, f"/api/products/{line['product']}")["product"]["name"] for line in page["lines"]]
    assert owners == ["Cà phê rang xay Mộc", HOSTILE]
    (source,) = page["sources"]
    assert source["fields"]["number"]["text"] == "301/QĐ-UBND"
    assert source["clauses"][0]["act"] == "recognises"
    assert assert_places_hold(data, page) >= 4
    both = get(api, "/api/decisions", sort="issued", order="asc")
    assert [one["number"] for one in both["decisions"]] == ["301/QĐ-UBND", "1287/QĐ-UBND"]
    assert get(api, "/api/decisions/khong-co", 404)["type"] == "/docs#record-not-found"


def test_a_source_that_is_only_linked_is_not_printed_line_by_line(api: Served) -> None:
    key = get(api, "/api/decisions", number="1287/QĐ-UBND")["decisions"][0]["key"]
    page = get(api, f"/api/decisions/{key}")
    assert len(page["lines"]) == 5
    quoted = [line["line"]["source"]["quote"] for line in page["lines"]]
    assert sum(quote is not None for quote in quoted) < 5
    assert {field["head_text"] for line in page["lines"] for field in line["line"]["fields"].values()} == {None}


def test_products_as_files(api: Served, tmp_path: Path) -> None:
    answer = api.client.get("/api/products", params={"on": ON, "format": "csv", "limit": 1, "province": "Nam Định"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert f"san-pham-ocop-{ON}.csv" in answer.headers["content-disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert [row["Sản phẩm"] for row in rows] == ["Cà phê rang xay Mộc", f"'{HOSTILE}"]
    assert rows[0]["Giấy chứng nhận hết hạn"] == "2026-06-10"
    assert rows[0]["Tỉnh, thành (như ghi)"], rows[0]["Tỉnh, thành từ 7/2025"] == ("Nam Định", "Ninh Bình")
    sheet_answer = api.client.get("/api/products", params={"on": ON, "format": "xlsx"})
    path = tmp_path / "products.xlsx"
    path.write_bytes(sheet_answer.content)
    sheet = load_workbook(path).active
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = values[0]
    assert len(values) == 8
    by_name = {row[0]: dict(zip(head, row, strict=True)) for row in values[1:]}
    assert by_name[HOSTILE]["Chủ thể"] == "Cơ sở Lạ"
    tea = by_name["Trà hoa vàng"]
    assert (tea["Hạng sao (ngày 29/11/2026)"], tea["Giấy chứng nhận hết hạn"].date()) == (5, date(2028, 9, 12))


def test_decisions_as_files(api: Served, tmp_path: Path) -> None:
    answer = api.client.get("/api/decisions", params={"format": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert [(row["Số quyết định"], row["Ngày ký"], row["Số sản phẩm trong danh sách"]) for row in rows] == [
        ("1287/QĐ-UBND", "2025-09-12", "5"),
        ("301/QĐ-UBND", "2023-06-10", "2"),
    ]
    path = tmp_path / "decisions.xlsx"
    path.write_bytes(api.client.get("/api/decisions", params={"format": "xlsx"}).content)
    sheet = load_workbook(path).active
    assert [sheet["A2"].value, sheet["B2"].value.date()] == ["1287/QĐ-UBND", date(2025, 9, 12)]


@pytest.mark.parametrize(
    ("path", "params", "pointer"),
    [
        ("/api/products", {"province": "Xứ Lạ"}, "?province"),
        ("/api/products", {"province": "cả nước"}, "?province"),
        ("/api/products", {"star": "6"}, "?star.0"),
        ("/api/products", {"status": "tốt"}, "?status.0"),
        ("/api/products", {"on": "hôm nay"}, "?on"),
        ("/api/products", {"expires_within": "2", "expires_to": "2026-12-01"}, "?expires_within"),
        ("/api/products", {"expires_from": "2027-01-01", "expires_to": "2026-12-01"}, "?expires_from"),
        ("/api/products", {"recognised_from": "2025", "recognised_to": "2024"}, "?recognised_from"),
        ("/api/products", {"recognised_from": "2024-13"}, "?recognised_from"),
        ("/api/products", {"limit": "0"}, "?limit"),
        ("/api/products", {"sort": "đẹp"}, "?sort"),
        ("/api/products", {"format": "doc"}, "?format"),
        ("/api/products", {"q": "x" * 201}, "?q"),
        ("/api/products", {"district": "…"}, "?district"),
        ("/api/decisions", {"issued_to": "hôm qua"}, "?issued_to"),
        ("/api/decisions", {"act": "khen"}, "?act.0"),
    ],
)
def test_what_cannot_be_asked_is_said(api: Served, path: str, params: dict[str, str], pointer: str) -> None:
    problem = get(api, path, 422, **params)
    assert [error["pointer"] for error in problem["errors"]] == [pointer]
    assert problem["detail"].startswith("“")


def test_the_description_has_an_example_of_each_list(api: Served) -> None:
    described = get(api, "/openapi.json")["paths"]
    for path in ("/api/products", "/api/decisions"):
        content = described[path]["get"]["responses"]["200"]["content"]
        assert set(content) == {
            "application/json",
            "text/csv; charset=utf-8",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
        example = content["application/json"]["example"]
        shape = get(api, path)
        assert set(example) == set(shape)
        (name,) = {"products", "decisions"} & set(shape)
        assert set(example[name][0]) == set(shape[name][0])


def test_a_corrected_list_is_still_told_of_the_text_it_stands_in(tmp_path: Path) -> None:
    """Its own text tells the head best and has no list; a report has the list."""
    from index.build import build  # noqa: PLC0415

    data = tmp_path / "data"
    archive(data, "chinh", decision_html("", number="715/QĐ-UBND", day="3 tháng 11 năm 2025"), "full")
    listed = table(
        "TT | Tên sản phẩm | Chủ thể | Hạng sao", "1 | Trà hoa vàng | HTX Trà | 5 sao", "2 | Mật ong | HTX Ong | 3 sao"
    )
    said = "UBND tỉnh Lâm Đồng ban hành Quyết định số 715/QĐ-UBND ngày 03/11/2025 công nhận 2 sản phẩm OCOP:"
    archive(data, "tin", news_html(said, listed), "full", "news")
    build(data, embedder="hash-256", progress=False)
    key = "715-qd-ubnd.lam-dong.2025"
    Corrections(data).add(
        who="An",
        decision=key,
        line=Line(name="Mật ong", producer="HTX Ong"),
        field="star",
        found="3 sao",
        value="4 sao",
    )
    build(data, embedder="hash-256", progress=False)
    with closing(Searcher.open(data)) as searcher, Archive(data) as held:
        catalogue = searcher.catalogue()
        (decision,) = catalogue.decisions.read(catalogue.decisions.rows_of(key))
        assert (decision.best.article_id == decision.listing.article_id, decision.rows[1].star) == (False, 4)

        def article(article_id: str, digest: str) -> Article:
            found = held.get(article_id, digest)
            assert found is not None
            return found

        told = decision_detail(catalogue, decision, Quoter(article))
        assert [line.line.source.article_id for line in told.lines] == [decision.listing.article_id] * 2
        assert [line.line.source.quote for line in told.lines] == [
            "1 | Trà hoa vàng | HTX Trà | 5 sao", "2 | Mật ong | HTX Ong | 3 sao",
        ]  # fmt: skip
        owners = [catalogue.products.row(line.product or "") for line in told.lines]
        held_products = catalogue.products.read(row for row in owners if row is not None)
        assert [one.name for one in held_products] == ["Trà hoa vàng", "Mật ong"]
