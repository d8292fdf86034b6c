"""Failures that can be expected, each in words that say what to do."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

from data.reference_checks import ReferenceDataError
from data.store import StoreError
from ingest.area_sources import SourceFileError
from ingest.boundaries import BoundaryError
from ingest.faults import Refused
from ingest.fetching import FetchError
from ingest.reference import ReferenceSourceError
from ingest.runs import StoreBusyError
from metrics.catalogue import CatalogueError

_SAY_AS_THEY_ARE = (
    Refused,
    CatalogueError,
    ReferenceDataError,
    StoreError,
    StoreBusyError,
    FetchError,
    SourceFileError,
    ReferenceSourceError,
    BoundaryError,
)


def explain(error: Exception) -> str | None:
    """What to tell a person of a failure, or None for one that nobody foresaw."""
    if isinstance(error, _SAY_AS_THEY_ARE):
        return str(error)
    if isinstance(error, DBAPIError):
        return _of_database(str(error.orig).strip().splitlines()[0])
    if isinstance(error, OSError):
        place = f" {error.filename}" if error.filename else ""
        return f"{error.strerror or error}{place}; make the place readable and writable"
    return None


def _of_database(reason: str) -> str:
    lowered = reason.lower()
    if "readonly" in lowered or "read-only" in lowered:
        remedy = "make the store and its folder writable, or set DATABASE_URL to another place"
    elif "unable to open" in lowered:
        remedy = "make the folder of the store, or set DATABASE_URL to another place"
    elif "connection" in lowered or "could not translate" in lowered:
        remedy = "check that the database of DATABASE_URL runs and takes this user"
    elif "is full" in lowered or "no space" in lowered:
        remedy = "free some space where the store is; what it held is as it was"
    elif "locked" in lowered:
        remedy = "another load is writing; try again when it has ended"
    elif "not a database" in lowered:
        remedy = "the file is something else; move it away or set DATABASE_URL to another place"
    else:
        remedy = "look at the database of DATABASE_URL"
    return f"The store cannot be used: {reason}; {remedy}."
