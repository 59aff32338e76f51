"""Portals: the table read and refused, what its pages may do over real HTTP, and the province meant on them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, Corpus, Served, served, wait_until
from web.portals import Colours, PortalsError, PortalTable, contrast, load_portals
from web.rates import DEFAULT_RULES

NAM_DINH_PORTAL = "https://namdinh.example"
CA_MAU_PORTAL = "https://camau.example:8443"
TABLE = f"""
[[portal]]
id = "nam-dinh"
name = "Cổng Nam Định"
origins = ["{NAM_DINH_PORTAL}", "https://nongthonmoi.namdinh.example"]
province = "Nam Định"
greeting = "Chào bà con"
colours = {{ action = "#8a1538" }}

[[portal]]
id = "ca-mau"
name = "Cổng Cà Mau"
origins = ["{CA_MAU_PORTAL}"]
province = "tỉnh Cà Mau"
limits = {{ search = "2/hour" }}

[[portal]]
id = "dong-cua"
name = "Cổng chưa mở"
"""


# The table


def table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "portals.toml"
    path.write_text(text, encoding="utf-8")
    return path


def entry(**keys: str) -> str:
    given = {"id": '"a"', "name": '"Cổng A"', **keys}
    return "[[portal]]\n" + "\n".join(f"{key} = {value}" for key, value in given.items())


def test_a_table_is_read_key_by_key(tmp_path: Path) -> None:
    portals = load_portals(table(tmp_path, TABLE))
    assert list(portals.portals) == ["nam-dinh", "ca-mau", "dong-cua"]
    portal = portals.portals["nam-dinh"]
    assert (portal.province_key, portal.colours) == ("nam-dinh", Colours(action="#8a1538"))
    assert portals.portals["ca-mau"].province_key == "ca-mau"
    assert portals.portals["dong-cua"].origins == ()
    assert portals.origins == {NAM_DINH_PORTAL, "https://nongthonmoi.namdinh.example", CA_MAU_PORTAL}
    assert portals.limits == DEFAULT_RULES


def test_limits_not_mentioned_stay_as_they_are(tmp_path: Path) -> None:
    limits = load_portals(table(tmp_path, '[limits]\nask = "5/minute"\nread = ""\n')).limits
    assert (limits.ask, limits.read, limits.search) == ("5/minute", "", DEFAULT_RULES.search)


def test_the_example_is_a_table_that_can_be_used() -> None:
    portals = load_portals(ROOT / "portals.example.toml")
    assert portals.limits == DEFAULT_RULES
    assert portals.portals["quang-nam"].province_key == "quang-nam"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("portal = 3", "portal không phải danh sách"),
        ("x = [", "không phải TOML hợp lệ"),
        ('[[portals]]\nid = "a"', "tìm thấy portals; cần các mục [[portal]]"),
        (entry(origin='"https://a.example"'), "cổng a: không có khóa 'origin'"),
        ('[[portal]]\nid = "a"', "thiếu khóa 'name'"),
        (entry(origins='"https://a.example"'), "origins = 'https://a.example' sai kiểu"),
        (entry(id='"Quảng Nam"'), "id = 'Quảng Nam'; cần 1 đến 40 chữ thường không dấu"),
        (entry(name='" "'), "name trống"),
        (entry(greeting='"' + "a" * 301 + '"'), "greeting dài 301 ký tự; tối đa 300"),
        (entry(greeting='"a\\u202eb"'), "greeting có ký tự điều khiển"),
        (entry(province='"Atlantis"'), "province = 'Atlantis'; cần tên một tỉnh"),
        (entry(province='"Quảng Nam và Atlantis"'), "province = 'Quảng Nam và Atlantis'"),
        (entry(locale='"en"'), "không có khóa 'locale'"),
        (entry(colours='{action = "green"}'), "colours.action = 'green'; cần dạng '#0b5d3b'"),
        (entry(colours='{action = "#777777"}'), "tương phản 4.48:1 với nền #ffffff; WCAG 2.1 đòi ít nhất 4.5:1"),
        (entry(colours='{action_dark = "#0b5d3b"}'), "colours.action_dark = '#0b5d3b' tương phản"),
        (entry(colours='{ground = "#000000"}'), "không có khóa 'colours.ground'"),
        (entry(limits='{ask = "many"}'), "limits.ask = 'many'; cần dạng '60/minute'"),
        (entry(limits='{ask = "0/minute"}'), "limits.ask = '0/minute'; cần dạng '60/minute'"),
        (entry(limits='{asks = "1/minute"}'), "không có khóa 'limits.asks'"),
        ('[limits]\nasks = "1/minute"', "mục [limits]: không có khóa 'asks'"),
        (entry() + "\n" + entry(), "id = 'a' dùng cho hai cổng"),
    ],
)
def test_a_table_with_a_fault_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(PortalsError) as refused:
        load_portals(table(tmp_path, text))
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("origin", "said"),
    [
        ("https://a.example/", "không được có gì sau tên miền, kể cả dấu / cuối: cần 'https://a.example'"),
        ("https://a.example/tin", "không được có gì sau tên miền"),
        ("https://a.example?", "không được có gì sau tên miền"),
        ("https://*.example", "dấu * không được nhận"),
        ("*", "dấu * không được nhận"),
        ("null", "cần bắt đầu bằng https://"),
        ("a.example", "cần bắt đầu bằng https://"),
        ("ftp://a.example", "cần bắt đầu bằng https://"),
        ("https://", "cần bắt đầu bằng https://"),
        ("https://A.example", "chữ thường ASCII"),
        ("https://tỉnh.example", "chữ thường ASCII"),
        ("https://u@a.example", "không được có tên người dùng"),
        ("https://a.example:443", "bỏ phần sau dấu hai chấm"),
        ("http://a.example:80", "bỏ phần sau dấu hai chấm"),
        ("https://a.example:", "bỏ phần sau dấu hai chấm"),
        ("https://a.example:port", "không phải địa chỉ"),
        ("https://a..example", "chữ thường ASCII"),
    ],
)
def test_an_origin_browsers_never_send_is_refused(tmp_path: Path, origin: str, said: str) -> None:
    with pytest.raises(PortalsError) as refused:
        load_portals(table(tmp_path, entry(origins=f'["{origin}"]')))
    assert f"origins có '{origin}'; " in str(refused.value)
    assert said in str(refused.value)


@pytest.mark.parametrize("origin", ["https://a.example", "http://127.0.0.1:8000", "https://[2001:db8::1]:8443"])
def test_an_origin_browsers_send_is_taken(tmp_path: Path, origin: str) -> None:
    assert load_portals(table(tmp_path, entry(origins=f'["{origin}"]'))).origins == {origin}


def test_contrast_is_that_of_wcag() -> None:
    # values published with the definition: black on white is 21, a colour on itself 1; #767676 is the lightest grey
    assert (contrast("#000000", "#ffffff"), contrast("#123456", "#123456")) == (21.0, 1.0)
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


def test_a_table_is_renewed_and_a_bad_one_leaves_the_former(tmp_path: Path) -> None:
    path = table(tmp_path, TABLE)
    held = PortalTable(path)
    assert held.refresh() is False
    path.write_text(entry(origins='["https://moi.example"]'), encoding="utf-8")
    assert (held.refresh(), *held.current().origins, held.trouble) == (True, "https://moi.example", None)
    path.write_text(entry(origins='["https://moi.example/"]'), encoding="utf-8")
    assert held.refresh() is False
    assert held.current().origins == {"https://moi.example"}
    assert held.trouble is not None
    assert "kể cả dấu / cuối" in held.trouble
    path.unlink()
    assert (held.refresh(), *held.current().origins) == (False, "https://moi.example")
    path.write_text("", encoding="utf-8")
    assert (held.refresh(), *held.current().origins, held.trouble) == (True, None)


def test_a_server_does_not_start_with_a_bad_table(tmp_path: Path) -> None:
    with pytest.raises(PortalsError):
        PortalTable(table(tmp_path, entry(origins='["*"]')))
    with pytest.raises(PortalsError, match=r"không có tệp .*gone\.toml \(OCOP_PORTALS\)"):
        PortalTable(tmp_path / "gone.toml", required=True)
    assert PortalTable(tmp_path / "gone.toml").current().origins == frozenset()


# Over HTTP


@pytest.fixture(scope="module")
def portals(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("portals")
    (folder / "cong.toml").write_text(TABLE, encoding="utf-8")
    with served(corpus.data, folder / "log", settings={"OCOP_PORTALS": str(folder / "cong.toml")}) as running:
        yield running


def test_a_portal_is_told_with_questions_of_its_province(portals: Served) -> None:
    told = portals.client.get("/api/portals/nam-dinh").json()
    samples = told.pop("samples")
    assert told == {
        "id": "nam-dinh",
        "name": "Cổng Nam Định",
        "province": "Nam Định",
        "greeting": "Chào bà con",
        "colours": {"action": "#8a1538", "action_dark": None},
    }
    assert samples[0] == "Năm 2020, Nam Định có bao nhiêu sản phẩm OCOP?"
    for question in samples:
        assert portals.client.post("/api/ask", json={"question": question}).json()["status"] == "answered"


@pytest.mark.parametrize("origin", [NAM_DINH_PORTAL, CA_MAU_PORTAL])
def test_pages_of_portals_read_the_interface(portals: Served, origin: str) -> None:
    for path in ("/api/search?q=OCOP&limit=1", "/api/ready", "/api/khong-co"):
        headers = portals.client.get(path, headers={"Origin": origin}).headers
        assert headers["access-control-allow-origin"] == origin
        assert "access-control-allow-credentials" not in headers
        assert headers["vary"] == "Origin"
    asked = portals.client.post("/api/ask", json={"question": "OCOP là gì?"}, headers={"Origin": origin})
    assert (asked.status_code, asked.headers["access-control-allow-origin"]) == (200, origin)


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://namdinh.example",
        "https://namdinh.example:444",
        "https://namdinh.example.evil.example",
        "https://xnamdinh.example",
        "HTTPS://NAMDINH.EXAMPLE",
        "null",
        "",
    ],
)
def test_pages_of_other_sites_read_nothing(portals: Served, origin: str) -> None:
    for path in ("/api/search?q=OCOP&limit=1", "/", "/api/ready"):
        response = portals.client.get(path, headers={"Origin": origin})
        assert "access-control-allow-origin" not in response.headers
        assert response.headers["vary"] == "Origin"
    preflight = portals.client.options("/api/ask", headers={"Origin": origin, "Access-Control-Request-Method": "POST"})
    assert preflight.status_code == 403
    assert not [name for name in preflight.headers if name.startswith("access-control-")]


def test_a_preflight_is_answered_for_what_the_widget_sends(portals: Served) -> None:
    asked = {
        "Origin": NAM_DINH_PORTAL,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type,x-ocop-portal",
    }
    headers = portals.client.options("/api/ask", headers=asked).headers
    assert headers["access-control-allow-origin"] == NAM_DINH_PORTAL
    assert headers["access-control-allow-methods"] == "GET, POST"
    assert headers["access-control-allow-headers"] == "Content-Type, X-OCOP-Portal"
    assert (headers["access-control-max-age"], headers["vary"]) == ("600", "Origin")
    for path in ("/v1/chat/completions", "/admin", "/metrics", "/"):
        refused = portals.client.options(path, headers=asked)
        assert (refused.status_code, "access-control-allow-origin" in refused.headers) == (403, False)


def test_a_portal_is_named_by_its_own_pages_only(portals: Served) -> None:
    client = portals.client
    for origin, status in (
        (NAM_DINH_PORTAL, 200),
        ("https://nongthonmoi.namdinh.example", 200),
        (CA_MAU_PORTAL, 403),
        ("https://evil.example", 403),
        ("null", 403),
        (portals.url, 200),
    ):
        for path, headers in (
            ("/api/search?q=OCOP", {"X-OCOP-Portal": "nam-dinh"}),
            ("/api/search?q=OCOP&portal=nam-dinh", {}),
            ("/api/portals/nam-dinh", {}),
        ):
            response = client.get(path, headers={"Origin": origin, **headers})
            assert response.status_code == status, (origin, path)
            # the page may read that it was refused; there is nothing else in it
            readable = None if origin == portals.url else origin
            assert response.headers.get("access-control-allow-origin") == readable
            if status == 403:
                assert response.json()["type"] == "/docs#portal-refused"


def test_a_portal_without_origins_is_named_by_nobody(portals: Served) -> None:
    for origin in (NAM_DINH_PORTAL, "https://dongcua.example"):
        assert portals.client.get("/api/portals/dong-cua", headers={"Origin": origin}).status_code == 403


@pytest.mark.parametrize("name", ["khong-co", "NAM-DINH", "nam-dinh/", "a" * 300, "%00"])
def test_an_unknown_portal_is_said_to_be_unknown(portals: Served, name: str) -> None:
    response = portals.client.get(f"/api/portals/{name}")
    assert (response.status_code, response.json()["type"]) == (404, "/docs#portal-not-found")


def test_pages_may_be_framed_by_portals_only(portals: Served, server: Served) -> None:
    def ancestors(client: Served, path: str, **headers: str) -> str:
        policy = client.client.get(path, headers=headers).headers["content-security-policy"]
        return policy.rpartition("frame-ancestors ")[2]

    assert ancestors(portals, "/") == (f"'self' {CA_MAU_PORTAL} {NAM_DINH_PORTAL} https://nongthonmoi.namdinh.example")
    assert ancestors(portals, "/?portal=ca-mau") == f"'self' {CA_MAU_PORTAL}"
    assert ancestors(portals, "/api/health") == "'none'"
    assert ancestors(server, "/") == "'none'"


def test_the_widgets_files_are_for_every_page(portals: Served) -> None:
    headers = portals.client.get("/static/page.css", headers={"Origin": "https://evil.example"}).headers
    assert headers["access-control-allow-origin"] == "*"


def test_a_place_left_out_is_the_portals_and_said_to_be(portals: Served) -> None:
    asked = {"question": "Tỉnh mình có bao nhiêu sản phẩm OCOP?"}
    plain = portals.client.post("/api/ask", json=asked).json()
    assert plain["status"] == "needs_clarification"
    for headers in ({"X-OCOP-Portal": "nam-dinh"}, {"Origin": NAM_DINH_PORTAL}):
        answer = portals.client.post("/api/ask", json=asked, headers=headers).json()
        assert answer["status"] == "answered"
        assert "62" in answer["text"]
        assert answer["notices"][0].startswith("Câu hỏi không nêu địa phương nên được hiểu là hỏi về Nam Định")
    streamed = portals.client.post(
        "/api/ask", json=asked, headers={"X-OCOP-Portal": "ca-mau", "Accept": "text/event-stream"}
    )
    assert "hỏi về Cà Mau" in streamed.text
    assert "165" in streamed.text


def test_a_place_that_is_named_is_never_replaced(portals: Served) -> None:
    for question in ("Cà Mau có bao nhiêu sản phẩm OCOP?", "Giấy chứng nhận OCOP có hiệu lực bao lâu?"):
        here = portals.client.post("/api/ask", json={"question": question}, headers={"X-OCOP-Portal": "nam-dinh"})
        plain = portals.client.post("/api/ask", json={"question": question})
        keys = ("status", "text", "notices")
        assert [here.json()[key] for key in keys] == [plain.json()[key] for key in keys]


def test_a_new_table_is_taken_up_without_a_restart(corpus_copy: Path, tmp_path: Path) -> None:
    path = corpus_copy / "portals.toml"
    with served(corpus_copy, tmp_path / "log") as running:
        client = running.client
        assert client.get("/api/portals/nam-dinh").status_code == 404
        path.write_text(TABLE, encoding="utf-8")
        wait_until(lambda: client.get("/api/portals/nam-dinh").status_code == 200, "the table to be taken up")
        bad = tmp_path / "bad.toml"
        bad.write_text(TABLE.replace(NAM_DINH_PORTAL, NAM_DINH_PORTAL + "/"), encoding="utf-8")
        bad.replace(path)
        wait_until(lambda: "kể cả dấu / cuối" in running.log.read_text(encoding="utf-8"), "the fault to be told")
        assert client.get("/api/portals/nam-dinh", headers={"Origin": NAM_DINH_PORTAL}).status_code == 200
