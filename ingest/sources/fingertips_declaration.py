"""What has to be declared of a Fingertips indicator before its figures can be read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pydantic import ConfigDict, Field, model_validator
from pydantic.dataclasses import dataclass

from data.tables import STATUS_LETTERS
from ingest.sources.written_periods import WrittenPeriod

_strict = ConfigDict(extra="forbid")

# Notes whose meaning does not depend on the indicator. Every other note is kept as it stands.
NOTES: Mapping[str, str] = MappingProxyType(
    {
        "Value suppressed for disclosure control due to small count": "c",
        "Value missing": "x",
        "Value missing in source data": "x",
        "There is a data quality issue with this value": "u",
    }
)


@dataclass(frozen=True, config=_strict)
class FingertipsSeries:
    """One series of an indicator.

    Attributes:
        label, measure, unit: the words of the series.
        sex, age: the publisher's words for whom it is about.
        whole: every area has a row in every period, so that a row which is not there is a fault.
    """

    label: str
    measure: str
    unit: str
    sex: str
    age: str
    whole: bool = False


@dataclass(frozen=True, kw_only=True, config=_strict)
class FingertipsIndicator:
    """One indicator.

    Attributes:
        id: the id of the table in the store.
        indicator: the publisher's number of the indicator.
        name: its name, as the publisher has it; white space makes no difference.
        periods: how periods are written.
        area_types: the kinds of area that are taken; any other kind is refused.
        series: what is taken.
        left_out: pairs of sex and age that are not.
        other_indicators: numbers of indicators in the same file that are not.
        leave_out_subgroups: whether rows about a part of an area's people (deprivation deciles,
            ethnic groups) are left out; they are refused otherwise.
        notes: the status letter for each value note.
        count_per: what a count is divided by the denominator and multiplied with to give the
            value, such as 10000; None where the value is not such a rate.
        renamed: for a file whose columns have other names (a table saved from the website has
            `AreaName`): the usual name of each.
        columns_lacking: how many of the header's last columns the rows do not have. Downloads
            of some years lack the last one; unless it is declared they are refused.
    """

    id: str
    indicator: str = Field(pattern=r"^[0-9]+$")
    name: str
    periods: WrittenPeriod
    area_types: tuple[str, ...] = Field(min_length=1)
    series: tuple[FingertipsSeries, ...] = Field(min_length=1)
    left_out: tuple[tuple[str, str], ...] = ()
    other_indicators: tuple[str, ...] = ()
    leave_out_subgroups: bool
    notes: Mapping[str, str] = Field(default_factory=lambda: dict(NOTES))
    count_per: int | None = Field(gt=0)
    renamed: Mapping[str, str] = Field(default_factory=dict)
    columns_lacking: int = Field(default=0, ge=0, le=1)

    @model_validator(mode="after")
    def _agrees(self) -> FingertipsIndicator:
        taken = [(one.sex, one.age) for one in self.series]
        if len(set(taken)) != len(taken) or set(taken) & set(self.left_out):
            raise ValueError("a sex and age is taken once, or left out")
        if len({one.label for one in self.series}) != len(self.series):
            raise ValueError("two series have one label")
        unknown = set(self.notes.values()) - set(STATUS_LETTERS)
        if unknown:
            raise ValueError(f"{sorted(unknown)} are no status letters")
        return self
