"""What questions are asked from, and the shape of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from data.brief_reads import Key
from data.periods import TimePeriod, period_in_words
from metrics.briefing_due import Due
from metrics.briefing_results import SinceThen
from metrics.definition import Metric
from metrics.measures.change import Measured
from metrics.measures.results import AreaFacts, Reading
from metrics.openings import subject, with_article


class Ground(StrEnum):
    """The rule that a question follows from."""

    WORSENED = "clearly worse than on the day, and worse than England"
    WORSE_SINCE_BASELINE = "worse than England, and clearly worse than at the baseline"
    REVISED = "revised by more than the margin of error"
    LOST = "withdrawn or withheld"
    ALIKE = "clearly worse than every area most like it"
    OVERDUE = "newer figures are overdue"
    BASELINE = "the verdict depends on the baseline"
    IMPROVED = "clearly better than on the day"


@dataclass(frozen=True, slots=True)
class Cited:
    """A figure that something said rests on.

    `beside` is the area it was set beside; `measure` tells it from figures of other measures, where
    there are several.
    """

    metric: str
    breakdown: str
    code: str
    starts: date
    beside: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question, the rule it follows from, and the figures it rests on."""

    ground: Ground
    words: str
    cites: tuple[Cited, ...]


@dataclass(frozen=True)
class Known:
    """What questions are asked from.

    Attributes:
        since: what became of the figures since the day.
        names: the areas within a sentence, by code.
        facts: the stored comparisons of series with new figures.
        alike: the figures of the areas most like an area, in the period of its new figure.
        readings: what the stored rules say of the clauses for an area, by its code.
        due: what is expected.
        newest: the first day of the newest period with a value, by series and area.
    """

    since: SinceThen
    names: Mapping[str, str]
    facts: Mapping[Key, AreaFacts]
    alike: Mapping[Key, Sequence[Measured]]
    readings: Mapping[str, Sequence[Reading]]
    due: Sequence[Due]
    newest: Mapping[Key, date]


def subject_of(metric: Metric, breakdown: str) -> str:
    """A series within a sentence."""
    label = next((one for one in metric.series if one.breakdown == breakdown), None)
    return subject(metric, label)


def period_of(metric: Metric, period: TimePeriod) -> str:
    """A period of a metric within a sentence."""
    if metric.coverage is None:
        raise ValueError(f"{metric.id} holds no figures")
    return with_article(period_in_words(period, metric.coverage.period))


def capital(words: str) -> str:
    """The words with a capital, as they begin a sentence."""
    return words[:1].upper() + words[1:]
