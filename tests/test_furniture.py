"""Lines that pages print around an article, and lines that say who wrote it."""

import pytest

from crawler.draft import Bin, Line
from crawler.text.byline import bare_byline, labelled_byline
from crawler.text.clean import Cleaned, clean
from crawler.text.noise import noise


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Mục lục", "mục lục"),
        ("Tạp chí Mẫu. Giấy phép số 7/GP-BTTTT. Phó Tổng biên tập phụ trách: Lê Na.", "bản quyền"),
        ("Tổng biên tập: Lê Na", "bản quyền"),
        ("This entry was posted on Friday, October 14th, 2022 and is filed under Ăn.", "ghi chú của hệ thống"),
        ("Nội dung chính", "mục lục"),
        ("Nghe đọc bài 1x", "nút chia sẻ"),
        ("Bạn thấy bài viết này thế nào? Hay (3) Bình thường (0)", "đánh giá bài viết"),
        (">> Xem thêm: Chợ phiên cuối tuần ở bến sông", "tin liên quan"),
        ("Tệp đính kèm", "nhãn tệp đính kèm"),
        ("Tệp đính kèm: Mẫu báo cáo tự chấm", "nhãn tệp đính kèm"),
        ("Thông báo khác", "tin liên quan"),
        ("Tài liệu kèm theo: ke-hoach-12.pdf (1,2 MB)", "nhãn tệp đính kèm"),
        ("Được đăng bởi Tổ hợp tác Bến Sông trên Thứ Tư, 12 tháng 3, 2025", "bài nhúng"),
        ("Chưa có bình luận nào. Hãy là người đầu tiên gửi ý kiến.", "khung bình luận"),
        ("Trở thành người đầu tiên tặng sao cho bài viết", "khung bình luận"),
        ("Email của bạn sẽ không được hiển thị công khai.", "khung bình luận"),
    ],
)
def test_furniture(line: str, reason: str) -> None:
    assert noise(line) == reason


@pytest.mark.parametrize(
    "line",
    [
        "Tài liệu kèm theo gồm ba biểu mẫu.",
        "Doanh nghiệp được cấp giấy phép số 12/GP-UBND để khai thác nước khoáng.",
        "Tổng biên tập tờ báo nói phóng viên phải đi xuống xã.",
        "Đính kèm kế hoạch là phụ lục về kinh phí",
        "Nội dung chính của chương trình gồm sáu nhóm việc",
        "Chưa có chứng nhận nên chưa bán được vào siêu thị.",
        "Bạn thấy khó ở khâu nào? Tôi thấy khó ở khâu bao bì.",
        "Người đầu tiên ở xã làm chè khô",
    ],
)
def test_text(line: str) -> None:
    assert noise(line) is None


def test_who_wrote_it() -> None:
    for line in ("bởi: Lê Na", "Viết bởi Lê Na", "By Lê Na", "Tác giả: Lê Na"):
        found = labelled_byline(line)
        assert found is not None
        assert (found.name, found.source) == ("Lê Na", False)
    editors = bare_byline("Ban biên tập")
    assert editors is not None
    assert editors.name == "Ban biên tập"


@pytest.mark.parametrize("line", ["Bởi vậy xã làm lại từ đầu", "Ban biên tập đã họp. Sau đó ra số mới", "Bởi: "])
def test_who_did_not_write_it(line: str) -> None:
    assert labelled_byline(line) is None
    assert bare_byline(line) is None


LONG = "Xã Bình Khương vừa mở hai quầy bán sản phẩm OCOP ở chợ Bến, do hợp tác xã Lúa Vàng đứng tên, mở cửa cả tuần. "


def cleaned(*lines: str) -> Cleaned:
    return clean([Line(text=line) for line in lines], "Chợ Bến có thêm quầy", Bin(), by_words=False)


def test_who_did_the_rest_stands_below_the_byline() -> None:
    found = cleaned(LONG * 3, LONG * 2, "Bài: Lê Na", "Ảnh: Lò Văn Chiến", "Thiết kế: Minh Nhật", "Ý kiến")
    assert [(line.role, line.text) for line in found.lines[2:]] == [
        ("byline", "Bài: Lê Na"),
        ("byline", "Ảnh: Lò Văn Chiến"),
        ("byline", "Thiết kế: Minh Nhật"),
    ]
    assert found.author == "Lê Na"


def test_dated_titles_below_the_text_are_other_articles() -> None:
    text = ((LONG * 3).strip(), (LONG * 2).strip())
    listed = ("Khám mắt cho người cao tuổi trong xã (22/07/2025)", "Bàn giao đường nội đồng cho ba thôn - 19/04/2025")
    assert [line.text for line in cleaned(*text, *listed).lines] == [*text]
    # One line may be the article's own.
    assert cleaned(*text, listed[0]).lines[-1].text == listed[0]


def test_who_signs_is_no_author() -> None:
    signed = cleaned(LONG * 3, LONG * 2, "TM. BAN TỔ CHỨC", "TRƯỞNG BAN", "Vi Văn Khiêm")
    assert signed.author is None
    assert [line.role for line in signed.lines] == ["paragraph"] * 5
    assert cleaned(LONG * 3, LONG * 2, "Vi Văn Khiêm").author == "Vi Văn Khiêm"
