"""Data files of Explore Education Statistics, the Department for Education's service.

A file holds figures of several levels of geography for several groups of pupils at once. What is
taken is declared: the column, the group, the levels. Both layouts are read: the data file, with
one column of codes for each level, and the table saved by permalink, with `location_code`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from ingest.faults import quoted
from ingest.sources.csv_table import as_csv, read_csv_text
from ingest.sources.packed import unpack
from ingest.sources.readings import CellRules, Place, Readings, each_row
from ingest.sources.text_tables import check_columns
from ingest.tidy import RejectedRow, SeriesWords, TidyFigures

_strict = ConfigDict(extra="forbid")
# What the service's symbols mean in status letters; `k` and `~` stand for a number so low that
# it would be rounded to nothing.
SYMBOLS: Mapping[str, str] = MappingProxyType(
    {"z": "z", "c": "c", "k": "low", "~": "low", "low": "low", "x": "x", "u": "u"}
)
# For each level: the column of its codes, and what a code of that level looks like.
LEVELS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "National": ("country_code", r"(?:[EWSN]92|K0[0-9])[0-9]{6}"),
        "Regional": ("region_code", r"E1[23][0-9]{6}"),
        "Local authority": ("new_la_code", r"E(?:06|08|09|10)[0-9]{6}"),
        "Local authority district": ("lad_code", r"E0[6-9][0-9]{6}"),
    }
)
_NAMES = {
    "country_code": "country_name",
    "region_code": "region_name",
    "new_la_code": "la_name",
    "lad_code": "lad_name",
}
_PERMALINK_LEVELS = {
    "country": "National",
    "region": "Regional",
    "localAuthority": "Local authority",
    "localAuthorityDistrict": "Local authority district",
}
_OTHER_LEVELS = frozenset(
    {
        *("English devolved area", "Institution", "Local enterprise partnership"),
        *("Local skills improvement plan area", "MAT", "Mayoral combined authority"),
        *("Opportunity area", "Parliamentary constituency", "Planning area", "Provider"),
        *("Regional School Commissioner Region", "RSC region", "School", "Sponsor", "Ward"),
    }
)
_LAYOUT = "see whether the publisher renamed it; then correct the declaration"


@dataclass(frozen=True, kw_only=True, config=_strict)
class EducationSeries:
    """One series: a column of the file for one group.

    Attributes:
        label, measure, unit: the words of the series.
        indicator: the column of the figures.
        where: the value of each filter; a filter that is not named is not looked at.
        lower, upper: the columns of the 95% interval, both or neither.
    """

    label: str
    measure: str
    unit: str
    indicator: str
    where: Mapping[str, str] = field(default_factory=dict)
    lower: str = ""
    upper: str = ""


@dataclass(frozen=True, kw_only=True, config=_strict)
class EducationTable:
    """What is known of one data file.

    Attributes:
        dataset: the id of the table.
        series: what is taken from it.
        filters: for each column that `where` names, every value that the column may have.
        levels: which of `LEVELS` are taken.
        periods: for each time identifier, the month, day and length of a period, such as
            `09-01/P1Y` for school years; the key is empty for files without time identifiers.
        symbols: the symbols of this file beyond `SYMBOLS`, such as a blank.
        unplaced_area_codes: what stands for areas without a code; such rows are set aside.
        renamed: earlier names of areas and the name that each has elsewhere in the file; beside
            one code any other second name is refused, as a sign that the code was altered.
    """

    dataset: str
    series: tuple[EducationSeries, ...]
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    levels: tuple[str, ...] = tuple(LEVELS)
    periods: Mapping[str, str]
    symbols: Mapping[str, str] = field(default_factory=dict)
    unplaced_area_codes: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        unknown = set(self.levels) - set(LEVELS)
        if unknown:
            raise ValueError(f"{self.dataset}: no level {sorted(unknown)}; known: {list(LEVELS)}")
        for one in self.series:
            if not set(one.where.items()) <= {(c, v) for c, vs in self.filters.items() for v in vs}:
                raise ValueError(f"{self.dataset}: 'where' of {one.label!r} is not in 'filters'")
            if bool(one.lower) != bool(one.upper):
                raise ValueError(f"{self.dataset}: {one.label!r} has half an interval")


def read_education_statistics(content: bytes, declared: EducationTable, file: str) -> TidyFigures:
    """Read one data file, plain or packed with gzip.

    Raises:
        Refused: with every fault by row and value: columns that are absent, filter values, levels,
            codes, periods or symbols that are not declared, and two figures for one place.
    """
    table, faults = read_csv_text(unpack(content, file), file)
    permalink = "location_code" in table.columns and "country_code" not in table.columns
    columns = {"geographic_level", "time_period", *declared.filters}
    if "" not in declared.periods:
        columns.add("time_identifier")
    for level in declared.levels:
        code, _ = LEVELS[level]
        columns |= {"location_code", "location"} if permalink else {code, _NAMES[code]}
    for one in declared.series:
        columns |= {name for name in (one.indicator, one.lower, one.upper) if name}
    check_columns(table, columns, file, faults, _LAYOUT)
    rules = CellRules({**SYMBOLS, **declared.symbols})
    readings = Readings(declared.dataset, file, rules, faults=faults)
    for number, row in each_row(table[[*sorted(columns), "row_number"]]):
        _read_row(number, row, declared, permalink, readings)
    for column in declared.filters:
        wanted = {one.where[column] for one in declared.series if column in one.where}
        for value in sorted(wanted - set(table[column])):
            readings.fault(None, column, "no such row", f"rows for {quoted(value)}", _LAYOUT)
    return readings.finish(SeriesWords(s.label, s.measure, s.unit) for s in declared.series)


def _read_row(
    number: int,
    row: Mapping[str, str],
    declared: EducationTable,
    permalink: bool,
    readings: Readings,
) -> None:
    unknown = [c for c, values in declared.filters.items() if row[c] not in values]
    for column in unknown:
        expected = "one of " + ", ".join(quoted(value) for value in declared.filters[column])
        remedy = f"if the group is new, add it to 'filters.{column}' of {declared.dataset}"
        readings.fault(number, column, quoted(row[column]), expected, remedy)
    level = _PERMALINK_LEVELS.get(row["geographic_level"], row["geographic_level"])
    if level not in LEVELS and level not in _OTHER_LEVELS:
        known = ", ".join([*LEVELS, *sorted(_OTHER_LEVELS)])
        readings.fault(number, "geographic_level", quoted(level), f"one of {known}", _LAYOUT)
    taken = [s for s in declared.series if all(row[c] == v for c, v in s.where.items())]
    if unknown or level not in declared.levels or not taken:
        return
    column, pattern = LEVELS[level]
    name = "location" if permalink else _NAMES[column]
    column = "location_code" if permalink else column
    if row[column] in declared.unplaced_area_codes:
        reason = f"The publisher gives the area no code ('{row[column]}')."
        readings.rejected.append(RejectedRow(number, as_csv(list(row.values())), reason))
        return
    if not readings.placed(number, column, row[column], row.values()):
        return
    if not re.fullmatch(pattern, row[column]):
        expected = f"the code of an area of the level '{level}'"
        remedy = "ask the publisher for the code"
        readings.fault(number, column, quoted(row[column]), expected, remedy)
    readings.name(number, name, row[column], declared.renamed.get(row[name], row[name]))
    period = _period(number, row, declared, readings)
    for one in taken:
        place = Place(number, one.indicator, one.label, row[column], period)
        bounds = (row[one.lower], row[one.upper]) if one.lower else ("", "")
        readings.take(place, row[one.indicator], *bounds)


def _period(
    number: int, row: Mapping[str, str], declared: EducationTable, readings: Readings
) -> str:
    identifier = row.get("time_identifier", "")
    rest = declared.periods.get(identifier)
    if rest is None:
        expected = "one of " + ", ".join(quoted(name) for name in declared.periods)
        remedy = f"declare what the identifier means in 'periods' of {declared.dataset}"
        readings.fault(number, "time_identifier", quoted(identifier), expected, remedy)
        return ""
    text = row["time_period"]
    # 202425 is a year that ends in the next one; 2024 is a year of its own.
    years = re.fullmatch(r"((?:19|20)[0-9]{2})([0-9]{2})?", text)
    if years is None or (years[2] and int(years[2]) != (int(years[1]) + 1) % 100):
        expected = "a year such as 2024, or two that follow each other such as 202425"
        readings.fault(number, "time_period", quoted(text), expected, _LAYOUT)
        return ""
    return f"{years[1]}-{rest}"
