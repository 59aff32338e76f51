"""Which lines of decisions become one product, and which stay apart."""

import random
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.decisions.merged import Decision
from index.products.assembling import assemble
from index.products.naming import producer_called, product_called
from index.products.product import Product
from tests.made_decisions import decision, row


def products(*decisions: Decision) -> tuple[Product, ...]:
    return tuple(assemble(decisions))


def lines(found: tuple[Product, ...]) -> list[list[str]]:
    """The decisions of each product's history."""
    return sorted([one.decision for one in product.history] for product in found)


def doubted(found: tuple[Product, ...]) -> set[frozenset[str]]:
    """Pairs of names in doubt; a pair must be listed both ways."""
    known = {product.key: product for product in found}
    pairs = set()
    for product in found:
        for key in product.doubtful:
            assert product.key in known[key].doubtful
            pairs.add(frozenset((product.name, known[key].name)))
    return pairs


ONE, TWO = ["1-qd-ubnd"], ["2-qd-ubnd"]
BOTH = ["1-qd-ubnd", "2-qd-ubnd"]


def in_turn(first: str, second: str, producers: tuple[str | None, str | None] = ("HTX A", "HTX A")) -> list[list[str]]:
    return lines(
        products(
            decision("1/QĐ-UBND", "2021-05-01", [row(first, producers[0])]),
            decision("2/QĐ-UBND", "2024-05-01", [row(second, producers[1])]),
        )
    )


# ---- Names --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Mật ong hoa bạc hà", "MẬT ONG HOA BẠC HÀ"),
        ("Tinh dầu hoà hương", "Tinh dầu hòa hương"),
        ("Mật ong hoa bạc hà", "Mat ong hoa bac ha"),
        ("Gạo “Khẩu Mang”", 'Gạo "Khẩu mang"'),
        ("Gạo ST25 (túi 5kg)", "Gạo ST25 - túi 5kg"),
        ("Sản phẩm Chè Shan tuyết", "Chè Shan  tuyết"),
        ("Kỷ tử sấy", "Kỉ tử sấy"),
        ("Mật ong\u00a0rừng", "Mật ong rừng"),
        ("Cà phê rang xay Pù Mây", "Cà phê Pù Mây rang xay"),
        ("Cà phê rang xay Pù Mây", "CÀ PHÊ PÙ MÂY RANG XAY"),
    ],
)
def test_one_name_in_two_spellings_is_one(first: str, second: str) -> None:
    assert in_turn(first, second) == [BOTH]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Mật ong hoa bạc hà Thượng Sơn", "Mật ong bạc hà Thượng Sơn"),
        ("Bánh đậu xanh nhân dừa", "Bánh dừa nhân đậu xanh"),
        ("Bánh Đậu Xanh Nhân Dừa", "Bánh Dừa Nhân Đậu Xanh"),
        ("Cà Phê Rang Xay Pù Mây", "Cà Phê Pù Mây Rang Xay"),
        ("Mứt dừa", "Mứt dưa"),
        ("Mứt dừa", "MUT DUA"),
        ("Gạo ST25 (túi 5kg)", "Gạo ST25"),
        ("Gạo ST25 túi 5kg", "Gạo ST25 túi 2kg"),
        ("Chè Shan tuyết", "Chè Shan tuyết cổ"),
        ("Trà gừng", "Trà gưng"),
        ("Mật ong rừng", "Mật ong rưng"),
        ("Rượu ngô Thanh Vân", "Rượu ngô Thanh Vâm"),
    ],
)
def test_names_that_may_be_one_are_kept_apart_and_told(first: str, second: str) -> None:
    found = products(
        decision("1/QĐ-UBND", "2021-05-01", [row(first)]), decision("2/QĐ-UBND", "2024-05-01", [row(second)])
    )
    assert lines(found) == [ONE, TWO]
    assert doubted(found) == {frozenset((first, second))}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Trà gừng mật ong", "Trà chanh mật ong"),
        ("Mật ong", "Mật ong hoa bạc hà"),
        ("Cam sành Bắc Quang", "Hồng không hạt Quản Bạ"),
    ],
)
def test_other_products_are_no_doubt(first: str, second: str) -> None:
    found = products(
        decision("1/QĐ-UBND", "2021-05-01", [row(first)]), decision("2/QĐ-UBND", "2024-05-01", [row(second)])
    )
    assert lines(found) == [ONE, TWO]
    assert doubted(found) == set()


