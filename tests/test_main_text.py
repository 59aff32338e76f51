"""Which lines are the text: gaps that the judge leaves, boxes set into the text, and what stands far off from it."""

import pytest

from crawler.archive import Raw
from crawler.draft import Origin
from crawler.read import read_article
from crawler.text.noise import noise

TITLE = "Bốn sản phẩm của xã Bình An"
TEXT = [
    "Xã Bình An có bốn sản phẩm được công nhận hạng 3 sao trong năm nay, gồm chè, mật ong, măng khô và rượu ngô.",
    "Hợp tác xã Tân Tiến góp hai sản phẩm, hai hộ trong thôn Đồng Lầy góp hai sản phẩm còn lại của danh sách này.",
    "Sang năm, xã dự định nộp thêm hồ sơ của ba sản phẩm nữa và mở một điểm bán ngay cạnh chợ phiên của huyện.",
]
OTHER = "Huyện bên vừa khánh thành cây cầu treo thứ hai bắc qua sông, thay cho bến đò đã có từ hơn năm mươi năm trước."


def told(body: str, *, name: str = TITLE) -> list[tuple[str, str]]:
    page = f'<html><head><meta charset="utf-8"><title>{name}</title></head><body>{body}</body></html>'
    article = read_article(
        Raw(body=page.encode(), content_type="text/html"), Origin(source="Trang mẫu", fetched="2026-01-02T03:04:05Z")
    )
    return [(block.role, article.text[block.start : block.end]) for block in article.blocks]


def page(*between: str, below: str = "") -> str:
    """The three paragraphs with something after the first, and something below the last, all in one element."""
    first, *rest = [f"<p>{text}</p>" for text in TEXT]
    return f"<article><h1>{TITLE}</h1>{first}{''.join(between)}{''.join(rest)}{below}</article>"


WHOLE = [("paragraph", text) for text in TEXT]


@pytest.mark.parametrize(
    "box",
    [
        "<div class='newsletter'><h3>Nhận bản tin</h3><p>Mỗi sáng một lá thư, gửi tới hộp thư của bạn.</p></div>",
        "<div><h4>Most Popular</h4><div>Cầu treo mới</div><div>Lúa được mùa</div><div>Chợ phiên</div></div>",
        "<div class='related'><ul><li><a href='/1'>Cầu treo mới</a></li><li><a href='/2'>Lúa mới</a></li></ul></div>",
        "<div>Advertisement</div>",
        "<aside><p>Giá vàng hôm nay đứng yên.</p></aside>",
        "<p><a href='/3'>Đọc thêm: Cầu treo mới nối hai bờ sông ở huyện bên</a></p>",
        "<div><span>+</span><div>Cỡ lớn</div><div>Cỡ nhỏ</div></div>",
    ],
)
def test_a_box_set_into_the_text_is_left_out(box: str) -> None:
    assert told(page(box)) == WHOLE


@pytest.mark.parametrize(
    ("part", "blocks"),
    [
        ("<p>Ngắn.</p>", [("paragraph", "Ngắn.")]),
        ("<h2>Hướng tới chợ phiên</h2>", [("heading", "Hướng tới chợ phiên")]),
        ("<div>Chợ phiên họp vào mồng năm.</div>", [("paragraph", "Chợ phiên họp vào mồng năm.")]),
        ("<ul><li>chè búp hạng 3 sao;</li><li>mật ong hạng 3 sao.</li></ul>", [
            ("item", "chè búp hạng 3 sao;"), ("item", "mật ong hạng 3 sao."),
        ]),
        ("<table border=1><tr><th>Hạng</th><th>Số</th></tr><tr><td>3 sao</td><td>4</td></tr></table>", [
            ("row", "Hạng | Số"), ("row", "3 sao | 4"),
        ]),
    ],
    ids=["short", "heading", "div", "list", "table"],
)  # fmt: skip
def test_what_belongs_between_paragraphs_is_kept(part: str, blocks: list[tuple[str, str]]) -> None:
    assert told(page(part)) == [WHOLE[0], *blocks, *WHOLE[1:]]


def test_comments_are_not_the_text() -> None:
    comments = "".join(f"<li><p>{OTHER} Ý kiến thứ {i}.</p></li>" for i in range(6))
    assert told(f"<div>{page()}<div class='comment_list'><ol>{comments}</ol></div></div>") == WHOLE


def test_a_column_far_off_is_not_the_text() -> None:
    column = f"<div><div><div><div><p>{OTHER}</p></div></div></div></div>"
    body = f"<div><div><div><div>{page()}</div></div></div></div>"
    assert told(body + column) == WHOLE


def test_wrappers_called_after_the_layout_hold_the_text() -> None:
    assert told(f"<div class='sidebar-1 has-menu'>{page()}</div>") == WHOLE


def test_the_text_begins_below_its_title() -> None:
    assert told(f"<p>Cổng thông tin điện tử của huyện và các xã trong huyện, bản thử.</p>{page()}") == WHOLE


def test_a_sites_name_in_h1_is_no_title() -> None:
    body = f"<h1>Cổng thông tin điện tử huyện</h1><div class='tieude'>{TITLE}</div>" + "".join(
        f"<p>{text}</p>" for text in TEXT
    )
    raw = f"<html><head><title>Cổng thông tin điện tử huyện</title></head><body>{body}</body></html>"
    article = read_article(
        Raw(body=raw.encode(), content_type="text/html; charset=utf-8"),
        Origin(source="Trang mẫu", fetched="2026-01-02T03:04:05Z"),
    )
    assert article.title == TITLE


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Read more: Two bridges in a year", "tin liên quan"),
        ("RELATED STORIES", "tin liên quan"),
        ("Sign up for our morning newsletter", "mời nhận thư"),
        ("Story continues below advertisement", "quảng cáo"),
        ("Follow Jane Roe on LinkedIn.", "nút chia sẻ"),
        ("12 comments", "khung bình luận"),
        ("© 2019 The Daily Planet. All rights reserved.", "bản quyền"),
        ("02:12 - Source: CNN", "trình phát"),
        ("She said more from the region would follow, and that the road would be open by noon.", None),
        ("Related costs rose by a tenth, the report says.", None),
        ("Share prices fell on Monday.", None),
        ("More than forty people signed up for the free course on Monday.", None),
        ("By noon the road was open again.", None),
        ("Loading docks were closed for a week.", None),
        ("Reply came there none.", None),
        ("More about him would be known by noon.", None),
        ("More than ever: the village keeps its craft.", None),
    ],
)
def test_english_furniture(line: str, reason: str | None) -> None:
    assert noise(line) == reason


@pytest.mark.parametrize(
    "line", ["By Jane Roe", "-- By John Q. Public, Staff Writer", "Written by Jane Roe and John Doe"]
)
def test_an_imprint_is_left_out(line: str) -> None:
    assert line not in [text for _, text in told(page(below=f"<p>{line}</p>"))]
