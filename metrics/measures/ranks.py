"""Ranks with their uncertainty, so that no league table is read as if its places were known.

The 95% interval of a rank comes from comparing the area with every other one. Those from which
it is clearly apart settle where it cannot stand; the others leave it open. So that all of these
comparisons together are wrong at most once in twenty times, each is made at 5% divided by their
number (Bonferroni; for ranks: Klein, Wright and Wieczorek 2020; Mogstad and others 2024).
Ranking random draws around the published values, which is often done, adds the noise a second
time and covers the true rank far less often than it says.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from metrics.definition import Polarity
from metrics.wording import ordinal

Numbers = npt.NDArray[np.float64]
ERROR_RATE = 0.05


@dataclass(frozen=True, slots=True)
class Rank:
    """The place of one area among all; 1 is best, or highest where no direction is better."""

    code: str
    rank: int
    lowest: int
    highest: int
    areas: int
    not_separable: int
    # Whether the values are complete counts, so that only equal ones share places.
    exact: bool = False


def ranks(
    codes: list[str], values: Numbers, errors: Numbers, polarity: Polarity
) -> dict[str, Rank]:
    """Ranks of areas with known standard errors, in the order of codes.

    Args:
        codes, values, errors: in the same order, no blanks; an error of 0 is a complete count.
        polarity: `lower_is_better` ranks the lowest first.

    Returns:
        For each area its rank (ties share the better place), the 95% interval of the rank, and
        from how many other areas its value cannot be separated. Complete counts that are equal
        share their places.
    """
    if not codes:
        return {}
    order = np.argsort(codes)
    signed = -values[order] if polarity is not Polarity.LOWER else values[order]
    spread = errors[order]
    names = [codes[index] for index in order]
    places = np.searchsorted(np.sort(signed), signed, side="left") + 1
    # Below zero where the area of the row stands before that of the column.
    apart = signed[:, np.newaxis] - signed[np.newaxis, :]
    bar = _critical(len(names)) * np.sqrt(spread[:, np.newaxis] ** 2 + spread[np.newaxis, :] ** 2)
    before = (apart > bar).sum(axis=1)
    behind = (apart < -bar).sum(axis=1)
    return {
        name: Rank(
            name,
            int(places[index]),
            int(1 + before[index]),
            int(len(names) - behind[index]),
            len(names),
            int(len(names) - 1 - before[index] - behind[index]),
            not spread.any(),
        )
        for index, name in enumerate(names)
    }


def _critical(areas: int) -> float:
    """How many standard errors two areas must be apart, with one area compared with all others."""
    return NormalDist().inv_cdf(1 - ERROR_RATE / (2 * max(areas - 1, 1)))


def rank_in_words(rank: Rank) -> str:
    """A rank with its uncertainty: `Between 190th and 216th of 216 areas ...`."""
    if rank.lowest == rank.highest:
        return f"{ordinal(rank.rank)} of {rank.areas} areas."
    if rank.exact:
        others = "another area" if rank.not_separable == 1 else f"{rank.not_separable} others"
        return (
            f"Level with {others} at {ordinal(rank.lowest)} to {ordinal(rank.highest)} of "
            f"{rank.areas} areas."
        )
    return (
        f"Between {ordinal(rank.lowest)} and {ordinal(rank.highest)} of {rank.areas} areas; it "
        f"cannot be told apart from {rank.not_separable} of the other {rank.areas - 1}."
    )
