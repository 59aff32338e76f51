"""A hundred product names as people say them, written apart from the code (evaluation/products.toml): each finds its
criteria set, or is asked back among sets of which one is right."""

import tomllib
from pathlib import Path

from index.criteria.products import find_sets

NAMES = tomllib.loads((Path(__file__).parents[1] / "evaluation" / "products.toml").read_text(encoding="utf-8"))[
    "product"
]
# At first contact 91 of 100; 96 after someone who had not seen these broadened the names. A floor, not the aim.
FLOOR = 96


def test_names_of_products_find_their_set_or_are_asked_back() -> None:
    found = {one["name"]: {match.number for match in find_sets(one["question"])} for one in NAMES}
    wrong = {
        one["name"]: (one["sets"], sorted(found[one["name"]]))
        for one in NAMES
        if not found[one["name"]] & set(one["sets"]) or len(found[one["name"]]) > 3
    }
    assert len(NAMES) == 100
    assert len(NAMES) - len(wrong) >= FLOOR, wrong


def test_a_name_of_several_sets_is_of_the_set_of_what_stands_beside_it() -> None:
    assert {match.number for match in find_sets("Vải, may mặc muốn 5 sao cần gì?")} == {22}
    assert {match.number for match in find_sets("Vải muốn 5 sao cần gì?")} == {1, 22}
