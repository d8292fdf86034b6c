"""The shape of the answers of Explore Education Statistics' query interface."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Option(BaseModel):
    """Something with an id and a label; areas have a code too."""

    id: str
    label: str
    code: str = ""


class Filter(Option):
    """A way of grouping, and its groups."""

    options: list[Option]


class Level(BaseModel):
    """A level of geography, by its code."""

    code: str


class Locations(BaseModel):
    """The areas of one level."""

    level: Level
    options: list[Option]


class DataSetMeta(BaseModel):
    """What a version of a data set holds: its groups, indicators and areas."""

    filters: list[Filter]
    indicators: list[Option]
    locations: list[Locations]


class Paging(BaseModel):
    """Which page this is, and how many there are."""

    page: int
    total_results: int = Field(alias="totalResults", ge=0)
    total_pages: int = Field(alias="totalPages", ge=0)


class ResultPeriod(BaseModel):
    """A year or years, and of which kind."""

    code: str
    period: str


class Result(BaseModel):
    """The figures of one area, period and group."""

    # Numbers come as text, so that their digits stay; a number that is not text is refused.
    model_config = ConfigDict(strict=True)
    time_period: ResultPeriod = Field(alias="timePeriod")
    level: str = Field(alias="geographicLevel")
    locations: dict[str, str]
    filters: dict[str, str]
    values: dict[str, str]


class Page(BaseModel):
    """One page of results."""

    paging: Paging
    results: list[Result]
