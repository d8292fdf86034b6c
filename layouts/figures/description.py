"""What a chart shows, apart from how it is drawn. Both renderers read these and nothing else.

Values are in the unit of the metric. A missing value is None and stays a gap; its `note` says
why it is missing. Dates are the midpoints of periods, and `period` is the period in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

# How prominent a mark is. `focus` marks carry a colour of their own, `comparator` marks a fixed
# neutral style (England, the region), `background` marks are light grey and carry no label.
Prominence = Literal["focus", "comparator", "background"]


@dataclass(frozen=True, slots=True)
class Unit:
    """How values are written on axes and labels."""

    label: str
    prefix: str = ""
    suffix: str = ""
    decimals: int = 0

    def write(self, value: float | None) -> str:
        """The value with its unit, or an en dash for none: `£21.40`, `62%`, `–`."""
        if value is None:
            return "–"
        sign = "−" if round(value, self.decimals) < 0 else ""
        return f"{sign}{self.prefix}{abs(value):,.{self.decimals}f}{self.suffix}"


@dataclass(frozen=True, slots=True)
class LinePoint:
    """One value of one area in one period."""

    at: date
    period: str
    short_period: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """The series of one area. Neighbouring points with values are joined, unless a gap or a
    break lies between them: a point with value None is a gap."""

    code: str
    name: str
    prominence: Prominence
    points: tuple[LinePoint, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A level to be reached by a date."""

    value: float
    by: date | None
    label: str


@dataclass(frozen=True, slots=True)
class BreakMark:
    """A change of method: lines are cut here."""

    at: date
    label: str


@dataclass(frozen=True, slots=True)
class Band:
    """How areas spread behind the lines: `lower` and `upper` of each point are the edges.

    `words` says which areas lie within: `the middle half of 361 authorities`.
    """

    words: str
    points: tuple[LinePoint, ...]


@dataclass(frozen=True, slots=True)
class LineChart:
    """Values over time with interval ribbons, gaps, breaks and a target.

    `zero_based` asks for an axis that includes zero. `title` says what is drawn; `summary` is
    the sentence for those who cannot see it.
    """

    id: str
    title: str
    summary: str
    unit: Unit
    lines: tuple[Line, ...]
    breaks: tuple[BreakMark, ...] = ()
    target: Target | None = None
    zero_based: bool = False
    source: str = ""
    # The widest first.
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class StripRow:
    """One area in a ranked strip; `value` None puts it in the list of areas without a figure."""

    code: str
    name: str
    prominence: Prominence
    value: float | None
    lower: float | None = None
    upper: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class SlopeEnd:
    """The value of an area at one of two dates; None where it has none."""

    value: float | None
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True, slots=True)
class SlopeRow:
    """One area at two dates. A row with one value is a dot, with none it is not drawn."""

    code: str
    name: str
    prominence: Prominence
    before: SlopeEnd
    after: SlopeEnd


@dataclass(frozen=True, slots=True)
class SlopeChart:
    """Areas between two dates. `apart` says why the two are not to be compared: the values are
    drawn then but not joined; it is empty where they are."""

    id: str
    title: str
    summary: str
    unit: Unit
    before: str
    after: str
    rows: tuple[SlopeRow, ...]
    apart: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A value that areas are read against: England, the region, the combined authority."""

    code: str
    name: str
    value: float


@dataclass(frozen=True, slots=True)
class RankedStrip:
    """Areas as dots with 95% intervals, one row each, ordered by value (highest first).

    Without `by_value` they stay in the order given, which then says nothing of places.
    """

    id: str
    title: str
    summary: str
    unit: Unit
    rows: tuple[StripRow, ...]
    references: tuple[Reference, ...] = ()
    period: str = ""
    source: str = ""
    by_value: bool = True


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """One place: how the small areas within it spread, and how many there are."""

    code: str
    name: str
    lowest: float
    tenth: float
    median: float
    ninetieth: float
    highest: float
    count: int


@dataclass(frozen=True, slots=True)
class SpreadChart:
    """Places with the spread of the small areas within each, one row each, by their median."""

    id: str
    title: str
    summary: str
    unit: Unit
    rows: tuple[SpreadRow, ...]
    references: tuple[Reference, ...] = ()
    period: str = ""


@dataclass(frozen=True, slots=True)
class SplitColumn:
    """One period: the share of a disparity that lies between groups, in per cent; the rest lies
    within them. `corrected` is the share once sampling noise is taken out, None where it is not.
    """

    at: date
    period: str
    short_period: str
    between: float
    corrected: float | None = None


@dataclass(frozen=True, slots=True)
class SplitChart:
    """A disparity over time as columns of 100%: the part between groups, and the part within."""

    id: str
    title: str
    summary: str
    between: str
    within: str
    columns: tuple[SplitColumn, ...]
    breaks: tuple[BreakMark, ...] = ()


@dataclass(frozen=True, slots=True)
class OverviewStrip:
    """One horizontal scale: every authority a faint tick, the boroughs as labelled dots."""

    id: str
    title: str
    summary: str
    unit: Unit
    background: tuple[float, ...]
    rows: tuple[StripRow, ...]
    references: tuple[Reference, ...] = ()
    # Which end is better, for the words under the scale; empty when neither is.
    better: Literal["higher", "lower", ""] = ""


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A word-sized line, in the order of time; None is a gap."""

    title: str
    unit: Unit
    values: tuple[float | None, ...]
    dates: tuple[date, ...]
    comparator: tuple[float | None, ...] = ()
    # The first and the latest period in words; both or neither.
    first_label: str = ""
    last_label: str = ""


@dataclass(frozen=True, slots=True)
class MapArea:
    """One area of a map; None is drawn hatched, with the note in its tooltip."""

    code: str
    name: str
    value: float | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class MapChart:
    """Areas shaded in classes. `level` names the boundary file that the renderer is given."""

    id: str
    title: str
    summary: str
    unit: Unit
    level: Literal["lower_tier", "upper_tier", "region"]
    areas: tuple[MapArea, ...]
    outlined: tuple[str, ...] = ()
    better: Literal["higher", "lower", ""] = ""
    period: str = ""
    source: str = ""
