"""What a text of law says of itself and of others: number, dates, endings, and the state on a day."""

from datetime import date

import pytest

from crawler.archive import Raw
from crawler.article import Kind
from crawler.draft import Draft, Line, Origin, compose
from index.address import DocumentNumber, find_document_numbers
from index.regulations import Regulation, read_regulation, state_of


def regulation(
    title: str, *sentences: str, kind: Kind = "regulation", published: str | None = "2024-03-09"
) -> Regulation | None:
    origin = Origin(source="Trang luật", fetched="2026-01-01T00:00", kind=kind, kind_fixed=True, published=published)
    draft = Draft(title=title, lines=tuple(Line(text=sentence) for sentence in sentences))
    return read_regulation(compose(draft, origin, Raw(body=b"luat", content_type="text/plain")))


def read(title: str, *sentences: str, kind: Kind = "regulation", published: str | None = "2024-03-09") -> Regulation:
    found = regulation(title, *sentences, kind=kind, published=published)
    assert found is not None
    return found


def number(text: str) -> DocumentNumber:
    return find_document_numbers(text)[0]


MARKET = (
    "Quyết định 77/2024/QĐ-TTg về chợ phiên",
    "Quyết định này có hiệu lực từ ngày 01 tháng 5 năm 2024.",
    "Quyết định số 12/2019/QĐ-TTg hết hiệu lực sau 60 ngày kể từ ngày Quyết định này có hiệu lực.",
)


def test_dates_and_endings_of_a_regulation() -> None:
    found = read(*MARKET)
    assert found.number.label == "77/2024/QĐ-TTg"
    assert found.summary is False
    assert (found.signed, found.effective) == (date(2024, 3, 9), date(2024, 5, 1))
    assert found.effective_span == (0, len(MARKET[1]))
    (ending,) = found.endings
    assert (ending.number.label, ending.on, ending.computed) == ("12/2019/QĐ-TTg", date(2024, 6, 30), True)
    assert ending.by is not None
    assert ending.by.label == "77/2024/QĐ-TTg"


def test_in_force_from_signing_and_replacing_at_once() -> None:
    found = read(
        "Quyết định 148/QĐ-TTg",
        "Quyết định này có hiệu lực thi hành kể từ ngày ký và thay thế Quyết định số 1048/QĐ-TTg.",
        published="2023-02-24",
    )
    assert found.effective == date(2023, 2, 24)
    assert [(ending.number.label, ending.on, ending.computed) for ending in found.endings] == [
        ("1048/QĐ-TTg", date(2023, 2, 24), False)
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Quyết định số 12/2019/QĐ-TTg chưa hết hiệu lực.",
        "Quyết định này bị thay thế bởi Quyết định số 12/2026/QĐ-TTg.",
        "Căn cứ Quyết định số 12/2019/QĐ-TTg.",
        "Sửa đổi và thay thế điểm a khoản 1 Quyết định số 12/2019/QĐ-TTg.",
    ],
)
def test_what_ends_nothing_else(sentence: str) -> None:
    found = read("Quyết định 77/2024/QĐ-TTg", sentence)
    assert not [ending for ending in found.endings if ending.number.number == "12"]


def test_a_date_of_another_document_is_not_its_own() -> None:
    found = read("Quyết định 77/2024/QĐ-TTg", "Quyết định số 12/2019/QĐ-TTg có hiệu lực từ ngày 01/02/2019.")
    assert found.effective is None


def test_an_impossible_day_is_no_day() -> None:
    assert read("Quyết định 77/2024/QĐ-TTg", "Quyết định này có hiệu lực từ ngày 31/02/2024.").effective is None


def test_news_and_texts_without_a_number_are_no_regulations() -> None:
    assert regulation("Nam Định có 62 sản phẩm", "Theo Quyết định 148/QĐ-TTg.", kind="news") is None
    assert regulation("Hướng dẫn hồ sơ", "Hồ sơ gồm phiếu đăng ký.", kind="guide") is None


def test_a_summary_says_so() -> None:
    found = read("Tóm lược Quyết định 148/QĐ-TTg", "Văn bản có hiệu lực từ ngày 24/2/2023.", kind="guide")
    assert (found.summary, found.signed, found.effective) == (True, None, date(2023, 2, 24))


@pytest.mark.parametrize(
    ("which", "on", "status", "since", "by"),
    [
        ("QĐ 77/2024", date(2024, 4, 30), "not_yet", date(2024, 5, 1), None),
        ("QĐ 77/2024", date(2024, 5, 1), "in_force", date(2024, 5, 1), None),
        ("12/2019/QĐ-TTg", date(2024, 6, 29), "unknown", None, None),
        ("12/2019/QĐ-TTg", date(2024, 6, 30), "lapsed", date(2024, 6, 30), "77/2024/QĐ-TTg"),
        ("QĐ 999", date(2024, 6, 30), "unknown", None, None),
    ],
)
def test_state_on_a_day(which: str, on: date, status: str, since: date | None, by: str | None) -> None:
    state = state_of(number(which), (read(*MARKET),), on)
    assert (state.status, state.since, state.by) == (status, since, by)
