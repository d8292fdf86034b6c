"""A series of figures for a governed group, derived period by period where a rule is lawful."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from data.periods import TimePeriod, period_in_short
from metrics.definition import Evidence
from metrics.measures.change import CRITICAL_Z
from metrics.measures.derived import Counted, Derived, NotDerived, derive, overlapping
from metrics.measures.evidence import Series
from metrics.measures.group_results import DerivedFigure, DerivedGroup
from metrics.measures.splits import Weights, weights_year

LONGEST_WITH_ONE_WEIGHT = 366
INDEPENDENT = "The 95% interval takes the samples of the members as independent of each other."
COMPLETE = "A complete count has no margin of error, and so has none for the group."
NOT_ALL = "There is no interval where a member's figure has none."
NONE_PUBLISHED = "There is no interval, because the members' figures are published without one."


@dataclass(frozen=True, slots=True)
class GovernedGroup:
    """A group with today's members; `code` where the group is an area of its own."""

    id: str
    title: str
    members: tuple[str, ...]
    code: str = ""


@dataclass(frozen=True, slots=True)
class Behind:
    """What figures for groups are made with, besides the members' own figures.

    Attributes:
        weights: the declared weight by year and area.
        counts: what shares are made of, by period and area.
        names: names of areas by code, for refusals.
        contained: for areas that lie within another, the code of that other area.
    """

    weights: Weights = field(default_factory=dict)
    counts: Mapping[TimePeriod, Mapping[str, Counted]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    contained: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """The figures of a series by period and area, made ready once for all groups.

    `errors` are there only where the figures come from samples with intervals.
    """

    series: Series
    values: Mapping[TimePeriod, Mapping[str, float]]
    errors: Mapping[TimePeriod, Mapping[str, float]]

    @classmethod
    def of(cls, series: Series, codes: Collection[str]) -> Known:
        """The figures of those areas that groups are made of, or are."""
        frame = series.frame[series.frame["ref_area"].isin(list(codes))]
        frame = frame[frame["value"].notna()]
        sampled = series.metric.evidence is Evidence.INTERVALS
        errors = series.errors(frame) if sampled else None
        values: dict[tuple[date, date], dict[str, float]] = {}
        known: dict[tuple[date, date], dict[str, float]] = {}
        for start, end, code, value, error in zip(
            *(frame[name].tolist() for name in ("period_start", "period_end", "ref_area", "value")),
            [float("nan")] * len(frame) if errors is None else errors.tolist(),
            strict=True,
        ):
            values.setdefault((start, end), {})[code] = value
            if error == error:
                known.setdefault((start, end), {})[code] = error
        return cls(series, _by_period(values), _by_period(known))


def _by_period(
    days: Mapping[tuple[date, date], Mapping[str, float]],
) -> dict[TimePeriod, Mapping[str, float]]:
    return {TimePeriod(start, end): figures for (start, end), figures in days.items()}


def derive_series(known: Known, group: GovernedGroup, behind: Behind) -> DerivedGroup:
    """The figures of a series for a group, one for each period or why there is none.

    A weight is that of the year in whose middle the period lies; a period of several years has
    none. The members are those of today, in every period.
    """
    series, metric = known.series, known.series.metric
    found = DerivedGroup(
        metric=metric.id,
        breakdown=series.breakdown,
        group=group.id,
        title=group.title,
        code=group.code,
        members=group.members,
        tolerance=metric.aggregation.tolerance,
    )
    refused = _refused_whole(series, group, behind)
    if refused:
        return found.model_copy(update={"refused": refused})
    made = [(period, _derive_in(known, group, behind, period)) for period in series.periods]
    figures = tuple(_figure(known, group, period, one) for period, one in made)
    how = next((one.how for _, one in reversed(made) if isinstance(one, Derived)), "")
    last = made[-1][1] if made else None
    return found.model_copy(
        update={
            "figures": figures,
            "how": how,
            "refused": "" if how or not isinstance(last, NotDerived) else last.reason,
            "interval": _interval_words(series, made) if how else "",
        }
    )


def _refused_whole(series: Series, group: GovernedGroup, behind: Behind) -> str:
    """Why no period can have a figure, whatever the members' figures are; empty otherwise."""
    metric = series.metric
    if refusal := overlapping(group.members, behind.names, behind.contained):
        return refusal
    if metric.aggregation.rule == "weighted_mean" and not behind.weights:
        return f"Not derived: the weight ({metric.aggregation.weight}) is not held."
    if metric.aggregation.rule == "published_only" or (
        metric.aggregation.rule == "recompute" and not behind.counts
    ):
        tried = derive(metric, {}, group.members, behind.names)
        return tried.reason if isinstance(tried, NotDerived) else ""
    return ""


def _derive_in(
    known: Known, group: GovernedGroup, behind: Behind, period: TimePeriod
) -> Derived | NotDerived:
    short = (period.end - period.start).days <= LONGEST_WITH_ONE_WEIGHT
    return derive(
        known.series.metric,
        known.values.get(period, {}),
        group.members,
        behind.names,
        behind.weights.get(weights_year(period)) if short else None,
        behind.contained,
        behind.counts.get(period),
        known.errors.get(period),
    )


def _figure(
    known: Known, group: GovernedGroup, period: TimePeriod, one: Derived | NotDerived
) -> DerivedFigure:
    series = known.series
    half = CRITICAL_Z * one.error if isinstance(one, Derived) and one.error is not None else None
    value = one.value if isinstance(one, Derived) else None
    return DerivedFigure(
        start=period.start,
        end=period.end,
        period=series.words(period),
        short_period=period_in_short(period, series.shape),
        value=value,
        lower=None if value is None or half is None else value - half,
        upper=None if value is None or half is None else value + half,
        reason=one.reason if isinstance(one, NotDerived) else "",
        published=known.values.get(period, {}).get(group.code),
    )


def _interval_words(series: Series, made: list[tuple[TimePeriod, Derived | NotDerived]]) -> str:
    evidence = series.metric.evidence
    if evidence is Evidence.FULL_ENUMERATION:
        return COMPLETE
    if evidence is not Evidence.INTERVALS:
        return NONE_PUBLISHED
    known = [one.error is not None for _, one in made if isinstance(one, Derived)]
    return INDEPENDENT if all(known) else f"{INDEPENDENT} {NOT_ALL}" if any(known) else NOT_ALL