def test_a_name_without_marks_that_may_be_either_is_neither() -> None:
    found = products(
        decision("1/QĐ-UBND", "2021-05-01", [row("Mứt dừa sấy dẻo"), row("Mứt dưa sấy dẻo")]),
        decision("2/QĐ-UBND", "2024-05-01", [row("MUT DUA SAY DEO")]),
    )
    assert lines(found) == [ONE, ONE, TWO]
    either = {frozenset(("MUT DUA SAY DEO", "Mứt dừa sấy dẻo")), frozenset(("MUT DUA SAY DEO", "Mứt dưa sấy dẻo"))}
    assert either <= doubted(found)


def test_a_proper_name_that_stands_twice_tells_no_place_of_it() -> None:
    found = products(
        decision("1/QĐ-UBND", "2021-05-01", [row("Mật ong Pù Mây hoa rừng Pù Mây thật")]),
        decision("2/QĐ-UBND", "2024-05-01", [row("Mật ong Pù Mây thật Pù Mây hoa rừng")]),
    )
    assert lines(found) == [ONE, TWO]


def test_capitals_of_any_line_tell_a_proper_name() -> None:
    found = products(
        decision("1/QĐ-UBND", "2019-12-01", [row("CÀ PHÊ PÙ MÂY RANG XAY")]),
        decision("2/QĐ-UBND", "2021-05-01", [row("Cà phê Pù Mây rang xay")]),
        decision("3/QĐ-UBND", "2024-05-01", [row("CÀ PHÊ RANG XAY PÙ MÂY")]),
    )
    assert lines(found) == [["1-qd-ubnd", "2-qd-ubnd", "3-qd-ubnd"]]


# ---- Producers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("HTX nông nghiệp Tân Tiến", "Hợp tác xã nông nghiệp Tân Tiến"),
        ("HTX NN Tân Tiến", "HỢP TÁC XÃ NÔNG NGHIỆP TÂN TIẾN"),
        ("Công ty TNHH MTV Hòa Phát", "CT TNHH một thành viên Hoà Phát"),
        ("Cty CP XNK An Bình", "Công ty Cổ phần Xuất nhập khẩu An Bình"),
        ("DNTN Ngọc Lan", "Doanh nghiệp tư nhân Ngọc Lan"),
        ("HKD Lê Thị Mai", "Hộ kinh doanh Lê Thị Mai"),
        ("CSSX Bà Tư", "Cơ sở sản xuất Bà Tư"),
        ("HTX SX&KD Minh Khai", "HTX sản xuất và kinh doanh Minh Khai"),
        ("HTX TM-DV Minh Khai", "HTX Thương mại Dịch vụ Minh Khai"),
        ("HTX nong nghiep Tan Tien", "HTX nông nghiệp Tân Tiến"),
        ("C.ty TNHH SXTM Hòa Phát", "Công ty TNHH Sản xuất Thương mại Hòa Phát"),
    ],
)
def test_a_producer_in_short_is_the_producer(first: str, second: str) -> None:
    assert in_turn("Chè xanh", "Chè xanh", (first, second)) == [BOTH]


