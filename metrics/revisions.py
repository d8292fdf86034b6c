"""What changed between two days of knowledge: figures added, revised and withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from data.areas import COMBINED_AUTHORITY, CONSTITUENT, REGION
from data.periods import TimePeriod
from data.since_reads import VersionRow


class Kind(StrEnum):
    """What happened to one figure."""

    ADDED = "added"
    REVISED = "revised"
    WITHDRAWN = "withdrawn"
    # The value and its interval stayed; the publisher's mark or note beside it is another.
    REMARKED = "remarked"


@dataclass(frozen=True, slots=True)
class Revision:
    """One figure that is not what it was; `before` or `after` is None where there was none."""

    kind: Kind
    before: VersionRow | None
    after: VersionRow | None

    @property
    def figure(self) -> VersionRow:
        """The newer version, or the older of a figure that was withdrawn."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change has a version before it or after it")
        return found

    @property
    def period(self) -> TimePeriod:
        """The period of the figure."""
        return TimePeriod(self.figure.period_start, self.figure.period_end)

    @property
    def difference(self) -> float | None:
        """The newer value less the older, in the metric's unit; None where one is missing."""
        if self.before is None or self.after is None:
            return None
        if self.before.value is None or self.after.value is None:
            return None
        return self.after.value - self.before.value

    @property
    def west_midlands(self) -> bool:
        """Whether it is for the combined authority, the region, or an area in the region."""
        figure = self.figure
        own = (COMBINED_AUTHORITY, REGION, *CONSTITUENT)
        return figure.code in own or figure.region_code == REGION


@dataclass(frozen=True)
class Revisions:
    """The changes of one series, the West Midlands first, then the largest revisions."""

    metric_id: str
    breakdown: str
    changes: tuple[Revision, ...] = field(default=())

    def of(self, kind: Kind) -> tuple[Revision, ...]:
        """The changes of one kind, in order."""
        return tuple(change for change in self.changes if change.kind is kind)


def revisions(rows: Iterable[VersionRow]) -> tuple[Revisions, ...]:
    """Pair the versions of each figure and say what happened to it, by series.

    A blank that a publisher replaced by a value, or a value by a blank, is a revision: the
    figure was published on both days. A figure whose every field is the same again is left out.

    Args:
        rows: what `read_versions_since` gives.
    """
    pairs: dict[tuple[str, str, str, TimePeriod], dict[bool, VersionRow]] = {}
    for row in rows:
        key = (row.metric_id, row.breakdown, row.code, TimePeriod(row.period_start, row.period_end))
        pairs.setdefault(key, {})[row.held_now] = row
    by_series: dict[tuple[str, str], list[Revision]] = {}
    for (metric_id, breakdown, _, _), versions in pairs.items():
        found = _revision(versions.get(False), versions.get(True))
        if found is not None:
            by_series.setdefault((metric_id, breakdown), []).append(found)
    return tuple(
        Revisions(*key, tuple(sorted(changes, key=_order)))
        for key, changes in sorted(by_series.items())
    )


def _revision(before: VersionRow | None, after: VersionRow | None) -> Revision | None:
    if before is None:
        return Revision(Kind.ADDED, before, after)
    if after is None:
        return Revision(Kind.WITHDRAWN, before, after)
    if _numbers(before) != _numbers(after):
        return Revision(Kind.REVISED, before, after)
    if (before.status, before.note) != (after.status, after.note):
        return Revision(Kind.REMARKED, before, after)
    return None


def _numbers(row: VersionRow) -> tuple[float | None, float | None, float | None]:
    return row.value, row.lower_95, row.upper_95


_TURN = {Kind.REVISED: 0, Kind.WITHDRAWN: 1, Kind.ADDED: 2, Kind.REMARKED: 3}


def _order(change: Revision) -> tuple[bool, int, float, str, int]:
    """West Midlands first; revisions by size, then what went, what came (the newest first)."""
    newest_first = -change.period.end.toordinal()
    size = -abs(change.difference or 0.0)
    return (
        not change.west_midlands,
        _TURN[change.kind],
        size,
        change.figure.name,
        newest_first,
    )
