"""The reader of ONS Explore Local Statistics: the publisher's CSV to tidy figures.

What the publisher is known to do is read (see `docs` of each step); what is not known is refused
by row and value, every fault at once, because a guess would look like a figure.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from data.tables import BLANK_STATUSES, STATUS_LETTERS
from ingest.faults import Fault, quoted
from ingest.sources.area_codes import refuse_if_faulty, set_aside_unplaced
from ingest.sources.area_names import ONE_NAME, check_area_names, check_kinds
from ingest.sources.cells import ISO_PERIOD, NO_REASON_GIVEN
from ingest.sources.csv_table import as_csv, read_csv_rows
from ingest.sources.els_datasets import ElsDataset
from ingest.sources.els_table import COLUMNS as PUBLISHED_COLUMNS
from ingest.sources.els_table import els_table
from ingest.sources.text_tables import TELL, one_row_each, read_numbers, report
from ingest.tidy import COLUMNS, KEY, NUMBERS, RejectedRow, SeriesWords, TidyFigures

_NAMES = {
    "areacd": "ref_area",
    "indicator": "series",
    "period": "time_period",
    "observation": "obs_value",
    "lci_95": "lower_95",
    "uci_95": "upper_95",
    "notes": "note",
}
_THEIRS = {ours: theirs for theirs, ours in _NAMES.items()} | {"obs_status": "status"}
_LETTERS = rf"(?i)(?:{'|'.join(STATUS_LETTERS)})(?:[\s,;]+(?:{'|'.join(STATUS_LETTERS)}))*"


def read_els(
    content: bytes, declared: ElsDataset, itl1_codes: Mapping[str, str], file: str
) -> TidyFigures:
    """Read one table.

    Args:
        content: the CSV as served.
        declared: what is known of the table.
        itl1_codes: the GSS code for each ITL 1 code; the publisher uses either, or both.
        file: what messages call the file.

    Returns:
        Figures in tidy form. A blank without a status is `x` with a note that the publisher gave
        no reason. Rows of areas declared to have no code, and rows whose code is no area's, are
        set aside in `rejected`.

    Raises:
        Refused: with every fault, each by row and value.
    """
    read = read_csv_rows(content, file)
    return tidy_table(els_table(read), read.faults, declared, itl1_codes, file)


def tidy_table(
    table: pd.DataFrame,
    faults: list[Fault],
    declared: ElsDataset,
    itl1_codes: Mapping[str, str],
    file: str,
    set_aside: Sequence[RejectedRow] = (),
) -> TidyFigures:
    """Make a table of text tidy: the part of reading that does not depend on the layout.

    Args:
        table: as `els_table` gives it.
        faults: what is known to be wrong with the file already; it is refused for these too.
        set_aside: rows that were taken out of the table beforehand, to be kept with the others.

    Raises:
        Refused: with every fault, each by row and value.
    """
    faults = list(faults)
    table = table.rename(columns=_NAMES)
    table, without_code = _set_aside(table, declared)
    raw = [_NAMES.get(name, name) for name in PUBLISHED_COLUMNS]
    table, unplaced = set_aside_unplaced(table, "ref_area", raw, "areacd", itl1_codes)
    rejected = tuple(sorted((*set_aside, *without_code, *unplaced), key=lambda row: row.row_number))
    _read_codes(table, itl1_codes, faults)
    for column in NUMBERS:
        table[column] = read_numbers(table, column, faults, names=_THEIRS)
    _read_statuses(table, declared, faults)
    series = _read_series(table, file, faults)
    refuse_if_faulty(faults, rejected)
    # Of an area under both its codes the row of the GSS code is kept.
    ordered = table.sort_values("has_itl_code", kind="stable")
    texts = ["obs_status", "note"]
    kept = one_row_each(ordered, KEY, NUMBERS, texts, faults, _THEIRS)
    refuse_if_faulty(faults, rejected)
    return TidyFigures(
        dataset=declared.id,
        file=file,
        frame=kept[[*COLUMNS, "row_number"]].sort_values(KEY, ignore_index=True),
        series=series,
        rejected=rejected,
        collapsed=len(table) - len(kept),
    )


def _set_aside(
    table: pd.DataFrame, declared: ElsDataset
) -> tuple[pd.DataFrame, tuple[RejectedRow, ...]]:
    unplaced = table["ref_area"].isin(declared.unplaced_area_codes)
    rejected = tuple(
        RejectedRow(
            int(row["row_number"]),
            as_csv([str(row[_NAMES.get(name, name)]) for name in PUBLISHED_COLUMNS]),
            f"The publisher gives {row['areanm']} no area code ('{row['ref_area']}').",
        )
        for row in table[unplaced].to_dict("records")
    )
    return table[~unplaced].reset_index(drop=True), rejected


def _read_codes(table: pd.DataFrame, itl1_codes: Mapping[str, str], faults: list[Fault]) -> None:
    for column, pattern, expected in (
        ("time_period", ISO_PERIOD, "an ISO 8601 period such as 2022-01-01/P3Y or 2026-01-01"),
        ("series", r".+", "the name of an indicator"),
        ("measure", r".+", "what is measured"),
        ("unit", r".+", "a unit"),
    ):
        wrong = ~table[column].str.fullmatch(pattern)
        report(table, wrong, column, expected, faults, TELL, _THEIRS)
    _check_names(table, faults)
    as_published = table["ref_area"]
    table["ref_area"] = as_published.replace(dict(itl1_codes))
    table["has_itl_code"] = table["ref_area"] != as_published


def _check_names(table: pd.DataFrame, faults: list[Fault]) -> None:
    """A code with two names is one that was altered, or moved beside another area's figures."""
    check_area_names(table, "ref_area", "areanm", faults, _THEIRS)
    check_kinds(table, "ref_area", "geography", faults, _THEIRS)
    named = table.drop_duplicates(["ref_area", "areanm"])["ref_area"]
    for code in named[named.duplicated()].unique():
        rows = table[table["ref_area"] == code]
        usual = rows["areanm"].mode()[0]
        others = rows["areanm"] != usual
        expected = f"{quoted(usual)}, as in the other rows of {code}"
        report(rows, others, "areanm", expected, faults, ONE_NAME, _THEIRS)


