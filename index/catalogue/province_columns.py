"""Which province rows are of, on the map before 1 July 2025 and on that since: chosen, filtered and sorted alike."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.catalogue.collation import ranks
from index.catalogue.counting import is_any
from index.catalogue.product_query import Map
from index.places.provinces import PROVINCES
from index.ranking import Mask

# By their place here in the files: whoever changes what there is raises `FORMAT` in `index.manifest`.
PROVINCE_KEYS: tuple[str, ...] = tuple(sorted(PROVINCES))
NONE = -1
_PLACES = {key: place for place, key in enumerate(PROVINCE_KEYS)}
# Place of each province in the order of the names on either map, by its place in `PROVINCE_KEYS`.
_ORDER = {
    "then": ranks([PROVINCES[key].name for key in PROVINCE_KEYS]),
    "today": ranks([PROVINCES[key].today for key in PROVINCE_KEYS]),
}


def province_place(key: str | None) -> int:
    """The place of a province among `PROVINCE_KEYS`; -1 for none."""
    return NONE if key is None else _PLACES.get(key, NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvinceColumns:
    """The province of each of n rows. then, today: (n,) int8, places in `PROVINCE_KEYS`, -1 where it is not known."""

    then: NDArray[np.int8]
    today: NDArray[np.int8]

    def on(self, by: Map) -> NDArray[np.int8]:
        """(n,) the provinces on a map."""
        return self.then if by == "then" else self.today

    def of_any(self, keys: Iterable[str], by: Map) -> Mask:
        """(n,) the rows of any of some provinces; on today's map a former one means the one it is part of."""
        meant = set(keys) if by == "then" else {PROVINCES[key].today_key for key in keys}
        return is_any(self.on(by), map(province_place, meant))

    def sort_key(self, by: Map) -> tuple[NDArray[np.int32], Mask]:
        """(n,) what rows are sorted by to stand in the order of the provinces' names, and (n,) those of none."""
        places = self.on(by)
        return _ORDER[by][places], places == NONE
