"""Files of the Open Geography Portal: lookups between areas in CSV, and boundaries in GeoJSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ingest.faults import Fault, Refused, quoted
from ingest.sources.area_names import OF_THE_CODE, is_of_another
from ingest.sources.csv_table import read_csv_text
from ingest.sources.open_geography import read_answer
from ingest.sources.readings import each_row
from ingest.sources.text_tables import check_columns

_LAYOUT = "see which edition the file is; then correct the declaration"
# Coordinates that the United Kingdom lies within, in each system: west, south, east, north.
_EXTENTS = {
    "EPSG:4326": (-9.5, 49.0, 2.5, 61.5),
    "EPSG:27700": (-120_000.0, 0.0, 680_000.0, 1_230_000.0),
}
_LONGITUDE_LATITUDE = "urn:ogc:def:crs:OGC:1.3:CRS84"
Ring = list[list[float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupTable:
    """What is known of a lookup: the columns of codes and names, and what the codes look like."""

    code: str
    name: str
    parent_code: str
    parent_name: str
    code_pattern: str
    parent_pattern: str


@dataclass(frozen=True, slots=True)
class Membership:
    """One area and the area that it belongs to."""

    code: str
    name: str
    parent_code: str
    parent_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryLayer:
    """What is known of a file of boundaries.

    Attributes:
        code, name: the fields; their case makes no difference, as the portal has changed it.
        code_pattern: what the codes look like.
        system: the system of coordinates.
    """

    code: str
    name: str
    code_pattern: str
    system: Literal["EPSG:4326", "EPSG:27700"]


@dataclass(frozen=True, slots=True)
class Boundary:
    """One area: polygons, each of an outer ring and the holes in it, of x and y."""

    code: str
    name: str
    polygons: tuple[list[Ring], ...]


def read_lookup(content: bytes, declared: LookupTable, file: str) -> tuple[Membership, ...]:
    """Read a lookup, in the order of the file.

    Raises:
        Refused: with every fault by row: columns that are absent, codes of another kind, an area
            with two parents, a code with two names.
    """
    table, faults = read_csv_text(content, file)
    columns = (declared.code, declared.name, declared.parent_code, declared.parent_name)
    check_columns(table, columns, file, faults, _LAYOUT)
    found: dict[str, Membership] = {}
    names: dict[str, str] = {}
    for number, row in each_row(table):
        one = Membership(*(row[column] for column in columns))
        for column, code, name, pattern in (
            (declared.code, one.code, one.name, declared.code_pattern),
            (declared.parent_code, one.parent_code, one.parent_name, declared.parent_pattern),
        ):
            if not re.fullmatch(pattern, code):
                expected = f"a code such as {quoted(pattern)}"
                faults.append(Fault(file, number, column, quoted(code), expected, _LAYOUT))
            if names.setdefault(code, name) != name or not name:
                expected = f"{quoted(names[code])}, as elsewhere beside {code}"
                faults.append(Fault(file, number, column, quoted(name), expected, _LAYOUT))
            if is_of_another(code, name):
                faults.append(Fault(file, number, column, quoted(name), OF_THE_CODE, _LAYOUT))
        if found.setdefault(one.code, one) != one:
            expected = f"{found[one.code].parent_code}, as an earlier row has for {one.code}"
            found_words = quoted(one.parent_code)
            column = declared.parent_code
            faults.append(Fault(file, number, column, found_words, expected, _LAYOUT))
    if faults:
        raise Refused(faults)
    return tuple(found.values())


def read_boundaries(content: bytes, declared: BoundaryLayer, file: str) -> tuple[Boundary, ...]:
    """Read a file of boundaries, in the order of the codes; the row of a message is the feature.

    Raises:
        Refused: with every fault: an error of the service, another system of coordinates, fields
            that are absent, codes of another kind or repeated, shapes that are not closed, or
            that lie outside the United Kingdom.
    """
    answer = read_answer(content, file)
    features = answer.get("features")
    if answer.get("type") != "FeatureCollection" or not isinstance(features, list) or not features:
        found = quoted(answer.get("type", "nothing"))
        expected = "a GeoJSON collection of features"
        raise Refused([Fault(file, None, "", found, expected, _LAYOUT)])
    system = _object(_object(answer.get("crs")).get("properties")).get("name", _LONGITUDE_LATITUDE)
    system = "EPSG:4326" if system == _LONGITUDE_LATITUDE else system
    if system != declared.system:
        fault = Fault(file, None, "crs", quoted(system), quoted(declared.system), _LAYOUT)
        raise Refused([fault])
    faults: list[Fault] = []
    found_areas: dict[str, Boundary] = {}
    for number, feature in enumerate(features, start=1):
        area = _boundary(number, feature, declared, file, faults)
        if area is not None and area.code in found_areas:
            found = f"{quoted(area.code)} again"
            faults.append(Fault(file, number, declared.code, found, "each area once", _LAYOUT))
        elif area is not None:
            found_areas[area.code] = area
    if faults:
        raise Refused(faults)
    return tuple(found_areas[code] for code in sorted(found_areas))


def _boundary(
    number: int, feature: Any, declared: BoundaryLayer, file: str, faults: list[Fault]
) -> Boundary | None:
    def fault(column: str, found: object, expected: str) -> None:
        faults.append(Fault(file, number, column, quoted(found), expected, _LAYOUT))

    feature = _object(feature)
    properties = _object(feature.get("properties"))
    fields = {str(key).lower(): value for key, value in properties.items()}
    code, name = fields.get(declared.code.lower()), fields.get(declared.name.lower())
    if not isinstance(code, str) or not re.fullmatch(declared.code_pattern, code):
        fault(declared.code, code, f"a code such as {quoted(declared.code_pattern)}")
        return None
    if not isinstance(name, str) or not name.strip():
        fault(declared.name, name, "the name of the area")
        return None
    if is_of_another(code, name):
        fault(declared.name, name, OF_THE_CODE)
    geometry = _object(feature.get("geometry"))
    polygons: Any = geometry.get("coordinates")
    if geometry.get("type") == "Polygon":
        polygons = [polygons]
    elif geometry.get("type") != "MultiPolygon":
        fault("geometry", geometry.get("type"), "a Polygon or a MultiPolygon")
        return None
    west, south, east, north = _EXTENTS[declared.system]
    try:
        for ring in _rings(polygons):
            if len(ring) < 4 or ring[0] != ring[-1]:
                fault("geometry", f"a ring of {len(ring)} points", "a closed ring")
                return None
            outside = [p for p in ring if not (west <= p[0] <= east and south <= p[1] <= north)]
            if outside:
                fault("geometry", outside[0], f"x and y of {declared.system} within the country")
                return None
    except (TypeError, ValueError, IndexError):
        fault("geometry", "coordinates that are no numbers", "rings of x and y")
        return None
    return Boundary(code, name.strip(), tuple(polygons))


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _rings(polygons: Sequence[Any]) -> Iterator[Ring]:
    for polygon in polygons:
        if not polygon:
            raise ValueError("a polygon has an outer ring")
        yield from polygon
