"""Criteria sets by value: parts, items, options with points and stars, misprints told beside the print, and spans."""

import json
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.archive import Raw
from crawler.article import Article, Kind, Role, fold_space
from crawler.draft import Draft, Line, Origin, compose
from crawler.read import read_article
from index.criteria.reading import criteria_sets
from index.criteria.sets import (
    CriteriaSet,
    Criterion,
    anomaly_at,
    conditions,
    effective_maximum,
    effective_points,
    find_sets,
)

# A set of our own: baskets, 40 + 25 + 35 points.
BASKETS = (
    "Các tiêu chí | Thang điểm",
    "Phần A: NGƯỜI LÀM VÀ LÀNG NGHỀ (40 Điểm) | 40",
    "1. NGUYÊN LIỆU | 26",
    "1.1. Tre lấy ở đâu | 20",
    "Yêu cầu: tre phải khai thác hợp lệ",
    "□ Mua nơi khác | 0",
    "□ Một nửa của xã*** | 10",
    "□ Toàn bộ của xã | 20",
    "1.2. Phơi và xử lý mọt | 5",
    "□ Phơi nắng | 1",
    "□ Sấy, có sổ theo dõi **** | 3",
    "□ Sấy khép kín***** Ghi chú: sổ sấy phải đủ 12 tháng | 5",
    "1.3. Có nhãn hai thứ tiếng | 1",
    "2. TAY NGHỀ | 14",
    "□ Thợ học việc | 4",
    "□ Thợ lành nghề*** | 9",
    "□ Nghệ nhân* * * * | 14",
    "Ghi chú: không chấm hàng mua lại",
    "Phần B: BÁN HÀNG (25 Điểm) | 25",
    "3. Nơi bán | 25",
    "Chọn một trong hai trường hợp:",
    "a. Trường hợp 1: có cửa hàng",
    "□ Một cửa hàng | 10",
    "□ Từ hai cửa hàng*** | 25",
    "b. Trường hợp 2: bán qua mạng",
    "□ Một gian hàng | 10",
    "□ Từ hai gian hàng | 25",
    "PHẦN C CHẤT LƯỢNG (35 Điểm) | 35",
    "4. Cảm quan | 35",
    "4.1. Nan | 20",
    "4.1.1 Độ đều | 12",
    "□ Lệch | 0",
    "□ Đều**** | 12",
    "4.1.2. Độ bóng | 8",
    "□ Mờ | 3",
    "□ Bóng | 8",
    "4.2. Quai | 15",
    "□ Lỏng | 2",
    "□ Chắc*** | 7",
    "□ Rất chắc | 15",
    "TỔNG CỘNG | 100",
)
HEAD = (
    "7. Bộ sản phẩm: Giỏ tre, gùi mây",
    "(Sản phẩm: Hàng đan lát. Nhóm: Đồ tre)",
    "Tên sản phẩm: …………",
    "Hồ sơ bị loại khi: khai sai nguồn tre",
)


def article(
    *lines: str, rows: Sequence[str] = (), after: Sequence[str] = (), kind: Kind = "regulation", title: str = ""
) -> Article:
    drafted = [Line(text=text) for text in lines]
    drafted += [Line(text=text, role="row") for text in rows] + [Line(text=text) for text in after]
    origin = Origin(source="Trang luật", fetched="2026-01-01T00:00", kind=kind, kind_fixed=True)
    draft = Draft(title=title or "Quyết định 77/2031/QĐ-TTg về đồ tre", lines=tuple(drafted))
    return compose(draft, origin, Raw(body=b"bo", content_type="text/plain"))


def only(text: Article) -> CriteriaSet:
    (found,) = criteria_sets(text)
    return found


def baskets(*changes: tuple[str, str]) -> CriteriaSet:
    """The set with some of its rows printed otherwise; "" leaves a row out."""
    printed = dict(changes)
    assert printed.keys() <= set(BASKETS)
    return only(article(*HEAD, rows=[row for row in (printed.get(row, row) for row in BASKETS) if row]))


def criterion(found: CriteriaSet, code: str) -> Criterion:
    return next(one for one in found.criteria if one.code == code)


def told(found: CriteriaSet) -> list[tuple[str, str, str, float | None]]:
    return [(one.kind, one.where, one.printed, one.expected) for one in found.anomalies]


