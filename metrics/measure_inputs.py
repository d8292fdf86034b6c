"""What measures are computed from, read when it is first asked for, and remembered as asked for.

Each unit of measures takes its inputs through a `Recorder`. What it took, with a mark of each, is
stored beside its measures; as long as none of the marks changes, neither do the measures.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

import pandas as pd
from sqlalchemy import Connection

from data.devolution import read_deals
from data.input_marks import neighbourhood_mark, reference_mark, series_marks
from data.reads import newest_known_on, read_areas, read_series, read_successors
from data.store import PROJECT
from metrics.catalogue import Catalogue
from metrics.count_intervals import with_count_intervals
from metrics.definition import Metric
from metrics.denominators import Denominators, denominators_of
from metrics.devolution import POPULATION, Devolution, bring_together
from metrics.grouping import Groups, read_governed_groups
from metrics.measures.evidence import Series

NEIGHBOURHOODS = "neighbourhoods"
KNOWN_ON = "known on"
PASSED = "passed "
# A change of the code that measures or reads figures changes any measure.
_CODE = (PROJECT / "metrics", PROJECT / "data")


class Inputs(Mapping[str, list[Series]]):
    """The series of every metric whose figures are in the store, and the facts beside them.

    A series is read when it is first asked for, and kept.
    """

    def __init__(self, connection: Connection, catalogue: Catalogue, reference: Path) -> None:
        self.connection = connection
        self.catalogue = catalogue
        self._reference = reference
        self._marks = series_marks(connection)
        self._read: dict[str, list[Series]] = {}
        held = {metric for metric, _ in self._marks}
        self._held = [metric for metric in catalogue.metrics if metric in held]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def __getitem__(self, metric_id: str) -> list[Series]:
        if metric_id not in self._held:
            raise KeyError(metric_id)
        if metric_id not in self._read:
            several = self._series(metric_id)
            if self.needs_people(metric_id):
                several = with_count_intervals({"": several}, self.denominators)[""]
            self._read[metric_id] = several
        return self._read[metric_id]

    def _series(self, metric_id: str) -> list[Series]:
        metric = self.catalogue.metrics[metric_id]
        return [
            Series.of(
                metric,
                label.breakdown,
                read_series(self.connection, metric_id, label.breakdown, areas=self._areas),
                self._successors,
            )
            for label in metric.series
            if (metric_id, label.breakdown) in self._marks
        ]

    def needs_people(self, metric_id: str) -> bool:
        """Whether the margins of error of a metric are worked out from a denominator."""
        return metric_id != POPULATION and self.catalogue.metrics[metric_id].counts is not None

    @cached_property
    def subjects(self) -> list[tuple[str, str]]:
        """The metric and breakdown of every series in the store, in the order declared."""
        return [
            (metric_id, label.breakdown)
            for metric_id in self._held
            for label in self.catalogue.metrics[metric_id].series
            if (metric_id, label.breakdown) in self._marks
        ]

    @cached_property
    def known_on(self) -> date | None:
        """The day on which the newest vintage was known."""
        return newest_known_on(self.connection)

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of areas by code."""
        return dict(zip(self._areas["code"], self._areas["name"], strict=True))

    @cached_property
    def denominators(self) -> Denominators:
        """The people behind rates."""
        return denominators_of(self.connection, self)

    @cached_property
    def devolution(self) -> Devolution | None:
        """The deals with the people who live under them, where a metric is worked out from them."""
        return bring_together(read_deals(self._reference), self) if self._computed else None

    @cached_property
    def groups(self) -> Groups:
        """The governed groups with what their figures are derived from."""
        return read_governed_groups(self.connection)

    def mark(self, key: str) -> str:
        """A mark of an input by its key: a metric's id, `KNOWN_ON`, `PASSED` and a day, ..."""
        if key == NEIGHBOURHOODS:
            return self._neighbourhoods
        if key == KNOWN_ON:
            return str(self.known_on)
        if key.startswith(PASSED):
            day = date.fromisoformat(key.removeprefix(PASSED))
            on = self.known_on or date.min
            return "after" if on > day else "on" if on == day else "before"
        several = [mark for (metric, _), mark in sorted(self._marks.items()) if metric == key]
        return " ".join(several)

    @cached_property
    def rules(self) -> str:
        """A mark of what decides every measure: code, declarations, places and deals."""
        digest = hashlib.sha256(reference_mark(self.connection).encode())
        for metric in self.catalogue.metrics.values():
            digest.update(metric.model_dump_json().encode())
        for mission in self.catalogue.missions.values():
            digest.update(mission.model_dump_json().encode())
        if self._computed:
            digest.update(repr(read_deals(self._reference)).encode())
        for folder in _CODE:
            for path in sorted(folder.glob("**/*.py")):
                digest.update(path.read_bytes())
        return digest.hexdigest()

    @cached_property
    def _computed(self) -> bool:
        """Whether a metric is worked out from the deals."""
        return any(metric.figures == "computed" for metric in self.catalogue.metrics.values())

    @cached_property
    def _areas(self) -> pd.DataFrame:
        return read_areas(self.connection)

    @cached_property
    def _successors(self) -> dict[str, tuple[str, ...]]:
        return read_successors(self.connection)

    @cached_property
    def _neighbourhoods(self) -> str:
        return neighbourhood_mark(self.connection)


class Recorder(Mapping[str, list[Series]]):
    """The inputs as one unit of measures sees them: `taken` are the keys of what it asked for."""

    def __init__(self, inputs: Inputs) -> None:
        self._inputs = inputs
        self.taken: set[str] = set()

    def __iter__(self) -> Iterator[str]:
        self.taken.update(self._inputs)
        return iter(self._inputs)

    def __len__(self) -> int:
        return len(self._inputs)

    def __getitem__(self, metric_id: str) -> list[Series]:
        self.taken.add(metric_id)
        several = self._inputs[metric_id]
        if self._inputs.needs_people(metric_id):
            self.taken.add(POPULATION)
        return several

    def known_on(self) -> date:
        """The day on which the newest vintage was known; the unit depends on that very day."""
        self.taken.add(KNOWN_ON)
        return self._inputs.known_on or date.min

    def known_on_beside(self, deadline: date | None) -> date:
        """The same for a unit that only asks whether a deadline has passed."""
        if deadline is not None:
            self.taken.add(f"{PASSED}{deadline.isoformat()}")
        return self._inputs.known_on or date.min

    @property
    def names(self) -> dict[str, str]:
        """Names of areas by code."""
        return self._inputs.names

    @property
    def denominators(self) -> Denominators:
        """The people behind rates."""
        self.taken.add(POPULATION)
        return self._inputs.denominators

    @property
    def devolution(self) -> Devolution | None:
        """The deals with the people who live under them."""
        self.taken.add(POPULATION)
        return self._inputs.devolution

    @property
    def held_metrics(self) -> list[Metric]:
        """The declarations of the metrics whose figures are in the store."""
        return [self._inputs.catalogue.metrics[metric_id] for metric_id in self._inputs]

    def behind_groups(self, rule: str) -> tuple[Groups, Denominators]:
        """The governed groups, and the weights, as far as a rule of aggregation needs them."""
        if rule == "recompute":
            self.taken.add(NEIGHBOURHOODS)
        weights = self.denominators if rule == "weighted_mean" else Denominators({}, {})
        return self._inputs.groups, weights

    def neighbourhoods(self) -> Connection:
        """The store, to read the small areas from."""
        self.taken.add(NEIGHBOURHOODS)
        return self._inputs.connection
