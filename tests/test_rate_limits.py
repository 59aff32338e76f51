"""Limits per address and per portal, over real HTTP behind a proxy that says whom it asks for."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.conftest import Corpus, Served, served, wait_until
from web.rate_limit import bucket_of
from web.rates import Rates, parsed

TABLE = """
[limits]
ask = "2/minute"
search = "3/hour"
read = "4/hour"

[[portal]]
id = "ca-mau"
name = "Cổng Cà Mau"
origins = ["https://camau.example"]
limits = { search = "2/hour" }
"""


@pytest.fixture(scope="module")
def limited(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("limits")
    (folder / "cong.toml").write_text(TABLE, encoding="utf-8")
    settings = {"OCOP_PORTALS": str(folder / "cong.toml"), "OCOP_TRUSTED_PROXIES": "127.0.0.1"}
    with served(corpus.data, folder / "log", settings=settings) as running:
        yield running


def search(server: Served, address: str, **headers: str) -> httpx.Response:
    return server.client.get(
        "/api/search", params={"q": "OCOP", "limit": 1}, headers={"X-Forwarded-For": address, **headers}
    )


def ask(server: Served, address: str) -> httpx.Response:
    return server.client.post("/api/ask", json={"question": "OCOP là gì?"}, headers={"X-Forwarded-For": address})


def test_beyond_its_limit_an_address_is_asked_to_wait(limited: Served) -> None:
    assert [search(limited, "203.0.113.1").status_code for _ in range(3)] == [200, 200, 200]
    refused = search(limited, "203.0.113.1")
    problem = refused.json()
    assert (refused.status_code, problem["type"], problem["title"]) == (429, "/docs#too-many", "Bạn hỏi hơi nhanh")
    wait_s = int(refused.headers["retry-after"])
    assert 3500 < wait_s <= 3600
    assert f"Xin thử lại sau {-(-wait_s // 60)} phút" in problem["detail"]
    assert search(limited, "203.0.113.2").status_code == 200


def test_what_a_client_writes_before_the_proxy_does_not_help(limited: Served) -> None:
    for invented in ("1.1.1.1", "2.2.2.2", "127.0.0.1"):
        assert search(limited, f"{invented}, 203.0.113.3").status_code == 200
    assert search(limited, "3.3.3.3, 203.0.113.3").status_code == 429


def test_an_ipv6_network_is_one(limited: Served) -> None:
    assert [search(limited, f"2001:db8::{n}").status_code for n in range(1, 5)] == [200, 200, 200, 429]
    assert search(limited, "2001:db8:0:1::1").status_code == 200


def test_kinds_of_requests_are_counted_apart(limited: Served) -> None:
    assert [ask(limited, "203.0.113.4").status_code for _ in range(3)] == [200, 200, 429]
    assert search(limited, "203.0.113.4").status_code == 200
    # the page that answers a question is a question; one that cannot be is a page
    proxy = {"X-Forwarded-For": "203.0.113.5", "Accept": "text/html"}
    seen = [limited.client.get("/", params={"q": "OCOP là gì?"}, headers=proxy) for _ in range(3)]
    assert [page.status_code for page in seen] == [200, 200, 429]
    assert "<h1>Bạn hỏi hơi nhanh</h1>" in seen[2].text
    assert limited.client.get("/", headers=proxy).status_code == 200


def test_a_portal_has_a_limit_of_its_own_whoever_asks(limited: Served) -> None:
    page = {"Origin": "https://camau.example"}
    seen = [search(limited, f"203.0.113.{n}", **page) for n in range(10, 13)]
    assert [response.status_code for response in seen] == [200, 200, 429]
    assert "Trợ lý trên Cổng Cà Mau đang có quá nhiều người hỏi" in seen[2].json()["detail"]
    # the page can read that, and for how long
    assert seen[2].headers["access-control-allow-origin"] == "https://camau.example"
    assert "Retry-After" in seen[2].headers["access-control-expose-headers"]
    assert search(limited, "203.0.113.13").status_code == 200


def test_what_watches_is_never_refused(limited: Served) -> None:
    proxy = {"X-Forwarded-For": "203.0.113.20"}
    for path in ("/api/health", "/api/ready", "/static/page.css"):
        assert {limited.client.get(path, headers=proxy).status_code for _ in range(6)} == {200}
    # this machine itself: a health check, a measurement
    assert {limited.client.get("/docs").status_code for _ in range(6)} == {200}
    pages = [limited.client.get("/docs", headers=proxy).status_code for _ in range(5)]
    assert pages == [200, 200, 200, 200, 429]


def test_a_proxy_that_is_not_named_is_one_address(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "cong.toml").write_text(TABLE, encoding="utf-8")
    with served(corpus.data, tmp_path / "log", settings={"OCOP_PORTALS": str(tmp_path / "cong.toml")}) as running:
        seen = [search(running, f"203.0.113.{n}").status_code for n in range(1, 5)]
        assert seen == [200, 200, 200, 429]


def test_new_limits_hold_without_a_restart(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "cong.toml"
    path.write_text('[limits]\nsearch = "1/hour"\n', encoding="utf-8")
    settings = {"OCOP_PORTALS": str(path), "OCOP_TRUSTED_PROXIES": "127.0.0.1"}
    with served(corpus.data, tmp_path / "log", settings=settings) as running:
        assert [search(running, "203.0.113.1").status_code for _ in range(2)] == [200, 429]
        path.write_text('[limits]\nsearch = "5/hour"\n', encoding="utf-8")
        wait_until(lambda: search(running, "203.0.113.1").status_code == 200, "the new limit to hold")


@pytest.mark.parametrize(
    ("path", "query", "bucket"),
    [
        ("/api/ask", "", "ask"),
        ("/v1/chat/completions", "", "ask"),
        ("/mcp", "", "ask"),
        ("/", "q=a", "ask"),
        ("/", "q=", "read"),
        ("/", "", "read"),
        ("/api/search", "q=a", "search"),
        ("/api/figures", "", "search"),
        ("/api/scorecard", "", "search"),
        ("/api/feedback", "", "feedback"),
        ("/api/articles/1", "", "read"),
        ("/bai/1", "", "read"),
        ("/khong-co", "", "read"),
        ("/api/health", "", None),
        ("/static/page.js", "", None),
    ],
)
def test_every_address_has_its_kind(path: str, query: str, bucket: str | None) -> None:
    assert bucket_of(path, query) == bucket


# What counts


def test_of_two_rules_the_shorter_refuses_without_using_up_the_longer() -> None:
    rates = Rates()
    rules = parsed("2/hour; 5/day")
    assert [rates.take(rules, "a") for _ in range(2)] == [None, None]
    for _ in range(10):
        over = rates.take(rules, "a")
        assert over is not None
        assert over.limit == "2 per 1 hour"
    # two of the day's five are used: what was refused was not counted
    assert [rates.take(parsed("5/day"), "a") is None for _ in range(4)] == [True, True, True, False]
    assert rates.take(rules, "b") is None
