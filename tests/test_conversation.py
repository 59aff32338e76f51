"""Conversations and answers kept: bounded, expiring, under ids nobody guesses, without personal data."""

import re
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer, Timings
from assistant.ask import Assistant
from assistant.conversation import ANSWER_LIFETIME_S, CONVERSATION_LIFETIME_S, Conversations, Kept, Turn
from assistant.personal import REMOVED, without_personal_data
from assistant.question import understand
from evaluation.answers import assistant_over

TODAY = date(2026, 11, 22)


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def answer(text: str = "Không có.") -> Answer:
    return Answer(
        status="no_evidence",
        text=text,
        as_of="2026-11-22",
        corpus_updated=None,
        claims=(),
        citations=(),
        notices=(),
        conversation="c",
        timings_ms=Timings(embed=0, search=0, compose=0, total=0),
    )


def test_the_oldest_goes_first_and_each_after_its_time() -> None:
    clock = Clock()
    kept: Kept[int] = Kept(capacity=2, lifetime_s=10, clock=clock)
    first, second = kept.keep(1), kept.keep(2)
    assert kept.keep(10, first) == first  # kept anew: now the younger of the two
    third = kept.keep(3)
    assert [kept.get(name) for name in (first, second, third)] == [10, None, 3]
    clock.now += 10
    assert kept.get(first) == 10
    clock.now += 0.5
    assert (kept.get(first), kept.get(third), len(kept)) == (None, None, 0)


def test_an_id_that_a_caller_made_up_is_not_taken() -> None:
    kept: Kept[int] = Kept(capacity=2, lifetime_s=10)
    name = kept.keep(1, "toi-tu-dat")
    assert name != "toi-tu-dat"
    assert kept.get("toi-tu-dat") is None
    assert re.fullmatch(r"[\w-]{22}", name)  # 128 bits in base64url


def test_an_answer_is_had_again_by_its_id_until_a_day_has_passed() -> None:
    clock = Clock()
    conversations = Conversations(clock=clock)
    given = conversations.give(answer())
    assert given.id
    clock.now += ANSWER_LIFETIME_S
    assert conversations.answer(given.id) is given
    clock.now += 1
    assert conversations.answer(given.id) is None


def test_a_conversation_ends_an_hour_after_its_last_question() -> None:
    clock = Clock()
    conversations = Conversations(clock=clock)
    turn = Turn(question=understand("Nam Định có bao nhiêu sản phẩm OCOP?"), article_ids=("a",))
    name = conversations.remember(None, turn)
    clock.now += CONVERSATION_LIFETIME_S
    assert conversations.remember(name, turn) == name
    clock.now += CONVERSATION_LIFETIME_S
    assert conversations.last(name) == turn
    clock.now += 1
    assert conversations.last(name) is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Gọi tôi số 0912 345 678 nhé", "Gọi tôi số … nhé"),
        ("sđt +84 912.345.678", "sđt …"),
        ("máy bàn 024-3825-1234", "máy bàn …"),
        ("CCCD 012345678901 của tôi", "CCCD … của tôi"),
        ("gửi về an.nguyen+ocop@vi-du.vn", "gửi về …"),
        ("Quyết định 26/2026/QĐ-TTg ngày 15/01/2026", "Quyết định 26/2026/QĐ-TTg ngày 15/01/2026"),
        ("năm 2024 có 17.316.000 đồng", "năm 2024 có 17.316.000 đồng"),
        ("ngày 12-06-2020 và 12.06.2020", "ngày 12-06-2020 và 12.06.2020"),
        ("giai đoạn 2021-2025 so với 2018-2020", "giai đoạn 2021-2025 so với 2018-2020"),
        ("các năm 2019 2020 2021", "các năm 2019 2020 2021"),
        ("tính theo 2026-06-10", "tính theo 2026-06-10"),
        ("từ 12.06.2020-15.06.2020", "từ 12.06.2020-15.06.2020"),
        ("gọi 2021 2025 0912", "gọi …"),
        ("số 0912-2020-2021", "số …"),
        ("thẻ 2026061012345678", "thẻ …"),
        ("từ 2019 đến 2025, 5 sao", "từ 2019 đến 2025, 5 sao"),
    ],
)
def test_what_names_a_person_is_taken_out(typed: str, kept: str) -> None:
    assert without_personal_data(typed) == kept


@pytest.mark.parametrize("typed", ["0912345678", "a@b.example", "012345678901 0912345678"])
def test_a_question_of_nothing_else_is_remembered_as_empty(typed: str) -> None:
    conversations = Conversations()
    name = conversations.remember(None, Turn(question=understand(typed), article_ids=()))
    turn = conversations.last(name)
    assert turn is not None
    assert turn.question is not None
    assert set(turn.question.text) <= {REMOVED, " "}
    assert turn.question.tokens == ()


def test_nothing_personal_is_remembered_of_a_question() -> None:
    conversations = Conversations()
    asked = understand("Nam Định có bao nhiêu sản phẩm OCOP? Gọi lại số 0912345678, a@b.vn, CCCD 012345678901")
    name = conversations.remember(None, Turn(question=asked, article_ids=()))
    turn = conversations.last(name)
    assert turn is not None
    assert not any(secret in repr(turn) for secret in ("0912345678", "a@b.vn", "012345678901"))
    assert turn.question is not None
    assert (turn.question.places, turn.question.wanted) == (asked.places, asked.wanted)


def test_the_same_answer_again_with_its_citations(demo_data: Path) -> None:
    assistant: Assistant = assistant_over(demo_data)
    given = assistant.ask("Cuối tháng 8/2023 An Giang có bao nhiêu sản phẩm OCOP?", as_of=TODAY)
    assert (given.status, bool(given.citations)) == ("answered", True)
    assert assistant.answer(given.id) == given
    assert assistant.answer("khong-co") is None
