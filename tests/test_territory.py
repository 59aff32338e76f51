"""What a province asked for covers, before and since 1 July 2025."""

import pytest

from index.places.provinces import PROVINCES
from index.places.territory import Territory, territory, territory_called


def whole(*keys: str, since: tuple[str, ...] = ()) -> Territory:
    return Territory(keys=frozenset(keys), since_merger=frozenset(since))


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("Nam Định", whole("nam-dinh", since=("ninh-binh",))),
        ("tinh nam dinh", whole("nam-dinh", since=("ninh-binh",))),
        ("Nam Định cũ", whole("nam-dinh", since=("ninh-binh",))),
        ("Ninh Bình", whole("ninh-binh", "ha-nam", "nam-dinh")),
        ("Ninh Bình mới", whole("ninh-binh", "ha-nam", "nam-dinh")),
        ("Ninh Bình cũ", whole("ninh-binh")),
        ("ninh binh (cu)", whole("ninh-binh")),
        ("Ninh Bình trước 1/7/2025", whole("ninh-binh")),
        ("Ninh Bình trước khi sáp nhập", whole("ninh-binh")),
        ("Cao Bằng", whole("cao-bang")),
        ("TP. Huế", whole("hue")),
        ("Củ Chi", None),
        ("cũ", None),
    ],
)
def test_a_name_asks_for_a_territory(asked: str, meant: Territory | None) -> None:
    assert territory_called(asked) == meant


@pytest.mark.parametrize("key", PROVINCES)
def test_every_province_is_within_the_one_it_is_part_of(key: str) -> None:
    province = PROVINCES[key]
    assert key in territory(province.today_key).keys
    own = territory(key)
    assert key in own.keys
    assert own.since_merger == ({province.today_key} if province.merged else set())


def test_a_key_that_no_province_has_is_refused() -> None:
    with pytest.raises(ValueError, match="'atlantis'"):
        territory("atlantis")
