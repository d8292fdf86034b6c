"""`openapi.json` and the guide say what is so."""

from __future__ import annotations

import re

import pytest
from openapi_spec_validator import validate

from data.store import PROJECT
from layouts.api.endpoints import ROOT
from layouts.api.figure_records import ObservationRecord
from layouts.api.records import Record
from layouts.api.table import ENDPOINTS
from layouts.api.writing import columns, write_cell

GUIDE = (PROJECT / "docs" / "api.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def description(api):
    return api.get("/api/v1/openapi.json").json


def test_the_description_is_valid_and_names_every_address(description):
    validate(description)
    assert description["openapi"] == "3.1.0"
    assert list(description["paths"]) == [f"/{endpoint.path}" for endpoint in ENDPOINTS]
    assert description["servers"] == [{"url": ROOT}]


def test_every_field_and_parameter_says_what_it_is(description):
    for name, schema in description["components"]["schemas"].items():
        if name.endswith("Answer"):
            continue
        for field, told in schema["properties"].items():
            assert told.get("description"), f"{name}.{field}"
    for operation in description["paths"].values():
        for parameter in operation["get"]["parameters"]:
            assert parameter["description"]


def test_columns_are_those_that_statistics_offices_use(description):
    names = columns(next(one for one in ENDPOINTS if one.row is ObservationRecord))
    assert {"obs_value", "obs_status", "ref_area", "time_period", "unit_measure"} <= set(names)
    assert {"lower_95", "upper_95", "figure_id", "source", "licence", "known_on"} <= set(names)
    assert len(names) == len(set(names))


def test_the_guide_names_every_address_and_parameter():
    for endpoint in ENDPOINTS:
        assert f"`{ROOT}/{endpoint.path}`" in GUIDE
        for parameter in endpoint.parameters:
            assert f"`{parameter.name}`" in GUIDE
    told = set(re.findall(r"`/api/v1/([^`?]*)`", GUIDE))
    assert told <= {endpoint.path for endpoint in ENDPOINTS} | {"", "openapi.json"}


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+44", "'+44"),
        ("-cmd", "'-cmd"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        (["=1", "two"], "'=1; two"),
        ("a\0b", "ab"),
        ("\0=1", "'=1"),
        ("plain", "plain"),
        (-5.25, -5.25),
        (0, 0),
        (None, ""),
        (True, "true"),
        ([], ""),
    ],
)
def test_no_cell_is_taken_for_a_formula_and_numbers_stay_numbers(value, cell):
    assert write_cell(value) == cell


def test_a_shape_refuses_what_it_does_not_declare():
    assert Record.model_config["extra"] == "forbid"
