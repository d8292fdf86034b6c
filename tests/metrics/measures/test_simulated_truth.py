"""Every rule that makes a claim, on figures made with a known truth: at most 5% claim falsely.

`make bench` measures the same cases on more runs and prints the shares.
"""

import numpy as np
import pytest

from tests.bench.made_up import worst
from tests.bench.simulated import CASES, Case, run


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.truth}")
def test_at_most_one_claim_in_twenty_is_false_and_true_changes_are_found(case):
    shares = run(case, 7 if case.slow else 8)
    assert shares.false <= 0.05 * shares.runs
    assert (shares.found > 0) is case.changes


def test_picking_the_worst_by_the_year_that_change_is_counted_from_would_claim_falsely():
    shares = run(Case("", "", 601, lambda chance: worst(chance, by=0.0, naive=True)), 5)
    assert shares.false > shares.runs / 2


def test_chance_is_spread_evenly_and_the_same_each_time():
    seen = []
    case = Case("", "", 1, lambda chance: seen.append(float(chance[0])))
    run(case, 6)
    first = list(seen)
    seen.clear()
    run(case, 6)
    assert seen == first
    # Sixty-four points: one in each sixty-fourth of what a normal number can be.
    assert np.mean(first) == pytest.approx(0.0, abs=0.02)
    assert sum(one > 0 for one in first) == 32