@pytest.mark.parametrize(
    ("first", "second", "doubt"),
    [
        ("HTX Tân Tiến", "Công ty TNHH Tân Tiến", True),
        ("HTX Tân Tiến", "HTX nông nghiệp Tân Tiến", True),
        ("Hộ ông Nguyễn Văn Hùng", "Nguyễn Văn Hùng", True),
        ("HTX Tân Tiến", None, True),
        (None, None, True),
        ("HTX Tân Tiến", "HTX Hợp Lực", False),
        ("Trần Văn Năm", "Trần Văn Nam", True),
        ("HTX Tân Tiến", "HTX Tân Tiếnn", True),
        ("HTX An Khang", "HTX Ân Khang", True),  # few words may have no marks by nature
    ],
)
def test_producers_that_may_be_one_keep_their_products_apart(
    first: str | None, second: str | None, *, doubt: bool
) -> None:
    found = products(
        decision("1/QĐ-UBND", "2021-05-01", [row("Chè xanh", first)]),
        decision("2/QĐ-UBND", "2024-05-01", [row("Chè xanh", second)]),
    )
    assert lines(found) == [ONE, TWO]
    assert bool(doubted(found)) is doubt


def test_a_name_that_many_share_is_no_doubt() -> None:
    many = [row("Mật ong", f"HTX số {number}") for number in range(20)]
    found = products(
        decision("1/QĐ-UBND", "2021-05-01", many), decision("2/QĐ-UBND", "2024-05-01", [row("Mật ong", None)])
    )
    assert len(found) == 21
    assert doubted(found) == set()


# ---- Places -------------------------------------------------------------------------------------------------------


def test_a_province_is_one_before_and_since_the_merger() -> None:
    found = products(
        decision("1/QĐ-UBND", "2023-05-01", [row("Chè xanh")], place="ha-giang"),
        decision("2/QĐ-UBND", "2026-05-01", [row("Chè xanh")], place="tuyen-quang"),
    )
    (product,) = found
    assert (product.province, product.province_today, product.province_former) == (
        "tuyen-quang",
        "tuyen-quang",
        "ha-giang",
    )


def test_two_provinces_that_merged_later_are_two() -> None:
    found = products(
        decision("1/QĐ-UBND", "2023-05-01", [row("Chè xanh")], place="ha-giang"),
        decision("2/QĐ-UBND", "2023-06-01", [row("Chè xanh")], place="tuyen-quang"),
        decision("3/QĐ-UBND", "2026-06-01", [row("Chè xanh")], place="tuyen-quang"),
    )
    # the third may be either
    assert lines(found) == [ONE, TWO, ["3-qd-ubnd"]]
    assert len(doubted(found)) == 1  # three pairs of one name
    assert [len(product.doubtful) for product in found] == [2, 2, 2]


def test_a_commune_tells_which_part_of_a_merged_province() -> None:
    found = products(
        decision("1/QĐ-UBND", "2023-05-01", [row("Chè xanh", district="Vị Xuyên", commune="Cao Bồ")]),
        decision("2/QĐ-UBND", "2023-06-01", [row("Chè xanh")], place="tuyen-quang"),
        decision("3/QĐ-UBND", "2026-06-01", [row("Chè xanh", commune="xã Cao Bồ")], place="tuyen-quang"),
    )
    assert lines(found) == [["1-qd-ubnd", "3-qd-ubnd"], TWO]


def test_communes_are_one_under_their_former_name_and_todays() -> None:
    found = products(
        decision(
            "1/QĐ-UBND", "2023-05-01", [row("Nước mắm", commune="xã Hải Châu", district="Hải Hậu")], place="nam-dinh"
        ),
        decision("2/QĐ-UBND", "2026-06-01", [row("Nước mắm", commune="xã Hải Thịnh")], place="ninh-binh"),
    )
    assert lines(found) == [BOTH]
    (product,) = found
    assert (product.province_former, product.communes_today) == ("nam-dinh", ("xã Hải Thịnh",))


