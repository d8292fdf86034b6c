"""The shapes of what is worked out for groups of areas: derived figures, splits, moving ends.

Stored with `data.measure_writes` and read with `data.reads.read_measures`:

* kind `derived`, a `DerivedGroup`: subject `metric|breakdown|group`, area code that of the
  combined authority that the group is, otherwise empty;
* kind `decomposition`, a `Decomposition`: subject `metric|breakdown`, area code empty for the
  regions of a nation and `E47000007` for the seven boroughs;
* kind `ends`, an `EndMovements`: subject `metric|breakdown`, area code empty for the gap among
  areas, otherwise that of the area whose gap to England it is.

Values are in the metric's unit unless `scale` says otherwise. None for a number means that there
is none; the sentence or reason beside it says why.
"""

from __future__ import annotations

from datetime import date

from metrics.measures.results import Result


class DerivedFigure(Result):
    """A figure worked out for a group in one period; without a value, `reason` says why.

    `published` is the publisher's own figure for the same area and period, where there is one:
    it is the figure, and the derived one is only set beside it.
    """

    start: date
    end: date
    period: str
    short_period: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    reason: str = ""
    published: float | None = None


class DerivedGroup(Result):
    """The figures of one series derived for one governed group of areas.

    `how` says how they are made and is empty where none could be; `refused` then says why for
    the series as a whole. `interval` says what stands behind the 95% intervals, or why there are
    none. `tolerance` is the largest difference from a published figure that the definition
    allows, None where there is nothing to compare with.
    """

    metric: str
    breakdown: str
    group: str
    title: str
    code: str = ""
    members: tuple[str, ...] = ()
    how: str = ""
    refused: str = ""
    interval: str = ""
    figures: tuple[DerivedFigure, ...] = ()
    tolerance: float | None = None

    @property
    def differences(self) -> tuple[float, ...]:
        """Derived less published, for each period that has both."""
        return tuple(
            figure.value - figure.published
            for figure in self.figures
            if figure.value is not None and figure.published is not None
        )

    @property
    def standing_in(self) -> tuple[DerivedFigure, ...]:
        """The derived figures of periods for which nothing is published, oldest first."""
        return tuple(
            figure
            for figure in self.figures
            if figure.value is not None and figure.published is None
        )


class SplitPart(Result):
    """One region, or one borough, of a split: its share of the weight, and what it adds.

    The `between` of all parts add up to the split's, and so do the `within`.
    """

    code: str
    name: str
    areas: int
    weight: float
    mean: float
    between: float
    within: float


class SplitPoint(Result):
    """The disparity of one period and its two parts: between + within = total.

    `between_share` is None where everything is the same. `noise_share` is the share of the total
    that sampling alone would produce, and `between_share_corrected` the share between once that
    noise is taken out of both; None where nothing was sampled or not every area has an interval.
    `left_out` counts areas with a figure but no weight.
    """

    start: date
    end: date
    period: str
    short_period: str
    weights_of: int
    areas: int
    left_out: int = 0
    mean: float
    total: float
    between: float
    within: float
    between_share: float | None
    noise_share: float | None = None
    between_share_corrected: float | None = None


class Decomposition(Result):
    """How far places differ, split into a part between groups of them and a part within.

    `method` is `theil_t` (no unit) or `weighted_variance` (the square of `scale`). `code` is
    empty for regions and the combined authority's for its seven boroughs, each of which is a
    part of its own. `parts` are of the newest period. `refused` has one sentence for each thing
    that cannot be shown, and is all there is where `points` is empty.
    """

    metric: str
    breakdown: str
    code: str = ""
    method: str = ""
    scale: str = ""
    weight: str = ""
    # Which places are in it: "England and Wales".
    scope: str = ""
    points: tuple[SplitPoint, ...] = ()
    parts: tuple[SplitPart, ...] = ()
    refused: tuple[str, ...] = ()
    sentence: str


class EndMovement(Result):
    """What moved between two periods when a gap changed: change = top - other, or the reverse.

    `change` is that of the gap, below zero for one that closed. `top` and `other` are how far
    each end moved, up or down, in `scale`. `clear` is None where no test can be made. A refused
    movement has no numbers, and the sentence says why.
    """

    baseline: str
    earlier: str
    later: str
    change: float | None
    top: float | None
    other: float | None
    change_clear: bool | None = None
    top_clear: bool | None = None
    other_clear: bool | None = None
    sentence: str


class EndMovements(Result):
    """The movement of both ends of a gap since each baseline.

    `top_name` and `other_name` are what the ends are called within a sentence.
    """

    metric: str
    breakdown: str
    code: str = ""
    top_name: str
    other_name: str
    scale: str
    movements: tuple[EndMovement, ...]
