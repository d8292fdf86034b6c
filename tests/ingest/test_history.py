"""Earlier layouts, words and forms of period; and what of them is refused."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from pydantic import ValidationError

from data.reference_data import itl1_codes
from ingest.faults import Refused
from ingest.sources.els_datasets import els_datasets
from ingest.sources.els_history import read_els_history
from ingest.sources.els_history_declaration import (
    DatasetHistory,
    History,
    Layout,
    SeriesHistory,
    els_history,
)
from ingest.sources.els_table import COLUMNS
from tests.ingest.examples import DATASET, ITL1, LABEL, declared, els_csv, els_row, values

OLD_COLUMNS = (
    "AREACD",
    "Variable Name",
    "Indicator",
    "Period",
    "Value",
    "Measure",
    "Unit",
    "Mission",
)
OLD_HEADER = ",".join(OLD_COLUMNS)
EXAMPLE = History(
    layouts={
        "today": els_history().layouts["today"],
        "old": Layout(
            columns=OLD_COLUMNS,
            names={"AREACD": "areacd", "Period": "period", "Value": "observation"},
        ),
    },
    datasets={
        DATASET: DatasetHistory(
            period_forms=("iso", "iso_with_time"),
            set_aside_types=("health board", "metropolitan county"),
            series=(
                SeriesHistory(
                    label=LABEL,
                    measure="Percentage",
                    unit="%",
                    written=(
                        ("", LABEL, "Percentage", "%"),
                        ("Gardens (share)", "Gardens", "Share", "per cent"),
                    ),
                ),
            ),
        )
    },
)


def old_row(
    code: str = "E08000025",
    period: str = "2023-01-01T00:00:00/P1Y",
    value: str = "50.0",
    words: str = "Gardens (share),Gardens",
) -> str:
    return f"{code},{words},{period},{value},Share,per cent,Mission 9"


def read(*rows: str, header: str = OLD_HEADER, history: History = EXAMPLE):  # type: ignore[no-untyped-def]
    return read_els_history(els_csv(*rows, header=header), declared(), ITL1, "old.csv", history)


def refusal(*rows: str, header: str = OLD_HEADER, history: History = EXAMPLE) -> str:
    with pytest.raises(Refused) as caught:
        read(*rows, header=header, history=history)
    return str(caught.value)


def three_years() -> History:
    own = EXAMPLE.datasets[DATASET].model_copy(update={"period_forms": ("iso", "three_years")})
    return EXAMPLE.model_copy(update={"datasets": {DATASET: own}})


def test_an_old_file_is_read_under_todays_label_and_period() -> None:
    figures = read(old_row(), old_row("TLG", value=" 1234.5"))
    assert values(figures) == {
        (LABEL, "E08000025", "2023-01-01/P1Y"): "50.0",
        (LABEL, "E12000005", "2023-01-01/P1Y"): "1234.5",
    }
    (words,) = figures.series
    assert (words.label, words.measure, words.unit) == (LABEL, "Percentage", "%")


def test_todays_layout_is_one_of_the_layouts() -> None:
    figures = read(els_row(value="49.5", status="p", notes="See below"), header=",".join(COLUMNS))
    (row,) = figures.frame.to_dict("records")
    assert (row["obs_value"], row["obs_status"], row["note"]) == ("49.5", "p", "See below")


def test_columns_may_stand_in_any_order_and_after_a_byte_order_mark() -> None:
    header = "\ufeffMission,Unit,Measure,Value,Period,Indicator,Variable Name,AREACD"
    row = "Mission 9,per cent,Share,50.0,2023-01-01/P1Y,Gardens,Gardens (share),E08000025"
    assert values(read(row, header=header)) == {(LABEL, "E08000025", "2023-01-01/P1Y"): "50.0"}


def test_kinds_of_area_that_were_given_up_are_kept_with_the_reason() -> None:
    figures = read(old_row(), old_row("W11000028"), old_row("E11000005", value="x"))
    assert len(figures.frame) == 1
    assert [(row.row_number, row.reason) for row in figures.rejected] == [
        (3, "A health board, which the table no longer has."),
        (4, "A metropolitan county, which the table no longer has."),
    ]
    assert figures.rejected[0].raw == old_row("W11000028")


@pytest.mark.parametrize(
    ("written", "iso"),
    [("2011-13", "2011-01-01/P3Y"), ("1999-01", "1999-01-01/P3Y"), ("2023-01-01/P1Y",) * 2],
)
def test_three_years_are_written_by_their_first_and_last(written: str, iso: str) -> None:
    figures = read(old_row(period=written), history=three_years())
    assert set(figures.frame["time_period"]) == {iso}


@pytest.mark.parametrize("written", ["2011-12", "2019/20", "January 2022", "2022", ""])
def test_a_form_of_period_that_is_not_declared_is_refused(written: str) -> None:
    message = refusal(old_row(period=written), history=three_years())
    assert f"row 2: found '{written}'" in message
    assert "expected a period written as 2018-01-01/P3Y or as 2018-20" in message
    assert "declare it word for word in els_history.toml" in message


def test_a_time_of_day_is_refused_unless_it_is_midnight() -> None:
    assert "'2023-01-01T09:30:00/P1Y'" in refusal(old_row(period="2023-01-01T09:30:00/P1Y"))


def test_a_layout_that_is_not_declared_is_refused_with_those_that_are() -> None:
    message = refusal("E08000025,50", header="AREACD,Level")
    assert "found the columns AREACD, Level" in message
    assert "old: AREACD, Variable Name" in message


def test_words_that_are_not_declared_are_refused_once_beside_other_faults() -> None:
    message = refusal(
        old_row(words="Gardens (count),Gardens"),
        old_row("E08000026", words="Gardens (count),Gardens"),
        old_row("E08000027", value="many"),
    )
    assert message.startswith("2 faults")
    assert "row 2: found 'Gardens (count) | Gardens | Share | per cent'" in message
    assert "found 'many'" in message


def test_a_table_without_declared_history_is_refused() -> None:
    message = refusal(old_row(), history=EXAMPLE.model_copy(update={"datasets": {}}))
    assert f"found the table {DATASET}" in message


def test_a_declaration_may_only_name_columns_that_are_there() -> None:
    with pytest.raises(ValidationError, match=r"\['Value'\] that are not columns of the layout"):
        Layout(columns=("AREACD",), names={"Value": "observation"})
    with pytest.raises(ValidationError, match="not columns of today's layout"):
        Layout(columns=("AREACD",), names={"AREACD": "code"})


def test_every_declared_table_is_taken_today() -> None:
    assert els_history().datasets.keys() <= els_datasets().keys()


def recorded(recordings: Path) -> list[tuple[str, Path]]:
    folder = recordings / "ons_els"
    with (folder / "INDEX.csv").open(encoding="utf-8") as file:
        names = [row["file"] for row in csv.DictReader(file)]
    return [(name, folder / name) for name in names if name.startswith("history/")]


def test_every_recorded_version_but_one_is_read(recordings: Path) -> None:
    refused = {}
    read_rows = 0
    itl1 = itl1_codes()
    for name, path in recorded(recordings):
        try:
            figures = read_els_history(
                path.read_bytes(), els_datasets()[path.parent.name], itl1, name
            )
        except Refused as refusal:
            refused[name] = refusal
        else:
            read_rows += len(figures.frame) + len(figures.rejected) + figures.collapsed
    # On 26 November 2024 the letter that says why there is no figure stood in place of the
    # figure; the next day's file has it where it belongs.
    assert [name.split("/")[1][:8] for name in refused] == ["2c615a15"]
    (why,) = refused.values()
    assert len(why.faults) == 9
    assert {fault.found for fault in why.faults} == {"'u'"}
    assert read_rows == 59_343
