"""What a new version of a table does to the figures that are held."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.writes import FIGURE_KEY, FIGURE_NUMBERS


@dataclass(frozen=True, slots=True)
class Changes:
    """How many figures a vintage added, took away, gave another value, or another status."""

    added: int = 0
    withdrawn: int = 0
    revised: int = 0
    restatused: int = 0


@dataclass(frozen=True)
class Comparison:
    """What a new vintage does to the held figures.

    Attributes:
        counts: how many figures changed, and how.
        closed: held rows that are no longer known (rows of `held_figures`).
        inserted: figures that become known.
    """

    counts: Changes
    closed: pd.DataFrame
    inserted: pd.DataFrame


def first_figures(new: pd.DataFrame) -> Comparison:
    """The comparison for a table of which nothing is held."""
    return Comparison(Changes(added=len(new)), new.iloc[:0], new)


def compare(held: pd.DataFrame, new: pd.DataFrame, only_its_periods: bool) -> Comparison:
    """Compare new figures with the held ones.

    Args:
        held: as `data.writes.held_figures` returns them.
        new: with the columns of `data.writes.FIGURE_COLUMNS`.
        only_its_periods: figures of periods that `new` does not contain stay as they are;
            otherwise whatever is not in `new` is withdrawn.
    """
    if only_its_periods:
        periods = pd.MultiIndex.from_frame(new[["period_start", "period_end"]])
        within = pd.MultiIndex.from_frame(held[["period_start", "period_end"]]).isin(periods)
        held = held[within]
    key = FIGURE_KEY
    places = new[key].reset_index(drop=True).reset_index(names="new_place")
    pairs = held[key].reset_index(drop=True).reset_index(names="held_place")
    both = pairs.merge(places, on=key, how="inner")
    old = held.iloc[both["held_place"].to_numpy()]
    now = new.iloc[both["new_place"].to_numpy()]
    revised = np.zeros(len(both), dtype=bool)
    for name in FIGURE_NUMBERS:
        before, after = old[name].to_numpy(), now[name].to_numpy()
        revised |= (before != after) & ~(np.isnan(before) & np.isnan(after))
    restatused = ~revised & (
        (old["status"].to_numpy() != now["status"].to_numpy())
        | (old["note"].to_numpy() != now["note"].to_numpy())
    )
    changed = revised | restatused
    stays_held = np.zeros(len(held), dtype=bool)
    stays_held[both["held_place"].to_numpy()[~changed]] = True
    stays_new = np.zeros(len(new), dtype=bool)
    stays_new[both["new_place"].to_numpy()[~changed]] = True
    counts = Changes(
        added=len(new) - len(both),
        withdrawn=len(held) - len(both),
        revised=int(revised.sum()),
        restatused=int(restatused.sum()),
    )
    return Comparison(counts, held[~stays_held], new[~stays_new])
