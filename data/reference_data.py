"""The reference files under `data/reference/`: reading them, checking them, loading them.

Files are read as text; a blank stays blank and means "not known" or "does not apply". A date of
1 January or 31 December whose change is known to the year only (`date_precision` is `year` in
`area_changes.csv`) stands for that year and is said as a year.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Connection, delete, insert, select, update

from data.reference_checks import ReferenceData, ReferenceDataError, Row, find_faults
from data.tables import area, area_change, area_group, membership

REFERENCE = Path(__file__).resolve().parent / "reference"


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _whole(text: str) -> int | None:
    return int(text) if text else None


def _flag(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError("expected true or false")
    return text == "true"


def _optional(text: str) -> str | None:
    return text or None


def _required(text: str) -> str:
    if not text:
        raise ValueError("expected some text")
    return text


Reader = Callable[[str], Any]
COLUMNS: dict[str, dict[str, Reader]] = {
    "areas.csv": {
        "code": _required,
        "name": _required,
        "type": _required,
        "lower_tier": _flag,
        "upper_tier": _flag,
        "start_on": _date,
        "end_on": _date,
        "recoded_to": _optional,
        "region_code": _optional,
        "country_code": _optional,
    },
    "area_changes.csv": {
        "old_code": _required,
        "new_code": _optional,
        "kind": _required,
        "effective_on": lambda text: _date(_required(text)),
        "date_precision": _required,
    },
    "groups.csv": {
        "id": _required,
        "title": _required,
        "kind": _required,
        "description": _required,
        "source": _required,
        "verified": _flag,
    },
    "memberships.csv": {
        "group_id": _required,
        "code": _required,
        "role": _required,
        "position": _whole,
        "valid_from": _date,
        "valid_to": _date,
    },
    "itl1.csv": {"itl_code": _required, "gss_code": _required, "name": _required},
}


def read_areas_file(folder: Path = REFERENCE) -> pd.DataFrame:
    """One row per area, with the columns of the table `area`; dates are `date` or None."""
    return _frame("areas.csv", folder)


def read_area_changes_file(folder: Path = REFERENCE) -> pd.DataFrame:
    """One row per change of code; `new_code` is None where a code simply ended."""
    return _frame("area_changes.csv", folder)


def read_groups_file(folder: Path = REFERENCE) -> pd.DataFrame:
    """One row per group; `verified` says whether its members have been checked."""
    return _frame("groups.csv", folder)


def read_memberships_file(folder: Path = REFERENCE) -> pd.DataFrame:
    """One row per area in a group; `position` 1 is the most alike, None without an order."""
    return _frame("memberships.csv", folder)


def _frame(name: str, folder: Path) -> pd.DataFrame:
    faults: list[str] = []
    rows = _rows(name, folder, faults)
    if faults:
        raise ReferenceDataError(faults)
    frame = pd.DataFrame(rows, columns=list(COLUMNS[name]), dtype=object)
    flags = [column for column, reader in COLUMNS[name].items() if reader is _flag]
    return frame.astype(dict.fromkeys(flags, bool))


def itl1_codes(folder: Path = REFERENCE) -> dict[str, str]:
    """The GSS code of each ITL 1 code: `TLG` is the region E12000005, `TLB` is England."""
    faults: list[str] = []
    rows = _rows("itl1.csv", folder, faults)
    if faults:
        raise ReferenceDataError(faults)
    return {row["itl_code"]: row["gss_code"] for row in rows}


def _rows(name: str, folder: Path, faults: list[str]) -> list[Row]:
    """Read one file; unreadable cells are named in `faults`, and their rows left out."""
    path = folder / name
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        faults.append(f"{name}: cannot be read ({error.strerror}); restore it from the repository")
        return []
    lines = list(csv.reader(text.splitlines()))
    columns = COLUMNS[name]
    if not lines or lines[0] != list(columns):
        faults.append(f"{name}, row 1: the columns must be {','.join(columns)}")
        return []
    rows = []
    for number, cells in enumerate(lines[1:], start=2):
        if len(cells) != len(columns):
            faults.append(f"{name}, row {number}: {len(cells)} cells, expected {len(columns)}")
            continue
        try:
            cells_read = zip(columns.items(), cells, strict=True)
            rows.append({column: read(cell) for (column, read), cell in cells_read})
        except ValueError:
            faults.extend(_unreadable(f"{name}, row {number}", columns, cells))
    return rows


def _unreadable(
    where: str, columns: Mapping[str, Callable[[str], Any]], cells: Iterable[str]
) -> Iterator[str]:
    """What to say of each cell of a row that cannot be read."""
    for (column, read), cell in zip(columns.items(), cells, strict=True):
        try:
            read(cell)
        except ValueError as error:
            yield f"{where}, {column}: '{cell}' ({error})"


def read_reference(folder: Path = REFERENCE) -> ReferenceData:
    """Read and check all reference files together.

    Raises:
        ReferenceDataError: every fault of every file.
    """
    faults: list[str] = []
    data = ReferenceData(
        areas=_rows("areas.csv", folder, faults),
        changes=_rows("area_changes.csv", folder, faults),
        groups=_rows("groups.csv", folder, faults),
        memberships=_rows("memberships.csv", folder, faults),
    )
    if not faults:
        faults = find_faults(data)
    if faults:
        raise ReferenceDataError(faults)
    return data


def load_reference(connection: Connection, folder: Path = REFERENCE) -> None:
    """Bring `area`, `area_change`, `area_group` and `membership` to what the files hold.

    What is there already is left alone, what differs is updated in place. In an empty store
    areas are numbered in the order of their codes; an area keeps its number ever after and a
    new one takes the next, because figures refer to areas by number. For the same reason no
    area is ever taken out; groups, memberships and changes that the files no longer hold are.

    Raises:
        ReferenceDataError: the files have faults; the store is as it was.
    """
    data = read_reference(folder)
    ids = _load_areas(connection, data.areas)
    _load_changes(connection, data.changes)
    _load_groups(connection, data.groups)
    _load_memberships(connection, data.memberships, ids)
    _drop_old_groups(connection, {row["id"] for row in data.groups})


def _load_areas(connection: Connection, rows: list[Row]) -> dict[str, int]:
    stored = {row.code: dict(row._mapping) for row in connection.execute(select(area))}
    ids = {code: int(row["id"]) for code, row in stored.items()}
    new, next_id = [], max(ids.values(), default=0) + 1
    for row in sorted(rows, key=lambda row: str(row["code"])):
        code = row["code"]
        if code not in stored:
            ids[code] = next_id
            new.append({"id": next_id, **row})
            next_id += 1
        elif {"id": ids[code], **row} != stored[code]:
            connection.execute(update(area).where(area.c.id == ids[code]).values(row))
    if new:
        connection.execute(insert(area), new)
    return ids


def _load_changes(connection: Connection, rows: list[Row]) -> None:
    ordered = sorted(rows, key=lambda row: (row["old_code"], row["new_code"] or ""))
    wanted = [{"id": number, **row} for number, row in enumerate(ordered, start=1)]
    stored = [
        dict(row._mapping)
        for row in connection.execute(select(area_change).order_by(area_change.c.id))
    ]
    if stored != wanted:
        connection.execute(delete(area_change))
        if wanted:
            connection.execute(insert(area_change), wanted)


def _load_groups(connection: Connection, rows: list[Row]) -> None:
    stored = {row.id: dict(row._mapping) for row in connection.execute(select(area_group))}
    for row in rows:
        if row["id"] in stored and row != stored[row["id"]]:
            connection.execute(update(area_group).where(area_group.c.id == row["id"]).values(row))
    if new := [row for row in rows if row["id"] not in stored]:
        connection.execute(insert(area_group), new)


def _load_memberships(connection: Connection, rows: list[Row], ids: dict[str, int]) -> None:
    wanted: dict[tuple[str, int], Row] = {}
    for row in rows:
        area_id = ids[row["code"]]
        kept = {column: value for column, value in row.items() if column != "code"}
        wanted[(row["group_id"], area_id)] = {**kept, "area_id": area_id}
    stored = {
        (row.group_id, row.area_id): dict(row._mapping)
        for row in connection.execute(select(membership))
    }
    outdated = [key for key, row in stored.items() if row != wanted.get(key)]
    for group_id, area_id in outdated:
        connection.execute(
            delete(membership).where(
                membership.c.group_id == group_id, membership.c.area_id == area_id
            )
        )
    if new := [row for key, row in wanted.items() if row != stored.get(key)]:
        connection.execute(insert(membership), new)


def _drop_old_groups(connection: Connection, kept: set[str]) -> None:
    """After the memberships, which refer to groups."""
    stored = set(connection.scalars(select(area_group.c.id)))
    for group_id in sorted(stored - kept):
        connection.execute(delete(area_group).where(area_group.c.id == group_id))
