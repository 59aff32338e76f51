"""Words as a view of the text."""

import subprocess
import sys

from index.segment import compounds, words
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


def test_importing_it_loads_no_model() -> None:
    code = "import sys, index.segment; sys.exit('underthesea' in sys.modules)"
    assert subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=ROOT, check=False).returncode == 0
