"""Loads that are unlike what is held: kept whole, not loaded, until a person gives a reason."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update
from typer.testing import Result

from data.reads import read_series
from data.reference_data import load_reference
from data.tables import area, ingest_run
from ingest.load_checks import (
    LARGEST_MEDIAN_REVISION,
    HeldBack,
    hold_back_if_doubtful,
    largest_median_revision,
)
from ingest.loading import load_readings
from ingest.quarantine import held_back_loads
from ingest.sources.els_datasets import els_datasets
from tests.ingest.examples import (
    DATASET,
    els_csv,
    els_json,
    els_row,
    metric_keys,
    reading,
    write_metrics_folder,
    write_reference_folder,
)
from tests.ingest.product import Product

WMCA, BIRMINGHAM, COVENTRY, DUDLEY = "E47000007", "E08000025", "E08000026", "E08000027"
BARNSLEY, CORNWALL = "E08000016", "E06000053"
Y22, Y23 = "2022-01-01/P1Y", "2023-01-01/P1Y"


@pytest.fixture
def store(store_engine: Engine, tmp_path: Path) -> Engine:
    with store_engine.begin() as connection:
        load_reference(connection, write_reference_folder(tmp_path / "reference"))
    return store_engine


def rows(values: dict[str, str], period: str = Y23) -> list[str]:
    return [els_row(code, period, value) for code, value in values.items()]


BEFORE = [
    *rows({WMCA: "50", BIRMINGHAM: "40", COVENTRY: "60"}),
    *rows({WMCA: "48", BIRMINGHAM: "38", COVENTRY: "58"}, Y22),
]


def doubts(engine: Engine, after: list[str]) -> str:
    load_readings(engine, [reading(BEFORE, "2026-01-10")])
    with pytest.raises(HeldBack) as caught:
        load_readings(engine, [reading(after, "2026-03-01")], hold_back_if_doubtful)
    assert values(engine) == [40.0, 38.0]
    return str(caught.value)


def accepted(engine: Engine, before: list[str], after: list[str]) -> None:
    load_readings(engine, [reading(before, "2026-01-10")])
    (result,) = load_readings(engine, [reading(after, "2026-03-01")], hold_back_if_doubtful)
    assert result.outcome == "loaded"


def values(engine: Engine) -> list[float]:
    with engine.connect() as connection:
        frame = read_series(connection, "gardens", codes=[BIRMINGHAM])
    return list(frame.sort_values("period_start", ascending=False)["value"])


def test_fewer_areas_than_before(store: Engine) -> None:
    message = doubts(store, rows({WMCA: "50", BIRMINGHAM: "40"}))
    assert message.startswith("1 fault; nothing was loaded")
    assert "found 2 areas (Homes with gardens)" in message
    assert "expected at least as many areas in the newest period as before (3)" in message
    assert f'python -m ingest accept {DATASET} --reason "..."' in message


def test_an_area_that_is_gone_from_earlier_periods(store: Engine) -> None:
    before = [*BEFORE, *rows({DUDLEY: "45"}, Y22)]
    load_readings(store, [reading(before, "2026-01-10")])
    with pytest.raises(HeldBack) as caught:
        load_readings(store, [reading(BEFORE, "2026-03-01")], hold_back_if_doubtful)
    assert "expected figures for each of the 4 areas held, or for as many" in str(caught.value)
    assert "found none for 1 areas" in str(caught.value)


def test_a_newest_period_that_moved_backwards(store: Engine) -> None:
    message = doubts(store, rows({WMCA: "48", BIRMINGHAM: "38", COVENTRY: "58"}, Y22))
    assert "found a newest period that ends on 2022-12-31" in message
    assert "expected a newest period that ends on 2023-12-31 or later" in message


def test_a_median_revision_beyond_the_bound(store: Engine) -> None:
    """By hand: held 38 40 48 50 58 60, whose median is 49; each 3 more is 3 / 49 = 6.1%."""
    later = {WMCA: ("53", "51"), BIRMINGHAM: ("43", "41"), COVENTRY: ("63", "61")}
    after = [
        *rows({code: pair[0] for code, pair in later.items()}),
        *rows({code: pair[1] for code, pair in later.items()}, Y22),
    ]
    message = doubts(store, after)
    assert "found a median revision of 6.1%" in message
    assert "at most 5% of the typical value" in message


def test_every_doubt_is_named_at_once(store: Engine) -> None:
    assert doubts(store, rows({WMCA: "60", BIRMINGHAM: "50"}, Y22)).startswith("3 faults")


def test_a_revision_within_the_bound_is_loaded(store: Engine) -> None:
    after = [
        *rows({WMCA: "52", BIRMINGHAM: "42", COVENTRY: "62"}),
        *rows({WMCA: "50", BIRMINGHAM: "40", COVENTRY: "60"}, Y22),
    ]
    accepted(store, BEFORE, after)


def test_a_new_period_revises_nothing(store: Engine) -> None:
    new = rows({WMCA: "90", BIRMINGHAM: "90", COVENTRY: "90"}, "2024-01-01/P1Y")
    accepted(store, BEFORE, [*BEFORE, *new])


def test_the_first_figures_and_the_same_figures_raise_no_doubt(store: Engine) -> None:
    one = reading(BEFORE, "2026-01-10")
    for outcome in ("loaded", "unchanged"):
        (result,) = load_readings(store, [one], hold_back_if_doubtful)
        assert result.outcome == outcome


def test_a_recoded_area_is_the_same_place_and_an_abolished_one_is_not_missed(
    store: Engine,
) -> None:
    with store.begin() as connection:
        recoded = {"recoded_to": DUDLEY}
        connection.execute(update(area).where(area.c.code == BARNSLEY).values(recoded))
        ended = {"end_on": date(2023, 3, 31)}
        connection.execute(update(area).where(area.c.code == CORNWALL).values(ended))
    before = rows({WMCA: "50", BARNSLEY: "40", DUDLEY: "40", CORNWALL: "30"})
    accepted(store, before, rows({WMCA: "50", DUDLEY: "40"}))


def test_some_abolished_areas_do_not_go_without_the_others(store: Engine, tmp_path: Path) -> None:
    with store.begin() as connection:
        for code in (BARNSLEY, CORNWALL):
            ended = {"end_on": date(2022, 12, 31)}
            connection.execute(area.update().where(area.c.code == code).values(ended))
    before = [*BEFORE, *rows({BARNSLEY: "45", CORNWALL: "46"}, Y22)]
    load_readings(store, [reading(before, "2026-01-10")])
    with pytest.raises(HeldBack, match="none for 1 areas"):
        load_readings(store, [reading(before[:-1], "2026-03-01")], hold_back_if_doubtful)
    (result,) = load_readings(store, [reading(BEFORE, "2026-03-01")], hold_back_if_doubtful)
    assert result.changes.withdrawn == 2


def test_each_table_declares_its_bound() -> None:
    assert all(0 < one.largest_median_revision <= 1 for one in els_datasets().values())
    assert largest_median_revision("homicide-offences") == 0.05
    assert largest_median_revision("a table of another publisher") == LARGEST_MEDIAN_REVISION


class Held(Product):
    """A product with one table that is pulled from recorded bytes of a day of one's own."""

    def pull_of(self, day: str, lines: list[str]) -> Result:
        self.record(*lines)
        return self.pull("--known-on", day)

    def birmingham(self) -> list[float]:
        engine = self.engine()
        found = values(engine)
        engine.dispose()
        return found

    def runs(self) -> list[tuple[str, str, str]]:
        engine = self.engine()
        with engine.connect() as connection:
            found = connection.execute(select(ingest_run).order_by(ingest_run.c.id)).all()
        engine.dispose()
        return [(row.command, row.outcome, row.message) for row in found]


