"""A store that pulls made, and the one that the archive gives: the same vintages, no network."""

from __future__ import annotations

import pytest
import responses
from sqlalchemy import Engine, select

from data.measure_reads import measures_sha256
from data.reads import read_series
from data.store import open_store
from data.tables import area, ingest_run, observation, retrieval, series, vintage
from ingest.archive import Archive
from ingest.payloads import payload_path
from tests.ingest.examples import DATASET, declared, els_csv, els_json, els_row
from tests.ingest.product import Product

WMCA, BIRMINGHAM, COVENTRY = "E47000007", "E08000025", "E08000026"
Y22, Y23 = "2022-01-01/P1Y", "2023-01-01/P1Y"


def rows(values: dict[str, str], period: str = Y23) -> list[str]:
    return [els_row(code, period, value) for code, value in values.items()]


FIRST = rows({WMCA: "50", BIRMINGHAM: "40", COVENTRY: "60"})
REVISED = rows({WMCA: "50", BIRMINGHAM: "41", COVENTRY: "60"})
# Coventry is missing: held back.
SHORT = rows({WMCA: "51", BIRMINGHAM: "42"})
# One figure is 0, which a correction withholds.
ZERO = [*rows({WMCA: "51", BIRMINGHAM: "0", COVENTRY: "61"}), *rows({WMCA: "48"}, Y22)]
OUTSIDE = rows({WMCA: "510", BIRMINGHAM: "42", COVENTRY: "60"})


class Pulled(Product):
    """A product whose one table is pulled from recorded bytes, day after day."""

    def pull_of(self, day: str, lines: list[str]) -> int:
        self.record(*lines)
        return self.pull("--known-on", day).exit_code

    def rebuilt(self) -> Engine:
        """Another store, empty until the archive was replayed into it."""
        other = Product.__new__(Product)
        other.places = self.places
        other.url = f"sqlite:///{self.folder / 'var' / 'again.sqlite'}"
        result = other.run("load", "--from-archive")
        assert (result.exit_code, result.stderr) == (0, "")
        return open_store(other.url)

    def correct(self) -> None:
        self.places.corrections.mkdir()
        (self.places.corrections / "one.toml").write_text(
            "[[correction]]\n"
            f'id = "one"\ndeclared_on = 2026-03-02\ndataset = "{DATASET}"\n'
            'first_vintage = 2026-04-01\nreason = "Zero."\nnote = "Not zero."\n'
            f'rows = {{ areas = ["{BIRMINGHAM}"], periods = ["{Y23}"] }}\n'
            'change = { kind = "mark", status = "x" }\n'
            'guard = { kind = "all_values_are", value = 0 }\n'
        )


@pytest.fixture
def pulled(product: Product) -> Pulled:
    return Pulled(product.folder, product.url)


def held(engine: Engine) -> tuple[list[object], list[object], str]:
    """Vintages with their bytes, every observation there ever was, and the measures, by name."""
    vintages = select(
        *(vintage.c[name] for name in ("dataset_id", "known_on", "figures_sha256", "rows_read")),
        *(vintage.c[name] for name in ("added", "withdrawn", "revised", "restatused")),
        *(retrieval.c[name] for name in ("url", "sha256", "size_bytes", "etag", "last_modified")),
    ).join(retrieval, retrieval.c.id == vintage.c.retrieval_id)
    numbered = ("series_id", "area_id", "vintage_from", "vintage_to")
    own = [column for column in observation.c if column.name not in numbered]
    observations = (
        select(series.c.metric_id, series.c.breakdown, area.c.code, *own)
        .join(series, series.c.id == observation.c.series_id)
        .join(area, area.c.id == observation.c.area_id)
    )
    with engine.connect() as connection:
        return (
            sorted(map(tuple, connection.execute(vintages)), key=repr),
            sorted(map(tuple, connection.execute(observations)), key=repr),
            measures_sha256(connection),
        )


