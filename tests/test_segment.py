"""Words as a view of the text."""

import subprocess
import sys

import pytest

from index.segment import _underthesea, compounds, parts_of_speech, words
from tests.conftest import ROOT


def test_words_join_the_syllables_of_names_and_compounds() -> None:
    found = words("Hợp tác xã ở huyện Lục Ngạn đạt OCOP 4 sao")
    assert "Hợp tác xã" in found
    assert "Lục Ngạn" in found
    assert "".join(found).replace(" ", "") == "HợptácxãởhuyệnLụcNgạnđạtOCOP4sao"


def test_words_are_a_view_and_may_respell() -> None:
    assert "Hòa Bình" in words("tỉnh Hoà Bình")


def test_compounds_are_the_words_of_more_than_one_syllable() -> None:
    found = compounds("Hợp tác xã ở huyện Lục Ngạn")
    assert "hợp_tác_xã" in found
    assert "lục_ngạn" in found
    assert "ở" not in found


def test_no_words_in_blank_text() -> None:
    assert words("  \n") == []


@pytest.mark.parametrize(
    "text",
    [
        "Tỉnh Nam Định có bao nhiêu sản phẩm OCOP đạt 4 sao?",
        "HTX Nông nghiệp An Phú nộp hồ sơ ngày 30/7/2026, ai nhận?",
        "gạo",
        "Hà Nội",
        "1 , 2 . 3",
    ],
)
def test_parts_of_speech_are_those_of_the_library(text: str) -> None:
    assert parts_of_speech(text) == _underthesea().pos_tag(text)


def test_importing_it_loads_no_model() -> None:
    code = "import sys, index.segment; sys.exit('underthesea' in sys.modules)"
    assert subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=ROOT, check=False).returncode == 0
