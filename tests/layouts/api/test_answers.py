"""What the API answers with: the declared shapes, and the figures that the pages show."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import urlsplit

import pytest

from data.reads import read_series
from layouts.api.catalogue_answers import break_record
from layouts.api.endpoints import body_model
from layouts.api.table import ENDPOINTS
from layouts.api.writing import columns
from metrics.definition import Break
from metrics.figure import figure_id, figures_of

BY_PATH = {endpoint.path: endpoint for endpoint in ENDPOINTS}
GIGABIT = "metrics/gigabit-broadband/observations"
# Each kind of address, with choices and without.
ASKED = [
    ("missions", "missions"),
    ("metrics", "metrics"),
    ("metrics", "metrics?as_of=2020-01-01"),
    ("metrics/{id}", "metrics/healthy-life-expectancy-male"),
    ("metrics/{id}", "metrics/neighbourhood-crime"),
    ("metrics/{id}", "metrics/population-under-devolution-deal?as_of=2024-06-30"),
    ("metrics/{id}/observations", f"{GIGABIT}?limit=20"),
    ("metrics/{id}/observations", "metrics/cancer-early-diagnosis/observations?limit=2000"),
    ("metrics/{id}/observations", "metrics/neighbourhood-crime/observations"),
    (
        "metrics/{id}/observations",
        "metrics/early-learning-goals/observations?breakdown=learning-goal%3Dliteracy&limit=9",
    ),
    ("areas", "areas?limit=50&offset=100"),
    ("areas", "areas?type=combined%20authority"),
    ("areas/{code}", "areas/E08000025"),
    ("areas/{code}", "areas/E08000019?as_of=2024-01-31"),
    ("areas/{code}", "areas/E47000007"),
    ("figures", "figures?metric=median-weekly-pay&area=E08000025,E08000026&breakdown=none"),
    ("figures", "figures?area=E08000031"),
    ("vintages", "vintages"),
    ("vintages", "vintages?dataset=employment-rate&as_of=2026-06-30"),
]


def table(response):
    rows = list(csv.DictReader(io.StringIO(response.text)))
    for row in rows:
        assert None not in row, "a row has more cells than there are columns"
        assert None not in row.values(), "a row has fewer cells than there are columns"
    return rows


@pytest.mark.parametrize(("path", "asked"), ASKED)
def test_every_answer_has_its_declared_shape_in_both_forms(api, path, asked):
    endpoint = BY_PATH[path]
    response = api.get(f"/api/v1/{asked}")
    assert response.status_code == 200, response.text
    assert response.mimetype == "application/json"
    document = body_model(endpoint).model_validate_json(response.data, strict=True)
    assert document.about.source
    assert document.about.licence or not document.about.known_on
    items = document.items if endpoint.several else [document.item]
    response = api.get(f"/api/v1/{asked}", headers={"Accept": "text/csv"})
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    rows = table(response)
    inner = [getattr(item, endpoint.table) for item in items] if endpoint.table else [items]
    assert len(rows) == sum(len(several) for several in inner)
    for row in rows:
        assert list(row) == columns(endpoint)
        assert {"source", "licence", "known_on"} <= set(row)


def test_the_addresses_that_a_figure_gives_lead_to_what_became_of_it(api):
    items = api.get("/api/v1/figures?area=E08000025,E47000007").json["items"]
    assert len(items) > 60
    model = body_model(BY_PATH["figures/{id}"])
    for item in items[::30]:
        response = api.get(item["then_and_now"])
        found = model.model_validate_json(response.data, strict=True).item
        assert found.figure_id == item["figure_id"]
        assert found.figure == item["figure"]
        assert (found.standing, found.obs_value) == ("current", item["obs_value"])
        assert item["sentence"] in (found.sentence, "")
        assert sum(held.cited for held in found.history) == 1
        path, query = urlsplit(item["then_and_now"])[2:4]
        assert len(table(api.get(f"{path}.csv?{query}"))) == len(found.history)


def test_a_figure_that_was_revised_says_so(api):
    """Wolverhampton's gigabit coverage moved from vintage to vintage; a period has its history."""
    then = api.get(f"/api/v1/{GIGABIT}?area=E08000031&as_of=2025-01-01").json["items"]
    now = {
        one["time_period"]: one["figure_id"]
        for one in api.get(f"/api/v1/{GIGABIT}?area=E08000031").json["items"]
    }
    assert len(then) < len(now)
    for one in then:
        figure = api.get("/api/v1/figures?metric=gigabit-broadband&area=E08000031&as_of=2025-01-01")
        address = next(
            item["then_and_now"]
            for item in figure.json["items"]
            if item["figure_id"] == one["figure_id"]
        )
        standing = api.get(address).json["item"]["standing"]
        assert (standing == "current") == (now.get(one["time_period"]) == one["figure_id"])


