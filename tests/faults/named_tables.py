"""One good table for each reader of codes that stand beside names: the same areas and figures.

Rows go year by year, so that a column of codes that was shifted agrees with itself throughout.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from pydantic import TypeAdapter

from data.reference_data import read_areas_file
from ingest.provenance import Provenance
from ingest.sources.drop_in import read_drop_in_table
from ingest.sources.drop_in_mapping import DropInTable
from ingest.sources.education_statistics import (
    EducationSeries,
    EducationTable,
    read_education_statistics,
)
from ingest.sources.education_statistics_api import EducationApiTable, read_education_api
from ingest.sources.els import read_els
from ingest.sources.fingertips import read_fingertips
from ingest.sources.nomis import read_nomis
from ingest.sources.nomis_declaration import NomisTable
from ingest.sources.ons_cmd import CmdSeries, CmdTable, read_ons_cmd
from ingest.sources.workbook_layout import SheetColumns, SheetTable
from ingest.sources.workbooks import WorkbookTable, read_workbook
from ingest.tidy import TidyFigures
from metrics.definition import Metric
from tests.faults.campaign import Table
from tests.faults.damage import Places, Rows, as_csv_bytes
from tests.ingest.examples import (
    DATASET,
    ITL1,
    LABEL,
    declared,
    els_row,
    metric,
    metric_keys,
    reading,
)
from tests.ingest.examples import HEADER as ELS_HEADER
from tests.ingest.sources.made_fingertips import HEADER as FINGERTIPS_HEADER
from tests.ingest.sources.made_fingertips import indicator, one_series
from tests.ingest.sources.made_workbooks import xlsx

AREAS = (
    *("E08000025", "E08000026", "E08000027", "E08000028", "E08000029", "E08000030", "E08000031"),
    *("E47000007", "E92000001", "E12000005", "E12000001", "E06000001", "E06000019", "E06000023"),
)
YEARS = (2021, 2022, 2023)
# How the publishers write names that the register writes otherwise.
_WRITTEN: Mapping[str, Mapping[str, str]] = {
    "fingertips": {
        "E12000005": "West Midlands region (statistical)",
        "E12000001": "North East region (statistical)",
        "E06000019": "Herefordshire",
        "E06000023": "Bristol",
    },
    "workbook": {
        "E92000001": "ENGLAND",
        "E12000005": "WEST MIDLANDS",
        "E06000001": "Hartlepool UA",
        "E06000023": "Bristol, City of UA",
    },
}
# The service's numbers of kinds of areas, by how their codes begin.
_NOMIS_TYPES = {"E92": 499, "E12": 480, "E47": 442}
_LOCAL = "Counties & UAs (from Apr 2023)"
_WORDS = {"label": LABEL, "measure": "Percentage", "unit": "%"}


@dataclass(frozen=True)
class NamedTable:
    """A good table, its rows (the header first), and how rows are made a file."""

    table: Table
    rows: Rows
    code: int
    name: int
    write: Callable[[Rows], bytes]

    @property
    def at(self) -> Places:
        """Where codes and names are; the deeds that go by these look at nothing else."""
        others = dict.fromkeys(("period", "value", "lower", "upper", "status", "note"), 0)
        return Places(code=self.code, name=self.name, **others)


def named_tables() -> dict[str, NamedTable]:
    """The table of each reader, by the name of its adapter, and of the layout where it has two."""
    one = metric(evidence="model_without_intervals")
    about = reading([els_row()], "2026-01-10", one=one, areas=AREAS).provenance
    coverage = {**metric_keys()["coverage"], "combined_authority": False}
    authorities = metric(evidence="model_without_intervals", coverage=coverage)
    made = (
        *(maker(about, one) for maker in (_els, _nomis, _fingertips, _cmd, _workbook, _drop_in)),
        *(
            maker(about, authorities)
            for maker in (_education, _education_permalink, _education_api)
        ),
    )
    return {each.table.name: each for each in made}


def _figures(reader: str) -> list[tuple[str, str, int, str]]:
    """Code, name, year and figure, year by year."""
    chance = random.Random(3)  # noqa: S311 - figures, not secrets
    registered = read_areas_file().set_index("code")["name"]
    names = {code: registered[code] for code in AREAS} | dict(_WRITTEN.get(reader, {}))
    return [
        (code, names[code], year, f"{chance.randint(2000, 7999) / 100:.2f}")
        for year in YEARS
        for code in AREAS
    ]


def _made(
    reader: str,
    rows: Rows,
    columns: tuple[str, str],
    read: Callable[[bytes], TidyFigures],
    about: tuple[Provenance, Metric],
    write: Callable[[Rows], bytes] = as_csv_bytes,
) -> NamedTable:
    provenance, one = about
    table = Table(reader, write(rows), read, provenance, (one,))
    return NamedTable(table, rows, rows[0].index(columns[0]), rows[0].index(columns[1]), write)


def _els(provenance: Provenance, one: Metric) -> NamedTable:
    rows = [ELS_HEADER.split(",")]
    for code, name, year, figure in _figures("els"):
        row = els_row(code, f"{year}-01-01/P1Y", figure).split(",")
        rows.append([code, name, *row[2:]])
    read = partial(read_els, declared=declared(), itl1_codes=ITL1, file="els.csv")
    return _made("els", rows, ("areacd", "areanm"), read, (provenance, one))


def _nomis(provenance: Provenance, one: Metric) -> NamedTable:
    header = (
        "DATE,DATE_NAME,GEOGRAPHY,GEOGRAPHY_NAME,GEOGRAPHY_CODE,VARIABLE,MEASURES,OBS_VALUE,"
        "OBS_STATUS,OBS_STATUS_NAME,RECORD_OFFSET,RECORD_COUNT"
    )
    rows = [header.split(",")]
    figures = _figures("nomis")
    for number, (code, name, year, figure) in enumerate(figures):
        area = str(_NOMIS_TYPES.get(code[:3], 432) * 4_194_304 + 1 + AREAS.index(code))
        about = [str(year), str(year), area, name, code, "45", "20100", figure]
        rows.append([*about, "A", "Normal Value", str(number), str(len(figures))])
    table = TypeAdapter(NomisTable).validate_python(
        {
            "id": DATASET,
            "dataset": "NM_17_5",
            "series": [_WORDS | {"where": {"VARIABLE": "45"}}],
            "value": "20100",
            "interval": None,
            "date_column": "DATE_NAME",
            "periods": "calendar_year",
        }
    )

    def read(content: bytes) -> TidyFigures:
        return read_nomis([content], table, "nomis.csv")

    columns = ("GEOGRAPHY_CODE", "GEOGRAPHY_NAME")
    return _made("nomis", rows, columns, read, (provenance, one))


def _fingertips(provenance: Provenance, one: Metric) -> NamedTable:
    rows = [FINGERTIPS_HEADER.split(",")]
    kinds = {"E92": "England", "E12": "Regions (statistical)", "E47": "Combined authorities"}
    for code, name, year, figure in _figures("fingertips"):
        held = {
            "Indicator ID": "12345",
            "Indicator Name": LABEL,
            "Area Code": code,
            "Area Name": name,
            "Area Type": kinds.get(code[:3], _LOCAL),
            "Sex": "Persons",
            "Age": "All ages",
            "Time period": str(year),
            "Value": figure,
            "Time period Sortable": f"{year}0000",
            "Time period range": "1y",
        }
        rows.append([held.get(column, "") for column in rows[0]])
    table = indicator(
        id=DATASET,
        name=LABEL,
        periods="calendar_year",
        area_types=[*kinds.values(), _LOCAL],
        series=[one_series("Persons", "All ages", **_WORDS)],
        left_out=[],
        count_per=None,
    )

    def read(content: bytes) -> TidyFigures:
        return read_fingertips(content, table, "fingertips.csv").figures

    return _made("fingertips", rows, ("Area Code", "Area Name"), read, (provenance, one))


def _authorities(reader: str) -> list[tuple[str, str, int, str]]:
    """What stands at the level of local authorities, where a level has a column of its own."""
    return [row for row in _figures(reader) if row[0][:3] in ("E06", "E08", "E09")]


def _education(provenance: Provenance, one: Metric) -> NamedTable:
    header = ("time_period", "geographic_level", "new_la_code", "la_name")
    return _education_file("education_statistics", header, "Local authority", (provenance, one))


def _education_permalink(provenance: Provenance, one: Metric) -> NamedTable:
    header = ("time_period", "geographic_level", "location_code", "location")
    return _education_file(
        "education_statistics permalink", header, "localAuthority", (provenance, one)
    )


def _education_file(
    reader: str, header: tuple[str, ...], level: str, about: tuple[Provenance, Metric]
) -> NamedTable:
    rows = [[*header, "time_identifier", "sex", "share"]]
    for code, name, year, figure in _authorities(reader):
        rows.append([str(year), level, code, name, "Calendar year", "Total", figure])
    table = EducationTable(
        dataset=DATASET,
        series=(EducationSeries(**_WORDS, indicator="share", where={"sex": "Total"}),),
        filters={"sex": ("Total",)},
        levels=("Local authority",),
        periods={"Calendar year": "01-01/P1Y"},
    )
    read = partial(read_education_statistics, declared=table, file="education.csv")
    return _made(reader, rows, (header[2], header[3]), read, about)


def _education_api(provenance: Provenance, one: Metric) -> NamedTable:
    """The rows are the areas of the metadata, by whose ids the results go."""
    figures = _authorities("education_statistics_api")
    areas = {code: name for code, name, _, _ in figures}
    rows = [["id", "label", "code"], *([f"l-{c}", name, c] for c, name in areas.items())]
    results: list[dict[str, Any]] = [
        {
            "timePeriod": {"code": "CY", "period": str(year)},
            "geographicLevel": "LA",
            "locations": {"LA": f"l-{code}"},
            "filters": {"f1": "o1"},
            "values": {"i1": figure},
        }
        for code, _, year, figure in figures
    ]
    paging = {"page": 1, "pageSize": 1000, "totalResults": len(results), "totalPages": 1}
    page = {"paging": paging, "results": results}
    sex = {"id": "f1", "label": "Sex", "options": [{"id": "o1", "label": "Total"}]}

    def write(rows: Rows) -> bytes:
        places = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
        meta = {
            "filters": [sex],
            "indicators": [{"id": "i1", "label": "share"}],
            "locations": [{"level": {"code": "LA"}, "options": places}],
        }
        return json.dumps([meta, page]).encode()

    table = EducationApiTable(
        dataset=DATASET,
        data_set_id="019afee5",
        series=(EducationSeries(**_WORDS, indicator="share", where={"Sex": "Total"}),),
        levels=("LA",),
        periods={"CY": "01-01/P1Y"},
    )

    def read(content: bytes) -> TidyFigures:
        meta, page = (json.dumps(part).encode() for part in json.loads(content))
        return read_education_api(meta, [page], table, "education.json")

    return _made(
        "education_statistics_api", rows, ("code", "label"), read, (provenance, one), write
    )


def _cmd(provenance: Provenance, one: Metric) -> NamedTable:
    rows = [["v4_0", "calendar-years", "Time", "administrative-geography", "Geography"]]
    for code, name, year, figure in _figures("ons_cmd"):
        rows.append([figure, str(year), str(year), code, name])
    table = CmdTable(
        dataset=DATASET,
        series=(CmdSeries(**_WORDS),),
        dimensions={},
        time="calendar-years",
        period=("([0-9]{4})", r"\1-01-01/P1Y"),
    )
    read = partial(read_ons_cmd, declared=table, file="cmd.csv")
    columns = ("administrative-geography", "Geography")
    return _made("ons_cmd", rows, columns, read, (provenance, one))


def _workbook(provenance: Provenance, one: Metric) -> NamedTable:
    figures = _figures("workbook")
    rows = [["Code", "Name", *map(str, YEARS)]]
    for code, name in dict.fromkeys((code, name) for code, name, _, _ in figures):
        rows.append([code, name, *(figure for c, _, _, figure in figures if c == code)])
    columns = SheetColumns(header="(20[0-9]{2})", period=r"\1-01-01/P1Y", **_WORDS)
    sheet = SheetTable(
        sheet="Data", title=LABEL, area_header="Code", name_header="Name", columns=(columns,)
    )
    table = WorkbookTable(dataset=DATASET, sheets=(sheet,))

    def write(rows: Rows) -> bytes:
        return xlsx({"Data": [[LABEL], *rows]})

    read = partial(read_workbook, declared=table, file="workbook.xlsx")
    return _made("workbook", rows, ("Code", "Name"), read, (provenance, one), write)


def _drop_in(provenance: Provenance, one: Metric) -> NamedTable:
    rows = [["Indicator", "Area", "Area name", "Year", "Value"]]
    for code, name, year, figure in _figures("drop_in"):
        rows.append([LABEL, code, name, str(year), figure])
    columns = {"series": "Indicator", "ref_area": "Area", "time_period": "Year", "value": "Value"}
    columns["area_name"] = "Area name"
    table = DropInTable.model_validate(
        {
            "file": "drop-in.csv",
            "columns": columns,
            "series": {LABEL: {"measure": "Percentage", "unit": "%", "kind": "neither"}},
            "period": ("([0-9]{4})", r"\1-01-01/P1Y"),
            "disclosure_threshold": 0,
        }
    )

    def read(content: bytes) -> TidyFigures:
        return read_drop_in_table(content, DATASET, table)

    return _made("drop_in", rows, ("Area", "Area name"), read, (provenance, one))
