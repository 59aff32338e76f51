"""The list tables of a Word 97-2003 file as a Numbering: what Word counts and prints before paragraphs.

[MS-DOC] 2.9.150 LSTF, 2.9.148 LVL and 2.9.151 LVLF, 2.9.131 LFO, 2.9.132 LFOData, 2.9.133 LFOLVL.
"""

import struct

from crawler.documents.numbering import Level, Numbered, Numbering

_FORMS = {0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 22: "decimalZero"}
_BULLET, _NOTHING = 23, 255
_LSTF_BYTES, _LVLF_BYTES, _LFO_BYTES = 28, 28, 16
_LEVELS = 9
_MAX_LISTS = 5000
_LEGAL, _NO_RESTART = 0x04, 0x08
_START_AT, _FORMATTING = 0x10, 0x20


def doc_numbering(lists: bytes, levels: bytes, uses: bytes) -> Numbering:
    """Read the list tables.

    lists: PlfLst. levels: the LVLs, which stand right behind it. uses: PlfLfo; paragraphs name its entries from 1.

    Raises:
        struct.error: the tables are damaged.
    """
    numbering = Numbering()
    if len(lists) < 2 or len(uses) < 4:
        return numbering
    (count,) = struct.unpack_from("<h", lists, 0)
    position = 0
    for index in range(min(max(count, 0), _MAX_LISTS)):
        start = 2 + _LSTF_BYTES * index
        (name,) = struct.unpack_from("<i", lists, start)
        simple = lists[start + 26] & 1
        found: dict[int, Level] = {}
        for number in range(1 if simple else _LEVELS):
            found[number], position = _level(levels, position)
        numbering.abstracts[str(name)] = found
    _read_uses(uses, numbering)
    return numbering


def _level(data: bytes, position: int) -> tuple[Level, int]:
    start, form, flags = struct.unpack_from("<iBB", data, position)
    character_bytes, paragraph_bytes, restart_limit = struct.unpack_from("<BBB", data, position + 24)
    position += _LVLF_BYTES + character_bytes + paragraph_bytes
    (length,) = struct.unpack_from("<H", data, position)
    raw = data[position + 2 : position + 2 + 2 * length].decode("utf-16-le", errors="replace")
    # In the text of a level, the characters 0 to 8 stand for the numbers of the levels 1 to 9.
    text = "".join(f"%{ord(char) + 1}" if ord(char) < _LEVELS else char for char in raw)
    level = Level(
        start=max(start, 0),
        form="bullet" if form == _BULLET else "none" if form == _NOTHING else _FORMS.get(form, "decimal"),
        text=text,
        restart=restart_limit if flags & _NO_RESTART else None,
        decimals=bool(flags & _LEGAL),
    )
    return level, position + 2 + 2 * length


def _read_uses(data: bytes, numbering: Numbering) -> None:
    (count,) = struct.unpack_from("<I", data, 0)
    count = min(count, _MAX_LISTS)
    heads = [struct.unpack_from("<iiiB", data, 4 + _LFO_BYTES * index) for index in range(count)]
    position = 4 + _LFO_BYTES * count
    for index, (name, _, _, overrides) in enumerate(heads, start=1):
        position += 4  # LFOData.cp
        starts: dict[int, int] = {}
        levels: dict[int, Level] = {}
        for _ in range(overrides):
            start, flags = struct.unpack_from("<iI", data, position)
            position += 8
            if flags & _FORMATTING:
                levels[flags & 0x0F], position = _level(data, position)
            elif flags & _START_AT:
                starts[flags & 0x0F] = max(start, 0)
        numbering.lists[str(index)] = Numbered(abstract=str(name), starts=starts, levels=levels)
