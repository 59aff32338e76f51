"""What whose word it is and how young it is add to a score."""

from dataclasses import replace

import numpy as np
import pytest

from index.facets import FacetArrays
from index.fuse import Fused
from index.manifest import IndexSettings
from index.standing import depth, standing, weighed
from index.traits import Traits
from tests.faceted import PLAIN

FACETS = FacetArrays.of(
    [
        replace(PLAIN, date="2026-06-01", traits=Traits(authority="official")),
        replace(PLAIN, date="2023-06-02", traits=Traits(authority="press")),
        replace(PLAIN, date=None, traits=Traits(authority="mirror")),
        replace(PLAIN, date="2020-06-02", traits=Traits(authority="state_press")),
    ],
    {},
    {},
)


def found(*scores: float) -> Fused:
    nothing = np.zeros(len(scores))
    return Fused(ids=np.arange(len(scores)), score=np.array(scores), dense=nothing, lexical=nothing, matched=0)


def test_an_office_counts_most_and_half_is_left_after_three_years() -> None:
    parts = standing(FACETS, np.arange(4))
    assert parts.authority.tolist() == [1.0, 0.5, 0.0, 0.75]
    assert parts.freshness.tolist() == pytest.approx([1.0, 0.5, 0.5, 0.25], abs=1e-3)


def test_without_weights_a_ranking_stays_as_it_is() -> None:
    ranked = weighed(found(0.2, 0.9, 0.9, 0.1), FACETS, IndexSettings(authority_weight=0, freshness_weight=0), 3)
    assert ranked.ids.tolist() == [1, 2, 0]
    assert ranked.score.tolist() == [0.9, 0.9, 0.2]


def test_more_passages_are_looked_at_only_where_weights_can_change_their_order() -> None:
    assert depth(IndexSettings(authority_weight=0, freshness_weight=0), 10) == 10
    assert depth(IndexSettings(authority_weight=0.1), 10) == 50
    assert depth(IndexSettings(freshness_weight=0.1), 80) == 80


def test_weights_settle_what_is_nearly_even_and_no_more() -> None:
    settings = IndexSettings(authority_weight=0.05, freshness_weight=0.05)
    ranked = weighed(found(0.80, 0.82, 0.95, 0.1), FACETS, settings, 4)
    assert ranked.ids.tolist() == [2, 0, 1, 3]
    assert ranked.score[1] == pytest.approx((0.80 + 0.05 + 0.05) / 1.1)
    assert ranked.score.max() <= 1


def test_an_index_without_dates_has_no_young_passages() -> None:
    facets = FacetArrays.of([replace(PLAIN, date=None)], {}, {})
    assert standing(facets, np.arange(1)).freshness.tolist() == [0.5]


def test_weights_beyond_one_are_refused() -> None:
    with pytest.raises(ValueError, match="freshness_weight"):
        IndexSettings(freshness_weight=1.5)