def assert_spans_hold(text: Article, found: CriteriaSet) -> None:
    """Every span's text is what the record claims, and lies within the set."""

    def says(span: tuple[int, int] | None, printed: str | None) -> None:
        if span is not None:
            assert text.text[slice(*span)] == printed

    says(found.name_span, found.name)
    says(found.classification_span, found.classification)
    for part in found.parts:
        says((part.start, part.end), part.label)
        says(part.max_span, part.printed)
        for item in part.items:
            says((item.start, item.end), item.label)
            says(item.max_span, item.printed)
            for one in item.criteria:
                says((one.start, one.end), one.label)
                says(one.max_span, one.printed)
                for option in one.options:
                    says((option.start, option.end), option.text)
                    if option.points_start is not None:
                        says((option.points_start, option.points_end or 0), option.printed)
                        assert found.start <= option.points_start <= found.end
                    if option.star_span is not None and option.min_star is not None:
                        marks = text.text[slice(*option.star_span)]
                        assert marks.replace(" ", "") in ("*" * option.min_star, f"{option.min_star}sao")
                    assert found.start <= option.start <= option.end <= found.end
    for anomaly in found.anomalies:
        assert found.start <= anomaly.start <= anomaly.end <= found.end
        if anomaly.kind not in ("odd_mark", "blank_points", "blank_maximum"):
            says((anomaly.start, anomaly.end), anomaly.printed)


def test_a_set_by_value() -> None:
    text = article(*HEAD, rows=BASKETS, after=("Ghi chú: dấu sao là mức tối thiểu", "Người chấm ký tên"))
    found = only(text)
    assert (found.number, found.name, found.group, found.subgroup) == (7, "Giỏ tre, gùi mây", "Hàng đan lát", "Đồ tre")
    assert (found.document, found.summary, found.total) == ("77/2031/QĐ-TTg", False, 100.0)
    assert (found.article_id, found.digest) == (text.id, text.digest)
    assert [(part.code, part.label, part.max, part.heading_max) for part in found.parts] == [
        ("A", "NGƯỜI LÀM VÀ LÀNG NGHỀ", 40.0, 40.0),
        ("B", "BÁN HÀNG", 25.0, 25.0),
        ("C", "CHẤT LƯỢNG", 35.0, 35.0),
    ]
    assert [(item.code, item.label, item.max) for item in found.items] == [
        ("1", "NGUYÊN LIỆU", 26.0),
        ("2", "TAY NGHỀ", 14.0),
        ("3", "Nơi bán", 25.0),
        ("4", "Cảm quan", 35.0),
    ]
    assert [(one.code, one.max, one.parent, len(one.options)) for one in found.criteria] == [
        ("1.1", 20.0, None, 3),
        ("1.2", 5.0, None, 3),
        ("1.3", 1.0, None, 1),
        ("2", 14.0, None, 3),
        ("3", 25.0, None, 4),
        ("4.1", 20.0, None, 0),
        ("4.1.1", 12.0, "4.1", 2),
        ("4.1.2", 8.0, "4.1", 2),
        ("4.2", 15.0, None, 3),
    ]
    assert [(option.text, option.points, option.min_star) for option in criterion(found, "1.2").options] == [
        ("Phơi nắng", 1.0, None),
        ("Sấy, có sổ theo dõi", 3.0, 4),
        ("Sấy khép kín", 5.0, 5),
    ]
    assert [(option.points, option.min_star) for option in criterion(found, "2").options] == [
        (4.0, None),
        (9.0, 3),
        (14.0, 4),
    ]
    (implied,) = criterion(found, "1.3").options
    assert (implied.text, implied.points, implied.implied) == ("Có nhãn hai thứ tiếng", 1.0, True)
    notes = {one.code: [text.text[slice(*note)] for note in one.notes] for one in found.criteria if one.notes}
    assert notes == {
        "1.1": ["Yêu cầu: tre phải khai thác hợp lệ"],
        "1.2": ["Ghi chú: sổ sấy phải đủ 12 tháng"],
        "2": ["Ghi chú: không chấm hàng mua lại"],
        "3": ["Chọn một trong hai trường hợp:", "a. Trường hợp 1: có cửa hàng", "b. Trường hợp 2: bán qua mạng"],
    }
    cases = [text.text[slice(*option.case)] for option in criterion(found, "3").options if option.case is not None]
    assert cases == ["a. Trường hợp 1: có cửa hàng"] * 2 + ["b. Trường hợp 2: bán qua mạng"] * 2
    assert [text.text[slice(*span)] for span in found.rejected_when] == [HEAD[3]]
    assert [text.text[slice(*span)] for span in found.notes] == ["Ghi chú: dấu sao là mức tối thiểu"]
    assert text.text[found.start : found.end].startswith(HEAD[0])
    assert text.text[found.start : found.end].endswith("là mức tối thiểu")
    assert found.anomalies == ()
    assert_spans_hold(text, found)


