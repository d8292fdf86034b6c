"""Where the figures come from, how fresh they are, which are missing, and what they cover."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from markupsafe import Markup

from data.areas import CONSTITUENT
from data.coverage_reads import RejectedRow, SeriesCoverage, read_coverage, read_rejected
from data.periods import PeriodShape, TimePeriod, day_in_words, period_in_words
from data.reads import DatasetFacts, read_datasets
from layouts.addresses import metric_address
from layouts.api.endpoints import ROOT
from layouts.api.table import ENDPOINTS
from layouts.kept import KeptWhileUnchanged
from layouts.page import ChoiceForm, Page, Region
from layouts.request import PageRequest, write_query
from layouts.templating import render
from metrics.catalogue import Catalogue
from metrics.definition import Metric
from metrics.wording import write_count

TITLE = "Sources, datasets and freshness"
CONTEXT_WORDS = "Context, serving no mission"
MOST_REJECTED = 500


@dataclass(frozen=True, slots=True)
class DatasetRow:
    """One dataset as the first table has it.

    `metrics` are those that it gives figures for; `not_proved` says why reading it is not proved
    against the live service, where it is not.
    """

    facts: DatasetFacts
    metrics: tuple[tuple[str, str], ...]
    newest: str
    figures: int
    blanks: int
    overdue: bool
    not_proved: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One series as the third table has it."""

    title: str
    address: str
    mission: str
    periods: str
    areas: int
    boroughs: str
    combined: str


@dataclass(frozen=True, slots=True)
class _Holdings:
    """What the store says, which is the same whatever is chosen."""

    datasets: dict[str, DatasetFacts]
    coverage: tuple[SeriesCoverage, ...]


def build(request: PageRequest) -> Page:
    """The page at `/data`; `mission` is a number (0 for context), `rejected` a dataset."""
    catalogue = request.catalogue
    held = _HOLDINGS.get(request)
    chosen = request.query.one_of("mission", [str(number) for number in range(13)])
    refusing = [facts.id for facts in held.datasets.values() if facts.rejected]
    rejected = request.query.one_of("rejected", refusing) if refusing else ""
    request.query.check()
    metrics = [
        metric
        for metric in catalogue.metrics.values()
        if not chosen or metric.mission == int(chosen)
    ]
    metrics.sort(key=lambda metric: (metric.mission or 13, metric.title))
    rows = _dataset_rows(metrics, held, catalogue, _today())
    missing = [metric for metric in metrics if metric.figures == "not held"]
    place = mission_words(catalogue, int(chosen)) if chosen else ""
    answer = _answer(rows, missing, place)
    query = write_query({"mission": chosen})
    return Page(
        title=TITLE,
        description=answer,
        parts=(
            Region(
                "data",
                render(
                    "data_opening.html",
                    title=TITLE,
                    answer=answer,
                    sources=sorted({facts.source_title for facts in held.datasets.values()}),
                    held=len(held.datasets),
                    asked=sum(facts.asked_at is not None for facts in held.datasets.values()),
                ),
            ),
            ChoiceForm(
                "data-mission",
                request.path,
                render("data_form.html", chosen=chosen, missions=_missions(catalogue)),
            ),
            Region("datasets", render("data_datasets.html", rows=rows, query=query)),
            Region("rejected", _rejected(request, rows, held.datasets.get(rejected))),
            Region(
                "not-held-metrics",
                render(
                    "data_not_held.html",
                    metrics=[
                        (metric, metric_address(metric), mission_words(catalogue, metric.mission))
                        for metric in missing
                    ],
                ),
            ),
            Region(
                "coverage",
                render("data_coverage.html", rows=_coverage_rows(metrics, held, catalogue)),
            ),
            Region(
                "programs",
                render("data_programs.html", root=ROOT, endpoints=ENDPOINTS),
            ),
        ),
        path=request.path,
        query=write_query({"mission": chosen, "rejected": rejected}),
    )


def mission_words(catalogue: Catalogue, number: int) -> str:
    """A mission by number and title; context for 0."""
    mission = catalogue.missions.get(number)
    return f"Mission {number}: {mission.title}" if mission else CONTEXT_WORDS


def _missions(catalogue: Catalogue) -> list[tuple[str, str]]:
    return [(str(number), mission_words(catalogue, number)) for number in [*range(1, 13), 0]]


