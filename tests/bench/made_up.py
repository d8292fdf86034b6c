"""Cases made up with a known truth, each put to one rule: what did it say?

Errors are normal; areas differ in how large theirs are, as authorities do. Each function turns
standard normal numbers into figures, gives them to the rule that the pages use, and tells a false
claim from a true one.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from math import sqrt

import numpy as np
import numpy.typing as npt
from scipy.stats import norm, poisson

from data.periods import PeriodShape, TimePeriod
from metrics.definition import Break, Evidence, Polarity
from metrics.measures.asked import surely_as_asked
from metrics.measures.baselines import why_not_comparable
from metrics.measures.chance import poisson_interval
from metrics.measures.change import Measured, against_benchmark, difference
from metrics.measures.disparity import Gap, corrected_gap, gap_between_extremes, gap_top_and_rest
from metrics.measures.everywhere import surviving
from metrics.measures.gaps import movement
from metrics.measures.pace import pace_towards, verdict_by_pace
from metrics.measures.ranks import ranks
from metrics.measures.results import Direction, Verdict
from metrics.measures.trend import Point, trend
from metrics.measures.worst import worst_against_rest
from tests.metrics.measures.builders import make_clause, make_metric

Numbers = npt.NDArray[np.float64]
HALF = 1.96


class Said(Enum):
    """What a rule said of one made-up case."""

    FALSE = "something that is not so"
    FOUND = "the change that there is"
    NOTHING = "no claim"


def within(value: float, error: float) -> Measured:
    """A value published with its 95% interval."""
    return Measured(value, value - HALF * error, value + HALF * error)


def year(number: int) -> TimePeriod:
    """A calendar year."""
    return TimePeriod(date(number, 1, 1), date(number, 12, 31))


# One area over time.


def change(chance: Numbers, *, true: float, errors: tuple[float, float], broken: bool) -> Said:
    """Two figures whose truths differ by `true`; with `broken` the method changed in between."""
    breaks = (Break(starts=date(2022, 1, 1), reason="New questions"),) if broken else ()
    if why_not_comparable(year(2021), year(2023), breaks, PeriodShape.CALENDAR_YEAR):
        return Said.NOTHING
    # The first number moves the difference alone and the second their sum alone, so that the
    # spread of the first over its range is that of the difference.
    both = sqrt(errors[0] ** 2 + errors[1] ** 2)
    before = 60 + errors[0] * (errors[1] * chance[1] - errors[0] * chance[0]) / both
    after = 60 + true + errors[1] * (errors[1] * chance[0] + errors[0] * chance[1]) / both
    found = difference(within(after, errors[1]), within(before, errors[0]), Evidence.INTERVALS, 0.0)
    claimed = {Direction.HIGHER: 1, Direction.LOWER: -1}.get(found.direction, 0)
    return _direction(claimed, np.sign(true))


def _direction(claimed: int, true: float) -> Said:
    if claimed == 0:
        return Said.NOTHING
    return Said.FOUND if claimed == true else Said.FALSE


def counted(chance: Numbers, *, then: float, now: float) -> Said:
    """Two numbers of events that happen by chance around `then` and `now`."""
    counts = [float(one) for one in poisson.ppf(norm.cdf(chance), (then, now))]
    bounds = [poisson_interval(count) or (0.0, 0.0) for count in counts]
    before, after = (Measured(count, *ends) for count, ends in zip(counts, bounds, strict=True))
    found = difference(after, before, Evidence.COUNTS, 0.0)
    claimed = {Direction.HIGHER: 1, Direction.LOWER: -1}.get(found.direction, 0)
    return _direction(claimed, np.sign(now - then))


TWO_FIFTHS_MORE = make_clause(
    "rises_by", scope="United Kingdom", threshold=0.4, threshold_kind="relative"
)
SAMPLED = make_metric()


def grown(chance: Numbers, *, true: float) -> Said:
    """A figure of 100 that truly becomes `true`, where two fifths more are asked for."""
    before, after = 100 + 2 * float(chance[0]), true + 2 * float(chance[1])
    if not surely_as_asked(TWO_FIFTHS_MORE, within(after, 2), within(before, 2), SAMPLED):
        return Said.NOTHING
    return Said.FOUND if true > 140 else Said.FALSE


def paced(
    chance: Numbers, *, slope: float, evidence: Evidence, shift: float = 0.0, handed: int = 5
) -> Said:
    """Yearly figures to 2023 that truly move by `slope` a year; 1 a year is needed.

    With a `shift` the method changed after the first years: only the `handed` newest figures are
    compared, as the product hands on only those since a break.
    """
    noise = 0.7
    values = 60 + slope * np.arange(len(chance)) + noise * chance
    values[:-handed] += shift
    points = [
        Point(year(2023 - len(chance) + 1 + index), within(float(value), noise))
        for index, value in enumerate(values)
    ][-handed:]
    found = trend(points, evidence)
    assert found is not None
    now = points[-1].figure.value
    pace = pace_towards(now, now + 7.0, 7.0, found)
    assert pace is not None
    verdict = verdict_by_pace(pace)[0]
    so = {
        Verdict.ON_COURSE: slope >= 0.95,
        Verdict.TOO_SLOWLY: 0 < slope < 0.95,
        Verdict.MOVING_AWAY: slope < 0,
        # It says as well that the pace that is needed would have been seen.
        Verdict.NO_CLEAR_CHANGE: slope < 1.0,
    }
    if verdict is Verdict.CANNOT_BE_SHOWN:
        return Said.NOTHING
    if not so[verdict]:
        return Said.FALSE
    return Said.NOTHING if verdict is Verdict.NO_CLEAR_CHANGE else Said.FOUND


def compared(chance: Numbers, *, true: float, share: float) -> Said:
    """An area beside a whole, of which it is a `share`, with an error of the whole's own."""
    area = 60 + true + chance[0]
    others = 60 + sqrt(share / (1 - share)) * chance[1] if share else 60.0
    whole = share * (area - true) + (1 - share) * others
    found = against_benchmark(within(area, 1.0), whole, Evidence.INTERVALS, 0.0)
    claimed = {Direction.HIGHER: 1, Direction.LOWER: -1}.get(found.direction, 0)
    return _direction(claimed, np.sign(true))


