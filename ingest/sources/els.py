"""The reader of ONS Explore Local Statistics: the publisher's CSV to tidy figures.

What the publisher is known to do is read (see `docs` of each step); what is not known is refused
by row and value, every fault at once, because a guess would look like a figure.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from functools import cache
from typing import Any

import pandas as pd

from data.reference_data import read_areas_file
from data.tables import BLANK_STATUSES, STATUS_LETTERS
from ingest.faults import Fault, Refused, quoted
from ingest.sources.els_datasets import ElsDataset
from ingest.sources.els_table import COLUMNS as PUBLISHED_COLUMNS
from ingest.sources.els_table import as_csv, read_table
from ingest.tidy import COLUMNS, KEY, NUMBERS, RejectedRow, SeriesWords, TidyFigures, as_numbers

NO_REASON_GIVEN = "The publisher gave no reason for the missing figure."
_NAMES = {
    "areacd": "ref_area",
    "indicator": "series",
    "period": "time_period",
    "observation": "obs_value",
    "lci_95": "lower_95",
    "uci_95": "upper_95",
    "notes": "note",
}
_PUBLISHERS_NAME = {ours: theirs for theirs, ours in _NAMES.items()}
_NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?"
_AREA_CODE = r"[EWSNK][0-9]{8}|TL[A-Z][A-Z0-9]{0,2}"
_PERIOD = r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?(?:/P[0-9]{1,2}[YM])?"
_LETTERS = rf"(?i)(?:{'|'.join(STATUS_LETTERS)})(?:[\s,;]+(?:{'|'.join(STATUS_LETTERS)}))*"
_TELL = "ask the publisher, or teach the reader if this is a new convention of theirs"


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
        no reason. Rows of areas declared to have no code are set aside in `rejected`.

    Raises:
        Refused: with every fault, each by row and value.
    """
    table, faults = read_table(content, file)
    return tidy_table(table, faults, declared, itl1_codes, file)


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
        table: the columns of `els_table.COLUMNS` and `row_number`, all text but the number.
        faults: what is known to be wrong with the file already; it is refused for these too.
        set_aside: rows that were taken out of the table beforehand, to be kept with the others.

    Raises:
        Refused: with every fault, each by row and value.
    """
    faults = list(faults)
    table = table.rename(columns=_NAMES)
    table, unplaced = _set_aside(table, declared)
    rejected = tuple(sorted((*set_aside, *unplaced), key=lambda row: row.row_number))
    _read_codes(table, itl1_codes, file, faults)
    _read_numbers(table, file, faults)
    _read_statuses(table, declared, file, faults)
    series = _read_series(table, file, faults)
    if faults:
        raise Refused(faults)
    kept = _one_row_each(table, file, faults)
    if faults:
        raise Refused(faults)
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


def _report(
    table: pd.DataFrame,
    wrong: pd.Series,
    column: str,
    expected: str,
    remedy: str,
    file: str,
    faults: list[Fault],
) -> None:
    if not wrong.any():
        return
    for number, text in table.loc[wrong, ["row_number", column]].itertuples(index=False):
        name = _PUBLISHERS_NAME.get(column, column)
        found = quoted(text) if text else "nothing"
        faults.append(Fault(file, int(number), name, found, expected, remedy))


def _read_codes(
    table: pd.DataFrame, itl1_codes: Mapping[str, str], file: str, faults: list[Fault]
) -> None:
    for column, pattern, expected in (
        ("ref_area", _AREA_CODE, "a GSS code such as E08000025, or an ITL code such as TLG"),
        ("time_period", _PERIOD, "an ISO 8601 period such as 2022-01-01/P3Y or 2026-01-01"),
        ("series", r".+", "the name of an indicator"),
        ("measure", r".+", "what is measured"),
        ("unit", r".+", "a unit"),
    ):
        wrong = ~table[column].str.fullmatch(pattern)
        _report(table, wrong, column, expected, _TELL, file, faults)
    _check_names(table, file, faults)
    as_published = table["ref_area"]
    table["ref_area"] = as_published.replace(dict(itl1_codes))
    table["has_itl_code"] = table["ref_area"] != as_published


def _check_names(table: pd.DataFrame, file: str, faults: list[Fault]) -> None:
    """A code with two names is one that was altered, or moved beside another area's figures."""
    own = _names_of_areas()
    taken = {name for names in own.values() for name in names}
    of_another = pd.Series(
        [
            name in taken and code in own and name not in own[code]
            for code, name in zip(table["ref_area"], table["areanm"].map(_bare), strict=True)
        ],
        index=table.index,
    )
    remedy = "an area has one name; ask the publisher which area is meant"
    expected = "the name that the register has for the code, or one that no other area has"
    _report(table, of_another, "areanm", expected, remedy, file, faults)
    named = table.drop_duplicates(["ref_area", "areanm"])["ref_area"]
    for code in named[named.duplicated()].unique():
        rows = table[table["ref_area"] == code]
        usual = rows["areanm"].mode()[0]
        others = rows["areanm"] != usual
        expected = f"{quoted(usual)}, as in the other rows of {code}"
        _report(rows, others, "areanm", expected, remedy, file, faults)


