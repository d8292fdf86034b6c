"""How often each rule claims what is not so, on figures made up with a known truth.

Chance is spread evenly over all that it can do (scrambled Sobol points, seeded), so that a share of
false claims is measured more exactly than by as many random draws, and every run gives the same
numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy.stats import norm, qmc

from metrics.definition import Evidence
from tests.bench.figures import Figure
from tests.bench.made_up import (
    Numbers,
    Said,
    change,
    compared,
    counted,
    everywhere,
    gap,
    grown,
    paced,
    placed,
    worst,
)

SEED = 20220202
# At most this share of runs may claim what is not so, in percent.
ALLOWED = 5.0


@dataclass(frozen=True, slots=True)
class Case:
    """A rule and a truth. `once` turns `numbers` standard normal numbers into what was said.

    `slow` cases are measured on fewer runs; `changes` says whether there is a change to be found.
    """

    rule: str
    truth: str
    numbers: int
    once: Callable[[Numbers], Said]
    changes: bool = False
    slow: bool = False


@dataclass(frozen=True, slots=True)
class Shares:
    """Of how many runs, how many made a false claim and how many found the true change."""

    runs: int
    false: int
    found: int


def run(case: Case, power: int) -> Shares:
    """Put a case to its rule `2 ** power` times, each number once in the middle of each part."""
    count = 2**power
    points = qmc.Sobol(case.numbers, scramble=True, rng=SEED).random_base2(power)
    chance = norm.ppf((np.floor(points * count) + 0.5) / count)
    said = [case.once(one) for one in chance]
    return Shares(count, said.count(Said.FALSE), said.count(Said.FOUND))


def measure(power: int = 12, slow_power: int = 11) -> list[Figure]:
    """The shares of every case, in percent of its runs; false claims with their target."""
    figures = []
    for case in CASES:
        shares = run(case, slow_power if case.slow else power)
        figures.append(
            Figure(
                case.rule,
                f"{case.truth}: false claims",
                100 * shares.false / shares.runs,
                "%",
                shares.runs,
                ALLOWED,
            )
        )
        if case.changes:
            found = 100 * shares.found / shares.runs
            figures.append(Figure(case.rule, f"{case.truth}: found", found, "%", shares.runs))
    return figures


CHANGE, COUNTS = "change of one area", "change of a count"
GROWN = "a rise of two fifths"
PACE, COMPLETE = "pace, with margins of error", "pace, complete counts"
BESIDE, EVERYWHERE = "area beside a whole", "in every area, of 300"
PLACES, WORST = "place among 100", "worst improve most, of 200"
STILL = partial(change, true=0.0, errors=(1.0, 1.0), broken=False)
PACED = partial(paced, evidence=Evidence.INTERVALS)
COMPLETE_COUNTS = partial(paced, evidence=Evidence.FULL_ENUMERATION)
GAPS = (
    ("no change", 3.0, (1.0, 1.0), 1.0),
    ("no change, much noise", 1.0, (1.0, 1.0), 1.0),
    ("noise doubles, the gap stays", 3.0, (1.0, 2.0), 1.0),
    ("much noise doubles, the gap stays", 1.0, (1.0, 2.0), 1.0),
    ("noise halves, the gap stays", 1.0, (2.0, 1.0), 1.0),
    ("little spread, more noise", 0.5, (1.0, 1.5), 1.0),
    ("three tenths wider", 3.0, (1.0, 1.0), 1.3),
    ("three tenths narrower", 3.0, (1.0, 1.0), 0.7),
)

CASES = (
    Case(CHANGE, "no change", 2, STILL),
    Case(CHANGE, "no change, noise doubles", 2, partial(STILL, errors=(1.0, 2.0))),
    Case(CHANGE, "a rise of 4 errors", 2, partial(STILL, true=4.0), True),
    Case(CHANGE, "a new method, 4 errors up", 2, partial(STILL, true=4.0, broken=True)),
    Case(COUNTS, "5 events, no change", 2, partial(counted, then=5.0, now=5.0), slow=True),
    Case(COUNTS, "50 events, no change", 2, partial(counted, then=50.0, now=50.0), slow=True),
    Case(COUNTS, "50 events, then 90", 2, partial(counted, then=50.0, now=90.0), True, True),
    Case(GROWN, "just two fifths", 2, partial(grown, true=140.0)),
    Case(GROWN, "three fifths", 2, partial(grown, true=160.0), True),
    Case(PACE, "no change", 5, partial(PACED, slope=0.0)),
    Case(PACE, "60% of the pace needed", 5, partial(PACED, slope=0.6), True),
    Case(PACE, "90% of the pace needed", 5, partial(PACED, slope=0.9), True),
    Case(PACE, "twice the pace needed", 5, partial(PACED, slope=2.0), True),
    Case(PACE, "going back", 5, partial(PACED, slope=-1.0), True),
    Case(PACE, "a new method, no change", 8, partial(PACED, slope=0.0, shift=-9.0)),
    Case(COMPLETE, "no change", 5, partial(COMPLETE_COUNTS, slope=0.0), slow=True),
    Case(COMPLETE, "twice the pace needed", 5, partial(COMPLETE_COUNTS, slope=2.0), True, True),
    Case(BESIDE, "no difference, the nation", 1, partial(compared, true=0.0, share=0.0)),
    Case(BESIDE, "no difference, a seventh of it", 2, partial(compared, true=0.0, share=1 / 7)),
    Case(BESIDE, "3 errors below", 2, partial(compared, true=-3.0, share=1 / 7), True),
    *(
        Case(EVERYWHERE, truth, 600, partial(everywhere, rising=up, falling=down, by=by), to, True)
        for truth, up, down, by, to in (
            ("no change", 0, 0, 0.0, False),
            ("260 rise, none falls", 260, 0, 8.0, False),
            ("all rise", 300, 0, 12.0, True),
            ("100 rise and 10 fall", 100, 10, 6.0, True),
        )
    ),
    *(
        Case(
            f"gap {words}, of 216",
            truth,
            432,
            partial(gap, between=between, noise=noise, wider=wider, extremes=ends),
            wider != 1,
            True,
        )
        for words, ends in (("between extremes", True), ("of best and rest", False))
        for truth, between, noise, wider in GAPS
    ),
    Case(PLACES, "far apart", 100, partial(placed, between=3.0, extreme=False), slow=True),
    Case(PLACES, "close together", 100, partial(placed, between=0.3, extreme=False), slow=True),
    Case(PLACES, "close, the first", 100, partial(placed, between=0.3, extreme=True), slow=True),
    Case(WORST, "all improve alike", 601, partial(worst, by=0.0), slow=True),
    Case(WORST, "the worst by 3 more", 601, partial(worst, by=3.0), True, True),
)
