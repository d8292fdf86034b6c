"""Codes of areas as files give them: a row whose code is no area's is set aside, and kept.

One row that cannot be placed says nothing against the others. Where figures that are held would
go with it, the load waits for a person (`ingest.load_checks`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache

import pandas as pd

from data.reference_data import read_areas_file
from ingest.faults import Fault, Refused, quoted
from ingest.sources.cells import GSS_CODE
from ingest.sources.csv_table import as_csv
from ingest.tidy import RejectedRow

_EXPECTED = "the code of an area that the register has, such as E08000025"
_REMEDY = (
    "if the area is new, add it to data/reference with its dates; if its row never has a code, "
    "declare that; if it is a slip, tell the publisher"
)


def why_no_area(code: str, pattern: str = GSS_CODE, also: Collection[str] = ()) -> str:
    """Why a code is no area's, as a sentence; empty where it is one.

    Args:
        code: as the file has it, trimmed.
        pattern: how codes are written. Codes of a pattern of their own are those of small areas,
            which the register does not list: they are held to the pattern alone.
        also: codes that stand for areas beside those of the register.
    """
    if not code:
        return "The row has no area code."
    if code in also or (pattern == GSS_CODE and code in _register()):
        return ""
    if pattern == GSS_CODE:
        return f"The register of areas has no code {quoted(code)}."
    return "" if re.fullmatch(pattern, code) else f"No area has a code like {quoted(code)}."


def unplaced_row(
    file: str, row_number: int, column: str, code: str, cells: Iterable[str], reason: str
) -> RejectedRow:
    """A row to be set aside for its code, with the cells as the publisher gave them."""
    found = quoted(code) if code else "nothing"
    fault = Fault(file, row_number, column, found, _EXPECTED, _REMEDY)
    return RejectedRow(row_number, as_csv(list(cells)), reason, fault)


def set_aside_unplaced(
    table: pd.DataFrame, code: str, raw: Sequence[str], named: str, also: Collection[str] = ()
) -> tuple[pd.DataFrame, tuple[RejectedRow, ...]]:
    """The rows of a table of text with the code of an area, and those without.

    Args:
        table: with `file` and `row_number` beside the publisher's or our own columns.
        code: the column of codes.
        raw: the publisher's columns, in the order in which a row is kept.
        named: what the file calls the column of codes.
        also: as in `why_no_area`.

    Raises:
        Refused: no row has the code of an area, so that it is not the rows that are wrong.
    """
    reasons = {text: why_no_area(text, also=also) for text in table[code].unique()}
    unplaced = table[code].map(reasons) != ""
    if not unplaced.any():
        return table, ()
    rows = []
    for file, number, text, *cells in table.loc[
        unplaced, ["file", "row_number", code, *raw]
    ].itertuples(index=False, name=None):
        rows.append(unplaced_row(file, int(number), named, text, cells, reasons[text]))
    if unplaced.all():
        raise Refused(unplaced_as_faults(rows))
    return table[~unplaced].reset_index(drop=True), tuple(rows)


def unplaced_as_faults(rejected: Iterable[RejectedRow]) -> list[Fault]:
    """What is wrong with the rows that were set aside for their codes, to be told beside others."""
    return [row.unplaced for row in rejected if row.unplaced is not None]


def refuse_if_faulty(faults: Sequence[Fault], rejected: Iterable[RejectedRow]) -> None:
    """Refuse a file that has faults, telling also what would have been set aside.

    Raises:
        Refused: there are faults.
    """
    if faults:
        raise Refused([*faults, *unplaced_as_faults(rejected)])


@cache
def _register() -> frozenset[str]:
    return frozenset(read_areas_file()["code"])