@cache
def _names_of_areas() -> dict[str, frozenset[str]]:
    """The names of each code in the register, and those of the codes that it gave way to."""
    areas = read_areas_file()
    names = dict(zip(areas["code"], areas["name"], strict=True))
    recoded = dict(zip(areas["code"], areas["recoded_to"], strict=True))
    own = {code: {_bare(name)} for code, name in names.items()}
    for code, newer in recoded.items():
        if newer:
            own[code].add(_bare(names[newer]))
            own[newer].add(_bare(names[code]))
    return {code: frozenset(several) for code, several in own.items()}


def _bare(name: str) -> str:
    """A name without what tells it apart, as in `Merseyside (Met County)`."""
    return name.split(" (")[0]


def _read_numbers(table: pd.DataFrame, file: str, faults: list[Fault]) -> None:
    for column in NUMBERS:
        # The publisher has never grouped digits: a comma may as well be a decimal mark.
        texts = table[column]
        wrong = ~texts.str.fullmatch(f"(?:{_NUMBER})?")
        _report(table, wrong, column, "a number, or nothing", _TELL, file, faults)
        table[column] = texts.mask(wrong, "")


def _read_statuses(
    table: pd.DataFrame, declared: ElsDataset, file: str, faults: list[Fault]
) -> None:
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
    _report(table, wrong, "status", f"a status letter ({known}) or nothing", remedy, file, faults)
    only_letters = table["note"].str.fullmatch(_LETTERS)
    remedy = "the column of statuses may have been moved; compare it with the publisher's page"
    _report(table, only_letters, "note", "words, not a status letter", remedy, file, faults)
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


def _one_row_each(table: pd.DataFrame, file: str, faults: list[Fault]) -> pd.DataFrame:
    """Drop exact repeats, the ITL 1 row of a pair first; two different figures are a fault."""
    ordered = table.sort_values("has_itl_code", kind="stable")
    repeated = ordered[ordered.duplicated(KEY, keep=False)].copy()
    repeated[NUMBERS] = repeated[NUMBERS].apply(as_numbers)
    compared = [*NUMBERS, "obs_status", "note"]
    # What the first row of each key says, beside every row of that key.
    firsts = repeated.drop_duplicates(KEY)[[*KEY, *compared, "row_number"]]
    first = repeated[KEY].merge(firsts, on=KEY, how="left").set_axis(repeated.index)
    for column in compared:
        said, other = first[column], repeated[column]
        for place in repeated.index[(said != other) & ~(said.isna() & other.isna())]:
            row = repeated.loc[place]
            before = f"row {first.loc[place, 'row_number']} has {_or_nothing(said[place])}"
            found = f"{_or_nothing(row[column])} where {before}"
            name = _PUBLISHERS_NAME.get(column, "status")
            where = ", ".join(str(row[key]) for key in KEY)
            faults.append(
                Fault(
                    *(file, int(row["row_number"]), name, f"{found} ({where})"),
                    "one figure for each series, area and period",
                    "ask the publisher which is right; two identical rows would be one",
                )
            )
    return ordered.drop_duplicates(KEY)


def _or_nothing(cell: Any) -> str:
    return "nothing" if cell == "" or pd.isna(cell) else str(cell)
