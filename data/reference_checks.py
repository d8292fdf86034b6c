"""What reference data must satisfy before it is loaded: every fault is named at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.areas import LOWER_TIER_PREFIXES, UPPER_TIER_PREFIXES, area_type

CHANGE_KINDS = ("recode", "boundary_change", "merger", "abolition", "joins")
DATE_PRECISIONS = ("day", "year")

Row = dict[str, Any]


class ReferenceDataError(ValueError):
    """Reference files that cannot be loaded; `faults` holds every fault, one line each."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


@dataclass(frozen=True)
class ReferenceData:
    """The rows of the reference files with true dates, numbers and booleans; None for blanks."""

    areas: list[Row]
    changes: list[Row]
    groups: list[Row]
    memberships: list[Row]


def find_faults(data: ReferenceData) -> list[str]:
    """Every way in which the files contradict themselves or each other, one line each."""
    codes = {row["code"] for row in data.areas}
    groups = {row["id"] for row in data.groups}
    faults = [
        *_repeated("areas.csv", [row["code"] for row in data.areas]),
        *_repeated("groups.csv", [row["id"] for row in data.groups]),
        *_repeated(
            "memberships.csv", [f"{row['group_id']} {row['code']}" for row in data.memberships]
        ),
        *_repeated(
            "area_changes.csv", [f"{row['old_code']} {row['new_code']}" for row in data.changes]
        ),
    ]
    for row in data.areas:
        faults += [f"areas.csv, {row['code']}: {fault}" for fault in _area_faults(row, codes)]
    for row in data.changes:
        faults += [
            f"area_changes.csv, {row['old_code']}: {fault}" for fault in _change_faults(row, codes)
        ]
    for row in data.memberships:
        where = f"memberships.csv, {row['group_id']}, {row['code']}"
        if row["code"] not in codes:
            faults.append(f"{where}: unknown area; add it to areas.csv or correct the code")
        if row["group_id"] not in groups:
            faults.append(f"{where}: unknown group; add it to groups.csv or correct the id")
        if row["position"] is not None and row["position"] < 1:
            faults.append(f"{where}: position {row['position']}; the first is 1")
        if _ends_before_start(row["valid_from"], row["valid_to"]):
            faults.append(f"{where}: ends on {row['valid_to']}, before {row['valid_from']}")
    return faults


def _repeated(name: str, keys: list[str]) -> list[str]:
    seen: set[str] = set()
    again = sorted({key for key in keys if key in seen or seen.add(key)})  # type: ignore[func-returns-value]
    return [f"{name}: {key} stands there more than once; keep one row" for key in again]


def _ends_before_start(start: date | None, end: date | None) -> bool:
    return start is not None and end is not None and end < start


def _area_faults(row: Row, codes: set[str]) -> Iterable[str]:
    kind = area_type(row["code"])
    if kind is None:
        yield "a code of no known kind; add its kind to data/areas.py or correct the code"
    elif row["type"] != kind:
        yield f"type '{row['type']}', but the code stands for '{kind}'"
    for tier, prefixes in (("lower", LOWER_TIER_PREFIXES), ("upper", UPPER_TIER_PREFIXES)):
        if row[f"{tier}_tier"] != row["code"].startswith(prefixes):
            yield f"{tier}_tier is {row[f'{tier}_tier']}, against what the code stands for"
    if _ends_before_start(row["start_on"], row["end_on"]):
        yield f"ends on {row['end_on']}, before it starts on {row['start_on']}"
    for column in ("recoded_to", "region_code", "country_code"):
        if row[column] is not None and row[column] not in codes:
            yield f"{column} {row[column]} is an unknown area"
    if row["recoded_to"] is not None and row["end_on"] is None:
        yield f"recoded to {row['recoded_to']}, but without an end"


def _change_faults(row: Row, codes: set[str]) -> Iterable[str]:
    if row["kind"] not in CHANGE_KINDS:
        yield f"kind '{row['kind']}'; expected one of {', '.join(CHANGE_KINDS)}"
    if row["date_precision"] not in DATE_PRECISIONS:
        yield f"date_precision '{row['date_precision']}'; expected day or year"
    for column in ("old_code", "new_code"):
        if row[column] is not None and row[column] not in codes:
            yield f"{column} {row[column]} is an unknown area"
    if (row["new_code"] is None) != (row["kind"] == "abolition"):
        yield f"kind '{row['kind']}' with new_code {row['new_code']}; only an abolition has none"
