"""How products stand on a day, against a plain count day by day."""

import calendar
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.decisions.decision import ProductRow, Read
from index.law.address import find_section
from index.products import rules
from index.products.expiry import expiry_days, last_day, state
from index.products.product import Product, Recognition
from index.products.timeline import CODE, NO_DAY, STATUSES, Timelines, day_number, day_of
from index.span import Span
from tests.legal_pages import demo_articles

DAY = timedelta(days=1)
RULES = date(2026, 5, 22)


def recognition(
    on: str | None,
    *,
    star: int | None = 4,
    months: int = 36,
    withdrawn: bool = False,
    ended: str | None = None,
    corrected_by: str | None = None,
) -> Recognition:
    row = ProductRow(
        start=0,
        end=10,
        act="withdraws" if withdrawn else "recognises",
        name=Read(text="Mật ong", span=Span(start=0, end=7)),
        star=star,
    )
    return Recognition(
        decision="1-qd-ubnd.son-la.2024",
        article_id="a",
        digest="d",
        row=row,
        on=on,
        months=months,
        star=star,
        change=None,
        withdrawn=withdrawn,
        ended=ended,
        ended_by=None if ended is None else "2-qd-ubnd.son-la.2025",
        corrected_by=corrected_by,
    )


def product(*history: Recognition) -> Product:
    return Product(
        key="k",
        name="Mật ong",
        names=("Mật ong",),
        producer=None,
        commune=None,
        district=None,
        province=None,
        province_today=None,
        group=None,
        history=history,
    )


# ---- The plain count ----------------------------------------------------------------------------------------------


def counted_last_day(issued: date, months: int) -> date:
    """Walks the calendar: month by month to the last month, then day by day to the corresponding day or its end."""
    year, month = issued.year, issued.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    day = date(year, month, 1)
    while day.day < issued.day and (day + DAY).month == month:
        day += DAY
    return day


def counted_status(issued: date, months: int, on: date) -> str:
    """Counts the days left, or gone since the last, one by one."""
    last = counted_last_day(issued, months)
    if on < issued:
        return "not_yet"
    left, day = 0, on
    while day < last and left <= 400:
        day, left = day + DAY, left + 1
    if on <= last:
        if on < RULES or left > 180:
            return "valid"
        return "renewing" if left >= 120 else "late"
    gone, day = 0, last
    while day < on and gone <= 400:
        day, gone = day + DAY, gone + 1
    return "undetermined" if last >= RULES and gone <= 180 else "expired"


issue_days = st.dates(date(2019, 1, 1), date(2031, 12, 31)) | st.sampled_from(
    [date(2020, 2, 29), date(2024, 2, 29), date(2023, 5, 21), date(2023, 5, 22), date(2023, 5, 23), date(2023, 12, 31)]
)
terms = st.sampled_from([36, 36, 36, 12, 24, 1, 6, 48, 60])
# most days asked about lie near a turn of the certificate, where a slip by one shows
turns = st.sampled_from([0, -180, -181, -179, -120, -121, -119, 1, 180, 181, 179]) | st.integers(-1500, 1500)


@given(issued=issue_days, months=terms, away=turns)
@example(issued=date(2024, 2, 29), months=36, away=0)
@example(issued=date(2024, 2, 29), months=48, away=0)
@example(issued=date(2023, 5, 21), months=36, away=1)
@example(issued=date(2023, 5, 22), months=36, away=1)
@settings(max_examples=400, deadline=None)
def test_a_certificate_stands_as_counted_day_by_day(issued: date, months: int, away: int) -> None:
    last = counted_last_day(issued, months)
    assert last_day(issued, months) == last
    on = last + away * DAY
    told = state((recognition(issued.isoformat(), months=months),), on)
    assert told.status == counted_status(issued, months, on)
    if told.status != "not_yet":
        assert (told.since, told.expires, told.star) == (issued, last, 4)
    if told.renew_from is not None and told.renew_to is not None:
        assert (last - told.renew_from).days == 180
        assert (last - told.renew_to).days == 120
    assert (told.renew_from is not None) == (on >= RULES and told.status != "not_yet")
    assert told.keeps_until == (last + 180 * DAY if told.status == "undetermined" else None)


@given(st.lists(st.tuples(issue_days, terms), min_size=1, max_size=20))
@settings(max_examples=100, deadline=None)
def test_many_at_once_are_each_alone(certificates: list[tuple[date, int]]) -> None:
    issued = np.array([day_number(day) for day, _ in certificates], dtype=np.int32)
    months = np.array([term for _, term in certificates])
    expected = [day_number(counted_last_day(day, term)) for day, term in certificates]
    assert expiry_days(issued, months).tolist() == expected
    assert expiry_days(issued, months).dtype == np.int32


