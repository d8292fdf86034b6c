"""The declaration of a mission and its clauses: `metrics/missions/<NN>_<slug>.toml`."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from metrics.declaring import ClauseId, Slug, Strict, Words


class ClauseKind(StrEnum):
    """The kinds of test that a mission's wording can set."""

    RISES_EVERYWHERE = "rises_everywhere"
    FALLS_EVERYWHERE = "falls_everywhere"
    GAP_CLOSES = "gap_closes"
    GAP_BETWEEN_EXTREMES_CLOSES = "gap_between_extremes_closes"
    REACHES = "reaches"
    RISES_BY = "rises_by"
    FALLS_BY = "falls_by"
    COHORT_RISES_BY = "cohort_rises_by"
    COUNT_RISES_BY = "count_rises_by"
    WORST_IMPROVE_MOST = "worst_improve_most"
    LEVERAGES = "leverages"
    COVERAGE = "coverage"
    HAS_SETTLEMENT = "has_settlement"
    NOT_MEASURABLE = "not_measurable"


class Clause(Strict):
    """One testable statement taken from a mission's wording."""

    id: ClauseId
    # The words of the mission that make the statement, letter for letter.
    words: Words
    # A plain heading of a few words: "Pay rises everywhere".
    title: Words
    kind: ClauseKind
    # Over which areas the statement is judged: a nation by name, or a tier of authorities.
    scope: Literal[
        "lower_tier",
        "upper_tier",
        "england_upper_tier",
        "police_force",
        "England",
        "United Kingdom",
        "outside_greater_south_east",
        "none",
    ]
    deadline: date | None
    # `reaches`: the level. `rises_by`, `falls_by`, `cohort_rises_by`: how much.
    threshold: float | None = None
    threshold_kind: Literal["level", "absolute", "relative", "none"] = "none"
    # `leverages`: the metric of the money that draws in, and that of the money drawn in.
    drawn_by: Slug | Literal[""] = ""
    drawn_in: Slug | Literal[""] = ""
    # `count_rises_by` over the lowest areas: the metric by which they are the lowest.
    lowest_by: Slug | Literal[""] = ""
    # `coverage`: the tier of deal that counts; empty where every deal does.
    tier: Literal["", "foundation", "mayoral", "established mayoral"] = ""
    # `declared`: the wording or its official reading fixes one. `both`: before the pandemic
    # and at the White Paper. `none`: the test needs none.
    baseline: Literal["declared", "both", "none"]
    baseline_period: str = ""
    baseline_source: str = ""
    # How the product reads the words, and what it cannot read from them.
    reading: Words

    @model_validator(mode="after")
    def _complete(self) -> Clause:
        needs_threshold = self.kind in (
            ClauseKind.REACHES,
            ClauseKind.RISES_BY,
            ClauseKind.FALLS_BY,
            ClauseKind.COHORT_RISES_BY,
            ClauseKind.COUNT_RISES_BY,
            ClauseKind.LEVERAGES,
        )
        if needs_threshold and (self.threshold is None or self.threshold_kind == "none"):
            raise ValueError(f"a clause of kind {self.kind.value} states a threshold and its kind")
        if self.baseline == "declared" and not (self.baseline_period and self.baseline_source):
            raise ValueError("a declared baseline states baseline_period and baseline_source")
        if (self.kind is ClauseKind.LEVERAGES) != bool(self.drawn_by and self.drawn_in):
            raise ValueError("drawn_by and drawn_in belong to a clause of kind leverages")
        if self.lowest_by and self.kind is not ClauseKind.COUNT_RISES_BY:
            raise ValueError("lowest_by belongs to a clause of kind count_rises_by")
        if self.scope == "none" and self.kind is not ClauseKind.NOT_MEASURABLE:
            raise ValueError("only a clause that is not measurable may have no scope")
        return self

    @property
    def mission(self) -> int:
        """The number of the mission, which opens the id."""
        return int(self.id.split(".", 1)[0])


class Mission(Strict):
    """One mission: its wording, letter for letter, and the clauses that the words assert."""

    number: int = Field(ge=1, le=12)
    slug: Slug
    title: Words
    focus_area: Words
    wording: Words
    clauses: tuple[Clause, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _clauses_are_its_own_words(self) -> Mission:
        faults = []
        for clause in self.clauses:
            if clause.mission != self.number:
                faults.append(f"clause {clause.id} does not begin with {self.number}.")
            if clause.words not in self.wording:
                faults.append(f"the words of clause {clause.id} are not in the mission's wording")
        identifiers = [clause.id for clause in self.clauses]
        if len(set(identifiers)) != len(identifiers):
            faults.append("two clauses have the same id")
        if faults:
            raise ValueError("; ".join(faults))
        return self


class Workstream(Strict):
    """One of the authority's workstreams for the deal."""

    slug: Slug
    title: Words
    pillar: Words
    outside_deal: bool = False
    # Which metrics its page shows besides those that declare to inform it.
    shows: Literal["its own", "every headline metric", "sources"] = "its own"
    # What no figure here says of it; always said of one that no metric informs.
    not_shown: str = ""


class Framework(Strict):
    """The policy framework that the missions belong to: a dated thing."""

    title: Words
    published_on: date
    publication: Words
    url: str
    wording_source: Words
    status: Words
    workstreams: tuple[Workstream, ...]
