"""Plain text with the noise it was copied with."""

import re
from pathlib import Path

import pytest

from crawler.archive import Raw
from crawler.article import Article
from crawler.draft import NoArticleError, Origin
from crawler.read import read_article


def read(text: str) -> Article:
    return read_article(
        Raw(body=text.encode(), content_type="text/plain"), Origin(source="Trang mẫu", fetched="2026-01-02T03:04:05Z")
    )


def roles(article: Article, role: str) -> list[str]:
    return [article.text[block.start : block.end] for block in article.blocks if block.role == role]


FIRST = (
    "Ngày 15/9, huyện Sơn Hạ mở hội nghị sơ kết chương trình mỗi xã một sản phẩm, có đại diện của hai mươi chủ thể "
    "sản xuất trong huyện về dự."
)
SECOND = (
    "Tính đến nay, huyện có 24 sản phẩm được công nhận, gồm 5 sản phẩm 4 sao và 19 sản phẩm 3 sao; riêng xã Bãi Dài "
    "góp bảy sản phẩm, phần nhiều là hàng thủy sản khô."
)
THIRD = (
    "Huyện giao phòng nông nghiệp giúp các chủ thể làm hồ sơ, chậm nhất ngày 30/10 phải gửi xong về tỉnh để chấm điểm."
)

PAGE = f"""Công ty Máy kéo Bông Lúa

Sơn Hạ có 24 sản phẩm gắn sao

Thu Trà - 13:58 17/09/2023 GMT+7
{FIRST}

Sơn Hạ có 24 sản phẩm gắn sao

{SECOND}

Các chủ thể bày hàng tại hội nghị. Ảnh: T.T

Chú thích ảnh
Bà Lò Thị Én nhận giấy chứng nhận.

{SECOND}

Giao việc cho từng phòng ban

{THIRD}

Chủ tịch huyện Đặng Văn Mạnh trao giấy chứng nhận cho chủ thể

Nhân dịp này, huyện ký kết hợp tác với ba siêu thị ở tỉnh bên để bày bán sản phẩm trong mùa Tết sắp tới.

Tin, ảnh: Thu Trà (Đài Sơn Hạ)
Làng bên có thêm nghề mới
Làng bên có thêm nghề mới

Nghề làm bún khô ở làng bên đang được nhiều hộ trẻ học theo, mỗi ngày làm ra hơn bốn tạ bún, bán ra ba tỉnh lân cận.

Chia sẻ:

Các đơn vị của đài
"""


def test_a_page_with_noise() -> None:
    article = read(PAGE)
    assert article.title == "Sơn Hạ có 24 sản phẩm gắn sao"
    assert article.author == "Thu Trà (Đài Sơn Hạ)"
    assert article.published == "2023-09-17T13:58"
    assert article.event_date == "2023-09-15"
    assert article.url is None
    assert [(block.role, article.text[block.start : block.end][:24]) for block in article.blocks] == [
        ("paragraph", FIRST[:24]),
        ("paragraph", SECOND[:24]),
        ("caption", "Các chủ thể bày hàng tại"),
        ("caption", "Bà Lò Thị Én nhận giấy c"),
        ("heading", "Giao việc cho từng phòng"),
        ("paragraph", THIRD[:24]),
        ("caption", "Chủ tịch huyện Đặng Văn "),
        ("paragraph", "Nhân dịp này, huyện ký k"),
        ("byline", "Tin, ảnh: Thu Trà (Đài S"),
    ]
    assert {item.reason: item.text[:20] for item in article.dropped} == {
        "trước tiêu đề": "Công ty Máy kéo Bông",
        "dòng ngày đăng": "Thu Trà - 13:58 17/0",
        "lặp lại tiêu đề": "Sơn Hạ có 24 sản phẩ",
        "nhãn chú thích ảnh": "Chú thích ảnh",
        "đoạn lặp lại": article_repeat(article),
        "nút chia sẻ": "Chia sẻ:",
        "sau phần kết của bài": "Các đơn vị của đài",
    }
    assert "bún khô" not in article.text


def article_repeat(article: Article) -> str:
    """The last line dropped as a repeat."""
    return [item.text for item in article.dropped if item.reason == "đoạn lặp lại"][-1][:20]


def test_section_name_and_date_printed_twice() -> None:
    date = "Thứ 5, 20/10/2022 | 12:10:00 [(GMT +7)]"
    article = read(
        f"Xã hội\n{date}\nTìm đường cho hàng gắn sao\n{date}\n{FIRST}\n{SECOND}\nTấn Lộc, Hoàng Yến/PTH\nÝ kiến ()"
    )
    assert article.title == "Tìm đường cho hàng gắn sao"
    assert article.published == "2022-10-20T12:10"
    assert article.author == "Tấn Lộc, Hoàng Yến/PTH"
    assert article.text == f"{FIRST}\n{SECOND}\nTấn Lộc, Hoàng Yến/PTH"


