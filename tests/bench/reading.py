"""What a reader waits for on a slow phone: the first picture, then a page that answers back."""

from __future__ import annotations

from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

from scripts.prerequisites import NO_BROWSER, find_browser
from tests.bench.answers import CALLBACK
from tests.bench.figures import BenchError, Figure
from tests.fixtures.browser import FLAGS

REPEATS = 3
SLOWDOWN = 4
BYTES_A_SECOND = 1_600_000 / 8
ROUND_TRIP_MS = 150
PATIENCE_MS = 60_000
PHONE = {"width": 390, "height": 844}

# The first frame after a picture of some size stands in the page, and the first after Dash has
# taken the page over.
WATCH = """
window.seen = {};
// Larger than the shape that goes with a verdict.
const isPicture = (drawing) => {
  const box = drawing.getBoundingClientRect();
  return box.width >= 60 && box.height >= 15;
};
const look = () => {
  if (!seen.picture && [...document.querySelectorAll("main svg")].some(isPicture)) {
    seen.picture = performance.now();
  }
  if (!seen.interactive && document.documentElement.dataset.explorable) {
    seen.interactive = performance.now();
  }
  if (!seen.picture || !seen.interactive) requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""
PAINTED = """() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime"""
# The first control of the page that offers another choice than the one made: is there one, and
# if it is asked for, make the choice.
CHOOSE = """(make) => {
  for (const control of document.querySelectorAll("form.choices select")) {
    const other = [...control.options].find((o) => !o.selected && !o.disabled && o.value);
    if (!other) continue;
    if (!make) return true;
    control.value = other.value;
    control.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }
  const box = document.querySelector(
    "form.choices input[type=checkbox]:not(:checked), form.choices input[type=radio]:not(:checked)"
  );
  if (box && make) box.click();
  return Boolean(box);
}"""


def measure(
    url: str, kinds: dict[str, list[str]]
) -> tuple[list[Figure], dict[str, bytes], list[str]]:
    """Open one page of each kind on a throttled phone, and make one choice on it.

    Returns:
        The figures; by kind of page the body of the request that the choice led to; and what
        could not be measured, and why.
    """
    path = find_browser()
    if path is None:
        raise BenchError(NO_BROWSER)
    figures: list[Figure] = []
    choices: dict[str, bytes] = {}
    faults: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        for kind, addresses in kinds.items():
            try:
                runs = [_open(browser, url + addresses[0]) for _ in range(REPEATS)]
                figures += _figures(f"{kind} page, slow phone", runs)
                body = _choice(browser, url + addresses[0])
            except (BrowserError, BenchError) as error:
                faults.append(f"{addresses[0]} in the browser: {str(error).splitlines()[0]}")
                continue
            if body is not None:
                choices[kind] = body
        browser.close()
    if not choices:
        faults.append("no page offered a choice, so no callback could be timed")
    return figures, choices, faults


def _figures(subject: str, runs: list[dict[str, float]]) -> list[Figure]:
    def middle(name: str) -> float:
        return median(run[name] for run in runs)

    times = len(runs)
    return [
        Figure(subject, "first picture", middle("picture"), "s", times, 0.6),
        Figure(subject, "interactive", middle("interactive"), "s", times, 5.5),
        Figure(subject, "received in all", middle("received"), "kB", times, 760.0),
        Figure(subject, "requests", middle("requests"), "", times),
    ]


def _open(browser: Browser, address: str) -> dict[str, float]:
    """Seconds to the first picture and to interactive, kB and requests, with nothing cached."""
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        client = context.new_cdp_session(page)
        received: list[float] = []

        def loaded(event: dict[str, Any]) -> None:
            received.append(event["encodedDataLength"])

        client.on("Network.loadingFinished", loaded)
        client.send("Network.enable")
        client.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        client.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": ROUND_TRIP_MS,
                "downloadThroughput": BYTES_A_SECOND,
                "uploadThroughput": BYTES_A_SECOND,
            },
        )
        page.add_init_script(WATCH)
        page.goto(address, timeout=PATIENCE_MS)
        page.wait_for_function("() => seen.interactive", timeout=PATIENCE_MS)
        page.wait_for_load_state("networkidle", timeout=PATIENCE_MS)
        seen: dict[str, float] = page.evaluate("() => seen")
        # A picture cannot have been seen before anything at all was painted; of a page without
        # pictures that first paint is what its reader waits for.
        picture = max(seen.get("picture", 0), page.evaluate(PAINTED) or 0)
    return {
        "picture": picture / 1000,
        "interactive": seen["interactive"] / 1000,
        "received": sum(received) / 1000,
        "requests": len(received),
    }


def _choice(browser: Browser, address: str) -> bytes | None:
    """What the browser sends when a choice is made; None where the page offers none."""
    with browser.new_context() as context:
        page: Page = context.new_page()
        page.goto(address, timeout=PATIENCE_MS)
        page.wait_for_function("() => document.documentElement.dataset.explorable")
        if not page.evaluate(CHOOSE, False):
            return None
        with page.expect_request(lambda request: CALLBACK in request.url) as asked:
            page.evaluate(CHOOSE, True)
        return asked.value.post_data_buffer
