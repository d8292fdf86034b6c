"""The shapes of what the API answers with: the one declaration of every field.

`openapi.json` is written from these models, and tests hold every answer to them. The words
under a field are its description there.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen shape: a field that is not declared is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class About(Record):
    """What every answer says of itself."""

    known_on: date | None
    """Day on which the newest of what is answered became known; null where nothing was held."""
    as_of: date | None
    """The day that was asked for by `as_of`; null for what is known now."""
    source: str
    """Who made the figures or words, and where they stand."""
    licence: str
    """Under which terms they may be used again."""


class ClauseRecord(Record):
    """One statement in the words of a mission, with the verdict on it."""

    mission: int
    """Number of the mission."""
    id: str
    """Id of the clause."""
    title: str
    """A plain heading."""
    words: str
    """The words of the mission that make the statement, letter for letter."""
    kind: str
    """The kind of test that the words set."""
    scope: str
    """Over which areas it is judged."""
    deadline: date | None
    """The day by which it has to be so; null where the words name none."""
    reading: str
    """How the words are read, and what cannot be read from them."""
    verdict: str | None
    """The judgement; null where its metrics are judged differently, or nothing was measured."""
    cause: str
    """Why it cannot be shown; empty for every other verdict."""
    sentence: str
    """The reason in one sentence, with the numbers in it."""
    metrics: list[str]
    """Ids of the metrics that it is judged by."""


class MissionRecord(Record):
    """One mission with its clauses."""

    number: int
    """From 1 to 12."""
    slug: str
    """Its name in addresses."""
    title: str
    """Its short title."""
    focus_area: str
    """The focus area that it belongs to."""
    wording: str
    """Its wording, letter for letter."""
    page: str
    """Address of its page."""
    metrics: list[str]
    """Ids of its metrics, headline ones first."""
    clauses: list[ClauseRecord]
    """The statements that its words make."""


class MetricRecord(Record):
    """One metric as it is declared, and what is held of it."""

    id: str
    """Its id in addresses."""
    title: str
    """What is measured."""
    short_title: str
    """The same in at most 44 characters."""
    description: str
    """What it means, in plain English."""
    mission: int
    """Number of the mission; 0 for context, which serves none."""
    role: str
    """Its place in the framework: headline, supporting, replacement or context."""
    role_verified: bool
    """Whether its place in the White Paper's annex has been seen."""
    serves: list[str]
    """Ids of the clauses that it judges."""
    workstreams: list[str]
    """The workstreams of the authority that it informs."""
    figures: Literal["held", "not held", "computed"]
    """Whether figures are held, or worked out here from dated facts."""
    figures_note: str
    """Why none are held, or what they are worked out from."""
    unit_measure: str
    """What a value is counted in."""
    polarity: str
    """Which direction is better."""
    evidence: str
    """What stands behind a figure, and so what may be claimed of a change."""
    dataset: str
    """Id of the dataset; empty without figures."""
    source: str
    """Who publishes it, and where; empty where that is not declared."""
    licence: str
    """The terms of the figures; empty without figures."""
    known_on: date | None
    """Day on which its newest vintage became known; null where nothing is held."""
    page: str
    """Address of its page."""


class SeriesRecord(Record):
    """One series of a metric: the metric as a whole, or one breakdown."""

    metric: str
    """Id of the metric."""
    breakdown: str
    """Such as `sex=female`; empty for the metric as a whole."""
    title: str
    """What the breakdown is; empty for the metric as a whole."""
    source_label: str
    """The publisher's own label, word for word."""
    values: int
    """How many values are held."""
    blanks: int
    """How many rows without a value are held."""
    first_period: str
    """First period with a row; empty where there is none."""
    newest_period: str
    """Newest period with a row; empty where there is none."""


class LinkRecord(Record):
    """By what a change of method moved the figures, as somebody who can know it has said."""

    factor: float
    """What figures of one side are multiplied by to be on the basis of the other."""
    applies_to: Literal["before", "after"]
    """The side whose figures are multiplied."""
    named: str
    """What the factor is called in a sentence."""
    url: str
    """Where it is published."""
    reason: str
    """Why it holds."""


class BreakRecord(Record):
    """A change of method: figures before and from this day are not compared without a link."""

    starts: date
    """The first day of the new method."""
    reason: str
    """What changed."""
    link: LinkRecord | None
    """The declared factor by which figures are compared across the change; empty without one."""


class MetricDetailRecord(MetricRecord):
    """One metric with everything that is declared of it."""

    decimals: int
    """Decimal places that a value is shown with."""
    money: str
    """Whether values are money of each year, of one year, or no money."""
    proportion: bool
    """Whether a value is a share of a whole."""
    rounding: float
    """The step to which the publisher rounds; differences within it are ties."""
    denominator: str
    """What a value is a share or a rate of."""
    aggregation: str
    """The rule by which a figure for a group may be derived."""
    aggregation_reason: str
    """Why that rule holds."""
    countries: list[str]
    """The countries covered."""
    area_types: list[str]
    """The kinds of area covered."""
    caveats: list[str]
    """What to take care of."""
    breaks: list[BreakRecord]
    """Changes of method within the series."""
    series: list[SeriesRecord]
    """Its series, in the order in which they are shown."""
