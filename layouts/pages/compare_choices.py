"""What a reader can choose on the page of areas side by side, and what was chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

from data.areas import CONSTITUENT, area_type
from data.series_reads import Group, KnownArea
from layouts.pages.group_choices import neighbours_of
from layouts.pages.metric_choices import with_added
from layouts.request import MOST_AREAS, Query, write_query
from metrics.catalogue import Catalogue
from metrics.definition import Metric
from metrics.origin import SeriesLabel

MOST_METRICS = 8
EARLIEST_YEAR, LATEST_YEAR = 1990, 2100
# As in an address: figures in one period, or from a baseline to that period.
VIEWS = ("change",)


@dataclass(frozen=True, slots=True)
class Compared:
    """What was chosen; every part has a default.

    `metrics` are keys of series (`comparable`). `told` says what could not be done with what was
    typed, and `offers` are the areas that may have been meant. `year` 0 stands for the newest
    figures, `known` None for what is known now.
    """

    areas: tuple[str, ...]
    metrics: tuple[str, ...]
    year: int = 0
    known: date | None = None
    view: str = ""
    told: str = ""
    offers: tuple[str, ...] = ()

    def query(self) -> str:
        """The query string that stands for these choices, without defaults."""
        return write_query(
            {
                "areas": self.areas,
                "metrics": self.metrics,
                "year": str(self.year) if self.year else "",
                "known": self.known.isoformat() if self.known else "",
                "view": self.view,
            }
        )

    def changed(self, **changes: object) -> str:
        """The query string after a change."""
        return replace(self, **changes).query()  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a metric that can be compared: the key that stands for it in an address."""

    key: str
    metric: Metric
    label: SeriesLabel

    @property
    def title(self) -> str:
        """In short, with the series where the metric has more than one."""
        if len(self.metric.series) < 2:
            return self.metric.short_title
        return f"{self.metric.short_title}: {self.label.title}"


def comparable(catalogue: Catalogue) -> dict[str, Series]:
    """Every series that figures are held for, by its key: `anxiety`, `population~age=16-64`.

    The first series of a metric has the metric's id alone.
    """
    found = {}
    for metric in catalogue.metrics.values():
        for label in metric.series if metric.figures == "held" else ():
            first = label is metric.series[0]
            key = metric.id if first else f"{metric.id}~{label.breakdown}"
            found[key] = Series(key, metric, label)
    return found


def read_compared(
    query: Query,
    catalogue: Catalogue,
    areas: Mapping[str, KnownArea],
    groups: Sequence[Group],
    known_groups: Sequence[str],
) -> Compared:
    """Read the query string.

    Faults are noted in `query`, which raises them together when checked. What was typed into
    the free field is no fault: where no area has that name, the page says so and offers others.

    Args:
        query: as asked.
        catalogue: the definitions.
        areas: every area that can be chosen.
        groups: the group that was asked for, where the store has it.
        known_groups: the ids on offer, for the words of a fault.
    """
    chosen = query.codes("areas", areas)
    told = ""
    offers: tuple[str, ...] = ()
    asked = query.one_of("group", {*known_groups, *(group.id for group in groups)})
    group = next((one for one in groups if one.id == asked), None)
    if group is not None:
        chosen, told = of_group(group, areas)
    typed = query.text("add")
    if typed:
        chosen, told, offers = with_added(chosen or CONSTITUENT, typed, areas)
    held = comparable(catalogue)
    metrics = query.names("metrics", held, MOST_METRICS, "measures such as employment-rate")
    more = query.one_of("measure", held)
    if more and more not in metrics:
        metrics = metrics or default_metrics(catalogue, chosen or CONSTITUENT)
        if len(metrics) < MOST_METRICS:
            metrics = (*metrics, more)
        else:
            told = told or f"At most {MOST_METRICS} measures can be shown together."
    return Compared(
        areas=chosen,
        metrics=metrics,
        year=query.number("year", 0, EARLIEST_YEAR, LATEST_YEAR),
        known=query.day("known"),
        view=query.one_of("view", VIEWS),
        told=told,
        offers=offers,
    )


def of_group(group: Group, areas: Mapping[str, KnownArea]) -> tuple[tuple[str, ...], str]:
    """The areas of a group, as many as can be chosen, and what to tell of the others.

    The authority that statistical neighbours are neighbours of comes before them.
    """
    members = [code for code, _ in group.members if code in areas]
    members = [code for code in areas if neighbours_of(code) == group.id] + members
    if len(members) <= MOST_AREAS:
        return tuple(members), ""
    told = f"{group.title}: the first {MOST_AREAS} of {len(members)} areas are shown."
    return tuple(members[:MOST_AREAS]), told


def default_metrics(catalogue: Catalogue, areas: Sequence[str]) -> tuple[str, ...]:
    """One measure of each mission: the first headline one that is published for such areas."""
    types: set[str | None] = {area_type(code) for code in areas}
    chosen: dict[int, str] = {}
    for metric in catalogue.metrics.values():
        if metric.mission and metric.role.value == "headline" and _covers(metric, types):
            chosen.setdefault(metric.mission, metric.id)
    return tuple(chosen[mission] for mission in sorted(chosen))[:MOST_METRICS]


def _covers(metric: Metric, types: AbstractSet[str | None]) -> bool:
    return metric.coverage is not None and bool(types & set(metric.coverage.area_types))
