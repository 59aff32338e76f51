"""GET /api/regulations, /api/criteria, /api/figures over the demo: values, places that hold, filters, problems."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Archive
from tests.conftest import Served, served


@pytest.fixture(scope="module")
def demo(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(demo_data, tmp_path_factory.mktemp("log") / "server.log") as running:
        yield running


def get(demo: Served, path: str, status: int = 200, **params: Any) -> Any:
    answer = demo.client.get(path, params=params)
    assert answer.status_code == status, answer.text
    return answer.json()


def places(value: object) -> Iterator[dict[str, Any]]:
    """Every place of an answer, however deep."""
    if isinstance(value, dict):
        if {"article_id", "digest", "quote"} <= value.keys():
            yield value
        for inner in value.values():
            yield from places(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from places(inner)


def assert_places_hold(data: Path, answer: object) -> int:
    """Every quote is the text of its version at its span; how many there were."""
    count = 0
    with Archive(data) as archive:
        for place in places(answer):
            article = archive.get(place["article_id"], place["digest"])
            assert article is not None
            if place["quote"] is not None:
                count += 1
                assert article.text[place["start"] : place["end"]] == place["quote"]
                assert place["rights"] == "full" or place["seal"]
    return count


def test_documents_with_their_state_on_a_day(demo: Served, demo_data: Path) -> None:
    before = get(demo, "/api/regulations", on="2026-05-21")
    after = get(demo, "/api/regulations", on="2026-07-22")
    states = [{one["number"]: one["state"]["status"] for one in page["regulations"]} for page in (before, after)]
    assert [state["148/QĐ-TTg"] for state in states] == ["in_force", "lapsed"]
    assert [state["26/2026/QĐ-TTg"] for state in states] == ["not_yet", "in_force"]
    assert states[0]["1048/QĐ-TTg"] == "lapsed"
    one = next(item for item in after["regulations"] if item["number"] == "148/QĐ-TTg")
    assert (one["held"], one["state"]["by"], one["state"]["computed"]) == ("guide", "26/2026/QĐ-TTg", True)
    assert (one["ended"]["on"], one["ended"]["days"], one["ended"]["counted_from"]) == ("2026-07-21", 60, "2026-05-22")
    assert one["amended_by"] == ["1489/QĐ-TTg"]
    assert before["ruling"] is None
    assert assert_places_hold(demo_data, after) > 20
    lapsed = get(demo, "/api/regulations", on="2026-07-22", state="lapsed")
    assert {item["state"]["status"] for item in lapsed["regulations"]} == {"lapsed"}


def test_the_rule_for_a_dossier_with_its_reasons(demo: Served, demo_data: Path) -> None:
    page = get(demo, "/api/regulations", on="2026-06-10", subject="criteria", filed="2026-05-10", dossier="renewal")
    ruling = page["ruling"]
    assert (ruling["outcome"], ruling["rules"]) == ("one", [["148/QĐ-TTg", "1489/QĐ-TTg"]])
    limit = ruling["reasons"][0]
    assert (limit["on"], limit["computed"]) == ("2026-06-21", True)
    assert "Điều 12, khoản 2, điểm b" in limit["text"]
    assert limit["places"][0]["quote"] == "b) phân hạng lại: phải xong trong 30 ngày."
    assert assert_places_hold(demo_data, ruling) >= 3


def test_one_document_with_a_unit_whole(demo: Served, demo_data: Path) -> None:
    for number in ("26/2026/QĐ-TTg", "QĐ 26", "26/2026"):
        page = get(demo, f"/api/regulations/{number}", unit="điểm a khoản 6 Điều 7")
        assert page["regulation"]["number"] == "26/2026/QĐ-TTg"
        assert page["unit"]["address"] == "Điều 7, khoản 6, điểm a"
        assert page["unit"]["text"].startswith("a) Nộp không sớm hơn 180 ngày")
    assert [(one["act"], one["star"], one["level"]) for one in page["authorities"]][:3] == [
        ("recognises", 3, "province"), ("recognises", 4, "province"), ("recognises", 5, "central"),
    ]  # fmt: skip
    assert [(one["covers"], one["days"]) for one in page["transitions"]] == [
        ("certificate", None), ("dossier", 60), ("dossier", 30), ("extension", 180),
    ]  # fmt: skip
    assert {"Điều 12", "khoản 2", "điểm a"} <= {unit["label"] for unit in page["units"]}
    assert page["unit"]["place"]["summary"] is True
    assert assert_places_hold(demo_data, page) > 10


def test_what_is_unknown_is_said_apart_from_what_ended(demo: Served) -> None:
    problem = get(demo, "/api/regulations/9876/QĐ-TTg", 404)
    assert problem["type"] == "/docs#record-not-found"
    assert "không có nghĩa là" in problem["detail"]
    assert "Điều 99" in get(demo, "/api/regulations/26/2026/QĐ-TTg", 404, unit="Điều 99")["detail"]


@pytest.mark.parametrize(
    ("path", "params", "pointer"),
    [
        ("/api/regulations", {"on": "hôm nay"}, "?on"),
        ("/api/regulations", {"on": "2026-01-01", "filed": "2026-01-02"}, "?filed"),
        ("/api/regulations", {"subject": "luật"}, "?subject"),
        ("/api/regulations", {"subject": "procedure", "star": "2"}, "?star"),
        ("/api/regulations/abc", {}, "?number"),
        ("/api/regulations/QĐ 26", {"unit": "đoạn đầu"}, "?unit"),
        ("/api/criteria", {"document": "abc"}, "?document"),
        ("/api/figures", {"province": "Xứ Lạ"}, "?province"),
        ("/api/figures", {"from": "2024-13"}, "?from"),
        ("/api/figures", {"limit": "0"}, "?limit"),
        ("/api/figures", {"sort": "giá"}, "?sort"),
        ("/api/regulations", {"sort": "giá"}, "?sort"),
        ("/api/regulations", {"held": "có"}, "?held"),
        ("/api/regulations", {"offset": "-1"}, "?offset"),
    ],
)
def test_what_cannot_be_asked_is_said(demo: Served, path: str, params: dict[str, str], pointer: str) -> None:
    problem = get(demo, path, 422, **params)
    assert [error["pointer"] for error in problem["errors"]] == [pointer]


def test_counts_by_place_star_and_date(demo: Served, demo_data: Path) -> None:
    page = get(demo, "/api/figures", province="Nam Định", what="sản phẩm", to="2020-12", planned="false")
    first = next(one for one in page["figures"] if one["value"] == 62 and one["star"] is None)
    assert (first["place"], first["place_name"], first["today"]) == ("nam-dinh", "Nam Định", "Ninh Bình")
    start, end = first["spans"]["value"]
    with Archive(demo_data) as archive:
        article = archive.get(first["source"]["article_id"], first["source"]["digest"])
    assert article is not None
    assert article.text[start:end] == "62"
    assert page["total"] >= len(page["figures"]) > 0
    assert {one["place"] for one in page["figures"]} == {"nam-dinh"}
    assert all(one["as_of"] <= "2020-12-31" for one in page["figures"])
    starred = get(demo, "/api/figures", province="Nam Định", star="4")
    assert all(one["star"] <= 4 <= one["star_to"] for one in starred["figures"])
    assert assert_places_hold(demo_data, page) > 0


def test_todays_province_takes_in_its_parts_only_when_asked(demo: Served) -> None:
    then = get(demo, "/api/figures", province="Ninh Bình", limit=200)
    today = get(demo, "/api/figures", province="Ninh Bình", map="today", limit=200)
    assert {one["place"] for one in then["figures"]} == {"ninh-binh"}
    assert {one["place"] for one in today["figures"]} >= {"ninh-binh", "nam-dinh"}
    assert (then["map"], today["map"]) == ("then", "today")


def test_pages_of_counts_follow_each_other(demo: Served) -> None:
    whole = get(demo, "/api/figures", province="cả nước", limit=6)["figures"]
    parts = [get(demo, "/api/figures", province="cả nước", limit=2, offset=offset)["figures"] for offset in (0, 2, 4)]
    assert [one for part in parts for one in part] == whole
    assert {one["place"] for one in whole} == {"viet-nam"}


def test_records_of_a_source_that_may_not_be_shown_whole_do_not_print_it(demo: Served, demo_data: Path) -> None:
    """The demo's copying site allows links: of one article two sentences at most are quoted in an answer."""
    page = get(demo, "/api/figures", province="Bình Định", limit=200)
    held = [place for place in places(page) if place["rights"] == "link"]
    assert len({(place["start"], place["end"]) for place in held}) > 2
    quoted = {(place["start"], place["end"]) for place in held if place["quote"] is not None}
    assert len(quoted) == 2
    assert assert_places_hold(demo_data, page) >= 2


