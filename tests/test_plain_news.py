"""Plain questions on news: who makes a thing, where it is sold, what the next sentence says of it, shares, names."""

from pathlib import Path

import pytest

from assistant.question import understand
from assistant.times import by_the_day
from tests.asking import DAY, Ask, asking_reports

NEWS = {
    "com-chay": (
        "2024-05-06",
        "Ninh Bình có thêm sản phẩm OCOP 4 sao",
        "Giai đoạn 2018 - 2019, Ninh Bình hỗ trợ 12 sản phẩm của 9 chủ thể hoàn thiện hồ sơ.",
        "Nhóm 4 sao có cơm cháy Phương Linh của doanh nghiệp tư nhân Linh Phương, đồ cói của Công ty Thành Hóa.",
        'Một sản phẩm 5 sao khác là "Gạo sinh thái ruộng rươi". Gạo làm từ giống ST25, canh tác hữu cơ.',
    ),
    "mien-dong": (
        "2024-07-08",
        "Bắc Kạn có sản phẩm OCOP năm sao",
        "Bắc Kạn có 218 sản phẩm OCOP từ ba sao trở lên.",
        "Sản phẩm năm sao duy nhất là miến dong của HTX Tài Hoan, thường xuyên bán sang Cộng hòa Séc.",
    ),
    "nuoc-mam": (
        "2025-08-09",
        "Hải Phòng mở rộng thị trường cho OCOP",
        "Công ty TNHH Quang Hải, đóng ở huyện Cát Hải, mỗi năm bán trung bình khoảng 900.000 lít nước mắm qua đại lý.",
    ),
    "mat-ong": (
        "2024-09-10",
        "Vĩnh Phúc giữ hạng 10 sản phẩm OCOP",
        "Mười sản phẩm của Vĩnh Phúc giữ được 4 sao sau khi chấm lại.",
        "Công ty cổ phần Ong Tam Đảo có ba loại: mật ong quất, mật ong chanh leo và mật ong hoa rừng.",
    ),
    "ke-hoach": (
        "2024-02-03",
        "Kế hoạch OCOP năm 2024 của Lào Cai",
        "Năm 2024 tỉnh Lào Cai đặt mục tiêu thêm 57 sản phẩm, bằng 190% kế hoạch năm trước.",
        "Về chủ thể, kế hoạch năm 2024 đòi ít nhất 60% chủ thể là hợp tác xã, 20% là doanh nghiệp nhỏ và vừa.",
    ),
    "ca-nuoc": (
        "2025-01-15",
        "Cả nước có 14.642 sản phẩm OCOP",
        "Cuối năm 2024 cả nước có 14.642 sản phẩm OCOP từ 3 sao của 8.086 chủ thể.",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder: Path = tmp_path_factory.mktemp("plain")
    return asking_reports(folder, NEWS)


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("Cơm cháy Phương Linh ở Ninh Bình do đơn vị nào làm?", "Linh Phương", "9 chủ thể"),
        ("Gạo sinh thái ruộng rươi 5 sao của Ninh Bình trồng giống lúa gì?", "ST25", "cơm cháy"),
        ("Miến dong 5 sao của Bắc Kạn có xuất khẩu đi nước nào không?", "Cộng hòa Séc", "218"),
        ("Công ty Quang Hải ở Cát Hải mỗi năm bán được bao nhiêu lít nước mắm?", "900.000 lít", "Séc"),
        ("Công ty Ong Tam Đảo được giữ 4 sao cho những loại mật ong nào?", "mật ong chanh leo", "Linh Phương"),
        ("Kế hoạch năm 2024 của Lào Cai đòi ít nhất bao nhiêu phần trăm chủ thể là hợp tác xã?", "60%", "190%"),
        ("cuối 2024 cả nước có bn sp ocop từ 3 sao, của bn chủ thể vậy", "8.086", "Bắc Ninh"),
    ],
)
def test_what_is_plainly_asked_is_told(question: str, said: str, unsaid: str, ask: Ask) -> None:
    answer = ask(question)
    assert answer.status in ("answered", "partial")
    assert said in answer.text
    assert unsaid not in answer.text


def test_bees_are_no_men() -> None:
    assert understand("Công ty được giữ 4 sao cho những loại mật ong nào?", DAY).wanted == "list"
    assert understand("Ông nào ký quyết định ấy?", DAY).wanted == "who"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Quảng Nam tới giờ bị thu hồi mấy giấy?", "Quảng Nam tới giờ bị thu hồi mấy giấy?"),
        ("quang nam toi nay co may san pham", "quang nam toi nay co may san pham"),
        ("nam toi co gi moi", "năm 2027 co gi moi"),
        ("Năm tới có gì mới?", "năm 2027 có gì mới?"),
        ("Hà Nam vừa qua có gì?", "Hà Nam vừa qua có gì?"),
    ],
)
def test_a_province_is_no_year(typed: str, read: str) -> None:
    assert by_the_day(typed, DAY) == read
