"""Kinds of sentences that texts of blind writers brought, on other words, places and numbers than theirs."""

import pytest

from crawler.archive import Raw
from crawler.draft import Draft, Line, Origin, compose
from index.figures.figure import Figure
from index.figures.stated import figures


def read(*paragraphs: str, place: str | None = "Nam Định", published: str = "2024-06-15") -> tuple[Figure, ...]:
    origin = Origin(source="Báo thử", fetched="2026-01-01T00:00", place=place, published=published)
    draft = Draft(title="Tin thử", lines=tuple(Line(text=text) for text in paragraphs))
    return figures(compose(draft, origin, Raw(body=b"tin", content_type="text/plain")))


@pytest.mark.parametrize(
    ("sentence", "stars"),
    [
        ("Có 14 sản phẩm đạt 4 sao: huyện Hải Hậu 8 sản phẩm, huyện Ý Yên 4, huyện Vụ Bản 2.", [(4, 4)] * 4),
        ("Có 14 sản phẩm đạt 4 sao: huyện Hải Hậu 8 sản phẩm, huyện Ý Yên 4.", [(4, 4)] * 3),
        ("Có 21 sản phẩm 4 sao (Hải Hậu 12, Ý Yên 9), 30 sản phẩm 3 sao.", [(4, 4)] * 3 + [(3, 3)]),
        ("Chấm được 9 sản phẩm 3 sao, chia theo địa bàn: Ý Yên 5 sản phẩm, Hải Hậu 4 sản phẩm.", [(3, 3)] * 3),
        ("Có 21 sản phẩm 4 sao gồm 12 sản phẩm mới và 9 sản phẩm chấm lại.", [(4, 4)] * 3),
        ("Có 9 sản phẩm 4 sao của 6 chủ thể: huyện Hải Hậu 5 sản phẩm, huyện Ý Yên 4.", [(4, 4), None, (4, 4), (4, 4)]),
        ("Có 9 sản phẩm đạt 4 sao: 5 thuộc nhóm đồ uống, 4 thuộc nhóm thực phẩm.", [(4, 4)] * 3),
        ("Có 9 sản phẩm nâng từ 3 lên 4 sao: Hải Hậu 5 sản phẩm, Ý Yên 4 sản phẩm.", [(4, 4)] * 3),
        ("Ở hạng 4 sao: Hải Hậu 5 sản phẩm, Ý Yên 4 sản phẩm.", [(4, 4)] * 2),
        ("Mới có 5 sản phẩm đạt 4 sao, hạng 5 sao chưa có sản phẩm nào.", [(4, 4)]),
        ("Có 40 sản phẩm 3 - 5 sao (cấp tỉnh: 37 sản phẩm, cấp quốc gia: 3 sản phẩm).", [(3, 5), None, None]),
        # of all grades, not of the last one named
        (
            "Có 4 sản phẩm 4 sao, 9 sản phẩm 3 sao: huyện Hải Hậu 8 sản phẩm, huyện Ý Yên 5.",
            [(4, 4), (3, 3), None, None],
        ),
        ("Có 2 sản phẩm 4 sao, 9 sản phẩm 3 sao: Hải Hậu 6, Ý Yên 3, Vụ Bản 2.", [(4, 4), (3, 3), None, None, None]),
        ("Có 9 sản phẩm đạt 4 sao: Hải Hậu 5 sản phẩm, nâng tổng số lên 80 sản phẩm.", [(4, 4), (4, 4), None]),
        ("Toàn tỉnh có 62 sản phẩm đạt 4 sao; huyện Ý Yên có 8 sản phẩm.", [(4, 4), None]),
    ],
)
def test_a_graded_total_is_shared_out(sentence: str, stars: list[tuple[int, int] | None]) -> None:
    told = [(figure.star, figure.star_to) for figure in read(sentence)]
    assert told == [one or (None, None) for one in stars]


def test_what_is_shared_out_is_no_more_given_than_the_total() -> None:
    told = read("Có 7 sản phẩm được trình công nhận 5 sao, gồm huyện Hải Hậu 4 sản phẩm và huyện Ý Yên 3 sản phẩm.")
    assert [(figure.star, figure.potential) for figure in told] == [(5, True)] * 3


