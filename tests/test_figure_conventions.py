"""The conventions of docs/figures.md, field by field, on sentences as newspapers put them."""

import pytest

from crawler.archive import Raw
from crawler.article import Article
from crawler.draft import Draft, Line, Origin, compose
from index.figures.figure import Figure
from index.figures.stated import figures


def article(*paragraphs: str, rows: tuple[str, ...] = (), place: str | None, published: str) -> Article:
    lines = tuple(Line(text=text) for text in paragraphs) + tuple(Line(text=text, role="row") for text in rows)
    origin = Origin(source="Báo thử", fetched="2026-01-01T00:00", place=place, published=published)
    return compose(Draft(title="Tin thử", lines=lines), origin, Raw(body=b"tin", content_type="text/plain"))


def read(
    *paragraphs: str, rows: tuple[str, ...] = (), place: str | None = "Nam Định", published: str = "2024-06-15"
) -> tuple[Figure, ...]:
    return figures(article(*paragraphs, rows=rows, place=place, published=published))


def counts(*paragraphs: str) -> list[tuple[float, str]]:
    return [(figure.value, figure.what) for figure in read(*paragraphs)]


@pytest.mark.parametrize(
    ("sentence", "dates"),
    [
        ("Tháng 3 năm ngoái có 9 sản phẩm và đến tháng 5 năm nay đã là 14.", ["2023-03", "2024-05"]),
        ("Cuối năm sẽ mở 2 lớp.", ["2024-12"]),
        ("Dự kiến cả năm có 60 hồ sơ.", ["2024"]),
        ("4 tháng năm nay, HTX bán 12 tấn chè.", ["2024"]),
        ("Thu nhập tăng 10 - 15%/năm sau khi được gắn sao.", ["2024-06-15"]),
        ("Ngày 3/6, hội đồng chấm 12 hồ sơ đợt 1 năm 2024.", ["2024-06-03"]),
        ("Ngày 3/6, tỉnh công nhận 12 hồ sơ gửi trong năm 2024.", ["2024"]),
        ("Tỉnh xếp hạng 12 hồ sơ đợt 1 năm 2024.", ["2024"]),
        ("Sau 5 năm (2018-2022), có 40 chủ thể.", ["2022", "2022"]),
        ("Trong 3 năm 2020 - 2022, tỉnh mở 9 lớp.", ["2022", "2022"]),
        ("Từ ngày 5 đến 8/6, có 40 gian hàng.", ["2024-06-08"]),
        ("Từ 4 ha (năm 2019) lên 30 ha.", ["2019", "2024-06-15"]),
        ("Tỉnh nhận 52 hồ sơ, tăng 10 hồ sơ so với đợt 1 năm 2022.", ["2024-06-15", "2024-06-15"]),
        ("Tính đến 31/5, có 62 chủ thể, hơn 2 chủ thể so với chỉ tiêu đến năm 2025.", ["2024-05-31", "2024-05-31"]),
        ("Đến hết tháng 4 có 80 hồ sơ, còn 30 hồ sơ chấm trong quý III.", ["2024-04", "2024"]),
        ("Năm 2020 có 15 HTX thì nay là 22 HTX.", ["2020", "2024-06-15"]),
        ("Đã có 25 hồ sơ hoàn thiện, 11 hồ sơ còn lại sẽ xong trước ngày 30/6.", ["2024-06-15", "2024-06-30"]),
        ("Hội chợ diễn ra từ 25 - 28/6 với 90 gian hàng.", ["2024-06-28"]),
        ("Ngày 5/1/2024, tỉnh ban hành kế hoạch năm 2024, phấn đấu có thêm 30 chủ thể.", ["2024"]),
    ],
)
def test_the_date_is_that_of_the_own_clause(sentence: str, dates: list[str]) -> None:
    assert [figure.as_of for figure in read(sentence)] == dates