def _read_statuses(table: pd.DataFrame, declared: ElsDataset, faults: list[Fault]) -> None:
    letters = {}
    for text in table["status"].unique():
        parts = sorted(set(re.split(r"[\s,;]+", text.lower().strip())) - {""})
        letters[text] = " ".join(parts) if STATUS_LETTERS.keys() >= set(parts) else ""
    prose = table["status"].isin(declared.status_notes)
    wrong = (table["status"].map(letters) == "") & (table["status"] != "") & ~prose
    remedy = (
        f"if it is prose that qualifies the figure, declare it word for word in status_notes of "
        f"{declared.id} in els_datasets.toml and it becomes a note"
    )
    known = ", ".join(STATUS_LETTERS)
    report(
        table,
        wrong,
        "status",
        f"a status letter ({known}) or nothing",
        faults,
        remedy,
        _THEIRS,
    )
    only_letters = table["note"].str.fullmatch(_LETTERS)
    remedy = "the column of statuses may have been moved; compare it with the publisher's page"
    report(table, only_letters, "note", "words, not a status letter", faults, remedy, _THEIRS)
    status = table["status"].map(letters)
    note = table["note"].mask(prose & (table["note"] == ""), table["status"])
    note = note.mask(prose & (table["note"] != ""), table["note"] + "; " + table["status"])
    blank = table["obs_value"] == ""
    unexplained = blank & ~status.map(lambda text: not BLANK_STATUSES.isdisjoint(text.split()))
    table["obs_status"] = status.mask(unexplained, (status + " x").str.strip())
    table["note"] = note.mask(unexplained & (note == ""), NO_REASON_GIVEN)


def _read_series(table: pd.DataFrame, file: str, faults: list[Fault]) -> tuple[SeriesWords, ...]:
    distinct = table.drop_duplicates(["series", "measure", "unit"])
    first: dict[str, dict[Hashable, Any]] = {}
    for row in distinct[["series", "measure", "unit", "row_number"]].to_dict("records"):
        words = first.setdefault(row["series"], row)
        for column in ("measure", "unit"):
            if row[column] != words[column]:
                expected = f"{quoted(words[column])}, as in row {words['row_number']}"
                remedy = f"a series has one {column}; ask the publisher which is right"
                number, found = int(row["row_number"]), quoted(row[column])
                faults.append(Fault(file, number, column, found, expected, remedy))
    return tuple(
        SeriesWords(label, words["measure"], words["unit"])
        for label, words in sorted(first.items())
    )
