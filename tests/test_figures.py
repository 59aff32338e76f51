"""Figures by value: what is counted, where, of what star, when, reached or planned, and its very span."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.archive import Raw
from crawler.article import Article, Kind
from crawler.draft import Draft, Line, Origin, compose
from index.figures.counted import counted_noun
from index.figures.figure import NATIONAL, Figure
from index.figures.numbers import parse_number
from index.figures.planned import says_planned
from index.figures.stars import stars_in
from index.figures.stated import figures


def article(
    *sentences: str,
    rows: tuple[str, ...] = (),
    place: str | None = "Nam Định",
    published: str | None = "2024-06-01",
    kind: Kind = "news",
) -> Article:
    lines = tuple(Line(text=text) for text in sentences) + tuple(Line(text=text, role="row") for text in rows)
    origin = Origin(
        source="Báo thử", fetched="2026-01-01T00:00", place=place, published=published, kind=kind, kind_fixed=True
    )
    return compose(Draft(title="Tin thử", lines=lines), origin, Raw(body=b"tin", content_type="text/plain"))


def read(*sentences: str, place: str | None = "Nam Định", published: str | None = "2024-06-01") -> tuple[Figure, ...]:
    return figures(article(*sentences, place=place, published=published))


def counts(*sentences: str) -> list[tuple[float, str]]:
    return [(figure.value, figure.what) for figure in read(*sentences)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Tỉnh có 62 sản phẩm của 29 cơ sở sản xuất.", [(62, "sản phẩm"), (29, "chủ thể")]),
        ("Hơn 1.000 sản phẩm được công nhận.", [(1000, "sản phẩm")]),
        ("Gần 15.000 hộ dân tham gia.", [(15000, "hộ")]),
        ("Tổng kinh phí 3,5 tỷ đồng.", [(3.5e9, "đồng")]),
        ("Mỗi nhãn hiệu 35 triệu đồng.", [(35e6, "đồng")]),
        ("Đạt trên 65,4 % kế hoạch.", [(65.4, "%")]),
        ("Có 1.234,5 tấn chè.", [(1234.5, "tấn")]),
        ("Tỉnh có 03 sản phẩm.", [(3, "sản phẩm")]),
        ("Tỉnh có 2000 sản phẩm.", [(2000, "sản phẩm")]),
        ("Tổng số 62 sản phẩm, toàn bộ 29 chủ thể.", [(62, "sản phẩm"), (29, "chủ thể")]),
        ("Tỉnh có hai sản phẩm đạt 5 sao.", [(2, "sản phẩm")]),
        ("Có ba mươi hai sản phẩm và mười lăm hợp tác xã.", [(32, "sản phẩm"), (15, "hợp tác xã")]),
        ("Một xã có một trăm linh năm hộ.", [(105, "hộ")]),
        ("Có 61/63 tỉnh, thành phố tham gia.", [(61, "tỉnh")]),
        ("Có 9 HTX và 12 DN.", [(9, "hợp tác xã"), (12, "doanh nghiệp")]),
        ("18 trong số 62 sản phẩm đạt 4 sao.", [(18, "sản phẩm"), (62, "sản phẩm")]),
        ("Năm 2023, 15 sản phẩm được công nhận.", [(15, "sản phẩm")]),
        ("Quyết định 5445/QĐ-UBND công nhận 13 sản phẩm.", [(13, "sản phẩm")]),
    ],
)
def test_what_is_counted(sentence: str, expected: list[tuple[float, str]]) -> None:
    assert counts(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Chương trình Mỗi xã một sản phẩm.", "Chương trình mỗi xã 1 sản phẩm.", "Năm sản phẩm chủ lực được chọn.",
        "Một sản phẩm ngon.",
        "Chừng một hai sản phẩm.", "Ngày 12/6/2020, tỉnh họp.", "Theo Quyết định 148/QĐ-TTg.", "Xem Điều 7 khoản 6.",
        "Sản phẩm đạt 4 sao.", "Giai đoạn 2021-2025.", "Số lượt xem: 1498", "Điện thoại 0912.345.678.",
        "Nhiệt độ 25 độ.", "Lúc 13:58.", "Mẫu số 01, Phụ lục 2.",
    ],
)  # fmt: skip
def test_what_counts_nothing(sentence: str) -> None:
    assert counts(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "stars"),
    [
        ("Có 18 sản phẩm 4 sao, 44 sản phẩm 3 sao và 2 sản phẩm 5 sao.", [(18, 4, 4), (44, 3, 3), (2, 5, 5)]),
        ("Đạt 4 sao có 18 sản phẩm, 3 sao có 44 sản phẩm.", [(18, 4, 4), (44, 3, 3)]),
        ("Trong đó 4 sao: 18 sản phẩm; 3 sao: 44 sản phẩm.", [(18, 4, 4), (44, 3, 3)]),
        ("Có 92 sản phẩm từ 3 sao trở lên.", [(92, 3, 5)]),
        ("Có 50 sản phẩm hạng 3 - 4 sao.", [(50, 3, 4)]),
        ("Có 62 sản phẩm, trong đó 18 sản phẩm đạt 4 sao.", [(62, None, None), (18, 4, 4)]),
        ("Có 62 sản phẩm (18 sản phẩm 4 sao, 44 sản phẩm 3 sao).", [(62, None, None), (18, 4, 4), (44, 3, 3)]),
    ],
)
def test_of_what_star(sentence: str, stars: list[tuple[float, int | None, int | None]]) -> None:
    assert [(figure.value, figure.star, figure.star_to) for figure in read(sentence)] == stars


def test_potential_is_not_reached() -> None:
    two, three = read("Có 2 sản phẩm đạt 5 sao, 3 sản phẩm tiềm năng 5 sao.")
    assert (two.value, two.star, two.potential) == (2, 5, False)
    assert (three.value, three.star, three.potential) == (3, 5, True)


@pytest.mark.parametrize(
    ("sentence", "value", "to", "bound"),
    [
        ("Có trên 100 sản phẩm.", 100, None, "over"),
        ("Có gần 100 sản phẩm.", 100, None, "under"),
        ("Có khoảng 40 sản phẩm.", 40, None, "about"),
        ("Công nhận 20 - 25 sản phẩm.", 20, 25, None),
        ("Từ 20 đến 25 sản phẩm.", 20, 25, None),
        ("Hỗ trợ 3,5 - 4,5 tỷ đồng.", 3.5e9, 4.5e9, None),
        ("Có 62 sản phẩm.", 62, None, None),
    ],
)
def test_bounds_and_ranges(sentence: str, value: float, to: float | None, bound: str | None) -> None:
    (figure,) = read(sentence)
    assert (figure.value, figure.to, figure.bound) == (value, to, bound)


@pytest.mark.parametrize(
    ("sentence", "as_of", "said"),
    [
        ("Có 62 sản phẩm.", "2024-06-01", False),
        ("Năm 2023, có 62 sản phẩm.", "2023", True),
        ("Đến tháng 8/2023, có 62 sản phẩm.", "2023-08", True),
        ("Đến cuối năm 2023, có 62 sản phẩm.", "2023-12", True),
        ("Đến 30/4, có 62 sản phẩm.", "2024-04-30", True),
        ("Đến 31/12, có 62 sản phẩm.", "2023-12-31", True),
        ("Đến tháng 12, phấn đấu có 62 sản phẩm.", "2023-12", True),
        ("Phấn đấu đến tháng 12, có 62 sản phẩm.", "2024-12", True),
        ("Giai đoạn 2018-2020 có 62 sản phẩm.", "2020", True),
        ("Từ năm 2018 đến nay, có 62 sản phẩm.", "2024-06-01", False),
        ("Có 62 sản phẩm, nhiều hơn so với năm 2020.", "2024-06-01", False),
    ],
)
def test_as_of_when(sentence: str, as_of: str, said: bool) -> None:
    (figure,) = read(sentence)
    if "phấn đấu" in sentence:  # the target is said after the date
        assert figure.planned
        return
    assert (figure.as_of, figure.as_of_said) == (as_of, said)


def test_without_any_date_none_is_made_up() -> None:
    (figure,) = read("Đến 31/12, có 62 sản phẩm.", published=None)
    assert figure.as_of is None


def test_targets_and_what_was_reached() -> None:
    target, reached = read("Phấn đấu năm 2025 có 100 sản phẩm. Hiện đã có 62 sản phẩm.")
    assert (target.value, target.planned, target.as_of) == (100, True, "2025")
    assert (reached.value, reached.planned, reached.as_of) == (62, False, "2024-06-01")
    now, later = read("Đến nay đã có 62 sản phẩm, phấn đấu đến cuối năm có 100 sản phẩm.")
    assert [(now.value, now.planned), (later.value, later.planned)] == [(62, False), (100, True)]
    assert says_planned("Mục tiêu là 100 sản phẩm")
    assert not says_planned("Tỉnh có 62 sản phẩm")


def test_places() -> None:
    nation, province = read("Cả nước có 17.316 sản phẩm, trong đó Nam Định có 62 sản phẩm.")
    assert (nation.place, province.place, province.part) == (NATIONAL, "nam-dinh", True)
    (other,) = read("Tỉnh Thái Bình có 30 sản phẩm.")
    assert (other.place, other.place_said) == ("thai-binh", True)
    (silent,) = read("Toàn tỉnh có 62 sản phẩm.")
    assert (silent.place, silent.place_said, silent.whole) == ("nam-dinh", False, True)
    assert [figure.place for figure in read("Có 62 sản phẩm.", place=None)] == [None]
    first, second = read("Huyện Hải Hậu: 15 sản phẩm; thành phố Nam Định có 8 sản phẩm.")
    assert (first.subplace, second.subplace) == ("Hải Hậu", "Nam Định")


def test_what_was_before_is_a_part() -> None:
    former, now = read("Số sản phẩm 4 sao tăng từ 50 lên 80 sản phẩm.")
    assert [(one.value, one.bound, one.star, one.part) for one in (former, now)] == [
        (50, None, 4, True),
        (80, None, 4, False),
    ]


def test_growth_is_a_part() -> None:
    total, growth = read("Có 146 sản phẩm (tăng 84 sản phẩm so với năm 2020).")
    assert (total.value, total.part, total.as_of) == (146, False, "2024-06-01")
    assert (growth.value, growth.part) == (84, True)


def test_law_and_its_guides_state_rules() -> None:
    assert figures(article("Cấp xã nộp 05 sản phẩm mẫu.", kind="regulation")) == ()
    assert figures(article("Cấp xã nộp 05 sản phẩm mẫu.", kind="guide")) == ()


# ---- Tables -------------------------------------------------------------------------------------------------------


def rows(*lines: str, place: str | None = "Nam Định") -> list[tuple[str, float, str, int | None, str | None, bool]]:
    made = article("Số liệu OCOP.", rows=lines, place=place)
    return [
        (made.text[figure.number_start : figure.number_end], figure.value, figure.what, figure.star, figure.subplace,
         figure.whole)
        for figure in figures(made)
    ]  # fmt: skip


def test_a_table_of_districts() -> None:
    assert rows(
        "STT | Huyện | Số sản phẩm | Sản phẩm 4 sao | Chủ thể",
        "1 | Hải Hậu | 15 | 4 | 9",
        "2 | Giao Thủy | 1.008 | 2 | 5",
        "Tổng | | 1.023 | 6 | 14",
    ) == [
        ("15", 15, "sản phẩm", None, "Hải Hậu", False),
        ("4", 4, "sản phẩm", 4, "Hải Hậu", False),
        ("9", 9, "chủ thể", None, "Hải Hậu", False),
        ("1.008", 1008, "sản phẩm", None, "Giao Thủy", False),
        ("2", 2, "sản phẩm", 4, "Giao Thủy", False),
        ("5", 5, "chủ thể", None, "Giao Thủy", False),
        ("1.023", 1023, "sản phẩm", None, None, True),
        ("6", 6, "sản phẩm", 4, None, True),
        ("14", 14, "chủ thể", None, None, True),
    ]


def test_a_table_of_stars_and_one_of_years() -> None:
    assert rows("Hạng sao | Số sản phẩm", "4 sao | 18", "3 sao | 44") == [
        ("18", 18, "sản phẩm", 4, None, False),
        ("44", 44, "sản phẩm", 3, None, False),
    ]
    made = article(rows=("Thời điểm | Tổng | 3 sao | 4 sao", "Tháng 12/2020 | 33 | 3 | 30", "Năm 2022 | 93 | 34 | 59"))
    assert [(figure.value, figure.star, figure.as_of, figure.as_of_said) for figure in figures(made)] == [
        (33, None, "2020-12", True), (3, 3, "2020-12", True), (30, 4, "2020-12", True),
        (93, None, "2022", True), (34, 3, "2022", True), (59, 4, "2022", True),
    ]  # fmt: skip


def test_amounts_of_money_in_cells_say_their_own_multiple() -> None:
    made = figures(
        article(
            "Trước khi nhập tỉnh, Bắc Giang có chính sách riêng. Mức khuyến khích tăng dần theo hạng:",
            rows=("Hạng | Mức (đồng)", "3 sao | 50 triệu", "4 sao | 1,5 tỷ"),
            place="Bắc Ninh",
        )
    )
    assert [(figure.value, figure.what, figure.star, figure.place) for figure in made] == [
        (50_000_000, "đồng", 3, "bac-giang"),
        (1_500_000_000, "đồng", 4, "bac-giang"),
    ]
    assert rows("Việc | Kinh phí", "In tem | 40 triệu đồng") == [("40 triệu", 40_000_000, "đồng", None, None, False)]
    # what no word calls money is none, nor is money under what is counted
    assert rows("Việc | Mức", "In tem | 40 triệu") == []
    assert rows("Huyện | Số sản phẩm", "Hải Hậu | 15 triệu") == []
    assert rows("Hạng | Số sản phẩm", "3 sao | 2 nghìn", "4 sao | 18") == [("18", 18, "sản phẩm", 4, None, False)]
    assert rows("Sản phẩm | Số lượng", "3 sao | 15 triệu", "4 sao | 18") == [("18", 18, "sản phẩm", 4, None, False)]


@pytest.mark.parametrize(
    ("before", "home", "place", "said"),
    [
        ("Trước khi nhập tỉnh, Bắc Giang có chính sách riêng. Số sản phẩm như sau:", "Bắc Ninh", "bac-giang", True),
        # one that is not the article's own today
        ("Đoàn công tác đã thăm Hà Nội. Các sản phẩm như sau:", "Bắc Ninh", "bac-ninh", False),
        ("Đoàn công tác đã thăm Hà Nội. Toàn tỉnh có các sản phẩm như sau:", "Bắc Ninh", "bac-ninh", False),
        # "tỉnh" behind it is the article's own, in its sentence or in the one that shows the table
        ("Học theo Bắc Giang, tỉnh có cách riêng. Số sản phẩm như sau:", "Bắc Ninh", "bac-ninh", False),
        ("Cách làm của Bắc Giang được khen. Sản phẩm của tỉnh như sau:", "Bắc Ninh", "bac-ninh", False),
        ("Bắc Giang và Hà Nội đã họp. Số sản phẩm như sau:", "Bắc Ninh", "bac-ninh", False),
    ],
)
def test_a_province_named_before_the_sentence_that_shows_a_table(
    before: str, home: str, place: str, said: bool
) -> None:
    made = figures(article(before, rows=("Hạng | Số sản phẩm", "3 sao | 12"), place=home))
    assert [(figure.value, figure.place, figure.place_said) for figure in made] == [(12, place, said)]


def test_a_table_of_provinces() -> None:
    made = article(rows=("Tỉnh | Số sản phẩm", "Hà Nam | 120", "tỉnh Ninh Bình | 180"), place=None)
    assert [(figure.value, figure.place, figure.place_said, figure.subplace) for figure in figures(made)] == [
        (120, "ha-nam", True, None),
        (180, "ninh-binh", True, None),
    ]


def test_rows_of_something_else_count_parts_or_nothing() -> None:
    made = article(rows=("Nhóm | Số sản phẩm", "Thực phẩm | 45"))
    assert [(figure.value, figure.part, figure.context) for figure in figures(made)] == [
        (45, True, "Thực phẩm: Số sản phẩm 45")
    ]
    assert rows("STT | Tên sản phẩm | Chủ thể | Hạng sao", "1 | Nước mắm | HTX A | 4", "2 | Gạo | HTX B | 3") == []
    assert rows("TT | Tên | Điểm", "1 | Mật ong | 78") == [("78", 78, "điểm", None, None, False)]
    assert rows("1 | Hải Hậu | 15", "2 | Giao Thủy | 8") == []  # no head
    assert rows("Huyện | Số sản phẩm", "Hải Hậu | 15 | thừa ô") == []  # another number of cells
    assert rows("Xã | Năm | Số sản phẩm", "Hải Hưng | 2020 | không có") == []


# ---- Parts --------------------------------------------------------------------------------------------------------


def test_words_and_numbers() -> None:
    assert [parse_number(text) for text in ("1.234", "65,4", "05", "9/13", "1.234.567,5")] == [
        1234, 65.4, 5, 9, 1234567.5,
    ]  # fmt: skip
    assert [parse_number(text) for text in ("mười", "mười lăm", "Hai mươi mốt", "một trăm linh hai", "ba nghìn")] == [
        10, 15, 21, 102, 3000,
    ]  # fmt: skip
    assert parse_number("hai nghìn ba trăm bốn mươi lăm") == 2345
    for text in ("năm hai", "mươi", "trăm", "sản phẩm", ""):
        with pytest.raises(ValueError, match="no number"):
            parse_number(text)
    assert counted_noun(" cơ sở sản xuất khác") == ("chủ thể", "cơ sở sản xuất")
    assert counted_noun("xãy") is None
    assert stars_in("từ 3 sao trở lên") == (3, 5)
    assert stars_in("hạng 3 - 4 sao") == (3, 4)
    assert stars_in("nâng từ 3 sao lên 4 sao") == (4, 4)
    assert stars_in("6 sao") is None


def vietnamese(number: int) -> str:
    """A number with points between thousands."""
    return f"{number:,}".replace(",", ".")


@given(
    st.integers(2, 999_999),
    st.sampled_from(["sản phẩm", "chủ thể", "hợp tác xã", "hộ", "doanh nghiệp"]),
    st.sampled_from(["", "trên ", "khoảng ", "gần ", "ít nhất "]),
    st.one_of(st.none(), st.integers(3, 5)),
)
def test_any_count_is_read_back(number: int, noun: str, bound: str, star: int | None) -> None:
    made = article(f"Tỉnh Nam Định có {bound}{vietnamese(number)} {noun}" + (f" đạt {star} sao." if star else "."))
    (figure,) = figures(made)
    assert figure.value == number
    assert parse_number(made.text[figure.number_start : figure.number_end]) == number
    assert (figure.star, figure.star_to) == (star, star)
    assert (figure.bound is not None) == bool(bound)
    assert figure.place == "nam-dinh"


@given(st.integers(0, 9_999), st.integers(0, 9_999))
def test_table_cells_are_read_back(first: int, second: int) -> None:
    made = article(rows=("Huyện | Số sản phẩm | Số chủ thể", f"Hải Hậu | {vietnamese(first)} | {vietnamese(second)}"))
    read_back = {figure.what: figure for figure in figures(made)}
    for what, number in (("sản phẩm", first), ("chủ thể", second)):
        figure = read_back[what]
        assert figure.value == number
        assert parse_number(made.text[figure.number_start : figure.number_end]) == number


@given(st.text(alphabet="0123456789.,/-% sảnphẩmhộ sao|trongđómườihai\n", min_size=1, max_size=120))
def test_spans_of_any_text_parse_to_their_values(text: str) -> None:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if not lines:
        return
    made = article(*lines, rows=tuple(line for line in lines if "|" in line))
    for figure in figures(made):
        span = made.text[figure.number_start : figure.number_end]
        assert figure.start <= figure.number_start < figure.number_end <= figure.end
        if figure.to is None and figure.what != "đồng":
            assert parse_number(span) == figure.value


# ---- What a sentence leaves out ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Có 62 sản phẩm, trong đó 18 đạt 4 sao.", [(62, "sản phẩm", None), (18, "sản phẩm", 4)]),
        ("Số sản phẩm 5 sao của tỉnh là 6.", [(6, "sản phẩm", 5)]),
        ("Có chủ thể mới: hợp tác xã 12, doanh nghiệp 18.", [(12, "hợp tác xã", None), (18, "doanh nghiệp", None)]),
        ("Hạng 4 sao và hạng 3 sao lần lượt có 9 và 20 sản phẩm.", [(9, "sản phẩm", 4), (20, "sản phẩm", 3)]),
        ("Trong 47 sản phẩm 5 sao, tỉnh góp ba sản phẩm.", [(47, "sản phẩm", 5), (3, "sản phẩm", 5)]),
        ("Có 11 sản phẩm của 7 chủ thể đạt 3 sao.", [(11, "sản phẩm", 3), (7, "chủ thể", None)]),
        ("Có 7 chủ thể có sản phẩm đạt 3 sao.", [(7, "chủ thể", 3)]),
        ("Mỗi sản phẩm đạt 4 sao được thưởng 20 triệu đồng.", [(20e6, "đồng", 4)]),
        ("Kinh phí 2 tỷ 300 triệu đồng.", [(2.3e9, "đồng", None)]),
        ("Kinh phí hai tỷ ba trăm triệu đồng.", [(2.3e9, "đồng", None)]),
        ("Có 50 DN, HTX và hộ kinh doanh.", [(50, "chủ thể", None)]),
        ("Có 17,4 nghìn sản phẩm.", [(17400, "sản phẩm", None)]),
        ("Có 14SP 3sao,5SP 4sao.", [(14, "sản phẩm", 3), (5, "sản phẩm", 4)]),
        ("Hai phần ba sản phẩm bán qua mạng.", []),
        ("Có 30 xã viên, 12 điểm cầu, 5 đồng chí.", []),
    ],
)  # fmt: skip
def test_numbers_without_their_own_noun_or_star(sentence: str, expected: list[tuple[float, str, int | None]]) -> None:
    assert [(figure.value, figure.what, figure.star) for figure in read(sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "subplaces"),
    [
        ("Huyện Hải Hậu có 15 sản phẩm của 8 chủ thể.", ["Hải Hậu", "Hải Hậu"]),
        ("Có 15 sản phẩm của 8 chủ thể ở huyện Hải Hậu.", ["Hải Hậu", "Hải Hậu"]),
        ("Huyện Hải Hậu có 15 sản phẩm; toàn tỉnh có 62 sản phẩm.", ["Hải Hậu", None]),
        ("Huyện Hải Hậu dẫn đầu toàn tỉnh với 15 sản phẩm.", ["Hải Hậu"]),
        ("Với 15 sản phẩm, huyện Hải Hậu dẫn đầu tỉnh.", ["Hải Hậu"]),
        ("Có 3 huyện góp 9 sản phẩm: Hải Hậu (4), Ý Yên (5).", [None, None, "Hải Hậu", "Ý Yên"]),
        ("Các huyện Hải Hậu, Ý Yên lần lượt có 4 và 5 sản phẩm.", ["Hải Hậu", "Ý Yên"]),
        ("Hải Hậu và Ý Yên mỗi huyện 12 sản phẩm.", [None]),
        ("HUYỆN HẢI HẬU CÓ 15 SẢN PHẨM", ["Hải Hậu"]),
    ],
)
def test_what_lesser_place(sentence: str, subplaces: list[str | None]) -> None:
    assert [figure.subplace for figure in read(sentence)] == subplaces


def test_the_district_told_of_before() -> None:
    made = read("Huyện Hải Hậu mở hội chợ.", "Xã Hải Minh góp 2 sản phẩm.", "Toàn huyện có 15 sản phẩm.")
    assert [figure.subplace for figure in made] == ["Hải Minh", "Hải Hậu"]


def test_a_province_told_of_beside() -> None:
    (figure,) = read("Nam Định bước vào sáp nhập cùng Ninh Bình và Hà Nam với 62 sản phẩm.")
    assert figure.place == "nam-dinh"
    (other,) = read("Huyện Vĩnh Linh (tỉnh Quảng Trị) có 5 sản phẩm.")
    assert (other.place, other.subplace) == ("quang-tri", "Vĩnh Linh")
    (share,) = read("Sản phẩm của tỉnh chiếm 4% cả nước.")
    assert share.place == "nam-dinh"


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        (("Tỉnh có 60 sản phẩm; 9 trong số này mang hạng 4 sao.",), [(60, None), (9, 4)]),
        (("Trong 79 hồ sơ gửi về, 48 đã qua vòng đầu.",), [(79, None), (48, None)]),
        (("Ở hạng 5 sao, tỉnh có 3 sản phẩm và đề cử 2 sản phẩm.",), [(3, 5), (2, 5)]),
        (("Tỉnh có 4 sản phẩm 5 sao. Còn 3 sản phẩm cùng hạng chờ xét lại.",), [(4, 5), (3, 5)]),
        (("Nhóm trà gồm 7, 3 và 4 sản phẩm.",), [(7, None), (3, None), (4, None)]),
        (("Trao giấy hạng 3 sao lần 2 năm 2023 cho 9 hồ sơ.", "Xét 4 sao đợt 2 cho 6 sản phẩm."), [(9, 3), (6, 4)]),
        (("Trong số các sản phẩm 4 sao của tỉnh, 12/30 sản phẩm có mã số.",), [(12, 4)]),
        (("Lũy kế số sản phẩm 3 sao cả nước lên 900 sản phẩm.",), [(900, 3)]),
        (("Hội đồng xếp lần lượt có 6 và 9 sản phẩm đạt 4 sao và 3 sao.",), [(6, 4), (9, 3)]),
        (("Thêm 8 sản phẩm của 5 HTX thuộc 3 huyện, thị xã được xếp 4 sao.",), [(8, 4), (5, None), (3, None)]),
        (
            ("Có 50 sản phẩm từ 3 sao trở lên; trong đó, huyện Hải Hậu 20 sản phẩm, thị xã Sông Hồng 9 sản phẩm.",),
            [(50, 3), (20, 3), (9, 3)],
        ),
        (("Số sản phẩm tăng gấp đôi, từ 40 lên 81.",), [(40, None), (81, None)]),
    ],
)
def test_what_is_left_out_is_what_was_said(
    sentences: tuple[str, ...], expected: list[tuple[float, int | None]]
) -> None:
    assert [(figure.value, figure.star) for figure in read(*sentences)] == expected


def test_a_paragraph_about_a_district_goes_on_with_it() -> None:
    told = read("UBND huyện Hải Hậu mở 2 lớp tập huấn. Sau đó, 12 hộ dân lập gian hàng. Toàn tỉnh có 62 sản phẩm.")
    assert [figure.subplace for figure in told] == ["Hải Hậu", "Hải Hậu", None]


def test_bare_districts_are_read_until_they_ended() -> None:
    before, after = (read("Có 9 hộ ở Hải Hậu tham gia.", published=day) for day in ("2025-06-01", "2025-08-01"))
    assert [figure.subplace for figure in (*before, *after)] == ["Hải Hậu", None]


def test_can_tho_is_no_plan() -> None:
    assert not read("Cần Thơ có 132 sản phẩm.", place="Cần Thơ")[0].planned


def test_prices_and_ten_years() -> None:
    assert counts("Mỗi chai bán 120.000 đ sau mười năm làm nghề.") == [(120_000, "đồng"), (10, "năm")]


def test_the_name_of_a_product_is_no_district() -> None:
    assert [figure.subplace for figure in read("Lúa ST25 bán giá 30.000 đồng.")] == [None]
    assert [figure.subplace for figure in read("Hải Anh có 3 sản phẩm.")] == ["Hải Anh"]  # a commune
    assert [figure.subplace for figure in read("Trà Mộc Lan có 3 sản phẩm, Hải Hậu có 5 sản phẩm.")] == [
        None,
        "Hải Hậu",
    ]


def test_a_score_has_no_grade() -> None:
    assert [
        (figure.star, figure.potential) for figure in read("Mắm được chấm 91,5 điểm, là sản phẩm tiềm năng 5 sao.")
    ] == [(None, False)]


def test_the_year_after_the_one_told_of_is_not_the_one_after_the_article() -> None:
    told = read("Tháng 12/2023 tỉnh công nhận 6 sản phẩm. Sang năm sau, đợt 1 năm 2024 có 3 sản phẩm.")
    assert [figure.as_of for figure in told] == ["2023-12", "2024"]
    assert [figure.as_of for figure in read("Sang năm tỉnh sẽ có 9 sản phẩm.")] == ["2025"]


def test_a_year_in_a_quoted_name_dates_no_count() -> None:
    (hall,) = read("Bình chọn “Quà quê tiêu biểu năm 2023” có 38 chủ thể.", published="2024-01-05")
    (said,) = read("“Đến năm 2023 tỉnh có 62 sản phẩm”, ông Nam nói.", published="2024-01-05")
    assert (hall.as_of, said.as_of) == ("2024-01-05", "2023")


def test_what_a_procedure_takes_is_no_target() -> None:
    told = read("Muốn có sao, mỗi hộ phải mất 6 đến 8 tháng, chi phí khoảng 25 triệu đồng.")
    assert [figure.planned for figure in told] == [False, False]
    assert [figure.planned for figure in read("Muốn có 50 sản phẩm, tỉnh nhờ 20 hộ.")] == [True, False]
    assert [figure.planned for figure in read("Tỉnh muốn có 30 sản phẩm, xã phải có 2 sản phẩm.")] == [True, True]


def test_a_plan_in_brackets_is_of_its_own_number() -> None:
    told = read("Xã có 9 sản phẩm (chỉ tiêu giao là 7 sản phẩm), của 5 chủ thể. Trong đó có 2 sản phẩm mới.")
    assert [figure.planned for figure in told] == [False, True, False, False]


def test_the_parts_of_what_is_registered_are_registered() -> None:
    told = read("Có 20 sản phẩm của 15 hộ đăng ký dự thi. Trong đó, 12 sản phẩm thuộc nhóm đồ uống.")
    assert [figure.planned for figure in told] == [True, True, True]
    given = read("Có 20 sản phẩm đăng ký dự thi. Trong đó, 12 sản phẩm đã được công nhận.")
    assert [figure.planned for figure in given] == [True, False]


def test_shares_of_what_the_clause_opened_with() -> None:
    told = read("Tỉnh có 62 sản phẩm; trong số các chủ thể, HTX chiếm 40%, doanh nghiệp chiếm 15%.")
    assert [figure.share_of for figure in told] == [None, "chủ thể", "chủ thể"]


def test_a_table_whose_head_holds_its_noun_in_brackets() -> None:
    made = figures(article("Chỉ tiêu giao như sau:", rows=("Huyện | Kế hoạch 2025 (sản phẩm)", "Hải Hậu | 9")))
    assert [(figure.value, figure.what, figure.subplace, figure.planned) for figure in made] == [
        (9, "sản phẩm", "Hải Hậu", True)
    ]


def test_a_plan_met_leaves_nothing_planned() -> None:
    told = read("Tỉnh công nhận 30 sản phẩm, đạt 120% kế hoạch. Trong số đó có 5 sản phẩm mới.")
    assert [figure.planned for figure in told] == [False, False, False]
