"""What has to be declared of a Nomis table before its figures can be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from pydantic import ConfigDict, Field, model_validator
from pydantic.dataclasses import dataclass

from data.tables import STATUS_LETTERS
from ingest.sources.written_periods import WrittenPeriod

COUNTING = ("RECORD_OFFSET", "RECORD_COUNT")
_FIXED = ("GEOGRAPHY", "GEOGRAPHY_NAME", "GEOGRAPHY_CODE")
_FIGURES = ("MEASURES", "OBS_VALUE", "OBS_STATUS", "OBS_STATUS_NAME")
_strict = ConfigDict(extra="forbid")

# The service's own words beside each figure. The first four are those of its workbooks, too.
STATUSES: Mapping[str, str] = MappingProxyType(
    {
        "Estimate and confidence interval not available since the group sample size is zero or "
        "disclosive (0-2)": "c",
        "Estimate and confidence interval unreliable since the group sample size is small "
        "(3-9)": "u",
        "Estimate is less than 500": "low",
        "These figures are missing": "x",
        "These figures are suppressed as statistically unreliable": "u",
    }
)
NORMAL = ("A", "Normal Value")


class IntervalKind(StrEnum):
    """What the second measure of a pair is."""

    HALF_WIDTH = "half_width"
    COEFFICIENT_OF_VARIATION = "coefficient_of_variation"


@dataclass(frozen=True, config=_strict)
class NomisInterval:
    """The measure that gives the 95% interval: its code, and whether it is half the interval's
    width in the figure's unit, or the standard error as a percentage of the figure.
    """

    measure: str
    kind: IntervalKind


@dataclass(frozen=True, config=_strict)
class NomisSeries:
    """One series.

    Attributes:
        label: what the series is called in the store.
        measure: what is measured, in words.
        unit: its unit.
        where: the code of each of the table's concepts, such as `{"VARIABLE": "45"}`. The
            columns are the service's, in capitals.
    """

    label: str
    measure: str
    unit: str
    where: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, config=_strict)
class NomisTable:
    """One table of Nomis.

    Attributes:
        id: the id of the table in the store.
        dataset: the service's id, such as `NM_17_5`.
        series: what is taken. All name the same concepts, and every concept of the table.
        value: the code in MEASURES of the figures.
        interval: the measure that gives their intervals, if any is asked for.
        date_column: the column of the dates.
        periods: how that column is written.
        left_out: codes whose rows are left out, by concept; any other row that is of no series
            is refused.
        statuses: the status letter for each of the service's words beside a figure; a full stop
            at the end makes no difference. Words that are not here are refused.
    """

    id: str
    dataset: str = Field(pattern=r"^NM_[0-9]+_[0-9]+$")
    series: tuple[NomisSeries, ...] = Field(min_length=1)
    value: str
    interval: NomisInterval | None
    date_column: str = Field(pattern=r"^DATE(_NAME|_CODE)?$")
    periods: WrittenPeriod
    left_out: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    statuses: Mapping[str, str] = Field(default_factory=lambda: dict(STATUSES))

    @model_validator(mode="after")
    def _agrees(self) -> NomisTable:
        concepts = set(self.series[0].where)
        for one in self.series:
            if set(one.where) != concepts:
                raise ValueError(f"series {one.label!r} names other concepts than the first")
        for name in concepts | set(self.left_out):
            if not re.fullmatch("[A-Z][A-Z0-9_]*", name) or name in {"TIME", "DATE", "GEOGRAPHY"}:
                raise ValueError(f"{name!r} is no concept that a series can name")
        labels = [one.label for one in self.series]
        if len(set(labels)) != len(labels):
            raise ValueError("two series have one label")
        unknown = set(self.statuses.values()) - set(STATUS_LETTERS)
        if unknown:
            raise ValueError(f"{sorted(unknown)} are no status letters")
        return self

    def concepts(self) -> tuple[str, ...]:
        """The table's own concepts, such as VARIABLE or AGE, in the first series' order."""
        return tuple(self.series[0].where)

    def measures(self) -> tuple[str, ...]:
        """The codes in MEASURES that are asked for."""
        return (self.value, self.interval.measure) if self.interval else (self.value,)

    def columns(self) -> tuple[str, ...]:
        """The columns that a page must have."""
        dates = dict.fromkeys((self.date_column, "DATE_NAME"))
        return (*dates, *_FIXED, *self.concepts(), *_FIGURES, *COUNTING)
