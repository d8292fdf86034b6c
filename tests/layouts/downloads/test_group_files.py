"""The figures of groups that are worked out here, taken away with their badge and citation."""

import csv
import io
import re
from urllib.parse import urlsplit

import pytest

from layouts.routes import ROUTES
from layouts.shell import create_app

PAGE = "/metrics/travel-time-to-employment"
WMCA = "E47000007"


@pytest.fixture(scope="module")
def ask(built_store_url, catalogue):
    return create_app(catalogue, built_store_url, ROUTES).server.test_client()


@pytest.fixture(scope="module")
def rows(ask):
    answer = ask.get(f"{PAGE}/groups.csv")
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert "groups-derived" in answer.headers["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline="")))


def words_of(answer):
    text = re.sub(r"<[^>]*>", " ", answer.get_data(as_text=True))
    return re.sub(r"\s+", " ", text).replace("&#39;", "'")


def test_each_figure_is_badged_and_says_how_and_of_whom_it_was_made(rows):
    assert {row["basis"] for row in rows} == {"derived"}
    own = [row for row in rows if row["area_code"] == WMCA]
    assert len(own) == 5
    for row in own:
        assert row["note"].startswith(
            "Derived: the average of 7 authorities, weighted by residents of all ages. "
            "Members: Birmingham, "
        )
        assert "Wolverhampton" in row["note"]


def test_the_citation_of_a_derived_figure_proves_itself_and_says_what_it_is(ask, rows):
    row = next(row for row in reversed(rows) if row["area_code"] == WMCA)
    where = urlsplit(row["citation"])
    answer = ask.get(f"{where.path}?{where.query}")
    assert answer.status_code == 200
    words = words_of(answer)
    assert row["figure_id"] in words
    assert "Derived here by a declared rule, not published" in words
    assert "The average of 7 authorities, weighted by residents of all ages." in words
    assert "It is worked out again from what each vintage held of its members" in words
    assert 'href="/areas/E08000031"' in answer.get_data(as_text=True)


def test_the_page_offers_the_file(ask):
    page = ask.get(PAGE).get_data(as_text=True)
    assert f'href="{PAGE}/groups.csv"' in page
    assert ask.get(f"{PAGE}/groups.xlsx").status_code == 200


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/metrics/healthy-life-expectancy-male/groups.csv", "No figures of groups are derived"),
        (f"{PAGE}/groups.csv?known_on=2026-06-01", "what is known now only"),
    ],
)
def test_where_nothing_is_derived_there_is_no_file(ask, address, words):
    answer = ask.get(address)
    assert answer.status_code == 404
    assert words in answer.get_data(as_text=True)