@pytest.mark.parametrize(
    ("row", "printed", "expected", "points"),
    [
        # The last option reaches the maximum where no other does.
        ("□ Rất chắc | 15", "□ Rất chắc | 115", ("points_exceed_maximum", "4.2", "115", 15.0), 115.0),
        # Between 1 and 5 stand 2, 3 and 4; "33" can stand for 3 alone.
        (
            "□ Sấy, có sổ theo dõi **** | 3",
            "□ Sấy, có sổ theo dõi **** | 33",
            ("points_exceed_maximum", "1.2", "33", 3.0),
            33.0,
        ),
        # 66 is no number between with one digit fewer, and more than one fits.
        (
            "□ Sấy, có sổ theo dõi **** | 3",
            "□ Sấy, có sổ theo dõi **** | 66",
            ("points_exceed_maximum", "1.2", "66", None),
            66.0,
        ),
        # Below 1 there is 0 alone.
        ("□ Phơi nắng | 1", "□ Phơi nắng", ("blank_points", "1.2", "", None), None),
        (
            "□ Sấy khép kín***** Ghi chú: sổ sấy phải đủ 12 tháng | 5",
            "□ Sấy kín",
            ("blank_points", "1.2", "", 5.0),
            None,
        ),
        (
            "□ Sấy, có sổ theo dõi **** | 3",
            "□ Sấy, có sổ theo dõi **** | 3 7",
            ("ambiguous_points", "1.2", "3 7", 3.0),
            None,
        ),
        ("□ Chắc*** | 7", "□ Chắc*** | 2", ("repeated_points", "4.2", "2", None), 2.0),
        ("□ Chắc*** | 7", "□ Chắc*** | 1", ("points_out_of_order", "4.2", "1", None), 1.0),
    ],
)
def test_misprinted_points_stay_as_printed_and_are_told(
    row: str, printed: str, expected: tuple[str, str, str, float | None], points: float | None
) -> None:
    found = baskets((row, printed))
    assert told(found) == [expected]
    (anomaly,) = found.anomalies
    options = [option for one in found.criteria for option in one.options]
    (option,) = [one for one in options if one.place == (anomaly.start, anomaly.end)]
    assert option.points == points
    assert option.printed == expected[2]
    assert effective_points(option, found) == (expected[3] if expected[3] is not None else points)
    others = [one for one in options if one is not option]
    assert [effective_points(one, found) for one in others] == [one.points for one in others]


def test_a_blank_below_one_is_nought() -> None:
    found = baskets(
        ("□ Phơi nắng | 1", "□ Phơi nắng"), ("□ Sấy, có sổ theo dõi **** | 3", "□ Sấy, có sổ theo dõi **** | 1")
    )
    assert told(found) == [("blank_points", "1.2", "", 0.0)]
    option = criterion(found, "1.2").options[0]
    assert (option.points, effective_points(option, found)) == (None, 0.0)
    assert found.anomalies[0].reason == "Điểm của phương án bỏ trống; giữa các phương án khác chỉ 0 điểm là vừa."


def test_a_maximum_of_two_numbers_is_told_by_options_and_sum() -> None:
    found = baskets(("4.2. Quai | 15", "4.2. Quai | 15 1"))
    quai = criterion(found, "4.2")
    assert (quai.max, quai.printed) == (None, "15 1")
    assert told(found) == [("ambiguous_maximum", "4.2", "15 1", 15.0)]
    assert effective_maximum(quai, found) == 15.0


def test_a_blank_maximum_is_implied_only_where_options_and_sum_agree() -> None:
    found = baskets(("4.2. Quai | 15", "4.2. Quai"))
    assert told(found) == [("blank_maximum", "4.2", "", 15.0)]
    found = baskets(("4.2. Quai | 15", "4.2. Quai"), ("□ Rất chắc | 15", "□ Rất chắc | 12"))
    assert told(found) == [("blank_maximum", "4.2", "", None)]
    assert effective_maximum(criterion(found, "4.2"), found) is None


