"""The reader of Fingertips: the publisher's CSV, from its service or its website, to tidy figures.

England stands in it once for each parent area, with the same figure; columns of comparisons come,
go and change their name; rows about parts of an area's people stand among those about all.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.tables import BLANK_STATUSES
from ingest.faults import Fault, Refused, quoted
from ingest.sources.area_codes import refuse_if_faulty, set_aside_unplaced
from ingest.sources.area_names import check_area_names, check_kinds
from ingest.sources.cells import NO_REASON_GIVEN
from ingest.sources.csv_table import read_csv_text
from ingest.sources.fingertips_checks import check_agreement, check_whole, check_words
from ingest.sources.fingertips_declaration import FingertipsIndicator
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

_NAMES = {
    "Value": "obs_value",
    "Lower CI 95.0 limit": "lower_95",
    "Upper CI 95.0 limit": "upper_95",
    "Lower CI 99.8 limit": "lower_99",
    "Upper CI 99.8 limit": "upper_99",
    "Count": "count",
    "Denominator": "denominator",
}
EXTRA = ["count", "denominator"]
_NEEDED = (
    *("Indicator ID", "Indicator Name", "Area Code", "Area Name", "Area Type", "Sex", "Age"),
    *("Category Type", "Category", "Time period", *_NAMES, "Value note", "Time period Sortable"),
)
_OPTIONAL = (
    *("Parent Code", "Parent Name", "Recent Trend", "New data", "Compared to goal"),
    "Time period range",
)
_COMPARISON = r"Compared to .+"
# What the website writes into its table where its service writes nothing or plain text.
_NO_COUNT = '<div class="no-data">-</div>'
_MARKED_NOTE = r'<span class="tooltipValueNote">\* ([^<>]*)</span>'
_NO_LIMIT = "-1"
_DECLARE = "declare that it is taken or left out"
_NEVER_WITH_A_VALUE = BLANK_STATUSES - {"u", "low"}


@dataclass(frozen=True, slots=True)
class FingertipsFigures:
    """What one file gives.

    Attributes:
        figures: the figures in tidy form.
        extra: for each row of `figures.frame`, in its order, the key and the columns of `EXTRA`
            as the publisher's text: numerators and denominators, blank where not published.
    """

    figures: TidyFigures
    extra: pd.DataFrame


def read_fingertips(content: bytes, declared: FingertipsIndicator, file: str) -> FingertipsFigures:
    """Read one indicator.

    Args:
        content: the CSV file.
        declared: what is known of the indicator.
        file: what messages call the file.

    Returns:
        The figures. A blank has the letter that its note is declared to mean, and `x` with the
        note kept where the note is not declared or absent. A limit of -1 beside a blank is the
        publisher's way to write that there is none. Rows whose code is no area's are set aside in
        `rejected`.

    Raises:
        Refused: with every fault, each by row and value.
    """
    table, faults = read_csv_text(content, file, declared.columns_lacking)
    table = table.rename(columns=dict(declared.renamed))
    raw = [name for name in table.columns if name not in OURS]
    check_columns(table, _NEEDED, file, faults)
    if table.empty:
        raise Refused(faults)
    for column in table.columns.drop(["file", "row_number", *_NEEDED], errors="ignore"):
        if column not in _OPTIONAL and not pd.Series([column]).str.fullmatch(_COMPARISON).all():
            expected = "the columns " + ", ".join([*_NEEDED, *_OPTIONAL])
            faults.append(Fault(file, 1, column, quoted(column), expected, TELL))
    table = _take_rows(table, declared, file, faults)
    if faults:
        raise Refused(faults)
    table, rejected = set_aside_unplaced(table, "Area Code", raw, "Area Code")
    _read_keys(table, declared, faults)
    _read_figures(table, faults)
    check_words(table, declared, faults)
    _read_notes(table, declared, faults)
    refuse_if_faulty(faults, rejected)
    check_intervals(table, {ours: theirs for theirs, ours in _NAMES.items()}, faults)
    check_agreement(table, declared, faults)
    kept = one_row_each(table, KEY, [*NUMBERS, *EXTRA], ["obs_status", "note"], faults)
    check_whole(kept, declared, faults)
    refuse_if_faulty(faults, rejected)
    kept = kept.sort_values(KEY, ignore_index=True)
    figures = TidyFigures(
        dataset=declared.id,
        file=file,
        frame=kept[[*COLUMNS, "row_number"]],
        series=tuple(
            SeriesWords(one.label, one.measure, one.unit)
            for one in sorted(declared.series, key=lambda one: one.label)
        ),
        rejected=rejected,
        collapsed=len(table) - len(kept),
    )
    return FingertipsFigures(figures, kept[[*KEY, *EXTRA]])


def _take_rows(
    table: pd.DataFrame, declared: FingertipsIndicator, file: str, faults: list[Fault]
) -> pd.DataFrame:
    number = table["Indicator ID"]
    wrong = ~number.isin([declared.indicator, *declared.other_indicators])
    report(table, wrong, "Indicator ID", declared.indicator, faults, _DECLARE)
    table = table[number == declared.indicator]
    half = (table["Category Type"] == "") != (table["Category"] == "")
    report(table, half, "Category", "a category with its type, or neither", faults, TELL)
    part = table["Category Type"] != ""
    if declared.leave_out_subgroups:
        table = table[~part]
    else:
        report(table, part, "Category", "nothing", faults, "declare leave_out_subgroups")
    pairs = pd.Series(list(zip(table["Sex"], table["Age"], strict=True)), index=table.index)
    labels = {(one.sex, one.age): one.label for one in declared.series}
    series = pairs.map(labels).fillna("").astype(str)
    table = table.assign(series=series, pair=[", ".join(pair) for pair in pairs])
    unknown = (series == "") & ~pairs.isin(list(declared.left_out))
    report(table, unknown, "pair", "a declared sex and age", faults, _DECLARE)
    table = table[series != ""].reset_index(drop=True)
    for one in declared.series:
        if one.label not in set(table["series"]):
            found = f"no row for {one.sex}, {one.age}"
            expected, remedy = f"figures for {one.label}", "see what has become of it"
            faults.append(Fault(file, None, "", found, expected, remedy))
    return table


def _read_keys(table: pd.DataFrame, declared: FingertipsIndicator, faults: list[Fault]) -> None:
    name = table["Indicator Name"].str.split().str.join(" ")
    remedy = "see whether the indicator is still the same; then correct the declared name"
    expected = quoted(" ".join(declared.name.split()))
    wrong = name != " ".join(declared.name.split())
    report(table, wrong, "Indicator Name", expected, faults, remedy)
    wrong = ~table["Area Type"].isin(declared.area_types)
    expected = "one of " + ", ".join(declared.area_types)
    report(table, wrong, "Area Type", expected, faults, _DECLARE)
    check_same_name(table, "Area Code", "Area Name", faults)
    check_same_name(table, "Area Name", "Area Code", faults)
    check_area_names(table, "Area Code", "Area Name", faults)
    check_kinds(table, "Area Code", "Area Type", faults)
    table["ref_area"] = table["Area Code"]
    table["time_period"] = read_periods(table, "Time period", declared.periods, faults)
    sortable = table["Time period Sortable"]
    first_year = table["time_period"].str[:4] + "0000"
    wrong = (sortable != first_year) & (table["time_period"] != "")
    report(table, wrong, "Time period Sortable", "the first year and 0000", faults)
    if "Time period range" in table.columns:
        years = table["time_period"].str.extract(r"/P(\d+)Y", expand=False).fillna("") + "y"
        wrong = (table["Time period range"] != years) & (table["time_period"] != "")
        report(table, wrong, "Time period range", "the declared number of years", faults)


def _read_figures(table: pd.DataFrame, faults: list[Fault]) -> None:
    table["Count"] = table["Count"].mask(table["Count"] == _NO_COUNT, "")
    for theirs, ours in _NAMES.items():
        table[ours] = read_numbers(table, theirs, faults, thousands=ours in EXTRA)
    blank = table["Value"] == ""
    for ours in ("lower_95", "upper_95", "lower_99", "upper_99"):
        table[ours] = table[ours].mask(blank & (table[ours] == _NO_LIMIT), "")


def _read_notes(table: pd.DataFrame, declared: FingertipsIndicator, faults: list[Fault]) -> None:
    note = table["Value note"]
    marked = note.str.extract(f"^{_MARKED_NOTE}$", expand=False)
    note = marked.fillna(note).astype(str)
    report(table, note.str.contains("[<>]"), "Value note", "text without markup", faults)
    letter = note.map(dict(declared.notes)).fillna("").astype(str)
    blank = table["obs_value"] == ""
    wrong = ~blank & letter.isin(_NEVER_WITH_A_VALUE)
    report(table, wrong, "Value note", "no note that there is no figure", faults)
    unexplained = blank & ~letter.isin(BLANK_STATUSES)
    status = letter.mask(unexplained, (letter + " x").str.strip())
    table["obs_status"] = status.map(lambda text: " ".join(sorted(text.split())))
    table["note"] = note.mask(blank & (note == ""), NO_REASON_GIVEN)