def test_capitals_and_year_of_the_title() -> None:
    head = "Chi tiết tin\n\nA+ | A | A-\n\nKẾT QUẢ CHƯƠNG TRÌNH HUYỆN SƠN HẠ NĂM 2024\n\n"
    date = "Người đăng: Quản Trị Ngày đăng: 13:56 | 23/12 Lượt xem: 4\n\n"
    article = read(
        f"{head}{date}{SECOND}\n\n{THIRD}\n\nTác giả: Võ Lâm\n\nNguồn tin: phòng nông nghiệp\n\nCác tin mới hơn:"
    )
    assert article.title == "KẾT QUẢ CHƯƠNG TRÌNH HUYỆN SƠN HẠ NĂM 2024"
    assert article.published == "2024-12-23T13:56"
    assert article.date_note == "trang chỉ in ngày và tháng; năm 2024 lấy từ tiêu đề"
    assert article.author == "Võ Lâm"
    assert article.text.endswith("Tác giả: Võ Lâm\nNguồn tin: phòng nông nghiệp")


def test_lines_wrapped_at_a_fixed_width_are_joined() -> None:
    words = f"{FIRST} {SECOND}".split()
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) > 70:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    cut = THIRD.rindex(" ", 0, 70)
    article = read(
        "Hội nghị sơ kết của huyện\n\n" + "\n".join([*lines, line]) + f"\n\n{THIRD[:cut]}\n{THIRD[cut + 1 :]}"
    )
    assert article.text == f"{FIRST} {SECOND}\n{THIRD}"


def test_a_source_under_a_table_does_not_end_the_article() -> None:
    article = read(f"Hội nghị sơ kết của huyện\n\n{FIRST}\n\nNguồn: Chi cục Thống kê\n\n{SECOND}\n\n{THIRD}\n\nH.T")
    assert SECOND in article.text
    assert article.author == "H.T"


@pytest.mark.parametrize("text", ["", "Một dòng ngắn", "a b c\n" * 3, "Tiêu đề\n\nDòng hai\n\nDòng ba"])
def test_no_article(text: str) -> None:
    with pytest.raises(NoArticleError):
        read(text)


SEEDS = Path(__file__).parents[2] / "shared" / "data" / "seeds"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/data/seeds is not beside this checkout")
def test_five_real_articles() -> None:
    found = {}
    for path in sorted(SEEDS.glob("*.txt")):
        article = read(path.read_text(encoding="utf-8"))
        found[path.name[:3]] = (article.published, article.event_date, article.author, len(roles(article, "caption")))
        assert len(roles(article, "paragraph")) >= 3
    assert found == {
        "000": (None, "2020-06-12", "Nguyễn Lành (TTXVN)", 1),
        "001": ("2020-12-08T19:18", "2020-12-08", "H.T", 0),
        "002": ("2023-09-17T13:58", "2023-09-15", "Vân Nguyễn", 4),
        "003": ("2024-12-23T13:56", None, "Võ Hưng", 4),
        "004": ("2022-10-20T12:10", "2022-10-20", "Tấn An, Ngọc Hoàng/PTQ", 1),
    }


# What the five pages print around their articles: names of sections, buttons, counters, advertisers, other stories.
NOISE = re.compile(
    r"lượt xem|chia sẻ:|A\+|GMT|chú thích ảnh$|chi tiết tin|người đăng|rao vặt|các đơn vị thông tin|phân lân|"
    r"ý kiến \(|sản xuất chè theo hướng|từ khóa #|các tin (?:mới|cũ) hơn",
    re.IGNORECASE | re.MULTILINE,
)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/data/seeds is not beside this checkout")
@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_a_real_article_without_its_noise(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    article = read(text)
    assert NOISE.search(text)
    assert NOISE.search(article.text) is None
    assert article.title not in article.text.split("\n")
    long = [line for line in article.text.split("\n") if len(line) >= 60]
    assert len(long) == len(set(long))


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/data/seeds is not beside this checkout")
def test_the_year_of_a_title_and_an_answer_that_stands_in_a_caption() -> None:
    (path,) = SEEDS.glob("003_*.txt")
    article = read(path.read_text(encoding="utf-8"))
    assert article.date_note == "trang chỉ in ngày và tháng; năm 2024 lấy từ tiêu đề"
    chairs = [line for line in roles(article, "caption") if "Chủ tịch Hội đồng đánh giá" in line]
    assert [line.split(",")[0] for line in chairs] == ["Ông Trần Anh Tuấn"]
    assert not any("Trần Anh Tuấn" in line for line in roles(article, "paragraph"))
