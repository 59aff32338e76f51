"""A question is the same however politely or loudly it is put; and a courtesy alone stays one."""

import pytest

from assistant.courtesies import plainly_put
from tests.asking import Ask, asking
from tests.legal_pages import archive_pages


@pytest.mark.parametrize(
    ("put", "plain"),
    [
        ("HTX em muốn hỏi: hồ sơ gồm những gì?", "hồ sơ gồm những gì?"),
        ("Chào bạn, cho mình hỏi giấy chứng nhận có giá trị bao lâu", "giấy chứng nhận có giá trị bao lâu"),
        ("Kính gửi Văn phòng điều phối, đơn vị chúng tôi xin hỏi: ai ký? Trân trọng.", "ai ký?"),
        ("ad ơi mấy điểm thì được 4 sao ad", "mấy điểm thì được 4 sao"),
        ("Giúp tôi với, nước mắm 5 sao cần gì? Em cảm ơn nhiều ạ", "nước mắm 5 sao cần gì?"),
        ("Em là sinh viên. Cho em hỏi OCOP là gì?", "OCOP là gì?"),
        ("Tôi ở hợp tác xã, cho tôi hỏi là nộp cho ai", "nộp cho ai"),
        ("thua anh, cho em hoi ho so gom gi", "ho so gom gi"),
        ("cho em hỏi chút ạ, giấy hết hạn thì sao", "giấy hết hạn thì sao"),
        ("Ok cảm ơn bạn, còn An Giang thì sao?", "còn An Giang thì sao?"),
        ("GIẤY CHỨNG NHẬN 5 SAO DO AI CẤP?", "giấy chứng nhận 5 sao do ai cấp?"),
    ],
)
def test_what_a_question_is_put_with_is_no_part_of_it(put: str, plain: str) -> None:
    assert plainly_put(put) == plain


@pytest.mark.parametrize(
    "text",
    [
        "Xin chào!",
        "cảm ơn bạn",
        "cho hỏi",
        "OCOP",
        "Bánh hỏi Rộc Ngang mấy sao?",
        "Hỏi đáp về OCOP ở đâu?",
        "Bộ trưởng được hỏi về OCOP trả lời thế nào?",
        "Tỉnh xin hỏi ý kiến bộ nào khi nâng hạng?",
        "Hội nghị cảm ơn ai?",
        "Tôi là chủ tịch xã Hải Hậu, xin hỏi hồ sơ gồm gì",
        "Quyết định 436/QĐ-UBND của UBND tỉnh An Giang",
    ],
)
def test_what_is_no_courtesy_or_nothing_else_stays(text: str) -> None:
    assert plainly_put(text) == text


def test_a_softening_word_is_known_by_its_marks() -> None:
    assert plainly_put("cho hỏi tỷ lệ sản phẩm 4 sao") == "tỷ lệ sản phẩm 4 sao"
    assert plainly_put("cho em hỏi lá chè chấm theo bộ nào") == "lá chè chấm theo bộ nào"


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    data = tmp_path_factory.mktemp("law")
    archive_pages(data)
    return asking(data)


@pytest.mark.parametrize(
    "question",
    [
        "Giấy chứng nhận OCOP có giá trị bao lâu?",
        "Giấy hết hạn mà không kịp nộp hồ sơ đánh giá lại thì giấy còn được kéo dài bao lâu?",
        "Bao nhiêu điểm thì được 4 sao?",
    ],
)
def test_the_answer_is_the_same(ask: Ask, question: str) -> None:
    plain = ask(question)
    assert plain.status == "answered"
    for put in (
        question.upper(),
        f"HTX em muốn hỏi: {question}",
        f"Tôi ở hợp tác xã, cho tôi hỏi {question[0].lower()}{question[1:]}",
        f"Kính gửi Sở Nông nghiệp và Môi trường, chúng tôi xin hỏi: {question} Trân trọng cảm ơn.",
    ):
        assert ask(put).text == plain.text


def test_a_cooperative_is_no_commune(ask: Ask) -> None:
    told = ask(
        "Giấy của hợp tác xã tôi hết hạn rồi mà chưa kịp nộp hồ sơ đánh giá lại, giấy cũ còn được kéo dài bao lâu?"
    )
    assert "180 ngày" in told.text
