"""Choosing among candidates: the logit with "none" as a choice, its weights, its fitting, and the gates before it."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant.ask import Assistant
from assistant.relevance import FILE, Weights, chances, fitted, read_weights
from assistant.signals import NAMES, OF_QUESTION, names_star
from evaluation.answers import Asked, assistant_over
from evaluation.relevance import Example, examples_of, fit, worth

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def assistant(demo_data: Path) -> Assistant:
    return assistant_over(demo_data)


def weights(**named: float) -> Weights:
    none = np.array([named.get("none", 0.0), *([0.0] * (len(OF_QUESTION) - 1))])
    return Weights(weights=np.array([named.get(name, 0.0) for name in NAMES]), none=none)


def row(**named: float) -> list[float]:
    return [named.get(name, 0.0) for name in NAMES]


def asks(**named: float) -> list[float]:
    return [{"any": 1.0, **named}.get(name, 0.0) for name in OF_QUESTION]


def test_none_is_one_of_the_choices() -> None:
    by = weights(cover=2.0, none=1.0)
    weighed = chances([row(cover=1.0), row(cover=0.5)], asks(), by)
    assert weighed.scores.tolist() == [2.0, 1.0]
    whole = np.exp(2) + np.exp(1) + np.exp(1)
    assert weighed.none == pytest.approx(np.exp(1) / whole)
    of_a_place = Weights(
        weights=by.weights, none=np.array([{"any": 1.0, "place": 1.0}.get(n, 0.0) for n in OF_QUESTION])
    )
    asked = chances([row(cover=1.0), row(cover=0.5)], asks(place=1.0), of_a_place)
    assert asked.none == pytest.approx(np.exp(2) / (np.exp(2) + np.exp(1) + np.exp(2)))
    assert chances([], asks(), by).none == 1.0


def test_chances_of_large_scores_do_not_overflow() -> None:
    assert chances([row(cover=1.0)], asks(), weights(cover=5000.0)).none == 0.0
    assert chances([row(cover=1.0)], asks(), weights(cover=-5000.0)).none == 1.0


def test_the_weights_kept_name_every_signal_and_no_other(tmp_path: Path) -> None:
    assert len(fitted().weights) == len(NAMES) == len(set(NAMES))
    assert len(fitted().none) == len(OF_QUESTION) == len(set(OF_QUESTION))
    text = FILE.read_text(encoding="utf-8")
    lacking = tmp_path / "lacking.toml"
    lacking.write_text(text.replace("cosine = ", "cosinus = "), encoding="utf-8")
    with pytest.raises(ValueError, match=r"missing \['cosine'\], unknown \['cosinus'\].*relevance --fit"):
        read_weights(lacking)


def example(right: int | None, *covers: float, page: str = "/a") -> Example:
    return Example(
        signals=np.array([row(cover=cover) for cover in covers]),
        of_question=np.array(asks()),
        right=np.array([place == right for place in range(len(covers))]),
        answerable=right is not None,
        page=page,
    )


def test_fitting_finds_what_tells_right_from_wrong() -> None:
    told = [example(0, 0.9, 0.1, 0.2), example(2, 0.3, 0.0, 0.8), example(None, 0.2, 0.1), example(None, 0.3)]
    found = fit(told * 5)
    assert found.weights[NAMES.index("cover")] > 1.0
    assert np.abs(np.delete(found.weights, NAMES.index("cover"))).max() < 1e-6
    assert chances([row(cover=0.9)], asks(), found).none < 0.5 < chances([row(cover=0.1)], asks(), found).none


def test_a_sign_seldom_seen_gets_little_weight() -> None:
    """One example in fifty has it: the penalty is on the weight itself, not on the signal scaled up."""
    often = [example(0, 0.9, 0.1) for _ in range(49)]
    seldom = Example(
        signals=np.array([row(in_range=1.0), row()]),
        of_question=np.array(asks()),
        right=np.array([True, False]),
        answerable=True,
        page="/b",
    )
    found = fit([*often, seldom])
    assert found.weights[NAMES.index("in_range")] < found.weights[NAMES.index("cover")]


def test_what_weights_are_worth_is_told_of_pages_they_were_not_fitted_to() -> None:
    told = [example(0, 0.9, 0.1, page=f"/{place}") for place in range(20)]
    told += [example(None, 0.2, 0.1, page=f"/x{place}") for place in range(20)]
    found = worth(told, 0.5)
    assert (found.examples, found.answerable, found.first) == (40, 20, 1.0)
    assert (found.refused, found.answered) == (0.0, 0.0)


def test_a_question_is_also_asked_without_the_pages_that_answer_it(assistant: Assistant) -> None:
    asked = Asked(
        question="Cuối tháng 8/2023 An Giang có bao nhiêu sản phẩm OCOP?",
        kind="fact",
        status="answered",
        expect=("92",),
        article="/tin-tuc/an-giang-92-san-pham-dat-chung-nhan-ocop.html",
        or_articles=("/tin-tuc/an-giang-182-san-pham-dau-nam-2025.html",),
    )
    hopeless = Asked(question="Thái Bình có bao nhiêu tàu vũ trụ?", kind="near_miss", status="no_evidence")
    found = examples_of((asked, hopeless), assistant, TODAY)
    assert found[0].answerable
    assert found[0].right.any()
    assert all(not one.answerable and not one.right.any() for one in found[1:])


@pytest.mark.parametrize(
    ("text", "star", "named"),
    [
        ("có 12 sản phẩm 4 sao", 4, True),
        ("có 12 sản phẩm bốn sao", 4, True),
        ("hạng 3-4 sao", 3, True),
        ("Bao bì có nhãn; 3 điểm; Dấu sao: ****", 4, True),
        ("Dấu sao: *****", 4, False),
        ("có 14 sao", 4, False),
        ("3 sao trở lên", 4, False),
    ],
)
def test_a_star_is_named_in_digits_words_and_marks(text: str, star: int, named: bool) -> None:
    assert names_star(text, star) is named


@pytest.mark.parametrize(
    "question",
    [
        "Lạng Sơn hay Đắk Lắk có nhiều sản phẩm OCOP 3 sao hơn?",  # of one of the two nothing is held
        "Chủ tịch Hội đồng đánh giá OCOP của tỉnh Khánh Hòa là ai?",  # the rule tells an office, not a person
        "Liệt kê giúp tôi sản phẩm OCOP ở huyện Tam Bình.",  # no page names the district
        "Điều 70 của Quyết định 148/QĐ-TTg quy định gì?",  # it has no such article
        "Tây Ninh có những làng nghề nào làm OCOP?",  # its page lists none
    ],
)
def test_what_does_not_speak_of_the_thing_asked_is_no_answer(question: str, assistant: Assistant) -> None:
    assert assistant.ask(question, as_of=TODAY).status in ("no_evidence", "needs_clarification", "partial")


def test_one_of_two_documents_does_not_answer_for_both(assistant: Assistant) -> None:
    answer = assistant.ask(
        "Quyết định 4627/QĐ-UBND hay Quyết định 3981/QĐ-UBND công nhận nhiều sản phẩm hơn?", as_of=TODAY
    )
    assert answer.status == "no_evidence"


def test_documents_not_told_of_are_named(assistant: Assistant) -> None:
    answer = assistant.ask("Quyết định 4627/QĐ-UBND và Quyết định 3981/QĐ-UBND nói gì?", as_of=TODAY)
    assert answer.status == "partial"
    assert "3981/QĐ-UBND" in answer.text
    assert "Không tìm thấy thông tin về Quyết định 4627/QĐ-UBND." in answer.notices
