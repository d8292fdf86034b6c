"""Figures of groups that are worked out here, on a metric's page: badged, or refused by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from data.areas import COMBINED_AUTHORITY
from data.series_reads import read_measures_beginning
from layouts.addresses import cite_address
from layouts.page import Region
from layouts.pages.take_away import Files
from layouts.templating import render
from metrics.definition import Metric
from metrics.measures.group_results import DerivedFigure, DerivedGroup
from metrics.wording import write_difference, write_interval, write_value, write_when

# The groups whose refusal is told even where nothing can be derived for anybody.
ALWAYS_TOLD = ("wmca-non-constituent",)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group in the table: its derived figure, or why it has none."""

    title: str
    code: str
    value: str
    interval: str
    period: str
    reason: str
    # Leads to the citation of the figure.
    cite: str = ""


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One period of the combined authority."""

    period: str
    value: str
    interval: str
    cite: str


def read_derived(store: Connection, metric_id: str, breakdown: str) -> list[DerivedGroup]:
    """What is derived of a series for every group, the combined authority first."""
    stored = read_measures_beginning(store, "derived", f"{metric_id}|{breakdown}|")
    found = [DerivedGroup.model_validate_json(text) for text in stored]
    return sorted(found, key=lambda one: (one.code != COMBINED_AUTHORITY, not one.code, one.title))


def groups_of_metric(
    store: Connection, metric: Metric, breakdown: str, files: Files
) -> list[Region]:
    """The groups of a series that have something to say; nothing where none has."""
    found = read_derived(store, metric.id, breakdown)
    own = next((one for one in found if one.code == COMBINED_AUTHORITY), None)
    if own is None:
        return []
    told = [row for one in found if one is not own and (row := _row(one, metric)) is not None]
    return [
        Region(
            "metric-groups",
            render(
                "metric_groups.html",
                metric=metric,
                own=own,
                newest=_newest_words(own, metric),
                periods=[_period_row(own, one, metric) for one in reversed(own.standing_in)],
                beside=beside_published(own, metric),
                rows=[row for row in told if row.value],
                refused=[row for row in told if not row.value],
                files=files,
            ),
        )
    ]


def _newest_words(own: DerivedGroup, metric: Metric) -> str:
    if not own.standing_in:
        return ""
    newest = own.standing_in[-1]
    return f"{write_value(newest.value, metric.unit)} {write_when(newest.period)}"


def _row(one: DerivedGroup, metric: Metric) -> GroupRow | None:
    """The newest figure that is derived for a group, or why none is; None for one published."""
    if one.standing_in:
        newest = one.standing_in[-1]
        return GroupRow(
            one.title,
            one.code,
            write_value(newest.value, metric.unit),
            write_interval(newest.lower, newest.upper, metric.unit),
            newest.period,
            reason="",
            cite=_cite(one, newest),
        )
    if any(figure.published is not None for figure in one.figures[-1:]) or not one.refused:
        return None
    return GroupRow(one.title, one.code, "", "", "", reason=one.refused)


def _period_row(group: DerivedGroup, figure: DerivedFigure, metric: Metric) -> PeriodRow:
    return PeriodRow(
        figure.period,
        write_value(figure.value, metric.unit),
        write_interval(figure.lower, figure.upper, metric.unit),
        _cite(group, figure),
    )


def _cite(group: DerivedGroup, figure: DerivedFigure) -> str:
    return cite_address(
        group.metric, group.breakdown, group.code or group.group, figure.start, derived=True
    )


def beside_published(own: DerivedGroup, metric: Metric) -> str:
    """How far derived figures lie from the published ones of the same area; empty without any."""
    if not own.differences:
        return ""
    unit = metric.unit.model_copy(update={"decimals": min(3, metric.unit.decimals + 1)})
    largest = max(abs(size) for size in own.differences)
    count = len(own.differences)
    words = (
        f"As a check, the rule was applied to the {count} periods that have a published figure of "
        "the combined authority"
        if count > 1
        else "As a check, the rule was applied to the one period that has weights and a published "
        "figure of the combined authority"
    )
    words += f": the two lie at most {write_difference(largest, unit)} apart"
    if own.tolerance is not None:
        words += f" ({write_difference(own.tolerance, unit)} are allowed)"
    return f"{words}. The published figure is the one that is shown."


def derived_by_series(groups: Sequence[DerivedGroup]) -> dict[tuple[str, str], DerivedGroup]:
    """The groups of one area by metric and breakdown."""
    return {(one.metric, one.breakdown): one for one in groups}
