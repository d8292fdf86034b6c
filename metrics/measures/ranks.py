"""Ranks with their uncertainty, so that no league table is read as if its places were known.

The 95% interval of a rank comes from 2,000 seeded draws: each area's value is drawn from a
normal distribution with its standard error, all areas are ranked in every draw, and the 2.5th
and 97.5th percentiles of an area's ranks bound its rank (Goldstein and Spiegelhalter 1996).
Beside it stands how many areas it cannot be separated from by the two-sided 5% test.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from metrics.definition import Polarity
from metrics.measures.change import CRITICAL_Z
from metrics.wording import ordinal

Numbers = npt.NDArray[np.float64]
DRAWS = 2000
SEED = 20220202


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
        from how many other areas its value cannot be separated.
    """
    if not codes:
        return {}
    order = np.argsort(codes)
    signed = -values[order] if polarity is not Polarity.LOWER else values[order]
    spread = errors[order]
    names = [codes[index] for index in order]
    places = np.searchsorted(np.sort(signed), signed, side="left") + 1
    if spread.any():
        drawn = np.random.default_rng(SEED).normal(signed, spread, size=(DRAWS, len(names)))
        drawn_places = np.argsort(np.argsort(drawn, axis=1), axis=1) + 1
        bounds = np.percentile(drawn_places, [2.5, 97.5], axis=0, method="inverted_cdf")
    else:
        ordered = np.sort(signed)
        bounds = np.stack([places, np.searchsorted(ordered, signed, side="right")])
    apart = np.abs(signed[:, np.newaxis] - signed[np.newaxis, :])
    noise = np.sqrt(spread[:, np.newaxis] ** 2 + spread[np.newaxis, :] ** 2)
    alike = (apart <= CRITICAL_Z * noise).sum(axis=1) - 1
    return {
        name: Rank(
            name,
            int(places[index]),
            int(min(bounds[0, index], places[index])),
            int(max(bounds[1, index], places[index])),
            len(names),
            int(alike[index]),
            not spread.any(),
        )
        for index, name in enumerate(names)
    }


def rank_in_words(rank: Rank) -> str:
    """A rank with its uncertainty: `Between 190th and 216th of 216 areas ...`."""
    if rank.lowest == rank.highest and rank.not_separable == 0:
        return f"{ordinal(rank.rank)} of {rank.areas} areas."
    if rank.exact:
        others = "another area" if rank.not_separable == 1 else f"{rank.not_separable} others"
        return (
            f"Level with {others} at {ordinal(rank.lowest)} to {ordinal(rank.highest)} of "
            f"{rank.areas} areas."
        )
    where = (
        f"{ordinal(rank.rank)}"
        if rank.lowest == rank.highest
        else f"Between {ordinal(rank.lowest)} and {ordinal(rank.highest)}"
    )
    return (
        f"{where} of {rank.areas} areas; it cannot be told apart from "
        f"{rank.not_separable} of the other {rank.areas - 1}."
    )