@pytest.mark.parametrize(
    ("sentence", "stars"),
    [
        ("Phần lớn, 27 sản phẩm, mới dừng ở mức 3 sao.", [3]),
        ("Số còn lại, 9 sản phẩm, từng được xếp 4 sao.", [4]),
        ("Có 40 sản phẩm, tất cả đều thuộc hạng 3 sao.", [3]),
        ("Có 40 sản phẩm, phần lớn ở hạng 3 sao.", [None]),  # how many of them is not told
        ("Huyện có 30 sản phẩm, nhưng 25 sản phẩm trong số đó còn ở hạng 3 sao.", [None, 3]),
        ("Có 9 sản phẩm trong đó mang hạng 4 sao.", [4]),
        ("Còn 5 sao thì vỏn vẹn 2 sản phẩm.", [5]),
        ("5 sao mới có 3 sản phẩm, 4 sao chỉ 8 sản phẩm.", [5, 4]),
        ("15 sản phẩm thuộc hạng 3 sao, hạng 4 sao chỉ 5 sản phẩm.", [3, 4]),
        ("Có 44 sản phẩm, chiếm 90%, đạt 3 sao.", [3, 3]),
        ("Các sản phẩm 4 sao tập trung ở Hải Hậu (12 sản phẩm), Ý Yên (9 sản phẩm).", [4, 4]),
        ("Tỉnh có 4 sản phẩm trong số 36 sản phẩm vừa được công nhận 5 sao.", [5, 5]),
        ("Tỉnh có 18 trong số 62 sản phẩm đạt 4 sao.", [4, None]),
    ],
)
def test_a_grade_said_of_a_number_in_other_ways(sentence: str, stars: list[int | None]) -> None:
    assert [figure.star for figure in read(sentence)] == stars


@pytest.mark.parametrize(
    ("sentence", "bound"),
    [
        ("Huyện hiện có trên 40 hộ.", "over"),
        ("Xưởng hiện sử dụng trên 20 lao động.", "over"),
        ("HTX hiện liên kết với trên 100 hộ.", "over"),
        ("Nghề này gắn bó với trên 60 hộ.", "over"),
        ("Tem được dán trên 25 sản phẩm.", None),
        ("Sở dán tem trên 25 sản phẩm.", None),
    ],
)
def test_more_than_and_put_on(sentence: str, bound: str | None) -> None:
    assert [figure.bound for figure in read(sentence)] == [bound]


@pytest.mark.parametrize(
    ("sentence", "subplaces"),
    [
        ("Huyện Ý Yên là điểm sáng của tỉnh với 12 sản phẩm của 9 chủ thể.", ["Ý Yên", "Ý Yên"]),
        ("Huyện Ý Yên cũng là nơi có nhiều làng mây tre của tỉnh, với 12 HTX.", ["Ý Yên"]),
        ("Huyện Ý Yên, vùng gỗ của tỉnh, có 12 HTX.", ["Ý Yên"]),
        ("Ý Yên là vùng gỗ lớn của Nam Định với 300 hộ.", ["Ý Yên"]),
        ("Huyện Ý Yên là một trong 9 huyện của tỉnh; cả tỉnh có 120 HTX.", [None, None]),
        ("Sau huyện Ý Yên, cả tỉnh có 120 HTX.", [None]),
        ("Huyện Hải Hậu có 15 sản phẩm trong tổng số 60 sản phẩm của tỉnh.", ["Hải Hậu", None]),
    ],
)
def test_what_a_district_is_called_within_its_province(sentence: str, subplaces: list[str | None]) -> None:
    assert [figure.subplace for figure in read(sentence)] == subplaces


@pytest.mark.parametrize(
    "speaker",
    [
        "Phó Chủ tịch UBND huyện Hứa Thị Lan cho biết",
        "Theo Chủ tịch UBND huyện Vi Văn Páo,",
        "Trưởng phòng Nông nghiệp huyện Đặng Hải Yến cho hay",
    ],
)
def test_who_holds_an_office_is_no_district(speaker: str) -> None:
    (told,) = read("Huyện Hải Hậu họp.", f"{speaker} huyện đã có 12 HTX.")
    assert told.subplace == "Hải Hậu"


def test_a_person_called_like_a_province_is_none() -> None:
    assert [figure.place for figure in read("Anh Lê Thái Bình bán 5 tấn.")] == ["nam-dinh"]
    assert [figure.place for figure in read("Bà Rịa - Vũng Tàu bán 5 tấn.", place=None)] == ["ba-ria-vung-tau"]


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Sau khi hợp nhất với Bình Thuận và Đắk Nông, tỉnh Lâm Đồng có 90 HTX.", "lam-dong"),
        ("Sau khi nhập với Bình Thuận, tỉnh Lâm Đồng có 90 HTX.", "lam-dong"),
        ("Tỉnh Lâm Đồng được hợp nhất từ ba tỉnh cũ, cùng Bình Thuận và Đắk Nông, có 90 HTX.", "lam-dong"),
        ("Sáp nhập cùng Hà Giang, Tuyên Quang có 90 HTX.", "tuyen-quang"),
        ("Cùng với Hà Giang, Cao Bằng và Bắc Kạn, tỉnh Lạng Sơn được hỗ trợ 90 HTX.", "lang-son"),
        ("Trước khi nhập vào Lâm Đồng, Bình Thuận có 90 HTX.", "binh-thuan"),
    ],
)
def test_provinces_that_merged(sentence: str, place: str) -> None:
    assert read(sentence, place=None)[-1].place == place


