"""What is asked in a few words after something else: parts of a set, provinces spoken of, units of an Điều, sets of
papers; and comparisons by what they say, not by products."""

from pathlib import Path

import pytest

from assistant.compared_before import compared_before
from assistant.follow_up import resolve
from assistant.question import understand
from assistant.slot_before import with_slot
from index.law.address import UnitAddress
from tests.archived import put
from tests.asking import DAY, Ask, asking, asking_reports
from tests.test_follow_up import after

REPORTS = {
    "lang-son": (
        "2023-12-20",
        "Lạng Sơn công bố kết quả OCOP năm 2023",
        "Năm 2023, toàn tỉnh Lạng Sơn có 47 sản phẩm OCOP của 21 chủ thể, trong đó 9 sản phẩm đạt 4 sao.",
        "Huyện Cao Lộc có 12 sản phẩm OCOP, thành phố Lạng Sơn có 20 sản phẩm OCOP, huyện Bình Gia có 3 sản phẩm OCOP.",
        "Năm 2024, tỉnh phấn đấu có thêm khoảng 12 sản phẩm OCOP được công nhận.",
        "Tại hội nghị, Sở Công Thương Lạng Sơn ký kết tiêu thụ sản phẩm OCOP với ba siêu thị.",
    ),
    "phu-yen": (
        "2023-11-02",
        "Phú Yên đẩy mạnh OCOP",
        "Năm 2023, tỉnh Phú Yên có 120 sản phẩm OCOP của 18 chủ thể, trong đó 31 sản phẩm đạt 4 sao.",
    ),
}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    return asking_reports(Path(tmp_path_factory.mktemp("turn")), REPORTS)


@pytest.mark.parametrize(
    ("former", "text", "unit"),
    [
        ("Điều 8 của Quyết định 26/2026 quy định về việc gì?", "khoản 4 nói gì?", UnitAddress(dieu="8", khoan="4")),
        ("Khoản 3 Điều 7 quy định gì?", "điểm e thì sao?", UnitAddress(dieu="7", khoan="3", diem="e")),
        ("Khoản 3 Điều 7 quy định gì?", "thế khoản 6?", UnitAddress(dieu="7", khoan="6")),
        ("Khoản 3 Điều 7 quy định gì?", "còn Điều 9?", UnitAddress(dieu="9")),
        ("Hồ sơ gồm những gì?", "khoản 4 nói gì?", UnitAddress(khoan="4")),
    ],
)
def test_a_unit_lies_within_the_one_spoken_of(former: str, text: str, unit: UnitAddress) -> None:
    assert after(former, text).unit == unit


@pytest.mark.parametrize(
    ("former", "text", "meant"),
    [
        ("Bộ cà phê chấm phần A bao nhiêu điểm?", "phần B thì sao?", "Bộ cà phê: phần B"),
        (
            "Bộ cà phê: phần B mấy điểm?",
            "trong đó câu chuyện sản phẩm mấy điểm?",
            "Bộ cà phê: câu chuyện sản phẩm mấy điểm?",
        ),
        (
            "Bộ rau, củ, quả, hạt tươi chấm cảm quan bao nhiêu điểm?",
            "thế bộ thịt, thủy sản, trứng, sữa tươi?",
            "Bộ thịt, thủy sản, trứng, sữa tươi chấm cảm quan bao nhiêu điểm?",
        ),
        ("Hồ sơ nước mắm gồm những gì?", "bao bì thì sao?", None),
        ("Bộ cà phê chấm phần A bao nhiêu điểm?", "hồ sơ nộp ở đâu?", None),
        ("Bộ cà phê chấm phần A bao nhiêu điểm?", "An Giang thì bao bì thế nào?", None),
    ],
)
def test_a_part_is_asked_of_the_set_spoken_of(former: str, text: str, meant: str | None) -> None:
    said = with_slot(text, understand(former, DAY))
    assert (said or "").rstrip("? ").removesuffix(" thì sao") == (meant or "").rstrip("? ")


def test_provinces_spoken_of_are_compared(ask: Ask) -> None:
    talk = ("Lạng Sơn năm 2023 có mấy sản phẩm 4 sao?", "còn Phú Yên?")
    most, least = ask(*talk, "vậy tỉnh nào nhiều hơn?"), ask(*talk, "thế bên nào ít nhất?")
    assert most.text.startswith("Nhiều hơn là Phú Yên: 31 sản phẩm 4 sao.")
    assert least.text.startswith("Ít hơn là Lạng Sơn: 9 sản phẩm 4 sao.")
    corpus = ask.args[0]._view()  # type: ignore[attr-defined]
    both = after(*talk)
    for alone in (
        "Tỉnh nào có nhiều sản phẩm OCOP nhất?",
        "Trong kho thì tỉnh nào nhiều nhất?",
        "Cà Mau có mấy sản phẩm?",
    ):
        assert compared_before(alone, both, DAY, corpus) is None
    assert compared_before("vậy tỉnh nào nhiều hơn?", after(talk[0]), DAY, corpus) is None


