"""The list of areas: the authority, its members, and a way to any other."""

from __future__ import annotations

from data.areas import COMBINED_AUTHORITY, ENGLAND, POLICE_FORCE, REGION, UNITED_KINGDOM
from data.reads import read_members
from data.series_reads import read_known_areas
from layouts.page import ChoiceForm, Page, Region
from layouts.pages.metric_choices import find_area, label_of
from layouts.request import PageRequest, write_query
from layouts.templating import render

DESCRIPTION = (
    "Every mission for one area: the West Midlands Combined Authority, its seven boroughs, the "
    "ten non-constituent authorities, and any other authority of the UK."
)
LARGER = (COMBINED_AUTHORITY, REGION, POLICE_FORCE, ENGLAND, UNITED_KINGDOM)


def build(request: PageRequest) -> Page:
    """The page at `/areas`; `find` names an area by name or code."""
    typed = request.query.text("find")
    request.query.check()
    areas = read_known_areas(request.store)
    found, offers = find_area(typed, areas) if typed else (None, ())
    codes = (found,) if found else offers
    html = render(
        "area_index.html",
        description=DESCRIPTION,
        larger=[(code, label_of(areas[code])) for code in LARGER if code in areas],
        members=read_members(request.store, "wmca-constituent"),
        others=read_members(request.store, "wmca-non-constituent"),
    )
    form = render(
        "area_find.html",
        typed=typed,
        found=[(code, label_of(areas[code])) for code in codes],
        suggestions=dict.fromkeys(label_of(area) for area in areas.values() if area.current),
    )
    return Page(
        title="Areas",
        description=DESCRIPTION,
        parts=(Region("areas", html), ChoiceForm("areas-find", request.path, form)),
        path=request.path,
        query=write_query({"find": typed}),
    )
