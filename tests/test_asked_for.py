"""What an answer must hold of what was asked: its names, its round, a name where one is asked for, its limits."""

from datetime import date
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.called import asks_by_name, names_asked, names_place
from assistant.check import answer_faults
from assistant.evidence import fits_kind, names_person
from assistant.heard import read_as_meant
from assistant.limits import limits_of, rounds_in, share_held
from assistant.numbers_told import states_number
from assistant.proper_names import of_the_product, proper_names
from assistant.question import understand
from assistant.understood import understood
from assistant.wanted import kind_of_answer
from assistant.wording import tokens, words_of
from evaluation.answers import assistant_over

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def assistant(demo_data: Path) -> Assistant:
    return assistant_over(demo_data)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Mật ong rừng Khe Đá Trắng được mấy sao?", ("khe đá trắng",)),
        ("Bánh gai Bà Thơm do Công ty Hoa Mai làm phải không?", ("bà thơm", "hoa mai")),
        ("Phó Chủ tịch UBND tỉnh An Giang nói gì?", ()),
        ("Hợp tác xã nào ở Quảng Ninh làm miến dong?", ()),
        ("Quyết định 26/2026/QĐ-TTg thay Quyết định nào?", ()),
        ("sản phẩm nào của khe vải", ()),
        ("Trà đinh Hoài Trung lên 5 sao lúc nào?", ("hoài trung",)),
        ("HTX Tài Hoan liên kết với nông dân thế nào?", ("tài hoan",)),
        ("Lãnh đạo Sở Tài Chính nói gì?", ()),
    ],
)
def test_names_that_are_of_no_province_and_no_office(question: str, names: tuple[str, ...]) -> None:
    assert proper_names(question) == names


@pytest.mark.parametrize(
    ("question", "text", "named"),
    [
        ("Ba sản phẩm ấy tên là gì?", "Đó là miến dong, mật ong và trà hoa vàng.", True),
        ("Ba sản phẩm ấy tên là gì?", "Ba món (nem chua, giò lụa, chả quế) được nâng hạng.", True),
        ("Ba sản phẩm ấy tên là gì?", "Huyện họp hội đồng để đánh giá 3 sản phẩm của 3 chủ thể.", False),
        ("Ba sản phẩm ấy tên là gì?", 'Cách gọi "tiềm năng 5 sao" quen trong báo cáo.', False),
        ("Ba sản phẩm ấy tên là gì?", 'Chữ "còn hiệu lực" đáng được giữ lại.', False),
        ("Sáu sản phẩm 4 sao của Yên Bái gồm những gì?", "Yên Bái trao giấy cho miến dong, chè và gạo nếp.", False),
        ("Sáu sản phẩm 4 sao của Yên Bái gồm những gì?", "Sáu sản phẩm là chè Suối Giàng, gạo Séng Cù.", True),
        ("Sáu sản phẩm 4 sao của Yên Bái gồm những gì?", "QĐ 2585/QĐ-UBND, ký 28/12/2023, trao 6 giấy.", False),
        ("Chín sản phẩm ấy của những xã nào?", "Chúng thuộc xã Hòa Sơn và phường Tân Lập.", True),
        ("Chín sản phẩm ấy của những xã nào?", "UBND tỉnh Lâm Đồng công nhận 9 sản phẩm.", False),
    ],
)
def test_what_is_asked_by_name_is_told_by_name(question: str, text: str, named: bool) -> None:
    asked = understand(question, TODAY)
    assert asks_by_name(asked)
    assert names_asked(asked, text) is named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Anh Nguyễn Văn Đại ở xã Tam Quan nhân giống thành công.", True),
        ("Giám đốc công ty là bà Trần Thị Bích Hoa.", True),
        ("Ba sản phẩm ngọc trai thuộc Công ty cổ phần Ngọc trai Hạ Long.", False),  # "ông" of "công" is nobody
        ("Bài viết nhắc tới Làng nghề Phú Lương.", False),
    ],
)
def test_a_person_has_a_title_that_stands_by_itself(text: str, named: bool) -> None:
    assert names_person(text) is named


