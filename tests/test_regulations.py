"""What a text of law says of itself and of others: days, endings, amendments, periods, who acts, transitions."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.archive import Raw
from crawler.article import Article, Kind
from crawler.draft import Draft, Line, Origin, compose
from crawler.text.legal import heading_units
from index.law.address import DocumentNumber, completed, find_document_numbers
from index.law.authority import Authority
from index.law.documents import Law
from index.law.regulations import Regulation, read_regulation
from index.law.statements import Says, Statement
from index.law.transitions import Transition


def article(title: str, *lines: str, kind: Kind = "regulation", published: str | None = "2024-03-09") -> Article:
    """Lines beginning with "# " are headings, those with " | " rows, "a) …" items."""
    made = tuple(
        Line(text=line.removeprefix("# "), role="heading", level=1)
        if line.startswith("# ")
        else Line(text=line, role="row" if " | " in line else "item" if line[1:2] == ")" else "paragraph")
        for line in lines
    )
    origin = Origin(source="Trang luật", fetched="2026-01-01T00:00", kind=kind, kind_fixed=True, published=published)
    draft = Draft(title=title, lines=made, units=heading_units(made))
    return compose(draft, origin, Raw(body=b"luat", content_type="text/plain"))


def read(title: str, *lines: str, kind: Kind = "regulation", published: str | None = "2024-03-09") -> Regulation:
    found = read_regulation(article(title, *lines, kind=kind, published=published))
    assert found is not None
    return found


def number(text: str) -> DocumentNumber:
    return find_document_numbers(text)[0]


def told(regulation: Regulation, says: Says) -> list[Statement]:
    return [statement for statement in regulation.statements if statement.says == says]


MARKET = (
    "Quyết định 77/2024/QĐ-TTg về chợ phiên",
    "Quyết định này có hiệu lực từ ngày 01 tháng 5 năm 2024.",
    "Quyết định số 12/2019/QĐ-TTg hết hiệu lực sau 60 ngày kể từ ngày Quyết định này có hiệu lực.",
)


def test_days_and_endings_of_a_regulation() -> None:
    text = article(*MARKET).text
    found = read(*MARKET)
    assert found.number is not None
    assert found.number.label == "77/2024/QĐ-TTg"
    assert found.summary is False
    (signed,) = told(found, "signed")
    assert (signed.on, signed.known, signed.at) == (date(2024, 3, 9), "declared", None)
    (effective,) = told(found, "effective")
    assert (effective.on, effective.known) == (date(2024, 5, 1), "stated")
    assert (effective.start, effective.end) == (0, len(MARKET[1]))
    assert effective.at is not None
    assert effective.at.of(text) == "ngày 01 tháng 5 năm 2024"
    (ending,) = told(found, "ended")
    assert (ending.number.label, ending.on, ending.known) == ("12/2019/QĐ-TTg", date(2024, 6, 30), "counted")
    assert (ending.counted_from, ending.days, ending.said) == (date(2024, 5, 1), 60, False)
    assert ending.by is not None
    assert ending.by.label == "77/2024/QĐ-TTg"
    assert ending.at is not None
    assert ending.at.of(text) == "hết hiệu lực sau 60 ngày"


def test_in_force_from_signing_and_replacing_at_once() -> None:
    found = read(
        "Quyết định 148/QĐ-TTg",
        "Quyết định này có hiệu lực thi hành kể từ ngày ký và thay thế Quyết định số 1048/QĐ-TTg.",
        published="2023-02-24",
    )
    assert [(item.on, item.known) for item in told(found, "effective")] == [(date(2023, 2, 24), "signing")]
    assert [(item.number.label, item.on, item.known) for item in told(found, "ended")] == [
        ("1048/QĐ-TTg", date(2023, 2, 24), "stated")
    ]


def test_the_line_of_place_and_date_says_when_it_was_signed() -> None:
    made = article("Quyết định 77/2024/QĐ-TTg", "Hà Nội, ngày 09 tháng 3 năm 2024", "Điều 1. Chợ họp ngày rằm.")
    found = read_regulation(made)
    assert found is not None
    (signed,) = told(found, "signed")
    assert signed.at is not None
    assert (signed.known, signed.at.of(made.text)) == ("stated", "ngày 09 tháng 3 năm 2024")


@pytest.mark.parametrize(
    "sentence",
    [
        "Quyết định số 12/2019/QĐ-TTg chưa hết hiệu lực.",
        "Quyết định này bị thay thế bởi Quyết định số 12/2026/QĐ-TTg.",
        "Căn cứ Quyết định số 12/2019/QĐ-TTg.",
        "Sửa đổi và thay thế điểm a khoản 1 Quyết định số 12/2019/QĐ-TTg.",
        "Bãi bỏ khoản 2 Điều 5 Quyết định số 12/2019/QĐ-TTg.",
    ],
)
def test_what_ends_nothing_else(sentence: str) -> None:
    found = read("Quyết định 77/2024/QĐ-TTg", sentence)
    assert [item.number.label for item in told(found, "ended") if item.number.number == "12"] == []


@pytest.mark.parametrize(
    ("sentence", "target", "units"),
    [
        ("Sửa đổi điểm a khoản 1 Quyết định số 12/2019/QĐ-TTg.", "12/2019/QĐ-TTg", "điểm a khoản 1"),
        ("Bãi bỏ khoản 2 Điều 5 Quyết định số 12/2019/QĐ-TTg.", "12/2019/QĐ-TTg", "khoản 2 Điều 5"),
        (
            "Văn bản chỉ đụng tới Phụ lục II của Quyết định 12/2019/QĐ-TTg: sửa điểm a, bỏ điểm b.",
            "12/2019/QĐ-TTg",
            "điểm a, bỏ điểm b",
        ),
    ],
)
def test_what_amends_a_part(sentence: str, target: str, units: str) -> None:
    found = read("Quyết định 77/2024/QĐ-TTg", "Có hiệu lực từ ngày 01/5/2024.", sentence)
    (amended,) = told(found, "amended")
    assert amended.by is not None
    assert (amended.by.label, amended.number.label, amended.units) == ("77/2024/QĐ-TTg", target, units)
    assert amended.on == date(2024, 5, 1)


def test_one_document_cited_as_amending_another() -> None:
    found = read(
        "Quyết định 77/2024/QĐ-TTg",
        "Quyết định 20/2022/QĐ-TTg ngày 06 tháng 7 năm 2022 sửa đổi một số nội dung Quyết định 12/2019/QĐ-TTg hết "
        "hiệu lực từ ngày 01 tháng 5 năm 2024.",
    )
    (amended,) = told(found, "amended")
    assert amended.by is not None
    assert (amended.by.label, amended.number.label) == ("20/2022/QĐ-TTg", "12/2019/QĐ-TTg")
    assert [(item.number.label, item.on) for item in told(found, "ended")] == [("20/2022/QĐ-TTg", date(2024, 5, 1))]
    assert ("20/2022/QĐ-TTg", date(2022, 7, 6)) in [(item.number.label, item.on) for item in told(found, "signed")]


def test_a_day_of_another_document_is_not_its_own() -> None:
    found = read("Quyết định 77/2024/QĐ-TTg", "Quyết định số 12/2019/QĐ-TTg có hiệu lực từ ngày 01/02/2019.")
    assert told(found, "effective") == []


def test_an_impossible_day_is_no_day() -> None:
    found = read("Quyết định 77/2024/QĐ-TTg", "Quyết định này có hiệu lực từ ngày 31/02/2024.")
    assert told(found, "effective") == []


def test_news_and_texts_without_a_number_are_no_regulations() -> None:
    assert read_regulation(article("Nam Định có 62 sản phẩm", "Theo Quyết định 148/QĐ-TTg.", kind="news")) is None
    assert read_regulation(article("Hướng dẫn hồ sơ", "Hồ sơ gồm phiếu đăng ký.", kind="guide")) is None


def test_a_summary_says_so_everywhere() -> None:
    found = read("Tóm lược Quyết định 148/QĐ-TTg", "Văn bản có hiệu lực từ ngày 24/2/2023.", kind="guide")
    assert found.summary is True
    assert told(found, "signed") == []
    assert [(item.on, item.summary) for item in told(found, "effective")] == [(date(2023, 2, 24), True)]


def test_the_years_a_document_is_for() -> None:
    found = read(
        "Tóm lược hai chương trình OCOP: Quyết định 490/QĐ-TTg và Quyết định 919/QĐ-TTg",
        "# Giai đoạn 2018-2020",
        "Quyết định 490/QĐ-TTg ngày 07/5/2018 mở đầu.",
        "# Về sau",
        "Quyết định 919/QĐ-TTg phê duyệt chương trình giai đoạn 2021-2025.",
        "Hồ sơ chấm theo quy định của giai đoạn 2021-2025.",
        kind="guide",
    )
    assert [(item.number.label, item.on, item.until) for item in told(found, "period")] == [
        ("490/QĐ-TTg", date(2018, 1, 1), date(2020, 12, 31)),
        ("919/QĐ-TTg", date(2021, 1, 1), date(2025, 12, 31)),
    ]
    assert {(item.number.label, item.subject) for item in told(found, "about")} == {
        ("490/QĐ-TTg", "programme"), ("919/QĐ-TTg", "programme"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("UBND cấp tỉnh công nhận và cấp giấy cho sản phẩm 3 sao, 4 sao.", [(3, "province"), (4, "province")]),
        ("Huyện công nhận 3 sao và chuyển sản phẩm từ 70 điểm lên tỉnh.", [(3, "district")]),
        ("Bộ Nông nghiệp và Môi trường công nhận hạng 5 sao.", [(5, "central")]),
        ("Khi bỏ cấp huyện, việc công nhận 3 sao chuyển lên tỉnh.", [(3, "province")]),
        ("Xã không công nhận hạng 3 sao.", []),
        ("Sản phẩm 3 sao trên địa bàn tỉnh được công nhận.", []),
        ("Tỉnh khen thưởng sản phẩm 4 sao.", []),
    ],
)
def test_who_recognises(sentence: str, expected: list[tuple[int, str]]) -> None:
    found = read("Quyết định 77/2024/QĐ-TTg", sentence)
    assert [(item.star, item.level) for item in found.authorities if item.act == "recognises"] == expected


def test_who_acts_by_a_table() -> None:
    made = article(
        "Ai công nhận",
        "Thời kỳ | 3 sao | 5 sao | Nơi nộp",
        "Quyết định 148 | huyện | trung ương | huyện",
        "Quyết định 26/2026/QĐ-TTg | tỉnh | Bộ Nông nghiệp và Môi trường | xã",
        kind="guide",
    )
    found = read_regulation(made)
    assert found is not None
    assert [
        (item.number.label, item.act, item.star, item.level, item.at.of(made.text)) for item in found.authorities
    ] == [
        ("QĐ 148", "recognises", 3, "district", "huyện"),
        ("QĐ 148", "recognises", 5, "central", "trung ương"),
        ("QĐ 148", "receives", None, "district", "huyện"),
        ("26/2026/QĐ-TTg", "recognises", 3, "province", "tỉnh"),
        ("26/2026/QĐ-TTg", "recognises", 5, "central", "Bộ Nông nghiệp và Môi trường"),
        ("26/2026/QĐ-TTg", "receives", None, "commune", "xã"),
    ]


def test_transitional_rules() -> None:
    made = article(
        "Quyết định 77/2024/QĐ-TTg",
        "Điều 1. Hiệu lực",
        "1. Có hiệu lực từ ngày 01/5/2024.",
        "Điều 2. Chuyển tiếp",
        "1. Sản phẩm đã được công nhận trước ngày đó giữ hạng đến hết thời hạn của giấy.",
        "2. Hồ sơ nộp trước ngày Quyết định này có hiệu lực mà chưa được đánh giá thì làm như sau:",
        "a) lần đầu hoặc nâng hạng: xong trong 60 ngày;",
        "b) phân hạng lại: xong trong 30 ngày.",
        "3. Giấy chứng nhận được kéo dài nhưng không quá 180 ngày kể từ ngày hết hạn.",
    )
    found = read_regulation(made)
    assert found is not None
    assert [(item.covers, item.dossiers, item.days, item.where) for item in found.transitions] == [
        ("certificate", (), None, "Điều 2, khoản 1"),
        ("dossier", ("first", "upgrade"), 60, "Điều 2, khoản 2, điểm a"),
        ("dossier", ("renewal",), 30, "Điều 2, khoản 2, điểm b"),
        ("extension", (), 180, "Điều 2, khoản 3"),
    ]
    assert [item.at.of(made.text) for item in found.transitions[1:]] == ["60 ngày", "30 ngày", "180 ngày"]


def test_short_numbers_take_the_full_form_that_alone_fits() -> None:
    full = [number("26/2026/QĐ-TTg"), number("148/QĐ-TTg")]
    assert completed(number("Quyết định 26"), full).label == "26/2026/QĐ-TTg"
    assert completed(number("QĐ 148"), [*full, number("148/QĐ-UBND")]).label == "QĐ 148"
    assert completed(number("QĐ 7"), full).label == "QĐ 7"


@pytest.mark.parametrize(
    ("which", "on", "status", "since", "by"),
    [
        ("QĐ 77/2024", date(2024, 3, 8), "not_yet", date(2024, 5, 1), None),
        ("QĐ 77/2024", date(2024, 4, 30), "not_yet", date(2024, 5, 1), None),
        ("QĐ 77/2024", date(2024, 5, 1), "in_force", date(2024, 5, 1), None),
        ("12/2019/QĐ-TTg", date(2024, 4, 30), "unknown", None, None),
        ("12/2019/QĐ-TTg", date(2024, 5, 1), "in_force", None, None),
        ("12/2019/QĐ-TTg", date(2024, 6, 29), "in_force", None, None),
        ("12/2019/QĐ-TTg", date(2024, 6, 30), "doubtful", date(2024, 6, 30), "77/2024/QĐ-TTg"),
        ("12/2019/QĐ-TTg", date(2024, 7, 1), "lapsed", date(2024, 6, 30), "77/2024/QĐ-TTg"),
        ("QĐ 999", date(2024, 6, 30), "unknown", None, None),
    ],
)
def test_state_on_a_day(which: str, on: date, status: str, since: date | None, by: str | None) -> None:
    state = Law([read(*MARKET)]).state(number(which), on)
    assert (state.status, state.since, state.by and state.by.label) == (status, since, by)


def test_the_document_counts_before_its_guide_and_what_differs_is_kept() -> None:
    document = read(
        "Quyết định 77/2024/QĐ-TTg", "Quyết định này có hiệu lực từ ngày 01/5/2024.", published="2024-03-09"
    )
    guide = read(
        "Tóm lược Quyết định 77/2024/QĐ-TTg", "Văn bản có hiệu lực từ ngày 10/5/2024.", kind="guide", published=None
    )
    found = Law([guide, document]).find(number("77/2024/QĐ-TTg"))
    assert found is not None
    assert found.held == "document"
    assert found.effective is not None
    assert (found.effective.on, found.effective.summary) == (date(2024, 5, 1), False)
    assert [(item.on, item.summary) for item in found.conflicts] == [(date(2024, 5, 10), True)]


WORDS = st.sampled_from(
    [
        "Quyết định", "số", "148/QĐ-TTg", "26/2026/QĐ-TTg", "QĐ 1489", "hết hiệu lực", "có hiệu lực", "từ ngày",
        "24/02/2023",
        "sau 60 ngày", "thay thế", "sửa đổi", "điểm a", "khoản 1", "giai đoạn 2021-2025", "công nhận", "3 sao", "huyện",
        "UBND cấp tỉnh", "nộp hồ sơ", "lần đầu", ".", ";", ":", ",", "\n", " | ", "(ngày 31/12/2025)",
    ]
)  # fmt: skip


@given(st.lists(WORDS, max_size=40), st.sampled_from(["regulation", "guide", "decision"]))
def test_any_text_is_read_and_every_place_lies_in_it(words: list[str], kind: Kind) -> None:
    lines = [line.strip() for line in " ".join(words).split("\n") if line.strip()] or ["Văn bản."]
    made = article("Quyết định 26/2026/QĐ-TTg", *lines, kind=kind)
    found = read_regulation(made)
    assert found is not None
    items: list[Statement | Authority | Transition] = [*found.statements, *found.authorities, *found.transitions]
    for item in items:
        assert 0 <= item.start <= item.end <= len(made.text)
        if item.at is not None:
            assert item.start <= item.at.start < item.at.end <= item.end
    for document in Law([found]).documents:
        Law([found]).state_of(document, date(2025, 1, 1))
