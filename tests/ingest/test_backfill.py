"""The history of a table, recorded or fetched, put into the snapshot and the store."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
import responses
from sqlalchemy import Engine, select
from typer.testing import CliRunner, Result

from data.dataset_writes import newest_retrieval
from data.reads import read_series
from data.reference_data import load_reference
from data.store import open_store
from data.tables import observation, rejected_row, vintage
from data.vintage_reads import read_held_vintages
from ingest import __main__ as commands
from ingest.building import BuildResult, load_snapshot
from ingest.faults import Refused
from ingest.fetching import FetchError
from ingest.loading import Reading, load_readings
from ingest.places import Places
from ingest.provenance import provenance_toml, read_provenance
from ingest.snapshot import write_vintage
from ingest.sources.els_history_declaration import DatasetHistory, History, Layout, SeriesHistory
from ingest.sources.els_history_declaration import els_history as shipped_history
from ingest.versions import (
    MOST_PAGES,
    REPOSITORY,
    Version,
    live_versions,
    one_a_day,
    recorded_versions,
)
from tests.ingest.examples import (
    DATASET,
    LABEL,
    catalogue,
    declared,
    els_csv,
    els_row,
    metric,
    metric_keys,
    reading,
    write_metrics_folder,
    write_reference_folder,
)

WMCA, BIRMINGHAM = "E47000007", "E08000025"
HISTORY = History(
    layouts={
        "today": shipped_history().layouts["today"],
        "old": Layout(
            columns=("AREACD", "Indicator", "Period", "Value", "Measure", "Unit"),
            names={"AREACD": "areacd", "Period": "period", "Value": "observation"},
        ),
    },
    datasets={
        DATASET: DatasetHistory(
            period_forms=("iso", "iso_with_time"),
            series=(
                SeriesHistory(
                    label=LABEL,
                    measure="Percentage",
                    unit="%",
                    written=(("", LABEL, "Percentage", "%"), ("", "Gardens", "Share", "%")),
                ),
            ),
        )
    },
)
OLD_HEADER = "AREACD,Indicator,Period,Value,Measure,Unit"


def old_csv(value: str, period: str = "2023-01-01T00:00:00/P1Y") -> bytes:
    return els_csv(f"{BIRMINGHAM},Gardens,{period},{value},Share,%", header=OLD_HEADER)


def new_csv(value: str, **changes: str) -> bytes:
    return els_csv(els_row(BIRMINGHAM, value=value, **changes), els_row(WMCA, value="50"))


class Product:
    """A product with today's figures shipped, and a folder of recorded versions."""

    def __init__(self, folder: Path) -> None:
        self.recorded = folder / "history"
        self.url = f"sqlite:///{folder / 'var' / 'store.sqlite'}"
        self.places = Places(
            snapshot=folder / "snapshot",
            reference=write_reference_folder(folder / "reference"),
            metrics=write_metrics_folder(folder / "metrics", gardens=metric_keys()),
            corrections=folder / "corrections",
            kept=folder / "kept",
            quarantine=folder / "quarantine",
        )
        self.rows = ["file,url,published,commit,sha256"]
        self.ship("52", "2026-03-01")

    def ship(self, value: str, day: str) -> None:
        one = reading([els_row(BIRMINGHAM, value=value), els_row(WMCA, value="50")], day)
        write_vintage(self.places.snapshot, one.checked.figures, one.provenance)

    def record(self, day: str, content: bytes, sha256: str | None = None) -> None:
        commit = hashlib.sha256(day.encode() + content).hexdigest()[:40]
        path = self.recorded / commit / DATASET / f"{DATASET}.csv"
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        found = hashlib.sha256(content).hexdigest() if sha256 is None else sha256
        name = path.relative_to(self.recorded).as_posix()
        stamp = day if "T" in day else f"{day}T12:00:00+00:00"
        self.rows.append(f"history/{name},https://example.org/{commit},{stamp},{commit},{found}")
        (self.recorded.parent / "INDEX.csv").write_text("\n".join([*self.rows, ""]))

    def run(self, *arguments: str) -> Result:
        environment = {"DATABASE_URL": self.url, "COLUMNS": "200"}
        return CliRunner().invoke(commands.app, list(arguments), env=environment)

    def backfill(self, *arguments: str) -> Result:
        return self.run("backfill", "--from", str(self.recorded), *arguments)

    def shipped_days(self) -> list[str]:
        provenance = read_provenance(self.places.snapshot / DATASET)
        return [str(entry.known_on) for entry in provenance.vintage]

    def values(self, as_of: str | None = None) -> list[float]:
        engine = open_store(self.url)
        day = date.fromisoformat(as_of) if as_of else None
        with engine.connect() as connection:
            frame = read_series(connection, "gardens", codes=[BIRMINGHAM], as_of=day)
        engine.dispose()
        return list(frame["value"])