@pytest.mark.parametrize(
    ("sentence", "places"),
    [
        ("Hợp nhất ba tỉnh Lâm Đồng, Đắk Nông và Bình Thuận, tỉnh mới có 90 HTX.", [None, "lam-dong"]),
        ("Sáp nhập tỉnh Bình Thuận và tỉnh Đắk Nông vào Lâm Đồng, tỉnh có 90 HTX.", ["lam-dong"]),
        ("Trước sáp nhập, Bình Thuận có 30 HTX; sau sáp nhập, tỉnh có 90 HTX.", ["binh-thuan", "lam-dong"]),
    ],
)
def test_the_merged_province_is_the_articles_own(sentence: str, places: list[str | None]) -> None:
    assert [figure.place for figure in read(sentence, place="Lâm Đồng")] == places


@pytest.mark.parametrize(
    ("sentence", "places"),
    [
        ("Bộ công nhận 36 sản phẩm, trong đó có 4 sản phẩm của Sơn La.", [None, "son-la"]),
        ("Trong 36 sản phẩm vừa được công nhận có 4 sản phẩm của Sơn La.", [None, "son-la"]),
        ("Hội chợ có 300 gian hàng, riêng Sơn La góp 12 gian hàng.", [None, "son-la"]),
        ("Bộ chấm 36 hồ sơ, trong đó 4 hồ sơ của Sơn La. Cả nước có 90 hồ sơ.", ["viet-nam", "son-la", "viet-nam"]),
        ("Sơn La có 36 sản phẩm, trong đó 4 sản phẩm mới.", ["son-la", "son-la"]),
        ("Bộ mở 12 lớp ở nhiều nơi như Sơn La, Điện Biên với 600 học viên.", [None, None]),
        ("Chương trình phủ 34 tỉnh, điển hình là Bắc Giang, Quảng Ninh, với 90 HTX.", [None, None]),
        ("Ba tỉnh Phú Thọ, Vĩnh Phúc và Hòa Bình có tổng cộng 90 HTX.", [None, None]),
        ("Nhiều tỉnh làm tốt, tiêu biểu là Sơn La với 90 HTX.", ["son-la"]),
        ("Nhiều tỉnh như Hà Nội, Quảng Ninh đã có trên 90 HTX. Cả nước có 900 HTX.", [None, "viet-nam"]),
    ],
)
def test_provinces_that_have_a_part_or_are_examples(sentence: str, places: list[str | None]) -> None:
    assert [figure.place for figure in read(sentence, place=None)] == places


def test_the_chief_towns_part_leaves_the_whole_to_the_province() -> None:
    told = read("Đợt này chấm 20 sản phẩm, trong đó thành phố Nam Định có 6 sản phẩm.")
    assert [(figure.place, figure.subplace) for figure in told] == [("nam-dinh", None), ("nam-dinh", "Nam Định")]


@pytest.mark.parametrize(
    ("sentence", "planned"),
    [
        ("Thương lái cần 30 tấn trong vụ này.", [False]),
        ("Siêu thị yêu cầu mỗi đợt phải có 2 tấn.", [False]),
        ("Đối tác Nhật Bản đòi 10 tấn một chuyến.", [False]),
        ("Mỗi mẻ cần 3 tấn sắn.", [False]),
        ("Khách muốn 10 tấn, còn xã muốn có 5 sản phẩm.", [False, True]),
        ("Huyện yêu cầu các xã phải có 2 sản phẩm.", [True]),
        ("Kế hoạch đòi hỏi tỉnh phải có 30 sản phẩm.", [True]),
        ("Tỉnh muốn đưa vào siêu thị 20 sản phẩm.", [True]),
    ],
)
def test_what_buyers_ask_for_is_no_target(sentence: str, planned: list[bool]) -> None:
    assert [figure.planned for figure in read(sentence)] == planned