def test_an_item_of_its_own_options_with_two_numbers_is_told_once() -> None:
    found = baskets(("2. TAY NGHỀ | 14", "2. TAY NGHỀ | 14 / 4"))
    assert told(found) == [("ambiguous_maximum", "2", "14 / 4", 14.0)]
    assert effective_maximum(found.items[1], found) == effective_maximum(criterion(found, "2"), found) == 14.0


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            (("Phần A: NGƯỜI LÀM VÀ LÀNG NGHỀ (40 Điểm) | 40", "Phần A: NGƯỜI LÀM (35 Điểm) | 40"),),
            [("heading_differs", "A", "35", 40.0)],
        ),
        (
            (("Phần B: BÁN HÀNG (25 Điểm) | 25", "Phần B: BÁN HÀNG (25 Điểm) | 20"),),
            [("heading_differs", "B", "20", 25.0), ("sum_differs", "", "100", None)],
        ),
        ((("TỔNG CỘNG | 100", "TỔNG CỘNG | 110"),), [("sum_differs", "", "110", None)]),
        ((("4.1.2. Độ bóng | 8", "4.1.2. Độ bóng | 9"),), [
            ("sum_differs", "4.1", "20", None),
            ("maximum_not_reached", "4.1.2", "9", None),
        ]),
        ((("□ Chắc*** | 7", "□ Chắc** | 7"),), [("odd_mark", "4.2", "", None)]),
        ((("□ Bóng | 8", ""), ("□ Mờ | 3", "")), [("no_options", "4.1.2", "Độ bóng", None)]),
        ((("4.2. Quai | 15", "4.1. Quai | 15"),), [("repeated_code", "4.1", "Quai", None)]),
        ((("4.2. Quai | 15", "5.2. Quai | 15"),), [("misplaced_code", "5.2", "Quai", None)]),
    ],
)  # fmt: skip
def test_what_does_not_add_up_is_told(
    changes: tuple[tuple[str, str], ...], expected: list[tuple[str, str, str, float | None]]
) -> None:
    assert told(baskets(*changes)) == expected


def test_a_mark_binds_at_more_stars_too() -> None:
    found = baskets()
    bound = {star: [(one.criterion.code, one.option.text) for one in conditions(found, star)] for star in (3, 4, 5)}
    assert bound[3] == [
        ("1.1", "Một nửa của xã"),
        ("2", "Thợ lành nghề"),
        ("3", "Từ hai cửa hàng"),
        ("4.2", "Chắc"),
    ]
    assert bound[4] == [
        ("1.1", "Một nửa của xã"),
        ("1.2", "Sấy, có sổ theo dõi"),
        ("2", "Nghệ nhân"),
        ("3", "Từ hai cửa hàng"),
        ("4.1.1", "Đều"),
        ("4.2", "Chắc"),
    ]
    assert bound[5] == [(code, "Sấy khép kín" if code == "1.2" else text) for code, text in bound[4]]
    with pytest.raises(ValueError, match="expected 3, 4 or 5"):
        conditions(found, 2)


def test_two_sets_in_a_row_and_an_item_without_its_point() -> None:
    rows = [row.replace("2. TAY NGHỀ", "2 TAY NGHỀ") for row in BASKETS]
    lines = [Line(text=text) for text in HEAD] + [Line(text=text, role="row") for text in BASKETS]
    lines += [Line(text="8. Sản phẩm chiếu cói"), *(Line(text=text, role="row") for text in rows)]
    origin = Origin(source="Trang luật", fetched="2026-01-01T00:00", kind="regulation", kind_fixed=True)
    text = compose(
        Draft(title="Quyết định 77/2031/QĐ-TTg", lines=tuple(lines)), origin, Raw(body=b"b", content_type="")
    )
    first, second = criteria_sets(text)
    assert [(one.number, one.name, one.anomalies) for one in (first, second)] == [
        (7, "Giỏ tre, gùi mây", ()),
        (8, "Sản phẩm chiếu cói", ()),
    ]
    assert [one.code for one in first.criteria] == [one.code for one in second.criteria]
    assert second.rejected_when == ()


