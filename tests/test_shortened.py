"""What a model leaves out or puts elsewhere: true shortenings are shown, and none that says something else.

Each sentence is weighed by itself, and then said by a generator whose every word a reader would see.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.corpus import Corpus
from assistant.evidence import Evidence
from assistant.generate import WORDED
from assistant.stream import Sentence
from assistant.supported import Source, verdict
from index.build import build
from index.search import Searcher
from tests.archived import make_article, put

COUNCIL = (
    "Ông Lê Minh Khang, Phó Chủ tịch UBND tỉnh, Chủ tịch Hội đồng đánh giá sản phẩm OCOP tỉnh Lào Cai chủ trì phiên "
    "chấm điểm cấp tỉnh năm 2024."
)
DOSSIERS = (
    "Năm 2024 tỉnh Lào Cai đã xây dựng được 06 hồ sơ định hướng 05 sao trình Trung ương xem xét đánh giá công nhận 05 "
    "sao cấp quốc gia, đây là kết quả nổi bật của chương trình."
)
NONE_YET = "Các huyện Bát Xát, Bảo Yên, Si Ma Cai và Văn Bàn chưa có sản phẩm OCOP cấp tỉnh."
LEADING = "Bắc Hà là địa phương dẫn đầu với 21 sản phẩm, thị xã Sa Pa có 14 sản phẩm, huyện Mường Khương có 9 sản phẩm."
MAKERS = (
    "Có 35 chủ thể có sản phẩm đạt OCOP cấp tỉnh, trong đó có 9 doanh nghiệp với 25 sản phẩm, 13 hợp tác xã với 27 sản "
    "phẩm, 12 hộ kinh doanh với 16 sản phẩm."
)
GRADES = (
    "Đến hết năm 2024, toàn tỉnh Lào Cai có 68 sản phẩm đạt chứng nhận “Sản phẩm OCOP” từ 3 sao trở lên của 35 chủ thể "
    "(bao gồm 05 sản phẩm đạt 4 sao và 63 sản phẩm đạt 3 sao)."
)
FAIRS = "Chi cục tổ chức được 02 đợt giới thiệu sản phẩm ra nước ngoài là Nhật Bản và Hàn Quốc."
PROPOSED = "Tại cuộc họp, các đơn vị đề xuất thành lập Hiệp hội các chủ thể OCOP."
ATTENDED = (
    "Đồng chí Phạm Văn Thái, Phó Chủ tịch UBND tỉnh, Trưởng Ban Chỉ đạo tỉnh, và bà Vũ Thị Lan, Giám đốc Sở Công "
    "Thương, dự hội nghị."
)
SCORES = "Phần A tối đa 35 điểm, phần B tối đa 25 điểm, phần C tối đa 40 điểm."
GOODS = "Tỉnh ưu tiên các sản phẩm đặc trưng như mận tam hoa, gạo séng cù, và chè shan tuyết của đồng bào vùng cao."
BARRED = "Sản phẩm bị thu hồi giấy chứng nhận không được dùng logo OCOP trên bao bì trong 12 tháng."
AIM = (
    "Mục tiêu đến năm 2025, tỉnh phấn đấu có 90 sản phẩm OCOP mới đạt 3 sao trở lên, trong đó có 4 sản phẩm có tiềm "
    "năng đạt 5 sao."
)
SOLD = (
    "Sự cải tiến sản phẩm sau khi được công nhận chưa rõ nét; có 27 xã, phường, thị trấn có sản phẩm đạt OCOP cấp tỉnh."
)
PARTED = "Hạng 3 sao do cấp xã chấm rồi chuyển hồ sơ lên tỉnh công nhận, hạng 5 sao do Bộ công nhận."
CHAIRED = "Phó Chủ tịch UBND tỉnh Lê Minh Khang chủ trì cuộc họp để nghe báo cáo kế hoạch quảng bá sản phẩm OCOP."
GIVEN = "Sở Nông nghiệp giao Chi cục Phát triển nông thôn hướng dẫn chủ thể hoàn thiện hồ sơ trước ngày 30/9/2024."
LINES = (
    COUNCIL, DOSSIERS, NONE_YET, LEADING, MAKERS, GRADES, FAIRS, PROPOSED, ATTENDED, SCORES, GOODS, BARRED, AIM, PARTED,
    CHAIRED, GIVEN, SOLD,
)  # fmt: skip

TRUE = [
    ("Ông Lê Minh Khang, Phó Chủ tịch UBND tỉnh, là Chủ tịch Hội đồng đánh giá sản phẩm OCOP tỉnh Lào Cai.", COUNCIL),
    (
        "Ông Lê Minh Khang, Chủ tịch Hội đồng đánh giá sản phẩm OCOP tỉnh Lào Cai, chủ trì phiên chấm điểm cấp tỉnh.",
        COUNCIL,
    ),
    ("Ông Lê Minh Khang là Phó Chủ tịch UBND tỉnh.", COUNCIL),
    ("Năm 2024, Lào Cai xây dựng được 06 hồ sơ định hướng 05 sao.", DOSSIERS),
    ("Bát Xát, Bảo Yên, Si Ma Cai và Văn Bàn chưa có sản phẩm OCOP cấp tỉnh.", NONE_YET),
    ("Các huyện Bát Xát, Bảo Yên, Si Ma Cai, Văn Bàn chưa có sản phẩm OCOP cấp tỉnh.", NONE_YET),
    ("Bắc Hà dẫn đầu với 21 sản phẩm.", LEADING),
    ("Bắc Hà là địa phương dẫn đầu với 21 sản phẩm, huyện Mường Khương có 9 sản phẩm.", LEADING),
    ("Thị xã Sa Pa có 14 sản phẩm.", LEADING),
    ("35 chủ thể có sản phẩm đạt OCOP cấp tỉnh.", MAKERS),
    ("Trong đó 9 doanh nghiệp với 25 sản phẩm, 13 hợp tác xã với 27 sản phẩm.", MAKERS),
    ("Đến hết năm 2024, toàn tỉnh Lào Cai có 68 sản phẩm OCOP từ 3 sao trở lên.", GRADES),
    ("Lào Cai có 68 sản phẩm OCOP từ 3 sao trở lên của 35 chủ thể.", GRADES),
    ("Chi cục đã tổ chức 02 đợt giới thiệu sản phẩm ra nước ngoài là Nhật Bản và Hàn Quốc.", FAIRS),
    ("Các đơn vị đề xuất thành lập Hiệp hội các chủ thể OCOP.", PROPOSED),
    ("Đồng chí Phạm Văn Thái, Phó Chủ tịch UBND tỉnh, dự hội nghị.", ATTENDED),
    ("Bà Vũ Thị Lan, Giám đốc Sở Công Thương, dự hội nghị.", ATTENDED),
    ("Phần B tối đa 25 điểm.", SCORES),
    ("Tỉnh ưu tiên các sản phẩm đặc trưng.", GOODS),
    ("Đến năm 2025, tỉnh phấn đấu có 90 sản phẩm OCOP mới đạt 3 sao trở lên.", AIM),
    ("Lê Minh Khang, Phó Chủ tịch UBND tỉnh, chủ trì phiên chấm điểm cấp tỉnh.", COUNCIL),
    ("Phó Chủ tịch UBND tỉnh Lê Minh Khang chủ trì cuộc họp.", CHAIRED),
    ("Sở Nông nghiệp giao Chi cục Phát triển nông thôn hướng dẫn chủ thể hoàn thiện hồ sơ.", GIVEN),
]
FALSE = [
    # an office made of two, given to another, or without what limits it
    "Ông Lê Minh Khang, Phó Chủ tịch Hội đồng đánh giá sản phẩm OCOP tỉnh Lào Cai.",
    "Ông Lê Minh Khang là Phó Chủ tịch Hội đồng đánh giá sản phẩm OCOP tỉnh Lào Cai.",
    "Ông Lê Minh Khang, Phó Chủ tịch Hội đồng đánh giá sản phẩm OCOP tỉnh Lào Cai chủ trì phiên chấm điểm.",
    "Ông Lê Minh Khang, Chủ tịch UBND tỉnh, chủ trì phiên chấm điểm cấp tỉnh năm 2024.",
    "Chủ tịch UBND tỉnh Lê Minh Khang chủ trì cuộc họp.",
    "Đồng chí Phạm Văn Thái, Giám đốc Sở Công Thương, dự hội nghị.",
    "Đồng chí Phạm Văn Thái, Chủ tịch UBND tỉnh, dự hội nghị.",
    "Bà Vũ Thị Lan, Trưởng Ban Chỉ đạo tỉnh, dự hội nghị.",
    "Bà Vũ Thị Lan, Phó Chủ tịch UBND tỉnh, Giám đốc Sở Công Thương, dự hội nghị.",
    "Đồng chí Phạm Văn Thái, Phó Chủ tịch UBND tỉnh, Giám đốc Sở Công Thương, dự hội nghị.",
    # a verb lost, so that what was only asked for has been done
    "Năm 2024 Lào Cai đã xây dựng được 06 hồ sơ định hướng 05 sao công nhận 05 sao cấp quốc gia.",
    "Năm 2024 Lào Cai được Trung ương công nhận 05 sao cấp quốc gia.",
    "Năm 2024 Lào Cai có 06 hồ sơ công nhận 05 sao cấp quốc gia.",
    "Năm 2024 tỉnh Lào Cai xây dựng được 06 hồ sơ 05 sao cấp quốc gia.",
    "06 hồ sơ định hướng 05 sao được Trung ương đánh giá công nhận 05 sao cấp quốc gia.",
    "Tại cuộc họp, các đơn vị thành lập Hiệp hội các chủ thể OCOP.",
    "Các đơn vị thành lập Hiệp hội các chủ thể OCOP.",
    "Thành lập Hiệp hội các chủ thể OCOP.",
    "Đến năm 2025, tỉnh có 90 sản phẩm OCOP mới đạt 3 sao trở lên.",
    "Tỉnh có 4 sản phẩm đạt 5 sao.",
    "Sở Nông nghiệp hướng dẫn chủ thể hoàn thiện hồ sơ trước ngày 30/9/2024.",
    "Sở Nông nghiệp giao chủ thể hoàn thiện hồ sơ trước ngày 30/9/2024.",
    "Hạng 3 sao do cấp xã công nhận.",
    "Hạng 3 sao do cấp xã chấm rồi công nhận.",
    # a list cut, or denied of less than it says
    "Các huyện Bát Xát, Bảo Yên và Văn Bàn chưa có sản phẩm OCOP cấp tỉnh.",
    "Các huyện Bát Xát, Si Ma Cai và Văn Bàn chưa có sản phẩm OCOP cấp tỉnh.",
    "Các huyện Si Ma Cai và Văn Bàn chưa có sản phẩm OCOP cấp tỉnh.",
    "Các huyện Bát Xát, Bảo Yên chưa có sản phẩm OCOP cấp tỉnh.",
    "Các huyện Bát Xát, Bảo Yên, Si Ma Cai và Văn Bàn chưa có sản phẩm OCOP.",
    "Các huyện Bát Xát, Bảo Yên, Si Ma Cai và Văn Bàn có sản phẩm OCOP cấp tỉnh.",
    "Chi cục tổ chức được 02 đợt giới thiệu sản phẩm ra nước ngoài là Nhật Bản.",
    "Chi cục tổ chức được 02 đợt giới thiệu sản phẩm ra nước ngoài là Hàn Quốc.",
    "Tỉnh ưu tiên các sản phẩm đặc trưng như mận tam hoa, chè shan tuyết của đồng bào vùng cao.",
    "Tỉnh ưu tiên các sản phẩm đặc trưng như mận tam hoa và chè shan tuyết.",
    "Toàn tỉnh Lào Cai có 68 sản phẩm bao gồm 05 sản phẩm đạt 4 sao.",
    "Sản phẩm bị thu hồi giấy chứng nhận không được dùng logo OCOP.",
    "Sản phẩm bị thu hồi giấy chứng nhận không được dùng logo OCOP trên bao bì.",
    "Sản phẩm không được dùng logo OCOP trên bao bì trong 12 tháng.",
    "Có 27 xã, thị trấn có sản phẩm đạt OCOP cấp tỉnh.",
    "Sự cải tiến công nhận chưa rõ nét.",
    # numbers side by side that belong to different things
    "Bắc Hà là địa phương dẫn đầu với 21 sản phẩm, 9 sản phẩm.",
    "Bắc Hà là địa phương dẫn đầu với 21 sản phẩm, có 14 sản phẩm.",
    "Bắc Hà có 14 sản phẩm.",
    "Bắc Hà là địa phương có 9 sản phẩm.",
    "Thị xã Sa Pa dẫn đầu với 21 sản phẩm.",
    "Thị xã Sa Pa có 14 sản phẩm, 9 sản phẩm.",
    "Thị xã Sa Pa, huyện Mường Khương có 9 sản phẩm.",
    "Có 9 doanh nghiệp, 13 hợp tác xã với 27 sản phẩm.",
    "Có 9 doanh nghiệp với 27 sản phẩm.",
    "Có 9 doanh nghiệp với 25 sản phẩm, 27 sản phẩm.",
    "Có 35 chủ thể với 25 sản phẩm.",
    "35 chủ thể có sản phẩm đạt OCOP cấp tỉnh, với 25 sản phẩm.",
    "Có 13 hợp tác xã, 12 hộ kinh doanh với 16 sản phẩm.",
    "Phần A, phần B tối đa 25 điểm.",
    "Phần A tối đa 40 điểm.",
    "Phần A tối đa 35 điểm, 25 điểm, 40 điểm.",
    "Lào Cai có 68 sản phẩm OCOP từ 3 sao trở lên, 35 chủ thể đạt 4 sao.",
    "Toàn tỉnh Lào Cai có 35 chủ thể đạt 4 sao.",
]  # fmt: skip


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Searcher]]:
    data: Path = tmp_path_factory.mktemp("shortened")
    put(data, ["Kết quả OCOP tỉnh Lào Cai năm 2024", *LINES], url="https://bao.example/lc.html", published="2024-12-23")
    build(data, embedder="hash-256", progress=False)
    searcher = Searcher.open(data)
    yield data, searcher
    searcher.close()


@pytest.fixture(scope="module")
def corpus(opened: tuple[Path, Searcher]) -> Corpus:
    return Corpus(*opened)


def source() -> Source:
    article, _ = make_article(["Đầu đề", *LINES])
    spans = [(article.text.index(line), len(line)) for line in LINES]
    sentences = tuple(Evidence(article=article, start=start, end=start + size) for start, size in spans)
    return Source(number=1, article=article, sentences=sentences)


@pytest.mark.parametrize(("text", "line"), TRUE, ids=[text for text, _ in TRUE])
def test_a_true_shortening_is_held_by_the_sentence_it_shortens(text: str, line: str, corpus: Corpus) -> None:
    found = verdict(text, [source()], corpus)
    assert found.fault is None
    assert line in [evidence.quote for evidence in found.evidence]


@pytest.mark.parametrize("text", FALSE)
def test_a_shortening_that_says_something_else_is_not_held(text: str, corpus: Corpus) -> None:
    assert verdict(text, [source()], corpus).fault is not None


class Said:
    """A generator that says one thing, three letters at a time."""

    name = "lời sẵn"

    def __init__(self, text: str) -> None:
        self._text = text

    def stream(self, messages: object) -> Iterator[str]:
        for at in range(0, len(self._text), 3):
            yield self._text[at : at + 3]


ASKED = (
    "Ai là Chủ tịch Hội đồng đánh giá sản phẩm OCOP tỉnh Lào Cai?",
    "Năm 2024 Lào Cai xây dựng bao nhiêu hồ sơ định hướng 05 sao?",
    "Những huyện nào của Lào Cai chưa có sản phẩm OCOP cấp tỉnh?",
    "Bắc Hà có bao nhiêu sản phẩm OCOP?",
)


@pytest.mark.parametrize("question", ASKED)
def test_no_false_shortening_is_seen_even_for_a_moment(question: str, opened: tuple[Path, Searcher]) -> None:
    told = [f"{text} [1]" for text in FALSE]
    for said in (told, told[::-1]):
        assistant = Assistant(*opened, Said("\n".join(said)))
        seen = {
            re.sub(r"(?: \[\d+\])+$", "", one.text) for one in assistant.stream(question) if isinstance(one, Sentence)
        }
        assert seen
        assert not seen & set(FALSE)


def test_a_true_shortening_is_shown(opened: tuple[Path, Searcher]) -> None:
    text = TRUE[0][0]
    answer = Assistant(*opened, Said(f"{text} [1]")).ask(ASKED[0])
    assert answer.text == f"{text} [1]"
    assert WORDED in answer.notices
