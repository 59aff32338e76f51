"""Products as a whole: what later decisions do to them, found by name and place, counted as of a day."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.decisions.merged import Decision
from index.products.product import Product
from index.products.timeline import STATUSES, day_of
from index.products.view import Products, Tally
from tests.made_decisions import decision, row


def made(*decisions: Decision) -> Products:
    return Products.from_decisions(decisions)


def named(found: Products, name: str) -> Product:
    (product,) = (one for one in found.products if one.name == name)
    return product


# ---- What later decisions do --------------------------------------------------------------------------------------


def test_upgrade_renewal_and_a_lower_star() -> None:
    found = made(
        decision("1/QĐ-UBND", "2020-03-02", [row("Chè xanh", star=3)]),
        decision("2/QĐ-UBND", "2022-08-31", [row("Chè xanh", star=4, change="upgraded")]),
        decision("3/QĐ-UBND", "2025-06-20", [row("Chè xanh", star=3, change="renewed")]),
    )
    (product,) = found.products
    told = [found.state(product, date.fromisoformat(day)) for day in ("2022-08-30", "2022-08-31", "2025-06-20")]
    assert [(one.star, one.expires) for one in told] == [
        (3, date(2023, 3, 2)),
        (4, date(2025, 8, 31)),
        (3, date(2028, 6, 20)),
    ]
    assert [one.change for one in product.history] == [None, "upgraded", "renewed"]


def test_a_decision_may_set_its_own_months() -> None:
    found = made(decision("1/QĐ-UBND", "2024-01-31", [row("Chè xanh")], months=25))
    assert found.state(found.products[0], date(2025, 1, 1)).expires == date(2026, 2, 28)


def test_a_withdrawal_names_products_of_another_decision() -> None:
    found = made(
        decision("1/QĐ-UBND", "2023-03-02", [row("Chè xanh"), row("Mật ong")]),
        decision(
            "2/QĐ-UBND",
            "2024-08-05",
            [row("CHÈ XANH", "Hợp tác xã Thượng Sơn", star=None, act="withdraws")],
            effective="2024-08-20",
        ),
    )
    tea, honey = named(found, "Chè xanh"), named(found, "Mật ong")
    assert [found.state(tea, date(2024, 8, day)).status for day in (19, 20)] == ["valid", "withdrawn"]
    assert found.state(honey, date(2024, 8, 20)).status == "valid"
    assert [one.withdrawn for one in tea.history] == [False, True]


def test_a_withdrawal_of_what_no_decision_held_recognises_is_a_product_all_the_same() -> None:
    found = made(decision("2/QĐ-UBND", "2024-08-05", [row("Chè xanh", star=None, act="withdraws")]))
    (product,) = found.products
    assert found.state(product, date(2024, 8, 5)).status == "withdrawn"
    assert found.state(product, date(2024, 8, 4)).status == "not_yet"


@pytest.mark.parametrize("act", ["replaces", "revokes"])
def test_a_replaced_decision_does_not_count_from_that_day(act: str) -> None:
    found = made(
        decision("1/QĐ-UBND", "2024-03-02", [row("Chè xanh", star=4), row("Mật ong")], changed_by=["2/QĐ-UBND"]),
        decision(
            "2/QĐ-UBND",
            "2024-08-05",
            [row("Chè xanh", star=3)],
            replaces=["1/QĐ-UBND"] if act == "replaces" else [],
            revokes=["1/QĐ-UBND"] if act == "revokes" else [],
        ),
    )
    tea, honey = named(found, "Chè xanh"), named(found, "Mật ong")
    assert [found.state(tea, date(2024, 8, day)).star for day in (4, 5)] == [4, 3]
    assert [found.state(honey, date(2024, 8, day)).status for day in (4, 5)] == ["valid", "withdrawn"]
    assert (honey.history[0].ended, honey.history[0].ended_by) == ("2024-08-05", "2-qd-ubnd")


def test_an_amendment_that_ends_only_a_part_ends_nothing_else() -> None:
    found = made(
        decision("1/QĐ-UBND", "2024-03-02", [row("Chè xanh", star=4)], changed_by=["2/QĐ-UBND"]),
        decision("2/QĐ-UBND", "2024-08-05", [], amends=["1/QĐ-UBND"]),
    )
    assert found.state(found.products[0], date(2024, 9, 1)).status == "valid"


def test_a_corrected_line_counts_from_the_start_and_the_former_is_kept() -> None:
    found = made(
        decision(
            "1/QĐ-UBND",
            "2024-03-02",
            [row("Chè xanh", star=4, serial="1"), row("Mật ongg", star=3, serial="02")],
            changed_by=["2/QĐ-UBND"],
        ),
        decision(
            "2/QĐ-UBND",
            "2024-08-05",
            [row("Chè xanh", star=3, act="amends"), row("Mật ong rừng", star=3, act="amends", serial="2.")],
            amends=["1/QĐ-UBND"],
        ),
        decision("3/QĐ-UBND", "2026-10-05", [row("Mật ong rừng", star=4)]),
    )
    tea, honey = named(found, "Chè xanh"), named(found, "Mật ong rừng")
    assert len(found) == 2
    told = found.state(tea, date(2024, 3, 2))
    assert (told.star, told.since, told.expires) == (3, date(2024, 3, 2), date(2027, 3, 2))
    assert [(one.star, one.corrected_by) for one in tea.history] == [(4, "2-qd-ubnd"), (3, None)]
    assert honey.names == ("Mật ongg", "Mật ong rừng")
    assert [one.decision for one in honey.history] == ["1-qd-ubnd", "2-qd-ubnd", "3-qd-ubnd"]
    # its key is that of its first name, so that a correction does not lose it
    alone = made(decision("1/QĐ-UBND", "2024-03-02", [row("Mật ongg", star=3, serial="02")]))
    assert honey.key == alone.products[0].key


def test_a_correction_may_be_corrected() -> None:
    found = made(
        decision("1/QĐ-UBND", "2024-03-02", [row("Chè xanh", star=5)], changed_by=["2/QĐ-UBND"]),
        decision(
            "2/QĐ-UBND",
            "2024-04-02",
            [row("Chè xanh", star=4, act="amends")],
            amends=["1/QĐ-UBND"],
            changed_by=["3/QĐ-UBND"],
        ),
        decision("3/QĐ-UBND", "2024-05-02", [row("Chè xanh", star=3, act="amends")], amends=["2/QĐ-UBND"]),
    )
    (product,) = found.products
    assert [one.star for one in product.history] == [5, 4, 3]
    assert (found.state(product, date(2024, 3, 2)).star, found.state(product, date(2024, 3, 2)).since) == (
        3,
        date(2024, 3, 2),
    )


def test_lists_to_be_judged_recognise_nothing() -> None:
    assert len(made(decision("1/QĐ-UBND", "2024-03-02", [row("Chè xanh", act="lists"), row("Cam", act="other")]))) == 0


# ---- Finding ------------------------------------------------------------------------------------------------------


def some() -> Products:
    return made(
        decision(
            "1/QĐ-UBND",
            "2023-12-31",
            [
                row("Mật ong hoa bạc hà", star=4, commune="Cao Bồ", district="Vị Xuyên"),
                row("Mứt dừa", "HKD Mai", district="Bắc Quang"),
            ],
        ),
        decision("2/QĐ-UBND", "2024-02-29", [row("Mứt dưa", "HTX Hải Châu", commune="Hải Châu")], place="nam-dinh"),
        decision("3/QĐ-UBND", "2026-03-01", [row("MẮM CÁY", "HTX Ninh Cường", star=5)], place="ninh-binh"),
        decision("4/QĐ-UBND", "2020-03-01", [row("Cơm cháy", "HTX Hoa Lư")], place="ninh-binh"),
    )


def names(found: tuple[Product, ...] | None) -> set[str] | None:
    return None if found is None else {one.name for one in found}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("mật ong", {"Mật ong hoa bạc hà"}),
        ("mat ong", {"Mật ong hoa bạc hà"}),
        ("hoa bạc hà", {"Mật ong hoa bạc hà"}),
        ("mut dua", {"Mứt dừa", "Mứt dưa"}),
        ("mứt dừa", {"Mứt dừa"}),
        ("mắm cáy", {"MẮM CÁY"}),
        ("on", set()),
        ("", set()),
    ],
)
def test_products_are_found_by_name(asked: str, expected: set[str]) -> None:
    assert names(some().called(asked)) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Hà Giang", {"Mật ong hoa bạc hà", "Mứt dừa"}),
        ("Tuyên Quang", {"Mật ong hoa bạc hà", "Mứt dừa"}),
        ("Tuyên Quang cũ", set()),
        # what Ninh Bình recognised after the merger may be of Nam Định
        ("Nam Định", {"Mứt dưa", "MẮM CÁY"}),
        ("ninh binh", {"Mứt dưa", "MẮM CÁY", "Cơm cháy"}),
        ("huyện Vị Xuyên", {"Mật ong hoa bạc hà"}),
        ("xã Hải Châu", {"Mứt dưa"}),
        ("xã Hải Thịnh", {"Mứt dưa"}),
        ("Cao Bồ", {"Mật ong hoa bạc hà"}),
        ("Hà Nội", set()),
        ("Xứ Sở Thần Tiên", None),
    ],
)
def test_products_are_found_by_place_under_both_names(asked: str, expected: set[str] | None) -> None:
    assert names(some().within(asked)) == expected


def test_what_expires_between_two_days() -> None:
    found = some()
    today = date(2026, 11, 29)
    assert [one.name for one in found.expiring(today, date(2027, 2, 28), on=today)] == [
        "Mật ong hoa bạc hà",
        "Mứt dừa",
        "Mứt dưa",
    ]
    assert names(found.expiring(date(2027, 1, 1), date(2027, 2, 27), on=today)) == set()
    assert names(found.expiring(date(2023, 1, 1), date(2023, 12, 31), on=today)) == set()  # long gone
    later = date(2027, 1, 15)
    assert names(found.expiring(date(2026, 12, 1), date(2026, 12, 31), on=later)) == {"Mật ong hoa bạc hà", "Mứt dừa"}


# ---- Counting -----------------------------------------------------------------------------------------------------


def test_counts_say_their_day_and_map() -> None:
    found = some()
    now = found.counts(date(2026, 11, 29))
    assert (now.on, now.boundaries, now.by, now.star) == (date(2026, 11, 29), "today", "province", None)
    assert now.groups == (
        Tally(key="ninh-binh", held=2, undetermined=0, unknown=0),
        Tally(key="tuyen-quang", held=2, undetermined=0, unknown=0),
    )
    assert now.total == Tally(key=None, held=4, undetermined=0, unknown=0)
    then = found.counts(date(2024, 6, 1))
    assert (then.boundaries, then.groups) == (
        "then",
        (
            Tally(key="ha-giang", held=2, undetermined=0, unknown=0),
            Tally(key="nam-dinh", held=1, undetermined=0, unknown=0),
        ),
    )
    # on the former map, what the merged province recognised is of no known province
    former = found.counts(date(2026, 11, 29), boundaries="then")
    assert former.groups[-1] == Tally(key=None, held=1, undetermined=0, unknown=0)
    assert former.total == now.total


def test_counts_by_star_and_of_one_star() -> None:
    found = some()
    by_star = found.counts(date(2026, 11, 29), by="star")
    assert [(one.key, one.held) for one in by_star.groups] == [("3", 2), ("4", 1), ("5", 1)]
    four = found.counts(date(2026, 11, 29), star=4)
    assert [(one.key, one.held) for one in four.groups] == [("tuyen-quang", 1)]
    undetermined = found.counts(date(2027, 1, 15))
    assert (undetermined.total.held, undetermined.total.undetermined) == (2, 2)


@given(
    told=st.lists(
        st.tuples(
            st.sampled_from(["ha-giang", "tuyen-quang", "nam-dinh", "ninh-binh", "hue"]),
            st.sampled_from(["2023", "2024-05", "2022-01-31", "2024-02-29", "2026-06-01"]),
            st.sampled_from([3, 4, 5]),
        ),
        max_size=8,
    ),
    on=st.dates(date(2021, 1, 1), date(2030, 1, 1)),
    star=st.sampled_from([None, 3, 4, 5]),
)
@settings(max_examples=60, deadline=None)
def test_counts_are_those_of_states_one_by_one(told: list[tuple[str, str, int]], on: date, star: int | None) -> None:
    found = made(
        *(
            decision(f"{number + 1}/QĐ-UBND", issued, [row(f"Gạo {number}", star=own)], place=place)
            for number, (place, issued, own) in enumerate(told)
        )
    )
    for boundaries, place_of in (("today", "province_today"), ("then", "province_former")):
        counted = found.counts(on, boundaries=boundaries, star=star)  # type: ignore[arg-type]
        expected: dict[str | None, int] = {}
        for product in found.products:
            state = found.state(product, on)
            if state.status in ("valid", "renewing", "late") and star in (None, state.star):
                key = getattr(product, place_of)
                expected[key] = expected.get(key, 0) + 1
        assert {one.key: one.held for one in counted.groups if one.held} == expected
        assert counted.total.held == sum(expected.values())
    states = found.states(on)
    assert [STATUSES[code] for code in states.status] == [found.state(one, on).status for one in found.products]
    assert [day_of(day) for day in states.expires.tolist()] == [found.state(one, on).expires for one in found.products]


def test_doubts_are_pairs_once() -> None:
    found = made(
        decision("1/QĐ-UBND", "2021-05-01", [row("Gạo ST25")]),
        decision("2/QĐ-UBND", "2024-05-01", [row("Gạo ST25 (túi 5kg)")]),
    )
    ((one, other),) = found.doubts()
    assert {one.name, other.name} == {"Gạo ST25", "Gạo ST25 (túi 5kg)"}
    assert found.get(one.key) is one
    assert found.get("không có") is None
