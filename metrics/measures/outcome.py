"""Putting outcomes from several baselines together, and the reading that comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from data.periods import TimePeriod
from metrics.definition import Metric
from metrics.measures.baselines import BASELINE_WORDS
from metrics.measures.evidence import Series
from metrics.measures.results import (
    BaselineOutcome,
    Cause,
    ClauseSummary,
    MethodOutcome,
    Reading,
    Verdict,
    verdict_words,
)
from metrics.mission import Clause
from metrics.wording import write_list


class Judged(Protocol):
    """Whatever a clause is judged by: a metric and one of its breakdowns."""

    @property
    def metric(self) -> Metric:
        """The metric."""

    @property
    def breakdown(self) -> str:
        """The breakdown; empty for the metric as a whole."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A metric, and one of its breakdowns, that is judged without its figures at hand."""

    metric: Metric
    breakdown: str = ""


def reading(
    clause: Clause,
    series: Judged,
    verdict: Verdict,
    sentence: str,
    cause: Cause = Cause.NONE,
    *,
    code: str = "",
    baselines: tuple[BaselineOutcome, ...] = (),
    numbers: Mapping[str, float | None] | None = None,
    names: Mapping[str, tuple[str, ...]] | None = None,
    methods: tuple[MethodOutcome, ...] = (),
) -> Reading:
    """A reading of a clause by a series."""
    return Reading(
        clause=clause.id,
        metric=series.metric.id,
        breakdown=series.breakdown,
        code=code,
        verdict=verdict,
        cause=cause,
        sentence=sentence,
        baselines=baselines,
        numbers=dict(numbers or {}),
        names=dict(names or {}),
        methods=methods,
    )


def combine(
    clause: Clause, series: Judged, outcomes: list[BaselineOutcome], code: str = ""
) -> Reading:
    """One reading from the outcomes of one or two baselines.

    Two baselines that lead to different verdicts make the answer depend on the baseline, and
    both are given. A baseline that the series does not reach back to is left out and named.
    """
    usable = [outcome for outcome in outcomes if outcome.cause is not Cause.NO_BASELINE]
    missing = [outcome for outcome in outcomes if outcome.cause is Cause.NO_BASELINE]
    kept = tuple(outcomes)
    if not usable:
        return reading(
            clause,
            series,
            Verdict.CANNOT_BE_SHOWN,
            "There is no figure old enough to count a change from: "
            f"{missing[0].sentence if missing else 'no baseline is set.'}",
            Cause.NO_BASELINE,
            code=code,
            baselines=kept,
        )
    first = usable[0]
    if len(usable) == 1:
        note = f" Only one baseline can be used: {missing[0].sentence}" if missing else ""
        return reading(
            clause,
            series,
            first.verdict,
            first.sentence + note,
            first.cause,
            code=code,
            baselines=kept,
        )
    second = usable[1]
    if (first.verdict, first.cause) == (second.verdict, second.cause):
        return reading(
            clause,
            series,
            first.verdict,
            first.sentence,
            first.cause,
            code=code,
            baselines=kept,
        )
    if first.verdict is second.verdict is Verdict.CANNOT_BE_SHOWN:
        return reading(
            clause,
            series,
            Verdict.CANNOT_BE_SHOWN,
            f"Nothing can be shown since {_when(first)} ({first.cause.value}) nor since "
            f"{_when(second)} ({second.cause.value}).",
            first.cause,
            code=code,
            baselines=kept,
        )
    return reading(
        clause,
        series,
        Verdict.CANNOT_BE_SHOWN,
        f"It depends on where the count begins: {_in_sentence(first)} since {_when(first)}, but "
        f"{_in_sentence(second)} since {_when(second)}.",
        Cause.BASELINE,
        code=code,
        baselines=kept,
    )


def _in_sentence(outcome: BaselineOutcome) -> str:
    words = verdict_words(outcome.verdict, Cause.NONE).lower()
    return f"{words} ({outcome.cause.value})" if outcome.cause else words


def _when(outcome: BaselineOutcome) -> str:
    return outcome.label or BASELINE_WORDS[outcome.baseline]


def no_baseline(
    name: str, series: Series, without_areas: TimePeriod | None = None
) -> BaselineOutcome:
    """The outcome for a baseline that cannot be counted from.

    Args:
        without_areas: the period that it falls on, where nothing but larger areas has a figure
            for it; None where the series has no such period.
    """
    if without_areas is not None:
        return BaselineOutcome(
            baseline=name,
            label=series.words(without_areas),
            verdict=Verdict.CANNOT_BE_SHOWN,
            cause=Cause.NO_BASELINE,
            sentence=f"for {series.words(without_areas)} there are figures of larger areas only.",
        )
    first = f" The series begins with {series.words(series.periods[0])}." if series.periods else ""
    return BaselineOutcome(
        baseline=name,
        label="",
        verdict=Verdict.CANNOT_BE_SHOWN,
        cause=Cause.NO_BASELINE,
        sentence=f"there is no figure for {BASELINE_WORDS[name]}.{first}",
    )


def summarise(
    clause: Clause,
    readings: Iterable[Reading],
    code: str = "",
    titles: Mapping[str, str] | None = None,
) -> ClauseSummary:
    """One line for a clause: the verdict that all its readings share, or None where they differ.

    Args:
        titles: what each metric is called, so that a sentence says whose figures it speaks of.
    """
    kept = tuple(readings)
    if not kept:
        return ClauseSummary(
            clause=clause.id,
            code=code,
            verdict=Verdict.NO_DATA,
            sentence="No metric that measures what the words say is held. " + clause.reading,
            readings=(),
        )
    verdicts = {(one.verdict, one.cause) for one in kept}
    first = kept[0]
    if len(verdicts) == 1:
        return ClauseSummary(
            clause=clause.id,
            code=code,
            verdict=first.verdict,
            cause=first.cause,
            sentence=_shared_sentence(kept, titles or {}),
            readings=kept,
        )
    if {one.verdict for one in kept} == {Verdict.CANNOT_BE_SHOWN}:
        return ClauseSummary(
            clause=clause.id,
            code=code,
            verdict=Verdict.CANNOT_BE_SHOWN,
            sentence=f"None of the metrics can show it. {_each(kept, titles or {})}",
            readings=kept,
        )
    return ClauseSummary(
        clause=clause.id,
        code=code,
        verdict=None,
        sentence=f"The metrics lead to different verdicts. {_each(kept, titles or {})}",
        readings=kept,
    )


def _title(one: Reading, titles: Mapping[str, str]) -> str:
    return titles.get(one.metric, one.metric)


def _each(kept: tuple[Reading, ...], titles: Mapping[str, str]) -> str:
    """Every reading's verdict by name: `Anxiety: no clear change. Happiness: ...`."""
    return " ".join(
        f"{_title(one, titles)}: {one.words[0].lower()}{one.words[1:]}." for one in kept
    )


def _shared_sentence(kept: tuple[Reading, ...], titles: Mapping[str, str]) -> str:
    """The reason of readings that share a verdict, each named where there are several."""
    sentences = dict.fromkeys(one.sentence for one in kept)
    if len(sentences) == 1:
        return kept[0].sentence
    if len(kept) == 2:
        return " ".join(f"{_title(one, titles)}: {one.sentence}" for one in kept)
    others = write_list([_title(one, titles) for one in kept[1:]])
    return f"{_title(kept[0], titles)}: {kept[0].sentence} The verdict is the same for {others}."
