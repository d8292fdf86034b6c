"""A figure in words that can be pasted: a sentence, a footnote, a line for minutes, a block."""

from __future__ import annotations

from dataclasses import dataclass

from data.figure_reads import DatasetVintage
from data.periods import TimePeriod, day_in_words, period_in_short, period_in_words
from metrics.definition import Metric, Unit
from metrics.figure import Figure, address, figure_id
from metrics.measures.results import Comparison, Direction
from metrics.measures.results import Figure as MeasuredFigure
from metrics.openings import reason_missing, statement, subject, with_article
from metrics.origin import SeriesLabel
from metrics.wording import write_value

# So many decimal places more than are shown a publisher may print. A number with yet more of them
# is what a computer gave, to a precision that nobody measured.
MOST_MORE_DECIMALS = 1


@dataclass(frozen=True, slots=True)
class CitationForms:
    """The ready forms of one citation, each plain text."""

    sentence: str
    footnote: str
    minutes: str
    plain: str


def citation_forms(
    figure: Figure,
    metric: Metric,
    place: str,
    source: DatasetVintage | None,
    *,
    note: str = "",
    beside: Comparison | None = None,
    standing: str = "",
    home: str = "",
) -> CitationForms:
    """The forms in which a figure is cited.

    Args:
        figure: the facts.
        metric: its declaration, which must declare coverage.
        place: the area as a sentence names it: `the West Midlands Combined Authority`.
        source: the newest vintage that held the figure; None for one that no vintage held.
        note: what the publisher says of the figure, such as why it is blank.
        beside: the figure beside its comparator, where it has one.
        standing: what has become of the figure since, in a sentence.
        home: where the dashboard is, such as `https://missions.example.org`; empty where that
            is not known, so that addresses begin with `/figures/`.
    """
    said = cited_sentence(figure, metric, place, note, beside)
    where = f"{home}{address(figure)}"
    number = figure_id(figure)
    footnote = f"{_source(figure, source)} Figure {number}, {where}"
    published = (
        f"{source.producer}, published {day_in_words(source.published_on)}; " if source else ""
    )
    minutes = f"Noted: {said} [{published}figure {number}]"
    lines = [said, _source(figure, source), standing, f"Figure {number}", where]
    return CitationForms(said, footnote, minutes, "\n".join(line for line in lines if line))


def cited_sentence(
    figure: Figure,
    metric: Metric,
    place: str,
    note: str = "",
    beside: Comparison | None = None,
) -> str:
    """The figure as one sentence: period, place, value as published, interval and qualifiers."""
    series = series_of(metric, figure)
    measured = as_measured(figure, metric, note)
    if measured.value is None:
        about = subject(metric, series)
        when = with_article(measured.period)
        return f"No figure for {about} in {place} in {when} is published{reason_missing(measured)}."
    finer = metric.model_copy(update={"unit": unit_as_published(metric.unit, figure)})
    said = statement(finer, series, place, measured)
    if figure.basis == "derived":
        said += ", worked out here from published figures and not itself published"
    return f"{said}{_beside(beside, metric.unit)}."


def as_measured(figure: Figure, metric: Metric, note: str = "") -> MeasuredFigure:
    """The facts in the shape in which measures give them, with the period in words.

    Raises:
        ValueError: the metric declares no coverage, so nothing says what its periods are.
    """
    if metric.coverage is None:
        raise ValueError(f"{metric.id} declares no coverage, so it has no figures")
    period, shape = TimePeriod(*figure.days), metric.coverage.period
    return MeasuredFigure(
        start=period.start,
        end=period.end,
        period=period_in_words(period, shape),
        short_period=period_in_short(period, shape),
        value=_number(figure.value),
        lower=_number(figure.lower),
        upper=_number(figure.upper),
        status=figure.status,
        note=note,
    )


def series_of(metric: Metric, figure: Figure) -> SeriesLabel | None:
    """The declared series that a figure belongs to; None where none has its breakdown."""
    return next((one for one in metric.series if one.breakdown == figure.breakdown), None)


def unit_as_published(unit: Unit, figure: Figure) -> Unit:
    """The unit with as many decimal places as the figure was printed with.

    A number that nobody printed is written as the unit declares: one that was derived here, and
    one with more than `MOST_MORE_DECIMALS` decimal places beyond those that are shown.
    """
    if figure.basis == "derived":
        return unit
    # Publishers' programs write 69.4 as 69.40000000000001.
    written = (
        f"{float(text):.12g}".partition(".")[2]
        for text in (figure.value, figure.lower, figure.upper)
        if text
    )
    places = max((len(decimals) for decimals in written), default=0)
    if places > unit.decimals + MOST_MORE_DECIMALS:
        return unit
    return unit.model_copy(update={"decimals": max(unit.decimals, places)})


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)


def _beside(gap: Comparison | None, unit: Unit) -> str:
    """What the test of the difference from the comparator allows to be said."""
    if gap is None or gap.other is None or gap.other.value is None:
        return ""
    theirs = f"{gap.label} ({write_value(gap.other.value, unit)})"
    if gap.direction is Direction.SAME:
        return f", the same as {theirs}"
    if gap.direction is Direction.NOT_CLEAR:
        return f", not clearly different from {theirs}"
    if gap.direction is Direction.CANNOT_TEST:
        return f", beside {theirs}; the difference cannot be tested"
    return f", {gap.direction.value} than {theirs}"


def _source(figure: Figure, source: DatasetVintage | None) -> str:
    if source is None:
        return f"Dataset {figure.dataset}."
    derived = "Worked out from: " if figure.basis == "derived" else "Source: "
    return (
        f"{derived}{source.producer}, {source.title}, published "
        f"{day_in_words(source.published_on)} (as known on {day_in_words(source.known_on)}). "
        f"{source.licence}."
    )
