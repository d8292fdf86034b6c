"""The Open Geography Portal of the ONS: where its layers are, and all pages of an answer.

The service answers errors with HTTP 200, gives at most so many features at a time, and numbers
the layers of a service as it likes. Nothing here reaches the network: what is to be fetched is
asked of a function that the caller brings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from ingest.faults import Fault, Refused, quoted

SERVICES = "https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services"
LARGEST_ANSWER = 60_000_000
MOST_PAGES = 200
_AGAIN = "try again later; if it is still so, look for the service on the portal's own pages"
Feature = Mapping[str, Any]


def service_url(service: str) -> str:
    """Where a service describes itself and its layers."""
    return f"{SERVICES}/{quote(service)}/FeatureServer?f=json"


def layer_id(answer: bytes, layer: str, file: str) -> int:
    """The number of the layer or table whose name matches the pattern `layer` as a whole.

    Raises:
        Refused: the answer is an error, or has no such layer, or several.
    """
    parsed = read_answer(answer, file)
    listed = [
        each
        for kind in ("layers", "tables")
        for each in _listed(parsed.get(kind))
        if isinstance(each, dict) and isinstance(each.get("id"), int)
    ]
    matching = [each for each in listed if re.fullmatch(layer, str(each.get("name", "")))]
    if len(matching) != 1:
        names = ", ".join(quoted(each.get("name", "")) for each in listed) or "none"
        found, expected = f"{len(matching)} among {names}", f"one layer named {quoted(layer)}"
        raise Refused([Fault(file, None, "layers", found, expected, _AGAIN)])
    return int(matching[0]["id"])


def query_url(service: str, layer: int, fields: tuple[str, ...], geometry: bool, skip: int) -> str:
    """Where one page of a layer is: from the feature after the first `skip`, in a fixed order.

    Boundaries come as GeoJSON in longitude and latitude; lookups as JSON without geometry.
    """
    asked: dict[str, str] = {
        "where": "1=1",
        "outFields": ",".join(fields),
        "orderByFields": fields[0],
        "resultOffset": str(skip),
        "returnGeometry": "true" if geometry else "false",
        "f": "geojson" if geometry else "json",
    }
    if geometry:
        asked["outSR"] = "4326"
    return f"{SERVICES}/{quote(service)}/FeatureServer/{layer}/query?{urlencode(asked)}"


def fetch_all(
    fetch: Callable[[str], bytes],
    service: str,
    layer: int,
    fields: tuple[str, ...],
    *,
    geometry: bool = False,
) -> list[Feature]:
    """Every feature of a layer, page by page until the service has no more.

    Args:
        fetch: the bytes at a URL.
        service: the name of the service.
        layer: the number of its layer.
        fields: the fields wanted; the first one, a code, sets the order and occurs once each.
        geometry: whether boundaries are wanted.

    Returns:
        GeoJSON features, or the attributes alone.

    Raises:
        Refused: a page is an error, has nothing though more was promised, or repeats a feature;
            there are too many pages; a feature lacks a field.
    """
    features: list[Feature] = []
    seen: set[str] = set()
    for page in range(1, MOST_PAGES + 1):
        file = f"{service}, page {page}"
        url = query_url(service, layer, fields, geometry, len(features))
        answer = read_answer(fetch(url), file)
        found = _features(answer, fields, geometry, file)
        for number, (code, feature) in enumerate(found, start=1):
            if code in seen:
                expected = "each area once over all pages"
                fault = Fault(file, number, fields[0], f"{quoted(code)} again", expected, _AGAIN)
                raise Refused([fault])
            seen.add(code)
            features.append(feature)
        if not _has_more(answer):
            return features
        if not found:
            expected = "features, as the page says that there are more"
            raise Refused([Fault(file, None, "features", "none", expected, _AGAIN)])
    expected = f"at most {MOST_PAGES} pages"
    raise Refused([Fault(service, None, "", f"more than {MOST_PAGES}", expected, _AGAIN)])


def read_answer(content: bytes, file: str) -> dict[str, Any]:
    """An answer of the service that is not an error.

    Raises:
        Refused: it is too large, no JSON object, or an error, with what the service said.
    """

    def refused(found: str, expected: str) -> Refused:
        return Refused([Fault(file, None, "", found, expected, _AGAIN)])

    if len(content) > LARGEST_ANSWER:
        raise refused(f"{len(content):,} bytes", f"at most {LARGEST_ANSWER:,} bytes")
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        start = content[:40].decode("utf-8", "replace")
        raise refused(quoted(start), "a whole answer in JSON") from None
    if not isinstance(answer, dict):
        raise refused(f"a {type(answer).__name__}", "a JSON object")
    if "error" in answer:
        error = answer["error"]
        said = error if not isinstance(error, dict) else [error.get(k) for k in ("code", "message")]
        raise refused(f"an error: {quoted(said, 200)}", "an answer")
    return answer


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _has_more(answer: Mapping[str, Any]) -> bool:
    # GeoJSON keeps what is not its own under `properties`.
    inside = answer.get("properties")
    return bool(
        answer.get("exceededTransferLimit")
        or (isinstance(inside, dict) and inside.get("exceededTransferLimit"))
    )


def _features(
    answer: Mapping[str, Any], fields: tuple[str, ...], geometry: bool, file: str
) -> list[tuple[str, Feature]]:
    listed = answer.get("features")
    if not isinstance(listed, list):
        raise Refused([Fault(file, None, "features", "no list", "a list of features", _AGAIN)])
    found: list[tuple[str, Feature]] = []
    faults: list[Fault] = []
    for number, feature in enumerate(listed, start=1):
        held = None
        if isinstance(feature, dict):
            held = feature.get("properties" if geometry else "attributes")
        absent = [name for name in fields if not isinstance(held, dict) or name not in held]
        faults += [
            Fault(file, number, name, "no such field", f"the field {quoted(name)}", _AGAIN)
            for name in absent
        ]
        if not absent and isinstance(held, dict):
            found.append((str(held[fields[0]]), feature if geometry else held))
    if faults:
        raise Refused(faults)
    return found
