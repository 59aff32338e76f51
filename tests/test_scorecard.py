"""Scorecards by value: points, bands, minimum marks and what blocks, against a calculation told plainly apart."""

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.form import Form, FormMissing, Quote, find_form
from assistant.scorecard import ScorecardError, conditions, score
from assistant.scored import Choice, Scorecard
from crawler.archive import Raw
from crawler.article import Article
from crawler.draft import Origin
from crawler.read import read_article
from index.criteria.bands import bands
from index.criteria.held import sets_on
from index.criteria.reading import criteria_sets
from index.criteria.sets import CriteriaSet, Criterion
from index.law.address import DocumentNumber, find_document_numbers
from index.law.documents import Law
from index.law.regulations import read_regulation
from tests.archived import make_article
from tests.legal_pages import demo_articles
from tests.plain_scoring import (
    REGULATIONS,
    Table,
    decision_tables,
    demo_tables,
    plain_blocks,
    plain_points,
    plain_star,
)
from tests.test_criteria import BASKETS, HEAD, article

TODAY = date(2026, 11, 28)
DEMO = (3, 4, 9, 13, 26)
beside_shared = pytest.mark.skipif(
    not REGULATIONS.is_dir(), reason="../shared/data/regulations is not beside this checkout"
)


# ---- What is scored -----------------------------------------------------------------------------------------------


