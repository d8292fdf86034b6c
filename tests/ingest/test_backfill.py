"""The history of a table, recorded or fetched, put into the snapshot and the store."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest
import responses
from typer.testing import CliRunner, Result

from data.reads import read_series
from data.store import open_store
from ingest import __main__ as commands
from ingest.faults import Refused
from ingest.places import Places
from ingest.provenance import provenance_toml, read_provenance
from ingest.snapshot import write_vintage
from ingest.sources.els_history_declaration import DatasetHistory, History, Layout, SeriesHistory
from ingest.sources.els_history_declaration import els_history as shipped_history
from ingest.versions import (
    recorded_versions,
)
from tests.ingest.examples import (
    DATASET,
    LABEL,
    declared,
    els_csv,
    els_row,
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

    def __init__(self, folder: Path, url: str) -> None:
        self.recorded = folder / "history"
        self.url = url
        self.places = Places(
            snapshot=folder / "snapshot",
            reference=write_reference_folder(folder / "reference"),
            metrics=write_metrics_folder(folder / "metrics", gardens=metric_keys()),
            corrections=folder / "corrections",
            kept=folder / "kept",
            quarantine=folder / "quarantine",
            archive=folder / "archive",
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
def product(tmp_path: Path, store_url: str, monkeypatch: pytest.MonkeyPatch) -> Product:
    for place in ("commands.backfill", "sources.els_history"):
        monkeypatch.setattr(f"ingest.{place}.els_history", lambda: HISTORY)
    monkeypatch.setattr("ingest.commands.backfill.els_datasets", lambda: {DATASET: declared()})
    monkeypatch.setattr("ingest.building.refresh_measures", lambda *_: 0)
    made = Product(tmp_path, store_url)
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


def test_a_folder_without_versions_is_refused(product: Product, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    refused = product.run("backfill", "--from", str(tmp_path / "empty"))
    assert refused.exit_code == 1
    assert "no version of a known table" in refused.stderr


@responses.activate
def test_backfill_fetches_where_no_folder_is_named(product: Product) -> None:
    repository = "ONSdigital/explore-local-statistics-data"
    commits = {"a" * 40: "2024-01-10T12:00:00Z", "b" * 40: "2025-01-10T12:00:00Z"}
    responses.get(
        f"https://api.github.com/repos/{repository}/commits",
        json=[{"sha": sha, "commit": {"committer": {"date": day}}} for sha, day in commits.items()],
    )
    for commit, content in zip(commits, (old_csv("49"), new_csv("51")), strict=True):
        responses.get(
            f"https://raw.githubusercontent.com/{repository}/{commit}/{DATASET}/{DATASET}.csv",
            body=content,
            content_type="text/plain",
        )
    result = product.run("backfill", DATASET)
    assert result.exit_code == 0, result.stderr
    assert product.shipped_days() == ["2024-01-10", "2025-01-10", "2026-03-01"]


@pytest.mark.slow
def test_the_recorded_history_gives_what_is_shipped(
    recordings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the shipped figures of today and the recorded bytes, the same vintages come out."""
    real = Places()
    places = Places(
        snapshot=tmp_path / "snapshot", kept=tmp_path / "kept", archive=tmp_path / "archive"
    )
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
