"""The page of one mission; one template serves all twelve."""

from __future__ import annotations

from layouts.page import Page, Region
from layouts.request import NotFoundError, PageRequest
from layouts.templating import render


def build(request: PageRequest) -> Page:
    """The page at `/missions/<slug>`.

    Raises:
        NotFoundError: there is no mission of this name.
    """
    mission = request.catalogue.mission_by_slug(request.parameters["slug"])
    if mission is None:
        raise NotFoundError(
            "There is no mission with this address.",
            [
                (f"/missions/{other.slug}", f"Mission {other.number}: {other.title}")
                for other in request.catalogue.missions.values()
            ],
        )
    html = render("mission.html", mission=mission)
    return Page(
        title=f"Mission {mission.number}: {mission.title}",
        description=mission.wording,
        parts=(Region("mission", html),),
    )
