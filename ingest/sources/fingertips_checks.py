"""What the columns of a Fingertips file say about each other, and must go on saying."""

from __future__ import annotations

import pandas as pd

from ingest.faults import Fault, quoted
from ingest.sources.fingertips_declaration import FingertipsIndicator
from ingest.sources.text_tables import TELL, report
from ingest.tidy import as_numbers, decimals_written

# The publisher calculates with more digits than it prints; a thousandth covers its rounding.
_SLACK = 0.001
# What the columns of comparisons and trends say, and a note never does.
_WORDS_ELSEWHERE = (
    *("Better", "Similar", "Worse", "Higher", "Lower", "Not compared", "New data"),
    *("No significant change", "Cannot be calculated", "Increasing", "Decreasing"),
    *(f"{way}creasing and getting {what}" for way in ("In", "De") for what in ("better", "worse")),
)
_LONGEST_WORDS = 60


def check_agreement(
    table: pd.DataFrame, declared: FingertipsIndicator, faults: list[Fault]
) -> None:
    """The wider interval holds the narrower; value, count and denominator make the declared rate.

    Columns that have changed places, or a decimal mark that was lost, are found here.
    """
    numbers = {
        column: as_numbers(table[column])
        for column in ("obs_value", "lower_95", "upper_95", "lower_99", "upper_99")
    }
    wrong = numbers["lower_99"] > numbers["lower_95"]
    wrong |= numbers["upper_99"] < numbers["upper_95"]
    wrong |= numbers["lower_99"].isna() != numbers["upper_99"].isna()
    for row in table[wrong].to_dict("records"):
        found = "{lower_95} to {upper_95} in {lower_99} to {upper_99}".format_map(row)
        expected = "the 95% interval inside the 99.8% interval"
        number, column = int(row["row_number"]), "Lower CI 99.8 limit"
        faults.append(Fault(row["file"], number, column, found, expected, TELL))
    if declared.count_per is None:
        return
    count, people = as_numbers(table["count"]), as_numbers(table["denominator"])
    rate = count / people * declared.count_per
    rounding = 0.5 * 10.0 ** -decimals_written(table["obs_value"]).clip(upper=6)
    wrong = (numbers["obs_value"] - rate).abs() > rate.abs() * _SLACK + rounding
    wrong |= (numbers["obs_value"].isna() != rate.isna()) & (count.notna() | people.notna())
    for row in table[wrong].to_dict("records"):
        written = [row[name] or "nothing" for name in ("obs_value", "count", "denominator")]
        found = f"{written[0]} with the count {written[1]} and the denominator {written[2]}"
        expected = f"the count per {declared.count_per:,} of the denominator"
        faults.append(Fault(row["file"], int(row["row_number"]), "Value", found, expected, TELL))


def check_words(table: pd.DataFrame, declared: FingertipsIndicator, faults: list[Fault]) -> None:
    """Notes stand in the column of notes, and the words of comparisons in theirs.

    Notes and comparisons are both prose; if their columns changed places nothing else would tell.
    """
    wrong = table["Value note"].isin(_WORDS_ELSEWHERE)
    report(table, wrong, "Value note", "a note, not a comparison or a trend", faults)
    for column in table.columns:
        if column in ("Recent Trend", "New data") or column.startswith("Compared to "):
            wrong = table[column].isin(list(declared.notes))
            wrong |= table[column].str.len() > _LONGEST_WORDS
            report(table, wrong, column, "a few words, not a note", faults)


def check_whole(table: pd.DataFrame, declared: FingertipsIndicator, faults: list[Fault]) -> None:
    """Each series that is declared whole has every area in every period."""
    for one in declared.series:
        rows = table[table["series"] == one.label]
        if not one.whole or rows.empty:
            continue
        pairs = set(zip(rows["ref_area"], rows["time_period"], strict=True))
        periods = sorted(set(rows["time_period"]))
        for area in sorted(set(rows["ref_area"])):
            for period in periods:
                if (area, period) not in pairs:
                    found = f"no row for {area} in {period} ({quoted(one.label)})"
                    expected = "every area in every period"
                    remedy = "fetch the file again; if it is still so, the series is not whole"
                    file = str(rows["file"].iloc[0])
                    faults.append(Fault(file, None, "", found, expected, remedy))
