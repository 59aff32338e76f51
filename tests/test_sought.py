"""What a question seeks among the figures: nouns, grades, places, times; no index needed."""

import pytest

from assistant.limits import LIMITS
from assistant.question import understand
from assistant.sought import seek


def _asks(question: str) -> list[tuple[str, tuple[int, int] | None]]:
    return [(ask.what, ask.stars) for ask in seek(understand(question), ()).asks if not ask.extra]


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("An Giang có bao nhiêu sản phẩm 4 sao?", [("sản phẩm", (4, 4))]),
        ("Riêng hạng 3 sao thì An Giang có mấy sản phẩm?", [("sản phẩm", (3, 3))]),
        ("An Giang có bao nhiêu sản phẩm, của mấy chủ thể?", [("sản phẩm", None), ("chủ thể", None)]),
        ("An Giang có bao nhiêu sản phẩm, mấy cái 4 sao?", [("sản phẩm", None), ("sản phẩm", (4, 4))]),
        ("An Giang có mấy sản phẩm 4 sao, mấy sản phẩm 3 sao?", [("sản phẩm", (4, 4)), ("sản phẩm", (3, 3))]),
        ("Sản phẩm 3 sao của An Giang là bao nhiêu?", [("sản phẩm", (3, 3))]),
        ("Số sản phẩm của các hợp tác xã An Giang là bao nhiêu?", [("sản phẩm", None)]),
        ("Đồng Tháp có sản phẩm 4 sao, tổng là mấy?", [("sản phẩm", (4, 4))]),
        ("108 sản phẩm 4 sao của Hà Nội thuộc bao nhiêu chủ thể?", [("chủ thể", None)]),
        ("Hạng 4 sao chiếm bao nhiêu phần trăm ở Hà Nội?", [("%", (4, 4))]),
        ("Hà Tĩnh thưởng bao nhiêu tiền?", [("đồng", None)]),
        ("Thanh Hóa có mấy trăm sản phẩm?", [("sản phẩm", None)]),
        ("Gia Lai gửi mấy bộ hồ sơ xét 5 sao?", [("hồ sơ", (5, 5))]),
        ("Hợp tác xã ở Nam Định thì mấy đơn vị?", [("hợp tác xã", None)]),
        ("Tây Ninh có mấy loại 4 sao?", [("sản phẩm", (4, 4))]),
        ("An Giang có mấy loại giấy phải nộp?", []),
        ("4 sao chiếm mấy phần trăm trong tổng số sản phẩm toàn quốc?", [("%", (4, 4))]),
    ],
)
def test_counts_asked_for(question: str, asks: list[tuple[str, tuple[int, int] | None]]) -> None:
    assert _asks(question) == asks


def test_grades_are_asked_for_together() -> None:
    sought = seek(understand("Lâm Đồng có bao nhiêu sản phẩm, theo từng hạng sao?"), ())
    assert [(ask.stars, ask.extra) for ask in sought.asks] == [
        (None, False),
        ((5, 5), True),
        ((4, 4), True),
        ((3, 3), True),
    ]


@pytest.mark.parametrize(
    "question",
    [
        "Nam Định có mấy món thực phẩm và mấy món đồ uống?",
        "Nam Định nhóm thực phẩm có bao nhiêu sản phẩm, nhóm đồ uống có bao nhiêu sản phẩm?",
    ],
)
def test_each_count_may_have_its_own_limit(question: str) -> None:
    sought = seek(understand(question), ())
    named = [[LIMITS[group][0] for group in ask.groups] for ask in sought.asks]
    assert (named, sought.limits.groups) == ([["thực phẩm"], ["đồ uống"]], frozenset())


def test_what_is_not_yet_of_its_grade_is_asked_for_apart() -> None:
    sought = seek(understand("Hà Nội có mấy sản phẩm 5 sao, mấy sản phẩm tiềm năng 5 sao?"), ())
    assert [ask.potential for ask in sought.asks] == [False, True]


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("Cả nước có bao nhiêu sản phẩm?", ("viet-nam",)),
        ("Tính đến nay toàn quốc được mấy chủ thể?", ("viet-nam",)),
        ("Đà Nẵng nay gồm cả Quảng Nam, vậy phần Quảng Nam có bao nhiêu sản phẩm?", ("quang-nam",)),
        ("Đồng Tháp mới (đã gộp Tiền Giang) có mấy sản phẩm?", ("dong-thap",)),
        ("Tôi ở Hà Giang cũ, nay là Tuyên Quang. Năm 2021 quê tôi có bao nhiêu sản phẩm?", ("ha-giang",)),
        ("Bình Phước nhập vào tỉnh nào, và tỉnh ấy có bao nhiêu sản phẩm?", ("dong-nai",)),
        ("Ninh Bình và Nam Định có bao nhiêu sản phẩm?", ("ninh-binh", "nam-dinh")),
    ],
)
def test_places_asked_about(question: str, places: tuple[str, ...]) -> None:
    assert seek(understand(question), ()).places == places


def test_districts_without_figures_are_known_as_such() -> None:
    assert seek(understand("Huyện Yên Thế có bao nhiêu sản phẩm?"), ()).others == ("yên thế",)


def test_numbers_given_are_no_years() -> None:
    sought = seek(understand("Trong 146 sản phẩm của Nam Định, nhóm thực phẩm có bao nhiêu?"), ())
    assert sought.numbers == (146.0,)
    compared = seek(understand("Trong 5 tỉnh này tỉnh nào nhiều sản phẩm nhất?"), (), comparing=True)
    assert compared.numbers == ()
