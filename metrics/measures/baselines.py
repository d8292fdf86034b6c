"""From which period a change is counted, and whether two periods may be compared at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.periods import (
    PRE_PANDEMIC_END,
    WHITE_PAPER_DATE,
    PeriodShape,
    TimePeriod,
    period_in_words,
    read_period,
)
from metrics.definition import Break
from metrics.measures.linking import breaks_between, cannot_link

BASELINE_WORDS = {
    "before-pandemic": "the last period before the pandemic",
    "white-paper": "the last period before the White Paper",
    "declared": "the baseline that the mission's reading fixes",
}


@dataclass(frozen=True, slots=True)
class Baseline:
    """A named baseline and the period it falls on; `period` is None where the series has none."""

    name: str
    period: TimePeriod | None


def latest_ended_by(periods: list[TimePeriod], day: date) -> TimePeriod | None:
    """The newest period that was over on a day, or None."""
    return max(
        (period for period in periods if period.end <= day),
        key=lambda period: (period.end, period.start),
        default=None,
    )


def two_baselines(periods: list[TimePeriod]) -> list[Baseline]:
    """The two baselines used where a mission's wording gives none.

    They are the newest period over by 31 March 2020 and the newest over by 2 February 2022.
    """
    return [
        Baseline("before-pandemic", latest_ended_by(periods, PRE_PANDEMIC_END)),
        Baseline("white-paper", latest_ended_by(periods, WHITE_PAPER_DATE)),
    ]


def declared_baseline(text: str, shape: PeriodShape, periods: list[TimePeriod]) -> Baseline:
    """The baseline that a clause declares, if the series has that period."""
    wanted = read_period(text, shape)
    return Baseline("declared", wanted if wanted in periods else None)


def why_not_comparable(
    earlier: TimePeriod, later: TimePeriod, breaks: tuple[Break, ...], shape: PeriodShape
) -> str:
    """Why two periods of a series may not be compared; empty when they may.

    Refused: the same period, windows that overlap (they share people or events), and any pair
    with a declared change of method between them that no declared factor links.
    """
    if earlier == later:
        return f"{period_in_words(later, shape)} is itself the newest period"
    if earlier.overlaps(later):
        return (
            f"{period_in_words(earlier, shape)} and {period_in_words(later, shape)} overlap, "
            "so they are not two independent figures"
        )
    for mark in breaks_between(earlier, later, breaks):
        if cannot_link(mark, earlier, later):
            return (
                f"the method changed between {period_in_words(earlier, shape)} and "
                f"{period_in_words(later, shape)}: {mark.reason.rstrip('.')}"
            )
    return ""