@pytest.mark.parametrize(
    ("issued", "last"),
    [
        ("2023-12-31", "2026-12-31"),
        ("2024-02-29", "2027-02-28"),
        ("2021-02-28", "2024-02-28"),
        ("2023-08-31", "2026-08-31"),
        ("2025-09-12", "2028-09-12"),
    ],
)
def test_months_end_on_the_corresponding_day(issued: str, last: str) -> None:
    assert last_day(date.fromisoformat(issued), 36) == date.fromisoformat(last)
    assert last_day(date(2024, 1, 31), 1) == date(2024, 2, 29)


def test_the_window_of_the_end_of_2026() -> None:
    told = state((recognition("2023-12-31"),), date(2026, 7, 4))
    assert told.status == "renewing"
    assert (told.renew_from, told.renew_to) == (date(2026, 7, 4), date(2026, 9, 2))
    assert state((recognition("2023-12-31"),), date(2026, 7, 3)).status == "valid"
    assert state((recognition("2023-12-31"),), date(2026, 9, 2)).status == "renewing"
    assert state((recognition("2023-12-31"),), date(2026, 9, 3)).status == "late"


def test_transitional_rules() -> None:
    ended_before, ended_on = recognition("2023-05-21"), recognition("2023-05-22")
    assert state((ended_before,), date(2026, 5, 22)).status == "expired"
    assert state((ended_on,), date(2026, 5, 22)).status == "late"
    told = state((ended_on,), date(2026, 5, 23))
    assert (told.status, told.keeps_until) == ("undetermined", date(2026, 11, 18))
    assert state((ended_on,), date(2026, 11, 18)).status == "undetermined"
    assert state((ended_on,), date(2026, 11, 19)).status == "expired"
    # before the rule there was no window to tell of
    early = state((ended_on,), date(2026, 5, 21))
    assert (early.status, early.renew_from) == ("valid", None)


def test_each_state_names_its_rules() -> None:
    def wheres(on: date, issued: str = "2023-12-31") -> list[tuple[str, str]]:
        return [(one.document, one.where) for one in state((recognition(issued),), on).grounds]

    current = "26/2026/QĐ-TTg"
    assert wheres(date(2026, 1, 1)) == [("148/QĐ-TTg", "")]
    assert wheres(date(2026, 6, 1)) == [("148/QĐ-TTg", ""), (current, "Điều 12, khoản 1")]
    assert wheres(date(2026, 7, 4))[-1] == (current, "Điều 7, khoản 6, điểm a")
    assert wheres(date(2027, 1, 1))[-1] == (current, "Điều 12, khoản 3")
    assert wheres(date(2026, 7, 4), "2026-07-01") == [(current, "Điều 4, khoản 3")]
    assert wheres(date(2020, 1, 1), "2019-12-31") == [("1048/QĐ-TTg", "")]
    own_term = state((recognition("2026-07-01", months=24),), date(2026, 8, 1))
    assert own_term.grounds == ()


@pytest.mark.parametrize(
    ("ground", "says"),
    [
        (rules.TERM, ["36 tháng"]),
        (rules.WINDOW, ["180 ngày", "120 ngày"]),
        (rules.KEPT, ["22/5/2026", "hết thời hạn"]),
        (rules.EXTENSION, ["180 ngày"]),
    ],
)
def test_a_rule_names_a_unit_that_can_be_cited(ground: rules.Ground, says: list[str]) -> None:
    article = demo_articles()["quyet-dinh-26-2026-qd-ttg"]
    section = find_section(article, ground.labels)
    assert section is not None
    told = article.text[section.start : section.end]
    assert [word for word in says if word not in told] == []


# ---- Several recognitions -----------------------------------------------------------------------------------------


def test_the_latest_recognition_counts() -> None:
    history = (recognition("2021-06-30", star=3), recognition("2023-10-02", star=4), recognition("2026-08-05", star=3))
    assert state(history, date(2021, 6, 29)).status == "not_yet"
    assert [state(history, date(year, 12, 31)).star for year in (2021, 2022, 2023, 2025, 2026)] == [3, 3, 4, 4, 3]
    told = state(history, date(2026, 8, 5))
    assert (told.since, told.expires, told.recognition) == (date(2026, 8, 5), date(2029, 8, 5), 2)


