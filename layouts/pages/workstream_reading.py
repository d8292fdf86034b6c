"""What a workstream's page needs of the store, and the words for it: no claim but the stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from data.areas import COMBINED_AUTHORITY, CONSTITUENT, ENGLAND
from data.series_reads import Group, read_area_measures, read_groups_with_members
from layouts.pages.standing import BesideCounts, count_beside
from metrics.catalogue import Catalogue
from metrics.definition import Metric
from metrics.measures.results import AreaFacts, Comparison, Direction
from metrics.mission import Workstream
from metrics.origin import SeriesLabel
from metrics.wording import by_chance, write_list

GROUPS = ("wmca-constituent", "wmca-non-constituent")
BASELINES = ("before-pandemic", "white-paper")


@dataclass(frozen=True, slots=True)
class WorkstreamSeries:
    """One series that a page shows, with what is known of each authority in it."""

    metric: Metric
    label: SeriesLabel
    title: str
    facts: Mapping[str, AreaFacts]

    @property
    def key(self) -> str:
        """The series as a query string names it: `healthy-life-expectancy-male~sex=male`."""
        breakdown = self.label.breakdown
        return f"{self.metric.id}~{breakdown}" if breakdown else self.metric.id

    def held(self, codes: Iterable[str]) -> list[AreaFacts]:
        """What is known of those areas that have a value."""
        known = (self.facts.get(code) for code in codes)
        return [one for one in known if one and one.latest and one.latest.value is not None]

    @property
    def is_total(self) -> bool:
        """Whether a value is a total, which is set beside no larger area's."""
        return self.metric.aggregation.rule == "sum"


def metrics_shown(workstream: Workstream, catalogue: Catalogue) -> list[Metric]:
    """The metrics of a workstream's page: those that inform it, or every headline metric too."""
    own = catalogue.informing(workstream.slug)
    if workstream.shows != "every headline metric":
        return own
    headline = [
        metric
        for metric in catalogue.metrics.values()
        if metric.role.value == "headline" and metric.figures == "held" and metric not in own
    ]
    return [*sorted(headline, key=lambda metric: (metric.mission, metric.title)), *own]


def read_groups(store: Connection) -> tuple[Group, ...]:
    """The constituent and the non-constituent authorities, as far as the store has them."""
    return tuple(read_groups_with_members(store, GROUPS))


def read_series(
    store: Connection, metrics: Iterable[Metric], others: Iterable[str]
) -> tuple[WorkstreamSeries, ...]:
    """Every series of some metrics that has figures for England or for one of the authorities."""
    codes = (COMBINED_AUTHORITY, *CONSTITUENT, *others, ENGLAND)
    found = []
    for metric in metrics:
        for label in metric.series:
            stored = read_area_measures(
                store, "area_facts", f"{metric.id}|{label.breakdown}", codes
            )
            facts = {code: AreaFacts.model_validate_json(text) for code, text in stored.items()}
            several = len(metric.series) > 1 and label.title
            title = f"{metric.title}: {label.title}" if several else metric.title
            if facts:
                found.append(WorkstreamSeries(metric, label, title, facts))
    return tuple(found)


def opening(
    workstream: Workstream,
    metrics: Sequence[Metric],
    series: Sequence[WorkstreamSeries],
    others: Sequence[str] = (),
) -> str:
    """The sentence that a page opens with: what informs it, and how the authorities stand.

    Args:
        others: the non-constituent authorities, told of beside the boroughs where the
            workstream is about them.
    """
    if not metrics:
        return f"No metric informs {workstream.title} here. {workstream.not_shown}"
    beside_each_other = workstream.shows == "every headline metric"
    number = len(metrics)
    who = f"{number} metrics inform" if number > 1 else "1 metric informs"
    if beside_each_other:
        who = f"{number} metrics are set out for"
    if all(metric.figures != "held" for metric in metrics):
        computed = any(metric.figures == "computed" for metric in metrics)
        rest = (
            "worked out from dated facts for England as a whole, not for one authority"
            if computed
            else "without figures for any authority here"
        )
        return f"{who} {workstream.title}, {rest}."
    context = all(metric.mission == 0 for metric in metrics if metric.figures == "held")
    none = ", those with figures being context and no mission's own" if context else ""
    without = sum(metric.figures == "not held" for metric in metrics)
    verb = "has" if without == 1 else "have"
    lacking = f"; {without} of them {verb} no figures here" if without else ""
    stand = [_stand(counts(series, CONSTITUENT), "the seven boroughs")]
    if beside_each_other:
        stand.append(_stand(counts(series, others), "the non-constituent authorities"))
    return f"{who} {workstream.title}{none}{lacking}. {' '.join(stand)}"


