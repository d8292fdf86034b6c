"""Corrections of published figures, as `data/corrections/*.toml` declares them."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from data.tables import STATUS_LETTERS
from ingest.faults import Fault, Refused
from ingest.freshness import CORRECTIONS

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
_REMEDY = "correct the declaration; data/corrections/README.md explains the keys"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rows(_Strict):
    """Which figures: those of the named series, areas and periods; all where none is named."""

    series: tuple[Words, ...] = ()
    areas: tuple[Words, ...] = ()
    periods: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _selects(self) -> Rows:
        if not (self.series or self.areas or self.periods):
            raise ValueError("name series, areas or periods: a whole table is not corrected")
        return self


class RelabelPeriod(_Strict):
    """The figures are those of another period."""

    kind: Literal["relabel_period"]
    to: Words


class SetAside(_Strict):
    """The figures are not taken; the rows are kept as rejected, with the note as the reason."""

    kind: Literal["set_aside"]


class Mark(_Strict):
    """The figures get a status. One that never stands beside a value takes the value away."""

    kind: Literal["mark"]
    status: Words

    @model_validator(mode="after")
    def _is_known(self) -> Mark:
        if self.status not in STATUS_LETTERS:
            raise ValueError(f"status is one of {', '.join(STATUS_LETTERS)}")
        return self


class SameValues(_Strict):
    """Holds while the values are those that another vintage gives for another period."""

    kind: Literal["same_values_as"]
    vintage: date
    period: Words
    lowest_share: float = Field(gt=0.5, le=1)


class MedianRatio(_Strict):
    """Holds while the values are some times those of another vintage for the same periods."""

    kind: Literal["median_ratio_to"]
    vintage: date
    lowest: float = Field(gt=1)


class AllValues(_Strict):
    """Holds while every value is this number."""

    kind: Literal["all_values_are"]
    value: float


class Correction(_Strict):
    """One correction.

    Attributes:
        id: what messages call it.
        declared_on: the day on which it was decided.
        dataset: the table.
        first_vintage, last_vintage: the vintages that have the fault, by the days on which they
            became known; without a last one every later vintage, until the guard fails.
        reason: what is wrong and how that was found, for whoever looks after the figures.
        note: what stands beside each figure that it touches.
    """

    id: Words
    declared_on: date
    dataset: Words
    first_vintage: date
    last_vintage: date | None = None
    reason: Words
    note: Words
    rows: Rows
    change: Annotated[RelabelPeriod | SetAside | Mark, Field(discriminator="kind")]
    guard: Annotated[SameValues | MedianRatio | AllValues, Field(discriminator="kind")]

    def touches(self, dataset: str, known_on: date) -> bool:
        """Whether a vintage is one of those that have the fault."""
        ended = self.last_vintage is not None and known_on > self.last_vintage
        return dataset == self.dataset and known_on >= self.first_vintage and not ended


class _File(_Strict):
    correction: tuple[Correction, ...]


def read_corrections(folder: Path = CORRECTIONS) -> tuple[Correction, ...]:
    """Every declared correction, in the order of the files.

    Raises:
        Refused: with every fault of every file.
    """
    faults: list[Fault] = []
    found: list[Correction] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            own = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).correction
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            faults.append(Fault(path.name, None, "", str(error), "readable TOML", _REMEDY))
            continue
        except ValidationError as error:
            faults.extend(
                Fault(
                    *(path.name, None, ".".join(str(part) for part in fault["loc"])),
                    *(f"{fault['input']!r:.80}", fault["msg"], _REMEDY),
                )
                for fault in error.errors(include_url=False)
            )
            continue
        for one in own:
            if any(one.id == other.id for other in found):
                expected = "an id that no other correction has"
                faults.append(Fault(path.name, None, "id", f"'{one.id}'", expected, _REMEDY))
            found.append(one)
    if faults:
        raise Refused(faults)
    return tuple(found)
