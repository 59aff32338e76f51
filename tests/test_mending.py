"""Slips that made another syllable: mended by their neighbours, and only where those leave no doubt."""

import pytest

from index.language import LanguageModel
from index.restore import Restorer

TEXTS = (
    "Thu hồi giấy chứng nhận sản phẩm trong thời hạn mười ngày. Sản phẩm được công nhận hạng sao.",
    "Tỉnh đề xuất sản phẩm tham gia đánh giá. Hồ sơ nộp tại xã. Chủ thể nộp hồ sơ. Thu hồi giấy.",
    "Bánh dừa đạt sao. Bánh dừa nướng, mứt gừng, mứt gừng dẻo, bò khô sợi, bò khô. Tỉnh Quảng Ngãi.",
)
WORDS = (
    "thu hồi",
    "sản phẩm",
    "đề xuất",
    "chủ thể",
    "mấy",
    "mấy ngày",
    "phẩn",
    "suất",
    "hòi",
    "đinh",
    "chè đinh",
    "mây",
    "dứa",
    "vừng",
    "bơ",
    "nấm",
    "ngò",
    "tỉnh nào",
    "năm nào",
    "Quảng Ngãi",
    "quãng",
    "công suất",
    "hẹp hòi",
    "khỏi",
)


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    known = {word for text in TEXTS for word in text.lower().replace(".", "").replace(",", "").split()}
    model = LanguageModel.learn(TEXTS * 3, ("mấy ngày $", "mấy sản phẩm"), WORDS)
    return Restorer(model, known.__contains__)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("có mấy sản phẩn tại xã", "có mấy sản phẩm tại xã"),
        ("thu hòi giấy chứng nhận", "thu hồi giấy chứng nhận"),
        ("thu hồi giấy trong mây ngày", "thu hồi giấy trong mấy ngày"),
        ("được sãn phẩm", "được sản phẩm"),  # a syllable no list has, its marks wrong
        ("quãng ngãi có mấy sản phẩm", "quảng ngãi có mấy sản phẩm"),  # the name of a province
    ],
)
def test_slips_are_mended(restorer: Restorer, typed: str, read: str) -> None:
    assert restorer.restore(typed).text == read


@pytest.mark.parametrize(
    "typed",
    [
        "công nhận chè đinh",  # a word with its neighbour
        "công nhận Phẩn Hòi",  # names
        "sản phẩm được công nhận",
        "sản phẩm ấy xài được chứ",  # people say so, texts do not
        "nộp zalo hay photo",
        "phẩn, 12 suất",  # no neighbour that tells
        # words by themselves, of which texts have only what is a mark or a letter away
        "bánh dứa đạt mấy sao",
        "mứt vừng tại xã",
        "bơ khô sợi",
        "nấm nào đạt sao",
        "tỉnh ngò nào",  # a letter away from "tỉnh nào"
        "cho khỏi công nhận",
    ],
)
def test_what_may_be_meant_stays(restorer: Restorer, typed: str) -> None:
    assert restorer.restore(typed).text == typed


def test_without_knowing_what_stands_in_texts_nothing_is_mended() -> None:
    restorer = Restorer(LanguageModel.learn(TEXTS * 3, (), WORDS))
    assert restorer.restore("thu hòi giấy").text == "thu hòi giấy"


def test_a_mended_word_has_a_chance(restorer: Restorer) -> None:
    (reading,) = [one for one in restorer.restore("thu hòi giấy").readings if one.forms[0][0] == "hồi"]
    assert 0.75 < reading.forms[0][1] < 1