# A page of our own that restates a set: codes and stars in columns of their own, a cell of two long paragraphs.
GUIDE = """<html><head><title>Tóm lược bộ 7: giỏ tre, gùi mây</title></head><body><article>
<h1>Tóm lược bộ 7: giỏ tre, gùi mây</h1>
<p>Chúng tôi kể lại bằng lời của mình bộ tiêu chí đồ tre theo Quyết định 77/2031/QĐ-TTg; điểm và dấu sao giữ nguyên.</p>
<p>Bị loại nếu khai sai nơi lấy tre.</p>
<table border="1"><tr><th>Mã</th><th>Nội dung</th><th>Điểm</th><th>Sao</th></tr>
<tr><td>A</td><td>Người làm và làng</td><td>65</td><td></td></tr>
<tr><td>1</td><td>Nguyên liệu</td><td>40</td><td></td></tr>
<tr><td>1.1</td><td><p>Tre lấy ở đâu, do ai chặt, chặt mùa nào và chở về bằng gì, vì tre non mau mọt và tre mua
chợ thì không biết gốc.</p><p>Yêu cầu: phải có giấy của thôn hoặc của chủ rừng, còn hạn, ghi rõ số cây và ngày chặt,
đóng dấu ở mặt sau của giấy.</p></td><td>40</td><td></td></tr>
<tr><td></td><td>Mua ở nơi khác</td><td>5</td><td></td></tr>
<tr><td></td><td>Một nửa lấy trong xã</td><td>20</td><td>3 sao</td></tr>
<tr><td></td><td>Lấy hết trong xã</td><td>40</td><td>*****</td></tr>
<tr><td>2</td><td>Tay nghề</td><td>25</td><td></td></tr>
<tr><td></td><td>Đang học</td><td>5</td><td></td></tr>
<tr><td></td><td>Lành nghề</td><td>25</td><td>****</td></tr>
<tr><td>B</td><td>Bán hàng</td><td>35</td><td></td></tr>
<tr><td>3</td><td>Nơi bán</td><td>35</td><td></td></tr>
<tr><td></td><td>Chợ xã</td><td>3,5</td><td></td></tr>
<tr><td></td><td>Cả nước</td><td>35</td><td></td></tr>
<tr><td></td><td>Tổng cộng</td><td>100</td><td></td></tr></table>
<p>Lưu ý: dấu sao là mức ít nhất phải có.</p></article></body></html>"""
# The same as lines with the points in words, and as a table with options beside their criterion.
LISTED = """<html><head><title>Tóm lược bộ tiêu chí giỏ tre</title></head><body><article>
<h1>Tóm lược bộ tiêu chí giỏ tre</h1>
<p>Chúng tôi kể lại bằng lời của mình bộ tiêu chí đồ tre theo Quyết định 77/2031/QĐ-TTg; điểm và dấu sao giữ nguyên.</p>
<h2>Phần A: Người làm và làng (65 điểm)</h2><h3>1. Nguyên liệu (65 điểm)</h3><p>1.1. Tre lấy ở đâu (40 điểm)</p>
<ul><li>Mua ở nơi khác: 5 điểm</li><li>Một nửa lấy trong xã: 20 điểm ***</li><li>Lấy hết trong xã (40 điểm)</li></ul>
<p>1.2. Tay nghề (25 điểm)</p><ul><li>Đang học: 5 điểm</li><li>Lành nghề**** (25 điểm)</li></ul>
<h2>Phần B: Bán hàng (35 điểm)</h2><p>3. Nơi bán (35 điểm)</p><ul><li>Cả nước: 35 điểm</li></ul>
<h2>Nên làm gì trước</h2><ul><li>Đủ giấy tờ thì thường được: 2 điểm</li></ul></article></body></html>"""
BESIDE = """<html><head><title>Tóm lược bộ tiêu chí giỏ tre</title></head><body><article>
<h1>Tóm lược bộ tiêu chí giỏ tre</h1>
<p>Chúng tôi kể lại bằng lời của mình bộ tiêu chí đồ tre theo Quyết định 77/2031/QĐ-TTg; điểm và dấu sao giữ nguyên.</p>
<table border="1"><tr><th>Tiêu chí</th><th>Tối đa</th><th>Phương án</th><th>Điểm</th></tr>
<tr><td colspan="3">Phần A: Người làm và làng</td><td>65</td></tr>
<tr><td colspan="3">1. Nguyên liệu</td><td>65</td></tr>
<tr><td rowspan="3">1.1. Tre lấy ở đâu</td><td rowspan="3">40</td><td>Mua ở nơi khác</td><td>5</td></tr>
<tr><td>Một nửa lấy trong xã***</td><td>20</td></tr><tr><td>Lấy hết trong xã</td><td>40</td></tr>
<tr><td rowspan="2">1.2. Tay nghề</td><td rowspan="2">25</td><td>Đang học</td><td>5</td></tr>
<tr><td>Lành nghề****</td><td>25</td></tr>
<tr><td colspan="3">Cộng phần A</td><td>65</td></tr></table></article></body></html>"""


def read(page: str) -> Article:
    return read_article(
        Raw(body=page.encode(), content_type="text/html; charset=utf-8"),
        Origin(source="Trang mẫu", fetched="2026-01-02T03:04:05Z"),
    )


def listed(found: CriteriaSet) -> list[tuple[str, float | None, list[tuple[str, float | None, int | None]]]]:
    return [
        (one.code, one.max, [(option.text, option.points, option.min_star) for option in one.options])
        for one in found.criteria
    ]


