"""docs/nhung-widget.md tells webmasters what there is: each name it gives exists, and each that exists it gives."""

import re
from pathlib import Path

from widget.embedded import FOLDER

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "nhung-widget.md").read_text(encoding="utf-8")
SOURCES = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.js")}
ALL = "\n".join(SOURCES.values())


def test_attributes_are_those_that_are_read() -> None:
    documented = set(re.findall(r"^\| `data-(\w+)`", PAGE, re.MULTILINE))
    read = set(re.findall(r'getAttribute\("(\w+)"\)', ALL)) | set(re.findall(r"\[(theme|position)=", ALL))
    assert documented == read
    shown = re.findall(r"<ocop-assistant ([^>]*)>", PAGE)
    assert {name for tag in shown for name in re.findall(r"([\w-]+)=", tag)} <= read
    values = set(re.findall(r'\[(?:theme|position)="(\w+)"\]', ALL))
    told = {value for line in re.findall(r"^\| `data-(?:theme|position)` \|(.*?)\|", PAGE, re.MULTILINE)
            for value in re.findall(r"`(\w+)`", line)}  # fmt: skip
    assert told == values


def test_variables_are_those_that_are_used() -> None:
    documented = set(re.findall(r"--ocop-[a-z-]+", PAGE))
    assert documented == set(re.findall(r"--ocop-[a-z-]+", ALL))


def test_parts_are_those_that_are_there() -> None:
    listed = re.search(r"Các phần:(.*?)\n\n", PAGE, re.DOTALL)
    assert listed is not None
    documented = set(re.findall(r"`(\w+)`", listed[1]))
    assert documented == set(re.findall(r'\bpart: "(\w+)"', ALL))


def test_the_line_to_paste_is_short_and_whole() -> None:
    fence = re.search(r"```html\n(.*?)\n```", PAGE, re.DOTALL)
    assert fence is not None
    assert fence[1] == '<script src="https://hoidap.example.vn/widget.js" data-portal="quang-nam" defer></script>'


def test_what_readers_see_is_named_as_they_see_it() -> None:
    for words in ("Hỏi về OCOP", "Chưa tải được khung hỏi đáp", "Không nối được với máy chủ hỏi đáp"):
        assert words in PAGE
        assert words in ALL
