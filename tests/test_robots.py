"""robots.txt by RFC 9309."""

import asyncio
from itertools import pairwise

import pytest

from crawler.robots import MAX_BYTES, Answer, RobotsCache, Rules, read_rules

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
    assert rules.delay_s == 30
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