BAMBOO = [("Mua ở nơi khác", 5.0, None), ("Một nửa lấy trong xã", 20.0, 3), ("Lấy hết trong xã", 40.0, None)]
SKILL = [("Đang học", 5.0, None), ("Lành nghề", 25.0, 4)]


def test_a_page_that_restates_a_set() -> None:
    text = read(GUIDE)
    found = only(text)
    assert (found.summary, found.document, found.number, found.name) == (True, "77/2031/QĐ-TTg", 7, "giỏ tre, gùi mây")
    assert found.name_span is None
    assert listed(found) == [
        ("1.1", 40.0, [*BAMBOO[:2], ("Lấy hết trong xã", 40.0, 5)]),
        ("2", 25.0, SKILL),
        ("3", 35.0, [("Chợ xã", 3.5, None), ("Cả nước", 35.0, None)]),
    ]
    (note,) = criterion(found, "1.1").notes
    assert text.text[slice(*note)].startswith("Yêu cầu: phải có giấy")
    assert [text.text[slice(*span)] for span in found.rejected_when] == ["Bị loại nếu khai sai nơi lấy tre."]
    assert [text.text[slice(*span)] for span in found.notes] == ["Lưu ý: dấu sao là mức ít nhất phải có."]
    assert (found.total, found.anomalies) == (100.0, ())
    assert_spans_hold(text, found)


@pytest.mark.parametrize(
    ("remark", "name"),
    [
        ("(Phụ lục II, Quyết định 77/2031/QĐ-TTg)", "giỏ tre, gùi mây"),
        ("(giỏ đi chợ, gùi nhỏ)", "giỏ tre, gùi mây (giỏ đi chợ, gùi nhỏ)"),
    ],
)
def test_a_title_says_in_brackets_where_its_set_stands(remark: str, name: str) -> None:
    found = only(read(GUIDE.replace("gùi mây", f"gùi mây {remark}")))
    assert (found.number, found.name, found.name_span) == (7, name, None)


def test_a_set_as_lines_with_points_in_words() -> None:
    text = read(LISTED)
    found = only(text)
    assert listed(found) == [("1.1", 40.0, BAMBOO), ("1.2", 25.0, SKILL), ("3", 35.0, [("Cả nước", 35.0, None)])]
    assert (found.name, found.total, found.anomalies) == ("giỏ tre", None, ())
    assert_spans_hold(text, found)


def test_options_beside_their_criterion() -> None:
    text = read(BESIDE)
    found = only(text)
    assert listed(found) == [("1.1", 40.0, BAMBOO), ("1.2", 25.0, SKILL)]
    assert found.anomalies == ()
    assert_spans_hold(text, found)


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        (("Tỉnh có 62 sản phẩm đạt 4 sao.",), ()),
        (("Phần A 40 điểm, phần B 25 điểm, phần C 35 điểm. Lấy bộ 1 làm ví dụ.",), ()),
        (("Phần A: Tình hình chung", "1. Kết quả đạt được"), ("1 | Chè Shan | 4 sao", "2 | Mật ong | 3 sao")),
        (("Bộ tiêu chí chia ba phần.",), ("Phần | Điểm", "A | 40", "B | 25", "C | 35")),
        ((), BASKETS[2:18]),
    ],
)
def test_what_is_no_set(lines: tuple[str, ...], rows: tuple[str, ...]) -> None:
    assert criteria_sets(article(*lines, "Hết.", rows=rows, kind="news")) == ()


def named(number: int, name: str, subgroup: str) -> CriteriaSet:
    return only(article(f"{number}. Bộ sản phẩm: {name}", f"(Sản phẩm: Thực phẩm. Nhóm: {subgroup})", rows=BASKETS))


SETS = (
    named(4, "Mật ong, mật khác và nông sản thực phẩm khác", "Thực phẩm sơ chế"),
    named(8, "Chế biến từ thịt, trứng, các sản phẩm từ mật ong", "Nông sản chế biến"),
    named(9, "Tương, nước mắm, gia vị dạng lỏng khác", "Gia vị"),
    named(11, "Chè tươi, chè chế biến", "Chè"),
    named(12, "Sản phẩm trà từ thực vật khác", "Chè"),
    named(13, "Sản phẩm cà phê, ca cao", "Cà phê, Ca cao"),
    named(16, "Nước khoáng thiên nhiên, nước uống đóng chai", "Đồ uống"),
)


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("cà phê", [13]),
        ("ca phe", [13]),
        ("cà phe", [13]),
        ("Cà phê rang xay", [13]),
        ("nước mắm", [9]),
        ("nuoc mam ca com", [9]),
        ("mật ong", [4, 8]),
        ("mat ong bac ha", [4, 8]),
        ("chè xanh", [11, 12]),
        ("che xanh", [11, 12]),
        ("trà", [12]),
        ("nước", [9, 16]),
        ("sản phẩm khác", []),
        ("mặt nạ", []),
        ("gốm", []),
        ("", []),
    ],
)
def test_sets_are_found_by_their_own_words(name: str, numbers: list[int]) -> None:
    assert [found.number for found in find_sets(SETS, name)] == numbers


