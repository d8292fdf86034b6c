"""The 95% interval that chance gives to a count, or to a rate or share whose count is known.

Events that may happen any number of times vary like a Poisson number, with the exact interval of
Garwood (1936). People of whom each either does or does not vary like a binomial number, with the
interval of Wilson (1927), which stays between 0 and 100%.
"""

from __future__ import annotations

from metrics.definition import Counts

Interval = tuple[float, float]
CONFIDENCE = 0.95


def poisson_interval(count: float) -> Interval | None:
    """The exact interval of a count of events; None for less than zero."""
    if not count >= 0:
        return None
    # Loaded when first needed: it takes longer to load than a server takes to start.
    from scipy.stats import chi2

    tail = (1 - CONFIDENCE) / 2
    lower = float(chi2.ppf(tail, 2 * count)) / 2 if count > 0 else 0.0
    return lower, float(chi2.ppf(1 - tail, 2 * count + 2)) / 2


def binomial_interval(count: float, of: float) -> Interval | None:
    """Wilson's interval of a share, from 0 to 1; None where no such share can be."""
    if not (of > 0 and 0 <= count <= of):
        return None
    from statsmodels.stats.proportion import proportion_confint

    lower, upper = proportion_confint(count, of, alpha=1 - CONFIDENCE, method="wilson")
    # Rounding alone can leave an end on the wrong side of the share at 0 or 1.
    share = count / of
    return min(float(lower), share), max(float(upper), share)


def interval_of(value: float, counts: Counts, denominator: float | None) -> Interval | None:
    """The interval of a figure, in its own unit.

    Args:
        value: the count itself, or a rate or share for every `counts.per` of the denominator.
        counts: how chance moves it, as the metric declares.
        denominator: of how many the value is a rate or share; None where that is not held.

    Returns:
        None where there can be no such count: below zero, more than there are, or of none.
    """
    if not counts.per:
        return poisson_interval(value)
    if denominator is None or not denominator > 0:
        return None
    count = value / counts.per * denominator
    if counts.chance == "poisson":
        found = poisson_interval(count)
        scale = counts.per / denominator
    else:
        # A share that was rounded up can be a little more than the whole.
        found = binomial_interval(min(count, denominator), denominator) if count >= 0 else None
        scale = counts.per
    return None if found is None else (found[0] * scale, found[1] * scale)