def test_a_district_merged_away_is_the_one_that_took_it_in() -> None:
    found = products(
        decision("1/QĐ-UBND", "2019-12-01", [row("Ổi lê", district="huyện Hoành Bồ")], place="quang-ninh"),
        decision("2/QĐ-UBND", "2022-12-01", [row("Ổi lê", district="TP. Hạ Long")], place="quang-ninh"),
    )
    assert lines(found) == [BOTH]


@pytest.mark.parametrize(
    "places",
    [
        ({"district": "Vị Xuyên"}, {"district": "Bắc Quang"}),
        ({"district": "Vị Xuyên", "commune": "Cao Bồ"}, {"district": "Vị Xuyên", "commune": "Thượng Sơn"}),
    ],
)
def test_other_places_of_a_province_are_other_products(places: tuple[dict[str, str], dict[str, str]]) -> None:
    first, second = (row("Rượu ngô", "Nguyễn Văn Hùng", **one) for one in places)  # type: ignore[arg-type]
    found = products(decision("1/QĐ-UBND", "2021-05-01", [first]), decision("2/QĐ-UBND", "2024-05-01", [second]))
    assert lines(found) == [ONE, TWO]
    assert [len(product.doubtful) for product in found] == [1, 1]


def test_a_province_unknown_to_the_map_is_matched_as_written() -> None:
    found = products(
        decision("1/QĐ-UBND", "2021-05-01", [row("Chè xanh")], place=None, written="Sơn Trà"),
        decision("2/QĐ-UBND", "2024-05-01", [row("Chè xanh")], place=None, written="SƠN TRÀ"),
        decision("3/QĐ-UBND", "2024-05-01", [row("Chè xanh")], place=None, written="Vạn Thủy"),
    )
    assert lines(found) == [BOTH, ["3-qd-ubnd"]]
    assert {product.province for product in found} == {None}


def test_a_district_of_no_known_province_is_of_the_one_whose_lists_name_it() -> None:
    province = decision(
        "1/QĐ-UBND", "2021-05-01", [row("Chè xanh", district="Vân Khê")], place=None, written="tỉnh Sơn Trà"
    )
    own = decision("2/QĐ-UBND", "2024-05-01", [row("Chè xanh")], place=None, written="huyện Vân Khê", level="district")
    assert lines(products(province, own)) == [BOTH]
    elsewhere = decision(
        "3/QĐ-UBND", "2021-06-01", [row("Cam", district="huyện Vân Khê")], place=None, written="tỉnh Vạn Thủy"
    )
    assert lines(products(province, own, elsewhere)) == [ONE, TWO, ["3-qd-ubnd"]]


def test_a_district_is_told_by_the_issuer_and_its_province_beside_it() -> None:
    found = products(
        decision("1/QĐ-UBND", "2021-05-01", [row("Chè xanh", district="Vị Xuyên")]),
        decision(
            "2/QĐ-UBND",
            "2024-05-01",
            [row("Chè xanh"), row("Cam")],
            written="tỉnh Hà Giang",
            issuer="ỦY BAN NHÂN DÂN HUYỆN VỊ XUYÊN",
            level="district",
        ),
        decision(
            "3/QĐ-UBND",
            "2024-05-01",
            [row("Chè xanh"), row("Cam")],
            written="tỉnh Hà Giang",
            issuer="ỦY BAN NHÂN DÂN HUYỆN BẮC QUANG",
            level="district",
        ),
    )
    assert lines(found) == [BOTH, TWO, ["3-qd-ubnd"], ["3-qd-ubnd"]]
    unknown = products(
        decision("1/QĐ-UBND", "2021-05-01", [row("Chè xanh")], place=None, written="tỉnh Sơn Trà"),
        decision(
            "2/QĐ-UBND",
            "2024-05-01",
            [row("Chè xanh")],
            place=None,
            written="tỉnh Sơn Trà",
            issuer="Ủy ban nhân dân huyện Vân Khê",
            level="district",
        ),
    )
    assert lines(unknown) == [BOTH]


