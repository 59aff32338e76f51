"""Who wrote an article and when it appeared is told of the one article meant, with its own words."""

import pytest

from tests.archived import put
from tests.asking import Ask, asking

SOC_TRANG = "Sóc Trăng trao giấy chứng nhận cho 25 sản phẩm OCOP"
HA_GIANG = "Hà Giang đưa chè Shan lên sàn"


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    data = tmp_path_factory.mktemp("articles")
    put(
        data,
        [
            SOC_TRANG,
            "Sáng 3/4/2024, tỉnh Sóc Trăng trao giấy chứng nhận cho 25 sản phẩm OCOP của 14 chủ thể.",
            "Tin, ảnh: Trần Thị Lành",
        ],
        title=SOC_TRANG,
        url="https://bao.example/soc-trang",
        published="2024-04-03",
    )
    put(
        data,
        [HA_GIANG, "Tỉnh Hà Giang hỗ trợ 9 hợp tác xã đưa chè Shan tuyết OCOP lên sàn thương mại điện tử."],
        title=HA_GIANG,
        url="https://bao.example/ha-giang",
    )
    return asking(data)


@pytest.mark.parametrize(
    "question", ["Bài về OCOP Sóc Trăng do ai viết?", "Tác giả bài báo trao giấy chứng nhận OCOP ở Sóc Trăng là ai?"]
)
def test_the_author_is_told_from_the_byline(question: str, ask: Ask) -> None:
    answer = ask(question)
    assert answer.status == "answered"
    assert "Tin, ảnh: Trần Thị Lành" in [one.quote for one in answer.citations]


def test_the_day_is_told_from_the_sentence_that_says_it(ask: Ask) -> None:
    answer = ask("Tin Sóc Trăng trao giấy chứng nhận OCOP đăng ngày nào?")
    assert answer.citations[0].quote.startswith("Sáng 3/4/2024,")
    assert "Bài đăng 3/4/2024. [1]" in answer.text


def test_what_the_source_does_not_say_is_said_to_be_unknown(ask: Ask) -> None:
    answer = ask("Bài về chè Shan của Hà Giang ai viết, đăng ngày nào?")
    assert answer.status == "partial"
    assert answer.citations[0].quote == HA_GIANG
    assert {"Nguồn không ghi tên người viết.", "Nguồn không ghi ngày đăng."} <= set(answer.notices)


def test_a_conversation_says_which_article_is_meant(ask: Ask) -> None:
    answer = ask("Sóc Trăng có bao nhiêu chủ thể OCOP được trao giấy?", "Bài đó do ai viết?")
    assert "Tin, ảnh: Trần Thị Lành" in answer.text


def test_where_no_article_is_meant_none_is_told_of(ask: Ask) -> None:
    assert ask("Bài báo về OCOP Cao Bằng do ai viết?").status == "no_evidence"
