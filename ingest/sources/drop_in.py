"""An authority's own indicators: a folder of CSV or XLSX files with a mapping, held to the same
contract as every publisher.

Nothing in the files is run or followed: a formula in a CSV file is text, and text is no number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.tables import BLANK_STATUSES, STATUS_LETTERS
from ingest.faults import Fault, Refused, quoted
from ingest.sources.cells import ISO_PERIOD
from ingest.sources.csv_table import read_csv_text
from ingest.sources.drop_in_mapping import MAPPING, DropInMapping, DropInTable, read_mapping
from ingest.sources.readings import CellRules, Place, Readings, each_row
from ingest.sources.text_tables import check_columns
from ingest.sources.workbook_cells import Workbook
from ingest.tidy import SeriesWords, TidyFigures

WITHHELD = "Withheld: the count, or the count behind the rate, is below {threshold}."
# What is kept of a row that is set aside.
_KEPT = ("series", "ref_area", "area_name", "time_period")
_CORRECT = "correct the file, or what the mapping says of it"


@dataclass(frozen=True, slots=True)
class DropIn:
    """What a folder holds: what the authority says of it, and the figures of each file."""

    mapping: DropInMapping
    figures: tuple[TidyFigures, ...]


def read_drop_in(folder: Path) -> DropIn:
    """Read a folder.

    Only files in the folder itself are opened: no path, and no link to somewhere else.

    Raises:
        Refused: with the faults of all files: the mapping, a file that is absent, a link, or not
            in the mapping, and whatever `read_drop_in_table` refuses.
    """
    mapping = read_mapping(_bytes(folder, MAPPING), MAPPING)
    named = {table.file for table in mapping.table}
    faults = [
        Fault(path.name, None, "", "a file that the mapping does not name", "no other files",
              "name the file in the mapping, or take it away")
        for path in sorted(folder.iterdir())
        if path.name not in {MAPPING, *named}
    ]  # fmt: skip
    figures = []
    for table in mapping.table:
        try:
            content = _bytes(folder, table.file)
            figures.append(read_drop_in_table(content, mapping.id, table))
        except Refused as refused:
            faults.extend(refused.faults)
    if faults:
        raise Refused(faults)
    return DropIn(mapping, tuple(figures))


def _bytes(folder: Path, name: str) -> bytes:
    path = folder / name
    if path.is_symlink() or not path.is_file() or path.resolve().parent != folder.resolve():
        found = "a link" if path.is_symlink() else "no such file"
        raise Refused([Fault(name, None, "", found, "a file in the folder itself", _CORRECT)])
    return path.read_bytes()


def read_drop_in_table(content: bytes, dataset: str, table: DropInTable) -> TidyFigures:
    """Read one file.

    A count below the threshold becomes `c` and is not kept, nor are its bounds; so does a rate
    whose numerator is below it. That one total minus another does not give such a count away is
    for the authority to see to.

    A row whose code is no area's is set aside, without its numbers.

    Raises:
        Refused: with every fault by row: columns that are absent, labels, periods, statuses
            and symbols that are not known, formulas, counts that are negative, rates without
            their count, two figures for one place.
    """
    file = table.file
    cells, faults = _table(content, table)
    columns = {name: header for name, header in table.columns.model_dump().items() if header}
    check_columns(cells, columns.values(), file, faults, _CORRECT)
    readings = Readings(dataset, file, CellRules(table.symbols), faults=faults)
    for number, row in each_row(cells):
        read = {name: row[header] for name, header in columns.items()}
        _read_row(number, read, columns, table, readings)
    return readings.finish(
        SeriesWords(label, one.measure, one.unit) for label, one in table.series.items()
    )


def _table(content: bytes, table: DropInTable) -> tuple[pd.DataFrame, list[Fault]]:
    if not table.sheet:
        return read_csv_text(content, table.file, encoding=table.encoding)
    book = Workbook(content, table.file)
    rows = book.rows(book.named(re.escape(table.sheet)))
    header = rows[0] if rows else []
    repeated = sorted({name for name in header if header.count(name) > 1 or not name})
    if repeated or not header:
        found = f"the headers {', '.join(map(quoted, repeated))}" if repeated else "no header"
        expected = "a header in row 1 that names each column once"
        raise Refused([Fault(table.file, 1, "", found, expected, _CORRECT)])
    numbered = [(number, row) for number, row in enumerate(rows[1:], start=2) if any(row)]
    cells = pd.DataFrame([row for _, row in numbered], columns=pd.Index(header), dtype=str)
    cells["row_number"] = [number for number, _ in numbered]
    return cells, []


def _read_row(
    number: int,
    row: Mapping[str, str],
    columns: Mapping[str, str],
    table: DropInTable,
    readings: Readings,
) -> None:
    def fault(name: str, expected: str) -> None:
        found = quoted(row[name]) if row[name] else "nothing"
        readings.fault(number, columns[name], found, expected, _CORRECT)

    series = table.series.get(row["series"])
    if series is None:
        fault("series", f"one of {', '.join(map(quoted, table.series))}")
        return
    # The numbers of a row that is set aside would be kept and shown, whatever they would disclose.
    kept = [row[name] for name in _KEPT if name in row]
    if not readings.placed(number, columns["ref_area"], row["ref_area"], kept):
        return
    if "area_name" in columns:
        readings.name(number, columns["area_name"], row["ref_area"], row["area_name"])
    pattern, template = table.period or (ISO_PERIOD, r"\g<0>")
    period = re.fullmatch(pattern, row["time_period"])
    if period is None:
        fault("time_period", f"a period written as {quoted(pattern)}")
        return
    status = " ".join(sorted(set(row.get("status", "").split())))
    if not set(status.split()) <= set(STATUS_LETTERS):
        fault("status", f"status letters ({', '.join(STATUS_LETTERS)}) or nothing")
        return
    if row.get("numerator") and readings.rules.read(row["numerator"]) is None:
        fault("numerator", f"nothing, {readings.rules.in_words()}")
        return
    iso = period.expand(template)
    place = Place(number, columns["value"], row["series"], row["ref_area"], iso)
    value, lower, upper = row["value"], row.get("lower", ""), row.get("upper", "")
    cell = readings.rules.read(value)
    if series.kind != "neither" and table.disclosure_threshold and cell and cell[0]:
        behind = "value" if series.kind == "count" else "numerator"
        count = readings.rules.read(row[behind])
        if count is None or not count[0] or float(count[0]) < 0:
            fault(behind, "the count, zero or more, that the figure is made from")
            return
        if float(count[0]) < table.disclosure_threshold:
            note = WITHHELD.format(threshold=table.disclosure_threshold)
            readings.missing(place, "c", note)
            return
    if not BLANK_STATUSES.isdisjoint(status.split()) and not value:
        readings.missing(place, status)
    else:
        readings.take(place, value, lower, upper, status=status)
