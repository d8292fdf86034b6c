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
        had, has = _numbered(held, new, ["period_start", "period_end"])
        held = held[np.isin(had, has)]
    had, has = _numbered(held, new, FIGURE_KEY)
    found = pd.Index(had).get_indexer(has)
    now = np.flatnonzero(found >= 0)
    old = found[now]
    revised = np.zeros(len(now), dtype=bool)
    for name in FIGURE_NUMBERS:
        before, after = held[name].to_numpy()[old], new[name].to_numpy()[now]
        revised |= (before != after) & ~(np.isnan(before) & np.isnan(after))
    restatused = np.zeros(len(now), dtype=bool)
    for name in ("status", "note"):
        restatused |= held[name].to_numpy()[old] != new[name].to_numpy()[now]
    restatused &= ~revised
    changed = revised | restatused
    stays_held = np.zeros(len(held), dtype=bool)
    stays_held[old[~changed]] = True
    stays_new = np.zeros(len(new), dtype=bool)
    stays_new[now[~changed]] = True
    counts = Changes(
        added=len(new) - len(now),
        withdrawn=len(held) - len(now),
        revised=int(revised.sum()),
        restatused=int(restatused.sum()),
    )
    return Comparison(counts, held[~stays_held], new[~stays_new])


def _numbered(
    held: pd.DataFrame, new: pd.DataFrame, columns: list[str]
) -> tuple[np.ndarray, np.ndarray]:
    """One number for what stands in the columns of each row, the same wherever the same stands.

    Looking up one number costs a tenth of looking up several columns together.
    """
    numbers = np.zeros(len(held) + len(new), dtype=np.int64)
    for name in columns:
        values = np.concatenate([held[name].to_numpy(), new[name].to_numpy()])
        codes, distinct = pd.factorize(
            values.view(np.int64) if values.dtype.kind == "M" else values
        )
        # Numbered anew each time, so that they never outgrow the square of the number of rows.
        numbers, _ = pd.factorize(numbers * len(distinct) + codes)
    return numbers[: len(held)], numbers[len(held) :]
