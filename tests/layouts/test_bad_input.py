"""Whatever an address says, the answer is a helpful page with the right status, never a failure."""

from __future__ import annotations

import random
from collections.abc import Iterator
from urllib.parse import quote, quote_from_bytes

import pytest
from flask.testing import FlaskClient

from layouts.routes import ROUTES
from layouts.shell import create_app
from metrics.catalogue import load_catalogue

# What takes the place of the variable part of an address: some that exist, most that do not.
PARTS = (
    "health", "skills", "employment-rate", "happiness", "low-paid-jobs", "homicide-rate",
    "E08000025", "E47000007", "E92000001", "e08000025", "E06000053", "nothing",
    "healthy-life-expectancy", "...", "%2e%2e", "%2F", "%00", "%ff%fe", "%F0%9F%90%91", "a" * 3000,
    "'", "1 OR 1=1", "<b>", "{{7*7}}", "-", "%0d%0aX: y", "é", "%u1234", "%", "%zz",
)  # fmt: skip
NAMES = (
    "areas", "area", "group", "metrics", "metric", "period", "tier", "breakdown", "add", "explore",
    "map", "table", "since", "on", "q", "mission", "view", "date", "from", "to", "as-known-on",
    "value", "figure", "section", "rejected", "series", "measure", "", "é", "\0", "areas[]",
)  # fmt: skip
VALUES = (
    "", " ", "E08000025", "E08000025,E08000026", "E08000025," * 40, "e08000025", "all", "shown",
    "tiles", "2023", "2023-01-01", "2023-02-30", "0000-00-00", "9999-12-31", "99999-01-01", "-1",
    "1e400", "NaN", "0x10", "١٢", "sex=male", "sex%3Dmale", "employment-rate", "anxiety", "health",
    "neighbours-e08000025", "core-cities", "\0", "\x7f", "\u202e", "\ud7ff", "🐑" * 200,
    "' OR ''='", "<script>alert(1)</script>", "../../etc/passwd", "%s%n", "{{7*7}}", "x" * 1900,
    "x" * 5000, ",,,", "line", "ranked", "null", "true",
)  # fmt: skip
OTHER = (
    "/metrics/<id>/line.svg", "/metrics/<id>/ranked.png", "/metrics/<id>/map.svg",
    "/metrics/<id>/periods.csv", "/metrics/<id>/areas.xlsx", "/areas/<code>/figures.csv",
    "/embed/metrics/<id>/line", "/api/v1/metrics/<id>", "/api/v1/observations", "/nowhere/<code>",
)  # fmt: skip
KINDS = (*(route.address for route in ROUTES), *OTHER)
ANSWERS = frozenset({200, 301, 303, 304, 308, 400, 404, 406, 410, 413, 414, 422})


def addresses(seed: int, count: int) -> Iterator[str]:
    """Addresses over every kind in turn, each with a query string that may say anything."""
    chance = random.Random(seed)  # noqa: S311
    for number in range(count):
        path = KINDS[number % len(KINDS)]
        for name in ("<slug>", "<id>", "<code>"):
            path = path.replace(name, chance.choice(PARTS))
        pairs = [_pair(chance) for _ in range(chance.randint(0, 4))]
        yield path + ("?" + chance.choice("&&&&;").join(pairs) if pairs else "")


def _pair(chance: random.Random) -> str:
    name, value = chance.choice(NAMES), chance.choice(VALUES)
    way = chance.randrange(5)
    if way == 0:
        return f"{quote(name)}={quote_from_bytes(chance.randbytes(chance.randint(1, 30)))}"
    if way == 1:
        return f"{quote(name)}={quote(value.encode('utf-16', 'surrogatepass'))}"
    if way == 2:
        return f"{quote(name)}{chance.choice(['', '==', '=%', '=%f'])}{quote(value)}"
    return f"{quote(name)}={quote(value)}"


@pytest.fixture(scope="module")
def client(built_store_url: str) -> FlaskClient:
    client: FlaskClient = create_app(load_catalogue(), built_store_url).server.test_client()
    return client


def answer_all(client: FlaskClient, asked: Iterator[str]) -> list[str]:
    """What is wrong with the answers, each with its address."""
    faults = []
    for address in asked:
        answer = client.get(address)
        if answer.status_code not in ANSWERS:
            faults.append(f"{answer.status_code}: {address!r}")
        page = answer.text if answer.mimetype == "text/html" else ""
        if page and answer.status_code >= 400 and not ('href="/"' in page and "<h1" in page):
            faults.append(f"no way on: {address!r}")
        if "<script>alert(1)" in page:
            faults.append(f"not escaped: {address!r}")
    return faults


def test_no_address_is_a_failure_on_any_kind_of_page(client: FlaskClient) -> None:
    assert answer_all(client, addresses(20261122, 100)) == []


@pytest.mark.soak
def test_two_thousand_addresses_are_no_failure(client: FlaskClient) -> None:
    assert answer_all(client, addresses(7, 2000)) == []
