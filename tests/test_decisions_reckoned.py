"""How many products decisions of one place recognise, set beside one another and added up."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.ask import Assistant
from assistant.check import answer_faults
from crawler.archive import Archive, Raw, now_iso
from crawler.draft import Origin
from crawler.read import read_article
from evaluation.answers import assistant_over
from tests.asking import asking
from tests.decision_pages import RECOGNISES, decision_html, table

TODAY = date(2026, 11, 22)
HEAD = "TT | Tên sản phẩm | Chủ thể | Xã | Điểm | Hạng sao"


@pytest.fixture(scope="module")
def assistant(demo_data: Path) -> Assistant:
    return assistant_over(demo_data)


def _reckonings(answer: Answer) -> list[tuple[str, list[float], float]]:
    known = [claim.calculation for claim in answer.claims if claim.calculation is not None]
    return [(one.operation, [operand.value for operand in one.operands], one.result) for one in known]


@pytest.mark.parametrize(
    ("question", "reckonings"),
    [
        # rounds, each of its year, of one year, or of the year said once
        (
            "Đợt 1 năm 2026 Trường Vân công nhận nhiều hơn đợt 1 năm 2025 mấy sản phẩm?",
            [("difference", [22, 8], 14)],
        ),
        (
            "dot 1 nam 2026 truong van cong nhan hon dot 1 nam 2025 bao nhieu san pham",
            [("difference", [22, 8], 14)],
        ),
        ("Bình Sa: đợt 1 và đợt 2 năm 2026 đợt nào nhiều sản phẩm hơn?", [("difference", [9, 3], 6)]),
        (
            "Sơn Hạ đợt 1 năm 2025 nhiều gấp mấy lần đợt 2 về số sản phẩm?",
            [("difference", [32, 6], 26), ("quotient", [32, 6], 5.33)],
        ),
        # years, and all decisions of one
        ("Bình Sa năm 2023 công nhận ít hơn năm 2020 bao nhiêu sản phẩm?", [("difference", [7, 6], 1)]),
        ("Năm 2026 Bình Sa hai đợt cộng lại công nhận bao nhiêu sản phẩm 4 sao?", [("sum", [2, 3], 5)]),
        # numbers, bare ones among them, and one grade
        ("Quyết định 2077 và 1045 của Trường Vân cộng lại bao nhiêu sản phẩm?", [("sum", [22, 8], 30)]),
        (
            "QĐ 2077/QĐ-UBND công nhận nhiều hơn QĐ 1045/QĐ-UBND của Trường Vân mấy sản phẩm 3 sao?",
            [("difference", [15, 5], 10)],
        ),
    ],
)
def test_what_decisions_recognise_is_set_beside_and_added(
    question: str, reckonings: list[tuple[str, list[float], float]], assistant: Assistant
) -> None:
    answer = assistant.ask(question, as_of=TODAY)
    assert answer.status == "answered"
    assert _reckonings(answer) == reckonings
    assert answer_faults(answer) == []


def test_both_decisions_are_named_and_quoted(assistant: Assistant) -> None:
    answer = assistant.ask("Đợt 1 năm 2026 Trường Vân công nhận nhiều hơn đợt 1 năm 2025 mấy sản phẩm?", as_of=TODAY)
    first, *_ = answer.text.splitlines()
    assert first.startswith(
        "Quyết định 2077/QĐ-UBND ngày 10/9/2026 nhiều hơn Quyết định 1045/QĐ-UBND ngày 14/11/2025 14 sản phẩm (22 - 8)."
    )
    assert answer.notices == ("Chỉ gồm sản phẩm có tên trong các quyết định mà kho đọc được.",)


@pytest.mark.parametrize(
    "question",
    [
        "Trường Vân đợt 3 năm 2026 nhiều hơn đợt 1 năm 2025 mấy sản phẩm?",  # no such round is held
        "Trường Vân đợt 1 năm 2026 công nhận nhiều hơn đợt 1 năm 2025 mấy chủ thể?",  # makers are counted otherwise
    ],
)
def test_what_one_of_them_does_not_tell_is_not_reckoned(question: str, assistant: Assistant) -> None:
    assert _reckonings(assistant.ask(question, as_of=TODAY)) == []


@pytest.mark.parametrize("hosts", [("a.mau.vn", "b.mau.vn"), ("b.mau.vn", "a.mau.vn")])
def test_a_decision_published_twice_counts_whichever_copy_is_held_best(hosts: tuple[str, str], tmp_path: Path) -> None:
    """The later copy tells no figures anew; by the ids of their addresses either may be the one its list is read of."""
    first = table(HEAD, "1 | Mắm ruốc Bàu Sim | HTX Mắm Bàu Sim | Bàu Sim | 72,0 | 4 sao")
    second = table(HEAD, *(f"{at} | Kẹo dừa loại {at} | HKD Tạ Thị Kẹo | Rạch Tre | 55,0 | 3 sao" for at in (1, 2, 3)))
    for number, year, many, listed in ((61, 2023, 1, first), (75, 2024, 3, second)):
        html = decision_html(listed, number=f"{number}/QĐ-UBND", day=f"12 tháng 8 năm {year}", place="TỈNH BẾN SIM")
        stated = RECOGNISES.replace("các sản phẩm có tên", f"{many} sản phẩm OCOP có tên")
        raw = Raw(body=html.replace(RECOGNISES, stated).encode(), content_type="text/html; charset=utf-8")
        for day, host in zip(("14", "25"), hosts, strict=True):
            origin = Origin(source="Cổng mẫu", fetched=now_iso(), url=f"http://{host}/{number}", rights="full")
            with Archive(tmp_path, create=True) as archive:
                archive.put(replace(read_article(raw, origin), published=f"{year}-08-{day}"), raw)
    answer = asking(tmp_path)("Quyết định 75 và 61 của Bến Sim cộng lại bao nhiêu sản phẩm?")
    assert _reckonings(answer) == [("sum", [3, 1], 4)]
