"""Declared corrections: what they change, when their guards fail, and the ones that are shipped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from data.reads import read_series
from ingest.building import load_snapshot
from ingest.correcting import correct
from ingest.correction_files import Correction, read_corrections
from ingest.faults import Refused
from ingest.provenance import read_provenance
from ingest.snapshot import SNAPSHOT_FOLDER, read_vintage, write_vintage
from ingest.sources.els import read_els
from ingest.tidy import TidyFigures
from ingest.vintages import published_in, read_corrected
from tests.ingest.examples import (
    DATASET,
    ITL1,
    LABEL,
    catalogue,
    declared,
    els_csv,
    els_row,
    metric,
    reading,
    values,
    write_reference_folder,
)

BEFORE, AFTER = date(2026, 1, 10), date(2026, 3, 1)
WMCA, BIRMINGHAM = "E47000007", "E08000025"
YEAR = "2023-01-01/P1Y"


def figures(*rows: str) -> TidyFigures:
    return read_els(els_csv(*rows), declared(), ITL1, "gardens.csv")


def correction(**changes: Any) -> Correction:
    """Doubles of Birmingham's figures, withheld; other keys as in `changes`."""
    keys = {
        "id": "doubled",
        "declared_on": date(2026, 3, 2),
        "dataset": DATASET,
        "first_vintage": AFTER,
        "reason": "Counted twice.",
        "note": "Withheld: counted twice.",
        "rows": {"areas": [BIRMINGHAM]},
        "change": {"kind": "mark", "status": "x"},
        "guard": {"kind": "median_ratio_to", "vintage": BEFORE, "lowest": 1.9},
    }
    return Correction.model_validate({**keys, **changes})


def earlier(*rows: str) -> Callable[[date], TidyFigures]:
    def published(day: date) -> TidyFigures:
        assert day == BEFORE
        return figures(*rows)

    return published


AS_BEFORE = earlier(els_row(BIRMINGHAM, value="40"), els_row(WMCA, value="50"))
DOUBLED = (
    els_row(BIRMINGHAM, value="80", lower="78", upper="82", notes="Revised", status="p"),
    els_row(WMCA, value="51"),
)


def refusal(one: Correction, *rows: str, known_on: date = AFTER) -> str:
    with pytest.raises(Refused) as caught:
        correct(figures(*rows), known_on, [one], AS_BEFORE)
    return str(caught.value)


def row_of(tidy: TidyFigures, code: str) -> dict[str, Any]:
    (row,) = tidy.frame[tidy.frame["ref_area"] == code].to_dict("records")
    return {str(name): cell for name, cell in row.items()}


def test_a_status_that_says_there_is_no_figure_takes_the_figure_away() -> None:
    corrected = correct(figures(*DOUBLED), AFTER, [correction()], AS_BEFORE)
    row = row_of(corrected, BIRMINGHAM)
    assert (row["obs_value"], row["lower_95"], row["upper_95"]) == ("", "", "")
    assert row["obs_status"] == "p x"
    assert row["note"] == "Revised; Withheld: counted twice."
    assert row_of(corrected, WMCA)["obs_value"] == "51"
    assert row_of(corrected, WMCA)["note"] == ""


def test_another_status_leaves_the_figure() -> None:
    one = correction(change={"kind": "mark", "status": "u"})
    row = row_of(correct(figures(*DOUBLED), AFTER, [one], AS_BEFORE), BIRMINGHAM)
    assert (row["obs_value"], row["obs_status"]) == ("80", "p u")


def test_rows_that_are_set_aside_are_kept_with_the_note() -> None:
    one = correction(change={"kind": "set_aside"})
    corrected = correct(figures(*DOUBLED), AFTER, [one], AS_BEFORE)
    assert values(corrected) == {(LABEL, WMCA, YEAR): "51"}
    (row,) = corrected.rejected
    assert (row.row_number, row.reason) == (2, "Withheld: counted twice.")
    assert row.raw == f"{LABEL},{BIRMINGHAM},{YEAR},80,78,82,p,Revised"


