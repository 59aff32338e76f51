"""The numbers Word prints: formats, levels, restarts, overrides."""

import pytest
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from crawler.documents.numbering import Numbering, formatted


def lists(*abstract: str, uses: str = '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>') -> Numbering:
    levels = "".join(abstract)
    root = (
        f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="5">{levels}</w:abstractNum>{uses}</w:numbering>'
    )
    return Numbering.of(etree.fromstring(root))


def level(index: int, form: str, text: str, more: str = "") -> str:
    said = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}'
    return f'<w:lvl w:ilvl="{index}">{said}</w:lvl>'


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (4, "decimal", "4"),
        (4, "decimalZero", "04"),
        (49, "upperRoman", "XLIX"),
        (9, "lowerRoman", "ix"),
        (3, "lowerLetter", "c"),
        (28, "upperLetter", "BB"),
        (7, "none", ""),
        (7, "thaiNumbers", "7"),
        (0, "upperRoman", "0"),
    ],
)
def test_formats(value: int, form: str, text: str) -> None:
    assert formatted(value, form) == text


def test_deeper_levels_start_again_under_each_number() -> None:
    numbering = lists(level(0, "decimal", "Điều %1."), level(1, "decimal", "%1.%2."), level(2, "lowerLetter", "%3)"))
    asked = [0, 1, 2, 2, 1, 2, 0, 1]
    assert [numbering.next("1", one) for one in asked] == [
        "Điều 1.",
        "1.1.",
        "a)",
        "b)",
        "1.2.",
        "a)",
        "Điều 2.",
        "2.1.",
    ]


def test_a_level_that_never_starts_again() -> None:
    numbering = lists(level(0, "upperRoman", "%1."), level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>'))
    assert [numbering.next("1", one) for one in [0, 1, 1, 0, 1]] == ["I.", "1.", "2.", "II.", "3."]


def test_decimals_for_legal_numbers_and_levels_skipped() -> None:
    numbering = lists(level(0, "upperRoman", "%1"), level(1, "decimal", "%1.%2", "<w:isLgl/>"))
    assert numbering.next("1", 1) == "1.1"


def test_two_lists_of_one_definition_count_on_unless_one_starts_anew() -> None:
    uses = (
        '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
    )
    numbering = lists(level(0, "decimal", "%1."), uses=uses)
    assert [numbering.next(one, 0) for one in ("1", "1", "2", "3", "3")] == ["1.", "2.", "3.", "1.", "2."]


def test_bullets_and_lists_that_do_not_exist() -> None:
    numbering = lists(level(0, "bullet", "\uf0b7"))
    assert numbering.next("1", 0) == "-"
    assert numbering.next("1", 4) == ""
    assert numbering.next("9", 0) == ""
    assert Numbering.of(None).next("1", 0) == ""


@given(st.lists(st.integers(0, 8), max_size=60))
def test_any_order_of_levels_is_numbered(levels: list[int]) -> None:
    text = ".".join(f"%{n}" for n in range(1, 10))
    numbering = lists(*(level(n, "decimal", ".".join(text.split(".")[: n + 1])) for n in range(9)))
    for one in levels:
        printed = numbering.next("1", one)
        assert len(printed.split(".")) == one + 1
        assert all(part.isdecimal() and int(part) >= 1 for part in printed.split("."))