@pytest.mark.parametrize(
    ("question", "by_name"),
    [
        ("Chỉ dẫn địa lý ấy do cơ quan nào cấp?", False),  # its "quan" is no "quận" without a mark
        ("chi dan dia ly do co quan nao cap", False),
        ("Chín sản phẩm ấy của những quận nào?", True),
        ("9 san pham cua nhung quan nao", True),
    ],
)
def test_a_body_asked_for_is_no_district(question: str, by_name: bool) -> None:
    assert asks_by_name(understand(question, TODAY)) is by_name


def test_a_spot_is_one_the_question_does_not_name() -> None:
    asked = understand("Hội chợ của Quảng Ninh mở ở địa điểm nào?", TODAY)
    assert names_place(asked, "Hội chợ mở tại Quảng trường Hạ Long.")
    assert not names_place(asked, "Sang xuân, Quảng Ninh lại mở Hội chợ.")
    festival = understand("Festival OCOP Việt Nam 2025 tổ chức ở tỉnh nào?", TODAY)
    assert not names_place(festival, "Đến Festival OCOP Việt Nam tháng 12/2025 có 18.243 sản phẩm.")
    assert names_place(festival, "Festival mở tại Khu Triển lãm Vân Hồ.")


def test_a_round_is_no_number_of_products() -> None:
    assert rounds_in(tokens("đợt 2 năm 2024")) == ("đợt 2",)
    assert rounds_in(tokens("đợt 41 sản phẩm của tỉnh")) == ()
    assert rounds_in(tokens("đợt 5 sao")) == ()


def test_what_is_done_limits_a_count_less_than_what_is_named(assistant: Assistant) -> None:
    corpus = assistant._view()
    near = words_of("Tỉnh có 123 sản phẩm OCOP.")

    def held(question: str) -> float:
        asked = understand(question, TODAY)
        return share_held(limits_of(asked, ("sản phẩm",)), asked, near, corpus)

    assert held("Lâm Đồng có bao nhiêu sản phẩm OCOP?") == 1.0
    assert held("Lâm Đồng khoe có bao nhiêu sản phẩm OCOP?") == 1.0
    assert held("Lâm Đồng có bao nhiêu sản phẩm yến sào?") < 0.3


@pytest.mark.parametrize(
    ("question", "text", "states"),
    [
        ("Điểm thấp nhất là bao nhiêu điểm?", "Điểm thấp nhất trong đợt là 58.", True),
        ("Thưởng bao nhiêu tiền?", "Hạng: 5 sao; Mức (đồng): 300 triệu", True),
        ("Có mấy món làm từ tre?", "Ba món làm từ tre được nâng hạng.", True),
        ("Thưởng bao nhiêu tiền?", "Có 63 sản phẩm đạt 3 sao.", False),
    ],
)
def test_a_number_stands_before_or_after_what_is_counted(question: str, text: str, states: bool) -> None:
    assert states_number(understand(question, TODAY), text) is states


@pytest.mark.parametrize(
    ("text", "of_it"),
    [
        ("Mật ong hoa nhãn Đá Vàng: 63 điểm, công nhận mới", True),
        ("Mật ong hoa sú Đá Vàng: 63 điểm, công nhận mới", False),  # "nhận" is not "nhãn"
    ],
)
def test_points_are_of_the_very_product(text: str, of_it: bool) -> None:
    assert of_the_product(understand("Mật ong hoa nhãn Đá Vàng được mấy điểm?"), text) is of_it


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("Chiều 08/12, tỉnh công bố kết quả.", True),
        ("Kết quả của năm 2020 là 33 sản phẩm.", False),
    ],
)
def test_who_asks_for_a_day_is_told_one(text: str, tells: bool) -> None:
    assert fits_kind(understand("Lễ công bố diễn ra hôm nào?"), text) is tells


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("sao đồng tháp lại rút giấy", "why"),
        ("sao không cộng thẳng hai số", "why"),
        ("sao ocop là gì", "definition"),
        ("quyết định ấy mang số hiệu bao nhiêu", "number"),
        ("hội chợ mở ở địa điểm nào", "where"),
    ],
)
def test_kinds_of_answer(question: str, kind: str) -> None:
    assert kind_of_answer(tokens(question), places=0, documents=0, times=0) == kind