def reasons(engine: Engine) -> list[str]:
    accepted = select(ingest_run.c.message).where(ingest_run.c.command == "accept")
    with engine.connect() as connection:
        return list(connection.scalars(accepted))


def test_the_archive_alone_gives_the_store_that_pulls_made(pulled: Pulled) -> None:
    """A first load, a revision, one refused, one accepted, one corrected, one repeated."""
    pulled.correct()
    assert pulled.pull_of("2026-01-10", FIRST) == 0
    assert pulled.pull_of("2026-02-10", REVISED) == 0
    assert pulled.pull_of("2026-02-11", OUTSIDE) == 1
    assert pulled.pull_of("2026-03-10", SHORT) == 1
    assert pulled.run("accept", DATASET, "--reason", "Coventry left").exit_code == 0
    assert pulled.pull_of("2026-04-10", ZERO) == 0
    assert pulled.pull_of("2026-04-11", ZERO) == 0
    told = [one.retrieval.outcome for one in Archive(pulled.places.archive).retrievals(DATASET)]
    assert told == ["loaded", "loaded", "refused", "accepted", "loaded"]
    made, again = pulled.engine(), pulled.rebuilt()
    assert held(again) == held(made)
    days = [str(row[1]) for row in held(again)[0]]  # type: ignore[index]
    assert days == ["2026-01-10", "2026-02-10", "2026-03-10", "2026-04-10"]
    assert reasons(again) == reasons(made)
    assert reasons(again)[0].startswith("accepted: Coventry left; ")
    with again.connect() as connection:
        assert read_series(connection, "gardens", codes=[BIRMINGHAM])["note"].tolist() == [
            "Not zero."
        ]


def test_what_is_shipped_comes_from_the_snapshot_and_the_rest_from_the_archive(
    pulled: Pulled,
) -> None:
    """The bytes of a shipped vintage may be nowhere: its file and its hash stand for them."""
    pulled.ship(*REVISED)
    shipped = Archive(pulled.places.archive).retrievals(DATASET)
    assert [one.retrieval.outcome for one in shipped] == ["shipped"]
    shipped[0].path.unlink()
    assert pulled.run("load").exit_code == 0
    more = [*REVISED, *rows({WMCA: "49"}, Y22)]
    assert pulled.pull_of("2026-03-10", more) == 0
    assert held(pulled.rebuilt()) == held(pulled.engine())


def test_loading_from_the_archive_what_is_there_changes_nothing(pulled: Pulled) -> None:
    pulled.pull_of("2026-01-10", FIRST)
    pulled.pull_of("2026-03-10", SHORT)
    pulled.run("accept", DATASET, "--reason", "right")
    before = held(pulled.engine()), reasons(pulled.engine())
    result = pulled.run("load", "--from-archive")
    assert result.stdout.startswith("1 tables, 0 vintages loaded, 0 figures added")
    assert (held(pulled.engine()), reasons(pulled.engine())) == before


def test_a_vintage_that_only_the_archive_has_is_put_in_its_place(pulled: Pulled) -> None:
    """The store went back to the snapshot, then newer figures were pulled into it."""
    pulled.pull_of("2026-01-10", FIRST)
    pulled.pull_of("2026-02-10", REVISED)
    pulled.url = f"sqlite:///{pulled.folder / 'var' / 'new.sqlite'}"
    assert pulled.pull_of("2026-03-10", FIRST) == 0
    assert pulled.run("load", "--from-archive").exit_code == 0
    days = [str(row[1]) for row in held(pulled.engine())[0]]  # type: ignore[index]
    assert days == ["2026-01-10", "2026-02-10", "2026-03-10"]