def test_a_period_is_relabelled_while_the_values_are_those_of_the_other_one() -> None:
    one = correction(
        rows={"periods": ["2024-01-01/P1Y"]},
        change={"kind": "relabel_period", "to": YEAR},
        guard={
            "kind": "same_values_as",
            "vintage": BEFORE,
            "period": YEAR,
            "lowest_share": 0.9,
        },
    )
    wrongly = [
        els_row(BIRMINGHAM, "2024-01-01/P1Y", "40"),
        els_row(WMCA, "2024-01-01/P1Y", "50.0"),
    ]
    corrected = correct(figures(*wrongly), AFTER, [one], AS_BEFORE)
    assert values(corrected) == {(LABEL, BIRMINGHAM, YEAR): "40", (LABEL, WMCA, YEAR): "50.0"}
    wrongly[1] = els_row(WMCA, "2024-01-01/P1Y", "58")
    message = refusal(one, *wrongly)
    assert "found 50.0% of the values in the vintage of 2026-03-01" in message
    assert "at least 90% of the values to be those that the vintage of 2026-01-10" in message
    assert "the publisher has mended this: remove the correction" in message


def test_a_guard_fails_once_the_publisher_has_mended_the_fault() -> None:
    message = refusal(correction(), els_row(BIRMINGHAM, value="41"), els_row(WMCA, value="51"))
    assert message.startswith("1 fault; nothing was loaded")
    assert "a ratio of 1.02" in message
    assert "the correction 'doubled' does not apply" in message
    assert "end it by setting last_vintage" in message


def test_a_guard_fails_where_nothing_can_be_compared() -> None:
    only_later = els_row(BIRMINGHAM, "2024-01-01/P1Y", "80")
    assert "a ratio of nan" in refusal(correction(), only_later)


def test_a_correction_that_finds_none_of_its_rows_fails() -> None:
    assert "found no such row" in refusal(correction(), els_row(WMCA, value="51"))


def test_a_guard_on_the_values_themselves() -> None:
    one = correction(guard={"kind": "all_values_are", "value": 0})
    zero = correct(figures(els_row(BIRMINGHAM, value="0")), AFTER, [one], AS_BEFORE)
    assert row_of(zero, BIRMINGHAM)["obs_value"] == ""
    assert "found 1 other values" in refusal(one, els_row(BIRMINGHAM, value="3"))


@pytest.mark.parametrize(
    ("last", "known_on", "touched"),
    [
        (None, "2026-02-28", False),
        (None, "2026-03-01", True),
        (None, "2027-01-01", True),
        ("2026-03-01", "2026-03-01", True),
        ("2026-03-01", "2026-03-02", False),
    ],
)
def test_which_vintages_a_correction_touches(
    last: str | None, known_on: str, touched: bool
) -> None:
    one = correction(last_vintage=last)
    assert one.touches(DATASET, date.fromisoformat(known_on)) is touched
    assert not one.touches("another", date.fromisoformat(known_on))


def test_figures_that_no_correction_touches_are_the_same_object() -> None:
    tidy = figures(*DOUBLED)
    assert correct(tidy, BEFORE, [correction()], AS_BEFORE) is tidy


def test_every_fault_of_every_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[[correction]]\nid = "a"\ncolour = "red"\n')
    (tmp_path / "b.toml").write_text("correction = \n")
    (tmp_path / "README.md").write_text("not read")
    with pytest.raises(Refused) as caught:
        read_corrections(tmp_path)
    message = str(caught.value)
    assert "a.toml, column correction.0.colour" in message
    assert "a.toml, column correction.0.guard" in message
    assert "b.toml: expected readable TOML" in message


def test_a_whole_table_is_not_corrected() -> None:
    with pytest.raises(ValueError, match="a whole table is not corrected"):
        correction(rows={})
    with pytest.raises(ValueError, match="status is one of b, c"):
        correction(change={"kind": "mark", "status": "q"})


def test_two_corrections_of_one_name_are_refused(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "data/corrections/homicide-south-yorkshire.toml").read_text(
        encoding="utf-8"
    )
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match=r"b\.toml, column id: expected an id that no other"):
        read_corrections(tmp_path)


