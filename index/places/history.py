"""What became of a place, in words for readers: provinces merged and districts ended on 1 July 2025."""

import unicodedata

from index.places.abbreviations import abbreviations
from index.places.district_mention import DistrictMention
from index.places.districts import DISTRICTS, District, districts_called, find_districts
from index.places.named import find_places
from index.places.provinces import PROVINCES, parts_of

_MERGED_BY = "Nghị quyết 202/2025/QH15"
_ENDED_BY = "Nghị quyết 203/2025/QH15"


def explain_place(text: str) -> str:
    """What each place named in a text was and is, in Vietnamese, a line a place; never empty.

    A name that several places share is explained as all of them.
    """
    text = unicodedata.normalize("NFC", text).strip()
    districts = find_districts(text, typed=True)
    taken = [(mention.start, mention.end) for mention in districts]
    lines = [(mention.start, _named(text, mention)) for mention in districts]
    for place in find_places(text, typed=True):
        if not _within(taken, place.start, place.end):
            lines.append((place.start, province_history(place.key)))
            taken.append((place.start, place.end))
    for short in abbreviations(text):
        if len(short.keys) > 1 and not _within(taken, short.start, short.end):
            meant = ", ".join(PROVINCES[key].label for key in short.keys)
            lines.append((short.start, f"“{text[short.start : short.end]}” có thể là: {meant}."))
    if not lines and (alone := districts_called(text)):
        return _one_of(text, alone)
    if not lines:
        return f"Không thấy tên tỉnh, thành phố hay huyện nào trong “{text}”."
    return "\n".join(dict.fromkeys(line for _, line in sorted(lines)))


def province_history(key: str) -> str:
    """What became of one of the 63 provinces.

    Raises:
        KeyError: there is no province of that key.
    """
    province = PROVINCES[key]
    parts = parts_of(province.today_key)
    if province.merged:
        return f"{province.label}, từ 1/7/2025 thuộc {province.today_label} ({_MERGED_BY})."
    if len(parts) == 1:
        return f"{province.today_label}: không hợp nhất với tỉnh nào trong đợt 1/7/2025 ({_MERGED_BY})."
    labels = [PROVINCES[part].label for part in parts]
    return f"{province.today_label}: từ 1/7/2025 gồm {', '.join(labels[:-1])} và {labels[-1]} trước đó ({_MERGED_BY})."


def district_history(district: District) -> str:
    """What became of a district: its level ended, and what its province is part of."""
    province = PROVINCES[district.province]
    now = f"; địa bàn nay thuộc {province.today_label}" if province.merged else ""
    return f"{district.full_label}: cấp huyện kết thúc ngày 1/7/2025 ({_ENDED_BY}){now}."


def _named(text: str, mention: DistrictMention) -> str:
    district = mention.district
    if district is None:
        return _one_of(text[mention.start : mention.end], [DISTRICTS[key] for key in mention.candidates])
    if not mention.earlier:
        return district_history(district)
    before = f"{mention.rank or ''} {text[mention.start : mention.end]}".strip()
    return f"{before}, trước 1/7/2025 đã thành hoặc đã nhập vào {district.label}; {district_history(district)}"


def _one_of(name: str, districts: tuple[District, ...] | list[District]) -> str:
    if len(districts) == 1:
        return district_history(districts[0])
    missing = "tên tỉnh" if len({district.province for district in districts}) > 1 else "cấp (huyện, thị xã, thành phố)"
    return f"“{name}” có thể là: {'; '.join(district.full_label for district in districts)}. Hãy nêu thêm {missing}."


def _within(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(first < end and start < last for first, last in taken)