def test_a_total_that_its_parts_do_not_make_keeps_both(demo: Served) -> None:
    """Lâm Đồng's paper tells 926 products with a star, of which it names 75 of four and 844 of three."""
    page = get(demo, "/api/figures", province="Lâm Đồng", what="sản phẩm", limit=200)
    (total,) = [one for one in page["figures"] if one["value"] == 926 and one["sum"] is not None][:1]
    assert total["sum"] == {"expected": 926, "found": 919, "difference": -7, "holds": False}
    assert {75, 844} <= {one["value"] for one in page["figures"]}
    whole = get(demo, "/api/figures", province="Nam Định", what="sản phẩm", limit=200)
    assert any(one["sum"] is not None and one["sum"]["holds"] for one in whole["figures"])


def facet(page: Any, name: str) -> dict[str, int]:
    return {one["value"]: one["count"] for one in page["facets"][name]}


def test_counts_are_sorted_and_each_facet_leaves_its_own_filter_open(demo: Served) -> None:
    asked: dict[str, Any] = {"province": "Nam Định", "what": "sản phẩm"}
    page = get(demo, "/api/figures", **asked, limit=200)
    everything = get(demo, "/api/figures", what="sản phẩm", limit=200)
    for name, of in (("province", "place"), ("what", "what")):
        assert facet(page, name)[{"place": "nam-dinh", "what": "sản phẩm"}[of]] == page["total"]
    assert facet(page, "province") == facet(everything, "province")
    assert sum(facet(page, "planned").values()) == page["total"]
    planned = get(demo, "/api/figures", **asked, planned="true")
    assert (planned["total"], facet(planned, "planned")) == (facet(page, "planned")["true"], facet(page, "planned"))
    for year, count in facet(page, "year").items():
        if year:
            of_year: dict[str, Any] = {"from": year, "to": year}
            assert get(demo, "/api/figures", **asked, **of_year)["total"] == count
    for star, count in facet(page, "star").items():
        assert get(demo, "/api/figures", **asked, star=star)["total"] == count
    values = [
        one["value"] for one in get(demo, "/api/figures", **asked, sort="value", order="asc", limit=200)["figures"]
    ]
    assert values == sorted(values)
    places = [
        one["place_name"] for one in get(demo, "/api/figures", what="sản phẩm", sort="place", limit=20)["figures"]
    ]
    assert places[0] == "An Giang"
    today = get(demo, "/api/figures", what="sản phẩm", map="today")
    assert "nam-dinh" not in facet(today, "province")
    assert today["map_label"] == "34 tỉnh, thành từ 7/2025"