class Shipped:
    """A snapshot with a good and a faulty vintage, built with corrections that come and go."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self.snapshot = folder / "snapshot"
        self.reference = write_reference_folder(folder / "reference")
        for day, rows in (
            ("2026-01-10", [els_row(WMCA, value="50"), els_row(BIRMINGHAM, value="40")]),
            ("2026-03-01", [els_row(WMCA, value="51"), els_row(BIRMINGHAM, value="80")]),
        ):
            one = reading(rows, day)
            write_vintage(self.snapshot, one.checked.figures, one.provenance)

    def build(self, *corrections: Correction) -> tuple[str, ...]:
        build = load_snapshot(
            self.engine,
            catalogue(metric()),
            "inputs",
            folder=self.snapshot,
            reference=self.reference,
            corrections=corrections,
        )
        assert build.refusals == {}
        return tuple(result.outcome for result in build.results)

    def birmingham(self) -> tuple[float | None, str, str]:
        with self.engine.connect() as connection:
            frame = read_series(connection, "gardens", codes=[BIRMINGHAM])
        (row,) = frame.to_dict("records")
        value = None if row["value"] != row["value"] else row["value"]
        return value, row["status"], row["note"]


def test_the_store_follows_corrections_that_are_added_and_removed(
    store_engine: Engine, tmp_path: Path
) -> None:
    shipped = Shipped(store_engine, tmp_path)
    assert shipped.build() == ("loaded", "loaded")
    assert shipped.birmingham() == (80.0, "", "")
    assert shipped.build(correction()) == ("loaded", "loaded")
    assert shipped.birmingham() == (None, "x", "Withheld: counted twice.")
    assert shipped.build(correction()) == ("unchanged",)
    assert shipped.build() == ("loaded", "loaded")
    assert shipped.birmingham() == (80.0, "", "")


def test_the_shipped_file_keeps_what_was_published(store_engine: Engine, tmp_path: Path) -> None:
    shipped = Shipped(store_engine, tmp_path)
    shipped.build(correction())
    provenance = read_provenance(shipped.snapshot / DATASET)
    published = read_vintage(shipped.snapshot, provenance, provenance.vintage[-1])
    assert values(published)[LABEL, BIRMINGHAM, YEAR] == "80"


def test_a_guard_that_names_no_vintage_of_the_snapshot_says_which_there_are(
    store_engine: Engine, tmp_path: Path
) -> None:
    shipped = Shipped(store_engine, tmp_path)
    published = published_in(shipped.snapshot, DATASET)
    with pytest.raises(Refused, match="expected one of 2026-01-10, 2026-03-01"):
        published(date(2025, 1, 1))


@pytest.mark.parametrize("one", read_corrections(), ids=lambda one: one.id)
def test_every_shipped_correction_holds_of_the_shipped_figures(one: Correction) -> None:
    provenance = read_provenance(SNAPSHOT_FOLDER / one.dataset)
    touched = [entry for entry in provenance.vintage if one.touches(one.dataset, entry.known_on)]
    assert touched
    for entry in touched:
        _, corrected = read_corrected(SNAPSHOT_FOLDER, provenance, entry, [one])
        noted = corrected.frame[corrected.frame["note"].str.contains(one.note, regex=False)]
        assert not noted.empty


def corrected(dataset: str, day: str) -> TidyFigures:
    provenance = read_provenance(SNAPSHOT_FOLDER / dataset)
    (entry,) = [one for one in provenance.vintage if str(one.known_on) == day]
    return read_corrected(SNAPSHOT_FOLDER, provenance, entry, read_corrections())[1]


def test_the_coverage_of_12_january_2026_is_that_of_july_2025() -> None:
    tidy = corrected("gigabit-capable-broadband", "2026-01-12")
    assert set(tidy.frame["time_period"]) == {"2025-07-01"}
    assert row_of(tidy, "K02000001")["obs_value"] == "85.9"
    assert row_of(tidy, BIRMINGHAM)["obs_value"] == "94.9"
    for dataset in ("network-coverage-4g", "network-coverage-5g"):
        assert set(corrected(dataset, "2026-01-12").frame["time_period"]) == {"2025-07-01"}


def test_south_yorkshire_has_no_homicide_rate_and_its_neighbours_do() -> None:
    frame = corrected("homicide-offences", "2026-02-11").frame
    south = frame[frame["ref_area"] == "E23000011"]
    assert len(south) == 9
    assert set(south["obs_value"]) == {""}
    assert set(south["obs_status"]) == {"x"}
    assert (frame.loc[frame["ref_area"] == "E23000010", "obs_value"] != "").all()


def test_northern_irish_output_of_nothing_is_no_figure() -> None:
    frame = corrected("gross-value-added", "2026-05-29").frame
    assert not (frame["obs_value"].isin(["0", "0.0"])).any()
