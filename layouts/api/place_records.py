"""The shapes of areas and of vintages."""

from __future__ import annotations

from datetime import date

from layouts.api.figure_records import ObservationRecord
from layouts.api.records import Record


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
    """Figures read from it."""
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
