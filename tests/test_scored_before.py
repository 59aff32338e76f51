"""A follow-up on how goods are scored takes the goods, criterion and star spoken of, where a set then answers."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.corpus import Corpus
from assistant.haste import spelt_out
from assistant.question import Question, understand
from assistant.scored_before import on_scoring, scoring_of
from assistant.scoring import Scoring
from evaluation.answers import assistant_over
from index.search import Searcher
from tests.asking import conversed

DAY = date(2026, 11, 22)
RICE = "Gạo nhà em muốn 3 sao thì nhãn mác cần gì?"
COFFEE = "Cà phê chấm theo bộ nào?"
KIND = "Bộ gạo: hộ gia đình có đăng ký kinh doanh được mấy điểm ở tiêu chí loại hình tổ chức?"


@pytest.fixture(scope="module")
def corpus(law_data: Path) -> Corpus:
    return Corpus(law_data, Searcher.open(law_data))


def asked(text: str, before: Question | None = None) -> Question:
    question = understand(text, DAY)
    return replace(question, scoring=scoring_of(question, before))


@pytest.mark.parametrize(
    ("before", "text", "meant"),
    [
        # a criterion of its own
        (COFFEE, "Còn bao bì được mấy điểm?", "Cà phê: bao bì được mấy điểm?"),
        (COFFEE, "còn cảm quan?", "Cà phê: cảm quan tối đa mấy điểm?"),
        (RICE, "nhãn phải thế nào mới được 4 sao?", "Gạo: nhãn phải thế nào mới được 4 sao?"),
        (
            "Mật ong muốn 5 sao thì màu sắc, thể chất phải đạt mức nào?",
            "còn mùi vị?",
            "Mật ong muốn 5 sao thì mùi vị phải đạt mức nào?",
        ),
        (
            "Homestay chấm theo bộ nào?",
            "Nhân viên đón khách có cần biết tiếng nước ngoài không?",
            "Homestay, mục nhân viên: nhân viên đón khách có cần biết tiếng nước ngoài không?",
        ),
        # the one spoken of: said in the words of its options, or pointed at
        (KIND, "Còn công ty TNHH thì được mấy?", "gạo, mục loại hình tổ chức: công ty TNHH thì được mấy?"),
        (
            "Gạo: mục sở hữu trí tuệ 3 sao cần gì?",
            "lên 4 sao thì mục ấy phải có gì?",
            "Gạo: lên 4 sao thì mục sở hữu trí tuệ phải có gì?",
        ),
        # other goods, said to be alike
        (
            "Cà phê muốn 3 sao thì nguyên liệu trong tỉnh tối thiểu bao nhiêu?",
            "Nước mắm 4 sao cũng phải vậy à?",
            "Nước mắm muốn 4 sao thì nguyên liệu trong tỉnh tối thiểu bao nhiêu?",
        ),
        # what goes into the goods is no other goods
        (
            "Nhà em làm nước mắm, nguyên liệu chấm thế nào?",
            "cá mà nhập hết từ Thái Lan về thì sao?",
            "nước mắm, mục nhập hết: cá mà nhập hết từ Thái Lan về?",
        ),
        ("Cà phê thì bộ nào quản lý?", "thế ai chủ trì quản lý?", "Cà phê: ai chủ trì quản lý?"),
        ("Cà phê thì bộ nào quản lý?", "Người chủ trì cuộc họp là ai?", None),
        # goods or a place of its own, another matter, or nothing a set tells
        (COFFEE, "Bao bì của mật ong được mấy điểm?", None),
        (COFFEE, "Bao bì cà phê Sơn La được mấy điểm?", None),
        (COFFEE, "Hồ sơ gồm những gì?", None),
        (COFFEE, "Bao bì in ở đâu?", None),
        (RICE, "5 sao thì phải nộp hồ sơ gồm những gì cho bộ?", None),
        (RICE, "có bao nhiêu sản phẩm phải đạt 4 sao?", None),
        (KIND, "Muộn nhất bao nhiêu ngày?", None),
        # goods of two sets are none, nor are those of a count
        ("Cà phê với mật ong chấm theo bộ nào?", "Bao bì được mấy điểm?", None),
        ("Năm 2025 An Giang có bao nhiêu nước mắm 4 sao?", "Bao bì được mấy điểm?", None),
        ("Hồ sơ nộp ở đâu?", "Bao bì được mấy điểm?", None),
    ],
)
def test_what_is_left_out_is_put_in(corpus: Corpus, before: str, text: str, meant: str | None) -> None:
    assert on_scoring(text, asked(before), corpus, DAY) == meant


def test_goods_are_spoken_of_until_others_are_and_two_may_be_compared(corpus: Corpus) -> None:
    first = asked("Cà phê: mục nguồn nguyên liệu tối đa mấy điểm?")
    between = asked("Ai ký giấy chứng nhận?", first)
    assert between.scoring == Scoring(goods="Cà phê", criterion="")
    then = asked("Mật ong: mục nguồn gốc sản phẩm tối đa mấy điểm?", first)
    assert then.scoring == Scoring(
        goods="Mật ong", criterion="nguồn gốc sản phẩm", before=("Cà phê", "nguồn nguyên liệu")
    )
    assert on_scoring("vậy bộ nào cao hơn?", then, corpus, DAY) == (
        "Mục nguồn nguyên liệu của Cà phê và mục nguồn gốc sản phẩm của Mật ong, điểm nào cao hơn?"
    )


def test_a_conversation_stays_with_its_goods(law_data: Path) -> None:
    assistant = assistant_over(law_data)
    conversation = None
    for question, said in (
        ("nước mắm theo quyết định 26 thuộc bộ tiêu chí số mấy", "Bộ tiêu chí 9: Tương, nước mắm"),
        ("tiêu chí nguồn nguyên liệu tối đa mấy điểm", "nguyên liệu"),
        ("còn cảm quan?", "Cảm quan"),
        ("hộ gia đình thì được mấy điểm loại hình tổ chức?", "loại hình"),
        ("vậy hợp tác xã thì mấy?", "loại hình"),
    ):
        answer = assistant.ask(question, conversation=conversation, as_of=DAY)
        conversation = answer.conversation
        assert said in answer.text, question


@pytest.mark.parametrize(
    ("question", "criterion"),
    [
        ("Gạo nhà em bán quanh quẩn trong xã đã hết, vậy lên 3 sao được chưa hay bắt phải bán xa?", "4.1."),
        ("Nhãn hiệu mới nộp đơn, chưa có bằng thì gạo có được 3 sao không?", "3.5."),
        ("Làm nước mắm mà cá mua hết của Thái Lan về ủ, vậy có bị loại không?", "1.1."),
    ],
)
def test_the_criterion_meant_without_its_name(law_data: Path, question: str, criterion: str) -> None:
    assert conversed(assistant_over(law_data), question).text.startswith(criterion)


def test_papers_of_a_dossier_are_no_paper_that_decided_something(law_data: Path) -> None:
    answer = conversed(
        assistant_over(law_data),
        "Hồ sơ tỉnh đề nghị phân hạng lại sản phẩm 5 sao gồm những gì?",
        "Thế hồ sơ đề nghị 5 sao lần đầu thì có thêm những báo cáo, quyết định nào?",
    )
    assert "báo cáo của tổ tư vấn" in answer.text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("chè có dc 3s ko", "chè có được 3 sao không"),
        ("kèm mấy mẩu sp, ai cấp mẩu vậy", "kèm mấy mẫu sản phẩm, ai cấp mẫu vậy"),
        ("tôi làm nc mắm", "tôi làm nước mắm"),
        ("v có bị loại ko", "vậy có bị loại không"),
        ("chờ 15s", "chờ 15s"),
    ],
)
def test_shorthand(typed: str, meant: str) -> None:
    assert spelt_out(typed) == meant
