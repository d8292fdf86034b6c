"""Versions of a table on the publisher's repository, whose answers are written by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import requests
import responses

from ingest.faults import Refused
from ingest.fetching import FetchError
from ingest.sources.els_datasets import REPOSITORY
from ingest.versions import MOST_PAGES, Version, live_versions, one_a_day
from tests.ingest.examples import DATASET

LISTING = f"https://api.github.com/repos/{REPOSITORY}/commits"
RAW = f"https://raw.githubusercontent.com/{REPOSITORY}"
FILE = f"{DATASET}/{DATASET}.csv"
COMMITS = {"a" * 40: "2024-01-10T12:00:00Z", "b" * 40: "2025-01-10T12:00:00Z"}


def answer(commits: Mapping[str, str], page: int = 1, **more: Any) -> None:
    listed = [{"sha": sha, "commit": {"committer": {"date": day}}} for sha, day in commits.items()]
    responses.get(
        LISTING,
        json=listed,
        match=[
            responses.matchers.query_param_matcher({"path": FILE, "per_page": 100, "page": page})
        ],
        **more,
    )


def raw(commit: str, content: bytes) -> None:
    responses.get(f"{RAW}/{commit}/{FILE}", body=content, content_type="text/plain")


@responses.activate
def test_the_history_is_fetched_once_and_asked_for_again_on_a_condition(tmp_path: Path) -> None:
    answer(COMMITS, headers={"ETag": '"one"'})
    for number, commit in enumerate(COMMITS):
        raw(commit, f"{number}\n".encode())
    session = requests.Session()
    first = live_versions(session, DATASET, tmp_path)
    assert [(str(one.known_on), one.content) for one in first] == [
        ("2024-01-10", b"0\n"),
        ("2025-01-10", b"1\n"),
    ]
    responses.reset()
    responses.get(
        LISTING,
        status=304,
        match=[responses.matchers.header_matcher({"If-None-Match": '"one"'})],
    )
    assert live_versions(session, DATASET, tmp_path) == first
    assert len(responses.calls) == 1


@responses.activate
def test_every_page_of_the_list_is_read(tmp_path: Path) -> None:
    many = {f"{number:040d}": "2024-01-10T12:00:00Z" for number in range(100)}
    answer(many)
    answer({"b" * 40: "2025-01-10T12:00:00Z"}, page=2)
    for commit in (*many, "b" * 40):
        raw(commit, commit.encode())
    found = live_versions(requests.Session(), DATASET, tmp_path)
    assert [one.commit for one in found] == [f"{99:040d}", "b" * 40]


@responses.activate
def test_a_list_without_end_is_given_up(tmp_path: Path) -> None:
    many = {f"{number:040d}": "2024-01-10T12:00:00Z" for number in range(100)}
    for page in range(1, MOST_PAGES + 1):
        answer(many, page=page)
    for commit in many:
        raw(commit, b"x")
    with pytest.raises(FetchError, match="more than 500 versions"):
        live_versions(requests.Session(), DATASET, tmp_path)


@pytest.mark.parametrize(
    "body", ['{"message": "rate limit"}', '[{"sha": "../../x"}]', "[1]", "nothing"]
)
@responses.activate
def test_a_list_that_is_none_is_refused_and_not_kept(tmp_path: Path, body: str) -> None:
    responses.get(LISTING, body=body, content_type="application/json")
    with pytest.raises(Refused, match="a list of commits, each with its sha"):
        live_versions(requests.Session(), DATASET, tmp_path)
    assert list(tmp_path.rglob("*.json")) == []


@responses.activate
def test_a_version_that_cannot_be_had_stops_the_walk_and_keeps_the_others(
    tmp_path: Path,
) -> None:
    answer(COMMITS)
    raw("a" * 40, b"0\n")
    responses.get(f"{RAW}/{'b' * 40}/{FILE}", status=404)
    with pytest.raises(FetchError, match="HTTP 404"):
        live_versions(requests.Session(), DATASET, tmp_path)
    assert (tmp_path / ("a" * 40) / FILE).read_bytes() == b"0\n"


def test_versions_are_put_in_the_order_of_their_time() -> None:
    versions = {
        stamp: Version(DATASET, datetime.fromisoformat(stamp).date(), stamp, "", stamp.encode())
        for stamp in ("2025-02-01T08:00", "2024-01-01T08:00", "2025-02-01T07:00")
    }
    dated = [(datetime.fromisoformat(stamp), one) for stamp, one in versions.items()]
    assert [one.commit for one in one_a_day(dated)] == ["2024-01-01T08:00", "2025-02-01T08:00"]
