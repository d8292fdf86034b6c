"""The declaration of a devolution proposition: `metrics/propositions/<slug>.toml`.

A proposition argues from figures for a power or for funding. Its file names the figures; what they
show, for it and against it, is worked out from the store and never written here.
"""

from __future__ import annotations

import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from metrics.declaring import ClauseId, Slug, Strict, Words

# What stands on every page of an example.
EXAMPLE_MARK = "Example: not a position of the authority"
MOST_AREAS = 20
MOST_METRICS = 40
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{8}$")]


class Argument(StrEnum):
    """What the figures are brought forward to show, and so what speaks against it."""

    # That these areas are behind or falling back, so that something is needed.
    NEED = "need"
    # That these areas do better or have improved, so that more can be trusted to them.
    PROGRESS = "progress"


class Ask(Strict):
    """One thing that is asked for."""

    kind: Literal["power", "funding"]
    words: Words


class Proposition(Strict):
    """One proposition, as declared. The file name gives the slug."""

    slug: Slug
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
    # One or two sentences for someone who meets it for the first time.
    summary: Words
    argues: Argument
    asks: tuple[Ask, ...] = Field(min_length=1)
    workstreams: tuple[Slug, ...] = Field(min_length=1)
    missions: tuple[Annotated[int, Field(ge=1, le=12)], ...] = Field(min_length=1)
    clauses: tuple[ClauseId, ...] = ()
    # The first is the area that the case opens with.
    areas: tuple[Code, ...] = Field(min_length=1, max_length=MOST_AREAS)
    metrics: tuple[Slug, ...] = Field(min_length=1, max_length=MOST_METRICS)
    # Like areas to set beside them: codes of areas, or ids of groups. England and the other larger
    # areas around each are always there.
    comparators: tuple[Words, ...] = Field(min_length=1, max_length=MOST_AREAS)
    author: Words
    date: datetime.date
    # True for what only shows how a proposition is written.
    example: bool

    @model_validator(mode="after")
    def _each_once(self) -> Proposition:
        faults = []
        for key in ("workstreams", "missions", "clauses", "areas", "metrics", "comparators"):
            named = getattr(self, key)
            twice = sorted({str(one) for one in named if named.count(one) > 1})
            if twice:
                faults.append(f"{key}: named twice: {', '.join(twice)}; name each once")
        faults.extend(
            f"clauses: {clause} belongs to mission {number}, which missions does not name; add "
            f"{number} to missions or leave the clause out"
            for clause in self.clauses
            if (number := int(clause.split(".", 1)[0])) not in self.missions
        )
        if faults:
            raise ValueError("; ".join(faults))
        return self

    @property
    def mark(self) -> str:
        """What must stand on every page of it; empty for none."""
        return EXAMPLE_MARK if self.example else ""
