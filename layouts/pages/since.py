"""What changed since a day: the form and the answer on the pages of metrics and of areas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import Connection

from data.since_reads import read_days_known, read_first_known, read_versions_since
from layouts.page import ChoiceForm, Part, Region
from layouts.pages.since_words import Told, area_told, metric_told
from layouts.templating import render
from metrics.catalogue import Catalogue
from metrics.definition import Metric
from metrics.origin import SeriesLabel
from metrics.revisions import Revisions, revisions
from metrics.verdicts_on import VerdictThenAndNow, verdicts_since

MOST_DAYS = 6
NOT_KEPT = (
    "Verdicts and comparisons are always made from the figures known now; those of an earlier day "
    "are not kept."
)
VERDICTS_THEN = (
    "The verdict of an earlier day is what this series alone says by the rules of today, from the "
    "figures known here at the end of that day. Comparisons on this page are always made from the "
    "figures known now."
)


def since_metric(
    store: Connection,
    catalogue: Catalogue,
    metric: Metric,
    series: SeriesLabel,
    since: date | None,
    kept: Sequence[tuple[str, str]],
    path: str,
    link: Callable[[date], str],
) -> list[Part]:
    """The form and the answer on a metric's page.

    Args:
        store: the store.
        catalogue: for the statements that the metric serves.
        metric, series: what the page shows.
        since: the day asked for, None where nothing was asked.
        kept: names and values of the other choices on the page.
        path: of the page.
        link: the address of the page for a day.
    """
    dataset = metric.source.dataset if metric.source else ""
    told = None
    verdicts: Sequence[VerdictThenAndNow] = ()
    if since is not None:
        verdicts = verdicts_since(store, catalogue, metric, series.breakdown, since)
        rows = read_versions_since(store, since, metric_id=metric.id, breakdown=series.breakdown)
        found = next(iter(revisions(rows)), Revisions(metric.id, series.breakdown))
        told = metric_told(metric, series, since, read_first_known(store).get(dataset), found)
    days = read_days_known(store, dataset_id=dataset)
    return _parts(days, since, kept, path, link, told, verdicts)


def since_area(
    store: Connection,
    catalogue: Catalogue,
    code: str,
    name: str,
    since: date | None,
    path: str,
) -> list[Part]:
    """The form and the answer on an area's page; `name` is the area within a sentence."""
    told = None
    if since is not None:
        found = revisions(read_versions_since(store, since, code=code))
        first = {
            metric.id: read.get(metric.source.dataset)
            for read in (read_first_known(store),)
            for metric in catalogue.metrics.values()
            if metric.source is not None
        }
        new = {metric_id for metric_id, day in first.items() if day is not None and day > since}
        told = area_told(catalogue, found, name, since, new)
    days = read_days_known(store, code=code)
    return _parts(days, since, (), path, lambda day: f"{path}?since={day.isoformat()}", told)


def _parts(
    days: Sequence[date],
    since: date | None,
    kept: Sequence[tuple[str, str]],
    path: str,
    link: Callable[[date], str],
    told: Told | None,
    verdicts: Sequence[VerdictThenAndNow] = (),
) -> list[Part]:
    form = render(
        "since_form.html",
        since=since,
        kept=kept,
        # On the newest day there is nothing yet that could have changed since.
        days=[(f"{link(day)}#since", day) for day in days[1 : MOST_DAYS + 1]],
        newest=days[0] if days else None,
    )
    answer = render(
        "since.html",
        told=told,
        since=since,
        verdicts=verdicts,
        note=VERDICTS_THEN if verdicts else NOT_KEPT,
    )
    return [ChoiceForm("since-form", path, form), Region("since-answer", answer)]
