"""What earlier files of the publisher looked like, as `els_history.toml` declares it."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from data.areas import AreaType
from ingest.sources.els_table import COLUMNS

DECLARATIONS = Path(__file__).with_name("els_history.toml")
PeriodForm = Literal["iso", "iso_with_time", "three_years"]
Written = tuple[str, str, str, str]
# Which of the columns named here gives which part of a series' words, whatever the layout.
WORDS = ("variable name", "indicator", "measure", "unit")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Layout(_Strict):
    """One header that files have had. The keys are explained at the head of the TOML file."""

    columns: tuple[str, ...]
    names: dict[str, str]

    @model_validator(mode="after")
    def _names_columns(self) -> Layout:
        if unknown := self.names.keys() - set(self.columns):
            raise ValueError(f"names {sorted(unknown)} that are not columns of the layout")
        if unknown := set(self.names.values()) - set(COLUMNS):
            raise ValueError(f"names {sorted(unknown)} that are not columns of today's layout")
        return self

    def words(self) -> tuple[str, ...]:
        """The columns that say which series a row is of, in the order of `WORDS`; or empty."""
        by_word = {name.lower(): name for name in self.columns}
        return tuple(by_word.get(word, "") for word in WORDS)


class SeriesHistory(_Strict):
    """One series: what it is called today, and every way in which it has been written."""

    label: str
    measure: str
    unit: str
    written: tuple[Written, ...] = Field(min_length=1)


class DatasetHistory(_Strict):
    """One table: its forms of period, its series, and kinds of area that it no longer has."""

    period_forms: tuple[PeriodForm, ...] = Field(min_length=1)
    set_aside_types: tuple[AreaType, ...] = ()
    series: tuple[SeriesHistory, ...] = Field(min_length=1)

    def by_words(self) -> dict[Written, SeriesHistory]:
        """The series that stands for each of the words it has been written in."""
        return {words: one for one in self.series for words in one.written}


class History(_Strict):
    """Every layout and every table whose earlier files can be read."""

    layouts: dict[str, Layout]
    datasets: dict[str, DatasetHistory]


@cache
def els_history(declarations: Path = DECLARATIONS) -> History:
    """What is declared of earlier files.

    Raises:
        pydantic.ValidationError: a declaration lacks a key, or has one that is not known.
    """
    return History.model_validate(tomllib.loads(declarations.read_text(encoding="utf-8")))