def test_the_centre_and_the_province_list_one_product() -> None:
    found = products(
        decision("1/QĐ-UBND", "2021-05-01", [row("Chè xanh", star=4)]),
        decision("2/QĐ-BNNMT", "2025-06-26", [row("Chè xanh", star=5, province="tỉnh Hà Giang")], place=None),
    )
    assert lines(found) == [["1-qd-ubnd", "2-qd-bnnmt"]]
    nowhere = products(
        decision("1/QĐ-UBND", "2021-05-01", [row("Chè xanh", star=4)]),
        decision("2/QĐ-BNNMT", "2025-06-26", [row("Chè xanh", star=5)], place=None),
    )
    assert lines(nowhere) == [ONE, ["2-qd-bnnmt"]]
    assert [len(product.doubtful) for product in nowhere] == [1, 1]


# ---- One decision -------------------------------------------------------------------------------------------------


def test_a_line_printed_twice_is_one_and_lines_that_differ_are_two() -> None:
    twice = decision("1/QĐ-UBND", "2021-05-01", [row("Chè xanh", serial="1"), row("Chè xanh", serial="2")])
    assert lines(products(twice)) == [ONE]
    differing = decision("1/QĐ-UBND", "2021-05-01", [row("Chè xanh", star=3), row("Chè xanh", star=4)])
    found = products(differing)
    assert lines(found) == [ONE, ONE]
    assert [len(product.doubtful) for product in found] == [1, 1]
    later = decision("2/QĐ-UBND", "2024-05-01", [row("Chè xanh")])
    assert lines(products(differing, later)) == [ONE, ONE, TWO]


def test_two_lines_side_by_side_are_no_doubt() -> None:
    found = products(decision("1/QĐ-UBND", "2021-05-01", [row("Gạo ST25 (túi 5kg)"), row("Gạo ST25 (túi 2kg)")]))
    assert lines(found) == [ONE, ONE]
    assert doubted(found) == set()


# ---- Keys ---------------------------------------------------------------------------------------------------------


def test_a_key_says_where_and_what_and_stays() -> None:
    first = decision("1/QĐ-UBND", "2021-05-01", [row("Mật ong hoa bạc hà")], place="ha-giang")
    later = decision("2/QĐ-UBND", "2026-05-01", [row("MẬT ONG HOA BẠC HÀ")], place="tuyen-quang")
    (product,) = products(first)
    assert product.key.startswith("tuyen-quang.mat-ong-hoa-bac-ha.")
    assert [one.key for one in products(first, later)] == [product.key]
    # an older decision may become known after a newer one
    assert [one.key for one in products(later)] == [product.key]


def test_assemble_one_name_have_keys_of_their_own() -> None:
    first = decision("1/QĐ-UBND", "2021-05-01", [row("Chè xanh", district="Vị Xuyên")])
    other = decision("2/QĐ-UBND", "2024-05-01", [row("Chè xanh", district="Bắc Quang")])
    (alone,) = products(first)
    keys = {product.district: product.key for product in products(first, other)}
    assert keys["Vị Xuyên"] == alone.key
    assert keys["Bắc Quang"] != alone.key
    unnamed = [
        decision(f"{number}/QĐ-UBND", "2021-05-01", [row("Chè xanh", None), row("Chè xanh", None, star=4)])
        for number in (3, 4)
    ]
    assert len({product.key for product in products(*unnamed)}) == 4


names = st.sampled_from(["Chè xanh", "Chè Xanh", "CHE XANH", "Chè xánh", "Mật ong", "Mật ong rừng"])
producers = st.sampled_from(["HTX A", "Hợp tác xã A", "HTX NN A", "Công ty TNHH A", None])
communes = st.sampled_from([None, None, "Cao Bồ", "Thượng Sơn"])
some_rows = st.builds(
    lambda name, producer, commune, star: row(name, producer, commune=commune, star=star),
    names,
    producers,
    communes,
    st.sampled_from([3, 4]),
)
some_decisions = st.lists(
    st.tuples(st.lists(some_rows, max_size=4), st.dates(date(2019, 9, 1), date(2026, 11, 1))), max_size=5
).map(
    lambda told: [
        decision(f"{number + 1}/QĐ-UBND", day.isoformat(), rows, place="ha-giang" if day.year < 2025 else "tuyen-quang")
        for number, (rows, day) in enumerate(told)
    ]
)


