"""Questions answered by the clause that settles them, over the demo's legal pages: which, of which rule, or none."""

from datetime import date
from pathlib import Path

import pytest

from assistant.check import checked
from assistant.clauses import clauses_draft
from assistant.corpus import Corpus
from assistant.draft import Draft
from assistant.matters import matter_named, matters, matters_asked
from assistant.question import understand
from index.search import Searcher
from index.text import strip_marks

TODAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def corpus(law_data: Path) -> Corpus:
    return Corpus(law_data, Searcher.open(law_data))


def draft(corpus: Corpus, question: str, on: date = TODAY) -> Draft | None:
    found = clauses_draft(understand(question, on), corpus, on)
    if found is not None:
        kept, faults = checked(found)
        assert (faults, kept.segments) == ((), found.segments)
    return found


def unit(found: Draft | None) -> str:
    """The khoản of the first line that a source says."""
    assert found is not None
    first = next(segment for segment in found.segments if segment.evidence)
    return ", ".join(first.evidence[0].heading.split(", ")[:2])


ASKED = {
    "Đặc sản gọi là hàng OCOP nghĩa là sao, sản phẩm OCOP là gì": "Điều 2, khoản 1",
    "Chương trình chia mấy nhóm sản phẩm?": "Điều 2, khoản 2",
    "Tổ hợp tác của tôi có được đứng tên làm chủ thể không?": "Điều 2, khoản 3",
    "Tập đoàn nước ngoài xin làm chủ thể OCOP được không?": "Điều 2, khoản 3",
    "Giấy 4 sao thì cơ quan nào cấp giấy?": "Điều 4, khoản 1",
    "Hạng 5 sao do bộ nào công nhận?": "Điều 4, khoản 1",
    "Hồ sơ tỉnh đề nghị trước 30/7 thì trung ương xong đợt nào?": "Điều 5, khoản 2",
    "Trường hợp nào thì bị lấy lại giấy chứng nhận?": "Điều 8, khoản 1",
    "Rút giấy chứng nhận của một sản phẩm thì mất mấy ngày?": "Điều 8, khoản 4",
    "Lên sao thì phải điền mẫu nào?": "Điều 6, khoản 1",
    "Thang điểm có ba phần, mỗi phần mấy điểm vậy?": "Điều 3, khoản 1",
    "Cái giấy chứng nhận ấy có giá trị mấy năm?": "Điều 4, khoản 3",
    "Hằng năm cấp tỉnh phải làm bao nhiêu đợt chấm?": "Điều 5, khoản 1",
    "Để kịp đợt cuối năm, xã phải đề nghị chậm nhất ngày nào?": "Điều 5, khoản 1",
    "Trung ương xét hạng cao nhất vào tháng mấy?": "Điều 5, khoản 2",
    "Mới tham gia, tôi phải chuẩn bị những giấy tờ gì trong hồ sơ?": "Điều 6, khoản 1",
    "Xã gửi tỉnh kèm những tài liệu gì?": "Điều 6, khoản 2",
    "Tỉnh đề nghị trung ương xét 5 sao thì hồ sơ gồm những gì?": "Điều 6, khoản 3",
    "Homestay có phải gửi hàng mẫu không?": "Điều 6, khoản 2",
    "Đem hồ sơ đi nộp thì đem mấy bộ?": "Điều 7, khoản 1",
    "Phiếu đăng ký đưa về đâu để nộp?": "Điều 7, khoản 1",
    "Ở xã hồ sơ được xem trong bao nhiêu ngày?": "Điều 7, khoản 2",
    "Cấp xã xem xét nội dung gì trong hồ sơ của chủ thể?": "Điều 7, khoản 2",
    "Tổ tư vấn của tỉnh có nhiệm vụ gì?": "Điều 7, khoản 3",
    "Lên tới trung ương mà hụt điểm thì tỉnh xử sao?": "Điều 7, khoản 4",
    "Ra Bộ mà hội đồng chỉ chấm 83 điểm thì tính sao?": "Điều 7, khoản 4",
    "Nâng sao thì có phải đi lại từ đầu các bước không?": "Điều 7, khoản 5",
    "Xin xét lại thì sớm nhất là bao giờ được nộp?": "Điều 7, khoản 6",
    "Phân hạng lại thì hội đồng họp hay lấy ý kiến?": "Điều 7, khoản 6",
    "Công nhận lại thì chờ nhiều nhất bao lâu mới xong?": "Điều 7, khoản 6",
    "Giấy quá hạn mà vẫn dán nhãn có sao thì có bị gì không?": "Điều 8, khoản 1",
    "Hậu kiểm nhằm mục đích gì với sản phẩm đã có sao?": "Điều 9, khoản 1",
    "Giám sát sản phẩm đã công nhận thì soi gì?": "Điều 9, khoản 3",
    "Sau khi gắn sao thì cấp nào kiểm tra?": "Điều 9, khoản 4",
    "Địa phương chấm không đúng quy định thì ai xử lý?": "Điều 10, khoản 1",
    "Cấp xã có phần việc gì để giúp chủ thể?": "Điều 10, khoản 4",
    "Giấy huyện ký hồi trước, theo luật mới còn xài được không?": "Điều 12, khoản 1",
    "Hồ sơ cũ chưa được chấm thì phải chấm xong trong bao lâu?": "Điều 12, khoản 2",
    "Lỡ mất khung nộp thì giấy có được kéo dài không?": "Điều 12, khoản 3",
}


