"""The guide and the template name every key of a definition, and no key that does not exist."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from metrics.__main__ import TEMPLATE, app

DOCS = Path(__file__).resolve().parents[2] / "docs"
GUIDE = (DOCS / "add-a-metric.md").read_text(encoding="utf-8")


PROPOSITIONS = (DOCS / "add-a-proposition.md").read_text(encoding="utf-8")


def keys_of_schema(*options: str) -> set[str]:
    """Every key of a definition: `title`, `unit.label`, `series.breakdown`."""
    schema = json.loads(CliRunner().invoke(app, ["schema", *options]).stdout)

    def keys(table: dict[str, Any], prefix: str) -> set[str]:
        found = set()
        for name, declared in table["properties"].items():
            options = [declared, declared.get("items", {}), *declared.get("anyOf", [])]
            inner = next((option["$ref"] for option in options if "$ref" in option), None)
            resolved = schema["$defs"][inner.rsplit("/", 1)[1]] if inner else {}
            if "properties" in resolved:
                found |= keys(resolved, f"{name}.")
            else:
                found.add(prefix + name)
        return found

    return keys(schema, "")


KEYS = keys_of_schema()


def test_the_schema_holds_the_keys_that_the_file_gives_and_not_those_that_its_place_gives() -> None:
    assert {"title", "unit.prefix", "coverage.first_period", "series.label"} <= KEYS
    assert "id" not in KEYS
    assert "mission" not in KEYS


@pytest.mark.parametrize("key", sorted(KEYS))
def test_the_guide_explains_the_key(key: str) -> None:
    assert f"`{key}`" in GUIDE


def test_the_guide_explains_no_key_that_does_not_exist() -> None:
    tables = {key.split(".")[0] for key in KEYS if "." in key}
    dotted = set(re.findall(r"`([a-z_0-9]+\.[a-z_0-9]+)`", GUIDE))
    named = {key for key in dotted if key.split(".")[0] in tables}
    assert named == {key for key in KEYS if "." in key}


def test_the_guide_to_propositions_explains_every_key_and_no_other() -> None:
    keys = keys_of_schema("--proposition")
    assert {"argues", "asks.kind", "example"} <= keys
    assert "slug" not in keys
    explained = re.findall(r"(?m)^\| `([a-z_.]+)` \|", PROPOSITIONS)
    assert sorted(explained) == sorted(keys)


def keys_offered(table: dict[str, Any], prefix: str) -> set[str]:
    """The keys of a table and of those in it, each named by the table that it stands in."""
    found = set()
    for name, value in table.items():
        inner = value[0] if isinstance(value, list) and value else value
        is_table = isinstance(inner, dict)
        found |= keys_offered(inner, f"{name}.") if is_table else {f"{prefix}{name}"}
    return found


def test_the_template_offers_every_key() -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    # Optional tables stand in the template as comments.
    declared = tomllib.loads(re.sub(r"(?m)^# (?=\[|[a-z_]+ = )", "", text))
    offered = keys_offered(declared, "")
    named_in_words = {
        f"reproduces.{key}"
        for key in ("area", "period", "breakdown", "value", "publication", "url")
        if re.search(rf"\b{key}\b", text.split("# A figure printed", 1)[1])
    }
    assert offered | named_in_words == KEYS


def test_links_of_the_guides_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", GUIDE + PROPOSITIONS):
        assert (DOCS / target).exists(), target
    headings = {
        re.sub(r"[^a-z0-9 -]", "", line.lstrip("# ").lower()).replace(" ", "-")
        for line in GUIDE.splitlines()
        if line.startswith("#")
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", GUIDE)) <= headings


def test_the_glossary_gives_each_word_one_meaning() -> None:
    glossary = (DOCS / "glossary.md").read_text(encoding="utf-8")
    words = [
        line.split("|")[1].strip()
        for line in glossary.splitlines()
        if line.startswith("| ") and not line.startswith("| word |")
    ]
    assert len(words) == len(set(words)) > 50