SHORT = rows({WMCA: "50", BIRMINGHAM: "41"})


@pytest.fixture
def held(product: Product) -> Held:
    made = Held(product.folder, product.url)
    assert made.pull_of("2026-01-10", BEFORE).exit_code == 0
    return made


def test_a_doubtful_pull_is_kept_and_not_loaded(held: Held) -> None:
    result = held.pull_of("2026-03-01", SHORT)
    assert result.exit_code == 1
    assert f"{DATASET}: held back, and kept as it came" in result.stderr
    assert held.birmingham() == [40.0, 38.0]
    folder = held.places.quarantine / DATASET / "2026-03-01"
    assert (folder / f"{DATASET}.csv").read_bytes() == els_csv(*SHORT)
    assert (folder / f"{DATASET}.json").read_bytes() == els_json()
    command, outcome, message = held.runs()[-1]
    assert (command, outcome) == ("pull --from", "refused")
    assert "found 2 areas" in message


def test_status_says_what_waits_and_why(held: Held) -> None:
    held.pull_of("2026-03-01", SHORT)
    (holding,) = json.loads(held.run("status", "--json").stdout)
    (waiting,) = holding["held_back"]
    assert waiting["known_on"] == "2026-03-01"
    assert waiting["reasons"][0].startswith("found 2 areas (Homes with gardens), expected at least")
    assert f"{DATASET} of 2026-03-01 is held back: found 2 areas" in held.run("status").stdout


