"""Addresses that pages had, or that people write for them, and the page that each leads to now.

Only what is the same page leads on: a mission by its number, a place by the code that it had before
it was given another. An area that was merged or changed its boundary is another place, and keeps
a page that says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import quote

from sqlalchemy import Connection, select

from data.areas import area_type
from data.tables import area
from layouts.addresses import mission_address
from metrics.catalogue import Catalogue

_MISSION = re.compile(r"/missions?/([1-9]\d?)")
_AREA = re.compile(r"/areas/([A-Za-z]\w{2,8})", re.ASCII)
# What may stand in a path or a query string as it is; `%` only of what is encoded already.
_IN_PATH = "/:@!$&'()*+,;=-._~"
_IN_QUERY = f"{_IN_PATH}?%"


def encoded_path(path: str) -> str:
    """A decoded path as an address has it, with what would end a path percent-encoded."""
    return quote(path, safe=_IN_PATH)


def with_query(address: str, raw: str) -> str:
    """An address with the query string that was asked with, as it was encoded."""
    return f"{address}?{quote(raw, safe=_IN_QUERY, encoding='latin-1')}" if raw else address


def new_address(path: str, catalogue: Catalogue, recoded: Callable[[], Mapping[str, str]]) -> str:
    """The path that a page has now, or nothing where the path given is no old one.

    Args:
        path: as asked for, decoded.
        catalogue: the missions.
        recoded: gives the earlier codes of places with today's; called for areas only.
    """
    if found := _MISSION.fullmatch(path):
        mission = catalogue.missions.get(int(found[1]))
        return mission_address(mission) if mission else ""
    if found := _AREA.fullmatch(path):
        code = found[1].upper()
        today = recoded().get(code, code)
        if today != found[1] and area_type(code) is not None:
            return f"/areas/{today}"
    return ""


def read_recoded(connection: Connection) -> dict[str, str]:
    """The earlier codes of places that are the same places still, with today's codes."""
    query = select(area.c.code, area.c.recoded_to).where(area.c.recoded_to.is_not(None))
    return {row.code: row.recoded_to for row in connection.execute(query)}


def old_addresses(catalogue: Catalogue, recoded: Mapping[str, str]) -> dict[str, str]:
    """Every old address that can be listed, with the one that it leads to.

    A code in small letters leads on too, and is not listed.
    """
    numbered = {
        f"/{word}/{number}": mission_address(mission)
        for number, mission in catalogue.missions.items()
        for word in ("mission", "missions")
    }
    return numbered | {f"/areas/{old}": f"/areas/{new}" for old, new in recoded.items()}
