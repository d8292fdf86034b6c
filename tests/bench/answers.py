"""What the server takes to answer, and what it sends, for every kind of page and each choice."""

from __future__ import annotations

import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

from tests.bench.figures import BenchError, Figure, spread

WARM_REPEATS = 20
CHOICE_REPEATS = 100
CALLBACK = "/_dash-update-component"
ENCODINGS = {"identity": "as it is", "gzip": "gzip", "br": "brotli"}
KB = 1000


@dataclass(frozen=True)
class Answer:
    """What came back, and how long it took from asking to the last byte."""

    status: int
    body: bytes
    milliseconds: float
    encoding: str | None


class Visitor:
    """Asks over one connection that stays open, as a browser does."""

    def __init__(self, url: str) -> None:
        self._connection = HTTPConnection(urlsplit(url).netloc, timeout=120)

    def get(self, address: str, encoding: str = "br") -> Answer:
        return self._ask("GET", address, None, {"Accept-Encoding": encoding})

    def choose(self, body: bytes) -> Answer:
        headers = {"Content-Type": "application/json", "Accept-Encoding": "br"}
        return self._ask("POST", CALLBACK, body, headers)

    def _ask(
        self, method: str, address: str, body: bytes | None, headers: dict[str, str]
    ) -> Answer:
        started = time.perf_counter()
        self._connection.request(method, address, body, headers)
        response: HTTPResponse = self._connection.getresponse()
        received = response.read()
        taken = (time.perf_counter() - started) * 1000
        if response.status not in (200, 204):
            raise BenchError(f"{method} {address} answered {response.status}, expected 200")
        return Answer(response.status, received, taken, response.getheader("Content-Encoding"))


def measure_pages(url: str, kinds: dict[str, list[str]]) -> list[Figure]:
    """Time every address of each kind: asked for the first time, then again."""
    visitor = Visitor(url)
    figures = []
    for kind, addresses in kinds.items():
        first = [visitor.get(address).milliseconds for address in addresses]
        again = [
            visitor.get(address).milliseconds
            for _ in range(max(1, WARM_REPEATS // len(addresses)))
            for address in addresses
        ]
        figures += spread(f"{kind} page", "answer when first asked for", first, "ms")
        figures += spread(f"{kind} page", "answer when asked for again", again, "ms")
        figures += _sizes(visitor, kind, addresses)
    return figures


def _sizes(visitor: Visitor, kind: str, addresses: list[str]) -> list[Figure]:
    """The largest page of a kind, in each encoding."""
    figures = []
    for encoding, words in ENCODINGS.items():
        largest = 0
        for address in addresses:
            answer = visitor.get(address, encoding)
            if (answer.encoding or "identity") != encoding:
                raise BenchError(f"{address} came as {answer.encoding}, asked for {encoding}")
            largest = max(largest, len(answer.body))
        target = 30.0 if encoding == "br" else None
        figures.append(
            Figure(f"{kind} page", f"largest, {words}", largest / KB, "kB", len(addresses), target)
        )
    return figures


def measure_choices(url: str, choices: dict[str, bytes]) -> list[Figure]:
    """Time the callback of each kind of page with what a browser sent when a choice was made."""
    visitor = Visitor(url)
    figures = []
    for kind, body in choices.items():
        answers = [visitor.choose(body) for _ in range(CHOICE_REPEATS)]
        times = [answer.milliseconds for answer in answers[1:]]
        size = len(answers[-1].body) / KB
        figures += spread(f"choice on a {kind} page", "answer", times, "ms", target=2.0)
        figures.append(Figure(f"choice on a {kind} page", "sent, brotli", size, "kB"))
    return figures