# --- what no table may do ---------------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(st.permutations(BASKETS), st.data())
def test_shuffled_cut_and_merged_rows_never_raise(rows: list[str], data: st.DataObject) -> None:
    cut = data.draw(st.lists(st.sampled_from(["keep", "keep", "blank", "cell", "merge", "star"]), min_size=len(rows)))
    odd: list[str] = []
    for row, how in zip(rows, cut, strict=False):
        if how == "blank":
            odd.append(row.split(" | ")[0])
        elif how == "cell":
            odd.append(f"| {row} |  | x")
        elif how == "merge" and odd:
            odd[-1] = f"{odd[-1]} | {row}"
        elif how == "star":
            odd.append(row + " | ***")
        else:
            odd.append(row)
    text = article(*HEAD, rows=odd)
    for found in criteria_sets(text):
        assert_spans_hold(text, found)
        for star in (3, 4, 5):
            assert all((one.option.min_star or 0) <= star for one in conditions(found, star))
        for one in found.criteria:
            for option in one.options:
                at = anomaly_at(option.place, found)
                known = at.expected if at is not None else None
                assert effective_points(option, found) == (known if known is not None else option.points)


PIECES = st.sampled_from(
    ["Phần A", "Phần B: X (25 điểm)", "A", "1", "1.", "1.1", "6.1.1.", "□", "o ", "***", "* * * *", "|", " | ", "12",
     "4 1", "điểm", "(3 điểm)", "Ghi chú:", "TỔNG CỘNG", "100", "Bộ sản phẩm: ", "Trường hợp 1", "a.", "-", "𝟛", "Ⅳ",
     "٣", "\u0301"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["row", "paragraph", "item", "heading"]), st.lists(PIECES | st.text(max_size=4))),
        max_size=25,
    )
)
def test_random_lines_never_raise(lines: list[tuple[Role, list[str]]]) -> None:
    drafted = [Line(text=fold_space(" ".join(pieces)), role=role) for role, pieces in lines]
    drafted = [Line(text="Phần A: X | 40", role="row"), *(line for line in drafted if line.text)]
    origin = Origin(source="Trang luật", fetched="2026-01-01T00:00")
    text = compose(Draft(title="Bộ 3: x", lines=tuple(drafted)), origin, Raw(body=b"b", content_type="text/plain"))
    for found in criteria_sets(text):
        assert found.parts
        assert 0 <= found.start <= found.end <= len(text.text)
        find_sets([found], "x")


# --- against an independent reading of the decision -------------------------------------------------------------------

REGULATIONS = Path(__file__).parents[2] / "shared" / "data" / "regulations"
beside_shared = pytest.mark.skipif(
    not REGULATIONS.is_dir(), reason="../shared/data/regulations is not beside this checkout"
)


@cache
def decision() -> tuple[Article, tuple[CriteriaSet, ...]]:
    raw = Raw(body=(REGULATIONS / "26-2026-QD-TTg.html").read_bytes(), content_type="text/html")
    text = read_article(raw, Origin(source="Trang mẫu", fetched="2026-01-02T03:04:05Z"))
    return text, criteria_sets(text)


@cache
def expected_sets() -> list[dict[str, Any]]:
    found = json.loads((REGULATIONS / "26-2026-phuluc2-criteria.json").read_text(encoding="utf-8"))["sets"]
    assert isinstance(found, list)
    return found


def expected_criteria(of: dict[str, Any]) -> list[dict[str, Any]]:
    items = [item for section in of["sections"] for item in section["items"]]
    return [one for item in items for one in (item["criteria"] or [item])]


def folded(*texts: str) -> str:
    """As the article's text has it, where the lines of a cell, " / " in the other reading, stand in one line."""
    return fold_space(" ".join(texts).replace(" / ", " "))


