"""The two halves of our Dash components agree on their names and properties."""

from __future__ import annotations

import re

import pytest

from layouts.asset_files import ASSETS
from layouts.components import NAMESPACE, Address, ChoiceForm, Html, Sheet

SCRIPT = (ASSETS / "missions.js").read_text(encoding="utf-8")
COMPONENTS = (Sheet, Html, ChoiceForm, Address)


def test_the_script_registers_every_component():
    registered = re.search(rf"window\.{NAMESPACE} = {{([^}}]*)}}", SCRIPT).group(1)
    names = {name.strip() for name in registered.split(",")}
    assert names == {component.__name__ for component in COMPONENTS}


@pytest.mark.parametrize("component", COMPONENTS)
def test_the_script_reads_and_sets_only_declared_properties(component):
    start = SCRIPT.index(f"function {component.__name__}(props)")
    end = SCRIPT.find("\n  function ", start + 1)
    body = SCRIPT[start : end if end > 0 else len(SCRIPT)]
    declared = set(component._prop_names) | {"setProps"}
    read = set(re.findall(r"\b(?:props|now|latest\.current)\.(\w+)", body)) - {"current"}
    taken = re.findall(r"const {([^}]*)} = props", body)
    read |= {name.strip() for several in taken for name in several.split(",")}
    written = {
        name
        for given in re.findall(r"setProps\(\{([^}]*)\}", body)
        for name in re.findall(r"(\w+):", given)
    }
    assert read <= declared
    assert written <= declared


def test_each_travels_as_dash_expects():
    sent = Html({"region": "answer"}, "<p>x</p>", "v1").to_plotly_json()
    assert sent == {
        "type": "Html",
        "namespace": "missions",
        "props": {"id": {"region": "answer"}, "html": "<p>x</p>", "version": "v1"},
    }
    with pytest.raises(TypeError):
        Html({"region": "answer"}, "<p>x</p>", "v1", colour="red")
