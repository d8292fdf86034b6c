"""Bytes held to the ids under which the publisher's repository names its files."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
import requests
import responses

from ingest.archive import Archive
from ingest.faults import Refused
from ingest.git_listing import GitListings, git_id
from ingest.sources.els_datasets import REPOSITORY
from ingest.versions import live_versions
from tests.ingest.examples import DATASET, declared, els_csv, els_json
from tests.ingest.product import GOOD, Product

TREE = f"https://api.github.com/repos/{REPOSITORY}/git/trees"
RAW = f"https://raw.githubusercontent.com/{REPOSITORY}"
TABLE = declared()


def listed(files: dict[str, bytes], commit: str = "main", **more: Any) -> responses.BaseResponse:
    tree = [{"path": path, "type": "blob", "sha": git_id(body)} for path, body in files.items()]
    body = {"sha": "1" * 40, "tree": tree, **more}
    return responses.add(responses.GET, f"{TREE}/{commit}", json=body)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"),
        (b"hello world\n", "3b18e512dba79e4c8300dd08aeb37f8e728b8dad"),
    ],
)
def test_ids_are_those_of_git(content: bytes, expected: str) -> None:
    assert git_id(content) == expected


@responses.activate
def test_recorded_bytes_and_what_becomes_of_them(recordings: Path) -> None:
    """A real file stands; with one byte more, or as a program saves it again, it does not."""
    name = "homicide-offences/homicide-offences.csv"
    content = (recordings / "ons_els" / "main" / name).read_bytes()
    listing = listed({name: content})
    listings = GitListings(requests.Session())
    assert listings.compare(name, content) == git_id(content)
    for changed in (content + b"\n", content.replace(b"\n", b"\r\n"), content[:-100]):
        with pytest.raises(Refused, match=f"expected the git id {git_id(content)}"):
            listings.compare(name, changed)
    assert listing.call_count == 1


@responses.activate
def test_bytes_that_are_others_are_refused_with_a_remedy() -> None:
    listed({"a.csv": b"1\n"})
    with pytest.raises(Refused) as refused:
        GitListings(requests.Session()).compare("a.csv", b"2\n")
    (fault,) = refused.value.faults
    assert fault.found == f"bytes with the git id {git_id(b'2' + bytes([10]))}"
    assert "pull again in ten minutes" in fault.remedy


@responses.activate
def test_a_file_that_the_repository_does_not_list_is_refused_unless_the_list_was_cut() -> None:
    listed({"a.csv": b"1\n"})
    listed({"a.csv": b"1\n"}, commit="c" * 40, truncated=True)
    listings = GitListings(requests.Session())
    with pytest.raises(Refused, match="a file that the repository lists"):
        listings.compare("b.csv", b"1\n")
    assert listings.compare("b.csv", b"1\n", "c" * 40) == ""


@pytest.mark.parametrize("status", [403, 404])
@responses.activate
def test_a_listing_that_cannot_be_had_keeps_nothing_back_and_is_not_asked_for_again(
    status: int,
) -> None:
    refused = responses.get(f"{TREE}/main", status=status)
    listings = GitListings(requests.Session())
    assert [listings.compare("a.csv", b"1\n") for _ in range(3)] == ["", "", ""]
    assert refused.call_count == 1


@pytest.mark.parametrize("body", ['{"message": "moved"}', '{"tree": [{"path": 1}]}', "[]", "no"])
@responses.activate
def test_a_listing_that_is_none_is_refused(body: str) -> None:
    responses.get(f"{TREE}/main", body=body, content_type="application/json")
    with pytest.raises(Refused, match="git/trees/main"):
        GitListings(requests.Session()).compare("a.csv", b"1\n")


@responses.activate
def test_pulled_bytes_are_compared_and_the_id_is_kept_with_them(product: Product) -> None:
    files = {TABLE.path("csv"): els_csv(*GOOD), TABLE.path("json"): els_json()}
    listed(files)
    responses.get(TABLE.csv_url, els_csv(*GOOD), content_type="text/plain")
    responses.get(TABLE.metadata_url, els_json(), content_type="text/plain")
    assert product.run("pull", "--known-on", "2026-01-10").exit_code == 0
    newest = Archive(product.places.archive).newest(DATASET)
    assert newest is not None
    assert [one.git_id for one in newest.retrieval.files] == [
        git_id(body) for body in files.values()
    ]
    other = els_csv(GOOD[0].replace("50.0", "51.0"), *GOOD[1:])
    responses.replace(responses.GET, TABLE.csv_url, other, content_type="text/plain")
    refused = product.run("pull", "--known-on", "2026-02-10")
    assert refused.exit_code == 1
    assert f"found bytes with the git id {git_id(other)}" in refused.stderr
    assert product.run("status").exit_code == 4


@responses.activate
def test_a_version_whose_bytes_are_others_is_neither_kept_nor_taken(tmp_path: Path) -> None:
    commit, path = "a" * 40, f"{DATASET}/{DATASET}.csv"
    one = [{"sha": commit, "commit": {"committer": {"date": "2024-01-10T12:00:00Z"}}}]
    responses.get(f"https://api.github.com/repos/{REPOSITORY}/commits", json=one)
    responses.get(f"{RAW}/{commit}/{path}", body=b"0\n", content_type="text/plain")
    listing = listed({path: b"1\n"}, commit)
    with pytest.raises(Refused, match=f"{path} at {commit}"):
        live_versions(requests.Session(), DATASET, tmp_path)
    assert not (tmp_path / commit).exists()
    responses.remove(listing)
    listed({path: b"0\n"}, commit)
    (version,) = live_versions(requests.Session(), DATASET, tmp_path)
    assert hashlib.sha256(b"0\n").hexdigest() == version.sha256