def test_damaged_bytes_are_named_and_cost_their_own_vintage_only(pulled: Pulled) -> None:
    pulled.pull_of("2026-01-10", FIRST)
    pulled.pull_of("2026-02-10", REVISED)
    archive = Archive(pulled.places.archive)
    sha256 = archive.retrievals(DATASET)[0].retrieval.sha256
    path = payload_path(archive.folder / "payloads", sha256)
    path.write_bytes(path.read_bytes()[:-12])
    pulled.url = f"sqlite:///{pulled.folder / 'var' / 'again.sqlite'}"
    result = pulled.run("load", "--from-archive")
    assert result.exit_code == 1
    assert f"{DATASET} of 2026-01-10: 1 fault" in result.stderr
    assert f"expected bytes whose sha256 is {sha256}" in result.stderr
    assert [str(row[1]) for row in held(pulled.engine())[0]] == ["2026-02-10"]  # type: ignore[index]


def test_the_store_tells_what_became_of_a_pull_that_was_killed(
    pulled: Pulled, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One after its load and before that was recorded, then one before its load."""
    archive = Archive(pulled.places.archive)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as once:
        once.setattr(Archive, "settle", killed)
        pulled.pull_of("2026-01-10", FIRST)
    with monkeypatch.context() as once:
        once.setattr("ingest.commands.pull.load_readings", killed)
        pulled.pull_of("2026-02-10", REVISED)
    told = [one.retrieval.outcome for one in archive.retrievals(DATASET)]
    assert told == ["loaded", ""]
    assert pulled.pull_of("2026-02-11", REVISED) == 0
    told = [one.retrieval.outcome for one in archive.retrievals(DATASET)]
    assert told == ["loaded", "interrupted", "loaded"]
    assert held(pulled.rebuilt()) == held(pulled.engine())


@responses.activate
def test_nothing_is_fetched_twice_even_if_it_was_not_loaded(pulled: Pulled) -> None:
    """Refused bytes are kept with their validators: the server only says that they are the same."""
    table = declared()
    said = {"ETag": '"v1"', "Last-Modified": "Thu, 19 Feb 2026 09:30:00 GMT"}
    responses.get(table.csv_url, els_csv(*OUTSIDE), content_type="text/csv", headers=said)
    responses.get(
        table.metadata_url, els_json(), content_type="text/plain", headers={"ETag": '"w1"'}
    )
    assert pulled.run("pull", "--known-on", "2026-02-20").exit_code == 1
    (record,) = Archive(pulled.places.archive).retrievals(DATASET)
    file, words = record.retrieval.files
    assert (file.etag, file.last_modified, file.content_type) == (*said.values(), "text/csv")
    assert (words.etag, words.content_type) == ('"w1"', "text/plain")
    responses.replace(responses.GET, table.csv_url, status=304)
    responses.replace(responses.GET, table.metadata_url, status=304)
    refused = pulled.run("pull", "--known-on", "2026-02-21")
    assert "a value from 0 to 100" in refused.stderr
    asked = [call.request for call in responses.calls]
    files = [one for one in asked if one.url in (table.csv_url, table.metadata_url)]
    conditions = [one.headers.get("If-None-Match") for one in files]
    assert conditions == [None, None, '"v1"', '"w1"']
    assert len(Archive(pulled.places.archive).retrievals(DATASET)) == 1


@responses.activate
def test_damaged_bytes_are_fetched_again(pulled: Pulled) -> None:
    table = declared()
    responses.get(
        table.csv_url, els_csv(*OUTSIDE), content_type="text/csv", headers={"ETag": '"v1"'}
    )
    responses.get(table.metadata_url, els_json(), content_type="text/plain")
    pulled.run("pull", "--known-on", "2026-02-20")
    archive = Archive(pulled.places.archive)
    file = archive.retrievals(DATASET)[0].retrieval.files[0]
    payload_path(archive.folder / "payloads", file.sha256).write_bytes(b"")
    responses.replace(responses.GET, table.csv_url, status=304)
    responses.get(table.csv_url, els_csv(*OUTSIDE), content_type="text/csv")
    pulled.run("pull", "--known-on", "2026-02-21")
    assert archive.content(file) == els_csv(*OUTSIDE)
