"""The reader of Nomis: the pages of a table, as the service gives them, to tidy figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

import pandas as pd

from data.tables import BLANK_STATUSES
from ingest.faults import Fault
from ingest.sources.area_codes import refuse_if_faulty, set_aside_unplaced
from ingest.sources.area_names import check_area_names, check_kinds
from ingest.sources.nomis_declaration import NORMAL, IntervalKind, NomisInterval, NomisTable
from ingest.sources.nomis_pages import all_rows
from ingest.sources.text_tables import (
    OURS,
    TELL,
    check_columns,
    check_intervals,
    check_same_name,
    one_row_each,
    read_numbers,
    read_periods,
    report,
)
from ingest.tidy import COLUMNS, KEY, NUMBERS, SeriesWords, TidyFigures

# Two-sided 95% of a normal distribution, as the publisher itself uses it.
_WIDTH = Decimal("1.96")
_NEVER_WITH_A_VALUE = BLANK_STATUSES - {"u", "low"}
_SUFFIXES = re.compile(r"_(?:NAME|CODE|TYPE|TYPECODE|SORTORDER)$")
_SERVICE = ("DATE", "GEOGRAPHY", "MEASURES", "OBS_VALUE", "OBS_STATUS", "OBS_CONF", "URN")
# The service numbers areas within their type.
_AREAS_OF_A_TYPE = 4_194_304
_DECLARE = "declare the code in a series or in left_out, or ask for less"


def read_nomis(contents: Sequence[bytes], declared: NomisTable, file: str) -> TidyFigures:
    """Read one table.

    Areas are known by GEOGRAPHY_CODE alone: several have the name West Midlands. An area that
    stands under two kinds of geography counts once where its rows agree.

    Args:
        contents: every page in order, from `nomis_pages.pages`.
        declared: what is known of the table.
        file: what messages call the table.

    Returns:
        Figures in tidy form; rows whose code is no area's are set aside in `rejected`. A blank
        keeps the service's words in `note`. Intervals are calculated from the second measure
        without rounding.

    Raises:
        Refused: with every fault, each by row and value.
    """
    table = all_rows(contents, file)
    raw = [name for name in table.columns if name not in OURS]
    faults: list[Fault] = []
    check_columns(table, declared.columns(), file)
    table, rejected = set_aside_unplaced(table, "GEOGRAPHY_CODE", raw, "GEOGRAPHY_CODE")
    _check_concepts(table, declared, faults)
    table = _take_series(table, declared, file, faults)
    if table.empty:
        refuse_if_faulty(faults, rejected)
    check_area_names(table, "GEOGRAPHY_CODE", "GEOGRAPHY_NAME", faults)
    numbers = pd.to_numeric(table["GEOGRAPHY"], errors="coerce").fillna(0)
    table["kind"] = (numbers // _AREAS_OF_A_TYPE).astype(int).astype(str)
    check_kinds(table, "GEOGRAPHY_CODE", "kind", faults)
    table["ref_area"] = table["GEOGRAPHY_CODE"]
    table["time_period"] = read_periods(table, declared.date_column, declared.periods, faults)
    table["obs_value"] = read_numbers(table, "OBS_VALUE", faults)
    _read_statuses(table, declared, faults)
    refuse_if_faulty(faults, rejected)
    kept = one_row_each(
        table, [*KEY, "MEASURES"], ["obs_value"], ["obs_status", "OBS_STATUS_NAME"], faults
    )
    figures = _join_intervals(kept, declared.interval, faults)
    refuse_if_faulty(faults, rejected)
    names = dict.fromkeys(NUMBERS, "OBS_VALUE")
    check_intervals(figures, names, faults)
    refuse_if_faulty(faults, rejected)
    return TidyFigures(
        dataset=declared.id,
        file=file,
        frame=figures[[*COLUMNS, "row_number"]].sort_values(KEY, ignore_index=True),
        series=tuple(
            SeriesWords(one.label, one.measure, one.unit)
            for one in sorted(declared.series, key=lambda one: one.label)
        ),
        rejected=rejected,
        collapsed=len(table) - len(kept),
    )


def _check_concepts(table: pd.DataFrame, declared: NomisTable, faults: list[Fault]) -> None:
    """Every concept of the file is declared, and its codes keep their names throughout."""
    own = [name for name in table.columns if name not in ("file", "row_number")]
    known = {*_SERVICE, *declared.concepts(), "RECORD_OFFSET", "RECORD_COUNT"}
    for name in own:
        concept = _SUFFIXES.sub("", name)
        if name not in known and concept not in known:
            expected = "only concepts that the series name"
            remedy = "a concept that is not declared can mix different figures; declare it"
            faults.append(Fault(str(table["file"].iloc[0]), 1, name, name, expected, remedy))
        elif concept in own and concept != name and not concept.startswith("OBS_"):
            check_same_name(table, concept, name, faults)
    # A type of area times `_AREAS_OF_A_TYPE` and a number: never as short as most figures are.
    wrong = ~table["GEOGRAPHY"].str.fullmatch("[0-9]{9,10}")
    report(table, wrong, "GEOGRAPHY", "the service's number of an area", faults, TELL)
    for code, name in (("GEOGRAPHY_CODE", "GEOGRAPHY_NAME"), ("DATE_NAME", declared.date_column)):
        if code != name:
            check_same_name(table, code, name, faults)


def _take_series(
    table: pd.DataFrame, declared: NomisTable, file: str, faults: list[Fault]
) -> pd.DataFrame:
    left_out = pd.Series(False, index=table.index)
    for concept, codes in declared.left_out.items():
        left_out |= table[concept].isin(codes)
    table = table[~left_out].reset_index(drop=True)
    concepts = list(declared.concepts())
    labels = {tuple(one.where[name] for name in concepts): one.label for one in declared.series}
    rows = list(table[concepts].itertuples(index=False, name=None))
    table["series"] = [labels.get(codes, "") for codes in rows]
    table["codes"] = [", ".join(codes) for codes in rows]
    expected = f"{', '.join(concepts)} of a declared series"
    report(table, table["series"] == "", "codes", expected, faults, _DECLARE)
    expected = "one of the measures " + ", ".join(declared.measures())
    asked = table["MEASURES"].isin(declared.measures())
    report(table, ~asked, "MEASURES", expected, faults, _DECLARE)
    present = set(table["series"])
    for one in declared.series:
        if one.label not in present:
            found = f"no row of {one.label}"
            expected = f"rows with {dict(one.where)}"
            faults.append(Fault(file, None, "", found, expected, "ask for it, or take it out"))
    return table[asked & (table["series"] != "")].reset_index(drop=True)


def _read_statuses(table: pd.DataFrame, declared: NomisTable, faults: list[Fault]) -> None:
    letters = {words.rstrip("."): letter for words, letter in declared.statuses.items()}
    code, words = table["OBS_STATUS"], table["OBS_STATUS_NAME"].str.rstrip(".")
    normal = (code == NORMAL[0]) & (words == NORMAL[1])
    contradicts = ((code == NORMAL[0]) | (words == NORMAL[1])) & ~normal
    known = words.isin([*letters, NORMAL[1]])
    remedy = "if it is a status of theirs, declare its letter in statuses"
    report(table, ~known, "OBS_STATUS_NAME", "words that are declared", faults, remedy)
    report(table, contradicts, "OBS_STATUS", f"A for {NORMAL[1]}, and only then", faults, TELL)
    table["obs_status"] = words.map({**letters, NORMAL[1]: ""}).fillna("")
    blank = table["obs_value"] == ""
    wrong = known & normal & blank & (table["OBS_VALUE"] == "")
    report(table, wrong, "OBS_VALUE", f"a number, as the status is {NORMAL[1]}", faults)
    wrong = ~blank & table["obs_status"].isin(_NEVER_WITH_A_VALUE)
    report(table, wrong, "OBS_VALUE", "nothing, as the status says there is no figure", faults)
    wrong = blank & ~normal & known & ~table["obs_status"].isin(BLANK_STATUSES)
    report(table, wrong, "OBS_STATUS_NAME", "words that say why there is no figure", faults)


def _join_intervals(
    table: pd.DataFrame, interval: NomisInterval | None, faults: list[Fault]
) -> pd.DataFrame:
    """Figures with their intervals; each row of either measure has its other half."""
    table = table.assign(note=table["OBS_STATUS_NAME"].where(table["obs_status"] != "", ""))
    if interval is None:
        return table.assign(lower_95="", upper_95="")
    half = table["MEASURES"] == interval.measure
    values = table[~half].set_index(KEY)
    halves = table[half].set_index(KEY)
    for alone, other in ((values, halves), (halves, values)):
        rows = alone[~alone.index.isin(other.index)].reset_index()
        expected = "a row of each measure for the same series, area and date"
        report(rows, rows["MEASURES"] != "", "MEASURES", expected, faults, TELL)
    if faults:
        return table
    halves = halves.reindex(values.index)
    bounds = [
        _bounds(value, other, interval.kind)
        for value, other in zip(values["obs_value"], halves["obs_value"], strict=True)
    ]
    # Of what is said about the interval alone, only that it is unreliable qualifies the figure.
    doubtful = (halves["obs_status"] == "u") & (values["obs_status"] != "u")
    letters = values["obs_status"].mask(doubtful, (values["obs_status"] + " u").str.strip())
    return values.assign(
        lower_95=[lower for lower, _ in bounds],
        upper_95=[upper for _, upper in bounds],
        obs_status=letters.map(lambda text: " ".join(sorted(text.split()))),
        note=values["note"].mask(values["note"] == "", halves["note"]),
    ).reset_index()


def _bounds(value: str, other: str, kind: IntervalKind) -> tuple[str, str]:
    if not value or not other:
        return "", ""
    middle, half = Decimal(value), Decimal(other)
    if kind is IntervalKind.COEFFICIENT_OF_VARIATION:
        half = abs(middle) * half * _WIDTH / 100
    return f"{middle - half:f}", f"{middle + half:f}"
