"""What a metric's page says beside its pictures: comparisons, clauses, and how we know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from data.periods import day_in_words, period_in_words, read_period
from data.reads import DatasetFacts
from layouts.addresses import metric_address, workstream_address
from metrics.catalogue import Catalogue
from metrics.definition import Evidence, Metric, Polarity
from metrics.denominators import HELD
from metrics.devolution import POPULATION
from metrics.measures.results import AreaFacts, ClauseSummary, GapSeries, Verdict
from metrics.mission import Clause
from metrics.wording import write_number, write_value

POLARITY_WORDS = {
    Polarity.HIGHER: "A higher figure is better.",
    Polarity.LOWER: "A lower figure is better.",
    Polarity.NONE: "Neither direction is better in itself, so figures are called higher or lower.",
}
EVIDENCE_WORDS = {
    Evidence.INTERVALS: "The publisher gives a 95% interval with each figure. A difference is "
    "claimed only where it is larger than chance would explain.",
    Evidence.COUNTS: "Worked out here from the counts behind the figures. A difference is claimed "
    "only where it is larger than chance would explain.",
    Evidence.FULL_ENUMERATION: "A complete count, not a sample: figures that differ by more than "
    "the publisher's rounding do differ.",
    Evidence.RATES_WITHOUT_COUNTS: "Rates of events whose counts are not held here, so a "
    "difference cannot be told from chance.",
    Evidence.SAMPLE_WITHOUT_INTERVALS: "From a sample, published without a margin of error, so a "
    "difference cannot be told from chance.",
    Evidence.MODEL_WITHOUT_INTERVALS: "Modelled, and published without a margin of error, so a "
    "difference cannot be told from chance.",
}
AGGREGATION_WORDS = {
    "sum": "A figure for a group may be the sum of its members. It is then marked as derived.",
    "recompute": "A figure for a group may be computed again from its members' counts, where they "
    "are held. It is then marked as derived.",
    "weighted_mean": "A figure for a group may be its members' average, weighted by {weight} of "
    "the same year. It is then marked as derived.",
    "published_only": "Only the publisher's own figure stands for a group of areas.",
}
PUBLICATION_WORDS = {
    "continuing": "Still published.",
    "suspended": "Updates are suspended: the publisher has stopped for now and means to go on.",
    "frozen": "Published, but the series is no longer brought up to date.",
    "discontinued": "No longer published.",
}
NOT_PROVED = "Not proved against the live service"
NEVER_ASKED = "Read from recorded publisher files; not yet verified against the live service."


@dataclass(frozen=True, slots=True)
class Statement:
    """One comparison in words, with what it is compared with."""

    label: str
    sentence: str
    quality: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One area with its changes over time and its distance from larger areas."""

    name: str
    code: str
    changes: tuple[Statement, ...]
    gaps: tuple[Statement, ...]
    rank: str
    none_because: str


def last_asked(held: DatasetFacts) -> str:
    """When the publisher's live address last gave what is held; or that it never has."""
    if held.asked_at is None:
        return NEVER_ASKED
    return f"Its live address last gave this edition on {day_in_words(held.asked_at.date())}."


def compared(facts: AreaFacts | None, name: str, code: str, not_ranked: str = "") -> Compared:
    """What the stored comparisons say of one area; or why it has no place among the others."""
    if facts is None:
        return Compared(name, code, (), (), "", "Nothing is published for this area.")
    if facts.latest is None:
        return Compared(name, code, (), (), "", "No figure is held for this area.")
    return Compared(
        name,
        code,
        tuple(Statement(one.label, one.sentence, one.quality.value) for one in facts.changes),
        tuple(Statement(one.label, one.sentence, one.quality.value) for one in facts.gaps),
        facts.rank.sentence if facts.rank else not_ranked and f"No place is given. {not_ranked}",
        "",
    )


@dataclass(frozen=True, slots=True)
class GapRow:
    """The gap among areas in one period, as the table writes it."""

    period: str
    areas: str
    plain: str
    interval: str
    corrected: str


def gap_rows(gap: GapSeries, metric: Metric) -> tuple[GapRow, ...]:
    """The gap over time, the newest period first."""
    places = metric.unit.decimals + 1 if metric.unit.decimals < 2 else metric.unit.decimals

    def write(value: float | None) -> str:
        return "" if value is None else write_number(value, places)

    return tuple(
        GapRow(
            point.period,
            write_number(point.areas, 0),
            write(point.plain),
            f"{write(point.plain_lower)} to {write(point.plain_upper)}"
            if point.plain_lower is not None and point.plain_upper is not None
            else "",
            write(point.corrected),
        )
        for point in sorted(gap.points, key=lambda point: point.start, reverse=True)
    )


GAP_KINDS = {
    "extremes": "the average of the highest tenth of areas less the average of the lowest tenth",
    "top_and_rest": "the average of the best tenth of areas less the average of all the others",
}


@dataclass(frozen=True, slots=True)
class Serving:
    """One clause that the metric serves, judged by it."""

    clause: Clause
    mission_slug: str
    verdict: Verdict | None
    words: str
    sentence: str


