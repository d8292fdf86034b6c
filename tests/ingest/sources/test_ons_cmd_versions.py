"""Which version is the newest, from what the service says of its tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.faults import Refused
from ingest.sources.ons_cmd_versions import about_url, newest_file_url

API = "https://api.beta.ons.gov.uk/v1/datasets"
FILES = "https://download.ons.gov.uk/downloads/datasets"


def answer(link: Any = f"{API}/gardens/editions/time-series/versions/4", **more: Any) -> bytes:
    about = {"id": "gardens", "links": {"latest_version": {"href": link, "id": "4"}}, **more}
    return json.dumps(about).encode()


def test_the_newest_version_leads_to_its_file() -> None:
    assert about_url("gardens") == f"{API}/gardens"
    assert newest_file_url(answer(), "gardens") == (
        f"{FILES}/gardens/editions/time-series/versions/4.csv"
    )


@pytest.mark.parametrize(
    ("table", "version"), [("wellbeing-local-authority", 4), ("gdp-by-local-authority", 2)]
)
def test_recorded_answers(recordings: Path, table: str, version: int) -> None:
    path = recordings / "publishers" / "ons_api_json" / f"datasets_{table}.json"
    assert newest_file_url(path.read_bytes(), table) == (
        f"{FILES}/{table}/editions/time-series/versions/{version}.csv"
    )


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (answer(id="other"), "column id: expected 'gardens'"),
        (answer(links={}), "links.latest_version"),
        (answer(link=4), "links.latest_version.href"),
        (answer(f"{API}/other/editions/time-series/versions/4"), "links.latest_version"),
        (answer(f"{API}/gardens/editions/time-series/versions/0"), "versions/<number>"),
        (answer(f"{API}/gardens/editions/time-series/versions/../4"), "versions/<number>"),
        (answer("https://example.org/gardens/editions/a/versions/4"), "versions/<number>"),
        (answer(f"{API.replace('.', 'x')}/gardens/editions/a/versions/4"), "versions/<number>"),
        (b"<html>Sign in</html>", "JSON in UTF-8"),
        (b"[]", "found '[]'"),
        (b"", "JSON in UTF-8"),
    ],
)
def test_an_answer_that_leads_nowhere_is_refused(content: bytes, found: str) -> None:
    with pytest.raises(Refused) as refused:
        newest_file_url(content, "gardens")
    assert found in str(refused.value)
    assert all(fault.remedy for fault in refused.value.faults)
