"""What became of a cited figure, followed by hand through three vintages."""

import shutil
from dataclasses import replace
from datetime import date

import pytest

from data.store import open_store
from metrics.catalogue import load_catalogue
from metrics.computing import refresh_measures
from metrics.figure import Figure
from metrics.then_and_now import Standing, then_and_now
from tests.fixtures.cited import DATASET, FIRST, SECOND, THIRD, write_cited_store

BIRMINGHAM = Figure(
    metric="healthy-life-expectancy-male",
    area="E08000025",
    period="2022-01-01/2024-12-31",
    dataset=DATASET,
    value="57",
    lower="56",
    upper="58",
    breakdown="sex=male",
)


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue()


@pytest.fixture(scope="module")
def engine(migrated_sqlite_file, tmp_path_factory, catalogue):
    path = tmp_path_factory.mktemp("cited") / "cited.sqlite"
    shutil.copyfile(migrated_sqlite_file, path)
    engine = open_store(f"sqlite:///{path}")
    write_cited_store(engine)
    with engine.begin() as connection:
        refresh_measures(connection, catalogue)
    yield engine
    engine.dispose()


@pytest.fixture
def ask(engine, catalogue):
    def asked(figure):
        with engine.connect() as connection:
            return then_and_now(connection, catalogue, figure)

    return asked


def test_a_revised_figure_says_by_how_much_and_when(ask):
    found = ask(BIRMINGHAM)
    assert found.standing is Standing.REVISED
    assert (found.first_known, found.changed_on) == (FIRST, SECOND)
    assert found.difference == "1.5"
    assert found.current == replace(BIRMINGHAM, value="58.5", lower="57.5", upper="59.5")
    assert [vintage.known_on for vintage in found.vintages] == [FIRST]
    assert found.sentence == (
        "Revised upwards by 1.5 years on 19 December 2024. "
        "1 vintage held this figure, that of 9 February 2024."
    )


def test_a_claim_that_no_longer_holds_says_so(ask):
    """2 years down from 59.0, with standard errors of 0.51 each, is clear; 0.5 down is not."""
    claims = {pair.then.key: pair for pair in ask(BIRMINGHAM).claims}
    fall = claims["change", "white-paper"]
    assert fall.then.words == "down 2.0 years, worse"
    assert fall.now.words == "no clear change"
    assert not fall.holds
    # 57.0 (56.0 to 58.0) and 58.5 (57.5 to 59.5) both lie below England, also below its new figure.
    beside = claims["beside", "E92000001"]
    assert beside.then.words == "4.0 years below, worse"
    assert beside.now.words == "3.0 years below, worse"
    assert beside.holds
    assert ("verdict", "7.five-years") in claims


def test_the_figure_that_stands_is_held_by_every_vintage_since(ask):
    found = ask(replace(BIRMINGHAM, value="58.5", lower="57.5", upper="59.5"))
    assert found.standing is Standing.CURRENT
    assert [vintage.known_on for vintage in found.vintages] == [SECOND, THIRD]
    assert (found.first_known, found.last_known, found.difference) == (SECOND, None, "0")


def test_a_withdrawn_figure(ask):
    coventry = replace(
        BIRMINGHAM, area="E08000026", value="60.25", lower="59", upper="61.5", status="p"
    )
    found = ask(coventry)
    assert found.standing is Standing.WITHDRAWN
    assert found.current is None
    assert found.difference is None
    assert found.sentence.startswith("Withdrawn on 19 December 2024")
    assert found.claims
    assert not any(pair.holds for pair in found.claims)


def test_a_change_of_status_alone_is_no_revision(ask):
    dudley = replace(BIRMINGHAM, area="E08000027", value="60", lower="59", upper="61", status="p")
    found = ask(dudley)
    assert found.standing is Standing.RESTATUSED
    assert found.changed_on == THIRD
    assert found.difference == "0"


def test_a_blank_can_be_cited(ask):
    sandwell = replace(BIRMINGHAM, area="E08000028", value=None, lower=None, upper=None, status="c")
    found = ask(sandwell)
    assert found.standing is Standing.CURRENT
    assert found.claims == ()


@pytest.mark.parametrize(
    "change",
    [
        {"value": "57.1"},
        {"lower": "55.9"},
        {"status": "p"},
        {"dataset": "another"},
        {"area": "E08000031"},
        {"area": "no-such-group"},
        {"metric": "no-such-metric"},
        {"breakdown": ""},
        {"period": "2022-01-01/2024-12-30"},
    ],
)
def test_what_no_vintage_said_was_never_published(ask, change):
    found = ask(replace(BIRMINGHAM, **change))
    assert found.standing is Standing.NEVER
    assert found.vintages == ()
    assert found.sentence == "No vintage that we hold ever said this."


def test_what_was_said_instead_is_told(ask):
    found = ask(replace(BIRMINGHAM, value="57.1"))
    assert [(one.figure.value, one.known_from, one.known_to) for one in found.history] == [
        ("57", FIRST, SECOND),
        ("58.5", SECOND, None),
    ]
    assert not any(one.cited for one in found.history)


def test_another_comparator_changes_the_claim_and_not_the_standing(ask):
    found = ask(replace(BIRMINGHAM, comparator="E08000027"))
    assert found.standing is Standing.REVISED
    beside = next(pair for pair in found.claims if pair.then.key[0] == "beside")
    assert beside.then.key == ("beside", "E08000027")
    assert beside.then.words == "3.0 years below, worse"
    assert found.beside_then.label == "Dudley"
    # A comparator without a figure in that period leaves nothing to claim, and is no fault.
    nobody = ask(replace(BIRMINGHAM, comparator="E08000028"))
    assert nobody.beside_then is None
    assert not any(pair.then.key[0] == "beside" for pair in nobody.claims)


def test_a_derived_figure_is_not_taken_for_a_published_one(ask):
    found = ask(replace(BIRMINGHAM, basis="derived"))
    assert found.standing is Standing.NEVER
    assert found.sentence == "From no vintage that we hold was this ever worked out."


def test_a_metric_that_is_declared_no_more_keeps_its_standing(ask):
    found = ask(replace(BIRMINGHAM, metric="no-longer-declared", breakdown=""))
    assert found.standing is Standing.REVISED
    assert found.sentence.startswith("Revised upwards by 1.5 on 19 December 2024")
    assert found.claims == ()


def test_days_are_those_of_the_store(ask):
    assert all(isinstance(one.known_from, date) for one in ask(BIRMINGHAM).history)
