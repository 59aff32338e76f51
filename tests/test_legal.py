"""Legal structure: units, numbers, title, signing date."""

import json
from pathlib import Path

import pytest

from crawler.archive import Raw
from crawler.article import Article, fold_space
from crawler.draft import Line, Origin
from crawler.read import read_article
from crawler.text.legal import heading_units, is_legal, kind_of_number, units

ORIGIN = Origin(source="Trang mẫu", fetched="2026-01-02T03:04:05Z")

DECREE = """CHÍNH PHỦ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 45/2024/NĐ-CP
Hà Nội, ngày 09 tháng 3 năm 2024
NGHỊ ĐỊNH
QUY ĐỊNH VỀ CHỢ PHIÊN
Căn cứ Luật Thương mại;
Chính phủ ban hành Nghị định quy định về chợ phiên.
Chương I
QUY ĐỊNH CHUNG
Mục 1. PHẠM VI
Điều 1. Phạm vi điều chỉnh
Nghị định này áp dụng cho các chợ họp theo phiên.
Điều 2. Giải thích từ ngữ
1. Chợ phiên là chợ họp theo ngày định trước:
a) ở xã;
b) ở phường;
c) ở đặc khu;
d) ở biên giới;
đ) ở nơi khác.
2. Chủ chợ là người được giao quản lý. Kể từ
3. tháng sau, chủ chợ nộp báo cáo.
5. Câu này nhảy số nên không phải khoản.
Chương II
ĐIỀU KHOẢN THI HÀNH
Điều 3. Hiệu lực
Nghị định này có hiệu lực từ ngày 01 tháng 5 năm 2024./.
Nơi nhận:
- Như trên.
TM. CHÍNH PHỦ
THỦ TƯỚNG
Phụ lục I: Danh sách chợ
1. Chợ vùng cao
2. Chợ ven sông
Mẫu số 01: Đơn xin mở chợ
1. Tên chợ: ………
"""


def read(text: str) -> Article:
    return read_article(Raw(body=text.encode(), content_type="text/plain"), ORIGIN)


def tree(article: Article) -> list[tuple[int, str, str]]:
    return [(section.level, section.label, section.heading) for section in article.sections]


def test_a_decree_in_plain_text() -> None:
    article = read(DECREE)
    assert article.title == "Nghị định 45/2024/NĐ-CP: Quy định về chợ phiên"
    assert article.kind == "regulation"
    assert article.published == "2024-03-09"
    assert article.author == "Chính phủ"
    assert tree(article) == [
        (1, "Chương I", "QUY ĐỊNH CHUNG"),
        (2, "Mục 1", "PHẠM VI"),
        (3, "Điều 1", "Phạm vi điều chỉnh"),
        (3, "Điều 2", "Giải thích từ ngữ"),
        (4, "khoản 1", "Chợ phiên là chợ họp theo ngày định trước"),
        (5, "điểm a", ""),
        (5, "điểm b", ""),
        (5, "điểm c", ""),
        (5, "điểm d", ""),
        (5, "điểm đ", ""),
        (4, "khoản 2", ""),
        (4, "khoản 3", ""),
        (1, "Chương II", "ĐIỀU KHOẢN THI HÀNH"),
        (2, "Điều 3", "Hiệu lực"),
        (1, "Phụ lục I", "Danh sách chợ"),
        (2, "mục 1", "Chợ vùng cao"),
        (2, "mục 2", "Chợ ven sông"),
        (2, "Mẫu số 01", "Đơn xin mở chợ"),
        (3, "mục 1", ""),
    ]


def test_spans_cover_the_unit_with_its_own_line() -> None:
    article = read(DECREE)
    by_label = {section.label: article.text[section.start : section.end] for section in article.sections[:14]}
    assert by_label["điểm đ"] == "đ) ở nơi khác."
    assert by_label["Điều 1"] == "Điều 1. Phạm vi điều chỉnh\nNghị định này áp dụng cho các chợ họp theo phiên."
    assert by_label["Điều 3"].endswith("từ ngày 01 tháng 5 năm 2024./.")
    assert by_label["Chương I"].startswith("Chương I\nQUY ĐỊNH CHUNG\nMục 1.")


