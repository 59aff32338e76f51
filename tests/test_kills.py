"""A crawl or a build killed at random instants ends as an undisturbed one; `python -m evaluation kills` is the long
run."""

from evaluation.build_kills import kill_builds
from evaluation.kills import as_line, kill_crawls


def test_a_killed_crawl_ends_as_an_undisturbed_one() -> None:
    killed = kill_crawls(4, seed=3)
    assert killed.faults == ()
    assert killed.kills == 4
    assert killed.articles > 50
    assert "4 lần giết" in as_line(killed)


def test_a_killed_build_leaves_the_former_index_and_the_next_one_ends_well() -> None:
    killed = kill_builds(4, seed=3)
    assert killed.faults == ()
    assert killed.kills == 4
    assert killed.articles > 50
    assert sum(killed.phases.values()) == 4
    assert "4 lần giết" in as_line(killed)
