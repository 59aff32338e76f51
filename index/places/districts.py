"""Districts named in a text: with their rank in print, in any way people type them in questions.

The level ended on 1 July 2025, but articles and questions name districts still. Names repeat: ten districts were
called Châu Thành. A mention therefore carries all districts it may be, narrowed by its rank, by a province named
beside it ("huyện Châu Thành, An Giang") and by the provinces the text is about; it is never narrowed by likelihood.

Many communes of today are named after the district they lie in. In print "xã Hải Hậu" is not taken, but a bare
"Mộ Đức" in an article of after the reform may be the commune: who reads such an article asks without `provinces`.
"""

import unicodedata
from collections.abc import Iterable

from index.places.district_mention import DistrictMention
from index.places.district_print import bare, ranked
from index.places.district_table import DISTRICTS, District
from index.places.district_typed import asked, named_whole
from index.places.named import find_places
from index.places.provinces import PROVINCES

__all__ = ["DISTRICTS", "District", "DistrictMention", "districts_called", "find_districts", "province_of"]


def find_districts(text: str, *, typed: bool = False, provinces: Iterable[str] = ()) -> list[DistrictMention]:
    """The districts named in a text, in order, without overlaps. Offsets are into the text in NFC.

    provinces: keys of the provinces the text is about; they narrow the candidates, and bare names of their districts
    are taken. In print a name otherwise needs its rank ("huyện Hải Hậu", "TX. Đức Phổ", "các huyện Hải Hậu, Ý Yên").
    typed: for questions. Any case, with or without marks, run together; the provinces the question names narrow too.
    A bare name counts only where a province is named or given, or where it is typed as a name, marks and capitals
    right, and only one province has it; never where it may as well be ordinary words.
    """
    text = unicodedata.normalize("NFC", text)
    context = tuple(dict.fromkeys(provinces))
    if typed:
        return asked(text, context)
    found = ranked(text, context)
    if context:
        found += bare(text, context, found)
        found.sort(key=lambda mention: mention.start)
    return found


def districts_called(name: str) -> tuple[District, ...]:
    """The districts a name alone may mean, in any spelling ("châu thành", "haihau", "huyện Kỳ Anh")."""
    text = unicodedata.normalize("NFC", name)
    keys = [called.district for called in named_whole(text)] or [
        key for mention in find_districts(text, typed=True) for key in mention.candidates
    ]
    return tuple(DISTRICTS[key] for key in dict.fromkeys(keys))


def province_of(text: str, *, typed: bool = True) -> str | None:
    """The key of the one province that a text names, itself or through a district ("huyện hải hậu"), or None.

    A district with the province it is part of today ("huyện Hải Hậu, Ninh Bình") gives its own.
    """
    text = unicodedata.normalize("NFC", text)
    places = find_places(text, typed=typed)
    districts = find_districts(text, typed=typed)
    own = {mention.province for mention in districts}
    if None in own:
        own = set()
    named = {
        place.key
        for place in places
        if not any(mention.start <= place.start and place.end <= mention.end for mention in districts)
    }
    sure = {key for key in own if key is not None}
    keys = sure | {key for key in named if not any(key == PROVINCES[one].today_key for one in sure)}
    return keys.pop() if len(keys) == 1 else None