def _answer(rows: list[DatasetRow], missing: list[Metric], place: str) -> str:
    """What is held, how fresh it is and what is missing, for the mission chosen or for all."""
    where = f"{place}: " if place else ""
    lacking = write_count(len(missing), "metric is", "metrics are") if missing else "no metric is"
    if not rows:
        return f"{where}no figures are held, and {lacking} declared without figures."
    days = sorted(row.facts.published_on for row in rows)
    figures = sum(row.figures for row in rows)
    refused = sum(row.facts.rejected for row in rows)
    aside = write_count(refused, "row was", "rows were") if refused else "no row was"
    late = sum(row.overdue for row in rows)
    overdue = f" Newer figures are overdue for {late} of the datasets." if late else ""
    return (
        f"{where}{figures:,} figures from {write_count(len(rows), 'dataset', 'datasets')}, "
        f"published between {day_in_words(days[0])} and {day_in_words(days[-1])}; "
        f"{aside} set aside, and {lacking} declared without figures.{overdue}"
    )


def _dataset_rows(
    metrics: Iterable[Metric], held: _Holdings, catalogue: Catalogue, today: date
) -> list[DatasetRow]:
    """Each dataset that gives figures for one of the metrics, in the order of titles."""
    by_dataset: dict[str, list[Metric]] = {}
    for metric in metrics:
        if metric.source is not None and metric.source.dataset in held.datasets:
            by_dataset.setdefault(metric.source.dataset, []).append(metric)
    rows = []
    for name, several in by_dataset.items():
        known = [one for one in held.coverage if one.dataset == name]
        newest = max(known, key=lambda one: one.newest_end, default=None)
        measured = catalogue.metrics.get(newest.metric) if newest else None
        shape = measured.coverage.period if measured and measured.coverage else None
        rows.append(
            DatasetRow(
                held.datasets[name],
                tuple((metric_address(metric), metric.title) for metric in several),
                _newest(newest, shape),
                sum(one.figures for one in known),
                sum(one.blanks for one in known),
                _is_overdue(held.datasets[name], today),
                tuple(
                    dict.fromkeys(
                        metric.source.not_proved
                        for metric in several
                        if metric.source and metric.source.not_proved
                    )
                ),
            )
        )
    return sorted(rows, key=lambda row: row.facts.title)


def _today() -> date:
    return datetime.now(UTC).date()


def _is_overdue(facts: DatasetFacts, today: date) -> bool:
    return facts.overdue_after is not None and today > facts.overdue_after


def _newest(one: SeriesCoverage | None, shape: PeriodShape | None) -> str:
    if one is None or shape is None:
        return "none"
    return period_in_words(TimePeriod(one.newest_start, one.newest_end), shape)


def _coverage_rows(
    metrics: Iterable[Metric], held: _Holdings, catalogue: Catalogue
) -> list[CoverageRow]:
    """Each series with figures, in the order of the metrics."""
    known = {(one.metric, one.breakdown): one for one in held.coverage}
    rows = []
    for metric in metrics:
        for series in metric.series:
            one = known.get((metric.id, series.breakdown))
            if one is None or metric.coverage is None:
                continue
            shape = metric.coverage.period
            first = period_in_words(TimePeriod(one.first_start, one.first_end), shape)
            newest = _newest(one, shape)
            named = len(metric.series) > 1 and series.title
            rows.append(
                CoverageRow(
                    f"{metric.title}: {series.title}" if named else metric.title,
                    metric_address(metric, series.breakdown),
                    mission_words(catalogue, metric.mission),
                    newest if first == newest else f"{first} – {newest}",
                    one.areas,
                    _boroughs(one),
                    _combined(one),
                )
            )
    return rows


def _boroughs(one: SeriesCoverage) -> str:
    everyone = len(CONSTITUENT)
    if not one.boroughs:
        return "None"
    text = f"All {everyone}" if one.boroughs == everyone else f"{one.boroughs} of {everyone}"
    return text if one.boroughs_now == one.boroughs else f"{text}; newest {one.boroughs_now}"


def _combined(one: SeriesCoverage) -> str:
    if not one.combined:
        return "No"
    return "Yes" if one.combined_now else "Yes; not the newest"


def _rejected(request: PageRequest, rows: list[DatasetRow], chosen: DatasetFacts | None) -> Markup:
    """The datasets listed that refused rows, and the rows that the chosen one refused."""
    refused: list[RejectedRow] = []
    if chosen is not None:
        refused = read_rejected(request.store, chosen.id, MOST_REJECTED)
    return render(
        "data_rejected.html",
        refusing=[row.facts for row in rows if row.facts.rejected],
        chosen=chosen,
        rows=refused,
    )


def _read_holdings(request: PageRequest) -> _Holdings:
    return _Holdings(read_datasets(request.store), tuple(read_coverage(request.store, CONSTITUENT)))


_HOLDINGS = KeptWhileUnchanged(_read_holdings)
