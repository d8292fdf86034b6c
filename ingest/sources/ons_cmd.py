"""Tables of the ONS customise-my-data service (CMD), in CSV.

The first column is called `v4_N`: it holds the figure, N columns such as markings or bounds
follow, and then a pair of columns for each dimension, its code and its label.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from ingest.faults import Fault, Refused, quoted
from ingest.sources.csv_table import as_csv, read_csv_text
from ingest.sources.readings import CellRules, Place, Readings, each_row
from ingest.tidy import RejectedRow, SeriesWords, TidyFigures

_strict = ConfigDict(extra="forbid")
_LAYOUT = "see whether the publisher changed the table; then correct the declaration"


@dataclass(frozen=True, kw_only=True, config=_strict)
class CmdSeries:
    """One series: the code of each dimension, other than area and time, that it is about."""

    label: str
    measure: str
    unit: str
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, config=_strict)
class CmdTable:
    """What is known of one table.

    Attributes:
        dataset: the id of the table.
        series: what is taken from it.
        dimensions: every dimension beside area and time, with all the codes that it may have.
        area: the dimension of areas (its column of codes).
        time: the dimension of time (its column of codes).
        period: a pattern for codes of time, and the ISO period made of its groups:
            `(r"([0-9]{4})-[0-9]{2}", r"\\1-01-01/P3Y")`.
        lower, upper: the extra columns with the 95% interval, both or neither.
        marking: the extra column with markings, or empty.
        markings: the status letters for each marking; for a blank figure these say why.
        symbols: what stands for a missing figure.
        unplaced_area_codes: what stands for areas without a code; such rows are set aside.
    """

    dataset: str
    series: tuple[CmdSeries, ...]
    dimensions: Mapping[str, tuple[str, ...]]
    area: str = "administrative-geography"
    time: str
    period: tuple[str, str]
    lower: str = ""
    upper: str = ""
    marking: str = ""
    markings: Mapping[str, str] = field(default_factory=dict)
    symbols: Mapping[str, str] = field(default_factory=dict)
    unplaced_area_codes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for one in self.series:
            if set(one.where) != set(self.dimensions):
                raise ValueError(f"{self.dataset}: {one.label!r} leaves a dimension open")
            if any(code not in self.dimensions[name] for name, code in one.where.items()):
                raise ValueError(f"{self.dataset}: 'where' of {one.label!r} has an unknown code")
        if bool(self.lower) != bool(self.upper):
            raise ValueError(f"{self.dataset}: half an interval is declared")


def read_ons_cmd(content: bytes, declared: CmdTable, file: str) -> TidyFigures:
    """Read one table.

    Raises:
        Refused: with every fault: another layout, extra columns or dimensions that are not
            declared, unknown codes, periods, markings and symbols, two figures for one place.
    """
    table, faults = read_csv_text(content, file)
    header = [name for name in table.columns if name not in ("file", "row_number")]
    labels = _check_layout(header, declared, file)
    readings = Readings(declared.dataset, file, CellRules(declared.symbols), faults=faults)
    by_where = {tuple(sorted(one.where.items())): one for one in declared.series}
    for number, row in each_row(table):
        where = tuple(sorted((name, row[name]) for name in declared.dimensions))
        for name, code in where:
            if code not in declared.dimensions[name]:
                expected = "one of " + ", ".join(map(quoted, declared.dimensions[name]))
                readings.fault(number, name, quoted(code), expected, _LAYOUT)
        if where in by_where:
            _read_row(number, row, by_where[where], declared, labels[declared.area], readings)
    return readings.finish(SeriesWords(s.label, s.measure, s.unit) for s in declared.series)


def _check_layout(header: list[str], declared: CmdTable, file: str) -> dict[str, str]:
    """The column of labels for each dimension's column of codes."""
    first = re.fullmatch(r"[vV]4_([0-9]{1,2})", header[0])
    if first is None:
        expected = "a first column 'v4_N', N being how many extra columns follow"
        remedy = "take the table's own CSV file, not a filtered or pivoted copy of it"
        found = quoted(header[0])
        raise Refused([Fault(file, 1, header[0], found, expected, remedy)])
    count = int(first[1])
    extra, pairs = header[1 : count + 1], header[count + 1 :]
    faults = []
    wanted = {name for name in (declared.lower, declared.upper, declared.marking) if name}
    if set(extra) != wanted:
        found, expected = quoted(", ".join(extra)), f"the extra columns {sorted(wanted)}"
        faults.append(Fault(file, 1, header[0], found, expected, _LAYOUT))
    dimensions = {declared.area, declared.time, *declared.dimensions}
    if len(pairs) % 2 or set(pairs[::2]) != dimensions:
        found = quoted(", ".join(pairs[::2]))
        expected = f"a code and a label column for each of {sorted(dimensions)}"
        faults.append(Fault(file, 1, "", found, expected, _LAYOUT))
    if faults:
        raise Refused(faults)
    return dict(zip(pairs[::2], pairs[1::2], strict=True))


def _read_row(
    number: int,
    row: Mapping[str, str],
    series: CmdSeries,
    declared: CmdTable,
    area_label: str,
    readings: Readings,
) -> None:
    code = row[declared.area]
    if code in declared.unplaced_area_codes:
        reason = f"The publisher gives the area no code ('{code}')."
        readings.rejected.append(RejectedRow(number, as_csv(list(row.values())), reason))
        return
    if not readings.placed(number, declared.area, code, row.values()):
        return
    readings.name(number, area_label, code, row[area_label])
    pattern, template = declared.period
    time = re.fullmatch(pattern, row[declared.time])
    if time is None:
        expected = f"a time written as {quoted(pattern)}"
        readings.fault(number, declared.time, quoted(row[declared.time]), expected, _LAYOUT)
        return
    marking = row[declared.marking] if declared.marking else ""
    status = declared.markings.get(marking) if marking else ""
    if status is None:
        expected = f"nothing or one of {', '.join(map(quoted, declared.markings)) or 'none'}"
        readings.fault(number, declared.marking, quoted(marking), expected, _LAYOUT)
        return
    value_column = next(iter(row))
    place = Place(number, value_column, series.label, code, time.expand(template))
    lower, upper = (row[name] if name else "" for name in (declared.lower, declared.upper))
    readings.take(place, row[value_column], lower, upper, status=status)
