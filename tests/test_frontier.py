"""The frontier: rounds, what is pending, what is done with, the deletion guard."""

from pathlib import Path

import pytest

from crawler.archive import Archive, Raw
from crawler.draft import Origin, compose
from crawler.frontier import Found, Frontier, Named, Outcome, Round
from crawler.text.plain import draft_plain

HOME = "https://mau.example.vn"


def url(name: object) -> str:
    return f"{HOME}/{name}"


def found(*names: object, lastmod: str | None = None) -> list[Found]:
    return [Found(url=url(name), role="article", depth=1, lastmod=lastmod) for name in names]


def store(archive: Archive, name: object) -> str:
    text = f"Xã {name} có sản phẩm OCOP\n\nNăm nay, xã {name} có 4 sản phẩm OCOP được công nhận hạng 3 sao, thêm hai."
    raw = Raw(body=text.encode(), content_type="text/plain; charset=utf-8")
    origin = Origin(source="Mẫu", fetched="2026-11-22T00:00:00Z", url=url(name))
    article = compose(draft_plain(text), origin, raw)
    archive.put(article, raw)
    return article.id


def read(archive: Archive, frontier: Frontier, round_: Round, name: object, **more: str) -> None:
    address = frontier.get(url(name))
    assert address is not None
    frontier.finish(round_, address, "new", status=200, article_id=store(archive, name), **more)


def end(frontier: Frontier, round_: Round, name: object, outcome: Outcome, status: int | None = None) -> None:
    address = frontier.get(url(name))
    assert address is not None
    frontier.finish(round_, address, outcome, status=status)


def names(frontier: Frontier, round_: Round) -> list[str]:
    """What is pending, taken one after the other and put down as failed."""
    taken = []
    while (address := frontier.pending(round_)) is not None:
        taken.append(address.url.removeprefix(HOME + "/"))
        frontier.finish(round_, address, "failed", error="thử")
    return taken


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path, create=True)


@pytest.fixture
def frontier(archive: Archive) -> Frontier:
    return Frontier(archive, "mau")


def test_lists_come_before_pages_and_held_pages_before_new_ones(archive: Archive, frontier: Frontier) -> None:
    first = frontier.begin(found("b"))
    read(archive, frontier, first, "b")
    frontier.end(first)
    starts = [
        Found(url=url("tin"), role="listing"),
        Found(url=url("rss"), role="feed"),
        Found(url=url("s.xml"), role="sitemap"),
    ]
    second = frontier.begin([*found("a"), *starts, Found(url=url("x.pdf"), role="file")])
    assert names(frontier, second) == ["s.xml", "rss", "tin", "b", "a", "x.pdf"]
    assert frontier.left(second) == 0


def test_a_round_left_open_is_gone_on_with(archive: Archive, frontier: Frontier) -> None:
    first = frontier.begin(found("a", "b"))
    read(archive, frontier, first, "a")
    again = frontier.begin(found("c"))
    assert (again.number, again.resumed) == (first.number, True)
    assert names(frontier, again) == ["b"]
    frontier.end(again)
    assert (frontier.begin([]).number, again.number) == (2, 1)


def test_a_page_named_twice_is_asked_once_a_round(archive: Archive, frontier: Frontier) -> None:
    first = frontier.begin(found("a"))
    assert frontier.name(first, found("a", "b")) == Named(asked=1, fresh=1, unchanged=0)
    read(archive, frontier, first, "a")
    assert frontier.name(first, found("a")) == Named(asked=0, fresh=0, unchanged=0)
    assert names(frontier, first) == ["b"]


def test_a_page_of_another_source_is_left_to_it(archive: Archive, frontier: Frontier) -> None:
    other = Frontier(archive, "khac")
    round_ = other.begin(found("a"))
    mine = frontier.begin(found("a", "b"))
    assert names(frontier, mine) == ["b"]
    assert names(other, round_) == ["a"]


def test_the_next_round_asks_for_what_is_held_and_for_what_failed(archive: Archive, frontier: Frontier) -> None:
    first = frontier.begin(found("giu", "hong", "khong-phai-bai", "cam", "mat", "sot"))
    read(archive, frontier, first, "giu")
    end(frontier, first, "hong", "failed")
    end(frontier, first, "khong-phai-bai", "no_article", 200)
    end(frontier, first, "cam", "refused")
    end(frontier, first, "mat", "missing", 404)
    frontier.end(first)
    assert frontier.counts(first) == {"found": 6, "failed": 1, "missing": 1, "new": 1, "no_article": 1, "refused": 1}
    assert sorted(names(frontier, frontier.begin([]))) == ["giu", "hong", "sot"]


def test_an_unmoved_lastmod_is_not_asked_again(archive: Archive, frontier: Frontier) -> None:
    first = frontier.begin(found("a", "b", lastmod="2026-01-01"))
    read(archive, frontier, first, "a")
    read(archive, frontier, first, "b")
    frontier.end(first)
    second = frontier.begin([])
    named = frontier.name(second, [*found("a", lastmod="2026-01-01"), *found("b", lastmod="2026-01-02")])
    assert named == Named(asked=0, fresh=0, unchanged=1)
    assert names(frontier, second) == ["b"]
    assert frontier.counts(second)["unchanged"] == 1
    # A failure keeps the former date, so that the page is asked for until it has been read.
    frontier.end(second)
    third = frontier.begin([])
    frontier.name(third, found("b", lastmod="2026-01-02"))
    assert "b" in names(frontier, third)


