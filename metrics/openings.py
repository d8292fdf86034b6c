"""The sentence that a page opens with: one that a person could read aloud in a meeting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from data.areas import ENGLAND
from data.tables import BLANK_STATUSES
from metrics.definition import Metric, Unit
from metrics.measures.results import AreaFacts, Comparison, Direction, Figure, Quality
from metrics.origin import SeriesLabel
from metrics.wording import (
    by_chance,
    write_count,
    write_interval,
    write_list,
    write_number,
    write_value,
)

# What a status letter adds to a figure that is there, as it stands in brackets behind it.
QUALIFIERS = {
    "b": "first figure after a break in the series",
    "c": "affected by confidentiality rules",
    "e": "estimated",
    "f": "forecast",
    "low": "a low figure",
    "p": "provisional",
    "r": "revised",
    "u": "of low reliability",
    "z": "marked as not applicable",
    "x": "marked as not available",
}
_PREPOSITIONS = ("by ", "for ", "in ", "at ", "of ", "with ", "on ", "among ")
_DAY = re.compile(r"\d{1,2} [A-Z]")
_MONTHS = re.compile(r"[A-Z][a-z]+ \d{4} to ")
# What a title adds for a list of titles, and how a sentence says it; the place is said anyway.
_ENDINGS = {
    ", female": " for women",
    ", male": " for men",
    ", Scotland": "",
    ", Wales": "",
    ", Northern Ireland": "",
    ", England": "",
}


def in_sentence(title: str) -> str:
    """A title as it stands within a sentence: `gross value added`, but `GCSEs`, `4G coverage`."""
    first, _, rest = title.partition(" ")
    ordinary = first[:1].isupper() and first[1:] == first[1:].lower() and first[1:] != ""
    proper = first in {"England", "Wales", "Scotland", "English", "Welsh", "Scottish", "British"}
    if not ordinary or proper:
        return title
    return f"{first.lower()} {rest}".strip()


def subject(metric: Metric, series: SeriesLabel | None) -> str:
    """What is measured, within a sentence: `healthy life expectancy for men`."""
    name = in_sentence(metric.title)
    for ending, words in _ENDINGS.items():
        if name.endswith(ending):
            name = name.removesuffix(ending) + words
    return _of_series(name, metric, series)


def _of_series(name: str, metric: Metric, series: SeriesLabel | None) -> str:
    """A name with what its series is a part of."""
    if series is None or not series.title or len(metric.series) < 2:
        return name
    of = in_sentence(series.title)
    if of.startswith(_PREPOSITIONS):
        return f"{name} {of}"
    if series.breakdown.startswith("sex="):
        return f"{name} for {of}"
    return f"{name} ({of})"


def write_measured(value: float, unit: Unit) -> str:
    """A value that can stand alone: with its unit's label where nothing else names the unit."""
    words = write_value(value, unit)
    if unit.prefix or unit.suffix or _in_brackets(unit):
        return words
    return f"{words} {unit.label}"


def write_with_unit(value: float, unit: Unit) -> str:
    """A value in a list, where no sentence names the unit: `7.24 (average score out of 10)`."""
    words, label = write_measured(value, unit), _in_brackets(unit)
    return f"{words} ({label})" if label else words


def _in_brackets(unit: Unit) -> str:
    """A label that is declared not to follow its number: `3.24 (average score out of 10)`."""
    return unit.label if unit.label_stands == "in brackets" else ""


def metric_opening(
    metric: Metric,
    series: SeriesLabel | None,
    place: str,
    facts: AreaFacts | None,
    england: AreaFacts | None = None,
) -> str:
    """The first sentence of a metric's page.

    Args:
        metric: the declaration.
        series: the series that is shown; None for a metric without figures.
        place: the area as a sentence names it: `the West Midlands Combined Authority`.
        facts: what is known of the area; None where nothing was ever published for it.
        england: what is known of England, said where the area has no figure.

    Returns:
        One or two sentences with the unit, the period in words, the interval where there is
        one, and the qualifier that the figure's status demands. A comparison claims only what
        the stored one does.
    """
    if metric.figures == "not held":
        return f"This dashboard holds no figures for {subject(metric, series)}."
    if facts is None or facts.latest is None or facts.latest.value is None:
        return _without_figure(metric, series, place, facts, england)
    words = statement(metric, series, place, facts.latest)
    compared = next((gap for gap in facts.gaps if gap.to == ENGLAND), None)
    sentence = words + (_beside(compared, metric.unit) if compared else "") + "."
    return sentence + _newer_missing(facts.newest_missing)


def statement(metric: Metric, series: SeriesLabel | None, place: str, figure: Figure) -> str:
    """A figure that is there in a sentence without its full stop: period, place and value."""
    unit = metric.unit
    value = write_measured(figure.value, unit) if figure.value is not None else "not published"
    interval = write_interval(figure.lower, figure.upper, unit)
    parts = (_in_brackets(unit), qualifier(figure.status), interval)
    brackets = "; ".join(part for part in parts if part)
    named = _of_series(metric.said_as, metric, series)
    sentence = f"{_when(figure.period)}, {named} in {place} was {value}"
    return f"{sentence} ({brackets})" if brackets else sentence


