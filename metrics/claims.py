"""What could be said of one figure on one day: direction, distance, place and verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
from sqlalchemy import Connection

from data.periods import TimePeriod
from data.reads import read_area, read_series, read_successors
from metrics.area_names import area_in_text, area_label
from metrics.catalogue import Catalogue
from metrics.definition import Metric
from metrics.figure import Figure
from metrics.in_short import beside_in_short, change_in_short, rank_in_short
from metrics.measures.comparisons import Place, gap_to
from metrics.measures.evidence import Series
from metrics.measures.facts import area_facts
from metrics.measures.results import AreaFacts, Comparison
from metrics.measures.results import Figure as MeasuredFigure
from metrics.openings import in_sentence
from metrics.verdicts_on import readings_on, with_margins

BASELINES = {"before-pandemic": "before the pandemic", "white-paper": "the White Paper"}


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing said of a figure.

    Attributes:
        key: what is claimed, the same on every day: `("change", "white-paper")`.
        label: the same for a reader: `Since 2017 to 2019`.
        words: the claim in short: `down 1.8 years, worse`.
        sentence: the claim in full, with its numbers.
        outcome: what must stay the same for the claim to hold.
        reach: for a place among areas its ends as shares of the areas ranked, of which there
            may be more on another day; a place holds where the two overlap.
    """

    key: tuple[str, str]
    label: str
    words: str
    sentence: str
    outcome: str
    reach: tuple[float, float] | None = None

    def holds_beside(self, other: Claim) -> bool:
        """Whether the other day's claim says the same."""
        if self.reach is not None and other.reach is not None:
            return self.reach[0] <= other.reach[1] and other.reach[0] <= self.reach[1]
        return self.outcome == other.outcome


@dataclass(frozen=True, slots=True)
class Claims:
    """All that could be said of a figure on a day; `beside` is the comparator's part of it."""

    claims: tuple[Claim, ...]
    beside: Comparison | None = None


def claims_of(
    connection: Connection, catalogue: Catalogue, figure: Figure, *, as_of: date | None = None
) -> Claims:
    """What could be said of a figure with the figures that were known on a day; today's if None.

    Direction, distance and place are those of the figure's own period, whatever was published
    later. A verdict is that of the day, and rests on every period known then.

    Returns:
        Nothing where the figure's metric declares no series of that breakdown, or where its
        area has no value in its period on that day.
    """
    metric = catalogue.metrics[figure.metric]
    frame = read_series(connection, metric.id, figure.breakdown, as_of=as_of)
    if frame.empty or metric.coverage is None:
        return Claims(())
    successors = read_successors(connection)
    whole = with_margins(
        connection, catalogue, Series.of(metric, figure.breakdown, frame, successors)
    )
    until = replace(
        whole,
        frame=_until(whole.frame, figure.days[1]),
        as_published=_until(whole.as_published, figure.days[1]),
    )
    code = _code_today(connection, figure.area)
    facts = next(iter(area_facts(until, [code])), None)
    period = TimePeriod(*figure.days)
    if facts is None or facts.latest is None or _period(facts.latest) != period:
        return Claims(())
    beside = _beside(connection, until, facts, figure.comparator, period)
    gaps = (beside,) if figure.comparator else facts.gaps
    return Claims(
        (
            *_over_time(facts, metric),
            *(
                Claim(
                    ("beside", gap.to),
                    f"Beside {gap.label}",
                    beside_in_short(gap, metric.unit),
                    gap.sentence,
                    f"{gap.direction}|{gap.quality}",
                )
                for gap in gaps
                if gap is not None and metric.aggregation.rule != "sum"
            ),
            *_place(facts, period, until),
            *_verdicts(connection, catalogue, metric, whole, as_of),
        ),
        beside,
    )


def _until(frame: pd.DataFrame, day: date) -> pd.DataFrame:
    return frame[frame["period_end"] <= day]


def _code_today(connection: Connection, code: str) -> str:
    """The code under which a series has the place, where only its code changed."""
    area = read_area(connection, code)
    return area.recoded_to if area and area.recoded_to else code


def _period(figure: MeasuredFigure) -> TimePeriod:
    return TimePeriod(figure.start, figure.end)


def _over_time(facts: AreaFacts, metric: Metric) -> Iterator[Claim]:
    for change in facts.changes:
        if change.difference is None:
            continue
        yield Claim(
            ("change", change.to),
            f"Since {change.label or BASELINES[change.to]}",
            change_in_short(change, metric),
            change.sentence,
            f"{change.direction}|{change.quality}",
        )


def _place(facts: AreaFacts, period: TimePeriod, series: Series) -> Iterator[Claim]:
    # Ranks are those of the newest period, which may not be that of an area that stopped before.
    if facts.rank is not None and series.periods[-1] == period:
        yield Claim(
            ("place", ""),
            "Place among all areas",
            rank_in_short(facts.rank),
            facts.rank.sentence,
            "",
            (facts.rank.lowest / facts.rank.areas, facts.rank.highest / facts.rank.areas),
        )


def _beside(
    connection: Connection, series: Series, facts: AreaFacts, code: str, period: TimePeriod
) -> Comparison | None:
    """The figure beside that of its comparator, any area of the same series and period."""
    if not code or facts.latest is None:
        return None
    rows: pd.DataFrame = series.valued(period)
    found = rows[rows["ref_area"] == code]
    if found.empty:
        return None
    area = read_area(connection, code)
    if area is None:
        return None
    label, in_text = area_label(area.name, area.type), area_in_text(area.name, area.type)
    place = Place(code, label, in_text, "", english=False)
    return gap_to(series, facts.latest, place, series.figure(found.iloc[0]))


def _verdicts(
    connection: Connection, catalogue: Catalogue, metric: Metric, series: Series, on: date | None
) -> Iterator[Claim]:
    """The verdicts on the statements that the metric serves, by this series alone."""
    for clause, judged in readings_on(connection, catalogue, metric, series, on):
        yield Claim(
            ("verdict", clause.id),
            f"Verdict: {in_sentence(clause.title)}",
            judged.words,
            judged.sentence,
            judged.words,
        )
