"""What a question about the law at a date means: days and their roles, dossier, star, subject, documents."""

from datetime import date

import pytest

from assistant.levels import level_said
from assistant.question import understand
from assistant.regime_asked import RegimeAsked, read_regime
from index.law.address import find_document_numbers
from index.law.documents import Law
from index.law.regulations import Regulation
from index.law.statements import Statement
from index.law.subjects import Subject

TODAY = date(2026, 11, 28)


def statement(label: str, subject: Subject) -> Statement:
    (number,) = find_document_numbers(label)
    return Statement(
        says="about", number=number, on=None, known="stated", subject=subject, article_id="a", digest="d", start=0,
        end=9, at=None, where="", summary=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def law() -> Law:
    told = (statement("148/QĐ-TTg", "criteria"), statement("26/2026/QĐ-TTg", "criteria"))
    return Law(
        [
            Regulation(
                article_id="a", digest="d", title="", number=None, others=(), summary=False, issuer=None,
                statements=told, authorities=(), transitions=(),
            )
        ]
    )  # fmt: skip


def read(question: str, law: Law) -> RegimeAsked:
    asked = read_regime(understand(question), law, TODAY)
    assert asked is not None
    return asked


@pytest.mark.parametrize(
    ("question", "first", "last", "filed"),
    [
        ("Giữa tháng 6 năm 2021 chấm theo bộ tiêu chí nào?", "2021-06-15", "2021-06-15", None),
        ("Cuối tháng 2/2024 bộ tiêu chí nào áp dụng?", "2024-02-29", "2024-02-29", None),
        ("Năm 2024 bộ tiêu chí nào áp dụng?", "2024-01-01", "2024-12-31", None),
        ("Năm 2026 bộ tiêu chí nào áp dụng?", "2026-01-01", "2026-11-28", None),
        ("Hôm nay chấm theo bộ tiêu chí nào?", "2026-11-28", "2026-11-28", None),
        ("ngay 5/6/2024 cham theo bo tieu chi nao", "2024-06-05", "2024-06-05", None),
        ("Nộp 3/3/2024, họp ngày 9/4/2024 thì chấm theo bộ nào?", "2024-04-09", "2024-04-09", "2024-03-03"),
        ("Ngày 9/4/2024 hội đồng xét hồ sơ nộp 3/3/2024, theo bộ nào?", "2024-04-09", "2024-04-09", "2024-03-03"),
        ("Tôi nộp ngày 1/5/2026 mà nay chưa ai chấm, theo quyết định nào?", "2026-11-28", "2026-11-28", "2026-05-01"),
        (
            "Nộp hồ sơ chấm lại hồi tháng 4/2026 chưa ai xét thì theo quy định nào?",
            "2026-11-28",
            "2026-11-28",
            "2026-04-30",
        ),
        # what was filed before a day was filed under the rule before it
        (
            "Tôi nộp trước ngày 22/5/2026 mà nay chưa ai chấm, theo quyết định nào?",
            "2026-11-28",
            "2026-11-28",
            "2026-05-21",
        ),
        ("Hồ sơ nộp trước 22/5/2026 mà chưa được đánh giá thì sao?", "2026-11-28", "2026-11-28", "2026-05-21"),
        ("Trước ngày 22/5/2026 chấm theo bộ tiêu chí nào?", "2026-05-21", "2026-05-21", None),
        ("Tôi định nộp hồ sơ ngày 1/5/2024 thì theo quyết định nào?", "2024-05-01", "2024-05-01", None),
        ("QĐ 148 ban hành 24/2/2023, vậy ngày 1/6/2024 còn hiệu lực không?", "2024-06-01", "2024-06-01", None),
    ],
)
def test_days_and_what_happened_on_them(question: str, first: str, last: str, filed: str | None, law: Law) -> None:
    asked = read(question, law)
    assert (asked.first.isoformat(), asked.last.isoformat()) == (first, last)
    assert (None if asked.filed is None else asked.filed.isoformat()) == filed


@pytest.mark.parametrize(
    ("question", "means"),
    [
        ("Ngày 1/8/2023 ai công nhận 3 sao?", ("procedure", "who", 3, None)),
        ("Nâng hạng từ 3 lên 4 sao ngày 1/8/2023 thì ai ký công nhận?", ("procedure", "who", 4, "upgrade")),
        ("Ngày 1/8/2023 nộp hồ sơ ở đâu?", ("procedure", "where", None, None)),
        ("Ngày 1/8/2023 thang điểm nào được dùng?", ("criteria", "rule", None, None)),
        ("Ngày 1/8/2023 in logo theo quy chế nào?", ("label", "rule", None, None)),
        ("Ngày 1/8/2023 kinh phí hỗ trợ theo thông tư nào?", ("funding", "rule", None, None)),
        ("Ngày 1/8/2023 chương trình OCOP là quyết định nào?", ("programme", "rule", None, None)),
        ("148 còn hiệu lực không?", ("criteria", "state", None, None)),
        ("Hồ sơ phân hạng lại nộp 1/5/2026, chấm theo 148 hay 26?", ("criteria", "rule", None, "renewal")),
    ],
)
def test_subject_aspect_star_and_dossier(
    question: str, means: tuple[str, str, int | None, str | None], law: Law
) -> None:
    asked = read(question, law)
    assert (asked.subject, asked.aspect, asked.star, asked.dossier) == means


def test_a_bare_number_names_a_rule_and_a_count_does_not(law: Law) -> None:
    assert [n.label for n in read("Hồ sơ chấm theo 148 hay 26?", law).documents] == ["148/QĐ-TTg", "26/2026/QĐ-TTg"]
    assert read("Ngày 1/8/2026 theo bộ tiêu chí nào mà có 26 bộ, 148 điểm?", law).documents == ()


@pytest.mark.parametrize(
    "question",
    [
        "Bắc Ninh năm 2024 chấm theo bộ tiêu chí nào?",
        "Quyết định 5/QĐ-UBND còn hiệu lực không?",
        "Năm 2024 có bao nhiêu sản phẩm OCOP?",
        "Cà phê thuộc bộ nào?",
        "Giấy chứng nhận cấp ngày 1/8/2024 còn giá trị không?",
    ],
)
def test_what_asks_something_else(question: str, law: Law) -> None:
    assert read_regime(understand(question), law, TODAY) is None


@pytest.mark.parametrize(
    ("question", "level"),
    [
        ("UBND xã công nhận 3 sao đúng không?", "commune"),
        ("Huyện có được chấm 3 sao không, hay phải lên tỉnh?", "district"),
        ("Bỏ huyện rồi thì còn công nhận 3 sao không?", None),
        ("Xã hay tỉnh công nhận 3 sao?", None),
        ("Cấp nào công nhận 3 sao?", None),
    ],
)
def test_the_level_a_question_says_acts(question: str, level: str | None) -> None:
    assert level_said(understand(question)) == level
