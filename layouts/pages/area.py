"""The page of one area: every mission for that area."""

from __future__ import annotations

from dataclasses import dataclass

from data.periods import day_in_words
from data.reads import Area, read_area
from data.series_reads import Change, read_known_areas
from layouts.near import near
from layouts.page import Page, Part, Region
from layouts.pages.area_reading import AreaReading, read_area_page
from layouts.pages.area_rows import AreaRow, area_row, label_of
from layouts.pages.members import members_of_authority
from layouts.pages.pockets import pockets_of_area
from layouts.pages.since import since_area
from layouts.request import NotFoundError, PageRequest, write_query
from layouts.templating import render
from metrics.area_names import area_in_text, area_label
from metrics.catalogue import Catalogue
from metrics.measures.results import ClauseSummary
from metrics.mission import Clause, Mission
from metrics.openings import area_in_short, area_opening

# An earlier code of the same place leads to today's and has no page (`layouts.old_addresses`).
CHANGES = {
    "merger": "On {day} this authority became part of {new}.",
    "boundary_change": "On {day} its boundary changed and it became {new}.",
    "abolition": "On {day} this area ceased to exist.",
    "joins": "Since {day} it belongs to {new}.",
}


def build(request: PageRequest) -> Page:
    """The page at `/areas/<code>`.

    Raises:
        NotFoundError: no area has this code; near matches are offered.
    """
    code = request.parameters["code"]
    area = read_area(request.store, code)
    if area is None:
        raise _no_such_area(request, code)
    since = request.query.day("since")
    request.query.check()
    reading = read_area_page(request.store, request.catalogue, area)
    held = sum(metric.figures == "held" for metric in request.catalogue.metrics.values())
    label = label_of(reading)
    opening = area_opening(area_in_text(area.name, area.type), reading.facts.values(), held)
    # Of an area that is no more and has no figures there is only its successor to show.
    ended = area.end_on is not None and not reading.facts
    missions = [] if ended else list(request.catalogue.missions.values())
    parts: list[Part] = [_heading(reading, label, opening, missions)]
    parts += members_of_authority(request.store, request.catalogue, area)
    parts += [_mission(mission, request.catalogue, reading) for mission in missions]
    if not ended:
        parts += pockets_of_area(request.store, request.catalogue, area.code)
        parts.append(_context(request.catalogue, reading))
        place = area_in_text(area.name, area.type)
        parts += since_area(
            request.store,
            request.catalogue,
            area.code,
            place,
            since,
            request.path,
            reading.facts.values(),
            reading.cohorts,
        )
    return Page(
        title=label,
        description=opening,
        parts=tuple(parts),
        path=request.path,
        query=write_query({"since": since.isoformat() if since else ""}),
    )


def _no_such_area(request: PageRequest, asked: str) -> NotFoundError:
    names = {
        code: area_label(area.name, area.type)
        for code, area in read_known_areas(request.store).items()
        if area.current
    }
    offers = [(f"/areas/{code}", names[code]) for code in near(asked, names)]
    return NotFoundError(
        f"There is no area with the code “{asked[:60]}”.", [*offers, ("/areas", "See all areas")]
    )


def _heading(
    reading: AreaReading,
    label: str,
    opening: str,
    missions: list[Mission],
) -> Region:
    area = reading.area
    return Region(
        "area-heading",
        render(
            "area_heading.html",
            area=area,
            label=label,
            opening=opening,
            has_figures=bool(reading.facts),
            parents=_parents(reading),
            changes=_changes(area, reading.changes),
            missions=missions,
        ),
    )


def _parents(reading: AreaReading) -> list[tuple[str, str]]:
    """The larger areas that this one lies in, by code and name, the nearest first."""
    joined = [change.new_code for change in reading.changes if change.kind == "joins"]
    codes = [*joined, reading.area.region_code, reading.area.country_code]
    return [
        (code, area_label(reading.areas[code].name, reading.areas[code].type))
        for code in dict.fromkeys(codes)
        if code and code in reading.areas and code != reading.area.code
    ]


@dataclass(frozen=True, slots=True)
class ToldChange:
    """What became of an area, with the area to go to."""

    before: str
    code: str
    name: str
    after: str


def _changes(area: Area, changes: tuple[Change, ...]) -> list[ToldChange]:
    """What became of an area that no longer exists; joining a combined authority ends nothing."""
    told = []
    for change in changes:
        if change.kind == "joins" or area.end_on is None:
            continue
        day = (
            str(change.effective_on.year)
            if change.precision == "year"
            else day_in_words(change.effective_on)
        )
        words = CHANGES[change.kind].format(day=day, new="\n")
        if change.precision == "year":
            words = words.replace("On ", "In ", 1)
        before, _, after = words.partition("\n")
        told.append(ToldChange(before, change.new_code or "", change.new_name or "", after))
    return told


@dataclass(frozen=True, slots=True)
class ReadClause:
    """A clause as it stands for the area."""

    clause: Clause
    summary: ClauseSummary | None


def _mission(mission: Mission, catalogue: Catalogue, reading: AreaReading) -> Region:
    rows = _rows(catalogue, mission.number, reading)
    return Region(
        f"area-mission-{mission.number}",
        render(
            "area_mission.html",
            mission=mission,
            clauses=[
                ReadClause(clause, reading.clauses.get(clause.id)) for clause in mission.clauses
            ],
            rows=[row for row in rows if not row.why],
            missing=[row for row in rows if row.why],
            in_short=_in_short(catalogue, mission.number, reading),
        ),
    )


def _context(catalogue: Catalogue, reading: AreaReading) -> Region:
    rows = _rows(catalogue, 0, reading)
    return Region(
        "area-context",
        render(
            "area_context.html",
            rows=[row for row in rows if not row.why],
            missing=[row for row in rows if row.why],
            in_short=_in_short(catalogue, 0, reading),
        ),
    )


def _in_short(catalogue: Catalogue, mission: int, reading: AreaReading) -> str:
    """How the area's figures on a mission stand beside England's, for what is folded away."""
    own = {metric.id for metric in catalogue.metrics_of(mission)}
    return area_in_short(facts for (metric, _), facts in reading.facts.items() if metric in own)


def _rows(catalogue: Catalogue, mission: int, reading: AreaReading) -> list[AreaRow]:
    return [
        area_row(metric, series, reading)
        for metric in catalogue.metrics_of(mission)
        if metric.figures != "computed"
        for series in (metric.series or (None,))
    ]
