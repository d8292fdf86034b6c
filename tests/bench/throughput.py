"""How many readers can be served: pages a second, from the dashboard and from published files, and
two hundred people who make choices and think in between."""

from __future__ import annotations

import json
import random
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from layouts.publishing.publish import publish, site_of
from tests.bench.answers import Visitor
from tests.bench.figures import BenchError, Figure, spread
from tests.fixtures.published import ADDRESS, serving_files

CLIENTS = 4
SECONDS = 5.0
PEOPLE = 200
PEOPLE_SECONDS = 30.0
THINKING = (1.0, 5.0)
METRICS_LOOKED_AT = 8
BOROUGHS_LOOKED_AT = 4
SEED = 20220202


def measure_dashboard(url: str, kinds: dict[str, list[str]]) -> list[Figure]:
    """Pages a second for readers who keep nothing, of pages that somebody has asked for before."""
    addresses = [address for kind in kinds.values() for address in kind]
    # As many processes as there are keep answers of their own.
    for address in addresses * 4:
        Visitor(url).get(address)
    return [_pages_a_second(url, addresses, "br", "dashboard", 200.0)]


@contextmanager
def published(folder: Path, store: str) -> Iterator[tuple[str, list[Figure]]]:
    """The address of a published copy that nginx serves, and what was measured of it.

    How long publishing takes, what the files weigh, and how many of them are served a second.

    Raises:
        BenchError: a published page is not served compressed.
    """
    started = time.monotonic()
    made = publish(folder / "published", site_of(ADDRESS), store)
    taken = time.monotonic() - started
    root = folder / "published" / "current"
    pages = sorted(root.rglob("index.html.br"))
    place = folder / "nginx"
    place.mkdir()
    with serving_files(root, place) as url:
        addresses = [
            f"/{path.parent.relative_to(root).as_posix()}/".replace("/./", "/") for path in pages
        ]
        weights = [path.stat().st_size / 1000 for path in pages]
        each = taken / made.pages * 1000
        yield (
            url,
            [
                Figure("published copy", "pages", made.pages, ""),
                Figure("published copy", "publishing 1,000 pages", each, "s", 1, 120.0),
                *spread("published copy", "page, brotli", weights, "kB", target=30.0),
                Figure("published copy", "heaviest page, brotli", max(weights), "kB", len(weights)),
                _pages_a_second(url, addresses, "br", "published copy", 900.0),
            ],
        )


def _pages_a_second(
    url: str, addresses: Sequence[str], encoding: str, subject: str, target: float
) -> Figure:
    """Asked for by a few clients at once, each over a connection of its own."""
    counts = [0] * CLIENTS
    deadline = time.monotonic() + SECONDS

    def ask(number: int) -> None:
        visitor, place = Visitor(url), number * len(addresses) // CLIENTS
        while time.monotonic() < deadline:
            answer = visitor.get(addresses[place % len(addresses)], encoding)
            if answer.encoding != encoding:
                raise BenchError(f"{url} does not send {encoding}")
            place += 1
            counts[number] += 1

    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(ask, range(CLIENTS)))
    each = sum(counts) / SECONDS
    return Figure(subject, "pages served", each, "a second", sum(counts), target, True)


def measure_people(url: str, metrics: Sequence[str]) -> list[Figure]:
    """Choices of boroughs on the pages of a few metrics, made by two hundred people for a while.

    The same choice is made by several of them. Every choice has been made before: what a choice
    costs that nobody made yet is told apart.
    """
    choices = [
        choice
        for metric in metrics[:METRICS_LOOKED_AT]
        for choice in borough_choices(url, metric)[:BOROUGHS_LOOKED_AT]
    ]
    visitor = Visitor(url)
    first = [visitor.choose(choice).milliseconds for choice in choices]
    # As many processes as there are keep answers of their own.
    for choice in choices * 3:
        Visitor(url).choose(choice)
    taken, faults = _all_at_once(url, choices)
    subject = f"{PEOPLE} people, {len(choices)} choices"
    return [
        *spread("a choice nobody made yet", "answer", first, "ms"),
        *spread(subject, "answer", taken, "ms", target=50.0),
        Figure(subject, "errors", len(faults), "", len(taken), 0.0),
    ]


def _all_at_once(url: str, choices: Sequence[bytes]) -> tuple[list[float], list[str]]:
    taken: list[float] = []
    faults: list[str] = []
    deadline = time.monotonic() + PEOPLE_SECONDS

    def person(number: int) -> None:
        chance = random.Random(SEED + number)  # noqa: S311 - nothing secret
        time.sleep(chance.uniform(0, THINKING[1]))
        while time.monotonic() < deadline:
            try:
                # A new connection each time: who thinks long finds the old one closed.
                taken.append(Visitor(url).choose(_now(chance.choice(choices))).milliseconds)
            except (BenchError, HTTPException, OSError) as error:
                faults.append(repr(error))
            time.sleep(chance.uniform(*THINKING))

    people = [threading.Thread(target=person, args=(number,)) for number in range(PEOPLE)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    return taken, faults


def _now(choice: bytes) -> bytes:
    """The choice as made at this moment, which no two people share."""
    return choice.replace(b'"value": 1}', b'"value": %d}' % time.time_ns(), 1)


def borough_choices(url: str, metric: str) -> list[bytes]:
    """What a browser sends when one borough after the other is chosen on the page of a metric."""
    path = f"/metrics/{metric}"
    connection = HTTPConnection(urlsplit(url).netloc, timeout=60)

    def read(address: str) -> bytes:
        connection.request("GET", address)
        return connection.getresponse().read()

    dependencies = json.loads(read("/_dash-dependencies"))
    output = next(one["output"] for one in dependencies if "region" in one["output"])
    document = LexborHTMLParser(read(path).decode())
    return [
        json.dumps(_request(document, output, path, f"areas=E080000{number}")).encode()
        for number in range(25, 32)
    ]


def _request(document: LexborHTMLParser, output: str, path: str, query: str) -> dict[str, Any]:
    shown = {
        element.attributes["id"]: element.attributes["data-version"]
        for element in document.css("[data-version]")
    }
    forms = {element.attributes["id"] for element in document.css("form.choices")}
    graphs = [element.attributes["id"] for element in document.css(".graph")]

    def each(
        kind: str,
        names: Sequence[str | None],
        name: str,
        value: Callable[[str | None], object] | None = None,
    ) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = [{"id": {kind: one}, "property": name} for one in names]
        for entry, one in zip(entries, names, strict=True):
            if value is not None:
                entry["value"] = value(one)
        return entries

    parts, own = [one for one in shown if one not in forms], [one for one in shown if one in forms]
    address = [
        {"id": "address", "property": name} for name in re.findall(r"address\.(\w+)", output)
    ]
    return {
        "output": output,
        "outputs": [each("region", parts, "html"), each("region", parts, "version"),
                    each("choices", own, "html"), each("choices", own, "version"),
                    each("graph", graphs, "children"), [], [], *address],
        "inputs": [each("choices", own, "turn"),
                   {"id": "address", "property": "turn", "value": 1}],
        "changedPropIds": ["address.turn"],
        "state": [each("choices", own, "query"),
                  {"id": "address", "property": "asked", "value": query},
                  {"id": "address", "property": "path", "value": path},
                  {"id": "address", "property": "shown", "value": ""},
                  {"id": "address", "property": "answered", "value": None},
                  each("region", parts, "version", shown.get),
                  each("choices", own, "version", shown.get)],
    }  # fmt: skip
