"""Which papers prove what a product claims: the table of a form, told by the criterion asked about."""

from datetime import date

import pytest

from assistant.corpus import Corpus
from assistant.proofs import proof_draft
from assistant.question import understand
from index.build import build
from index.search import Searcher
from tests.legal_pages import archive_pages

DAY = date(2026, 11, 30)
FORM = """<html><head><title>Mẫu số 02 của Quyết định 26/2026/QĐ-TTg: báo cáo tự đánh giá</title></head><body><article>
<h1>Mẫu số 02 của Quyết định 26/2026/QĐ-TTg: báo cáo tự đánh giá</h1>
<p>Người làm hồ sơ kể điểm của từng tiêu chí rồi đính kèm giấy tờ; bảng sau liệt kê tài liệu minh chứng hay dùng:</p>
<table><tr><th>TT</th><th>Nội dung</th><th>Yêu cầu</th></tr>
<tr><td>1</td><td>Dùng lao động địa phương</td><td>Danh sách người đóng bảo hiểm, ghi nơi ở.</td></tr>
<tr><td>2</td><td>Tăng trưởng kinh doanh</td><td>Báo cáo tài chính 2 năm gần nhất.</td></tr>
<tr><td>3</td><td>Giải thưởng, bình chọn</td><td>Bản sao bằng khen.</td></tr></table>
<p>Bảng kế hoạch của chủ thể gồm các cột sau, điền theo từng quý trong năm tới cho đủ:</p>
<table><tr><th>TT</th><th>Nội dung</th><th>Yêu cầu</th></tr>
<tr><td>1</td><td>Bao bì</td><td>Ghi kế hoạch đổi bao bì.</td></tr></table>
</article></body></html>"""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    data = tmp_path_factory.mktemp("proofs")
    archive_pages(data, form=FORM)
    build(data, embedder="hash-256", progress=False)
    return Corpus(data, Searcher.open(data))


LABOUR = "Dùng lao động địa phương: Danh sách người đóng bảo hiểm, ghi nơi ở."
GROWTH = "Tăng trưởng kinh doanh: Báo cáo tài chính 2 năm gần nhất."
PRIZES = "Giải thưởng, bình chọn: Bản sao bằng khen."


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("Lấy gì chứng minh mình dùng lao động địa phương?", LABOUR),
        ("lay gi lam bang chung la dung lao dong dia phuong", LABOUR),
        ("Phải kèm báo cáo tài chính mấy năm?", GROWTH),
        ("Giải thưởng thì minh chứng bằng gì?", PRIZES),
        ("Bao bì thì minh chứng bằng gì?", None),  # of a table of other things
        ("Ai chứng minh được sản phẩm 5 sao?", None),
        ("Dùng lao động địa phương được mấy điểm?", None),
        ("Ở Huế lấy gì chứng minh dùng lao động địa phương?", None),
    ],
)
def test_the_papers_that_prove_what_is_claimed(corpus: Corpus, question: str, line: str | None) -> None:
    found = proof_draft(understand(question, DAY), corpus, DAY)
    assert (None if found is None else found.segments[0].text) == line


def test_the_papers_are_told_by_the_form(corpus: Corpus) -> None:
    found = proof_draft(understand("Giải thưởng thì minh chứng bằng gì?", DAY), corpus, DAY)
    assert found is not None
    assert found.segments[0].evidence[0].quote == "3 | Giải thưởng, bình chọn | Bản sao bằng khen."
    assert found.segments[1].text == "Căn cứ: Quyết định 26/2026/QĐ-TTg, có hiệu lực từ 22/5/2026."
