"""Which ministry leads for a product: the rows of the appendix of what may take part, not the criteria sets."""

from datetime import date

import pytest

from assistant.corpus import Corpus
from assistant.ministry import ministry_draft
from assistant.question import understand
from index.build import build
from index.search import Searcher
from tests.legal_pages import archive_pages

DAY = date(2026, 11, 30)
APPENDIX = """<html><head><title>Phụ lục I Quyết định 26/2026/QĐ-TTg: danh mục</title></head><body><article>
<h1>Phụ lục I của Quyết định 26/2026/QĐ-TTg: danh mục phân loại</h1>
<p>Sản phẩm dự thi xếp theo ngành hàng, nhóm và phân nhóm; mỗi phân nhóm có cơ quan chủ trì quản lý như bảng sau:</p>
<table><tr><th>STT</th><th>Phân loại sản phẩm</th><th>Cơ quan chủ trì quản lý</th></tr>
<tr><td>I</td><td>SẢN PHẨM ĐỒ UỐNG</td><td></td></tr>
<tr><td>1</td><td>Nhóm: Đồ uống có cồn</td><td></td></tr>
<tr><td>a</td><td>Phân nhóm: Rượu trắng</td><td>Bộ Công Thương</td></tr>
<tr><td>b</td><td>Phân nhóm: Đồ uống có cồn khác</td><td>Bộ Công Thương; Bộ Y tế</td></tr>
<tr><td>2</td><td>Nhóm: Đồ uống không cồn</td><td>Bộ Y tế</td></tr>
<tr><td>II</td><td>SẢN PHẨM HÀNG THỦ CÔNG MỸ NGHỆ</td><td></td></tr>
<tr><td>1</td><td>Nhóm: Vải, may mặc</td><td>Bộ Văn hóa, Thể thao và Du lịch</td></tr></table>
<p>Bảng dưới đây chỉ là phân công góp ý cho dự thảo, không phải cơ quan chủ trì quản lý của sản phẩm:</p>
<table><tr><th>STT</th><th>Nội dung</th><th>Cơ quan</th></tr>
<tr><td>1</td><td>Nhóm: Hoa</td><td>Bộ Tài chính</td></tr></table>
</article></body></html>"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    data = tmp_path_factory.mktemp("ministry")
    archive_pages(data, appendix=APPENDIX)
    build(data, embedder="hash-256", progress=False)
    return Corpus(data, Searcher.open(data))


WHITE = ("Rượu trắng", "Bộ Công Thương")
STRONG = ("Đồ uống có cồn khác", "Bộ Công Thương; Bộ Y tế")
SOFT = ("Đồ uống không cồn", "Bộ Y tế")
CLOTH = ("Vải, may mặc", "Bộ Văn hóa, Thể thao và Du lịch")


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Rượu trắng do bộ nào quản lý?", [WHITE]),
        ("Rượu trắng thuộc bộ nào quản?", [WHITE]),
        ("ruou trang do bo nao quan ly", [WHITE]),
        ("Bộ nào chủ trì quản lý nhóm đồ uống có cồn?", [WHITE, STRONG]),
        ("Nhóm đồ uống do cơ quan nào quản lý?", [WHITE, STRONG, SOFT]),
        ("Thủ công mỹ nghệ bộ nào lo?", [CLOTH]),
        ("Bộ Y tế quản lý những nhóm nào?", [STRONG, SOFT]),
        ("Bộ Văn hóa, Thể thao và Du lịch phụ trách sản phẩm nào?", [CLOTH]),
        ("Theo Quyết định 26/2026/QĐ-TTg thì rượu trắng do bộ nào quản lý?", [WHITE]),
    ],
)
def test_the_rows_of_what_is_named_are_told(corpus: Corpus, question: str, rows: list[tuple[str, str]]) -> None:
    draft = ministry_draft(understand(question), corpus, DAY)
    assert draft is not None
    assert [segment.text for segment in draft.segments][: len(rows)] == [
        f"{name}: cơ quan chủ trì quản lý là {led}." for name, led in rows
    ]
    for segment, (name, led) in zip(draft.segments, rows, strict=False):
        assert segment.evidence[0].quote.endswith(f"{name} | {led}")


@pytest.mark.parametrize(
    "question",
    [
        "Rượu trắng thuộc bộ nào?",  # asks for the criteria set
        "Hoa do bộ nào quản lý?",  # stands in a table of other things
        "Sở Công Thương phụ trách nhóm nào?",
        "Bộ Quốc phòng quản lý sản phẩm nào?",
        "Ở Huế rượu trắng do cơ quan nào quản lý?",
        "Theo Quyết định 148/QĐ-TTg thì rượu trắng do bộ nào quản lý?",
        "Bộ nào chủ trì đánh giá rượu trắng?",
    ],
)
def test_else_nothing_is_told(corpus: Corpus, question: str) -> None:
    assert ministry_draft(understand(question), corpus, DAY) is None
