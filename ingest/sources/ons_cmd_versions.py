"""Which version of a table of ONS customise my data is the newest, as the service itself says.

The service describes each table in a short JSON answer, whose `links.latest_version` leads to the
newest version. Where the CSV file of a version lies follows from that link.
"""

from __future__ import annotations

import re

from pydantic import BaseModel

from ingest.faults import Fault, Refused, quoted
from ingest.sources.json_answers import read_answer

_ABOUT = "https://api.beta.ons.gov.uk/v1/datasets/{table}"
_VERSION = _ABOUT + "/editions/{edition}/versions/{version}"
_FILE = (
    "https://download.ons.gov.uk/downloads/datasets/{table}/editions/{edition}/versions/"
    "{version}.csv"
)


class _Link(BaseModel):
    href: str


class _Links(BaseModel):
    latest_version: _Link


class _About(BaseModel):
    id: str
    links: _Links


def about_url(table: str) -> str:
    """Where the service describes a table, by the service's own name for it."""
    return _ABOUT.format(table=table)


def newest_file_url(content: bytes, table: str) -> str:
    """Where the CSV file of the newest version lies.

    Args:
        content: what the service answers at `about_url`.
        table: the service's name for the table.

    Raises:
        Refused: it is no such answer, is about another table, or leads to no version of this one.
    """
    url = about_url(table)
    about = read_answer(_About, content, url)
    remedy = "open the address in a browser; the reader has to learn how versions are named now"
    if about.id != table:
        raise Refused([Fault(url, None, "id", quoted(about.id), quoted(table), remedy)])
    link = about.links.latest_version.href
    edition, version = r"(?P<edition>[A-Za-z0-9-]+)", r"(?P<version>[1-9][0-9]{0,4})"
    pattern = _VERSION.replace(".", r"\.").format(
        table=re.escape(table), edition=edition, version=version
    )
    if (match := re.fullmatch(pattern, link)) is None:
        expected = _VERSION.format(table=table, edition="<edition>", version="<number>")
        raise Refused([Fault(url, None, "links.latest_version", quoted(link), expected, remedy)])
    return _FILE.format(table=table, **match.groupdict())