@pytest.mark.parametrize(("question", "clause"), ASKED.items())
def test_the_clause_that_settles_a_question(corpus: Corpus, question: str, clause: str) -> None:
    assert unit(draft(corpus, question)) == clause


@pytest.mark.parametrize(
    "question",
    [
        "Xã gửi tỉnh kèm những tài liệu gì?",
        "Giám sát sản phẩm đã công nhận thì soi gì?",
        "Đem hồ sơ đi nộp thì đem mấy bộ?",
    ],
)
def test_typed_without_marks(corpus: Corpus, question: str) -> None:
    assert unit(draft(corpus, strip_marks(question))) == ASKED[question]


def test_a_point_is_told_under_its_lead_and_after_what_it_points_back_to(corpus: Corpus) -> None:
    found = draft(corpus, "Muốn lên sao thì báo cáo cần viết thêm gì?")
    assert found is not None
    assert [segment.text[:13] for segment in found.segments[:3]] == ["1. Chủ thể ch", "a) Lần đầu: p", "b) Nâng hạng:"]
    assert found.segments[3].text.startswith("Căn cứ: khoản 1 Điều 6 Quyết định 26/2026/QĐ-TTg")


def test_a_point_that_points_back_to_nothing_is_told_alone(corpus: Corpus) -> None:
    found = draft(corpus, "Giấy quá hạn mà vẫn dán nhãn có sao thì có bị gì không?")
    assert found is not None
    assert [segment.text[:13] for segment in found.segments[:2]] == ["1. Có 6 trườn", "d) dùng nhãn "]


def test_the_rule_of_the_time_asked_about(corpus: Corpus) -> None:
    found = draft(corpus, "Năm 2022 thang điểm chia ba phần thế nào?")
    assert found is not None
    assert "Phần A 35 điểm, phần B 25 điểm, phần C 40 điểm" in found.segments[0].text


def test_a_former_rule_set_against_todays_tells_both(corpus: Corpus) -> None:
    found = draft(corpus, "Theo Quyết định 1048 phần C bao nhiêu điểm, so với bây giờ?")
    assert found is not None
    said = "\n".join(segment.text for segment in found.segments)
    assert said.index("phần C 40 điểm") < said.index("c) Phần C, 35 điểm")


def test_a_day_of_every_year_is_no_year_of_the_law(corpus: Corpus) -> None:
    found = draft(corpus, "Hồ sơ 5 sao đề nghị trước 30/1 thì chấm xong trước ngày nào?")
    assert unit(found) == "Điều 5, khoản 2"


@pytest.mark.parametrize(
    "question",
    [
        "Tỉnh Lào Cai mỗi năm mở mấy đợt chấm?",  # what one place does
        "Theo Quyết định 4711/QĐ-TTg thì mấy nhóm sản phẩm?",  # a paper that nothing is known of
        "Đợt chấm của tỉnh công nhận 12 sản phẩm vào ngày nào?",  # so many products
        "Điều 15 quy định nộp mấy bộ hồ sơ?",  # a unit by its number
        "Sản phẩm 83 điểm bán ở đâu?",
        "Hội chợ mở mấy ngày?",
    ],
)
def test_what_no_clause_settles(corpus: Corpus, question: str) -> None:
    assert draft(corpus, question) is None


def test_a_ministry_is_no_set_of_papers() -> None:
    units = [
        matter.unit for matter in matters_asked(understand("Cán bộ bảo nộp hai bộ hồ sơ giấy, đúng đợt nào?").tokens)
    ]
    assert "Điều 5, khoản 2" not in units


def test_every_matter_asks_something_and_has_a_clause() -> None:
    assert len(matters()) > 30
    assert all(matter.asks and all(matter.asks) and matter.clause.pattern for matter in matters())
    with pytest.raises(LookupError, match="Điều 99"):
        matter_named("Điều 99")


@pytest.mark.parametrize("stars", [3, 4, 5])
def test_a_point_that_names_no_grade_holds_for_all(corpus: Corpus, stars: int) -> None:
    """Though another point of its khoản speaks of 5 stars."""
    found = draft(corpus, f"Giấy chứng nhận {stars} sao của em sắp hết hạn thì nộp lại lúc nào?")
    assert found is not None
    assert unit(found) == "Điều 7, khoản 6"
    assert "không sớm hơn 180 ngày và không muộn hơn 120 ngày" in found.segments[1].text
