"""What changed since a day: the form and the answer on the pages of metrics and of areas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from data.periods import day_in_words
from data.since_reads import read_days_known, read_first_known, read_versions_since
from layouts.page import ChoiceForm, Part, Region
from layouts.pages.since_words import Told, area_told, metric_told
from layouts.templating import render
from metrics.area_verdicts_on import AreaVerdictThenAndNow, area_verdicts_since
from metrics.catalogue import Catalogue
from metrics.definition import Metric
from metrics.measures.results import AreaFacts, ClauseSummary, Reading
from metrics.origin import SeriesLabel
from metrics.revisions import Revisions, revisions
from metrics.verdicts_on import verdicts_since
from metrics.wording import write_count

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
AREA_VERDICTS_THEN = (
    "A verdict of an earlier day is worked out by the rules of today, with the areas, the people "
    "and the worst performing areas of today, from the figures for this area known here at the "
    "end of that day. Statements that are judged for all areas together, and those on deals, are "
    "told as they stand now. Comparisons on this page are always made from the figures known now."
)


@dataclass(frozen=True, slots=True)
class ToldVerdict:
    """One row of the verdicts on two days; None where no figures were known then.

    `by_then` and `by_now` tell by how many series, where that is not the same.
    """

    title: str
    then: Reading | ClauseSummary | None
    now: Reading | ClauseSummary
    same: bool
    by_then: str = ""
    by_now: str = ""


@dataclass(frozen=True, slots=True)
class ToldVerdicts:
    """Verdicts on two days as a table; `sentence` sums them up, and may be empty."""

    caption: str
    rows: Sequence[ToldVerdict]
    note: str
    sentence: str = ""


NO_VERDICTS = ToldVerdicts("", (), NOT_KEPT)


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
    told, verdicts = None, NO_VERDICTS
    if since is not None:
        judged = verdicts_since(store, catalogue, metric, series.breakdown, since)
        if judged:
            verdicts = ToldVerdicts(
                f"Verdicts by this series alone, on {day_in_words(since)} and now",
                [ToldVerdict(one.clause.title, one.then, one.now, one.same) for one in judged],
                VERDICTS_THEN,
            )
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
    facts: Iterable[AreaFacts],
    cohorts: Mapping[str, frozenset[str]],
) -> list[Part]:
    """The form and the answer on an area's page.

    Args:
        name: the area within a sentence.
        facts: what is known of it today, one entry for each series.
        cohorts: for statements about the worst performing areas, which those are.
    """
    told, verdicts = None, NO_VERDICTS
    if since is not None:
        verdicts = _area_verdicts(
            area_verdicts_since(store, catalogue, code, since, facts, cohorts), name, since
        )
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
    return _parts(
        days, since, (), path, lambda day: f"{path}?since={day.isoformat()}", told, verdicts
    )


def _area_verdicts(rows: Sequence[AreaVerdictThenAndNow], name: str, since: date) -> ToldVerdicts:
    """The verdicts for an area, with how many of them are not what they were."""
    if not rows:
        return NO_VERDICTS
    day = day_in_words(since)
    unknown = sum(one.then is None for one in rows)
    changed = sum(one.then is not None and not one.same for one in rows)
    statements = write_count(len(rows), "statement", "statements")
    sentence = (
        f"Of the {statements} that {name} has figures on, "
        f"{write_count(changed, 'has', 'have') if changed else 'none has'} another verdict now "
        f"than on {day}"
    )
    if unknown:
        sentence += f", and for {unknown:,} no figures were known then"
    return ToldVerdicts(
        f"Verdicts for {name}, on {day} and now",
        [_area_verdict(one) for one in rows],
        AREA_VERDICTS_THEN,
        f"{sentence}.",
    )


def _area_verdict(one: AreaVerdictThenAndNow) -> ToldVerdict:
    by = ("", "")
    if one.then is not None and one.series_then != one.series_now:
        by = (f"by {one.series_then} series", f"by {one.series_now} series")
    return ToldVerdict(one.clause.title, one.then, one.now, one.same, *by)


def _parts(
    days: Sequence[date],
    since: date | None,
    kept: Sequence[tuple[str, str]],
    path: str,
    link: Callable[[date], str],
    told: Told | None,
    verdicts: ToldVerdicts,
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
    )
    return [ChoiceForm("since-form", path, form), Region("since-answer", answer)]
