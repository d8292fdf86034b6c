"""The shapes of what the measures say. All are plain values that can be stored as JSON.

Values and differences are in the metric's unit; a difference is always "this minus that".
`None` for a number means that there is none, and the sentence beside it says why.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Result(BaseModel):
    """A frozen value that writes and reads itself as JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Verdict(StrEnum):
    """The judgement on a clause, never stronger than its evidence."""

    MET = "Met"
    MET_WITHIN_MARGIN = "Met, within the margin of error"
    ON_COURSE = "On course"
    TOO_SLOWLY = "Improving too slowly"
    NO_CLEAR_CHANGE = "No clear change"
    MOVING_AWAY = "Moving away"
    MISSED = "Missed"
    CANNOT_BE_SHOWN = "Cannot be shown"
    NO_DATA = "No data"
    NOT_MEASURABLE = "Not measurable as worded"


class Cause(StrEnum):
    """Why a verdict cannot be shown."""

    NONE = ""
    INTERVAL = "margin of error"
    PACE = "improving, but perhaps too slowly"
    BASELINE = "depends on the baseline"
    NO_BASELINE = "no baseline"
    NOMINAL = "nominal"
    FEW_POINTS = "too few points"
    TIES = "ties"
    NO_INTERVAL = "no margin of error published"
    BREAK = "break in the series"
    DATE = "no figure at the date"
    METHODS_DISAGREE = "noise"
    NO_RATIO = "nothing to divide by"


class Direction(StrEnum):
    """The outcome of comparing two figures, before polarity is applied."""

    HIGHER = "higher"
    LOWER = "lower"
    SAME = "same"
    NOT_CLEAR = "not clear"
    CANNOT_TEST = "cannot be tested"


class Quality(StrEnum):
    """A direction read through the declared polarity; empty where none is declared."""

    BETTER = "better"
    WORSE = "worse"
    NONE = ""


class Figure(Result):
    """One published figure. `period` is in words; `value` is None where none was published."""

    start: date
    end: date
    period: str
    short_period: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    status: str = ""
    note: str = ""


class Comparison(Result):
    """One figure against another: over time, or one area beside another."""

    # `before-pandemic`, `white-paper`, or the GSS code of the area compared with.
    to: str
    # What it is compared with in words: "2017 to 2019", "England".
    label: str
    other: Figure | None
    difference: float | None
    lower: float | None = None
    upper: float | None = None
    direction: Direction
    quality: Quality
    sentence: str
    # The other figure on the basis of this one, where a change of method lies between the two.
    linked: float | None = None
    # What the other figure would mean in people of this area, more or (below zero) fewer; to two
    # figures, and only where the people of the year are held.
    people: int | None = None


class TrendFacts(Result):
    """The slope of an area's comparable figures, in the metric's unit a year.

    `lower` and `upper` are None where there are too few points for a claim.
    """

    slope: float
    lower: float | None
    upper: float | None
    method: str
    points: int
    independent: int
    # By what figures before a change of method were linked; empty where none were.
    linked: str = ""


class RankFacts(Result):
    """The place of an area among all of its tier, and how sure it is; 1 is best or highest."""

    rank: int
    lowest: int
    highest: int
    areas: int
    not_separable: int
    sentence: str


class AreaFacts(Result):
    """What is known of one area in one series."""

    metric: str
    breakdown: str
    code: str
    latest: Figure | None
    # Set when the newest period of the series has no figure for this area.
    newest_missing: Figure | None = None
    changes: tuple[Comparison, ...] = ()
    gaps: tuple[Comparison, ...] = ()
    trend: TrendFacts | None = None
    rank: RankFacts | None = None


class BaselineOutcome(Result):
    """What a clause's test gives from one baseline."""

    baseline: str
    label: str
    verdict: Verdict
    cause: Cause = Cause.NONE
    sentence: str


class MethodOutcome(Result):
    """What one method says of a series; `agrees` with the product's own is None where it says
    nothing."""

    method: str
    outcome: str
    agrees: bool | None
    note: str = ""


class Reading(Result):
    """One clause judged by one series, for the nation (code empty) or for one area."""

    clause: str
    metric: str
    breakdown: str
    code: str = ""
    verdict: Verdict
    cause: Cause = Cause.NONE
    sentence: str
    baselines: tuple[BaselineOutcome, ...] = ()
    # Numbers that the sentence rests on, by a name that explains itself.
    numbers: dict[str, float | None] = {}
    names: dict[str, tuple[str, ...]] = {}
    methods: tuple[MethodOutcome, ...] = ()

    @property
    def words(self) -> str:
        """The verdict as it is shown: with its cause where it has one."""
        return verdict_words(self.verdict, self.cause)


class GapPoint(Result):
    """The gap among areas in one period, plain and with sampling noise taken out."""

    start: date
    end: date
    period: str
    short_period: str
    areas: int
    group_size: int
    plain: float | None
    plain_lower: float | None = None
    plain_upper: float | None = None
    corrected: float | None = None
    top_mean: float | None = None
    other_mean: float | None = None


class GapSeries(Result):
    """A gap over time for one series. `kind` is `extremes` or `top_and_rest`."""

    metric: str
    breakdown: str
    kind: str
    scope: str
    points: tuple[GapPoint, ...]
    sentence: str


class ClauseSummary(Result):
    """A clause and its readings together, as the board shows it."""

    clause: str
    code: str = ""
    verdict: Verdict | None
    cause: Cause = Cause.NONE
    sentence: str
    readings: tuple[Reading, ...]

    @property
    def words(self) -> str:
        """The verdict as it is shown; "See each metric" where the readings differ."""
        return (
            "See each metric" if self.verdict is None else verdict_words(self.verdict, self.cause)
        )


def verdict_words(verdict: Verdict, cause: Cause) -> str:
    """A verdict with its cause, where it has one."""
    return f"{verdict.value}: {cause.value}" if cause else verdict.value


class AreaFigure(Result):
    """A figure together with the area it is for."""

    code: str
    name: str
    figure: Figure | None


class HistoryPoint(Result):
    """One value in the history of one area; None is a gap.

    `start` is the first day of its period, `at` the middle.
    """

    start: date
    at: date
    period: str
    short_period: str
    value: float | None


class SeriesOverview(Result):
    """What the board needs of one series: the newest period among all areas, and two histories.

    `tier` names the areas behind `background`; `named` holds the seven boroughs, the combined
    authority, the region, England and the UK as far as the source gives a figure or says why
    not, all for the newest period; `histories` holds the combined authority's (or, where it has
    none, no) and England's values over all periods.
    """

    metric: str
    breakdown: str
    period: str
    short_period: str
    tier: str
    background: tuple[float, ...]
    named: tuple[AreaFigure, ...]
    histories: dict[str, tuple[HistoryPoint, ...]]


class BandPoint(Result):
    """How all areas of a tier spread in one period, in the metric's unit."""

    start: date
    end: date
    areas: int
    tenth: float
    quarter: float
    median: float
    three_quarters: float
    nine_tenths: float


class Bands(Result):
    """The spread of all areas over time; `tier` is one of the scopes of `metrics.measures.scope`.

    Periods with too few areas are left out.
    """

    metric: str
    breakdown: str
    tier: str
    points: tuple[BandPoint, ...]
