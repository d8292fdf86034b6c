"""The reader of workbooks that Nomis's query tool makes: stacked tables to tidy figures.

The workbooks give areas by name only, such as `ladu:Coventry`. A code comes from a declared list
of names of one level, and from nothing else.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Collection, Mapping
from decimal import Decimal

import pandas as pd

from data.tables import BLANK_STATUSES
from ingest.faults import Fault, Refused, quoted
from ingest.sources.cells import plain_number
from ingest.sources.nomis_blocks import Block, find_blocks
from ingest.sources.nomis_workbook_declaration import NomisWorkbook
from ingest.sources.text_tables import check_intervals, one_row_each
from ingest.sources.workbook_cells import Workbook
from ingest.sources.written_periods import example, iso_period
from ingest.tidy import COLUMNS, KEY, NUMBERS, RejectedRow, SeriesWords, TidyFigures

# Five areas have this name; no list of names can tell which one is meant.
NEVER_BY_NAME = "West Midlands"
_INTERVALS = "95% confidence interval (+/-)"
_DECLARE = "declare it, or ask the query tool for less"
_NEVER_WITH_A_VALUE = BLANK_STATUSES - {"u", "low"}


@dataclasses.dataclass(slots=True)
class _Found:
    """What is found while going through the tables of a workbook."""

    file: str
    rows: list[tuple[object, ...]] = dataclasses.field(default_factory=list)
    faults: list[Fault] = dataclasses.field(default_factory=list)
    rejected: list[RejectedRow] = dataclasses.field(default_factory=list)

    def fault(self, row: int, column: str, found: str, expected: str, remedy: str) -> None:
        self.faults.append(Fault(self.file, row, column, found, expected, remedy))


def read_nomis_workbook(
    content: bytes,
    declared: NomisWorkbook,
    codes: Mapping[str, Mapping[str, Collection[str]]],
    file: str,
) -> TidyFigures:
    """Read one workbook.

    Args:
        content: the XLSX file.
        declared: what is known of it.
        codes: for each level of area, the GSS codes of each name, exactly as the workbook has it.
        file: what messages call the workbook.

    Returns:
        Figures in tidy form; where a symbol stands, `note` has its sentence from the legend.

    Raises:
        Refused: with every fault: limits, layout, dates, headings, symbols that the legend below
            their table or the declaration does not explain, names with no code or several, the
            name West Midlands, tables that differ in areas, and figures that contradict.
    """
    workbook = Workbook(content, file)
    cells = workbook.rows(workbook.named(re.escape(declared.sheet)))
    blocks, faults = find_blocks(cells, declared.title, declared.area_column, declared.parts, file)
    found = _Found(file, faults=faults)
    areas = _read_areas(blocks, declared, codes, found)
    for block in blocks:
        _read_block(block, declared, areas, found)
    if found.faults:
        raise Refused(found.faults)
    columns = [*COLUMNS, "row_number"]
    table = pd.DataFrame(found.rows, columns=pd.Index(columns)).astype(
        dict.fromkeys(COLUMNS, "str")
    )
    table["file"] = file
    check_intervals(table, {"obs_value": "number", "lower_95": "conf", "upper_95": "conf"}, faults)
    kept = one_row_each(table, KEY, NUMBERS, ["obs_status", "note"], faults)
    for one in declared.series:
        if one.label not in set(table["series"]):
            where = dict(one.where)
            found.fault(1, one.heading, "no such columns", f"figures for {where or 'it'}", _DECLARE)
    if faults:
        raise Refused(faults)
    return TidyFigures(
        dataset=declared.id,
        file=file,
        frame=kept[columns].sort_values(KEY, ignore_index=True),
        series=tuple(
            SeriesWords(one.label, one.measure, one.unit)
            for one in sorted(declared.series, key=lambda one: one.label)
        ),
        rejected=tuple(found.rejected),
        collapsed=len(table) - len(kept),
    )


def _read_areas(
    blocks: list[Block],
    declared: NomisWorkbook,
    codes: Mapping[str, Mapping[str, Collection[str]]],
    found: _Found,
) -> dict[str, str]:
    """The code of each area that is taken; empty for those that are left out or set aside."""
    areas: dict[str, str] = {}
    for block in blocks:
        names = Counter(name for _, name, _ in block.areas)
        for row, name, _ in block.areas:
            if name not in areas:
                areas[name] = _code(row, name, declared, codes, found)
            if names[name] > 1:
                remedy = "two areas of one name cannot be told apart"
                found.fault(row, "", f"{quoted(name)} twice", "each area once in a table", remedy)
        if block.headings != blocks[0].headings:
            remedy = "the tables of one query have the same headings; fetch the workbook again"
            found.fault(block.row, "", "other headings", "the first table's headings", remedy)
        differ = set(names) ^ {name for _, name, _ in blocks[0].areas}
        if differ:
            some = ", ".join(quoted(name) for name in sorted(differ)[:5])
            remedy = "the tables of one query have the same areas; fetch the workbook again"
            found.fault(block.row, "", f"a difference in {some}", "the first table's areas", remedy)
    return areas


def _code(
    row: int,
    name: str,
    declared: NomisWorkbook,
    codes: Mapping[str, Mapping[str, Collection[str]]],
    found: _Found,
) -> str:
    prefix, colon, own = name.partition(":")
    if name in declared.set_aside:
        reason = f"The workbook gives areas no codes, and the name '{own}' is not enough."
        found.rejected.append(RejectedRow(row, name, reason))
    elif prefix in declared.left_out_levels:
        pass
    elif not colon or prefix not in declared.levels:
        expected = "a prefix that is declared: " + ", ".join(declared.levels)
        found.fault(row, declared.area_column, quoted(name), expected, _DECLARE)
    elif own == NEVER_BY_NAME:
        remedy = "take the area from the service by its code, and declare this name in set_aside"
        found.fault(row, declared.area_column, quoted(name), "an area with a code", remedy)
    else:
        level = declared.levels[prefix]
        known = sorted(codes.get(level, {}).get(own, ()))
        if len(known) == 1:
            return known[0]
        which = f", which is {' or '.join(known)}" if known else ""
        expected = f"a name that stands for one area of the level {quoted(level)}"
        remedy = "correct the list of names; a name that is not exactly in it is never guessed"
        found.fault(row, declared.area_column, f"{quoted(name)}{which}", expected, remedy)
    return ""


def _read_block(
    block: Block, declared: NomisWorkbook, areas: Mapping[str, str], found: _Found
) -> None:
    about = {key: value for key, value in block.about.items() if key not in ("date", "confidence")}
    period = iso_period(block.about.get("date", ""), declared.periods)
    if period is None:
        date = quoted(block.about.get("date", "nothing"))
        expected = f"a date written as '{example(declared.periods)}'"
        found.fault(block.row, "date", date, expected, "correct the declared periods")
    if "conf" in declared.parts and block.about.get("confidence") != _INTERVALS:
        kind = quoted(block.about.get("confidence", "nothing"))
        found.fault(block.row, "confidence", kind, quoted(_INTERVALS), _DECLARE)
    explained: dict[str, tuple[str, str]] = {}
    for symbol, sentence in block.legend.items():
        if sentence in declared.legend:
            explained[symbol] = (declared.legend[sentence], sentence)
        else:
            remedy = "declare which status letter it is"
            found.fault(block.row, "", quoted(f"{symbol} {sentence}"), "a known legend", remedy)
    labels = {one.heading: one.label for one in declared.series if dict(one.where) == about}
    if any(value in declared.left_out for value in about.values()):
        return
    width = len(declared.parts)
    for place, heading in enumerate(block.headings):
        if heading in declared.left_out:
            continue
        if heading not in labels:
            expected = f"a heading of a declared series about {about or 'nothing else'}"
            found.fault(block.row, heading, quoted(heading), expected, _DECLARE)
            continue
        for row, name, texts in block.areas:
            if areas[name]:
                key = (labels[heading], areas[name], period or "")
                group = texts[place * width : (place + 1) * width]
                _read_figure(row, heading, key, group, explained, found)


def _read_figure(
    row: int,
    heading: str,
    key: tuple[str, str, str],
    texts: tuple[str, ...],
    explained: Mapping[str, tuple[str, str]],
    found: _Found,
) -> None:
    value, flag, half = (*texts, "", "")[:3]
    letters: list[str] = []
    notes: list[str] = []
    for text in (value, flag, half):
        if text in explained:
            letter, sentence = explained[text]
            letters.append(letter)
            notes.append(sentence)
    numbers = [plain_number(text) or "" for text in (value, half)]
    known = [bool(numbers[0]) or value in explained, not flag or flag in explained]
    known.append(len(texts) < 3 or bool(numbers[1]) or half in explained)
    if not all(known):
        shown = quoted(" | ".join(texts))
        expected = "numbers, or symbols that the legend below the table explains"
        found.fault(row, heading, shown, expected, "ask the publisher what it means")
        return
    if numbers[0] and not _NEVER_WITH_A_VALUE.isdisjoint(letters):
        expected = "no number, as its symbol says there is none"
        found.fault(row, heading, quoted(" | ".join(texts)), expected, "ask the publisher")
        return
    lower = upper = ""
    if numbers[0] and numbers[1]:
        middle, width = Decimal(numbers[0]), Decimal(numbers[1])
        lower, upper = f"{middle - width:f}", f"{middle + width:f}"
    status = " ".join(sorted(set(letters)))
    note = "; ".join(dict.fromkeys(notes))
    found.rows.append((*key, numbers[0], lower, upper, status, note, row))
