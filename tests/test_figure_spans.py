"""Every field of a figure knows the words it was read from; no text makes the reader fail."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.article import Section
from index.figures.figure import Figure
from index.figures.stated import figures
from index.span import Span
from tests.test_figures import article

SPANS = (
    *("what_span", "share_of_span", "star_span", "potential_span", "bound_span", "place_span", "subplace_span"),
    *("as_of_span", "planned_span", "says_span"),
)


def words(*paragraphs: str, place: str | None = "Nam Định", rows: tuple[str, ...] = ()) -> list[dict[str, str]]:
    """Of each figure the number and the words under each field that has some."""
    made = article(*paragraphs, place=place, rows=rows)
    return [
        {
            "number": made.text[figure.number_start : figure.number_end],
            **{
                name.removesuffix("_span"): span.of(made.text)
                for name in SPANS
                if (span := getattr(figure, name)) is not None
            },
        }
        for figure in figures(made)
    ]


def test_the_words_under_each_field() -> None:
    (figure,) = words("Đến hết năm 2025, huyện Hải Hậu phấn đấu có ít nhất 20 sản phẩm từ 3 sao trở lên.")
    assert figure == {
        "number": "20",
        "what": "sản phẩm",
        "star": "từ 3 sao trở lên",
        "bound": "ít nhất",
        "subplace": "huyện Hải Hậu",
        "as_of": "hết năm 2025",
        "planned": "phấn đấu",
    }
    (figure,) = words("Theo Sở Công Thương tỉnh Thái Bình, có 3 sản phẩm tiềm năng 5 sao của Thái Bình.")
    assert figure == {
        "number": "3",
        "what": "sản phẩm",
        "star": "5 sao",
        "potential": "tiềm năng",
        "place": "Thái Bình",
        "says": "Sở Công Thương tỉnh Thái Bình",
    }
    (figure,) = words("Có 70% số chủ thể được tập huấn.")
    assert figure == {"number": "70", "what": "%", "share_of": "chủ thể"}


def test_words_from_other_sentences() -> None:
    _, part = words("Năm 2023, tỉnh có 62 sản phẩm. Trong đó, 18 đạt 4 sao.")
    assert (part["number"], part["star"], part["as_of"]) == ("18", "4 sao", "Năm 2023")
    _, first, second = words("Mục tiêu năm 2025 của 9 huyện:", "- Công nhận 45 sản phẩm;", "- Mở 5 điểm bán.")
    assert (first["as_of"], first["planned"]) == ("năm 2025", "Mục tiêu")
    assert (second["number"], second["what"], second["planned"]) == ("5", "điểm bán", "Mục tiêu")


def test_words_of_a_table() -> None:
    (figure,) = words("Số liệu.", rows=("Huyện | Sản phẩm 4 sao | Năm", "Hải Hậu | 15 | Năm 2022"))
    assert figure == {
        "number": "15",
        "what": "Sản phẩm",
        "star": "4 sao",
        "subplace": "Hải Hậu",
        "as_of": "Năm 2022",
    }
    (figure,) = words("Số liệu.", rows=("Chỉ tiêu | Đơn vị tính | Mục tiêu năm 2025", "Kinh phí | triệu đồng | 850"))
    assert (figure["what"], figure["as_of"], figure["planned"]) == ("triệu đồng", "năm 2025", "Mục tiêu năm 2025")


def test_a_heading_that_sets_aims() -> None:
    made = article("Mục tiêu", "Toàn tỉnh có 45 sản phẩm được công nhận.", "Khen thưởng 3 chủ thể.")
    second = made.blocks[1]
    heading = Section(label="", heading="Mục tiêu", level=1, start=0, end=second.end)
    told, other = figures(replace(made, sections=(heading,)))
    assert told.planned_span is not None
    assert (told.planned, told.planned_span.of(made.text)) == (True, "Mục tiêu")
    assert not other.planned


def test_where_the_place_comes_from() -> None:
    (declared,) = figures(article("Có 62 sản phẩm."))
    assert (declared.place, declared.place_from, declared.place_said) == ("nam-dinh", "source", False)
    (led,) = figures(article("Hội chợ mở ở Nam Định.", "Có 62 sản phẩm.", place=None))
    assert (led.place, led.place_from) == ("nam-dinh", "lead")
    (titled,) = figures(replace(article("Có 62 sản phẩm.", place=None), title="Nam Định có thêm sản phẩm"))
    assert (titled.place, titled.place_from) == ("nam-dinh", "title")
    (said,) = figures(article("Tỉnh Thái Bình có 30 sản phẩm."))
    assert (said.place, said.place_from, said.place_said) == ("thai-binh", None, True)


def inside(span: Span, size: int) -> bool:
    return 0 <= span.start < span.end <= size


def broken(figure: Figure, size: int) -> list[str]:
    """What of a figure does not lie in a text of that length, or has words under it without a value."""
    spans = {name: getattr(figure, name) for name in SPANS}
    found = [name for name, span in spans.items() if span is not None and not inside(span, size)]
    if not 0 <= figure.start <= figure.number_start < figure.number_end <= figure.end <= size:
        found.append("number")
    for name in ("share_of", "star", "bound", "place", "subplace", "says"):
        if spans[f"{name}_span"] is not None and getattr(figure, name) is None:
            found.append(f"{name} without a value")
    if (figure.star is None) != (figure.star_to is None):
        found.append("half a range of stars")
    if figure.potential and figure.potential_span is None:
        found.append("potential without words")
    return found


PIECES = st.sampled_from(
    "tỉnh|huyện|xã|Hải Hậu|Nam Định|Thái Bình|cả nước|có|đạt|được|và|,|;|.|:|(|)|trong đó|gồm|lần lượt|là|từ|đến|lên|"
    "trên|ít nhất|khoảng|chưa tới|sản phẩm|SP|chủ thể|HTX|doanh nghiệp|hộ|xã, phường|điểm bán|triệu đồng|tỷ|%|điểm|"
    "3 sao|4 sao|từ 3 sao trở lên|3 sao lên 4 sao|tiềm năng 5 sao|năm 2023|đến cuối năm|năm nay|giai đoạn 2021-2025|"
    "hiện|phấn đấu|mục tiêu|đã|đăng ký|Theo Sở Công Thương|cho biết|của|tại|trong số|một|năm|hai|ba mươi hai|1.234|05|"
    "9/13|20 - 25|65,4|trở lên|của huyện|toàn huyện|| |\n- |\n1. |".split("|")
)


@given(st.lists(PIECES, min_size=1, max_size=40), st.sampled_from(["Nam Định", None]))
def test_any_text_is_read_and_its_spans_hold(pieces: list[str], place: str | None) -> None:
    lines = [line for line in (" ".join(part.split()) for part in " ".join(pieces).split("\n")) if line]
    if not lines:
        return
    made = article(*lines, rows=tuple(line.replace(",", " |") for line in lines if "," in line), place=place)
    assert [fault for figure in figures(made) for fault in broken(figure, len(made.text))] == []


@given(st.text(min_size=1, max_size=200))
def test_any_characters_are_read(text: str) -> None:
    lines = [line for line in (" ".join(part.split()) for part in text.splitlines()) if line]
    if not lines:
        return
    made = article(*lines)
    assert [fault for figure in figures(made) for fault in broken(figure, len(made.text))] == []


@pytest.mark.parametrize("piece", ["1 ", "sao ", "có 3 sản phẩm, ", "từ ", "năm 2023 ", "(", "A B ", "trong đó "])
def test_a_long_line_is_read(piece: str) -> None:
    made = article(piece.strip() + " " + piece * 3000)
    assert [fault for figure in figures(made) for fault in broken(figure, len(made.text))] == []
