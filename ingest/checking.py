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
from ingest.sources.area_codes import unplaced_as_faults
from ingest.tidy import TidyFigures, shared_texts
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
    newest: bool | Sequence[bool] = True,
) -> list[CheckedFigures]:
    """Check tables against the definitions of their metrics, all in one vectorised pass.

    Args:
        batch: tables for which at least one metric is declared; a table may be there in several
            vintages, each of which is checked for itself.
        metrics: definitions; those of other tables make no difference.
        known_areas: the codes in the register of areas.
        newest: whether these are the newest figures of their tables: all of them or none, or one
            answer for each. Earlier ones are held to every rule but those of coverage: a
            publisher adds areas as the years go by.
    """
    names = {figures.dataset for figures in batch}
    declared = [one for one in declared_series(metrics) if one.dataset in names]
    if not batch:
        return []
    rows, row_faults = check_rows(batch, declared, known_areas)
    covers = [newest] * len(batch) if isinstance(newest, bool) else newest
    numbers = [
        [number for number, one in enumerate(declared) if one.dataset == figures.dataset]
        for figures in batch
    ]
    lacking = _coverage_faults(batch, declared, numbers, rows, covers)
    # As the store takes them: made here once for all, and not again for each vintage.
    rows = rows.assign(
        **{name: shared_texts(rows[name]) for name in ("ref_area", "obs_status", "note")}
    )
    # The rows are in the order of the batch.
    bounds = np.searchsorted(rows["place"].to_numpy(), np.arange(len(batch) + 1))
    checked = []
    for place, (figures, own) in enumerate(zip(batch, numbers, strict=True)):
        part = rows.iloc[bounds[place] : bounds[place + 1]]
        part = part.assign(declared=np.searchsorted(own, part["declared"].to_numpy()))
        series = tuple(declared[number] for number in own)
        faults = (*_series_faults(figures, series), *row_faults[place], *lacking[place])
        if faults:
            faults = (*faults, *unplaced_as_faults(figures.rejected))
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
    batch: Sequence[TidyFigures],
    declared: Sequence[DeclaredSeries],
    numbers: Sequence[Sequence[int]],
    rows: pd.DataFrame,
    covers: Sequence[bool],
) -> list[list[Fault]]:
    """Areas that must be there in the latest period of each series, and the one that may not.

    `numbers` has the declared series of each member of the batch, `covers` whether it has to
    have the areas of their coverage.
    """
    each = ["place", "declared"]
    covered = np.array(covers, dtype=bool)[rows["place"].to_numpy()]
    rows = rows.loc[covered, [*each, "ref_area", "time_period", "period_end"]]
    latest = rows[rows["period_end"] == rows.groupby(each)["period_end"].transform("max")]
    period = latest.drop_duplicates(each).set_index(each)["time_period"].to_dict()
    held_to = [
        (place, number) for place, own in enumerate(numbers) if covers[place] for number in own
    ]
    required = {code for _, number in held_to for code in _required(declared[number])}
    asked = latest.loc[latest["ref_area"].isin(required), [*each, "ref_area"]]
    present = set(asked.itertuples(index=False, name=None))
    combined = rows.loc[rows["ref_area"] == COMBINED_AUTHORITY, each]
    with_combined = set(combined.itertuples(index=False, name=None))
    faults: list[list[Fault]] = [[] for _ in batch]
    for key in held_to:
        place, one = key[0], declared[key[1]]
        file, own = batch[place].file, faults[place]
        for code in _required(one) if key in period else ():
            if (*key, code) not in present:
                own.append(
                    Fault(
                        *(file, None, "ref_area"),
                        f"no row for {code} in {period[key]} ({one.label.label})",
                        f"every area that the coverage of {one.metric.id} declares",
                        _COVERAGE_REMEDY,
                    )
                )
        if not one.coverage.combined_authority and key in with_combined:
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
