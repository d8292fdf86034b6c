"""What has to be declared of a workbook of Nomis's query tool before it can be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import ConfigDict, Field, model_validator
from pydantic.dataclasses import dataclass

from data.tables import STATUS_LETTERS
from ingest.sources.nomis_declaration import STATUSES
from ingest.sources.written_periods import WrittenPeriod

_strict = ConfigDict(extra="forbid")


@dataclass(frozen=True, config=_strict)
class WorkbookSeries:
    """One series: the heading of its columns, and what its tables say they are about.

    Attributes:
        label, measure, unit: the words of the series.
        heading: the heading, word for word.
        where: what the lines above the table say, except its date and its kind of interval.
    """

    label: str
    measure: str
    unit: str
    heading: str
    where: Mapping[str, str] = Field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, config=_strict)
class NomisWorkbook:
    """One kind of workbook.

    Attributes:
        id: the id of the table in the store.
        title: the first line of each table.
        area_column: the heading of the areas.
        parts: what stands below each heading.
        periods: how the dates are written.
        series: what is taken.
        left_out: what is not: headings, and values of the lines above a table.
        levels: for each prefix of an area's name, such as `ladu`, the level of area it means.
        left_out_levels: prefixes of areas that are not taken.
        set_aside: areas, prefix and all, whose name cannot be trusted; kept as rejected rows.
        legend: the status letter for each sentence of the legend, without the full stop.
    """

    id: str
    title: str
    sheet: str = "Data"
    area_column: str = "Area"
    parts: (
        tuple[Literal["number"]]
        | tuple[Literal["number"], Literal["Flags"]]
        | tuple[Literal["number"], Literal["Flags"], Literal["conf"]]
    )
    periods: WrittenPeriod
    series: tuple[WorkbookSeries, ...] = Field(min_length=1)
    left_out: tuple[str, ...] = Field(default_factory=tuple)
    levels: Mapping[str, str]
    left_out_levels: tuple[str, ...] = Field(default_factory=tuple)
    set_aside: tuple[str, ...] = Field(default_factory=tuple)
    legend: Mapping[str, str] = Field(default_factory=lambda: dict(STATUSES))

    @model_validator(mode="after")
    def _agrees(self) -> NomisWorkbook:
        unknown = set(self.legend.values()) - set(STATUS_LETTERS)
        if unknown:
            raise ValueError(f"{sorted(unknown)} are no status letters")
        return self
