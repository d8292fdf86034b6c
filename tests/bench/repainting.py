"""What a reader waits for after a choice on a slow phone, from its answer to the other picture."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

from scripts.prerequisites import NO_BROWSER, find_browser
from tests.bench.answers import CALLBACK
from tests.bench.figures import BenchError, Figure
from tests.bench.reading import PATIENCE_MS, PHONE, SLOWDOWN
from tests.fixtures.browser import FLAGS

REPEATS = 7
SCROLLED_MS = 500
# Milliseconds from the answer to the frame that shows it.
DRAWN_TARGET = 60.0
EXPLORED_TARGET = 300.0
# An area more, then the period before the one chosen.
CHOICES = {
    "another borough": """() => {
  const boxes = [...document.querySelectorAll("#metric-areas input[value^=E080]")];
  (boxes.find((box) => !box.checked) ?? boxes[0]).click();
}""",
    "another period": """() => {
  const list = document.getElementById("metric-period");
  list.selectedIndex = (list.selectedIndex + 1) % list.options.length;
  list.dispatchEvent(new Event("change", { bubbles: true }));
}""",
}
# It has a figure for each borough in several periods, and a chart that area and period change.
METRIC, CHART = "gigabit-broadband", "ranked"
# Notes the last change of the chart, and the first frame after it.
WATCH = """([chart, way]) => {
  window.seen = null;
  const changed = () => {
    const at = performance.now();
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => { seen = [at, performance.now()]; };
      channel.port2.postMessage(null);
    });
  };
  const box = document.getElementById(way === "explored" ? `${chart}-graph` : chart);
  box.scrollIntoView({ block: "center" });
  new MutationObserver(changed).observe(box, { childList: true, subtree: true });
}"""
# The chart library draws in several steps.
AT_REST = """() => seen && performance.now() - seen[1] > 1000"""
ARRIVED = """(callback) => performance.getEntriesByType("resource")
  .filter((entry) => entry.name.includes(callback)).at(-1).responseEnd"""


def measure(url: str) -> list[Figure]:
    """Make choices on the page of a metric, as it is served and while a chart is explored.

    Returns:
        Milliseconds from the arrival of the answer to the frame that shows it, and how much of it
        the browser takes for laying out and painting, with the processor slowed down as for a
        phone. The network is left out: it has its own figures.

    Raises:
        BenchError: there is no browser, or a choice changes no picture.
    """
    path = find_browser()
    if path is None:
        raise BenchError(NO_BROWSER)
    ways = {"drawn": ("", DRAWN_TARGET), "explored": (f"?explore={CHART}", EXPLORED_TARGET)}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        figures = [
            figure
            for way, (query, target) in ways.items()
            for figure in _choices(browser, f"{url}/metrics/{METRIC}{query}", way, target)
        ]
        browser.close()
    return figures


def _choices(browser: Browser, address: str, way: str, target: float) -> Iterator[Figure]:
    for choice, act in CHOICES.items():
        with browser.new_context(viewport=PHONE) as context:
            page = context.new_page()
            page.goto(address, timeout=PATIENCE_MS)
            page.wait_for_function("() => document.documentElement.dataset.explorable")
            page.wait_for_load_state("networkidle", timeout=PATIENCE_MS)
            try:
                if way == "explored":
                    page.wait_for_selector(f"#{CHART}-graph .js-plotly-plot .main-svg")
                page.evaluate(WATCH, [CHART, way])
                page.wait_for_timeout(SCROLLED_MS)
                context.new_cdp_session(page).send(
                    "Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN}
                )
                taken = [_repaint(page, act) for _ in range(REPEATS)]
            except BrowserError as error:
                fault = str(error).splitlines()[0]
                raise BenchError(f"{choice} on {address} changes no picture: {fault}") from error
        whole, last = zip(*taken, strict=True)
        subject = f"{choice}, {way}, slow phone"
        yield Figure(subject, "answer to picture", median(whole), "ms", REPEATS, target)
        yield Figure(subject, "of it: layout and paint", median(last), "ms", REPEATS)


def _repaint(page: Page, act: str) -> tuple[float, float]:
    """Milliseconds to the frame: from the answer, and from the last change of the chart."""
    page.evaluate("() => { seen = null; }")
    page.evaluate(act)
    page.wait_for_function(AT_REST)
    changed, painted = page.evaluate("() => seen")
    return painted - page.evaluate(ARRIVED, CALLBACK), painted - changed
