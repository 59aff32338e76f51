"""Questions about a criterion, an item or a part of a set, points and stars, sets, and what a file is refused for."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import OF_WHICH_SET
from assistant.check import checked
from assistant.conditions import conditions_draft
from assistant.corpus import Corpus
from assistant.criterion import criterion_draft
from assistant.criterion_names import criteria_named
from assistant.criterion_of_any import criterion_of_any
from assistant.draft import Draft
from assistant.points import points_draft
from assistant.question import Question, understand
from assistant.rejected import rejected_draft
from assistant.sets_asked import sets_draft
from assistant.wording import tokens
from index.search import Searcher

TODAY = date(2026, 11, 28)
Drafting = Callable[[Question, Corpus, date], Draft | None]


@pytest.fixture(scope="module")
def corpus(law_data: Path) -> Corpus:
    return Corpus(law_data, Searcher.open(law_data))


def lines(drafting: Drafting, question: str, corpus: Corpus, on: date = TODAY) -> list[str]:
    """What is said, without the line on its basis; [] where nothing is."""
    found = drafting(understand(question, on), corpus, on)
    if found is None:
        return []
    kept, faults = checked(found)
    assert (faults, kept.segments) == ((), found.segments)
    return [segment.text for segment in found.segments if not segment.text.startswith("Căn cứ")]


def test_all_parts_asked_by_their_letters(corpus: Corpus) -> None:
    said = lines(criterion_draft, "Bộ mật ong chia điểm phần A, B, C thế nào?", corpus)
    assert [line.split(":")[0] for line in said if line.startswith("Phần")] == ["Phần A", "Phần B", "Phần C"]


def test_what_goes_into_a_product_is_no_product_of_its_own(corpus: Corpus) -> None:
    said = lines(criterion_draft, "Làm nước mắm mà mua cá ngoại nhập hết thì có sao không?", corpus)
    assert not any(line.startswith(("2.", "9.")) for line in said)  # of one set, so under no set's name
    assert any("nhập khẩu" in line for line in said)


def test_every_option_of_a_criterion_with_points_and_marks(corpus: Corpus) -> None:
    assert lines(criterion_draft, "Chấm cà phê thì mục lao động được mấy điểm?", corpus) == [
        "3.3. Lao động địa phương: tối đa 3 điểm.",
        "- Người trong xã chiếm từ 25% đến dưới 50% số lao động (1 điểm).",
        "- Người trong xã chiếm từ 50% đến 75% số lao động (2 điểm).",
        "- Người trong xã chiếm từ 75% số lao động trở lên (3 điểm).",
    ]


def test_with_a_star_the_option_it_needs(corpus: Corpus) -> None:
    said = lines(criterion_draft, "Gạo xin 5 sao, chỗ bán hàng ở mục khu vực phân phối tính sao?", corpus)
    assert said[0] == "4.1. Khu vực bán hàng chính: tối đa 5 điểm."
    assert [line for line in said if line.startswith("- ")] == [
        line for line in said if line.endswith("(5 điểm, *****).")
    ]


@pytest.mark.parametrize(
    ("question", "first", "option"),
    [
        (
            "Cà phê muốn lên 4 sao thì đi hàng qua mấy đại diện, đại lý phân phối?",
            "4.1. Khu vực bán hàng chính: tối đa 5 điểm.",
            "- Bán ra ngoài xã, có từ 5 đại diện hoặc đại lý phân phối trở lên (3 điểm, ****).",
        ),
        (
            "nuoc mam xin 4 sao thi can bao nhieu dai ly phan phoi",
            "4.1. Khu vực bán hàng chính: tối đa 5 điểm.",
            "- Bán ra ngoài xã, có từ 5 đại diện hoặc đại lý phân phối trở lên (3 điểm, ****).",
        ),
        (
            "Điểm du lịch diễn lễ hội mấy lần một năm thì được 2 điểm?",
            "16. Hoạt động hút khách: tối đa 3 điểm.",
            "- Trình diễn văn hóa, lễ hội tại điểm du lịch, có tính cộng đồng, ít nhất 2 lần một năm (2 điểm).",
        ),
    ],
)
def test_a_criterion_is_known_by_what_its_options_say(corpus: Corpus, question: str, first: str, option: str) -> None:
    said = lines(criterion_draft, question, corpus)
    assert said[0] == first
    assert option in said


def test_the_least_a_star_needs_is_of_the_criterion_its_options_tell(corpus: Corpus) -> None:
    (told, *_) = lines(conditions_draft, "Gạo 4 sao thì nhãn phải có mã truy xuất nguồn gốc điện tử không?", corpus)
    assert told.startswith("2.3. Phong cách và cách ghi nhãn: ")
    assert told.endswith("mã truy xuất nguồn gốc điện tử (3 điểm, ****)")


def test_an_item_with_what_it_is_made_of(corpus: Corpus) -> None:
    assert lines(criterion_draft, "Cảm quan của nước mắm tối đa bao nhiêu điểm?", corpus)[:3] == [
        "6. Cảm quan: tối đa 15 điểm.",
        "6.1. Tạp chất: tối đa 2 điểm.",
        "6.2. Thể chất: tối đa 3 điểm.",
    ]


def test_a_part_with_its_items(corpus: Corpus) -> None:
    assert lines(criterion_draft, "Phần B của bộ mật ong chia điểm ra sao?", corpus) == [
        "Phần B: Khả năng tiếp thị: tối đa 25 điểm.",
        "4. Tiếp thị: tối đa 13 điểm.",
        "5. Câu chuyện sản phẩm: tối đa 12 điểm.",
    ]


def test_two_products_are_told_apart(corpus: Corpus) -> None:
    said = lines(criterion_draft, "Mục dinh dưỡng của gạo với của mật ong, mỗi bên mấy điểm?", corpus)
    assert [line for line in said if line.startswith(("Bộ", "7."))] == [
        "Bộ tiêu chí 3: Gạo, ngũ cốc, hạt sơ chế khác",
        "7. Dinh dưỡng: tối đa 3 điểm.",
        "Bộ tiêu chí 4: Mật ong, mật khác, nông sản thực phẩm khác",
        "7. Dinh dưỡng: tối đa 3 điểm.",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "Cà phê Buôn Ma Thuột xuất khẩu đi nước nào?",
        "Hồ sơ mật ong gồm những gì?",
        "Nước mắm chấm mấy điểm thì được mấy sao?",
        "Phần dinh dưỡng của mật ong sao in hai số?",  # a misprint is told by the text on it
        "Cà phê ở Đắk Lắk được mấy điểm phần bao bì?",
    ],
)
def test_what_names_no_criterion(corpus: Corpus, question: str) -> None:
    assert lines(criterion_draft, question, corpus) == []


def test_a_longer_name_takes_its_words() -> None:
    assert criteria_named(tokens("vị trí")).isdisjoint(criteria_named(tokens("vị")))
    assert criteria_named(tokens("vùng nguyên liệu")).isdisjoint(criteria_named(tokens("nguyên liệu")))


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("Chấm ra 51 điểm thì xếp loại gì?", "c) 3 sao: từ 50 đến dưới 70 điểm, cấp tỉnh."),
        ("90 điểm chẵn là hạng mấy?", "a) 5 sao: từ 90 đến 100 điểm, cấp quốc gia."),
        ("89,5 điểm thì được mấy sao", "b) 4 sao: từ 70 đến dưới 90 điểm, cấp tỉnh."),
        ("Bốn sao thì số điểm phải là bao nhiêu điểm?", "b) 4 sao: từ 70 đến dưới 90 điểm, cấp tỉnh."),
        ("muon 3 sao can may diem", "c) 3 sao: từ 50 đến dưới 70 điểm, cấp tỉnh."),
    ],
)
def test_points_and_stars_both_ways(corpus: Corpus, question: str, line: str) -> None:
    said = lines(points_draft, question, corpus)
    assert said[0] == line
    assert said[1] == "Đồng thời phải lưu ý:"


def test_below_three_stars_there_is_no_certificate(corpus: Corpus) -> None:
    assert lines(points_draft, "Được có 33 điểm thì có giấy không?", corpus) == [
        "d) 2 sao: từ 30 đến dưới 50 điểm.",
        "Sản phẩm 1 sao, 2 sao không có quyết định công nhận và không được cấp giấy.",
    ]


def test_enough_points_and_no_star(corpus: Corpus) -> None:
    said = lines(points_draft, "Sao có nơi dư điểm mà vẫn không lên hạng?", corpus)
    assert len(said) == 1
    assert "mức tối thiểu để được 3, 4 hay 5 sao" in said[0]


@pytest.mark.parametrize(
    "question",
    [
        "Mục bao bì được 3 điểm thì mấy sao?",
        "Sản phẩm của Hà Giang được 93 điểm, mấy sao?",
        "Theo Quyết định 3723/QĐ-TTg, 4 sao cần bao nhiêu điểm?",
        "Có 15 sản phẩm được 80 điểm, hạng nào?",
    ],
)
def test_what_the_scale_does_not_tell(corpus: Corpus, question: str) -> None:
    assert lines(points_draft, question, corpus) == []


def test_the_set_of_a_product(corpus: Corpus) -> None:
    said = lines(sets_draft, "Tôi làm nước mắm thì chấm theo bộ nào?", corpus)
    assert said[0] == "Nước mắm chấm theo bộ 9."
    assert said[-1] == "Bộ tiêu chí 9: Tương, nước mắm, gia vị lỏng khác"


def test_a_product_of_two_sets_is_asked_back(corpus: Corpus) -> None:
    found = sets_draft(understand("Rượu thuộc bộ nào?"), corpus, TODAY)
    assert found is not None
    assert (found.status, found.segments) == ("needs_clarification", ())
    assert "bộ 14" in found.notices[0]


def test_the_sets_of_a_group(corpus: Corpus) -> None:
    (line,) = lines(sets_draft, "Nhóm sinh vật cảnh có các bộ tiêu chí nào?", corpus)
    assert line.startswith("Nhóm: Sinh vật cảnh; Các bộ: bộ 23 đến bộ 25")


def test_a_file_is_refused_for_what_its_set_says(corpus: Corpus) -> None:
    (line,) = lines(rejected_draft, "Hồ sơ gạo bị loại khi nào?", corpus)
    assert line.startswith("Hồ sơ bị loại nếu có gì giả mạo")
    assert lines(rejected_draft, "Ở Huế vì sao bị loại hồ sơ?", corpus) == []
    assert lines(rejected_draft, "Hồ sơ gạo, mật ong rớt luôn khi nào?", corpus) == [line]


def test_what_nearly_all_sets_give_needs_no_product(corpus: Corpus) -> None:
    said = lines(criterion_of_any, "Câu chuyện sản phẩm được tối đa mấy điểm?", corpus)
    assert said[0] == "5.1. Có câu chuyện và đưa nó tới người mua: tối đa 5 điểm."
    assert said[1] == "- Chưa có câu chuyện (0 điểm)."
    found = criterion_of_any(understand("Giám đốc là phụ nữ có được cộng điểm không?", TODAY), corpus, TODAY)
    assert found is not None
    assert found.segments[0].text.endswith("hoặc người dân tộc thiểu số: tối đa 1 điểm.")
    assert found.notices[0].endswith("điểm như nhau ở cả 5 bộ có tiêu chí này.")


def test_what_the_sets_differ_in_is_asked_back(corpus: Corpus) -> None:
    found = criterion_of_any(understand("Mục mùi được mấy điểm?", TODAY), corpus, TODAY)
    assert found is not None
    assert (found.status, found.segments, found.notices) == ("needs_clarification", (), (OF_WHICH_SET,))


@pytest.mark.parametrize(
    "question",
    [
        "Mục câu chuyện của nước mắm được mấy điểm?",  # of a product
        "Câu chuyện sản phẩm, bao bì và nhãn được mấy điểm?",  # of three
        "Ở Huế câu chuyện sản phẩm được mấy điểm?",
        "Sản phẩm 4 sao bán ở siêu thị nào?",  # of no criterion
        "Phần B gồm câu chuyện được mấy điểm?",
        "Bộ nào có câu chuyện được mấy điểm?",
    ],
)
def test_what_is_asked_of_more_or_less_than_one_criterion(corpus: Corpus, question: str) -> None:
    assert criterion_of_any(understand(question, TODAY), corpus, TODAY) is None


def test_two_criteria_are_told_one_after_the_other(corpus: Corpus) -> None:
    found = criterion_of_any(understand("Câu chuyện sản phẩm và bao bì được mấy điểm?", TODAY), corpus, TODAY)
    assert found is not None
    said = [segment.text for segment in found.segments]
    assert [line for line in said if "tối đa" in line] == [
        "2.2. Cách đóng gói và bao bì: tối đa 3 điểm.",
        "5.1. Có câu chuyện và đưa nó tới người mua: tối đa 5 điểm.",
    ]
    assert len(set(found.notices)) == len(found.notices)


def test_raw_material_from_abroad_is_a_matter_of_its_source(corpus: Corpus) -> None:
    said = lines(criterion_draft, "Hạt cà phê ngoại về rang xay đóng gói thì có chấm được không?", corpus)
    assert said[0].startswith("1.1. ")
    assert not any(line.startswith("2.2.") for line in said)


def test_what_is_so_made_may_reach_a_star_or_not(corpus: Corpus) -> None:
    said = lines(criterion_of_any, "Câu chuyện sản phẩm đơn giản có lên được 5 sao không?", corpus)
    assert said[0].startswith("5.1. ")
    (needed,) = [line for line in said if line.startswith("- ")]
    assert needed.endswith("trong phần truy xuất nguồn gốc điện tử (5 điểm, ****).")


def test_a_criterion_of_one_set_is_told_of_that(corpus: Corpus) -> None:
    found = criterion_of_any(understand("Phần thu hút khách được mấy điểm?", TODAY), corpus, TODAY)
    assert found is not None
    assert found.segments[0].text.startswith("16. ")
    assert found.notices[0].endswith("; các bộ khác không có tiêu chí này.")


def test_a_file_without_the_papers_of_its_set_is_refused(corpus: Corpus) -> None:
    (line,) = lines(rejected_draft, "Mật ong chưa có bản công bố có thi OCOP được không?", corpus)
    assert line.startswith("Hồ sơ bị loại")
    assert lines(rejected_draft, "Mật ong chưa có giấy tờ gì, có thi OCOP được không?", corpus) == []
    assert lines(rejected_draft, "Chưa có bản công bố có thi OCOP được không?", corpus) == []


def test_what_comes_from_abroad_may_not_enter(corpus: Corpus) -> None:
    said = lines(criterion_draft, "Em rang hạt cà phê mua của Brazil, dự OCOP được không?", corpus)
    assert any(line.startswith("1.1. ") for line in said)
    assert lines(criterion_draft, "Cà phê nhà em bao bì đẹp, dự OCOP được không?", corpus) == []
    said = lines(criterion_draft, "Mật ong làm y chang của nhà khác thì đem đi chấm được không?", corpus)
    assert any(line.startswith("2.1. ") for line in said)
