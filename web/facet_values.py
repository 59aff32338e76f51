"""Facets as the interface gives them: each value with what it is called and how many have it."""

from collections.abc import Mapping
from dataclasses import dataclass

from index.catalogue.product_query import Counted, Map
from index.decisions.decision import Level
from index.decisions.spoken import ACT_LABELS
from index.figures.figure import NATIONAL
from index.law.documents import Held, Status
from index.places.provinces import PROVINCES
from index.products.expiry import STATUS_NAME

MAP_LABELS: Mapping[Map, str] = {"then": "bản đồ 63 tỉnh, thành trước 7/2025", "today": "34 tỉnh, thành từ 7/2025"}
LEVEL_LABELS: Mapping[Level, str] = {
    "central": "trung ương",
    "province": "cấp tỉnh",
    "district": "cấp huyện",
    "commune": "cấp xã",
}
LAW_STATE_LABELS: Mapping[Status, str] = {
    "in_force": "đang hiệu lực",
    "lapsed": "hết hiệu lực",
    "not_yet": "chưa có hiệu lực",
    "doubtful": "ngày giao thời, chưa xác định",
    "unknown": "kho chưa cho biết",
}
HELD_LABELS: Mapping[Held, str] = {"document": "nguyên văn", "guide": "bài tóm lược", "citation": "chỉ được nhắc tới"}
_SOURCE_LABELS = {"decision": "đọc từ chính quyết định", "report": "báo đưa lại"}
_UNKNOWN = "chưa rõ"
_FIXED: Mapping[str, Mapping[str, str]] = {
    "status": {str(status): label for status, label in STATUS_NAME.items()},
    "act": {str(act): label for act, label in ACT_LABELS.items()},
    "level": {str(level): label for level, label in LEVEL_LABELS.items()},
    "source": _SOURCE_LABELS,
    "planned": {"true": "chỉ tiêu, đăng ký", "false": "đã đạt"},
    "state": {str(state): label for state, label in LAW_STATE_LABELS.items()},
    "held": {str(held): label for held, label in HELD_LABELS.items()},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """value: what the filter of the facet's name takes; "" of those of which it is not known, which no filter takes.
    label: what people call it."""

    value: str
    label: str
    count: int


def facets_told(facets: Mapping[str, tuple[Counted, ...]], by: Map) -> dict[str, tuple[FacetValue, ...]]:
    """Facets with labels, provinces by their names on the map they are counted on."""
    return {
        name: tuple(FacetValue(value=one.value, label=_label(name, one, by), count=one.count) for one in values)
        for name, values in facets.items()
    }


def _label(facet: str, one: Counted, by: Map) -> str:
    if one.value == "":
        return _UNKNOWN
    if facet == "province" and one.value == NATIONAL:
        return "cả nước"
    if facet == "province":
        province = PROVINCES[one.value]
        return province.name if by == "then" else province.today
    if facet == "star":
        return "chưa có, đã hết hạn hoặc chưa rõ" if one.value == "0" else f"{one.value} sao"
    return one.label or _FIXED.get(facet, {}).get(one.value, one.value)
