from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from data.writes import FIGURE_COLUMNS
from ingest.comparing import Changes, compare, first_figures

NAN = float("nan")
Figure = tuple[int, int, str, float, float, float, str, str]


def frame(*figures: Figure) -> pd.DataFrame:
    """Figures of area, year and so on; the series is always 1 and the period a calendar year."""
    rows = [
        (series, area, f"{year}-01-01", f"{year}-12-31", *rest)
        for series, area, year, *rest in figures
    ]
    found = pd.DataFrame(rows, columns=FIGURE_COLUMNS)
    for name in ("period_start", "period_end"):
        found[name] = found[name].astype("datetime64[s]")
    numbers = dict.fromkeys(("value", "lower_95", "upper_95"), np.float64)
    texts = {"status": object, "note": object}
    return found.astype({"series_id": np.int64, "area_id": np.int64, **numbers, **texts})


HELD = frame(
    (1, 1, "2022", 10.0, 9.0, 11.0, "", ""),
    (1, 2, "2022", 20.0, NAN, NAN, "", ""),
    (1, 3, "2022", NAN, NAN, NAN, "x", "gone"),
    (1, 4, "2022", 40.0, NAN, NAN, "p", ""),
    (1, 1, "2021", 8.0, NAN, NAN, "", ""),
)


def test_a_hand_worked_comparison() -> None:
    new = frame(
        (1, 1, "2022", 10.0, 9.0, 11.5, "", ""),  # the interval is another: revised
        (1, 2, "2022", 20.0, NAN, NAN, "", ""),  # the same
        (1, 3, "2022", 30.0, NAN, NAN, "", ""),  # a blank that is filled: revised
        (1, 4, "2022", 40.0, NAN, NAN, "", ""),  # no longer provisional: another status
        (1, 5, "2022", 50.0, NAN, NAN, "", ""),  # added
    )
    change = compare(HELD, new, only_its_periods=False)
    assert change.counts == Changes(added=1, withdrawn=1, revised=2, restatused=1)
    assert change.closed["area_id"].tolist() == [1, 3, 4, 1]
    assert change.inserted["area_id"].tolist() == [1, 3, 4, 5]


def test_a_table_that_replaces_its_periods_leaves_the_others() -> None:
    new = frame((1, 1, "2022", 10.0, 9.0, 11.0, "", ""), (1, 2, "2023", 21.0, NAN, NAN, "", ""))
    change = compare(HELD, new, only_its_periods=True)
    assert change.counts == Changes(added=1, withdrawn=3)
    assert change.closed["area_id"].tolist() == [2, 3, 4]
    whole = compare(HELD, new, only_its_periods=False)
    assert whole.counts == Changes(added=1, withdrawn=4)


def test_a_note_that_changes_is_another_status() -> None:
    new = frame((1, 1, "2022", 10.0, 9.0, 11.0, "", "Rounded"))
    assert compare(HELD.iloc[:1], new, False).counts == Changes(restatused=1)


def test_the_same_figures_change_nothing() -> None:
    change = compare(HELD, HELD.sample(frac=1, random_state=1), False)
    assert change.counts == Changes()
    assert change.closed.empty
    assert change.inserted.empty


def test_the_first_figures_are_all_added() -> None:
    change = first_figures(HELD)
    assert change.counts == Changes(added=5)
    assert change.closed.empty


VALUES = st.one_of(st.just(NAN), st.integers(0, 2).map(float))
TABLES = st.dictionaries(
    st.tuples(st.integers(1, 3), st.sampled_from(["2021", "2022"])),
    st.tuples(VALUES, st.sampled_from(["", "x"]), st.sampled_from(["", "why"])),
    max_size=6,
)


@given(held=TABLES, new=TABLES, periods=st.booleans())
def test_taking_out_the_closed_and_adding_the_inserted_gives_the_new(
    held: dict[tuple[int, str], tuple[float, str, str]],
    new: dict[tuple[int, str], tuple[float, str, str]],
    periods: bool,
) -> None:
    def as_frame(table: dict[tuple[int, str], tuple[float, str, str]]) -> pd.DataFrame:
        return frame(
            *(
                (1, area, year, value, NAN, NAN, status, note)
                for (area, year), (value, status, note) in table.items()
            )
        )

    def as_rows(figures: pd.DataFrame) -> set[tuple[object, ...]]:
        texts = figures.astype({"value": str})
        columns = ["area_id", "period_start", "value", "status", "note"]
        return set(texts[columns].itertuples(index=False, name=None))

    change = compare(as_frame(held), as_frame(new), periods)
    after = (as_rows(as_frame(held)) - as_rows(change.closed)) | as_rows(change.inserted)
    years = {year for _, year in new}
    expected = {key: row for key, row in held.items() if periods and key[1] not in years} | new
    assert after == as_rows(as_frame(expected))
    assert change.counts.added + change.counts.revised + change.counts.restatused == len(
        change.inserted
    )
    assert change.counts.withdrawn + change.counts.revised + change.counts.restatused == len(
        change.closed
    )