@beside_shared
def test_the_decision_has_26_sets_of_a_hundred_points() -> None:
    text, sets = decision()
    assert [(one.number, one.name, one.classification) for one in sets] == [
        (one["no"], one["name"], one["classification"]) for one in expected_sets()
    ]
    assert [one.number for one in sets] == list(range(1, 27))
    for one in sets:
        assert [(part.code, part.max) for part in one.parts] == [("A", 40.0), ("B", 25.0), ("C", 35.0)]
        assert one.total == 100.0
        assert sum(effective_maximum(item, one) or 0.0 for item in one.items) == 100.0
        assert (one.document, one.summary, one.digest) == ("26/2026/QĐ-TTg", False, text.digest)
        assert_spans_hold(text, one)
    assert sum(len(one.criteria) for one in sets) == 791
    assert sum(bool(criterion.options) for one in sets for criterion in one.criteria) == 787


@beside_shared
def test_the_decisions_options_against_an_independent_reading() -> None:
    text, sets = decision()
    compared = 0
    differ: list[tuple[int | None, str, str]] = []
    for one, expected in zip(sets, expected_sets(), strict=True):
        theirs = expected_criteria(expected)
        assert [criterion.code for criterion in one.criteria] == [criterion["code"] for criterion in theirs]
        for mine, their in zip(one.criteria, theirs, strict=True):
            assert mine.parent == their.get("parent")
            if mine.max != their["max"]:
                differ.append((one.number, mine.code, f"max {mine.max} {their['max']}"))
            notes = [note for option in their["options"] if (note := option.get("note"))]
            assert folded(mine.label, *(text.text[slice(*note)] for note in mine.notes)) == folded(
                their["label"], *their["notes"], *notes
            )
            for option, other in zip(mine.options, their["options"], strict=True):
                compared += 1
                assert option.points == other["points"]
                assert option.implied is other.get("implied", False)
                if not option.implied and option.text != folded(other["text"]):
                    differ.append((one.number, mine.code, f"text {option.min_star} {other['min_star']}"))
                elif option.min_star != other["min_star"]:
                    differ.append((one.number, mine.code, f"star {option.min_star} {other['min_star']}"))
        assert [text.text[slice(*span)] for span in one.rejected_when] == [*map(folded, expected["rejected_when"])]
        assert [text.text[slice(*span)] for span in one.notes] == [*map(folded, expected["notes"])]
    assert compared == 2557
    assert differ == [
        # Printed with blanks between, "* * * *", as this criterion is marked in the sets beside; the other reading
        # takes it for words.
        (3, "5.1", "text 4 None"),
        # Printed "4 1".
        (23, "9", "max None 4.0"),
    ]


@beside_shared
def test_the_decisions_misprints_are_told_and_nothing_else() -> None:
    _, sets = decision()
    found = {one.number: told(one) for one in sets if one.anomalies}
    blank = ("blank_points", "1.2", "", 0.0)
    assert found == {
        4: [blank, ("points_exceed_maximum", "7", "13", 3.0)],
        7: [blank, ("repeated_points", "3.1", "1", None)],
        10: [blank],
        11: [blank, ("points_exceed_maximum", "6.1.1", "11", 1.0)],
        23: [("repeated_points", "6.2", "1", None), ("ambiguous_maximum", "9", "4 1", 4.0)],
        26: [("heading_differs", "A", "35", 40.0)],
    }
    by_number = {one.number: one for one in sets}
    nutrition = criterion(by_number[4], "7").options[-1]
    assert (nutrition.points, effective_points(nutrition, by_number[4])) == (13.0, 3.0)
    dirt = criterion(by_number[11], "6.1.1").options[1]
    assert (dirt.points, effective_points(dirt, by_number[11])) == (11.0, 1.0)
    assert criterion(by_number[1], "1.2").options[0].points == 0.0
    assert by_number[26].rejected_when == ()


@beside_shared
def test_the_decisions_marks_and_conditions() -> None:
    _, sets = decision()
    marks = Counter(option.min_star for one in sets for criterion in one.criteria for option in criterion.options)
    assert marks == {None: 1982, 3: 179, 4: 290, 5: 106}
    (coffee,) = find_sets(sets, "ca phe")
    assert coffee.number == 13
    assert len(conditions(coffee, 5)) == 14
    assert [one.criterion.code for one in conditions(coffee, 3)] == ["1.1", "2.2", "2.3", "3.5", "4.1", "5.3", "8", "9"]
    assert [found.number for found in find_sets(sets, "mật ong")] == [4, 8]
    assert [found.number for found in find_sets(sets, "nước mắm")] == [9]