def counts(series: Iterable[WorkstreamSeries], codes: Iterable[str]) -> BesideCounts:
    """How often authorities stand how beside England, over all series that are no totals."""
    wanted = tuple(codes)
    return count_beside([one for each in series if not each.is_total for one in each.held(wanted)])


def _stand(beside: BesideCounts, whose: str) -> str:
    """How the figures of some authorities stand beside England's, counted."""
    told = [
        (number, words)
        for number, words in (
            (beside.worse, "worse"),
            (beside.better, "better"),
            (beside.uncalled, "higher or lower where neither is better"),
            (beside.alike, "not clearly different"),
        )
        if number
    ]
    compared = sum(number for number, _ in told)
    if not compared:
        return f"No figure of {whose} can be tested beside England's."
    figures = "figure" if compared == 1 else "figures"
    tested = f"{figures} of {whose} that can be tested beside England's"
    if len(told) == 1:
        every = {1: "The one", 2: "Both"}.get(compared, f"All {compared}")
        first = f"{every} {tested} {'is' if compared == 1 else 'are'} {told[0][1]}"
    else:
        parts = [f"{number} {'is' if number == 1 else 'are'} {words}" for number, words in told]
        first = f"Of the {compared} {tested}, {write_list(parts)}"
    rest = f"; {beside.untested} cannot be tested" if beside.untested else ""
    return f"{first}{rest}.{by_chance(beside.by_error)}"


def beside_in_counts(one: WorkstreamSeries, codes: Sequence[str]) -> str:
    """How the authorities of a group stand in one series: `4 worse, 1 better, 2 similar`."""
    held = one.held(codes)
    if not held:
        return "no figure"
    if one.is_total:
        return "totals, not set beside England's"
    beside = count_beside(held)
    told = [
        f"{number} {words}"
        for number, words in (
            (beside.worse, "worse"),
            (beside.better, "better"),
            (beside.uncalled, "higher or lower"),
            (beside.alike, "similar"),
            (beside.untested, "not tested"),
            (beside.absent, "not compared"),
            (len(codes) - len(held), "without a figure"),
        )
        if number
    ]
    return ", ".join(told)


@dataclass(frozen=True, slots=True)
class Moved:
    """The clear changes of one series since one baseline: a direction with the areas it holds of.

    `tested` is of how many areas the change could be tested at all, `by_error` of how many by a
    margin of error, which chance alone can call clear.
    """

    label: str
    directions: tuple[tuple[str, str], ...]
    tested: int
    by_error: int


def moved(one: WorkstreamSeries, baseline: str, names: Mapping[str, str]) -> Moved | None:
    """What has clearly moved since a baseline; None where nothing could be tested."""
    found: dict[str, list[str]] = {}
    tested = by_error = 0
    labels: Counter[str] = Counter()
    for code, name in names.items():
        facts = one.facts.get(code)
        change = next((c for c in facts.changes if c.to == baseline), None) if facts else None
        if change is None or change.direction is Direction.CANNOT_TEST:
            continue
        if change.difference is None:
            continue
        tested += 1
        by_error += change.lower is not None
        labels[change.label] += 1
        if change.direction in (Direction.HIGHER, Direction.LOWER):
            found.setdefault(_way(change, one.metric), []).append(name)
    if not tested:
        return None
    label = labels.most_common(1)[0][0]
    told = tuple((way, write_list(several)) for way, several in sorted(found.items()))
    return Moved(label, told, tested, by_error)


def _way(change: Comparison, metric: Metric) -> str:
    """The direction of a change; money of each year is never called better or worse."""
    if metric.money == "nominal":
        return f"{change.direction.value}, before inflation"
    return change.quality.value or change.direction.value


def why_without(metric: Metric) -> str:
    """Why a metric with figures has none for a single borough, from what is declared of it."""
    if metric.coverage is None or metric.coverage.boroughs:
        return ""
    kinds = [kind for kind in metric.coverage.area_types if not kind.startswith("ITL")]
    return f"Not published for single boroughs: figures are for {_kinds(kinds)}."


def _kinds(kinds: Sequence[str]) -> str:
    plural = [f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s" for kind in kinds]
    return write_list(plural) or "statistical areas"
