"""The devolution deals of England, as `data/reference/devolution.csv` holds them.

A deal names its members by code. The code of a combined authority stands for the authorities in
its group in `memberships.csv`, and that of London for the boroughs, so that people can be added up
authority by authority and nobody is counted twice.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from data.reference_checks import ReferenceDataError, Row
from data.reference_data import REFERENCE, read_areas_file, read_memberships_file

FILE = "devolution.csv"
TIERS = ("foundation", "mayoral", "established mayoral")
STATUSES = ("in force", "ended", "agreed", "planned", "withdrawn")
PRECISIONS = ("day", "month", "year")
VERIFIED = ("yes", "in part", "no")
_LONDON = "E12000007"


@dataclass(frozen=True, slots=True)
class DevolutionDeal:
    """One deal.

    Attributes:
        codes: its members as the file has them.
        upper_tier: the upper-tier and unitary authorities that it covers today.
        lower_tier: the same in lower-tier and unitary authorities, where they are known.
        in_force_on: None where it is not in force, or where its day was not seen.
        tier: the level of the law in force now; empty for deals that were overtaken before it.
        dates_verified: `yes`, `in part` or `no`.
    """

    area: str
    institution: str
    codes: tuple[str, ...]
    upper_tier: tuple[str, ...]
    lower_tier: tuple[str, ...]
    announced_on: date
    announced_precision: str
    in_force_on: date | None
    in_force_precision: str
    ended_on: date | None
    status: str
    tier: str
    settlement_from: date | None
    dates_verified: str
    note: str


def _text(text: str) -> str:
    if not text:
        raise ValueError("expected some text")
    return text


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _maybe_day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _one_of(known: tuple[str, ...], *, or_none: bool = False) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in known and not (or_none and not text):
            raise ValueError(f"expected {', '.join(known)}{' or nothing' if or_none else ''}")
        return text

    return read


_COLUMNS: dict[str, Callable[[str], Any]] = {
    "area": _text,
    "institution": _text,
    "member_codes": lambda text: tuple(_text(text).split("|")),
    "announced_on": _day,
    "announced_precision": _one_of(PRECISIONS),
    "in_force_on": _maybe_day,
    "in_force_precision": _one_of(PRECISIONS, or_none=True),
    "ended_on": _maybe_day,
    "status": _one_of(STATUSES),
    "level_2022": _one_of(("1", "2", "3"), or_none=True),
    "tier_2025": _one_of(TIERS, or_none=True),
    "settlement_from": _maybe_day,
    "dates_verified": _one_of(VERIFIED),
    "note": str,
}


def read_deals(folder: Path = REFERENCE) -> list[DevolutionDeal]:
    """Every deal, in the order of the file.

    Raises:
        ReferenceDataError: with every fault: the file or a column is missing, a cell that cannot
            be read, an unknown area, dates or a status that contradict each other, a deal twice.
    """
    faults: list[str] = []
    rows = _rows(folder, faults)
    areas = read_areas_file(folder)
    known = set(areas["code"])
    seen: set[str] = set()
    for number, row in rows:
        where = f"{FILE}, row {number}, {row['area']}"
        faults += [f"{where}: {fault}" for fault in _contradictions(row, known)]
        if row["area"] in seen:
            faults.append(f"{where}: stands there more than once; keep one row")
        seen.add(row["area"])
    if faults:
        raise ReferenceDataError(faults)
    groups = _members(folder)
    boroughs = areas[(areas["region_code"] == _LONDON) & areas["upper_tier"]]
    members = {
        **groups,
        (_LONDON, "upper"): tuple(sorted(boroughs["code"])),
        (_LONDON, "lower"): tuple(sorted(boroughs["code"])),
    }
    return [_deal(row, members) for _, row in rows]


def _rows(folder: Path, faults: list[str]) -> list[tuple[int, Row]]:
    try:
        lines = list(csv.reader((folder / FILE).read_text(encoding="utf-8").splitlines()))
    except OSError as error:
        faults.append(f"{FILE}: cannot be read ({error.strerror}); restore it from the repository")
        return []
    if not lines or lines[0] != list(_COLUMNS):
        faults.append(f"{FILE}, row 1: the columns must be {','.join(_COLUMNS)}")
        return []
    rows = []
    for number, cells in enumerate(lines[1:], start=2):
        if len(cells) != len(_COLUMNS):
            faults.append(f"{FILE}, row {number}: {len(cells)} cells, expected {len(_COLUMNS)}")
            continue
        row: Row = {}
        for (column, read), cell in zip(_COLUMNS.items(), cells, strict=True):
            try:
                row[column] = read(cell)
            except ValueError as error:
                faults.append(f"{FILE}, row {number}, {column}: '{cell}' ({error})")
        if len(row) == len(_COLUMNS):
            rows.append((number, row))
    return rows


def _contradictions(row: Row, known: set[str]) -> Iterator[str]:
    for code in row["member_codes"]:
        if code not in known:
            yield f"{code} is an unknown area; add it to areas.csv or correct the code"
    begun, ended, status = row["in_force_on"], row["ended_on"], row["status"]
    if status in ("in force", "ended") and begun is None:
        yield f"status '{status}', but no day on which it came into force"
    if status in ("agreed", "withdrawn") and begun is not None:
        yield f"status '{status}', but in force on {begun}"
    if (status in ("ended", "withdrawn")) != (ended is not None):
        yield f"status '{status}' with ended_on {ended}; only ended and withdrawn deals have one"
    if bool(row["in_force_precision"]) != (begun is not None):
        yield "in_force_precision goes with in_force_on, and only with it"
    if begun is not None and ended is not None and ended < begun:
        yield f"ended on {ended}, before it came into force on {begun}"
    if row["settlement_from"] is not None and status != "in force":
        yield f"a settlement from {row['settlement_from']}, but status '{status}'"
    if status in ("in force", "agreed", "planned") and not row["tier_2025"]:
        yield "no tier; every deal that stands has one"


def _members(folder: Path) -> dict[tuple[str, str], tuple[str, ...]]:
    """For each combined authority the codes of its members, in upper and in lower tier."""
    found: dict[tuple[str, str], list[str]] = {}
    groups = read_memberships_file(folder)
    for group, code in zip(groups["group_id"], groups["code"], strict=True):
        name = str(group)
        if name.startswith("combined-authority-"):
            lower = name.endswith("-lower-tier")
            authority = name.removeprefix("combined-authority-").removesuffix("-lower-tier")
            found.setdefault((authority.upper(), "lower" if lower else "upper"), []).append(code)
    for authority, tier in list(found):
        if tier == "upper":
            found.setdefault((authority, "lower"), found[authority, tier])
    return {key: tuple(sorted(codes)) for key, codes in found.items()}


def _deal(row: Row, members: dict[tuple[str, str], tuple[str, ...]]) -> DevolutionDeal:
    def expanded(tier: str) -> tuple[str, ...]:
        codes = [
            each for code in row["member_codes"] for each in members.get((code, tier), (code,))
        ]
        return tuple(dict.fromkeys(codes))

    # An order that is known to have been made, but not when, is still a plan.
    seen = row["status"] in ("in force", "ended")
    return DevolutionDeal(
        area=row["area"],
        institution=row["institution"],
        codes=row["member_codes"],
        upper_tier=expanded("upper"),
        lower_tier=expanded("lower"),
        announced_on=row["announced_on"],
        announced_precision=row["announced_precision"],
        in_force_on=row["in_force_on"] if seen else None,
        in_force_precision=row["in_force_precision"] if seen else "",
        ended_on=row["ended_on"],
        status=row["status"],
        tier=row["tier_2025"],
        settlement_from=row["settlement_from"],
        dates_verified=row["dates_verified"],
        note=row["note"],
    )
