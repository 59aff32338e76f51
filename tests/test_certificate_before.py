"""The certificate spoken of, with its day, in what is asked after it; how long the time for filing again is."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.certificate_before import certificate_of, with_certificate
from assistant.certificate_day import CertificateDay
from assistant.corpus import Corpus
from assistant.question import Question, understand
from evaluation.answers import assistant_over
from index.search import Searcher
from tests.asking import conversed

DAY = date(2026, 11, 22)
GIVEN = "Sản phẩm của tôi được cấp giấy chứng nhận 3 sao ngày 15/8/2026, bao giờ hết hạn?"
ENDS = "Giấy 4 sao của mình đến 15/2/2027 là hết hạn. Nộp lại trước bao nhiêu ngày?"


@pytest.fixture(scope="module")
def corpus(law_data: Path) -> Corpus:
    return Corpus(law_data, Searcher.open(law_data))


def asked(text: str, before: Question | None = None) -> Question:
    question = understand(text, DAY)
    return replace(question, certificate=certificate_of(question, before))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (GIVEN, CertificateDay(day=date(2026, 8, 15), ends=False)),
        (ENDS, CertificateDay(day=date(2027, 2, 15), ends=True)),
        ("Giấy chứng nhận hết hạn ngày 31/12/2026 thì nộp lúc nào?", CertificateDay(day=date(2026, 12, 31), ends=True)),
        ("Hồ sơ nộp ngày 15/8/2026 thì bao giờ có giấy?", None),
        ("Giấy chứng nhận có hạn mấy năm?", None),
    ],
)
def test_the_day_of_a_certificate(text: str, day: CertificateDay | None) -> None:
    assert asked(text).certificate == day


@pytest.mark.parametrize(
    ("before", "text", "meant"),
    [
        (
            GIVEN,
            "Vậy phải nộp hồ sơ trong khoảng thời gian nào?",
            "Giấy chứng nhận cấp ngày 15/8/2026, phải nộp hồ sơ trong khoảng thời gian nào?",
        ),
        (GIVEN, "Thế bao giờ hết hạn?", "Giấy chứng nhận cấp ngày 15/8/2026, bao giờ hết hạn?"),
        (
            ENDS,
            "trễ mất rồi, thế giấy cũ có hết giá trị luôn không?",
            "Giấy chứng nhận hết hạn ngày 15/2/2027, trễ mất rồi, thế giấy cũ có hết giá trị luôn không?",
        ),
        (GIVEN, "Hết hạn rồi muốn giữ sao thì làm gì?", None),
        (GIVEN, "Nộp hồ sơ ở đâu?", None),
        (GIVEN, "Giấy cấp ngày 1/9/2026 thì bao giờ hết hạn?", None),
        ("Giấy chứng nhận có hạn mấy năm?", "Thế bao giờ hết hạn?", None),
    ],
)
def test_the_certificate_spoken_of_is_put_in(corpus: Corpus, before: str, text: str, meant: str | None) -> None:
    assert with_certificate(text, asked(before), corpus, DAY) == meant


def test_the_days_to_file_again_are_reckoned_from_the_day_told(law_data: Path) -> None:
    answer = conversed(
        assistant_over(law_data),
        GIVEN,
        "Hết hạn rồi muốn giữ sao thì làm gì?",
        "Vậy phải nộp hồ sơ trong khoảng thời gian nào?",
    )
    assert "180 ngày" in answer.text
    assert any("nộp từ 16/2/2029 đến 17/4/2029" in notice for notice in answer.notices)


def test_who_is_late_is_told_what_may_hold_longer(law_data: Path) -> None:
    answer = conversed(
        assistant_over(law_data),
        "giấy 4 sao của mình đến 15/2/2027 là hết hạn",
        "muốn xin lại thì phải nộp trước bao nhiêu ngày?",
        "trễ mất rồi, thế giấy cũ có hết giá trị luôn không?",
    )
    assert any("không quá 14/8/2027" in notice for notice in answer.notices)


def test_how_many_days_there_are_to_file(law_data: Path) -> None:
    answer = conversed(
        assistant_over(law_data),
        "Nộp sớm nhất bao nhiêu ngày trước khi giấy hết hạn?",
        "Muộn nhất?",
        "Vậy cả thảy có bao nhiêu ngày để nộp?",
    )
    assert answer.text.startswith("Có 60 ngày để nộp: 180 − 120 = 60. [1]")
    assert answer.claims[0].calculation is not None
