"""Where the figures of a metric come from: publisher, coverage, and the labels of its series."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from data.areas import AreaType
from data.periods import PeriodShape
from metrics.declaring import Slug, Strict, Url, Words

Adapter = Literal[
    "els",
    "workbook",
    "drop_in",
    "nomis",
    "nomis_workbook",
    "fingertips",
    "education_statistics",
    "education_statistics_api",
    "ons_cmd",
]
# Adapters whose readers have met hand-written samples only.
UNPROVED = frozenset({"education_statistics_api"})


class PlausibleRange(Strict):
    """Values outside these bounds are faults in the source or in the reading of it."""

    lowest: float
    highest: float

    @model_validator(mode="after")
    def _in_order(self) -> PlausibleRange:
        if self.lowest >= self.highest:
            raise ValueError("lowest must be below highest")
        return self


class Coverage(Strict):
    """Where and when the publisher gives figures. Anything outside is refused."""

    countries: tuple[
        Literal["England", "Wales", "Scotland", "Northern Ireland", "United Kingdom"], ...
    ] = Field(min_length=1)
    area_types: tuple[AreaType, ...] = Field(min_length=1)
    period: PeriodShape
    first_period: Words
    # Whether the seven constituent boroughs are published, so that one missing is a fault.
    boroughs: bool
    # Whether the publisher gives a figure for the combined authority E47000007.
    combined_authority: bool
    # The code of the national total that the publisher gives; "UK less extra-regio" in some.
    united_kingdom: Literal["K02000001", "K99000002", ""] = ""


class Source(Strict):
    """Where the figures come from."""

    # `els`: the main publisher; `workbook`: a declared workbook; `drop_in`: put in by hand;
    # the others: the services of those names.
    adapter: Adapter
    dataset: Slug
    unit: Words
    producer: Words
    landing_page: Url
    licence: Words
    accreditation: Literal[
        "accredited official statistics",
        "official statistics",
        "official statistics in development",
        "not stated",
    ]
    # Why reading it is not proved against the live service; empty where whole answers of the
    # service were recorded and are read in tests.
    not_proved: str = ""

    @model_validator(mode="after")
    def _says_what_is_not_proved(self) -> Source:
        if self.adapter in UNPROVED and not self.not_proved:
            raise ValueError(
                f"no whole answer of the service behind '{self.adapter}' was ever recorded; say "
                "in not_proved how its reader was tested"
            )
        return self


class SeriesLabel(Strict):
    """One series of the source: its label, word for word, and what it is a breakdown of."""

    label: Words
    # `learning-goal=literacy`; empty for the metric as a whole.
    breakdown: Annotated[str, StringConstraints(pattern=r"^$|^[a-z-]+=[a-z0-9-]+$")] = ""
    title: str = ""
