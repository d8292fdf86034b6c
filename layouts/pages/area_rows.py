"""One row of an area's page for each series: figure, changes, comparisons and history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from data.areas import COMBINED_AUTHORITY, ENGLAND, UNITED_KINGDOM, area_type
from data.periods import TimePeriod, period_in_words
from layouts.addresses import cite_address
from layouts.charts.published import NEVER_PUBLISHED, Published, chart_unit, shape_of
from layouts.figures import draw_sparkline
from layouts.figures.description import Sparkline
from layouts.pages.area_reading import AreaReading, SeriesKey
from layouts.pages.standing_in import newest_derived, same_places_cite, same_places_words
from layouts.request import write_query
from metrics.area_names import area_label
from metrics.definition import Metric
from metrics.in_short import beside_in_short, change_in_short, rank_in_short
from metrics.measures.results import AreaFacts, Comparison
from metrics.openings import qualifier, subject, write_measured
from metrics.origin import SeriesLabel
from metrics.wording import write_interval, write_when

# How a baseline is called where the series does not reach back to it.
BASELINES = {"before-pandemic": "Since before the pandemic", "white-paper": "Since early 2022"}


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One series for one area. `why` says why there is no figure, and is empty where there is."""

    title: str
    address: str
    role: str
    why: str
    value: str = ""
    # Leads to the citation of the figure; without one, to that of the same places' figure.
    cite: str = ""
    period: str = ""
    brackets: str = ""
    newer_missing: str = ""
    # Heading, words and the stored sentence of each comparison.
    compared: tuple[tuple[str, str, str], ...] = ()
    spark: Markup | None = None
    history: str = ""
    # Leads to the citation of the first figure of the history, and when that was.
    history_cite: str = ""
    history_from: str = ""
    # How the figure was worked out here; empty for a published one.
    derived: str = ""


def area_row(metric: Metric, series: SeriesLabel | None, reading: AreaReading) -> AreaRow:
    """What is known of one series for the area of the page."""
    title = subject(metric, series)
    title = title[:1].upper() + title[1:]
    breakdown = series.breakdown if series else ""
    address = _address(metric, breakdown, reading.area.code)
    if metric.figures == "not held" or series is None:
        return AreaRow(title, address, metric.framework_role, metric.figures_note)
    facts = reading.facts.get((metric.id, breakdown))
    if facts is None or facts.latest is None or facts.latest.value is None:
        row = AreaRow(title, address, metric.framework_role, _why(metric, facts, reading))
        return _standing_in(row, metric, (metric.id, breakdown), reading)
    latest = facts.latest
    value = write_measured(latest.value or 0.0, metric.unit)
    parts = (
        qualifier(latest.status),
        write_interval(latest.lower, latest.upper, metric.unit),
    )
    spark, history, first = _history(metric, title, reading.figures.get((metric.id, breakdown), {}))
    missing = facts.newest_missing
    return AreaRow(
        title=title,
        address=address,
        role=metric.framework_role,
        why="",
        value=value,
        cite=cite_address(metric.id, breakdown, facts.code, latest.start),
        period=latest.period,
        brackets="; ".join(part for part in parts if part),
        newer_missing=f"No figure for {missing.period}." if missing else "",
        compared=_compared(metric, facts),
        spark=spark,
        history=history,
        history_cite=cite_address(metric.id, breakdown, facts.code, first.start) if first else "",
        history_from=period_in_words(first, shape_of(metric)) if first else "",
    )


def _standing_in(row: AreaRow, metric: Metric, key: SeriesKey, reading: AreaReading) -> AreaRow:
    """A row without a published figure, with what can be told in its place."""
    found = newest_derived(reading.derived, key)
    if found is not None:
        figure, group = found
        return replace(
            row,
            why="",
            value=write_measured(figure.value or 0.0, metric.unit),
            cite=cite_address(*key, reading.area.code, figure.start, derived=True),
            period=figure.period,
            brackets=write_interval(figure.lower, figure.upper, metric.unit),
            newer_missing=row.why,
            derived=group.how,
        )
    other = reading.same_places.get(key)
    told = [row.why, same_places_words(other, metric)]
    refused = reading.derived.get(key)
    if refused is not None and refused.refused:
        told.append(refused.refused)
    why = " ".join(f"{one.rstrip('.')}." for one in told if one)
    return replace(row, why=why, cite=same_places_cite(other))