@pytest.mark.parametrize(
    "question",
    [
        "Đợt 7 năm 2024 Kon Tum công nhận mấy sản phẩm 4 sao?",
        "Mật ong rừng Khe Đá Trắng được mấy sao?",
        "Một cân miến dong Nà Lầu giá bao nhiêu?",
        "Sáu sản phẩm 4 sao của Yên Bái năm 2023 tên là gì?",
        "Hội chợ OCOP Xuân 2026 của Quảng Ninh tổ chức ở địa điểm nào?",
        "Vì sao Gia Lai bị rút 5 sao của bảy sản phẩm đầu năm 2026?",
        "Mật ong hoa bạc hà Khe Vải đạt hạng mấy sao?",
        "Chè Shan tuyết Hồng Thái loại một tôm hai lá được mấy điểm?",
        "Điều 7 quy chế quản lý OCOP của Bắc Kạn nói gì?",
    ],
)
def test_what_no_page_says_is_not_answered(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question, as_of=TODAY)
    assert answer.status in ("no_evidence", "needs_clarification", "out_of_scope"), answer.text


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("Quyết định đó do ai ký?", "needs_clarification"),
        ("cai do nop o dau vay", "needs_clarification"),
        ("Đợt này công nhận bao nhiêu sản phẩm?", "needs_clarification"),
        ("Năm ngoái được mấy sao?", "needs_clarification"),
        ("Quyết định 124/QĐ-UBND năm 2023 của Cao Bằng do ai ký?", "no_evidence"),
        ("Bộ tiêu chí chấm chè (bộ 11) cho phần cảm quan tối đa mấy điểm?", "no_evidence"),
        ("Theo bộ 14 thì mùi vị được mấy điểm?", "no_evidence"),
        ("Năm 2022 UBND tỉnh Đá Trắng Mới công nhận mấy sản phẩm OCOP?", "no_evidence"),
        ("Quyết định 590/QĐ-UBND của Thanh Hóa có mấy sản phẩm 4 sao?", "no_evidence"),
        ("Kẹo dừa Trà Bắc do ai làm, được mấy sao?", "no_evidence"),
        ("Nộp hồ sơ đánh giá OCOP phải đóng lệ phí bao nhiêu?", "no_evidence"),
        ("Kẹo lạc Trà Bắc do ai làm?", "answered"),
    ],
)
def test_what_points_at_nothing_is_asked_back_and_what_is_not_held_is_not_told(
    assistant: Assistant, question: str, status: str
) -> None:
    assert assistant.ask(question, as_of=TODAY).status == status


def test_a_place_of_one_syllable_is_named_without_marks(assistant: Assistant) -> None:
    question = "khi nao hue trao giay chung nhan san pham ocop cuoi nam 2023"
    read = read_as_meant(question, assistant._view(), assistant._searcher)
    assert "hue" in read.split(), "otherwise it is found as any other place is"
    assert understood(read, None, TODAY, question, assistant._view()).places == ("hue",)
    assert assistant.ask(question, as_of=TODAY).status == "no_evidence"


def test_what_was_spoken_of_may_be_pointed_at(assistant: Assistant) -> None:
    first = assistant.ask("Quyết định nào công nhận 41 sản phẩm của Cao Bằng?", as_of=TODAY)
    following = assistant.ask("Quyết định đó ký ngày nào?", conversation=first.conversation, as_of=TODAY)
    assert following.status == "answered"
    assert "20/2/2023" in following.text


def test_a_list_of_a_province_is_none_of_a_district_in_it(assistant: Assistant) -> None:
    listed = "Danh sách sản phẩm OCOP của {} gồm những gì?"
    absent = assistant.ask(listed.format("thành phố Đồng Hới, Quảng Bình năm 2022"), as_of=TODAY)
    assert absent.status == "no_evidence"
    told = assistant.ask(listed.format("huyện Lệ Thủy, Quảng Bình năm 2022"), as_of=TODAY).text
    assert "Khoai deo Cát Mẫu" in told
    assert "Tiêu đen Đồi Mẫu" not in told  # of another district


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Chiếu cói Đông Trà năm 2020 là 3 hay 4 sao?", "được công nhận 3 sao theo Quyết định 3105/QĐ-UBND"),
        ("Đệm bông lau bản Sưa lần đầu được công nhận năm nào?", "Quyết định 1876/QĐ-UBND ngày 30/11/2022"),
        ("Bình Sa bãi bỏ Quyết định 3190 bằng quyết định nào?", "Quyết định 410/QĐ-UBND ngày 5/3/2026"),
        ("Cả nghìn sản phẩm còn hạn của Gia Lai do bao nhiêu chủ thể làm ra?", "519 chủ thể"),
        ("Ai ký quyết định công nhận OCOP đợt 1 năm 2026 của Cần Thơ?", "người ký là Phan Thị Mẫu"),
        ("4 sản phẩm 3 sao của huyện Lệ Thủy năm 2023 là gì?", "Nem chua Chợ Mẫu"),
    ],
)
def test_what_is_asked_in_other_words_is_told(assistant: Assistant, question: str, said: str) -> None:
    assert said in assistant.ask(question, as_of=TODAY).text


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("Nem chua được chấm 4 sao.", True),
        ("Tên sản phẩm: Nem chua; Hạng sao: x", False),
        ("Nộp một bản sao giấy đăng ký.", False),
        ("Vì sao phải chấm lại?", False),
    ],
)
def test_a_star_is_told_by_what_speaks_of_stars(text: str, tells: bool) -> None:
    assert fits_kind(understand("Nem chua được mấy sao?"), text) is tells


