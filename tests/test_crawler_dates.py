"""Printed dates, metadata dates, event dates."""

import pytest

from crawler.text.dates import first_posted, metadata_date, printed_date, signing_date
from crawler.text.event import event_date


@pytest.mark.parametrize(
    ("line", "iso", "author"),
    [
        ("08/12/2020 19:18", "2020-12-08T19:18", None),
        ("08/12/2020 19:18 Số lượt xem: 1498", "2020-12-08T19:18", None),
        ("Thứ 5, 20/10/2022 | 12:10:00 [(GMT +7)]", "2022-10-20T12:10", None),
        ("Thứ năm, 20/7/2023 (GMT+7)", "2023-07-20", None),
        ("Lan Anh - 13:58 17/09/2023 GMT+7", "2023-09-17T13:58", "Lan Anh"),
        ("Ngày đăng: 08/11/2023", "2023-11-08", None),
        ("Cập nhật lúc 7h05, ngày 3 tháng 2 năm 2024", "2024-02-03T07:05", None),
        ("5/6/2024 08:15 PM", "2024-06-05T20:15", None),
        ("Tháng 2/2025", "2025-02", None),
        ("Năm 2025", "2025", None),
        ("07/2025", "2025-07", None),
        ("Tháng 7 năm 2025", "2025-07", None),
        ("October 2025", "2025-10", None),
        ("Thứ Ba, 14/10/2025 | 15:22 GMT+7", "2025-10-14T15:22", None),
        ("T3, 14/10/2025", "2025-10-14", None),
        ("14-10-2025 15:22", "2025-10-14T15:22", None),
        ("2025-10-14 15:22", "2025-10-14T15:22", None),
        ("2025-10-14T15:22:33+07:00", "2025-10-14T15:22", None),
        ("Oct 14, 2025, 3:22 PM", "2025-10-14T15:22", None),
        ("Posted on 14th October 2025 by Admin", "2025-10-14", None),
        ("Posted on March 4, 2025 3:22 PM by Thu Hoài Updated April 20, 2025", "2025-03-04T15:22", "Thu Hoài"),
        ("Gửi bởi webmaster vào Thứ 5, 22/05/2025 - 16:20", "2025-05-22T16:20", None),
        ("Viết bởi Lê Na vào 22/05/2025", "2025-05-22", "Lê Na"),
        ("bởi: Lê Na 14/02/2025", "2025-02-14", "Lê Na"),
        ("14/10/2025 3:22:00 CH", "2025-10-14T15:22", None),
        ("14/10/2025 9:22:00 SA", "2025-10-14T09:22", None),
        ("14 Tháng Mười, 2025", "2025-10-14", None),
        ("14 Tháng Mười, 2025 lúc 8:01 sáng", "2025-10-14T08:01", None),
        ("3:22 chiều 14/10/2025", "2025-10-14T15:22", None),
        ("12:05 trưa 14/10/2025", "2025-10-14T12:05", None),
        ("11:30 trưa 14/10/2025", "2025-10-14T11:30", None),
        ("Tháng Mười Một 14, 2025", "2025-11-14", None),
        ("14 Th7 2025", "2025-07-14", None),
        ("15 giờ 22 phút, ngày 14/10/2025", "2025-10-14T15:22", None),
        ("Lê Na | 14/10/2025 15:22 | 120 lượt xem | 0 bình luận", "2025-10-14T15:22", "Lê Na"),
        ("14/10/2025 15:22 | Cỡ chữ A- A A+ | In bài viết", "2025-10-14T15:22", None),
        ("Nguồn: Báo Mẫu | 14/10/2025", "2025-10-14", None),
        ("Tin đăng ngày: 14/10/2025 15:22:00", "2025-10-14T15:22", None),
    ],
)
def test_printed_date(line: str, iso: str, author: str | None) -> None:
    found = printed_date(line, "Tiêu đề không có năm")
    assert found is not None
    assert (found.iso, found.author) == (iso, author)


@pytest.mark.parametrize(
    "line",
    [
        "Ngày 15/9, tại tỉnh, văn phòng điều phối tổ chức hội nghị",
        "Chiều 12/6",
        "31/02/2024 10:00",
        "Tỷ lệ 3/4 số hộ",
        "Quyết định số 12 ngày 15/8/2021 của Ủy ban nhân dân tỉnh",
        "Kết quả chấm điểm đợt 1 (02/10)",
        "10/10/2025 - 14/10/2025",
        "Từ 10/10/2025 đến 14/10/2025",
        "Lễ khai mạc: 8:00 14/10/2025",
        "Tháng 7/2025, tỉnh có 12 sản phẩm",
        "Báo cáo 07/2025",
        "Hạn nộp: 14/10/2025",
        "Cập nhật ngày 14/10/2025 của Sở Nông nghiệp về sản phẩm",
        "Giai đoạn 2021-2025",
        "A " * 79,
    ],
)
def test_lines_that_are_no_date_line(line: str) -> None:
    assert printed_date(line, "") is None


