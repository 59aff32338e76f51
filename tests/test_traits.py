"""What filters look at of a passage, as it is read when the passage is cut."""

import pytest

from index.passage import Passage, passages
from index.traits import candidates_of, host_of, mention_key, number_key, number_of, province_meant, stars_named
from tests.archived import make_article

HAI_HAU = "nam-dinh/huyen-hai-hau"


def cut(*lines: str, words: int = 12, **fields: object) -> tuple[Passage, ...]:
    return passages(make_article(lines, **fields)[0], words=words)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "stars"),
    [
        ("Sản phẩm đạt 4 sao.", (4,)),
        ("Có ba sản phẩm bốn sao.", (4,)),
        ("Hộ có sản phẩm từ 3 sao trở lên.", (3, 4, 5)),
        ("Các sản phẩm 3-4 sao của xã.", (3, 4)),
        ("Nâng hạng từ 3 sao lên 4 sao, thêm một món 5 sao.", (4, 5)),
        ("Bày bán trong khách sạn 5 sao.", ()),
        ("Khách sạn lớn nhất tỉnh 5 sao bán mật ong 4 sao.", (4,)),
        ("Ngôi sao trên lá cờ, vì sao?", ()),
    ],
)
def test_stars_are_those_of_products(text: str, stars: tuple[int, ...]) -> None:
    assert stars_named(text) == stars


def test_a_passage_speaks_of_what_its_text_or_its_title_names() -> None:
    first, second = cut(
        "Huyện Hải Hậu có thêm sản phẩm 4 sao theo Quyết định 436/QĐ-UBND",
        "Bà con làm gạo, mắm và nước mắm ở ven biển từ lâu đời nay.",
        "Xã bên có món được 3 sao nhờ Quyết định 148/QĐ-TTg năm 2023 đấy.",
        words=30,
    )
    assert (first.traits.stars, second.traits.stars) == ((4,), (3, 4))
    assert first.traits.districts == second.traits.districts == (HAI_HAU,)
    assert first.traits.numbers == ("436||QĐ|UBND",)
    assert second.traits.numbers == ("436||QĐ|UBND", "148||QĐ|TTG")
    # news names documents, it is not part of any
    assert first.traits.documents == second.traits.documents == ()


def test_a_short_number_is_completed_by_the_article() -> None:
    _, last = cut(
        "Quyết định 148/QĐ-TTg ngày 24/2/2023 ra đời để phân hạng sản phẩm.",
        "Theo Quyết định 148 thì hồ sơ nộp ở huyện trước khi lên tỉnh đây.",
        title="Hồ sơ nộp ở đâu",
        words=12,
    )
    assert last.traits.numbers == ("148||QĐ|TTG",)


def test_a_passage_of_law_is_of_its_document() -> None:
    found = cut(
        "Quyết định 26/2026/QĐ-TTg về Chương trình mỗi xã một sản phẩm",
        "Điều 1. Phạm vi",
        "1. Thay Quyết định 148/QĐ-TTg.",
        kind="regulation",
    )
    assert {passage.traits.documents for passage in found} == {("26|2026|QĐ|TTG",)}
    assert found[-1].traits.numbers == ("26|2026|QĐ|TTG", "148||QĐ|TTG")


def test_which_district_of_a_shared_name_is_told_by_the_province_of_the_article() -> None:
    text = "Huyện Châu Thành có 12 sản phẩm."
    (known,) = cut("Chuyện làng", text, title="OCOP ở An Giang", words=50)
    (unknown,) = cut("Chuyện làng", text, words=50)
    assert known.traits.districts == ("an-giang/huyen-chau-thanh",)
    (mention,) = unknown.traits.districts
    assert len(candidates_of(mention)) == 10
    assert province_meant(mention) is None
    assert province_meant(HAI_HAU) == "nam-dinh"


def test_the_source_and_its_host() -> None:
    (passage,) = cut("Gạo", "Gạo nếp.", url="https://WWW.Bao.example:8443/gao", source="Báo Gạo", words=50)
    assert (passage.traits.source, passage.traits.host) == ("Báo Gạo", "bao.example")
    (passage,) = cut("Gạo", "Gạo nếp.", words=50)
    assert passage.traits.host == ""
    assert host_of("https://[broken/") == ""


@pytest.mark.parametrize("key", ["26|2026|QĐ|TTG", "148||QĐ|", "202|2025||QH15", "5|2022|TT|BNNPTNT"])
def test_a_key_is_its_number(key: str) -> None:
    assert number_key(number_of(key)) == key


def test_a_mention_is_one_key_however_its_candidates_come() -> None:
    assert mention_key(["b/huyen-x", "a/huyen-x"]) == mention_key(["a/huyen-x", "b/huyen-x"])
    assert candidates_of("a/huyen-x|b/huyen-x") == {"a/huyen-x", "b/huyen-x"}
