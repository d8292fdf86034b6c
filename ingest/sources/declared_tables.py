"""Tables of other producers than the main one, each declared whole in one TOML file.

`tables/<dataset>.toml` says what the table is (title, producer, licence, where it is published,
how often), which file holds it, how to know the day on which it was published, and where its
figures stand. docs/add-a-table.md explains every key.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from data.tables import BLANK_STATUSES
from ingest.cadence import Cadence
from ingest.faults import Fault, Refused
from ingest.sources.cells import GSS_CODE
from ingest.sources.declarations import read_toml, validated
from ingest.sources.education_statistics_api import EducationApiTable
from ingest.sources.services import (
    CmdService,
    EducationService,
    FingertipsService,
    NomisService,
    NomisWorkbookService,
    Service,
)
from ingest.sources.workbook_layout import SheetColumns, SheetTable
from metrics.origin import Adapter

DECLARATIONS = Path(__file__).with_name("tables")
# Readers of services; each has a section of its own, named like it.
SERVICES = (
    *("nomis", "nomis_workbook", "fingertips"),
    *("education_statistics", "education_statistics_api", "ons_cmd"),
)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnsEntry(_Strict):
    """Columns of figures that are called alike, as `SheetColumns` describes them."""

    header: str = Field(min_length=1)
    label: str = Field(min_length=1)
    period: str = Field(min_length=1)
    measure: str = Field(min_length=1)
    unit: str = Field(min_length=1)
    holds: Literal["value", "lower", "upper"] = "value"
    fewest: int = Field(default=1, ge=1)


class SheetEntry(_Strict):
    """One table on a sheet, as `SheetTable` describes it."""

    sheet: str = Field(min_length=1)
    title: str = Field(min_length=1)
    area_header: str = Field(min_length=1)
    columns: tuple[ColumnsEntry, ...] = Field(min_length=1)
    name_header: str = ""
    not_read: tuple[str, ...] = ()
    header_rows: int = Field(default=1, ge=1)
    spread: int = Field(default=0, ge=0)
    area_code: str = GSS_CODE
    set_aside: tuple[str, ...] = ()
    ends_at: str = ""

    def as_table(self) -> SheetTable:
        """The declaration as the reader of workbooks takes it."""
        columns = tuple(SheetColumns(**entry.model_dump()) for entry in self.columns)
        return SheetTable(**{**self.model_dump(exclude={"columns"}), "columns": columns})


class SumEntry(_Strict):
    """A series made by adding up others of the same area and period.

    Attributes:
        label, measure, unit: the words of the sum.
        of: a pattern for the labels of what is added up; those series are not kept themselves.
        parts: how many there must be, so that a lost age is seen.
    """

    label: str = Field(min_length=1)
    measure: str = Field(min_length=1)
    unit: str = Field(min_length=1)
    of: str = Field(min_length=1)
    parts: int = Field(ge=2)


class PublishedEntry(_Strict):
    """Where the workbook says on which day it was published.

    Attributes:
        sheet: a pattern for the name of the sheet.
        pattern: a pattern for the whole of a cell; its one group is the day, as `15 July 2024`.
    """

    sheet: str = Field(min_length=1)
    pattern: str = Field(min_length=1)

    @model_validator(mode="after")
    def _has_one_group(self) -> Self:
        if re.compile(self.pattern).groups != 1:
            raise ValueError("the pattern needs one group: the day")
        return self


class DeclaredTable(_Strict):
    """One table of one producer.

    Attributes:
        reader: `workbook`, read by the declared sheets; or `fuel_poverty`, which has a reader of
            its own because its neighbourhoods must add up to its authorities; or a service.
        file: the name of the producer's file, or the one under which an answer is kept.
        published: for workbooks, where they say on which day they were published.
        year: for `fuel_poverty`, the year that the figures are of.
        largest_median_revision: beyond which a load is held back, as in `els_datasets.toml`.
    """

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    reader: Literal[
        "workbook",
        "fuel_poverty",
        "nomis",
        "nomis_workbook",
        "fingertips",
        "education_statistics",
        "education_statistics_api",
        "ons_cmd",
    ]
    title: str = Field(min_length=1)
    producer: str = Field(min_length=1)
    licence: str = Field(min_length=1)
    landing_page: str = Field(pattern=r"^https://\S+$")
    cadence: Cadence
    load_replaces: Literal["whole", "periods"]
    file: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._()-]*\.(?:xlsx|xls|ods|csv|csv\.gz|json)$")
    published: PublishedEntry | None = None
    sheet: tuple[SheetEntry, ...] = ()
    sum: tuple[SumEntry, ...] = ()
    symbols: dict[str, str] = {}
    grouped: bool = False
    year: int | None = None
    largest_median_revision: float = Field(default=0.05, gt=0)
    nomis: NomisService | None = None
    nomis_workbook: NomisWorkbookService | None = None
    fingertips: FingertipsService | None = None
    education_statistics: EducationService | None = None
    education_statistics_api: EducationApiTable | None = None
    ons_cmd: CmdService | None = None

    @model_validator(mode="after")
    def _fits_its_reader(self) -> Self:
        if (self.reader == "workbook") != bool(self.sheet):
            raise ValueError("[[sheet]] goes with the reader 'workbook', and only with it")
        if (self.reader == "fuel_poverty") != (self.year is not None):
            raise ValueError("'year' goes with the reader 'fuel_poverty', and only with it")
        for name in SERVICES:
            if (self.reader == name) != (getattr(self, name) is not None):
                raise ValueError(f"[{name}] goes with the reader '{name}', and only with it")
        if (self.service is None) != (self.published is not None):
            raise ValueError("[published] goes with the readers of workbooks, and only with them")
        if unknown := set(self.symbols.values()) - BLANK_STATUSES:
            raise ValueError(f"symbols mean one of {sorted(BLANK_STATUSES)}, not {unknown}")
        return self

    @property
    def fetched(self) -> bool:
        """Whether `pull` can fetch it; otherwise its file is saved by hand."""
        return self.service is not None and self.reader != "nomis_workbook"

    @property
    def service(self) -> Service | None:
        """What is declared of the service that gives it, or None for a producer's workbook."""
        found: Service | None = getattr(self, self.reader, None)
        return found

    @property
    def adapter(self) -> Adapter:
        """The adapter of a definition: what has a reader of its own counts as dropped in."""
        return "drop_in" if self.reader == "fuel_poverty" else self.reader


def written_day(text: str) -> date | None:
    """A day as publishers write it, `15 July 2024` or `28th April 2022`; None for anything else."""
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text.strip())
    try:
        return datetime.strptime(plain, "%d %B %Y").date()
    except ValueError:
        return None


@cache
def declared_tables(folder: Path = DECLARATIONS) -> dict[str, DeclaredTable]:
    """Every declared table by its id, which is the name of its file.

    Raises:
        Refused: declarations lack a key, or have one that is not known; with every fault.
    """
    found: dict[str, DeclaredTable] = {}
    faults: list[Fault] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            found[path.stem] = _read_declaration(path)
        except Refused as refused:
            faults.extend(refused.faults)
    if faults:
        raise Refused(faults)
    return found


def _read_declaration(path: Path) -> DeclaredTable:
    declared = {**read_toml(path), "id": path.stem}
    for name in SERVICES:
        if isinstance(declared.get(name), dict):
            # The readers' own declarations name the table, too: some as id, some as dataset.
            key = "id" if name in ("nomis", "nomis_workbook", "fingertips") else "dataset"
            declared[name] = {**declared[name], key: path.stem}
    return validated(DeclaredTable, declared, path.name)
