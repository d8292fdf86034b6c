"""How answers of the API travel: form, caching, other sites, methods and errors."""

from __future__ import annotations

import pytest

from layouts.api.keeping import KeptBodies
from layouts.api.problems import ProblemRecord
from layouts.shell import create_app
from metrics.figure import Figure, address

METRIC = "/api/v1/metrics/gigabit-broadband"


def problem(response, status):
    assert response.status_code == status, response.text
    assert response.mimetype == "application/problem+json"
    assert "no-store" in response.headers["Cache-Control"]
    found = ProblemRecord.model_validate_json(response.data, strict=True)
    assert found.status == status
    return found


@pytest.mark.parametrize(
    ("path", "accept", "mimetype"),
    [
        (METRIC, None, "application/json"),
        (METRIC, "*/*", "application/json"),
        (METRIC, "text/html,*/*;q=0.8", "application/json"),
        (METRIC, "text/csv", "text/csv"),
        (METRIC, "text/csv;q=0.5, application/json;q=0.4", "text/csv"),
        (METRIC, "text/*", "text/csv"),
        # The ending of the path is what was asked for, whatever a program sends besides.
        (METRIC + ".csv", "application/json", "text/csv"),
        (METRIC + ".json", "text/csv", "application/json"),
        ("/api/v1/openapi.json", "text/csv", "application/json"),
    ],
)
def test_the_form_is_that_of_the_ending_or_what_the_caller_accepts(api, path, accept, mimetype):
    response = api.get(path, headers={"Accept": accept} if accept else {})
    assert (response.status_code, response.mimetype) == (200, mimetype)


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "text/csv;q=0", "a/b"])
def test_what_cannot_be_given_is_406_and_names_what_can(api, accept):
    found = problem(api.get(METRIC, headers={"Accept": accept}), 406)
    assert found.faults[0].parameter == "Accept"
    assert found.faults[0].valid == "application/json or text/csv"


@pytest.mark.parametrize("path", [METRIC, METRIC + ".csv", "/api/v1/openapi.json", "/api/v1/"])
def test_every_answer_can_be_kept_and_asked_about(api, path):
    first = api.get(path)
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert first.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    again = api.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert api.get(path, headers={"If-None-Match": '"another"'}).status_code == 200
    head = api.head(path)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == first.headers["ETag"]
    assert head.headers["Content-Length"] == str(len(first.data))


def test_json_and_csv_of_one_address_are_kept_apart(api):
    json, table = api.get(METRIC), api.get(METRIC, headers={"Accept": "text/csv"})
    assert json.headers["ETag"] != table.headers["ETag"]
    assert "Accept" in json.vary
    assert "Accept" in table.vary
    assert "Accept" not in api.get(METRIC + ".csv").vary