@pytest.fixture
def product(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Product:
    for place in ("commands.backfill", "sources.els_history"):
        monkeypatch.setattr(f"ingest.{place}.els_history", lambda: HISTORY)
    monkeypatch.setattr("ingest.commands.backfill.els_datasets", lambda: {DATASET: declared()})
    monkeypatch.setattr("ingest.building.refresh_measures", lambda *_: 0)
    made = Product(tmp_path)
    monkeypatch.setattr(commands, "PLACES", made.places)
    return made


def test_versions_become_vintages_in_the_order_of_their_publication(product: Product) -> None:
    product.record("2025-01-10", new_csv("51"))
    product.record("2024-01-10", old_csv("49"))
    result = product.backfill()
    assert result.exit_code == 0, result.stderr
    assert f"{DATASET}: 2 written" in result.stdout
    assert product.shipped_days() == ["2024-01-10", "2025-01-10", "2026-03-01"]
    assert product.values("2024-06-01") == [49.0]
    assert product.values("2025-06-01") == [51.0]
    assert product.values() == [52.0]
    assert product.values("2023-12-31") == []


def test_walking_the_same_history_again_changes_nothing(product: Product) -> None:
    product.record("2024-01-10", old_csv("49"))
    product.backfill()
    before = {path: path.read_bytes() for path in product.places.snapshot.glob("*/*")}
    result = product.backfill()
    assert result.exit_code == 0
    assert f"{DATASET}: 1 held already" in result.stdout
    assert {path: path.read_bytes() for path in product.places.snapshot.glob("*/*")} == before


def test_a_version_that_changes_words_but_no_figure_is_not_kept(product: Product) -> None:
    product.record("2024-01-10", old_csv("49"))
    product.record("2024-02-10", old_csv("49.0", "2023-01-01/P1Y"))
    product.record("2024-03-10", new_csv("49", notes="Something"))
    assert "2 written, 1 with the figures of the one before" in product.backfill().stdout
    assert product.shipped_days() == ["2024-01-10", "2024-03-10", "2026-03-01"]


def test_only_the_last_version_of_a_day_was_known(product: Product) -> None:
    product.record("2024-01-10T09:00:00+00:00", old_csv("48"))
    product.record("2024-01-10T17:00:00+00:00", old_csv("49"))
    product.backfill()
    assert product.values("2024-01-10") == [49.0]


def test_a_version_that_cannot_be_read_is_left_out_with_the_reason(product: Product) -> None:
    product.record("2024-01-10", old_csv("u"))
    product.record("2024-02-10", old_csv("150"))
    product.record("2024-03-10", old_csv("49"))
    result = product.backfill()
    assert result.exit_code == 0
    assert f"{DATASET}: 1 written, 2 left out" in result.stdout
    assert f"{DATASET} of 2024-01-10 was left out: 1 fault" in result.stdout
    assert "found 'u'" in result.stdout
    assert "a value from 0 to 100" in result.stdout
    record = json.loads(product.backfill("--json").stdout)
    (table,) = record["tables"]
    assert (table["held"], list(table["left_out"])) == (
        ["2024-03-10"],
        ["2024-01-10", "2024-02-10"],
    )


def test_a_day_of_which_the_snapshot_has_a_vintage_stays_as_it_is(product: Product) -> None:
    product.record("2026-03-01", new_csv("99"))
    assert "1 held already" in product.backfill().stdout
    product.run("load")
    assert product.values() == [52.0]


def test_a_table_with_nothing_to_go_by_is_refused(product: Product) -> None:
    product.record("2024-01-10", old_csv("49"))
    for path in product.places.snapshot.glob("*/*"):
        path.unlink()
    result = product.backfill()
    assert result.exit_code == 1
    assert "write today's figures first (python -m ingest snapshot)" in result.stderr


def test_recorded_bytes_that_no_index_dates_are_refused_together(product: Product) -> None:
    product.record("2024-01-10", old_csv("49"), sha256="0" * 64)
    (product.recorded / "abc" / DATASET).mkdir(parents=True)
    (product.recorded / "abc" / DATASET / f"{DATASET}.csv").write_bytes(old_csv("50"))
    with pytest.raises(Refused) as caught:
        recorded_versions(product.recorded, DATASET)
    assert sorted(fault.found for fault in caught.value.faults) == [
        "no row",
        f"sha256 {'0' * 64}, which is not that of the file",
    ]
    with pytest.raises(Refused, match="found no version"):
        recorded_versions(product.recorded, "another")


def test_versions_are_put_in_the_order_of_their_time() -> None:
    versions = {
        stamp: Version(DATASET, datetime.fromisoformat(stamp).date(), stamp, "", stamp.encode())
        for stamp in ("2025-02-01T08:00", "2024-01-01T08:00", "2025-02-01T07:00")
    }
    dated = [(datetime.fromisoformat(stamp), one) for stamp, one in versions.items()]
    assert [one.commit for one in one_a_day(dated)] == ["2024-01-01T08:00", "2025-02-01T08:00"]


# The publisher's repository, answered by hand.

LISTING = f"https://api.github.com/repos/{REPOSITORY}/commits"
RAW = f"https://raw.githubusercontent.com/{REPOSITORY}"
FILE = f"{DATASET}/{DATASET}.csv"
COMMITS = {"a" * 40: "2024-01-10T12:00:00Z", "b" * 40: "2025-01-10T12:00:00Z"}


def answer(commits: Mapping[str, str], page: int = 1, **more: Any) -> None:
    listed = [{"sha": sha, "commit": {"committer": {"date": day}}} for sha, day in commits.items()]
    responses.get(
        LISTING,
        json=listed,
        match=[
            responses.matchers.query_param_matcher({"path": FILE, "per_page": 100, "page": page})
        ],
        **more,
    )


def raw(commit: str, content: bytes) -> None:
    responses.get(f"{RAW}/{commit}/{FILE}", body=content, content_type="text/plain")


@responses.activate
def test_the_history_is_fetched_once_and_asked_for_again_on_a_condition(tmp_path: Path) -> None:
    answer(COMMITS, headers={"ETag": '"one"'})
    for number, commit in enumerate(COMMITS):
        raw(commit, f"{number}\n".encode())
    session = requests.Session()
    first = live_versions(session, DATASET, tmp_path)
    assert [(str(one.known_on), one.content) for one in first] == [
        ("2024-01-10", b"0\n"),
        ("2025-01-10", b"1\n"),
    ]
    responses.reset()
    responses.get(
        LISTING,
        status=304,
        match=[responses.matchers.header_matcher({"If-None-Match": '"one"'})],
    )
    assert live_versions(session, DATASET, tmp_path) == first
    assert len(responses.calls) == 1


@responses.activate
def test_every_page_of_the_list_is_read(tmp_path: Path) -> None:
    many = {f"{number:040d}": "2024-01-10T12:00:00Z" for number in range(100)}
    answer(many)
    answer({"b" * 40: "2025-01-10T12:00:00Z"}, page=2)
    for commit in (*many, "b" * 40):
        raw(commit, commit.encode())
    found = live_versions(requests.Session(), DATASET, tmp_path)
    assert [one.commit for one in found] == [f"{99:040d}", "b" * 40]


@responses.activate
def test_a_list_without_end_is_given_up(tmp_path: Path) -> None:
    many = {f"{number:040d}": "2024-01-10T12:00:00Z" for number in range(100)}
    for page in range(1, MOST_PAGES + 1):
        answer(many, page=page)
    for commit in many:
        raw(commit, b"x")
    with pytest.raises(FetchError, match="more than 500 versions"):
        live_versions(requests.Session(), DATASET, tmp_path)


@pytest.mark.parametrize(
    "body", ['{"message": "rate limit"}', '[{"sha": "../../x"}]', "[1]", "nothing"]
)
@responses.activate
def test_a_list_that_is_none_is_refused_and_not_kept(tmp_path: Path, body: str) -> None:
    responses.get(LISTING, body=body, content_type="application/json")
    with pytest.raises(Refused, match="a list of commits, each with its sha"):
        live_versions(requests.Session(), DATASET, tmp_path)
    assert list(tmp_path.rglob("*.json")) == []


@responses.activate
def test_a_version_that_cannot_be_had_stops_the_walk_and_keeps_the_others(
    tmp_path: Path,
) -> None:
    answer(COMMITS)
    raw("a" * 40, b"0\n")
    responses.get(f"{RAW}/{'b' * 40}/{FILE}", status=404)
    with pytest.raises(FetchError, match="HTTP 404"):
        live_versions(requests.Session(), DATASET, tmp_path)
    assert (tmp_path / ("a" * 40) / FILE).read_bytes() == b"0\n"


@responses.activate
def test_backfill_fetches_where_no_folder_is_named(product: Product) -> None:
    answer(COMMITS)
    raw("a" * 40, old_csv("49"))
    raw("b" * 40, new_csv("51"))
    result = product.run("backfill", DATASET)
    assert result.exit_code == 0, result.stderr
    assert product.shipped_days() == ["2024-01-10", "2025-01-10", "2026-03-01"]


# A store that holds more than the snapshot does.


class Store:
    """A store into which vintages were pulled that the snapshot does not have."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self.snapshot = folder / "snapshot"
        self.reference = write_reference_folder(folder / "reference")
        with engine.begin() as connection:
            load_reference(connection, self.reference)

    def ship(self, rows: list[str], day: str, **changes: Any) -> Reading:
        one = reading(rows, day, **changes)
        write_vintage(self.snapshot, one.checked.figures, one.provenance)
        return one

    def build(self) -> BuildResult:
        return load_snapshot(
            self.engine,
            catalogue(metric()),
            "inputs",
            folder=self.snapshot,
            reference=self.reference,
        )

    def days(self) -> list[str]:
        with self.engine.connect() as connection:
            return [str(one.known_on) for one in read_held_vintages(connection, DATASET)]

    def known(self, day: str | None = None) -> dict[tuple[str, str], float]:
        as_of = date.fromisoformat(day) if day else None
        with self.engine.connect() as connection:
            frame = read_series(connection, "gardens", as_of=as_of)
        return {(row.ref_area, str(row.period_start.year)): row.value for row in frame.itertuples()}


@pytest.fixture
def store(store_engine: Engine, tmp_path: Path) -> Store:
    return Store(store_engine, tmp_path)


def rows(value: str, *more: str) -> list[str]:
    return [els_row(WMCA, value=value), *more]


def test_vintages_that_only_the_store_has_are_put_back_in_their_places(store: Store) -> None:
    store.ship(rows("52"), "2025-01-10")
    store.build()
    pulled = reading([*rows("53"), els_row("na")], "2026-05-01", unplaced_area_codes=["na"])
    load_readings(
        store.engine,
        [Reading(pulled.checked, pulled.provenance, pulled.entry, etag='"tag"')],
    )
    store.ship(rows("50"), "2024-01-10")
    build = store.build()
    assert build.refusals == {}
    assert [str(one.known_on) for one in build.results] == ["2024-01-10", "2025-01-10"]
    assert store.days() == ["2024-01-10", "2025-01-10", "2026-05-01"]
    assert store.known("2024-06-01") == {(WMCA, "2023"): 50.0}
    assert store.known("2025-06-01") == {(WMCA, "2023"): 52.0}
    assert store.known() == {(WMCA, "2023"): 53.0}
    with store.engine.connect() as connection:
        held = read_held_vintages(connection, DATASET)[-1]
        assert held.figures_sha256 == pulled.entry.figures_sha256
        assert [reason for *_, reason in held.rejected] == [
            "The publisher gives A place no area code ('na')."
        ]
        assert (newest_retrieval(connection, DATASET) or {})["etag"] == '"tag"'


def test_where_a_file_holds_one_period_what_a_pull_did_not_touch_stays(store: Store) -> None:
    one_period = {"load_replaces": "periods"}
    store.ship([els_row(WMCA, "2022-01-01/P1Y", "40")], "2025-01-10", **one_period)
    store.build()
    pulled = reading(rows("53"), "2026-05-01", **one_period)
    load_readings(store.engine, [pulled])
    store.ship([els_row(WMCA, "2021-01-01/P1Y", "30")], "2024-01-10", **one_period)
    store.build()
    assert store.known() == {(WMCA, "2021"): 30.0, (WMCA, "2022"): 40.0, (WMCA, "2023"): 53.0}
    assert store.known("2025-06-01") == {(WMCA, "2021"): 30.0, (WMCA, "2022"): 40.0}


def test_a_vintage_before_the_snapshots_first_one_is_put_back_first(store: Store) -> None:
    load_readings(store.engine, [reading(rows("48"), "2023-06-01")])
    store.ship(rows("52"), "2025-01-10")
    store.build()
    store.ship(rows("50"), "2024-01-10")
    store.build()
    assert store.days() == ["2023-06-01", "2024-01-10", "2025-01-10"]
    assert store.known("2023-07-01") == {(WMCA, "2023"): 48.0}
    assert store.known() == {(WMCA, "2023"): 52.0}


def test_a_pull_is_not_put_back_under_another_reading_of_what_is_shared(store: Store) -> None:
    store.ship(rows("52"), "2025-01-10")
    store.build()
    load_readings(store.engine, [reading(rows("53"), "2026-05-01")])
    store.ship(rows("51"), "2025-01-10")
    (refusal,) = store.build().refusals.values()
    assert "the store also holds what was known on 2026-05-01" in str(refusal)
    assert store.days() == ["2025-01-10", "2026-05-01"]
    assert store.known() == {(WMCA, "2023"): 53.0}


def test_a_rebuild_that_is_broken_off_leaves_everything(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.ship(rows("52"), "2025-01-10")
    store.build()
    load_readings(store.engine, [reading(rows("53"), "2026-05-01")])
    store.ship(rows("50"), "2024-01-10")

    def broken(*_: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("ingest.rebuilding._put_back", broken)
    with pytest.raises(OSError, match="the disk is full"):
        store.build()
    assert store.days() == ["2025-01-10", "2026-05-01"]
    assert store.known() == {(WMCA, "2023"): 53.0}


def test_earlier_vintages_need_not_have_the_areas_that_are_required_now(store: Store) -> None:
    one = reading([els_row(BIRMINGHAM, value="40")], "2024-01-10")
    assert "no row for E47000007" in str(Refused(one.checked.faults))
    write_vintage(store.snapshot, one.checked.figures, one.provenance)
    store.ship(rows("52"), "2025-01-10")
    assert store.build().refusals == {}
    one = reading([els_row(BIRMINGHAM, value="40")], "2026-01-10")
    write_vintage(store.snapshot, one.checked.figures, one.provenance)
    (refusal,) = store.build().refusals.values()
    assert "no row for E47000007" in str(refusal)


@pytest.mark.slow
def test_the_recorded_history_gives_what_is_shipped(
    recordings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the shipped figures of today and the recorded bytes, the same vintages come out."""
    real = Places()
    places = Places(snapshot=tmp_path / "snapshot", kept=tmp_path / "kept")
    names = sorted(shipped_history().datasets)
    for name in names:
        provenance = read_provenance(real.snapshot / name)
        newest = provenance.vintage[-1]
        target = places.snapshot / name
        target.mkdir(parents=True)
        for path in (real.snapshot / name).glob(f"{newest.known_on}*"):
            (target / path.name).write_bytes(path.read_bytes())
        only = provenance.model_copy(update={"vintage": (newest,)})
        (target / "provenance.toml").write_text(provenance_toml(only), encoding="utf-8")
    monkeypatch.setattr(commands, "PLACES", places)
    monkeypatch.setattr("ingest.commands.backfill._load", lambda _: None)
    result = CliRunner().invoke(
        commands.app,
        [
            *("backfill", "--from", str(recordings / "ons_els" / "history")),
            *("--retrieved-on", "2026-06-30"),
        ],
    )
    assert result.exit_code == 0, result.output
    for name in names:
        shipped = {path.name: path.read_bytes() for path in (real.snapshot / name).iterdir()}
        made = {path.name: path.read_bytes() for path in (places.snapshot / name).iterdir()}
        assert made == shipped, name


def test_no_figure_is_left_without_its_vintage(store: Store) -> None:
    store.ship(rows("52"), "2025-01-10")
    store.build()
    store.ship(rows("50"), "2024-01-10")
    store.build()
    with store.engine.connect() as connection:
        vintages = set(connection.scalars(select(vintage.c.id)))
        assert set(connection.scalars(select(observation.c.vintage_from))) <= vintages
        assert connection.scalars(select(rejected_row.c.id)).all() == []