def test_documents_are_found_sorted_counted_and_paged(demo: Served) -> None:
    everything = get(demo, "/api/regulations", on="2026-07-22", limit=200)
    numbers = [one["number"] for one in everything["regulations"]]
    assert everything["total"] == len(numbers) == sum(facet(everything, "held").values())
    pages = [get(demo, "/api/regulations", on="2026-07-22", limit=5, offset=offset) for offset in range(0, 10, 5)]
    assert [one["number"] for page in pages for one in page["regulations"]] == numbers[:10]
    found = get(demo, "/api/regulations", on="2026-07-22", q="bo tieu chi 148", state="lapsed")
    assert "148/QĐ-TTg" in [one["number"] for one in found["regulations"]]
    assert facet(found, "state")["lapsed"] == found["total"]
    guides = get(demo, "/api/regulations", on="2026-07-22", held="guide")
    assert {one["held"] for one in guides["regulations"]} == {"guide"}
    assert facet(guides, "held") == facet(everything, "held")
    signed = get(demo, "/api/regulations", on="2026-07-22", sort="signed", limit=200)["regulations"]
    days = [one["signed"] and one["signed"]["on"] for one in signed]
    known = [day for day in days if day]
    assert known == sorted(known, reverse=True)
    assert days[: len(known)] == known, "what has no day comes last"
    listed = demo.client.get("/api/regulations", params={"on": "2026-07-22", "format": "csv", "limit": "1", "q": "148"})
    assert len(listed.text.splitlines()) == 1 + get(demo, "/api/regulations", on="2026-07-22", q="148")["total"]
