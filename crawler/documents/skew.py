"""How far a scanned page was turned when it lay on the glass.

Projection profiles: of all angles, the right one makes the lines of print fall together, so that rows of pixels are
either full or empty and the squares of their differences are largest (W. Postl, "Detection of linear oblique structures
and skew scan in digitized documents", ICPR 1986).
"""

import numpy as np
from numpy.typing import NDArray

MAX_DEGREES = 6.0
_COARSE_DEGREES = 0.5
_FINE_DEGREES = 0.05
_MAX_POINTS = 150_000
_MIN_POINTS = 200


def skew_degrees(ink: NDArray[np.bool_]) -> float:
    """The angle, counter-clockwise as seen, by which the page's lines of print rise to the right; 0.0 for a blank page.

    ink: (height, width), True where the page is dark, at 70 to 150 dots an inch. The result lies within
    `MAX_DEGREES` of zero and is exact to about a twentieth of a degree.
    """
    rows, columns = np.nonzero(ink)
    if len(rows) < _MIN_POINTS:
        return 0.0
    step = -(-len(rows) // _MAX_POINTS)
    y, x = rows[::step].astype(np.float64), columns[::step].astype(np.float64)
    x -= x.mean()

    def sharpness(degrees: float) -> float:
        levels = np.rint(y + x * np.tan(np.radians(degrees))).astype(np.int64)
        profile = np.bincount(levels - levels.min())
        return float(np.square(np.diff(profile, prepend=0, append=0)).sum())

    coarse = np.arange(-MAX_DEGREES, MAX_DEGREES + 1e-9, _COARSE_DEGREES)
    best = float(max(coarse, key=sharpness))
    fine = np.arange(best - _COARSE_DEGREES, best + _COARSE_DEGREES + 1e-9, _FINE_DEGREES)
    return round(float(max(fine, key=sharpness)), 2)