@pytest.mark.parametrize(
    ("sentence", "planned"),
    [
        ("Theo kế hoạch, trong tháng này tỉnh mở 3 lớp.", [True]),
        ("Theo kế hoạch, tỉnh đã mở 3 lớp.", [False]),
        ("Có 9 cơ sở không đăng ký đánh giá lại.", [False]),
        ("Tỉnh thông qua kế hoạch hỗ trợ 31 hộ, kinh phí 6 tỷ đồng.", [True, True]),
        ("Tỉnh giao mỗi huyện phát triển 3 - 5 sản phẩm.", [True]),
        ("Xã được huyện giao 4 sản phẩm, nay đã có 5 sản phẩm.", [True, False]),
        ("So với mục tiêu 90 sản phẩm, tỉnh còn thiếu 12 sản phẩm.", [True, False]),
        ("Trong số 60 sản phẩm đăng ký, có 25 sản phẩm được chọn.", [True, False]),
        ("Phổ Yên đăng ký 12 sản phẩm (8 sản phẩm mới).", [True, True]),
        ("Muốn xếp hạng 4 sao phải có tối thiểu 70 điểm.", [False]),
        ("Dự án thực hiện trong 3 năm (2024 - 2026), giúp 1.500 hộ.", [True, True]),
        ("Trước mắt, trong tháng 8, xã chọn 5 hộ.", [True]),
        ("Năm nay 40 hộ, năm tới 60 hộ, đó là chỉ tiêu xã đặt ra.", [True, True]),
    ],
)
def test_what_is_planned(sentence: str, planned: list[bool]) -> None:
    assert [figure.planned for figure in read(sentence)] == planned


@pytest.mark.parametrize(
    ("sentence", "stars"),
    [
        ("Có 15 sản phẩm 4 sao được nâng hạng lên 5 sao.", [(5, 5)]),
        ("Có 27 sản phẩm 4 sao, tăng 6 sản phẩm so với năm trước.", [(4, 4), (4, 4)]),
        ("Có 27 sản phẩm 4 sao (tăng 6 sản phẩm).", [(4, 4), (4, 4)]),
        ("Có 20 sản phẩm đạt 4 sao, chiếm 44%.", [(4, 4), (4, 4)]),
        ("Từ khi đạt 4 sao, sản lượng tăng từ 10 tấn lên 18 tấn.", [None, None]),
        ("Sau 2 năm đạt 4 sao, doanh thu 3 tỷ đồng.", [None, None]),
        ("Số sản phẩm giảm 3 sản phẩm nhưng số sản phẩm 4 sao tăng 2 sản phẩm.", [None, (4, 4)]),
        ("Có 9 sản phẩm trên 70 điểm, đủ điều kiện công nhận 4 sao.", [(4, 4), None]),
        ("Sản phẩm đạt 5 sao được thưởng 100 triệu đồng; 4 sao được thưởng 70 triệu đồng.", [(5, 5), (4, 4)]),
        ("Xã có 4 sản phẩm đạt 3 sao, trong đó đợt 1 có 1 sản phẩm, đợt 2 có 3 sản phẩm.", [(3, 3)] * 3),
        ("Có 9 sản phẩm 5 sao, trong đó 3 của Hà Nội và 2 của Lâm Đồng.", [(5, 5)] * 3),
    ],
)
def test_of_what_star(sentence: str, stars: list[tuple[int, int] | None]) -> None:
    told = [(figure.star, figure.star_to) for figure in read(sentence)]
    assert told == [one or (None, None) for one in stars]


