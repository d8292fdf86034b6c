"""Reading the declarations: framework, missions, metrics and propositions, every fault at once."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from data.areas import area_type
from data.periods import PeriodError, read_period
from metrics.definition import Metric
from metrics.mission import Clause, Framework, Mission, Workstream
from metrics.proposition import Proposition
from metrics.proposition_checks import Declared, check_proposition, known_places

METRICS_FOLDER = Path(__file__).resolve().parent
# The folder of metrics that belong to no mission.
CONTEXT_FOLDER = "00_context"


class CatalogueError(ValueError):
    """The declarations do not hold together. `faults` has one line for each thing to mend."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__(f"{len(faults)} fault(s) in the declarations:\n" + "\n".join(faults))


@dataclass(frozen=True)
class Catalogue:
    """Everything declared: framework, missions by number, metrics by id, propositions by slug."""

    framework: Framework
    missions: dict[int, Mission]
    metrics: dict[str, Metric] = field(default_factory=dict)
    propositions: dict[str, Proposition] = field(default_factory=dict)

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

    def informing(self, workstream: str) -> list[Metric]:
        """The metrics that inform a workstream: in the order of the missions, context last."""
        return [
            metric
            for number in (*self.missions, 0)
            for metric in self.metrics_of(number)
            if workstream in metric.workstreams
        ]

    def propositions_on(self, workstream: str) -> list[Proposition]:
        """The propositions that name a workstream, the newest first."""
        return [one for one in self.propositions.values() if workstream in one.workstreams]

    def workstream_by_slug(self, slug: str) -> Workstream | None:
        """The workstream whose page has this address, or None."""
        return next((one for one in self.framework.workstreams if one.slug == slug), None)

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
    folders = mission_folders(folder)
    for path in sorted((folder / "definitions").glob("*/*.toml")):
        if path.parent.name not in folders:
            faults.append(
                f"{path.parent.name}/{path.name}: no mission has a folder of this name; "
                f"expected one of {', '.join(folders)}"
            )
            continue
        given = {"id": path.stem, "mission": int(path.parent.name[:2])}
        metric = _read(path, Metric, given, faults)
        if isinstance(metric, Metric):
            if metric.id in metrics:
                faults.append(f"{path.parent.name}/{path.name}: this metric is declared twice")
            metrics[metric.id] = metric
    if isinstance(framework, Framework):
        propositions = _read_propositions(folder / "propositions", faults)
        catalogue = Catalogue(framework, missions, metrics, propositions)
        faults.extend(_cross_check(catalogue))
        if not faults:
            return catalogue
    raise CatalogueError(faults)


def _read_propositions(folder: Path, faults: list[str]) -> dict[str, Proposition]:
    """The propositions by slug, those for the same day by slug, the newest first."""
    found = []
    for path in sorted(folder.glob("*.toml")):
        one = _read(path, Proposition, {"slug": path.stem}, faults)
        if isinstance(one, Proposition):
            found.append(one)
    return {one.slug: one for one in sorted(found, key=lambda one: one.date, reverse=True)}


def mission_folders(folder: Path = METRICS_FOLDER) -> list[str]:
    """The folders in which definitions may lie: that of context, then one for each mission."""
    missions = (folder / "missions").glob("[0-9][0-9]_*.toml")
    return [CONTEXT_FOLDER, *sorted(path.stem for path in missions)]


def _read(
    path: Path,
    model: type[Framework] | type[Mission] | type[Metric] | type[Proposition],
    given: dict[str, Any],
    faults: list[str],
) -> Framework | Mission | Metric | Proposition | None:
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
        faults.extend(
            f"{name}: {_fault_in_words(fault, model)}" for fault in error.errors(include_url=False)
        )
        return None


def _fault_in_words(fault: Mapping[str, Any], model: type[BaseModel]) -> str:
    """One fault of a declaration: which key, what was found, what was expected."""
    path = [str(part) for part in fault["loc"]]
    key = ".".join(path) or "the file"
    if fault["type"] == "missing":
        return f"{key}: not declared; it must be"
    if fault["type"] == "extra_forbidden":
        known = _keys_beside(path, model)
        near = difflib.get_close_matches(path[-1], known, n=1)
        advice = f"did you mean {near[0]}?" if near else f"expected one of {', '.join(known)}"
        return f"{key}: there is no such key; {advice}"
    message = str(fault["msg"]).removeprefix("Value error, ")
    if not path:
        return message
    found = "" if isinstance(fault["input"], dict) else f", found {fault['input']!r:.120}"
    return f"{key}: {message}{found}"


def _keys_beside(path: list[str], model: type[BaseModel]) -> list[str]:
    """The keys that may stand where `path` ends: those of the table it lies in."""
    definitions = model.model_json_schema()
    table = definitions
    for part in path[:-1]:
        inner = table.get("items", {}) if part.isdigit() else table["properties"][part]
        for option in [inner, *inner.get("anyOf", [])]:
            if "$ref" in option:
                inner = definitions["$defs"][option["$ref"].rsplit("/", 1)[1]]
        table = inner
    return sorted(table.get("properties", {}))


def _cross_check(catalogue: Catalogue) -> list[str]:
    """Faults between declarations: unknown clauses, unknown workstreams, one label twice."""
    faults: list[str] = []
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
        faults.extend(f"{metric.id}: {fault}" for fault in _impossible(metric))
        for label in metric.series:
            key = (metric.source.dataset if metric.source else "", label.label)
            if key in labels:
                faults.append(f"{metric.id}: series {key} is already declared by {labels[key]}")
            labels[key] = metric.id
    for clause in catalogue.clauses.values():
        faults.extend(
            f"{clause.id}: {key}: there is no metric {named}"
            for key, named in (
                ("drawn_by", clause.drawn_by),
                ("drawn_in", clause.drawn_in),
                ("lowest_by", clause.lowest_by),
            )
            if named and named not in catalogue.metrics
        )
    faults.extend(
        f"framework: workstream {one.slug}: no metric informs it, so not_shown must say why"
        for one in catalogue.framework.workstreams
        if not one.not_shown and not catalogue.informing(one.slug)
    )
    for proposition in catalogue.propositions.values():
        declared = Declared(
            catalogue.framework.workstreams,
            catalogue.missions,
            catalogue.clauses,
            catalogue.metrics,
        )
        faults.extend(check_proposition(proposition, declared, known_places()))
    missing = sorted(set(range(1, 13)) - set(catalogue.missions))
    if missing:
        faults.append(f"missions: no declaration for {missing}")
    return faults


def _impossible(metric: Metric) -> list[str]:
    """What one declaration says that cannot be: periods of another shape, unknown codes."""
    faults: list[str] = []
    figure = metric.reproduces
    if figure.area and area_type(figure.area) is None:
        faults.append(f"reproduces.area: '{figure.area}' is no GSS code of a known kind of area")
    if metric.coverage is None:
        return faults
    dated = {"coverage.first_period": metric.coverage.first_period}
    if figure.period:
        dated["reproduces.period"] = figure.period
    for key, text in dated.items():
        try:
            read_period(text, metric.coverage.period)
        except PeriodError as error:
            faults.append(f"{key}: {error}")
    breakdowns = [label.breakdown for label in metric.series]
    if figure.value is not None and figure.breakdown not in breakdowns:
        faults.append(
            f"reproduces.breakdown: '{figure.breakdown}' is none of those declared: {breakdowns}"
        )
    return faults
