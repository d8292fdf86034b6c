"""What a brief of some areas needs of the store, in a dozen queries at most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from data.brief_reads import (
    Expected,
    Held,
    Key,
    read_expected,
    read_figures_of_areas,
    read_older_codes,
)
from data.reads import newest_known_on
from data.series_reads import read_groups_with_members, read_measures_of_areas
from data.since_reads import read_first_known, read_versions_since
from metrics.area_readings import area_readings
from metrics.briefing import since_then
from metrics.briefing_due import due_by
from metrics.briefing_known import Known
from metrics.briefing_results import Movement
from metrics.catalogue import Catalogue
from metrics.measures.change import Measured
from metrics.measures.results import AreaFacts, Reading
from metrics.revisions import Revisions, revisions

# Committees meet about four times a year.
BETWEEN_MEETINGS = timedelta(days=92)


@dataclass(frozen=True)
class Asked:
    """What a brief was asked for; `until` None where no next meeting was named.

    `names` has, for each area by code, its name within a sentence and as a heading.
    """

    names: Mapping[str, tuple[str, str]]
    since: date
    until: date | None
    today: date

    @property
    def last_day(self) -> date:
        """The day before which something may be due: the next meeting's, or three months on."""
        return self.until or self.today + BETWEEN_MEETINGS


@dataclass(frozen=True)
class BriefFacts:
    """Everything that a brief is written from; `first_held` is None for an empty store."""

    asked: Asked
    known: Known
    expected: Mapping[str, Expected]
    first_held: date | None
    newest_held: date | None


def default_since(connection: Connection) -> date | None:
    """The day that a brief begins with when none is named; None for an empty store.

    Three months before the newest figures became known here, and not before the first did.
    """
    newest = newest_known_on(connection)
    if newest is None:
        return None
    return max(newest - BETWEEN_MEETINGS, min(read_first_known(connection).values()))


def read_brief(connection: Connection, catalogue: Catalogue, asked: Asked) -> BriefFacts:
    """What became of the figures of some areas since a day, and what questions rest on."""
    codes = list(asked.names)
    then = read_figures_of_areas(connection, codes, as_of=asked.since)
    changes = revisions(read_versions_since(connection, asked.since, codes=codes))
    older = read_older_codes(connection, codes)
    since = since_then(catalogue, then, changes, older)
    expected = read_expected(connection)
    newest = _newest(then, changes, older)
    facts = _facts(connection, since.movements)
    measured = {key[0] for key in newest if key[0] in catalogue.metrics}
    known = Known(
        since=since,
        names={code: in_text for code, (in_text, _) in asked.names.items()},
        facts=facts,
        alike=_alike(connection, since.movements),
        readings=_readings(catalogue, facts),
        due=due_by(
            asked.last_day,
            asked.today,
            expected,
            [metric for metric in catalogue.metrics.values() if metric.id in measured],
        ),
        newest=newest,
    )
    first = min(read_first_known(connection).values(), default=None)
    held = max((one.known_on for one in expected.values()), default=None)
    return BriefFacts(asked, known, expected, first, held)


def _newest(then: Held, changes: Sequence[Revisions], older: Mapping[str, str]) -> dict[Key, date]:
    """The first day of the newest period with a value now, by series and area."""
    now: dict[Key, set[tuple[date, date]]] = {
        key: {
            (period.end, period.start) for period, row in figures.items() if row.value is not None
        }
        for key, figures in then.items()
    }
    for series in changes:
        for change in series.changes:
            code = change.figure.code
            held = now.setdefault(
                (series.metric_id, series.breakdown, older.get(code, code)), set()
            )
            ends = (change.period.end, change.period.start)
            if change.after is not None and change.after.value is not None:
                held.add(ends)
            else:
                held.discard(ends)
    return {key: max(held)[1] for key, held in sorted(now.items()) if held}


def _facts(connection: Connection, movements: Sequence[Movement]) -> dict[Key, AreaFacts]:
    """The stored comparisons of the series with new figures, for the areas that have one."""
    keys = {one.key for one in movements}
    subjects = {f"{metric}|{breakdown}" for metric, breakdown, _ in keys}
    stored = read_measures_of_areas(
        connection, "area_facts", sorted(subjects), sorted({code for _, _, code in keys})
    )
    found = {}
    for (subject, code), text in stored.items():
        metric, _, breakdown = subject.partition("|")
        if (metric, breakdown, code) in keys:
            found[metric, breakdown, code] = AreaFacts.model_validate_json(text)
    return found


def _readings(
    catalogue: Catalogue, facts: Mapping[Key, AreaFacts]
) -> dict[str, tuple[Reading, ...]]:
    """What the rules for clauses say of each area by the series given, and by nothing else."""
    by_code: dict[str, list[AreaFacts]] = {}
    for (_, _, code), one in facts.items():
        by_code.setdefault(code, []).append(one)
    return {
        code: tuple(
            reading
            for summary in area_readings(catalogue, own, code).values()
            for reading in summary.readings
        )
        for code, own in by_code.items()
    }


def _alike(
    connection: Connection, movements: Sequence[Movement]
) -> dict[Key, tuple[Measured, ...]]:
    """For each new figure, those of the areas statistically most like its area in its period."""
    if not movements:
        return {}
    groups = {f"neighbours-{one.code.lower()}": one.code for one in movements}
    members = {
        groups[group.id]: tuple(code for code, _ in group.members)
        for group in read_groups_with_members(connection, groups)
    }
    figures = read_figures_of_areas(
        connection,
        sorted({code for several in members.values() for code in several}),
        metrics=sorted({one.metric.id for one in movements}),
        ending_from=min(one.period_now.end for one in movements),
    )
    found: dict[Key, tuple[Measured, ...]] = {}
    for one in movements:
        rows = (
            figures.get((one.metric.id, one.breakdown, code), {}).get(one.period_now)
            for code in members.get(one.code, ())
        )
        found[one.key] = tuple(
            Measured(row.value, row.lower_95, row.upper_95)
            for row in rows
            if row is not None and row.value is not None
        )
    return found


__all__ = ["Asked", "BriefFacts", "default_since", "read_brief"]
