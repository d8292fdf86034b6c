"""A table held to its definitions as a whole: its series, its units, the areas it must have."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.areas import COMBINED_AUTHORITY, CONSTITUENT
from ingest.declared import DeclaredSeries, declared_series
from ingest.faults import Fault, quoted
from ingest.schemas import check_rows
from ingest.tidy import TidyFigures
from metrics.definition import Metric

_COVERAGE_REMEDY = (
    "look whether the publisher has dropped the area; if so, correct the coverage in the definition"
)


@dataclass(frozen=True)
class CheckedFigures:
    """The figures of one table and what was found wrong with them.

    Attributes:
        figures: as they were read.
        declared: the series of the table, in the order of `rows["declared"]`.
        rows: the frame of `ingest.declared.beside_declarations` for this table, where
            `declared` is a position in the attribute of that name.
        faults: everything wrong; the figures may be loaded only when it is empty.
    """

    figures: TidyFigures
    declared: tuple[DeclaredSeries, ...]
    rows: pd.DataFrame
    faults: tuple[Fault, ...]


def check_figures(
    batch: Sequence[TidyFigures],
    metrics: Iterable[Metric],
    known_areas: Collection[str],
    *,
    newest: bool = True,
) -> list[CheckedFigures]:
    """Check tables against the definitions of their metrics, all in one vectorised pass.

    Args:
        batch: tables for which at least one metric is declared; none twice.
        metrics: definitions; those of other tables make no difference.
        known_areas: the codes in the register of areas.
        newest: whether these are the newest figures of their tables. Earlier ones are held to
            every rule but those of coverage: a publisher adds areas as the years go by.
    """
    names = {figures.dataset for figures in batch}
    declared = [one for one in declared_series(metrics) if one.dataset in names]
    if not batch:
        return []
    rows, row_faults = check_rows(batch, declared, known_areas)
    lacking = _coverage_faults(batch, declared, rows) if newest else [[] for _ in batch]
    parts = dict(iter(rows.groupby("place", sort=False)))
    checked = []
    for place, figures in enumerate(batch):
        own = [number for number, one in enumerate(declared) if one.dataset == figures.dataset]
        part = parts.get(place, rows.iloc[:0])
        part = part.assign(declared=np.searchsorted(own, part["declared"].to_numpy()))
        series = tuple(declared[number] for number in own)
        faults = (*_series_faults(figures, series), *row_faults[place], *lacking[place])
        checked.append(CheckedFigures(figures, series, part, faults))
    return checked


def _series_faults(figures: TidyFigures, declared: tuple[DeclaredSeries, ...]) -> list[Fault]:
    by_label = {one.label.label: one for one in declared}
    found = {words.label: words for words in figures.series}
    faults = []
    for label in found.keys() - by_label.keys():
        faults.append(
            Fault(
                *(figures.file, None, "series", quoted(label)),
                f"a series that a metric of {figures.dataset} declares",
                "declare it in a definition, word for word, or correct the label there",
            )
        )
    for label in by_label.keys() - found.keys():
        faults.append(
            Fault(
                *(figures.file, None, "series", f"no series {quoted(label)}"),
                f"every series that {by_label[label].metric.id} declares",
                "the publisher may have renamed it: compare the labels in the file",
            )
        )
    for label in found.keys() & by_label.keys():
        one = by_label[label]
        if found[label].unit != one.source.unit:
            faults.append(
                Fault(
                    *(figures.file, None, "unit", quoted(found[label].unit)),
                    f"{quoted(one.source.unit)}, the unit that {one.metric.id} declares",
                    "if the publisher has changed the unit, the metric's figures are not "
                    "comparable with earlier ones: read its notes before changing the definition",
                )
            )
    return sorted(faults, key=lambda fault: (fault.column, fault.found))


def _coverage_faults(
    batch: Sequence[TidyFigures], declared: Sequence[DeclaredSeries], rows: pd.DataFrame
) -> list[list[Fault]]:
    """Areas that must be there in the latest period of each series, and the one that may not."""
    newest = rows.groupby("declared")["period_end"].transform("max")
    latest = rows.loc[rows["period_end"] == newest, ["declared", "ref_area", "time_period"]]
    present = latest.groupby("declared")["ref_area"].agg(set).to_dict()
    period = latest.groupby("declared")["time_period"].first().to_dict()
    combined = set(rows.loc[rows["ref_area"] == COMBINED_AUTHORITY, "declared"])
    place_of = {figures.dataset: place for place, figures in enumerate(batch)}
    faults: list[list[Fault]] = [[] for _ in batch]
    for number, one in enumerate(declared):
        place = place_of[one.dataset]
        file, own = batch[place].file, faults[place]
        for code in _required(one) if number in present else ():
            if code not in present[number]:
                own.append(
                    Fault(
                        *(file, None, "ref_area"),
                        f"no row for {code} in {period[number]} ({one.label.label})",
                        f"every area that the coverage of {one.metric.id} declares",
                        _COVERAGE_REMEDY,
                    )
                )
        if not one.coverage.combined_authority and number in combined:
            own.append(
                Fault(
                    *(file, None, "ref_area"),
                    f"figures for {COMBINED_AUTHORITY} ({one.label.label})",
                    f"none, as {one.metric.id} declares combined_authority = false",
                    "set combined_authority = true in the definition",
                )
            )
    return faults


def _required(one: DeclaredSeries) -> tuple[str, ...]:
    coverage = one.coverage
    return (
        *(CONSTITUENT if coverage.boroughs else ()),
        *((COMBINED_AUTHORITY,) if coverage.combined_authority else ()),
        *((coverage.united_kingdom,) if coverage.united_kingdom else ()),
    )
