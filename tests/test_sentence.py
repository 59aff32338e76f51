"""Where a sentence ends, and that offsets lose nothing."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.archive import Raw
from crawler.draft import Draft, Line, Origin, compose
from index.sentence import article_sentences, sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ("TS. Ngô Thị Thu Trang ở TP. Huế nói.", "Ông nói thêm."),
        ("PGS.TS. Nguyễn Văn B. Trần dự họp.", "Hội nghị kết thúc."),
        ("Giá 1.500 đồng.", "Tăng 3,5%."),
        ("Sản phẩm đạt 4 sao.", "18 sản phẩm khác đạt 3 sao."),
        ("1. Mục tiêu chung.", "Đến năm 2025 có 100 sản phẩm."),
        ("II. NỘI DUNG",),
        ("a) Phiếu đăng ký; b) Giấy tờ.",),
        ("“Chúng tôi vui.”", "Ông nói."),
        ("Ông nói: “Tốt!” rồi đi.",),
        ("Tốt quá!!", "Vậy à?"),
        ("chè, mật ong, v.v.", "Năm 2020 tăng."),
        ("trứng, sữa...", "Các sản phẩm còn lại tiếp tục."),
        ("trứng, sữa… các sản phẩm khác.",),
        ("họp ngày 12.6.2020.", "Sau đó về."),
        ("bán tại TP.HCM.", "Năm 2020 tăng."),
        ("Cam giàu vitamin C.", "Sản phẩm này đạt 4 sao."),
        ("Ông Nguyễn Văn A. Đã nhận.",),
        ("Anh A.B. Nguyễn ăn no.", "Sau đó về."),
        ("Gạo ST.", "Sản phẩm khác là mật ong."),
        ("sản phẩm của H. Hải Hậu và x. Hòa An.",),
        ("xem ocop.gov.vn.", "Trang này mở."),
        ("đạt 4 sao.", "(Ảnh: ĐVCC)"),
        ("Bao gồm:", "- Phiếu;", "- Báo cáo."),
    ],
)
def test_where_sentences_end(parts: tuple[str, ...]) -> None:
    joined = ("\n" if parts[0].endswith(":") else " ").join(parts)
    assert sentences(joined) == list(parts)


def test_a_range_of_the_text() -> None:
    text = "Một câu. Hai câu. Ba câu."
    assert [text[start:end] for start, end in sentence_spans(text, 9, 17)] == ["Hai câu."]
    assert sentence_spans("", 0, 0) == []
    assert sentence_spans(" \n \n") == []


PROSE = st.text(alphabet='aăđeơ ABĐ.!?…”"()\n\t1,;:-| \u00a0\u2028', max_size=200)


@given(PROSE)
def test_every_character_is_in_exactly_one_sentence(text: str) -> None:
    spans = sentence_spans(text)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    inside = {at for start, end in spans for at in range(start, end)}
    assert {at for at, char in enumerate(text) if not char.isspace()} <= inside
    for start, end in spans:
        assert text[start:end] == text[start:end].strip()
        assert "\n" not in text[start:end]


@given(PROSE, st.integers(0, 50), st.integers(0, 200))
def test_sentences_of_a_part_stay_in_it(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    spans = sentence_spans(text, start, end)
    assert all(start <= first < last <= end for first, last in spans)
    kept = "".join(text[first:last] for first, last in spans)
    assert "".join(kept.split()) == "".join(text[start:end].split())


def test_a_table_row_is_one_sentence_and_blocks_are_never_joined() -> None:
    lines = (
        Line(text="Kết quả năm 2020", role="heading", level=1),
        Line(text="Tỉnh có 62 sản phẩm. Trong đó 18 đạt 4 sao"),
        Line(text="Ảnh: ĐVCC.", role="caption"),
        Line(text="Hải Hậu. | 15 sp. Mới | 4", role="row"),
    )
    origin = Origin(source="Báo thử", fetched="2026-01-01T00:00")
    article = compose(Draft(title="Tin", lines=lines), origin, Raw(body=b"tin", content_type="text/plain"))
    assert [(article.text[start:end], block.role) for start, end, block in article_sentences(article)] == [
        ("Kết quả năm 2020", "heading"),
        ("Tỉnh có 62 sản phẩm.", "paragraph"),
        ("Trong đó 18 đạt 4 sao", "paragraph"),
        ("Ảnh: ĐVCC.", "caption"),
        ("Hải Hậu. | 15 sp. Mới | 4", "row"),
    ]
