"""Propositions: they load, each broken one is refused in words, and what is missing is said."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from metrics.__main__ import app
from metrics.catalogue import METRICS_FOLDER, CatalogueError, load_catalogue
from metrics.proposition import EXAMPLE_MARK, Argument, Proposition

CATALOGUE = load_catalogue()
HEALTH = "healthy-life-expectancy"
TEXT = (METRICS_FOLDER / "propositions" / f"{HEALTH}.toml").read_text(encoding="utf-8")


def declarations(folder: Path, texts: dict[str, str]) -> Path:
    """A folder with every other declaration and these propositions, by file name."""
    for part in ("missions", "definitions"):
        (folder / part).symlink_to(METRICS_FOLDER / part, target_is_directory=True)
    (folder / "propositions").mkdir()
    for name, text in texts.items():
        (folder / "propositions" / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


# What is changed in the example of health, into what, and the fault that it must give.
BROKEN = [
    (
        "argues =",
        "argue =",
        "argue: there is no such key; did you mean argues?",
    ),
    (
        'argues = "need"',
        'argues = "hope"',
        "argues: Input should be 'need' or 'progress', found 'hope'",
    ),
    (
        '["health"]',
        '["helth"]',
        "workstreams: there is no workstream 'helth'; did you mean health (Health)?",
    ),
    (
        "missions = [7]",
        "missions = [7, 13]",
        "missions.1: Input should be less than or equal to 12, found 13",
    ),
    (
        '"7.gap-narrows"',
        '"7.gap-narows"',
        "clauses: there is no clause '7.gap-narows'; did you mean 7.gap-narrows "
        "(The gap between the highest and lowest areas narrows)?",
    ),
    (
        '"7.gap-narrows"',
        '"1.employment-gap"',
        "clauses: 1.employment-gap belongs to mission 1, which "
        "missions does not name; add 1 to missions or leave the clause out",
    ),
    (
        '"healthy-life-expectancy-male"',
        '"healthy-life-expectancy-mal"',
        "metrics: there is no metric 'healthy-life-expectancy-mal'; did you mean "
        "healthy-life-expectancy-male (Healthy life expectancy at birth, male) or "
        "healthy-life-expectancy-female (Healthy life expectancy at birth, female)?",
    ),
    (
        '"E08000025"',
        '"E08000125"',
        "areas: there is no area 'E08000125'; did you mean",
    ),
    (
        '"E08000025"',
        '"E08000026"',
        "areas: named twice: E08000026; name each once",
    ),
    (
        '"E08000025"',
        '"E07000026"',
        "areas: E07000026 (Allerdale) cannot be compared: it no longer exists; "
        "name what is there now",
    ),
    (
        '"E08000025"',
        '"Birmingham"',
        "areas.1: String should match pattern '^[A-Z][0-9]{8}$', found 'Birmingham'",
    ),
    (
        '"core-cities-england"',
        '"core-city-england"',
        "comparators: there is no area or group 'core-city-england'; did you mean "
        "core-cities-england (Core cities, England)",
    ),
    (
        '"core-cities-england"',
        '"E08000025"',
        "comparators: E08000025 (Birmingham) is one of its own areas; leave it "
        "out of one of the two",
    ),
    (
        'comparators = ["other',
        'slug = "mine"\ncomparators = ["other',
        "['slug'] come from the folder and file name; remove them",
    ),
    ("example = true", "", "example: not declared; it must be"),
    (
        'kind = "power"',
        'kind = "powers"',
        "asks.0.kind: Input should be 'power' or 'funding', found 'powers'",
    ),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The faults of all broken propositions, each in a file of its own, read at once."""
    texts = {f"broken-{number}": TEXT.replace(*one[:2]) for number, one in enumerate(BROKEN)}
    folder = declarations(
        tmp_path_factory.mktemp("broken"),
        {
            **texts,
            "My Proposition": TEXT,
            "twice": TEXT.replace('["health"]', '["helth"]').replace("7.gap-n", "7.gop-n"),
        },
    )
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder)
    return caught.value.faults


@pytest.mark.parametrize("number", range(len(BROKEN)))
def test_a_broken_proposition_is_refused_in_words(told: list[str], number: int) -> None:
    was, _, fault = BROKEN[number]
    assert was in TEXT, f"the example has no {was!r} to change"
    own = [one.removeprefix("propositions/").replace(".toml", "", 1) for one in told]
    assert [one for one in own if one.startswith(f"broken-{number}: {fault}")], own


def test_every_fault_is_told_at_once(told: list[str]) -> None:
    assert len([one for one in told if one.startswith("twice: ")]) == 2


def test_a_file_whose_name_is_no_slug_is_refused(told: list[str]) -> None:
    assert any("My Proposition.toml: slug: String should match pattern" in one for one in told)


def test_a_title_may_hold_any_characters(tmp_path: Path) -> None:
    title = "<b>Health</b> & 'homes'"
    text = re.sub(r'(?m)^title = ".*"$', f'title = "{title}"', TEXT)
    assert load_catalogue(declarations(tmp_path, {"nasty": text})).propositions["nasty"].title == (
        title
    )


def test_the_examples_are_marked_and_ask_for_nothing() -> None:
    assert len(CATALOGUE.propositions) >= 3
    for one in CATALOGUE.propositions.values():
        assert one.example
        assert one.mark == EXAMPLE_MARK
        assert all(ask.words.startswith("None: this is an example.") for ask in one.asks)
    assert {one.argues for one in CATALOGUE.propositions.values()} == set(Argument)


def test_a_workstream_knows_the_propositions_that_name_it() -> None:
    assert [one.slug for one in CATALOGUE.propositions_on("health")] == [HEALTH]
    assert CATALOGUE.propositions_on("culture") == []


def test_the_command_counts_propositions_and_says_which_metrics_have_no_figures() -> None:
    told = json.loads(CliRunner().invoke(app, ["check", "--json"]).stdout)
    assert told["propositions"] == len(CATALOGUE.propositions)
    assert [note.split(" has ")[0] for note in told["notes"]] == [
        "digital-networks: metrics: 5g-premises",
        "skills-and-employment: metrics: skills-training-completions",
    ]
    words = CliRunner().invoke(app, ["check"]).stderr
    assert "Note: digital-networks: metrics: 5g-premises has no figures here" in words


def test_the_command_refuses_a_proposition_that_names_an_unknown_clause(tmp_path: Path) -> None:
    folder = declarations(tmp_path, {HEALTH: TEXT.replace('"7.gap-narrows"', '"7.gap-narows"')})
    answer = CliRunner().invoke(app, ["check", "--folder", str(folder)])
    assert answer.exit_code == 1
    assert "there is no clause '7.gap-narows'" in answer.stderr


def test_the_schema_of_a_proposition_leaves_out_what_the_file_name_gives() -> None:
    schema = json.loads(CliRunner().invoke(app, ["schema", "--proposition"]).stdout)
    assert set(schema["properties"]) == set(Proposition.model_fields) - {"slug"}
