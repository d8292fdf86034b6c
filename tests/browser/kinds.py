"""One page of every kind of the dashboard, and what must hold of it however it is seen."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from layouts.routes import ROUTES

_CITED = "metric=healthy-life-expectancy-male&area=E08000025&period=2011-01-01&breakdown=sex%3Dmale"
# An address of each kind of page whose own address does not show all that the kind can.
EXAMPLES = {
    "/missions/<slug>": "/missions/health",
    "/metrics/<id>": "/metrics/median-weekly-pay?since=2026-01-31",
    "/areas/<code>": "/areas/E08000025",
    "/figures/<id>": f"/cite?{_CITED}",
    "/cite": f"/cite?{_CITED}",
    "/workstreams/<slug>": "/workstreams/skills",
    "/propositions/<slug>": "/propositions/skills-and-employment",
    "/brief": "/brief?areas=E08000025",
    "/present/<slug>": "/present/health",
    "/present/<slug>/<id>": "/present/health/healthy-life-expectancy-male",
    "/data": "/data?mission=7",
    "/compare": "/compare?areas=E08000025,E08000026&metrics=employment-rate,anxiety",
    "/search": "/search?q=birmingam",
}
PAGES = tuple(dict.fromkeys(EXAMPLES.get(route.address, route.address) for route in ROUTES))
# The same kinds at their fullest.
FULLEST = (
    "/metrics/employment-rate?map=shown",
    "/metrics/employment-rate?table=all",
    "/areas/E47000007",
    "/data",
)

# Targets of 24 pixels are a rule of WCAG 2.2, which axe leaves out unless asked.
_ALL_RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
_COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}
SCHEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "dark", "forced_colors": "active"},
}


def open_everything(page: Page) -> None:
    """Open whatever can be opened."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def faults_of_page(page: Page) -> list[str]:
    """What axe finds, with the size of targets."""
    return _told(Axe().run(page, options=_ALL_RULES))


def faults_of_colours(page: Page, scheme: str) -> list[str]:
    """What axe finds of the contrast of colours when a reader sees the page in a scheme."""
    page.emulate_media(**SCHEMES[scheme])
    return [f"{scheme}: {fault}" for fault in _told(Axe().run(page, options=_COLOURS))]


def _told(found: Any) -> list[str]:
    return [
        f"{violation['id']}: {node['html'][:160]} ({node['failureSummary'][:200]})"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


def cut_off(page: Page) -> list[str]:
    """Words that a reader of this window cannot see whole."""
    found: list[str] = page.evaluate(
        """() => {
          const wide = document.documentElement.clientWidth;
          const faults = [];
          const told = (element) => element.textContent.trim().replace(/\\s+/g, " ").slice(0, 60);
          const scrolls = (element) => {
            for (let one = element; one; one = one.parentElement) {
              if (/auto|scroll/.test(getComputedStyle(one).overflowX)) return true;
              if (/visually-hidden/.test(one.className)) return true;
            }
            return false;
          };
          if (document.documentElement.scrollWidth > wide) faults.push("it scrolls sideways");
          for (const element of document.querySelectorAll("main *, header *, footer *")) {
            if (!element.checkVisibility() || element.closest("svg") || scrolls(element)) continue;
            const room = element.getBoundingClientRect();
            const style = getComputedStyle(element);
            if (style.clipPath !== "none" || style.position === "absolute") continue;
            if (room.width && (room.right > wide + 1 || room.left < -1) && told(element))
              faults.push(`outside the window: ${told(element)}`);
            const hides = /hidden|clip/.test(style.overflowX);
            if (hides && element.scrollWidth > element.clientWidth + 1)
              faults.push(`cut off: ${told(element)}`);
          }
          for (const words of document.querySelectorAll("svg.chart text")) {
            const chart = words.closest("svg.chart").getBoundingClientRect();
            const room = words.getBoundingClientRect();
            if (!chart.width || !room.width) continue;
            if (room.left < chart.left - 2 || room.right > chart.right + 2)
              faults.push(`beyond its chart: ${told(words)}`);
          }
          return faults;
        }"""
    )
    return found