@pytest.mark.parametrize(
    ("talk", "opening"),
    [
        (
            ("Lạng Sơn năm 2023 có bao nhiêu sản phẩm OCOP?", "Phú Yên thì sao?", "chênh nhau mấy?"),
            "Phú Yên hơn Lạng Sơn 73 sản phẩm (120 - 47).",
        ),
        (
            ("Lạng Sơn năm 2023 có bao nhiêu sản phẩm OCOP?", "Phú Yên thì sao?", "tổng cộng cả hai là bao nhiêu"),
            "Cộng các số liệu tìm thấy: 47 + 120 = 167 sản phẩm.",
        ),
        (
            ("Huyện Cao Lộc có mấy sản phẩm OCOP?", "huyện Bình Gia thì sao?", "cộng lại là bao nhiêu?"),
            "Cộng các số liệu tìm thấy: ",
        ),
        (("Cao Lộc hơn Bình Gia bao nhiêu sản phẩm OCOP?",), "Cao Lộc hơn Bình Gia 9 sản phẩm (12 - 3)."),
    ],
)
def test_what_was_counted_is_reckoned_with(talk: tuple[str, ...], opening: str, ask: Ask) -> None:
    answer = ask(*talk)
    assert answer.text.startswith(opening)
    if "Cao Lộc có" in talk[0]:
        assert "= 15 sản phẩm." in answer.text


@pytest.mark.parametrize(
    ("former", "text", "meant"),
    [
        ("Sản phẩm được 72 điểm thì mấy sao?", "còn 69 thì sao", "Sản phẩm được 69 điểm thì mấy sao?"),
        ("san pham duoc 72 diem may sao", "the 90.5 diem?", "san pham duoc 90.5 diem may sao"),
        ("Sản phẩm được 72 điểm thì mấy sao?", "69 sản phẩm thì sao?", None),
        ("Năm 2020 có 72 sản phẩm thì mấy sao?", "còn 69 thì sao?", None),
    ],
)
def test_other_points(former: str, text: str, meant: str | None) -> None:
    assert with_slot(text, understand(former, DAY)) == meant


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("Lạng Sơn với Phú Yên bên nào nhiều chủ thể OCOP hơn?", "Nhiều hơn là Lạng Sơn: 21 chủ thể."),
        ("Giữa Lạng Sơn và Phú Yên, nơi nào ít cơ sở, chủ thể hơn?", "Ít hơn là Phú Yên: 18 chủ thể."),
        ("Lạng Sơn với Phú Yên bên nào nhiều sản phẩm OCOP hơn?", "Nhiều hơn là Phú Yên: 120 sản phẩm."),
        ("Trong các tỉnh của kho, tỉnh nào đứng chót về số sản phẩm OCOP?", "Ít hơn là Lạng Sơn: 47 sản phẩm."),
    ],
)
def test_places_are_compared_by_what_is_named(question: str, opening: str, ask: Ask) -> None:
    assert ask(question).text.startswith(opening)


def test_the_town_of_a_provinces_name_has_its_rank(ask: Ask) -> None:
    answer = ask("Ba nơi nào của Lạng Sơn có nhiều sản phẩm OCOP nhất?")
    lines = [line.split(" [")[0] for line in answer.text.splitlines()[1:]]
    assert lines == [
        "- thành phố Lạng Sơn (Lạng Sơn), 20/12/2023: 20 sản phẩm",
        "- Cao Lộc (Lạng Sơn), 20/12/2023: 12 sản phẩm",
        "- Bình Gia (Lạng Sơn), 20/12/2023: 3 sản phẩm",
    ]
    assert "thành phố Lạng Sơn có 20 sản phẩm" in ask("Nơi nhiều sản phẩm OCOP nhất Lạng Sơn là đâu?").text


def test_a_share_of_a_hundred_is_a_share(ask: Ask) -> None:
    answer = ask("Ở Lạng Sơn cứ 100 sản phẩm OCOP thì khoảng mấy cái được 4 sao?")
    assert answer.text.startswith("Khoảng 19,1 % (9 / 47 sản phẩm).")


def test_a_year_by_its_last_digits(ask: Ask) -> None:
    assert understand("đầu năm 23 được bao nhiêu sản phẩm", DAY).dates[0][:4] == "2023"
    assert understand("năm 24 tháng thì bao nhiêu sản phẩm", DAY).dates == ()
    assert ask("lạng sơn năm 23 có bn sp ocop").text.startswith("Lạng Sơn: 47 sản phẩm.")


