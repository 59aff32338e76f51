"""Products as a whole: what later decisions do to them, and how the catalogue finds and counts them."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.catalogue.catalogue import Catalogue
from index.catalogue.product_query import ProductQuery
from index.decisions.merged import Decision
from index.products.assembling import assemble
from index.products.expiry import HELD, state
from index.products.product import Product
from tests.made_decisions import decision, row


def made(*decisions: Decision) -> list[Product]:
    return assemble(decisions)


def named(found: Sequence[Product], name: str) -> Product:
    (product,) = (one for one in found if one.name == name)
    return product


# ---- What later decisions do --------------------------------------------------------------------------------------


def test_upgrade_renewal_and_a_lower_star() -> None:
    found = made(
        decision("1/QĐ-UBND", "2020-03-02", [row("Chè xanh", star=3)]),
        decision("2/QĐ-UBND", "2022-08-31", [row("Chè xanh", star=4, change="upgraded")]),
        decision("3/QĐ-UBND", "2025-06-20", [row("Chè xanh", star=3, change="renewed")]),
    )
    (product,) = found
    told = [state(product, date.fromisoformat(day)) for day in ("2022-08-30", "2022-08-31", "2025-06-20")]
    assert [(one.star, one.expires) for one in told] == [
        (3, date(2023, 3, 2)),
        (4, date(2025, 8, 31)),
        (3, date(2028, 6, 20)),
    ]
    assert [one.change for one in product.history] == [None, "upgraded", "renewed"]


def test_a_decision_may_set_its_own_months() -> None:
    found = made(decision("1/QĐ-UBND", "2024-01-31", [row("Chè xanh")], months=25))
    assert state(found[0], date(2025, 1, 1)).expires == date(2026, 2, 28)


def test_a_withdrawal_names_assemble_another_decision() -> None:
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
    assert [state(tea, date(2024, 8, day)).status for day in (19, 20)] == ["valid", "withdrawn"]
    assert state(honey, date(2024, 8, 20)).status == "valid"
    assert [one.withdrawn for one in tea.history] == [False, True]


def test_a_withdrawal_of_what_no_decision_held_recognises_is_a_product_all_the_same() -> None:
    found = made(decision("2/QĐ-UBND", "2024-08-05", [row("Chè xanh", star=None, act="withdraws")]))
    (product,) = found
    assert state(product, date(2024, 8, 5)).status == "withdrawn"
    assert state(product, date(2024, 8, 4)).status == "not_yet"


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
    assert [state(tea, date(2024, 8, day)).star for day in (4, 5)] == [4, 3]
    assert [state(honey, date(2024, 8, day)).status for day in (4, 5)] == ["valid", "withdrawn"]
    assert (honey.history[0].ended, honey.history[0].ended_by) == ("2024-08-05", "2-qd-ubnd")


def test_an_amendment_that_ends_only_a_part_ends_nothing_else() -> None:
    found = made(
        decision("1/QĐ-UBND", "2024-03-02", [row("Chè xanh", star=4)], changed_by=["2/QĐ-UBND"]),
        decision("2/QĐ-UBND", "2024-08-05", [], amends=["1/QĐ-UBND"]),
    )
    assert state(found[0], date(2024, 9, 1)).status == "valid"


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
    told = state(tea, date(2024, 3, 2))
    assert (told.star, told.since, told.expires) == (3, date(2024, 3, 2), date(2027, 3, 2))
    assert [(one.star, one.corrected_by) for one in tea.history] == [(4, "2-qd-ubnd"), (3, None)]
    assert honey.names == ("Mật ongg", "Mật ong rừng")
    assert [one.decision for one in honey.history] == ["1-qd-ubnd", "2-qd-ubnd", "3-qd-ubnd"]
    # its key is that of its first name, so that a correction does not lose it
    alone = made(decision("1/QĐ-UBND", "2024-03-02", [row("Mật ongg", star=3, serial="02")]))
    assert honey.key == alone[0].key


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
    (product,) = found
    assert [one.star for one in product.history] == [5, 4, 3]
    assert (state(product, date(2024, 3, 2)).star, state(product, date(2024, 3, 2)).since) == (
        3,
        date(2024, 3, 2),
    )


def test_lists_to_be_judged_recognise_nothing() -> None:
    assert len(made(decision("1/QĐ-UBND", "2024-03-02", [row("Chè xanh", act="lists"), row("Cam", act="other")]))) == 0


# ---- In the catalogue -----------------------------------------------------------------------------------------


def some() -> Catalogue:
    decisions = [
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
    ]
    return Catalogue.of(decisions, assemble(decisions))


def names(catalogue: Catalogue, query: ProductQuery) -> set[str]:
    return {one.name for one in catalogue.products.read(catalogue.products.find(query).rows)}


TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (ProductQuery(on=TODAY, q="mat ong"), {"Mật ong hoa bạc hà"}),
        (ProductQuery(on=TODAY, provinces=("ha-giang",)), {"Mật ong hoa bạc hà", "Mứt dừa"}),
        (ProductQuery(on=TODAY, provinces=("tuyen-quang",), by="today"), {"Mật ong hoa bạc hà", "Mứt dừa"}),
        (ProductQuery(on=TODAY, provinces=("tuyen-quang",)), set()),
        (ProductQuery(on=TODAY, provinces=("ninh-binh",), by="today"), {"Mứt dưa", "MẮM CÁY", "Cơm cháy"}),
        (ProductQuery(on=TODAY, commune="xã Hải Thịnh"), {"Mứt dưa"}),
        (ProductQuery(on=TODAY, statuses=("expired",)), {"Cơm cháy"}),
        (ProductQuery(on=TODAY, stars=(5,)), {"MẮM CÁY"}),
        (
            ProductQuery(on=TODAY, expires_from=TODAY, expires_to=date(2027, 2, 28)),
            {"Mật ong hoa bạc hà", "Mứt dừa", "Mứt dưa"},
        ),
        (ProductQuery(on=TODAY, expires_from=date(2027, 1, 1), expires_to=date(2027, 2, 27)), set()),
    ],
)
def test_products_are_found_as_they_stand(query: ProductQuery, expected: set[str]) -> None:
    assert names(some(), query) == expected


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
)
@settings(max_examples=40, deadline=None)
def test_facets_count_what_states_say_one_by_one(told: list[tuple[str, str, int]], on: date) -> None:
    decisions = [
        decision(f"{number + 1}/QĐ-UBND", issued, [row(f"Gạo {number}", star=star)], place=place)
        for number, (place, issued, star) in enumerate(told)
    ]
    found = assemble(decisions)
    states = [state(product, on) for product in found]
    counted = Catalogue.of(decisions, found).products.find(ProductQuery(on=on, statuses=tuple(HELD), by="today"))
    held = Counter(product.province_today for product, one in zip(found, states, strict=True) if one.status in HELD)
    assert (counted.on, counted.by) == (on, "today")
    assert {one.value: one.count for one in counted.facets["province"]} == held
    assert {one.value: one.count for one in counted.facets["status"]} == Counter(one.status for one in states)


def test_an_earlier_recognition_tells_the_province_of_then() -> None:
    decisions = [
        decision("1/QĐ-UBND", "2023-05-01", [row("Chè xanh")], place="ha-giang"),
        decision("2/QĐ-UBND", "2026-05-01", [row("Chè xanh")], place="tuyen-quang"),
    ]
    found = Catalogue.of(decisions, assemble(decisions))
    assert names(found, ProductQuery(on=TODAY, provinces=("ha-giang",))) == {"Chè xanh"}
    assert names(found, ProductQuery(on=TODAY, provinces=("tuyen-quang",))) == set()
    assert names(found, ProductQuery(on=TODAY, provinces=("ha-giang",), by="today")) == {"Chè xanh"}