def test_an_accepted_load_is_the_known_one_and_its_reason_is_recorded(held: Held) -> None:
    held.pull_of("2026-03-01", SHORT)
    result = held.run("accept", DATASET, "--reason", "Coventry left the survey")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith(f"{DATASET}: known on 2026-03-01")
    assert held.birmingham() == [41.0]
    command, outcome, message = held.runs()[-1]
    assert (command, outcome) == ("accept", "loaded")
    assert message.startswith("accepted: Coventry left the survey; ")
    assert "accepted: Coventry left the survey" in held.run("status").stdout
    assert held_back_loads(held.places.quarantine) == []
    kept = held.places.quarantine / DATASET / "2026-03-01.accepted" / f"{DATASET}.csv"
    assert kept.read_bytes() == els_csv(*SHORT)
    assert held.pull_of("2026-04-01", SHORT).stdout == f"{DATASET}: unchanged\n"


def test_the_same_figures_wait_once_and_newer_ones_are_what_is_accepted(
    held: Held,
) -> None:
    held.pull_of("2026-03-01", SHORT)
    held.pull_of("2026-03-02", SHORT)
    shorter = rows({WMCA: "50", BIRMINGHAM: "43"})
    held.pull_of("2026-03-03", shorter)
    waiting = held_back_loads(held.places.quarantine, DATASET)
    assert [str(one.known_on) for one in waiting] == ["2026-03-01", "2026-03-03"]
    assert held.run("accept", DATASET, "--reason", "right").exit_code == 0
    assert held.birmingham() == [43.0]
    assert sorted(path.name for path in (held.places.quarantine / DATASET).iterdir()) == [
        "2026-03-01.superseded",
        "2026-03-03.accepted",
    ]


def test_what_waits_is_superseded_by_figures_that_raise_no_doubt(held: Held) -> None:
    held.pull_of("2026-03-01", SHORT)
    mended = [*rows({WMCA: "50", BIRMINGHAM: "41", COVENTRY: "60"}), *BEFORE[3:]]
    assert held.pull_of("2026-03-02", mended).exit_code == 0
    assert held_back_loads(held.places.quarantine) == []
    result = held.run("accept", DATASET, "--reason", "right")
    assert result.exit_code == 1
    assert "found nothing held back" in result.stderr


def test_a_reason_is_asked_for(held: Held) -> None:
    held.pull_of("2026-03-01", SHORT)
    assert held.run("accept", DATASET).exit_code == 2
    result = held.run("accept", DATASET, "--reason", " ")
    assert result.exit_code == 2
    assert "--reason cannot be empty" in result.stderr
    assert held.birmingham() == [40.0, 38.0]


def test_what_waits_is_held_to_its_definition_when_it_is_accepted(held: Held) -> None:
    held.pull_of("2026-03-01", SHORT)
    keys = metric_keys()
    keys["plausible"] = {"lowest": 0.0, "highest": 45.0}
    write_metrics_folder(held.folder / "metrics", gardens=keys)
    result = held.run("accept", DATASET, "--reason", "right")
    assert result.exit_code == 1
    assert "a value from 0 to 45" in result.stderr
    assert len(held_back_loads(held.places.quarantine)) == 1


def test_pulled_figures_are_corrected(held: Held) -> None:
    held.places.corrections.mkdir()
    (held.places.corrections / "one.toml").write_text(
        "[[correction]]\n"
        f'id = "one"\ndeclared_on = 2026-03-02\ndataset = "{DATASET}"\n'
        'first_vintage = 2026-02-01\nreason = "Zero."\nnote = "Not zero."\n'
        f'rows = {{ areas = ["{BIRMINGHAM}"], periods = ["{Y23}"] }}\n'
        'change = { kind = "mark", status = "x" }\n'
        'guard = { kind = "all_values_are", value = 0 }\n'
    )
    zero = [*rows({WMCA: "50", BIRMINGHAM: "0", COVENTRY: "60"}), *BEFORE[3:]]
    assert held.pull_of("2026-03-01", zero).exit_code == 0
    assert held.birmingham()[0] != held.birmingham()[0]
    mended = [*rows({WMCA: "50", BIRMINGHAM: "41", COVENTRY: "60"}), *BEFORE[3:]]
    result = held.pull_of("2026-04-01", mended)
    assert result.exit_code == 1
    assert "the publisher has mended this: remove the correction" in result.stderr
