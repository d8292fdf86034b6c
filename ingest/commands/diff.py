"""`python -m ingest diff`: what changed between two vintages, metric by metric."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import inspect

from data.periods import TimePeriod, period_in_words
from data.store import open_store
from data.vintage_reads import read_held_vintages
from ingest.commands.asked import Usage, known_names
from ingest.comparing import Changes
from ingest.differing import FigureChange, SeriesDifference, differences
from ingest.places import Places
from metrics.catalogue import load_catalogue
from metrics.definition import Metric

_NOT_BUILT = "The store has not been built. Build it with: python -m ingest load"


@dataclass
class DiffReport:
    """The differences of each series; `alone` has the days before which nothing was known."""

    metrics: Mapping[str, Metric]
    series: list[SeriesDifference] = field(default_factory=list)
    alone: dict[str, date] = field(default_factory=dict)

    def as_record(self) -> dict[str, Any]:
        """Every change of every series, for a program."""
        return {
            "series": [asdict(one) for one in self.series],
            "nothing_before": {name: str(day) for name, day in self.alone.items()},
        }

    def in_lines(self, most: int) -> list[str]:
        """For a person: counts of each series, and its first `most` changes."""
        lines = []
        for one in self.series:
            lines.append(
                f"{one.metric} {one.breakdown}".strip()
                + f", known on {one.first} and on {one.last}: {_counts(one.counts)}"
            )
            lines.extend(f"  {self._in_words(one, change)}" for change in one.changes[:most])
            if len(one.changes) > most:
                lines.append(f"  and {len(one.changes) - most:,} more")
        lines.extend(f"{name}: no vintage before {day}" for name, day in self.alone.items())
        return lines or ["No vintage of what was asked for is held."]

    def _in_words(self, one: SeriesDifference, change: FigureChange) -> str:
        metric = self.metrics[one.metric]
        place = f"{change.area_name} ({change.area_code})"
        shape = metric.coverage.period if metric.coverage else None
        period = TimePeriod(change.period_start, change.period_end)
        when = period_in_words(period, shape) if shape else f"{period.start} to {period.end}"
        before = _value(change.before, change.status_before, metric)
        after = _value(change.after, change.status_after, metric)
        if change.kind == "added":
            return f"{place}, {when}: added, {after}"
        if change.kind == "withdrawn":
            return f"{place}, {when}: withdrawn, was {before}"
        words = f"{place}, {when}: {before}, now {after}"
        if change.kind == "restatused":
            return f"{words} (status or note)"
        if change.difference is None:
            return words
        size = f"{change.difference:+,.{metric.unit.decimals + 1}f} {metric.unit.difference}"
        if change.standard_errors is not None:
            size += f", {abs(change.standard_errors):.1f} standard errors"
        return f"{words} ({size})"


def _counts(counts: Changes) -> str:
    said = [f"{count:,} {word}" for word, count in asdict(counts).items() if count]
    return ", ".join(said) or "nothing changed"


def _value(value: float | None, status: str, metric: Metric) -> str:
    if value is None:
        return f"no figure ({status})" if status else "no figure"
    written = f"{metric.unit.prefix}{value:,.{metric.unit.decimals}f}{metric.unit.suffix}"
    return f"{written} [{status}]" if status else written


def diff_names(
    places: Places, asked: list[str], first: date | None, last: date | None, refuse: Usage
) -> DiffReport:
    """Compare two vintages of each table asked for.

    Args:
        places: where the definitions are.
        asked: metrics or tables; all that have two vintages when empty.
        first: the day to compare from; by default that of the vintage before the newest one.
        last: the day to compare to; by default that of the newest vintage.
        refuse: called for a name that is not known, for days in the wrong order, or when there
            is no store; does not return.
    """
    metrics = load_catalogue(places.metrics).metrics
    tables = {metric.source.dataset for metric in metrics.values() if metric.source}
    held_metrics = {name for name, metric in metrics.items() if metric.source}
    names = known_names(asked, tables | held_metrics, "metric or table with figures", refuse)
    if first and last and first >= last:
        refuse(f"--from {first} is not before --to {last}")
    wanted: dict[str, set[str] | None] = {}
    for name in names:
        if name in tables:
            wanted[name] = None
        elif source := metrics[name].source:
            of_table = wanted.setdefault(source.dataset, set())
            if of_table is not None:
                of_table.add(name)
    report = DiffReport(metrics)
    engine = open_store()
    with engine.connect() as connection:
        if not inspect(connection).has_table("vintage"):
            refuse(_NOT_BUILT)
        for dataset, of_table in sorted(wanted.items()):
            days = [one.known_on for one in read_held_vintages(connection, dataset)]
            until = last or (days[-1] if days else None)
            earlier = [day for day in days if until and day < until]
            since = first or (earlier[-1] if earlier else None)
            if until is None or since is None:
                if until and asked:
                    report.alone[dataset] = until
                continue
            report.series.extend(differences(connection, dataset, since, until, of_table))
    return report