@pytest.mark.parametrize(
    ("line", "iso", "updated"),
    [
        ("Đăng lúc: 14/10/2025 15:22 - Cập nhật: 15/10/2025 08:00", "2025-10-14T15:22", False),
        ("Cập nhật: 08:00 15/10/2025 | Đăng: 15:22 14/10/2025", "2025-10-14T15:22", False),
        ("Published Oct 14, 2025 · Updated Oct 15, 2025", "2025-10-14", False),
        ("Cập nhật lần cuối: 15/10/2025", "2025-10-15", True),
    ],
)
def test_posting_counts_before_updating(line: str, iso: str, updated: bool) -> None:
    found = printed_date(line, "")
    assert found is not None
    assert (found.iso, found.updated, found.labelled) == (iso, updated, True)


def test_the_line_of_posting_counts_wherever_it_stands() -> None:
    lines = [printed_date(line, "") for line in ("Cập nhật: 15/10/2025", "Chợ phiên", "Ngày đăng: 14/10/2025")]
    posted = first_posted(lines)
    assert posted is not None
    assert posted.iso == "2025-10-14"
    assert first_posted(lines[:2]) == lines[0]
    assert first_posted([None]) is None


def test_year_of_the_title_completes_a_date_and_is_noted() -> None:
    found = printed_date("Người đăng: Quản Trị Ngày đăng: 13:56 | 23/12 Lượt xem: 4", "KẾT QUẢ NĂM 2024")
    assert found is not None
    assert found.iso == "2024-12-23T13:56"
    assert found.note is not None
    assert "2024" in found.note


@pytest.mark.parametrize("title", ["Kết quả chương trình", "Từ 2021 đến 2025"])
def test_no_year_or_two_years_in_the_title_leave_the_date_unknown(title: str) -> None:
    found = printed_date("Ngày đăng: 13:56 | 23/12", title)
    assert found is not None
    assert found.iso is None


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2024-01-01T20:30:00Z", "2024-01-02T03:30"),
        ("2024-01-01T20:30:00+0700", "2024-01-01T20:30"),
        ("2024-01-01T00:00:00+07:00", "2024-01-01"),
        ("2024-01-01", "2024-01-01"),
        ("2024-01", "2024-01"),
        ("2024-13", None),
        ("hôm qua", None),
        ("0001-01-01T00:00:00", None),
    ],
)
def test_metadata_date(value: str, iso: str | None) -> None:
    assert metadata_date(value) == iso


def test_signing_date() -> None:
    assert signing_date("Hà Nội, ngày 22 tháng 5 năm 2026") == "2026-05-22"
    assert signing_date("Căn cứ Luật ngày 19 tháng 6 năm 2015;") is None


@pytest.mark.parametrize(
    ("lead", "published", "expected"),
    [
        ("Chiều 12/6, tại hội nghị tổng kết năm 2020, tỉnh trao chứng nhận.", None, "2020-06-12"),
        ("Chiều 12/6, tại hội nghị, tỉnh trao chứng nhận.", None, None),
        ("Chiều 12/6, hội nghị tổng kết năm 2020 và triển khai năm 2021.", None, None),
        ("Ngày 15/9, tại xã An, hội nghị khai mạc.", "2023-09-17T13:58", "2023-09-15"),
        ("(BNP) - Chiều 08/12, Ban Chỉ đạo họp.", "2020-12-08T19:18", "2020-12-08"),
        ("TTXVN - Ngày 31/12, lễ hội mở màn.", "2024-01-02", "2023-12-31"),
        ("Sáng nay 20/10, đoàn làm việc.", "2022-10-20T12:10", "2022-10-20"),
        ("Sáng nay, đoàn làm việc với xã.", "2022-10-20", "2022-10-20"),
        ("Tối qua, chợ phiên họp lần đầu.", "2022-10-01", "2022-09-30"),
        ("Ngày nay, nghề dệt đã khác xưa.", "2022-10-20", None),
        ("Đến cuối tháng 8/2023, toàn tỉnh có 92 sản phẩm.", "2023-09-17", None),
        ("Tính đến ngày 15/9, xã có bốn sản phẩm.", "2023-09-17", None),
        ("Ngày 20/12 tới, xã sẽ mở hội chợ.", "2023-12-15", None),
        ("Ngày 30/9/2023, hội chợ sẽ mở cửa.", "2023-09-17", None),
        ("Ngày 1-3/6, hội chợ diễn ra.", "2023-06-05", None),
        ("Ngày 6 và 7/11, lớp tập huấn mở.", "2023-11-08", None),
        ("Ngày 31/4, hội nghị họp.", "2023-05-08", None),
    ],
)
def test_event_date(lead: str, published: str | None, expected: str | None) -> None:
    assert event_date([lead], published) == expected
