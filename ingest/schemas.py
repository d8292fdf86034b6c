"""Whether figures are what their definitions say: one lazy pandera schema over whole batches.

The bounds differ by metric, so they stand in columns beside the figures (`ingest.declared`) and
one vectorised validation covers every table at once. The database holds the same rules; here
they are explained, every fault at once, by row and value.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from data.tables import BLANK_STATUSES, STATUS_LETTERS
from ingest.declared import DeclaredSeries, beside_declarations, country_of
from ingest.faults import Fault, quoted
from ingest.tidy import NUMBERS, TidyFigures

_LOOK = "compare the row with the publisher's page; if it is right, correct the definition"
# Statuses that say there is no figure, and so cannot stand beside one.
_NEVER_WITH_A_VALUE = frozenset({"c", "x", "z"})
_STATUS_TEXTS = tuple(sorted(STATUS_LETTERS))


@dataclass(frozen=True)
class Rule:
    """One thing that must hold of every row, and how to say that it does not.

    `holds` takes the frame of `beside_declarations` and returns a boolean for each row; the
    other callables take a failing row and the series that declares it.
    """

    name: str
    column: str
    holds: Callable[[pd.DataFrame], pd.Series]
    found: Callable[[Any, DeclaredSeries], str]
    expected: Callable[[Any, DeclaredSeries], str]
    remedy: str = _LOOK


def _of_each(texts: pd.Series, test: Callable[[str], bool]) -> pd.Series:
    """The test of every text, done once for each different one."""
    codes, distinct = pd.factorize(texts)
    return pd.Series(np.array([test(str(text)) for text in distinct], dtype=bool)[codes])


def _has_letter(statuses: pd.Series, letters: frozenset[str]) -> pd.Series:
    return _of_each(statuses, lambda text: not letters.isdisjoint(text.split()))


def _well_written(text: str) -> bool:
    letters = set(text.split())
    return letters <= set(STATUS_LETTERS) and text == " ".join(sorted(letters))


def _value(row: Any, _: DeclaredSeries) -> str:
    return f"{row.obs_value_text} for {row.ref_area} in {row.time_period} ({row.series})"


def _interval(row: Any, _: DeclaredSeries) -> str:
    written = [getattr(row, f"{column}_text") or "nothing" for column in NUMBERS]
    return f"{written[0]} with {written[1]} to {written[2]} for {row.ref_area} ({row.series})"


def _area(row: Any, _: DeclaredSeries) -> str:
    return quoted(row.ref_area)


RULES = (
    Rule(
        "area in the register",
        "ref_area",
        lambda rows: rows["area_known"],
        _area,
        lambda _row, _one: "a code in the register of areas",
        "if the area is new, add it to data/reference with its dates; if it is a slip, tell the "
        "publisher",
    ),
    Rule(
        "area of a declared type",
        "ref_area",
        lambda rows: rows["area_type_declared"] | ~rows["area_known"],
        _area,
        lambda _, one: f"one of the area_types of {one.metric.id}",
    ),
    Rule(
        "area in a declared country",
        "ref_area",
        lambda rows: rows["country_declared"],
        lambda row, _: f"{quoted(row.ref_area)}, which is in {country_of(row.ref_area)}",
        lambda _, one: f"an area in {', '.join(one.coverage.countries)} ({one.metric.id})",
    ),
    Rule(
        "period of the declared shape",
        "time_period",
        lambda rows: rows["period_start"].notna(),
        lambda row, _: row.period_fault,
        lambda _, one: f"a {one.coverage.period.value.replace('_', ' ')} ({one.metric.id})",
    ),
    Rule(
        "period not before the first",
        "time_period",
        lambda rows: rows["starts_in_time"],
        lambda row, _: quoted(row.time_period),
        lambda _, one: f"{one.coverage.first_period} or later ({one.metric.id})",
    ),
    Rule(
        "one figure for each period",
        "time_period",
        lambda rows: (
            ~rows.duplicated(["place", "declared", "ref_area", "period_start", "period_end"])
            | rows["period_start"].isna()
        ),
        lambda row, _: f"{quoted(row.time_period)} again for {row.ref_area} ({row.series})",
        lambda _row, _one: "each period once, however it is written",
        "ask the publisher which of the two figures is right",
    ),
    Rule(
        "value in the plausible range",
        "obs_value",
        lambda rows: (
            rows["obs_value"].isna()
            | ((rows["obs_value"] >= rows["lowest"]) & (rows["obs_value"] <= rows["highest"]))
        ),
        _value,
        lambda _, one: (
            f"a value from {one.plausible.lowest:g} to {one.plausible.highest:g} {one.source.unit} "
            f"({one.metric.id})"
        ),
        "check the figure and its unit at the publisher's; if it is right, widen the plausible "
        "range in the definition",
    ),
    Rule(
        "known statuses",
        "obs_status",
        lambda rows: _of_each(rows["obs_status"], _well_written),
        lambda row, _: quoted(row.obs_status),
        lambda _row, _one: f"letters of {', '.join(_STATUS_TEXTS)}, each once and in order",
    ),
    Rule(
        "blank says why",
        "obs_status",
        lambda rows: rows["obs_value"].notna() | _has_letter(rows["obs_status"], BLANK_STATUSES),
        lambda row, _: f"a blank value with status {quoted(row.obs_status)}",
        lambda _row, _one: f"one of {', '.join(sorted(BLANK_STATUSES))} where there is no value",
    ),
    Rule(
        "status agrees with value",
        "obs_status",
        lambda rows: (
            rows["obs_value"].isna() | ~_has_letter(rows["obs_status"], _NEVER_WITH_A_VALUE)
        ),
        lambda row, _: f"{row.obs_value_text} with status {quoted(row.obs_status)}",
        lambda _row, _one: "no value where the status says that there is none",
        "ask the publisher whether the value or the status is right",
    ),
    Rule(
        "interval whole",
        "lower_95",
        lambda rows: rows["lower_95"].isna() == rows["upper_95"].isna(),
        _interval,
        lambda _row, _one: "both ends of the interval, or neither",
        "ask the publisher for the missing end",
    ),
    Rule(
        "interval has a value",
        "obs_value",
        lambda rows: rows["obs_value"].notna() | rows["lower_95"].isna(),
        _interval,
        lambda _row, _one: "a value where there is an interval",
        "ask the publisher for the value",
    ),
    Rule(
        "interval in order",
        "lower_95",
        lambda rows: ~(rows["lower_95"] > rows["upper_95"]),
        _interval,
        lambda _row, _one: "a lower end that is not above the upper end",
        "ask the publisher; the two ends may have been swapped",
    ),
    Rule(
        "interval contains the value",
        "obs_value",
        lambda rows: (
            ~(
                (rows["obs_value"] < rows["lower_95"] - rows["tolerance"] - 1e-9)
                | (rows["obs_value"] > rows["upper_95"] + rows["tolerance"] + 1e-9)
            )
        ),
        _interval,
        lambda row, one: (
            f"an interval that holds its value to within {row.tolerance:g} ({one.metric.id})"
        ),
    ),
)
FIGURES_SCHEMA = pa.DataFrameSchema(
    # No rule is told to pass over blank rows: there are none, and looking for them costs more than
    # all the rules.
    checks=[
        pa.Check(rule.holds, name=rule.name, n_failure_cases=1, ignore_na=False) for rule in RULES
    ],
    name="figures beside their definitions",
)


def check_rows(
    batch: Sequence[TidyFigures],
    declared: Sequence[DeclaredSeries],
    known_areas: Collection[str],
) -> tuple[pd.DataFrame, list[list[Fault]]]:
    """Hold every row of a batch to its definition.

    Args:
        batch: the figures of several tables or vintages.
        declared: the declared series of these tables.
        known_areas: the codes in the register of areas.

    Returns:
        The frame of `beside_declarations`, and for each member of the batch its faults.
    """
    rows = beside_declarations(batch, declared, known_areas)
    faults: list[list[Fault]] = [[] for _ in batch]
    try:
        # Nothing in the schema changes a figure, so there is no need of a copy.
        FIGURES_SCHEMA.validate(rows, lazy=True, inplace=True)
    except SchemaErrors as errors:
        rules = {rule.name: rule for rule in RULES}
        for error in errors.schema_errors:
            rule = rules[error.check.name]
            for row in rows[~error.check_output.astype(bool)].itertuples(index=False):
                one = declared[row.declared]
                faults[row.place].append(
                    Fault(
                        *(batch[row.place].file, int(row.row_number), rule.column),
                        *(rule.found(row, one), rule.expected(row, one), rule.remedy),
                    )
                )
    return rows, faults
