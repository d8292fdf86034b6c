"""Local pockets: how widely the neighbourhoods within one authority spread.

Each neighbourhood counts once, whatever its size. Nothing is said of any single neighbourhood: the
figures are modelled, and those whose levels are close cannot be told apart.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from metrics.measures.results import Result

# Below this a tenth of the neighbourhoods is less than one of them.
FEWEST = 10


class Pockets(Result):
    """The spread within one authority, in the metric's unit.

    Attributes:
        neighbourhoods: how many there are.
        lowest, tenth, median, ninetieth, highest: a tenth of them lie below `tenth`, and a tenth
            above `ninetieth`; values between two neighbourhoods are interpolated.
        national: the share of the nation, and `above_national` how many lie above it.
    """

    metric: str
    breakdown: str
    code: str
    period: str
    neighbourhoods: int
    lowest: float
    tenth: float
    median: float
    ninetieth: float
    highest: float
    national: float
    above_national: int

    @property
    def above_share(self) -> float:
        """Percent of the neighbourhoods that lie above the national share."""
        return self.above_national / self.neighbourhoods * 100


def pockets(
    metric: str, breakdown: str, code: str, period: str, shares: Sequence[float], national: float
) -> Pockets | None:
    """The spread of the neighbourhoods of an authority; None for fewer than ten.

    Raises:
        ValueError: a share is not a number: a neighbourhood without a figure is left out before.
    """
    if len(shares) < FEWEST:
        return None
    values = np.asarray(shares, dtype="float64")
    if not np.isfinite(values).all():
        raise ValueError(f"a neighbourhood of {code} has no share")
    tenth, median, ninetieth = np.quantile(values, [0.1, 0.5, 0.9])
    return Pockets(
        metric=metric,
        breakdown=breakdown,
        code=code,
        period=period,
        neighbourhoods=len(values),
        lowest=float(values.min()),
        tenth=float(tenth),
        median=float(median),
        ninetieth=float(ninetieth),
        highest=float(values.max()),
        national=national,
        above_national=int((values > national).sum()),
    )
