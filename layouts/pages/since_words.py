"""What changed since a day, in a sentence and as the rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from data.periods import day_in_words, period_in_words
from data.since_reads import VersionRow
from layouts.addresses import cite_address, metric_address
from layouts.charts.published import Published, shape_of
from layouts.charts.tables import write_in_full
from metrics.area_names import area_label
from metrics.catalogue import Catalogue
from metrics.definition import Metric
from metrics.openings import subject
from metrics.origin import SeriesLabel
from metrics.revisions import Kind, Revision, Revisions
from metrics.wording import write_count, write_list, write_value

# Rows of a table beyond which the rest is counted.
MOST_ROWS = 20
KIND_WORDS = {
    Kind.ADDED: "added",
    Kind.REVISED: "revised",
    Kind.WITHDRAWN: "withdrawn",
    Kind.REMARKED: "mark or note changed",
}


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """One row of the table of changes, as it is written."""

    heading: str
    address: str
    cells: tuple[str, ...]
    # The place of the cell with the figure that stands now, and the address of its citation.
    cited: tuple[int, str] = (-1, "")


@dataclass(frozen=True, slots=True)
class Told:
    """What changed, in words and as a table; `columns` are the headings after the first.

    `fresh` are the measures of an area of which nothing was known on the day: each with how many
    figures there are, and the newest period.
    """

    sentence: str
    caption: str = ""
    first_column: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[ChangedRow, ...] = ()
    more: str = ""
    fresh: tuple[ChangedRow, ...] = ()


def metric_told(
    metric: Metric, series: SeriesLabel, since: date, first: date | None, found: Revisions
) -> Told:
    """The answer for one series; `first` is when the first of its table became known here."""
    day = day_in_words(since)
    if first is None or since < first:
        became = f": the first became known on {day_in_words(first)}" if first else ""
        return Told(f"On {day} no figure of this measure was known here{became}.")
    if not found.changes:
        return Told(f"Nothing has changed in these figures since {day}.")
    own = [change for change in found.changes if change.west_midlands]
    shown = found.changes[:MOST_ROWS]
    return Told(
        sentence=f"Since {day}, {_counted(found.changes)}{_of_which(own)}. "
        f"{_newest(found, metric)}{_largest(found, metric)}",
        caption=f"{subject(metric, series)}, {metric.unit.label}: figures that are not what they "
        f"were on {day}, the West Midlands first",
        first_column="Area",
        columns=("Period", "What changed", f"On {day}", "Now", "Difference"),
        rows=tuple(_metric_row(change, metric) for change in shown),
        more=_more(len(found.changes) - len(shown), "change is", "changes are"),
    )


def _counted(changes: Sequence[Revision]) -> str:
    """`216 figures were added, 12 revised and none withdrawn`."""
    counts = {kind: sum(change.kind is kind for change in changes) for kind in Kind}
    added = write_count(counts[Kind.ADDED], "figure was", "figures were")
    rest = [
        f"{counts[kind]:,} {kind}" if counts[kind] else f"none {kind}"
        for kind in (Kind.REVISED, Kind.WITHDRAWN)
    ]
    if counts[Kind.REMARKED]:
        rest.append(f"{counts[Kind.REMARKED]:,} given another mark or note")
    return write_list([f"{added if counts[Kind.ADDED] else 'no figure was'} added", *rest])


def _of_which(own: Sequence[Revision]) -> str:
    """How many of the changes are for the West Midlands."""
    revised = sum(change.kind is Kind.REVISED for change in own)
    if not own:
        return "; none of it for the West Midlands"
    which = f"{revised:,} of them revisions" if revised else "none of them a revision"
    return f"; {len(own):,} of these changes are for the West Midlands, {which}"


def _newest(found: Revisions, metric: Metric) -> str:
    """The newest period that was added, where it was not held before at all."""
    added = {change.period for change in found.of(Kind.ADDED)}
    others = {change.period for change in found.changes if change.kind is not Kind.ADDED}
    fresh = sorted(added - others)
    if not fresh:
        return ""
    return f"The newest period added is {period_in_words(fresh[-1], shape_of(metric))}. "


def _largest(found: Revisions, metric: Metric) -> str:
    """The largest revision of a value, of the West Midlands where there is one."""
    revised = [change for change in found.of(Kind.REVISED) if change.difference]
    if not revised:
        return ""
    change = revised[0]
    before, after = change.before, change.after
    if before is None or after is None:
        return ""
    where = " in the West Midlands" if change.west_midlands else ""
    return (
        f"The largest revision{where} was to {_label(change.figure)}, "
        f"{period_in_words(change.period, shape_of(metric))}: from "
        f"{write_value(before.value, metric.unit)} to {write_value(after.value, metric.unit)}."
    )


def _label(row: VersionRow) -> str:
    return area_label(row.name, row.type)


def _metric_row(change: Revision, metric: Metric) -> ChangedRow:
    return ChangedRow(
        _label(change.figure),
        f"/areas/{change.figure.code}",
        (
            period_in_words(change.period, shape_of(metric)),
            KIND_WORDS[change.kind],
            _version(change.before, metric),
            _version(change.after, metric),
            _difference(change, metric),
        ),
        (3, _cite(change, metric)),
    )


def _cite(change: Revision, metric: Metric) -> str:
    """Where the figure that stands now is cited; empty where none does."""
    after = change.after
    if after is None or after.value is None:
        return ""
    return cite_address(metric.id, after.breakdown, after.code, change.period.start)


def _version(row: VersionRow | None, metric: Metric) -> str:
    """A version as a table writes it: value and interval, why it is blank, or that it was not."""
    if row is None:
        return "not held"
    if row.value is None:
        period = Revision(Kind.ADDED, None, row).period
        return Published(period, None, None, None, row.status, row.note).why_missing
    words = write_in_full(row.value, metric.unit)
    if row.lower_95 is not None and row.upper_95 is not None:
        lower, upper = (write_in_full(end, metric.unit) for end in (row.lower_95, row.upper_95))
        words += f" ({lower} to {upper})"
    return words


def _difference(change: Revision, metric: Metric) -> str:
    difference = change.difference
    if difference is None:
        return ""
    if difference == 0:
        return "0" if change.kind is Kind.REMARKED else "0 (its interval changed)"
    # Two decimal numbers differ by a number with a tail that neither of them has.
    rounded = round(difference, 6)
    return f"{'+' if rounded > 0 else ''}{write_in_full(rounded, metric.unit)}"


def area_told(
    catalogue: Catalogue, found: Sequence[Revisions], name: str, since: date, new: AbstractSet[str]
) -> Told:
    """The answer for an area; `new` are metrics of which nothing was known here on the day."""
    day = day_in_words(since)
    known = [one for one in found if one.metric_id in catalogue.metrics]
    if not known:
        return Told(f"Nothing has changed in the figures for {name} since {day}.")
    before = [one for one in known if one.metric_id not in new]
    counts = [
        write_count(number, "measure", "measures") + f" {words}"
        for words, number in (
            ("gained figures", sum(bool(one.of(Kind.ADDED)) for one in before)),
            ("had figures revised", sum(bool(one.of(Kind.REVISED)) for one in before)),
            ("had figures withdrawn", sum(bool(one.of(Kind.WITHDRAWN)) for one in before)),
            ("became known here for the first time", len(known) - len(before)),
        )
        if number
    ]
    return Told(
        sentence=f"Since {day}, for {name}: "
        f"{write_list(counts) or 'marks or notes beside figures changed, and no figure'}.",
        caption=f"Measures with figures for {name} that are not what they were on {day}",
        first_column="Measure",
        columns=("Added", "Revised", "Withdrawn", "Newest period added", "Largest revision"),
        # Measures with revisions first.
        rows=tuple(
            _area_row(catalogue, one)
            for one in sorted(before, key=lambda one: (not one.of(Kind.REVISED), one.metric_id))
        ),
        fresh=tuple(
            _fresh_row(catalogue, one)
            for one in sorted(known, key=lambda one: one.metric_id)
            if one.metric_id in new
        ),
    )


def _title(metric: Metric, one: Revisions) -> str:
    title = subject(metric, next((s for s in metric.series if s.breakdown == one.breakdown), None))
    return title[:1].upper() + title[1:]


def _newest_added(metric: Metric, one: Revisions) -> str:
    added = [change.period for change in one.of(Kind.ADDED)]
    return period_in_words(max(added), shape_of(metric)) if added else ""


def _fresh_row(catalogue: Catalogue, one: Revisions) -> ChangedRow:
    """A measure of which nothing was known here on the day."""
    metric = catalogue.metrics[one.metric_id]
    return ChangedRow(
        _title(metric, one),
        metric_address(metric, one.breakdown),
        (f"{len(one.of(Kind.ADDED)):,}", _newest_added(metric, one)),
    )


def _area_row(catalogue: Catalogue, one: Revisions) -> ChangedRow:
    metric = catalogue.metrics[one.metric_id]
    shape = shape_of(metric)
    revised = [change for change in one.of(Kind.REVISED) if change.difference]
    largest = ""
    if revised and revised[0].before and revised[0].after:
        values = [
            write_value(version.value, metric.unit)
            for version in (revised[0].before, revised[0].after)
        ]
        largest = f"{period_in_words(revised[0].period, shape)}: from {values[0]} to {values[1]}"
    return ChangedRow(
        _title(metric, one),
        metric_address(metric, one.breakdown),
        (
            *(f"{len(one.of(kind)):,}" for kind in (Kind.ADDED, Kind.REVISED, Kind.WITHDRAWN)),
            _newest_added(metric, one),
            largest or "none",
        ),
    )


def _more(number: int, one: str, several: str) -> str:
    return f"{write_count(number, one, several)} not listed." if number > 0 else ""
