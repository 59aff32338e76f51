"""What cannot be understood by itself is asked back about; what an answer named may be asked on about."""

from datetime import date

import pytest

from assistant.answer import FORGOTTEN, WHICH_QUESTION
from assistant.ask import Assistant
from assistant.follow_up import resolve
from assistant.place_told import with_place_told
from assistant.question import understand
from tests.asking import Ask, asking_reports

DAY = date(2026, 11, 22)
LEADING = (
    "Mộ Đức là địa phương dẫn đầu với 21 sản phẩm, thành phố Quảng Ngãi có 14 sản phẩm, huyện Trà Bồng có 9 sản phẩm."
)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    return asking_reports(
        tmp_path_factory.mktemp("first-turn"),
        {
            "quang-ngai": (
                "2022-10-20",
                "OCOP Quảng Ngãi sau bốn năm",
                f"Toàn tỉnh Quảng Ngãi có 75 sản phẩm OCOP cấp tỉnh, trong đó có 6 sản phẩm đạt 4 sao. {LEADING}",
                "Mục tiêu đến năm 2025, Quảng Ngãi phấn đấu có 210 sản phẩm OCOP mới đạt 3 sao trở lên.",
            )
        },
    )


@pytest.mark.parametrize(
    ("text", "adrift"),
    [
        ("thế trong đó mấy sản phẩm 4 sao?", True),
        ("Trong số đó có bao nhiêu sản phẩm 3 sao?", True),
        ("Nó có hiệu lực bao lâu?", True),
        ("còn An Giang?", True),
        ("Thế Quảng Ngãi thì sao?", True),
        ("Còn An Giang có bao nhiêu sản phẩm OCOP?", False),
        ("An Giang có 92 sản phẩm, trong đó mấy sản phẩm 4 sao?", False),
        ("Giấy chứng nhận có hiệu lực bao lâu?", False),
    ],
)
def test_what_goes_on_from_nothing_is_adrift(text: str, adrift: bool) -> None:
    assert resolve(understand(text, DAY), None).adrift is adrift


def test_what_goes_on_from_nothing_is_asked_back(ask: Ask) -> None:
    for text in ("thế trong đó mấy sản phẩm 4 sao?", "Nó có hiệu lực bao lâu?", "còn Quảng Ngãi?"):
        answer = ask(text)
        assert (answer.status, answer.text) == ("needs_clarification", WHICH_QUESTION)


def test_a_conversation_that_is_not_known_is_said_so(ask: Ask) -> None:
    assistant: Assistant = ask.args[0]  # type: ignore[attr-defined]
    for text, notices in (("thế trong đó mấy sản phẩm 4 sao?", (FORGOTTEN,)), ("Quảng Ngãi có bao nhiêu?", None)):
        answer = assistant.ask(text, conversation="khong-co", as_of=DAY)
        assert answer.notices[0] == FORGOTTEN
        assert notices is None or answer.notices == notices
        assert FORGOTTEN not in assistant.ask(text, as_of=DAY).notices
        assert FORGOTTEN not in assistant.ask(text, conversation=answer.conversation, as_of=DAY).notices


def test_the_district_an_answer_leads_with_is_asked_on_about(ask: Ask) -> None:
    which = "Huyện nào của Quảng Ngãi dẫn đầu?"
    assert ask(which).text.startswith(LEADING)
    assert ask(which, "huyện đó có bao nhiêu sản phẩm?").text.startswith("Mộ Đức (Quảng Ngãi): 21 sản phẩm.")
    assert ask(which, "bao nhiêu sản phẩm?").text.startswith("Mộ Đức (Quảng Ngãi): 21 sản phẩm.")
    apart = ask(which, "còn Trà Bồng?", "hai huyện chênh nhau bao nhiêu?")
    assert apart.text.startswith("Mộ Đức hơn Trà Bồng 12 sản phẩm (21 - 9).")
    three = ask(which, "còn thành phố Quảng Ngãi?", "còn Trà Bồng?", "ba nơi đó cộng lại bao nhiêu?")
    assert "14 + 9 + 21 = 44 sản phẩm" in three.text
    # two were spoken of, and three are asked about
    assert "23" not in ask("Thành phố Quảng Ngãi có mấy sản phẩm?", "còn Trà Bồng?", "ba nơi đó cộng lại mấy?").text


def test_only_the_one_district_asked_for_is_spoken_of() -> None:
    of_one = understand("Huyện nào của Quảng Ngãi dẫn đầu?", DAY)
    assert with_place_told(of_one, [LEADING]).districts == (("quang-ngai/huyen-mo-duc",),)
    # a city behind the district that is not known by its bare name
    assert with_place_told(of_one, [LEADING.replace("Mộ Đức", "Xã Xa")]).districts == ()
    of_many = understand("Những huyện nào của Quảng Ngãi có sản phẩm?", DAY)
    assert with_place_told(of_many, [LEADING]) is of_many
