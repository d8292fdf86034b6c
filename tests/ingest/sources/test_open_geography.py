"""The Open Geography Portal: pages, errors that come as answers, lookups and boundaries."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from ingest.faults import Refused
from ingest.sources.open_geography import fetch_all, layer_id, query_url, read_answer, service_url
from ingest.sources.open_geography_files import (
    BoundaryLayer,
    LookupTable,
    read_boundaries,
    read_lookup,
)
from tests.ingest.sources.mutations import as_csv_bytes, damaged_bytes, damaged_rows

FIELDS = ("LAD25CD", "LAD25NM")
ERROR = b'{"error":{"code":400,"message":"Invalid URL","details":[]}}'
SERVICE = b"""{"maxRecordCount":2000,"layers":[{"id":1,"name":"CAUTH_DEC_2025_EN_BSC"}],
"tables":[{"id":3,"name":"LAD25_CAUTH25_EN_LU"}]}"""
LOOKUP = b"""\
LAD25CD,LAD25NM,CAUTH25CD,CAUTH25NM,ObjectId
E08000025,Birmingham,E47000007,West Midlands,1
E08000026,Coventry,E47000007,West Midlands,2
E08000001,Bolton,E47000001,Greater Manchester,3
"""
TO_COMBINED = LookupTable(
    code="LAD25CD",
    name="LAD25NM",
    parent_code="CAUTH25CD",
    parent_name="CAUTH25NM",
    code_pattern="E0[6-9][0-9]{6}",
    parent_pattern="E47[0-9]{6}",
)
SQUARE = [[-2.0, 52.0], [-1.5, 52.0], [-1.5, 52.5], [-2.0, 52.0]]
LAYER = BoundaryLayer(
    code="LAD25CD", name="LAD25NM", code_pattern="E0[6-9][0-9]{6}", system="EPSG:4326"
)


def portal(total: int, at_once: int, geometry: bool = False) -> Callable[[str], bytes]:
    """A portal of `total` areas that gives `at_once` of them for each request."""

    def fetch(url: str) -> bytes:
        skip = int(parse_qs(urlsplit(url).query)["resultOffset"][0])
        numbers = range(skip, min(skip + at_once, total))
        held = "properties" if geometry else "attributes"
        features = [{held: {"LAD25CD": f"E08{n:06}", "LAD25NM": f"Place {n}"}} for n in numbers]
        more = {"exceededTransferLimit": True} if skip + at_once < total else {}
        return json.dumps(
            {"features": features, **({"properties": more} if geometry else more)}
        ).encode()

    return fetch


@pytest.mark.parametrize(("total", "at_once"), [(5, 2), (4, 2), (3, 10), (0, 5), (7, 1)])
@pytest.mark.parametrize("geometry", [False, True])
def test_pages_are_fetched_until_there_are_no_more(
    total: int, at_once: int, geometry: bool
) -> None:
    fetch = portal(total, at_once, geometry)
    features = fetch_all(fetch, "LAD25", 0, FIELDS, geometry=geometry)
    held = [f["properties"] if geometry else f for f in features]
    assert [f["LAD25CD"] for f in held] == [f"E08{n:06}" for n in range(total)]


def test_a_page_that_repeats_promises_or_lacks_is_refused() -> None:
    first = portal(5, 2)("https://x/?resultOffset=0")
    with pytest.raises(Refused, match="again"):
        fetch_all(lambda _: first, "LAD25", 0, FIELDS)
    empty = b'{"features":[],"exceededTransferLimit":true}'
    with pytest.raises(Refused, match="there are more"):
        fetch_all(lambda _: empty, "LAD25", 0, FIELDS)
    with pytest.raises(Refused, match="the field 'LAD24CD'"):
        fetch_all(portal(1, 1), "LAD25", 0, ("LAD24CD",))
    with pytest.raises(Refused, match="a list of features"):
        fetch_all(lambda _: b"{}", "LAD25", 0, FIELDS)
    with pytest.raises(Refused, match="the field 'LAD25CD'"):
        fetch_all(lambda _: b'{"features":["E08000025"]}', "LAD25", 0, FIELDS)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (ERROR, "Invalid URL"),
        (b'{"error":"no"}', "an error"),
        (b"[]", "a JSON object"),
        (b"<html>", "a whole answer in JSON"),
        (b'{"features":[', "a whole answer in JSON"),
        (b"", "a whole answer in JSON"),
        (b"[" * 100_000, "a whole answer in JSON"),
        (b"\xff\xfe", "a whole answer in JSON"),
    ],
)
def test_an_error_that_comes_as_an_answer_is_refused(answer: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read_answer(answer, "x")
    with pytest.raises(Refused, match=words):
        fetch_all(lambda _: answer, "LAD25", 0, FIELDS)


def test_layers_are_found_by_name() -> None:
    assert layer_id(SERVICE, r"CAUTH_DEC_2025_EN_B.C", "x") == 1
    assert layer_id(SERVICE, r"LAD25_CAUTH25_EN_LU", "x") == 3
    with pytest.raises(Refused, match="one layer named"):
        layer_id(SERVICE, r"LAD.*BUC", "x")
    with pytest.raises(Refused, match="2 among"):
        layer_id(SERVICE, r".*", "x")
    with pytest.raises(Refused, match="Invalid URL"):
        layer_id(ERROR, r".*", "x")
    with pytest.raises(Refused, match="0 among none"):
        layer_id(b'{"layers":5,"tables":["LAD25"]}', r".*", "x")


def test_urls() -> None:
    assert service_url("A_B").endswith("/A_B/FeatureServer?f=json")
    asked = parse_qs(urlsplit(query_url("A_B", 1, FIELDS, True, 2000)).query)
    assert asked["resultOffset"] == ["2000"]
    assert (asked["f"], asked["outSR"], asked["orderByFields"]) == (
        ["geojson"],
        ["4326"],
        ["LAD25CD"],
    )


def test_a_lookup() -> None:
    members = read_lookup(LOOKUP, TO_COMBINED, "lookup.csv")
    assert [one.code for one in members if one.parent_code == "E47000007"] == [
        "E08000025",
        "E08000026",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"CAUTH25CD", b"CAUTH24CD"),
        (b"E08000026,", b"E12000005,"),
        (b"E08000026,", b"E08000025,"),
        (b"E47000007,West Midlands,2", b"E47000007,West Yorkshire,2"),
        (b"E47000007,West Midlands,2", b"E12000005,West Midlands,2"),
        (b"Coventry", b""),
        (b"Coventry", b"Dudley"),
        (b"E08000026,", b"E08000027,"),
    ],
)
def test_a_broken_lookup_is_refused(old: bytes, new: bytes) -> None:
    with pytest.raises(Refused):
        read_lookup(LOOKUP.replace(old, new), TO_COMBINED, "lookup.csv")


@pytest.mark.parametrize("seed", range(30))
def test_damage_never_moves_an_area_silently(seed: int) -> None:
    rows = list(csv.reader(io.StringIO(LOOKUP.decode())))
    good = sorted((one.code, one.parent_code) for one in read_lookup(LOOKUP, TO_COMBINED, "x"))
    _, damaged = damaged_rows(
        [[*r[:4], r[4] + ".5" * bool(n)] for n, r in enumerate(rows)], [4], seed
    )
    damaged_files = [("rows", as_csv_bytes(damaged)), *damaged_bytes(LOOKUP, seed)]
    for what, content in damaged_files:
        try:
            read = read_lookup(content, TO_COMBINED, "x")
        except Refused:
            continue
        assert sorted((one.code, one.parent_code) for one in read) == good, what


def boundaries(**changes: Any) -> bytes:
    feature = {
        "type": "Feature",
        "properties": {"lad25cd": "E08000025", "lad25nm": "Birmingham"},
        "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
    }
    return json.dumps({"type": "FeatureCollection", "features": [feature | changes]}).encode()


def test_field_names_in_either_case() -> None:
    (area,) = read_boundaries(boundaries(), LAYER, "x")
    assert (area.code, area.name, area.polygons) == ("E08000025", "Birmingham", ([SQUARE],))


@pytest.mark.parametrize(
    "content",
    [
        ERROR,
        b"{}",
        b'{"type":"FeatureCollection","features":[]}',
        boundaries(properties={"LAD25CD": "E08000025"}),
        boundaries(properties={"LAD25CD": "Birmingham", "LAD25NM": "E08000025"}),
        boundaries(properties={"LAD24CD": "E08000025", "LAD24NM": "Birmingham"}),
        boundaries(properties={"LAD25CD": "E08000025", "LAD25NM": "Coventry"}),
        boundaries(properties=None),
        boundaries(properties=["LAD25CD"]),
        boundaries(geometry=["Polygon"]),
        boundaries().replace(b'"features"', b'"crs":["EPSG:27700"],"features"')[:-2] + b",1]}",
        boundaries(geometry=None),
        boundaries(geometry={"type": "Point", "coordinates": [1, 52]}),
        boundaries(geometry={"type": "Polygon", "coordinates": [SQUARE[:-1]]}),
        boundaries(geometry={"type": "Polygon", "coordinates": [SQUARE[:2]]}),
        boundaries(geometry={"type": "Polygon", "coordinates": [[p[::-1] for p in SQUARE]]}),
        boundaries(geometry={"type": "Polygon", "coordinates": [[[4e5, 3e5]] * 4]}),
        boundaries(geometry={"type": "Polygon", "coordinates": [[["a", "b"]] * 4]}),
        boundaries(geometry={"type": "Polygon", "coordinates": [[[float("nan"), 52]] * 4]}),
        boundaries(geometry={"type": "Polygon", "coordinates": []}),
        boundaries(geometry={"type": "MultiPolygon", "coordinates": [[]]}),
        boundaries(geometry={"type": "Polygon", "coordinates": None}),
        boundaries().replace(
            b'"features"', b'"crs":{"properties":{"name":"EPSG:27700"}},"features"'
        ),
        boundaries().replace(b"}]}", b"},{}]}"),
        boundaries()[:-20],
    ],
)
def test_broken_boundaries_are_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        read_boundaries(content, LAYER, "x")


@pytest.mark.recordings
@pytest.mark.parametrize(
    ("name", "code", "pattern", "system", "count"),
    [
        ("lad22_buc.geojson", "LAD22", "[EWSN][0-9]{8}", "EPSG:27700", 374),
        ("rgn22_buc.geojson", "RGN22", "E12[0-9]{6}", "EPSG:27700", 9),
        ("rgn16_geojson.json", "RGN16", "E12[0-9]{6}", "EPSG:4326", 9),
        (
            "Combined_Authorities_(December_2021)_EN_BGC.geojson",
            "CAUTH21",
            "E47[0-9]{6}",
            "EPSG:4326",
            10,
        ),
        (
            "Combined_Authorities_May_2023_Boundaries_EN_BUC_529823327652397380.geojson",
            "CAUTH24",
            "E47[0-9]{6}",
            "EPSG:4326",
            11,
        ),
        ("lad14_geojson_TRIMMED.json", "LAD14", "[EWSN][0-9]{8}", "EPSG:4326", 7),
    ],
)
def test_recorded_boundaries(
    recordings: Path, name: str, code: str, pattern: str, system: Any, count: int
) -> None:
    path = recordings / "publishers/geoportal" / name
    declared = BoundaryLayer(
        code=f"{code}CD", name=f"{code}NM", code_pattern=pattern, system=system
    )
    areas = read_boundaries(path.read_bytes(), declared, name)
    assert len(areas) == count
    if code == "LAD22":
        assert {f"E080000{n}" for n in range(25, 32)} <= {area.code for area in areas}


@pytest.mark.recordings
def test_a_recorded_lookup(recordings: Path) -> None:
    name = "Local_Authority_District_to_Combined_Authority_(May_2025)_Lookup_in_EN.csv"
    content = (recordings / "publishers/geoportal" / name).read_bytes()
    members = read_lookup(content, TO_COMBINED, name)
    assert len(members) == 106
    west_midlands = sorted(one.code for one in members if one.parent_code == "E47000007")
    assert west_midlands == [f"E080000{n}" for n in range(25, 32)]
    read = partial(read_lookup, file=name)
    with pytest.raises(Refused, match="LAD24CD"):
        read(content, LookupTable(
            code="LAD24CD", name="LAD25NM", parent_code="CAUTH25CD", parent_name="CAUTH25NM",
            code_pattern="E.*", parent_pattern="E.*"))  # fmt: skip