@given(made=some_decisions, seed=st.integers(0, 100))
@settings(max_examples=150, deadline=None)
def test_the_order_of_decisions_says_nothing_and_each_line_has_one_product(made: list[Decision], seed: int) -> None:
    found = products(*made)
    shuffled = made.copy()
    random.Random(seed).shuffle(shuffled)
    assert products(*shuffled) == found
    counted = [(one.decision, id(one.row)) for product in found for one in product.history]
    assert len(counted) == len(set(counted))
    assert {key for key, _ in counted} == {one.key for one in made if one.rows}
    assert len({product.key for product in found}) == len(found)
    for product in found:
        own = [one.decision for one in product.history]
        assert len(own) == len(set(own))  # a decision lists a product once
        called = [product_called(one.row.name.text) for one in product.history]
        assert len({one.bare for one in called}) == 1  # none of these has a proper name that moves
        assert len({one.words for one in called if not one.markless}) <= 1
        by = [one.row.producer for one in product.history]
        assert len({None if one is None else producer_called(one.text).bare for one in by}) == 1
    doubted(found)


def test_many_products_are_each_found_in_three_spellings() -> None:
    """5,000 products in 12,500 lines, the producers with four products each."""
    made: list[Decision] = []
    expected: dict[str, int] = {}
    for at, place in enumerate(("ha-giang", "nam-dinh", "an-giang", "hue", "son-la")):
        forms = ("HTX", "HKD", "Công ty TNHH")
        own = [
            (f"{('Mật ong', 'Chè', 'Gạo')[number % 3]} số {number}", f"{forms[number // 4 % 3]} {number // 4}")
            for number in range(1000)
        ]
        for turn, kept in enumerate((own, own, own[:500])):
            for start in range(0, len(kept), 50):
                rows = [
                    row(
                        (name, name.upper(), f"“{name}”")[turn],
                        producer.replace("HTX", "Hợp tác xã") if turn else producer,
                    )
                    for name, producer in kept[start : start + 50]
                ]
                made.append(decision(f"{len(made) + 1}/QĐ-UBND", f"{2019 + 3 * turn}-12-0{at + 1}", rows, place=place))
        expected |= {f"{place} {name}": 3 if number < 500 else 2 for number, (name, _) in enumerate(own)}
    found = products(*made)
    assert {f"{product.province} {product.names[0]}": len(product.history) for product in found} == expected


@given(
    told=st.lists(
        st.tuples(
            st.text(min_size=1, max_size=40),
            st.none() | st.text(max_size=40),
            st.none() | st.text(max_size=30),
            st.none() | st.text(max_size=30),
        ),
        min_size=1,
        max_size=6,
    ),
    province=st.none() | st.text(max_size=20),
)
@settings(max_examples=200, deadline=None)
def test_whatever_is_written_has_a_product_and_a_plain_key(
    told: list[tuple[str, str | None, str | None, str | None]], province: str | None
) -> None:
    rows = [
        row(name, producer, commune=commune, district=district, province=province)
        for name, producer, commune, district in told
    ]
    found = products(decision("1/QĐ-UBND", "2024-05-01", rows, place=None, written=province))
    assert {one.name for one in found} <= {name for name, *_ in told}
    assert sum(len(one.history) for one in found) >= 1
    for one in found:
        assert re.fullmatch(r"[a-z0-9-]+\.[a-z0-9-]+\.[0-9a-f]{10}", one.key)