@pytest.mark.parametrize(
    ("text", "counts"), [("Lập ba bộ hồ sơ.", True), ("Lập 3 bộ hồ sơ gửi xã.", True), ("Lập hồ sơ.", False)]
)
def test_a_number_in_words_counts(text: str, counts: bool) -> None:
    assert states_number(understand("Phải lập mấy bộ hồ sơ?"), text) is counts


@pytest.mark.parametrize(
    ("question", "status"),
    [
        # of a grade alone, where the source counts two grades together
        ("Quảng Ngãi đợt 2 năm 2025 có 13 sản phẩm, mấy cái 4 sao?", "no_evidence"),
        # of one, where the source has what was paid for all
        ("ha tinh nam 2020 moi san pham 4 sao duoc thuong bao nhieu", "no_evidence"),
        # by name, where the source only counts
        ("Tên 9 sản phẩm 3 sao mà Lâm Đồng công nhận theo Quyết định 3981 là gì?", "no_evidence"),
        ("Trong 2 sản phẩm 5 sao đầu tiên của Quảng Nam, tên từng món là gì?", "no_evidence"),
        # what became of those whose number the question gives, which is no answer, nor is that of the year before
        ("Hải Phòng năm 2021 cuối cùng công nhận được bao nhiêu sản phẩm trong 79 cái đăng ký?", "no_evidence"),
        # the number of a paper, where the source has the products it took away
        ("QD thu hoi 47 giay cua Dong Thap mang so bao nhieu, ai ky", "no_evidence"),
        # a total, where the source has a round
        ("yen bai cuoi 2023 tong so may sp ocop toan tinh", "partial"),
        # of another year, whose own sentence says it
        ("Cuối năm 2025 Thái Nguyên có bao nhiêu sản phẩm OCOP?", "partial"),
        # of nobody's product
        ("Sản phẩm nhà tôi được mấy sao?", "needs_clarification"),
    ],
)
def test_what_is_nearly_asked_is_no_answer(assistant: Assistant, question: str, status: str) -> None:
    assert assistant.ask(question, as_of=TODAY).status == status


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Gia Lai đầu 2026: hơn 1.000 sản phẩm còn hiệu lực ấy thuộc về mấy chủ thể?", "519"),
        ("Cho mình hỏi số liệu tháng 7/2025: toàn quốc có bao nhiêu chủ thể làm OCOP?", "9.822"),
        ("Đợt chấm 1/2025 của Phú Thọ có sản phẩm từ bao nhiêu xã, phường gửi lên?", "29"),
        ("Bắc Giang cũ hỗ trợ sản phẩm 5 sao gấp mấy lần sản phẩm 3 sao?", "Gấp 6 lần"),
        ("Bắc Giang thưởng 4 sao hơn 3 sao bao nhiêu tiền?", "100.000.000 đồng (150 triệu đồng - 50 triệu đồng)"),
        ("Đầu năm 2025 An Giang có 182 sản phẩm thì hết hạn chiếm bao nhiêu phần trăm?", "16,5 %"),
        ("ben tre 2023 tong chi tieu moi + cham lai + nang hang la may sp", "45 + 40 + 30 = 115"),
    ],
)
def test_numbers_asked_in_passing_parts_and_ratios(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question, as_of=TODAY)
    assert answer.status == "answered"
    assert said in answer.text


