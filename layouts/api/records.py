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


class AddressRecord(Record):
    """One address of this API."""

    address: str
    """The path, with variable parts in braces."""
    summary: str
    """What it answers with."""
    parameters: list[str]
    """The names that may stand in the query string."""


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


class BreakRecord(Record):
    """A change of method: figures before and from this day are not compared."""

    starts: date
    """The first day of the new method."""
    reason: str
    """What changed."""


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


class ObservationRecord(Record):
    """One value for one series, area and period, or the reason why there is none."""

    figure_id: str
    """Id of the figure, the same on every copy of this product."""
    metric: str
    """Id of the metric."""
    breakdown: str
    """Such as `sex=female`; empty for the metric as a whole."""
    ref_area: str
    """GSS code of the area, as published."""
    area_name: str
    """Its published name. Match by code: five areas are called West Midlands."""
    area_type: str
    """What kind of area it is."""
    recoded_to: str
    """The newer code of the same place; empty where the code is today's."""
    time_period: str
    """The period as ISO 8601: `2022-01-01/P3Y`, `2026-01`, `2026-01-15`."""
    period_start: date
    """First day of the period."""
    period_end: date
    """Last day of the period."""
    obs_value: float | None
    """The value as published; null where there is none. Never zero for a missing one."""
    lower_95: float | None
    """Lower end of the 95% interval, where the publisher gives one."""
    upper_95: float | None
    """Upper end of the 95% interval."""
    obs_status: str
    """Status letters: b break, c confidential, e estimated, f forecast, low low figure,
    p provisional, r revised, u low reliability, x not available, z not applicable."""
    unit_measure: str
    """What the value is counted in."""
    note: str
    """What the publisher adds in words."""
    basis: Literal["published", "derived"]
    """Published, or derived here for a group."""
    dataset: str
    """Id of the dataset; its vintages have addresses and hashes."""
    known_since: date
    """The day since which the store has held just this value."""


class AreaRecord(Record):
    """One area with what is known of it."""

    ref_area: str
    """GSS code."""
    area_name: str
    """Published name."""
    area_type: str
    """What kind of area it is."""
    lower_tier: bool
    """Whether it is a district, borough, unitary authority or the like."""
    upper_tier: bool
    """Whether it is a county, unitary authority or the like."""
    region: str
    """Code of the region that it lies in; empty for none."""
    country: str
    """Code of the country that it lies in; empty for none."""
    start_on: date | None
    """First day of the area, where known."""
    end_on: date | None
    """Last day of the area; null while it exists."""
    recoded_to: str
    """The newer code of the same place; empty where the code is today's."""
    page: str
    """Address of its page."""


class AreaChangeRecord(Record):
    """What became of an area on a day."""

    kind: str
    """recode, boundary_change, merger, abolition or joins."""
    new_code: str
    """The area that took its place or that it joined; empty for none."""
    effective_on: date
    """The day of the change."""
    precision: str
    """Whether the day itself is known, or the year only."""


class AreaDetailRecord(AreaRecord):
    """One area with what became of it and its newest figure in each series."""

    changes: list[AreaChangeRecord]
    """What became of it."""
    figures: list[ObservationRecord]
    """The row of the newest period of each series that the area has."""


class VintageRecord(Record):
    """One successful load of one dataset."""

    dataset: str
    """Id of the dataset."""
    title: str
    """What it is called."""
    producer: str
    """Who made the figures."""
    source: str
    """The producer's page."""
    licence: str
    """The terms of the figures."""
    known_on: date
    """The day on which it became known."""
    published_on: date
    """The publisher's own date."""
    retrieved_on: date
    """The day of the fetch."""
    address: str
    """Address of the file."""
    sha256: str
    """Hash of the bytes."""
    rows_read: int
    """Rows read from it."""
    added: int
    """Figures added to those of the vintage before."""
    withdrawn: int
    """Figures taken away."""
    revised: int
    """Figures with another value or interval."""
    restatused: int
    """Figures with another status or note alone."""
    set_aside: int
    """Rows not taken in, each kept with its reason."""
    metrics: list[str]
    """Ids of the metrics that it gives figures for."""


class FigureRecord(ObservationRecord):
    """One observation as a figure that can be cited."""

    figure: str
    """Permanent address of the figure, which carries all of its facts."""
    sentence: str
    """The figure as one sentence."""
    source: str
    """The dataset as it is cited."""
    licence: str
    """The terms of the figure."""
    known_on: date | None
    """Day on which the newest vintage of its dataset became known."""
    then_and_now: str
    """Address in this API of what became of it."""


class HeldRecord(Record):
    """One value that was held for the area and period of a figure."""

    figure_id: str
    """Id of the figure that it was."""
    obs_value: float | None
    """The value as published; null where there was none."""
    lower_95: float | None
    """Lower end of the 95% interval."""
    upper_95: float | None
    """Upper end of the 95% interval."""
    obs_status: str
    """Status letters."""
    note: str
    """What the publisher added in words."""
    known_from: date
    """The day on which it became known."""
    known_to: date | None
    """The day on which another took its place; null while it stands."""
    cited: bool
    """Whether it is the figure as cited."""


class ClaimRecord(Record):
    """One thing that was said of the figure when it was first known, and what can be said now."""

    claim: str
    """What is claimed: a change, a comparison, a place or a verdict."""
    then: str
    """What was said then."""
    now: str | None
    """What can be said now; null where nothing can be said any more."""
    holds: bool
    """Whether what was said then can still be said."""


class FigureDetailRecord(Record):
    """A cited figure then and now."""

    figure_id: str
    """Its id."""
    figure: str
    """Its permanent address."""
    metric: str
    """Id of the metric."""
    breakdown: str
    """The breakdown; empty for the metric as a whole."""
    ref_area: str
    """Code of the area."""
    period_start: date
    """First day of the period."""
    period_end: date
    """Last day of the period."""
    obs_value: float | None
    """The value as cited."""
    lower_95: float | None
    """Lower end of the 95% interval as cited."""
    upper_95: float | None
    """Upper end of the 95% interval as cited."""
    obs_status: str
    """Status letters as cited."""
    comparator: str
    """Code of the area that it is set beside; empty for none."""
    basis: Literal["published", "derived"]
    """Published, or derived here for a group."""
    dataset: str
    """Id of the dataset."""
    sentence: str
    """The figure as one sentence; empty where its metric is declared no more."""
    footnote: str
    """The figure as a footnote."""
    minutes: str
    """The figure as a line for minutes."""
    standing: str
    """current, revised, restatused, withdrawn, never published or derived."""
    standing_sentence: str
    """The same in words, with the days."""
    first_known: date | None
    """The first day on which it stood so."""
    changed_on: date | None
    """The day on which another took its place; null if none did."""
    current: str | None
    """Permanent address of the figure that stands now; null where none does."""
    difference: float | None
    """The value of now minus the cited one; null without both."""
    claims: list[ClaimRecord]
    """What was said of it then, beside what can be said now."""
    history: list[HeldRecord]
    """Every value held for its area and period, the oldest first."""
