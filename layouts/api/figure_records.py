"""The shapes of observations and of figures that are cited."""

from __future__ import annotations

from datetime import date
from typing import Literal

from layouts.api.records import Record


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
