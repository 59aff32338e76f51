"""What a passage weighs beside its words: whose word it is, and how old. Two small, explainable parts of a score.

Both lie in [0, 1] and are added with the weights of the manifest (`IndexSettings`), which were chosen by measuring
(docs/decisions/0022). They settle what words leave nearly even; no weight lifts a passage that words do not find.
"""

from dataclasses import dataclass, replace
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from crawler.article import Authority
from index.facets import FacetArrays
from index.fuse import Fused
from index.manifest import IndexSettings
from index.ranking import Ids

AUTHORITIES: tuple[Authority, ...] = get_args(Authority)
# Passages among which the parts may change the order, at least.
_DEPTH = 50

_LEVELS: dict[Authority, float] = {
    "official": 1.0,
    "state_press": 0.75,
    "press": 0.5,
    "commercial": 0.0,
    "mirror": 0.0,
}
_HALF_LIFE_DAYS = 3 * 365
# Of a passage without a date nobody knows whether it is old.
_UNDATED = 0.5

_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The parts of passages: authority (k,), 1 for an office and 0 for a shop or a mirror; freshness (k,), 1 for the
    youngest passage of the index and half of that for every three years more.
    """

    authority: _Floats
    freshness: _Floats


def standing(facets: FacetArrays, ids: Ids) -> Standing:
    """The parts of passages of an index."""
    levels = np.array([_LEVELS[authority] for authority in AUTHORITIES])
    last = facets.last[ids]
    age = np.maximum(facets.youngest - last, 0)
    fresh = np.where(last > 0, 0.5 ** (age / _HALF_LIFE_DAYS), _UNDATED)
    return Standing(authority=levels[facets.authority[ids]], freshness=fresh)


def depth(settings: IndexSettings, limit: int) -> int:
    """How many passages must be found for the `limit` best to be known."""
    return max(limit, _DEPTH) if settings.authority_weight or settings.freshness_weight else limit


def weighed(found: Fused, facets: FacetArrays, settings: IndexSettings, limit: int) -> Fused:
    """The `limit` best of a fused ranking when the parts count too; scores stay within [0, 1]."""
    weights = settings.authority_weight, settings.freshness_weight
    parts = standing(facets, found.ids)
    score = (found.score + weights[0] * parts.authority + weights[1] * parts.freshness) / (1 + sum(weights))
    order = np.lexsort((found.ids, -score))[:limit]
    return replace(
        found, ids=found.ids[order], score=score[order], dense=found.dense[order], lexical=found.lexical[order]
    )
