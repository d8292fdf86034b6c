"""From the bytes of a declared table to tidy figures and the day of their publication."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pandas as pd

from ingest.faults import Fault, Refused, quoted
from ingest.sources.declared_tables import DeclaredTable, SumEntry, written_day
from ingest.sources.fuel_poverty import SHARE, Neighbourhood, read_fuel_poverty
from ingest.sources.workbook_cells import Workbook
from ingest.sources.workbooks import WorkbookTable, read_tables
from ingest.tidy import KEY, SeriesWords, TidyFigures

_LOOK = "see whether the producer changed its workbook; then correct the declaration"


@dataclass(frozen=True, slots=True)
class ReadTable:
    """The figures of a table, and those of the neighbourhoods within, where it has any."""

    figures: TidyFigures
    neighbourhoods: tuple[Neighbourhood, ...] = ()


def read_declared(
    content: bytes,
    declared: DeclaredTable,
    file: str,
    successors: Collection[tuple[str, str]] = (),
) -> ReadTable:
    """Read the figures of a declared table.

    Args:
        content: the workbook as published.
        declared: what is known of it.
        file: what messages call the file.
        successors: former codes with those that replaced them, for neighbourhoods that the
            producer still counts to a former authority.

    Raises:
        Refused: with every fault that its reader finds, or a sum that lacks a part.
    """
    if declared.year is not None:
        read = read_fuel_poverty(content, declared.year, file, successors)
        return ReadTable(_only(read.authorities, SHARE), read.neighbourhoods)
    sheets = tuple(entry.as_table() for entry in declared.sheet)
    table = WorkbookTable(
        dataset=declared.id, sheets=sheets, symbols=declared.symbols, grouped=declared.grouped
    )
    figures = read_tables(Workbook(content, file), table)
    return ReadTable(with_sums(figures, declared.sum))


def _only(figures: TidyFigures, label: str) -> TidyFigures:
    """One series of a table; the numbers that it is the share of have been checked against it."""
    kept = figures.frame[figures.frame["series"] == label].reset_index(drop=True)
    words = tuple(one for one in figures.series if one.label == label)
    return replace(figures, frame=kept, series=words)


def published_on(content: bytes, declared: DeclaredTable, file: str) -> date:
    """The day on which the workbook says that it was published.

    Raises:
        Refused: it does not say so where it is declared to, or says two days.
    """
    where = declared.published
    if where is None:
        remedy = "give --known-on with the day on which the producer put the figures out"
        raise Refused([Fault(file, None, "", "no date", "when it was published", remedy)])
    book = Workbook(content, file)
    rows = book.rows(book.named(where.sheet))
    found = {
        match[1] for row in rows for cell in row if (match := re.fullmatch(where.pattern, cell))
    }
    days = {written_day(text) for text in found}
    day = days.pop() if len(days) == 1 else None
    if day is None:
        expected = f"one cell {quoted(where.pattern)} with a day as 15 July 2024"
        seen = ", ".join(map(quoted, sorted(found))) or "none"
        remedy = "give --known-on with the day of publication, or correct the declaration"
        raise Refused([Fault(file, None, "", seen, expected, remedy)])
    return day


def with_sums(figures: TidyFigures, sums: Iterable[SumEntry]) -> TidyFigures:
    """Figures with the declared sums in place of the series that they are made of.

    Raises:
        Refused: a sum has not as many parts as declared, or a part is blank for some area.
    """
    sums = tuple(sums)
    if not sums:
        return figures
    frame = figures.frame
    faults: list[Fault] = []
    made, used = [], set()
    for entry in sums:
        parts = {words.label for words in figures.series if re.fullmatch(entry.of, words.label)}
        used |= parts
        if len(parts) != entry.parts:
            found = f"{len(parts)} series that match {quoted(entry.of)}"
            expected = f"{entry.parts} to add up to {quoted(entry.label)}"
            faults.append(Fault(figures.file, None, entry.label, found, expected, _LOOK))
            continue
        made.append(_sum_of(frame[frame["series"].isin(parts)], entry, figures.file, faults))
    if faults:
        raise Refused(faults)
    kept = frame[~frame["series"].isin(used)]
    together = pd.concat([kept, *made], ignore_index=True)
    words = (
        *(one for one in figures.series if one.label not in used),
        *(SeriesWords(entry.label, entry.measure, entry.unit) for entry in sums),
    )
    return TidyFigures(
        dataset=figures.dataset,
        file=figures.file,
        frame=together.sort_values(KEY, ignore_index=True),
        series=tuple(sorted(words, key=lambda one: one.label)),
        rejected=figures.rejected,
        collapsed=figures.collapsed,
    )


def _sum_of(rows: pd.DataFrame, entry: SumEntry, file: str, faults: list[Fault]) -> pd.DataFrame:
    made = []
    for (area, period), part in rows.groupby(["ref_area", "time_period"], sort=True):
        texts = part["obs_value"].tolist()
        row = int(part["row_number"].iloc[0])
        if len(texts) != entry.parts or "" in texts:
            held = sum(text != "" for text in texts)
            found = f"{held} of {entry.parts} figures for {area} in {period}"
            faults.append(Fault(file, row, entry.label, found, "every part of the sum", _LOOK))
            continue
        # Decimals add up exactly: a sum of whole numbers is written as one.
        total = sum(map(Decimal, texts), Decimal(0))
        made.append((entry.label, area, period, f"{total:f}", "", "", "", "", row))
    return pd.DataFrame(made, columns=rows.columns)
