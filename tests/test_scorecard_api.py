"""POST /api/scorecard over the demo's legal pages: values, places that hold, problems that say what to mend."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Archive
from tests.conftest import Served, served
from tests.plain_scoring import demo_tables, plain_points, plain_star


@pytest.fixture(scope="module")
def law(law_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(law_data, tmp_path_factory.mktemp("log") / "server.log") as running:
        yield running


def post(law: Served, body: object, status: int = 200) -> Any:
    answer = law.client.post("/api/scorecard", json=body)
    assert answer.status_code == status, answer.text
    if status >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
    return answer.json()


def given(**chosen: int) -> list[dict[str, object]]:
    return [
        {"criterion": code.removeprefix("c").replace("_", "."), "option": option} for code, option in chosen.items()
    ]


def quotes(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if value.keys() == {"text", "article_id", "digest", "start", "end"}:
            yield value
        for inner in value.values():
            yield from quotes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from quotes(inner)


def test_a_form_is_scored_with_every_place(law: Served, law_data: Path) -> None:
    form = law.client.get("/api/criteria/13").json()
    rows = [one for part in form["parts"] for item in part["items"] for one in item["criteria"] if one["options"]]
    assert [option["number"] for option in rows[0]["options"]] == [1, 2, 3]
    chosen = {one["code"]: len(one["options"]) for one in rows} | {"2.1": 1}
    answers = [{"criterion": code, "option": option} for code, option in chosen.items()]
    card = post(law, {"set": 13, "answers": answers, "as_of": "2026-11-28"})
    table = demo_tables()[13]
    assert {part["code"]: part["points"] for part in card["parts"]} == plain_points(table, chosen)
    assert (card["as_of"], card["set_number"], card["points"], card["star"]) == (
        "2026-11-28", 13, 97.0, plain_star(table, chosen)
    )  # fmt: skip
    assert (card["star"], card["band"]["star"], card["next_star"]) == (3, 5, 4)
    step = next(one for one in card["steps"] if one["star"] == 4)
    assert [(one["condition"]["code"], one["gain"]) for one in step["blocks"]] == [("2.1", 3.0)]
    assert (step["points_hold"], step["marks_hold"], step["holds"]) == (True, False, False)
    assert "chỉ để tham khảo" in card["indicative"]
    count = 0
    with Archive(law_data) as archive:
        for place in quotes(card):
            article = archive.get(place["article_id"], place["digest"])
            assert article is not None
            assert article.text[place["start"] : place["end"]] == place["text"]
            count += 1
    assert count > 100
    assert {place["article_id"] for place in quotes(card)} == {source["article_id"] for source in card["sources"]}


def test_nothing_answered_is_a_form_too(law: Served) -> None:
    card = post(law, {"set": 26, "answers": []})
    assert (card["points"], card["star"], len(card["unanswered"])) == (0.0, 1, len(card["lines"]))


@pytest.mark.parametrize(
    ("body", "pointer", "said"),
    [
        ({"set": 13, "answers": given(c1_1=1, c9_9=1)}, "#/answers/1", "không có tiêu chí ấy"),
        ({"set": 13, "answers": given(c1_1=4)}, "#/answers/0", "từ 1 đến 3"),
        ({"set": 13, "answers": [*given(c1_1=1), *given(c1_1=2)]}, "#/answers/1", "hai lần"),
        ({"set": 13, "answers": given(c6_1=1)}, "#/answers/0", "hãy trả lời các mã ấy"),
        ({"set": 13, "answers": [{"criterion": "1.1", "option": [1, 2]}]}, "#/answers/0/option", "một số nguyên"),
        ({"set": 13, "answers": given(c1_1=-1)}, "#/answers/0/option", "từ 0 trở lên"),
        ({"set": "cà phê", "answers": []}, "#/set", "một số nguyên"),
        ({"set": 13}, "#/answers", "Thiếu"),
        ({"set": 13, "answers": [], "document": "luật"}, "#/document", "số hiệu văn bản"),
        ({"set": 13, "answers": [], "as_of": "mai"}, "#/as_of", "YYYY-MM-DD"),
    ],
)
def test_what_cannot_be_scored_is_pointed_at(law: Served, body: object, pointer: str, said: str) -> None:
    problem = post(law, body, 422)
    assert [error["pointer"] for error in problem["errors"]] == [pointer]
    assert said in problem["detail"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"set": 12, "answers": []}, "chỉ có các bộ: 3, 4, 9, 13, 26"),
        ({"set": 13, "answers": [], "as_of": "2025-01-01"}, "kho không có bộ nào"),
        ({"set": 13, "answers": [], "document": "148/QĐ-TTg"}, "của Quyết định 148/QĐ-TTg"),
    ],
)
def test_a_set_that_is_not_held_is_a_404_that_says_which_are(law: Served, body: object, said: str) -> None:
    problem = post(law, body, 404)
    assert problem["type"] == "/docs#record-not-found"
    assert said in problem["detail"]


def test_a_named_decision_is_scored_on_any_day(law: Served) -> None:
    card = post(law, {"set": 13, "answers": given(c1_1=2), "as_of": "2026-05-01", "document": "QĐ 26/2026"})
    assert (card["document"], card["points"]) == ("Quyết định 26/2026/QĐ-TTg", 2.0)