def test_a_compressed_answer_is_the_same_answer(api):
    packed = api.get("/api/v1/missions", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    tag = packed.headers["ETag"]
    again = api.get("/api/v1/missions", headers={"Accept-Encoding": "gzip", "If-None-Match": tag})
    assert again.status_code == 304


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_nothing_can_be_changed(api, method):
    response = api.open(METRIC, method=method)
    found = problem(response, 405)
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert "GET" in found.faults[0].valid


def test_a_browser_may_ask_from_any_page(api):
    response = api.options(METRIC)
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD"


@pytest.mark.parametrize(
    ("path", "parameter", "valid"),
    [
        ("/api/v2/metrics", "the path", "/api/v1/metrics"),
        ("/api/v1/metric", "the path", "/api/v1/metrics"),
        ("/api/v1/metrics/gigabit-broadbend", "id", "gigabit-broadband"),
        ("/api/v1/metrics/gigabit-broadbend/observations", "id", "gigabit-broadband"),
        ("/api/v1/areas/E08000099", "code", "/api/v1/areas"),
        ("/api/v1/figures/none", "id", "12 small letters"),
        ("/api/v1/metrics/gigabit-broadband.xml", "id", "gigabit-broadband"),
    ],
)
def test_what_is_not_there_is_404_and_says_what_is(api, path, parameter, valid):
    found = problem(api.get(path), 404)
    assert found.faults[0].parameter == parameter
    assert valid in found.faults[0].valid


@pytest.mark.parametrize(
    ("query", "parameter", "valid"),
    [
        ("as_off=2024-01-01", "as_off", "as_of"),
        ("as_of=", "as_of", "a value"),
        ("as_of=2024-02-30", "as_of", "2026-01-31"),
        ("as_of=9999-12-31", "as_of", "a date before"),
        ("limit=0", "limit", "from 1 to 2,000"),
        ("limit=2001", "limit", "from 1 to 2,000"),
        ("offset=-1", "offset", "from 0"),
        ("limit=10&limit=20", "limit", "one value"),
        ("breakdown=sex%3Dmale", "breakdown", "none"),
        ("area=Birmingham%20City", "area", "E08000025"),
        ("from=yesterday", "from", "2026-01-31"),
    ],
)
def test_a_bad_parameter_is_named_with_what_is_valid(api, query, parameter, valid):
    found = problem(api.get(f"{METRIC}/observations?{query}"), 400)
    assert [fault.parameter for fault in found.faults] == [parameter]
    assert valid in found.faults[0].valid


def test_every_fault_is_told_at_once(api):
    found = problem(api.get(f"{METRIC}/observations?limit=x&offset=y&as_of=z&w=1"), 400)
    assert {fault.parameter for fault in found.faults} == {"limit", "offset", "as_of", "w"}


def test_verdicts_of_an_earlier_day_are_refused_rather_than_given_for_today(api):
    found = problem(api.get("/api/v1/missions?as_of=2024-01-01"), 400)
    assert found.faults[0].valid == "one of: no parameter"


def test_an_altered_figure_is_refused(api):
    item = api.get("/api/v1/figures?area=E08000025&limit=1").json["items"][0]
    altered = item["then_and_now"].replace("value=", "value=1")
    found = problem(api.get(altered), 400)
    assert found.faults[0].parameter == "id"


def test_a_figure_that_was_never_published_says_so(api):
    invented = Figure(
        metric="gigabit-broadband",
        area="E08000025",
        period="2031-01-01/2031-01-31",
        dataset="gigabit-broadband",
        value="101",
    )
    answer = api.get(f"/api/v1{address(invented)}").json["item"]
    assert answer["standing"] == "never published"
    assert answer["standing_sentence"] == "No vintage that we hold ever said this."
    assert (answer["history"], answer["claims"], answer["current"]) == ([], [], None)


def test_a_store_that_is_not_there_is_503_and_the_description_still_answers(tmp_path, catalogue):
    server = create_app(catalogue, f"sqlite:///{tmp_path / 'none.sqlite'}").server
    client = server.test_client()
    response = client.get("/api/v1/metrics")
    found = problem(response, 503)
    assert response.headers["Retry-After"] == "60"
    assert str(tmp_path) not in found.model_dump_json()
    assert client.get("/api/v1/openapi.json").status_code == 200


def test_an_empty_store_answers_with_nothing(migrated_sqlite_file, catalogue):
    client = create_app(catalogue, f"sqlite:///{migrated_sqlite_file}").server.test_client()
    for path in ("missions", "metrics", "metrics/gigabit-broadband", "areas", "vintages"):
        answer = client.get(f"/api/v1/{path}")
        assert answer.status_code == 200
        assert answer.json["about"]["known_on"] is None
    assert client.get(f"{METRIC}/observations").json["total"] == 0


def test_kept_answers_go_when_there_is_no_more_room():
    kept = KeptBodies(most=10)
    first, second = ("s", "a", "", ""), ("s", "b", "", "")
    kept.keep(first, b"123456", "")
    kept.keep(first, b"1234567", "")
    assert kept.get(first) == (b"1234567", "")
    kept.keep(second, b"1234", "")
    assert kept.get(first) is None
    assert kept.get(second) == (b"1234", "")
    kept.keep(("s", "c", "", ""), b"x" * 11, "")
    assert kept.get(second) is None