def test_a_lastmod_is_not_believed_for_ever(archive: Archive, frontier: Frontier) -> None:
    first = frontier.begin(found("a", lastmod="2026-01-01"))
    read(archive, frontier, first, "a")
    frontier.end(first)
    with archive.transaction() as db:
        db.execute("UPDATE addresses SET fetched = '2025-01-01T00:00:00Z'")
    second = frontier.begin([])
    frontier.name(second, found("a", lastmod="2026-01-01"))
    assert names(frontier, second) == ["a"]


def test_validators_stay_with_a_304_and_a_failure(archive: Archive, frontier: Frontier) -> None:
    first = frontier.begin(found("a"))
    read(archive, frontier, first, "a", etag='"1"', last_modified="Mon, 01 Jun 2026 00:00:00 GMT")
    end(frontier, first, "a", "unchanged", 304)
    end(frontier, first, "a", "failed")
    known = frontier.get(url("a"))
    assert known is not None
    assert (known.etag, known.last_modified) == ('"1"', "Mon, 01 Jun 2026 00:00:00 GMT")
    read(archive, frontier, first, "a")
    known = frontier.get(url("a"))
    assert known is not None
    assert known.etag is None


def five_read(archive: Archive, frontier: Frontier) -> None:
    first = frontier.begin(found(*range(5)))
    for name in range(5):
        read(archive, frontier, first, name)
    frontier.end(first)


def test_missing_twice_in_a_row_is_gone(archive: Archive, frontier: Frontier) -> None:
    five_read(archive, frontier)
    for count in (5, 4):
        round_ = frontier.begin([])
        end(frontier, round_, 0, "missing", 404)
        for name in range(1, 5):
            end(frontier, round_, name, "unchanged", 304)
        assert frontier.end(round_) is None
        assert archive.count() == count
    assert sorted(names(frontier, frontier.begin([]))) == ["1", "2", "3", "4"]


def test_a_failure_in_between_is_no_second_miss_and_an_answer_forgives(archive: Archive, frontier: Frontier) -> None:
    five_read(archive, frontier)
    for outcome, status in (("missing", 404), ("failed", None), ("unchanged", 304), ("missing", 404)):
        round_ = frontier.begin([])
        end(frontier, round_, 0, outcome, status)  # type: ignore[arg-type]
        for name in range(1, 5):
            end(frontier, round_, name, "unchanged", 304)
        frontier.end(round_)
        assert archive.count() == 5


def test_the_guard_holds_when_under_half_was_seen(archive: Archive, frontier: Frontier) -> None:
    five_read(archive, frontier)
    for _ in range(3):
        round_ = frontier.begin([])
        for name in range(3):
            end(frontier, round_, name, "missing", 404)
        for name in range(3, 5):
            end(frontier, round_, name, "unchanged", 304)
        guard = frontier.end(round_)
        assert archive.count() == 5
    assert guard is not None
    assert "chỉ thấy 2 trong 5 bài đã biết" in guard


def test_an_article_reached_by_another_address_stays(archive: Archive, frontier: Frontier) -> None:
    five_read(archive, frontier)
    for _ in range(3):
        round_ = frontier.begin(found("0-in"))
        end(frontier, round_, 0, "missing", 404)
        known = frontier.get(url("0-in"))
        assert known is not None
        frontier.finish(round_, known, "unchanged", status=200, article_id=store(archive, 0))
        for name in range(1, 5):
            end(frontier, round_, name, "unchanged", 304)
        frontier.end(round_)
    assert archive.count() == 5


def test_when_it_is_due(archive: Archive, frontier: Frontier) -> None:
    assert frontier.due_at(24.0) is None
    round_ = frontier.begin([])
    assert frontier.due_at(24.0) is None
    frontier.suspend(round_, "2030-01-01T00:00:00Z")
    assert frontier.due_at(24.0) == "2030-01-01T00:00:00Z"
    assert frontier.begin([]).resumed
    frontier.end(round_)
    with archive.transaction() as db:
        db.execute("UPDATE rounds SET ended = '2026-11-22T10:00:00Z'")
    assert frontier.due_at(24.0) == "2026-11-23T10:00:00Z"
    with archive.transaction() as db:
        db.execute("UPDATE rounds SET trouble = 'robots.txt trả về 503'")
    assert frontier.due_at(24.0) == "2026-11-22T11:00:00Z"
    assert frontier.due_at(0.5) == "2026-11-22T10:30:00Z"


def test_what_was_forgotten_is_not_named_again(archive: Archive, frontier: Frontier) -> None:
    round_ = frontier.begin(found("a", "b"))
    read(archive, frontier, round_, "a")
    done = archive.forget(url("a"))
    assert (len(done.articles), done.addresses) == (1, 1)
    assert frontier.name(round_, found("a", "c")) == Named(asked=1, fresh=1, unchanged=0)
    assert names(frontier, round_) == ["b", "c"]
    archive.forget("mau.example.vn")
    assert frontier.name(round_, found("d")) == Named(asked=0, fresh=0, unchanged=0)


def test_what_status_tells(archive: Archive, frontier: Frontier) -> None:
    round_ = frontier.begin(found("a", "b", "c"))
    read(archive, frontier, round_, "a")
    for name in ("b", "c"):
        address = frontier.get(url(name))
        assert address is not None
        frontier.finish(round_, address, "failed", error="máy chủ không trả lời kịp")
    frontier.end(round_)
    assert frontier.errors() == [("máy chủ không trả lời kịp", 2, url("b"))]
    assert frontier.problems(round_) == [(url(name), "máy chủ không trả lời kịp") for name in "bc"]
    assert frontier.held()[0] == 1
    success = frontier.last_success()
    assert success is not None
    assert success.counts == {"failed": 2, "found": 3, "new": 1}
    frontier.end(frontier.begin([]), trouble="robots.txt trả về 503")
    assert frontier.last_success() == success