@pytest.mark.parametrize(
    ("paragraphs", "subplaces"),
    [
        (("Hợp tác xã Mây tre Phú Vinh có 48 hộ.",), [None]),
        (("Điện Biên Đông là huyện xa, mới có 4 sản phẩm.",), ["Điện Biên Đông"]),
        (("Chủ tịch huyện Lý Sơn Đặng Văn Thành cho hay huyện có 9 HTX.",), ["Lý Sơn"]),
        (("Hải Hậu: Thêm 5 sản phẩm OCOP",), ["Hải Hậu"]),
        (("Hiện Hải Hậu có 30 HTX.",), ["Hải Hậu"]),
        (("Pleiku có 62 HTX; An Khê có 22.",), ["Pleiku", "An Khê"]),
        (("Làng nghề Sa Châu, xã Giao Châu, huyện Giao Thủy có 300 hộ.",), ["Giao Châu"]),
        (("Hải Hậu và Giao Thủy có 24 HTX.",), [None]),
        (("Hải Hậu, Giao Thủy và Ý Yên lần lượt có 5, 7 và 9 HTX.",), ["Hải Hậu", "Giao Thủy", "Ý Yên"]),
        (("Đoàn xem 9 cơ sở tại Hải Hậu, Ý Yên.",), [None]),
        (("Huyện Hải Hậu có 36 HTX; các huyện ven biển có 52 HTX.",), ["Hải Hậu", None]),
        (("Huyện Hải Hậu họp, sau thành phố Nam Định.", "Năm 2025, huyện có thêm 3 HTX."), ["Hải Hậu"]),
        (("Thành phố Rạch Giá họp.", "Hiện thành phố có 5 HTX."), ["Rạch Giá"]),
        (("Xã Hải Anh có 2 HTX.", "Theo UBND xã, xã đang giúp 3 hộ."), ["Hải Anh", "Hải Anh"]),
        (("“Tôi bán 5 tấn”, bà Hoa ở xã Hải Anh nói.",), ["Hải Anh"]),
        (("Tân Trụ, vùng đất ven sông, hiện có 15 HTX.",), ["Tân Trụ"]),
        (("Chợ Gạo (29 HTX), Cái Bè (35 HTX).",), ["Chợ Gạo", "Cái Bè"]),
    ],
)
def test_what_lesser_place(paragraphs: tuple[str, ...], subplaces: list[str | None]) -> None:
    told = read(*paragraphs, place="Kiên Giang" if "Rạch Giá" in paragraphs[0] else "Nam Định")
    assert [figure.subplace for figure in told] == subplaces


@pytest.mark.parametrize(
    ("sentence", "places"),
    [
        ("Có 28 sản phẩm, trong đó 3 của Hà Nội và 2 của Lâm Đồng.", [None, "ha-noi", "lam-dong"]),
        ("Cả nước có 90 HTX. Riêng vùng miền núi phía Bắc có 14 HTX.", ["viet-nam", None]),
        ("Hội đồng xem xét 18 hồ sơ. Cả nước có 90 hồ sơ.", ["viet-nam", "viet-nam"]),
        ("Ba tỉnh dẫn đầu. Đồng Tháp có 90 HTX.", [None, "dong-thap"]),
        ("Hà Giang và Tuyên Quang cùng có 6 HTX.", [None]),
        ("Sóc Trăng có 26 HTX. Con số này ở Trà Vinh là 31.", ["soc-trang", "tra-vinh"]),
    ],
)
def test_whose_number_without_a_declared_place(sentence: str, places: list[str | None]) -> None:
    assert [figure.place for figure in read(sentence, place=None)] == places


@pytest.mark.parametrize(
    ("sentence", "places"),
    [
        ("HTX bán ra Hà Nội 20 tấn mỗi năm.", ["nam-dinh"]),
        ("Cùng với Hà Nam (50 HTX), tỉnh có 80 HTX.", ["ha-nam", "nam-dinh"]),
        ("Có 10 chủ thể đi học tập tại Đồng Tháp, nơi có 90 HTX.", ["nam-dinh", "dong-thap"]),
        ("Tây Nguyên có 500 HTX.", [None]),
    ],
)
def test_whose_number_beside_the_own_province(sentence: str, places: list[str | None]) -> None:
    assert [figure.place for figure in read(sentence)] == places


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("Ông Lê Văn Hùng, Giám đốc Sở Công Thương, cho biết có 9 HTX.", ["Ông Lê Văn Hùng"]),
        ("Bà Mai, 45 tuổi, chủ một xưởng mây, cho biết có 9 hộ.", ["Bà Mai"]),
        ("Ông Hà (Trưởng phòng huyện Ý Yên) cho hay có 34 hộ.", ["Ông Hà"]),
        ("Chị Hoa phấn khởi cho biết có 12 lao động.", ["Chị Hoa"]),
        ("“Tôi bán 5 tấn” - một chủ xưởng chia sẻ.", ["một chủ xưởng"]),
        ("Ông Hà nhấn mạnh: “Tỉnh có 64 HTX. Trong đó 5 HTX mới”.", ["Ông Hà", "Ông Hà"]),
        ("“Giá tăng 30%. Mỗi tháng tôi bán 5 tấn”, chị Hoa kể.", ["chị Hoa", "chị Hoa"]),
        ("Qua khảo sát của Hội Nông dân tỉnh, 65% hộ gặp khó.", ["Hội Nông dân tỉnh"]),
        ("Ông Hà đề nghị mỗi xã chọn 2 hộ.", ["Ông Hà"]),
        ("UBND tỉnh công bố quyết định công nhận 4 sản phẩm.", [None]),
    ],
)
def test_who_says_it(sentence: str, says: list[str | None]) -> None:
    assert [figure.says for figure in read(sentence)] == says


