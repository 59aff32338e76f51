"""robots.txt by RFC 9309."""

import asyncio
import logging
from itertools import pairwise

import pytest

from crawler.net.robots import MAX_BYTES, Answer, RobotsCache, Rules, read_rules

AGENT = "OCOPAssistantBot"
PAGE = "http://example.vn/tin/a.html"


def ask(cache: RobotsCache, url: str = PAGE) -> Rules:
    return asyncio.run(cache.rules(url))


def serving(answers: dict[str, Answer], asked: list[str]) -> RobotsCache:
    async def fetch(address: str) -> Answer:
        asked.append(address)
        return answers[address]

    return RobotsCache(fetch, AGENT)


@pytest.mark.parametrize("status", [200, 401, 403, 404, 410])
def test_allowed_status(status: int) -> None:
    assert read_rules(Answer(status=status), AGENT).allowed(PAGE)


@pytest.mark.parametrize("status", [429, 500, 503, None])
def test_forbidding_status(status: int | None) -> None:
    assert not read_rules(Answer(status=status), AGENT).allowed(PAGE)


def test_longest_match_and_own_group() -> None:
    body = (
        b"User-agent: *\nDisallow: /\n\nUser-agent: OCOPAssistantBot\nDisallow: /tin/\nAllow: /tin/a\nCrawl-delay: 7\n"
    )
    rules = read_rules(Answer(status=200, body=body), AGENT)
    assert rules.allowed(PAGE)
    assert not rules.allowed("http://example.vn/tin/b.html")
    assert rules.allowed("http://example.vn/khac")
    assert rules.delay_s == 7


def test_delay_is_capped_and_sitemaps_are_read() -> None:
    body = b"User-agent: *\nCrawl-delay: 9000\nSitemap: http://example.vn/s.xml\n"
    rules = read_rules(Answer(status=200, body=body), AGENT)
    assert (rules.asked_delay_s, rules.delay_s) == (9000, 30)
    assert rules.sitemaps == ("http://example.vn/s.xml",)


def test_only_the_first_500_kib_count() -> None:
    body = b"User-agent: *\nDisallow: /a\n" + b"#" * MAX_BYTES + b"\nDisallow: /tin/\n"
    assert read_rules(Answer(status=200, body=body), AGENT).allowed(PAGE)


def test_five_redirects_are_followed_and_the_sixth_is_not() -> None:
    def chain(length: int) -> dict[str, Answer]:
        names = ["http://example.vn/robots.txt", *(f"http://example.vn/r{i}" for i in range(1, length + 1))]
        moves = {a: Answer(status=301, location=b) for a, b in pairwise(names)}
        return {**moves, names[-1]: Answer(status=200, body=b"User-agent: *\nDisallow: /khac\n")}

    assert ask(serving(chain(5), [])).allowed(PAGE)
    assert not ask(serving(chain(6), [])).allowed(PAGE)


def test_redirect_to_another_authority_forbids() -> None:
    answers = {"http://example.vn/robots.txt": Answer(status=302, location="http://khac.vn/robots.txt")}
    asked: list[str] = []
    assert not ask(serving(answers, asked)).allowed(PAGE)
    assert asked == ["http://example.vn/robots.txt"]


def test_fetched_once_for_many_and_again_after_a_day() -> None:
    asked: list[str] = []
    now = [0.0]

    async def fetch(address: str) -> Answer:
        asked.append(address)
        await asyncio.sleep(0)
        return Answer(status=404)

    async def run() -> None:
        cache = RobotsCache(fetch, AGENT, clock=lambda: now[0])
        await asyncio.gather(*(cache.rules(PAGE) for _ in range(5)))
        assert len(asked) == 1
        now[0] = 24 * 3600.0 + 1
        await cache.rules(PAGE)
        assert len(asked) == 2
        await cache.rules("http://example.vn:8080/")
        assert asked[-1] == "http://example.vn:8080/robots.txt"

    asyncio.run(run())


def test_an_unreachable_file_is_asked_for_again_after_a_quarter_of_an_hour() -> None:
    answers = [Answer(status=503), Answer(status=None, error="timeout"), Answer(status=200, body=b"")]
    now = [0.0]

    async def fetch(address: str) -> Answer:
        return answers.pop(0)

    async def run() -> None:
        cache = RobotsCache(fetch, AGENT, clock=lambda: now[0])
        allowed = []
        for now[0] in (0.0, 15 * 60.0, 15 * 60.0 + 1, 40 * 60.0, 24 * 3600.0):
            allowed.append((await cache.rules(PAGE)).allowed(PAGE))
        assert allowed == [False, False, False, True, True]
        assert answers == []

    asyncio.run(run())


