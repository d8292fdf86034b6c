"""What an authority says of its own indicators: the `mapping.toml` beside its files."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from data.tables import BLANK_STATUSES
from ingest.cadence import Cadence
from ingest.faults import Fault, Refused, quoted

MAPPING = "mapping.toml"
_LARGEST = 200_000
# A plain name in the folder itself: no path, no hidden file, nothing else than these two kinds.
_FILE_NAME = r"[A-Za-z0-9][A-Za-z0-9 ._()-]*\.(?:csv|xlsx)"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DropInColumns(_Strict):
    """The header of each column that is read; `numerator` is the count that a rate is made from.

    Where the file has the names of areas, `area_name` lets a code be seen that stands beside the
    name of another area.
    """

    series: str = Field(min_length=1)
    ref_area: str = Field(min_length=1)
    time_period: str = Field(min_length=1)
    value: str = Field(min_length=1)
    lower: str = ""
    upper: str = ""
    status: str = ""
    area_name: str = ""
    numerator: str = ""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if bool(self.lower) != bool(self.upper):
            raise ValueError("an interval has a lower and an upper column")
        named = [name for name in self.model_dump().values() if name]
        if len(set(named)) != len(named):
            raise ValueError("each column is read for one purpose only")
        return self


class DropInSeries(_Strict):
    """One indicator.

    Attributes:
        measure, unit: its words.
        kind: a count of people or households, a rate made from such a count, or neither, such as
            a temperature, which discloses nothing about anybody.
    """

    measure: str = Field(min_length=1)
    unit: str = Field(min_length=1)
    kind: Literal["count", "rate", "neither"]


class DropInTable(_Strict):
    """One file.

    Attributes:
        file: its name in the folder.
        sheet: for XLSX, the name of the sheet; its first row is the header.
        encoding: of a CSV file.
        columns: which columns are read; others are left alone.
        series: each indicator by its label, word for word.
        period: a pattern for the text of periods and the ISO period made from its groups; empty
            where the text is an ISO period already.
        symbols: what stands for a missing figure, and the status letter that it means.
        disclosure_threshold: counts below it are not kept, nor rates made from such counts; zero
            only for figures that were already made safe to publish.
    """

    file: str = Field(pattern=rf"^{_FILE_NAME}$")
    sheet: str = ""
    encoding: Literal["utf-8", "cp1252"] = "utf-8"
    columns: DropInColumns
    series: dict[str, DropInSeries] = Field(min_length=1)
    period: tuple[()] | tuple[str, str] = ()
    symbols: dict[str, str] = {}
    disclosure_threshold: int = Field(ge=0)

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if self.file.endswith(".xlsx") != bool(self.sheet):
            raise ValueError("'sheet' goes with an XLSX file, and only with one")
        rates = [label for label, one in self.series.items() if one.kind == "rate"]
        if rates and self.disclosure_threshold and not self.columns.numerator:
            raise ValueError(f"{rates[0]!r} is a rate: 'columns.numerator' names its count")
        unknown = set(self.symbols.values()) - BLANK_STATUSES
        if unknown:
            raise ValueError(f"symbols mean one of {sorted(BLANK_STATUSES)}, not {unknown}")
        if self.period:
            try:
                # Whether the pattern has the groups that the period is made from shows beforehand.
                re.sub(*self.period, "")
            except (re.error, IndexError) as error:
                raise ValueError(f"'period' is no pattern: {error}") from None
        return self


class DropInMapping(_Strict):
    """What an authority says of a folder of indicators.

    Attributes:
        landing_page: where the authority says what its indicators are.
        published_on: the day on which it put these figures out.
        cadence: how often it does; see `Cadence`.
        load_replaces: `whole` where a folder holds everything that was ever published of these
            indicators, `periods` where it holds the newest periods only.
    """

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    title: str = Field(min_length=1)
    producer: str = Field(min_length=1)
    licence: str = Field(min_length=1)
    landing_page: str = Field(pattern=r"^https://\S+$")
    published_on: date
    cadence: Cadence
    load_replaces: Literal["whole", "periods"] = "whole"
    table: tuple[DropInTable, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_each_file_once(self) -> Self:
        names = [table.file.lower() for table in self.table]
        if len(set(names)) != len(names):
            raise ValueError("each file is named once")
        return self


def read_mapping(content: bytes, file: str) -> DropInMapping:
    """Read a mapping.

    Raises:
        Refused: with every key that is absent, unknown or has a value that it may not have.
    """
    remedy = "mend the mapping"
    if len(content) > _LARGEST:
        found, most = f"{len(content):,} bytes", f"at most {_LARGEST:,} bytes"
        raise Refused([Fault(file, None, "", found, most, remedy)])
    try:
        return DropInMapping.model_validate(tomllib.loads(content.decode("utf-8-sig")))
    except ValidationError as error:
        raise Refused(
            [
                Fault(
                    *(file, None, ".".join(map(str, each["loc"])), quoted(each["input"])),
                    *(each["msg"], remedy),
                )
                for each in error.errors()
            ]
        ) from None
    except (ValueError, RecursionError) as error:
        raise Refused([Fault(file, None, "", quoted(error), "TOML in UTF-8", remedy)]) from None
