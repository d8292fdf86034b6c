"""The chart library that is served: our own build of Plotly, of the version Dash expects."""

from __future__ import annotations

import json
import re
from pathlib import Path

import brotli
from plotly.offline import get_plotlyjs_version

from layouts.asset_files import ASSETS
from tests.layouts.sent import MISSION

PROJECT = Path(__file__).parents[2]
BUILD = PROJECT / "scripts" / "chart_library"


def test_it_is_of_the_version_that_the_python_package_writes_figures_for():
    version = get_plotlyjs_version()
    assert (ASSETS / "plotly.min.js").read_text().startswith(f"/* plotly.js {version} ")
    declared = json.loads((BUILD / "package.json").read_text())
    assert declared["dependencies"] == {"plotly.js": version}


def test_it_draws_every_kind_of_trace_that_the_pages_use():
    drawn: set[str] = set()
    for path in (PROJECT / "layouts" / "figures").glob("plotly_*.py"):
        text = path.read_text()
        drawn |= set(re.findall(r'"type": "(\w+)",\n\s+"mode"', text))
        drawn |= set(re.findall(r"\b(?:bar|choropleth|heatmap|scattergl|scattergeo|pie)\b", text))
    assert drawn == {"scatter"}


def test_its_compressed_form_is_the_same(client):
    script = (ASSETS / "plotly.min.js").read_bytes()
    assert brotli.decompress((ASSETS / "plotly.min.js.br").read_bytes()) == script
    answer = client.get("/assets/plotly.min.js?m=1", headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert answer.data == (ASSETS / "plotly.min.js.br").read_bytes()
    assert client.get("/assets/plotly.min.js").data == script


def test_a_page_tells_dash_where_it_is(client):
    text = client.get(MISSION).text
    config = re.search(r'<script id="_dash-config"[^>]*>(.*?)</script>', text)
    assert config
    address = json.loads(config[1])["plotlyjs_url"]
    assert address.startswith("/assets/plotly.min.js?m=")
    assert client.get(address).cache_control.immutable


def test_the_licences_of_all_that_is_in_it_are_served(client):
    words = client.get("/assets/plotly.licences.txt").text
    for package in ("plotly.js 4.", "@plotly/d3 ", "d3-format ", "culori "):
        assert f"\n{package}" in words or words.startswith(package)