def clauses_served(
    metric: Metric, breakdown: str, catalogue: Catalogue, summaries: Mapping[str, ClauseSummary]
) -> tuple[Serving, ...]:
    """The clauses that the metric serves, each with what this metric says of it.

    A clause that has not been judged has no verdict, which the page says.
    """
    made = []
    for clause_id in metric.serves:
        clause = catalogue.clauses[clause_id]
        summary = summaries.get(clause_id)
        readings = [
            reading
            for reading in (summary.readings if summary else ())
            if reading.metric == metric.id and reading.breakdown == breakdown
        ]
        sentence = readings[0].sentence if readings else (summary.sentence if summary else "")
        verdict = readings[0].verdict if readings else (summary.verdict if summary else None)
        words = readings[0].words if readings else (verdict.value if verdict else "")
        made.append(
            Serving(
                clause,
                catalogue.missions[clause.mission].slug,
                verdict,
                words or "Not judged yet",
                sentence or clause.reading,
            )
        )
    return tuple(made)


def _next_edition(held: DatasetFacts) -> tuple[str, ...]:
    if held.expected_by is None:
        return (f"No newer figures are expected: {held.cadence}.",) if held.cadence else ()
    return (f"Next edition by {day_in_words(held.expected_by)}, as its rhythm has it.",)


def how_we_know(
    metric: Metric,
    catalogue: Catalogue,
    datasets: Mapping[str, DatasetFacts],
    names: Mapping[str, str],
) -> tuple[tuple[str, tuple[str, ...], str], ...]:
    """Headings with their lines and, where there is one, an address for the last line.

    Args:
        metric: the declaration.
        catalogue: for the names of workstreams.
        datasets: what is held, by dataset.
        names: areas within a sentence, by code.
    """
    rows: list[tuple[str, tuple[str, ...], str]] = [
        ("What it is", (metric.description,), ""),
        ("Unit", (metric.unit.label,), ""),
    ]
    held = datasets.get(metric.source.dataset) if metric.source else None
    if metric.source is not None:
        rows.append(("Producer", (metric.source.producer,), ""))
        rows.append(("Publication", ("The producer's page",), metric.source.landing_page))
        if held is not None:
            rows.append(("Read from", (f"{held.source_title}: {held.title}",), held.url))
            rows.append(
                (
                    "Dates",
                    (
                        f"Published {day_in_words(held.published_on)}; retrieved "
                        f"{day_in_words(held.retrieved_on)}; known here since "
                        f"{day_in_words(held.known_on)}.",
                        *_next_edition(held),
                        last_asked(held),
                    ),
                    "",
                )
            )
        if metric.source.not_proved:
            rows.append(("Not proved", (f"{NOT_PROVED}: {metric.source.not_proved}",), ""))
        rows.append(("Licence", (metric.source.licence,), ""))
        rows.append(("Accreditation", (_capital(metric.source.accreditation),), ""))
    else:
        rows.append(("Figures", (metric.figures_note,), ""))
    rows.append(("Continues", (PUBLICATION_WORDS[metric.publication],), ""))
    rows.append(("Place among the measures", (role_words(metric),), ""))
    rows.append(("Direction", (POLARITY_WORDS[metric.polarity],), ""))
    rows.append(("Margin of error", (EVIDENCE_WORDS[metric.evidence],), ""))
    if metric.denominator and metric.figures != "computed":
        rows.append(("Divided by", *_denominator(metric, catalogue)))
    if metric.money == "nominal":
        rows.append(("Money", ("In the prices of each year: part of any rise is inflation.",), ""))
    if metric.breaks:
        rows.append(
            (
                "Changes of method",
                tuple(f"From {day_in_words(b.starts)}: {b.reason}" for b in metric.breaks),
                "",
            )
        )
    if metric.caveats:
        rows.append(("Take care", metric.caveats, ""))
    rule = AGGREGATION_WORDS[metric.aggregation.rule].format(weight=metric.aggregation.weight)
    rows.append(("Groups of areas", (rule, metric.aggregation.reason), ""))
    rows.append(("Checked against", (reproduction_words(metric, names),), metric.reproduces.url))
    informed = tuple(
        Markup('<a href="{}">{}</a>').format(workstream_address(one), one.title)
        for one in catalogue.framework.workstreams
        if one.slug in metric.workstreams
    )
    if informed:
        rows.append(("Informs the workstreams", informed, ""))
    return tuple(rows)


def _denominator(metric: Metric, catalogue: Catalogue) -> tuple[tuple[str, ...], str]:
    """What the value is a share or a rate of, and whether its number by area and year is held."""
    words = f"{_capital(metric.denominator)}."
    population = catalogue.metrics.get(POPULATION)
    if metric.denominator in HELD and population is not None:
        address = metric_address(population, HELD[metric.denominator])
        return (f"{words} How many there are, by area and year, is held here.",), address
    return (
        f"{words} No numbers are held here that match these by area and year, so nothing is "
        "worked out from them.",
    ), ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def role_words(metric: Metric) -> str:
    """Where the metric stands in the framework, saying so where that was not verified."""
    role = metric.framework_role
    if role == "Tier not verified":
        return (
            "Tier not verified: whether the White Paper's annex ranks it as a headline or a "
            "supporting metric has not been seen."
        )
    return f"{role}."


def reproduction_words(metric: Metric, names: Mapping[str, str]) -> str:
    """The figure of another publication that the shipped figures give, or why there is none."""
    told = metric.reproduces
    if told.none_because or metric.coverage is None:
        return told.none_because
    shape = metric.coverage.period
    period = period_in_words(read_period(told.period, shape), shape)
    return (
        f"The shipped figures give {write_value(told.value, metric.unit)} for "
        f"{names.get(told.area, told.area)} in {period}, as printed in {told.publication}."
    )
