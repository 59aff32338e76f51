"""A crawl killed at random instants ends as an undisturbed one (in short; `python -m evaluation kills` is the long run)."""

from evaluation.kills import as_line, kill_crawls


def test_a_killed_crawl_ends_as_an_undisturbed_one() -> None:
    killed = kill_crawls(4, seed=3)
    assert killed.faults == ()
    assert killed.kills == 4
    assert killed.articles > 50
    assert "4 lần giết" in as_line(killed)
