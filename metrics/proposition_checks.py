"""Propositions held to what they name: workstreams, missions, clauses, metrics, areas, groups."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data.reference_data import REFERENCE, read_areas_file, read_groups_file
from metrics.definition import Metric
from metrics.mission import Clause, Mission, Workstream
from metrics.proposition import Proposition


@dataclass(frozen=True, slots=True)
class Places:
    """The areas by code with their names, what those that are gone became, and the groups."""

    areas: Mapping[str, str]
    gone: Mapping[str, str]
    groups: Mapping[str, str]


@cache
def known_places(folder: Path = REFERENCE) -> Places:
    """The areas and groups of the reference files, read once.

    Raises:
        ReferenceDataError: the files have faults.
    """
    areas, groups = read_areas_file(folder), read_groups_file(folder)
    gone = areas[areas["end_on"].notna() | areas["recoded_to"].notna()]
    return Places(
        dict(zip(areas["code"], areas["name"], strict=True)),
        {
            str(code): f"its code today is {newer}" if newer else "it no longer exists"
            for code, newer in zip(gone["code"], gone["recoded_to"], strict=True)
        },
        dict(zip(groups["id"], groups["title"], strict=True)),
    )


@dataclass(frozen=True, slots=True)
class Declared:
    """What a proposition may name, besides areas and groups."""

    workstreams: tuple[Workstream, ...]
    missions: Mapping[int, Mission]
    clauses: Mapping[str, Clause]
    metrics: Mapping[str, Metric]


def check_proposition(one: Proposition, declared: Declared, places: Places) -> list[str]:
    """The faults of a proposition, one line for each: what was found, and what may be meant."""
    clauses = {
        name: clause.title
        for name, clause in declared.clauses.items()
        if clause.mission in one.missions
    }
    faults = [
        *_unknown(
            "workstreams",
            "workstream",
            one.workstreams,
            {stream.slug: stream.title for stream in declared.workstreams},
        ),
        *(
            f"missions: there is no mission {number}; expected one of "
            f"{', '.join(map(str, declared.missions))}"
            for number in one.missions
            if number not in declared.missions
        ),
        *_unknown(
            "clauses",
            "clause",
            [name for name in one.clauses if name not in declared.clauses],
            clauses or {name: clause.title for name, clause in declared.clauses.items()},
        ),
        *_unknown(
            "metrics",
            "metric",
            one.metrics,
            {name: metric.title for name, metric in declared.metrics.items()},
        ),
        *_unknown("areas", "area", one.areas, places.areas),
        *_unknown(
            "comparators",
            "area or group",
            one.comparators,
            {**places.areas, **places.groups},
        ),
        *(
            f"{key}: {code} ({places.areas[code]}) cannot be compared: {places.gone[code]}; name "
            "what is there now"
            for key, named in (("areas", one.areas), ("comparators", one.comparators))
            for code in named
            if code in places.gone
        ),
        *(
            f"comparators: {code} ({places.areas[code]}) is one of its own areas; leave it out of "
            "one of the two"
            for code in one.comparators
            if code in one.areas and code in places.areas
        ),
    ]
    return [f"{one.slug}: {fault}" for fault in faults]


def _unknown(key: str, noun: str, named: Iterable[str], known: Mapping[str, str]) -> list[str]:
    return [
        f"{key}: there is no {noun} '{name}'; {_advice(name, known)}"
        for name in named
        if name not in known
    ]


def _advice(name: str, known: Mapping[str, str]) -> str:
    """The names nearest to one that is not known, by key or by title."""
    by_words = {key.casefold(): key for key in known}
    for key, title in known.items():
        by_words.setdefault(title.casefold(), key)
    near = difflib.get_close_matches(name.casefold(), by_words, n=3, cutoff=0.6)
    meant = dict.fromkeys(by_words[words] for words in near)
    if meant:
        told = [f"{key} ({known[key]})" if known[key] else key for key in meant]
        return f"did you mean {' or '.join(told)}?"
    if len(known) <= 25:
        return f"expected one of {', '.join(known)}"
    return "see `python -m metrics list` for metrics, and data/reference for areas and groups"


def without_figures(one: Proposition, metrics: Mapping[str, Metric]) -> list[str]:
    """What is allowed and must be known: the metrics of a proposition that have no figures here."""
    return [
        f"{one.slug}: metrics: {name} has no figures here, and the case will say so. "
        f"{metrics[name].figures_note}"
        for name in one.metrics
        if name in metrics and metrics[name].figures != "held"
    ]
