"""The tables of a brief, row by row in words, each row with the citation of its figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from data.periods import TimePeriod, day_in_words, period_in_words
from data.tables import BLANK_STATUSES, STATUS_LETTERS
from metrics.brief import BriefRow, BriefTable
from metrics.briefing_due import Due
from metrics.briefing_known import Cited, capital, subject_of
from metrics.briefing_results import Lost, Movement, Revised
from metrics.definition import Metric
from metrics.measures.change import Measured
from metrics.measures.results import Quality
from metrics.openings import write_measured
from metrics.wording import write_count, write_difference, write_list, write_number

MOST_ROWS = 40
MOST_REVISED = 20
FIRST_SHOWN = 12


def _title(metric: Metric, breakdown: str) -> str:
    return capital(subject_of(metric, breakdown))


def _period(metric: Metric, period: TimePeriod) -> str:
    if metric.coverage is None:
        raise ValueError(f"{metric.id} holds no figures")
    return period_in_words(period, metric.coverage.period)


def _figure(metric: Metric, figure: Measured) -> str:
    """`58.2 years (57.0 to 59.4)`, with the 95% interval in brackets."""
    words = write_measured(figure.value, metric.unit)
    if figure.lower is None or figure.upper is None:
        return words
    places = metric.unit.decimals
    ends = (write_number(figure.lower, places), write_number(figure.upper, places))
    return f"{words} ({ends[0]} to {ends[1]})"


def _more(number: int, of: str) -> str:
    return f"{write_count(number, of, f'{of}s')} not listed." if number > 0 else ""


def moved_table(moved: Sequence[Movement], labels: Mapping[str, str], since: date) -> BriefTable:
    """The figures that have moved, worse before better."""
    rows = []
    for one in moved[:MOST_ROWS]:
        metric = one.metric
        size = one.found.size if one.found else 0.0
        words = f"{'up' if size > 0 else 'down'} {write_difference(size, metric.unit)}"
        if metric.money == "nominal":
            words += ", before inflation"
        elif one.quality is not Quality.NONE:
            words += f", {one.quality.value}"
        if one.linked:
            words += f" ({one.linked})"
        then, now = _period(metric, one.period_then), _period(metric, one.period_now)
        rows.append(
            BriefRow(
                f"{_title(metric, one.breakdown)}: {then}, then {now}",
                labels[one.code],
                (_figure(metric, one.then), _figure(metric, one.now), words),
                Cited(metric.id, one.breakdown, one.code, one.period_now.start),
            )
        )
    return BriefTable(
        "brief-moved",
        f"New figures that differ from the newest known on {day_in_words(since)} by more than "
        "noise; 95% intervals in brackets",
        "Area",
        ("Known then", "New", "Difference"),
        tuple(rows),
        _more(len(moved) - MOST_ROWS, "figure"),
    )


def revised_table(revised: Sequence[Revised], labels: Mapping[str, str]) -> BriefTable:
    """The revised figures that were the newest on the day, and others revised clearly."""
    rows = []
    listed = [one for one in revised if one.newest_then or one.beyond][:MOST_REVISED]
    for one in listed:
        before, after = one.change.before, one.change.after
        if before is None or after is None or before.value is None or after.value is None:
            continue
        clear = {True: "clearly", False: "not clearly", None: "cannot be told"}[one.beyond]
        if before.value == after.value:
            clear = "its interval only"
        rows.append(
            BriefRow(
                f"{_title(one.metric, one.breakdown)}: {_period(one.metric, one.period)}",
                labels[one.code],
                (
                    _figure(one.metric, Measured(before.value, before.lower_95, before.upper_95)),
                    _figure(one.metric, Measured(after.value, after.lower_95, after.upper_95)),
                    day_in_words(after.turned_on) if after.turned_on else "",
                    clear,
                ),
                Cited(one.metric.id, one.breakdown, one.code, one.period.start),
            )
        )
    return BriefTable(
        "brief-revised",
        "Revised figures: those that were the newest on that day, and others revised clearly; "
        "95% intervals in brackets",
        "Area",
        ("Before", "Now", "On", "Revised"),
        tuple(rows),
        _more(len(revised) - len(rows), "other revised figure"),
    )


_LOST_WORDS = {
    "withdrawn": "withdrawn: its table has it no longer",
    "withheld": "a blank in its place",
    "missing": "newest period without a figure",
}


def lost_table(lost: Sequence[Lost], labels: Mapping[str, str]) -> BriefTable:
    """The figures that are no longer there, or that the newest period lacks."""
    rows = []
    for one in lost[:MOST_REVISED]:
        figure = one.figure
        held = TimePeriod(figure.period_start, figure.period_end)
        value = figure.value if figure.value is not None else 0.0
        words = _LOST_WORDS[one.what]
        if one.after is not None:
            words += f": {_why(one.after.status, one.after.note)}"
        # A newer period without a figure leaves the one before it standing, to be cited.
        stands = one.what == "missing"
        rows.append(
            BriefRow(
                f"{_title(one.metric, one.breakdown)}: {_period(one.metric, one.period)}",
                labels[one.code],
                (
                    words,
                    _figure(one.metric, Measured(value, figure.lower_95, figure.upper_95))
                    + (f", {_period(one.metric, held)}" if stands else ""),
                    day_in_words(one.on) if one.on else "",
                ),
                Cited(one.metric.id, one.breakdown, one.code, held.start) if stands else None,
            )
        )
    return BriefTable(
        "brief-lost",
        "Figures withdrawn, withheld or missing",
        "Area",
        ("What happened", "Known then", "On"),
        tuple(rows),
        _more(len(lost) - MOST_REVISED, "such figure"),
    )


def _why(status: str, note: str) -> str:
    letters = [letter for letter in status.split() if letter in BLANK_STATUSES]
    reason = STATUS_LETTERS[letters[0]] if letters else "no reason given"
    return f"{reason}; {note}" if note else reason


def due_table(due: Sequence[Due]) -> BriefTable:
    """The datasets of which newer figures are expected, the overdue first."""
    return BriefTable(
        "brief-due",
        "Newer figures expected, the overdue first",
        "Dataset",
        ("Expected by", "How often"),
        tuple(
            BriefRow(
                capital(one.state.value),
                one.expected.title,
                (day_in_words(one.expected_by), one.expected.cadence),
            )
            for one in due
        ),
    )


def untested_lines(
    untested: Sequence[Movement], names: Mapping[str, tuple[str, str]]
) -> list[tuple[str, tuple[Cited, ...]]]:
    """New figures of which nothing is claimed, by series and reason, with their citations.

    `names` are those of the areas: within a sentence, and as a label.
    """
    grouped: dict[tuple[str, str, str], list[Movement]] = {}
    for one in untested:
        grouped.setdefault((one.metric.id, one.breakdown, one.reason), []).append(one)
    return [
        (
            f"Not tested: {subject_of(own[0].metric, own[0].breakdown)}, "
            f"{_period(own[0].metric, own[0].period_now)}, for "
            f"{write_list([names[one.code][0] for one in own])}, because {reason}.",
            tuple(
                Cited(one.metric.id, one.breakdown, one.code, one.period_now.start) for one in own
            ),
        )
        for (_, _, reason), own in grouped.items()
    ]