def test_nested_sections_lie_within_their_parents() -> None:
    article = read(DECREE)
    open_: list[tuple[int, int, int]] = []
    for section in article.sections:
        while open_ and open_[-1][0] >= section.level:
            open_.pop()
        if open_:
            assert open_[-1][1] <= section.start
            assert section.end <= open_[-1][2]
        assert section.level == len(open_) + 1
        open_.append((section.level, section.start, section.end))


def test_a_report_on_a_decree_is_no_decree() -> None:
    texts = [
        "Nghị định mới về chợ phiên",
        "Nghị định số 45/2024/NĐ-CP gồm ba điều.",
        "Điều 1. Phạm vi điều chỉnh",
        "Điều 2. Giải thích từ ngữ",
    ]
    assert not is_legal(texts)


def test_headings_of_a_text_without_articles() -> None:
    lines = [
        Line(text="Mở đầu của bài viết."),
        Line(text="Phần một", role="heading", level=1),
        Line(text="Nội dung một."),
        Line(text="Phần một nhỏ", role="heading", level=2),
        Line(text="Nội dung nhỏ."),
        Line(text="Phần hai", role="heading", level=1),
        Line(text="Nội dung hai."),
        Line(text="P.V", role="byline"),
    ]
    found = [(unit.heading, unit.level, unit.first, unit.last) for unit in heading_units(lines)]
    assert found == [("Phần một", 1, 1, 4), ("Phần một nhỏ", 2, 3, 4), ("Phần hai", 1, 5, 6)]


def test_table_rows_open_no_unit() -> None:
    lines = [Line(text="Điều 1. Bảng"), Line(text="1. Chè | 12", role="row"), Line(text="Điều 2. Hết")]
    assert [unit.label for unit in units(lines)] == ["Điều 1", "Điều 2"]


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("26/2026/QĐ-TTg", "regulation"),
        ("919/QĐ-TTg", "regulation"),
        ("131/2025/NĐ-CP", "regulation"),
        ("53/2022/TT-BTC", "regulation"),
        ("424/NQ-CP", "regulation"),
        ("63/2025/QH15", "regulation"),
        ("1000/QĐ-UBND", "decision"),
        ("07/2022/NQ-HĐND", "decision"),
        ("2361/QĐ-BNNMT", "decision"),
    ],
)
def test_kind_of_number(number: str, kind: str) -> None:
    assert kind_of_number(number) == kind


REGULATIONS = Path(__file__).parents[2] / "shared" / "data" / "regulations"


@pytest.mark.skipif(not REGULATIONS.is_dir(), reason="../shared/data/regulations is not beside this checkout")
def test_decision_26_against_an_independent_reading() -> None:
    raw = Raw(body=(REGULATIONS / "26-2026-QD-TTg.html").read_bytes(), content_type="text/html")
    article = read_article(raw, ORIGIN)
    lines = (REGULATIONS / "26-2026-articles.jsonl").read_text(encoding="utf-8").splitlines()
    expected = [json.loads(line) for line in lines]
    assert article.kind == "regulation"
    assert article.published == "2026-05-22"
    assert article.title == (
        "Quyết định 26/2026/QĐ-TTg: Ban hành Bộ tiêu chí và quy trình đánh giá, phân hạng sản phẩm mỗi xã một sản phẩm"
    )
    dieu = [section for section in article.sections if section.label.startswith("Điều")]
    assert [section.label for section in dieu] == [f"Điều {n}" for n in range(1, 14)]
    found: list[tuple[str, str, str, str]] = []
    for section in dieu:
        clauses = [
            inner
            for inner in article.sections
            if inner.label.startswith("khoản") and section.start <= inner.start < section.end
        ]
        (chapter,) = [s.label for s in article.heading_path(section.start) if s.label.startswith("Chương")]
        for unit in clauses or [section]:
            text = article.text[unit.start : unit.end]
            if unit is section:
                text = text.split("\n", 1)[1]
            label = unit.label.removeprefix("khoản ") if unit is not section else "None"
            found.append((chapter, f"{section.label} {section.heading}", label, fold_space(text)))
    assert found == [
        (row["chapter"], f"Điều {row['dieu']} {row['dieu_title']}", str(row["khoan"]), fold_space(row["text"]))
        for row in expected
    ]
    assert len(found) == 40
