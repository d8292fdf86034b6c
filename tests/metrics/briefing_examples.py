"""A few figures of one measure, then and now, that the tests of a brief share."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from data.periods import TimePeriod
from data.series_reads import FigureRow
from data.since_reads import VersionRow
from metrics.briefing import since_then
from metrics.revisions import revisions
from tests.metrics.examples import life_metric

BIRMINGHAM, COVENTRY, DUDLEY = "E08000025", "E08000026", "E08000027"
TURNED = date(2026, 2, 20)


def yearly_metric(**more):
    """The example measure with one series, of single years."""
    coverage = life_metric().model_dump()["coverage"]
    declared = {
        "coverage": {**coverage, "period": "calendar_year", "first_period": "2011-01-01/P1Y"},
        "series": [{"label": "All", "breakdown": "", "title": ""}],
    }
    return life_metric(**{**declared, **more})


def year(number):
    return TimePeriod(date(number, 1, 1), date(number, 12, 31))


def ends(value, half):
    return (None, None) if value is None or half is None else (value - half, value + half)


def row(code, number, value, half=1.0, status=""):
    """A figure as known on the day."""
    held = status or ("c" if value is None else "")
    period = (date(number, 1, 1), date(number, 12, 31))
    return FigureRow(code, None, *period, value, *ends(value, half), held, "")


def version(code, number, held_now, value, half=1.0, *, note=""):
    """One version of a figure that changed since."""
    period = (date(number, 1, 1), date(number, 12, 31))
    status = "c" if value is None else ""
    return VersionRow(
        *("healthy-life-expectancy", "", code, code, "metropolitan district", "E12000005"),
        *(*period, held_now, value, *ends(value, half), status, note, TURNED),
    )


def held(*rows):
    """What was known on the day, by series and area."""
    found = {}
    for one in rows:
        key = ("healthy-life-expectancy", "", one.code)
        found.setdefault(key, {})[TimePeriod(one.period_start, one.period_end)] = one
    return found


def since(then, *versions, metric=None, older=None):
    """What became of the figures of one measure."""
    one = metric or yearly_metric()
    catalogue = SimpleNamespace(metrics={one.id: one})
    return since_then(catalogue, held(*then), revisions(versions), older)
