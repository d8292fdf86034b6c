"""The rows of a workstream's tables: authorities, series, what has moved, what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from data.areas import COMBINED_AUTHORITY, CONSTITUENT, ENGLAND
from data.series_reads import Group
from layouts.addresses import cite_address, metric_address, workstream_address
from layouts.charts.published import NEVER_PUBLISHED
from layouts.pages.held import Held
from layouts.pages.standing import beside_england
from layouts.pages.workstream_reading import (
    BASELINES,
    Moved,
    WorkstreamSeries,
    beside_in_counts,
    moved,
    why_without,
)
from layouts.request import write_query
from metrics.definition import Metric
from metrics.in_short import beside_in_short, change_in_short
from metrics.measures.results import AreaFacts, Comparison
from metrics.mission import Workstream
from metrics.openings import qualifier
from metrics.wording import write_interval, write_list, write_value

NO_BASELINE = "no earlier figure"


@dataclass(frozen=True, slots=True)
class AuthorityRow:
    """One authority in one series. `value` is empty where there is none; `note` then says why."""

    name: str
    address: str
    value: str
    note: str
    # Leads to the citation of the figure.
    cite: str = ""
    beside: str = ""
    # Words for each baseline, in the order of `BASELINES`, with what they are since.
    changes: tuple[tuple[str, str], ...] = ()


def area_rows(
    one: WorkstreamSeries, members: Iterable[tuple[str, str]], names: Mapping[str, str]
) -> tuple[AuthorityRow, ...]:
    """The authorities of a group in one series: value, comparison and changes as stored."""
    return tuple(_area_row(one, code, names.get(code, name)) for code, name in members)


def _area_row(one: WorkstreamSeries, code: str, name: str) -> AuthorityRow:
    metric, facts = one.metric, one.facts.get(code)
    address = f"/areas/{code}"
    if facts is None or facts.latest is None or facts.latest.value is None:
        missing = facts.newest_missing if facts else None
        why = missing.note if missing and missing.note else ""
        if code == COMBINED_AUTHORITY and not why:
            why = "not published for the combined authority"
        return AuthorityRow(name, address, "", why or why_without(metric) or NEVER_PUBLISHED)
    latest = facts.latest
    notes = [
        write_interval(latest.lower, latest.upper, metric.unit),
        qualifier(latest.status),
        f"in {latest.period}" if facts.newest_missing else "",
    ]
    return AuthorityRow(
        name,
        address,
        write_value(latest.value, metric.unit),
        "; ".join(note for note in notes if note),
        cite_address(metric.id, one.label.breakdown, facts.code, latest.start),
        "" if code == ENGLAND else _beside(one, facts),
        tuple(_change(facts, baseline, metric) for baseline in BASELINES),
    )


def _beside(one: WorkstreamSeries, facts: AreaFacts) -> str:
    if one.is_total:
        return "a total: not compared"
    gap = beside_england(facts)
    return beside_in_short(gap, one.metric.unit) if gap else "not compared"


def _change(facts: AreaFacts, baseline: str, metric: Metric) -> tuple[str, str]:
    change: Comparison | None = next((c for c in facts.changes if c.to == baseline), None)
    if change is None or not change.label:
        return NO_BASELINE, ""
    return change_in_short(change, metric), f"since {change.label}"


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One series among all of a workstream; `groups` has words for each group of authorities."""

    title: str
    address: str
    draw: str
    here: bool
    mission: int
    role: str
    period: str
    # Said where the figures do not say it themselves, as 62% and £18,900 do.
    unit: str
    # Figures in words, each with the address of its citation.
    combined: tuple[str, str]
    england: tuple[str, str]
    groups: tuple[str, ...]


def all_series(
    workstream: Workstream,
    series: Sequence[WorkstreamSeries],
    groups: Sequence[Group],
    held: Held,
    chosen: WorkstreamSeries | None,
) -> list[SeriesRow]:
    """Every series in one row each, with a link that draws it where authorities have figures."""
    rows = []
    for one in series:
        metric = one.metric
        overview = held.overviews.get((metric.id, one.label.breakdown))
        codes = [[code for code, _ in group.members] for group in groups]
        drawn = any(one.held(several) for several in codes)
        query = write_query({"metric": one.key})
        rows.append(
            SeriesRow(
                one.title,
                metric_address(metric, one.label.breakdown),
                f"{workstream_address(workstream)}?{query}" if drawn else "",
                one is chosen,
                metric.mission,
                metric.framework_role,
                overview.period if overview else "",
                "" if metric.unit.prefix or metric.unit.suffix else metric.unit.label,
                _value(one, COMBINED_AUTHORITY),
                _value(one, ENGLAND),
                tuple(beside_in_counts(one, several) for several in codes),
            )
        )
    return rows


def _value(one: WorkstreamSeries, code: str) -> tuple[str, str]:
    facts = one.facts.get(code)
    if facts is None or facts.latest is None or facts.latest.value is None:
        return "not published", ""
    words = write_value(facts.latest.value, one.metric.unit)
    return words, cite_address(one.metric.id, one.label.breakdown, facts.code, facts.latest.start)


@dataclass(frozen=True, slots=True)
class MovedRow:
    """One series with what has clearly moved since each baseline; None where nothing is tested."""

    title: str
    address: str
    since: tuple[Moved | None, ...]


def moved_rows(
    series: Sequence[WorkstreamSeries], names: Mapping[str, str]
) -> tuple[list[MovedRow], int]:
    """The series in which some authority has clearly moved since one of the baselines.

    With it how many changes of all series were tested by a margin of error.
    """
    rows, by_error = [], 0
    for one in series:
        since = tuple(moved(one, baseline, names) for baseline in BASELINES)
        by_error += sum(each.by_error for each in since if each)
        if any(each and each.directions for each in since):
            address = metric_address(one.metric, one.label.breakdown)
            rows.append(MovedRow(one.title, address, since))
    return rows, by_error


@dataclass(frozen=True, slots=True)
class Lacking:
    """One metric of which something is not known, and why."""

    title: str
    address: str
    why: str


def without_evidence(
    metrics: Sequence[Metric], series: Sequence[WorkstreamSeries], groups: Sequence[Group]
) -> list[Lacking]:
    """What is not held, is not published for single boroughs, or lacks some authority."""
    found = [
        Lacking(metric.title, metric_address(metric), metric.figures_note)
        for metric in metrics
        if metric.figures == "not held"
    ]
    names = dict(place for group in groups for place in group.members)
    told = set()
    for one in series:
        metric = one.metric
        boroughs = why_without(metric)
        if boroughs:
            if metric.id not in told:
                found.append(Lacking(metric.title, metric_address(metric), boroughs))
            told.add(metric.id)
            continue
        lacking = [name for code, name in names.items() if not one.held([code])]
        if not lacking:
            continue
        seven = [names[code] for code in CONSTITUENT if code in names and not one.held([code])]
        which = f"No figure for {write_list(lacking)}."
        if len(lacking) == len(names):
            which = "No figure for any of the authorities."
        elif not seven:
            which = f"Every borough has a figure; none for {write_list(lacking)}."
        found.append(Lacking(one.title, metric_address(metric, one.label.breakdown), which))
    return found
