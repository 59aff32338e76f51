"""What counts as a page about OCOP."""

from pathlib import Path
from unicodedata import normalize

import pytest

from crawler.topic import on_topic, why_off_topic

WEATHER = "Ngày mai trời nắng, nhiệt độ cao nhất 34 độ; chiều tối có mưa rào vài nơi."


@pytest.mark.parametrize(
    "words",
    [
        "OCOP",
        "sản phẩm Ocop của xã",
        "chương trình O.C.O.P",
        "#ocop",
        "OCOP-NTM",
        "Mỗi xã một sản phẩm",
        "MỖI XÃ MỘT SẢN PHẨM",
        "chương trình mỗi xã 1 sản phẩm",
        "Mỗi xã, phường, thị trấn một sản phẩm",
        "mỗi xã (phường) một sản phẩm",
        "mỗi xã, phường và đặc khu một sản phẩm",
        "Mỗi xã - phường một sản phẩm",
        "Moi xa mot san pham",
        normalize("NFD", "Mỗi xã một sản phẩm"),
        "the One Commune, One Product programme",
        "theo Quyết định số 148/QĐ-TTg",
        "Quyết định 919/QĐ-TTg ngày 01/8/2022",
        "Quyet dinh so 1048/QD-TTg ngay 21/8/2019",
        "Quyết định số 26/2026/QĐ-TTg ngày 22 tháng 5 năm 2026",
        "Quyết định 1489 /QĐ - TTg",
        "Quyết định số 1162/QĐ-VPĐP-OCOP",
    ],
)
def test_spellings_of_the_programme_and_its_decisions(words: str) -> None:
    assert on_topic(f"Tin về {words} trong tuần", WEATHER)
    assert on_topic("Tin trong tuần", f"{WEATHER}\n{words}.")
    assert why_off_topic(words, "") is None


@pytest.mark.parametrize(
    "words",
    [
        WEATHER,
        "Đội tuyển thắng 2-0 ở lượt về, vào bán kết",
        "viết microcopy cho trang bán hàng",
        "photocopy, procopy, ocopy, OCOPA",
        "mỗi xã một cán bộ thú y",
        "mỗi làng một nghề",
        "Quyết định 148/QĐ-TTg ngày 02/02/2016 về đề án khác",
        "Nghị định 148/2020/NĐ-CP",
        "Quyết định 490/QĐ-UBND",
        "148",
        "số 2148/QĐ-TTg",
        "",
    ],
)
def test_what_is_something_else(words: str) -> None:
    assert not on_topic("Tin trong tuần", words)
    assert not on_topic(words, WEATHER)
    reason = why_off_topic(words, WEATHER)
    assert reason is not None
    assert reason.startswith("ngoài chủ đề")


SEEDS = Path(__file__).parents[2] / "shared" / "data" / "seeds"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/data/seeds is not beside this checkout")
def test_seeds() -> None:
    paths = sorted(SEEDS.glob("*.txt"))
    assert len(paths) == 5
    for path in paths:
        assert on_topic("", path.read_text(encoding="utf-8"))
