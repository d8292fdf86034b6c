"""What the API takes to answer a program: first asked for, asked again, and by several at once."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from tests.bench.addresses import BOROUGHS
from tests.bench.answers import Visitor
from tests.bench.figures import Figure, spread

ROOT = "/api/v1"
REPEATS = 20
PROGRAMS = 8
ASKED_EACH = 50
LARGEST = f"{ROOT}/metrics/household-income-per-head/observations?limit=2000"


def measure(url: str) -> list[Figure]:
    """Time small answers and the largest page of observations, and count answers in a second."""
    small = [
        f"{ROOT}/missions",
        f"{ROOT}/metrics",
        f"{ROOT}/vintages",
        *(f"{ROOT}/areas/{code}" for code in BOROUGHS),
        *(f"{ROOT}/figures?area={code}" for code in BOROUGHS),
    ]
    visitor = Visitor(url)
    first = [visitor.get(address).milliseconds for address in small]
    again = [visitor.get(address).milliseconds for _ in range(REPEATS) for address in small]
    # Each page is another one, so that none has been answered before.
    pages = [
        visitor.get(f"{LARGEST}&offset={offset}").milliseconds for offset in range(0, 14_000, 2_000)
    ]
    whole = visitor.get(LARGEST, "identity")
    return [
        *spread("API", "answer when first asked for", first, "ms"),
        *spread("API", "answer when asked for again", again, "ms", target=50.0),
        *spread("API", "2,000 observations, first asked for", pages, "ms"),
        Figure("API", "2,000 observations as JSON", len(whole.body) / 1000, "kB"),
        Figure("API", f"answers, {PROGRAMS} programs at once", _rate(url, small), "per second"),
    ]


def _rate(url: str, addresses: list[str]) -> float:
    """Answers in a second to several programs that ask one thing after another."""

    def ask(_number: int) -> None:
        visitor = Visitor(url)
        for place in range(ASKED_EACH):
            visitor.get(addresses[place % len(addresses)])

    started = time.perf_counter()
    with ThreadPoolExecutor(PROGRAMS) as pool:
        list(pool.map(ask, range(PROGRAMS)))
    return PROGRAMS * ASKED_EACH / (time.perf_counter() - started)