def test_the_pages_of_observations_are_the_series_with_the_ids_that_citations_have(
    api, built_store
):
    address, found = f"/api/v1/{GIGABIT}?limit=1500", []
    while address:
        response = api.get(address)
        found += response.json["items"]
        links = {
            relation: target
            for target, relation in re.findall(r'<([^>]+)>; rel="(\w+)"', response.headers["Link"])
        }
        assert {"first", "last"} <= set(links)
        address = links.get("next")
    with built_store.connect() as connection:
        frame = read_series(connection, "gigabit-broadband")
    cited = figures_of(frame, "gigabit-broadband", "", found[0]["dataset"])
    assert response.json["total"] == len(found) == len(frame)
    assert {one["figure_id"] for one in found} == {figure_id(one) for one in cited}
    by_key = {(one["ref_area"], one["period_start"]): one["obs_value"] for one in found}
    for row in frame.head(500).itertuples():
        assert by_key[row.ref_area, row.period_start.isoformat()] == pytest.approx(row.value)


def test_an_earlier_day_gives_the_figures_of_that_day_and_says_so(api):
    now = api.get(f"/api/v1/{GIGABIT}?area=E08000025").json
    then = api.get(f"/api/v1/{GIGABIT}?area=E08000025&as_of=2024-01-31").json
    never = api.get(f"/api/v1/{GIGABIT}?area=E08000025&as_of=1999-12-31").json
    assert now["total"] > then["total"] > never["total"] == 0
    assert then["about"]["as_of"] == "2024-01-31"
    assert then["about"]["known_on"] <= "2024-01-31" < now["about"]["known_on"]
    assert never["about"]["known_on"] is None
    assert all(one["known_since"] <= "2024-01-31" for one in then["items"])


def test_a_blank_is_null_with_a_status_and_an_empty_cell_in_the_table(api):
    asked = "/api/v1/metrics/cancer-early-diagnosis/observations?limit=2000"
    blanks = [one for one in api.get(asked).json["items"] if one["obs_value"] is None]
    assert blanks
    assert all(one["obs_status"] for one in blanks)
    cells = table(api.get(asked.replace("observations", "observations.csv")))
    assert sum(row["obs_value"] == "" for row in cells) == len(blanks)


def test_a_place_is_found_under_its_older_code(api):
    for path in ("areas/E08000039", "figures?area=E08000039"):
        answer = api.get(f"/api/v1/{path}").json
        figures = answer["items"] if "items" in answer else answer["item"]["figures"]
        assert {one["metric"] for one in figures} > {"employment-rate", "median-weekly-pay"}


def test_verdicts_are_those_of_the_pages(api):
    missions = api.get("/api/v1/missions").json["items"]
    assert [mission["number"] for mission in missions] == list(range(1, 13))
    clauses = [clause for mission in missions for clause in mission["clauses"]]
    assert all(clause["sentence"] for clause in clauses)
    deal = next(clause for clause in clauses if clause["mission"] == 12)
    page = api.get("/missions/devolution").text
    assert deal["verdict"] is None or deal["verdict"] in page


def test_a_change_of_method_carries_its_declared_link():
    declared = {
        "factor": 1.04,
        "applies_to": "before",
        "named": "the publisher's factor",
        "url": "https://publisher.example.org/factor",
        "reason": "The publisher ran both surveys for a year.",
    }
    cut = Break(starts="2020-01-01", reason="A new survey.", link=declared)
    assert break_record(cut).model_dump()["link"] == declared
    assert break_record(cut.model_copy(update={"link": None})).link is None
