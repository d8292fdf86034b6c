"""The rows of the tables about disparities, every number as it is written."""

from __future__ import annotations

from dataclasses import dataclass

from layouts.addresses import cite_address
from metrics.definition import Metric
from metrics.measures.group_results import Decomposition, SplitPoint
from metrics.measures.results import GapSeries
from metrics.measures.split_words import spread
from metrics.wording import write_number

# Why a share without sampling noise is not given.
NO_ERRORS = "no margin of error for every area"
ALL_NOISE = "noise alone could make all of it"


@dataclass(frozen=True, slots=True)
class SplitRow:
    """One period of a split; where `corrected` is empty, `not_corrected` says why."""

    period: str
    areas: str
    between: str
    within: str
    corrected: str
    not_corrected: str
    size: str


@dataclass(frozen=True, slots=True)
class PartRow:
    """One region or borough of a split: its share of the weight, its mean, what it adds."""

    code: str
    name: str
    areas: str
    weight: str
    mean: str
    between: str
    within: str
    # Leads to the citation of a borough's figure; empty for what is worked out here.
    cite: str = ""


@dataclass(frozen=True, slots=True)
class EndRow:
    """The gap in one period, with the averages of its two ends."""

    period: str
    areas: str
    plain: str
    interval: str
    corrected: str
    top: str
    other: str


def percent(share: float | None) -> str:
    """A share of 1 in per cent; empty for none."""
    return "" if share is None else f"{write_number(share * 100, 0)}%"


def split_rows(split: Decomposition, metric: Metric) -> tuple[SplitRow, ...]:
    """One row for each period, the newest first."""
    return tuple(
        SplitRow(
            point.period,
            f"{point.areas:,}" + (f" ({point.left_out:,} left out)" if point.left_out else ""),
            percent(point.between_share),
            percent(None if point.between_share is None else 1 - point.between_share),
            percent(point.between_share_corrected),
            _why_not_corrected(point),
            _size(split, metric, point),
        )
        for point in sorted(split.points, key=lambda point: point.start, reverse=True)
    )


def _why_not_corrected(point: SplitPoint) -> str:
    if point.between_share is None:
        return ""
    return NO_ERRORS if point.noise_share is None else ALL_NOISE


def _size(split: Decomposition, metric: Metric, point: SplitPoint) -> str:
    if split.method == "theil_t":
        return write_number(point.total, 4)
    return spread(split, metric, point)


def part_rows(split: Decomposition, metric: Metric, cited: bool = False) -> tuple[PartRow, ...]:
    """One row for each region or borough in the newest period, the highest average first.

    `cited` for parts that are single areas: their average is their published figure.
    """
    if not split.points:
        return ()
    total = split.points[-1].total
    # In points with the UK as 100, where money of the year is set against the national figure.
    points = split.scale != metric.unit.difference and split.method != "theil_t"
    decimals = 1 if points else max(metric.unit.decimals, 1 if not metric.unit.prefix else 0)

    def mean(value: float) -> str:
        words = write_number(value, decimals)
        return words if points else f"{metric.unit.prefix}{words}{metric.unit.suffix}"

    return tuple(
        PartRow(
            part.code,
            part.name,
            f"{part.areas:,}",
            percent(part.weight),
            mean(part.mean),
            percent(part.between / total if total else None),
            percent(part.within / total if total else None),
            _cite(split, part.code) if cited and not points else "",
        )
        for part in sorted(split.parts, key=lambda part: (-part.mean, part.name))
    )


def _cite(split: Decomposition, code: str) -> str:
    return cite_address(split.metric, split.breakdown, code, split.points[-1].start)


def end_rows(gap: GapSeries, metric: Metric) -> tuple[EndRow, ...]:
    """The gap and its two ends over time, the newest period first."""
    places = metric.unit.decimals + 1 if metric.unit.decimals < 2 else metric.unit.decimals

    def write(value: float | None) -> str:
        return "" if value is None else write_number(value, places)

    return tuple(
        EndRow(
            point.period,
            f"{point.areas:,}",
            write(point.plain),
            f"{write(point.plain_lower)} to {write(point.plain_upper)}"
            if point.plain_lower is not None and point.plain_upper is not None
            else "",
            write(point.corrected),
            write(point.top_mean),
            write(point.other_mean),
        )
        for point in sorted(gap.points, key=lambda point: point.start, reverse=True)
    )
