"""Clauses that say something has risen, or fallen, in every area.

Hundreds of areas are tested at once, so some differ by chance alone. A rise counts as clear when
it survives the procedure of Benjamini and Hochberg among all rises, and a fall among all falls,
each at 2.5%: tested together, many true rises would make the bar for a single fall so low that
chance alone would pass it. Beside them stands how many of the tests would be passed by chance
without it (2.5% of the areas in each direction).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.periods import TimePeriod
from metrics.definition import Evidence, Polarity
from metrics.measures.baselines import two_baselines, why_not_comparable
from metrics.measures.change import NO_TEST_REASONS, Difference, difference, quality
from metrics.measures.evidence import Series, measured_by_code
from metrics.measures.linking import link_between
from metrics.measures.outcome import combine, no_baseline, reading
from metrics.measures.results import (
    BaselineOutcome,
    Cause,
    Direction,
    Quality,
    Reading,
    Verdict,
)
from metrics.measures.scope import in_scope, still_existing
from metrics.mission import Clause
from metrics.wording import write_count

# Of the rises, and of the falls, that are called clear; also what chance passes one by one.
FALSE_DISCOVERY_RATE = 0.025
CHANCE_SHARE = 0.025


@dataclass(frozen=True, slots=True)
class Counts:
    """How areas have moved. `chance` is the number expected in each direction by chance alone.

    `untested` have figures for both periods, of which one has no margin of error.
    """

    better: int
    worse: int
    not_clear: int
    no_figure: int
    untested: int
    better_before_correction: int
    worse_before_correction: int
    chance: float

    @property
    def tested(self) -> int:
        """Areas whose change between the two periods can be tested."""
        return self.better + self.worse + self.not_clear


def count_changes(series: Series, scope: str, earlier: TimePeriod, later: TimePeriod) -> Counts:
    """Count the areas of a scope that clearly improved, clearly worsened, and neither.

    Areas are those that exist today and have any row in the series; one without a value in
    either period counts as having no figure, and one without a margin of error as untested.
    """
    everyone = set(still_existing(in_scope(series.frame, scope))["ref_area"])
    link = link_between(earlier, later, series.metric.breaks)
    before = measured_by_code(link.rows(series.valued(earlier)))
    after = measured_by_code(series.valued(later))
    codes = sorted(everyone & set(before) & set(after))
    results = [
        difference(
            after[code],
            before[code],
            series.metric.evidence,
            series.metric.rounding,
        )
        for code in codes
    ]
    qualities = [quality(result.direction, series.metric.polarity) for result in results]
    untested = sum(result.direction is Direction.CANNOT_TEST for result in results)
    chance = 0.0
    survives = [True] * len(results)
    if series.metric.evidence.has_intervals and results:
        survives = surviving(results)
        chance = CHANCE_SHARE * (len(results) - untested)
    kept = [q if s else Quality.NONE for q, s in zip(qualities, survives, strict=True)]
    better, worse = kept.count(Quality.BETTER), kept.count(Quality.WORSE)
    return Counts(
        better,
        worse,
        len(results) - better - worse - untested,
        len(everyone) - len(codes),
        untested,
        qualities.count(Quality.BETTER),
        qualities.count(Quality.WORSE),
        chance,
    )


def surviving(results: Sequence[Difference]) -> list[bool]:
    """Which differences stay clear among as many tests as there are, rises and falls apart.

    A difference that was not tested (no p-value) survives nothing and is no test.
    """
    # Loaded when first needed: it takes longer to load than a server takes to start.
    from statsmodels.stats.multitest import multipletests

    tested = [index for index, result in enumerate(results) if result.p_value is not None]
    kept = [False] * len(results)
    for sign in (1, -1):
        one_sided = []
        for index in tested:
            half = (results[index].p_value or 0.0) / 2
            one_sided.append(half if sign * results[index].size > 0 else 1 - half)
        if not one_sided:
            continue
        passed = multipletests(one_sided, alpha=FALSE_DISCOVERY_RATE, method="fdr_bh")[0]
        for index, clear in zip(tested, passed, strict=True):
            kept[index] = kept[index] or bool(clear)
    return kept


def judge_everywhere(clause: Clause, series: Series) -> Reading:
    """Judge a clause of the kinds `rises_everywhere` and `falls_everywhere`."""
    if series.metric.money == "nominal":
        return reading(
            clause,
            series,
            Verdict.CANNOT_BE_SHOWN,
            "The figures are in the money of each year, and no price series is held to take "
            "inflation out, so a rise would not show that people are better off.",
            Cause.NOMINAL,
        )
    if not series.metric.evidence.testable:
        return cannot_test(clause, series)
    if series.metric.polarity is Polarity.NONE:
        raise ValueError(f"{series.metric.id} serves {clause.id} but declares no polarity")
    later = series.periods[-1]
    outcomes = [
        _outcome(clause, series, baseline.name, baseline.period, later)
        for baseline in two_baselines(series.periods)
    ]
    return combine(clause, series, outcomes)


def cannot_test(clause: Clause, series: Series) -> Reading:
    """The reading of a series in which no change can be told from chance."""
    return reading(
        clause,
        series,
        Verdict.CANNOT_BE_SHOWN,
        f"No change can be told from chance: {NO_TEST_REASONS[series.metric.evidence]}.",
        Cause.NO_INTERVAL,
    )


def _outcome(
    clause: Clause, series: Series, name: str, earlier: TimePeriod | None, later: TimePeriod
) -> BaselineOutcome:
    if earlier is None:
        return no_baseline(name, series)
    refusal = why_not_comparable(earlier, later, series.metric.breaks, series.shape)
    if refusal:
        return BaselineOutcome(
            baseline=name,
            label=series.words(earlier),
            verdict=Verdict.CANNOT_BE_SHOWN,
            cause=Cause.BREAK if "method changed" in refusal else Cause.FEW_POINTS,
            sentence=f"{refusal[0].upper()}{refusal[1:]}.",
        )
    if in_scope(series.valued(earlier), clause.scope).empty:
        return no_baseline(name, series, earlier)
    counts = count_changes(series, clause.scope, earlier, later)
    verdict, cause = Verdict.CANNOT_BE_SHOWN, Cause.INTERVAL
    if counts.tested == 0:
        cause = Cause.NO_INTERVAL if counts.untested else Cause.FEW_POINTS
    elif counts.worse:
        verdict, cause = Verdict.MOVING_AWAY, Cause.NONE
    elif counts.better == counts.tested and counts.no_figure == counts.untested == 0:
        verdict, cause = Verdict.MET, Cause.NONE
    return BaselineOutcome(
        baseline=name,
        label=series.words(earlier),
        verdict=verdict,
        cause=cause,
        sentence=link_between(earlier, later, series.metric.breaks).told(
            _sentence(series, counts, earlier, later)
        ),
    )


def _sentence(series: Series, counts: Counts, earlier: TimePeriod, later: TimePeriod) -> str:
    if counts.tested == 0:
        kind = "figure with a margin of error" if counts.untested else "figure"
        return f"No area has a {kind} for both {series.words(earlier)} and {series.words(later)}."
    up, down = ("risen", "fallen")
    if series.metric.polarity is Polarity.LOWER:
        better, worse = down, up
    else:
        better, worse = up, down
    text = (
        f"From {series.words(earlier)} to {series.words(later)} it has clearly {better} in "
        f"{counts.better} and clearly {worse} in {counts.worse} of "
        f"{write_count(counts.tested, 'area', 'areas')}"
    )
    if series.metric.evidence is Evidence.FULL_ENUMERATION:
        text += f", and is the same in {counts.not_clear}."
    else:
        text += (
            f"; in {counts.not_clear} the margin of error hides any change. Taken one by one "
            f"{counts.better_before_correction} had {better} and "
            f"{counts.worse_before_correction} {worse}, but with so many areas chance alone "
            f"gives about {counts.chance:.0f} of each."
        )
    if counts.untested:
        have = write_count(counts.untested, "area has", "areas have")
        text += f" {have} no margin of error, and could not be tested."
    if counts.no_figure:
        text += f" {write_count(counts.no_figure, 'area has', 'areas have')} no figure for both."
    return text
