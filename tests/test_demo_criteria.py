"""The demo's pages that restate criteria sets, read as any page is, against the decision they restate."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Raw
from crawler.article import Article
from crawler.copies import is_copy
from crawler.draft import Origin
from crawler.read import read_article
from demo.pages import load_portals
from demo.render import render_portal
from index.criteria.reading import criteria_sets
from index.criteria.sets import CriteriaSet, conditions, find_sets
from tests.portals import words

RUN = 8  # syllables in a row that would be the decision's own words

# Slug of a page -> number and name of its set, its classification, the criteria bound at 3, 4 and 5 stars, and how
# many lines say when a file is rejected: set 26 prints none.
PAGES = {
    "bo-tieu-chi-03-gao-ngu-coc": (
        (3, "Gạo, ngũ cốc, hạt sơ chế khác", "Thực phẩm", "Thực phẩm thô, sơ chế"),
        (7, 17, 18),
        1,
    ),
    "bo-tieu-chi-04-mat-ong": (
        (4, "Mật ong, mật khác, nông sản thực phẩm khác", "Thực phẩm", "Thực phẩm thô, sơ chế"),
        (7, 17, 18),
        1,
    ),
    "bo-tieu-chi-09-tuong-nuoc-mam-gia-vi-long": (
        (9, "Tương, nước mắm, gia vị lỏng khác", "Thực phẩm", "Gia vị"),
        (8, 18, 18),
        1,
    ),
    "bo-tieu-chi-13-ca-phe-ca-cao": (
        (13, "Sản phẩm cà phê, ca cao", "Thực phẩm", "Cà phê, ca cao"),
        (8, 14, 14),
        1,
    ),
    "bo-tieu-chi-26-dich-vu-du-lich": (
        (26, "Dịch vụ du lịch cộng đồng, sinh thái, điểm du lịch", "Dịch vụ du lịch", None),
        (1, 2, 2),
        0,
    ),
}


@cache
def articles() -> dict[str, Article]:
    """Slug -> the page as a crawl of the rendered portal reads it."""
    portals = load_portals()
    homes = {portal.settings.id: f"http://127.0.0.1:{8801 + at}" for at, portal in enumerate(portals)}
    names = {portal.settings.id: portal.settings.name for portal in portals}
    (luat,) = (portal for portal in portals if portal.settings.id == "luat")
    site = render_portal(luat, homes, names)
    found = {}
    for page in luat.pages:
        if page.slug.startswith("bo-tieu-chi-"):
            document = site.documents[page.path]
            origin = Origin(
                source=names["luat"], fetched="2026-11-01T08:00:00Z", url=homes["luat"] + page.path, kind="guide"
            )
            found[page.slug] = read_article(Raw(body=document.body, content_type=document.content_type), origin)
    return found


def read(slug: str) -> CriteriaSet:
    (found,) = criteria_sets(articles()[slug])
    return found


def test_the_demo_restates_five_sets() -> None:
    assert articles().keys() == PAGES.keys()


@pytest.mark.parametrize("slug", PAGES)
def test_a_page_holds_one_whole_set_without_anomaly(slug: str) -> None:
    found = read(slug)
    named, bound, rejections = PAGES[slug]
    assert (found.number, found.name, found.group, found.subgroup) == named
    assert found.name_span is not None
    assert (found.document, found.summary) == ("26/2026/QĐ-TTg", True)
    assert [(part.code, part.max) for part in found.parts] == [("A", 40.0), ("B", 25.0), ("C", 35.0)]
    assert found.total == 100.0
    assert found.anomalies == ()
    assert tuple(len(conditions(found, star)) for star in (3, 4, 5)) == bound
    assert len(found.rejected_when) == rejections
    text = articles()[slug].text
    told = [text[slice(*note)] for note in found.notes]
    assert sum("***" in note for note in told) == 1, "a note says what the marks stand for"


def test_sets_are_found_by_what_producers_make() -> None:
    sets = [read(slug) for slug in PAGES]
    asked = {"cà phê": [13], "nước mắm": [9], "mật ong": [4], "gạo": [3], "du lịch": [26], "gốm": []}
    assert {name: [found.number for found in find_sets(sets, name)] for name in asked} == asked


def test_notes_on_loss_stand_with_their_criterion() -> None:
    lost = {}
    for slug in PAGES:
        text = articles()[slug].text
        lost[slug] = [
            one.code for one in read(slug).criteria if any("bị loại nếu" in text[slice(*note)] for note in one.notes)
        ]
    assert list(lost.values()) == [[], [], ["1.1", "2.1"], ["1.1", "2.1"], []]


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("bo-tieu-chi-04-mat-ong", ["mục 7", "13 điểm", "mục 1.2", "để trống"]),
        ("bo-tieu-chi-26-dich-vu-du-lich", ["ghi 35 điểm", "ghi 40", "bị loại"]),
    ],
)
def test_where_the_decision_misprints_the_page_says_so(slug: str, said: list[str]) -> None:
    text = articles()[slug].text
    told = " ".join(text[slice(*note)] for note in read(slug).notes)
    assert [fact for fact in said if fact not in told] == []


def test_sets_that_share_their_wording_are_not_taken_for_one_story() -> None:
    texts = [article.text for article in articles().values()]
    assert [(one, other) for one in texts for other in texts if one is not other and is_copy(one, other)] == []


def test_alternatives_stand_under_their_case() -> None:
    found = read("bo-tieu-chi-26-dich-vu-du-lich")
    text = articles()["bo-tieu-chi-26-dich-vu-du-lich"].text
    cases = {
        one.code: [text[slice(*option.case)][:12] for option in one.options if option.case is not None]
        for one in found.criteria
    }
    assert {code: told for code, told in cases.items() if told} == dict.fromkeys(
        ("8", "9", "15"), ["Trường hợp 1"] * 2 + ["Trường hợp 2"] * 2
    )


# --- against the decision itself --------------------------------------------------------------------------------------

REGULATIONS = Path(__file__).parents[2] / "shared" / "data" / "regulations"
beside_shared = pytest.mark.skipif(
    not REGULATIONS.is_dir(), reason="../shared/data/regulations is not beside this checkout"
)
# Set and criterion -> the points that the set implies where the decision prints others, or none.
MEANT = {(4, "1.2"): [0.0, 1.0, 2.0], (4, "7"): [0.0, 1.0, 3.0]}
# Printed "* * * *", which the independent reading took for words of the option.
SPACED_MARK = (3, "5.1")

Row = tuple[str, float | None, list[tuple[float | None, int | None]]]


@cache
def printed_sets() -> dict[int, dict[str, Any]]:
    found = json.loads((REGULATIONS / "26-2026-phuluc2-criteria.json").read_text(encoding="utf-8"))["sets"]
    return {one["no"]: one for one in found}


def printed(number: int) -> tuple[list[tuple[str, float]], list[Row]]:
    """Items with their maxima, and criteria with theirs and the points and marks of their options."""
    items = [item for section in printed_sets()[number]["sections"] for item in section["items"]]
    rows: list[Row] = []
    for one in (one for item in items for one in (item["criteria"] or [item])):
        options = [(option["points"], option["min_star"]) for option in one["options"]]
        if (number, one["code"]) in MEANT:
            options = [(points, star) for points, (_, star) in zip(MEANT[number, one["code"]], options, strict=True)]
        if (number, one["code"]) == SPACED_MARK:
            assert one["options"][-1]["text"].endswith("* * * *")
            options[-1] = (options[-1][0], 4)
        rows.append((one["code"], one["max"], options))
    return [(item["code"], item["max"]) for item in items], rows


@beside_shared
@pytest.mark.parametrize("slug", PAGES)
def test_every_maximum_point_and_mark_is_the_decisions(slug: str) -> None:
    found = read(slug)
    items, rows = printed(PAGES[slug][0][0])
    assert [(item.code, item.max) for item in found.items] == items
    assert [
        (one.code, one.max, [(option.points, option.min_star) for option in one.options]) for one in found.criteria
    ] == rows
    for star, bound in zip((3, 4, 5), PAGES[slug][1], strict=True):
        marked = [code for code, _, options in rows if any(mark and mark <= star for _, mark in options)]
        assert [one.criterion.code for one in conditions(found, star)] == marked
        assert len(marked) == bound


@beside_shared
def test_no_wording_is_the_decisions() -> None:
    """Cell by cell: codes and points stand beside the words in both, and are facts."""
    raw = Raw(body=(REGULATIONS / "26-2026-QD-TTg.html").read_bytes(), content_type="text/html")
    law = words(read_article(raw, Origin(source="Trang luật", fetched="2026-11-01T08:00:00Z")).text)
    taken = {tuple(law[at : at + RUN]) for at in range(len(law) - RUN + 1)}
    assert len(taken) > 10_000
    copied = []
    for slug, article in articles().items():
        lines = [article.title, *(article.text[block.start : block.end] for block in article.blocks)]
        for cell in (words(cell) for line in lines for cell in line.split("|")):
            runs = (tuple(cell[at : at + RUN]) for at in range(len(cell) - RUN + 1))
            copied += [(slug, " ".join(run)) for run in runs if run in taken]
    assert copied == []
