"""A declaration in words, for someone who wants to know what a figure means."""

from __future__ import annotations

from data.periods import period_in_words, read_period
from metrics.catalogue import Catalogue
from metrics.definition import Evidence, Metric, Polarity
from metrics.wording import write_list, write_value

POLARITY_IN_WORDS = {
    Polarity.HIGHER: "Higher is better.",
    Polarity.LOWER: "Lower is better.",
    Polarity.NONE: "Neither higher nor lower is called better.",
}
EVIDENCE_IN_WORDS = {
    Evidence.INTERVALS: "The publisher gives a 95% interval with each figure.",
    Evidence.COUNTS: "The margin of error is worked out here from the counts, which are held.",
    Evidence.FULL_ENUMERATION: "A complete count, so a change beyond rounding is a real change.",
    Evidence.RATES_WITHOUT_COUNTS: (
        "Rates of events whose counts are not held, so chance cannot be told from change."
    ),
    Evidence.SAMPLE_WITHOUT_INTERVALS: (
        "From a sample, without intervals, so no change can be claimed."
    ),
    Evidence.MODEL_WITHOUT_INTERVALS: (
        "From a model, without intervals, so no change can be claimed."
    ),
}
MONEY_IN_WORDS = {
    "nominal": "In the money of each year: inflation is part of every rise.",
    "real": "In the money of one year: inflation has been taken out.",
}
AGGREGATION_IN_WORDS = {
    "sum": "A figure for a group is the sum of its members'.",
    "recompute": "A figure for a group is worked out again from its members' counts.",
    "weighted_mean": "A figure for a group is the mean of its members', weighted by {weight}.",
    "published_only": "Only the publisher's own figure is given for a group.",
}


def describe(metric: Metric, catalogue: Catalogue) -> list[tuple[str, str]]:
    """The declaration as pairs of heading and sentence, in the order in which people ask.

    Headings repeat where there are several of a kind (clauses, breaks, caveats).
    """
    mission = catalogue.missions.get(metric.mission)
    told = [
        ("Title", metric.title),
        ("Meaning", metric.description),
        ("Mission", f"{mission.number}. {mission.title}" if mission else "Context, no mission"),
        ("Role", f"{metric.framework_role}."),
        ("Unit", f"{metric.unit.label}, written as {write_value(1234.5678, metric.unit)}."),
        ("Better", POLARITY_IN_WORDS[metric.polarity]),
        ("Evidence", EVIDENCE_IN_WORDS[metric.evidence]),
    ]
    if metric.money in MONEY_IN_WORDS:
        told.append(("Money", MONEY_IN_WORDS[metric.money]))
    for clause_id in metric.serves:
        clause = catalogue.clauses[clause_id]
        told.append(("Serves", f"{clause_id}: {clause.title}"))
    told.extend(_figures(metric))
    rule = AGGREGATION_IN_WORDS[metric.aggregation.rule].format(weight=metric.aggregation.weight)
    told.append(("Groups", f"{rule} {metric.aggregation.reason}"))
    for cut in metric.breaks:
        told.append(("Break", f"From {cut.starts.isoformat()}: {cut.reason}"))
        if cut.link:
            words = f"Figures {cut.link.applies_to} it times {cut.link.factor:g}: {cut.link.reason}"
            told.append(("Link", words))
    told.extend(("Caveat", caveat) for caveat in metric.caveats)
    told.append(("Reproduces", _reproduction(metric)))
    return told


def _figures(metric: Metric) -> list[tuple[str, str]]:
    if metric.coverage is None or metric.source is None or metric.figures != "held":
        return [("Figures", metric.figures_note)]
    coverage, source = metric.coverage, metric.source
    first = period_in_words(read_period(coverage.first_period, coverage.period), coverage.period)
    boroughs = "with" if coverage.boroughs else "without"
    authority = "with" if coverage.combined_authority else "without"
    told = [
        ("Figures", f"Held from {first} at the earliest; the series is {metric.publication}."),
        ("Covers", f"{write_list(coverage.countries)}: {write_list(coverage.area_types)}."),
        (
            "Here",
            f"{boroughs} the seven boroughs, {authority} the combined authority.".capitalize(),
        ),
        ("Source", f"{source.producer}, {source.dataset}: {source.landing_page}"),
        ("Standing", f"As statistics: {source.accreditation}. Licence: {source.licence}."),
    ]
    told.extend(
        ("Series", f"{label.label} [{label.breakdown or 'the metric as a whole'}]")
        for label in metric.series
    )
    return told


def _reproduction(metric: Metric) -> str:
    figure = metric.reproduces
    if figure.none_because:
        return f"None: {figure.none_because}"
    return (
        f"{figure.value:g} for {figure.area} in {figure.period}, "
        f"as printed in {figure.publication} ({figure.url})"
    )