@pytest.mark.parametrize(
    ("question", "status"),
    [
        # counted of the place beside it, or of each of several
        ("Hưng Yên trước khi nhập Thái Bình có bao nhiêu sản phẩm OCOP?", "no_evidence"),
        ("Bình Định trước ngày nhập Gia Lai đang có tổng bao nhiêu sản phẩm?", "no_evidence"),
        # a city, where the source names none
        ("Festival OCOP Việt Nam tháng 12/2025 tổ chức ở thành phố nào?", "no_evidence"),
        # what there is up to a day, where the source has a round of that year and an earlier total
        ("Đến tháng 10/2026 Thanh Hóa có bao nhiêu sản phẩm OCOP?", "partial"),
    ],
)
def test_what_is_of_another_is_no_answer(assistant: Assistant, question: str, status: str) -> None:
    assert assistant.ask(question, as_of=TODAY).status == status


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Ninh Bình trước khi ghép với Nam Định, Hà Nam thì có mấy sản phẩm, trong đó 4 sao bao nhiêu?", "209"),
        ("Tháng 4/2022 Bến Tre thua Đồng Tháp bao nhiêu sản phẩm?", "134 sản phẩm (265 - 131)"),
        ("tu thang 7 den thang 9/2025 ca nuoc them dc may sp?", "461 sản phẩm"),
        ("quang ninh 11/2025 hon 2023 bao nhieu san pham?", "91 sản phẩm"),
        ("Xã Trà Nam (Bình Sa) hồi tháng 7/2026 có những gì được sao?", "Dưa lưới Trà Nam"),
        ("Hải Phòng năm 2020 được công nhận bao nhiêu sản phẩm hè?", "33"),
        ("Thái Bình tính đến tháng 4/2025 tích luỹ được bao nhiêu sản phẩm bốn sao?", "67"),
        ("Răng Đồng Tháp lại thu giấy của nhiều sản phẩm rứa?", "hết hạn"),
        ("Diem cua keo lac Tra Bac trong lan cong nhan moi nhat la mấy?", "63,0"),
        ("Điểm của chè shan tuyết Đèo Gió từ năm 2022 sang 2025 nhích lên được bao nhiêu?", "4,5 điểm"),
        ("Chè shan tuyết Đèo Gió ở lần công nhận lại tháng 11/2025 đạt điểm số mấy?", "83,0"),
        ("Trường Vân đã rút giấy của những sản phẩm nào?", "Ớt muối Suối Bạc"),
        ("Phó chủ tịch huyện Vân Khê nào ký QĐ 655 tháng 4/2024?", "Hoàng Văn Mẫu"),
    ],
)
def test_what_people_say_otherwise_is_told(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question, as_of=TODAY)
    assert answer.status == "answered"
    assert said in answer.text


def test_a_part_that_asks_back_is_no_answer(assistant: Assistant) -> None:
    answer = assistant.ask("Kẹo làm từ mật ong thì chấm theo bộ số mấy, có phải bộ 4 không?", as_of=TODAY)
    assert answer.status == "needs_clarification"
    assert answer.text.endswith("Bạn hỏi bộ nào?")
    assert answer_faults(answer) == []


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Phó Chủ tịch UBND tỉnh Nam Định Nguyễn Văn An trao giấy.", True),  # the name glued to the place
        ("Ông Lò Văn Bình, Giám đốc Sở, cho biết.", True),
        ("Chủ tịch UBND tỉnh Nam Định đề nghị các huyện rà soát.", False),
        ("UBND tỉnh Nam Định Hội nghị tổng kết.", False),
    ],
)
def test_a_person_is_named_beside_an_office(text: str, person: bool) -> None:
    assert names_person(text) is person


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Công ty cỡ mấy nghìn lao động có đăng ký OCOP được không?", "yes_no"),
        ("Mấy hồ sơ đó có được công nhận không?", "yes_no"),
        ("Mấy hồ sơ được công nhận?", "figure"),
        ("Nước mắm chấm chung bộ với tương hay bộ riêng?", "set"),
        ("Bánh tráng xếp vào bộ chấm nào?", "set"),
    ],
)
def test_few_is_no_count_where_it_is_spoken_of(question: str, wanted: str) -> None:
    assert understand(question, TODAY).wanted == wanted
