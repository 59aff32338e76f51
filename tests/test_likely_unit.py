"""Which khoản a question is likely about: the model, its fitting, and what is told of it over the demo's portals."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant.ask import Assistant
from assistant.likely_told import LIKELY, SURE
from assistant.likely_unit import FILE, NONE, RULE, Model, fitted, likely_unit, runs, weighed
from assistant.wording import tokens
from evaluation.answers import assistant_over
from evaluation.units import Example, fit, read_examples, read_test, worth, write
from evaluation.units_command import TEST

TODAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def assistant(demo_data: Path) -> Assistant:
    return assistant_over(demo_data)


def asked(*pairs: tuple[str, str]) -> list[Example]:
    return [Example(unit=unit, question=question) for unit, question in pairs]


# Two khoản and none, three questions each: enough for runs of syllables that several have.
FEW = asked(
    ("Điều 8, khoản 4", "mấy bữa thì họ lấy giấy"),
    ("Điều 8, khoản 4", "mấy bữa nữa họ lấy giấy lại"),
    ("Điều 8, khoản 4", "họ lấy giấy trong mấy bữa"),
    ("Điều 7, khoản 1", "đem hồ sơ lên xã nộp"),
    ("Điều 7, khoản 1", "hồ sơ đem nộp ở xã"),
    ("Điều 7, khoản 1", "nộp hồ sơ lên xã"),
    (NONE, "giá vàng hôm nay"),
    (NONE, "vàng hôm nay giá mấy"),
    (NONE, "hôm nay giá vàng sao"),
)


def test_runs_are_of_one_to_three_syllables_without_marks() -> None:
    assert list(runs(("mất", "sao", "ocop"))) == list(runs(("mat", "sao", "ocop")))
    assert len(list(runs(("a", "b", "c", "d")))) == 4 + 3 + 2
    assert list(runs(())) == []


def test_a_question_weighs_1_whatever_its_length_and_nothing_where_no_run_is_known() -> None:
    features = np.unique(np.fromiter(runs(("mất", "sao", "ocop")), np.uint32))
    idf = np.full(len(features), 2.0, np.float32)
    places, values = weighed(("mất", "sao", "mất", "sao"), features, idf)
    known = {int(code) for code in runs(("mất", "sao"))}
    assert {int(features[place]) for place in places} == known
    assert float(np.linalg.norm(values)) == pytest.approx(1.0)
    # "mất", "sao" and "mất sao" stand twice each: all alike
    assert values.tolist() == pytest.approx([1 / np.sqrt(3)] * 3)
    places, values = weighed(("xyz",), features, idf)
    assert (len(places), len(values)) == (0, 0)


def test_fitting_finds_what_tells_the_khoan() -> None:
    model = fit(FEW, None)
    assert model.units == (NONE, "Điều 7, khoản 1", "Điều 8, khoản 4")
    for question, unit in (("bao lâu thì họ lấy giấy", "Điều 8, khoản 4"), ("nộp hồ sơ", "Điều 7, khoản 1")):
        chances = model.chances(tokens(question), None)
        assert chances.sum() == pytest.approx(1.0)
        assert model.units[int(chances.argmax())] == unit
    found = worth(
        model, asked(("Điều 8, khoản 4", "họ lấy giấy"), (NONE, "giá vàng"), (NONE, "lấy giấy")), None, least=0.4
    )
    assert (found.questions, found.first, found.spoken, found.right) == (1, 1, 1, 1)
    assert (found.without, found.spoken_without) == (2, 1)


def test_vectors_tell_where_words_do_not() -> None:
    ones = np.eye(3, dtype=np.float32)[[0, 0, 0, 1, 1, 1, 2, 2, 2]]
    model = fit(FEW, ones)
    assert [model.units[int(model.chances((), row).argmax())] for row in np.eye(3, dtype=np.float32)] == [
        "Điều 8, khoản 4",
        "Điều 7, khoản 1",
        NONE,
    ]


def test_what_is_written_says_the_same_within_8_bits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ones = np.eye(3, dtype=np.float32)[[0, 0, 0, 1, 1, 1, 2, 2, 2]]
    words, both = fit(FEW, None), fit(FEW, ones)
    write(words, both, tmp_path / "kept.npz")
    monkeypatch.setattr("assistant.likely_unit.FILE", tmp_path / "kept.npz")
    fitted.cache_clear()
    try:
        for model, vector in ((words, None), (both, np.eye(3, dtype=np.float32)[0])):
            kept = fitted(with_vector=vector is not None)
            assert kept.units == model.units
            for one in FEW:
                assert kept.chances(one.tokens, vector) == pytest.approx(model.chances(one.tokens, vector), abs=0.02)
    finally:
        fitted.cache_clear()


def test_a_damaged_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cut.npz").write_bytes(FILE.read_bytes()[:5000])
    monkeypatch.setattr("assistant.likely_unit.FILE", tmp_path / "cut.npz")
    fitted.cache_clear()
    try:
        with pytest.raises(ValueError, match=r"cut\.npz.*evaluation units --fit"):
            fitted(with_vector=False)
    finally:
        fitted.cache_clear()


def test_a_line_that_is_no_example_is_named(tmp_path: Path) -> None:
    (tmp_path / "asked.tsv").write_text("# head\n1\tĐiều 7, khoản 1\tnộp ở đâu\n\nĐiều 7\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"asked\.tsv, line 4.*writer, khoản and question"):
        read_examples(tmp_path / "asked.tsv")


def test_the_file_kept_was_fitted_to_the_questions_kept() -> None:
    examples = read_examples()
    assert len(examples) > 3500
    model: Model = fitted(with_vector=False)
    assert set(model.units) == {one.unit for one in examples}
    features = {int(code) for one in examples for code in runs(one.tokens)}
    assert features >= {int(code) for code in model.features}
    right = [model.units[int(model.chances(one.tokens, None).argmax())] == one.unit for one in examples]
    assert np.mean(right) >= 0.99  # all of them; of questions by others it is right for .83


def test_questions_of_others_by_words_alone() -> None:
    """Measured: the likeliest khoản is right for .829; of 825 that are at least .7 likely 801."""
    found = worth(fitted(with_vector=False), read_test(TEST), None, least=LIKELY)
    assert (found.questions, found.without) == (1330, 201)
    assert found.first >= 0.81 * found.questions
    assert found.right >= 0.96 * found.spoken >= 0.55 * found.questions
    assert found.spoken_without <= 8


def test_no_question_fitted_to_is_one_that_tells_what_it_is_worth() -> None:
    both = {one.question.lower() for one in read_examples()} & {one.question.lower() for one in read_test(TEST)}
    assert len(both) <= 11, sorted(
        both
    )  # people say the same by themselves: "chào bạn", "bao nhiêu điểm thì được 5 sao?"


def test_none_is_told_beside_the_likeliest_khoan() -> None:
    sure = likely_unit(tokens("hồ sơ đăng ký nộp cho xã mấy bộ giấy"), None)
    assert sure.label == "Điều 7, khoản 1"
    assert sure.chance > SURE > sure.none
    other = likely_unit(tokens("an giang có bao nhiêu sản phẩm 4 sao năm 2023"), None)
    assert other.none > SURE > other.chance


def first_unit(assistant: Assistant, question: str, on: date = TODAY) -> str:
    answer = assistant.ask(question, as_of=on)
    if answer.status != "answered":
        return answer.status
    heading = answer.citations[answer.claims[0].citations[0] - 1].heading
    return ", ".join(heading.split(", ")[:2])


# In words that the decision does not use.
EVERYDAY = {
    "Mấy bữa sau khi kết luận thì họ lấy giấy hả anh?": "Điều 8, khoản 4",
    "Lịch chấm 3 sao 4 sao trong năm ra răng?": "Điều 5, khoản 1",
    "lam gi thi bi mat sao ocop": "Điều 8, khoản 1",
    "Chuẩn bị đón đoàn kiểm tra OCOP, họ sẽ soi mục nào?": "Điều 9, khoản 3",
}


@pytest.mark.parametrize(("question", "unit"), EVERYDAY.items())
def test_everyday_words_find_their_khoan(assistant: Assistant, question: str, unit: str) -> None:
    assert first_unit(assistant, question) == unit


NOT_TOLD = (
    "Vay vốn làm OCOP ở ngân hàng nào lãi suất bao nhiêu?",  # no khoản speaks of loans
    "quyet dinh do ky ngay nao the",  # points at nothing said
    "Mấy tháng đoàn kiểm tra quay lại một lần đối với hàng đã có sao?",  # its khoản has no number
)


@pytest.mark.parametrize("question", NOT_TOLD)
def test_what_no_khoan_answers_is_not_told(assistant: Assistant, question: str) -> None:
    assert first_unit(assistant, question) in ("no_evidence", "needs_clarification", "out_of_scope")


def test_a_day_before_the_rule_has_none_of_its_khoan(assistant: Assistant) -> None:
    question = "Mấy bữa sau khi kết luận thì họ lấy giấy hả anh?"
    assert RULE.label == "26/2026/QĐ-TTg"
    assert first_unit(assistant, question, date(2026, 5, 1)) != "Điều 8, khoản 4"


def test_a_khoan_named_by_its_number_is_told(assistant: Assistant) -> None:
    """Of such words the model knows nothing: it says that none answers."""
    assert first_unit(assistant, "khoản 1 Điều 11 QĐ 26/2026") == "Điều 11, khoản 1"


def test_a_short_khoan_is_told_whole(assistant: Assistant) -> None:
    answer = assistant.ask("lam gi thi bi mat sao ocop", as_of=TODAY)
    told = [answer.text[one.start : one.end] for one in answer.claims if one.kind == "quoted"]
    assert told[0].startswith("1. ")
    assert [line[:2] for line in told[1:5]] == ["a)", "b)", "c)", "d)"]