def _when(period: str) -> str:
    """A period as a sentence begins with it: `On 30 June 2023`, `From April 2022 to March 2025`."""
    if _DAY.match(period):
        return f"On {period}"
    if _MONTHS.match(period):
        return f"From {period}"
    return f"In {with_article(period)}"


def with_article(period: str) -> str:
    """A period within a sentence: `the school year 2024/25`, but `2022 to 2024`."""
    needs = ("financial year", "school year", "year to")
    return f"the {period}" if period.startswith(needs) else period


def qualifier(status: str) -> str:
    """The words that a figure's status letters demand: `provisional, revised`."""
    return ", ".join(QUALIFIERS[letter] for letter in status.split() if letter in QUALIFIERS)


def _beside(gap: Comparison, unit: Unit) -> str:
    """What the stored comparison with England allows to be said."""
    if gap.other is None or gap.other.value is None:
        return ""
    whole = unit.prefix or unit.suffix == "%"
    number = write_number(gap.other.value, unit.decimals)
    england = f"England's {write_value(gap.other.value, unit) if whole else number}"
    if gap.direction is Direction.SAME:
        return f", the same as {england}"
    if gap.direction is Direction.NOT_CLEAR:
        return f", not clearly different from {england}"
    if gap.direction is Direction.CANNOT_TEST:
        return f", beside {england}; the difference cannot be tested"
    return f", {gap.direction.value} than {england}"


def _newer_missing(missing: Figure | None) -> str:
    if missing is None:
        return ""
    return f" There is no figure for {with_article(missing.period)}{reason_missing(missing)}."


def reason_missing(figure: Figure) -> str:
    """Why a figure is missing, where the publisher says."""
    if figure.note:
        return f": {figure.note.rstrip('.')}"
    reasons = {
        "c": "it was withheld to protect confidentiality",
        "low": "it was too low to print",
        "u": "it was too unreliable to print",
        "z": "it does not apply",
    }
    letters = [letter for letter in figure.status.split() if letter in BLANK_STATUSES]
    return next((f": {reasons[letter]}" for letter in letters if letter in reasons), "")


def _without_figure(
    metric: Metric,
    series: SeriesLabel | None,
    place: str,
    facts: AreaFacts | None,
    england: AreaFacts | None,
) -> str:
    missing = facts.newest_missing if facts is not None else None
    if missing is not None:
        first = (
            f"No figure for {subject(metric, series)} is held for {place}. "
            f"The newest period, {missing.period}, has none either{reason_missing(missing)}."
        )
    else:
        named = _of_series(metric.said_as, metric, series)
        first = f"{named[:1].upper()}{named[1:]} is not published for {place}."
    if england is None or england.latest is None or england.latest.value is None:
        return first
    return f"{first} {statement(metric, series, 'England', england.latest)}."


def area_in_short(facts: Iterable[AreaFacts]) -> str:
    """How figures stand beside England's, counted: `2 are better, 1 is worse`.

    Empty where none of them has a figure of England beside it.
    """
    gaps = [gap for one in facts for gap in one.gaps if gap.to == ENGLAND and gap.other]
    return ", ".join(_beside_england(gaps)).replace(" than England's", "")


def _beside_england(gaps: Sequence[Comparison]) -> list[str]:
    kinds = (
        ("{} better than England's", sum(gap.quality is Quality.BETTER for gap in gaps)),
        ("{} worse", sum(gap.quality is Quality.WORSE for gap in gaps)),
        (
            "{} not clearly different",
            sum(gap.direction in (Direction.NOT_CLEAR, Direction.SAME) for gap in gaps),
        ),
        (
            "{} higher or lower where neither is better",
            sum(
                gap.quality is Quality.NONE and gap.direction in (Direction.HIGHER, Direction.LOWER)
                for gap in gaps
            ),
        ),
        (
            "{} beyond any test",
            sum(gap.direction is Direction.CANNOT_TEST for gap in gaps),
        ),
    )
    return [
        words.format(f"{number} {'is' if number == 1 else 'are'}")
        for words, number in kinds
        if number
    ]


def area_opening(place: str, facts: Iterable[AreaFacts], metrics_held: int) -> str:
    """The first sentence of an area's page: how it stands beside England, counted.

    Args:
        place: the area as a sentence names it.
        facts: what is known of the area, a metric of several series counted once for each.
        metrics_held: how many measures the product holds figures for.

    Returns:
        Counts of what the stored comparisons with England say. A measure whose difference
        cannot be tested is counted as such, never as similar.
    """
    held = [one for one in facts if one.latest is not None and one.latest.value is not None]
    metrics = {one.metric for one in held}
    if not held:
        return f"No figure is held for {place}."
    first = f"There are figures for {place} on {len(metrics)} of {metrics_held} measures."
    gaps = [gap for one in held for gap in one.gaps if gap.to == ENGLAND and gap.other]
    if not gaps:
        return first
    parts = _beside_england(gaps)
    compared = write_count(len(gaps), "figure", "figures")
    return (
        f"{first} Of {compared} that England has too, on measures of missions and of context "
        f"alike, {write_list(parts)}.{by_chance(sum(gap.lower is not None for gap in gaps))}"
    )