@cache
def decision_article() -> Article:
    raw = Raw(body=(REGULATIONS / "26-2026-QD-TTg.html").read_bytes(), content_type="text/html")
    return read_article(raw, Origin(source="Trang luật", fetched="2026-11-01T08:00:00Z", rights="full"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Articles with what an index reads of them."""

    articles: dict[str, Article]
    law: Law
    sets: tuple[CriteriaSet, ...]

    def form(self, number: int, on: date = TODAY, document: DocumentNumber | None = None) -> Form:
        return find_form(number, self.sets, self.law, on, lambda key, _: self.articles[key], document=document)


def held(articles: Iterable[Article]) -> Held:
    kept = {one.id: one for one in articles}
    return Held(
        articles=kept,
        law=Law(one for one in map(read_regulation, kept.values()) if one is not None),
        sets=tuple(one for each in kept.values() for one in criteria_sets(each)),
    )


@cache
def demo() -> Held:
    return held(demo_articles().values())


@cache
def decision() -> Held:
    return held([decision_article()])


@cache
def demo_form(number: int) -> Form:
    return demo().form(number)


@cache
def decision_form(number: int) -> Form:
    return decision().form(number)


def answered(chosen: Mapping[str, int]) -> list[Choice]:
    return [Choice(criterion=code, option=option) for code, option in chosen.items()]


def scorable(form: Form) -> list[Criterion]:
    return [one for one in form.criteria_set.criteria if one.options]


def highest(form: Form) -> dict[str, int]:
    return {one.code: len(one.options) for one in scorable(form)}


def random_answers(form: Form, dice: random.Random) -> dict[str, int]:
    """Answers that lean low, high or anywhere, some left out."""
    lean = dice.choice((0.0, 0.5, 0.8, 0.9, 0.95, 1.0))
    chosen = {}
    for one in scorable(form):
        if dice.random() < 0.05:
            continue
        chosen[one.code] = len(one.options) if dice.random() < lean else dice.randint(0, len(one.options))
    return chosen


def assert_as_told_plainly(found: Scorecard, table: Table, chosen: Mapping[str, int]) -> None:
    points = plain_points(table, chosen)
    assert {part.code: part.points for part in found.parts} == points
    assert found.points == sum(points.values())
    assert found.star == plain_star(table, chosen)
    for step in found.steps:
        assert [block.condition.code for block in step.blocks] == plain_blocks(table, chosen, step.star)
        assert step.holds is (step.star <= found.star)
    assert set(found.unanswered) == {code for rows in table.values() for code in rows} - chosen.keys()


def assert_quotes_hold(value: object, texts: Mapping[str, str]) -> int:
    """Every quote of a scorecard, however deep, is the text of its version at its span; how many there were."""
    if isinstance(value, Quote):
        assert value.text == texts[value.digest][value.start : value.end] != ""
        return 1
    inner = value if isinstance(value, tuple) else [getattr(value, name) for name in getattr(value, "__slots__", ())]
    return sum(assert_quotes_hold(one, texts) for one in inner)


# ---- Against the plain calculation --------------------------------------------------------------------------------


@pytest.mark.parametrize("number", DEMO)
def test_the_demos_sets_against_a_plain_calculation(number: int) -> None:
    form, table = demo_form(number), demo_tables()[number]
    assert [one.code for one in scorable(form)] == [code for rows in table.values() for code in rows]
    dice = random.Random(number)
    stars = set()
    for _ in range(200):
        chosen = random_answers(form, dice)
        found = score(form, answered(chosen))
        assert_as_told_plainly(found, table, chosen)
        stars.add(found.star)
    assert {2, 4} <= stars, "the random forms should reach different stars"


@beside_shared
def test_all_26_sets_against_a_plain_calculation() -> None:
    tables = decision_tables()
    assert sorted(tables) == list(range(1, 27))
    dice = random.Random(20260522)
    for number, table in tables.items():
        form = decision_form(number)
        for chosen in ({}, highest(form), dict.fromkeys(highest(form), 1)):
            assert_as_told_plainly(score(form, answered(chosen)), table, chosen)
        assert (score(form, answered(highest(form))).points, score(form, answered(highest(form))).star) == (100.0, 5)
    for _ in range(200):
        number = dice.randint(1, 26)
        chosen = random_answers(decision_form(number), dice)
        assert_as_told_plainly(score(decision_form(number), answered(chosen)), tables[number], chosen)


@beside_shared
def test_a_misprint_counts_as_the_set_means_it_and_is_told() -> None:
    found = score(decision_form(4), [Choice(criterion="7", option=3)])
    (line,) = [line for line in found.lines if line.code == "7"]
    assert line.chosen is not None
    assert (line.points, line.chosen.points) == (3.0, 3.0)
    assert line.chosen.points_at is not None
    assert line.chosen.points_at.text == "13"
    assert line.chosen.misprint is not None
    assert "quá mức tối đa 3" in line.chosen.misprint


# ---- Minimum marks ------------------------------------------------------------------------------------------------

COFFEE = {
    3: ["1.1", "2.2", "2.3", "3.5", "4.1", "5.3", "8", "9"],
    5: ["1.1", "1.5", "1.6", "2.1", "2.2", "2.3", "3.4", "3.5", "4.1", "5.1", "5.3", "7", "8", "9"],
}


@pytest.mark.parametrize("of", [demo_form, pytest.param(decision_form, marks=beside_shared)])
def test_coffee_at_five_stars_has_14_conditions(of: Callable[[int], Form]) -> None:
    form = of(13)
    assert {star: [one.code for one in conditions(form, star)] for star in COFFEE} == COFFEE
    assert len(conditions(form, 5)) == 14
    (material,) = [one for one in conditions(form, 5) if one.code == "1.1"]
    assert [(option.number, option.points, option.min_star) for option in material.needed] == [(2, 2.0, 3)]


def test_one_option_below_a_mark_blocks_and_says_what_it_would_give() -> None:
    form = demo_form(13)
    chosen = highest(form) | {"1.1": 1}
    found = score(form, answered(chosen))
    assert (found.points, found.band.star, found.star, found.next_star) == (98.0, 5, 2, 3)
    for step in found.steps:
        (block,) = step.blocks
        assert (block.condition.code, block.gain, step.points_hold, step.marks_hold) == ("1.1", 1.0, True, False)
        assert block.chosen is not None
        assert (block.chosen.number, block.condition.needed[0].number) == (1, 2)
        assert step.points_if_met == 99.0
    assert [(gain.code, gain.gain, gain.best.number) for gain in found.gains] == [("1.1", 2.0, 3)]


def test_an_unanswered_criterion_gives_nothing_and_reaches_no_mark() -> None:
    form = demo_form(13)
    chosen = highest(form)
    del chosen["9"], chosen["4.2"]
    found = score(form, answered(chosen))
    assert found.unanswered == ("4.2", "9")
    assert [(block.condition.code, block.answered, block.chosen) for block in found.steps[0].blocks] == [
        ("9", False, None)
    ]
    none = score(form, answered(chosen | {"9": 0, "4.2": 0}))
    assert (none.points, none.star, none.unanswered) == (found.points, found.star, ())
    assert [block.answered for block in none.steps[0].blocks] == [True]


def basket_form(*changes: tuple[str, str]) -> Form:
    printed = dict(changes)
    text = article(*HEAD, rows=[printed.get(row, row) for row in BASKETS])
    scale = (
        "Điều 5. Hạng sao",
        "1. Điểm trung bình chia năm hạng:",
        "5 sao: từ 90 đến 100 điểm",
        "4 sao: từ 70 đến dưới 90 điểm",
        "3 sao: từ 50 đến dưới 70 điểm",
        "2 sao: từ 30 đến dưới 50 điểm",
        "1 sao: dưới 30 điểm",
    )
    other, _ = make_article(scale, title="Quyết định 77/2031/QĐ-TTg", kind="regulation", url="https://luat.example/77")
    return held((text, other)).form(7, document=find_document_numbers("77/2031/QĐ-TTg")[0])


def test_of_alternatives_the_chosen_ones_mark_binds() -> None:
    form = basket_form()
    # Case a marks its second option ***, case b marks none; options are counted through both.
    blocked = {
        option: [block.condition.code for block in score(form, [Choice(criterion="3", option=option)]).steps[0].blocks]
        for option in range(5)
    }
    assert {option: "3" in codes for option, codes in blocked.items()} == {
        0: True, 1: True, 2: False, 3: False, 4: False
    }  # fmt: skip


def test_a_criterion_whose_points_nothing_tells_counts_nought() -> None:
    form = basket_form(("□ Phơi nắng | 1", "□ Phơi nắng"))
    found = score(form, [Choice(criterion="1.2", option=1)])
    (line,) = [line for line in found.lines if line.code == "1.2"]
    assert line.chosen is not None
    assert (line.points, line.chosen.points, line.chosen.points_at) == (0.0, None, None)
    assert line.chosen.misprint == "Điểm của phương án bỏ trống; các phương án khác không đủ để suy ra điểm đúng."


# ---- Bands --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "star"),
    [
        (0, 1), (29, 1), (29.9, 1), (30, 2), (49, 2), (49.5, 2), (49.99, 2), (50, 3), (69, 3), (69.9, 3), (70, 4),
        (89, 4), (89.75, 4), (90, 5), (100, 5),
    ],
)  # fmt: skip
def test_the_bands_at_their_ends(points: float, star: int) -> None:
    assert [band.star for band in demo_form(13).scale if band.holds(points)] == [star]


@pytest.mark.parametrize(
    ("points", "star", "missing"),
    [(49, 2, [1, 21, 41]), (50, 3, [0, 20, 40]), (69, 3, [0, 1, 21]), (70, 4, [0, 0, 20]), (89, 4, [0, 0, 1]),
     (90, 5, [0, 0, 0])],
)  # fmt: skip
def test_a_form_at_the_ends_of_the_bands(points: int, star: int, missing: list[int]) -> None:
    """Every mark met and exactly so many points: the star is the band's."""
    form = demo_form(26)
    least = {one.code: max(each.number for each in one.needed) for one in conditions(form, 5)}
    chosen = exactly(form, points, least)
    found = score(form, answered(chosen))
    assert (found.points, found.star, found.band.star) == (points, star, star)
    assert [step.points_missing for step in found.steps] == missing
    assert [step.marks_hold for step in found.steps] == [True, True, True]
    assert found.next_star == (star + 1 if 3 <= star < 5 else 3 if star < 3 else None)


def exactly(form: Form, points: int, least: Mapping[str, int]) -> dict[str, int]:
    """Answers of exactly so many points that keep what `least` asks for, found criterion by criterion."""
    worth = {one.code: [0.0, *(option.points or 0.0 for option in one.options)] for one in scorable(form)}
    reach: dict[float, dict[str, int]] = {0.0: {}}
    for code, options in worth.items():
        grown: dict[float, dict[str, int]] = {}
        for total, chosen in reach.items():
            for option in range(least.get(code, 0), len(options)):
                grown.setdefault(total + options[option], {**chosen, code: option})
        reach = grown
    return reach[float(points)]


def test_the_scale_is_read_of_the_unit_of_law_before_a_guides_table() -> None:
    form = demo_form(13)
    assert form.scale_article is demo_articles()["quyet-dinh-26-2026-qd-ttg"]
    assert form.unit == "Điều 3, khoản 3"
    assert [(band.star, band.low, band.high, band.below) for band in form.scale] == [
        (5, 90.0, 100.0, False), (4, 70.0, 90.0, True), (3, 50.0, 70.0, True), (2, 30.0, 50.0, True),
        (1, 0.0, 30.0, True),
    ]  # fmt: skip
    assert bands(demo_articles()["huong-dan-diem-va-sao"])[0].low == 90.0
    assert bands(demo_articles()["bo-tieu-chi-04-mat-ong"]) == ()


def test_lines_that_leave_a_gap_are_no_scale() -> None:
    lines = ["5 sao: từ 90 đến 100 điểm", "4 sao: từ 70 đến dưới 89 điểm", "3 sao: từ 50 đến dưới 70 điểm"]
    lines += ["2 sao: từ 30 đến dưới 50 điểm", "1 sao: dưới 30 điểm"]
    assert bands(make_article(lines)[0]) == ()
    lines[1] = "4 sao: từ 70 đến dưới 90 điểm"
    assert [band.star for band in bands(make_article(lines)[0])] == [5, 4, 3, 2, 1]
    assert [band.star for band in bands(make_article(lines[::-1])[0])] == [5, 4, 3, 2, 1]
    lines[0] = "5 sao: từ 90 điểm trở lên"
    assert bands(make_article(lines)[0])[0].high == 100.0


# ---- What is said with it -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", DEMO)
def test_everything_shown_stands_where_it_says(number: int) -> None:
    form = demo_form(number)
    texts = {one.digest: one.text for one in demo_articles().values()}
    found = score(form, answered(random_answers(form, random.Random(3))))
    assert assert_quotes_hold(found, texts) > 60
    assert {(one.article_id, one.digest) for one in found.sources} == {
        (one.id, one.digest) for one in (form.article, form.scale_article)
    }


def test_a_scorecard_says_what_it_is_worth_and_what_a_file_is_refused_for() -> None:
    found = score(demo_form(9), [])
    assert found.indicative == (
        "Điểm tự chấm chỉ để tham khảo: hạng sao căn cứ điểm trung bình của hội đồng đánh giá, theo Điều 3, khoản 3, "
        "Quyết định 26/2026/QĐ-TTg, không phải điểm chủ thể tự cho."
    )
    assert found.basis.text == "3. Điểm tối đa là 100, chia 05 hạng:"
    assert [refusal.criterion for refusal in found.refusals][:3] == [None, "1.1", "2.1"]
    assert found.refusals[0].words.text is not None
    assert found.refusals[0].words.text.startswith("Hồ sơ bị loại nếu")
    assert found.summary is True
    assert (found.points, found.star, found.band.star, found.next_star) == (0.0, 1, 1, 3)


@beside_shared
def test_the_decisions_own_words_tell_of_the_average() -> None:
    found = score(decision_form(13), [])
    assert found.summary is False
    assert found.basis.text is not None
    assert found.basis.text.startswith("3. Phân hạng sản phẩm OCOP căn cứ vào kết quả đánh giá")
    assert "Tổng điểm trung bình" in (found.band.line.text or "")
    assert [one.criterion for one in found.refusals] == [None, "1.1", "2.1", "6.1.1"]


def test_a_source_that_may_not_be_shown_whole_keeps_its_words() -> None:
    form = basket_form()
    assert form.article.rights == "excerpt"
    found = score(form, [Choice(criterion="1.1", option=2)])
    assert {line.label.text for line in found.lines} == {None}
    assert found.points == 10.0


# ---- What cannot be scored ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choices", "place", "said"),
    [
        ([("1.1", 1), ("12.7", 1)], 1, ["thứ 2", "'12.7'", "bộ 13 không có tiêu chí ấy", "1.1, 1.2", "Hãy sửa mã"]),
        ([("1.1", 4)], 0, ["phương án 4", "1.1", "từ 1 đến 3", "Hãy chọn lại"]),
        ([("1.1", -1)], 0, ["phương án -1", "từ 1 đến 3"]),
        ([("1.1", 1), ("1.2", 1), ("1.1", 2)], 2, ["1.1", "hai lần", "một phương án", "Hãy bỏ bớt"]),
        ([("6.1", 1)], 0, ["6.1", "không có phương án", "hãy trả lời các mã ấy", "6.1.1"]),
    ],
)
def test_answers_no_form_has_are_named(choices: list[tuple[str, int]], place: int, said: list[str]) -> None:
    with pytest.raises(ScorecardError) as raised:
        score(demo_form(13), [Choice(criterion=code, option=option) for code, option in choices])
    assert raised.value.answer == place
    assert [words for words in said if words not in str(raised.value)] == []


def test_a_set_that_is_not_held_is_named_with_those_that_are() -> None:
    with pytest.raises(FormMissing, match=r"số 12 .* áp dụng ngày 28/11/2026, .* chỉ có các bộ: 3, 4, 9, 13, 26"):
        demo().form(12)
    with pytest.raises(FormMissing, match="kho không có bộ nào của quy định áp dụng ngày 01/05/2025"):
        demo().form(13, date(2025, 5, 1))


def test_without_a_scale_nothing_is_guessed() -> None:
    only = held(one for slug, one in demo_articles().items() if slug.startswith("bo-tieu-chi"))
    with pytest.raises(FormMissing, match="khoảng điểm của từng hạng sao"):
        only.form(13, document=find_document_numbers("26/2026/QĐ-TTg")[0])


def test_sets_are_those_in_force_on_the_day() -> None:
    assert [one.number for one in sets_on(demo().sets, demo().law, TODAY)] == list(DEMO)
    assert sets_on(demo().sets, demo().law, date(2026, 5, 21)) == ()


@beside_shared
def test_the_decision_comes_before_the_page_that_restates_it() -> None:
    sets = [*demo().sets, *decision().sets]
    assert [one.summary for one in sets_on(sets, decision().law, TODAY)] == [False] * 26


# ---- What always holds --------------------------------------------------------------------------------------------


@st.composite
def forms(draw: st.DrawFn) -> tuple[Form, dict[str, int]]:
    form = demo_form(draw(st.sampled_from(DEMO)))
    chosen = {}
    for one in scorable(form):
        option = draw(st.integers(min_value=-1, max_value=len(one.options)))
        if option >= 0:
            chosen[one.code] = option
    return form, chosen


@settings(deadline=None, max_examples=60)
@given(forms(), st.data())
def test_a_higher_option_never_lowers_points_or_star(drawn: tuple[Form, dict[str, int]], data: st.DataObject) -> None:
    form, chosen = drawn
    one = data.draw(st.sampled_from(scorable(form)))
    at = chosen.get(one.code, 0)
    # options ascend within their case
    case = one.options[at - 1].case if at else one.options[0].case
    higher = [place for place, option in enumerate(one.options, 1) if option.case == case and place >= max(at, 1)]
    before = score(form, answered(chosen))
    after = score(form, answered(chosen | {one.code: data.draw(st.sampled_from(higher))}))
    assert after.points >= before.points
    assert after.star >= before.star
    for step, then in zip(before.steps, after.steps, strict=True):
        assert {block.condition.code for block in then.blocks} <= {block.condition.code for block in step.blocks}


@settings(deadline=None, max_examples=60)
@given(forms(), st.sampled_from((3, 4, 5)))
def test_both_halves_give_the_star_and_one_alone_does_not(drawn: tuple[Form, dict[str, int]], star: int) -> None:
    form, chosen = drawn
    for condition in conditions(form, star):
        needed = max(option.number for option in condition.needed)
        chosen[condition.code] = max(chosen.get(condition.code, 0), needed)
    found = score(form, answered(chosen))
    step = next(one for one in found.steps if one.star == star)
    assert step.blocks == ()
    assert (found.star >= star) is (found.points >= step.band.low)


@settings(deadline=None, max_examples=60)
@given(forms())
def test_nothing_blocks_exactly_where_the_star_is_reached(drawn: tuple[Form, dict[str, int]]) -> None:
    form, chosen = drawn
    found = score(form, answered(chosen))
    for step in found.steps:
        assert (step.blocks == () and step.points_missing == 0) is (found.star >= step.star)
        assert step.points_if_met == found.points + sum(block.gain for block in step.blocks)
    assert found.points == sum(part.points for part in found.parts) == sum(line.points for line in found.lines)
    assert found.points + sum(gain.gain for gain in found.gains) == 100.0
    assert [gain.gain for gain in found.gains] == sorted((gain.gain for gain in found.gains), reverse=True)