@pytest.mark.parametrize(
    ("sentence", "dates"),
    [
        ("Số chủ thể tăng từ 12 chủ thể năm 2021 lên 30 chủ thể nộp hồ sơ, dự thi năm 2023.", ["2021", "2023"]),
        (
            "Từ 60 gian hàng trưng bày, bán hàng năm 2022 lên 90 gian hàng giới thiệu, quảng bá năm 2023.",
            ["2022", "2023"],
        ),
        ("Có 18 sản phẩm đánh giá, xếp hạng năm 2022, hiện có 20 sản phẩm.", ["2022", "2024-06-15"]),
        ("Từ 5 HTX tham gia, liên kết năm 2019 lên 12 HTX tham gia, liên kết năm 2023.", ["2019", "2023"]),
        ("Có 18 sản phẩm, năm 2022 mở 3 lớp.", ["2024-06-15", "2022"]),
        # the year that something rose from is not that of what it rose to
        ("Số sản phẩm tăng từ 20 sản phẩm năm 2021 lên 45 sản phẩm.", ["2021", "2024-06-15"]),
        ("Giảm từ 120 xã năm 2021 xuống còn 45 xã, với 300 hộ.", ["2021", "2024-06-15", "2024-06-15"]),
        ("Năm 2023, số sản phẩm tăng từ 20 sản phẩm năm 2021 lên 45 sản phẩm.", ["2021", "2023"]),
        ("Doanh thu tăng từ 20 tỷ đồng năm 2021, lên 45 tỷ đồng năm 2023.", ["2021", "2023"]),
    ],
)
def test_each_number_of_a_rise_has_its_own_date(sentence: str, dates: list[str]) -> None:
    assert [figure.as_of for figure in read(sentence)] == dates


@pytest.mark.parametrize(
    ("sentence", "planned"),
    [
        ("Mỗi năm, tỉnh tổ chức 2 hội chợ.", False),
        ("Mỗi năm, Nam Định tổ chức 2 hội chợ.", False),
        ("Hằng năm, các huyện mở 2 lớp.", False),
        ("Thường niên, Hội Nông dân mở 2 lớp.", False),
        ("Sở Công Thương định kỳ mở 4 lớp.", False),
        ("Mỗi vụ, hợp tác xã bán 30 tấn.", False),
        # these go on with the target
        ("Mỗi năm phát triển 2 sản phẩm.", True),
        ("Mỗi năm, tỉnh thêm 2 sản phẩm mới.", True),
        ("Mỗi năm, tỉnh sẽ tổ chức 2 hội chợ.", True),
        ("Mỗi xã có ít nhất 1 sản phẩm.", True),
    ],
)
def test_what_is_done_each_year_is_no_part_of_the_target_before(sentence: str, planned: bool) -> None:
    aim, told = read(f"Tỉnh phấn đấu đến năm 2025 có 80 sản phẩm. {sentence}")
    assert (aim.as_of, aim.planned) == ("2025", True)
    assert (told.as_of, told.planned) == ("2025" if planned else "2024-06-15", planned)


def test_what_is_done_each_year_in_the_list_of_a_plan_is_planned() -> None:
    told = read("Mục tiêu đến năm 2025:", "- Mỗi năm, tỉnh tổ chức 2 hội chợ.")
    assert [(figure.as_of, figure.planned) for figure in told] == [("2025", True)]


@pytest.mark.parametrize(
    ("sentence", "says"),
    [
        ("“Tỉnh có 20 HTX”, ông Vũ Văn Hải, cán bộ Sở Công Thương tỉnh Nam Định, cho biết.", "ông Vũ Văn Hải"),
        ("“Tỉnh có 20 HTX”, bà Vũ Thị Hải - đại diện Sở Công Thương - khẳng định.", "bà Vũ Thị Hải"),
        ("Sở Công Thương họp. “Tỉnh có 20 HTX”, ông Vũ Văn Hải, cán bộ Sở Y tế, nói.", "ông Vũ Văn Hải"),
        ("Sở Công Thương họp. “Việc đã xong. Tỉnh có 20 HTX”, ông Vũ Văn Hải khẳng định.", "ông Vũ Văn Hải"),
        ("Ông Vũ Văn Hải dự họp, Sở Công Thương cho biết tỉnh có 20 HTX.", "Sở Công Thương"),
        ("Gặp ông Vũ Văn Hải, cán bộ Sở Công Thương cho biết tỉnh có 20 HTX.", "Sở Công Thương"),
        ("“Tỉnh có 20 HTX”, theo lời bà Vũ Thị Hải, cán bộ Sở Công Thương.", "bà Vũ Thị Hải"),
        # who asks for grades tells nothing
        ("UBND tỉnh đề nghị công nhận 20 sản phẩm.", None),
        ("Sở Công Thương vừa đề xuất Hội đồng tỉnh đánh giá 20 sản phẩm.", None),
        ("Sở Công Thương đề nghị các huyện mở 20 điểm bán.", "Sở Công Thương"),
        ("Ông Vũ Văn Hải đề nghị công nhận 20 sản phẩm.", "Ông Vũ Văn Hải"),
    ],
)
def test_who_says_it_and_where_he_works(sentence: str, says: str | None) -> None:
    assert read(sentence)[-1].says == says


