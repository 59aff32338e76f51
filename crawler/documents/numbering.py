"""The numbers that Word counts and prints itself: "Điều 1.", "I.", "a)" stand in numbering.xml, not in the text.

ECMA-376-1:2016, 17.9: a paragraph names a list (numId) and a level; the list names an abstract definition that says
where each level starts, its format and its text ("%1.%2)"), and may override both.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = f"{W}val"
_MAX_LEVEL = 8
_MAX_NUMBER = 100_000
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of a list: where it starts, its format, its text with "%1" to "%9" for the levels' numbers.

    restart: the number of the level, from 1, that starts this one again; None for any above it, 0 for none.
    decimals: all numbers in the text are written as decimals. style: the paragraph style that is kept on this level.
    """

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    decimals: bool = False
    style: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A list as paragraphs name it: its definition, and what it overrides by level."""

    abstract: str
    starts: dict[int, int]
    levels: dict[int, Level]


@dataclass(slots=True)
class Numbering:
    """The lists of one document and how far each has counted."""

    lists: dict[str, Numbered] = field(default_factory=dict)
    abstracts: dict[str, dict[int, Level]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    restarted: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, root: _Element | None) -> Self:
        """Read numbering.xml; `None` where a document has none."""
        found = cls()
        if root is None:
            return found
        linked: dict[str, str] = {}
        named: dict[str, str] = {}
        for element in root.iterfind(f"{W}abstractNum"):
            name = element.get(f"{W}abstractNumId") or ""
            found.abstracts[name] = _levels(element)
            if (link := _val(element, "numStyleLink")) is not None:
                linked[name] = link
            if (style := _val(element, "styleLink")) is not None:
                named[style] = name
        for name, style in linked.items():
            found.abstracts[name] = found.abstracts.get(named.get(style, ""), {}) or found.abstracts[name]
        for element in root.iterfind(f"{W}num"):
            overrides = list(element.iterfind(f"{W}lvlOverride"))
            starts = {
                _number(item.get(f"{W}ilvl")): _number(value)
                for item in overrides
                if (value := _val(item, "startOverride")) is not None
            }
            levels = {level: one for item in overrides for level, one in _levels(item).items()}
            one = Numbered(abstract=_val(element, "abstractNumId") or "", starts=starts, levels=levels)
            found.lists[element.get(f"{W}numId") or ""] = one
        return found

    def level_of_style(self, list_id: str, style: str) -> int:
        """The level that a list keeps for paragraphs of a style; 0 where it names none."""
        one = self.lists.get(list_id)
        levels = self.abstracts.get(one.abstract, {}) if one is not None else {}
        return next((level for level, entry in levels.items() if entry.style == style), 0)

    def next(self, list_id: str, level: int) -> str:
        """Count one paragraph and give what Word prints before it: "Điều 3.", "-" for a bullet, "" for nothing."""
        one = self.lists.get(list_id)
        if one is None or not 0 <= level <= _MAX_LEVEL:
            return ""
        levels = {**self.abstracts.get(one.abstract, {}), **one.levels}
        here = levels.get(level)
        if here is None:
            return ""
        counts = self.counts.setdefault(one.abstract, {})
        if level in one.starts and (list_id, level) not in self.restarted:
            self.restarted.add((list_id, level))
            counts[level] = one.starts[level]
        elif level in counts:
            counts[level] = min(counts[level] + 1, _MAX_NUMBER)
        else:
            counts[level] = here.start
        for deeper in [number for number in counts if number > level]:
            # w:lvlRestart counts levels from 1; 0 means that nothing above starts this level again.
            after = levels[deeper].restart if deeper in levels else None
            if after is None or level < after:
                del counts[deeper]
        if here.form == "bullet":
            return "-"
        text = here.text
        for number in range(level + 1):
            entry = levels.get(number, Level())
            value = counts.setdefault(number, entry.start) if f"%{number + 1}" in text else 0
            form = "decimal" if here.decimals else entry.form
            text = text.replace(f"%{number + 1}", formatted(value, form))
        return " ".join(text.split())


def formatted(value: int, form: str) -> str:
    """A number in one of Word's formats (ST_NumberFormat); those of other scripts are written as decimals."""
    return _FORMS.get(form, str)(value)


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    out = ""
    for worth, sign in _ROMAN:
        out += sign * (value // worth)
        value %= worth
    return out


def _letter(value: int) -> str:
    """a to z, then aa, bb, as Word goes on."""
    return chr(ord("a") + (value - 1) % 26) * min((value - 1) // 26 + 1, 10) if value > 0 else str(value)


_FORMS: dict[str, Callable[[int], str]] = {
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": lambda value: _letter(value).upper(),
    "lowerLetter": _letter,
    "decimalZero": lambda value: f"{value:02d}",
    "none": lambda value: "",
}


def _levels(element: _Element) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for level in element.iterfind(f"{W}lvl"):
        restart = _val(level, "lvlRestart")
        found[_number(level.get(f"{W}ilvl"))] = Level(
            start=_number(_val(level, "start")) if _val(level, "start") is not None else 1,
            form=_val(level, "numFmt") or "decimal",
            text=_val(level, "lvlText") or "",
            restart=_number(restart) if restart is not None else None,
            decimals=level.find(f"{W}isLgl") is not None,
            style=_val(level, "pStyle"),
        )
    return found


def _val(element: _Element, name: str) -> str | None:
    child = element.find(f"{W}{name}")
    return child.get(_VAL) if child is not None else None


def _number(value: str | None) -> int:
    return min(int(value), _MAX_NUMBER) if value is not None and value.isdecimal() else 0
