"""Whatever is asked of the API, it answers with what it holds or with a problem document."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

NASTY = (
    "%00",
    "a%00b",
    "%0d%0aSet-Cookie:%20a=b",
    "%ff%fe",
    "%",
    "%zz",
    "' OR '1'='1",
    "1; DROP TABLE observation;--",
    "%27%20UNION%20SELECT%20sha256%20FROM%20retrieval--",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "../../../etc/passwd",
    "=cmd|' /C calc'!A0",
    "9" * 400,
    "-1",
    "1e9",
    "NaN",
    "0x10",
    "١٢٣",
    "𝟙",
    "é" * 200,
    "\u202e",
    "2024-13-01",
    "0000-00-00",
    "2024-01-01T00:00:00Z",
    "99999-01-01",
    ",,,,",
    ",".join(["E08000025"] * 80),
    ",".join(f"E0{number:07}" for number in range(60)),
    "null",
)
PATHS = (
    "metrics?as_of={0}",
    "metrics/{0}",
    "metrics/gigabit-broadband/observations?area={0}",
    "metrics/gigabit-broadband/observations?limit={0}&offset={0}",
    "metrics/gigabit-broadband/observations.csv?from={0}&to={0}&breakdown={0}",
    "areas/{0}",
    "areas?type={0}",
    "figures?metric={0}",
    "figures?area={0}",
    "figures/{0}",
    "figures/aaaaaaaaaaaa?metric={0}&area={0}&period={0}&dataset={0}&value={0}&basis={0}",
    "vintages?dataset={0}",
    "{0}",
    "metrics?{0}",
)


@pytest.mark.parametrize("path", PATHS)
def test_nothing_that_is_asked_makes_it_fail(api, path):
    for word in NASTY:
        response = api.get(f"/api/v1/{path.format(word)}")
        assert response.status_code in (200, 400, 404), (path, word, response.text)
        assert "Set-Cookie" not in response.headers
        if response.status_code != 200:
            assert response.mimetype == "application/problem+json"
            assert response.json["faults"], (path, word)
            assert "\n" not in response.headers.get("Link", "")


@pytest.mark.parametrize(
    "query",
    [
        "&".join(f"area=E0800002{number}" for number in range(5, 9)),
        "as_of=2024-01-01&as_of=2024-01-02",
        "limit=1&limit=1&limit=2",
        "x" * 2001,
        "&".join(["limit=5"] * 200),
        "&".join(f"name{number}=1" for number in range(100)),
        "=",
        "&&&&",
        "=1",
        "limit",
    ],
)
def test_parameters_given_again_and_again_are_no_failure(api, query):
    response = api.get(f"/api/v1/metrics/gigabit-broadband/observations?{query}")
    assert response.status_code in (200, 400)


@given(
    st.sampled_from(["metrics", "metrics/gigabit-broadband/observations", "areas", "figures"]),
    st.dictionaries(
        st.sampled_from(["as_of", "area", "limit", "offset", "from", "to", "type", "metric"]),
        st.text(max_size=30),
        max_size=4,
    ),
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_in_any_parameter_makes_it_fail(api, path, choices):
    response = api.get(f"/api/v1/{path}", query_string=choices)
    assert response.status_code in (200, 400)


@pytest.mark.parametrize("name", ["If-None-Match", "Accept", "Accept-Encoding", "Range", "Origin"])
@pytest.mark.parametrize("value", ['"', "*", "W/", "a" * 5000, ";q=;", "bytes=0-1", "é"])
def test_no_header_makes_it_fail(api, name, value):
    response = api.get("/api/v1/metrics/gigabit-broadband", headers={name: value})
    assert response.status_code in (200, 304, 406)