def test_one_and_two_stars_are_not_recognised() -> None:
    assert state((recognition("2024-01-01", star=2),), date(2024, 6, 1)).status == "not_yet"
    told = state((recognition("2023-01-01", star=3), recognition("2024-01-01", star=1)), date(2024, 6, 1))
    assert (told.status, told.star) == ("valid", 3)


def test_a_withdrawal_ends_what_came_before_it() -> None:
    history = (recognition("2024-01-10"), recognition("2025-03-01", star=None, withdrawn=True))
    assert state(history, date(2025, 2, 28)).status == "valid"
    told = state(history, date(2025, 3, 1))
    assert (told.status, told.star, told.since, told.expires) == ("withdrawn", None, date(2025, 3, 1), None)
    again = (*history, recognition("2026-08-01", star=3))
    assert state(again, date(2026, 7, 31)).status == "withdrawn"
    assert (state(again, date(2026, 8, 1)).status, state(again, date(2026, 8, 1)).star) == ("valid", 3)


def test_a_withdrawal_and_a_recognition_of_one_day_leave_the_recognition() -> None:
    history = (recognition("2024-01-10"), recognition("2025-03-01", star=5), recognition("2025-03-01", withdrawn=True))
    assert (state(history, date(2025, 3, 1)).status, state(history, date(2025, 3, 1)).star) == ("valid", 5)


def test_a_replaced_decision_stops_counting() -> None:
    alone = (recognition("2024-01-10", ended="2025-03-01"),)
    assert state(alone, date(2025, 2, 28)).status == "valid"
    assert state(alone, date(2025, 3, 1)).status == "withdrawn"
    listed_again = (*alone, recognition("2025-03-01", star=3))
    assert state(listed_again, date(2025, 3, 1)).star == 3
    # an earlier certificate that still runs: no text tells whether it revives
    upgraded = (recognition("2023-06-01", star=3), recognition("2024-06-01", star=4, ended="2025-03-01"))
    assert state(upgraded, date(2025, 3, 1)).status == "unknown"
    assert state(upgraded, date(2026, 11, 28)).status == "unknown"  # its 180 days
    assert state(upgraded, date(2026, 11, 29)).status == "withdrawn"
    # what had ended on its own is not withdrawn later
    assert state((recognition("2020-01-10", ended="2025-03-01"),), date(2025, 3, 1)).status == "expired"


def test_what_was_corrected_never_counted() -> None:
    history = (recognition("2024-01-10", star=5, corrected_by="c"), recognition("2024-01-10", star=4))
    assert state(history, date(2024, 1, 10)).star == 4


def test_two_decisions_of_one_day_that_differ_leave_the_star_open() -> None:
    told = state((recognition("2024-01-10", star=3), recognition("2024-01-10", star=4)), date(2024, 2, 1))
    assert (told.status, told.star) == ("valid", None)


# ---- Days known in part -------------------------------------------------------------------------------------------


def test_a_year_tells_only_what_holds_of_all_its_days() -> None:
    year = (recognition("2024"),)
    assert state(year, date(2023, 12, 31)).status == "not_yet"
    assert state(year, date(2024, 6, 1)).status == "unknown"
    told = state(year, date(2025, 6, 1))
    assert (told.status, told.star, told.since, told.expires) == ("valid", 4, None, None)
    assert state(year, date(2026, 12, 1)).status == "valid"  # in its window or not: in force all the same
    assert state(year, date(2027, 3, 1)).status == "unknown"
    assert state(year, date(2028, 6, 28)).status == "unknown"
    assert state(year, date(2028, 6, 29)).status == "expired"
    month = (recognition("2023-11"),)
    assert state(month, date(2026, 8, 3)).status == "late"
    assert state(month, date(2026, 8, 3)).expires is None
    assert state(month, date(2026, 12, 1)).status == "undetermined"


def test_no_day_told_is_unknown_unless_another_certificate_holds() -> None:
    assert state((recognition(None),), date(2025, 1, 1)).status == "unknown"
    told = state((recognition("2024-05-01", star=3), recognition(None, star=4)), date(2025, 1, 1))
    assert (told.status, told.star) == ("valid", None)


@st.composite
def part_dates(draw: st.DrawFn) -> str:
    day = draw(st.dates(date(2022, 1, 1), date(2024, 12, 31)))
    return day.isoformat()[: draw(st.sampled_from([10, 7, 7, 4]))]


