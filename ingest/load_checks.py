"""A new version of a table against the figures held: what a person has to look at first.

Each figure may be as its definition says and the file still be wrong as a whole: cut short, an
old one, or measured otherwise. These checks only ask; a person answers by accepting the load.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, select

from data import writes
from data.tables import area
from data.writes import FIGURE_KEY
from ingest.faults import SHOWN_PER_KIND, Fault, Refused
from ingest.loading import Reading, as_stored, register
from ingest.revision_checks import check_exchange, check_renamed_period, check_revisions
from ingest.sources.area_codes import unplaced_as_faults
from ingest.sources.declared_tables import declared_tables
from ingest.sources.els_datasets import els_datasets
from ingest.tidy import TidyFigures

# For tables whose declaration names no bound of its own.
LARGEST_MEDIAN_REVISION = 0.05
_PERIOD = ["period_start", "period_end"]
_ACCEPT = (
    "compare it with the publisher's page and its notes; if it is right: "
    'python -m ingest accept {dataset} --reason "..."'
)


class HeldBack(Refused):
    """Figures that are as defined, but so unlike the ones held that a person has to look."""


@dataclass(frozen=True)
class _Places:
    """For the number of each area: the number it counts under, and whether it still exists."""

    same_as: dict[int, int]
    ended: frozenset[int]


def hold_back_if_doubtful(
    connection: Connection, reading: Reading, areas: Mapping[str, int]
) -> None:
    """Compare a reading with what is held of its table, in the transaction of its load.

    Raises:
        HeldBack: fewer areas than before, a newest period that moved backwards, a typical
            revision beyond what is declared, figures that damage would account for
            (`ingest.revision_checks`), or figures gone while rows are set aside for their codes;
            every doubt, series by series.
    """
    dataset = reading.provenance.dataset
    vintages = writes.held_vintages(connection, dataset)
    if not vintages or vintages[-1][1] == reading.entry.figures_sha256:
        return
    numbers = register(connection, reading)
    new = as_stored(reading.checked, numbers, areas)
    held = writes.held_figures(connection, dataset)
    places = _read_places(connection)
    names = dict(zip(numbers, reading.checked.declared, strict=True))
    file = reading.checked.figures.file
    remedy = _ACCEPT.format(dataset=dataset)
    bound = largest_median_revision(dataset)
    whole = reading.provenance.load_replaces == "whole"
    doubts = []
    for number, declared in names.items():
        before, after = (rows[rows["series_id"] == number] for rows in (held, new))
        if before.empty or after.empty:
            continue
        label = declared.label.label
        for found, expected in (
            _newest_period(before, after),
            _fewer_areas(before, after, places),
            _median_revision(before, after, bound),
            *check_revisions(before, after),
            *([check_renamed_period(before, after)] if whole else []),
        ):
            if found:
                words = f"{found} ({label})"
                doubts.append(Fault(file, None, "", words, expected, remedy))
    found, expected = check_exchange(held, new)
    if found:
        doubts.append(Fault(file, None, "", found, expected, remedy))
    found, expected = _gone_with_unplaced_rows(reading.checked.figures, held, new, places)
    if found:
        doubts.append(Fault(file, None, "", found, expected, remedy))
    if doubts:
        raise HeldBack(doubts)


def largest_median_revision(dataset: str) -> float:
    """The share of the typical value by which half of the figures may be revised at most."""
    declared = els_datasets().get(dataset) or declared_tables().get(dataset)
    return declared.largest_median_revision if declared else LARGEST_MEDIAN_REVISION


def _gone_with_unplaced_rows(
    read: TidyFigures, held: pd.DataFrame, new: pd.DataFrame, places: _Places
) -> tuple[str, str]:
    """Figures gone from periods that the file has, while rows are set aside for their codes.

    A figure may stand in such a row, and be withdrawn by nobody.
    """
    expected = "each figure held, where rows are set aside for their codes"
    rows = [f"row {fault.row} ({fault.found})" for fault in unplaced_as_faults(read.rejected)]
    if not rows:
        return "", expected
    had, has = (_figures_of(frame, places) for frame in (held, new))
    periods = {period for *_, period in has}
    gone = sum(1 for one in had - has if one[-1] in periods)
    shown = "; ".join(rows[:SHOWN_PER_KIND])
    more = len(rows) - SHOWN_PER_KIND
    aside = f"{shown}; and {more:,} more" if more > 0 else shown
    figure = "figure" if gone == 1 else "figures"
    found = f"{gone:,} {figure} gone, and set aside for their codes: {aside}"
    return (found if gone else ""), expected


def _figures_of(rows: pd.DataFrame, places: _Places) -> set[tuple[int, int, tuple[Any, ...]]]:
    """Series, place and period of each figure."""
    periods = zip(*(rows[name] for name in _PERIOD), strict=True)
    areas = (places.same_as[number] for number in rows["area_id"])
    return set(zip(rows["series_id"], areas, periods, strict=True))


def _newest_period(before: pd.DataFrame, after: pd.DataFrame) -> tuple[str, str]:
    last, now = (rows["period_end"].max().date() for rows in (before, after))
    expected = f"a newest period that ends on {last} or later, as the one held does"
    return (f"a newest period that ends on {now}" if now < last else ""), expected


def _fewer_areas(before: pd.DataFrame, after: pd.DataFrame, places: _Places) -> tuple[str, str]:
    had, has = (_newest_places(rows, places) for rows in (before, after))
    lost = had - has - places.ended
    expected = f"at least as many areas in the newest period as before ({len(had)})"
    if lost and len(has) < len(had):
        return f"{len(has)} areas", expected
    return _areas_gone(before, after, places)


def _areas_gone(before: pd.DataFrame, after: pd.DataFrame, places: _Places) -> tuple[str, str]:
    """Areas without any figure now, though the file has periods in which they had some.

    A publisher may leave out the areas that were abolished: then all of them.
    """
    periods = pd.MultiIndex.from_frame(after[_PERIOD])
    within = before[pd.MultiIndex.from_frame(before[_PERIOD]).isin(periods)]
    had, has = ({places.same_as[number] for number in rows["area_id"]} for rows in (within, after))
    gone = had - has - (frozenset() if has & places.ended else places.ended)
    expected = f"figures for each of the {len(had)} areas held, or for as many"
    return (f"none for {len(gone)} areas" if gone and len(has) < len(had) else ""), expected


def _newest_places(rows: pd.DataFrame, places: _Places) -> set[int]:
    newest = rows.loc[rows["period_end"] == rows["period_end"].max(), "area_id"]
    return {places.same_as[number] for number in newest.unique()}


def _median_revision(before: pd.DataFrame, after: pd.DataFrame, bound: float) -> tuple[str, str]:
    both = before.merge(after, on=FIGURE_KEY, suffixes=("_before", "_after"))
    old, new = both["value_before"].to_numpy(), both["value_after"].to_numpy()
    known = ~(np.isnan(old) | np.isnan(new))
    expected = f"a median revision of at most {bound:.0%} of the typical value"
    if not known.any():
        return "", expected
    typical = float(np.median(np.abs(old[known])))
    revision = float(np.median(np.abs(new[known] - old[known])))
    if revision <= bound * typical:
        return "", expected
    share = f"{revision / typical:.1%}" if typical else "more than nothing"
    return f"a median revision of {share}", expected


def _read_places(connection: Connection) -> _Places:
    rows = connection.execute(select(area.c.id, area.c.code, area.c.recoded_to, area.c.end_on))
    found = rows.all()
    numbers = {row.code: row.id for row in found}
    same_as = {row.id: numbers.get(row.recoded_to or row.code, row.id) for row in found}
    ended = {row.id for row in found if isinstance(row.end_on, date) and row.recoded_to is None}
    return _Places(same_as, frozenset(ended))