@pytest.mark.parametrize(
    ("sentence", "stars"),
    [
        ("Tỉnh đề nghị công nhận OCOP 5 sao đối với 2 sản phẩm.", [(5, True)]),
        ("Tỉnh trình công nhận lại hạng 4 sao đối với 6 sản phẩm của 3 chủ thể.", [(4, True), (None, False)]),
        ("Huyện cấp giấy chứng nhận 3 sao đối với 6 sản phẩm.", [(3, False)]),
        ("Tỉnh chấm trong 3 đợt, rồi công nhận 4 sao đối với 7 sản phẩm.", [(None, False), (4, False)]),
        ("Xếp 3 sao đối với 8 sản phẩm, 4 sao đối với 2 sản phẩm.", [(3, False), (4, False)]),
        # who asks for one grade asks for those listed behind it
        ("Hội đồng đề nghị tỉnh công nhận 8 sản phẩm 4 sao và 2 sản phẩm 5 sao.", [(4, True), (5, True)]),
        ("Đề xuất công nhận 4 sao đối với 8 sản phẩm, hạng 5 sao đối với 2 sản phẩm.", [(4, True), (5, True)]),
        ("Trình công nhận 8 sản phẩm 5 sao; đã công nhận 9 sản phẩm 4 sao.", [(5, True), (4, False)]),
        ("Trình công nhận 8 sản phẩm 5 sao và tỉnh có 9 sản phẩm 4 sao.", [(5, True), (4, False)]),
        ("Có 8 sản phẩm tiềm năng 5 sao và 9 sản phẩm 4 sao.", [(5, True), (4, False)]),
    ],
)
def test_a_grade_given_to_what_follows(sentence: str, stars: list[tuple[int | None, bool]]) -> None:
    assert [(figure.star, figure.potential) for figure in read(sentence)] == stars


HEADED = ("Huyện | Chỉ tiêu (sản phẩm)", "Hải Hậu | 12")


@pytest.mark.parametrize(
    ("above", "rows", "told"),
    [
        (("Bảng. Chỉ tiêu OCOP năm 2025",), HEADED, [("2025", True)]),
        (("Phụ lục: Chỉ tiêu OCOP năm 2025.",), HEADED, [("2025", True)]),
        (("Bảng 1. Chỉ tiêu OCOP năm 2025", "(Đơn vị tính: sản phẩm)"), HEADED, [("2025", True)]),
        (("Biểu 2. Kế hoạch năm 2025", "ĐVT: sản phẩm"), ("Huyện | Chỉ tiêu", "Hải Hậu | 12"), [("2025", True)]),
        (("Bảng tin hôm nay. Năm 2022 đã qua.",), HEADED, [("2024-06-15", True)]),
        (
            ("Bảng. Kế hoạch OCOP năm 2025",),
            ("Huyện | Sản phẩm đã công nhận | Sản phẩm hiện có | Chỉ tiêu (sản phẩm)", "Hải Hậu | 12 | 14 | 20"),
            [("2024-06-15", False), ("2024-06-15", False), ("2025", True)],
        ),
        (
            ("Bảng. Kết quả OCOP năm 2022",),
            ("Huyện | Sản phẩm đã công nhận", "Hải Hậu | 12"),
            [("2022", False)],
        ),
    ],
)
def test_a_caption_dates_its_table(above: tuple[str, ...], rows: tuple[str, ...], told: list[tuple[str, bool]]) -> None:
    origin = Origin(source="Báo thử", fetched="2026-01-01T00:00", place="Nam Định", published="2024-06-15")
    lines = tuple(Line(text=text) for text in above) + tuple(Line(text=text, role="row") for text in rows)
    made = compose(Draft(title="Tin thử", lines=lines), origin, Raw(body=b"tin", content_type="text/plain"))
    assert [(figure.as_of, figure.planned) for figure in figures(made) if figure.what == "sản phẩm"] == told
