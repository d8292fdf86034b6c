"""The declaration of a metric, as its TOML file must state it. Unknown keys are errors.

The folder of the file gives the mission and the file name gives the id; everything else that a
figure means is a key here, because nothing is inferred from names. Where figures come from is in
`metrics.origin`.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from metrics.declaring import ClauseId, Slug, Strict, Url, Words
from metrics.origin import Coverage, PlausibleRange, SeriesLabel, Source


class Role(StrEnum):
    """How the White Paper's technical annex ranks a metric, where that is known."""

    HEADLINE = "headline"
    SUPPORTING = "supporting"
    # Stands in for a mission metric that can no longer be had; never in the annex.
    REPLACEMENT = "replacement"
    CONTEXT = "context"


class Polarity(StrEnum):
    """Which direction is better. `none` gives higher and lower, never better and worse."""

    HIGHER = "higher_is_better"
    LOWER = "lower_is_better"
    NONE = "none"


class Evidence(StrEnum):
    """What stands behind a figure, and so what may be claimed of a change in it."""

    INTERVALS = "intervals"
    # Events or people counted in full whose numbers are held, so that the interval which chance
    # gives them can be worked out: see `Counts`.
    COUNTS = "counts"
    FULL_ENUMERATION = "full_enumeration"
    # Events counted in full, published as rates whose counts are not held: chance still moves
    # them, and no interval can be made.
    RATES_WITHOUT_COUNTS = "rates_without_counts"
    SAMPLE_WITHOUT_INTERVALS = "sample_without_intervals"
    MODEL_WITHOUT_INTERVALS = "model_without_intervals"

    @property
    def has_intervals(self) -> bool:
        """Whether figures have 95% intervals, published or worked out from counts."""
        return self in (Evidence.INTERVALS, Evidence.COUNTS)

    @property
    def testable(self) -> bool:
        """Whether a change may be claimed at all."""
        return self.has_intervals or self is Evidence.FULL_ENUMERATION


class Unit(Strict):
    """How a value is written. `prefix` and `suffix` include any space they need."""

    label: Words
    # Where the label stands beside a number that has neither prefix nor suffix: "9 admissions",
    # "7.2 (average score out of 10)".
    label_stands: Literal["after", "in brackets"] = "after"
    prefix: str = ""
    suffix: str = ""
    # What a difference between two values is called: "percentage points", "years".
    difference: Words
    decimals: int = Field(ge=0, le=3)


class Aggregation(Strict):
    """Whether, and how, a figure for a group may be derived from those of its members."""

    rule: Literal["sum", "recompute", "weighted_mean", "published_only"]
    weight: str = ""
    # How far a derived figure may lie from the publisher's own for the same group, in the unit.
    tolerance: float | None = Field(default=None, gt=0)
    reason: Words

    @model_validator(mode="after")
    def _only_what_is_derived_is_held_to_anything(self) -> Aggregation:
        if self.tolerance is not None and self.rule == "published_only":
            raise ValueError("tolerance: nothing is derived under the rule published_only")
        return self


class Disparity(Strict):
    """The set of areas among which a gap is measured, and what each counts by in a split."""

    areas: Literal["lower_tier", "upper_tier", "region"]
    # How the disparity is split between and within regions: `theil_t` only for a mean per head.
    split: Literal["theil_t", "weighted_variance"] | None = None
    # Whose number each area counts by, in the words of a held denominator.
    weight: str = ""

    @model_validator(mode="after")
    def _both_or_neither(self) -> Disparity:
        if (self.split is None) != (not self.weight):
            raise ValueError("a split declares its weight, and a weight its split")
        if self.split is not None and self.areas == "region":
            raise ValueError("regions cannot be split between regions")
        return self


class Counts(Strict):
    """How chance moves figures whose counts are known (`evidence = "counts"`)."""

    # `poisson`: events that may happen any number of times; `binomial`: people or things of whom
    # each either does or does not, so that the value is a share of a held denominator.
    chance: Literal["poisson", "binomial"]
    # How many of the denominator the value is a rate for; 0 where the value is itself the count.
    per: float = Field(ge=0)


class Link(Strict):
    """By what a change of method moved the figures, as somebody who can know it has said."""

    factor: float = Field(gt=0, allow_inf_nan=False)
    # The side whose figures, times the factor, are on the basis of the other.
    applies_to: Literal["before", "after"]
    # As a sentence names it: "the publisher's factor".
    named: Words
    url: Url
    reason: Words


class Break(Strict):
    """A change of method: figures before and from this date are not compared without a link."""

    starts: date
    reason: Words
    link: Link | None = None