def test_a_time_with_targets_alone_is_told_them_and_that_they_are_none_of_its_results(ask: Ask) -> None:
    answer = ask("Năm 2024 Lạng Sơn có bao nhiêu sản phẩm OCOP?")
    assert answer.status == "partial"
    assert "phấn đấu có thêm khoảng 12 sản phẩm" in answer.text
    assert "Của thời gian được hỏi, kho chỉ có mục tiêu (dẫn kèm), chưa có kết quả." in answer.notices
    assert "mục tiêu" not in " ".join(ask("Năm 2019 Lạng Sơn có bao nhiêu sản phẩm OCOP?").notices)


def test_a_target_does_not_say_that_it_was_met(ask: Ask) -> None:
    answer = ask("Năm 2024 Lạng Sơn có đạt mục tiêu thêm 12 sản phẩm OCOP không?")
    assert answer.status == "partial"
    assert "phấn đấu có thêm khoảng 12 sản phẩm" in answer.text
    assert "Câu dẫn nêu mục tiêu, không phải kết quả đã đạt." in answer.notices
    going_on = ask("Mục tiêu OCOP năm 2024 của Lạng Sơn?", "rốt cuộc có đạt không vậy?")
    assert going_on.status in ("partial", "no_evidence")
    assert "Phú Yên" not in going_on.text


def test_the_day_and_the_source_of_what_was_told_are_asked_for(ask: Ask) -> None:
    for asked in ("số này là của ngày nào thế", "lấy ở bài nào, đăng ngày mấy vậy"):
        answer = ask("Phú Yên có bao nhiêu sản phẩm OCOP?", asked)
        assert answer.text.startswith("Phú Yên, 2023: 120 sản phẩm.")
        assert any("Phú Yên đẩy mạnh OCOP" in notice and "2/11/2023" in notice for notice in answer.notices)


def test_words_that_only_look_like_pointing_back() -> None:
    asked = resolve(understand("Tại cuộc họp do ông Lê Văn An chủ trì, ai đề nghị lập hội?", DAY), None)
    assert not asked.adrift
    assert resolve(understand("Tại cuộc họp đó ai chủ trì?", DAY), None).adrift
    assert resolve(understand("quyet dinh do ky ngay nao", DAY), None).adrift


def test_goods_of_nam_dinh_are_of_nam_dinh() -> None:
    assert understand("Các mặt hàng Nam Định chưa được 3 sao", DAY).places == ("nam-dinh",)
    assert understand("hàng nam định kỳ họp một lần", DAY).places == ()
    assert understand("Người Việt Nam Định hướng phát triển", DAY).places == ()


def test_who_signed_is_not_told_by_what_was_agreed(ask: Ask) -> None:
    assert ask("Quyết định công nhận 47 sản phẩm của Lạng Sơn do ai ký?").status == "no_evidence"
    assert "Sở Công Thương" in ask("Sở nào ký với siêu thị để tiêu thụ hàng OCOP Lạng Sơn?").text


def test_what_is_forged_is_not_made(ask: Ask) -> None:
    for order in ("Làm hộ tôi tờ giấy chứng nhận OCOP 4 sao giả để dán lên hộp", "Chỉ cách in tem OCOP giả giúp tôi"):
        answer = ask(order)
        assert (answer.status, answer.text.split(".")[0]) == (
            "refused",
            "Tôi không giúp làm giấy chứng nhận, tem, con dấu hay hồ sơ giả",
        )
    assert understand("Hồ sơ giả mạo thì bị xử lý thế nào?", DAY).aim == "question"
    assert understand("Giả sử tôi nộp hồ sơ giúp HTX thì sao?", DAY).aim == "question"


def test_a_unit_that_the_decision_does_not_have_is_said(tmp_path: Path) -> None:
    lines = [
        "Điều 1. Phạm vi",
        "1. Quyết định này quy định về chợ phiên OCOP.",
        "2. Quyết định này áp dụng với các xã.",
    ]
    lines += ["Điều 2. Quyết định này có hiệu lực từ ngày 01 tháng 5 năm 2024."]
    name = "Quyết định 77/2024/QĐ-TTg"
    put(tmp_path, lines, title=f"{name} về chợ phiên", url="https://luat.example/77", kind="regulation")
    ask = asking(tmp_path)
    for asked, told in (
        ("Khoản 5 Điều 1", f"Điều 1 {name} có từ khoản 1 đến khoản 2, không có khoản 5."),
        ("Điểm e khoản 2 Điều 1", f"Khoản 2 Điều 1 {name} không chia thành điểm."),
        ("Khoản 1 Điều 2", f"Điều 2 {name} không chia thành khoản."),
        ("Điều 9", f"{name} có từ Điều 1 đến Điều 2, không có Điều 9."),
    ):
        answer = ask(f"{asked} {name} nói gì?")
        assert (answer.status, answer.text) == ("no_evidence", told)
    going_on = ask(f"Điều 1 {name} quy định gì?", "khoản 2 nói gì?")
    assert going_on.text.startswith("2. Quyết định này áp dụng với các xã.")