def test_a_fetch_that_raises_forbids() -> None:
    async def fetch(address: str) -> Answer:
        raise TimeoutError("30 s")

    rules = ask(RobotsCache(fetch, AGENT))
    assert not rules.allowed(PAGE)
    assert rules.reason == "không lấy được robots.txt (TimeoutError: 30 s): cấm toàn bộ"


def test_a_caller_that_gives_up_takes_nothing_from_the_others() -> None:
    async def run() -> None:
        gate = asyncio.Event()

        async def fetch(address: str) -> Answer:
            await gate.wait()
            return Answer(status=404)

        cache = RobotsCache(fetch, AGENT)
        hasty, patient = (asyncio.create_task(cache.rules(PAGE)) for _ in range(2))
        await asyncio.sleep(0)
        hasty.cancel()
        gate.set()
        assert (await patient).allowed(PAGE)

    asyncio.run(run())


@pytest.mark.parametrize("target", ["http://[::1/", "http://127.0.0.1/robots.txt", "file:///robots.txt", "//khac.vn/"])
def test_a_hostile_redirect_forbids(target: str) -> None:
    asked: list[str] = []
    answers = {"http://example.vn/robots.txt": Answer(status=302, location=target)}
    assert not ask(serving(answers, asked)).allowed(PAGE)
    assert asked == ["http://example.vn/robots.txt"]


def test_the_cap_on_crawl_delay_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    answers = {"http://example.vn/robots.txt": Answer(status=200, body=b"User-agent: *\nCrawl-delay: 9000\n")}
    with caplog.at_level(logging.INFO, logger="crawler.net.robots"):
        ask(serving(answers, []))
    assert "http://example.vn/robots.txt: Crawl-delay 9000 s, giữ 30 s" in caplog.messages


@pytest.mark.parametrize("value", ["nan", "inf", "-1", "1e400", "mười"])
def test_a_crawl_delay_that_cannot_be_read_asks_for_nothing(value: str) -> None:
    body = f"User-agent: *\nCrawl-delay: {value}\n".encode()
    assert read_rules(Answer(status=200, body=body), AGENT).delay_s == 0


# RFC 9309, 2.2.2 and 2.2.3.
@pytest.mark.parametrize(
    ("body", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /*.gif$", "/a/b.gif", False),
        ("User-agent: *\nDisallow: /*.gif$", "/a/b.gif?x", True),
        ("User-agent: *\nDisallow: /*?in=", "/tin?in=1", False),
        ("User-agent: *\nDisallow: /tin\nAllow: /tin", "/tin", True),
        ("User-agent: *\nDisallow: /t%C3%ACn", "/tìn", False),
        ("User-agent: *\nDisallow:", "/tin", True),
        ("\ufeffUser-agent: *\r\nDisallow: /\r\n", "/tin", False),
        ("user-AGENT: ocopassistantBOT # chú thích\nDISALLOW: /tin", "/tin", False),
        ("User-agent: a\nUser-agent: OCOPAssistantBot\nDisallow: /tin", "/tin", False),
        ("User-agent: a\nUser-agent: b\nDisallow: /tin", "/tin", True),
        ("User-agent: OCOPAssistantBot2\nDisallow: /\n\nUser-agent: *\nDisallow: /b", "/tin", True),
        ("Disallow: /tin", "/tin", True),
    ],
)
def test_rules_of_the_rfc(body: str, path: str, allowed: bool) -> None:
    rules = read_rules(Answer(status=200, body=body.encode()), AGENT)
    assert rules.allowed(f"http://example.vn{path}") is allowed


def test_a_line_cut_by_the_limit_does_not_count() -> None:
    start = b"User-agent: *\nDisallow: /a\n"
    body = start + b"#" * (MAX_BYTES - len(start) - 15) + b"\nDisallow: /tin/chuyen-muc\n"
    assert body[:MAX_BYTES].endswith(b"Disallow: /tin")
    assert read_rules(Answer(status=200, body=body), AGENT).allowed(PAGE)


def test_many_names_before_many_rules_keep_one_copy_of_the_rules() -> None:
    names = "".join(f"\fUser-agent: a{i}\nuser agent\t{'*' * (i % 50)}o\n" for i in range(8000))
    paths = "".join(f"Disallow: /{i}\n" for i in range(8000))
    rules = read_rules(Answer(status=200, body=(names + "User-agent: *\n" + paths).encode()), AGENT)
    assert not rules.allowed("http://example.vn/7999")
    assert rules.allowed(PAGE)
    assert rules._parsed is not None
    assert sorted(rules._parsed._user_agents) == ["*", "-", "o"]
