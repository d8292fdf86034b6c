"""What is known of one area in one metric, at a terminal."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from metrics.__main__ import app

runner = CliRunner()
BIRMINGHAM = "E08000025"
METRIC = "healthy-life-expectancy-male"


@pytest.fixture
def in_store(built_store_url, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", str(built_store_url))


def show(*arguments):
    return runner.invoke(app, ["show", *arguments])


def test_the_newest_figure_its_tests_and_its_clauses_in_words(in_store):
    text = " ".join(show(METRIC, "--area", BIRMINGHAM).stdout.split())
    assert "Birmingham, E08000025" in text
    assert "in 2022 to 2024." in text
    assert "from 59.1 years in 2017 to 2019" in text
    assert "below England (60.9 years): worse." in text
    assert "of 216 areas" in text
    assert "The gap between the highest and lowest areas narrows" in text


def test_the_same_facts_for_a_program(in_store):
    (facts,) = json.loads(show(METRIC, "--area", BIRMINGHAM, "--json").stdout)
    assert facts["code"] == BIRMINGHAM
    assert facts["latest"]["period"] == "2022 to 2024"
    assert facts["latest"]["lower"] < facts["latest"]["value"] < facts["latest"]["upper"]


@pytest.mark.parametrize(
    ("metric", "area", "words"),
    [
        (METRIC, "E99", "There is no area E99"),
        ("exports", BIRMINGHAM, "nothing is held for E08000025"),
        ("buses-on-time", BIRMINGHAM, "Not held"),
    ],
)
def test_what_is_not_there_is_said(in_store, metric, area, words):
    answer = show(metric, "--area", area)
    assert answer.exit_code == 1
    assert words in answer.stderr


def test_a_store_that_cannot_be_read_is_one_line_with_the_remedy(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'empty.sqlite'}")
    answer = show(METRIC, "--area", BIRMINGHAM)
    assert answer.exit_code == 1
    assert "python -m ingest load" in answer.stderr
    assert "Traceback" not in answer.stderr
