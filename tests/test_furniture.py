"""Lines that pages print around an article, and lines that say who wrote it."""

import pytest

from crawler.byline import bare_byline, labelled_byline
from crawler.noise import noise


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Mục lục", "mục lục"),
        ("Nội dung chính", "mục lục"),
        ("Nghe đọc bài 1x", "nút chia sẻ"),
        ("Bạn thấy bài viết này thế nào? Hay (3) Bình thường (0)", "đánh giá bài viết"),
        (">> Xem thêm: Chợ phiên cuối tuần ở bến sông", "tin liên quan"),
        ("Tệp đính kèm", "nhãn tệp đính kèm"),
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
