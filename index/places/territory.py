"""What a province asked for covers, under its names before and since 1 July 2025.

Whoever asks for a province of today means all of it, so what was written of any of its former parts belongs to it:
"Ninh Bình" is Ninh Bình, Hà Nam and Nam Định of before too. Whoever asks for a former one ("Nam Định") means its part
of the country: what names it, and, since its name went out of use, what was written of the whole from the merger on.
What was written of the other parts before the merger never is. Where a former province left its name to the whole,
the former one alone is asked for by "Ninh Bình cũ".
"""

import re
import unicodedata
from dataclasses import dataclass

from index.places.named import province_key
from index.places.provinces import PROVINCES, parts_of
from index.text import strip_marks

_FORMER = re.compile(
    r"[\s,(]+(?:cu|truoc (?:day|kia|(?:khi |ngay )?(?:sap nhap|hop nhat|(?:0?1/0?7/)?2025)))\s*\)?\s*$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """Which passages are about a province asked for, by the keys of the provinces they are about.

    keys: one of these suffices. since_merger: so does one of these where the passage may be of 1 July 2025 or later,
    when the name is that of the whole province of today.
    """

    keys: frozenset[str]
    since_merger: frozenset[str] = frozenset()

    @classmethod
    def named(cls, key: str) -> "Territory":
        """Just what is about that one key."""
        return cls(keys=frozenset({key}))


def territory(key: str) -> Territory:
    """What a name alone asks for: the province of today where there is one of that name, else the former one.

    Raises:
        ValueError: no province has that key.
    """
    if key not in PROVINCES:
        raise ValueError(f"no province has the key {key!r}; expected one of index.places.provinces, such as 'nam-dinh'")
    return former_territory(key) if PROVINCES[key].merged else Territory(keys=frozenset(parts_of(key)))


def former_territory(key: str) -> Territory:
    """The province as it was before the merger.

    Raises:
        KeyError: no province has that key.
    """
    province = PROVINCES[key]
    since = frozenset({province.today_key}) if province.merged else frozenset()
    return Territory(keys=frozenset({key}), since_merger=since)


def territory_called(name: str) -> Territory | None:
    """What a typed name asks for ("Ninh Bình", "tinh nam dinh", "Ninh Bình cũ"); None where it names no province."""
    name = unicodedata.normalize("NFC", name)
    former = _FORMER.search(strip_marks(name).lower())
    key = province_key(name if former is None else name[: former.start()])
    if key is None:
        return None
    return territory(key) if former is None else former_territory(key)
