"""Series that no rule can use: every page says so in words, and none fails or shows a `nan`."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import ColumnElement, Connection, delete, func, select, update

from data.store import open_store
from data.tables import observation, series
from layouts.routes import ROUTES
from layouts.shell import create_app
from metrics.catalogue import load_catalogue
from metrics.computing import refresh_measures

SUPPRESSED, SINGLE, MISSED, GOING = (
    "happiness",
    "household-income-per-head",
    "healthy-life-expectancy-male",
    "employment-rate",
)
BLANK = {"value": None, "lower_95": None, "upper_95": None, "status": "c"}


PAGES = (
    "/",
    *(f"/metrics/{one}" for one in (SUPPRESSED, SINGLE, MISSED, GOING, "population")),
    "/metrics/travel-time-to-employment",
    *(f"/areas/{code}" for code in ("E08000025", "E47000007", "E07000222", "E92000001")),
    *(
        f"/compare?areas=E08000025,E08000026,E10000031&metrics={one}"
        for one in (SUPPRESSED, SINGLE, MISSED, GOING)
    ),
    *(f"/disparities?measure={one}" for one in (SUPPRESSED, SINGLE, MISSED, GOING)),
    "/workstreams/health",
    "/workstreams/skills",
    *(f"/missions/{slug}" for slug in ("health", "wellbeing")),
)
# A number that is none, or a blank that a program would print; not the English word `None of`.
NO_WORD = re.compile(r"\b(?:nan|NaN|inf|Infinity|NaT)\b|\bNone\b(?! (?:of|is|are)\b)")


@pytest.fixture(scope="module")
def client(built_store_url: str, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The dashboard over a copy of the shipped figures, of which some were made unusable."""
    if not built_store_url.startswith("sqlite:///"):
        pytest.skip("the figures are made unusable in a copy of a file")
    path = tmp_path_factory.mktemp("bad") / "bad.sqlite"
    shutil.copyfile(Path(built_store_url.removeprefix("sqlite:///")), path)
    engine = open_store(f"sqlite:///{path}")
    catalogue = load_catalogue()
    with engine.begin() as connection:
        _make_unusable(connection)
        refresh_measures(connection, catalogue)
    engine.dispose()
    client: FlaskClient = create_app(catalogue, f"sqlite:///{path}", ROUTES).server.test_client()
    return client


def _make_unusable(connection: Connection) -> None:
    def of(metric: str) -> ColumnElement[bool]:
        ids = select(series.c.id).where(series.c.metric_id == metric)
        return observation.c.series_id.in_(ids)

    starts = observation.c.period_start
    oldest, newest = (
        {one: connection.scalar(select(end(starts)).where(of(one))) for one in (SINGLE, GOING)}
        for end in (func.min, func.max)
    )
    odd = observation.c.area_id % 2 == 1
    missed = {"lower_95": observation.c.value + 1, "upper_95": observation.c.value + 2}
    changes = (
        update(observation).where(of(SUPPRESSED)).values(**BLANK),
        delete(observation).where(of(SINGLE), starts != newest[SINGLE]),
        update(observation).where(of(MISSED), observation.c.lower_95.is_not(None)).values(**missed),
        delete(observation).where(of(GOING), odd, starts == oldest[GOING]),
        delete(observation).where(of(GOING), ~odd, starts == newest[GOING]),
        # What people are counted against, and what groups and splits are weighted by, is nothing.
        update(observation).where(of("population")).values(value=0),
    )
    for change in changes:
        assert connection.execute(change).rowcount > 0


@pytest.mark.parametrize("address", PAGES)
def test_no_page_fails_or_shows_what_is_no_word(client: FlaskClient, address: str) -> None:
    answer = client.get(address, follow_redirects=True)
    assert answer.status_code == 200
    assert NO_WORD.findall(_words(answer.get_data(as_text=True))) == []


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (f"/metrics/{MISSED}", "lies outside its own published 95% interval"),
        ("/metrics/travel-time-to-employment", "(residents of all ages) of"),
        ("/metrics/population", "would count twice"),
    ],
)
def test_what_cannot_be_used_is_named(client: FlaskClient, address: str, words: str) -> None:
    assert words in _words(client.get(address).get_data(as_text=True))


def _words(page: str) -> str:
    body = re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", page[page.index("<main") :])
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body)).replace("&#39;", "'")
