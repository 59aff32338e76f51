"""Whether cited sentences hold a sentence: true rewordings pass, every change of what is said does not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.corpus import Corpus
from assistant.cutting import Cutter, Written
from assistant.evidence import Evidence
from assistant.legible import cleaned, form_fault
from assistant.supported import Source, verdict
from index.build import build
from index.search import Searcher
from tests.archived import make_article, put

NEWS = (
    "Tính đến tháng 6/2020, tỉnh Nam Định có 62 sản phẩm OCOP của 29 cơ sở sản xuất, trong đó 18 sản phẩm đạt 4 sao.",
    "Năm 2019 tỉnh Bắc Kạn có ba mươi hai sản phẩm OCOP, năm 2021 tỉnh có 80 sản phẩm OCOP.",
    "Tại tỉnh Hà Giang có 90 sản phẩm OCOP, tỉnh Cao Bằng có 45 sản phẩm OCOP.",
    "Hết năm 2025, tỉnh Yên Bái đặt mục tiêu có trên 100 sản phẩm từ 3 sao trở lên.",
    "Doanh thu của các chủ thể tăng từ 50 tỷ đồng lên 80 tỷ đồng.",
    "Ông Trần Văn Bình, Giám đốc Sở Công Thương, và bà Lê Thị Hoa, Phó Chủ tịch Hội Nông dân, dự hội nghị.",
    "Quyết định 148/QĐ-TTg năm 2023 thay Quyết định 1048/QĐ-TTg năm 2019.",
)
LAW = (
    "a) 3 sao: từ 50 đến dưới 70 điểm, cấp tỉnh.",
    "b) 4 sao: từ 70 đến dưới 90 điểm, cấp tỉnh.",
    "Chủ thể nộp hồ sơ trong 30 ngày kể từ ngày 12/6/2020, trừ trường hợp có lý do bất khả kháng.",
    "Sản phẩm hết hạn không được dùng logo OCOP trên bao bì.",
    "Nếu sản phẩm bị thu hồi giấy, chủ thể phải gỡ tem trong 15 ngày.",
    "Chủ tịch UBND cấp tỉnh thu hồi giấy 3 sao; Bộ trưởng thu hồi giấy 5 sao.",
    "Hạng 3 sao do cấp huyện công nhận, hạng 4 sao do thành phố, còn 5 sao thuộc cấp trung ương.",
    "Sản phẩm không được công nhận khi:",
    "a) hồ sơ khai sai sự thật;",
    "b) cơ sở đã ngừng sản xuất.",
)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    data: Path = tmp_path_factory.mktemp("supported")
    put(data, ["Tin về sản phẩm OCOP các tỉnh", *NEWS], url="https://bao.example/tin.html", published="2022-01-10")
    put(data, ["Cách xếp hạng sao OCOP", *LAW], url="https://bao.example/cach.html", published="2022-01-10")
    build(data, embedder="hash-256", progress=False)
    searcher = Searcher.open(data)
    yield Corpus(data, searcher)
    searcher.close()


def sources() -> list[Source]:
    found = []
    for number, lines in enumerate((NEWS, LAW), 1):
        article, _ = make_article(["Đầu đề", *lines])
        spans = []
        for line in lines:
            start = article.text.index(line)
            spans.append(Evidence(article=article, start=start, end=start + len(line)))
        found.append(Source(number=number, article=article, sentences=tuple(spans)))
    return found


def fault(text: str, corpus: Corpus) -> str | None:
    return verdict(text, sources(), corpus).fault


HELD = [
    ("Nam Định có 62 sản phẩm OCOP của 29 cơ sở sản xuất.", [NEWS[0]]),
    ("Tính đến tháng 6 năm 2020, Nam Định có 62 sản phẩm OCOP.", [NEWS[0]]),
    ("Nam Định có sáu mươi hai sản phẩm OCOP.", [NEWS[0]]),
    ("Trong đó 18 sản phẩm đạt 4 sao.", [NEWS[0]]),
    ("Năm 2019, Bắc Kạn có 32 sản phẩm OCOP.", [NEWS[1]]),
    ("Tỉnh Hà Giang có 90 sản phẩm OCOP.", [NEWS[2]]),
    ("Hà Giang có 90 sản phẩm OCOP, còn Cao Bằng có 45 sản phẩm OCOP.", [NEWS[2]]),
    ("Hết năm 2025, Yên Bái đặt mục tiêu có trên 100 sản phẩm từ 3 sao trở lên.", [NEWS[3]]),
    ("Doanh thu tăng từ 50 tỷ đồng lên 80 tỷ đồng.", [NEWS[4]]),
    ("Ông Trần Văn Bình, Giám đốc Sở Công Thương, dự hội nghị.", [NEWS[5]]),
    ("Sản phẩm 4 sao có từ 70 đến dưới 90 điểm.", [LAW[1]]),
    ("Chủ thể nộp hồ sơ trong 30 ngày, trừ trường hợp bất khả kháng.", [LAW[2]]),
    ("Sản phẩm hết hạn không được dùng logo OCOP trên bao bì.", [LAW[3]]),
    ("Nếu sản phẩm bị thu hồi giấy, chủ thể phải gỡ tem trong 15 ngày.", [LAW[4]]),
    ("Hạng 3 sao do cấp huyện công nhận.", [LAW[6]]),
    ("Sản phẩm không được công nhận khi cơ sở đã ngừng sản xuất.", [LAW[7], LAW[9]]),
]


@pytest.mark.parametrize(("text", "quotes"), HELD, ids=[text for text, _ in HELD])
def test_true_rewordings_are_held_by_the_sentences_that_say_so(text: str, quotes: list[str], corpus: Corpus) -> None:
    found = verdict(text, sources(), corpus)
    assert found.fault is None
    assert [evidence.quote for evidence in found.evidence] == quotes
    assert found.kind == ("quoted" if text in quotes else "stated")


@pytest.mark.parametrize(
    "text",
    [
        # another number, of another thing, or of another bound
        "Nam Định có 63 sản phẩm OCOP.",
        "Nam Định có 29 sản phẩm OCOP của 62 cơ sở sản xuất.",
        "Nam Định có 62 triệu sản phẩm OCOP.",
        "Nam Định có gần 62 sản phẩm OCOP.",
        "Yên Bái đặt mục tiêu có 100 sản phẩm từ 3 sao trở lên vào hết năm 2025.",
        "Sản phẩm 4 sao có từ 70 đến 90 điểm.",
        "Chủ thể nộp hồ sơ trong 30 tháng, trừ trường hợp bất khả kháng.",
        "Doanh thu tăng từ 80 tỷ đồng lên 50 tỷ đồng.",
        # another grade, or none where one limits
        "Trong đó 18 sản phẩm đạt 3 sao.",
        "Nam Định có 18 sản phẩm OCOP.",
        "Nam Định có 62 sản phẩm OCOP đạt 4 sao.",
        "Sản phẩm 3 sao có từ 70 đến dưới 90 điểm.",
        # another time or place
        "Tính đến tháng 6/2021, Nam Định có 62 sản phẩm OCOP.",
        "Tính đến ngày 1/6/2020, Nam Định có 62 sản phẩm OCOP.",
        "Năm 2021, Bắc Kạn có 32 sản phẩm OCOP.",
        "Bắc Kạn có 80 sản phẩm OCOP.",
        "Hà Giang có 45 sản phẩm OCOP.",
        "Cao Bằng có 90 sản phẩm OCOP, còn Hà Giang có 45 sản phẩm OCOP.",
        "Yên Bái có 62 sản phẩm OCOP.",
        # planned for reached
        "Hết năm 2025, tỉnh Yên Bái có trên 100 sản phẩm từ 3 sao trở lên.",
        # another person or document
        "Bà Trần Văn Bình dự hội nghị.",
        "Ông Lê Thị Hoa, Giám đốc Sở Công Thương, dự hội nghị.",
        "Quyết định 1048/QĐ-TTg năm 2019 thay Quyết định 148/QĐ-TTg năm 2023.",
        "Quyết định 148/QĐ-TTg năm 2019 thay Quyết định 1048/QĐ-TTg.",
        "Quyết định 149/QĐ-TTg năm 2023 thay Quyết định 1048/QĐ-TTg năm 2019.",
        # denied, affirmed, without its condition or exception
        "Nam Định không có 62 sản phẩm OCOP.",
        "Sản phẩm hết hạn được dùng logo OCOP.",
        "Sản phẩm hết hạn không được dùng logo OCOP.",  # only not on its packing
        "Sản phẩm hết hạn không được dùng giấy chứng nhận OCOP.",
        "Chủ thể nộp hồ sơ trong 30 ngày.",
        "Chủ thể phải gỡ tem trong 15 ngày.",
        "Sản phẩm được công nhận khi cơ sở đã ngừng sản xuất.",
        "Cơ sở đã ngừng sản xuất được công nhận.",
        # another word in its place
        "Nếu sản phẩm bị thu hồi giấy, chủ thể có thể gỡ tem trong 15 ngày.",
        "Chủ tịch UBND cấp tỉnh thu hồi giấy 5 sao.",
        "Bộ trưởng thu hồi giấy 3 sao.",
        "Hạng 5 sao do cấp huyện công nhận.",
        "Hạng 3 sao thuộc cấp trung ương.",
        "Doanh thu của các chủ thể giảm từ 50 tỷ đồng lên 80 tỷ đồng.",
        # more than is said
        "Nam Định có 62 sản phẩm OCOP, chủ yếu là nước mắm.",
        "Tổng cộng hai tỉnh có 135 sản phẩm OCOP.",
        "Hà Giang có nhiều sản phẩm OCOP hơn Cao Bằng.",
        "Nam Định dẫn đầu cả nước với 62 sản phẩm OCOP.",
    ],
)
def test_a_change_of_what_is_said_is_not_held(text: str, corpus: Corpus) -> None:
    assert fault(text, corpus) is not None


def test_only_the_passages_cited_hold_a_sentence(corpus: Corpus) -> None:
    news, law = sources()
    assert verdict(HELD[0][0], [news], corpus).fault is None
    assert verdict(HELD[0][0], [law], corpus).fault is not None
    assert verdict(HELD[0][0], [], corpus).fault is not None
    # a citation that holds nothing is left out beside one that does
    assert {span.article.id for span in verdict(HELD[0][0], [law, news], corpus).evidence} == {news.article.id}


def test_an_item_of_a_list_that_denies_is_cited_with_what_leads_into_it(corpus: Corpus) -> None:
    item = verdict(LAW[9], sources(), corpus)
    assert item.kind == "stated"
    assert [evidence.quote for evidence in item.evidence] == [LAW[7], LAW[9]]
    assert verdict(LAW[1], sources(), corpus).kind == "quoted"


TEXT = (
    "Đến 6/2020, Nam Định có 1.234,5 tấn [1]. Theo TS. Ngô Thị A., TP. Huế có 3 [2].[3] An Giang có 92. [1][2]\n\n"
    "- Gồm: 1. Có giấy; 2. Có đơn [1].\n- Mục hai [1, 2]\nKhông có số"
)
SENTENCES = [
    Written(text="Đến 6/2020, Nam Định có 1.234,5 tấn.", marks=(1,)),
    Written(text="Theo TS. Ngô Thị A., TP. Huế có 3.", marks=(2, 3)),
    Written(text="An Giang có 92.", marks=(1, 2)),
    Written(text="- Gồm: 1. Có giấy; 2. Có đơn.", marks=(1,)),
    Written(text="- Mục hai", marks=(1, 2)),
    Written(text="Không có số", marks=()),
]


@pytest.mark.parametrize("size", [1, 2, 3, 10, 1000])
def test_a_stream_is_cut_into_the_same_sentences_wherever_it_breaks(size: int) -> None:
    cutter = Cutter()
    found = [one for at in range(0, len(TEXT), size) for one in cutter.feed(TEXT[at : at + size])]
    assert [*found, *cutter.rest()] == SENTENCES


def test_a_sentence_is_given_out_only_once_the_next_has_begun() -> None:
    cutter = Cutter()
    assert cutter.feed("Nam Định có 62 sản phẩm.") == []
    assert cutter.feed(" [") == []
    assert cutter.feed("1]") == []
    assert cutter.feed(" Trong") == [Written(text="Nam Định có 62 sản phẩm.", marks=(1,))]


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ("Nam Định có 62 sản phẩm OCOP.", True),
        ("Doanh thu đạt 1.500.000.000 đồng.", True),
        ("Ngày 12-06-2020 tỉnh trao giấy.", True),
        ("Xem https://a.example ngay.", False),
        ("Xem trang ocop.vn để biết.", False),
        ("Gọi số 0912.345.678 để được tư vấn.", False),
        ("Viết cho lien-he@bao.example để hỏi.", False),
        ("Sản phẩm **đạt** 4 sao.", False),
        ("Sản phẩm <i>đạt</i> 4 sao.", False),
        ("Sản phẩm &lt;i&gt; đạt 4 sao.", False),
        ("Nam Dinh has many good products.", False),
        ("Sản phẩm đạt 4 сао.", False),
        ("Sản phẩm\u202e đạt 4 sao.", False),
        ("1.", False),
    ],
)
def test_what_a_sentence_may_look_like(text: str, fine: bool) -> None:
    assert (form_fault(text, "") is None) == fine


def test_signs_of_lists_and_emphasis_are_no_part_of_a_sentence() -> None:
    assert cleaned("1. **Nam Định** có 62 sản phẩm.") == "Nam Định có 62 sản phẩm."
    assert cleaned("- *Nam Định* có 62.") == "Nam Định có 62."
    assert cleaned("2020 là năm đầu.") == "2020 là năm đầu."