def _compared(metric: Metric, facts: AreaFacts) -> tuple[tuple[str, str, str], ...]:
    """The comparisons in short: with England, the region, the authority, and the baselines.

    The UK is left out beside England, which the metric's own page gives. A total is not set
    beside the total of a larger area, of which it is a part.
    """
    named = {gap.to for gap in facts.gaps}
    gaps = [
        (f"Beside {gap.label}", _beside(gap, metric), gap.sentence)
        for gap in (() if metric.aggregation.rule == "sum" else facts.gaps)
        if not (ENGLAND in named and gap.to in (UNITED_KINGDOM, "K99000002"))
    ]
    changes = [
        (f"Since {one.label}" if one.label else BASELINES[one.to], words, one.sentence)
        for one in facts.changes
        for words in (change_in_short(one, metric),)
    ]
    places = [
        ("Place among all areas", rank_in_short(rank), rank.sentence)
        for rank in (facts.rank,)
        if rank is not None
    ]
    if metric.not_ranked:
        places = [("Place among all areas", "not given", metric.not_ranked)]
    return (*gaps, *changes, *places)


def _beside(gap: Comparison, metric: Metric) -> str:
    """A gap in short, with what it means in people where that is known."""
    words = beside_in_short(gap, metric.unit)
    return f"{words} (about {abs(gap.people):,} people)" if gap.people else words


def _address(metric: Metric, breakdown: str, code: str) -> str:
    """The metric's page for this area; the combined authority is shown there anyway."""
    first = metric.series[0].breakdown if metric.series else ""
    held = metric.coverage is not None and area_type(code) in metric.coverage.area_types
    query = write_query(
        {
            "areas": code if held and code != COMBINED_AUTHORITY else "",
            "breakdown": breakdown if breakdown != first else "",
        }
    )
    return f"/metrics/{metric.id}?{query}" if query else f"/metrics/{metric.id}"


def _why(metric: Metric, facts: AreaFacts | None, reading: AreaReading) -> str:
    """Why a measure with figures has none for this area."""
    missing = facts.newest_missing if facts else None
    if missing is not None and missing.status and missing.status != "x":
        held = Published(
            TimePeriod(missing.start, missing.end), None, None, None, missing.status, missing.note
        )
        return f"For {missing.period}: {held.why_missing}."
    kind = reading.area.type
    if metric.coverage is not None and kind not in metric.coverage.area_types:
        return f"Not published for {_plural(kind)}."
    return f"{NEVER_PUBLISHED[:1].upper()}{NEVER_PUBLISHED[1:]}."


def _plural(kind: str) -> str:
    """`counties`, `combined authorities`, `Welsh authorities`, `metropolitan districts`."""
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"


def _history(
    metric: Metric, title: str, figures: Mapping[TimePeriod, Published]
) -> tuple[Markup | None, str, TimePeriod | None]:
    """A line the size of a word, the same in words, and its first period.

    Nothing with fewer than two values.
    """
    periods = sorted(figures)
    held = [period for period in periods if figures[period].value is not None]
    if len(held) < 2:
        return None, "", None
    shape = shape_of(metric)
    first, last = held[0], held[-1]
    drawn = draw_sparkline(
        Sparkline(
            title=f"{title} over time",
            unit=chart_unit(metric.unit),
            values=tuple(figures[period].value for period in periods),
            dates=tuple(period.midpoint for period in periods),
            first_label=period_in_words(first, shape),
            last_label=period_in_words(last, shape),
        )
    )
    words = f"From {_value(metric, figures[first])} {write_when(period_in_words(first, shape))}"
    # The renderer escapes every text that it writes.
    return Markup(drawn), f"{words} to {_value(metric, figures[last])}.", first  # noqa: S704


def _value(metric: Metric, figure: Published) -> str:
    return chart_unit(metric.unit).write(figure.value)


def label_of(reading: AreaReading) -> str:
    """The heading of the page."""
    return area_label(reading.area.name, reading.area.type)
