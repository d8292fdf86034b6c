"""What the definitions say of each row of a table, as columns beside the figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.areas import AREA_TYPES, area_type
from data.periods import PeriodError, TimePeriod, read_period
from ingest.tidy import NUMBERS, TidyFigures, as_numbers, decimals_written
from metrics.definition import Metric
from metrics.origin import Coverage, PlausibleRange, SeriesLabel, Source

COUNTRY_OF_PREFIX = {"E": "England", "W": "Wales", "S": "Scotland", "N": "Northern Ireland"}
_COUNTRY_OF_ITL = {"TLL": "Wales", "TLM": "Scotland", "TLN": "Northern Ireland"}
_COUNTRIES = tuple(COUNTRY_OF_PREFIX.values())


@dataclass(frozen=True)
class DeclaredSeries:
    """One series of a table together with the metric that declares it."""

    dataset: str
    metric: Metric
    label: SeriesLabel
    source: Source
    coverage: Coverage
    plausible: PlausibleRange


def declared_series(metrics: Iterable[Metric]) -> list[DeclaredSeries]:
    """Every declared series whose figures are held, by table, metric and the order given there."""
    return [
        DeclaredSeries(
            metric.source.dataset, metric, label, metric.source, metric.coverage, metric.plausible
        )
        for metric in sorted(metrics, key=lambda metric: metric.id)
        if metric.source and metric.coverage and metric.plausible
        for label in metric.series
    ]


def beside_declarations(
    batch: Sequence[TidyFigures],
    declared: Sequence[DeclaredSeries],
    known_areas: Collection[str],
) -> pd.DataFrame:
    """All figures of a batch in one frame, with what their definitions say of each row.

    Rows of series that nothing declares are left out: they are a fault of their own.

    Returns:
        The tidy columns with numbers as floats (blank = NaN), and: `place` (position in the
        batch), `row_number`, `declared` (position in `declared`), `period_start` and
        `period_end` (datetime64, inclusive; missing where the period cannot be read),
        `period_fault` (why not), `starts_in_time`, `area_known`, `area_type_declared`,
        `country_declared`, `lowest`, `highest`, and `tolerance`: how far rounding may put a
        value outside its interval.
    """
    frame = pd.concat([figures.frame for figures in batch], ignore_index=True)
    frame["place"] = np.repeat(np.arange(len(batch)), [len(figures.frame) for figures in batch])
    numbers = {(one.dataset, one.label.label): number for number, one in enumerate(declared)}
    frame["declared"] = _series_numbers(frame, batch, numbers)
    frame = frame[frame["declared"] >= 0].reset_index(drop=True)
    for column in NUMBERS:
        frame[f"{column}_text"] = frame[column]
        frame[column] = as_numbers(frame[column])
    which = frame["declared"].to_numpy()
    _add_periods(frame, declared, which)
    _add_areas(frame, declared, which, known_areas)
    frame["lowest"] = np.array([one.plausible.lowest for one in declared], dtype=float)[which]
    frame["highest"] = np.array([one.plausible.highest for one in declared], dtype=float)[which]
    _add_tolerance(frame, declared, which)
    return frame


def _series_numbers(
    frame: pd.DataFrame, batch: Sequence[TidyFigures], numbers: dict[tuple[str, str], int]
) -> np.ndarray:
    codes, labels = pd.factorize(frame["series"])
    table = np.array(
        [[numbers.get((figures.dataset, label), -1) for label in labels] for figures in batch],
        dtype=np.int64,
    ).reshape(len(batch), len(labels))
    found: np.ndarray = table[frame["place"].to_numpy(), codes]
    return found


def _add_periods(
    frame: pd.DataFrame, declared: Sequence[DeclaredSeries], which: np.ndarray
) -> None:
    codes, texts = pd.factorize(frame["time_period"])
    pair_of_row, pairs = pd.factorize(which * max(len(texts), 1) + codes)
    read: list[TimePeriod | None] = []
    faults: list[str] = []
    in_time: list[bool] = []
    for pair in pairs:
        coverage = declared[int(pair) // len(texts)].coverage
        try:
            period = read_period(str(texts[int(pair) % len(texts)]), coverage.period)
            first = read_period(coverage.first_period, coverage.period)
        except PeriodError as error:
            read.append(None)
            faults.append(str(error))
            in_time.append(True)
        else:
            read.append(period)
            faults.append("")
            in_time.append(period.start >= first.start)
    starts = np.array([one.start if one else None for one in read], dtype="datetime64[D]")
    ends = np.array([one.end if one else None for one in read], dtype="datetime64[D]")
    frame["period_start"] = starts[pair_of_row].astype("datetime64[s]")
    frame["period_end"] = ends[pair_of_row].astype("datetime64[s]")
    frame["period_fault"] = np.array(faults, dtype=object)[pair_of_row]
    frame["starts_in_time"] = np.array(in_time, dtype=bool)[pair_of_row]


def _add_areas(
    frame: pd.DataFrame,
    declared: Sequence[DeclaredSeries],
    which: np.ndarray,
    known_areas: Collection[str],
) -> None:
    codes, areas = pd.factorize(frame["ref_area"])
    known = frozenset(known_areas)
    types = [area_type(str(area)) for area in areas]
    countries = [country_of(str(area)) for area in areas]
    type_number = np.array([AREA_TYPES.index(kind) if kind else -1 for kind in types], dtype=int)
    country_number = np.array(
        [_COUNTRIES.index(name) if name else -1 for name in countries], dtype=int
    )
    # The last column stands for "of no type" (never declared) and "of no one country" (always).
    type_allowed = np.array(
        [[kind in one.coverage.area_types for kind in AREA_TYPES] + [False] for one in declared]
    ).reshape(len(declared), len(AREA_TYPES) + 1)
    country_allowed = np.array(
        [[name in one.coverage.countries for name in _COUNTRIES] + [True] for one in declared]
    ).reshape(len(declared), len(_COUNTRIES) + 1)
    frame["area_known"] = np.array([area in known for area in areas], dtype=bool)[codes]
    frame["area_type_declared"] = type_allowed[which, type_number[codes]]
    frame["country_declared"] = country_allowed[which, country_number[codes]]


def country_of(code: str) -> str | None:
    """The one country that an area lies in, from its code; None for the UK and parts of it."""
    if code.startswith("TL"):
        return _COUNTRY_OF_ITL.get(code[:3], "England")
    return COUNTRY_OF_PREFIX.get(code[:1])


def _add_tolerance(
    frame: pd.DataFrame, declared: Sequence[DeclaredSeries], which: np.ndarray
) -> None:
    tolerance = np.array([one.metric.rounding for one in declared], dtype=float)[which]
    value, lower, upper = (frame[column].to_numpy() for column in NUMBERS)
    # Only rows that the declared rounding does not explain need their digits counted.
    misses = (value < lower - tolerance) | (value > upper + tolerance)
    if misses.any():
        written = frame.loc[misses, [f"{column}_text" for column in NUMBERS]]
        decimals = written.apply(decimals_written).min(axis=1).to_numpy()
        tolerance[misses] = np.maximum(tolerance[misses], 0.5 * 10.0 ** -decimals.astype(float))
    frame["tolerance"] = tolerance