@pytest.mark.parametrize(
    ("sentence", "bound"),
    [
        ("Số hồ sơ nhiều hơn 12 hồ sơ so với năm trước.", None),
        ("Tỉnh vượt 10 HTX so với mục tiêu.", None),
        ("Tỉnh vượt 10 HTX.", "over"),
        ("Sản lượng ước thu 18 tấn.", "about"),
    ],
)
def test_a_difference_is_no_bound(sentence: str, bound: str | None) -> None:
    assert [figure.bound for figure in read(sentence)] == [bound]


def test_a_hyphen_makes_a_range_even_of_growth() -> None:
    assert [(figure.value, figure.to) for figure in read("Giá tăng từ 10 - 20%.")] == [(10, 20)]
    assert [(figure.value, figure.to) for figure in read("Số hộ tăng từ 10 đến 20 hộ.")] == [(10, None), (20, None)]


def test_shares_go_on_in_a_list_and_are_of_all_producers() -> None:
    told = read("Ít nhất 40% chủ thể là HTX, 30% là doanh nghiệp.")
    assert [figure.share_of for figure in told] == ["chủ thể", "chủ thể"]
    told = read("Trong 90 chủ thể có 30 HTX (33,3%), 60 hộ (chiếm 66,7%).")
    assert [figure.share_of for figure in told if figure.what == "%"] == ["chủ thể", "chủ thể"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Có hai HTX, một công ty và một hộ.", [(2, "hợp tác xã"), (1, "doanh nghiệp"), (1, "hộ")]),
        ("Các huyện có nhiều HTX như Hải Hậu (38), Ý Yên (31).", [(38, "hợp tác xã"), (31, "hợp tác xã")]),
        ("Hải Hậu có số HTX nhiều nhất (54).", [(54, "hợp tác xã")]),
        ("Chấm được 85/100 điểm, giải ngân 14/20 tỷ đồng.", [(85, "điểm"), (14e9, "đồng")]),
        ("Hàng trăm hộ, vài chục HTX, một nửa số xã, tăng gấp 3 lần.", []),
    ],
)
def test_what_is_counted(sentence: str, expected: list[tuple[float, str]]) -> None:
    assert counts(sentence) == expected


def test_captions_tell_what_and_when_a_table_counts() -> None:
    rows = ("Huyện | 2022 | 2023", "Hải Hậu | 12 | 15")
    told = read("Số HTX của các huyện:", rows=rows)
    assert [(one.value, one.what, one.as_of) for one in told] == [
        (12, "hợp tác xã", "2022"),
        (15, "hợp tác xã", "2023"),
    ]
    told = read("Bảng 2. Một số huyện, tính đến tháng 3/2024", rows=("Huyện | Số HTX", "Hải Hậu | 9"))
    assert [(one.value, one.as_of) for one in told] == [(9, "2024-03")]


def test_a_column_of_what_was_done_is_not_planned() -> None:
    rows = ("Huyện | Số HTX đã lập năm 2022 | Kế hoạch năm 2025 (HTX)", "Hải Hậu | 12 | 8")
    told = read("Kết quả và kế hoạch của các huyện:", rows=rows)
    assert [(one.value, one.planned, one.as_of) for one in told] == [(12, False, "2022"), (8, True, "2025")]


def test_rows_of_shares_and_addresses() -> None:
    told = read("Bảng:", rows=("Chỉ tiêu | Năm 2023", "Chủ thể là HTX (%) | 55"))
    assert [(one.value, one.what, one.share_of) for one in told] == [(55, "%", "chủ thể")]
    told = read("Bảng:", rows=("Tên | Địa chỉ | Số sản phẩm", "Mây Việt | xã Hải Anh | 2"))
    assert [(one.value, one.subplace) for one in told] == [(2, "Hải Anh")]