# Many areas at once.


def sizes(count: int) -> Numbers:
    """Standard errors of areas, around 1, from 0.6 to 1.6."""
    return np.linspace(0.6, 1.6, count)[np.argsort(np.argsort(np.sin(np.arange(count))))]


def spread(count: int) -> Numbers:
    """True values of areas: normal quantiles, in an order that has nothing to do with `sizes`."""
    order = np.argsort(np.argsort(np.cos(7 * np.arange(count))))
    return np.asarray(norm.ppf((order + 0.5) / count))


def everywhere(chance: Numbers, *, rising: int, falling: int, by: float) -> Said:
    """Areas of which some truly rise, some fall, and the rest stay as they are."""
    count = len(chance) // 2
    error = sizes(count)
    true = np.zeros(count)
    true[:rising], true[count - falling :] = by, -by
    pairs = zip(true + error * chance[:count], error * chance[count:], error, strict=True)
    results = [
        difference(within(after, one), within(before, one), Evidence.INTERVALS, 0.0)
        for after, before, one in pairs
    ]
    kept = surviving(results)
    fell = any(one.size < 0 and clear for one, clear in zip(results, kept, strict=True))
    if fell:
        return Said.FOUND if falling else Said.FALSE
    if all(one.size > 0 and clear for one, clear in zip(results, kept, strict=True)):
        return Said.FOUND if rising == count else Said.FALSE
    return Said.NOTHING


def gap(
    chance: Numbers, *, between: float, noise: tuple[float, float], wider: float, extremes: bool
) -> Said:
    """Areas whose true spread grows by the factor `wider`, while their noise changes too."""
    count = len(chance) // 2
    true, pairs = between * spread(count), []
    gap_of = _extremes if extremes else _top_and_rest
    for size, factor, luck in zip(noise, (1.0, wider), np.split(chance, 2), strict=True):
        errors = size * sizes(count)
        values = 60 + factor * true + errors * luck
        corrected = corrected_gap(values, errors, gap_of)
        assert corrected is not None
        pairs.append((gap_of(values, errors), corrected))
    moves = {movement(*two) for two in zip(*pairs, strict=True)}
    if len(moves) > 1:
        return Said.NOTHING
    return _direction(moves.pop(), np.sign(wider - 1))


def _extremes(values: Numbers, errors: Numbers) -> Gap:
    found = gap_between_extremes(values, errors)
    assert found is not None
    return found


def _top_and_rest(values: Numbers, errors: Numbers) -> Gap:
    found = gap_top_and_rest(values, Polarity.HIGHER, errors)
    assert found is not None
    return found


def placed(chance: Numbers, *, between: float, extreme: bool) -> Said:
    """Whether the interval of a place holds the true place: of one area, or of the first one."""
    count = len(chance)
    true, errors = between * spread(count), sizes(count)
    codes = [f"{index:04d}" for index in range(count)]
    values = true + errors * chance
    found = ranks(codes, values, errors, Polarity.HIGHER)
    chosen = int(np.argmax(values)) if extreme else 17
    place = 1 + int((true > true[chosen]).sum())
    one = found[codes[chosen]]
    return Said.NOTHING if one.lowest <= place <= one.highest else Said.FALSE


def worst(chance: Numbers, *, by: float, naive: bool = False) -> Said:
    """The worst tenth picked by one year, whose change is measured between two others.

    All areas truly improve by 1, the lowest tenth by `by` more. With `naive` they are picked by the
    year that the change is counted from.
    """
    aim, chance = chance[0], chance[1:]
    count = len(chance) // 3
    errors, true = sizes(count), spread(count)
    lowest = true < np.quantile(true, 0.1)
    picked, before, after = np.split(chance, 3)
    if not naive:
        first_tenth = np.argsort(true + errors * picked)[: count // 10]
        weights = np.full(count, -1 / (count - count // 10))
        weights[first_tenth] = 1 / (count // 10)
        before, after = np.split(_aimed(chance[count:], np.tile(weights * errors, 2), aim), 2)
        before = -before
    first = true + errors * before
    ranked = first if naive else true + errors * picked
    later = true + 1 + by * lowest + errors * after
    (found,) = worst_against_rest(ranked, first, later, (errors, errors), Polarity.HIGHER)
    verdict = found.verdict()[0]
    claimed = {Verdict.ON_COURSE: 1, Verdict.MOVING_AWAY: -1}.get(verdict, 0)
    return _direction(claimed, np.sign(by))


def _aimed(chance: Numbers, direction: Numbers, aim: float) -> Numbers:
    """The same chance, but `aim` alone is how far it goes in one direction.

    Evenly spread points are even in each number, not in every sum of hundreds; so the sum that a
    test looks at is given a number of its own.
    """
    unit = direction / np.linalg.norm(direction)
    return chance - float(chance @ unit) * unit + aim * unit