def possible_days(iso: str) -> list[date]:
    if len(iso) == 10:
        return [date.fromisoformat(iso)]
    months = [int(iso[5:7])] if len(iso) == 7 else range(1, 13)
    year = int(iso[:4])
    return [date(year, month, day + 1) for month in months for day in range(calendar.monthrange(year, month)[1])]


@given(
    first=part_dates(),
    second=part_dates(),
    withdrawn=st.booleans(),
    on=st.dates(date(2021, 12, 1), date(2028, 12, 31)),
)
@settings(max_examples=60, deadline=None)
def test_days_known_in_part_are_told_as_every_day_they_may_be(
    first: str, second: str, withdrawn: bool, on: date
) -> None:
    told = state((recognition(first, star=3), recognition(second, withdrawn=withdrawn)), on)
    one, other = possible_days(first), possible_days(second)
    if len(one) * len(other) > 900:  # a count of every pair of days of two years takes too long
        one, other = one[:: max(1, len(one) // 24)] + one[-1:], other[:: max(1, len(other) // 24)] + other[-1:]
    every = [
        state((recognition(a.isoformat(), star=3), recognition(b.isoformat(), withdrawn=withdrawn)), on)
        for a in one
        for b in other
    ]
    statuses = {each.status for each in every}
    if told.status == "unknown":
        return  # two days that are both open may be told less of than could be
    assert statuses == {told.status} or (told.status == "valid" and statuses <= {"valid", "renewing", "late"})
    if told.star is not None:
        assert {each.star for each in every} == {told.star}
    if told.expires is not None:
        assert {each.expires for each in every} == {told.expires}


@given(first=part_dates(), on=st.dates(date(2021, 12, 1), date(2028, 12, 31)))
@settings(max_examples=200, deadline=None)
def test_one_day_known_in_part_is_told_no_less_than_is_certain(first: str, on: date) -> None:
    statuses = {counted_status(day, 36, on) for day in possible_days(first)}
    if len(statuses) > 1:
        statuses = {"valid"} if statuses <= {"valid", "renewing", "late"} else {"unknown"}
    assert {state((recognition(first),), on).status} == statuses


# ---- Arrays -------------------------------------------------------------------------------------------------------

histories = st.lists(
    st.builds(
        recognition,
        part_dates() | st.dates(date(2019, 1, 1), date(2027, 6, 30)).map(date.isoformat) | st.none(),
        star=st.sampled_from([None, 2, 3, 4, 5]),
        months=terms,
        withdrawn=st.sampled_from([False, False, False, True]),
        ended=st.none()
        | st.dates(date(2023, 1, 1), date(2027, 1, 1)).map(date.isoformat)
        | st.sampled_from(["2025", "2024-06", ""]),
    ),
    min_size=0,
    max_size=3,
)


@given(
    lives=st.lists(histories, min_size=0, max_size=4),
    days=st.lists(st.dates(date(2018, 1, 1), date(2034, 1, 1)), min_size=1, max_size=20),
)
@settings(max_examples=50, deadline=None)
def test_arrays_say_what_states_say(lives: list[list[Recognition]], days: list[date]) -> None:
    products = [product(*life) for life in lives]
    timelines = Timelines(products)
    for day in days:
        found = timelines.on(day)
        told = [state(one, day) for one in products]
        assert [STATUSES[code] for code in found.status] == [one.status for one in told]
        assert [star or None for star in found.star.tolist()] == [one.star for one in told]
        assert [day_of(since) for since in found.since.tolist()] == [one.since for one in told]
        assert [day_of(expires) for expires in found.expires.tolist()] == [one.expires for one in told]
        assert [place if place >= 0 else None for place in found.recognition.tolist()] == [
            one.recognition for one in told
        ]


@given(issued=issue_days, months=terms)
@settings(max_examples=60, deadline=None)
def test_arrays_turn_on_the_days_a_state_turns(issued: date, months: int) -> None:
    one = product(recognition(issued.isoformat(), months=months))
    timelines = Timelines([one])
    last = counted_last_day(issued, months)
    near = [issued, last - 180 * DAY, last - 120 * DAY, last, last + 180 * DAY, RULES]
    for day in sorted({turn + shift * DAY for turn in near for shift in (-1, 0, 1)}):
        assert timelines.on(day).status[0] == CODE[state(one, day).status]


def test_arrays_of_nothing() -> None:
    assert Timelines([]).on(date(2026, 1, 1)).status.tolist() == []
    found = Timelines([product()]).on(date(2026, 1, 1))
    assert (found.status.tolist(), found.expires.tolist()) == ([CODE["not_yet"]], [NO_DAY])