class Reproduction(Strict):
    """A figure printed in a different publication, which the shipped figures must give."""

    area: str = ""
    period: str = ""
    breakdown: str = ""
    value: float | None = None
    publication: str = ""
    url: str = ""
    none_because: str = ""

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Reproduction:
        figure = (self.area, self.period, self.publication, self.url)
        if self.none_because:
            if self.value is not None or any(figure):
                raise ValueError("give either a figure to reproduce or none_because, not both")
        elif self.value is None or not all(figure):
            raise ValueError(
                "state area, period, value, publication and url of a figure that another "
                "publication gives, or say in none_because why there is none"
            )
        return self


class Metric(Strict):
    """One metric, as declared in `metrics/definitions/<NN_mission>/<metric>.toml`."""

    id: Slug
    mission: int = Field(ge=0, le=12)
    title: Words
    short_title: Annotated[str, StringConstraints(max_length=44, min_length=1)]
    # What is measured, in the singular, as a sentence goes on with "in Dudley was 62%".
    said_as: Annotated[Words, StringConstraints(pattern=r"[^.,;:]$")]
    description: Words
    role: Role
    # False: whether the annex ranks it so has not been seen, and the page says so.
    role_verified: bool
    # Whether figures are shipped with this product, or worked out here from dated facts.
    figures: Literal["held", "not held", "computed"]
    # Why they are not held, or what they are worked out from.
    figures_note: str = ""
    publication: Literal["continuing", "suspended", "frozen", "discontinued"]
    unit: Unit
    polarity: Polarity
    money: Literal["nominal", "real", "none"]
    # Whether a value is a share of a whole, whose counts some methods need.
    proportion: bool
    evidence: Evidence
    # The step to which the publisher rounds: differences within it are ties.
    rounding: float = Field(ge=0)
    plausible: PlausibleRange | None = None
    coverage: Coverage | None = None
    source: Source | None = None
    series: tuple[SeriesLabel, ...] = ()
    aggregation: Aggregation
    disparity: Disparity | None = None
    counts: Counts | None = None
    # Why its publisher or its nature forbids placing areas in an order; empty where it does not.
    not_ranked: str = ""
    denominator: str = ""
    # Whom a percentage counts, as a sentence names them: "people aged 16 to 64 in work".
    people: str = ""
    breaks: tuple[Break, ...] = ()
    serves: tuple[ClauseId, ...] = ()
    workstreams: tuple[Slug, ...] = ()
    caveats: tuple[Words, ...] = ()
    reproduces: Reproduction

    @model_validator(mode="after")
    def _held_figures_are_declared(self) -> Metric:
        if self.figures == "held":
            missing = [
                name
                for name, value in (
                    ("plausible", self.plausible),
                    ("coverage", self.coverage),
                    ("source", self.source),
                    ("series", self.series),
                )
                if not value
            ]
            if missing:
                raise ValueError(f"figures are held, so these must be declared: {missing}")
        elif not self.figures_note:
            asked = "why" if self.figures == "not held" else "what they are worked out from"
            raise ValueError(f"figures are {self.figures}, so figures_note must say {asked}")
        elif self.series or self.source:
            raise ValueError(f"figures are {self.figures}, so no source or series may be declared")
        if (self.evidence is Evidence.COUNTS) != (self.counts is not None):
            raise ValueError("evidence = counts needs the table [counts], and nothing else may")
        if self.counts and self.counts.per and not self.denominator:
            raise ValueError("a rate whose counts are held must declare its denominator")
        if self.counts and self.counts.chance == "binomial" and not self.counts.per:
            raise ValueError("a binomial share states in counts.per what it is a share of: 100")
        if self.people and not (self.proportion and self.denominator):
            raise ValueError("people are told only of a proportion that declares its denominator")
        split = self.disparity.split if self.disparity else None
        if split == "theil_t" and self.disparity and self.disparity.weight != self.denominator:
            raise ValueError("theil_t needs a mean per head weighted by its own denominator")
        if len({mark.starts for mark in self.breaks}) != len(self.breaks):
            raise ValueError("two breaks start on the same day")
        breakdowns = [label.breakdown for label in self.series]
        if len(set(breakdowns)) != len(breakdowns):
            raise ValueError("two series declare the same breakdown")
        if len(self.series) > 1 and not all(label.title for label in self.series):
            raise ValueError("a metric of several series must give each a title")
        return self

    @property
    def framework_role(self) -> str:
        """The role in words, saying so where it was not verified."""
        if self.role is Role.CONTEXT:
            return "Context"
        if self.role is Role.REPLACEMENT:
            return "Stands in for a mission metric"
        if not self.role_verified:
            return "Tier not verified"
        return "Headline metric" if self.role is Role.HEADLINE else "Supporting metric"
