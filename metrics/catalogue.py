"""Reading the declarations: framework, missions and metrics, with every fault at once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from metrics.definition import Metric
from metrics.mission import Clause, Framework, Mission

METRICS_FOLDER = Path(__file__).resolve().parent


class CatalogueError(ValueError):
    """The declarations do not hold together. `faults` has one line for each thing to mend."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__(f"{len(faults)} fault(s) in the declarations:\n" + "\n".join(faults))


@dataclass(frozen=True)
class Catalogue:
    """Everything declared: the framework, the twelve missions and the metrics by id."""

    framework: Framework
    missions: dict[int, Mission]
    metrics: dict[str, Metric] = field(default_factory=dict)

    @cached_property
    def clauses(self) -> dict[str, Clause]:
        """The clauses of all missions by id, in the order of the missions."""
        return {
            clause.id: clause for mission in self.missions.values() for clause in mission.clauses
        }

    def metrics_of(self, mission: int) -> list[Metric]:
        """The metrics of a mission (0 for context): headline first, then by title."""
        order = {"headline": 0, "supporting": 1, "replacement": 2, "context": 3}
        chosen = [metric for metric in self.metrics.values() if metric.mission == mission]
        return sorted(chosen, key=lambda metric: (order[metric.role.value], metric.title))

    def serving(self, clause_id: str) -> list[Metric]:
        """The metrics that a clause is judged by."""
        return [metric for metric in self.metrics.values() if clause_id in metric.serves]

    def mission_by_slug(self, slug: str) -> Mission | None:
        """The mission whose page has this address, or None."""
        return next((m for m in self.missions.values() if m.slug == slug), None)


def load_catalogue(folder: Path = METRICS_FOLDER) -> Catalogue:
    """Read and check every declaration under `folder`.

    Raises:
        CatalogueError: with every fault found, each naming the file and the key.
    """
    faults: list[str] = []
    framework = _read(folder / "missions" / "framework.toml", Framework, {}, faults)
    missions: dict[int, Mission] = {}
    for path in sorted((folder / "missions").glob("[0-9][0-9]_*.toml")):
        mission = _read(path, Mission, {}, faults)
        if isinstance(mission, Mission):
            if mission.number in missions:
                faults.append(f"{path.name}: mission {mission.number} is declared twice")
            missions[mission.number] = mission
    metrics: dict[str, Metric] = {}
    for path in sorted((folder / "definitions").glob("[0-9][0-9]_*/*.toml")):
        given = {"id": path.stem, "mission": int(path.parent.name[:2])}
        metric = _read(path, Metric, given, faults)
        if isinstance(metric, Metric):
            if metric.id in metrics:
                faults.append(f"{path.parent.name}/{path.name}: this metric is declared twice")
            metrics[metric.id] = metric
    if isinstance(framework, Framework):
        catalogue = Catalogue(framework, missions, metrics)
        faults.extend(_cross_check(catalogue))
        if not faults:
            return catalogue
    raise CatalogueError(faults)


def _read(
    path: Path,
    model: type[Framework] | type[Mission] | type[Metric],
    given: dict[str, Any],
    faults: list[str],
) -> Framework | Mission | Metric | None:
    name = f"{path.parent.name}/{path.name}"
    try:
        declared = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        faults.append(f"{name}: cannot be read: {error}")
        return None
    clash = sorted(set(given) & set(declared))
    if clash:
        faults.append(f"{name}: {clash} come from the folder and file name; remove them")
        return None
    try:
        return model.model_validate({**declared, **given})
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            key = ".".join(str(part) for part in fault["loc"]) or "the file"
            found = "" if fault["type"] == "missing" else f", found {fault['input']!r:.120}"
            faults.append(f"{name}: {key}: {fault['msg']}{found}")
        return None


def _cross_check(catalogue: Catalogue) -> list[str]:
    """Faults between declarations: unknown clauses, unknown workstreams, one label twice."""
    faults = []
    workstreams = {workstream.slug for workstream in catalogue.framework.workstreams}
    labels: dict[tuple[str, str], str] = {}
    for metric in catalogue.metrics.values():
        faults.extend(
            f"{metric.id}: serves: there is no clause {clause_id}"
            for clause_id in metric.serves
            if clause_id not in catalogue.clauses
        )
        faults.extend(
            f"{metric.id}: workstreams: there is no workstream {slug}"
            for slug in metric.workstreams
            if slug not in workstreams
        )
        for label in metric.series:
            key = (metric.source.dataset if metric.source else "", label.label)
            if key in labels:
                faults.append(f"{metric.id}: series {key} is already declared by {labels[key]}")
            labels[key] = metric.id
    missing = sorted(set(range(1, 13)) - set(catalogue.missions))
    if missing:
        faults.append(f"missions: no declaration for {missing}")
    return faults
