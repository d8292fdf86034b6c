"""Clauses in plain words: what test their words set, over which areas, from when and until when."""

from __future__ import annotations

from dataclasses import dataclass

from data.periods import day_in_words
from layouts.addresses import metric_address
from metrics.catalogue import Catalogue
from metrics.definition import Metric
from metrics.measures.results import ClauseSummary, Reading
from metrics.mission import Clause, ClauseKind
from metrics.wording import write_number

KIND_WORDS: dict[ClauseKind, str] = {
    ClauseKind.RISES_EVERYWHERE: (
        "Every area must have clearly risen; fallen, where lower is better."
    ),
    ClauseKind.FALLS_EVERYWHERE: "Every area must have clearly fallen.",
    ClauseKind.GAP_CLOSES: "The gap between the best tenth of areas and all others must narrow.",
    ClauseKind.GAP_BETWEEN_EXTREMES_CLOSES: (
        "The gap between the highest tenth and the lowest tenth of areas must narrow."
    ),
    ClauseKind.REACHES: "A level must be reached.",
    ClauseKind.RISES_BY: "It must rise by a stated amount.",
    ClauseKind.FALLS_BY: "It must fall by a stated amount.",
    ClauseKind.COHORT_RISES_BY: (
        "The areas that were lowest at the start must rise by a stated amount."
    ),
    ClauseKind.COUNT_RISES_BY: "A number of people must grow by a stated amount.",
    ClauseKind.WORST_IMPROVE_MOST: "The areas that were worst must improve more than the others.",
    ClauseKind.LEVERAGES: "One sum of money must draw in a stated multiple of another.",
    ClauseKind.COVERAGE: "A share of the people of England must be covered.",
    ClauseKind.HAS_SETTLEMENT: "A fact must hold for each area, with a date.",
    ClauseKind.NOT_MEASURABLE: "None: the words set no test.",
}
SCOPE_WORDS = {
    "lower_tier": "every lower-tier authority of the UK",
    "upper_tier": "every upper-tier authority of the UK",
    "england_upper_tier": "every upper-tier authority of England",
    "police_force": "every police force area of England and Wales",
    "England": "England",
    "United Kingdom": "the United Kingdom",
    "outside_greater_south_east": "the regions and countries outside the Greater South East",
    "none": "",
}
# The numbers that a reading rests on, by the name under which they are stored.
_NUMBER_WORDS = {
    "value": "Latest figure",
    "target": "Asked for",
    "distance": "Still missing",
    "points": "Figures that can be compared",
    "independent_points": "Of these, without overlap",
    "required_a_year": "Change needed each year",
    "observed_a_year": "Change seen each year",
    "observed_lower": "Change seen each year, lower end of the 95% interval",
    "observed_upper": "Change seen each year, upper end of the 95% interval",
    "continued_to": "Where that pace leads by the date (not a forecast)",
    "continued_lower": "Where that pace leads, lower end of the 95% interval",
    "continued_upper": "Where that pace leads, upper end of the 95% interval",
    "people": "People who live there",
    "of_people": "People of England",
    "areas": "Areas with a figure at the start",
    "cohort_size": "Areas in the lowest third",
    "cohort_mean": "Their average at the start",
    "asked": "Asked of them",
    "cut": "Figure at the cut",
    "below_size": "Areas below the cut",
    "below_mean": "Their average at the start, without those level at the cut",
    "below_asked": "Asked of those below the cut",
    "below_now": "Where those below the cut are now",
    "up_to_size": "Areas up to and at the cut",
    "up_to_mean": "Their average at the start, with those level at the cut",
    "up_to_asked": "Asked of those up to and at the cut",
    "up_to_now": "Where those up to and at the cut are now",
}
_COUNTS = {
    "areas",
    "of_people",
    "people",
    "below_size",
    "cohort_size",
    "independent_points",
    "points",
    "up_to_size",
}
_NAME_WORDS = {
    "worst": "The worst areas, picked by an earlier period",
    "below": "Below the cut",
    "tied": "Level at the cut",
    "in_force": "With a deal in force",
    "announced": "Announced, and not in force yet",
    "planned": "In a published plan",
    "highest": "At that tier",
    "settlement": "With an integrated settlement",
}


@dataclass(frozen=True, slots=True)
class ReadingWords:
    """One series' judgement of a clause, with the numbers and the areas that it names."""

    reading: Reading
    # What the reading says that neither the clause's answer nor a baseline's outcome says.
    sentence: str
    title: str
    address: str
    numbers: tuple[tuple[str, str], ...]
    names: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """One clause with its verdict, as the page of its mission shows it."""

    clause: Clause
    summary: ClauseSummary
    test: tuple[tuple[str, str], ...]
    readings: tuple[ReadingWords, ...]


def clause_words(clause: Clause, summary: ClauseSummary, catalogue: Catalogue) -> ClauseWords:
    """A clause and what was found, in plain words."""
    return ClauseWords(
        clause,
        summary,
        _test(clause),
        tuple(
            _reading_words(reading, summary, catalogue.metrics[reading.metric])
            for reading in summary.readings
            if reading.metric in catalogue.metrics
        ),
    )


def _test(clause: Clause) -> tuple[tuple[str, str], ...]:
    told = [("Kind of test", KIND_WORDS[clause.kind])]
    if SCOPE_WORDS[clause.scope]:
        told.append(("Judged over", f"{_capital(SCOPE_WORDS[clause.scope])}."))
    if clause.baseline == "declared":
        told.append(("Starting point", f"{_capital(clause.baseline_source)}"))
    elif clause.baseline == "both":
        told.append(
            (
                "Starting point",
                "The words name none, so two are used: the last period that ended before the "
                "pandemic, and the last that ended by the White Paper.",
            )
        )
    if clause.deadline:
        told.append(("Date", f"By {day_in_words(clause.deadline)}."))
    return tuple(told)


def _reading_words(reading: Reading, summary: ClauseSummary, metric: Metric) -> ReadingWords:
    title = metric.title
    series = next((one for one in metric.series if one.breakdown == reading.breakdown), None)
    if series is not None and series.title and len(metric.series) > 1:
        title = f"{metric.title}: {series.title}"
    numbers = tuple(
        (
            _NUMBER_WORDS.get(name, _capital(name.replace("_", " "))),
            write_number(value, 0 if name in _COUNTS else max(metric.unit.decimals, 1)),
        )
        for name, value in reading.numbers.items()
        if value is not None
    )
    names = tuple(
        (words, reading.names[name]) for name, words in _NAME_WORDS.items() if name in reading.names
    )
    told = {summary.sentence, *(outcome.sentence for outcome in reading.baselines)}
    sentence = "" if reading.sentence in told else reading.sentence
    return ReadingWords(
        reading, sentence, title, metric_address(metric, reading.breakdown), numbers, names
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
