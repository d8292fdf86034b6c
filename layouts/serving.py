"""From an address to a page, whatever the address: the one place where errors become pages."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from threading import Lock

from pydantic import ValidationError
from sqlalchemy import Connection, func, select

from data.tables import vintage
from layouts.downloads.offering import offer_of
from layouts.old_addresses import new_address, read_recoded, with_query
from layouts.page import Explorer, Page
from layouts.pages import problems
from layouts.request import BadQueryError, NotFoundError, PageRequest, Query, write_query
from layouts.routes import ROUTES, Route, find_route
from layouts.store_access import ReadOnlyStore, StoreUnreadableError, read_state
from metrics.catalogue import Catalogue

PAGES_KEPT = 256
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Served:
    """A page for one address, with what the frame around it says.

    `explored` is the id of the chart that is being explored; `known_on` the newest date on
    which any figures held became known, None when there are none.
    """

    page: Page
    explored: str = ""
    known_on: date | None = None


class Pages:
    """Builds pages and keeps the latest ones until the figures change."""

    def __init__(
        self, store: ReadOnlyStore, catalogue: Catalogue, routes: Sequence[Route] = ROUTES
    ) -> None:
        self.store = store
        self.catalogue = catalogue
        self.routes = routes
        self._kept: OrderedDict[tuple[str, str, str], Served] = OrderedDict()
        self._lock = Lock()

    def serve(self, path: str, query: str) -> Served:
        """The page for a path and a raw query string. Never raises: problems are pages too."""
        try:
            with self.store.connect() as connection:
                key = (_state(connection), path, query)
                served = self._recall(key)
                if served is None:
                    served = self._build(connection, path, query)
                    self._keep(key, served)
                return served
        except StoreUnreadableError as error:
            _LOG.error("store unreadable: %s", error, exc_info=error.__cause__)
            return Served(problems.store_unreadable(str(error)))
        except ValidationError as error:
            # What was measured by another version of the product is no longer understood.
            _LOG.exception("stored measures of %s are not understood", path)
            return Served(
                problems.store_unreadable(
                    f"the store holds {error.title} in a form that this version does not "
                    "read. Build it again with: python -m ingest load"
                )
            )
        except Exception:
            _LOG.exception("building %s failed", path)
            return Served(problems.failure())

    def state(self) -> str:
        """What every page follows from, beside its address: it changes whenever pages do.

        Raises:
            StoreUnreadableError: the store cannot be read.
        """
        with self.store.connect() as connection:
            return _state(connection)

    def _build(self, connection: Connection, path: str, raw: str) -> Served:
        known_on = connection.execute(select(func.max(vintage.c.known_on))).scalar()
        now = new_address(path, self.catalogue, lambda: read_recoded(connection))
        if now:
            return Served(problems.moved_for_good(with_query(now, raw)), "", known_on)
        found = find_route(self.routes, path)
        if found is None:
            return Served(problems.not_found(f"There is no page at {path[:100]}."), "", known_on)
        build, parameters = found
        query = Query(raw)
        try:
            page = build(PageRequest(path, parameters, query, connection, self.catalogue))
            explorers = {part.id for part in page.parts if isinstance(part, Explorer)}
            explored = query.one_of("explore", explorers) if explorers else ""
            query.check()
        except BadQueryError as error:
            return Served(problems.bad_query(path, error.faults), "", known_on)
        except NotFoundError as error:
            return Served(problems.not_found(error.message, error.offers), "", known_on)
        page = replace(page, path=path)
        offer = offer_of(page)
        if offer is not None:
            page = replace(page, parts=(*page.parts, offer))
        return Served(page, explored, known_on)

    def _recall(self, key: tuple[str, str, str]) -> Served | None:
        with self._lock:
            served = self._kept.get(key)
            if served is not None:
                self._kept.move_to_end(key)
            return served

    def _keep(self, key: tuple[str, str, str], served: Served) -> None:
        with self._lock:
            self._kept[key] = served
            while len(self._kept) > PAGES_KEPT:
                self._kept.popitem(last=False)


def _state(connection: Connection) -> str:
    # The day too: pages say what is overdue.
    return f"{read_state(connection)} {datetime.now(UTC).date()}"


def shown_query(page: Page, explored: str) -> str:
    """The query string for everything chosen, with the chart that is being explored."""
    return "&".join(part for part in (page.query, write_query({"explore": explored})) if part)
